"""Formulas as plain text in one line."""

import re
from fractions import Fraction
from typing import Any

from autograd.explaining.expressions import (
    Call,
    Case,
    Comparison,
    Derivative,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from autograd.explaining.tightness import ATOM, LOOSE, POWER, PRODUCT, SIGNED, product, total
from autograd.numbers.text import number_text
from autograd.numbers.text import printable as in_one_line

# What can stand in a formula without parentheses: words, numbers, lanes in brackets.
_WORD = re.compile(r"[\w.]+['′]*(\[\w+\])*|…")
_LANES = re.compile(r"\[[^\[\]]*\]")
_NEGATIVE_NUMBER = re.compile(r"−[\d.]+(e−?\d+)?")

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FUNCTIONS = {"sigmoid": "σ", "sigmoid′": "σ′"}
_LONGEST_FRACTION = 40
# At most.
_BITS_OF_A_DIGIT = 4


def text(expression: Any, digits: int) -> str:
    """An expression in one line.

    >>> text(Product((Number(2.0), Sum((Symbol("o"), Negative(Symbol("t")))))), digits=4)
    '2 · (o − t)'
    """
    return _text(expression, digits)[0]


def exact_or_rounded(number: Any, digits: int) -> str:
    """A number with so many significant digits; a fraction exactly, unless it is very long."""
    if isinstance(number, Fraction):
        # The size first: Python refuses to write integers of very many digits.
        bits = number.numerator.bit_length() + number.denominator.bit_length()
        if bits <= _BITS_OF_A_DIGIT * _LONGEST_FRACTION and len(str(number)) <= _LONGEST_FRACTION:
            return str(number)
    return number_text(number, digits)


def printable(label: str) -> str:
    """A label in one line, whatever its characters."""
    return in_one_line(label.replace(" - ", " − "))


def _text(expression: Any, digits: int) -> tuple[str, int]:
    """The text, and how tightly it holds together."""

    def within(part: Any, least: int) -> str:
        inner, tightness = _text(part, digits)
        return inner if tightness >= least else f"({inner})"

    match expression:
        case Number(value):
            return _number(value, digits)
        case Symbol(name):
            return _name(name), ATOM
        case Derivative(of, by, direct):
            return f"∂{_name(of)}/∂{_name(by)}{'|direct' if direct else ''}", ATOM
        case Sum(terms):
            return total(terms, within, "−", "·"), LOOSE
        case Negative(operand):
            return f"−{within(operand, PRODUCT)}", SIGNED
        case Product(factors):
            return _signed(product(factors, within, "·"))
        case Quotient(dividend, divisor):
            slash = "/" if _are_whole(dividend, divisor) else " / "
            return _signed(f"{within(dividend, SIGNED)}{slash}{within(divisor, POWER)}")
        case Power(base, exponent):
            return f"{within(base, ATOM)}{_exponent(within(exponent, ATOM))}", POWER
        case Comparison(left, relation, right):
            return f"{within(left, LOOSE)} {relation} {within(right, LOOSE)}", LOOSE
        case Case(chosen, _):
            return _text(chosen, digits)
        case Call("abs" | "absolute", (operand,)):
            return f"|{within(operand, LOOSE)}|", ATOM
    operands = ", ".join(within(operand, LOOSE) for operand in expression.operands)
    return f"{FUNCTIONS.get(expression.name, expression.name)}({operands})", ATOM


def _signed(written: str) -> tuple[str, int]:
    """A product that begins with a sign holds less tightly together, as in 2 + (−3 · x)."""
    return written, SIGNED if written.startswith("−") else PRODUCT


def _are_whole(*parts: Any) -> bool:
    return all(isinstance(part, Number) and type(part.value) is int for part in parts)


def _number(value: Any, digits: int) -> tuple[str, int]:
    written = exact_or_rounded(value, digits).replace("-", "−")
    if _WORD.fullmatch(written) or _LANES.fullmatch(written):
        return written, ATOM
    return written, SIGNED if _NEGATIVE_NUMBER.fullmatch(written) else LOOSE


def _name(name: str) -> str:
    shown = printable(name)
    return shown if _WORD.fullmatch(shown) else f"({shown})"


def _exponent(written: str) -> str:
    """x², x⁻¹, but x^y and x^(y + 1)."""
    plain = written.strip("()").replace("−", "-")
    return plain.translate(_SUPERSCRIPTS) if re.fullmatch(r"-?[0-9]+", plain) else f"^{written}"
