"""The paths from a node to the error, and the node's gradient when one of them is changed."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from autograd.checking.derivation.measured import tolerance
from autograd.checking.derivation.solution import Solution, evaluated
from autograd.graph import reached_from
from autograd.notation import is_made_by, terms
from autograd.numbers.kinds import Number
from autograd.value import Value

# All their partials are 1 or -1, so that the only mistake in one is a wrong sign.
SUMS = ("add", "sub", "neg", "sum", "pos")


class Edge(NamedTuple):
    """A node that an operation made, and the index of one of its operands."""

    consumer: Value
    operand_index: int

    @property
    def operand(self) -> Value:
        """The operand at the index."""
        return self.consumer.parents[self.operand_index]


def edges_into(node: Value) -> list[Edge]:
    """The edges from the operands of a node."""
    return [Edge(node, index) for index in range(len(node.parents))]


def is_share(node: Value) -> bool:
    """Whether a node is a part divided by the sum of all parts, as in a softmax."""
    if not is_made_by(node, "div"):
        return False
    part, total = node.parents
    addends = terms(total, lambda x: is_made_by(x, "add", "sum"))
    parts = [x for x, factor in addends if factor is None]
    return any(
        x is part or (x.op == part.op and x.parents and x.parents[0] is part.parents[0])
        for x in parts
    )


def stem(node: Value) -> str:
    """The label without its numbers: h for h1 and h2."""
    return re.sub(r"\d+", "", _plain(node))


def _plain(node: Value) -> str:
    """The label with plain digits in place of subscripts."""
    return unicodedata.normalize("NFKC", node.label or "")


def _numbered(node: Value) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", _plain(node))]


class Paths:
    """All edges between a node and the error.

    Args:
        solution: the numbers of the graph.
        node: where the paths begin.

    Attributes:
        gradient: the derivative of the error with respect to the node.
        tangents: the derivative of each node with respect to this one.
        edges: the edges on the paths, beginning near the node.
    """

    def __init__(self, solution: Solution, node: Value):
        self.solution = solution
        self.node = node
        self.name = solution.problem.name
        self.error = solution.problem.error
        self.gradient = solution.gradients[node]
        self.tangents = solution.tangents(node)
        self.edges = [
            edge
            for consumer in solution.order
            for edge in edges_into(consumer)
            if self.share(edge, 1)
        ]

    def partial(self, edge: Edge) -> Number:
        """The derivative at an edge."""
        return self.solution.partials[edge.consumer][edge.operand_index]

    def share(self, edge: Edge, partial: Number) -> Number:
        """The share of the gradient that comes through an edge with this partial."""
        if edge.consumer is self.node:
            return 0
        return self.solution.gradients[edge.consumer] * partial * self.tangents[edge.operand]

    def through(self, node: Value) -> Number:
        """The share of the gradient that comes through a node."""
        return self.solution.gradients[node] * self.tangents[node]

    def is_all(self, share: Number) -> bool:
        """Whether a share is the whole gradient."""
        return bool(share) and abs(share - self.gradient) <= tolerance(share)

    def is_error(self, node: Value) -> bool:
        """Whether a node is the error or, by its label, a part of it, as E1 and E2 are of E."""
        return node is self.error or (bool(node.label) and stem(node) == stem(self.error))

    def with_partial(self, edge: Edge, partial: Number) -> Number:
        """The gradient with another partial at one edge."""
        return self.gradient + self.share(edge, partial - self.partial(edge))

    def with_partials(self, partials: Mapping[Edge, Number]) -> Number:
        """The gradient with other partials at some edges."""
        claimed = self.solution.claimed_gradients
        adjoints: dict[Value, Number] = {self.error: 1}
        for edge in self._backward:
            consumer, operand = edge.consumer, edge.operand
            adjoint = claimed.get(consumer, adjoints.get(consumer, 0))
            partial = partials.get(edge)
            share = adjoint * (self.partial(edge) if partial is None else partial)
            adjoints[operand] = adjoints.get(operand, 0) + share
        return adjoints.get(self.node, 0)

    def with_operands(self, moved: Mapping[Value, Number]) -> Number:
        """The gradient if nodes had other numbers in the backward pass alone."""
        changes: dict[Edge, Number] = {}
        for edge in self.edges:
            operands = edge.consumer.parents
            if any(operand in moved for operand in operands):
                numbers = [moved.get(x, self.solution.values[x]) for x in operands]
                changes[edge] = evaluated(edge.consumer, numbers)[1][edge.operand_index]
        return self.with_partials(changes)

    @functools.cached_property
    def _backward(self) -> list[Edge]:
        """The edges on all paths from the error back to the node, even those without influence."""
        reached = reached_from([self.node], self.solution.order)
        return [
            edge
            for consumer in reversed(self.solution.order)
            if consumer in reached and consumer is not self.node
            for edge in edges_into(consumer)
            if edge.operand in reached
        ]

    @functools.cached_property
    def uses(self) -> dict[Value, list[Edge]]:
        """The edges from each node on the paths."""
        found: dict[Value, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.operand, []).append(edge)
        return found

    @functools.cached_property
    def nodes(self) -> list[Value]:
        """The nodes on the paths, without the node itself."""
        return list(dict.fromkeys(edge.consumer for edge in self.edges))

    def alike(self, node: Value) -> Sequence[Value]:
        """The nodes by the same rule that are as far from the error: the units of its layer."""
        return self._layers.get(self._layer(node), ())

    def namesakes(self, node: Value) -> Sequence[Value]:
        """The interior nodes whose labels differ only in their numbers: h2 and h3 for h1."""
        return [unit for unit in self.relatives(node) if unit.parents]

    def relatives(self, node: Value) -> Sequence[Value]:
        """The nodes whose labels differ only in their numbers, leaves too, in order of these."""
        return self._families.get(stem(node), ()) if node.label else ()

    @functools.cached_property
    def labelled(self) -> list[Value]:
        """All nodes that have a label."""
        return [node for node in self.solution.values if node.label]

    @functools.cached_property
    def _families(self) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for node in sorted(self.labelled, key=_numbered):
            found.setdefault(stem(node), []).append(node)
        return found

    @functools.cached_property
    def _layers(self) -> dict[object, list[Value]]:
        layers: dict[object, list[Value]] = {}
        for node in self.solution.order:
            layers.setdefault(self._layer(node), []).append(node)
        return layers

    def _layer(self, node: Value) -> object:
        return node.op, self._heights[node]

    @functools.cached_property
    def _heights(self) -> dict[Value, int]:
        """How many steps there are at most from each node to the error.

        Sums do not count as steps: in E1 + E2 + E3 there are three units, though E3 is added last.
        """
        heights = {self.error: 0}
        for consumer in reversed(self.solution.order):
            step = 0 if is_made_by(consumer, *SUMS) else 1
            for operand in consumer.parents:
                heights[operand] = max(heights.get(operand, 0), heights[consumer] + step)
        return heights

    def repeated(self) -> Iterator[tuple[str, list[Edge]]]:
        """Groups of edges: at the units of a layer, or by one operation, with its symbol."""
        groups: dict[object, list[Edge]] = {}
        # Equally far from the node, equally far from the error, or anywhere.
        depths = {self.node: 0}
        for edge in self.edges:
            groups.setdefault((edge.consumer.op,), []).append(edge)
            groups.setdefault(self._layer(edge.consumer), []).append(edge)
            depth = depths.get(edge.operand, 0)
            groups.setdefault((edge.consumer.op, "from", depth), []).append(edge)
            depths[edge.consumer] = max(depths.get(edge.consumer, 0), depth + 1)
        different = {tuple(edges): edges for edges in groups.values()}
        for edges in different.values():
            if len({edge.consumer for edge in edges}) > 1:
                yield edges[0].consumer.op, edges

    @functools.cached_property
    def landmarks(self) -> dict[Value, Value]:
        """For each interior node, the first labelled node that it leads to, or itself."""
        order = self.solution.order
        index = {node: i for i, node in enumerate(order)}
        first: dict[Value, int] = {}
        for node in reversed(order):
            if node.label:
                first[node] = index[node]
            if node in first:
                for parent in node.parents:
                    first[parent] = min(first.get(parent, len(order)), first[node])
        return {node: order[first.get(node, index[node])] for node in order}
