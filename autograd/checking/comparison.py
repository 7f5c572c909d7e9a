"""gradcheck: the gradient of a function against differences of its results."""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograd.checking.numeric import differentiate
from autograd.checking.report import Report, Verdict
from autograd.graph import topological_order
from autograd.modes import no_grad
from autograd.structure import leaves, paths, rebuild, transform
from autograd.transforms import jacobian
from autograd.value import Value

# The error estimate of the differences may itself be off by a small factor.
_SAFETY = 10.0
# The analytic derivative is rounded too, by a few units in the last place an operation.
_ROUNDING = 1e-13
# Differences that could not show a relative mistake of this size are called noisy.
_RESOLUTION = 1e-7
# So near to 0 a derivative is taken for 0, as of x * x at 0.
_NEGLIGIBLE = 1e-10


def gradcheck(function: Callable[..., Any], *inputs: Any) -> Report:
    """Compares the derivatives of a function by its rules with numeric ones, input by input.

    Args:
        function: takes numbers or Values, or nested lists, tuples and dicts of them, and
            returns one, or a nested structure of them.
        *inputs: the point at which to check: floats, or Values, whose labels name them.

    Returns:
        A report, which is true where all derivatives are right, and prints as a table.
        `report.raise_if_failed()` makes an assertion of it.

    Raises:
        TypeError: for an input that is no real number, or none at all.
        ValueError: where no input has a part in the results, so that nothing is checked.

    The numeric derivatives come with an error estimate, and the tolerance is made of it,
    so a derivative that is wrong by 1e-6 relative fails.

    >>> from autograd import primitive
    >>> @primitive
    ... def cube(x):
    ...     return x**3, (2 * x**2,)
    >>> print(gradcheck(cube, 2.0))
    input  analytic  numeric  relative error  tolerance  verdict
    x      8         12       3.3e-01         ...        wrong
    >>> bool(gradcheck(lambda x: x**3, 2.0))
    True
    """
    points = transform(_point, inputs)
    names = _names(function, inputs)
    if not names:
        raise TypeError("gradcheck() was given no input to differentiate in")
    _require_use(function, points)
    outputs = paths(_results(function, points))
    analytic = iter(leaves(jacobian(function, range(len(inputs)))(*points)))
    verdicts = [
        _verdict(name, output, float(next(analytic)), _along(function, points, i, o))
        for o, output in enumerate(outputs)
        for i, name in enumerate(names)
    ]
    return Report(tuple(verdicts))


def _names(function: Callable[..., Any], inputs: tuple[Any, ...]) -> list[str]:
    """The label of each input, or the parameter that it was given for."""
    try:
        parameters = inspect.signature(function).parameters.values()
        given = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL]
    except ValueError:
        given = []
    given += [f"input {position + 1}" for position in range(len(given), len(inputs))]
    found = [path for x, name in zip(inputs, given, strict=False) for path in paths(x, name)]
    labels = [x.label if isinstance(x, Value) else None for x in leaves(inputs)]
    return [label or path for label, path in zip(labels, found, strict=True)]


def _point(number: Any) -> float:
    number = number.data if isinstance(number, Value) else number
    if isinstance(number, complex) or not hasattr(number, "__float__"):
        raise TypeError(f"gradcheck() takes real numbers as inputs, not {number!r}")
    return float(number)


def _require_use(function: Callable[..., Any], points: Any) -> None:
    variables = transform(Value, points)
    results = [x for x in leaves(function(*variables)) if isinstance(x, Value)]
    if not set(leaves(variables)).intersection(topological_order(*results)):
        raise ValueError(
            "gradcheck() has nothing to check: the results do not depend on the inputs. "
            "Does the function use its arguments?"
        )


def _results(function: Callable[..., Any], points: Any) -> Any:
    """The results at these points as plain numbers, in their structure."""
    with no_grad():
        results = function(*transform(Value, points))
    return transform(lambda x: x.data if isinstance(x, Value) else x, results)


@dataclass(frozen=True)
class _Line:
    """One output of a function along one of its inputs."""

    function: Callable[[float], float]
    point: float


def _along(function: Callable[..., Any], points: Any, position: int, output: int) -> _Line:
    flat = leaves(points)

    def along(x: float) -> float:
        moved = rebuild(points, [*flat[:position], x, *flat[position + 1 :]])
        return float(leaves(_results(function, moved))[output])

    return _Line(along, flat[position])


def _verdict(name: str, output: str, analytic: float, line: _Line) -> Verdict:
    estimate = differentiate(line.function, line.point)
    size = max(abs(analytic), abs(estimate.derivative))
    tolerance = _SAFETY * estimate.error + _ROUNDING * size
    result = line.function(line.point)
    verdict = _judge(analytic, estimate.derivative, tolerance, size, result)
    return Verdict(name, output, analytic, estimate.derivative, tolerance, verdict)


def _judge(analytic: float, numeric: float, tolerance: float, size: float, result: float) -> str:
    if not (math.isfinite(analytic) and math.isfinite(numeric) and math.isfinite(result)):
        return "non-finite"
    if abs(analytic - numeric) > tolerance:
        return "wrong"
    # A derivative that is tiny, or tiny beside the result, need not be resolved so finely.
    if tolerance > max(_NEGLIGIBLE, _RESOLUTION * max(size, 1e-3 * abs(result))):
        return "noisy"
    return "ok"
