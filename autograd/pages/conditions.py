"""The conditions of formulas as Values, so that the page knows whether they still hold."""

import functools
import math
import operator
from collections.abc import Iterable, Mapping
from typing import Any

from autograd import modes
from autograd.explaining import Formula, Number, Operation, Symbol
from autograd.graph import interior_nodes
from autograd.primitive import PRIMITIVES, Primitive
from autograd.value import Value

# A condition, and the Values of its two sides.
Condition = tuple[Operation, Value, Value]


def sides_of(
    conditions: Iterable[Operation], names: Mapping[Value, str], error: Value
) -> list[Condition]:
    """The conditions of a formula, each with its two sides as Values.

    Args:
        conditions: the conditions of a formula in the explanation.
        names: the names of the named Values.
        error: the Value at the end.

    Returns:
        The conditions, in the same order.
    """
    rules = PRIMITIVES | {node.rule.name: node.rule for node in interior_nodes(error)}
    values = {name: value for value, name in names.items()}

    def side(formula: Formula) -> Value:
        number = _computed(formula, values, rules)
        return number if isinstance(number, Value) else Value(number)

    with modes.undisturbed():
        return [(x, side(x.operands[0]), side(x.operands[1])) for x in conditions]


def _computed(formula: Formula, values: Mapping[str, Value], rules: Mapping[str, Primitive]) -> Any:
    """A formula computed again from the Values that it names; π is not one of them."""

    def computed(part: Formula) -> Any:
        return _computed(part, values, rules)

    match formula:
        case Number(value):
            return value
        case Symbol(name):
            return values.get(name, math.pi)
        case Operation("if", (chosen, _)):
            return computed(chosen)
        case Operation("mul", factors):
            return functools.reduce(operator.mul, map(computed, factors))
        case Operation("pow", (base, exponent)):
            return computed(base) ** computed(exponent)
        case Operation(name, operands):
            count = len(operands) - len(rules[name].constants)
            return rules[name](*map(computed, operands[:count]))
