"""What to say of a derivative by the rules, given what differences tell, and other witnesses."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from autograd.checking.differences import (
    LOST,
    SAFETY,
    Curve,
    Estimate,
    complex_step,
    exact_derivatives,
)
from autograd.checking.slopes import RESOLUTION, ROUGHLY, ROUNDING, Slopes, slopes
from autograd.numbers.text import number_text

# The user's own: of the size of a derivative, how far it may be off.
Tolerance = Callable[[float], float]


@dataclass(frozen=True)
class Judgement:
    """A verdict, and what it rests on.

    Attributes:
        verdict: as in the report.
        analytic: the derivative by the rules.
        numeric: the derivative by differences, or by a surer witness.
        tolerance: how far that may be off.
        slopes: what differences told.
        sides: the derivatives on both sides, at a kink.
    """

    verdict: str
    analytic: float
    numeric: float
    tolerance: float
    slopes: Slopes
    sides: tuple[float, float] | None = None

    @property
    def is_contradicted(self) -> bool:
        """Whether the differences say another number, although they are no evidence."""
        is_off = self.verdict == "noisy" and not self.slopes.best.allows(self.analytic)
        return is_off or self.is_beyond_differences

    @property
    def is_beyond_differences(self) -> bool:
        """Whether the derivative is steeper than they can show, or that of a stair from afar."""
        return abs(self.analytic) > self.slopes.steepest or self.slopes.stair > 0

    @property
    def remark(self) -> str:
        """Why nothing can be told; "" where something can."""
        if self.verdict != "noisy":
            return ""
        stair = self.slopes.stair
        if stair:
            return f"nothing can be told: the result moves in jumps of {number_text(stair, 2)}"
        unsure = number_text(max(self.slopes.best.margin, self.tolerance), 2)
        return (
            "nothing can be told: the differences are too rough to show a relative mistake of "
            f"1e-7, for they may be off by {unsure}"
        )


def judge(curve: Curve, analytic: float, allowed: Tolerance | None = None) -> Judgement:
    """Compares a derivative by the rules with differences; where they can't tell, others may.

    Args:
        curve: the result as a function of the number that the derivative is in.
        analytic: the derivative by the rules.
        allowed: the user's own tolerance.
    """
    told = slopes(curve, analytic)
    judgement = _compared(analytic, told, allowed)
    if judgement.verdict == "wrong" and judgement.is_beyond_differences:
        judgement = replace(judgement, verdict="noisy")
    # A mistake may be as little as what is left of a derivative, or as the slope near a flat top.
    size = max(abs(analytic), abs(told.best.derivative))
    is_told = told.best.margin <= RESOLUTION * size or told.steepness == 0
    is_hardly_ok = judgement.verdict == "ok" and not (allowed or is_told)
    is_near_kink = judgement.verdict == "kink" and not told.has_kink
    if judgement.verdict == "noisy" or is_hardly_ok or is_near_kink:
        judgement = _by_complex_step(judgement, curve, allowed)
    if judgement.verdict in ("noisy", "wrong") or is_hardly_ok:
        judgement = _by_exact_numbers(judgement, curve, allowed)
    return judgement


def _compared(analytic: float, told: Slopes, allowed: Tolerance | None) -> Judgement:
    best = told.best
    distance, size = abs(analytic - best.derivative), max(abs(analytic), abs(best.derivative))
    rounding = ROUNDING * max(size, told.scale)
    tolerance = allowed(size) if allowed else best.margin + rounding
    judgement = Judgement("ok", analytic, best.derivative, tolerance, told)
    if not (math.isfinite(analytic) and math.isfinite(told.result)):
        return replace(judgement, verdict="non-finite")
    if told.jumps:
        return replace(judgement, verdict="jump", numeric=math.nan)
    if told.has_kink:
        return _compared_at_kink(judgement, told.left, told.right, rounding)
    if not math.isfinite(best.derivative):
        return replace(judgement, verdict="non-finite")
    if allowed:
        # A tolerance of the user's may be narrower than the differences are sure.
        is_wrong = distance > tolerance + best.margin
        is_fine = max(distance, best.margin) <= tolerance
    else:
        is_wrong = distance > rounding and not told.allows(analytic)
        # Where the slope is 0, what is little beside the steepness around hardly matters.
        is_fine = told.is_fine(analytic)
    if is_wrong:
        return replace(judgement, verdict="wrong")
    # What does not move would not either if the derivative were what is claimed.
    is_still = told.is_still and abs(analytic) * told.still <= math.ulp(told.result)
    if is_fine or is_still:
        return judgement
    if told.nearby:
        at_kink = _compared_at_kink(judgement, *told.nearby, rounding)
        if at_kink.verdict == "kink":
            return at_kink
    return replace(judgement, verdict="noisy")


def _compared_at_kink(
    judgement: Judgement, left: Estimate, right: Estimate, rounding: float
) -> Judgement:
    """At a kink any value between the one-sided derivatives is as good as any other."""
    tolerance = SAFETY * (left.error + right.error) + rounding
    sides = (left.derivative, right.derivative)
    is_between = min(sides) - tolerance <= judgement.analytic <= max(sides) + tolerance
    return replace(
        judgement,
        verdict="kink" if is_between else "wrong",
        numeric=sides[0] / 2 + sides[1] / 2,
        tolerance=tolerance,
        sides=sides,
    )


def _compared_with(
    estimate: Estimate, judgement: Judgement, allowed: Tolerance | None
) -> Judgement:
    """The judgement if the derivative were told by this instead of by differences."""
    told = replace(judgement.slopes, across=estimate, left=estimate, right=estimate)
    return _compared(judgement.analytic, told, allowed)


def _by_complex_step(judgement: Judgement, curve: Curve, allowed: Tolerance | None) -> Judgement:
    """The judgement by a complex step, if that gives a derivative that differences may have.

    It may always acquit. It convicts only where differences roughly know the derivative, and
    where it is sure of it: |x| ** 1.01 at 0 goes as slowly with a complex step as with others.
    """
    best, exact = judgement.slopes.best, complex_step(curve)
    if not abs(exact.derivative - best.derivative) <= best.margin:
        return judgement
    surer = _compared_with(exact, judgement, allowed)
    is_rough = best.margin > ROUGHLY * abs(best.derivative)
    is_sure = exact.error <= LOST * abs(exact.derivative)
    if surer.verdict == "ok" or (is_sure and not is_rough):
        return surer
    return replace(judgement, verdict="noisy") if judgement.verdict == "ok" else judgement


def _by_exact_numbers(judgement: Judgement, curve: Curve, allowed: Tolerance | None) -> Judgement:
    """The judgement by differences of exact numbers, which acquit, and never convict.

    floor(x) at 1e17 is x as far as floats go; x + sin(x) is not smooth.
    """
    if judgement.sides:
        return judgement
    for sides in exact_derivatives(curve):
        surer = [_compared_with(side, judgement, allowed) for side in sides]
        if all(one.verdict == "ok" for one in surer):
            return surer[0]
        is_half_right = any(one.verdict == "ok" for one in surer)
        if judgement.verdict == ("wrong" if is_half_right else "ok"):
            judgement = replace(judgement, verdict="noisy")
    return judgement
