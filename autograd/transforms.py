"""Functions made of functions: their gradients, Jacobians, Hessians, derivatives in a direction."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograd import modes
from autograd.derivatives import gradients, pushforward
from autograd.kinds import kind_of
from autograd.structure import leaves, paths, rebuild, transform
from autograd.value import Value


def grad(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the gradient of `function`.

    Args:
        function: takes numbers, or nested lists, tuples and dicts of them, and returns one.
        argnums: the position of the argument to differentiate, or several positions.

    Returns:
        A function of the same arguments; its result has the structure of the argument,
        and is a tuple of such where there are several positions. It is made of Values,
        to be differentiated again, where an argument is a Value or within another
        transform, else of plain numbers: a Value that `function` merely closes over
        does not show.

    >>> grad(lambda x, y: x * x * y)(3.0, 2.0)
    12.0
    >>> grad(grad(lambda x: x**3))(2.0)
    12.0
    >>> grad(lambda p: p["w"] * p["x"])({"w": 2.0, "x": 5.0})
    {'w': 5.0, 'x': 2.0}
    """
    _require_function("grad", function)
    with_value = value_and_grad(function, argnums)

    def gradient(*args: Any, **keywords: Any) -> Any:
        return with_value(*args, **keywords)[1]

    return gradient


def value_and_grad(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0
) -> Callable[..., tuple[Any, Any]]:
    """The function that computes both the result of `function` and its gradient.

    Arguments as those of `grad`.

    >>> value_and_grad(lambda x: x * x)(3.0)
    (9.0, 6.0)
    """
    _require_function("value_and_grad", function)

    def both(*args: Any, **keywords: Any) -> tuple[Any, Any]:
        with _traced(args, argnums, keywords) as (arguments, variables, nested):
            output = function(*arguments, **keywords)
            _require_number(output)
            partials = _derivatives(output, variables, nested)
            return _result(output, nested), _shaped(args, argnums, partials)

    return both


def jvp(
    function: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]
) -> tuple[Any, Any]:
    """The result of a function, and its derivative along a direction: forward mode.

    Args:
        function: takes and returns numbers, or nested lists, tuples and dicts of them.
        primals: its arguments.
        tangents: the direction, of the same structure as the primals.

    Returns:
        The result, and the sum over all inputs of (derivative times tangent), in the
        structure of the result.

    Raises:
        ValueError: if primals and tangents do not pair up.

    >>> jvp(lambda x, y: x * y, (3.0, 2.0), (1.0, 0.5))
    (6.0, 3.5)
    """
    _require_function("jvp", function)
    primals, tangents = tuple(primals), tuple(tangents)
    by_path = dict(zip(paths(tangents), leaves(tangents), strict=True))
    if by_path.keys() != set(paths(primals)):
        raise ValueError(
            f"jvp() needs a tangent for each primal, in the same structure: the primals are "
            f"{primals!r}, the tangents {tangents!r}"
        )
    with _traced(primals, range(len(primals))) as (arguments, variables, nested):
        output = function(*arguments)
        outputs = [_as_value(number) for number in leaves(output)]
        directions = [by_path[path] for path in paths(primals)]
        by_node = dict(zip(variables, directions, strict=True))
        tangent = rebuild(output, pushforward(outputs, by_node, create_graph=nested))
        return _result(output, nested), tangent


def jacobian(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the derivative of every output in every input.

    Arguments as those of `grad`, but the function may return a nested structure too.

    Returns:
        A function whose result has the structure of the output, with the structure of
        the argument in the place of each number: `J[i][j]` for lists.

    >>> jacobian(lambda x: [x[0] * x[1], x[0] + x[1]])([3.0, 2.0])
    [[2.0, 3.0], [1, 1]]
    """
    _require_function("jacobian", function)

    def rows(*args: Any, **keywords: Any) -> Any:
        with _traced(args, argnums, keywords) as (arguments, variables, nested):
            output = function(*arguments, **keywords)
            return transform(
                lambda number: _shaped(args, argnums, _derivatives(number, variables, nested)),
                output,
            )

    return rows


def hessian(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the second derivatives of `function`: `H[i][j]` for a list.

    Arguments as those of `grad`.

    >>> hessian(lambda x: x[0] ** 2 * x[1])([3.0, 2.0])
    [[4.0, 6.0], [6.0, 0]]
    """
    _require_function("hessian", function)
    return jacobian(grad(function, argnums), argnums)


def _require_function(transform: str, function: Any) -> None:
    if not callable(function):
        raise TypeError(f"{transform}() takes a function, and not its result: {function!r}")


# How many transforms are at work around this call, in this thread or task.
_depth: ContextVar[int] = ContextVar("depth", default=0)


@contextmanager
def _traced(
    args: tuple[Any, ...], argnums: int | Sequence[int], keywords: dict[str, Any] | None = None
) -> Iterator[tuple[tuple[Any, ...], list[Value], bool]]:
    """The arguments with fresh Values to differentiate, those Values, and whether to nest.

    A transform within another, or on Values, returns Values, so that it can be
    differentiated in turn. A Value given as an argument is wrapped in a node of its
    own: in `grad(lambda x: grad(lambda y: x + y)(x))` y is x, but not for the inner one.
    """
    positions = _positions(args, argnums)
    given = leaves([args, keywords or {}])
    nested = _depth.get() > 0 or any(isinstance(x, Value) for x in given)
    variables: list[Value] = []

    def variable(number: Any) -> Value:
        node = +number if isinstance(number, Value) else Value(number)
        variables.append(node)
        return node

    before = _depth.set(_depth.get() + 1)
    try:
        with modes.recording():
            arguments = list(args)
            for position in positions:
                arguments[position] = transform(variable, args[position])
            yield tuple(arguments), variables, nested
    finally:
        _depth.reset(before)


def _positions(args: tuple[Any, ...], argnums: int | Sequence[int]) -> list[int]:
    positions = list(argnums) if isinstance(argnums, Sequence | range) else [argnums]
    for position in positions:
        if not isinstance(position, int):
            raise TypeError(f"argnums is a position or several, not {argnums!r}")
        if not -len(args) <= position < len(args):
            raise TypeError(
                f"argnums is {argnums}, but the function was called with {len(args)} "
                "positional argument(s)"
            )
    positions = [position % len(args) for position in positions]
    if len(set(positions)) < len(positions):
        raise ValueError(f"argnums {argnums} names an argument twice")
    return positions


def _shaped(args: tuple[Any, ...], argnums: int | Sequence[int], numbers: list[Any]) -> Any:
    """The numbers in the structure of the arguments that were differentiated."""
    if isinstance(argnums, int):
        return rebuild(args[argnums], numbers)
    return rebuild(tuple(args[position] for position in argnums), numbers)


def _derivatives(output: Any, variables: list[Value], nested: bool) -> list[Any]:
    found: list[Any] = gradients(_as_value(output), variables, create_graph=nested)
    return found


def _result(output: Any, nested: bool) -> Any:
    return output if nested else transform(lambda x: _as_value(x).data, output)


def _as_value(number: Any) -> Value:
    return number if isinstance(number, Value) else Value(number)


def _require_number(output: Any) -> None:
    try:
        kind_of(output)
    except TypeError:
        raise TypeError(
            f"grad() differentiates a function that returns one number, and this one returned "
            f"{output!r}: return a number, or use jacobian()"
        ) from None
