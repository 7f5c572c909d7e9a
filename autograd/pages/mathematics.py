"""Formulas as MathML, in which numbers that depend on the inputs are filled in by the page."""

import re
from collections.abc import Callable
from html import escape
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
from autograd.explaining.text import FUNCTIONS, exact_or_rounded, printable, text
from autograd.explaining.tightness import (
    ATOM,
    LOOSE,
    POWER,
    PRODUCT,
    SIGNED,
    product,
    total,
)

_WORD = re.compile(r"([^\W\d_]+)(\d*)((?:_[^\W_]+)*)(['′]*)")
_TIMES, _MINUS = "<mo>·</mo>", "−"

# Where the page finds the number of a name or a derivative; None where it is to be written itself.
Place = Callable[[Symbol | Derivative], str | None]


def name_parts(name: str) -> tuple[str, str]:
    """A label as letters and what stands below them: w5 is w and 5, a_h1 is a and h1.

    >>> name_parts("w5"), name_parts("a_h1"), name_parts("o - t")
    (('w', '5'), ('a', 'h1'), ('o − t', ''))
    """
    found = _WORD.fullmatch(name)
    if found is None:
        return printable(name), ""
    letters, digits, below, primes = found.groups()
    return letters + primes, ",".join(part for part in (digits, *below.split("_")) if part)


def name_mathml(name: str) -> str:
    """A label in a formula; one that would fall apart there is put in parentheses."""
    if _WORD.fullmatch(name):
        return _name(*name_parts(name))
    return f"<mtext>{escape(text(Symbol(name), digits=1))}</mtext>"


def _nowhere(_: Symbol | Derivative) -> None:
    return None


def mathml(expression: Any, digits: int, place: Place = _nowhere) -> str:
    """A formula as the content of a `math` element.

    Args:
        expression: of autograd.explaining.
        digits: how many significant digits plain numbers have.
        place: gives the place of a number that the page fills in for a name.

    >>> mathml(Product((Symbol("w5"), Number(2.0))), digits=4)
    '<msub><mi>w</mi><mn>5</mn></msub> <mo>·</mo> <mn>2</mn>'
    """
    return _Printer(digits, place).within(expression, LOOSE)


class _Printer:
    def __init__(self, digits: int, place: Place):
        self.digits = digits
        self.place = place

    def within(self, part: Any, least: int) -> str:
        """An expression in parentheses if it holds less tightly together than is asked for."""
        if isinstance(part, (Symbol, Derivative)) and (place := self.place(part)):
            # Whether a number needs parentheses depends on its sign.
            return f'<mrow data-number="{place}" data-least="{least}"></mrow>'
        inner, tightness = self.print(part)
        return inner if tightness >= least else _parenthesized(inner)

    def print(self, expression: Any) -> tuple[str, int]:
        """The MathML, and how tightly it holds together."""
        match expression:
            case Number(value):
                return _number(exact_or_rounded(value, self.digits))
            case Symbol(name):
                return name_mathml(name), ATOM
            case Derivative(of, by, direct):
                return _derivative(of, by, direct), ATOM
            case Sum(terms):
                # The helpers put a plain sign between the terms.
                return _signs(total(terms, self.within, _MINUS, _TIMES)), LOOSE
            case Negative(Product(factors)):
                inner = product(factors, self.within, _TIMES, first=POWER)
                return f"<mo>−</mo>{inner}", SIGNED
            case Negative(operand):
                return f"<mo>−</mo>{self.within(operand, PRODUCT)}", SIGNED
            case Product(factors):
                return product(factors, self.within, _TIMES), PRODUCT
            case Quotient(dividend, divisor):
                above, below = self.within(dividend, LOOSE), self.within(divisor, LOOSE)
                return f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>", POWER
            case Power(base, exponent):
                below, above = self.within(base, ATOM), self.within(exponent, LOOSE)
                return f"<msup><mrow>{below}</mrow><mrow>{above}</mrow></msup>", POWER
            case Comparison(left, relation, right):
                sides = self.within(left, LOOSE), self.within(right, LOOSE)
                return f"{sides[0]}<mo>{escape(relation)}</mo>{sides[1]}", LOOSE
            case Case(chosen, _):
                return self.print(chosen)
            case Call("abs" | "absolute", (operand,)):
                return f"<mrow><mo>|</mo>{self.within(operand, LOOSE)}<mo>|</mo></mrow>", ATOM
            case Call("sqrt", (operand,)):
                return f"<msqrt>{self.within(operand, LOOSE)}</msqrt>", ATOM
        operands = "<mo>,</mo>".join(self.within(x, LOOSE) for x in expression.operands)
        name = FUNCTIONS.get(expression.name, expression.name)
        return f"<mi>{escape(name)}</mi>{_parenthesized(operands)}", ATOM


def _parenthesized(inner: str) -> str:
    # Only around fractions are they to grow: around one line that looks loose.
    grows = "" if "<mfrac" in inner else ' stretchy="false"'
    return f"<mrow><mo{grows}>(</mo>{inner}<mo{grows}>)</mo></mrow>"


def _signs(written: str) -> str:
    return re.sub(r"(?<=>) ([+−]) (?=<)", r"<mo>\1</mo>", written)


def _number(written: str) -> tuple[str, int]:
    sign, size = ("−", written[1:]) if written.startswith("-") else ("", written)
    element = f"<mn>{escape(size.replace('-', '−'))}</mn>"
    is_atom = re.fullmatch(r"[\w.]+", size) is not None
    if sign:
        return f"<mo>−</mo>{element}", SIGNED if is_atom else LOOSE
    return element, ATOM if is_atom else LOOSE


def _derivative(of: str, by: str, direct: bool) -> str:
    above, below = name_mathml(of), name_mathml(by)
    slope = f"<mfrac><mrow><mo>∂</mo>{above}</mrow><mrow><mo>∂</mo>{below}</mrow></mfrac>"
    return f"<msub>{slope}<mtext>direct</mtext></msub>" if direct else slope


def _name(letters: str, below: str) -> str:
    written = f"<mi>{escape(letters)}</mi>"
    if not below:
        return written
    kind = "mn" if below.isdecimal() else "mi"
    return f"<msub>{written}<{kind}>{escape(below)}</{kind}></msub>"
