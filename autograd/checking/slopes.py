"""The slopes of a function of one number at a point: derivatives, kinks, jumps and stairs.

Differences are taken over several ranges of steps, until they show a mistake of 1e-7.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

from autograd.checking.differences import (
    EPSILON,
    SAFETY,
    UNKNOWN,
    Curve,
    Differences,
    Estimate,
    Sample,
    consistent,
    estimate_from,
    extrapolate,
    halving_steps,
)

# Differences are refined until they would show a relative mistake of this size.
RESOLUTION = 1e-7
# Differences with a smaller relative error than this know a derivative roughly.
ROUGHLY = 1e-2
# A derivative by the rules is right to a few hundred units in the last place: of itself, and where
# it is 0, of the slopes around.
ROUNDING = 1e-13

# The first steps of the ranges, as powers of 1/2 of the size of x or of 1: the usual one, a longer
# one for results that share many digits, and ever shorter ones for functions that oscillate, have
# a kink nearby or a narrow domain.
_HALVINGS = (10, 3, 20, 30, 40, 46)
# Near 0 floats are as close as one likes, and x ** 1.1 stays nearly as steep as |x| for long.
_TINY_STEPS = (2.0**-100, 2.0**-300, 2.0**-900)
_NEXT_TO_ZERO = 2.0**-100


@dataclass(frozen=True)
class Slopes:
    """The derivatives of a function of one number at a point, and what hinders them.

    Attributes:
        across: the derivative by central differences.
        left, right: the one-sided derivatives.
        result: the function at the point.
        samples: the results beside it at every step that was tried, longest step first.
        scale: what counts as a derivative of ordinary size here.
        steepness: the steepest of the quotients at the longest step of each range.
        gentleness: the same for the gentler side: next to a pole only one side is steep.
        jumps: whether on a side the function stays away from its result, however short the step.
        nearby: the derivatives on both sides of a kink, if there may be one too near to tell on
            which side of it the point lies.
        steepest_visible: a steeper function would turn back and forth between neighbouring floats,
            as sin does at 1e20, so that no difference is evidence against it.
        stair: the size of the jumps in which the function moves near the point, although it
            rises on the whole as was claimed, as one whose result is rounded does.
    """

    across: Estimate = UNKNOWN
    left: Estimate = UNKNOWN
    right: Estimate = UNKNOWN
    result: float = math.nan
    samples: tuple[Sample, ...] = ()
    scale: float = 0.0
    steepness: float = 0.0
    gentleness: float = 0.0
    jumps: bool = False
    nearby: tuple[Estimate, Estimate] | None = None
    steepest_visible: float = math.inf
    stair: float = 0.0

    @property
    def best(self) -> Estimate:
        """The derivative across the point, or from the one side where there is a function.

        Where left and right agree, they are as good: for x * |x| at 0 they are exact, and the
        central difference only comes near.
        """
        sides = [side for side in (self.left, self.right) if math.isfinite(side.derivative)]
        if not sides or self.has_kink:
            return self.across
        if len(sides) == 1:
            return min(*sides, self.across, key=attrgetter("error"))
        return min(self.across, self._mean_of_sides, key=attrgetter("error"))

    @property
    def _mean_of_sides(self) -> Estimate:
        left, right = self.left, self.right
        apart = abs(left.derivative - right.derivative) / 2
        mean = left.derivative / 2 + right.derivative / 2
        reach = min(left.reach, right.reach)
        return Estimate(mean, max(left.error, right.error) + apart, reach)

    @property
    def has_kink(self) -> bool:
        """Whether the one-sided derivatives differ by more than their errors."""
        return self.left.differs_from(self.right)

    @property
    def is_resolved(self) -> bool:
        """Whether a relative mistake of 1e-7 would show, on both sides of a kink."""
        estimates = (self.left, self.right) if self.has_kink else (self.best,)
        # With room to spare, because the tolerance is more than the error.
        return all(
            estimate.margin <= 0.1 * RESOLUTION * max(self.scale, abs(estimate.derivative))
            for estimate in estimates
        )

    def is_fine(self, claim: float) -> bool:
        """Whether a mistake of 1e-7 of the claim, or of the steepness around, would show."""
        best = self.best
        # Of relu(x)**2 at 0 one side is flat, and so is the point.
        is_flat = abs(best.derivative) <= best.margin
        around = self.steepness if is_flat else self.gentleness
        size = max(abs(claim), abs(best.derivative), self.scale, around)
        return best.margin <= RESOLUTION * size

    @property
    def flat_reach(self) -> float:
        """The longest step up to which the result does not change at all."""
        reach = 0.0
        for sample in reversed(self.samples):
            changes = sample.changes(self.result)
            if any(changes):
                break
            if changes:
                reach = sample.step
        return reach

    @property
    def is_flat(self) -> bool:
        """Whether the result does not change at the steps that give the best estimate."""
        return 0 < self.best.reach <= self.flat_reach

    def allows(self, claim: float) -> bool:
        """Whether it may be the derivative, where there is no kink."""
        best = self.best
        # Of x ** 1.1 at 0 differences never get to 0.
        is_near_zero = claim == 0 and abs(best.derivative) <= ROUNDING * self.steepness
        return is_near_zero or (not math.isnan(best.derivative) and best.allows(claim))


def slopes_of(curve: Curve, claim: float | None = None, tries: int | None = None) -> Slopes:
    """The derivatives of a function of one number across a point and on either side of it.

    For smooth functions of moderate size they are right to about 1e-11 relative.

    Args:
        curve: the function and the point.
        claim: what the derivative is said to be. Where the first steps contradict it,
            all others are tried: they may have reached over a kink or a stair.
        tries: how many ranges of steps are tried at most; None for all.

    >>> at_kink = slopes_of(Curve(0.0, abs))
    >>> at_kink.has_kink, round(at_kink.left.derivative, 6), round(at_kink.right.derivative, 6)
    (True, -1.0, 1.0)
    >>> estimate = slopes_of(Curve(1.0, math.exp)).best
    >>> abs(estimate.derivative - math.e) < estimate.error < 1e-10
    True
    """
    x, result = curve.point, curve.function(curve.point)
    slopes = Slopes(result=result)
    if not (math.isfinite(result) and math.isfinite(x)):
        return slopes
    scale = max(curve.scale, abs(claim or 0.0))
    ranges: list[Differences] = []
    for first in islice(_first_steps(x), tries):
        steps = [step for step in halving_steps(x, first) if step >= curve.shortest_step]
        if not steps:
            continue
        ranges.append(extrapolate(curve, result, steps))
        slopes = _slopes_from(ranges, result, scale)
        # The second steps are the longest: shorter ones only add rounding.
        is_enough = slopes.is_resolved or (len(ranges) > 1 and slopes.is_fine(claim or 0.0))
        # If the claim is 0 and no step moves the result, there is nothing more to look at.
        is_flat = claim == 0 and slopes.flat_reach > 0.5 * max(_first_steps(x))
        if is_flat or (is_enough and _is_confirmed(curve, slopes, claim)):
            return slopes
    return replace(
        slopes,
        steepest_visible=_steepest_visible(curve, slopes),
        jumps=_jumps(curve, slopes),
        nearby=_nearby_kink(ranges),
        stair=0.0 if claim is None else _stair(curve, ranges, slopes, claim),
    )


def _first_steps(x: float) -> Iterator[float]:
    # Shorter ones first: long steps reach over kinks and into the next period.
    size = abs(x) or 1.0
    units = [size] if 1 / 16 <= size <= 16 else sorted([size, 1.0])
    for halvings in _HALVINGS:
        yield from (unit * 0.5**halvings for unit in units)
    if abs(x) < _NEXT_TO_ZERO:
        yield from _TINY_STEPS


def _longest_first(ranges: list[Differences]) -> list[Differences]:
    return sorted(ranges, key=attrgetter("longest"), reverse=True)


def _slopes_from(ranges: list[Differences], result: float, scale: float) -> Slopes:
    """What all ranges of steps show together."""
    ranges = _longest_first(ranges)
    left = [differences.left for differences in ranges]
    right = [differences.right for differences in ranges]
    # Where one side has not converged, a kink may hide, and the central difference means nothing.
    across = estimate_from([differences.across for differences in ranges], left, right)
    samples = {sample.step: sample for differences in ranges for sample in differences.samples}
    slopes = Slopes(
        across,
        estimate_from(left),
        estimate_from(right),
        result,
        tuple(samples[step] for step in sorted(samples, reverse=True)),
        scale,
    )
    # At steps too short to show the derivative, a rounded result is as steep as its last place.
    wide = [differences for differences in ranges if differences.longest >= slopes.best.reach]
    quotients = [_longest_quotients(differences, result) for differences in wide]
    return replace(
        slopes,
        steepness=max(map(max, quotients), default=0.0),
        gentleness=max(map(min, quotients), default=0.0),
    )


def _longest_quotients(differences: Differences, result: float) -> list[float]:
    """How steep the function is on either side at the longest step that tells."""
    for sample in differences.samples:
        quotients = [change / sample.step for change in sample.changes(result)]
        if finite := list(filter(math.isfinite, quotients)):
            return finite
    return [0.0]


def _is_confirmed(curve: Curve, slopes: Slopes, claim: float | None) -> bool:
    """Whether no other range is needed: the claim is met, or single shorter steps agree."""
    if not slopes.has_kink and (claim is None or slopes.allows(claim)):
        return True
    x, left, right, best = curve.point, slopes.left, slopes.right, slopes.best.derivative
    # The shorter steps may be off by a tenth of the difference that they decide.
    apart = right.derivative - left.derivative if slopes.has_kink else (claim or 0.0) - best
    steps = [(x + (abs(x) or 1.0) * 0.5**halvings) - x for halvings in _HALVINGS[2:]]
    # The last are the nearest floats, between which a sine may turn back and forth.
    steps += _TINY_STEPS if abs(x) < _NEXT_TO_ZERO else [2 * math.ulp(x)]
    for step in filter(None, steps):
        below, above = curve.function(x - step), curve.function(x + step)
        if slopes.has_kink:
            errors = [
                (slopes.result - below) / step - left.derivative,
                (above - slopes.result) / step - right.derivative,
            ]
        else:
            errors = [(above - below) / 2 / step - best]
        rounding = SAFETY * (math.ulp(slopes.result) + curve.noise) / step
        if not max(map(abs, errors)) <= 0.1 * abs(apart) + rounding:
            return False
    return True


def _nearby_kink(ranges: list[Differences]) -> tuple[Estimate, Estimate] | None:
    """The one-sided derivatives at the shortest steps at which they differ clearly."""
    for differences in sorted(ranges, key=lambda differences: differences.samples[-1].step):
        sides = [consistent(side.estimates) for side in (differences.left, differences.right)]
        if sides[0].differs_from(sides[1]):
            return sides[0], sides[1]
        if all(side.margin <= ROUGHLY * abs(side.derivative) for side in sides):
            # Smooth at these steps: a kink that longer ones meet is not at the point.
            return None
    return None


def _steepest_visible(curve: Curve, slopes: Slopes) -> float:
    """The slope that would run through the range of all results seen within a thousand floats."""
    changes = (change for sample in slopes.samples for change in sample.changes(slopes.result))
    most = max(changes, default=0.0)
    # A function that does not change at all hides no slope.
    is_seen = most > 1e3 * math.ulp(slopes.result)
    return most / (1e3 * math.ulp(curve.point)) if is_seen else math.inf


def _jumps(curve: Curve, slopes: Slopes) -> bool:
    """Whether on one side the results stay just as far away, however short the step."""
    rounding = 1e3 * math.ulp(slopes.result) + SAFETY * curve.noise
    for results in zip(*((sample.below, sample.above) for sample in slopes.samples), strict=True):
        changes = [abs(result - slopes.result) for result in results]
        changes = list(filter(math.isfinite, changes))[-6:]
        least, most = min(changes, default=0.0), max(changes, default=0.0)
        if least > max(0.99 * most, rounding):
            return True
    return False


def _stair(curve: Curve, ranges: list[Differences], slopes: Slopes, claim: float) -> float:
    """The size of the jumps of a function that rises as claimed only from afar.

    A result that is rounded to single precision stays as it is over some 1e8 floats, and then
    jumps: near the point its differences are 0, and only over many jumps they tell.
    """
    # The shortest steps that show it: farther away, floats may be as far apart as the jumps.
    for differences in reversed(_longest_first(ranges)):
        tables = (differences.across, differences.left, differences.right)
        estimates = [consistent(table.estimates) for table in tables]
        if all(e.allows(claim) and e.margin <= ROUGHLY * abs(claim) for e in estimates):
            return _jump_within(curve, curve.point + differences.longest, slopes.best.derivative)
    return 0.0


def _jump_within(curve: Curve, high: float, slope: float) -> float:
    """The largest part of the way up from the point to another that is one jump, or 0."""
    low, function = curve.point, curve.function

    def risen(x: float) -> float:
        return function(x) - slope * x

    while low < (middle := low / 2 + high / 2) < high:
        if abs(risen(middle) - risen(low)) >= abs(risen(high) - risen(middle)):
            high = middle
        else:
            low = middle
    jump = abs(function(high) - function(low))
    # The next float of a function that only rises is not as far away.
    ordinary = math.ulp(function(high)) + abs(slope) * (high - low)
    return jump if jump > 1e3 * ordinary else 0.0


def remainder_order(curve: Curve, derivative: float, slopes: Slopes) -> float | None:
    """The power of the step with which the remainder of Taylor's expansion shrinks.

    f(x + h) - f(x) - h f'(x) shrinks with h ** 2 or faster where the derivative is right, and with
    h where it is wrong: an opinion that depends on no step size and no tolerance.

    Returns:
        The power, about 2 or 1, at the shortest steps at which rounding leaves a remainder; None
        where it leaves none, as for a straight line.

    >>> curve = Curve(0.0, math.exp)
    >>> slopes = slopes_of(curve)
    >>> [round(remainder_order(curve, claim, slopes), 2) for claim in (1.0, 1.1)]
    [2.0, 1.0]
    """
    result = slopes.result
    rounding = 1e3 * (math.ulp(result) + EPSILON * abs(curve.point * derivative) + curve.noise)
    remainders = []
    for step, below, above in slopes.samples:
        right = above - result - step * derivative
        left = below - result + step * derivative
        if rounding < (remainder := abs(right) + abs(left)) < math.inf:
            remainders.append((step, remainder))
    if len(remainders) < 2:
        return None
    (long, large), (short, small) = remainders[-2:]
    return math.log(large / small) / math.log(long / short)
