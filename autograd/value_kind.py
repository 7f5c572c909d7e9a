"""Values as a kind of number: the elementary functions record a graph.

So a rule that is run over Values gives its partials as a graph, which can be
differentiated again.
"""

from typing import Any

from autograd.numbers.kinds import Kind, Number
from autograd.numbers.registry import kind_of
from autograd.primitive import PRIMITIVES, SLOPES, Primitive
from autograd.value import Value, apply


class ValueKind(Kind):
    rank = 7

    def apply(self, primitive: Primitive, operands: tuple[Any, ...]) -> Value:
        return apply(primitive, operands)

    def one(self, x: Value) -> Number:
        return kind_of(x.data).one(x.data)

    def one_or_nan(self, x: Value) -> Number:
        return kind_of(x.data).one_or_nan(x.data)

    def zero(self, x: Value) -> Number:
        return kind_of(x.data).zero(x.data)

    def pi(self, x: Value) -> Number:
        return kind_of(x.data).pi(x.data)

    def power(self, x: Any, y: Any) -> Any:
        return x**y

    def floor_divide(self, x: Any, y: Any) -> Any:
        return x // y

    def absolute(self, x: Any) -> Any:
        return PRIMITIVES["abs"](x)

    def where(self, condition: Any, x: Any, y: Any) -> Any:
        return PRIMITIVES["where"](x, y, condition=condition)


# The rest are the primitives themselves.
for _name, _primitive in (PRIMITIVES | SLOPES).items():
    if _name not in vars(ValueKind):
        setattr(ValueKind, _name, staticmethod(_primitive))
