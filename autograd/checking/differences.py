"""Numeric derivatives, each with an estimate of its error.

Difference quotients at steps h that halve,

    left  (f(x) - f(x - h)) / h     right  (f(x + h) - f(x)) / h     across  their mean,

are extrapolated to step 0 by Richardson's rule, in Neville's table: entry k of row i takes away
the next term of the error, which goes with h ** (p k), p being 1 on a side and 2 across:

    T[i, k] = T[i, k-1] + (T[i, k-1] - T[i-1, k-1]) / ((h[i-k] / h[i]) ** p - 1).

The error of an entry, in units of the derivative (those of f, divided by those of x), is a sum of

- its distance from the farther of the two entries that it is made of (Ridders, 1982), which is
  about what the extrapolation leaves of the higher terms;
- the rounding of its quotients, (ulp(f(x)) + ulp(f(x + h)) + noise) / h, passed on with the
  weights of the table. The noise, in units of f, is how far results are known to be rounded, and
  how far those near x scatter (Moré and Wild, 2011).

Of all entries, from several ranges of steps, the one of least error is taken that none at shorter
steps contradicts (Lepski, 1991). Where quotients converge so slowly that neighbouring ones always
agree, its error is at least their distance from the limit.

The imaginary part of f(x + ih) is h f'(x) without a difference in which digits cancel (Squire and
Trapp, 1998), and where numbers have 150 digits, half of them are left in a difference. So
`complex_step` and `exact_derivatives` take a single step, and their error is that of rounding.

C. J. F. Ridders, Advances in Engineering Software 4 (1982), 75-76. O. Lepski, Theory of Probability
and its Applications 35 (1991), 454-466. W. Squire and G. Trapp, SIAM Review 40 (1998), 110-112.
J. Moré and S. Wild, SIAM Journal on Scientific Computing 33 (2011), 1292-1314.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

EPSILON = 2.0**-52

# An error estimate may itself be off by a small factor.
SAFETY = 10.0
# A right rule may lose digits, such as that of tanh, 1 - t * t, where t is nearly 1. This is well
# below the mistakes that differences must show.
CANCELLATION = 1e-8

# The steps of a range, and the columns of its table: more would only add up rounding.
_STEPS = 10
_COLUMNS = 5

# The column in which slow convergence shows: in the first ones a smooth function varies too.
_SHOWING = 2
# How many of its entries there must be on either half of the steps.
_ENTRIES = 3
# How far the ratio of neighbouring steps may be from 2.
_UNEVEN = 1e-5
# Rounding does not hide a variation of this many times its size.
_VISIBLE = 4.0
# From half to half, 4 halvings or more, the variation shrinks by far more than this factor for a
# smooth function, and rounding grows by more. For |x| ** 1.4 it shrinks by less, but there
# neighbours are as far apart as they are from the limit.
_ALIKE = 4.0

# So small that its square adds nothing to a result.
_IMAGINARY_STEP = 1e-30
# For a second step: with it, a function that can't be continued has another derivative.
_SHORTER = 1e-3

# Exact numbers may be moved by far less than the distance between floats.
_EXACT_STEP = 2.0**-200
# Half of them are left in the difference at such a step.
_DIGITS = 150


@dataclass(frozen=True)
class Curve:
    """A function of one number, and the point at which its derivative is asked for.

    Attributes:
        point: the number.
        function: from float to float; not finite where it is not defined.
        exact: the same over any other kind of number; None where an operation leaves that kind.
        noise: how far results are known to be rounded, besides what their differences show.
        scale: what counts as a derivative of ordinary size, where that is known.
        shortest_step: shorter steps do not move the function.
    """

    point: float
    function: Callable[[float], float]
    exact: Callable[[Any], Any] = lambda _: None
    noise: float = 0.0
    scale: float = 0.0
    shortest_step: float = 0.0


class Estimate(NamedTuple):
    """A derivative, how far it may be off, and the longest step that it was made from."""

    derivative: float
    error: float
    reach: float = math.inf

    @property
    def margin(self) -> float:
        """How far it may be off, with a safety factor."""
        return SAFETY * self.error

    def allows(self, claim: float) -> bool:
        """Whether the claimed derivative is as near as the errors of both allow."""
        lost = CANCELLATION * max(abs(claim), abs(self.derivative))
        return not abs(claim - self.derivative) > self.margin + lost

    def differs_from(self, other: "Estimate") -> bool:
        """Whether two derivatives are farther apart than their errors allow."""
        return abs(self.derivative - other.derivative) > SAFETY * (self.error + other.error)


UNKNOWN = Estimate(math.nan, math.inf)


class _Quotient(NamedTuple):
    """A difference quotient, or an entry of the table, and how far it is rounded."""

    step: float
    slope: float
    rounding: float


class Extrapolation(NamedTuple):
    """Every entry of a table, and the column in which slow convergence shows."""

    estimates: list[Estimate]
    showing: list[_Quotient]


class Sample(NamedTuple):
    """A step, and the results at that distance below the point and above it."""

    step: float
    below: float
    above: float

    def changes(self, result: float) -> list[float]:
        """How far they are from the result at the point, where they are finite."""
        sizes = (abs(self.below - result), abs(self.above - result))
        return list(filter(math.isfinite, sizes))


class Differences(NamedTuple):
    """The samples at one range of steps, longest first, and what they are extrapolated to."""

    samples: list[Sample]
    across: Extrapolation
    left: Extrapolation
    right: Extrapolation

    @property
    def longest(self) -> float:
        """The first step."""
        return self.samples[0].step


def halving_steps(x: float, first: float) -> Iterator[float]:
    """Halving steps, such that x + step and x - step are rounded little or not at all."""
    last = math.inf
    for halvings in range(_STEPS):
        # Measured away from 0, where floats are farther apart than they are towards it.
        step = (abs(x) + first * 0.5**halvings) - abs(x)
        if 0 < step < last:
            yield step
        last = step


def extrapolate(curve: Curve, result: float, steps: Sequence[float]) -> Differences:
    """The differences at these steps, which get shorter, extrapolated to step 0.

    Args:
        curve: what is differentiated.
        result: what it is at the point.
        steps: at least one.
    """
    x, function = curve.point, curve.function
    samples = [Sample(step, function(x - step), function(x + step)) for step in steps]
    left = _one_sided(curve, result, [(-step, below) for step, below, _ in samples])
    right = _one_sided(curve, result, [(step, above) for step, _, above in samples])
    across = [_central(left[step], right[step]) for step in steps if step in left and step in right]
    return Differences(
        samples,
        _extrapolated(across, 2),
        _extrapolated(list(left.values()), 1),
        _extrapolated(list(right.values()), 1),
    )


def _one_sided(
    curve: Curve, result: float, moved: list[tuple[float, float]]
) -> dict[float, _Quotient]:
    """The finite quotients on one side of the point, by the length of the step."""
    x, noise = curve.point, curve.noise + _noise(curve, moved[0][0])
    quotients = {}
    for step, there in moved:
        slope = (there - result) / step
        # A function that rounds on its way can't tell x from the nearest float: sin(30 * x) moves
        # in stairs there.
        argument = abs(slope) * math.ulp(x)
        rounding = (math.ulp(there) + math.ulp(result) + noise + argument) / abs(step)
        if math.isfinite(slope) and math.isfinite(rounding):
            quotients[abs(step)] = _Quotient(abs(step), slope, rounding)
    return quotients


def _central(left: _Quotient, right: _Quotient) -> _Quotient:
    """The quotient across the point. The result at the point cancels in it."""
    rounding = (left.rounding + right.rounding) / 2
    return _Quotient(left.step, (left.slope + right.slope) / 2, rounding)


def _noise(curve: Curve, step: float) -> float:
    """How far results are rounded, as their differences show.

    Over a distance shorter than the step, the differences of a smooth function vanish, but those of
    1 + erf(x), say, show the rounding of 1. The points are not multiples of the steps, which may
    all meet the same phase of a period, and lie away from x, where |x| ** 1.01 is not smooth.
    """
    x = curve.point
    spacing = (x + 0.0173 * step) - x
    worst = _scatter([curve.function(x + i * spacing) for i in range(8, 16)])
    return worst if math.isfinite(worst) else 0.0


def _scatter(results: list[float]) -> float:
    """How far equally spaced results lie off a smooth function, by their fifth differences."""
    for _ in range(5):
        results = [right - left for left, right in pairwise(results)]
    # A fifth difference of independent errors is sqrt(252) times as large as one.
    return max(map(abs, results)) / math.sqrt(252)


def _extrapolated(quotients: Sequence[_Quotient], power: int) -> Extrapolation:
    """Neville's table of these quotients, as of polynomials in step ** power."""
    above: list[_Quotient] = []
    showing: list[_Quotient] = []
    estimates = []
    for i, quotient in enumerate(quotients):
        row = [quotient]
        for column, before in enumerate(above[:_COLUMNS]):
            now = row[-1]
            longest = quotients[i - column - 1].step
            weight = 1 / ((longest / now.step) ** power - 1)
            slope = now.slope + (now.slope - before.slope) * weight
            rounding = now.rounding + (now.rounding + before.rounding) * weight
            disagreement = max(abs(slope - now.slope), abs(slope - before.slope))
            if math.isfinite(error := disagreement + rounding):
                estimates.append(Estimate(slope, error, longest))
            row.append(_Quotient(now.step, slope, rounding))
        # Near the last place of x steps can't be halved, and quotients vary unevenly.
        if i >= _SHOWING and _halve(quotients[i - _SHOWING : i + 1]):
            showing.append(row[_SHOWING])
        above = row
    return Extrapolation(estimates, showing)


def _halve(quotients: Sequence[_Quotient]) -> bool:
    return all(abs(a.step / b.step - 2) < _UNEVEN for a, b in pairwise(quotients))


def consistent(estimates: Iterable[Estimate]) -> Estimate:
    """The best of those estimates that none at shorter steps contradicts (Lepski's rule).

    Long steps may reach over a kink, a stair or a period and agree among themselves by chance.
    """
    best, low, high = UNKNOWN, -math.inf, math.inf
    for estimate in sorted(estimates, key=attrgetter("reach")):
        below, above = estimate.derivative - estimate.error, estimate.derivative + estimate.error
        if below <= high and low <= above:
            low, high = max(low, below), min(high, above)
            if estimate.error < best.error:
                best = estimate
    return best


def estimate_from(ranges: list[Extrapolation], *others: list[Extrapolation]) -> Estimate:
    """The derivative that several ranges of steps, the longest first, give together.

    Args:
        ranges: the tables that the estimate is chosen from.
        others: tables that must have converged as well: for a central difference, of the sides.
    """
    best = consistent(estimate for table in ranges for estimate in table.estimates)
    distances = [_distance_to_limit(best.derivative, tables) for tables in (ranges, *others)]
    return best._replace(error=max(best.error, *distances))


def _distance_to_limit(derivative: float, ranges: list[Extrapolation]) -> float:
    """How far a derivative made from slowly converging quotients may be from their limit.

    Those of a smooth function soon vary by rounding alone. Those of x ** 1.01 at 0 go with
    step ** 0.01, and those of x / log(x) with 1 / log(step): neighbours always agree, however far
    the limit is. The last range in which rounding does not hide the variation counts.
    """
    distance = before = 0.0
    for _, quotients in ranges:
        half = len(quotients) // 2
        if half < _ENTRIES:
            continue
        early, late = _variation(quotients[:half]), _variation(quotients[-half:])
        rounding = 2 * max(quotient.rounding for quotient in quotients)
        if early > _VISIBLE * rounding:
            distance, before = 0.0, late
            if early / _ALIKE < late < early * _ALIKE:
                # Over one half they vary by about the distance times the order in which it shrinks,
                # if the logarithm of the step is measured in lengths of a half.
                lengths = (len(quotients) - half) / (half - 1)
                order = math.log(early / (late + rounding)) / lengths
                remaining = late / order if order > 0 else math.inf
                distance = remaining + abs(derivative - quotients[-1].slope)
        elif _ALIKE * (early + rounding) < before:
            # They do not vary any more.
            distance = before = 0.0
    return distance


def _variation(quotients: Sequence[_Quotient]) -> float:
    slopes = [quotient.slope for quotient in quotients]
    return max(slopes) - min(slopes)


def complex_step(curve: Curve) -> Estimate:
    """The derivative of a smooth function by a step into the complex plane.

    f(x + ih) = f(x) + ih f'(x) - ..., so the imaginary part is the derivative times h. Its error
    is how far derivatives at neighbouring floats scatter, and how much another step changes it.

    Returns:
        The estimate; nan where the function can't be continued from x into the complex plane.
    """
    step = _IMAGINARY_STEP * (abs(curve.point) or 1.0)
    if not step * _SHORTER:
        return UNKNOWN

    def derivative(x: float, step: float) -> float:
        result = curve.exact(complex(x, step))
        return math.nan if result is None else float(result.imag) / step

    ulp = math.ulp(curve.point)
    near = [derivative(curve.point + i * ulp, step) for i in range(8)]
    apart = abs(near[0] - derivative(curve.point, step * _SHORTER))
    error = _scatter(near) + apart + EPSILON * abs(near[0])
    return Estimate(near[0], error, 0.0) if math.isfinite(error) else UNKNOWN


def exact_derivatives(curve: Curve) -> Iterator[tuple[Estimate, Estimate]]:
    """The left and right derivatives over each kind of exact numbers that there is.

    Fractions, and where mpmath is installed its numbers, lie between floats.
    """
    yield from _exact_sides(curve, Fraction)
    try:
        import mpmath
    except ImportError:
        return
    # More digits for the distance between a number, or its square, and a 1 that it may be added to.
    with mpmath.workdps(_DIGITS + abs(math.frexp(curve.point)[1])):
        yield from _exact_sides(curve, mpmath.mpf)


def _exact_sides(
    curve: Curve, number: Callable[[float], Any]
) -> Iterator[tuple[Estimate, Estimate]]:
    x, step = number(curve.point), number(_EXACT_STEP * min(abs(curve.point) or 1.0, 1.0))
    below, here, above = (curve.exact(at) for at in (x - step, x, x + step))
    if below is None or here is None or above is None or not step:
        return
    try:
        derivatives = [float((here - below) / step), float((above - here) / step)]
    except (ArithmeticError, TypeError, ValueError):
        return
    # The step is so short that only the rounding of the result is left.
    left, right = (Estimate(d, EPSILON * abs(d), 0.0) for d in derivatives)
    yield left, right
