"""The paths from a node to the error, and the node's gradient when something is changed on them."""

import functools
from collections.abc import Mapping, Sequence

from autograd.checking.derivation.layers import stem
from autograd.checking.derivation.measured import tolerance
from autograd.checking.derivation.solution import Edge, Solution, edges_into, evaluated
from autograd.graph import reached_from, sweep
from autograd.numbers.kinds import Number
from autograd.value import Value


class Paths:
    """All edges between a node and the error.

    Args:
        solution: the numbers of the graph.
        node: where the paths begin.

    Attributes:
        order, values, results, gradients: as in the solution.
        layers: the layers of the graph.
        gradient: the derivative of the error with respect to the node.
        tangents: the derivative of each node with respect to this one.
        edges: the edges on the paths, beginning near the node.
    """

    def __init__(self, solution: Solution, node: Value):
        self.solution = solution
        self.node = node
        self.name = solution.problem.name
        self.error = solution.problem.error
        self.layers = solution.problem.layers
        self.order = solution.order
        self.values = solution.values
        self.results = solution.results
        self.gradients = solution.gradients
        self.gradient = self.gradients[node]
        self.tangents = solution.tangents(node)
        self.edges = [
            edge for consumer in self.order for edge in edges_into(consumer) if self.share(edge, 1)
        ]

    def landmark(self, edge: Edge) -> Value:
        """The first labelled node that an edge leads to."""
        return self.layers.landmarks[edge.consumer]

    def partial(self, edge: Edge) -> Number:
        """The derivative at an edge."""
        return self.solution.partial(edge)

    def share(self, edge: Edge, partial: Number = None) -> Number:
        """The share of the gradient that comes through an edge, with its own partial or another."""
        if edge.consumer is self.node:
            return 0
        partial = self.partial(edge) if partial is None else partial
        return self.gradients[edge.consumer] * partial * self.tangents[edge.operand]

    def through(self, node: Value) -> Number:
        """The share of the gradient that comes through a node."""
        return self.gradients[node] * self.tangents[node]

    def with_share(self, node: Value, share: Number) -> Number:
        """The gradient with another share through a node."""
        return self.gradient - self.through(node) + share

    def is_all(self, node: Value) -> bool:
        """Whether the whole gradient comes through a node."""
        share = self.through(node)
        return bool(share) and abs(share - self.gradient) <= tolerance(share)

    def is_error(self, node: Value) -> bool:
        """Whether a node is the error or, by its label, a part of it, as E1 and E2 are of E."""
        return node is self.error or (bool(node.label) and stem(node) == stem(self.error))

    def with_partial(self, edge: Edge, partial: Number) -> Number:
        """The gradient with another partial at one edge."""
        return self.gradient + self.share(edge, partial - self.partial(edge))

    def with_partials(self, partials: Mapping[Edge, Number]) -> Number:
        """The gradient with other partials at some edges."""
        changed: dict[Value, list[Number]] = {}
        for edge, partial in partials.items():
            node = edge.consumer
            changed.setdefault(node, list(self.solution.partials[node]))
            changed[node][edge.operand_index] = partial

        def partials_of(node: Value) -> Sequence[Number]:
            return changed.get(node) or self.solution.partials[node]

        # The node's own gradient is looked for, even if it is claimed.
        claimed = self.solution.claimed_gradients
        known = {node: number for node, number in claimed.items() if node is not self.node}
        adjoints = sweep(
            self.order, {self.error: 1}, partials_of, within=self._reached, known=known
        )
        return adjoints.get(self.node, 0)

    def with_operands(self, moved: Mapping[Value, Number]) -> Number:
        """The gradient if nodes had other numbers in the backward pass alone."""
        changes: dict[Edge, Number] = {}
        for edge in self.edges:
            operands = edge.consumer.parents
            if any(operand in moved for operand in operands):
                numbers = [moved.get(x, self.values[x]) for x in operands]
                changes[edge] = evaluated(edge.consumer, numbers)[1][edge.operand_index]
        return self.with_partials(changes)

    @functools.cached_property
    def _reached(self) -> set[Value]:
        """The nodes that are computed from this one, and itself."""
        return reached_from([self.node], self.order)

    @functools.cached_property
    def uses(self) -> dict[Value, list[Edge]]:
        """The edges from each node on the paths."""
        found: dict[Value, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.operand, []).append(edge)
        return found

    @property
    def forks(self) -> dict[Value, list[Edge]]:
        """The nodes at which paths part, with the edges from them."""
        return {node: edges for node, edges in self.uses.items() if len(edges) > 1}

    @functools.cached_property
    def nodes(self) -> list[Value]:
        """The nodes on the paths, without the node itself."""
        return list(dict.fromkeys(edge.consumer for edge in self.edges))

    @functools.cached_property
    def repeated(self) -> list[list[Edge]]:
        """Groups of edges by one operation: at the units of a layer, or anywhere on the paths."""
        groups: dict[object, list[Edge]] = {}
        # Equally far from the node, equally far from the error, or anywhere.
        depths = {self.node: 0}
        for edge in self.edges:
            groups.setdefault((edge.consumer.op,), []).append(edge)
            groups.setdefault(self.layers.layer(edge.consumer), []).append(edge)
            depth = depths.get(edge.operand, 0)
            groups.setdefault((edge.consumer.op, "from", depth), []).append(edge)
            depths[edge.consumer] = max(depths.get(edge.consumer, 0), depth + 1)
        different = {tuple(edges): edges for edges in groups.values()}
        return [edges for edges in different.values() if len({edge.consumer for edge in edges}) > 1]
