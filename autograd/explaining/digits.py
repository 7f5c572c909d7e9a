"""Numbers as a line shows them: to how many digits, and whether the line says = or ≈.

Each line is true as it stands: whoever calculates with the numbers shown gets the result shown.
Where rounded numbers would not give it, they have more digits.
"""

import functools
import math
import numbers
import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from autograd.explaining.formulas import (
    Formula,
    Leaf,
    Number,
    Symbol,
    is_number,
    leaves_of,
    worked_out,
)
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES, SLOPES

_LONGEST_FRACTION = 40
# A digit takes at most this many bits.
_BITS_OF_A_DIGIT = 4
# Rounded to this many digits, a float is the decimal that was meant: 0.1 + 0.2 is 0.3.
_MEANT = 15
# This many digits tell a float from every other.
_ALL = 17
# Larger powers have too many digits to be exact.
_LARGEST_EXPONENT = 100


class Side(NamedTuple):
    """One side of a line, with the sign before it.

    Attributes:
        sign: "=", or "≈" if a number was rounded.
        formula: the formula, in names or in numbers.
        digits: how many significant digits its numbers have.
    """

    sign: str
    formula: Formula
    digits: int


def line(
    formulas: list[Formula], in_numbers: Formula, result: Any, digits: int
) -> tuple[Side, ...]:
    """What a line says, from the first sign on.

    Args:
        formulas: formulas in names, which are equal to one another.
        in_numbers: the last of them with numbers in place of names.
        result: the number that they give.
        digits: how many significant digits numbers have, unless more are needed.

    >>> from autograd.explaining.formulas import Operation
    >>> product = Operation("mul", (Number(2 / 3), Number(0.5)))
    >>> [(side.sign, number_shown(x.value, side.digits)) for side in line([], product, 1 / 3, 4)
    ...  for x in leaves_of(side.formula)]
    [('≈', '0.6667'), ('≈', '0.5'), ('≈', '0.3333')]
    """
    # The constants of a formula are never rounded.
    given = [Side("=", formula, _MEANT) for formula in formulas]
    enough, found = _digits_needed(in_numbers, result, digits)
    # A single number would be the result itself, and sometimes no number of digits is enough.
    if enough and not isinstance(in_numbers, Number):
        given.append(Side(_sign(in_numbers, enough), in_numbers, enough))
    if _is_zero(found, in_numbers, result, enough or digits):
        result = 0
    shown = _worked_out(Number(result), digits)
    if found is None or shown is None:
        is_exact = _sign(in_numbers, digits) == "="
    else:
        is_exact = isinstance(found, Fraction) and found == shown
    is_exact = is_exact and is_shown_exactly(result, digits)
    return (*given, Side("=" if is_exact else "≈", Number(result), digits))


def number_shown(number: Any, digits: int) -> str:
    """A number to this many significant digits, with trailing zeros if it was rounded.

    An exact number has no more digits than it needs. A fraction is exact unless it is very long.

    >>> number_shown(1.35, 4), number_shown(1.34996, 4), number_shown(Fraction(2, 3), 4)
    ('1.35', '1.350', '2/3')
    """
    return _shown(number, digits)[0]


def has_result(formula: Formula) -> bool:
    """Whether a formula in numbers gives a number, and neither an infinite one nor nan.

    >>> from autograd.explaining.formulas import Operation
    >>> has_result(Operation("div", (Number(1), Number(0))))
    False
    """
    return _worked_out(formula, None) is not None


def is_shown_exactly(number: Any, digits: int) -> bool:
    """Whether a number has no more than this many digits.

    >>> is_shown_exactly(0.1 + 0.2, 4), is_shown_exactly(1 / 3, 4)
    (True, False)
    """
    return _shown(number, digits)[1]


def _shown(number: Any, digits: int) -> tuple[str, bool]:
    """A number as it is written, and whether that is all of it."""
    # The same few numbers stand in many lines. A cache would take -0.0 for 0.0.
    is_cached = type(number) in (float, int) and number
    return _cached(number, digits) if is_cached else _written(number, digits)


def _written(number: Any, digits: int) -> tuple[str, bool]:
    if isinstance(number, Fraction):
        if _is_short(number):
            return str(number), True
        if 1e-300 < abs(number) < 1e300:
            return _written(float(number), digits)[0], False
    # Numbers of mpmath have as many digits as one asks for.
    meant = digits + _MEANT if hasattr(number, "context") else _MEANT
    exact = number_text(number, meant)
    if number_text(number, min(digits, meant - 1)) == exact:
        return exact, not isinstance(number, Fraction)
    rounded = number_text(number, digits)
    is_decimal = isinstance(number, numbers.Real) and not isinstance(number, numbers.Rational)
    return _with_zeros(rounded, digits) if is_decimal and math.isfinite(number) else rounded, False


_cached = functools.lru_cache(maxsize=4096, typed=True)(_written)


def _is_short(number: Fraction) -> bool:
    # The size comes first, since Python refuses to write integers of very many digits.
    bits = number.numerator.bit_length() + number.denominator.bit_length()
    return bits <= _BITS_OF_A_DIGIT * _LONGEST_FRACTION and len(str(number)) <= _LONGEST_FRACTION


def _with_zeros(written: str, digits: int) -> str:
    """A rounded number with zeros to show how far: 0.731 to four digits is 0.7310."""
    mantissa, e, exponent = written.partition("e")
    missing = digits - len(mantissa.lstrip("-0.").replace(".", ""))
    if missing <= 0:
        return written
    return f"{mantissa}{'' if '.' in mantissa else '.'}{'0' * missing}{e}{exponent}"


def _numbers_in(formula: Formula) -> Iterator[Any]:
    return (leaf.value for leaf in leaves_of(formula) if isinstance(leaf, Number))


def _sign(formula: Formula, digits: int) -> str:
    is_exact = all(is_shown_exactly(number, digits) for number in _numbers_in(formula))
    return "=" if is_exact else "≈"


def _digits_needed(formula: Formula, result: Any, digits: int) -> tuple[int | None, Any]:
    """How many digits the numbers of a formula need to give the result, and what they give.

    If no number of digits is enough, it is None, and what `digits` digits give.
    """
    first = found = _worked_out(formula, digits)
    if not isinstance(result, float):
        return digits, first
    if not math.isfinite(result):
        return (digits if first is None else None), first
    expected = number_text(result, digits)
    for count in range(digits, max(digits, _ALL) + 1):
        found = found if count == digits else _worked_out(formula, count)
        if found is None or number_text(float(found), digits) == expected:
            return count, found
        if _is_zero(found, formula, result, count):
            return count, found
    return None, first


def _is_zero(found: Any, formula: Formula, result: Any, digits: int) -> bool:
    """Whether a result, such as that of 0.1 + 0.2 − 0.3, is 0 except for rounding in floats."""
    if not (isinstance(result, float) and math.isfinite(result)):
        return False
    if found != 0 or not isinstance(found, Fraction):
        return False
    if result == 0 or is_number(formula, 0):
        return True
    # Noise appears when the numbers are computed in floats, too. The slope of tanh may be 1e-33
    # where 1 − y² is 0: that is not noise.
    is_noise = _sign(formula, digits) == "=" and _worked_out(formula, None) != 0
    return is_noise and abs(result) <= max(map(abs, _numbers_in(formula))) * 10**-_MEANT


def _worked_out(formula: Formula, digits: int | None) -> Any:
    """The result of a formula in numbers, each taken as it is shown, or exactly if digits is None.

    Returns:
        A Fraction if it is exact and a float if it is not; None if it can't be told.
    """

    def number(leaf: Leaf) -> Any:
        match leaf:
            case Number(value):
                return _as_shown(value, digits)
            case Symbol("π"):
                return math.pi
        raise LookupError(leaf)

    try:
        found = worked_out(formula, number, _applied)
        return found if math.isfinite(found) else None
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None


def _as_shown(number: Any, digits: int | None) -> Any:
    # The first two are quick to tell.
    if not isinstance(number, int | float | numbers.Real):
        raise TypeError(number)
    return number if digits is None else _read(number_shown(number, digits))


_read = functools.lru_cache(maxsize=4096)(Fraction)


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "sum": operator.add,
    "mul": operator.mul,
    "div": operator.truediv,
}


def _applied(name: str, operands: list[Any]) -> Any:
    """An operation on numbers, exact if its operands are and the result can be."""
    if name == "mul" and any(isinstance(x, Fraction) and not x for x in operands):
        return Fraction(0)
    if name in _ARITHMETIC:
        return functools.reduce(_ARITHMETIC[name], operands)
    if name == "neg":
        return -operands[0]
    if name == "pow":
        base, exponent = operands
        is_whole = isinstance(exponent, Fraction) and exponent.denominator == 1
        if is_whole and abs(exponent) <= _LARGEST_EXPONENT:
            return base ** int(exponent)
        return float(base) ** float(exponent)
    result = _function(name)(operands)
    return _exact(name, operands, result) if isinstance(result, float) else Fraction(result)


@functools.cache
def _function(name: str) -> Callable[[list[Any]], Any]:
    """A rule as a function of the operands of a formula, of which the last are its constants."""
    rule = PRIMITIVES.get(name) or SLOPES[name]
    names = [] if rule.takes_any_number else rule.constant_names

    def function(operands: list[Any]) -> Any:
        count = len(operands) - len(names)
        constants = dict(zip(names, operands[count:], strict=True))
        return rule.bind(**constants).evaluate(operands[:count])[0]

    return function


def _exact(name: str, operands: list[Any], result: float) -> Any:
    """The result of a function, as a Fraction if it is one: sqrt(4) is 2, and exp(0) is 1."""
    if isinstance(operands[0], Fraction) and math.isfinite(result):
        fraction = Fraction(result)
        is_root = name == "sqrt" and fraction * fraction == operands[0]
        # At other rational numbers, functions such as exp are irrational.
        if is_root or (operands[0] in (0, 1) and (2 * fraction).denominator == 1):
            return fraction
    return result
