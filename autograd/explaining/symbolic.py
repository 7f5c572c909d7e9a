"""Numbers that know the formula that gave them: a rule run over them gives its formulas.

They carry the plain number too, so that a rule with branches takes the same branch as before, and
the formula keeps the condition.
"""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from autograd.explaining.formulas import (
    Formula,
    Number,
    Operation,
    Symbol,
    negative,
    operands_of,
    product_of,
)
from autograd.notation import is_zero
from autograd.numbers import elementary
from autograd.numbers.kinds import Kind, Rank, register
from autograd.primitive import PRIMITIVES, SLOPES

Function = Callable[..., Any]


def _symbolically(compute: Function, formula: Function) -> Callable[..., "Symbolic"]:
    """A function that does to numbers what `compute` does, and to formulas what `formula` does."""

    def function(*operands: Any) -> "Symbolic":
        known = [symbolic(operand) for operand in operands]
        number = compute(*[x.number for x in known])
        return Symbolic(formula(*[x.formula for x in known]), number)

    return function


def _operation(name: str) -> Function:
    return lambda *operands: Operation(name, operands)


def _operators(name: str, formula: Function) -> tuple[Function, Function]:
    """The methods `x * y` and `y * x` of a primitive."""
    function = _symbolically(_by_ieee(name), formula)
    return function, lambda y, x: function(x, y)


def _by_ieee(name: str) -> Function:
    return lambda *numbers: PRIMITIVES[name].evaluate(numbers)[0]


def _product(x: Formula, y: Formula) -> Operation:
    return Operation("mul", (*operands_of("mul", x), *operands_of("mul", y)))


def _comparison(compare: Function, relation: str | None, opposite: str | None) -> Function:
    """A method that compares, and notes `relation` if that holds, or else `opposite`."""

    def compared(x: "Symbolic", other: Any) -> "Condition":
        y = symbolic(other)
        if y is x:
            return Condition(compare(x.number, x.number), is_silent=True)
        when_true, when_false = (
            Operation(sign, (x.formula, y.formula)) if sign else None
            for sign in (relation, opposite)
        )
        return Condition(compare(x.number, y.number), when_true, when_false)

    return compared


class Symbolic:
    """A number together with the formula that gave it."""

    __slots__ = ("_formula", "number")

    # These make NumPy and SymPy leave `array * symbolic` to this class.
    __array_ufunc__ = None
    _op_priority = 2000

    def __init__(self, formula: Any, number: Any):
        self._formula = formula
        self.number = number

    @property
    def formula(self) -> Formula:
        """The formula. Sums are put together here: doing so at each term would be quadratic."""
        if isinstance(self._formula, _Addition):
            terms: list[Formula] = []
            waiting = [self._formula]
            while waiting:
                part = waiting.pop()
                if isinstance(part, _Addition):
                    waiting += (part.last._formula, part.first._formula)
                else:
                    terms += operands_of("sum", part)
            self._formula = Operation("sum", tuple(terms))
        return self._formula  # type: ignore[no-any-return]

    def __add__(self, other: Any) -> "Symbolic":
        term = symbolic(other)
        if _adds_nothing(self):
            return term
        return self if _adds_nothing(term) else _added(self, term)

    def __radd__(self, other: Any) -> Any:
        return symbolic(other) + self

    def __sub__(self, other: Any) -> "Symbolic":
        term = symbolic(other)
        return self if _adds_nothing(term) else _added(self, -term)

    def __rsub__(self, other: Any) -> "Symbolic":
        return symbolic(other) - self

    __mul__, __rmul__ = _operators("mul", _product)
    __truediv__, __rtruediv__ = _operators("div", _operation("div"))
    __mod__, __rmod__ = _operators("mod", _operation("mod"))
    __floordiv__, __rfloordiv__ = _operators(
        "floordiv", lambda x, y: Operation("floor", (Operation("div", (x, y)),))
    )
    __neg__ = _symbolically(operator.neg, negative)

    def __pow__(self, other: Any) -> Any:
        return elementary.pow(self, other)

    def __rpow__(self, other: Any) -> Any:
        return elementary.pow(other, self)

    def __abs__(self) -> Any:
        return elementary.abs(self)

    __lt__ = _comparison(operator.lt, "<", "≥")
    __le__ = _comparison(operator.le, "≤", ">")
    __gt__ = _comparison(operator.gt, ">", "≤")
    __ge__ = _comparison(operator.ge, "≥", "<")
    # It goes without saying that two numbers differ, so no formula mentions it.
    __eq__ = _comparison(operator.eq, "=", None)
    __ne__ = _comparison(operator.ne, None, "=")

    __hash__ = None  # type: ignore[assignment]


class _Addition(NamedTuple):
    """A sum that is not put together yet."""

    first: Symbolic
    last: Symbolic


@dataclass(frozen=True)
class Condition:
    """Whether something holds, and the comparison that says so; None if it need not be said.

    A silent condition, such as that a number is not nan, is never printed.
    """

    holds: Any
    when_true: Operation | None = None
    when_false: Operation | None = None
    is_silent: bool = False

    def __and__(self, other: "Condition") -> "Condition":
        holds = self.holds & other.holds
        if self.is_silent or other.is_silent:
            return Condition(holds, is_silent=True)
        when_false = None if self.holds else self.when_false
        return Condition(holds, self.when_true or other.when_true, when_false)

    def __bool__(self) -> bool:
        return bool(self.holds)


def symbolic(number: Any) -> Symbolic:
    """A plain number that knows its formula; that of math.pi is π, and of twice it 2 · π."""
    if isinstance(number, Symbolic):
        return number
    if type(number) is float and number in _TIMES_PI:
        return Symbolic(product_of([*_TIMES_PI[number], Symbol("π")]), number)
    return Symbolic(Number(number), number)


_TIMES_PI = {math.pi: [], 2 * math.pi: [Number(2)], 4 * math.pi: [Number(4)]}


def _adds_nothing(x: Symbolic) -> bool:
    return isinstance(x._formula, Number) and is_zero(x.number)


def _added(x: Symbolic, y: Symbolic) -> Symbolic:
    return Symbolic(_Addition(x, y), _by_ieee("add")(x.number, y.number))


class SymbolicKind(Kind):
    """What rules do with symbolic numbers: to the number and to its formula alike."""

    rank = Rank.FORMULA

    floordiv = Kind.floordiv
    pow = staticmethod(_symbolically(elementary.pow, _operation("pow")))
    abs = staticmethod(_symbolically(elementary.abs, _operation("abs")))
    lower_power = staticmethod(
        _symbolically(
            elementary.lower_power,
            lambda x, y: Operation("pow", (x, Operation("sum", (y, negative(Number(1)))))),
        )
    )

    def one(self, x: Symbolic) -> Symbolic:
        return Symbolic(Number(1), elementary.one(x.number))

    def one_or_nan(self, x: Symbolic) -> Symbolic:
        return Symbolic(Number(1), elementary.one_or_nan(x.number))

    def zero(self, x: Symbolic) -> Symbolic:
        return Symbolic(Number(0), elementary.zero(x.number))

    def pi(self, x: Symbolic) -> Symbolic:
        return Symbolic(Symbol("π"), elementary.pi(x.number))

    def where(self, condition: Any, x: Any, y: Any) -> Symbolic:
        x, y = symbolic(x), symbolic(y)
        if not isinstance(condition, Condition):
            condition = Condition(condition)
        if condition.is_silent:
            return Symbolic(y.formula, elementary.where(condition.holds, x.number, y.number))
        if getattr(condition.holds, "shape", ()):
            reason = condition.when_true or Symbol("condition")
            formula = Operation("where", (reason, x.formula, y.formula))
            return Symbolic(formula, elementary.where(condition.holds, x.number, y.number))
        chosen: Symbolic = x if condition.holds else y
        decided = condition.when_true if condition.holds else condition.when_false
        if decided is None:
            return chosen
        return Symbolic(Operation("if", (chosen.formula, decided)), chosen.number)

    def choose(self, index: Any, items: Sequence[Any]) -> Any:
        if getattr(index, "shape", ()):
            raise TypeError("select() by lanes has no formula")
        return items[index]


def _slope(name: str) -> Function:
    """A slope by its name: its formula as `Kind` has it, its number as `elementary` computes it."""

    def slope(*operands: Any) -> Symbolic:
        on_paper = getattr(Kind, name)(_KIND, *operands)
        number = getattr(elementary, name)(*[symbolic(x).number for x in operands])
        return Symbolic(on_paper.formula, number)

    return slope


_KIND = SymbolicKind()
for _name in filter(vars(Kind).__contains__, SLOPES):
    setattr(SymbolicKind, _name, staticmethod(_slope(_name)))
for _name, _function in vars(elementary).items():
    if getattr(_function, "__module__", None) == elementary.__name__ and not (
        isinstance(_function, type) or _name.startswith("_") or _name in vars(SymbolicKind)
    ):
        setattr(SymbolicKind, _name, staticmethod(_symbolically(_function, _operation(_name))))

register(Symbolic, _KIND)
register(Condition, _KIND)
