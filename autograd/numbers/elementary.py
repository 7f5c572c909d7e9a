"""The elementary functions, for any kind of number, without their derivatives.

>>> from fractions import Fraction
>>> exp(0.0), log(0.0), maximum(Fraction(1, 3), 0)
(1.0, -inf, Fraction(1, 3))
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from autograd.numbers.kinds import Function, caches_by_type, kind_of, kind_of_types


class _Table(dict[Any, Function]):
    """The function of a given name for each type of number, looked up at its first use."""

    def __init__(self, name: str):
        self.name = name
        caches_by_type.append(self)

    def __missing__(self, types: Any) -> Function:
        kind = kind_of_types(*types) if isinstance(types, tuple) else kind_of_types(types)
        function: Function = getattr(kind, self.name)
        self[types] = function
        return function


def _of_one(name: str) -> Function:
    functions = _Table(name)

    def function(x: Any) -> Any:
        return functions[type(x)](x)

    return _named(function, name)


def _of_two(name: str) -> Function:
    functions = _Table(name)

    def function(x: Any, y: Any) -> Any:
        return functions[type(x), type(y)](x, y)

    return _named(function, name)


def _named(function: Function, name: str) -> Function:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{name}, in the kind in which the numbers meet."
    return function


exp = _of_one("exp")
expm1 = _of_one("expm1")
log = _of_one("log")
log1p = _of_one("log1p")
log2 = _of_one("log2")
log10 = _of_one("log10")
exp2 = _of_one("exp2")
sqrt = _of_one("sqrt")
cbrt = _of_one("cbrt")
pow = _of_two("pow")
floordiv = _of_two("floordiv")

sin = _of_one("sin")
cos = _of_one("cos")
tan = _of_one("tan")
sinc = _of_one("sinc")
asin = _of_one("asin")
acos = _of_one("acos")
atan = _of_one("atan")
atan2 = _of_two("atan2")
sinh = _of_one("sinh")
cosh = _of_one("cosh")
tanh = _of_one("tanh")
asinh = _of_one("asinh")
acosh = _of_one("acosh")
atanh = _of_one("atanh")
hypot = _of_two("hypot")
erf = _of_one("erf")
erfc = _of_one("erfc")

lgamma = _of_one("lgamma")
gamma = _of_one("gamma")
beta = _of_two("beta")
erfinv = _of_one("erfinv")
ndtri = _of_one("ndtri")
# The second operand of these is an order, a plain integer.
polygamma = _of_two("polygamma")
bessel_i = _of_two("bessel_i")
bessel_j = _of_two("bessel_j")

# Kinds define these themselves, since the plain formulas overflow.
sigmoid = _of_one("sigmoid")
softplus = _of_one("softplus")
logaddexp = _of_two("logaddexp")
logit = _of_one("logit")

# Derivatives that would lose digits if they were composed from the functions above.
share = _of_two("share")
abs_slope = _of_one("abs_slope")
sinc_slope = _of_one("sinc_slope")
tanh_slope = _of_one("tanh_slope")
tan_slope = _of_one("tan_slope")
sigmoid_slope = _of_one("sigmoid_slope")
asin_slope = _of_one("asin_slope")
atan_slope = _of_one("atan_slope")
acosh_slope = _of_one("acosh_slope")
atanh_slope = _of_one("atanh_slope")
asinh_slope = _of_one("asinh_slope")
hypot_slope_x = _of_two("hypot_slope_x")
hypot_slope_y = _of_two("hypot_slope_y")
logaddexp_slope = _of_two("logaddexp_slope")
elu_slope = _of_two("elu_slope")
logit_slope = _of_one("logit_slope")
xlogy_slope_y = _of_two("xlogy_slope_y")
gaussian = _of_one("gaussian")
atan2_slope_y = _of_two("atan2_slope_y")
atan2_slope_x = _of_two("atan2_slope_x")
lower_power = _of_two("lower_power")
power_slope_x = _of_two("power_slope_x")
power_slope_y = _of_two("power_slope_y")

abs = _of_one("abs")
sign = _of_one("sign")
floor = _of_one("floor")
maximum = _of_two("maximum")
minimum = _of_two("minimum")


def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, else y, in the kind in which all three meet."""
    # A plain bool decides for every kind. With floats, as in relu, this is the usual case.
    if condition is True:
        return x
    if condition is False:
        return y
    return kind_of(condition, x, y).where(condition, x, y)


def choose(index: Any, items: Sequence[Any]) -> Any:
    """The item at an index from 0, which may differ from lane to lane."""
    return kind_of(index).choose(index, items)


def offset(*numbers: Any) -> Any:
    """A plain number to subtract from all of these, so that no exponential overflows."""
    return kind_of(*numbers).offset(*numbers)


pi = _of_one("pi")
_ONES = {float: 1.0, int: 1, Fraction: Fraction(1)}


def one(x: Any) -> Any:
    """1 as a number of the same kind as x: `one(x) / 2` is an exact half where x is exact."""
    return _ONES[type(x)] if type(x) in _ONES else kind_of(x).one(x)


_ZEROS = {float: 0.0, int: 0, Fraction: Fraction(0)}


def zero(x: Any) -> Any:
    """0 of the same kind as x, to compare x with. Raises TypeError for numbers without an order."""
    return _ZEROS[type(x)] if type(x) in _ZEROS else kind_of(x).zero(x)


def one_or_nan(x: Any) -> Any:
    """1 of the same kind as x, but nan where x is nan: times it, a slope is nan where x is."""
    if type(x) in _ONES and x == x:
        return _ONES[type(x)]
    return kind_of(x).one_or_nan(x)
