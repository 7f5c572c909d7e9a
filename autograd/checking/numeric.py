"""Numeric derivatives with an estimate of their error, on both sides of a point and across it."""

import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from autograd.checking.differences import (
    EPSILON,
    UNKNOWN,
    Estimate,
    Function,
    Ladder,
    climb,
    error_of,
    halving_steps,
)

# An error estimate may itself be off by a small factor.
SAFETY = 10.0
# Differences are refined until they would show a relative mistake of this size.
RESOLUTION = 1e-7

# The first steps, as powers of 1/2 of the size of x or of 1: the usual one, a longer one
# for results of many equal digits, and ever shorter ones for what is fast, kinked nearby
# or defined on little.
_HALVINGS = (10, 3, 20, 30, 40, 46)


@dataclass(frozen=True)
class Slopes:
    """How a function of one number climbs at a point.

    Attributes:
        across: the derivative by central differences.
        left, right: the one-sided derivatives.
        result: the function at the point.
        scale: what counts as a derivative of ordinary size here.
        jumps: whether the function does not come near its result however near the point.
        is_constant: whether it did not change at all near the point.
        steps: the steps at which it was evaluated, longest first.
        nearby: the derivatives on both sides of a kink that is too near to tell on which side
            the point lies, if there may be one.
        steepest: a steeper function would turn back and forth between neighbouring floats,
            as sin does at 1e20, so that no difference is evidence against it.
    """

    across: Estimate = UNKNOWN
    left: Estimate = UNKNOWN
    right: Estimate = UNKNOWN
    result: float = math.nan
    scale: float = 0.0
    jumps: bool = False
    is_constant: bool = False
    steps: tuple[float, ...] = ()
    nearby: tuple[Estimate, Estimate] | None = None
    steepest: float = math.inf

    @property
    def best(self) -> Estimate:
        """The derivative across the point, or from the one side where there is a function."""
        if math.isfinite(self.across.derivative):
            return self.across
        return min(self.left, self.right, key=error_of)

    @property
    def has_kink(self) -> bool:
        """Whether the one-sided derivatives differ by more than their errors."""
        return _differ(self.left, self.right)

    @property
    def is_resolved(self) -> bool:
        """Whether a relative mistake of 1e-7 would show."""
        if self.has_kink:
            return self._resolves(self.left) and self._resolves(self.right)
        return self._resolves(self.across)

    def _resolves(self, estimate: Estimate) -> bool:
        # With room to spare, for the tolerance is more than the error.
        return SAFETY * estimate.error <= 0.1 * RESOLUTION * self.scale


def differentiate(function: Function, x: float) -> Estimate:
    """The derivative of a function of one number, by extrapolated central differences.

    Ridders' method: differences at steps that halve are extrapolated to step 0, and
    the entry of the table that agrees best with its neighbours is taken. For smooth
    functions of moderate size the result is right to about 1e-11 relative. Where the
    function ends at x, the derivative is that of the one side.

    Args:
        function: from float to float.
        x: where to differentiate.

    Returns:
        The estimate of least error; it is nan with an infinite error where no two
        steps gave finite numbers.

    >>> estimate = differentiate(math.exp, 1.0)
    >>> abs(estimate.derivative - math.e) < estimate.error < 1e-10
    True
    """
    return slopes(function, x).best


def slopes(function: Function, x: float, noise: float = 0.0, scale: float = 0.0) -> Slopes:
    """The derivatives of a function of one number across a point and on either side of it.

    Args:
        function: from float to float; not finite where it is not defined.
        x: the point.
        noise: by how much its results are known to be rounded, besides what shows.
        scale: what counts as a derivative of ordinary size, where that is known.

    >>> found = slopes(abs, 0.0)
    >>> found.has_kink, round(found.left.derivative, 6), round(found.right.derivative, 6)
    (True, -1.0, 1.0)
    """
    result = function(x)
    found = Slopes(result=result)
    if not (math.isfinite(result) and math.isfinite(x)):
        return found
    ladders: list[Ladder] = []
    for first in _first_steps(x):
        steps = list(halving_steps(x, first))
        if steps:
            ladders.append(climb(function, x, result, steps, noise))
            found = _combined(ladders, x, result, scale)
        if found.is_resolved:
            break
    found = replace(found, steepest=_steepest(function, x, found))
    if found.is_resolved:
        return found
    return replace(found, jumps=_jumps(function, x, found), nearby=_nearby_kink(ladders))


def _first_steps(x: float) -> Iterator[float]:
    # At short range first: long steps reach over kinks and into the next period.
    for size in sorted({abs(x) or 1.0, 1.0}):
        for halvings in _HALVINGS:
            yield size * 0.5**halvings


def _combined(ladders: list[Ladder], x: float, result: float, scale: float) -> Slopes:
    """The best that the ladders tell together."""
    ladders = sorted(ladders, key=lambda ladder: ladder.steps[-1])
    across, left, right = (_agreed(ladders, name) for name in ("across", "left", "right"))
    known = [c for c in (across, left, right) if math.isfinite(c.estimate.derivative)]
    # What was taken for the derivative knows how steep the function is at its range.
    # A derivative that is tiny beside the result need not be resolved so finely.
    scales = [scale, 1e-3 * abs(result) / max(1.0, abs(x))]
    # Nor one that moves the result by less than the smallest number with all its digits.
    scales += [sys.float_info.min / ladders[0].steps[-1]]
    for chosen in known[:1]:
        scales += [abs(chosen.estimate.derivative), chosen.steepness]
    steps = sorted({step for ladder in ladders for step in ladder.steps}, reverse=True)
    estimates = (across.estimate, left.estimate, right.estimate)
    is_constant = any(chosen.steepness == 0 for chosen in known[:1])
    return Slopes(*estimates, result, max(scales), is_constant=is_constant, steps=tuple(steps))


class _Chosen(NamedTuple):
    estimate: Estimate = UNKNOWN
    steepness: float = 0.0


def _agreed(ladders: list[Ladder], name: str) -> _Chosen:
    """The best of those estimates that none at shorter steps contradicts.

    Long steps may reach over a kink or a period and agree among themselves by chance.
    """
    agreed: list[_Chosen] = []
    for ladder in ladders:
        estimate = getattr(ladder, name)
        if all(_agree(estimate, shorter.estimate) for shorter in agreed):
            agreed.append(_Chosen(estimate, ladder.steepness))
    return min(agreed, key=lambda chosen: chosen.estimate.error, default=_Chosen())


def _nearby_kink(ladders: list[Ladder]) -> tuple[Estimate, Estimate] | None:
    """The one-sided derivatives at the shortest steps at which they differ clearly."""
    for ladder in sorted(ladders, key=lambda ladder: ladder.steps[-1]):
        if _differ(ladder.left, ladder.right):
            return ladder.left, ladder.right
    return None


def _differ(one: Estimate, other: Estimate) -> bool:
    """Whether two derivatives differ by more than their errors explain."""
    return abs(one.derivative - other.derivative) > SAFETY * (one.error + other.error)


def _agree(one: Estimate, other: Estimate) -> bool:
    # A nan, where there is no estimate, contradicts none.
    return not abs(one.derivative - other.derivative) > one.error + other.error


def _steepest(function: Function, x: float, found: Slopes) -> float:
    """The slope that would cross all results that were seen within a thousand floats."""
    both = (_changes(function, x, sign, found.steps, found.result) for sign in (1, -1))
    most = max((change for changes in both for change in changes), default=0.0)
    # A function that does not change at all hides no slope.
    return most / (1e3 * math.ulp(x)) if most > 1e3 * math.ulp(found.result) else math.inf


def _jumps(function: Function, x: float, found: Slopes) -> bool:
    """Whether on a side the results stay as far away, however short the step."""
    for sign in (1, -1):
        changes = _changes(function, x, sign, found.steps[-6:], found.result)
        least, most = min(changes, default=0.0), max(changes, default=0.0)
        if least > max(0.99 * most, 1e3 * math.ulp(found.result)):
            return True
    return False


def _changes(
    function: Function, x: float, sign: int, steps: Iterable[float], result: float
) -> list[float]:
    """How far the results on one side are from that at the point, where they are finite."""
    changes = [abs(function(x + sign * step) - result) for step in steps]
    return [change for change in changes if math.isfinite(change)]


def remainder_order(
    function: Function, x: float, derivative: float, found: Slopes, noise: float = 0.0
) -> float | None:
    """With which power of the step the remainder of Taylor's expansion shrinks.

    f(x + h) - f(x) - h f'(x) goes with h ** 2 or faster where the derivative is right, and
    with h where it is wrong: an opinion that no step size and no tolerance goes into.

    Returns:
        The power, about 2 or 1, at the shortest steps at which rounding leaves a
        remainder; None where it leaves none, as of a straight line.

    >>> found = slopes(math.exp, 0.0)
    >>> [round(remainder_order(math.exp, 0.0, claim, found), 2) for claim in (1.0, 1.1)]
    [2.0, 1.0]
    """

    def remainder(step: float) -> float:
        right = function(x + step) - found.result - step * derivative
        left = function(x - step) - found.result + step * derivative
        return abs(right) + abs(left)

    rounding = 1e3 * (math.ulp(found.result) + EPSILON * abs(x * derivative) + noise)
    usable = [(step, remainder(step)) for step in found.steps]
    usable = [(step, size) for step, size in usable if rounding < size < math.inf]
    if len(usable) < 2:
        return None
    (long, large), (short, small) = usable[-2:]
    return math.log(large / small) / math.log(long / short)
