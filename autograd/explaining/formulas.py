"""Formulas as trees, in the order in which they were written."""

from collections.abc import Callable, Iterator, Mapping
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
class Operation:
    """An operation on formulas, by the name of its rule.

    "sum" and "mul" have any number of operands, and what is subtracted is a "neg" within a
    "sum". A comparison is named by its sign, such as "<". An "if" is a formula together with
    the comparison because of which it holds.

    >>> Operation("sum", (Symbol("x"), Operation("neg", (Number(1),))))  # x − 1
    Operation(name='sum', operands=(Symbol(name='x'), Operation(name='neg', ...)))
    """

    name: str
    operands: tuple["Formula", ...]


Formula = Number | Symbol | Derivative | Operation

# In a sum, for terms that are not given.
ELLIPSIS = Symbol("…")


def is_foldable(number: Any) -> bool:
    """Whether a number may be worked out within a formula: real, and one number."""
    return type(number) in (int, float, Fraction)


def is_number(formula: Formula, value: int) -> bool:
    """Whether a formula is this plain number."""
    return formula == Number(value)


def operands_of(name: str, formula: Formula) -> tuple[Formula, ...]:
    """The terms of a "sum", the factors of a "mul"; of any other formula, itself alone."""
    is_such = isinstance(formula, Operation) and formula.name == name
    return formula.operands if is_such else (formula,)  # type: ignore[union-attr]


def negative(formula: Formula) -> Operation:
    """Minus the formula."""
    return Operation("neg", (formula,))


def product_of(factors: list[Formula]) -> Formula:
    """The product as it stands: of one factor that factor, of none 1.

    >>> product_of([Number(3)])
    Number(value=3)
    """
    return Operation("mul", tuple(factors)) if len(factors) > 1 else (*factors, Number(1))[0]


def sum_of(terms: list[Formula]) -> Formula:
    """The sum as it stands: of one term that term, of none 0."""
    return Operation("sum", tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]


def mapped(function: Callable[[Formula], Formula], formula: Formula) -> Formula:
    """The formula with `function` applied to each of its operands."""
    if not isinstance(formula, Operation):
        return formula
    return Operation(formula.name, tuple(map(function, formula.operands)))


def replaced(formula: Formula, replacement: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with each part replaced for which `replacement` gives another, not None.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> replaced(Operation("mul", (x, y)), lambda part: Number(3) if part == x else None)
    Operation(name='mul', operands=(Number(value=3), Symbol(name='y')))
    """
    other = replacement(formula)
    return other if other is not None else mapped(lambda x: replaced(x, replacement), formula)


def with_numbers(formula: Formula, known: Mapping[Formula, Number]) -> Formula:
    """The formula with numbers in the place of the symbols and derivatives that are known."""
    # An operation is not looked up: to hash it takes as long as all that is below it.
    return replaced(formula, lambda x: None if isinstance(x, Operation) else known.get(x))


def has_derivative(formula: Formula) -> bool:
    """Whether a derivative stands in a formula."""
    if isinstance(formula, Operation):
        return any(map(has_derivative, formula.operands))
    return isinstance(formula, Derivative)


def size_of(formula: Formula) -> int:
    """How many names and numbers a formula is made of."""
    if not isinstance(formula, Operation):
        return 1
    operands = formula.operands[:1] if formula.name == "if" else formula.operands
    return sum(map(size_of, operands))


# Each relation, as those of "less", "equal" and "more" that it allows.
_ALLOWED = {"<": "<", "≤": "<=", "=": "=", "≥": "=>", ">": ">"}
_RELATION = {allowed: relation for relation, allowed in _ALLOWED.items()}
_SWAPPED = str.maketrans("<>≤≥", "><≥≤")


def conditions_of(formula: Formula) -> list[Operation]:
    """The conditions under which a formula holds, one for each pair of sides, in order.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> inner = Operation("if", (Number(1), Operation("≤", (y, x))))
    >>> conditions_of(Operation("if", (inner, Operation("≤", (x, y)))))
    [Operation(name='=', operands=(Symbol(name='x'), Symbol(name='y')))]
    """
    relations: dict[tuple[Formula, Formula], str] = {}
    for condition in _conditions(formula):
        relation, (left, right) = condition.name, condition.operands
        if (right, left) in relations:
            left, relation, right = right, relation.translate(_SWAPPED), left
        known = relations.get((left, right), relation)
        both = "".join(sign for sign in _ALLOWED[known] if sign in _ALLOWED[relation])
        relations[left, right] = _RELATION.get(both, known)
    return [Operation(relation, sides) for sides, relation in relations.items()]


def _conditions(formula: Formula) -> Iterator[Operation]:
    if not isinstance(formula, Operation):
        return
    match formula:
        case Operation("if", (_, Operation(_, sides) as condition)):
            # What holds between two plain numbers always does.
            if not all(isinstance(side, Number) for side in sides):
                yield condition
    for operand in formula.operands:
        yield from _conditions(operand)
