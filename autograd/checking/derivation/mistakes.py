"""The mistakes that people make in a gradient, each as the number that it leads to.

None of them is a formula: each comes from the graph by changing one thing.
"""

import functools
from collections.abc import Iterator, Mapping

from autograd.checking.derivation.claims import SAME
from autograd.checking.derivation.layers import partners, square_matrices, transposed
from autograd.checking.derivation.mistake import Mistake, decimal_slips, factors, transposition
from autograd.checking.derivation.walk import Figure, Walk, evaluated
from autograd.numbers.kinds import Number
from autograd.sums import is_made_by
from autograd.value import Value

# A consumer, and the position of the parent among its operands.
Edge = tuple[Value, int]

# All their partials are 1 or -1: to leave one out, or to take another, is to have a wrong sign.
_SUMS = ("add", "sub", "neg", "sum")


class GradientMistakes:
    """Mistakes in the derivative of the error with respect to one node."""

    def __init__(self, walk: Walk, node: Value):
        self.walk = walk
        self.node = node
        self.name = walk.name
        self.own_name = walk.name(node)
        self.gradient = walk.gradients[node]
        self.tangents = walk.tangents(node)
        # Those on the paths from the node to the error.
        self.edges: list[Edge] = [
            (consumer, position)
            for consumer in walk.order
            for position, parent in enumerate(consumer.parents)
            if self._share((consumer, position), 1)
        ]

    @functools.cached_property
    def _landmarks(self) -> dict[Value, Value]:
        """For each interior node the first labelled one to which it leads; else itself."""
        order = self.walk.order
        place = {node: position for position, node in enumerate(order)}
        first: dict[Value, int] = {}
        for node in reversed(order):
            if node.label:
                first[node] = place[node]
            if node in first:
                for parent in node.parents:
                    first[parent] = min(first.get(parent, len(order)), first[node])
        return {node: order[first.get(node, place[node])] for node in order}

    def _share(self, edge: Edge, partial: Number) -> Number:
        """What of the gradient comes through an edge that has this partial."""
        consumer, position = edge
        if consumer is self.node:
            return 0
        return self.walk.gradients[consumer] * partial * self.tangents[consumer.parents[position]]

    def _with(self, edge: Edge, partial: Number, kind: str, words: str) -> Mistake:
        """The mistake of another partial at one edge."""
        consumer, position = edge
        change = partial - self.walk.partials[consumer][position]
        return Mistake(kind, self.name(consumer), self.gradient + self._share(edge, change), words)

    def _with_all(self, changes: Mapping[Edge, Number]) -> Number:
        """The gradient with other partials at some edges."""
        partials = {node: list(given) for node, given in self.walk.partials.items()}
        for (consumer, position), partial in changes.items():
            partials[consumer][position] = partial
        return self.walk.adjoints(partials)[self.node]

    def minus(self) -> str:
        """Where the first minus is that a rule puts on the way to the error, if there is one."""
        for consumer, position in self.edges:
            if is_made_by(consumer, "neg") or (is_made_by(consumer, "sub", "div") and position):
                return (
                    f"Follow each minus sign: the derivative of {self.name(consumer)} "
                    f"with respect to {self.name(consumer.parents[position])} has one."
                )
        return ""

    def nothing(self) -> Iterator[Mistake]:
        """The mistake of a gradient of 0."""
        for consumer, position in self.edges:
            partial = self.walk.partials[consumer][position]
            is_first = consumer.parents[position] is self.node
            if is_first and self._share((consumer, position), partial):
                through = self.name(self._landmarks[consumer])
                error = self.name(self.walk.setting.error)
                words = f"0 says that {error} does not change with {self.own_name}, but it does"
                words += "" if through == error else f", through {through}"
                yield Mistake("missing path", through, 0, words)
                return

    def all(self) -> Iterator[Mistake]:
        """All other mistakes, the likelier first."""
        yield from self._factors()
        yield from decimal_slips(self.gradient, self.own_name)
        yield from self._missing_derivatives()
        yield from self._missing_paths()
        yield from self._transposed()
        yield from self._new_for_old()
        yield from self._other_operands()
        yield from self._other_points()
        yield from self._signs()
        yield from self._extra_factors()
        yield from self._other_nodes()

    def _factors(self) -> Iterator[Mistake]:
        yield from factors(self.gradient, self.own_name)
        for count in self._counts():
            words = f"the sum or mean has {count} terms: it is {count} times the right number"
            yield Mistake("factor", str(count), count * self.gradient, words)
            words = f"the sum or mean has {count} terms: it is the right number divided by {count}"
            yield Mistake("factor", f"1/{count}", self.gradient / count, words)
        for consumer, position in self.edges:
            exponent = self._exponent(consumer)
            if exponent and position == 0:
                partial = self.walk.partials[consumer][0] / exponent
                words = f"the exponent of {self.name(consumer)} is missing as a factor"
                yield self._with((consumer, 0), partial, "factor", words)

    def _exponent(self, node: Value) -> Number:
        if is_made_by(node, "pow"):
            return self.walk.values[node.parents[1]]
        if node.rule is None or node.rule.name != "constant_power":
            return None
        return node.rule.constants.get("exponent")

    def _counts(self) -> list[int]:
        """How many terms the sums and means on the way to the error have, where more than 2."""
        terms: dict[Value, int] = {}
        for node in self.walk.order:
            if is_made_by(node, "add", "sum"):
                terms[node] = sum(terms.get(parent, 1) for parent in node.parents)
        counts = {terms.get(consumer, 0) for consumer, _ in self.edges}
        return sorted(count for count in counts if count > 2)

    def _missing_derivatives(self) -> Iterator[Mistake]:
        edges = [edge for edge in self.edges if not is_made_by(edge[0], *_SUMS)]
        for edge in edges:
            yield self._with(edge, 1, "missing derivative", self._left_out(*edge))
        functions = [edge for edge in edges if len(edge[0].parents) == 1]
        for name in sorted({consumer.op for consumer, _ in functions}):
            changes = {edge: 1 for edge in functions if edge[0].op == name}
            words = f"the derivative of {name} is missing, each time"
            yield Mistake("missing derivative", name, self._with_all(changes), words)
        for node in self.walk.order:
            if node.label and self._is_passed_always(node):
                words = (
                    f"this is the derivative of {node.label}: the derivative of "
                    f"{self.name(self.walk.setting.error)} with respect to {node.label} is missing"
                )
                yield Mistake("missing derivative", node.label, self.tangents[node], words)

    def _left_out(self, node: Value, position: int) -> str:
        count = len(node.parents)
        if count == 1:
            return f"the derivative of {node.op} in {self.name(node)} is missing"
        if is_made_by(node, "mul", "dot"):
            half = count // 2
            factor = node.parents[(position + half) % (2 * half)]
            return f"the factor {self.name(factor)} in {self.name(node)} is missing"
        operand = self.name(node.parents[position])
        return f"the derivative of {self.name(node)} with respect to {operand} is missing"

    def _is_passed_always(self, node: Value) -> bool:
        """Whether all of the gradient comes through a node, other than the one asked about."""
        share = self.walk.gradients[node] * self.tangents[node]
        is_all = abs(share - self.gradient) <= SAME * abs(share)
        return node is not self.node and bool(share and is_all)

    def _missing_paths(self) -> Iterator[Mistake]:
        consumers: dict[Value, list[Edge]] = {}
        for edge in self.edges:
            consumers.setdefault(edge[0].parents[edge[1]], []).append(edge)
        for node, edges in consumers.items():
            if len(edges) < 2:
                continue
            shares = [self._share((c, p), self.walk.partials[c][p]) for c, p in edges]
            for (consumer, _), share in zip(edges, shares, strict=True):
                through = self.name(self._landmarks[consumer])
                words = f"{self.name(node)} is used {len(edges)} times, and the gradients are added"
                missing = f"{words}: the path through {through} is missing"
                yield Mistake("missing path", through, self.gradient - share, missing)
                if len(edges) > 2:
                    only = self.gradient - sum(shares) + share
                    alone = f"{words}: here is the path through {through} alone"
                    yield Mistake("missing path", f"{through} alone", only, alone)

    def _transposed(self) -> Iterator[Mistake]:
        for matrix in square_matrices(self.walk.order):
            pairs = partners(matrix)
            partner = pairs.get(self.node)
            if partner is not None and partner is not self.node:
                words = f"this is the one of {self.name(partner)}: the matrix is transposed"
                number = self.walk.gradients[partner]
                yield Mistake("transposed", self.name(partner), number, words)
            # In the backward pass alone, or in both: all sums are other numbers then.
            moved = {weight: self.walk.values[other] for weight, other in pairs.items()}
            yield transposition(self.walk, matrix, self._backwards_with(moved))
            both = transposed(self.walk, matrix)
            yield transposition(self.walk, matrix, both.gradients[self.node])

    def _new_for_old(self) -> Iterator[Mistake]:
        if self.walk.setting.learning_rate is None:
            return
        operands = dict.fromkeys(p for consumer, _ in self.edges for p in consumer.parents)
        new: dict[Value, Number] = {}
        for leaf in operands:
            if leaf.label and not leaf.parents and leaf is not self.node:
                number = self.walk.number(Figure("new value", leaf))
                changed = self._backwards_with({leaf: number})
                if changed != self.gradient:
                    new[leaf] = number
                    words = f"the gradient goes through {leaf.label} after the update, not before"
                    yield Mistake("new value", leaf.label, changed, words)
        if len(new) > 1:
            words = f"the gradient goes through {', '.join(map(self.name, new))} after the update"
            yield Mistake("new value", "all weights", self._backwards_with(new), words)

    def _backwards_with(self, replaced: Mapping[Value, Number]) -> Number:
        """The gradient where leaves had other numbers in the backward pass alone."""
        changes: dict[Edge, Number] = {}
        for consumer, position in self.edges:
            if consumer.parents[position] is self.node and not self.node.parents:
                continue
            if any(parent in replaced for parent in consumer.parents):
                numbers = [replaced.get(p, self.walk.values[p]) for p in consumer.parents]
                changes[consumer, position] = evaluated(consumer, numbers)[1][position]
        return self._with_all(changes)

    def _other_operands(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            for other, partial in enumerate(self.walk.partials[consumer]):
                if other != position and not is_made_by(consumer, *_SUMS):
                    words = (
                        f"in {self.name(consumer)}, this is the derivative with respect to "
                        f"{self.name(consumer.parents[other])}, not to "
                        f"{self.name(consumer.parents[position])}"
                    )
                    yield self._with((consumer, position), partial, "other operand", words)

    def _other_points(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            if len(consumer.parents) == 1:
                partial = evaluated(consumer, [self.walk.results[consumer]])[1][0]
                words = (
                    f"the derivative of {consumer.op} is taken at its result, "
                    f"not at {self.name(consumer.parents[0])}"
                )
                yield self._with((consumer, position), partial, "other point", words)

    def _signs(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            partial = -self.walk.partials[consumer][position]
            words = f"the sign of the part through {self.name(consumer)} is wrong"
            yield self._with((consumer, position), partial, "sign", words)

    def _extra_factors(self) -> Iterator[Mistake]:
        for consumer, position in self.edges:
            for operand in consumer.parents:
                partial = self.walk.values[operand] * self.walk.partials[consumer][position]
                words = (
                    f"the derivative of {self.name(consumer)} with respect to "
                    f"{self.name(consumer.parents[position])} has {self.name(operand)} as a factor "
                    "too many"
                )
                yield self._with((consumer, position), partial, "extra factor", words)

    def _other_nodes(self) -> Iterator[Mistake]:
        for node, number in self.walk.gradients.items():
            if node.label and node is not self.node:
                words = f"this is the one of {node.label}"
                yield Mistake("another node", node.label, number, words)
