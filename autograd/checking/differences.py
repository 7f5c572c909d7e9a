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
# The column in which the way that quotients still go shows: the first ones show a smooth
# function bend.
_SHOWING = 2
# So many of its entries on either half of the steps.
_ENTRIES = 3
# How far steps may be from halves of each other.
_UNEVEN = 1e-5
# Quotients that vary by this many times as much as rounding explains are not told by it.
_VISIBLE = 4.0
# From half to half, 4 halvings or more, that of a smooth function shrinks by far more than this,
# and rounding grows by more. That of |x| ** 1.4 shrinks by less, but there neighbours are as
# far apart as the way that is left.
_ALIKE = 4.0

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


class Extrapolation(NamedTuple):
    """Difference quotients extrapolated to step 0.

    Attributes:
        estimates: every entry of the table.
        pace: how fast they still move, if that can be told.
    """

    estimates: list[Estimate]
    pace: "Pace | None"


class Pace(NamedTuple):
    """How far quotients move while the step shrinks.

    Attributes:
        early, late: on the half of the longer steps, and on that of the shorter.
        rounding: as much of it may be rounding.
        span: how far the halves are apart, in lengths of one, by the logarithm of the step.
        slope: the last quotient.
    """

    early: float
    late: float
    rounding: float
    span: float
    slope: float

    @property
    def remaining(self) -> float:
        """How far they have to go, if they move by as much at short steps as at long ones, or 0.

        Those that go with step ** order move by about order * step ** order.
        """
        if not self.early / _ALIKE < self.late < self.early * _ALIKE:
            return 0.0
        order = math.log(self.early / (self.late + self.rounding)) / self.span
        return self.late / order if order > 0 else math.inf


@dataclass(frozen=True)
class Ladder:
    """What the differences at steps of one range tell.

    Attributes:
        steps: these steps, longest first.
        across, left, right: the extrapolation of the differences.
        slopes: each step, and the size of the steeper of the differences at it.
    """

    steps: list[float]
    across: Extrapolation
    left: Extrapolation
    right: Extrapolation
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
        # Away from 0, where floats lie no nearer to each other than towards it.
        step = (abs(x) + first * 0.5**level) - abs(x)
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
    that of 1. The points lie off the steps, lest they meet the same ones of a period, and away
    from x, where |x| ** 1.01 is not smooth.
    """
    spacing = (x + 0.0173 * step) - x
    results = [function(x + position * spacing) for position in range(8, 16)]
    worst = scatter(results)
    return worst if math.isfinite(worst) else 0.0


def scatter(results: list[float]) -> float:
    """How far equally spaced results of a smooth function lie off it, by fifth differences."""
    for _ in range(5):
        results = [right - left for left, right in pairwise(results)]
    # A fifth difference of independent errors is sqrt(252) times as large as one.
    return max(map(abs, results)) / math.sqrt(252)


def _extrapolated(differences: Sequence[_Difference], power: int) -> Extrapolation:
    """Quotients extrapolated to step 0, as polynomials in step ** power (Neville's table)."""
    above: list[_Difference] = []
    shown: list[_Difference] = []
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
        # Near the last place of x steps can't be halved, and the pace is no steady one.
        if position >= _SHOWING and _halve(differences[position - _SHOWING : position + 1]):
            shown.append(row[_SHOWING])
        above = row
    return Extrapolation(found, _pace(shown))


def _halve(differences: Sequence[_Difference]) -> bool:
    return all(abs(a.step / b.step - 2) < _UNEVEN for a, b in pairwise(differences))


def _pace(differences: Sequence[_Difference]) -> Pace | None:
    count = len(differences)
    half = count // 2
    if half < _ENTRIES:
        return None
    early, late = differences[:half], differences[-half:]
    rounding = 2 * max(difference.rounding for difference in differences)
    span = (count - half) / (half - 1)
    return Pace(_variation(early), _variation(late), rounding, span, late[-1].slope)


def _variation(differences: Sequence[_Difference]) -> float:
    slopes = [difference.slope for difference in differences]
    return max(slopes) - min(slopes)


def widened(estimate: Estimate, paces: Iterable[Pace | None]) -> Estimate:
    """The estimate, no surer than quotients allow that converge slowly, and have far to go.

    Those of a smooth function are left with rounding soon. Those of x ** 1.01 at 0 go with
    step ** 0.01 and those of x / log(x) with 1 / log(step): neighbours always agree, however far
    the way is.

    Args:
        estimate: made of these quotients.
        paces: over ranges of ever shorter steps. The last counts that rounding does not hide.
    """
    error = before = 0.0
    for pace in filter(None, paces):
        if pace.early > _VISIBLE * pace.rounding:
            rest, before = pace.remaining, pace.late
            error = rest + abs(estimate.derivative - pace.slope) if rest else 0.0
        elif _ALIKE * (pace.early + pace.rounding) < before:
            # They do not move any more.
            error = before = 0.0
    return estimate._replace(error=max(estimate.error, error))
