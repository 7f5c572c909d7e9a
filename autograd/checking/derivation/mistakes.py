"""The mistakes that people make in a gradient, each as the number that it leads to.

None of them is a formula: each comes from the graph by changing one thing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograd.checking.derivation.layers import partners, square_matrices, transposed
from autograd.checking.derivation.mistake import Mistake, decimal_slips, factors
from autograd.checking.derivation.walk import QUANTITIES, Figure, Walk, name_of
from autograd.kinds import Number
from autograd.value import Value

# The partial of a node (by position) that a mistake replaces.
Changes = Mapping[tuple[Value, int], Number]


def gradient_mistakes(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is made of it.

    The likelier come first.

    Args:
        walk: the numbers in which the mistake was made.
        figure: of any quantity but a value.
    """
    quantity, node = figure
    # The figure is start + scale * gradient.
    start: Number = walk.values[node] if quantity == "new value" else 0
    rate = walk.learning_rate
    scale = {"gradient": 1, "step": rate}.get(quantity) or -rate
    found = _Mistakes(walk, node)
    words = "the step is added, not subtracted" if quantity == "new value" else "the sign is wrong"
    yield _of_gradient(Mistake("sign", found.name, -found.gradient, words), start, scale)
    if quantity != "gradient":
        words = "the learning rate is missing"
        missing = Mistake("factor", "learning rate", found.gradient / rate, words)
        yield _of_gradient(missing, start, scale)
    yield from _other_quantities(walk, figure)
    for mistake in found.all():
        yield _of_gradient(mistake, start, scale)
    if start:
        yield from decimal_slips(walk.number(figure), str(figure))


def _of_gradient(mistake: Mistake, start: Number, scale: Number) -> Mistake:
    return replace(mistake, number=start + scale * mistake.number)


def _other_quantities(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    if walk.learning_rate is None:
        return
    for quantity in QUANTITIES[1:]:
        if quantity != figure.quantity and (quantity != "new value" or not figure.node.parents):
            other = Figure(quantity, figure.node)
            words = f"this is the {quantity}{_UPDATES.get(quantity, '')}, not the {figure.quantity}"
            yield Mistake("update", str(other), walk.number(other), words)


_UPDATES = {"step": " (learning rate times gradient)", "update": " (minus the step)"}


class _Mistakes:
    """Mistakes in the derivative of the error with respect to one node."""

    def __init__(self, walk: Walk, node: Value):
        self.walk = walk
        self.node = node
        self.name = name_of(node)
        self.gradient = walk.gradients[node]
        self.tangents = walk.tangents(node)
        # The edges on the paths from the node to the error, each as (consumer, position).
        self.edges = [
            (consumer, position)
            for consumer in walk.order
            for position, parent in enumerate(consumer.parents)
            if self._share(consumer, position, 1)
        ]
        self.matrices = square_matrices(walk.order)

    def _share(self, consumer: Value, position: int, partial: Number) -> Number:
        """What of the gradient comes through an edge that has this partial."""
        if consumer is self.node:
            return 0
        tangent = self.tangents[consumer.parents[position]]
        return self.walk.gradients[consumer] * partial * tangent

    def _with(self, edge: tuple[Value, int], partial: Number) -> Number:
        """The gradient where one edge had another partial."""
        consumer, position = edge
        before = self.walk.partials[consumer][position]
        return self.gradient + self._share(consumer, position, partial - before)

    def _with_all(self, changes: Changes) -> Number:
        partials = dict(self.walk.partials)
        for (consumer, position), partial in changes.items():
            changed = list(partials[consumer])
            changed[position] = partial
            partials[consumer] = tuple(changed)
        return self.walk.adjoints(partials)[self.node]

    def all(self) -> Iterator[Mistake]:
        """All other mistakes, the likelier first."""
        yield from self._factors()
        yield from decimal_slips(self.gradient, self.name)
        yield from self._missing_derivatives()
        yield from self._missing_paths()
        yield from self._transposed()
        yield from self._new_for_old()
        yield from self._other_operands()
        yield from self._other_points()
        yield from self._signs()
        yield from self._other_nodes()

    def _factors(self) -> Iterator[Mistake]:
        yield from factors(self.gradient, self.name)
        for count in self._counts():
            words = f"the sum or mean has {count} terms: it is {count} times the right number"
            yield Mistake("factor", str(count), count * self.gradient, words)
            words = f"the sum or mean has {count} terms: it is the right number divided by {count}"
            yield Mistake("factor", f"1/{count}", self.gradient / count, words)

    def _counts(self) -> list[int]:
        """How many terms the sums and means on the way to the error have, where more than 2."""
        terms: dict[Value, int] = {}
        counts = set()
        on_the_way = {consumer for consumer, _ in self.edges}
        for node in self.walk.order:
            name = node.rule.name if node.rule else ""
            if name in ("add", "sum"):
                terms[node] = sum(terms.get(parent, 1) for parent in node.parents)
            divisor: Any = self.walk.values[node.parents[1]] if name == "div" else 0
            if node in on_the_way:
                counts |= {terms.get(node, 0), int(divisor) if divisor == divisor // 1 else 0}
        return sorted(count for count in counts if count > 2)

    def _missing_derivatives(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            if self.walk.partials[consumer][position] != 1:
                number = self._with((consumer, position), 1)
                yield Mistake("missing derivative", name_of(consumer), number, _left_out(consumer))
        for name in sorted({c.rule.name for c, _ in self.edges if c.rule and len(c.parents) == 1}):
            changes = {edge: 1 for edge in self.edges if _rule_name(edge[0]) == name}
            words = f"the derivative of {name} is missing, each time"
            yield Mistake("missing derivative", name, self._with_all(changes), words)
        for node in self.walk.order:
            if node.label and node is not self.walk.error and self._is_passed_always(node):
                words = (
                    f"this is the derivative of {node.label}: the derivative of "
                    f"{name_of(self.walk.error)} with respect to {node.label} is missing"
                )
                number = self.tangents[node]
                yield Mistake("missing derivative", node.label, number, words)

    def _is_passed_always(self, node: Value) -> bool:
        """Whether all of the gradient comes through a node, other than the one asked about."""
        share = self.walk.gradients[node] * self.tangents[node]
        return (
            node is not self.node
            and bool(abs(share - self.gradient) <= 1e-9 * abs(share))
            and bool(share)
        )

    def _missing_paths(self) -> Iterator[Mistake]:
        consumers: dict[Value, list[tuple[Value, int]]] = {}
        for edge in self.edges:
            consumers.setdefault(edge[0].parents[edge[1]], []).append(edge)
        for node, edges in consumers.items():
            if len(edges) < 2:
                continue
            shares = [self._share(c, p, self.walk.partials[c][p]) for c, p in edges]
            for (consumer, _), share in zip(edges, shares, strict=True):
                through = name_of(_landmark(consumer, self.walk.order))
                words = f"{name_of(node)} is used {len(edges)} times, and the gradients are added"
                missing = f"{words}: the path through {through} is missing"
                yield Mistake("missing path", through, self.gradient - share, missing)
                if len(edges) > 2:
                    only = self.gradient - sum(shares) + share
                    alone = f"{words}: here is the path through {through} alone"
                    yield Mistake("missing path", f"{through} alone", only, alone)

    def _transposed(self) -> Iterator[Mistake]:
        for matrix in self.matrices:
            pairs = partners(matrix)
            partner = pairs.get(self.node)
            if partner is not None and partner is not self.node:
                words = f"this is the one of {name_of(partner)}: the matrix is transposed"
                number = self.walk.gradients[partner]
                yield Mistake("transposed", name_of(partner), number, words)
            listed = ", ".join(name_of(weight) for row in matrix for weight in row)
            words = f"the matrix of the weights {listed} is transposed"
            yield Mistake("transposed", listed, self._backwards_with(pairs), words)
            # Of the weights alone: their sums and all that follows are other numbers then.
            other = transposed(self.walk, matrix)
            yield Mistake("transposed", listed, other.gradients[self.node], words)

    def _new_for_old(self) -> Iterator[Mistake]:
        if self.walk.learning_rate is None:
            return
        leaves = {leaf for consumer, _ in self.edges for leaf in consumer.parents if leaf.label}
        new: dict[Value, Number] = {}
        for leaf in self.walk.values:
            if leaf in leaves and not leaf.parents and leaf is not self.node:
                number = self.walk.number(Figure("new value", leaf))
                changed = self._backwards_with({leaf: number})
                if changed != self.gradient:
                    new[leaf] = number
                    words = f"the gradient goes through {leaf.label} after the update, not before"
                    yield Mistake("new value", name_of(leaf), changed, words)
        if len(new) > 1:
            words = f"the gradient goes through {', '.join(map(name_of, new))} after the update"
            yield Mistake("new value", "all weights", self._backwards_with(new), words)

    def _backwards_with(self, replaced: Mapping[Value, Any]) -> Number:
        """The gradient where leaves had other numbers in the backward pass alone."""
        changes: dict[tuple[Value, int], Number] = {}
        for consumer, position in self.edges:
            if consumer.parents[position] is self.node and not self.node.parents:
                continue
            if any(parent in replaced for parent in consumer.parents):
                numbers = [self._replaced(parent, replaced) for parent in consumer.parents]
                assert consumer.rule is not None
                changes[consumer, position] = consumer.rule.evaluate(numbers)[1][position]
        return self._with_all(changes)

    def _replaced(self, node: Value, replaced: Mapping[Value, Any]) -> Number:
        number = replaced.get(node, node)
        return self.walk.values[number] if isinstance(number, Value) else number

    def _other_operands(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            for other, partial in enumerate(self.walk.partials[consumer]):
                if other != position and _rule_name(consumer) not in ("add", "sub", "sum"):
                    words = (
                        f"in {name_of(consumer)}, this is the derivative with respect to "
                        f"{name_of(consumer.parents[other])}, not to "
                        f"{name_of(consumer.parents[position])}"
                    )
                    number = self._with((consumer, position), partial)
                    yield Mistake("other operand", name_of(consumer), number, words)

    def _other_points(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            if len(consumer.parents) == 1:
                assert consumer.rule is not None
                partial = consumer.rule.evaluate([self.walk.results[consumer]])[1][0]
                words = (
                    f"the derivative of {_rule_name(consumer)} is taken at its result, "
                    f"not at {name_of(consumer.parents[0])}"
                )
                number = self._with((consumer, position), partial)
                yield Mistake("other point", name_of(consumer), number, words)

    def _signs(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            number = self._with((consumer, position), -self.walk.partials[consumer][position])
            words = f"the sign of the part through {name_of(consumer)} is wrong"
            yield Mistake("sign", name_of(consumer), number, words)

    def _other_nodes(self) -> Iterator[Mistake]:
        for node, number in self.walk.gradients.items():
            if node.label and node is not self.node:
                words = f"this is the one of {node.label}"
                yield Mistake("another node", node.label, number, words)


def _left_out(node: Value) -> str:
    if len(node.parents) == 1:
        return f"the derivative of {_rule_name(node)} in {name_of(node)} is missing"
    return f"a factor of {name_of(node)} is missing"


def _rule_name(node: Value) -> str:
    return node.rule.symbol if node.rule else ""


def _landmark(node: Value, order: list[Value]) -> Value:
    """The first labelled node to which this one leads."""
    reached = {node}
    for later in order:
        if later in reached or any(parent in reached for parent in later.parents):
            if later.label:
                return later
            reached.add(later)
    return node
