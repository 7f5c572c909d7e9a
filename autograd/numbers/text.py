"""Numbers of every kind as short text, and any text as one printable line."""

import functools
import math
import numbers
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

# An exact number of at most this many bits (12 decimal digits) is written out.
_EXACT_BITS = 40
# More digits would take longer than anyone waits.
_MOST_DIGITS = 10_000
_FORMULA_LENGTH = 80
_LANES = 3


def number_text(number: Any, digits: int = 4) -> str:
    """A number in a few characters, rounded to a few significant digits.

    Args:
        number: of any kind that a Value holds. Integers and fractions of at most 12 digits are
            written in full, an array as its first three lanes and its shape.
        digits: how many significant digits to keep in rounding, from 1 to 10,000.

    Returns:
        The text; a formula of more than 80 characters is cut off with "…".

    Raises:
        ValueError: if digits is not a whole number from 1 to 10,000.

    >>> from fractions import Fraction
    >>> number_text(2 / 3), number_text(Fraction(2, 3)), number_text(-1.5e-7)
    ('0.6667', '2/3', '-1.5e-7')
    >>> number_text(123456), number_text(123456.0), number_text(1 + 0.25j)
    ('123456', '1.235e5', '1+0.25j')
    """
    # True counts as an int.
    if not isinstance(digits, int) or digits is True or digits < 1:
        raise ValueError(f"digits is a whole number of at least 1, not {digits!r}")
    if digits > _MOST_DIGITS:
        raise ValueError(f"digits is at most {_MOST_DIGITS:,}, not {digits:,}")
    if getattr(number, "shape", ()):
        return _array(number, digits)
    return _text(number, digits)


def printable(text: str) -> str:
    """The text, with escapes for characters that are invisible, or that break or reverse a line.

    >>> print(printable("a\\nb \\u202e \\x1b[31m λ"))
    a\\nb \\u202e \\x1b[31m λ
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@functools.singledispatch
def _text(number: Any, digits: int) -> str:
    text = str(number)
    return text if len(text) <= _FORMULA_LENGTH else text[: _FORMULA_LENGTH - 1] + "…"


# The numbers of NumPy, SymPy and mpmath are registered under these abstract types.
@_text.register
def _rational(number: numbers.Rational, digits: int) -> str:
    numerator, denominator = int(number.numerator), int(number.denominator)
    if numerator.bit_length() + denominator.bit_length() <= _EXACT_BITS:
        return str(Fraction(numerator, denominator))
    # A Decimal may exceed any float, and Python does not limit its digits as it does an int's.
    with localcontext() as context:
        context.prec = digits
        quotient = Decimal(numerator) / Decimal(denominator)
    return _tidy(f"{quotient:e}")


@_text.register
def _real(number: numbers.Real, digits: int) -> str:
    if hasattr(number, "context"):
        return _tidy(number.context.nstr(number, digits))
    return _tidy(f"{number:.{digits}g}")


@_text.register
def _complex(number: numbers.Complex, digits: int) -> str:
    real, imaginary = _text(number.real, digits), _text(number.imag, digits)
    return f"{real}{'' if imaginary[0] in '+-' else '+'}{imaginary}j"


def _tidy(text: str) -> str:
    """The text without superfluous zeros and signs: 1.500e+06 becomes 1.5e6."""
    mantissa, has_exponent, exponent = text.removeprefix("+").partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").removesuffix(".")
    return f"{mantissa}e{int(exponent)}" if has_exponent else mantissa


def _array(array: Any, digits: int) -> str:
    count = math.prod(array.shape)
    flat = array.__array_namespace__().reshape(array, (-1,))
    shown = [_text(flat[lane].item(), digits) for lane in range(min(count, _LANES))]
    if count > _LANES:
        shown.append("…")
    text = f"[{', '.join(shown)}]"
    return text if array.shape == (len(shown),) and count <= _LANES else f"{text} {array.shape}"
