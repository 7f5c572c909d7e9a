"""Numbers that write down what is done to them: a rule run over them gives its formulas.

They carry the plain number too, so that a rule that branches takes the branch that was
taken, and the condition is kept in the formula.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
    factors_of,
    terms_of,
)
from autograd.numbers import elementary
from autograd.numbers.kinds import Kind
from autograd.numbers.registry import register
from autograd.primitive import PRIMITIVES, SLOPES

Operation = Callable[..., Any]


def _writing(compute: Operation, formula: Operation) -> Callable[..., "Written"]:
    """What `compute` does to numbers and `formula` to expressions, done to both at once."""

    def operation(*operands: Any) -> "Written":
        known = [written(operand) for operand in operands]
        number = compute(*[x.number for x in known])
        return Written(formula(*[x.expression for x in known]), number)

    return operation


def _operators(name: str, formula: Operation) -> tuple[Operation, Operation]:
    """The methods `x * y` and `y * x` of a primitive."""
    operation = _writing(_by_ieee(name), formula)
    return operation, lambda y, x: operation(x, y)


def _by_ieee(name: str) -> Operation:
    return lambda *numbers: PRIMITIVES[name].evaluate(numbers)[0]


def _product(x: Any, y: Any) -> Product:
    return Product((*factors_of(x), *factors_of(y)))


def _comparison(compare: Operation, relation: str | None, opposite: str | None) -> Operation:
    """The method of a comparison; its relation where it holds, and where it does not."""

    def compared(x: "Written", other: Any) -> "Condition":
        y = written(other)
        if y is x:
            return Condition(compare(x.number, x.number), is_silent=True)
        when_true, when_false = (
            Comparison(x.expression, sign, y.expression) if sign else None
            for sign in (relation, opposite)
        )
        return Condition(compare(x.number, y.number), when_true, when_false)

    return compared


class Written:
    """A number together with the formula that gave it."""

    __slots__ = ("_expression", "number")

    # NumPy and SymPy then leave `array * written` to it.
    __array_ufunc__ = None
    _op_priority = 2000

    def __init__(self, expression: Any, number: Any):
        self._expression = expression
        self.number = number

    @property
    def expression(self) -> Any:
        """The formula. A sum is put together here: to do so at each term would be quadratic."""
        if isinstance(self._expression, _Addition):
            terms: list[Any] = []
            waiting = [self._expression]
            while waiting:
                part = waiting.pop()
                if isinstance(part, _Addition):
                    waiting += (part.last._expression, part.first._expression)
                else:
                    terms += terms_of(part)
            self._expression = Sum(tuple(terms))
        return self._expression

    def __add__(self, other: Any) -> "Written":
        term = written(other)
        if _is_zero(self):
            return term
        return self if _is_zero(term) else _added(self, term)

    def __radd__(self, other: Any) -> Any:
        return written(other) + self

    def __sub__(self, other: Any) -> "Written":
        return _added(self, -written(other))

    def __rsub__(self, other: Any) -> "Written":
        return written(other) - self

    __mul__, __rmul__ = _operators("mul", _product)
    __truediv__, __rtruediv__ = _operators("div", Quotient)
    __mod__, __rmod__ = _operators("mod", lambda x, y: Call("mod", (x, y)))
    __floordiv__, __rfloordiv__ = _operators(
        "floordiv", lambda x, y: Call("floor", (Quotient(x, y),))
    )
    __neg__ = _writing(operator.neg, Negative)

    def __pow__(self, other: Any) -> Any:
        return elementary.power(self, other)

    def __rpow__(self, other: Any) -> Any:
        return elementary.power(other, self)

    def __abs__(self) -> Any:
        return elementary.absolute(self)

    __lt__ = _comparison(operator.lt, "<", "≥")
    __le__ = _comparison(operator.le, "≤", ">")
    __gt__ = _comparison(operator.gt, ">", "≤")
    __ge__ = _comparison(operator.ge, "≥", "<")
    # That two numbers differ goes without saying, so no formula need mention it.
    __eq__ = _comparison(operator.eq, "=", None)
    __ne__ = _comparison(operator.ne, None, "=")

    __hash__ = None  # type: ignore[assignment]


class _Addition(NamedTuple):
    """A sum that is not put together yet."""

    first: Written
    last: Written


@dataclass(frozen=True)
class Condition:
    """Whether something holds, and the comparison that says so, None for what is usual.

    Of a silent one, whether a number is nan, no formula speaks.
    """

    holds: Any
    when_true: Comparison | None = None
    when_false: Comparison | None = None
    is_silent: bool = False

    def __and__(self, other: "Condition") -> "Condition":
        holds = self.holds & other.holds
        if self.is_silent or other.is_silent:
            return Condition(holds, is_silent=True)
        when_false = None if self.holds else self.when_false
        return Condition(holds, self.when_true or other.when_true, when_false)

    def __bool__(self) -> bool:
        return bool(self.holds)


def written(number: Any) -> Written:
    """A plain number as one that writes down what is done to it."""
    return number if isinstance(number, Written) else Written(Number(number), number)


def _is_zero(x: Written) -> bool:
    # The int 0, with which a rule starts a sum.
    return isinstance(x._expression, Number) and type(x.number) is int and x.number == 0


def _added(x: Written, y: Written) -> Written:
    return Written(_Addition(x, y), _by_ieee("add")(x.number, y.number))


class WrittenKind(Kind):
    rank = 8

    floor_divide = Kind.floor_divide
    power = staticmethod(_writing(elementary.power, Power))
    lower_power = staticmethod(
        _writing(elementary.lower_power, lambda x, y: Power(x, Sum((y, Negative(Number(1))))))
    )

    def one(self, x: Written) -> Written:
        return Written(Number(1), elementary.one(x.number))

    def one_or_nan(self, x: Written) -> Written:
        return Written(Number(1), elementary.one_or_nan(x.number))

    def zero(self, x: Written) -> Written:
        return Written(Number(0), elementary.zero(x.number))

    def pi(self, x: Written) -> Written:
        return Written(Symbol("π"), elementary.pi(x.number))

    def where(self, condition: Any, x: Any, y: Any) -> Written:
        if not isinstance(condition, Condition):
            condition = Condition(condition)
        if condition.is_silent:
            number = elementary.where(condition.holds, written(x).number, written(y).number)
            return Written(written(y).expression, number)
        if getattr(condition.holds, "shape", ()):
            reason = condition.when_true or Symbol("condition")
            return _writing(
                lambda x, y: elementary.where(condition.holds, x, y),
                lambda x, y: Call("where", (reason, x, y)),
            )(x, y)
        chosen = written(x if condition.holds else y)
        decided = condition.when_true if condition.holds else condition.when_false
        return Written(Case(chosen.expression, decided), chosen.number) if decided else chosen

    def choose(self, index: Any, items: Sequence[Any]) -> Any:
        if getattr(index, "shape", ()):
            raise TypeError("select() by lanes has no formula")
        return items[index]


def _named(name: str) -> Operation:
    """The elementary function of that name, written as a call."""
    return _writing(getattr(elementary, name), lambda *operands: Call(name, operands))


def _slope(name: str) -> Operation:
    """The slope of that name, written as on paper; the number is that of its own kind."""

    def slope(*operands: Any) -> Written:
        on_paper = getattr(Kind, name)(_KIND, *operands)
        number = getattr(elementary, name)(*[written(x).number for x in operands])
        return Written(on_paper.expression, number)

    return slope


_KIND = WrittenKind()
for _name in SLOPES:
    setattr(WrittenKind, _name, staticmethod(_slope(_name)))
for _name, _function in vars(elementary).items():
    if getattr(_function, "__module__", None) == elementary.__name__ and not (
        isinstance(_function, type) or _name.startswith("_") or _name in vars(WrittenKind)
    ):
        setattr(WrittenKind, _name, staticmethod(_named(_name)))

register(Written, _KIND)
register(Condition, _KIND)
