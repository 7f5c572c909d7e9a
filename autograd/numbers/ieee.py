"""The results of IEEE 754 where Python's floats raise errors: 1 / 0.0, 10.0 ** 400, exp(710)."""

import cmath
import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

Function = Callable[..., Any]


def guard(
    function: Function, poles: dict[float, float] | None = None, has_limit: bool = False
) -> Function:
    """A function of the math module, with the results of IEEE 754 where it raises.

    Outside its domain it is nan, at a pole what `poles` says, and where it overflows its value at
    infinity: exp(710) = exp(inf) = inf.

    Args:
        function: takes one number.
        poles: the value at each pole.
        has_limit: whether exact numbers too large for a float give its value at infinity, as
            they do for tanh but not for sqrt. If not, they raise OverflowError.
    """
    poles = poles or {}

    def guarded(x: Any) -> Any:
        try:
            return function(x)
        except ValueError:
            if type(x) is Fraction and x not in poles and float(x) in poles:
                raise FloatingPointError(f"the nearest one is the pole at {float(x)}") from None
            return poles.get(x, math.nan)
        except OverflowError:
            if not has_limit and is_too_large(x):
                raise
            return guarded(math.inf if x > 0 else -math.inf)

    return guarded


def guard_complex(
    function: Function,
    poles: dict[complex, complex] | None = None,
    overflow: Function | None = None,
) -> Function:
    """A function of the cmath module, with the results of IEEE 754 where it raises.

    Outside its domain it is nan, at a pole what `poles` says, and where its result is too large
    for a float what `overflow` returns.
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


_exp = guard(math.exp, has_limit=True)


def large_exp(x: complex, factor: float = 1.0) -> complex:
    """factor * exp(x), where one or both of its parts are too large for a float."""
    root = _exp(x.real / 2)
    parts = math.cos(x.imag), math.sin(x.imag)
    # A part that is 0 stays 0, while 0 * inf is nan.
    return complex(*[root * part * factor * root if part else part for part in parts])


def large_cosh(x: complex) -> complex:
    """cosh(x) where it is too large for a float: exp(-|x|) is negligible there."""
    return large_exp(x if x.real > 0 else -x, 0.5)


def large_sinh(x: complex) -> complex:
    """sinh(x) where it is too large for a float."""
    return large_cosh(x) if x.real > 0 else -large_cosh(x)


def large_cos(x: complex) -> complex:
    """cos(x) = cosh(ix), where it is too large for a float."""
    return large_cosh(complex(-x.imag, x.real))


def large_sin(x: complex) -> complex:
    """sin(x) = sinh(ix) / i, where it is too large for a float."""
    turned = large_sinh(complex(-x.imag, x.real))
    return complex(turned.imag, -turned.real)


def divide(x: Any, y: Any) -> float:
    """x / y: 1 / 0.0 is inf, 1 / -0.0 is -inf, 0 / 0 is nan."""
    if not y:
        return math.nan if not x or x != x else _sign(x) * math.copysign(math.inf, y)
    try:
        return float(x) / float(y)
    except OverflowError:
        # Next to an infinity or a nan, only the sign of a large integer matters.
        if x - x != 0:
            return x * _sign(y)  # type: ignore[no-any-return]
        if y - y != 0:
            return _sign(x) / y  # type: ignore[no-any-return]
        return float(Fraction(x) / Fraction(y))


def _sign(x: Any) -> float:
    return 1.0 if x > 0 else -1.0


def power(x: Any, y: Any) -> Any:
    """x ** y: 0.0 ** -1 is inf, (-2.0) ** 0.5 is nan, 10.0 ** 400 is inf.

    Exact numbers stay exact, and raise as they always do.
    """
    try:
        result = x**y
    except ArithmeticError:
        if type(x) is Fraction and type(y) is not float:
            raise
        if is_too_large(x) or is_too_large(y):
            raise
        if x < 0 and y % 1:
            return math.nan
        return math.copysign(math.inf, x) if y % 2 == 1 else math.inf
    return math.nan if type(result) is complex else result


def to_float(x: Any) -> float:
    """`x` as a float; an integer that is too large for one becomes infinite.

    This is for comparing and printing only: a result computed from it would be silently wrong.
    """
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def is_too_large(x: Any) -> bool:
    """Whether an exact number is too large for a float."""
    return not isinstance(x, (float, complex)) and math.isinf(to_float(x))


class IEEEFloat(float):
    """A float whose `/` and `**` follow IEEE 754 instead of raising errors.

    A rule that failed with ZeroDivisionError or OverflowError is run again over these numbers.
    Operations on them, also with floats, return an IEEEFloat again.
    """

    __slots__ = ()


class IEEEComplex(complex):
    """A complex number whose `/` and `**` follow IEEE 754, like those of IEEEFloat."""

    __slots__ = ()


class LargeInteger(int):
    """An integer too large for a float, among numbers that follow IEEE 754.

    Quotients are computed exactly and rounded once; operations for which it would have to become
    a float raise OverflowError.
    """

    __slots__ = ()


def _divide_complex(x: complex, y: complex) -> complex:
    # As in Annex G of the C standard: divided by 0, each part becomes infinite.
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
    """Real or complex numbers as numbers that follow IEEE 754.

    Raises:
        OverflowError: for a Fraction too large for a float.
        FloatingPointError: for a Fraction so small that it would become 0.
    """
    if any(type(number) is complex for number in numbers):
        return [IEEEComplex(number) for number in numbers]
    return [_real_by_ieee(number) for number in numbers]


def _real_by_ieee(number: Any) -> Any:
    if isinstance(number, int) and is_too_large(number):
        return LargeInteger(number)
    rounded = IEEEFloat(number)
    if number and not rounded:
        raise FloatingPointError("the nearest one to a Fraction is 0")
    return rounded


def plain(number: Any) -> Any:
    """A number from `by_ieee` as a plain float, complex number or integer again."""
    if type(number) is IEEEFloat:
        return float(number)
    if type(number) is LargeInteger:
        return int(number)
    return complex(number) if type(number) is IEEEComplex else number


def _closed(operation: Function, kind: type, convert: Function) -> Function:
    """A method that computes with plain numbers and returns one of this kind."""

    def method(*operands: Any) -> Any:
        return kind(operation(*map(convert, operands)))

    return method


def _or_large(x: Any) -> Any:
    """`x` as a float; an integer that is too large for one unchanged."""
    try:
        return float(x)
    except OverflowError:
        return int(x)


def _remainder(x: float, y: float) -> float:
    return x % y if y else math.nan


def _floor_divide(x: float, y: float) -> float:
    return x // y if y else divide(x, y)


def _reflected(operation: Function) -> Function:
    return lambda x, y: operation(y, x)


_OPERATIONS: dict[type, tuple[Function, dict[str, Function]]] = {
    IEEEFloat: (
        _or_large,
        {
            "add": operator.add,
            "sub": operator.sub,
            "mul": operator.mul,
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

# Everything else between the two is done by the methods of IEEEFloat.
LargeInteger.__truediv__ = _closed(divide, IEEEFloat, _or_large)  # type: ignore[method-assign]
LargeInteger.__rtruediv__ = _closed(  # type: ignore[method-assign]
    _reflected(divide), IEEEFloat, _or_large
)
