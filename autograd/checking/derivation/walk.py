"""A walk-through of a graph: forward pass, gradients, update, second forward pass.

It is computed again over numbers of any kind. Values in the leaves give each figure with
the graph that it came from, SymPy symbols give formulas; and where figures are claimed,
what follows is computed from them, as a person goes on from what is on the paper.
"""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from autograd.derivatives import gradients
from autograd.graph import interior_nodes, topological_order
from autograd.kinds import Number
from autograd.number_text import number_text
from autograd.value import Value

# How formulas name it, unless a node has this label.
LEARNING_RATE = "learning_rate"
QUANTITIES = ("value", "gradient", "step", "update", "new value")
_PREFIXES = {"value": "", "new value": "new "}

EPSILON = 2.0**-52
# An operation and its partials are off by a few units in the last place; twice that, since
# the estimate is of first order.
_ROUNDINGS = 16


class Figure(NamedTuple):
    """A number of a walk-through: which quantity, of which node."""

    quantity: str
    node: Value

    # Values of the same data are equal, but not the same node.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figure):
            return False
        return self.quantity == other.quantity and self.node is other.node

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.quantity, id(self.node)))

    def __str__(self) -> str:
        prefix = _PREFIXES.get(self.quantity, f"{self.quantity} of ")
        return f"{prefix}{name_of(self.node)}"


Numbers = Mapping[Figure, Number]
# A claimed formula or function: of the numbers and the gradients of labels.
Expression = Callable[[Callable[[str], Number], Callable[[str], Number]], Number]


class Walk:
    """All figures of a walk-through.

    Args:
        error: the output of the graph.
        learning_rate: how far an update goes against the gradient.
        trained: the leaves that are updated.
        leaves: numbers for the leaves, in place of their data.
        claimed: figures from which what follows is computed.

    Attributes:
        order: the interior nodes, parents first.
        values: the number of each node, as claimed where it was claimed.
        results: the number of each interior node by its rule.
        partials: the partials of each interior node.
        gradients: the derivative of the error with respect to each node.
    """

    def __init__(
        self,
        error: Value,
        learning_rate: Number = None,
        trained: Collection[Value] = (),
        leaves: Mapping[Value, Number] | None = None,
        claimed: Numbers | None = None,
    ):
        self.error = error
        self.learning_rate = learning_rate
        self.trained = trained
        self.claimed = claimed or {}
        self.order = interior_nodes(error)
        start = {node: node.data for node in topological_order(error) if not node.parents}
        start.update(leaves or {})
        self.values, self.results, self.partials = self._forward(start, "value")
        self.gradients = self.adjoints(self.partials)

    def number(self, figure: Figure) -> Number:
        """A figure: as claimed, or computed from what was claimed."""
        if figure in self.claimed:
            return self.claimed[figure]
        quantity, node = figure
        if quantity == "value":
            return self.values[node]
        if quantity == "gradient":
            return self.gradients[node]
        if quantity == "step":
            update = Figure("update", node)
            if update in self.claimed:
                return -self.claimed[update]
            return self.learning_rate * self.number(Figure("gradient", node))
        if quantity == "update":
            return -self.number(Figure("step", node))
        if node.parents:
            return self.new_values[node]
        return self.values[node] - self.number(Figure("step", node))

    def evaluate(self, expression: Expression, figure: Figure) -> Number:
        """A formula for a figure, in the numbers of this walk-through.

        A label stands for the node's number in the same forward pass as the figure.
        """
        is_second = figure.quantity == "new value" and figure.node.parents
        values = self.new_values if is_second else self.values
        nodes = {label: same[0] for label, same in labelled(values).items()}

        def number(label: str) -> Number:
            return values[nodes[label]] if label in nodes else self.learning_rate

        def gradient(label: str) -> Number:
            return self.number(Figure("gradient", nodes[label]))

        return expression(number, gradient)

    @functools.cached_property
    def new_values(self) -> dict[Value, Number]:
        """The numbers of the second forward pass."""
        start = {node: number for node, number in self.values.items() if not node.parents}
        start.update({leaf: self.number(Figure("new value", leaf)) for leaf in self.trained})
        return self._forward(start, "new value")[0]

    def adjoints(self, partials: Mapping[Value, tuple[Number, ...]]) -> dict[Value, Number]:
        """The gradient of each node by these partials, as claimed where it was claimed."""
        claimed = self._claimed("gradient")
        found: dict[Value, Number] = dict.fromkeys(self.values, 0)
        found[self.error] = 1
        for node in reversed(self.order):
            found[node] = claimed.get(node, found[node])
            for parent, partial in zip(node.parents, partials[node], strict=True):
                found[parent] = found[parent] + partial * found[node]
        found.update(claimed)
        return found

    def tangents(self, source: Value) -> dict[Value, Number]:
        """The derivative of each node with respect to one, up to where a gradient is claimed."""
        claimed = self._claimed("gradient")
        found: dict[Value, Number] = dict.fromkeys(self.values, 0)
        found[source] = 1
        for node in self.order:
            if node is not source:
                found[node] = 0
                for parent, partial in zip(node.parents, self.partials[node], strict=True):
                    if parent is source or parent not in claimed:
                        found[node] = found[node] + partial * found[parent]
        return found

    def _forward(
        self, start: dict[Value, Number], quantity: str
    ) -> tuple[dict[Value, Number], dict[Value, Number], dict[Value, tuple[Number, ...]]]:
        claimed = self._claimed(quantity)
        values, results, partials = {**start, **claimed}, {}, {}
        for node in self.order:
            assert node.rule is not None
            operands = [values[parent] for parent in node.parents]
            results[node], partials[node] = node.rule.evaluate(operands)
            values[node] = claimed.get(node, results[node])
        return values, results, partials

    def _claimed(self, quantity: str) -> dict[Value, Number]:
        return {f.node: number for f, number in self.claimed.items() if f.quantity == quantity}


def rounding_error(number: Number) -> float:
    """How far a number may be off by rounding, by first order; 0 for what is no Value.

    Each node of its graph is rounded once, which changes the number by the derivative
    with respect to that node.

    >>> rounding_error(Value(0.1) * 3.0) < 1e-13
    True
    """
    if not isinstance(number, Value):
        return 0.0
    nodes = [node for node in topological_order(number) if isinstance(node.data, float)]
    slopes = gradients(number, nodes)
    total = sum(abs(slope * node.data) for slope, node in zip(slopes, nodes, strict=True))
    return float(_ROUNDINGS * EPSILON * total)


def name_of(node: Value, depth: int = 2) -> str:
    """The label of a node; without one, its number or the operation on what it came from."""
    if node.label:
        return node.label
    if not node.parents:
        return number_text(node.data)
    if depth == 0:
        return "…"
    parents = [name_of(parent, depth - 1) for parent in node.parents]
    if node.op.isidentifier():
        return f"{node.op}({', '.join(parents)})"
    inner = [_bracketed(text) for text in parents]
    return f" {node.op} ".join(inner) if len(inner) == 2 else _one_operand(node.op, inner[0])


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text and not text.endswith(")") else text


def _one_operand(symbol: str, operand: str) -> str:
    return f"{operand}{symbol}" if symbol.startswith("**") else f"{symbol}{operand}"


def labelled(nodes: Iterable[Value]) -> dict[str, list[Value]]:
    """The nodes of each label."""
    found: dict[str, list[Value]] = {}
    for node in nodes:
        if node.label:
            found.setdefault(node.label, []).append(node)
    return found
