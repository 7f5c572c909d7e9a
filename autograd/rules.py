"""Every derivative of the project, on one page.

A rule maps operands to the result and the local partial derivatives, one for each
operand: `mul` of x and y is x * y, with the partials y and x. It is written once, for
every kind of number, so it branches with `where` and takes its constants from
`elementary.one` and `elementary.pi`. What is not differentiated (an exponent that
is a plain number, a condition, an index) is a keyword-only argument.

Where the value is nan, so is the derivative, except in arithmetic and choices, whose partials
are constants or the operands themselves.

A function added here becomes a public function, a method of Value if it has one operand,
an entry in docs/functions.md and a case in the property tests.
"""

import functools
import itertools
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from autograd.numbers import elementary
from autograd.numbers.domains import (
    AboveMinusOne,
    AboveOne,
    BetweenZeroAndOne,
    Positive,
    WithinOne,
)
from autograd.numbers.kinds import Number, kind_of

WithPartials = tuple[Number, tuple[Number, ...]]
Function = Callable[..., Number]

# The constants of selu, with which activations keep mean 0 and variance 1: arXiv:1706.02515.
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772

# Arithmetic


def add(x: Number, y: Number) -> WithPartials:
    """x + y"""
    return x + y, (1, 1)


def sub(x: Number, y: Number) -> WithPartials:
    """x - y"""
    return x - y, (1, -1)


def mul(x: Number, y: Number) -> WithPartials:
    """x * y"""
    return x * y, (y, x)


def div(x: Number, y: Number) -> WithPartials:
    """x / y"""
    quotient = x / y
    # Fraction(1) / 3 is exact and 1 / 3 is not, so the 1 is of the kind of the quotient.
    return quotient, (elementary.one(quotient) / y, -quotient / y)


def floordiv(x: Number, y: Number) -> WithPartials:
    """x // y: a step function, whose derivative is taken to be 0 everywhere."""
    quotient = elementary.floordiv(x, y)
    slope = 0 * elementary.one_or_nan(quotient)
    return quotient, (slope, slope)


def mod(x: Number, y: Number) -> WithPartials:
    """x % y = x - y * floor(x / y)"""
    remainder = x % y
    known = elementary.one_or_nan(remainder)
    return remainder, (known, -elementary.floordiv(x, y) * known)


def pos(x: Number) -> WithPartials:
    """x itself, as a new node"""
    return x, (1,)


def neg(x: Number) -> WithPartials:
    """-x"""
    return -x, (-1,)


def pow(x: Positive, y: Number) -> WithPartials:
    """x ** y, both differentiated. 0 ** 0 is 1, with partials 0 and 0; at x = 0 that in y is 0."""
    result = elementary.pow(x, y)
    slope = elementary.power_slope_x(x, y) * elementary.one_or_nan(result)
    return result, (slope, elementary.power_slope_y(x, y))


def constant_power(x: Positive, *, exponent: Number) -> WithPartials:
    """x ** exponent, for a plain number as the exponent. x ** 0 has derivative 0, also at 0."""
    result = elementary.pow(x, exponent)
    if exponent == 0:
        return result, (0,)
    if exponent - 1 + 1 != exponent:
        return result, (elementary.power_slope_x(x, exponent),)
    return result, (exponent * elementary.pow(x, exponent - 1),)


# Sums over many operands, each a single node of the graph


def sum(*terms: Number) -> WithPartials:
    """The sum of all terms."""
    return _total(terms), (1,) * len(terms)


def dot(*operands: Number) -> WithPartials:
    """x_1 * y_1 + ... + x_n * y_n, plus a start if the number of operands is odd."""
    count = len(operands) // 2
    xs, ys, start = operands[:count], operands[count : 2 * count], operands[2 * count :]
    total = start[0] if start else 0
    if xs and type(xs[0]) is not float:
        total = kind_of(xs[0]).sum_of_products(xs, ys, total)
    else:
        for product in map(operator.mul, xs, ys):
            total = total + product
    return total, ys + xs + (1,) * len(start)


def prod(*factors: Number) -> WithPartials:
    """The product of all factors."""
    # Not the whole product divided by a factor, which may be 0.
    product, others = _whole_and_others(operator.mul, 1, factors)
    return product, tuple(others)


def norm(*items: Number) -> WithPartials:
    """sqrt(x_1 * x_1 + ... + x_n * x_n), without overflow; its partials at 0 are 0."""
    whole, others = _whole_and_others(elementary.hypot, 0, items)
    return whole, tuple(map(elementary.hypot_slope_x, items, others))


def select(*items: Number, index: Any) -> WithPartials:
    """The item at an index that is known only at run time."""
    result = elementary.choose(index, items)
    one = elementary.one(result)
    return result, tuple(elementary.where(index == i, one, 0) for i in range(len(items)))


# Exponentials and logarithms


def exp(x: Number) -> WithPartials:
    """e ** x"""
    result = elementary.exp(x)
    return result, (result,)


def expm1(x: Number) -> WithPartials:
    """exp(x) - 1, accurate near 0"""
    return elementary.expm1(x), (elementary.exp(x),)


def log(x: Positive) -> WithPartials:
    """The natural logarithm; log(0) is -inf with derivative inf."""
    result = elementary.log(x)
    return result, (elementary.one_or_nan(result) / x,)


def exp2(x: Number) -> WithPartials:
    """2 ** x"""
    result = elementary.exp2(x)
    return result, (result * elementary.log(2 * elementary.one(x)),)


def log2(x: Positive) -> WithPartials:
    """The logarithm with base 2; log2(0) is -inf with derivative inf."""
    result = elementary.log2(x)
    return result, (elementary.one_or_nan(result) / x / elementary.log(2 * elementary.one(x)),)


def log10(x: Positive) -> WithPartials:
    """The logarithm with base 10; log10(0) is -inf with derivative inf."""
    result = elementary.log10(x)
    return result, (elementary.one_or_nan(result) / x / elementary.log(10 * elementary.one(x)),)


def log1p(x: AboveMinusOne) -> WithPartials:
    """log(1 + x), accurate near 0"""
    result = elementary.log1p(x)
    return result, (elementary.one_or_nan(result) / (1 + x),)


def sqrt(x: Positive) -> WithPartials:
    """The square root; its derivative at 0 is inf."""
    result = elementary.sqrt(x)
    return result, (elementary.one(x) / 2 / result,)


def cbrt(x: Number) -> WithPartials:
    """The cube root, of negative numbers too; its derivative at 0 is inf."""
    result = elementary.cbrt(x)
    return result, (elementary.one(x) / 3 / (result * result),)


def square(x: Number) -> WithPartials:
    """x * x"""
    return x * x, (2 * x,)


def xlogy(x: Number, y: Positive) -> WithPartials:
    """x * log(y), and 0 where x is 0, even for y = 0."""
    logarithm = elementary.log(y)
    result = elementary.where((x == 0) & (y == y), x, x * logarithm)
    return result, (logarithm, elementary.xlogy_slope_y(x, y) * elementary.one_or_nan(result))


def logaddexp(x: Number, y: Number) -> WithPartials:
    """log(exp(x) + exp(y)), without overflow; at a tie the partials are 1/2 and 1/2."""
    partials = (elementary.logaddexp_slope(x, y), elementary.logaddexp_slope(y, x))
    return elementary.logaddexp(x, y), partials


def logsumexp(*items: Number) -> WithPartials:
    """log(exp(x_1) + ... + exp(x_n)), without overflow; items tied at inf share equally."""
    largest = elementary.offset(*items)
    sizes = [elementary.exp(_gap(x, largest)) for x in items]
    # The largest count as 1 each. The others are added up separately: next to 1 they would be lost.
    one = elementary.one(largest)
    ties = _total([elementary.where(x == largest, one, 0) for x in items])
    others = [elementary.where(x == largest, 0, s) for x, s in zip(items, sizes, strict=True)]
    result = largest + elementary.log1p(ties - 1 + _total(others))
    _, rests = _whole_and_others(operator.add, 0, sizes)
    return result, tuple(map(elementary.share, sizes, rests))


# Trigonometric and hyperbolic functions


def sin(x: Number) -> WithPartials:
    """The sine of an angle in radians."""
    return elementary.sin(x), (elementary.cos(x),)


def cos(x: Number) -> WithPartials:
    """The cosine of an angle in radians."""
    return elementary.cos(x), (-elementary.sin(x),)


def sinc(x: Number) -> WithPartials:
    """sin(pi * x) / (pi * x), and 1 at 0, as in NumPy"""
    return elementary.sinc(x), (elementary.sinc_slope(x),)


def tan(x: Number) -> WithPartials:
    """The tangent of an angle in radians."""
    return elementary.tan(x), (elementary.tan_slope(x),)


def asin(x: WithinOne) -> WithPartials:
    """The angle whose sine is x; its derivative at -1 and 1 is inf."""
    return elementary.asin(x), (elementary.asin_slope(x),)


def acos(x: WithinOne) -> WithPartials:
    """The angle whose cosine is x; its derivative at -1 and 1 is -inf."""
    return elementary.acos(x), (-elementary.asin_slope(x),)


def atan(x: Number) -> WithPartials:
    """The angle whose tangent is x."""
    return elementary.atan(x), (elementary.atan_slope(x),)


def atan2(y: Number, x: Number) -> WithPartials:
    """The angle of the point (x, y)."""
    result = elementary.atan2(y, x)
    return result, (elementary.atan2_slope_y(y, x), elementary.atan2_slope_x(y, x))


def sinh(x: Number) -> WithPartials:
    """The hyperbolic sine."""
    return elementary.sinh(x), (elementary.cosh(x),)


def cosh(x: Number) -> WithPartials:
    """The hyperbolic cosine."""
    return elementary.cosh(x), (elementary.sinh(x),)


def tanh(x: Number) -> WithPartials:
    """The hyperbolic tangent."""
    return elementary.tanh(x), (elementary.tanh_slope(x),)


def asinh(x: Number) -> WithPartials:
    """The inverse of sinh."""
    return elementary.asinh(x), (elementary.asinh_slope(x),)


def acosh(x: AboveOne) -> WithPartials:
    """The inverse of cosh; its derivative at 1 is inf."""
    return elementary.acosh(x), (elementary.acosh_slope(x),)


def atanh(x: WithinOne) -> WithPartials:
    """The inverse of tanh; its derivative at -1 and 1 is inf."""
    result = elementary.atanh(x)
    return result, (elementary.atanh_slope(x) * elementary.one_or_nan(result),)


def hypot(x: Number, y: Number) -> WithPartials:
    """sqrt(x * x + y * y), without overflow; its partials at (0, 0) are 0 and 0."""
    partials = (elementary.hypot_slope_x(x, y), elementary.hypot_slope_y(x, y))
    return elementary.hypot(x, y), partials


# Activations


def sigmoid(x: Number) -> WithPartials:
    """1 / (1 + exp(-x)), without overflow"""
    return elementary.sigmoid(x), (elementary.sigmoid_slope(x),)


def log_sigmoid(x: Number) -> WithPartials:
    """log(sigmoid(x)), without overflow"""
    return -elementary.softplus(-x), (elementary.sigmoid(-x),)


def logit(x: BetweenZeroAndOne) -> WithPartials:
    """log(x / (1 - x)), the inverse of sigmoid; its derivative at 0 and 1 is inf."""
    result = elementary.logit(x)
    return result, (elementary.logit_slope(x) * elementary.one_or_nan(result),)


def relu(x: Number) -> WithPartials:
    """max(0, x); its derivative at 0 is 0, and nan stays nan."""
    zero = elementary.zero(x)
    off = elementary.where(x != x, math.nan, zero)
    is_on = x > zero
    return elementary.where(is_on, x, off), (elementary.where(is_on, 1, off),)


def leaky_relu(x: Number, *, slope: Number = 0.01) -> WithPartials:
    """x where x > 0, else slope * x; its derivative at 0 is slope."""
    zero = elementary.zero(x)
    factor = elementary.where(x > zero, elementary.one(x), slope)
    return factor * x, (factor * elementary.one_or_nan(x),)


def elu(x: Number, *, alpha: Number = 1) -> WithPartials:
    """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
    zero = elementary.zero(x)
    negative = elementary.where(x > zero, zero, x)
    result = elementary.where(x > zero, x, alpha * elementary.expm1(negative))
    return result, (elementary.elu_slope(x, alpha),)


def selu(x: Number) -> WithPartials:
    """1.0507 * x where x > 0, else 1.7581 * (exp(x) - 1)"""
    result, (slope,) = elu(x, alpha=_SELU_ALPHA)
    # In the kind of x: as a float it would be multiplied with other floats, rounded as those are.
    scale = _SELU_SCALE * elementary.one(x)
    return scale * result, (scale * slope,)


def relu6(x: Number) -> WithPartials:
    """min(max(0, x), 6); its derivative at 0 and 6 is 0."""
    return hardtanh(x, low=0, high=6)


def hardtanh(x: Number, *, low: Number = -1, high: Number = 1) -> WithPartials:
    """x between low and high, else the nearer of the two, with derivative 0."""
    zero = elementary.zero(x)
    low, high, known = low + zero, high + zero, elementary.one_or_nan(x)
    is_above, is_below = x >= high, x <= low
    result = elementary.where(is_above, high, elementary.where(is_below, low, x))
    return result, (elementary.where(is_above, 0, elementary.where(is_below, 0, known)),)


def softsign(x: Number) -> WithPartials:
    """x / (1 + |x|)"""
    size = elementary.abs(x)
    is_finite = size < math.inf
    above = elementary.where(is_finite, x, elementary.sign(x))
    below = 1 + elementary.where(is_finite, size, 0)
    return above / below, (elementary.one(x) / (1 + size) / (1 + size),)


def softplus(x: Number) -> WithPartials:
    """log(1 + exp(x)), without overflow"""
    return elementary.softplus(x), (elementary.sigmoid(x),)


def silu(x: Number) -> WithPartials:
    """x * sigmoid(x)"""
    gate, slope = elementary.sigmoid(x), elementary.sigmoid_slope(x)
    return _product(x, gate), (gate + _moment(x, slope),)


def mish(x: Number) -> WithPartials:
    """x * tanh(softplus(x))"""
    grown = elementary.softplus(x)
    gate, slope = elementary.tanh(grown), elementary.tanh_slope(grown) * elementary.sigmoid(x)
    return _product(x, gate), (gate + _moment(x, slope),)


def gelu(x: Number) -> WithPartials:
    """x * Phi(x), with Phi the distribution function of the standard normal"""
    share, (density,) = ndtr(x)
    return _product(x, share), (share + _moment(x, density),)


def erf(x: Number) -> WithPartials:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
    result, root = elementary.erf(x), elementary.gaussian(x)
    return result, (2 * root * root / elementary.sqrt(elementary.pi(x)),)


def erfc(x: Number) -> WithPartials:
    """1 - erf(x), accurate where x is large"""
    result, root = elementary.erfc(x), elementary.gaussian(x)
    return result, (-2 * root * root / elementary.sqrt(elementary.pi(x)),)


def erfinv(x: WithinOne) -> WithPartials:
    """The inverse of erf; its derivative at -1 and 1 is inf."""
    result = elementary.erfinv(x)
    root = elementary.gaussian(result)
    return result, (elementary.sqrt(elementary.pi(x)) / 2 / root / root,)


def ndtr(x: Number) -> WithPartials:
    """The distribution function of the standard normal"""
    half = elementary.one(x) / 2
    # From erfc, since 1 + erf would lose its digits where x is negative.
    share = half * elementary.erfc(-x * elementary.sqrt(half))
    return share, (elementary.gaussian(x) * elementary.sqrt(half / elementary.pi(x)),)


def ndtri(x: BetweenZeroAndOne) -> WithPartials:
    """The inverse of ndtr; its derivative at 0 and 1 is inf."""
    result = elementary.ndtri(x)
    return result, (elementary.sqrt(2 * elementary.pi(x)) / elementary.gaussian(result),)


def lgamma(x: Positive) -> WithPartials:
    """log(|gamma(x)|), infinite at 0, -1, -2 and so on"""
    result = elementary.lgamma(x)
    return result, (elementary.polygamma(x, 0) * elementary.one_or_nan(result),)


def gamma(x: Positive) -> WithPartials:
    """The integral of t ** (x - 1) * exp(-t) over t from 0 to inf: the factorial of x - 1"""
    result = elementary.gamma(x)
    return result, (result * elementary.polygamma(x, 0),)


def digamma(x: Positive) -> WithPartials:
    """The derivative of lgamma"""
    return polygamma(x, order=0)


def polygamma(x: Positive, *, order: int = 0) -> WithPartials:
    """The derivative of digamma of the given order"""
    result = elementary.polygamma(x, order)
    return result, (elementary.polygamma(x, order + 1) * elementary.one_or_nan(result),)


def i0(x: Number) -> WithPartials:
    """The modified Bessel function of the first kind, of order 0"""
    return bessel_i(x, order=0)


def i1(x: Number) -> WithPartials:
    """The modified Bessel function of the first kind, of order 1"""
    return bessel_i(x, order=1)


def j0(x: Number) -> WithPartials:
    """The Bessel function of the first kind, of order 0"""
    return bessel_j(x, order=0)


def j1(x: Number) -> WithPartials:
    """The Bessel function of the first kind, of order 1"""
    return bessel_j(x, order=1)


def beta(x: Positive, y: Positive) -> WithPartials:
    """gamma(x) * gamma(y) / gamma(x + y), without overflow"""
    result, both = elementary.beta(x, y), elementary.polygamma(x + y, 0)
    slopes = (elementary.polygamma(x, 0) - both, elementary.polygamma(y, 0) - both)
    return result, tuple(result * slope for slope in slopes)


# Kinks and choices


def abs(x: Number) -> WithPartials:
    """|x|; its derivative at 0 is 0, and that of a complex x is conj(x) / |x|, as in JAX."""
    return elementary.abs(x), (elementary.abs_slope(x),)


def sign(x: Number) -> WithPartials:
    """-1, 0 or 1: a step function, whose derivative is taken to be 0 everywhere."""
    result = elementary.sign(x)
    return result, (0 * elementary.one_or_nan(result),)


def floor(x: Number) -> WithPartials:
    """The largest integer not above x: a step function with derivative 0."""
    result = elementary.floor(x)
    return result, (0 * elementary.one_or_nan(result),)


def ceil(x: Number) -> WithPartials:
    """The smallest integer not below x: a step function with derivative 0."""
    result = -elementary.floor(-x)
    return result, (0 * elementary.one_or_nan(result),)


def trunc(x: Number) -> WithPartials:
    """x without the digits after its decimal point: a step function with derivative 0."""
    result = elementary.where(x < elementary.zero(x), -elementary.floor(-x), elementary.floor(x))
    return result, (0 * elementary.one_or_nan(result),)


def round(x: Number) -> WithPartials:
    """The nearest integer, the even one at a tie: a step function with derivative 0."""
    sign, size, half = elementary.sign(x), elementary.abs(x), elementary.one(x) / 2
    below = elementary.floor(size)
    rest, odd = size - below, below - 2 * elementary.floor(below * half)
    tie = elementary.where(odd > half, below + 1, below)
    nearest = elementary.where(rest < half, below, tie)
    result = elementary.where(rest > half, below + 1, nearest) * sign
    return result, (0 * elementary.one_or_nan(result),)


def copysign(x: Number, y: Number) -> WithPartials:
    """|x| with the sign of y, which may be a signed zero; its derivative at x = 0 is 0."""
    # The angle of (-1, -0.0) is -pi, and that of (-1, 0.0) is pi.
    slope, one = elementary.sign(x), elementary.one(x)
    angle = elementary.atan2(elementary.where(y == 0, y, 1), -1)
    of_zero = elementary.where(angle < 0, -one, one)
    sign = elementary.where(y < elementary.zero(y), -one, of_zero)
    return elementary.abs(x) * sign, (slope * sign, 0)


def max(*items: Number) -> WithPartials:
    """The largest item; tied items share the derivative equally; nan stays nan."""
    largest = functools.reduce(elementary.maximum, items)
    return largest, _shares([x >= largest for x in items], largest)


def min(*items: Number) -> WithPartials:
    """The smallest item; tied items share the derivative equally; nan stays nan."""
    smallest = functools.reduce(elementary.minimum, items)
    return smallest, _shares([x <= smallest for x in items], smallest)


def maximum(x: Number, y: Number) -> WithPartials:
    """The larger of x and y; at a tie each gets half of the derivative; nan stays nan."""
    return elementary.maximum(x, y), (_share(x, y), _share(y, x))


def minimum(x: Number, y: Number) -> WithPartials:
    """The smaller of x and y; at a tie each gets half of the derivative; nan stays nan."""
    return elementary.minimum(x, y), (_share(y, x), _share(x, y))


def where(x: Number, y: Number, *, condition: Any) -> WithPartials:
    """x where the condition holds, else y; the branch not taken has derivative 0."""
    result = elementary.where(condition, x, y)
    one = elementary.one(result)
    return result, (elementary.where(condition, one, 0), elementary.where(condition, 0, one))


# Slopes: derivatives that have rules of their own. If they were differentiated as plain formulas,
# second derivatives would lose digits by cancellation.


def bessel_i(x: Number, *, order: int = 0) -> WithPartials:
    """The modified Bessel function of the first kind, of the given order"""
    result, above = elementary.bessel_i(x, order), elementary.bessel_i(x, order + 1)
    # The function of order -1 is that of order 1.
    slope = (elementary.bessel_i(x, order - 1) + above) / 2 if order else above
    return result, (slope * elementary.one_or_nan(result),)


def bessel_j(x: Number, *, order: int = 0) -> WithPartials:
    """The Bessel function of the first kind, of the given order"""
    result, above = elementary.bessel_j(x, order), elementary.bessel_j(x, order + 1)
    slope = (elementary.bessel_j(x, order - 1) - above) / 2 if order else -above
    return result, (slope * elementary.one_or_nan(result),)


def share(x: Positive, rest: Positive) -> WithPartials:
    """x / (x + rest)"""
    whole = x + rest
    return elementary.share(x, rest), (rest / whole / whole, -x / whole / whole)


def abs_slope(x: Number) -> WithPartials:
    """The sign of x; for a complex x, conj(x) / |x|, which has no complex derivative."""
    return elementary.abs_slope(x), (0 * elementary.one_or_nan(elementary.sign(x)),)


def sinc_slope(x: Number) -> WithPartials:
    """(cos(pi * x) - sinc(x)) / x, and 0 at 0"""
    slope, square = elementary.sinc_slope(x), elementary.pi(x) * elementary.pi(x)
    # There x * x is lost in any precision, and nearer to 0 the slope would be a subnormal float.
    is_tiny = elementary.abs(x) < 2.0**-500
    rest = elementary.where(is_tiny, -square / 3, slope / elementary.where(is_tiny, 1, x))
    return slope, (-square * elementary.sinc(x) - 2 * rest,)


def tanh_slope(x: Number) -> WithPartials:
    """1 - tanh(x) ** 2"""
    slope = elementary.tanh_slope(x)
    return slope, (-2 * elementary.tanh(x) * slope,)


def tan_slope(x: Number) -> WithPartials:
    """1 + tan(x) ** 2"""
    slope = elementary.tan_slope(x)
    return slope, (2 * elementary.tan(x) * slope,)


def sigmoid_slope(x: Number) -> WithPartials:
    """sigmoid(x) * sigmoid(-x)"""
    slope = elementary.sigmoid_slope(x)
    return slope, (-elementary.tanh(x / 2) * slope,)


def asin_slope(x: WithinOne) -> WithPartials:
    """1 / sqrt(1 - x * x)"""
    slope = elementary.asin_slope(x)
    return slope, (x * slope * slope * slope,)


def atan_slope(x: Number) -> WithPartials:
    """1 / (1 + x * x)"""
    slope = elementary.atan_slope(x)
    return slope, (-2 * x * slope * slope,)


def acosh_slope(x: AboveOne) -> WithPartials:
    """1 / sqrt(x * x - 1)"""
    slope = elementary.acosh_slope(x)
    return slope, (-x * slope * slope * slope,)


def asinh_slope(x: Number) -> WithPartials:
    """1 / sqrt(1 + x * x)"""
    slope = elementary.asinh_slope(x)
    return slope, (-x * slope * slope * slope,)


def hypot_slope_x(x: Number, y: Number) -> WithPartials:
    """x / hypot(x, y), the cosine of the angle of the point (x, y); 0 at (0, 0)"""
    radius = elementary.hypot(x, y)
    cosine, sine = elementary.hypot_slope_x(x, y), elementary.hypot_slope_y(x, y)
    return cosine, (sine / radius * sine, -cosine / radius * sine)


def hypot_slope_y(x: Number, y: Number) -> WithPartials:
    """y / hypot(x, y), the sine of the angle of the point (x, y); 0 at (0, 0)"""
    radius = elementary.hypot(x, y)
    cosine, sine = elementary.hypot_slope_x(x, y), elementary.hypot_slope_y(x, y)
    return sine, (-cosine / radius * sine, cosine / radius * cosine)


def atanh_slope(x: WithinOne) -> WithPartials:
    """1 / (1 - x * x)"""
    slope = elementary.atanh_slope(x)
    return slope, (2 * x * slope * slope,)


def logaddexp_slope(x: Number, y: Number) -> WithPartials:
    """sigmoid(x - y); 1/2 where both are the same infinity"""
    slope = elementary.sigmoid_slope(x - y)
    return elementary.logaddexp_slope(x, y), (slope, -slope)


def elu_slope(x: Number, alpha: Number) -> WithPartials:
    """1 where x > 0, else alpha * exp(x)"""
    slope, one = elementary.elu_slope(x, alpha), elementary.elu_slope(x, 1)
    is_on = x > elementary.zero(x)
    return slope, (elementary.where(is_on, 0, slope), elementary.where(is_on, 0, one))


def logit_slope(x: BetweenZeroAndOne) -> WithPartials:
    """1 / (x * (1 - x))"""
    slope = elementary.logit_slope(x)
    return slope, ((2 * x - 1) * slope * slope,)


def xlogy_slope_y(x: Number, y: Positive) -> WithPartials:
    """x / y; 0 where both are 0"""
    slope = elementary.xlogy_slope_y(x, y)
    return slope, (elementary.one(y) / y, -slope / y)


def gaussian(x: Number) -> WithPartials:
    """exp(-x * x / 2)"""
    result = elementary.gaussian(x)
    return result, (-_moment(x, result),)


def atan2_slope_y(y: Number, x: Number) -> WithPartials:
    """x / (x * x + y * y)"""
    twice, between = _atan2_slopes_twice(y, x)
    return elementary.atan2_slope_y(y, x), (twice, between)


def atan2_slope_x(y: Number, x: Number) -> WithPartials:
    """-y / (x * x + y * y)"""
    twice, between = _atan2_slopes_twice(y, x)
    return elementary.atan2_slope_x(y, x), (between, -twice)


def power_slope_x(x: Positive, y: Number) -> WithPartials:
    """y * x ** (y - 1)"""
    slope, below = elementary.power_slope_x(x, y), elementary.power_slope_x(x, y - 1)
    # From the slope where possible, since y - 2 would be rounded once more.
    is_known = (x != 0) & (slope != 0) & (slope - slope == 0)
    known = slope * (y - 1) / elementary.where(is_known, x, 1)
    second = elementary.where(is_known, known, y * below)
    return slope, (second, _power_slope_xy(x, y))


def power_slope_y(x: Positive, y: Number) -> WithPartials:
    """x ** y * log(x)"""
    result = elementary.power_slope_y(x, y)
    vanishes = (x == 0) & (elementary.pow(x, y) == 0)
    twice = elementary.where(vanishes, 0, result * elementary.log(x))
    return result, (_power_slope_xy(x, y), twice)


SLOPES = (
    *(tanh_slope, tan_slope, sigmoid_slope, asin_slope, atan_slope, acosh_slope, asinh_slope),
    *(atanh_slope, gaussian, logaddexp_slope, elu_slope, hypot_slope_x, hypot_slope_y),
    *(atan2_slope_y, atan2_slope_x, power_slope_x, power_slope_y, logit_slope, xlogy_slope_y),
    *(abs_slope, sinc_slope, share, bessel_i, bessel_j),
)


# Parts of rules


def _product(x: Number, gate: Number) -> Number:
    """x * gate; -0.0 where gate is 0, even for x = -inf."""
    return elementary.where(gate == 0, -1, x) * gate


def _moment(x: Number, density: Number) -> Number:
    """x * density; 0 where density is 0, even for infinite x."""
    return elementary.where(density == 0, 0, x) * density


def _atan2_slopes_twice(y: Number, x: Number) -> tuple[Number, Number]:
    """The second derivatives of atan2(y, x): by y twice (by x twice is minus that), and mixed."""
    radius = elementary.hypot(x, y)
    cosine, sine = elementary.hypot_slope_x(x, y), elementary.hypot_slope_y(x, y)
    difference = (sine - cosine) * (sine + cosine)
    return -2 * cosine * sine / radius / radius, difference / radius / radius


def _power_slope_xy(x: Number, y: Number) -> Number:
    """The mixed second derivative of x ** y, by x and y."""
    power = elementary.lower_power(x, y)
    vanishes = (x == 0) & (power == 0)
    return elementary.where(vanishes, 0, power * (1 + y * elementary.log(x)))


def _share(x: Number, y: Number) -> Number:
    """The partial of the maximum of x and y with respect to x: 1, 0, or 1/2 at a tie."""
    half = elementary.one_or_nan(x) * elementary.one_or_nan(y) / 2
    return elementary.where(x > y, 1, elementary.where(x < y, 0, half))


def _shares(are_chosen: list[Any], chosen: Number) -> tuple[Number, ...]:
    """The partials of a choice among items: the chosen ones share 1 equally."""
    known = elementary.one_or_nan(chosen)
    ones = [elementary.where(is_chosen, known, 0 * known) for is_chosen in are_chosen]
    count = _total(ones)
    return tuple(one / count for one in ones)


def _gap(x: Number, largest: Number) -> Number:
    """x - largest; 0 where both are the same infinity."""
    gap = x - largest
    return elementary.where((x == largest) & (gap != gap), 0, gap)


def _whole_and_others(
    join: Function, start: Number, numbers: Sequence[Number]
) -> tuple[Number, list[Number]]:
    """All numbers joined, from the start on; and for each of them, the others joined."""
    before = list(itertools.accumulate(numbers, join, initial=start))
    after = list(itertools.accumulate(numbers[::-1], join, initial=start))[::-1]
    return before[-1], list(map(join, before[:-1], after[1:]))


# Python's own sum, since 3.12, does not round floats as `x + y` does.
def _total(terms: Sequence[Number]) -> Number:
    return functools.reduce(operator.add, terms)
