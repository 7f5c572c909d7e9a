"""IEEE 754 answers where Python's floats raise errors: 1 / 0.0, 10.0 ** 400, exp(710)."""

import math
from collections.abc import Callable
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


def _closed(operation: Function) -> Function:
    """A method that computes with plain floats and returns an IEEEFloat."""

    def method(*operands: Any) -> Any:
        return IEEEFloat(operation(*map(to_float, operands)))

    return method


def _remainder(x: float, y: float) -> float:
    return x % y if y else math.nan


def _floor_divide(x: float, y: float) -> float:
    return x // y if y else divide(x, y)


def _reflected(operation: Function) -> Function:
    return lambda x, y: operation(y, x)


for _name in ("neg", "pos", "abs"):
    setattr(IEEEFloat, f"__{_name}__", _closed(getattr(float, f"__{_name}__")))

for _name, _operation in {
    "add": float.__add__,
    "sub": float.__sub__,
    "mul": float.__mul__,
    "truediv": divide,
    "floordiv": _floor_divide,
    "mod": _remainder,
    "pow": power,
}.items():
    setattr(IEEEFloat, f"__{_name}__", _closed(_operation))
    setattr(IEEEFloat, f"__r{_name}__", _closed(_reflected(_operation)))
