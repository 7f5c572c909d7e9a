"""The paths from a node to the error, the layers beside them, and gradients that are changed."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from autograd.checking.derivation.measured import tolerance
from autograd.checking.derivation.solution import Edge, Solution, edges_into, evaluated
from autograd.graph import reached_from, sweep
from autograd.numbers.kinds import Number
from autograd.sums import Product, is_made_by, products_and_addends, terms
from autograd.value import Value

T = TypeVar("T")

Matrix = list[list[Value]]
# The weights of one sum, by the inputs that they multiply.
_Row = dict[Value, Value]

# All their partials are 1 or -1, so that the only mistake in one is a wrong sign.
SUMS = ("add", "sub", "neg", "sum", "pos")


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
        order, values, results, gradients: as in the solution.
        gradient: the derivative of the error with respect to the node.
        tangents: the derivative of each node with respect to this one.
        edges: the edges on the paths, beginning near the node.
    """

    def __init__(self, solution: Solution, node: Value):
        self.solution = solution
        self.node = node
        self.name = solution.problem.name
        self.error = solution.problem.error
        self.order = solution.order
        self.values = solution.values
        self.results = solution.results
        self.gradients = solution.gradients
        self.gradient = self.gradients[node]
        self.tangents = solution.tangents(node)
        self.edges = [
            edge for consumer in self.order for edge in edges_into(consumer) if self.share(edge, 1)
        ]

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
        changed: dict[Value, list[Number]] = {}
        for edge, partial in partials.items():
            node = edge.consumer
            changed.setdefault(node, list(self.solution.partials[node]))
            changed[node][edge.operand_index] = partial

        def partials_of(node: Value) -> Sequence[Number]:
            return changed.get(node) or self.solution.partials[node]

        claimed = self.solution.claimed_gradients
        known = {node: number for node, number in claimed.items() if node is not self.node}
        adjoints = sweep(
            self._beyond, {self.error: 1}, partials_of, within=self._reached, known=known
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
    def _beyond(self) -> list[Value]:
        """The same without the node itself, in order."""
        reached = self._reached
        return [x for x in self.order if x in reached and x is not self.node]

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
        return [node for node in self.values if node.label]

    @functools.cached_property
    def _families(self) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for node in sorted(self.labelled, key=_numbered):
            found.setdefault(stem(node), []).append(node)
        return found

    @functools.cached_property
    def _layers(self) -> dict[object, list[Value]]:
        layers: dict[object, list[Value]] = {}
        for node in self.order:
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
        for consumer in reversed(self.order):
            step = 0 if is_made_by(consumer, *SUMS) else 1
            for operand in consumer.parents:
                heights[operand] = max(heights.get(operand, 0), heights[consumer] + step)
        return heights

    @functools.cached_property
    def repeated(self) -> list[list[Edge]]:
        """Groups of edges by one operation: at the units of a layer, or anywhere on the paths."""
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
        return [edges for edges in different.values() if len({edge.consumer for edge in edges}) > 1]

    @functools.cached_property
    def landmarks(self) -> dict[Value, Value]:
        """For each interior node, the first labelled node that it leads to, or itself."""
        order = self.order
        index = {node: i for i, node in enumerate(order)}
        first: dict[Value, int] = {}
        for node in reversed(order):
            if node.label:
                first[node] = index[node]
            if node in first:
                for parent in node.parents:
                    first[parent] = min(first.get(parent, len(order)), first[node])
        return {node: order[first.get(node, index[node])] for node in order}


# The weight matrices of layers


def square_matrices(order: Sequence[Value]) -> list[Matrix]:
    """The weight matrices with as many rows as columns, which can be transposed unnoticed.

    A row belongs to a sum of products, `w_1 * x_1 + w_2 * x_2`; sums over the same inputs
    are the rows of one matrix.

    Args:
        order: the interior nodes of a graph, parents first.

    Returns:
        Matrices of leaves, a row for each output and a column for each input.
    """
    rows: dict[frozenset[Value], list[_Row]] = {}
    for total in _sums(order):
        for row in _orientations(_products(total)):
            rows.setdefault(frozenset(row), []).append(row)
    matrices = []
    for inputs, same in rows.items():
        columns = _by_label({x: x for x in same[0] if x in inputs})
        lines = _by_label({row[columns[0]]: row for row in same})
        matrix = [[row[x] for x in columns] for row in lines]
        distinct = len({weight for line in matrix for weight in line})
        if len(matrix) == len(columns) > 1 and distinct == len(columns) ** 2:
            matrices.append(matrix)
    return matrices


def _by_label(named: dict[Value, T]) -> list[T]:
    """In the order of the labels, w2 before w10; unchanged if one has no label.

    The graph alone does not tell which neuron of a layer is the first.
    """
    if not all(node.label for node in named):
        return list(named.values())

    def key(node: Value) -> list[int | str]:
        parts = re.split(r"(\d+)", node.label or "")
        return [int(part) if part.isdecimal() else part for part in parts]

    return [named[node] for node in sorted(named, key=key)]


def _sums(order: Sequence[Value]) -> Iterator[Value]:
    """The sums that are not part of another sum."""
    addends = {x for node in order for x in products_and_addends(node)[1] if _is_part(x)}
    for node in order:
        if is_made_by(node, "add", "sum", "dot") and node not in addends:
            yield node


def _is_part(addend: Value) -> bool:
    """Whether the products in an addend belong to the sum; a sum with a label is its own."""
    return is_made_by(addend, "mul", "dot") or (
        is_made_by(addend, "add", "sum") and not addend.label
    )


def _products(total: Value) -> list[Product]:
    """The factors of each product in a sum, in order."""
    return [(x, y) for x, y in terms(total, _is_part) if y is not None]


def _orientations(products: list[Product]) -> Iterator[_Row]:
    """The products as rows of weights, which are leaves: all the first factors, or all the last."""
    for weight, x in ((0, 1), (1, 0)):
        row = {product[x]: product[weight] for product in products}
        counts = Counter(product[x] for product in products)
        are_leaves = not any(node.parents for node in row.values())
        if are_leaves and len(row) > 1 and max(counts.values()) == 1:
            yield row


def partners(matrix: Matrix) -> dict[Value, Value]:
    """For each weight of a matrix, the one at its place in the transposed matrix."""
    size = range(len(matrix))
    return {matrix[i][j]: matrix[j][i] for i in size for j in size}
