"""Formulas as trees, with terms and factors in the order in which they were written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple


@dataclass(frozen=True, eq=False)
class Number:
    """A plain number of any kind."""

    value: Any

    # For arrays, `==` has no single answer.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return False
        if is_foldable(self.value) and is_foldable(other.value):
            return bool(self.value == other.value)
        return self.value is other.value

    def __hash__(self) -> int:
        return hash(self.value) if is_foldable(self.value) else id(self.value)


class Symbol(NamedTuple):
    """A Value, by its name."""

    name: str


class Derivative(NamedTuple):
    """∂of/∂by; if it is `direct`, without the paths through other named Values."""

    of: str
    by: str
    direct: bool = False


class Operation(NamedTuple):
    """An operation on formulas, by the name of its rule.

    "sum" and "mul" have any number of operands, and a subtracted term is a "neg" within a
    "sum". A comparison is named by its sign, such as "<". An "if" is a formula together with
    the comparison under which it holds.

    >>> Operation("sum", (Symbol("x"), Operation("neg", (Number(1),))))  # x − 1
    Operation(name='sum', operands=(Symbol(name='x'), Operation(name='neg', ...)))
    """

    name: str
    operands: tuple["Formula", ...]


Formula = Number | Symbol | Derivative | Operation

# Stands for terms of a sum that are not given.
ELLIPSIS = Symbol("…")


def is_foldable(number: Any) -> bool:
    """Whether a number may be combined with others within a formula: it is real, and a scalar."""
    return type(number) in (int, float, Fraction)


def is_number(formula: Formula, value: int) -> bool:
    """Whether a formula is this plain number."""
    return formula == Number(value)


def operands_of(name: str, formula: Formula) -> tuple[Formula, ...]:
    """The terms of a "sum" or the factors of a "mul"; any other formula is returned alone."""
    is_such = isinstance(formula, Operation) and formula.name == name
    return formula.operands if is_such else (formula,)  # type: ignore[union-attr]


def negative(formula: Formula) -> Operation:
    """Minus the formula."""
    return Operation("neg", (formula,))


def product_of(factors: list[Formula]) -> Formula:
    """The product as it stands: a single factor stays as it is, and no factors give 1.

    >>> product_of([Number(3)])
    Number(value=3)
    """
    return Operation("mul", tuple(factors)) if len(factors) > 1 else (*factors, Number(1))[0]


def sum_of(terms: list[Formula]) -> Formula:
    """The sum as it stands: a single term stays as it is, and no terms give 0."""
    return Operation("sum", tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]


def mapped(function: Callable[[Formula], Formula], formula: Formula) -> Formula:
    """The formula with `function` applied to each of its operands."""
    if not isinstance(formula, Operation):
        return formula
    return Operation(formula.name, tuple(map(function, formula.operands)))


def replaced(formula: Formula, replacement: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with each part replaced by what `replacement` gives for it, unless that is None.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> replaced(Operation("mul", (x, y)), lambda part: Number(3) if part == x else None)
    Operation(name='mul', operands=(Number(value=3), Symbol(name='y')))
    """
    other = replacement(formula)
    return other if other is not None else mapped(lambda x: replaced(x, replacement), formula)


def with_numbers(formula: Formula, known: Mapping[Formula, Number]) -> Formula:
    """The formula with numbers in place of the symbols and derivatives that are known."""
    # An operation is not looked up, since hashing it takes as long as walking all of it.
    return replaced(formula, lambda x: None if isinstance(x, Operation) else known.get(x))


def has_derivative(formula: Formula) -> bool:
    """Whether a formula contains a derivative."""
    if isinstance(formula, Operation):
        return any(map(has_derivative, formula.operands))
    return isinstance(formula, Derivative)


def size_of(formula: Formula) -> int:
    """How many names and numbers a formula is made of."""
    size, waiting = 0, [formula]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Operation):
            waiting += part.operands[:1] if part.name == "if" else part.operands
        else:
            size += 1
    return size


# For each relation, which of less (<), equal (=) and more (>) it allows.
_ALLOWED = {"<": "<", "≤": "<=", "=": "=", "≥": "=>", ">": ">"}
_RELATION = {allowed: relation for relation, allowed in _ALLOWED.items()}
_SWAPPED = str.maketrans("<>≤≥", "><≥≤")


def conditions_of(formula: Formula) -> list[Operation]:
    """The conditions under which a formula holds, in order, with one for each pair of sides.

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
            # A condition between two plain numbers always holds.
            if not all(isinstance(side, Number) for side in sides):
                yield condition
    for operand in formula.operands:
        yield from _conditions(operand)
