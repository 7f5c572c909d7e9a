"""The mistakes that people make in a gradient, and in what an update makes of it.

None of them is a formula: each comes from the graph by changing one thing. One more is one
method that says what is changed: at one edge a partial, as `_other_sign` does, or anything else
that leads to another number.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from autograd.checking.derivation.claims import tolerance
from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.mistake import (
    Change,
    Edge,
    Mistake,
    decimal_slips,
    edges_into,
    factors,
    partners,
    transposed,
    transposition,
)
from autograd.checking.derivation.solution import QUANTITIES, Figure, Solution, evaluated
from autograd.numbers.kinds import Number
from autograd.sums import is_made_by
from autograd.value import Value

# All their partials are 1 or -1: to leave one out, or to take another, is to have a wrong sign.
_SUMS = ("add", "sub", "neg", "sum")
_MADE_OF = {"step": " (learning rate times gradient)", "update": " (minus the step)"}


def gradient_mistakes(solution: Solution, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is made of it.

    The likelier come first.

    Args:
        solution: the numbers in which the mistake was made.
        figure: of any quantity but a value.
    """
    quantity, node = figure.quantity, figure.node
    rate = solution.problem.learning_rate
    # The figure is start + scale * gradient.
    start = solution.values[node] if quantity == "new value" else 0
    scale = {"gradient": 1, "step": rate}.get(quantity) or -rate
    mistakes = GradientMistakes(solution, node)
    sign = Mistake("sign", mistakes.own_name, start - scale * mistakes.gradient, "")
    if quantity == "new value":
        words = "this is the number from before the update: the step is missing"
        yield Mistake("old value", mistakes.own_name, start, words)
        yield replace(sign, words="the step is added, not subtracted")
    else:
        yield from mistakes.zero()
        yield replace(sign, words="the sign is wrong", hint=mistakes.hint_on_minus())
    if quantity != "gradient":
        number = start + scale * mistakes.gradient / rate
        yield Mistake("factor", "learning rate", number, "the learning rate is missing")
    yield from _other_quantities(solution, figure)
    for mistake in mistakes.others():
        yield replace(mistake, number=start + scale * mistake.number)
    if start:
        yield from decimal_slips(solution.number(figure), solution.problem.title(figure))


def _other_quantities(solution: Solution, figure: Figure) -> Iterator[Mistake]:
    if solution.problem.learning_rate is None:
        return
    for quantity in QUANTITIES[1:]:
        if quantity != figure.quantity and (quantity != "new value" or not figure.node.parents):
            other = Figure(quantity, figure.node)
            words = f"this is the {quantity}{_MADE_OF.get(quantity, '')}, not the {figure.quantity}"
            title = solution.problem.title(other)
            yield Mistake("update", title, solution.number(other), words)


class GradientMistakes:
    """Mistakes in the derivative of the error with respect to one node."""

    def __init__(self, solution: Solution, node: Value):
        self.solution = solution
        self.node = node
        self.name = solution.problem.name
        self.own_name = self.name(node)
        self.gradient = solution.gradients[node]
        self.tangents = solution.tangents(node)
        # Those on the paths from the node to the error.
        self.edges = [
            edge
            for consumer in solution.order
            for edge in edges_into(consumer)
            if self._share(edge, 1)
        ]

    def zero(self) -> Iterator[Mistake]:
        """The mistake of a gradient of 0."""
        for edge in self.edges:
            if edge.operand is self.node and self._share(edge, self._partial(edge)):
                through = self.name(self._landmarks[edge.consumer])
                error = self.name(self.solution.problem.error)
                words = f"0 says that {error} does not change with {self.own_name}, but it does"
                words += "" if through == error else f", through {through}"
                yield Mistake("missing path", through, 0, words)
                return

    def hint_on_minus(self) -> str:
        """Where the first minus is that a rule puts on the way to the error, if there is one."""
        for edge in self.edges:
            is_second = edge.operand_index == 1
            has_minus = is_second and is_made_by(edge.consumer, "sub", "div")
            if has_minus or is_made_by(edge.consumer, "neg"):
                return (
                    f"Follow each minus sign: the derivative of {self.name(edge.consumer)} "
                    f"with respect to {self.name(edge.operand)} has one."
                )
        return ""

    def others(self) -> Iterator[Mistake]:
        """All but a gradient of 0 and a wrong sign of the whole, the likelier first."""
        yield from factors(self.gradient, self.own_name)
        yield from self._counts_of_terms()
        yield from self._at_edges(self._missing_exponent)
        yield from decimal_slips(self.gradient, self.own_name)
        yield from self._at_edges(self._missing_derivative)
        yield from self._missing_each_time()
        yield from self._missing_beyond()
        yield from self._missing_paths()
        yield from self._transposed()
        yield from self._new_for_old()
        yield from self._at_edges(self._other_operand)
        yield from self._at_edges(self._other_point)
        yield from self._at_edges(self._other_sign)
        yield from self._at_edges(self._extra_factor)
        yield from self._other_nodes()

    # Another partial at one edge

    def _at_edges(self, changes: Callable[[Edge], Iterator[Change]]) -> Iterator[Mistake]:
        """The mistakes of another partial at one edge, as `changes` gives them."""
        for edge in self.edges:
            for kind, partial, words in changes(edge):
                number = self.gradient + self._share(edge, partial - self._partial(edge))
                yield Mistake(kind, self.name(edge.consumer), number, words)

    def _missing_exponent(self, edge: Edge) -> Iterator[Change]:
        exponent = self._exponent(edge.consumer)
        if exponent and edge.operand_index == 0:
            words = f"the exponent of {self.name(edge.consumer)} is missing as a factor"
            yield "factor", self._partial(edge) / exponent, words

    def _exponent(self, node: Value) -> Number:
        if is_made_by(node, "pow"):
            return self.solution.values[node.parents[1]]
        if node.rule is None or node.rule.name != "constant_power":
            return None
        return node.rule.constants.get("exponent")

    def _missing_derivative(self, edge: Edge) -> Iterator[Change]:
        node, operands = edge.consumer, edge.consumer.parents
        if is_made_by(node, *_SUMS):
            return
        if len(operands) == 1:
            words = f"the derivative of {node.op} in {self.name(node)} is missing"
        elif is_made_by(node, "mul", "dot"):
            half = len(operands) // 2
            factor = operands[(edge.operand_index + half) % (2 * half)]
            words = f"the factor {self.name(factor)} in {self.name(node)} is missing"
        else:
            operand = self.name(edge.operand)
            words = f"the derivative of {self.name(node)} with respect to {operand} is missing"
        yield "missing derivative", 1, words

    def _other_operand(self, edge: Edge) -> Iterator[Change]:
        if is_made_by(edge.consumer, *_SUMS):
            return
        for other in edges_into(edge.consumer):
            if other.operand_index != edge.operand_index:
                words = (
                    f"in {self.name(edge.consumer)}, this is the derivative with respect to "
                    f"{self.name(other.operand)}, not to {self.name(edge.operand)}"
                )
                yield "other operand", self._partial(other), words

    def _other_point(self, edge: Edge) -> Iterator[Change]:
        node = edge.consumer
        if len(node.parents) == 1:
            partial = evaluated(node, [self.solution.results[node]])[1][0]
            operand = self.name(edge.operand)
            words = f"the derivative of {node.op} is taken at its result, not at {operand}"
            yield "other point", partial, words

    def _other_sign(self, edge: Edge) -> Iterator[Change]:
        words = f"the sign of the part through {self.name(edge.consumer)} is wrong"
        yield "sign", -self._partial(edge), words

    def _extra_factor(self, edge: Edge) -> Iterator[Change]:
        for factor in edge.consumer.parents:
            words = (
                f"the derivative of {self.name(edge.consumer)} with respect to "
                f"{self.name(edge.operand)} has {self.name(factor)} as a factor too many"
            )
            yield "extra factor", self.solution.values[factor] * self._partial(edge), words

    # Several partials, or other ways to another number

    def _counts_of_terms(self) -> Iterator[Mistake]:
        terms: dict[Value, int] = {}
        for node in self.solution.order:
            if is_made_by(node, "add", "sum"):
                terms[node] = sum(terms.get(parent, 1) for parent in node.parents)
        for count in sorted({terms.get(edge.consumer, 0) for edge in self.edges}):
            # Of two terms, a factor of 2 or 1/2 is named as such.
            if count > 2:
                start = f"the sum or mean has {count} terms: it is"
                words = f"{start} {count} times the right number"
                yield Mistake("factor", str(count), count * self.gradient, words)
                words = f"{start} the right number divided by {count}"
                yield Mistake("factor", f"1/{count}", self.gradient / count, words)

    def _missing_each_time(self) -> Iterator[Mistake]:
        functions = [edge for edge in self.edges if len(edge.consumer.parents) == 1]
        names = {edge.consumer.op for edge in functions if not is_made_by(edge.consumer, "neg")}
        for name in sorted(names):
            changes = {edge: 1 for edge in functions if edge.consumer.op == name}
            words = f"the derivative of {name} is missing, each time"
            yield Mistake("missing derivative", name, self._with_all(changes), words)

    def _missing_beyond(self) -> Iterator[Mistake]:
        error = self.name(self.solution.problem.error)
        for node in self.solution.order:
            share = self.solution.gradients[node] * self.tangents[node]
            # All of the gradient comes through it.
            is_passed = share and abs(share - self.gradient) <= tolerance(share)
            if node.label and node is not self.node and is_passed:
                words = (
                    f"this is the derivative of {node.label}: the derivative of "
                    f"{error} with respect to {node.label} is missing"
                )
                yield Mistake("missing derivative", node.label, self.tangents[node], words)

    def _missing_paths(self) -> Iterator[Mistake]:
        edges_from: dict[Value, list[Edge]] = {}
        for edge in self.edges:
            edges_from.setdefault(edge.operand, []).append(edge)
        for node, edges in edges_from.items():
            if len(edges) < 2:
                continue
            shares = [self._share(edge, self._partial(edge)) for edge in edges]
            for edge, share in zip(edges, shares, strict=True):
                through = self.name(self._landmarks[edge.consumer])
                words = f"{self.name(node)} is used {len(edges)} times, and the gradients are added"
                missing = f"{words}: the path through {through} is missing"
                yield Mistake("missing path", through, self.gradient - share, missing)
                if len(edges) > 2:
                    only = self.gradient - sum(shares) + share
                    alone = f"{words}: here is the path through {through} alone"
                    yield Mistake("missing path", f"{through} alone", only, alone)

    def _transposed(self) -> Iterator[Mistake]:
        for matrix in square_matrices(self.solution.order):
            pairs = partners(matrix)
            partner = pairs.get(self.node)
            if partner is not None and partner is not self.node:
                words = f"this is the one of {self.name(partner)}: the matrix is transposed"
                number = self.solution.gradients[partner]
                yield Mistake("transposed", self.name(partner), number, words)
            # In the backward pass alone, or in both: all sums are other numbers then.
            moved = {weight: self.solution.values[other] for weight, other in pairs.items()}
            yield transposition(self.solution, matrix, self._backwards_with(moved))
            both = transposed(self.solution, matrix)
            yield transposition(self.solution, matrix, both.gradients[self.node])

    def _new_for_old(self) -> Iterator[Mistake]:
        if self.solution.problem.learning_rate is None:
            return
        operands = dict.fromkeys(x for edge in self.edges for x in edge.consumer.parents)
        new: dict[Value, Number] = {}
        for leaf in operands:
            if leaf.label and not leaf.parents and leaf is not self.node:
                number = self.solution.number(Figure("new value", leaf))
                changed = self._backwards_with({leaf: number})
                if changed != self.gradient:
                    new[leaf] = number
                    words = f"the gradient goes through {leaf.label} after the update, not before"
                    yield Mistake("new value", leaf.label, changed, words)
        if len(new) > 1:
            words = f"the gradient goes through {', '.join(map(self.name, new))} after the update"
            yield Mistake("new value", "all weights", self._backwards_with(new), words)

    def _other_nodes(self) -> Iterator[Mistake]:
        for node, number in self.solution.gradients.items():
            if node.label and node is not self.node:
                words = f"this is the one of {node.label}"
                yield Mistake("another node", node.label, number, words)

    # What they are made of: the gradient with other partials

    def _partial(self, edge: Edge) -> Number:
        return self.solution.partials[edge.consumer][edge.operand_index]

    def _share(self, edge: Edge, partial: Number) -> Number:
        """What of the gradient comes through an edge that has this partial."""
        if edge.consumer is self.node:
            return 0
        return self.solution.gradients[edge.consumer] * partial * self.tangents[edge.operand]

    def _with_all(self, changes: Mapping[Edge, Number]) -> Number:
        """The gradient with other partials at some edges."""
        partials = {node: list(given) for node, given in self.solution.partials.items()}
        for edge, partial in changes.items():
            partials[edge.consumer][edge.operand_index] = partial
        return self.solution.adjoints(partials)[self.node]

    def _backwards_with(self, replaced: Mapping[Value, Number]) -> Number:
        """The gradient where leaves had other numbers in the backward pass alone."""
        changes: dict[Edge, Number] = {}
        for edge in self.edges:
            operands = edge.consumer.parents
            if edge.operand is self.node and not self.node.parents:
                continue
            if any(operand in replaced for operand in operands):
                numbers = [replaced.get(x, self.solution.values[x]) for x in operands]
                changes[edge] = evaluated(edge.consumer, numbers)[1][edge.operand_index]
        return self._with_all(changes)

    @functools.cached_property
    def _landmarks(self) -> dict[Value, Value]:
        """For each interior node the first labelled one to which it leads; else itself."""
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
