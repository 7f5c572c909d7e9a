"""What to say of a derivative by the rules, given what differences tell."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from autograd.checking.differences import EPSILON, Estimate, scatter
from autograd.checking.numeric import RESOLUTION, SAFETY, Slopes
from autograd.checking.subject import Line

Tolerance = Callable[[float], float]

# What is far smaller than any float squared: its square adds nothing to a result.
_IMAGINARY_STEP = 1e-30

# A derivative by the rules is right to a few hundred units in the last place.
_ROUNDING = 1e-13
# But a right rule may lose digits: that of tanh, 1 - t * t, where t is nearly 1. This is well
# below the mistakes that differences are to show.
_LOST = 1e-8


@dataclass(frozen=True)
class Judgement:
    """A verdict, the number it rests on, how far that may be off, and both sides at a kink."""

    verdict: str
    numeric: float
    tolerance: float
    sides: tuple[float, float] | None = None


def judge(analytic: float, slopes: Slopes, allowed: Tolerance | None = None) -> Judgement:
    """Compares a derivative by the rules with those by differences.

    Args:
        analytic: the derivative by the rules.
        slopes: what differences tell.
        allowed: the user's own tolerance, a function of the size of the derivative.
    """
    judgement = _judge(analytic, slopes, allowed)
    if judgement.verdict == "wrong" and abs(analytic) > slopes.steepest:
        return replace(judgement, verdict="noisy")
    return judgement


def _judge(analytic: float, slopes: Slopes, allowed: Tolerance | None) -> Judgement:
    best = slopes.best
    size = max(abs(analytic), abs(best.derivative))
    rounding = _ROUNDING * size
    tolerance = SAFETY * best.error + rounding
    if allowed:
        tolerance = allowed(size)
    if not (math.isfinite(analytic) and math.isfinite(slopes.result)):
        return Judgement("non-finite", best.derivative, tolerance)
    if slopes.jumps:
        return Judgement("jump", math.nan, tolerance)
    if slopes.has_kink:
        return _judge_kink(analytic, slopes.left, slopes.right, rounding)
    if not math.isfinite(best.derivative):
        return Judgement("non-finite", best.derivative, tolerance)
    distance = abs(analytic - best.derivative)
    if not allowed and distance <= _LOST * size:
        distance = 0.0
    # A tolerance of the user's may be narrower than the differences are sure.
    unsure = SAFETY * best.error if allowed else 0.0
    if distance > tolerance + unsure:
        return Judgement("wrong", best.derivative, tolerance)
    fine = tolerance if allowed else RESOLUTION * max(slopes.scale, size)
    is_fine = max(distance, unsure or tolerance) <= fine
    # Where nothing happens there is nothing to resolve.
    is_nothing = slopes.is_constant and analytic == 0
    if is_fine or is_nothing:
        return Judgement("ok", best.derivative, tolerance)
    if slopes.nearby:
        judgement = _judge_kink(analytic, *slopes.nearby, rounding)
        if judgement.verdict == "kink":
            return judgement
    return Judgement("noisy", best.derivative, tolerance)


def _judge_kink(analytic: float, left: Estimate, right: Estimate, rounding: float) -> Judgement:
    """At a kink any value between the one-sided derivatives is as good as any other."""
    tolerance = SAFETY * (left.error + right.error) + rounding
    sides = (left.derivative, right.derivative)
    is_between = min(sides) - tolerance <= analytic <= max(sides) + tolerance
    middle = sides[0] / 2 + sides[1] / 2
    return Judgement("kink" if is_between else "wrong", middle, tolerance, sides)


def judge_line(
    analytic: float,
    slopes: Slopes,
    line: Line,
    output: int,
    allowed: Tolerance | None,
) -> Judgement:
    """The same; where differences are too rough to tell, a complex step may tell."""
    judgement = judge(analytic, slopes, allowed)
    if slopes.has_kink or judgement.verdict not in ("noisy", "kink"):
        return judgement
    exact = complex_step(line, output)
    if abs(exact.derivative - slopes.best.derivative) <= SAFETY * slopes.best.error:
        return judge(analytic, replace(slopes, across=exact), allowed)
    return judgement


def complex_step(line: Line, output: int) -> Estimate:
    """The derivative of a smooth function by a step into the complex plane.

    f(x + ih) = f(x) + ih f'(x) - ..., so the imaginary part is the derivative, without the
    difference in which digits are lost (Squire and Trapp, 1998).

    Returns:
        The estimate; nan where the function can't be continued from x into the plane.
    """
    step = _IMAGINARY_STEP * (abs(line.point) or 1.0)

    def derivative(x: float) -> float:
        results = line.subject.evaluate_complex(line.at(complex(x, step)))
        return results[output].imag / step if results else math.nan

    # How far derivatives at neighbouring floats scatter is how well they are computed.
    ulp = math.ulp(line.point)
    near = [derivative(line.point + i * ulp) for i in range(8)]
    return Estimate(near[0], scatter(near) + EPSILON * abs(near[0]))
