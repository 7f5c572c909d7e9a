"""Every derivative of the project, on one page.

A rule maps operands to the result and the local partial derivatives, one for each
operand: `mul` of x and y is x * y, with the partials y and x. It is written once,
over any kind of number, so it branches with `where` and takes its constants from
`elementary.one` and `elementary.pi`. What is not differentiated (an exponent that
is a plain number, a condition, an index) is a keyword-only argument.

A function added here is a public function, a method of Value if it has one operand,
a row of the README's table and a case of the property tests.
"""

from typing import Any

from autograd import elementary
from autograd.domains import AboveMinusOne, AboveOne, Number, Positive, WithinOne

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
    # The quotient is of the kind in which x and y meet: 1 / y may be exact only there.
    return quotient, (elementary.one(quotient) / y, -quotient / y)


def floordiv(x: Number, y: Number) -> WithPartials:
    """x // y, a step function: its derivative is 0 where it has one."""
    return elementary.floor_divide(x, y), (0, 0)


def mod(x: Number, y: Number) -> WithPartials:
    """x % y = x - y * floor(x / y)"""
    remainder = x % y
    return remainder, (1, (remainder - x) / y)


def pos(x: Number) -> WithPartials:
    """The number itself, as a node of its own"""
    return x, (1,)


def neg(x: Number) -> WithPartials:
    """-x"""
    return -x, (-1,)


def pow(x: Positive, y: Number) -> WithPartials:
    """x ** y, both differentiated. 0 ** 0 is 1 with partials 0 and 0; 0 ** y has 0 in y."""
    result = elementary.power(x, y)
    corner = (x == 0) & (y == 0)
    slope = y * elementary.power(x, elementary.where(corner, 0, y - 1))
    return result, (slope, result * elementary.log(elementary.where(x == 0, 1, x)))


def constant_power(x: Positive, *, exponent: Number) -> WithPartials:
    """x ** exponent, the exponent a plain number. x ** 0 has derivative 0, at 0 too."""
    result = elementary.power(x, exponent)
    if exponent == 0:
        return result, (0,)
    return result, (exponent * elementary.power(x, exponent - 1),)


# Sums over many operands, each a single node of the graph


def sum(*terms: Number) -> WithPartials:
    """The sum of all terms."""
    return _total(terms), (1,) * len(terms)


def dot(*operands: Number) -> WithPartials:
    """x_1 * y_1 + ... + x_n * y_n, and + start where the operands x, y are one more."""
    count = len(operands) // 2
    xs, ys, start = operands[:count], operands[count : 2 * count], operands[2 * count :]
    total = start[0] if start else 0
    for x, y in zip(xs, ys, strict=True):
        total = total + x * y
    return total, ((*ys, *xs, 1) if start else (*ys, *xs))


def select(*items: Number, index: Any) -> WithPartials:
    """The item at an index that is known only at run time."""
    partials = tuple(elementary.where(index == i, 1, 0) for i in range(len(items)))
    return elementary.choose(index, items), partials


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
    return elementary.log(x), (elementary.one(x) / x,)


def log1p(x: AboveMinusOne) -> WithPartials:
    """log(1 + x), accurate near 0"""
    return elementary.log1p(x), (elementary.one(x) / (1 + x),)


def sqrt(x: Positive) -> WithPartials:
    """The square root; its derivative at 0 is inf."""
    result = elementary.sqrt(x)
    return result, (elementary.one(x) / 2 / result,)


def logaddexp(x: Number, y: Number) -> WithPartials:
    """log(exp(x) + exp(y)), without overflow"""
    partials = (elementary.sigmoid(x - y), elementary.sigmoid(y - x))
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
    result = elementary.tan(x)
    return result, (1 + result * result,)


def asin(x: WithinOne) -> WithPartials:
    """The angle whose sine is x; its derivative at -1 and 1 is inf."""
    return elementary.asin(x), (elementary.one(x) / elementary.sqrt((1 - x) * (1 + x)),)


def acos(x: WithinOne) -> WithPartials:
    """The angle whose cosine is x; its derivative at -1 and 1 is -inf."""
    return elementary.acos(x), (-elementary.one(x) / elementary.sqrt((1 - x) * (1 + x)),)


def atan(x: Number) -> WithPartials:
    """The angle whose tangent is x."""
    return elementary.atan(x), (elementary.one(x) / (1 + x * x),)


def atan2(y: Number, x: Number) -> WithPartials:
    """The angle of the point (x, y)."""
    radius = elementary.hypot(x, y)
    return elementary.atan2(y, x), (x / radius / radius, -y / radius / radius)


def sinh(x: Number) -> WithPartials:
    """The hyperbolic sine."""
    return elementary.sinh(x), (elementary.cosh(x),)


def cosh(x: Number) -> WithPartials:
    """The hyperbolic cosine."""
    return elementary.cosh(x), (elementary.sinh(x),)


def tanh(x: Number) -> WithPartials:
    """The hyperbolic tangent."""
    result = elementary.tanh(x)
    return result, (1 - result * result,)


def asinh(x: Number) -> WithPartials:
    """The inverse of sinh."""
    return elementary.asinh(x), (elementary.one(x) / elementary.hypot(x, 1),)


def acosh(x: AboveOne) -> WithPartials:
    """The inverse of cosh; its derivative at 1 is inf."""
    root = elementary.sqrt(x - 1) * elementary.sqrt(x + 1)
    return elementary.acosh(x), (elementary.one(x) / root,)


def atanh(x: WithinOne) -> WithPartials:
    """The inverse of tanh; its derivative at -1 and 1 is inf."""
    return elementary.atanh(x), (elementary.one(x) / ((1 - x) * (1 + x)),)


def hypot(x: Number, y: Number) -> WithPartials:
    """sqrt(x * x + y * y), without overflow; its partials at (0, 0) are 0 and 0."""
    result = elementary.hypot(x, y)
    nonzero = elementary.where(result == 0, 1, result)
    return result, (x / nonzero, y / nonzero)


# Activations


def sigmoid(x: Number) -> WithPartials:
    """1 / (1 + exp(-x)), without overflow"""
    result = elementary.sigmoid(x)
    return result, (result * elementary.sigmoid(-x),)


def relu(x: Number) -> WithPartials:
    """max(0, x); its derivative at 0 is 0, and nan stays nan."""
    off = x <= 0
    return elementary.where(off, 0 * elementary.one(x), x), (elementary.where(off, 0, 1),)


def leaky_relu(x: Number, *, slope: Number = 0.01) -> WithPartials:
    """x where x > 0, else slope * x; its derivative at 0 is the slope."""
    factor = elementary.where(x > 0, 1, slope)
    return factor * x, (factor,)


def elu(x: Number, *, alpha: Number = 1) -> WithPartials:
    """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
    negative = elementary.where(x > 0, 0, x)
    result = elementary.where(x > 0, x, alpha * elementary.expm1(negative))
    return result, (elementary.where(x > 0, 1, alpha * elementary.exp(negative)),)


def softplus(x: Number) -> WithPartials:
    """log(1 + exp(x)), without overflow"""
    return elementary.softplus(x), (elementary.sigmoid(x),)


def silu(x: Number) -> WithPartials:
    """x * sigmoid(x)"""
    gate = elementary.sigmoid(x)
    return x * gate, (gate + x * gate * elementary.sigmoid(-x),)


def gelu(x: Number) -> WithPartials:
    """x * Phi(x), with Phi the distribution function of the standard normal"""
    half = elementary.one(x) / 2
    # Phi(x) by erfc, for 1 + erf would lose its digits where x is negative.
    share = half * elementary.erfc(-x * elementary.sqrt(half))
    density = elementary.exp(-half * x * x) * elementary.sqrt(half / elementary.pi(x))
    return x * share, (share + x * density,)


def erf(x: Number) -> WithPartials:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
    slope = 2 * elementary.exp(-x * x) / elementary.sqrt(elementary.pi(x))
    return elementary.erf(x), (slope,)


def erfc(x: Number) -> WithPartials:
    """1 - erf(x), accurate where x is large"""
    slope = -2 * elementary.exp(-x * x) / elementary.sqrt(elementary.pi(x))
    return elementary.erfc(x), (slope,)


# Kinks and choices


def abs(x: Number) -> WithPartials:
    """|x|; its derivative at 0 is 0."""
    return elementary.absolute(x), (elementary.sign(x),)


def sign(x: Number) -> WithPartials:
    """-1, 0 or 1, a step function: its derivative is 0 where it has one."""
    return elementary.sign(x), (0,)


def floor(x: Number) -> WithPartials:
    """The largest integer that is not above x, a step function of derivative 0."""
    return elementary.floor(x), (0,)


def maximum(x: Number, y: Number) -> WithPartials:
    """The larger of x and y; a tie shares the derivative, half to each; nan stays nan."""
    return elementary.maximum(x, y), (_share(x, y), _share(y, x))


def minimum(x: Number, y: Number) -> WithPartials:
    """The smaller of x and y; a tie shares the derivative, half to each; nan stays nan."""
    return elementary.minimum(x, y), (_share(y, x), _share(x, y))


def where(x: Number, y: Number, *, condition: Any) -> WithPartials:
    """x where the condition holds, else y; the branch not taken has derivative 0."""
    partials = (elementary.where(condition, 1, 0), elementary.where(condition, 0, 1))
    return elementary.where(condition, x, y), partials


def _share(x: Number, y: Number) -> Number:
    """The share of x in a derivative that goes to the larger of x and y."""
    half = elementary.one(x) * elementary.one(y) / 2
    return elementary.where(x > y, 1, elementary.where(x < y, 0, half))


# Not Python's own sum: since 3.12 that rounds floats otherwise than `x + y` does.
def _total(terms: tuple[Number, ...]) -> Number:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total
