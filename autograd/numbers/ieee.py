"""IEEE 754 answers where Python's floats raise errors: 1 / 0.0, 10.0 ** 400, exp(710)."""

import cmath
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

Function = Callable[..., Any]


def guard(function: Function, poles: dict[float, float] | None = None) -> Function:
    """`function` of the math module, with IEEE 754 answers where it raises.

    Outside its domain it is nan, at a pole what `poles` says, and what overflows
    is taken at infinity: exp(710) = exp(inf) = inf.
    """

    def guarded(x: Any) -> Any:
        try:
            return function(x)
        except ValueError:
            return (poles or {}).get(x, math.nan)
        except OverflowError:
            return guarded(math.inf if x > 0 else -math.inf)

    return guarded


def guard_complex(
    function: Function,
    poles: dict[complex, complex] | None = None,
    overflow: Function | None = None,
) -> Function:
    """`function` of the cmath module, with IEEE 754 answers where it raises.

    Outside its domain it is nan, at a pole what `poles` says, and where it is too large
    for a float what `overflow` says.
    """

    def guarded(x: Any) -> complex:
        try:
            return function(x)  # type: ignore[no-any-return]
        except ValueError:
            return (poles or {}).get(x, complex(math.nan, math.nan))
        except OverflowError:
            if overflow is None:
                raise
            return overflow(x)  # type: ignore[no-any-return]

    return guarded


_exp = guard(math.exp)


def large_exp(x: complex, factor: float = 1.0) -> complex:
    """factor * exp(x), where one part or both are too large for a float."""
    root = _exp(x.real / 2)
    parts = math.cos(x.imag), math.sin(x.imag)
    # The other part may be finite, and 0 * inf is not 0.
    return complex(*[root * part * factor * root if part else part for part in parts])


def large_cosh(x: complex) -> complex:
    """cosh(x) likewise, where exp(-|x|) is nothing beside it."""
    return large_exp(x if x.real > 0 else -x, 0.5)


def large_sinh(x: complex) -> complex:
    """sinh(x) likewise."""
    return large_cosh(x) if x.real > 0 else -large_cosh(x)


def large_cos(x: complex) -> complex:
    """cos(x) likewise: cosh(ix)."""
    return large_cosh(complex(-x.imag, x.real))


def large_sin(x: complex) -> complex:
    """sin(x) likewise: sinh(ix) / i."""
    turned = large_sinh(complex(-x.imag, x.real))
    return complex(turned.imag, -turned.real)


def divide(x: Any, y: Any) -> float:
    """x / y: 1 / 0.0 is inf, 1 / -0.0 is -inf, 0 / 0 is nan."""
    if y:
        return to_float(x) / to_float(y)
    if not x or x != x:
        return math.nan
    return math.copysign(math.inf, x) * math.copysign(1, y)


def power(x: Any, y: Any) -> Any:
    """x ** y: 0.0 ** -1 is inf, (-2.0) ** 0.5 is nan, 10.0 ** 400 is inf.

    Exact numbers stay exact, and raise as they always do.
    """
    try:
        result = x**y
    except ArithmeticError:
        if type(x) is Fraction and type(y) is not float:
            raise
        if x < 0 and y % 1:
            return math.nan
        return math.copysign(math.inf, x) if y % 2 == 1 else math.inf
    return math.nan if type(result) is complex else result


def to_float(x: Any) -> float:
    """`x` as a float; an integer that is too large for one is infinite."""
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


class IEEEFloat(float):
    """A float that divides and raises to powers by IEEE 754 instead of raising errors.

    A rule that failed with ZeroDivisionError or OverflowError is run again over
    these numbers. What they make with floats is an IEEEFloat again.
    """

    __slots__ = ()


class IEEEComplex(complex):
    """A complex number that divides and raises to powers by IEEE 754, as IEEEFloat does."""

    __slots__ = ()


def _divide_complex(x: complex, y: complex) -> complex:
    # As C's Annex G has it: the infinity of a real number is infinite in each part.
    return x / y if y else complex(divide(x.real, y.real), divide(x.imag, y.real))


def _power_complex(x: complex, y: complex) -> complex:
    try:
        return x**y
    except ZeroDivisionError:
        return complex(math.inf, math.nan)
    except OverflowError:
        result: complex = guard_complex(cmath.exp, overflow=large_exp)(y * cmath.log(x))
        return result


def by_ieee(numbers: Sequence[Any]) -> list[Any]:
    """Real or complex numbers as those that compute by IEEE 754."""
    if any(type(number) is complex for number in numbers):
        return [IEEEComplex(number) for number in numbers]
    return [IEEEFloat(to_float(number)) for number in numbers]


def plain(number: Any) -> Any:
    """A number that computed by IEEE 754 as the float or complex number that it is."""
    if type(number) is IEEEFloat:
        return float(number)
    return complex(number) if type(number) is IEEEComplex else number


def _closed(operation: Function, kind: type, convert: Function) -> Function:
    """A method that computes with plain numbers and returns one of that kind."""

    def method(*operands: Any) -> Any:
        return kind(operation(*map(convert, operands)))

    return method


def _remainder(x: float, y: float) -> float:
    return x % y if y else math.nan


def _floor_divide(x: float, y: float) -> float:
    return x // y if y else divide(x, y)


def _reflected(operation: Function) -> Function:
    return lambda x, y: operation(y, x)


_OPERATIONS: dict[type, tuple[Function, dict[str, Function]]] = {
    IEEEFloat: (
        to_float,
        {
            "add": float.__add__,
            "sub": float.__sub__,
            "mul": float.__mul__,
            "truediv": divide,
            "floordiv": _floor_divide,
            "mod": _remainder,
            "pow": power,
        },
    ),
    IEEEComplex: (
        complex,
        {
            "add": complex.__add__,
            "sub": complex.__sub__,
            "mul": complex.__mul__,
            "truediv": _divide_complex,
            "pow": _power_complex,
        },
    ),
}

for _kind, (_convert, _operations) in _OPERATIONS.items():
    for _name in ("neg", "pos", *(["abs"] if _kind is IEEEFloat else [])):
        _operation = getattr(_kind.__base__, f"__{_name}__")
        setattr(_kind, f"__{_name}__", _closed(_operation, _kind, _convert))
    for _name, _operation in _operations.items():
        setattr(_kind, f"__{_name}__", _closed(_operation, _kind, _convert))
        setattr(_kind, f"__r{_name}__", _closed(_reflected(_operation), _kind, _convert))
