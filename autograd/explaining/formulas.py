"""Formulas as trees, with terms and factors in the order in which they were written.

No derivative is written down: a rule run over `Symbolic` numbers gives its formulas. They carry the
plain number too, so that a rule with branches takes the same branch as before, and the formula
keeps the condition.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import FunctionType
from typing import Any, NamedTuple, TypeVar

from autograd.numbers import elementary
from autograd.numbers.kinds import Kind, Rank, register
from autograd.primitive import PRIMITIVES, SLOPES, Primitive

T = TypeVar("T")
Function = Callable[..., Any]


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


Leaf = Number | Symbol | Derivative
Formula = Leaf | Operation

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


def worked_out(
    formula: Formula, leaf: Callable[[Leaf], T], operation: Callable[[str, list[T]], T]
) -> T:
    """What a formula gives, over numbers of any kind.

    Args:
        formula: the formula; of an "if" the conditions are left out.
        leaf: gives what stands for a number, a name or a derivative.
        operation: gives the result of an operation, by its name and its operands.

    >>> product = Operation("mul", (Number(2), Number(3)))
    >>> worked_out(product, lambda leaf: leaf.value, lambda name, factors: (name, factors))
    ('mul', [2, 3])
    """
    if not isinstance(formula, Operation):
        return leaf(formula)
    if formula.name == "if":
        return worked_out(formula.operands[0], leaf, operation)
    return operation(formula.name, [worked_out(x, leaf, operation) for x in formula.operands])


def leaves_of(formula: Formula) -> Iterator[Leaf]:
    """The names and numbers that a formula is made of, from left to right, without conditions."""
    waiting = [formula]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Operation):
            yield part
        else:
            waiting += part.operands[:1] if part.name == "if" else part.operands[::-1]


def size_of(formula: Formula) -> int:
    """How many names and numbers a formula is made of."""
    return len(list(leaves_of(formula)))


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


# Numbers that know their formula


def _symbolically(compute: Function, write: Function) -> Callable[..., "Symbolic"]:
    """A function that does to numbers what `compute` does, and to formulas what `write` does."""

    def function(*operands: Any) -> "Symbolic":
        known = [symbolic(operand) for operand in operands]
        number = compute(*[x.number for x in known])
        return Symbolic(write(*[x.formula for x in known]), number)

    return function


def _operation(name: str) -> Function:
    return lambda *operands: Operation(name, operands)


def _by_ieee(primitive: Primitive) -> Function:
    """The result of a primitive, for floats by IEEE 754."""
    return lambda *numbers: primitive.evaluate(numbers)[0]


def _operators(name: str, write: Function) -> tuple[Function, Function]:
    """The methods `x * y` and `y * x` of a primitive."""
    function = _symbolically(_by_ieee(PRIMITIVES[name]), write)
    return function, _swapped(function)


def _swapped(function: Function) -> Function:
    return lambda y, x: function(x, y)


_added = _by_ieee(PRIMITIVES["add"])


def _product(x: Formula, y: Formula) -> Operation:
    return Operation("mul", (*operands_of("mul", x), *operands_of("mul", y)))


_OPPOSITE = {"<": "≥", "≤": ">", "=": "≠", "≠": "=", "≥": "<", ">": "≤"}


def _comparison(compare: Function, relation: str) -> Function:
    """A method that compares, and notes the relation that holds."""

    def compared(x: "Symbolic", other: Any) -> "Condition":
        y = symbolic(other)
        holds = compare(x.number, y.number)
        if y is x:
            return Condition(holds, is_silent=True)
        sign = relation if _has_lanes(holds) or holds else _OPPOSITE[relation]
        # That two numbers differ goes without saying, so no formula mentions it.
        return Condition(holds, Operation(sign, (x.formula, y.formula)) if sign != "≠" else None)

    return compared


def _has_lanes(number: Any) -> bool:
    return bool(getattr(number, "shape", ()))


class Symbolic:
    """A number together with the formula that gave it."""

    __slots__ = ("_formula", "number")

    # These make NumPy and SymPy leave `array * symbolic` to this class.
    __array_ufunc__ = None
    _op_priority = 2000

    def __init__(self, formula: "Formula | _Addition", number: Any):
        self._formula = formula
        self.number = number

    @property
    def formula(self) -> Formula:
        """The formula. A sum is put together here: to copy it at each term would be quadratic."""
        if isinstance(self._formula, _Addition):
            terms: list[Formula] = []
            waiting: list[Formula | _Addition] = [self._formula]
            while waiting:
                part = waiting.pop()
                if isinstance(part, _Addition):
                    waiting += (part.last._formula, part.first._formula)
                else:
                    terms += operands_of("sum", part)
            self._formula = sum_of(terms)
        return self._formula

    @property
    def adds_nothing(self) -> bool:
        """Whether it is the plain number 0, which no sum mentions."""
        is_plain = isinstance(self._formula, Number) and type(self.number) in (int, float)
        return is_plain and bool(self.number == 0)

    def __add__(self, other: Any) -> "Symbolic":
        term = symbolic(other)
        if self.adds_nothing:
            return term
        if term.adds_nothing:
            return self
        return self._plus(term)

    def _plus(self, term: "Symbolic") -> "Symbolic":
        return Symbolic(_Addition(self, term), _added(self.number, term.number))

    def __radd__(self, other: Any) -> "Symbolic":
        return symbolic(other) + self

    def __sub__(self, other: Any) -> "Symbolic":
        term = symbolic(other)
        return self if term.adds_nothing else self._plus(-term)

    def __rsub__(self, other: Any) -> "Symbolic":
        return symbolic(other) - self

    __mul__, __rmul__ = _operators("mul", _product)
    __truediv__, __rtruediv__ = _operators("div", _operation("div"))
    __mod__, __rmod__ = _operators("mod", _operation("mod"))
    __floordiv__, __rfloordiv__ = _operators(
        "floordiv", lambda x, y: Operation("floor", (Operation("div", (x, y)),))
    )
    __pow__ = _symbolically(elementary.pow, _operation("pow"))
    __rpow__ = _swapped(__pow__)
    __neg__ = _symbolically(operator.neg, negative)
    __abs__ = _symbolically(elementary.abs, _operation("abs"))

    __lt__ = _comparison(operator.lt, "<")
    __le__ = _comparison(operator.le, "≤")
    __gt__ = _comparison(operator.gt, ">")
    __ge__ = _comparison(operator.ge, "≥")
    __eq__ = _comparison(operator.eq, "=")
    __ne__ = _comparison(operator.ne, "≠")

    __hash__ = None  # type: ignore[assignment]


class _Addition(NamedTuple):
    """A sum whose terms are not put together yet."""

    first: Symbolic
    last: Symbolic


@dataclass(frozen=True)
class Condition:
    """Whether something holds, and the relation that does; None if it need not be said.

    In lanes it is the relation that was asked for. A silent condition, such as that a number is
    not nan, is never printed.
    """

    holds: Any
    relation: Operation | None = None
    is_silent: bool = False

    def __and__(self, other: "Condition") -> "Condition":
        holds = self.holds & other.holds
        if self.is_silent or other.is_silent:
            return Condition(holds, is_silent=True)
        if _has_lanes(holds) or holds:
            return Condition(holds, self.relation or other.relation)
        return Condition(holds, None if self.holds else self.relation)


# These floats are written as π and multiples of it, by what π is multiplied by.
_TIMES_PI = {math.pi: [], 2 * math.pi: [Number(2)], 4 * math.pi: [Number(4)]}


def symbolic(number: Any) -> Symbolic:
    """A plain number that knows its formula; that of math.pi is π, and of twice it 2 · π."""
    if isinstance(number, Symbolic):
        return number
    if type(number) is float and number in _TIMES_PI:
        return Symbolic(product_of([*_TIMES_PI[number], Symbol("π")]), number)
    return Symbolic(Number(number), number)


class SymbolicKind(Kind):
    """What rules do with symbolic numbers: to the number and to its formula alike."""

    rank = Rank.FORMULA

    floordiv = Kind.floordiv
    one = staticmethod(_symbolically(elementary.one, lambda x: Number(1)))
    one_or_nan = staticmethod(_symbolically(elementary.one_or_nan, lambda x: Number(1)))
    zero = staticmethod(_symbolically(elementary.zero, lambda x: Number(0)))
    pi = staticmethod(_symbolically(elementary.pi, lambda x: Symbol("π")))
    lower_power = staticmethod(
        _symbolically(
            elementary.lower_power,
            lambda x, y: Operation("pow", (x, sum_of([y, negative(Number(1))]))),
        )
    )

    def where(self, condition: Any, x: Any, y: Any) -> Symbolic:
        x, y = symbolic(x), symbolic(y)
        if not isinstance(condition, Condition):
            condition = Condition(condition)
        number = elementary.where(condition.holds, x.number, y.number)
        if condition.is_silent:
            return Symbolic(y.formula, number)
        if _has_lanes(condition.holds):
            operands = (condition.relation or Symbol("condition"), x.formula, y.formula)
            return Symbolic(Operation("where", operands), number)
        chosen: Symbolic = x if condition.holds else y
        if condition.relation is None:
            return chosen
        return Symbolic(Operation("if", (chosen.formula, condition.relation)), number)

    def choose(self, index: Any, items: Sequence[Any]) -> Any:
        if _has_lanes(index):
            raise TypeError("select() by lanes has no formula")
        return items[index]


def _slope(name: str) -> Function:
    """A slope by its name: its formula as `Kind` has it on paper, its number by its own rule."""
    on_paper, compute = getattr(Kind, name), _by_ieee(SLOPES[name])

    def slope(*operands: Any) -> Symbolic:
        number = compute(*[symbolic(x).number for x in operands])
        return Symbolic(on_paper(_KIND, *operands).formula, number)

    return slope


_KIND = SymbolicKind()
for _name, _function in vars(elementary).items():
    _is_own = isinstance(_function, FunctionType) and _function.__module__ == elementary.__name__
    if _is_own and _name[0] != "_" and _name not in vars(SymbolicKind):
        _is_slope = _name in SLOPES and _name in vars(Kind)
        _made = _slope(_name) if _is_slope else _symbolically(_function, _operation(_name))
        setattr(SymbolicKind, _name, staticmethod(_made))

register(Symbolic, _KIND)
register(Condition, _KIND)
