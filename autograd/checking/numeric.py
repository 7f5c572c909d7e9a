"""Numeric derivatives with an estimate of their error, on both sides of a point and across it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from autograd.checking.differences import (
    EPSILON,
    UNKNOWN,
    Estimate,
    Extrapolation,
    Function,
    Ladder,
    climb,
    consistent,
    error_of,
    halving_steps,
    widened,
)

# An error estimate may itself be off by a small factor.
SAFETY = 10.0
# Differences are refined until they would show a relative mistake of this size.
RESOLUTION = 1e-7
# Differences that are surer than this tell a derivative roughly.
ROUGHLY = 1e-2
# A derivative by the rules is right to a few hundred units in the last place, where its slope is 0
# of the steepness around.
ROUNDING = 1e-13
# A right rule may lose digits: that of tanh, 1 - t * t, where t is nearly 1. This is well
# below the mistakes that differences are to show.
LOST = 1e-8

# The first steps, as powers of 1/2 of the size of x or of 1: the usual one, a longer one
# for results of many equal digits, and ever shorter ones for what is fast, kinked nearby
# or defined on little.
_HALVINGS = (10, 3, 20, 30, 40, 46)
# At 0 floats are as near as one likes, and x ** 1.1 is nearly as steep as |x| for long.
_TINY_STEPS = (2.0**-100, 2.0**-300, 2.0**-900)
_NEXT_TO_ZERO = 2.0**-100


@dataclass(frozen=True)
class Slopes:
    """How a function of one number climbs at a point.

    Attributes:
        across: the derivative by central differences.
        left, right: the one-sided derivatives.
        result: the function at the point.
        scale: what counts as a derivative of ordinary size here.
        steepness: the steepest way from the point to one as far away as the longest steps.
        still: the longest step up to which the result does not change at all.
        jumps: whether the function does not come near its result however near the point.
        steps: the steps at which it was evaluated, longest first.
        nearby: the derivatives on both sides of a kink that is too near to tell on which side
            the point lies, if there may be one.
        steepest: a steeper function would turn back and forth between neighbouring floats,
            as sin does at 1e20, so that no difference is evidence against it.
        stair: the size of the jumps in which the function moves near the point, although it
            climbs on the whole as was claimed, as one whose result is rounded does.
    """

    across: Estimate = UNKNOWN
    left: Estimate = UNKNOWN
    right: Estimate = UNKNOWN
    result: float = math.nan
    scale: float = 0.0
    steepness: float = 0.0
    still: float = 0.0
    jumps: bool = False
    steps: tuple[float, ...] = ()
    nearby: tuple[Estimate, Estimate] | None = None
    steepest: float = math.inf
    stair: float = 0.0

    @property
    def best(self) -> Estimate:
        """The derivative across the point, or from the one side where there is a function.

        Where left and right agree, they tell as much: of x * |x| at 0 they are exact, and the
        central difference only comes near.
        """
        sides = [side for side in (self.left, self.right) if math.isfinite(side.derivative)]
        if not sides or self.has_kink:
            return self.across
        if len(sides) == 1:
            return min(*sides, self.across, key=error_of)
        return min(self.across, self._together, key=error_of)

    @property
    def _together(self) -> Estimate:
        left, right = self.left, self.right
        apart = abs(left.derivative - right.derivative) / 2
        middle = left.derivative / 2 + right.derivative / 2
        reach = min(left.reach, right.reach)
        return Estimate(middle, max(left.error, right.error) + apart, reach)

    @property
    def has_kink(self) -> bool:
        """Whether the one-sided derivatives differ by more than their errors."""
        return _differ(self.left, self.right)

    @property
    def is_resolved(self) -> bool:
        """Whether a relative mistake of 1e-7 would show."""
        if self.has_kink:
            return self._resolves(self.left) and self._resolves(self.right)
        return self._resolves(self.best)

    def _resolves(self, estimate: Estimate) -> bool:
        # With room to spare, for the tolerance is more than the error.
        size = max(self.scale, abs(estimate.derivative))
        return SAFETY * estimate.error <= 0.1 * RESOLUTION * size

    def is_fine(self, claim: float, steepness: float = 0.0) -> bool:
        """Whether a relative mistake of 1e-7 in a derivative of that steepness would show."""
        size = max(abs(claim), abs(self.best.derivative), self.scale, steepness)
        return SAFETY * self.best.error <= RESOLUTION * size

    def allows(self, claim: float) -> bool:
        """Whether it may be the derivative; at a kink, whether it lies between the sides."""
        if self.has_kink:
            margin = SAFETY * (self.left.error + self.right.error)
            low, high = sorted((self.left.derivative, self.right.derivative))
            return low - margin <= claim <= high + margin
        if math.isnan(self.best.derivative):
            return False
        is_near_zero = claim == 0 and abs(self.best.derivative) <= ROUNDING * self.steepness
        return is_near_zero or may_be(claim, self.best)


def may_be(claim: float, estimate: Estimate) -> bool:
    """Whether the claimed derivative is as near to the estimate as the errors of both explain."""
    lost = LOST * max(abs(claim), abs(estimate.derivative))
    return not abs(claim - estimate.derivative) > SAFETY * estimate.error + lost


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


def slopes(
    function: Function,
    x: float,
    claim: float | None = None,
    noise: float = 0.0,
    scale: float = 0.0,
    finest: float = 0.0,
    tries: int | None = None,
) -> Slopes:
    """The derivatives of a function of one number across a point and on either side of it.

    Args:
        function: from float to float; not finite where it is not defined.
        x: the point.
        claim: what the derivative is said to be. Where the first steps contradict it,
            all others are tried: they may have reached over a kink or a stair.
        noise: by how much its results are known to be rounded, besides what shows.
        scale: what counts as a derivative of ordinary size, where that is known.
        finest: shorter steps do not move the function.
        tries: how many ranges of steps are tried at most; None for all.

    >>> found = slopes(abs, 0.0)
    >>> found.has_kink, round(found.left.derivative, 6), round(found.right.derivative, 6)
    (True, -1.0, 1.0)
    """
    result = function(x)
    found = Slopes(result=result)
    if not (math.isfinite(result) and math.isfinite(x)):
        return found
    ladders: list[Ladder] = []
    for first in islice(_first_steps(x), tries):
        steps = [step for step in halving_steps(x, first) if step >= finest]
        if not steps:
            continue
        ladders.append(climb(function, x, result, steps, noise))
        found = _combined(ladders, result, max(scale, abs(claim or 0.0)))
        # The second steps are the longest: shorter ones only add rounding.
        is_enough = found.is_resolved or (
            len(ladders) > 1 and found.is_fine(claim or 0.0, found.steepness)
        )
        # What is claimed to stay still, and does as far as steps reach, need not be looked at more.
        is_still = claim == 0 and found.still > 0.5 * max(_first_steps(x))
        if is_still or (is_enough and _is_confirmed(function, x, found, claim, noise)):
            return found
    return replace(
        found,
        steepest=_steepest(function, x, found),
        jumps=_jumps(function, x, found, noise),
        nearby=_nearby_kink(ladders),
        stair=0.0 if claim is None else _stair(function, x, ladders, found, claim),
    )


def _is_confirmed(
    function: Function, x: float, found: Slopes, claim: float | None, noise: float
) -> bool:
    """Whether nothing more need be looked at: the claim is met, or shorter steps agree."""
    left, right, best = found.left.derivative, found.right.derivative, found.best.derivative
    if not found.has_kink and (claim is None or found.allows(claim)):
        return True
    # A tenth of what there is to tell apart is far below it.
    margin = 0.1 * abs(right - left if found.has_kink else (claim or 0.0) - best)
    size = abs(x) or 1.0
    steps = [(x + size * 0.5**halvings) - x for halvings in _HALVINGS[2:]]
    # The last are the nearest floats, between which a sine may turn back and forth.
    for step in [*steps, *(_TINY_STEPS if size < _NEXT_TO_ZERO or not x else [2 * math.ulp(x)])]:
        if not step:
            continue
        low, high = function(x - step), function(x + step)
        unsure = margin + SAFETY * (math.ulp(found.result) + noise) / step
        if found.has_kink:
            errors = [(found.result - low) / step - left, (high - found.result) / step - right]
        else:
            errors = [(high - low) / 2 / step - best]
        if not max(map(abs, errors)) <= unsure:
            return False
    return True


def _first_steps(x: float) -> Iterator[float]:
    # The shorter first: long steps reach over kinks and into the next period.
    size = abs(x) or 1.0
    units = [size] if 1 / 16 <= size <= 16 else sorted([size, 1.0])
    for halvings in _HALVINGS:
        yield from (unit * 0.5**halvings for unit in units)
    if abs(x) < _NEXT_TO_ZERO:
        yield from _TINY_STEPS


def _combined(ladders: list[Ladder], result: float, scale: float) -> Slopes:
    """The best that the ladders tell together."""
    ladders = sorted(ladders, key=lambda ladder: -ladder.steps[0])
    slopes = sorted(pair for ladder in ladders for pair in ladder.slopes)
    still = 0.0
    for step, slope in slopes:
        if slope:
            break
        still = step
    across, left, right = (
        _told([getattr(ladder, name) for ladder in ladders]) for name in ("across", "left", "right")
    )
    # A kink may hide in what one side still has to go, and the middle lie between the sides.
    across = widened(across, [ladder.left.pace for ladder in ladders])
    across = widened(across, [ladder.right.pace for ladder in ladders])
    steps = sorted({step for ladder in ladders for step in ladder.steps}, reverse=True)
    found = Slopes(across, left, right, result, scale, still=still, steps=tuple(steps))
    # At shorter steps than tell the derivative a rounded result is as steep as its last place.
    wide = [ladder for ladder in ladders if ladder.steps[0] >= found.best.reach]
    steepness = max((ladder.slopes[0][1] for ladder in wide if ladder.slopes), default=0.0)
    return replace(found, steepness=steepness)


def _told(tables: list[Extrapolation]) -> Estimate:
    """What all ranges of steps tell together, the longest first."""
    best = consistent(estimate for table in tables for estimate in table.estimates)
    return widened(best, [table.pace for table in tables])


def _nearby_kink(ladders: list[Ladder]) -> tuple[Estimate, Estimate] | None:
    """The one-sided derivatives at the shortest steps at which they differ clearly."""
    for ladder in sorted(ladders, key=lambda ladder: ladder.steps[-1]):
        left, right = consistent(ladder.left.estimates), consistent(ladder.right.estimates)
        if _differ(left, right):
            return left, right
    return None


def _differ(one: Estimate, other: Estimate) -> bool:
    """Whether two derivatives differ by more than their errors explain."""
    return abs(one.derivative - other.derivative) > SAFETY * (one.error + other.error)


def _steepest(function: Function, x: float, found: Slopes) -> float:
    """The slope that would cross all results that were seen within a thousand floats."""
    both = (_changes(function, x, sign, found) for sign in (1, -1))
    most = max((change for changes in both for change in changes), default=0.0)
    # A function that does not change at all hides no slope.
    return most / (1e3 * math.ulp(x)) if most > 1e3 * math.ulp(found.result) else math.inf


def _jumps(function: Function, x: float, found: Slopes, noise: float) -> bool:
    """Whether on a side the results stay as far away, however short the step."""
    rounding = 1e3 * math.ulp(found.result) + SAFETY * noise
    for sign in (1, -1):
        changes = _changes(function, x, sign, found)[-6:]
        least, most = min(changes, default=0.0), max(changes, default=0.0)
        if least > max(0.99 * most, rounding):
            return True
    return False


def _changes(function: Function, x: float, sign: int, found: Slopes) -> list[float]:
    """How far the results on one side are from that at the point, where they are finite."""
    changes = [abs(function(x + sign * step) - found.result) for step in found.steps]
    return [change for change in changes if math.isfinite(change)]


def _stair(
    function: Function, x: float, ladders: list[Ladder], found: Slopes, claim: float
) -> float:
    """The size of the jumps of a function that climbs as claimed only from afar.

    A result that is rounded to single precision stays as it is over some 1e8 floats, and then
    jumps: near the point its differences are 0, and only over many jumps they tell.
    """
    for ladder in sorted(ladders, key=lambda ladder: -ladder.steps[0]):
        seen = [consistent(side.estimates) for side in (ladder.across, ladder.left, ladder.right)]
        if all(may_be(claim, e) and SAFETY * e.error <= ROUGHLY * abs(claim) for e in seen):
            return _jump_within(function, x, x + ladder.steps[0], found.best.derivative)
    return 0.0


def _jump_within(function: Function, low: float, high: float, slope: float) -> float:
    """The largest part of the way up from one number to another that is one jump, or 0."""

    def risen(x: float) -> float:
        return function(x) - slope * x

    while low < (middle := low / 2 + high / 2) < high:
        if abs(risen(middle) - risen(low)) >= abs(risen(high) - risen(middle)):
            high = middle
        else:
            low = middle
    jump = abs(function(high) - function(low))
    # The next float of a function that only climbs is not as far away.
    ordinary = math.ulp(function(high)) + abs(slope) * (high - low)
    return jump if jump > 1e3 * ordinary else 0.0


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
