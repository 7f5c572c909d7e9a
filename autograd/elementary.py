"""The elementary functions, for any kind of number. They know no derivative.

>>> from fractions import Fraction
>>> exp(0.0), log(0.0), maximum(Fraction(1, 3), 0)
(1.0, -inf, Fraction(1, 3))
"""

from typing import Any

from autograd.kinds import Function, kind_of_types


class _Table(dict[Any, Function]):
    """The function of that name for each type of number, found at its first use."""

    def __init__(self, name: str):
        self.name = name

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


def _of_several(name: str) -> Function:
    functions = _Table(name)

    def function(*numbers: Any) -> Any:
        return functions[tuple(map(type, numbers))](*numbers)

    return _named(function, name)


def _named(function: Function, name: str) -> Function:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"{name} in the kind in which the numbers meet."
    return function


exp = _of_one("exp")
expm1 = _of_one("expm1")
log = _of_one("log")
log1p = _of_one("log1p")
sqrt = _of_one("sqrt")
power = _of_several("power")

sin = _of_one("sin")
cos = _of_one("cos")
tan = _of_one("tan")
asin = _of_one("asin")
acos = _of_one("acos")
atan = _of_one("atan")
atan2 = _of_several("atan2")
sinh = _of_one("sinh")
cosh = _of_one("cosh")
tanh = _of_one("tanh")
asinh = _of_one("asinh")
acosh = _of_one("acosh")
atanh = _of_one("atanh")
hypot = _of_several("hypot")
erf = _of_one("erf")

# Kinds have them ready because their plain formulas overflow.
sigmoid = _of_one("sigmoid")
softplus = _of_one("softplus")
logaddexp = _of_several("logaddexp")

absolute = _of_one("absolute")
sign = _of_one("sign")
floor = _of_one("floor")
maximum = _of_several("maximum")
minimum = _of_several("minimum")
_where = _of_several("where")


def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, else y, in the kind in which all three meet."""
    # A plain bool decides for every kind, and for floats it is the hot path of relu.
    if condition is True:
        return x
    if condition is False:
        return y
    return _where(condition, x, y)


# Constants in the kind of the numbers given: `one(x) / 2` is an exact half where x is exact.
one = _of_several("one")
pi = _of_several("pi")
