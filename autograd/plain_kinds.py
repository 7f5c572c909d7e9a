"""The elementary functions of Python's own numbers: int, float, Fraction, complex."""

import cmath
import math
from collections.abc import Callable, Sequence
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

    def one(self, x: Number) -> Number:
        """1, in the kind of the number: `one / 3` is exact where it is exact."""
        return 1

    def power(self, x: Number, y: Number) -> Number:
        return x**y

    def floor_divide(self, x: Number, y: Number) -> Number:
        return x // y

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

    def position(self, index: Number, count: int) -> Number:
        """An index among `count` items as one from 0 on: -1 is the last."""
        raise TypeError(f"select() takes an integer as its index, not {index!r}")

    def choose(self, index: Number, items: Sequence[Number]) -> Number:
        """The item at a position that `position` gave."""
        return items[index]

    def is_same(self, x: Number, y: Number) -> bool:
        """Whether both are one number, or both nan, as far as they may be rounded otherwise."""
        equal = (x == y) | ((x != x) & (y != y))
        if equal.all() if hasattr(equal, "all") else equal:
            return True
        return isinstance(y, float) and bool(abs(x - y) <= 1e-12 * abs(y))

    def __getattr__(self, name: str) -> Function:
        raise AttributeError(f"{type(self).__name__} numbers have no {name}")


class Ordered(Kind):
    """Numbers that overflow and can be compared: never is a positive one exponentiated.

    In arrays both branches of `where` are evaluated in every lane, so neither may overflow.
    """

    def sigmoid(self, x: Number) -> Number:
        decay = self.exp(-abs(x))
        return self.where(x >= 0, 1, decay) / (1 + decay)

    def softplus(self, x: Number) -> Number:
        return self.maximum(x, 0) + self.log1p(self.exp(-abs(x)))

    def logaddexp(self, x: Number, y: Number) -> Number:
        # Not of x - y where they are the same infinity.
        gap = self.where(x == y, 0, abs(x - y))
        return self.maximum(x, y) + self.log1p(self.exp(-gap))


class Branchless(Ordered):
    """Numbers of which Python can't ask whether a condition holds: there is no one answer."""

    def position(self, index: Number, count: int) -> Number:
        return self.where(index < 0, index + count, index)

    def choose(self, index: Number, items: Sequence[Number]) -> Number:
        chosen: Number = math.nan
        for position, item in enumerate(items):
            chosen = self.where(index == position, item, chosen)
        return chosen


class Real(Ordered):
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
    erfc = staticmethod(guard(math.erfc))
    atan2 = staticmethod(math.atan2)
    hypot = staticmethod(math.hypot)

    def pi(self, x: Number) -> Number:
        return math.pi

    def sign(self, x: Number) -> Number:
        return math.copysign(1.0, x) if isinstance(x, float) and x == x and x else super().sign(x)

    def floor(self, x: Number) -> Number:
        if not isinstance(x, float):
            return math.floor(x)
        return math.copysign(math.floor(x), x) if math.isfinite(x) else x

    power = staticmethod(ieee.power)

    def position(self, index: Number, count: int) -> Number:
        if not hasattr(index, "__index__"):
            return super().position(index, count)
        if not -count <= index < count:
            raise IndexError(f"select() has {count} item(s), and none at {index}")
        return range(count)[index]


class IEEEReal(Real):
    """IEEEFloat: the elementary functions of Real, closed so that the results are IEEEFloats."""

    rank = 1


def _closed(function: Function) -> Function:
    return lambda *numbers: IEEEFloat(function(*numbers))


class Complex(Kind):
    """complex: the smooth functions only, for there is no order among complex numbers."""

    rank = 2

    def pi(self, x: Number) -> Number:
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


REAL = Real()
for _name in [name for name in dir(Real) if not name.startswith("_")]:
    if callable(getattr(REAL, _name)) and _name not in ("apply", "is_same", "position", "choose"):
        setattr(IEEEReal, _name, staticmethod(_closed(getattr(REAL, _name))))
