"""Which kind a number is of: `kind_of(0.5)` is Real, and that of a NumPy array Array.

Another type of number joins by `register(its_type, its_kind)`.
"""

from fractions import Fraction
from typing import Any

from autograd.numbers.arrays import Array, is_array_type, require_numbers_alone
from autograd.numbers.ieee import IEEEComplex, IEEEFloat, LargeInteger
from autograd.numbers.kinds import Kind, Number
from autograd.numbers.libraries import Mpmath, Sympy
from autograd.numbers.python import COMPLEX, REAL, IEEEComplexes, IEEEReal


class _KindOfType(dict[type, Kind]):
    """The kind of each type, looked up at the first number of that type."""

    def __missing__(self, cls: type) -> Kind:
        self[cls] = kind = self._find(cls)
        return kind

    def _find(self, cls: type) -> Kind:
        require_numbers_alone(cls)
        for base in cls.__mro__:
            if base in self:
                return self[base]
            library = base.__module__.partition(".")[0]
            if library == "mpmath" and hasattr(cls, "context"):
                return Mpmath(cls.context)
            if library == "sympy":
                return Sympy()
            # NumPy's scalars have an array namespace too, but each is one number.
            if library == "numpy" and base.__name__ == "complexfloating":
                return COMPLEX
            if library == "numpy" and base.__name__ in ("number", "bool", "bool_"):
                return REAL
            if library == "numpy" and base.__name__ in ("generic", "timedelta64"):
                break
        else:
            if is_array_type(cls):
                return Array()
        raise TypeError(
            f"{cls.__name__} is not a kind of number that autograd knows: give an int, a float, "
            "a Fraction, a complex, an mpmath or SymPy number, an array or a Value"
            + _INSTEAD.get(cls, "")
        )


# What may be meant by what is no number.
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


_IEEE_REAL = IEEEReal()
_kinds = _KindOfType(
    {
        **dict.fromkeys((float, int, Fraction), REAL),
        IEEEFloat: _IEEE_REAL,
        LargeInteger: _IEEE_REAL,
        complex: COMPLEX,
        IEEEComplex: IEEEComplexes(),
    }
)
_meetings = _KindOfTypes()

# What was looked up by types so far: cleared when another type joins.
caches_by_type: list[dict[Any, Any]] = [_meetings]


def register(cls: type, kind: Kind) -> None:
    """Makes `cls` a type of number, whose elementary functions are the methods of `kind`."""
    _kinds[cls] = kind
    for cache in caches_by_type:
        cache.clear()


def kind_of(*numbers: Number) -> Kind:
    """The kind in which these numbers meet: that of the highest rank among theirs.

    Raises TypeError if one of them is no number.

    >>> type(kind_of(1, 0.5)).__name__, type(kind_of(1j, 0.5)).__name__
    ('Real', 'Complex')
    """
    return _meetings[tuple(map(type, numbers))]


def kind_of_types(*types: type) -> Kind:
    """The kind in which numbers of these types meet."""
    return _meetings[types]
