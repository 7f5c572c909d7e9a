"""What is alike in a graph: the units of a layer, labels of a family, weights of a matrix."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from autograd.notation import Product, is_made_by, products_and_addends, terms
from autograd.value import Value

T = TypeVar("T")
Key = TypeVar("Key")

Matrix = list[list[Value]]
# The weights of one sum, by the inputs that they multiply.
_Row = dict[Value, Value]

# All their partials are 1 or -1, so the only mistake to make in one is a wrong sign.
SUMS = ("add", "sub", "neg", "sum", "pos")


class Layers:
    """The layers of a graph, as its labels and its shape show them.

    Args:
        leaves: the leaves of the graph.
        order: its interior nodes, parents first; the last is the error.
    """

    def __init__(self, leaves: Iterable[Value], order: Sequence[Value]):
        self.nodes = [*leaves, *order]
        self.order = order

    def alike(self, node: Value) -> Sequence[Value]:
        """The nodes of the same rule, equally far from the error: the units of its layer."""
        return self._layers.get(self.layer(node), ())

    def relatives(self, node: Value) -> Sequence[Value]:
        """The nodes whose labels differ only in their numbers, in order of these: h1, h2, h3."""
        return self._families.get(stem(node), ()) if node.label else ()

    @functools.cached_property
    def labelled(self) -> list[Value]:
        """All nodes that have a label."""
        return [node for node in self.nodes if node.label]

    @functools.cached_property
    def _families(self) -> dict[str, list[Value]]:
        return grouped(sorted(self.labelled, key=_numbered), stem)

    @functools.cached_property
    def _layers(self) -> dict[object, list[Value]]:
        return grouped(self.order, self.layer)

    def layer(self, node: Value) -> object:
        """What nodes of one layer have in common: their operation, and how far the error is."""
        return node.op, self._heights[node]

    @functools.cached_property
    def _heights(self) -> dict[Value, int]:
        """How many steps there are at most from each node to the error.

        Sums do not count as steps: in E1 + E2 + E3 there are three units, though E3 is added last.
        """
        heights = {self.nodes[-1]: 0}
        for consumer in reversed(self.order):
            step = 0 if is_made_by(consumer, *SUMS) else 1
            for operand in consumer.parents:
                heights[operand] = max(heights.get(operand, 0), heights[consumer] + step)
        return heights

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

    @functools.cached_property
    def transposed(self) -> list[dict[Value, Value]]:
        """For each matrix, the weight that takes the place of each weight if it is transposed."""
        return [
            {weight: matrix[j][i] for i, row in enumerate(matrix) for j, weight in enumerate(row)}
            for matrix in square_matrices(self.order)
        ]


def grouped(items: Iterable[T], key: Callable[[T], Key]) -> dict[Key, list[T]]:
    """The items of each key, in order.

    >>> grouped(["h1", "x", "h2"], lambda label: label[0])
    {'h': ['h1', 'h2'], 'x': ['x']}
    """
    groups: dict[Key, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def stem(node: Value) -> str:
    """The label without its numbers: h for h1 and h2."""
    return re.sub(r"\d+", "", _plain(node))


def _plain(node: Value) -> str:
    """The label with plain digits in place of subscripts."""
    return unicodedata.normalize("NFKC", node.label or "")


def _numbered(node: Value) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", _plain(node))]


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
    addends = {x for node in order for x in products_and_addends(node)[1] if _is_part(x)}
    for total in order:
        if is_made_by(total, "add", "sum", "dot") and total not in addends:
            products = [(x, y) for x, y in terms(total, _is_part) if y is not None]
            for row in _orientations(products):
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

    The graph alone does not show which neuron of a layer is the first.
    """
    if not all(node.label for node in named):
        return list(named.values())

    def key(node: Value) -> list[int | str]:
        parts = re.split(r"(\d+)", node.label or "")
        return [int(part) if part.isdecimal() else part for part in parts]

    return [named[node] for node in sorted(named, key=key)]


def _is_part(addend: Value) -> bool:
    """Whether the products in an addend belong to the sum; a sum with a label is its own."""
    return is_made_by(addend, "mul", "dot") or (
        is_made_by(addend, "add", "sum") and not addend.label
    )


def _orientations(products: list[Product]) -> Iterator[_Row]:
    """The products as rows of weights, which are leaves: all the first factors, or all the last."""
    for weight, x in ((0, 1), (1, 0)):
        row = {product[x]: product[weight] for product in products}
        counts = Counter(product[x] for product in products)
        are_leaves = not any(node.parents for node in row.values())
        if are_leaves and len(row) > 1 and max(counts.values()) == 1:
            yield row
