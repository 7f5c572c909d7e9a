"""Every derivative of the project, on one page.

A rule maps operands to the result and the local partial derivatives, one for each
operand: `mul` of x and y is x * y, with the partials y and x. It is written once,
over any kind of number, so it branches with `where` and takes its constants from
`elementary.one` and `elementary.pi`. What is not differentiated (an exponent that
is a plain number, a condition, an index) is a keyword-only argument.

Where the value is nan, so is the derivative, except in arithmetic and choices, whose partials
are constants or the operands themselves.

A function added here is a public function, a method of Value if it has one operand,
an entry of docs/functions.md and a case of the property tests.
"""

import math
from typing import Any

from autograd.numbers import elementary
from autograd.numbers.domains import AboveMinusOne, AboveOne, Number, Positive, WithinOne

WithPartials = tuple[Number, tuple[Number, ...]]

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
    """x // y, a step function: its derivative is 0 between the steps."""
    quotient = elementary.floordiv(x, y)
    slope = 0 * elementary.one_or_nan(quotient)
    return quotient, (slope, slope)


def mod(x: Number, y: Number) -> WithPartials:
    """x % y = x - y * floor(x / y)"""
    remainder = x % y
    known = elementary.one_or_nan(remainder)
    return remainder, (known, -elementary.floordiv(x, y) * known)


def pos(x: Number) -> WithPartials:
    """The number itself, as a node of its own"""
    return x, (1,)


def neg(x: Number) -> WithPartials:
    """-x"""
    return -x, (-1,)


def pow(x: Positive, y: Number) -> WithPartials:
    """x ** y, both differentiated. 0 ** 0 is 1 with partials 0 and 0; 0 ** y has 0 in y."""
    result = elementary.pow(x, y)
    slope = elementary.power_slope_x(x, y) * elementary.one_or_nan(result)
    return result, (slope, elementary.power_slope_y(x, y))


def constant_power(x: Positive, *, exponent: Number) -> WithPartials:
    """x ** exponent, the exponent a plain number. x ** 0 has derivative 0, at 0 too."""
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
    for x, y in zip(xs, ys, strict=True):
        total = total + x * y
    return total, ((*ys, *xs, 1) if start else (*ys, *xs))


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


def log1p(x: AboveMinusOne) -> WithPartials:
    """log(1 + x), accurate near 0"""
    result = elementary.log1p(x)
    return result, (elementary.one_or_nan(result) / (1 + x),)


def sqrt(x: Positive) -> WithPartials:
    """The square root; its derivative at 0 is inf."""
    result = elementary.sqrt(x)
    return result, (elementary.one(x) / 2 / result,)


def logaddexp(x: Number, y: Number) -> WithPartials:
    """log(exp(x) + exp(y)), without overflow; a tie has the partials 1/2 and 1/2."""
    partials = (elementary.logaddexp_slope(x, y), elementary.logaddexp_slope(y, x))
    return elementary.logaddexp(x, y), partials


# Trigonometric and hyperbolic functions


def sin(x: Number) -> WithPartials:
    """The sine of an angle in radians."""
    return elementary.sin(x), (elementary.cos(x),)


def cos(x: Number) -> WithPartials:
    """The cosine of an angle in radians."""
    return elementary.cos(x), (-elementary.sin(x),)


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


def relu(x: Number) -> WithPartials:
    """max(0, x); its derivative at 0 is 0, and nan stays nan."""
    zero = elementary.zero(x)
    off = elementary.where(x != x, math.nan, zero)
    is_on = x > zero
    return elementary.where(is_on, x, off), (elementary.where(is_on, 1, off),)


def leaky_relu(x: Number, *, slope: Number = 0.01) -> WithPartials:
    """x where x > 0, else slope * x; its derivative at 0 is the slope."""
    zero = elementary.zero(x)
    factor = elementary.where(x > zero, elementary.one(x), slope)
    return factor * x, (factor * elementary.one_or_nan(x),)


def elu(x: Number, *, alpha: Number = 1) -> WithPartials:
    """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
    zero = elementary.zero(x)
    negative = elementary.where(x > zero, zero, x)
    result = elementary.where(x > zero, x, alpha * elementary.expm1(negative))
    return result, (elementary.elu_slope(x, alpha),)


def softplus(x: Number) -> WithPartials:
    """log(1 + exp(x)), without overflow"""
    return elementary.softplus(x), (elementary.sigmoid(x),)


def silu(x: Number) -> WithPartials:
    """x * sigmoid(x)"""
    gate, slope = elementary.sigmoid(x), elementary.sigmoid_slope(x)
    return _product(x, gate), (gate + _moment(x, slope),)


def gelu(x: Number) -> WithPartials:
    """x * Phi(x), with Phi the distribution function of the standard normal"""
    half = elementary.one(x) / 2
    # Phi(x) by erfc, for 1 + erf would lose its digits where x is negative.
    share = half * elementary.erfc(-x * elementary.sqrt(half))
    density = elementary.gaussian(x) * elementary.sqrt(half / elementary.pi(x))
    return _product(x, share), (share + _moment(x, density),)


def erf(x: Number) -> WithPartials:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
    result, root = elementary.erf(x), elementary.gaussian(x)
    return result, (2 * root * root / elementary.sqrt(elementary.pi(x)),)


def erfc(x: Number) -> WithPartials:
    """1 - erf(x), accurate where x is large"""
    result, root = elementary.erfc(x), elementary.gaussian(x)
    return result, (-2 * root * root / elementary.sqrt(elementary.pi(x)),)


# Kinks and choices


def abs(x: Number) -> WithPartials:
    """|x|; its derivative at 0 is 0."""
    return elementary.abs(x), (elementary.sign(x),)


def sign(x: Number) -> WithPartials:
    """-1, 0 or 1, a step function: its derivative is 0 between the steps."""
    result = elementary.sign(x)
    return result, (0 * elementary.one_or_nan(result),)


def floor(x: Number) -> WithPartials:
    """The largest integer that is not above x, a step function of derivative 0."""
    result = elementary.floor(x)
    return result, (0 * elementary.one_or_nan(result),)


def maximum(x: Number, y: Number) -> WithPartials:
    """The larger of x and y; a tie shares the derivative, half to each; nan stays nan."""
    return elementary.maximum(x, y), (_share(x, y), _share(y, x))


def minimum(x: Number, y: Number) -> WithPartials:
    """The smaller of x and y; a tie shares the derivative, half to each; nan stays nan."""
    return elementary.minimum(x, y), (_share(y, x), _share(x, y))


def where(x: Number, y: Number, *, condition: Any) -> WithPartials:
    """x where the condition holds, else y; the branch not taken has derivative 0."""
    result = elementary.where(condition, x, y)
    one = elementary.one(result)
    return result, (elementary.where(condition, one, 0), elementary.where(condition, 0, one))


# Slopes: derivatives that have rules of their own. Differentiated as the formulas that they are,
# they would lose digits by cancellation, and second derivatives with them.


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
    # Computed from the slope where possible, since y - 2 would be rounded once more.
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
    *(atan2_slope_y, atan2_slope_x, power_slope_x, power_slope_y),
)


# Parts of rules


def _product(x: Number, gate: Number) -> Number:
    """x * gate; -0.0 where the gate is 0, even for x = -inf."""
    return elementary.where(gate == 0, -1, x) * gate


def _moment(x: Number, density: Number) -> Number:
    """x * density; 0 where the density is 0, even for infinite x."""
    return elementary.where(density == 0, 0, x) * density


def _atan2_slopes_twice(y: Number, x: Number) -> tuple[Number, Number]:
    """The second derivatives of atan2(y, x): twice by y (minus that is twice by x), and by both."""
    radius = elementary.hypot(x, y)
    cosine, sine = elementary.hypot_slope_x(x, y), elementary.hypot_slope_y(x, y)
    difference = (sine - cosine) * (sine + cosine)
    return -2 * cosine * sine / radius / radius, difference / radius / radius


def _power_slope_xy(x: Number, y: Number) -> Number:
    """The derivative of x ** y by x and y."""
    power = elementary.lower_power(x, y)
    vanishes = (x == 0) & (power == 0)
    return elementary.where(vanishes, 0, power * (1 + y * elementary.log(x)))


def _share(x: Number, y: Number) -> Number:
    """The partial of the maximum of x and y with respect to x: 1, 0, or 1/2 at a tie."""
    half = elementary.one_or_nan(x) * elementary.one_or_nan(y) / 2
    return elementary.where(x > y, 1, elementary.where(x < y, 0, half))


# Not Python's own sum, which since 3.12 does not round floats as `x + y` does.
def _total(terms: tuple[Number, ...]) -> Number:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total
