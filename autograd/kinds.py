"""The kinds of number that rules run over, and the elementary functions of each.

A kind is an object whose attributes are the elementary functions of one sort of
number: ``kind_of(0.5).exp`` is ``math.exp`` made IEEE, ``kind_of(array).exp`` is
``numpy.exp``. Nothing here knows a derivative. Another sort of number joins by
``register(its_type, its_kind)``.
"""

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from autograd import ieee
from autograd.ieee import IEEEFloat, guard

Number = Any
Function = Callable[..., Any]


class Kind:
    """What every kind has; ``rank`` decides where operands of several kinds meet.

    The functions written here are right for any number that has an order and
    operators; a kind replaces those that it can do better.
    """

    rank = 0

    def apply(self, primitive: Any, operands: tuple[Number, ...]) -> Number:
        """The result of a primitive on numbers of this kind; the partials are dropped."""
        return primitive.evaluate(operands)[0]

    def one(self, *numbers: Number) -> Number:
        """1, in the kind of the numbers: `one / 3` is exact where they are exact."""
        return 1

    def power(self, x: Number, y: Number) -> Number:
        return x**y

    def where(self, condition: Any, x: Number, y: Number) -> Number:
        return x if condition else y

    # A nan is neither above nor below; `x != x` lets it through on either side.
    def maximum(self, x: Number, y: Number) -> Number:
        return x if x > y or x != x else y

    def minimum(self, x: Number, y: Number) -> Number:
        return x if x < y or x != x else y

    def sign(self, x: Number) -> Number:
        return x if x != x else (x > 0) - (x < 0)

    def absolute(self, x: Number) -> Number:
        return abs(x)

    def sigmoid(self, x: Number) -> Number:
        return 1 / (1 + self.exp(-x))

    def softplus(self, x: Number) -> Number:
        return self.log1p(self.exp(x))

    def logaddexp(self, x: Number, y: Number) -> Number:
        return x + self.softplus(y - x)

    def __getattr__(self, name: str) -> Function:
        raise AttributeError(f"{type(self).__name__} numbers have no {name}")


class Real(Kind):
    """int, float and Fraction. Integers and fractions stay exact where they can."""

    exp = staticmethod(guard(math.exp))
    expm1 = staticmethod(guard(math.expm1))
    log = staticmethod(guard(math.log, {0: -math.inf}))
    log1p = staticmethod(guard(math.log1p, {-1: -math.inf}))
    sqrt = staticmethod(guard(math.sqrt))
    sin = staticmethod(guard(math.sin))
    cos = staticmethod(guard(math.cos))
    tan = staticmethod(guard(math.tan))
    asin = staticmethod(guard(math.asin))
    acos = staticmethod(guard(math.acos))
    atan = staticmethod(guard(math.atan))
    sinh = staticmethod(guard(math.sinh))
    cosh = staticmethod(guard(math.cosh))
    tanh = staticmethod(guard(math.tanh))
    asinh = staticmethod(guard(math.asinh))
    acosh = staticmethod(guard(math.acosh))
    atanh = staticmethod(guard(math.atanh, {1: math.inf, -1: -math.inf}))
    erf = staticmethod(guard(math.erf))
    atan2 = staticmethod(math.atan2)
    hypot = staticmethod(math.hypot)

    def one(self, *numbers: Number) -> Number:
        kinds = set(map(type, numbers))
        return Fraction(1) if Fraction in kinds and float not in kinds else 1

    def pi(self, *numbers: Number) -> Number:
        return math.pi

    def sign(self, x: Number) -> Number:
        return math.copysign(1.0, x) if isinstance(x, float) and x else super().sign(x)

    def floor(self, x: Number) -> Number:
        if not isinstance(x, float):
            return math.floor(x)
        return float(math.floor(x)) if math.isfinite(x) else x

    def power(self, x: Number, y: Number) -> Number:
        return ieee.power(x, y)

    # The three below never exponentiate a positive number, so they never overflow.
    def sigmoid(self, x: Number) -> Number:
        decay = self.exp(-abs(x))
        return (1 if x >= 0 else decay) / (1 + decay)

    def softplus(self, x: Number) -> Number:
        return self.maximum(x, 0) + self.log1p(self.exp(-abs(x)))

    def logaddexp(self, x: Number, y: Number) -> Number:
        largest = self.maximum(x, y)
        gap = 0 if x == y else abs(x - y)
        return largest + self.log1p(self.exp(-gap))


class IEEEReal(Real):
    """IEEEFloat: the elementary functions of Real, closed so that the results are IEEEFloats."""

    rank = 1


def _closed(function: Function) -> Function:
    return lambda *numbers: IEEEFloat(function(*numbers))


class Complex(Kind):
    """complex: the smooth functions only, for there is no order among complex numbers."""

    rank = 2

    def pi(self, *numbers: Number) -> Number:
        return math.pi

    def log1p(self, x: Number) -> Number:
        return cmath.log(1 + x)

    def expm1(self, x: Number) -> Number:
        # exp(x) - 1 = 2 exp(x / 2) sinh(x / 2) keeps its digits where x is small.
        return 2 * cmath.exp(x / 2) * cmath.sinh(x / 2)

    def hypot(self, x: Number, y: Number) -> Number:
        return cmath.sqrt(x * x + y * y)

    def __getattr__(self, name: str) -> Function:
        return getattr(cmath, name, None) or super().__getattr__(name)


class Mpmath(Kind):
    """mpmath.mpf and mpc, at the working precision of their own context."""

    rank = 3

    def __init__(self, context: Any):
        self.context = context

    def one(self, *numbers: Number) -> Number:
        return self.context.one

    def pi(self, *numbers: Number) -> Number:
        return +self.context.pi

    def power(self, x: Number, y: Number) -> Number:
        return self.context.power(x, y)

    def __getattr__(self, name: str) -> Function:
        return getattr(self.context, name, None) or super().__getattr__(name)


class Sympy(Kind):
    """SymPy expressions: the formula itself, unbranched where it can be."""

    rank = 4

    def __init__(self) -> None:
        import sympy

        self.sympy = sympy

    def one(self, *numbers: Number) -> Number:
        return self.sympy.Integer(1)

    def pi(self, *numbers: Number) -> Number:
        return self.sympy.pi

    def where(self, condition: Any, x: Number, y: Number) -> Number:
        return self.sympy.Piecewise((x, condition), (y, True))

    def sign(self, x: Number) -> Number:
        return self.sympy.sign(x)

    def maximum(self, x: Number, y: Number) -> Number:
        return self.sympy.Max(x, y)

    def minimum(self, x: Number, y: Number) -> Number:
        return self.sympy.Min(x, y)

    def log1p(self, x: Number) -> Number:
        return self.sympy.log(1 + x)

    def expm1(self, x: Number) -> Number:
        return self.sympy.exp(x) - 1

    def hypot(self, x: Number, y: Number) -> Number:
        return self.sympy.sqrt(x**2 + y**2)

    def logaddexp(self, x: Number, y: Number) -> Number:
        return self.sympy.log(self.exp(x) + self.exp(y))

    def __getattr__(self, name: str) -> Function:
        return getattr(self.sympy, name, None) or super().__getattr__(name)


class Array(Kind):
    """Anything with `__array_namespace__` (NumPy, JAX): each element is a lane of its own."""

    rank = 5

    def pi(self, *numbers: Number) -> Number:
        return math.pi

    # Both branches are evaluated in every lane, so neither may overflow.
    def sigmoid(self, x: Number) -> Number:
        decay = self.exp(-abs(x))
        return self.where(x >= 0, 1, decay) / (1 + decay)

    def softplus(self, x: Number) -> Number:
        return self.maximum(x, 0) + self.log1p(self.exp(-abs(x)))

    def erf(self, x: Number) -> Number:
        namespace = x.__array_namespace__()
        if hasattr(namespace, "erf"):
            return namespace.erf(x)
        flat = [math.erf(element) for element in namespace.reshape(x, (-1,))]
        return namespace.reshape(namespace.asarray(flat), x.shape)


def _in_namespace(name: str) -> Function:
    """The function of that name in the namespace of the arrays it is given."""

    def function(self: Array, *numbers: Number) -> Number:
        arrays = (n for n in numbers if hasattr(n, "__array_namespace__"))
        return getattr(next(arrays).__array_namespace__(), name)(*numbers)

    return function


for _name in (
    *("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "floor", "sign", "hypot"),
    *("maximum", "minimum", "where", "logaddexp"),
):
    setattr(Array, _name, _in_namespace(_name))


REAL = Real()
for _name in [name for name in dir(Real) if not name.startswith("_")]:
    if callable(getattr(REAL, _name)) and _name != "apply":
        setattr(IEEEReal, _name, staticmethod(_closed(getattr(REAL, _name))))


class _KindOfType(dict[type, Kind]):
    """The kind of each type, found at the first number of that type."""

    def __missing__(self, cls: type) -> Kind:
        self[cls] = kind = self._find(cls)
        return kind

    def _find(self, cls: type) -> Kind:
        for base in cls.__mro__:
            if base in self:
                return self[base]
            library = base.__module__.partition(".")[0]
            if library == "mpmath" and hasattr(cls, "context"):
                return Mpmath(cls.context)
            if library == "sympy":
                return Sympy()
            # NumPy's scalars have an array namespace too, but each is one number.
            if library == "numpy" and base.__name__ == "generic":
                return REAL
        if hasattr(cls, "__array_namespace__"):
            return Array()
        raise TypeError(
            f"{cls.__name__} is not a kind of number that autograd knows: give an int, a float, "
            "a Fraction, a complex, an mpmath or SymPy number, an array or a Value"
        )


class _KindOfTypes(dict[tuple[type, ...], Kind]):
    """The kind in which numbers of several types meet, found at their first meeting."""

    def __missing__(self, types: tuple[type, ...]) -> Kind:
        self[types] = kind = max((_kinds[cls] for cls in types), key=lambda kind: kind.rank)
        return kind


_kinds = _KindOfType(
    {float: REAL, int: REAL, Fraction: REAL, IEEEFloat: IEEEReal(), complex: Complex()}
)
_meetings = _KindOfTypes()


def register(cls: type, kind: Kind) -> None:
    """Makes `cls` a type of number: its elementary functions are the attributes of `kind`."""
    _kinds[cls] = kind


def kind_of(*numbers: Number) -> Kind:
    """The kind in which these numbers meet: of those they have, the one of highest rank.

    Raises TypeError for what is no number.

    >>> type(kind_of(1, 0.5)).__name__, type(kind_of(1j, 0.5)).__name__
    ('Real', 'Complex')
    """
    return _meetings[tuple(map(type, numbers))]


def kind_of_types(*types: type) -> Kind:
    """The kind in which numbers of these types meet."""
    return _meetings[types]
