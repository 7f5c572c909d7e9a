"""Numbers that write down what is done to them: a rule run over them gives its formulas.

They carry the plain number too, so that a rule that branches takes the branch that was
taken, and the condition is kept in the formula.
"""

from collections.abc import Callable, Sequence
from typing import Any

from autograd import elementary
from autograd.explaining.expressions import (
    Call,
    Case,
    Comparison,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from autograd.kinds import Function, Kind, register
from autograd.primitive import PRIMITIVES


class Written:
    """A number together with the formula that gave it."""

    __slots__ = ("expression", "number")

    # NumPy and SymPy then leave `array * written` to it.
    __array_ufunc__ = None
    _op_priority = 2000

    def __init__(self, expression: Any, number: Any):
        self.expression = expression
        self.number = number

    def __add__(self, other: Any) -> "Written":
        term = written(other)
        if _is_zero(self):
            return term
        return self if _is_zero(term) else _computed(_added(self, term), "add", self, term)

    def __sub__(self, other: Any) -> "Written":
        other = written(other)
        negative = Written(Negative(other.expression), None)
        return _computed(_added(self, negative), "sub", self, other)

    def __mul__(self, other: Any) -> "Written":
        other = written(other)
        factors = (*_factors(self.expression), *_factors(other.expression))
        return _computed(Product(factors), "mul", self, other)

    def __truediv__(self, other: Any) -> "Written":
        other = written(other)
        return _computed(Quotient(self.expression, other.expression), "div", self, other)

    def __mod__(self, other: Any) -> "Written":
        other = written(other)
        return _computed(Call("mod", (self.expression, other.expression)), "mod", self, other)

    def __floordiv__(self, other: Any) -> "Written":
        return elementary.floor_divide(self, other)  # type: ignore[no-any-return]

    def __pow__(self, other: Any) -> "Written":
        return elementary.power(self, other)  # type: ignore[no-any-return]

    def __radd__(self, other: Any) -> "Written":
        return written(other) + self

    def __rsub__(self, other: Any) -> "Written":
        return written(other) - self

    def __rmul__(self, other: Any) -> "Written":
        return written(other) * self

    def __rtruediv__(self, other: Any) -> "Written":
        return written(other) / self

    def __rmod__(self, other: Any) -> "Written":
        return written(other) % self

    def __rfloordiv__(self, other: Any) -> "Written":
        return written(other) // self

    def __rpow__(self, other: Any) -> "Written":
        return written(other) ** self

    def __neg__(self) -> "Written":
        return Written(Negative(self.expression), -self.number)

    def __abs__(self) -> "Written":
        return elementary.absolute(self)  # type: ignore[no-any-return]

    def __lt__(self, other: Any) -> "Condition":
        return _compared(self, "<", "≥", other, lambda x, y: x < y)

    def __le__(self, other: Any) -> "Condition":
        return _compared(self, "≤", ">", other, lambda x, y: x <= y)

    def __gt__(self, other: Any) -> "Condition":
        return _compared(self, ">", "≤", other, lambda x, y: x > y)

    def __ge__(self, other: Any) -> "Condition":
        return _compared(self, "≥", "<", other, lambda x, y: x >= y)

    # That two numbers differ goes without saying, so no formula need mention it.
    def __eq__(self, other: Any) -> "Condition":  # type: ignore[override]
        return _compared(self, "=", None, other, lambda x, y: x == y)

    def __ne__(self, other: Any) -> "Condition":  # type: ignore[override]
        return _compared(self, None, "=", other, lambda x, y: x != y)

    __hash__ = None  # type: ignore[assignment]


class Condition:
    """Whether something holds, and the comparison that says so, None for what is usual."""

    def __init__(self, holds: Any, when_true: Comparison | None, when_false: Comparison | None):
        self.holds = holds
        self.when_true = when_true
        self.when_false = when_false

    def __and__(self, other: "Condition") -> "Condition":
        both = Condition(self.holds & other.holds, self.when_true, self.when_false)
        both.when_true = self.when_true or other.when_true
        both.when_false = None if self.holds else self.when_false
        return both

    def __bool__(self) -> bool:
        return bool(self.holds)


def written(number: Any) -> Written:
    """A plain number as one that writes down what is done to it."""
    return number if isinstance(number, Written) else Written(Number(number), number)


def _is_zero(x: Written) -> bool:
    # The int 0, with which a rule starts a sum.
    return isinstance(x.expression, Number) and type(x.number) is int and x.number == 0


def _terms(expression: Any) -> tuple[Any, ...]:
    return expression.terms if isinstance(expression, Sum) else (expression,)


def _factors(expression: Any) -> tuple[Any, ...]:
    return expression.factors if isinstance(expression, Product) else (expression,)


def _added(x: Written, y: Written) -> Sum:
    return Sum((*_terms(x.expression), *_terms(y.expression)))


def _computed(expression: Any, name: str, *operands: Written) -> Written:
    """The formula with its number, which the primitive of that name gives by IEEE 754."""
    number = PRIMITIVES[name].evaluate([operand.number for operand in operands])[0]
    return Written(expression, number)


def _compared(
    x: Written,
    relation: str | None,
    opposite: str | None,
    other: Any,
    compare: Callable[[Any, Any], Any],
) -> Condition:
    y = written(other)

    def comparison(sign: str | None) -> Comparison | None:
        return Comparison(x.expression, sign, y.expression) if sign else None

    return Condition(compare(x.number, y.number), comparison(relation), comparison(opposite))


class WrittenKind(Kind):
    rank = 8

    def one(self, x: Written) -> Written:
        return Written(Number(1), elementary.one(x.number))

    def pi(self, x: Written) -> Written:
        return Written(Symbol("π"), elementary.pi(x.number))

    def power(self, x: Any, y: Any) -> Written:
        x, y = written(x), written(y)
        return Written(Power(x.expression, y.expression), elementary.power(x.number, y.number))

    def floor_divide(self, x: Any, y: Any) -> Written:
        x, y = written(x), written(y)
        quotient = Quotient(x.expression, y.expression)
        return _computed(Call("floor", (quotient,)), "floordiv", x, y)

    def where(self, condition: Any, x: Any, y: Any) -> Written:
        holds = condition.holds if isinstance(condition, Condition) else condition
        if getattr(holds, "shape", ()):
            return self._where_of_lanes(condition, written(x), written(y))
        chosen = written(x if holds else y)
        if not isinstance(condition, Condition):
            return chosen
        reason = condition.when_true if holds else condition.when_false
        return Written(Case(chosen.expression, reason), chosen.number) if reason else chosen

    def _where_of_lanes(self, condition: Any, x: Written, y: Written) -> Written:
        is_known = isinstance(condition, Condition) and condition.when_true is not None
        reason = condition.when_true if is_known else Symbol("condition")
        holds = condition.holds if isinstance(condition, Condition) else condition
        number = elementary.where(holds, x.number, y.number)
        return Written(Call("where", (reason, x.expression, y.expression)), number)

    def choose(self, index: Any, items: Sequence[Any]) -> Any:
        if getattr(index, "shape", ()):
            raise TypeError("select() by lanes has no formula")
        return items[index]


def _named(name: str) -> Function:
    """The elementary function of that name, written as a call."""

    def function(self: WrittenKind, *operands: Any) -> Written:
        numbers = [written(operand) for operand in operands]
        result = getattr(elementary, name)(*[x.number for x in numbers])
        return Written(Call(name, tuple(x.expression for x in numbers)), result)

    return function


for _name, _function in vars(elementary).items():
    if getattr(_function, "__module__", None) == elementary.__name__ and not (
        isinstance(_function, type) or _name.startswith("_") or _name in vars(WrittenKind)
    ):
        setattr(WrittenKind, _name, _named(_name))

register(Written, WrittenKind())
register(Condition, WrittenKind())
