"""Hypothesis strategies: operands for rules, and random programs; for rules of one's own too.

>>> from autograd import primitive
>>> from hypothesis import given
>>> @primitive
... def cube(x):
...     return x**3, (3 * x**2,)
>>> @given(operands(cube))
... def test_sign(numbers):
...     assert (cube(*numbers) > 0) == (numbers[0] > 0)
>>> test_sign()
"""

import inspect
import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from autograd.functions import dot
from autograd.numbers.domains import Interval
from autograd.primitive import PRIMITIVES, Primitive

# How far operands keep from integers and halves, from each other and from the edges of their
# domain: no kink, tie or step is nearer.
MARGIN = 0.05

# Numbers are of moderate size, so that rounding stays far below a wrong derivative.
LARGEST_OPERAND = 3
LARGEST_RESULT = 30

# How many operands a rule that takes any number of them is given.
COUNT_OF_ANY = 5

# By how much a random program may stretch a small change of its inputs, and the change
# with which that is tried. Their product is the margin: a smaller change meets no kink.
STRETCH = 100
NUDGE = MARGIN / STRETCH

# Exact in binary, so that every kind of number is given the same constant.
_CONSTANTS: dict[str, SearchStrategy[Any]] = {
    "exponent": st.sampled_from([2, 3, 0, 1, -1, -2, 0.5, 2.5, -1.5]),
    "condition": st.booleans(),
    "index": st.integers(0, COUNT_OF_ANY - 1),
    "slope": st.sampled_from([0.125, 0.5]),
    "alpha": st.sampled_from([1, 0.5, 1.5]),
    "order": st.integers(0, 2),
}


def bound(primitive: Primitive) -> SearchStrategy[Primitive]:
    """Draws the primitive with the constants bound that its rule takes: an exponent, an index.

    Args:
        primitive: any; a constant of another name keeps its default or bound value.

    Raises:
        TypeError: if a constant of another name has no default; bind it first.

    >>> bound(PRIMITIVES["exp"])
    just(exp)
    """
    names = _constant_names(primitive)
    if not names:
        return st.just(primitive)
    constants = st.fixed_dictionaries({name: _CONSTANTS[name] for name in names})
    return constants.map(lambda drawn: primitive.bind(**drawn))


def operands(primitive: Primitive) -> SearchStrategy[tuple[float, ...]]:
    """Draws floats to apply a primitive to, inside the domains written in its signature.

    They are of moderate size, as is the result, and at least 0.05 from every kink, tie,
    step and edge of the domain (in a domain narrower than 1, that much less).

    Args:
        primitive: its constants that have no default must be bound.

    Returns:
        A strategy for tuples of floats, one for each operand; five where the rule
        takes any number of them.
    """
    return _numbers(primitive).filter(lambda drawn: _is_generic(primitive, drawn))


def calls(primitive: Primitive) -> SearchStrategy[tuple[Primitive, tuple[float, ...]]]:
    """Draws the primitive with its constants bound, and operands for it."""
    drawn = st.tuples(bound(primitive), _numbers(primitive))
    return drawn.filter(lambda call: _is_generic(*call))


@dataclass(frozen=True)
class Step:
    """One operation of a program, on the numbers at these positions."""

    function: Callable[..., Any]
    positions: tuple[int, ...]

    def __str__(self) -> str:
        name = getattr(self.function, "name", None) or getattr(self.function, "__name__", "?")
        constants = getattr(self.function, "constants", {})
        arguments = [f"x{position}" for position in self.positions]
        arguments += [f"{name}={value!r}" for name, value in constants.items()]
        return f"{name}({', '.join(arguments)})"


@dataclass(frozen=True)
class Program:
    """A function of `count` numbers of any kind; its result is that of its last step."""

    count: int
    steps: tuple[Step, ...]

    def __call__(self, *inputs: Any) -> Any:
        numbers = list(inputs)
        for step in self.steps:
            numbers.append(step.function(*[numbers[position] for position in step.positions]))
        return numbers[-1]

    def __repr__(self) -> str:
        lines = [f"x{position} = {step}" for position, step in enumerate(self.steps, self.count)]
        return "; ".join(lines)


def graphs(
    primitives: Iterable[Primitive] | None = None,
) -> SearchStrategy[tuple[Program, tuple[float, ...]]]:
    """Draws random programs of operators and primitives, each with inputs to run it at.

    Numbers are shared between steps, and an operator may take the same one twice.
    Within 0.0005 of the inputs there is no kink, tie or step.

    Args:
        primitives: those to build of, besides the operators; all by default. Constants
            that have no default and no strategy here must be bound.

    Returns:
        A strategy for pairs of a Program and a tuple of floats, as many as it takes.
    """
    chosen = list(PRIMITIVES.values()) if primitives is None else list(primitives)
    return _graphs(chosen)


@st.composite
def _graphs(draw: DrawFn, primitives: list[Primitive]) -> tuple[Program, tuple[float, ...]]:
    inputs = draw(st.lists(_inside(Interval()), min_size=1, max_size=4))
    count = len(inputs)
    runs = [inputs, *_nudged(inputs)]
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 8))):
        step = draw(_steps(primitives, len(inputs) + len(steps)))
        results = _results(step, runs)
        if results is not None:
            steps.append(step)
            runs = [[*run, result] for run, result in zip(runs, results, strict=True)]
    assume(steps)
    return Program(count, tuple(steps)), tuple(inputs)


def _square(x: Any) -> Any:
    return x**2


def _shared_dot(x: Any, y: Any) -> Any:
    return dot((x, y), (y, y), start=x)


# They take any operands; primitives, which may have kinks, only operands in general position.
_OPERATORS: dict[Callable[..., Any], int] = {
    operator.add: 2,
    operator.sub: 2,
    operator.mul: 2,
    operator.truediv: 2,
    operator.neg: 1,
    _square: 1,
    _shared_dot: 2,
}


@st.composite
def _steps(draw: DrawFn, primitives: list[Primitive], available: int) -> Step:
    if not primitives or draw(st.booleans()):
        function, count = draw(st.sampled_from(list(_OPERATORS.items())))
    else:
        chosen = draw(st.sampled_from(primitives))
        function, count = draw(bound(chosen)), _count(chosen)
    # The latest number comes first, so that no step is without influence on the result.
    others = draw(st.tuples(*[st.integers(0, available - 1)] * (count - 1)))
    return Step(function, (available - 1, *others))


def _nudged(inputs: list[float]) -> list[list[float]]:
    nudges = range(len(inputs))
    return [[x + NUDGE * (i == nudged) for i, x in enumerate(inputs)] for nudged in nudges]


def _results(step: Step, runs: list[list[float]]) -> list[float] | None:
    """The step's result in every run; None where it is not moderate or too steep."""
    drawn = [[run[position] for position in step.positions] for run in runs]
    if not _is_allowed(step.function, drawn[0]):
        return None
    results = [step.function(*numbers) for numbers in drawn]
    here = results[0]
    is_moderate = abs(here) <= LARGEST_RESULT
    return results if is_moderate and all(abs(r - here) <= MARGIN for r in results) else None


def _is_allowed(function: Callable[..., Any], numbers: Sequence[float]) -> bool:
    if isinstance(function, Primitive):
        intervals = function.domains(len(numbers))
        inside = all(
            _distance(x) >= MARGIN and x - MARGIN in interval and x + MARGIN in interval
            for x, interval in zip(numbers, intervals, strict=True)
        )
        return inside and _is_generic(function, numbers)
    return function is not operator.truediv or abs(numbers[1]) >= 2 * MARGIN


def _is_generic(primitive: Primitive, numbers: Sequence[float]) -> bool:
    if any(abs(x - y) < MARGIN for x, y in combinations(numbers, 2)):
        return False
    if any(_distance(x + 0.5) < MARGIN for x in numbers):
        return False
    if len(numbers) == 2 and _is_near_step_of_quotient(*numbers):
        return False
    result = primitive.evaluate(numbers)[0]
    return bool(abs(result) <= LARGEST_RESULT)


def _is_near_step_of_quotient(x: float, y: float) -> bool:
    """Whether x // y takes a step within the margin of x or of y."""
    quotient = x / y
    stretch = max(1.0, abs(1 / y), abs(quotient / y))
    return _distance(quotient) < MARGIN * stretch


def _distance(number: float) -> float:
    """How far the nearest integer is."""
    return abs(number - round(number))


def _inside(interval: Interval) -> SearchStrategy[float]:
    """Numbers between two integers, or between an integer and an edge of the domain."""
    low, high = max(interval.low, -LARGEST_OPERAND), min(interval.high, LARGEST_OPERAND)
    if low >= high:
        # The domain is far from 0: its part that is nearest.
        low = interval.low if interval.low >= LARGEST_OPERAND else max(interval.low, high - 1)
        high = min(interval.high, low + 1)
    edges = [low, *range(math.floor(low) + 1, math.ceil(high)), high]
    cells = st.sampled_from(list(pairwise(edges)))
    shares = st.floats(MARGIN, 1 - MARGIN)
    return st.builds(lambda cell, share: cell[0] + (cell[1] - cell[0]) * share, cells, shares)


def _numbers(primitive: Primitive) -> SearchStrategy[tuple[float, ...]]:
    """As many numbers as the rule takes, each inside its domain."""
    return st.tuples(*map(_inside, primitive.domains(_count(primitive))))


def _count(primitive: Primitive) -> int:
    return COUNT_OF_ANY if primitive.takes_any_number else len(primitive.operand_names)


def _constant_names(primitive: Primitive) -> list[str]:
    """The constants that are to be drawn: known here, and not bound already."""
    parameters = inspect.signature(primitive).parameters
    free = [name for name in primitive.constant_names if name not in primitive.constants]
    for name in free:
        if name not in _CONSTANTS and parameters[name].default is inspect.Parameter.empty:
            raise TypeError(
                f"no values are known for {name} of {primitive.name}: "
                f"give {primitive.name}.bind({name}=...)"
            )
    return [name for name in free if name in _CONSTANTS]
