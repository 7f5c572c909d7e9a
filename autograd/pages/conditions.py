"""The sides of conditions as Values, so that the page knows whether a formula still holds."""

import math
from collections.abc import Mapping
from typing import Any

from autograd import modes
from autograd.explaining.expressions import (
    Call,
    Comparison,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from autograd.explaining.steps import Step
from autograd.graph import interior_nodes
from autograd.numbers import elementary
from autograd.primitive import PRIMITIVES, Primitive
from autograd.value import Value


def sides_of(
    step: Step, names: Mapping[Value, str], error: Value
) -> list[tuple[Comparison, Value, Value]]:
    """The conditions of a step's formula, each with its two sides as Values.

    Args:
        step: of the explanation.
        names: the names of the named Values.
        error: the Value at the end.
    """
    rules = PRIMITIVES | {node.rule.name: node.rule for node in interior_nodes(error)}
    values = {name: value for value, name in names.items()}

    def side(expression: Any) -> Value:
        found = value_of(expression, values, rules)
        return found if isinstance(found, Value) else Value(found)

    with modes.undisturbed():
        return [(x, side(x.left), side(x.right)) for x in step.conditions]


def value_of(expression: Any, values: Mapping[str, Value], rules: Mapping[str, Primitive]) -> Any:
    """An expression of formulas, computed again from named Values.

    Args:
        expression: of autograd.explaining.
        values: the Values by their names; π is no Value's name unless it is given here.
        rules: the primitives by their names.

    >>> x = Value(3.0, "x")
    >>> value_of(Product((Symbol("x"), Number(2))), {"x": x}, PRIMITIVES)
    Value(data=6.0, grad=0)
    """

    def below(part: Any) -> Any:
        return value_of(part, values, rules)

    match expression:
        case Number(value):
            return value
        case Symbol(name):
            return values.get(name, math.pi)
        case Sum(terms):
            return PRIMITIVES["sum"](*map(below, terms))
        case Product(factors):
            found = below(factors[0])
            for factor in factors[1:]:
                found = found * below(factor)
            return found
        case Negative(operand):
            return -below(operand)
        case Quotient(dividend, divisor):
            return below(dividend) / below(divisor)
        case Power(base, exponent):
            return below(base) ** below(exponent)
        case Call(name, operands):
            if name not in rules:
                return getattr(elementary, name)(*map(below, operands))
            count = len(operands) - len(rules[name].constants)
            return rules[name](*map(below, operands[:count]))
    return below(expression.chosen)
