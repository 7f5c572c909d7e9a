"""Kinds of number: a kind is an object whose methods are the elementary functions of its numbers.

`REAL.exp` is `math.exp`, with the results of IEEE 754 where that raises; for NumPy's arrays it is
`numpy.exp`. The functions written here are right for any numbers that have operators; a kind
overrides those that it can do better. Nothing here knows a rule or its derivative.

The kind of 0.5 is a `Real`, and that of a NumPy array an `Array`. A type of number joins by
`register(its_type, its_kind)`.
"""

import functools
import math
import operator
from collections.abc import Callable, Sequence
from enum import IntEnum
from fractions import Fraction
from typing import Any

Number = Any
Function = Callable[..., Any]

# The functions that the mathematical libraries of C, Python, NumPy and browsers share: by name,
# with the number of operands. A kind can compose the others in `elementary` from these.
STANDARD_FUNCTIONS = {
    **dict.fromkeys(("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan"), 1),
    **dict.fromkeys(("asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh"), 1),
    **dict.fromkeys(("atanh", "erf", "erfc", "log2", "log10", "cbrt"), 1),
    **dict.fromkeys(("atan2", "hypot"), 2),
}

# Functions that only Python and C have, and functions that only SciPy and its like have.
# Browsers have neither.
GAMMA_FUNCTIONS = {"lgamma": 1, "gamma": 1}
SPECIAL_FUNCTIONS = {
    **dict.fromkeys(("polygamma", "beta", "bessel_i", "bessel_j"), 2),
    **dict.fromkeys(("erfinv", "ndtri"), 1),
}


def as_python(number: Any) -> Any:
    """A NumPy scalar as the same number in Python; anything else unchanged.

    NumPy's scalars may overflow silently, or round every number they meet to their own precision:
    numpy.uint8(200) * 2 is 144, and 0.1 * numpy.float16(1) has three digits.
    """
    if type(number).__module__ == "numpy" and not getattr(number, "shape", True):
        return number.item()
    return number


class Rank(IntEnum):
    """The order of the kinds: operands of several kinds meet in the kind with the highest rank."""

    REAL = 0
    IEEE_REAL = 1
    COMPLEX = 2
    IEEE_COMPLEX = 3
    MPMATH = 4
    SYMPY = 5
    ARRAY = 6
    TAPE = 7
    VALUE = 8
    FORMULA = 9


class Kind:
    """The base of every kind: the functions that can be composed from others."""

    rank = Rank.REAL
    # Whether its numbers may be the data of a Value. Only Values may not.
    is_data = True

    def apply(self, primitive: Any, operands: tuple[Number, ...]) -> Number:
        """The result of a primitive on numbers of this kind, without the partials."""
        return primitive.evaluate(tuple(map(as_python, operands)))[0]

    def converted(self, numbers: Sequence[Number]) -> Sequence[Number]:
        """The operands as numbers of this kind if their operators refuse one another.

        If they do not, `numbers` itself.
        """
        return numbers

    def call_back(
        self, primitive: Any, operands: Sequence[Number], error: Exception
    ) -> tuple[Number, tuple[Number, ...]]:
        """The result and the partials of a user's rule that raised an error over these numbers.

        Raises the error if this kind knows no other way to call the rule.
        """
        raise error

    def one(self, x: Number) -> Number:
        """1 as a number of the same kind as x: `one(x) / 3` is exact if x is."""
        return 1

    def one_or_nan(self, x: Number) -> Number:
        """1 as a number of the same kind as x, but nan where x is nan."""
        return self.where(x == x, self.one(x), math.nan)

    def zero(self, x: Number) -> Number:
        """0, to compare x with. Raises TypeError for numbers that have no order."""
        return 0

    def pi(self, x: Number) -> Number:
        return math.pi

    def pow(self, x: Number, y: Number) -> Number:
        return x**y

    def floordiv(self, x: Number, y: Number) -> Number:
        return x // y

    def sum_of_products(self, xs: Sequence[Number], ys: Sequence[Number], start: Number) -> Number:
        for product in map(operator.mul, xs, ys):
            start = start + product
        return start

    def where(self, condition: Any, x: Number, y: Number) -> Number:
        return x if condition else y

    # A nan is neither larger nor smaller; `x != x` lets it through on either side.
    def maximum(self, x: Number, y: Number) -> Number:
        return x if x > y or x != x else y

    def minimum(self, x: Number, y: Number) -> Number:
        return x if x < y or x != x else y

    def sign(self, x: Number) -> Number:
        return x if x != x else int(x > 0) - int(x < 0)

    def abs(self, x: Number) -> Number:
        return abs(x)

    def exp2(self, x: Number) -> Number:
        return self.pow(2, x)

    def log2(self, x: Number) -> Number:
        return self.log(x) / self.log(2 * self.one(x))

    def log10(self, x: Number) -> Number:
        return self.log(x) / self.log(10 * self.one(x))

    def offset(self, *numbers: Number) -> Number:
        """What to subtract from all numbers, so that none of their exponentials overflows."""
        return functools.reduce(self.maximum, numbers)

    def sigmoid(self, x: Number) -> Number:
        return 1 / (1 + self.exp(-x))

    def softplus(self, x: Number) -> Number:
        return self.log1p(self.exp(x))

    def logaddexp(self, x: Number, y: Number) -> Number:
        return self.log(self.exp(x) + self.exp(y))

    # Slopes: derivatives that kinds compute with care. Here they stand as one writes them on paper.
    def sinc(self, x: Number) -> Number:
        angle = self.pi(x) * x
        return self.where(x == 0, self.one(x), self.sin(angle) / self.where(x == 0, 1, angle))

    def sinc_slope(self, x: Number) -> Number:
        difference = self.cos(self.pi(x) * x) - self.sinc(x)
        return difference / self.where(x == 0, 1, x)

    def share(self, x: Number, rest: Number) -> Number:
        return x / (x + rest)

    def abs_slope(self, x: Number) -> Number:
        return self.sign(x)

    def tanh_slope(self, x: Number) -> Number:
        return 1 - self.tanh(x) * self.tanh(x)

    def tan_slope(self, x: Number) -> Number:
        return 1 + self.tan(x) * self.tan(x)

    def sigmoid_slope(self, x: Number) -> Number:
        return self.sigmoid(x) * self.sigmoid(-x)

    def asin_slope(self, x: Number) -> Number:
        return self.one(x) / self.sqrt((1 - x) * (1 + x))

    def acosh_slope(self, x: Number) -> Number:
        return self.one(x) / (self.sqrt(x - 1) * self.sqrt(x + 1))

    def atan_slope(self, x: Number) -> Number:
        return self.one(x) / (1 + x * x)

    def asinh_slope(self, x: Number) -> Number:
        return self.one(x) / self.hypot(x, 1)

    def atanh_slope(self, x: Number) -> Number:
        return self.one(x) / ((1 - x) * (1 + x))

    def hypot_slope_x(self, x: Number, y: Number) -> Number:
        radius = self.hypot(x, y)
        return x / self.where(radius == 0, 1, radius)

    def hypot_slope_y(self, x: Number, y: Number) -> Number:
        radius = self.hypot(x, y)
        return y / self.where(radius == 0, 1, radius)

    def atan2_slope_y(self, y: Number, x: Number) -> Number:
        radius = self.hypot(x, y)
        return x / radius / radius

    def atan2_slope_x(self, y: Number, x: Number) -> Number:
        radius = self.hypot(x, y)
        return -y / radius / radius

    def logaddexp_slope(self, x: Number, y: Number) -> Number:
        gap = x - y
        # Two equal infinities are a tie, though their difference is nan.
        return self.sigmoid(self.where((x == y) & (gap != gap), 0, gap))

    def elu_slope(self, x: Number, alpha: Number) -> Number:
        negative = self.where(x > 0, self.zero(x), x)
        return self.where(x > 0, 1, alpha * self.exp(negative))

    def gaussian(self, x: Number) -> Number:
        return self.exp(-x * x / 2)

    def logit(self, x: Number) -> Number:
        return self.log(x / (1 - x))

    def logit_slope(self, x: Number) -> Number:
        return self.one(x) / (x * (1 - x))

    def xlogy_slope_y(self, x: Number, y: Number) -> Number:
        vanishes = (x == 0) & (y == 0)
        return self.where(vanishes, x, x / self.where(vanishes, 1, y))

    def lower_power(self, x: Number, y: Number) -> Number:
        """x ** (y - 1), and 1 where x and y are 0."""
        exponent = self.where((x == 0) & (y == 0), x, y - 1)
        direct, whole = self.pow(x, exponent), self.pow(x, y)
        # If y - 1 is rounded, the error of the power grows with the logarithm of x.
        is_rounded = (exponent + 1 != y) & (x != 0) & (whole != 0) & (whole - whole == 0)
        return self.where(is_rounded, whole / self.where(is_rounded, x, 1), direct)

    def power_slope_x(self, x: Number, y: Number) -> Number:
        return y * self.lower_power(x, y)

    def power_slope_y(self, x: Number, y: Number) -> Number:
        result = self.pow(x, y)
        # x ** y falls faster than log(x) grows: their product is 0 where x ** y is.
        vanishes = (x == 0) & (result - result == 0)
        # 2 ** y is of the kind of y, and the logarithm of 2 must be too.
        base = self.one(y) * x if isinstance(x, (int, float, Fraction)) else x
        return self.where(vanishes, 0, result * self.log(base))

    def normalized_index(self, index: Number, count: int) -> Number:
        """The index of one of `count` items, counted from 0: -1 becomes count - 1.

        Raises TypeError if it is not an integer, IndexError if there is no such item.
        """
        raise TypeError(f"select() takes an integer as its index, not {index!r}")

    def choose(self, index: Number, items: Sequence[Number]) -> Number:
        """The item at an index, as `normalized_index` gives it."""
        return items[index]

    def is_same(self, x: Number, y: Number) -> bool:
        """Whether both are the same number, or both nan; up to rounding if y is a float."""
        equal = (x == y) | ((x != x) & (y != y))
        if equal.all() if hasattr(equal, "all") else equal:
            return True
        return isinstance(y, float) and bool(abs(x - y) <= 1e-12 * abs(y))

    def __getattr__(self, name: str) -> Function:
        raise AttributeError(f"{type(self).__name__} numbers have no {name}")


Finder = Callable[[type], Kind | None]


class _KindOfType(dict[type, Kind]):
    """The kind of each type, looked up at the first number of that type."""

    def __missing__(self, cls: type) -> Kind:
        self[cls] = kind = self._find(cls)
        return kind

    def _find(self, cls: type) -> Kind:
        for base in cls.__mro__:
            if base in _registered:
                return _registered[base]
        for find in _finders:
            kind = find(cls)
            if kind is not None:
                return kind
        raise TypeError(
            f"{cls.__name__} is not a kind of number that autograd knows: give an int, a float, "
            "a Fraction, a complex, an mpmath or SymPy number, an array or a Value"
            + _INSTEAD.get(cls, "")
        )


# What to write for something that is not a number.
_SEVERAL = "; write [f(x) for x in numbers] for the result of each, or give numpy.array(numbers)"
_INSTEAD = {
    str: "; write float(text) for the number in a text",
    list: _SEVERAL,
    tuple: _SEVERAL,
    type(None): "; a function without `return` gives None",
}


class _KindOfTypes(dict[tuple[type, ...], Kind]):
    """The kind in which numbers of several types meet, looked up when they first do."""

    def __missing__(self, types: tuple[type, ...]) -> Kind:
        self[types] = kind = max((_kinds[cls] for cls in types), key=lambda kind: kind.rank)
        return kind


_registered: dict[type, Kind] = {}
_finders: list[Finder] = []
_kinds = _KindOfType()
_meetings = _KindOfTypes()

# What has been looked up by type so far. It is cleared when another type joins.
caches_by_type: list[dict[Any, Any]] = [_kinds, _meetings]


def register(cls: type, kind: Kind) -> None:
    """Makes `cls` a type of number, whose elementary functions are the methods of `kind`."""
    _registered[cls] = kind
    for cache in caches_by_type:
        cache.clear()


def register_library(find: Finder) -> Finder:
    """Makes a library's types known without importing the library; a decorator.

    Args:
        find: returns the kind of a type, or None if the type is not of this library.
    """
    _finders.append(find)
    return find


def kind_of(*numbers: Number) -> Kind:
    """The kind in which these numbers meet: of their kinds, the one with the highest rank.

    Raises TypeError if one of them is not a number.

    >>> type(kind_of(1, 0.5)).__name__, type(kind_of(1j, 0.5)).__name__
    ('Real', 'Complex')
    """
    return _meetings[tuple(map(type, numbers))]


def kind_of_types(*types: type) -> Kind:
    """The kind in which numbers of these types meet."""
    return _meetings[types]
