"""What the page says about a graph, as data: formulas in MathML, and places for numbers."""

import functools
import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from autograd import modes
from autograd.explaining import (
    Derivative,
    Equation,
    Explanation,
    Formula,
    Number,
    Operation,
    Step,
    Symbol,
    conditions_of,
    mathml,
    name_parts,
    printable,
    text,
    worked_out,
)
from autograd.graph import interior_nodes
from autograd.notation import is_made_by
from autograd.pages.picture import Network
from autograd.primitive import PRIMITIVES
from autograd.tape.graphs import record_graph
from autograd.value import Value

_TITLES = {
    "forward": "Compute {}",
    "error": "Compute the error {}",
    "backward": "Gradient of {}",
    "update": "Update {}",
}
# A condition, and the Values of its two sides.
Condition = tuple[Operation, Value, Value]
# Functions that are flat in places, so that little or no gradient gets through.
_FLAT = ("sigmoid", "tanh", "relu")


class Content:
    """Writes down what the page says, with a place for each number that it computes.

    Args:
        explanation: the explanation of the graph.
        network: the named Values.
        steps: the steps of the explanation that the page goes through.

    Attributes:
        error: the Value at the end.
        nodes: all nodes, in the order in which the page computes them.
        program: computes them from the leaves, and from what is added to each named Value
            that was computed.
    """

    def __init__(self, explanation: Explanation, network: Network, steps: Sequence[Step]):
        self.network = network
        self.digits = explanation.digits
        self.equations = explanation.outline.equations
        self.error = self.equations[-1].value
        self.steps = steps
        # Where one named Value is read in the formula of another, with its partial derivative.
        self.edges = [(x, e, e.partial(x)) for e in self.equations for x in e.inputs]
        self.conditions = self._conditions()
        sides = [side for _, *pair in self.conditions.values() for side in pair]
        computed = [value for value in network.names if value.parents]
        self.program, self.nodes = record_graph(self.error, sides, computed)
        self.moved = {value: index for index, value in enumerate(computed)}
        self.leaves = {x: i for i, x in enumerate(x for x in self.nodes if not x.parents)}
        self.node = {node: index for index, node in enumerate(self.nodes)}
        self.place = {value: index for index, value in enumerate(network.names)}
        self.named = {name: value for value, name in network.names.items()}
        partials = [(node, i) for node in self.nodes for i in range(len(node.parents))]
        self.partial = {key: index for index, key in enumerate(partials)}

    def data(self) -> dict[str, Any]:
        """All that the page says, for JSON."""
        trained = {step.node for step in self.steps if step.kind == "update"}
        return {
            "digits": self.digits,
            "nodes": len(self.nodes),
            "error": self.place[self.error],
            "values": [
                self._value(x, name, x in trained) for x, name in self.network.names.items()
            ],
            "equations": [self._equation(equation) for equation in self.equations],
            "edges": [self._edge(*edge) for edge in self.edges],
            "steps": [self._step(step) for step in self.steps],
        }

    def _value(self, value: Value, name: str, is_trained: bool) -> dict[str, Any]:
        """A named Value: its name, and its index among the nodes, the leaves or the results."""
        return {
            "name": printable(name),
            "html": name_html(name),
            "node": self.node[value],
            "leaf": self.leaves.get(value),
            "moved": self.moved.get(value),
            "trained": is_trained,
            "symbol": self._formula(Symbol(name)),
            "slope": self._formula(Derivative(self.network.names[self.error], name)),
        }

    def _equation(self, equation: Equation) -> dict[str, Any]:
        """An equation, with its partials, by which the page applies the chain rule within it."""
        inside = {*equation.nodes, *equation.inputs}
        nodes = list(reversed(equation.nodes))
        return {
            "value": self.place[equation.value],
            "sides": self._sides(equation.name, [equation.formula]),
            "partials": [
                [self.node[node], self.node[parent], self.partial[node, i]]
                for node in nodes
                for i, parent in enumerate(node.parents)
                if parent in inside
            ],
            "flat": [
                [node.op, self.partial[node, 0]] for node in nodes if is_made_by(node, *_FLAT)
            ],
        }

    def _edge(self, x: Value, equation: Equation, partial: Formula | None) -> dict[str, Any]:
        """Where a Value is read in the formula of another."""
        readers = sum(x is other for other, *_ in self.edges)
        is_direct = equation.value is self.error and readers > 1
        slope = Derivative(equation.name, self.network.names[x], is_direct)
        return {
            "from": self.place[x],
            "to": self.place[equation.value],
            "slope": self._formula(slope),
            "sides": [] if partial is None else self._sides("", [partial]),
            "conditions": [] if partial is None else self._written(conditions_of(partial)),
            "segments": self.network.way(x, equation.value),
        }

    def _step(self, step: Step) -> dict[str, Any]:
        """A step; in a forward pass, its equation says all there is to it."""
        told = {
            "kind": step.kind,
            "value": self.place[step.node],
            "title": _TITLES[step.kind].format(name_html(step.name)),
            "result": self._result(step),
            "spoken": self._spoken(step),
        }
        if step.kind not in ("backward", "update"):
            return told
        parts = [part for part in (step.chain, step.product, step.formula) if part is not None]
        return told | {
            "left": self._formula(step.left),
            "sides": self._sides(step.name, parts),
            "conditions": self._written(step.conditions),
            "note": self._note(step) if step.kind == "backward" else "",
        }

    def _formula(self, formula: Formula) -> str:
        return mathml(formula, self.digits)

    def _sides(self, name: str, parts: list[Formula]) -> list[str]:
        """What stands between the equals signs, without repetition and without the result.

        The last of the parts is given a second time, with numbers put in.
        """
        shown = {text(part, self.digits): part for part in parts if not _is_plain(part)}
        # The label may be the formula, as for a Value labelled "prediction - target".
        shown.pop(text(Symbol(name), self.digits).strip("()"), None)
        sides = [self._formula(part) for part in shown.values()]
        numbers = mathml(parts[-1], self.digits, self._number)
        is_result = isinstance(parts[-1], (Symbol, Derivative))
        return sides if is_result or "data-number" not in numbers else [*sides, numbers]

    def _number(self, name: Symbol | Derivative) -> str | None:
        """Where the page finds a number: "d3" is the data of node 3, "g3" its gradient."""
        match name:
            case Symbol("η"):
                return "rate"
            case Symbol(value) if value in self.named:
                return f"d{self.node[self.named[value]]}"
            case Derivative(_, by):
                return f"g{self.node[self.named[by]]}"
        return None

    def _result(self, step: Step) -> str:
        kind = {"backward": "g", "update": "u"}.get(step.kind, "d")
        return f"{kind}{self.node[step.node]}"

    def _conditions(self) -> dict[Operation, Condition]:
        """All conditions of formulas, each with its two sides as Values."""
        found: dict[Operation, None] = {}
        for step in self.steps:
            found |= dict.fromkeys(step.conditions)
        for *_, partial in self.edges:
            if partial is not None:
                found |= dict.fromkeys(conditions_of(partial))
        triples = sides_of(found, self.network.names, self.error)
        return dict(zip(found, triples, strict=True))

    def _written(self, conditions: Iterable[Operation]) -> list[dict[str, Any]]:
        triples = [self.conditions[condition] for condition in conditions]
        return [
            {
                "sides": (self.node[left], condition.name, self.node[right]),
                "text": self._formula(condition),
            }
            for condition, left, right in triples
        ]

    def _spoken(self, step: Step) -> str:
        name = printable(step.name)
        if step.kind == "backward":
            error = printable(self.network.names[self.error])
            return f"The derivative of {error} in {name} is"
        return f"The new {name} is" if step.kind == "update" else f"{name} is"

    def _note(self, step: Step) -> str:
        """How a gradient comes about."""
        name, error = name_html(step.name), name_html(self.network.names[self.error])
        through = step.through
        if not through:
            return f"{name} has no influence on {error} at this point."
        if through == (self.network.names[self.error],):
            return f"{name} is in the formula of {error}: its gradient is the partial derivative."
        if len(through) == 1:
            reader = name_html(through[0])
            return (
                f"The gradient of {reader} comes back along the marked line, times the partial "
                f"derivative of {reader} in {name}."
            )
        ways = ", ".join(map(name_html, through[:-1]))
        return (
            f"{name} has influence through {ways} and {name_html(through[-1])}. Each path gives "
            "a product, and the products are added up."
        )


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

    def leaf(part: Number | Symbol | Derivative) -> Any:
        match part:
            case Number(value):
                return value
            case Symbol(name):
                # Only π is not the name of a Value.
                return values.get(name, math.pi)
        raise ValueError(f"a condition is of Values, not of {part}")

    def operation(name: str, operands: list[Any]) -> Any:
        if name == "mul":
            return functools.reduce(operator.mul, operands)
        if name == "pow":
            return operands[0] ** operands[1]
        count = len(operands) - len(rules[name].constants)
        return rules[name](*operands[:count])

    def side(formula: Formula) -> Value:
        number = worked_out(formula, leaf, operation)
        return number if isinstance(number, Value) else Value(number)

    with modes.undisturbed():
        return [(x, side(x.operands[0]), side(x.operands[1])) for x in conditions]


def _is_plain(formula: Formula) -> bool:
    """Whether a formula is a plain number, with or without a sign."""
    match formula:
        case Operation("neg", (operand,)):
            return isinstance(operand, Number)
    return isinstance(formula, Number)


def name_html(name: str) -> str:
    """A label within a sentence.

    >>> name_html("w5")
    '<var>w<sub>5</sub></var>'
    """
    letters, below = name_parts(name)
    return f"<var>{escape(letters)}{f'<sub>{escape(below)}</sub>' if below else ''}</var>"
