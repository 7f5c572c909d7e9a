"""The steps of a walk-through as data for the page: formulas in MathML, places for numbers."""

import functools
import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from autograd import modes
from autograd.explaining import (
    Derivative,
    Formula,
    Number,
    Operation,
    Step,
    Symbol,
    mathml,
    name_parts,
    printable,
    text,
)
from autograd.graph import interior_nodes
from autograd.pages.named_values import Network
from autograd.primitive import PRIMITIVES, Primitive
from autograd.value import Value

_TITLES = {
    "forward": "Compute {}",
    "error": "Compute the error {}",
    "backward": "Gradient of {}",
    "update": "Update {}",
}


class StepWriter:
    """Writes steps down, with a place for each number that depends on the inputs.

    Args:
        network: the named Values.
        error: the Value at the end.
        nodes: all nodes, in the order in which the page computes them.
        digits: how many significant digits plain numbers have.
    """

    def __init__(self, network: Network, error: Value, nodes: Sequence[Value], digits: int):
        self.network = network
        self.error = network.names[error]
        self.digits = digits
        self.nodes = {node: index for index, node in enumerate(nodes)}
        self.values = {value: index for index, value in enumerate(network.names)}
        self.named = {name: value for value, name in network.names.items()}
        self.consumers = _consumers(error, nodes)

    def written(
        self, step: Step, conditions: Iterable[tuple[Operation, Value, Value]]
    ) -> dict[str, Any]:
        """One step.

        Args:
            step: of the explanation.
            conditions: those of its formula, each with the Values of its two sides.
        """
        return {
            "kind": step.kind,
            "value": self.values[step.node],
            "title": _TITLES[step.kind].format(name_html(step.name)),
            "left": self._formula(step.left),
            "sides": self._sides(step),
            "result": self._result(step),
            "segments": self._segments(step),
            "note": self._note(step),
            "spoken": self._spoken(step),
            "conditions": [self._condition(*condition) for condition in conditions],
            "chain": self._formula(step.chain) if step.chain else "",
            "products": self._products(step),
        }

    def _formula(self, formula: Formula) -> str:
        return mathml(formula, self.digits)

    def _place(self, name: Symbol | Derivative) -> str | None:
        """Where the page finds a number: "d3" is the data of node 3, "g3" its gradient."""
        match name:
            case Symbol("η"):
                return "rate"
            case Symbol(value) if value in self.named:
                return f"d{self.nodes[self.named[value]]}"
            case Derivative(_, by):
                return f"g{self.nodes[self.named[by]]}"
        return None

    def _sides(self, step: Step) -> list[str]:
        """What stands between the signs of equality: nothing twice, and not the result."""
        shown = {text(part, self.digits): part for part in (step.chain, step.formula) if part}
        # The label may be the formula, as of a Value labelled "prediction - target".
        shown.pop(text(Symbol(step.name), self.digits).strip("()"), None)
        sides = [self._formula(part) for part in shown.values()]
        is_result = isinstance(step.formula, (Symbol, Derivative))
        if is_result or text(step.numbers, self.digits) in shown:
            return sides
        return [*sides, mathml(step.formula, self.digits, self._place)]

    def _products(self, step: Step) -> str:
        """A gradient as what it is in any graph: gradients times partials, one for each edge."""
        if step.kind != "backward":
            return ""
        return "<mo>+</mo>".join(
            f'<mrow data-number="g{consumer}"></mrow><mo>·</mo>'
            f'<mrow data-number="p{edge}" data-least="3"></mrow>'
            for consumer, edge in self.consumers[step.node]
        )

    def _result(self, step: Step) -> str:
        kind = {"backward": "g", "update": "u"}.get(step.kind, "d")
        return f"{kind}{self.nodes[step.node]}"

    def _segments(self, step: Step) -> list[int]:
        if step.kind == "update":
            return []
        if step.kind == "backward":
            return self.network.leaving(step.node)
        return self.network.computing(step.node)

    def _condition(self, condition: Operation, left: Value, right: Value) -> dict[str, Any]:
        sides = (self.nodes[left], condition.name, self.nodes[right])
        return {"sides": sides, "text": self._formula(condition)}

    def _spoken(self, step: Step) -> str:
        name = printable(step.name)
        if step.kind == "backward":
            return f"The derivative of {printable(self.error)} in {name} is"
        return f"The new {name} is" if step.kind == "update" else f"{name} is"

    def _note(self, step: Step) -> str:
        if step.kind == "update":
            return "A step against the gradient makes the error smaller, if η is small enough."
        if step.kind != "backward":
            return "The operands come in along the marked lines."
        name, error = name_html(step.name), name_html(self.error)
        through = step.through
        if not through:
            return f"{name} has no influence on {error} at this point."
        if through == (self.error,):
            return f"{name} is in the formula of {error}: its gradient is the partial derivative."
        if len(through) == 1:
            reader = name_html(through[0])
            return (
                f"The gradient of {reader} comes back along the marked line, times the partial "
                f"derivative of {reader} in {name}."
            )
        ways = ", ".join(map(name_html, through[:-1]))
        return (
            f"{name} has influence through {ways} and {name_html(through[-1])}. Each way gives "
            "a product, and the products are added up."
        )


def name_html(name: str) -> str:
    """A label within a sentence.

    >>> name_html("w5")
    '<var>w<sub>5</sub></var>'
    """
    letters, below = name_parts(name)
    return f"<var>{escape(letters)}{f'<sub>{escape(below)}</sub>' if below else ''}</var>"


def sides_of(
    step: Step, names: Mapping[Value, str], error: Value
) -> list[tuple[Operation, Value, Value]]:
    """The conditions of a step's formula, each with its two sides as Values.

    So the page knows whether the formula still holds.

    Args:
        step: of the explanation.
        names: the names of the named Values.
        error: the Value at the end.
    """
    rules = PRIMITIVES | {node.rule.name: node.rule for node in interior_nodes(error)}
    values = {name: value for value, name in names.items()}

    def side(formula: Formula) -> Value:
        number = _computed(formula, values, rules)
        return number if isinstance(number, Value) else Value(number)

    with modes.undisturbed():
        return [(x, side(x.operands[0]), side(x.operands[1])) for x in step.conditions]


def _computed(formula: Formula, values: Mapping[str, Value], rules: Mapping[str, Primitive]) -> Any:
    """A formula computed again from the Values that it names; π is no Value's name."""

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


def _consumers(error: Value, nodes: Sequence[Value]) -> dict[Value, list[tuple[int, int]]]:
    """For each node, the nodes on the way to the error that read it, and by which edge.

    Nodes and edges by their indices among all that the page computes.
    """
    leads_to_error = set(interior_nodes(error))
    consumers: dict[Value, list[tuple[int, int]]] = {node: [] for node in nodes}
    edge = 0
    for index, node in enumerate(nodes):
        for parent in node.parents:
            if node in leads_to_error:
                consumers[parent].append((index, edge))
            edge += 1
    return consumers
