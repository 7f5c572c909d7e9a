"""The weight matrices of layers, found by the shape of the graph, and transposing them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from autograd.checking.derivation.mistakes.mistake import Mistake
from autograd.checking.derivation.solution import Solution
from autograd.notation import Product, is_made_by, products_and_addends, terms
from autograd.numbers.kinds import Number
from autograd.value import Value

T = TypeVar("T")

Matrix = list[list[Value]]
# The weights of one sum, by the inputs that they multiply.
_Row = dict[Value, Value]


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


def transposition(solution: Solution, matrix: Matrix, number: Number) -> Mistake:
    """A weight matrix transposed, which leads to this number."""
    listed = ", ".join(solution.problem.name(weight) for row in matrix for weight in row)
    words = f"the matrix of the weights {listed} is transposed"
    return Mistake("transposed", listed, number, words)


def transposed(solution: Solution, matrix: Matrix) -> Solution:
    """The solution with a weight matrix transposed in both passes."""
    leaves = {node: number for node, number in solution.values.items() if not node.parents}
    moved = {weight: leaves[partner] for weight, partner in partners(matrix).items()}
    return Solution(solution.problem, {**leaves, **moved}, solution.claimed)


def partners(matrix: Matrix) -> dict[Value, Value]:
    """For each weight of a matrix, the one at its place in the transposed matrix."""
    size = range(len(matrix))
    return {matrix[i][j]: matrix[j][i] for i in size for j in size}
