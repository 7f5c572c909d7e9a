"""A problem, and its solution: forward pass, gradients, update, second forward pass.

It is computed over numbers of any kind. With Values in the leaves, each figure comes with the
graph that computed it; with SymPy symbols, it is a formula. Where figures are claimed, what follows
is computed from them, as a person goes on from what is on the paper.
"""

import functools
import math
import numbers
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

from autograd import graph
from autograd.checking.derivation.layers import Layers, grouped
from autograd.checking.derivation.reading.vocabulary import LEARNING_RATE
from autograd.graph import (
    Replayed,
    push,
    replay,
    require_unchanged,
    sweep,
    topological_order,
)
from autograd.notation import lines_of, rule_of
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text, printable
from autograd.value import Value

_TITLES = {
    "value": "{}",
    "gradient": "gradient of {}",
    "step": "step of {}",
    "update": "update of {}",
    "new value": "new {}",
}
# Each is worked out from those before it.
QUANTITIES = tuple(_TITLES)
# Each claim takes several passes through the graph, some over Values.
_MOST_NODES = 100_000
# The name of a node with more operands spells out the first of them.
_MOST_OPERANDS = 6
# Far above rounding, far below a mistake.
RELATIVE_TOLERANCE = 1e-9


class Edge(NamedTuple):
    """A node that an operation made, and the index of one of its operands."""

    consumer: Value
    operand_index: int

    @property
    def operand(self) -> Value:
        """The operand at the index."""
        return self.consumer.parents[self.operand_index]

    @property
    def rule(self) -> str:
        """The name of the rule of the operation."""
        return rule_of(self.consumer)


def edges_into(node: Value) -> list[Edge]:
    """The edges from the operands of a node."""
    return [Edge(node, index) for index in range(len(node.parents))]


@dataclass(frozen=True, eq=False)
class Figure:
    """What a number in a solution stands for: a quantity of a node."""

    quantity: str
    node: Value

    # Values with the same data are equal, but not the same node.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figure):
            return False
        return self.quantity == other.quantity and self.node is other.node

    def __hash__(self) -> int:
        return hash((self.quantity, self.node))

    @property
    def is_forward(self) -> bool:
        """Whether it is computed from other values, and not from a gradient."""
        return self.quantity == "value" or self.is_second_pass

    @property
    def is_second_pass(self) -> bool:
        """Whether it is computed from other nodes' values after the update."""
        return self.quantity == "new value" and bool(self.node.parents)


Numbers = Mapping[Figure, Number]
Leaves = Mapping[Value, Number]


@dataclass(frozen=True, eq=False)
class Problem:
    """What is given: the graph, the learning rate, and which leaves are updated.

    Attributes:
        error: the output of the graph.
        learning_rate: the learning rate of the update; None if there is no update.
        trained: the leaves that are updated.
        names: what to call leaves that have no label.
    """

    error: Value
    learning_rate: Number = None
    trained: Sequence[Value] = ()
    names: Mapping[Value, str] = field(default_factory=dict)

    @functools.cached_property
    def nodes(self) -> dict[Value, None]:
        """All nodes of the graph, parents first, as the keys of a dict."""
        return dict.fromkeys(topological_order(self.error))

    @functools.cached_property
    def order(self) -> list[Value]:
        """The interior nodes, parents first."""
        return [node for node in self.nodes if node.parents]

    @functools.cached_property
    def leaves(self) -> dict[Value, Number]:
        """The leaves, and their data."""
        return {node: node.data for node in self.nodes if not node.parents}

    @functools.cached_property
    def labels(self) -> dict[str, list[Value]]:
        """The nodes of each label."""
        labelled = (node for node in self.nodes if node.label)
        return grouped(labelled, attrgetter("label"))

    @functools.cached_property
    def uses(self) -> dict[Value, list[Edge]]:
        """The edges from each node to those that are computed from it."""
        edges = (edge for consumer in self.order for edge in edges_into(consumer))
        return grouped(edges, attrgetter("operand"))

    @functools.cached_property
    def layers(self) -> Layers:
        """What is alike in the graph."""
        return Layers(self.leaves, self.order)

    @functools.cached_property
    def given_numbers(self) -> set[float]:
        """The numbers that nobody rounded, without their signs."""
        return {to_float(abs(x)) for x in (*self.leaves.values(), self.learning_rate or 0)}

    @functools.cached_property
    def unlabelled(self) -> dict[str, Value]:
        """The nodes that `explain` calls by a name other than a label, such as v1 or h[2]."""
        names = lines_of(self.error).names
        return {name: node for node, name in names.items() if name not in self.labels}

    def node(self, label: str) -> Value | None:
        """The node with a label, or with a name such as v1; None if none or several have it."""
        nodes = self.labels.get(label, [])
        if not nodes and label and label != LEARNING_RATE:
            return self.unlabelled.get(label)
        return nodes[0] if len(nodes) == 1 else None

    def formula_of(self, node: Value, is_whole: bool = False) -> list[Value]:
        """The nodes that compute a node from labelled ones, or from the leaves; itself last."""
        inside = {node}
        for later in reversed(self.order):
            if later in inside:
                inside.update(x for x in later.parents if is_whole or not x.label)
        return [x for x in self.order if x in inside]

    def updated(self, claimed: Collection[Figure]) -> "Problem":
        """The problem in which the leaves whose new values are claimed are updated.

        Claimed leaves without a label get a name: a bare number might be taken for a claim.
        """
        news = [figure for figure in claimed if figure.quantity == "new value"]
        trained = [figure.node for figure in news if not figure.node.parents]
        unnamed = [f.node for f in claimed if not f.node.label and not f.node.parents]
        free = (f"w{n}" for n in count(1) if f"w{n}" not in self.labels)
        names = dict(zip(dict.fromkeys(unnamed), free, strict=False))
        problem = replace(self, trained=trained, names=names)
        if news and not trained:
            raise ValueError(
                f"{problem.title(news[0])} depends on which leaves were updated: "
                "claim their new values too"
            )
        return problem

    def title(self, figure: Figure) -> str:
        """What to call a figure."""
        return _TITLES[figure.quantity].format(self.name(figure.node))

    def name(self, node: Value, depth: int = 2) -> str:
        """What to call a node: its label, or the name it has here; else how it was computed."""
        if node.label or node in self.names:
            return node.label or self.names[node]
        if (node, depth) not in self._written:
            self._written[node, depth] = self._as_written(node, depth)
        return self._written[node, depth]

    @functools.cached_property
    def _written(self) -> dict[tuple[Value, int], str]:
        """Names kept for reuse: most nodes are named once for each mistake that is tried."""
        return {}

    def _as_written(self, node: Value, depth: int) -> str:
        if not node.parents:
            return number_text(node.data)
        if depth == 0:
            return "…"
        operands = [self.name(parent, depth - 1) for parent in node.parents[:_MOST_OPERANDS]]
        operands += ["…"] * (len(node.parents) > _MOST_OPERANDS)
        if node.op.isidentifier():
            return f"{node.op}({', '.join(operands)})"
        inner = [f"({text})" if " " in text and text[-1] != ")" else text for text in operands]
        if len(inner) == 2:
            return f"{inner[0]} {node.op} {inner[1]}"
        return inner[0] + node.op if node.op.startswith("**") else node.op + inner[0]


class Solution:
    """All figures of a problem.

    Args:
        problem: the graph, and its update.
        leaves: numbers for the leaves, in place of their data.
        claimed: figures that replace the computed ones, also in what follows from them.

    Attributes:
        order: the interior nodes, parents first.
        values: the number of each node: the claimed one if there is one.
        results: the number that its rule gives for each interior node.
        partials: the partials of each interior node.
    """

    def __init__(
        self, problem: Problem, leaves: Leaves | None = None, claimed: Numbers | None = None
    ):
        self.problem = problem
        self.claimed = claimed or {}
        self.order = problem.order
        self.leaves = {**problem.leaves, **(leaves or {})}
        self.values, self.results, self.partials = self._replayed(self.leaves, "value")

    def number(self, figure: Figure) -> Number:
        """A figure: the claimed number, or the one computed from what was claimed."""
        if figure in self.claimed:
            return self.claimed[figure]
        if figure.quantity == "gradient":
            return self.gradients[figure.node]
        update = self.claimed.get(Figure("update", figure.node))
        if figure.quantity == "step" and update is not None:
            return -update
        return self.computed(figure)

    def computed(self, figure: Figure) -> Number:
        """A figure as the rules give it, from what was claimed about others."""
        node = figure.node
        if figure.quantity == "value":
            return self.results[node] if node.parents else self.leaves[node]
        if figure.quantity == "gradient":
            arrived: Number = int(node is self.problem.error)
            for edge in self.problem.uses.get(node, ()):
                arrived = arrived + self.part(edge)
            return arrived
        if figure.quantity in ("step", "update"):
            step = self.problem.learning_rate * self.gradients[node]
            is_step = figure.quantity == "step"
            return step if is_step else -self.claimed.get(Figure("step", node), step)
        if figure.is_second_pass:
            return self._second_pass.results[node]
        return self.values[node] - self.number(Figure("step", node))

    def with_leaves(self, moved: Leaves) -> "Solution":
        """The solution with other numbers in some leaves, going on from the same claims."""
        return Solution(self.problem, {**self.leaves, **moved}, self.claimed)

    def values_with(self, moved: Leaves) -> dict[Value, Number]:
        """The number of each node if some have these numbers, and nothing else is claimed."""
        leaves = {node: number for node, number in self.values.items() if not node.parents}
        return replay(self.order, {**leaves, **moved}, evaluated).numbers

    def partial(self, edge: Edge) -> Number:
        """The derivative at an edge."""
        return self.partials[edge.consumer][edge.operand_index]

    def part(self, edge: Edge) -> Number:
        """The part of the gradient of its operand that comes through an edge."""
        return self.partial(edge) * self.gradients[edge.consumer]

    @functools.cached_property
    def gradients(self) -> dict[Value, Number]:
        """The derivative of the error with respect to each node."""
        return self.adjoints(self.partials)

    def values_for(self, figure: Figure) -> dict[Value, Number]:
        """The numbers of the forward pass that a figure belongs to."""
        return self._second_pass.numbers if figure.is_second_pass else self.values

    @functools.cached_property
    def _second_pass(self) -> Replayed:
        start = {node: number for node, number in self.values.items() if not node.parents}
        start.update(
            {leaf: self.number(Figure("new value", leaf)) for leaf in self.problem.trained}
        )
        return self._replayed(start, "new value")

    @functools.cached_property
    def claimed_gradients(self) -> dict[Value, Number]:
        """The gradients that were claimed."""
        return self._claimed("gradient")

    def adjoints(self, partials: Mapping[Value, Sequence[Number]]) -> dict[Value, Number]:
        """The gradient of each node by these partials, or the claimed one if there is one."""
        reached = sweep(
            self.order,
            {self.problem.error: 1},
            partials.__getitem__,
            known=self.claimed_gradients,
        )
        return dict.fromkeys(self.values, 0) | reached

    def tangents(self, source: Value) -> dict[Value, Number]:
        """The derivative of each node with respect to one, up to where a gradient is claimed."""
        passing = (self.values.keys() - self.claimed_gradients.keys()) | {source}
        reached = push(self.order, {source: 1}, self.partials.__getitem__, within=passing)
        return dict.fromkeys(self.values, 0) | reached

    def _replayed(self, leaves: Leaves, quantity: str) -> Replayed:
        return replay(self.order, {**leaves, **self._claimed(quantity)}, evaluated)

    def _claimed(self, quantity: str) -> dict[Value, Number]:
        return {f.node: number for f, number in self.claimed.items() if f.quantity == quantity}


def evaluated(node: Value, operands: Sequence[Number]) -> tuple[Number, tuple[Number, ...]]:
    """The result and the partials of a node at other operands; nan if it has none there.

    Where floats would be infinite or nan, fractions raise.
    """
    try:
        return graph.evaluated(node, operands)
    except ArithmeticError:
        return math.nan, (math.nan,) * len(operands)


def is_finite(number: Any) -> bool:
    """Whether a number is real, and neither infinite nor nan; it may be too large for a float."""
    if isinstance(number, int | Fraction):
        return True
    return isinstance(number, numbers.Real) and math.isfinite(number)


def tolerance(number: Number) -> float:
    """How far from this number another may lie and still be the same except for rounding."""
    return RELATIVE_TOLERANCE * to_float(abs(number))


def distance(number: Number, other: Number) -> float:
    """How far two numbers lie apart; infinite if floats can't say."""
    try:
        return to_float(abs(number - other))
    except OverflowError:
        return math.inf


def require_plain_numbers(problem: Problem) -> None:
    """Refuses a graph that can't be computed again with plain numbers."""
    if not isinstance(problem.error, Value):
        raise TypeError(
            f"check_derivation() takes the error as a Value with its graph, not {problem.error!r}"
        )
    if len(problem.nodes) > _MOST_NODES:
        raise ValueError(
            f"check_derivation() takes a graph of at most {_MOST_NODES:,} nodes, and this has "
            f"{len(problem.nodes):,}: give the error of one sample, or of a smaller network"
        )
    for node in problem.nodes:
        if not isinstance(node.data, int | float | Fraction):
            raise TypeError(
                "check_derivation() takes a graph of plain numbers, and "
                f"{printable(problem.name(node))} is {number_text(node.data)}, of type "
                f"{type(node.data).__name__}"
            )
    solution = Solution(problem)
    for node, number in solution.results.items():
        require_unchanged(node, number, solution.partials[node])
    try:
        gradients = solution.gradients
    except OverflowError as error:
        raise ValueError(str(error)) from error
    for title, figures in (("", solution.values), ("the gradient of ", gradients)):
        for node, number in figures.items():
            if type(number) is not float and math.isinf(to_float(number)):
                raise ValueError(
                    f"{title}{printable(problem.name(node))} is {number_text(number)}: "
                    "check_derivation() takes numbers up to 1.8e308, the largest float"
                )
