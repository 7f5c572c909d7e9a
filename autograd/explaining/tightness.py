"""What the printers of formulas share: where parentheses are needed, and sums that are cut."""

from collections.abc import Callable
from typing import Any

from autograd.explaining.expressions import Negative, Product, Symbol

# How tightly an expression holds together; a looser one within it is put in parentheses.
LOOSE, SIGNED, PRODUCT, POWER, ATOM = range(5)

# Longer sums are cut: the first terms are given, and the last.
_MOST_TERMS, _FIRST_TERMS = 8, 3

# Writes an expression, in parentheses if it holds less tightly together than is asked for.
Within = Callable[[Any, int], str]


def product(factors: tuple[Any, ...], within: Within, dot: str, first: int = SIGNED) -> str:
    """The factors with dots between them; only the first may have a sign."""
    tightness = (first, *(POWER for _ in factors[1:]))
    return f" {dot} ".join(map(within, factors, tightness))


def total(terms: tuple[Any, ...], within: Within, minus: str, dot: str) -> str:
    """The terms with signs between them."""
    if len(terms) > _MOST_TERMS:
        terms = (*terms[:_FIRST_TERMS], Symbol("…"), terms[-1])
    written = within(terms[0], SIGNED)
    for term in terms[1:]:
        sign, operand = (minus, term.operand) if isinstance(term, Negative) else ("+", term)
        if isinstance(operand, Product):
            written += f" {sign} {product(operand.factors, within, dot, first=POWER)}"
        else:
            written += f" {sign} {within(operand, PRODUCT)}"
    return written
