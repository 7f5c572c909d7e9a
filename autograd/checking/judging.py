"""Verdicts: whether a derivative by the rules agrees with the numeric one.

The derivative a by the rules is wrong if the numeric one, n, with the error estimate e, is farther
away than

    10 e + 1e-8 max(|a|, |n|),

because the estimate itself may be off, and right rules lose digits. Otherwise it is right if 10 e
is so small that a mistake of 1e-7 would show, and if not, nothing can be told. The tolerance in the
report is 10 e and the rounding of the derivative, 1e-13 of its size. Where differences of floats
can't tell, a complex step or exact numbers may.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograd.checking.differences import (
    CANCELLATION,
    SAFETY,
    Curve,
    Estimate,
    complex_step,
    exact_derivatives,
)
from autograd.checking.slopes import (
    RESOLUTION,
    ROUGHLY,
    ROUNDING,
    Slopes,
    remainder_order,
    slopes_of,
)
from autograd.numbers.text import number_text

# A tolerance of the user's own: how far a derivative of that size may be off.
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
        remainder_order: as in the report.
    """

    verdict: str
    analytic: float
    numeric: float
    tolerance: float
    slopes: Slopes
    sides: tuple[float, float] | None = None
    remainder_order: float | None = None

    @property
    def is_contradicted(self) -> bool:
        """Whether the differences give another number, although they are not evidence."""
        is_off = self.verdict == "noisy" and not self.slopes.best.allows(self.analytic)
        return is_off or self.is_beyond_differences

    @property
    def is_beyond_differences(self) -> bool:
        """Whether the derivative is steeper than differences can show, or rises by stairs."""
        return abs(self.analytic) > self.slopes.steepest_visible or self.slopes.stair > 0

    @property
    def remark(self) -> str:
        """Why nothing can be told; "" where a verdict is possible."""
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
    """The judgement on a derivative, by differences or, where they can't tell, surer witnesses.

    Args:
        curve: the result as a function of the number that the derivative is in.
        analytic: the derivative by the rules.
        allowed: the user's own tolerance.
    """
    slopes = slopes_of(curve, analytic)
    judgement = _compared(analytic, slopes, allowed)
    if judgement.verdict == "wrong" and judgement.is_beyond_differences:
        judgement = replace(judgement, verdict="noisy")
    # A mistake may be as little as what is left of a derivative, or as the slope near a flat top.
    size = max(abs(analytic), abs(slopes.best.derivative))
    is_told = slopes.best.margin <= RESOLUTION * size or slopes.steepness == 0
    is_hardly_ok = judgement.verdict == "ok" and not (allowed or is_told)
    is_near_kink = judgement.verdict == "kink" and not slopes.has_kink
    if judgement.verdict == "noisy" or is_hardly_ok or is_near_kink:
        judgement = _by_complex_step(judgement, curve, allowed)
    if judgement.verdict in ("noisy", "wrong") or is_hardly_ok:
        judgement = _by_exact_numbers(judgement, curve, allowed)
    return replace(judgement, remainder_order=remainder_order(curve, analytic, slopes))


def judge_together(
    curve: Curve,
    derivatives: Sequence[float],
    believed: Sequence[float],
    direction: Mapping[int, float],
    scales: Sequence[float],
    allowed: Tolerance | None = None,
) -> dict[int, Judgement]:
    """The judgements on several derivatives, as far as one line allows them.

    If the slope of the line is the sum of the shares that are believed, those inputs are judged
    whose share is so large that a mistake in it alone would show. If it is not, none is.

    Args:
        curve: the result along the line.
        derivatives: those by the rules, in each input.
        believed: what they are believed to be: the same, or what right rules would give.
        direction: how far inputs move along the line, by their index.
        scales: what counts as a derivative of ordinary size in each input.
        allowed: the user's own tolerance.
    """
    shares = {i: believed[i] * distance for i, distance in direction.items()}
    claim = math.fsum(shares.values())
    # How large a mistake in each derivative must show, and how far right ones may be off.
    mistakes = {i: RESOLUTION * max(abs(believed[i]), scales[i]) for i in shares}
    lost = CANCELLATION * min(map(abs, shares.values()))
    if allowed:
        # Mistakes may cancel in part, so a line must tell more finely than is allowed.
        mistakes = {i: min(m, 0.1 * allowed(abs(believed[i]))) for i, m in mistakes.items()}
        lost = min(lost, *(0.1 * mistakes[i] * abs(direction[i]) for i in shares))

    def is_met(estimate: Estimate) -> bool:
        return abs(claim - estimate.derivative) <= estimate.margin + lost

    def told_by(estimate: Estimate) -> list[int]:
        return [i for i in shares if estimate.margin <= mistakes[i] * abs(direction[i])]

    slopes = slopes_of(curve, claim, tries=2)
    estimate = slopes.best
    if slopes.has_kink or not is_met(estimate):
        return {}
    # What has no influence does not move the result.
    is_flat = slopes.is_flat and not any(shares.values())
    told = list(shares) if is_flat else told_by(estimate)
    if len(told) < len(shares):
        exact = complex_step(curve)
        if abs(exact.derivative - estimate.derivative) <= estimate.margin and is_met(exact):
            estimate, told = exact, told_by(exact)
    order = remainder_order(curve, claim, slopes)
    judgements = {}
    for i in told:
        # What it would be if the others were as believed.
        numeric = believed[i] + (estimate.derivative - claim) / direction[i]
        own = Estimate(numeric, estimate.error / abs(direction[i]))
        size, apart = max(abs(derivatives[i]), abs(numeric)), abs(derivatives[i] - numeric)
        tolerance = allowed(size) if allowed else own.margin
        if apart <= tolerance if allowed else own.allows(derivatives[i]):
            judgements[i] = Judgement(
                "ok", derivatives[i], numeric, tolerance, slopes, remainder_order=order
            )
            continue
        # Only where differences know the derivative roughly, a complex step may convict.
        is_rough = slopes.best.margin > ROUGHLY * abs(numeric * direction[i])
        if apart > tolerance + own.margin and not is_rough:
            judgements[i] = Judgement("wrong", derivatives[i], numeric, tolerance, slopes)
    return judgements


def _compared(analytic: float, slopes: Slopes, allowed: Tolerance | None) -> Judgement:
    best = slopes.best
    distance, size = abs(analytic - best.derivative), max(abs(analytic), abs(best.derivative))
    rounding = ROUNDING * max(size, slopes.scale)
    tolerance = allowed(size) if allowed else best.margin + rounding
    judgement = Judgement("ok", analytic, best.derivative, tolerance, slopes)
    if not (math.isfinite(analytic) and math.isfinite(slopes.result)):
        return replace(judgement, verdict="non-finite")
    if slopes.jumps:
        return replace(judgement, verdict="jump", numeric=math.nan)
    if slopes.has_kink:
        return _compared_at_kink(judgement, slopes.left, slopes.right, rounding)
    if not math.isfinite(best.derivative):
        return replace(judgement, verdict="non-finite")
    if allowed:
        # The user's own tolerance may be narrower than the error of the differences.
        is_wrong = distance > tolerance + best.margin
        is_fine = max(distance, best.margin) <= tolerance
    else:
        is_wrong = distance > rounding and not slopes.allows(analytic)
        # Where the slope is 0, what is little beside the steepness around hardly matters.
        is_fine = slopes.is_fine(analytic)
    if is_wrong:
        return replace(judgement, verdict="wrong")
    # A result that does not move would not move either if the derivative were as claimed.
    is_flat = slopes.is_flat and abs(analytic) * slopes.flat_reach <= math.ulp(slopes.result)
    if is_fine or is_flat:
        return judgement
    if slopes.nearby:
        at_kink = _compared_at_kink(judgement, *slopes.nearby, rounding)
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
    """The judgement by this estimate instead of that of the differences."""
    slopes = replace(judgement.slopes, across=estimate, left=estimate, right=estimate)
    return _compared(judgement.analytic, slopes, allowed)


def _by_complex_step(judgement: Judgement, curve: Curve, allowed: Tolerance | None) -> Judgement:
    """The judgement by a complex step, if that gives a derivative that differences may have.

    It may always acquit. It convicts only where differences know the derivative roughly and the
    step knows it surely: |x| ** 1.01 at 0 converges as slowly with a complex step as with real
    ones.
    """
    best, exact = judgement.slopes.best, complex_step(curve)
    if not abs(exact.derivative - best.derivative) <= best.margin:
        return judgement
    surer = _compared_with(exact, judgement, allowed)
    is_rough = best.margin > ROUGHLY * abs(best.derivative)
    is_sure = exact.error <= CANCELLATION * abs(exact.derivative)
    if surer.verdict == "ok" or (is_sure and not is_rough):
        return surer
    return replace(judgement, verdict="noisy") if judgement.verdict == "ok" else judgement


def _by_exact_numbers(judgement: Judgement, curve: Curve, allowed: Tolerance | None) -> Judgement:
    """The judgement by differences of exact numbers, which may acquit but never convict.

    As far as floats go, floor(x) at 1e17 is x, and x + sin(x) is not smooth.
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
