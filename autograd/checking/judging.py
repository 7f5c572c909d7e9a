"""What to say of a derivative by the rules, given what differences tell, and other witnesses."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from autograd.checking.differences import EPSILON, UNKNOWN, Estimate, Function, scatter
from autograd.checking.numeric import (
    LOST,
    ROUGHLY,
    ROUNDING,
    SAFETY,
    Slopes,
    may_be,
    slopes,
)
from autograd.numbers.text import number_text

Tolerance = Callable[[float], float]

# What is far smaller than any float squared: its square adds nothing to a result.
_IMAGINARY_STEP = 1e-30
# A second step, for a function that can't be continued shows other derivatives there.
_SHORTER = 1e-3

# Exact numbers may be moved by far less than floats are apart.
_EXACT_STEP = 2.0**-200
# So that half of them are left in the difference at such a step.
_DIGITS = 150


@dataclass(frozen=True)
class Course:
    """A result along a line through a point, as a function of one number.

    Attributes:
        point: the number at the point.
        function: from float to float; not finite where it is not defined.
        exact: the same over any other kind of number; None where an operation leaves the kind.
        noise: by how much results are known to be rounded.
        scale: what counts as a derivative of ordinary size, where that is known.
        finest: shorter steps do not move the function.
    """

    point: float
    function: Function
    exact: Callable[[Any], Any]
    noise: float = 0.0
    scale: float = 0.0
    finest: float = 0.0


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
        is_off = self.verdict == "noisy" and not may_be(self.analytic, self.slopes.best)
        return is_off or abs(self.analytic) > self.slopes.steepest or self.slopes.stair > 0

    @property
    def remark(self) -> str:
        """Why nothing can be told; "" where something can."""
        if self.verdict != "noisy":
            return ""
        stair = self.slopes.stair
        if stair:
            return f"nothing can be told: the result moves in jumps of {number_text(stair, 2)}"
        unsure = number_text(max(SAFETY * self.slopes.best.error, self.tolerance), 2)
        return (
            "nothing can be told: the differences are too rough to show a relative mistake of "
            f"1e-7, for they may be off by {unsure}"
        )


def judge(course: Course, analytic: float, allowed: Tolerance | None = None) -> Judgement:
    """Compares a derivative by the rules with differences; where they can't tell, others may.

    Args:
        course: the result as a function of the number that the derivative is in.
        analytic: the derivative by the rules.
        allowed: the user's own tolerance, a function of the size of the derivative.
    """
    found = slopes(
        course.function, course.point, analytic, course.noise, course.scale, course.finest
    )
    judgement = _compared(analytic, found, allowed)
    doubtful = abs(analytic) > found.steepest or found.stair
    if judgement.verdict == "wrong" and doubtful:
        judgement = replace(judgement, verdict="noisy")
    # A mistake may be as little as what is left of a derivative, or as the slope near a flat top.
    is_told = replace(found, scale=0.0).is_fine(analytic) or found.steepness == 0
    is_hardly_ok = judgement.verdict == "ok" and not (allowed or is_told)
    is_near_kink = judgement.verdict == "kink" and not found.has_kink
    if judgement.verdict == "noisy" or is_hardly_ok or is_near_kink:
        judgement = _by_complex_step(judgement, course, analytic, allowed)
    if judgement.verdict in ("noisy", "wrong") or is_hardly_ok:
        judgement = _by_exact_numbers(judgement, course, analytic, allowed)
    return judgement


def _compared(analytic: float, found: Slopes, allowed: Tolerance | None) -> Judgement:
    best = found.best
    size = max(abs(analytic), abs(best.derivative))
    rounding = ROUNDING * max(size, found.scale)
    tolerance = SAFETY * best.error + rounding
    if allowed:
        tolerance = allowed(size)
    if not (math.isfinite(analytic) and math.isfinite(found.result)):
        return Judgement("non-finite", analytic, best.derivative, tolerance, found)
    if found.jumps:
        return Judgement("jump", analytic, math.nan, tolerance, found)
    if found.has_kink:
        return _compared_at_kink(analytic, found.left, found.right, rounding, found)
    if not math.isfinite(best.derivative):
        return Judgement("non-finite", analytic, best.derivative, tolerance, found)
    distance = abs(analytic - best.derivative)
    if allowed:
        # A tolerance of the user's may be narrower than the differences are sure.
        unsure = SAFETY * best.error
        is_wrong, is_fine = distance > tolerance + unsure, max(distance, unsure) <= tolerance
    else:
        # Of x ** 1.1 at 0 differences never get to 0.
        is_near_zero = analytic == 0 and distance <= ROUNDING * found.steepness
        is_wrong = distance > rounding and not is_near_zero and not may_be(analytic, best)
        # Where the slope is 0, what is little beside the steepness around hardly matters.
        is_fine = found.is_fine(analytic, found.steepness)
    if is_wrong:
        return Judgement("wrong", analytic, best.derivative, tolerance, found)
    if is_fine or _is_still(analytic, found):
        return Judgement("ok", analytic, best.derivative, tolerance, found)
    if found.nearby:
        judgement = _compared_at_kink(analytic, *found.nearby, rounding, found)
        if judgement.verdict == "kink":
            return judgement
    return Judgement("noisy", analytic, best.derivative, tolerance, found)


def _is_still(analytic: float, found: Slopes) -> bool:
    """Whether the result does not move, nor would it if the derivative were what is claimed."""
    is_seen = 0 < found.best.reach <= found.still
    return is_seen and abs(analytic) * found.still <= math.ulp(found.result)


def _compared_at_kink(
    analytic: float, left: Estimate, right: Estimate, rounding: float, found: Slopes
) -> Judgement:
    """At a kink any value between the one-sided derivatives is as good as any other."""
    tolerance = SAFETY * (left.error + right.error) + rounding
    sides = (left.derivative, right.derivative)
    is_between = min(sides) - tolerance <= analytic <= max(sides) + tolerance
    middle = sides[0] / 2 + sides[1] / 2
    return Judgement("kink" if is_between else "wrong", analytic, middle, tolerance, found, sides)


def _by_complex_step(
    judgement: Judgement, course: Course, analytic: float, allowed: Tolerance | None
) -> Judgement:
    """The judgement by a complex step, if that gives a derivative that differences may have.

    It may always acquit. It convicts only where differences roughly know the derivative, and
    where it is sure of it: |x| ** 1.01 at 0 goes as slowly with a complex step as with others.
    """
    found, best = judgement.slopes, judgement.slopes.best
    exact = complex_step(course)
    if not abs(exact.derivative - best.derivative) <= SAFETY * best.error:
        return judgement
    surer = _compared(analytic, replace(found, across=exact, left=exact, right=exact), allowed)
    is_rough = SAFETY * best.error > ROUGHLY * abs(best.derivative)
    is_sure = exact.error <= LOST * abs(exact.derivative)
    if surer.verdict == "ok" or (is_sure and not is_rough):
        return surer
    return replace(judgement, verdict="noisy") if judgement.verdict == "ok" else judgement


def complex_step(course: Course) -> Estimate:
    """The derivative of a smooth function by a step into the complex plane.

    f(x + ih) = f(x) + ih f'(x) - ..., so the imaginary part is the derivative, without the
    difference in which digits are lost (Squire and Trapp, 1998).

    Returns:
        The estimate; nan where the function can't be continued from x into the plane.
    """
    step = _IMAGINARY_STEP * (abs(course.point) or 1.0)
    if not step * _SHORTER:
        return UNKNOWN

    def derivative(x: float, step: float) -> float:
        result = course.exact(complex(x, step))
        return math.nan if result is None else float(result.imag) / step

    # How far derivatives at neighbouring floats scatter is how well they are computed.
    ulp = math.ulp(course.point)
    near = [derivative(course.point + i * ulp, step) for i in range(8)]
    apart = abs(near[0] - derivative(course.point, step * _SHORTER))
    error = scatter(near) + apart + EPSILON * abs(near[0])
    return Estimate(near[0], error, 0.0) if math.isfinite(error) else UNKNOWN


def _by_exact_numbers(
    judgement: Judgement, course: Course, analytic: float, allowed: Tolerance | None
) -> Judgement:
    """The judgement by differences of exact numbers, which acquit, and never convict.

    floor(x) at 1e17 is x as far as floats go; x + sin(x) is not smooth. Fractions, and where
    mpmath is installed its numbers, lie between floats.
    """
    if judgement.sides:
        return judgement
    for left, right in _exact_slopes(course):
        surer = [
            _compared(analytic, replace(judgement.slopes, across=e, left=e, right=e), allowed)
            for e in (left, right)
        ]
        if all(one.verdict == "ok" for one in surer):
            return surer[0]
        is_half_right = any(one.verdict == "ok" for one in surer)
        if judgement.verdict == ("wrong" if is_half_right else "ok"):
            judgement = replace(judgement, verdict="noisy")
    return judgement


def _exact_slopes(course: Course) -> Iterator[tuple[Estimate, Estimate]]:
    """The one-sided derivatives over each kind of exact numbers that there is."""
    yield from _sides(course, Fraction)
    try:
        import mpmath
    except ImportError:
        return
    # As many more as a number, or its square, lies away from 1 that it may be added to.
    with mpmath.workdps(_DIGITS + abs(math.frexp(course.point)[1])):
        yield from _sides(course, mpmath.mpf)


def _sides(course: Course, number: Callable[[float], Any]) -> Iterator[tuple[Estimate, Estimate]]:
    x, step = number(course.point), number(_EXACT_STEP * min(abs(course.point) or 1.0, 1.0))
    low, here, high = (course.exact(at) for at in (x - step, x, x + step))
    if low is None or here is None or high is None or not step:
        return
    try:
        derivatives = [float((here - low) / step), float((high - here) / step)]
    except (ArithmeticError, TypeError, ValueError):
        return
    # The remainder is that of a step as short beside the point.
    left, right = (Estimate(d, EPSILON * abs(d), 0.0) for d in derivatives)
    yield left, right
