"""Formulas as trees, in the order in which they were written; the printers read them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, eq=False)
class Number:
    """A plain number of any kind."""

    value: Any

    # Arrays have no single answer to `==`.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return False
        if is_foldable(self.value) and is_foldable(other.value):
            return bool(self.value == other.value)
        return self.value is other.value

    def __hash__(self) -> int:
        return hash(self.value) if is_foldable(self.value) else id(self.value)


@dataclass(frozen=True)
class Symbol:
    """A Value, by its name."""

    name: str


@dataclass(frozen=True)
class Derivative:
    """∂of/∂by; `direct` leaves out the ways that lead through other named Values."""

    of: str
    by: str
    direct: bool = False


@dataclass(frozen=True)
class Sum:
    """The sum of its terms; a term that is taken off is Negative."""

    terms: tuple["Expression", ...]


@dataclass(frozen=True)
class Product:
    """The product of its factors."""

    factors: tuple["Expression", ...]


@dataclass(frozen=True)
class Negative:
    """Minus the operand."""

    operand: "Expression"


@dataclass(frozen=True)
class Quotient:
    """The dividend over the divisor."""

    dividend: "Expression"
    divisor: "Expression"


@dataclass(frozen=True)
class Power:
    """The base to the exponent."""

    base: "Expression"
    exponent: "Expression"


@dataclass(frozen=True)
class Call:
    """A function by its name, of its operands."""

    name: str
    operands: tuple["Expression", ...]


@dataclass(frozen=True)
class Comparison:
    """A condition, such as x > 0."""

    left: "Expression"
    relation: str
    right: "Expression"


@dataclass(frozen=True)
class Case:
    """A formula that holds because a condition does."""

    chosen: "Expression"
    condition: Comparison


Arithmetic = Sum | Product | Negative | Quotient | Power
Expression = Number | Symbol | Derivative | Arithmetic | Call | Comparison | Case


def is_foldable(number: Any) -> bool:
    """Whether a number may be worked out within a formula: real, and one number."""
    return type(number) in (int, float, Fraction)


def is_number(expression: Any, value: int) -> bool:
    """Whether an expression is this plain number."""
    return bool(expression == Number(value))


def terms_of(expression: Any) -> tuple[Any, ...]:
    """The terms of a sum; of anything else, itself alone."""
    return expression.terms if isinstance(expression, Sum) else (expression,)


def factors_of(expression: Any) -> tuple[Any, ...]:
    """The factors of a product; of anything else, itself alone."""
    return expression.factors if isinstance(expression, Product) else (expression,)


def operands_of(expression: Any) -> tuple[Any, ...]:
    """The expressions directly below."""
    found: list[Any] = []
    mapped(found.append, expression)
    return tuple(found)


def mapped(function: Callable[[Any], Any], expression: Any) -> Any:
    """The expression with `function` applied to each of those directly below."""
    match expression:
        case Sum(operands) | Product(operands):
            return type(expression)(tuple(map(function, operands)))
        case Call(name, operands):
            return Call(name, tuple(map(function, operands)))
        case Comparison(left, relation, right):
            return Comparison(function(left), relation, function(right))
        case Negative(first):
            return Negative(function(first))
        case Quotient(first, last) | Power(first, last) | Case(first, last):
            return type(expression)(function(first), function(last))
    return expression


def replaced(expression: Any, replacement: Callable[[Any], Any]) -> Any:
    """The expression with each part replaced for which `replacement` gives another, not None.

    >>> replaced(Sum((Symbol("x"), Number(1))), lambda e: Number(3) if e == Symbol("x") else None)
    Sum(terms=(Number(value=3), Number(value=1)))
    """
    found = replacement(expression)
    return (
        found if found is not None else mapped(lambda part: replaced(part, replacement), expression)
    )
