"""Difference quotients at steps that halve, extrapolated to step 0."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

EPSILON = 2.0**-52

_LEVELS = 10
# Further columns of the extrapolation would only add up rounding.
_COLUMNS = 5

Function = Callable[[float], float]


class Estimate(NamedTuple):
    """A derivative, how far it may be off, and the longest step that it was made of."""

    derivative: float
    error: float
    reach: float = math.inf


UNKNOWN = Estimate(math.nan, math.inf)


def error_of(estimate: Estimate) -> float:
    """The error, for `min` to choose by."""
    return estimate.error


@dataclass(frozen=True)
class Ladder:
    """What the differences at steps of one range tell.

    Attributes:
        steps: these steps, longest first.
        across, left, right: every extrapolation of the differences.
        slopes: each step, and the size of the steeper of the differences at it.
    """

    steps: list[float]
    across: list[Estimate]
    left: list[Estimate]
    right: list[Estimate]
    slopes: list[tuple[float, float]]


def climb(function: Function, x: float, result: float, steps: list[float], noise: float) -> Ladder:
    """Extrapolates the differences at these steps, which get shorter."""
    left, right = (
        _side(function, x, result, [sign * step for step in steps], noise) for sign in (-1, 1)
    )
    across = [_middle(left[step], right[step]) for step in steps if step in left and step in right]
    found = [(step, [side[step].slope for side in (left, right) if step in side]) for step in steps]
    slopes = [(step, max(map(abs, sides))) for step, sides in found if sides]
    return Ladder(
        steps,
        _extrapolated(across, 2),
        _extrapolated(list(left.values()), 1),
        _extrapolated(list(right.values()), 1),
        slopes,
    )


def consistent(estimates: Iterable[Estimate]) -> Estimate:
    """The best of those estimates that none at shorter steps contradicts (Lepski's rule).

    Long steps may reach over a kink, a stair or a period and agree among themselves by chance.
    """
    best, low, high = UNKNOWN, -math.inf, math.inf
    for estimate in sorted(estimates, key=_reach_of):
        derivative, error, _ = estimate
        below, above = derivative - error, derivative + error
        if below <= high and low <= above:
            low, high = max(low, below), min(high, above)
            if error < best.error:
                best = estimate
    return best


def _reach_of(estimate: Estimate) -> float:
    return estimate.reach


def halving_steps(x: float, first: float) -> Iterator[float]:
    """Steps that halve, by which x can be moved as exactly as floats allow."""
    last = math.inf
    for level in range(_LEVELS):
        step = (x + first * 0.5**level) - x
        if 0 < step < last:
            yield step
        last = step


class _Difference(NamedTuple):
    """A difference quotient, and by how much it is rounded."""

    step: float
    slope: float
    rounding: float


def _side(
    function: Function, x: float, result: float, steps: list[float], noise: float
) -> dict[float, _Difference]:
    """The quotients on one side of the point, by the length of the step, where finite."""
    noise += _noise(function, x, steps[0])
    found = {}
    for step in steps:
        there = function(x + step)
        slope = (there - result) / step
        rounding = (math.ulp(there) + math.ulp(result) + noise) / abs(step)
        if math.isfinite(slope) and math.isfinite(rounding):
            found[abs(step)] = _Difference(abs(step), slope, rounding)
    return found


def _middle(left: _Difference, right: _Difference) -> _Difference:
    """The central quotient. The result at the point cancels in it."""
    rounding = (left.rounding + right.rounding) / 2
    return _Difference(left.step, (left.slope + right.slope) / 2, rounding)


def _noise(function: Function, x: float, step: float) -> float:
    """By how much results are rounded, seen in their differences (Moré and Wild, 2011).

    Over a stretch shorter than the step a smooth function has none, and 1 + erf(x), say,
    that of 1. The points lie off the steps, lest they meet the same ones of a period.
    """
    spacing = (x + 0.0173 * step) - x
    results = [function(x + position * spacing) for position in range(8)]
    worst = scatter(results)
    return worst if math.isfinite(worst) else 0.0


def scatter(results: list[float]) -> float:
    """How far equally spaced results of a smooth function lie off it, by fifth differences."""
    for _ in range(5):
        results = [right - left for left, right in pairwise(results)]
    # A fifth difference of independent errors is sqrt(252) times as large as one.
    return max(map(abs, results)) / math.sqrt(252)


def _extrapolated(differences: Sequence[_Difference], power: int) -> list[Estimate]:
    """Quotients extrapolated to step 0, as polynomials in step ** power (Neville's table)."""
    above: list[_Difference] = []
    found = []
    for position, difference in enumerate(differences):
        row = [difference]
        for column, before in enumerate(above[:_COLUMNS]):
            now = row[-1]
            longest = differences[position - column - 1].step
            weight = 1 / ((longest / now.step) ** power - 1)
            slope = now.slope + (now.slope - before.slope) * weight
            rounding = now.rounding + (now.rounding + before.rounding) * weight
            disagreement = max(abs(slope - now.slope), abs(slope - before.slope))
            if math.isfinite(error := disagreement + rounding):
                found.append(Estimate(slope, error, longest))
            row.append(_Difference(now.step, slope, rounding))
        above = row
    return found
