"""What derivatives are compared with: witnesses that know no rule's partials."""

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import mpmath
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from autograd import Value
from autograd.numbers.kinds import Kind, register
from autograd.primitive import Primitive

EPSILON = 2.0**-52

# The shared settings: no deadline, for nothing is timed in a test.
relaxed = settings(
    deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


def for_all(strategy: SearchStrategy[Any], check: Callable[..., None], examples: int = 25) -> None:
    """Runs `check(*drawn)` for many draws, and shrinks the first that fails."""

    @settings(relaxed, max_examples=examples)
    @given(strategy)
    def run(drawn: tuple[Any, ...]) -> None:
        check(*drawn)

    run()


def sample(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """The same draws at every run of the same tests.

    Hypothesis also draws constants that it finds in the modules that were imported by then.
    """
    drawn: list[Any] = []
    fixed = settings(
        relaxed, max_examples=count, derandomize=True, phases=[Phase.generate], database=None
    )

    @fixed
    @given(strategy)
    def collect(one: Any) -> None:
        drawn.append(one)

    collect()
    return drawn


def result_of(primitive: Primitive) -> Callable[..., Any]:
    """The primitive as a function of numbers that drops the partials."""
    return lambda *numbers: primitive.rule(*numbers)[0]


# Finite differences, over floats


def extrapolated_difference(
    function: Callable[..., float], numbers: Sequence[float], position: int
) -> tuple[float, float]:
    """The derivative in one operand by Richardson's extrapolation, and its error budget.

    Central differences with steps h, h/2 and h/4 err by a series in h**2. Two rounds of
    elimination leave an error of order h**6; the last correction, which is of order h**4,
    bounds it.
    """
    # Small against the distance to the nearest kink or pole, which is 0.05 or more (see
    # strategies.py), and a power of two, so that x + h and x - h differ by exactly 2h
    # but for the rounding of x + h itself, at most an ulp of x: it is in the budget.
    step = 2.0**-12
    shifted = []
    differences = []
    for h in (step, step / 2, step / 4):
        above, below = list(numbers), list(numbers)
        above[position] += h
        below[position] -= h
        ends = function(*above), function(*below)
        shifted += ends
        differences.append((ends[0] - ends[1]) / (above[position] - below[position]))
    first, second, third = differences
    once, again = second + (second - first) / 3, third + (third - second) / 3
    estimate = again + (again - once) / 15

    truncation = abs(estimate - again)
    # Each end is a few roundings off, relative to it and to the numbers that go into it
    # (1 + erf(x) cancels); four ulps for both, divided by 2 * (h/4), and the weights of
    # the extrapolation add up to less than 2.
    scale = max(1.0, *map(abs, shifted), *map(abs, numbers))
    rounding = 4 * EPSILON * scale / (step / 4) * 2
    return estimate, truncation + rounding


def check_partials(primitive: Primitive, numbers: Sequence[float]) -> None:
    """Raises AssertionError where a partial differs from the finite difference."""
    partials = primitive.rule(*numbers)[1]
    for position, partial in enumerate(partials):
        expected, budget = extrapolated_difference(result_of(primitive), numbers, position)
        assert abs(partial - expected) <= budget, (
            f"{primitive.name}{tuple(numbers)} {primitive.constants or ''}: its partial in operand "
            f"{position + 1} is {partial}, the finite difference {expected} (error below {budget})"
        )


# Derivatives to many digits

DIGITS = 40


def precisely(numbers: Sequence[float]) -> list[Any]:
    """The same numbers as mpmath's, exactly."""
    return [mpmath.mpf(number) for number in numbers]


def precise_derivative(
    function: Callable[..., Any], numbers: Sequence[Any], *positions: int
) -> Any:
    """The derivative of a function over mpmath numbers, once in each of the positions."""
    orders = tuple(positions.count(position) for position in range(len(numbers)))
    # mpmath raises its precision by itself, so that the step costs no digits.
    return mpmath.diff(function, tuple(numbers), orders)


def assert_same_digits(found: Any, expected: Any, what: str) -> None:
    """Equal to 38 of the 40 digits, relative to 1 where they are smaller."""
    error = abs(mpmath.mpf(found) - expected)
    assert error <= mpmath.mpf(10) ** (2 - DIGITS) * max(1, abs(expected)), (
        f"{what} is {mpmath.nstr(mpmath.mpf(found), 20)}, "
        f"mpmath differentiates to {mpmath.nstr(expected, 20)}"
    )


# PyTorch


class _Torch(Kind):
    """Tensors as a kind of number: a primitive applied to them is PyTorch's own function."""

    rank = 6

    def apply(self, primitive: Primitive, operands: tuple[Any, ...]) -> Any:
        tensors = [as_tensor(x) for x in operands]
        return torch_function(primitive)(*tensors, **primitive.constants)


def torch() -> Any:
    """The module, with its tensors registered as numbers; skips the test where there is none."""
    module = pytest.importorskip("torch")
    register(module.Tensor, _Torch())
    return module


def as_tensor(number: Any) -> Any:
    module = pytest.importorskip("torch")
    return module.as_tensor(number, dtype=module.float64)


def torch_function(primitive: Primitive) -> Callable[..., Any]:
    """PyTorch's function of that name, or what its users write in its place."""
    module = pytest.importorskip("torch")
    written: dict[str, Callable[..., Any]] = {
        # Its floor_divide is not differentiable, its floor is, with derivative 0.
        "floordiv": lambda x, y: module.floor(x / y),
        "mod": module.remainder,
        "pos": lambda x: +x,
        "constant_power": lambda x, exponent: x**exponent,
        "sum": lambda *terms: module.stack(terms).sum(),
        "dot": _torch_dot,
        "select": lambda *items, index: module.stack(items)[index],
        "where": lambda x, y, condition: module.where(module.tensor(condition), x, y),
        "prod": lambda *xs: module.stack(xs).prod(),
        "norm": lambda *xs: module.stack(xs).norm(),
        "max": lambda *xs: module.stack(xs).amax(),
        "min": lambda *xs: module.stack(xs).amin(),
        "logsumexp": lambda *xs: module.logsumexp(module.stack(xs), 0),
        "sinc": module.sinc,
        "i0": module.special.i0,
        "i1": module.special.i1,
        "j0": lambda x: module.special.bessel_j0(x),
        "j1": lambda x: module.special.bessel_j1(x),
        "ndtr": module.special.ndtr,
        "ndtri": module.special.ndtri,
        "erfinv": module.special.erfinv,
        "gamma": lambda x: x.lgamma().exp(),
        "beta": lambda x, y: (x.lgamma() + y.lgamma() - (x + y).lgamma()).exp(),
        "polygamma": lambda x, order: module.special.polygamma(order, x),
        "cbrt": lambda x: x.sign() * x.abs() ** (1 / 3),
        "log_sigmoid": module.nn.functional.logsigmoid,
        "hardtanh": lambda x, low=-1, high=1: module.nn.functional.hardtanh(x, low, high),
        "leaky_relu": lambda x, slope=0.01: module.nn.functional.leaky_relu(x, slope),
    }
    name = primitive.name
    found = written.get(name) or getattr(module, name, None)
    return found or getattr(module.nn.functional, name)  # type: ignore[no-any-return]


def _torch_dot(*operands: Any) -> Any:
    stack = pytest.importorskip("torch").stack
    count = len(operands) // 2
    return stack(operands[:count]).dot(stack(operands[count:-1])) + operands[-1]


def torch_gradients(function: Callable[..., Any], numbers: Sequence[float]) -> list[float]:
    """The gradient by PyTorch; 0 for an operand without influence."""
    module = torch()
    tensors = [module.tensor(x, dtype=module.float64, requires_grad=True) for x in numbers]
    output = function(*tensors)
    if not output.requires_grad:
        return [0.0] * len(numbers)
    found = module.autograd.grad(output, tensors, allow_unused=True)
    return [0.0 if gradient is None else gradient.item() for gradient in found]


# Graphs


def leaves_of(numbers: Sequence[Any]) -> list[Value]:
    return [Value(number) for number in numbers]


def path_scale(output: Value, order: Sequence[Value]) -> dict[Value, float]:
    """For each node the sum over all paths from the output of |product of the partials|.

    A gradient is the sum of the signed products. Added up in another order it differs
    by no more than a few ulps of this, however much cancels.
    """
    scale: dict[Value, float] = {output: 1.0}
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials, strict=True):
            scale[parent] = scale.get(parent, 0.0) + abs(float(partial)) * scale.get(node, 0.0)
    return scale


def lanes(columns: Sequence[Sequence[float]]) -> list[Any]:
    """One array for each operand, of which each lane is one tuple of operands."""
    np = pytest.importorskip("numpy")
    return [np.array(column, dtype=float) for column in zip(*columns, strict=True)]


def same_number(found: Any, expected: Any, tolerance: float = 0.0) -> bool:
    """Equal, with nan equal to nan."""
    found, expected = float(found), float(expected)
    if math.isnan(expected) or math.isinf(expected):
        return found == expected or (math.isnan(found) and math.isnan(expected))
    return abs(found - expected) <= tolerance


@functools.cache
def symbols(count: int) -> Any:
    import sympy

    return sympy.symbols(f"x1:{count + 1}", real=True)


def in_one_activation(formula: Any) -> Any:
    """The formula with S(x) for 1 / (1 + exp(-x)) and 1 - S(x) for 1 / (1 + exp(x))."""
    import sympy

    activation = sympy.Function("S")

    def is_logistic(part: Any) -> bool:
        return (
            part.is_Pow
            and part.exp.is_Integer
            and part.exp < 0
            and (part.base - 1).func == sympy.exp
        )

    def replaced(part: Any) -> Any:
        argument = sympy.expand((part.base - 1).args[0])
        if argument.could_extract_minus_sign():
            return activation(-argument) ** -part.exp
        return (1 - activation(argument)) ** -part.exp

    return formula.replace(is_logistic, replaced)
