"""The paths from a node to the error, and the mistakes that people make on them.

Paths are left out, counted twice or combined wrongly, or whole parts of a chain are left out.
"""

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from autograd.checking.derivation.layers import grouped, is_share, stem
from autograd.checking.derivation.mistakes import Change, Mistake
from autograd.checking.derivation.mistakes.textbook import (
    FUNCTIONS,
    derivative,
    misremembered,
    safely,
)
from autograd.checking.derivation.solution import (
    Edge,
    Solution,
    edges_into,
    evaluated,
    tolerance,
)
from autograd.graph import reached_from, sweep
from autograd.notation import is_made_by
from autograd.numbers.kinds import Number
from autograd.value import Value

# Nobody adds up the gradients of more units than this.
_MANY = 12


class Paths:
    """All edges between a node and the error.

    Args:
        solution: the numbers of the graph.
        node: where the paths begin.

    Attributes:
        order, values, results, gradients, partial: as in the solution.
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
        self.partial = solution.partial
        self.gradient = self.gradients[node]
        self.tangents = solution.tangents(node)
        self.edges = [
            edge for consumer in self.order for edge in edges_into(consumer) if self.share(edge, 1)
        ]

    def landmark(self, edge: Edge) -> Value:
        """The first labelled node that an edge leads to."""
        return self.layers.landmarks[edge.consumer]

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

    def changed(self, edge: Edge, change: Change) -> Mistake:
        """The mistake of another number in place of the derivative at one edge."""
        number = self.with_partial(edge, change.number)
        return Mistake(change.kind, self.name(edge.consumer), number, change.words)

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
        return grouped(self.edges, attrgetter("operand"))

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


# Mistakes on the paths


def missing_beyond(paths: Paths) -> Iterator[Mistake]:
    """u' in place of f'(u) u': the derivative of the error with respect to u is missing."""
    error = paths.name(paths.error)
    for node in paths.order:
        # The whole gradient comes through this node.
        if node.label and node is not paths.node and paths.is_all(node):
            words = (
                f"this is the derivative of {node.label}: the derivative of "
                f"{error} with respect to {node.label} is missing"
            )
            yield Mistake("missing derivative", node.label, paths.tangents[node], words)


def missing_before(paths: Paths) -> Iterator[Mistake]:
    """f'(u) in place of f'(u) u', for one part of the gradient or for all of them."""
    for node in paths.nodes:
        if node.label and node is not paths.error:
            number = paths.with_share(node, paths.gradients[node])
            with_respect = f"with respect to {paths.name(paths.node)}"
            words = f"the derivative of {node.label} {with_respect} is missing"
            yield Mistake("missing derivative", node.label, number, words)
    uses = paths.uses.get(paths.node, ())
    first = sorted({paths.landmark(edge) for edge in uses}, key=paths.name)
    if len(first) > 1 and all(x.label and x is not paths.error for x in first):
        listed = ", ".join(map(paths.name, first))
        number = sum(paths.gradients[x] for x in first)
        words = f"the derivatives of {listed} with respect to {paths.name(paths.node)} are missing"
        yield Mistake("missing derivative", listed, number, words)


def missing_steps(paths: Paths) -> Iterator[Mistake]:
    """Several steps left out, as if y and z were one: dE/dy taken for dE/dz."""
    nodes = [node for node in (paths.node, *paths.nodes) if node.label]
    for position, start in enumerate(nodes):
        if start is not paths.node and not paths.is_all(start):
            continue
        slope = paths.tangents[start]
        for end in nodes[position + 1 :]:
            if end is not paths.error:
                kind = "missing derivative" if paths.is_all(end) else "wrong term"
                words = (
                    f"this is as if {end.label} were {paths.name(start)}: "
                    "the derivative of the one with respect to the other is missing"
                )
                number = paths.gradients[end] * slope
                yield Mistake(kind, paths.name(end), number, words)


def product_rule(paths: Paths) -> Iterator[Mistake]:
    """Only one term of the product or quotient rule, where both operands depend on the node."""
    name = paths.name
    place = {node: position for position, node in enumerate((paths.node, *paths.nodes))}
    for node in paths.nodes:
        edges = [edge for edge in edges_into(node) if edge.operand in place]
        # People think of u * h(u) as paths, and of exp(z) / (exp(z) + c) as a probability.
        is_named = any(edge.operand is paths.node for edge in edges) and any(
            edge.operand.label for edge in edges if edge.operand is not paths.node
        )
        if len(edges) < 2 or is_named or is_share(node) or not is_made_by(node, "mul", "div"):
            continue
        for edge in sorted(edges, key=lambda edge: place[edge.operand]):
            words = (
                f"both operands of {name(node)} depend on {name(paths.node)}, and "
                f"the path through {name(edge.operand)} is missing"
            )
            number = paths.with_partial(edge, 0)
            if is_made_by(node, "mul") and all(x.label for x in node.parents):
                # If each factor has a name, a person follows the paths through them.
                yield Mistake("missing path", name(edge.operand), number, words)
            else:
                hint = "(u v)' is u' v + u v', and (u / v)' is (u' v - u v') / v^2."
                yield Mistake("combined wrongly", name(node), number, words, hint)


def missing_paths(paths: Paths) -> Iterator[Mistake]:
    """One of several paths missing, taken alone, or taken in place of each of them."""
    for node, edges in paths.forks.items():
        shares = [paths.share(edge) for edge in edges]
        for edge, share in zip(edges, shares, strict=True):
            through = paths.name(paths.landmark(edge))
            words = f"{paths.name(node)} is used {len(edges)} times, and the gradients are added"
            missing = f"{words}: the path through {through} is missing"
            yield Mistake("missing path", through, paths.gradient - share, missing)
            if len(edges) > 2:
                only = paths.gradient - sum(shares) + share
                alone = f"{words}: here is the path through {through} alone"
                yield Mistake("missing path", f"{through} alone", only, alone)
                each = paths.gradient - sum(shares) + len(edges) * share
                words = f"{words}: what comes through {through} is taken for each of them"
                yield Mistake("counted twice", through, each, words)


def paths_through_nodes(paths: Paths) -> Iterator[Mistake]:
    """Missing paths that part and meet again, as those through one probability of a softmax."""
    for node in paths.nodes:
        share = paths.through(node)
        if share and node.label and not paths.is_all(node):
            name = node.label
            words = f"what comes through {name} is one part of several"
            missing = f"{words}, and it is missing"
            yield Mistake("missing path", name, paths.gradient - share, missing)
            yield Mistake("missing path", f"{name} alone", share, f"{words}, and here alone")


def repeated_paths(paths: Paths) -> Iterator[Mistake]:
    """One of several paths counted twice; for a power, twice or half its term."""
    for edge in chain.from_iterable(paths.forks.values()):
        share = paths.share(edge)
        if edge.rule == "pow":
            name = paths.name(edge.consumer)
            for times, number in (("twice", share), ("half", -share / 2)):
                words = f"the term from {name} is {times} the right one"
                words += ": look at its exponent and at what is before it"
                yield Mistake("factor", name, paths.gradient + number, words)
        else:
            through = paths.name(paths.landmark(edge))
            words = f"the path through {through} is counted twice"
            yield Mistake("counted twice", through, paths.gradient + share, words)


def extra_paths(paths: Paths) -> Iterator[Mistake]:
    """The gradient of another unit of the layer, added to that of the one on the path."""
    gradients, tangents, name = paths.gradients, paths.tangents, paths.name
    for node in (paths.node, *paths.nodes):
        slope = tangents[node]
        namesakes = [unit for unit in paths.layers.relatives(node) if unit.parents]
        for layer in (paths.layers.alike(node), namesakes):
            others = [unit for unit in layer if unit is not node]
            if not others or len(others) > _MANY:
                continue
            for unit in others:
                if not tangents[unit]:
                    words = (
                        f"no path leads from {name(paths.node)} to {name(unit)}, "
                        "and its gradient is added all the same"
                    )
                    number = paths.gradient + gradients[unit] * slope
                    yield Mistake("extra path", name(unit), number, words)
            total = sum(gradients[unit] for unit in layer)
            slopes = {unit: tangents[unit] for unit in layer if tangents[unit]} | {node: slope}
            extra = sum((total - gradients[unit]) * slope for unit, slope in slopes.items())
            listed = ", ".join(map(name, others))
            words = f"the gradients of {listed} are put in at {name(node)} too"
            yield Mistake("extra path", listed, paths.gradient + extra, words)


def kept_constants(paths: Paths) -> Iterator[Mistake]:
    """2 * x + 3 as the derivative of x ** 2 + 3."""
    for node in paths.nodes:
        for leaf in node.parents if is_made_by(node, "add", "sub", "sum") else ():
            if not leaf.parents and leaf is not paths.node and paths.values[leaf]:
                sign = -1 if is_made_by(node, "sub") and leaf is node.parents[1] else 1
                kept = sign * paths.values[leaf] * paths.gradients[node]
                words = (
                    f"{paths.name(leaf)} in {paths.name(node)} does not change with "
                    f"{paths.name(paths.node)}: its derivative is 0"
                )
                yield Mistake("wrong derivative", paths.name(node), paths.gradient + kept, words)


def derivatives_combined_wrongly(paths: Paths) -> Iterator[Mistake]:
    """f' g' for (f g)' and for (f + g)', u' / v' for (u / v)', f' f + g' g for f' g + g' f."""
    tangents, values, name = paths.tangents, paths.values, paths.name
    for node in paths.nodes:
        if len(node.parents) != 2 or not all(tangents[x] for x in node.parents):
            continue
        first, second = node.parents
        u, v = tangents[first], tangents[second]
        gradient = paths.gradients[node]
        both = f"{name(first)} and {name(second)}"
        if is_made_by(node, "mul"):
            words = f"the derivatives of {both} are multiplied: that is not the product rule"
            number = paths.with_share(node, gradient * u * v)
            yield Mistake("combined wrongly", name(node), number, words)
            words = f"in the product rule for {name(node)}, {both} change places"
            share = gradient * (u * values[first] + v * values[second])
            yield Mistake("combined wrongly", name(node), paths.with_share(node, share), words)
        elif is_made_by(node, "div") and not is_share(node):
            words = f"the derivatives of {both} are divided: that is not the quotient rule"
            number = paths.with_share(node, gradient * u / v)
            yield Mistake("combined wrongly", name(node), number, words)
            words = f"the square of {name(second)} below is missing as an exponent"
            number = paths.with_share(node, paths.through(node) * values[second])
            yield Mistake("wrong derivative", name(node), number, words)
        elif is_made_by(node, "add", "sub"):
            words = f"the derivatives of {both} are multiplied, not added"
            number = paths.with_share(node, gradient * u * v)
            yield Mistake("combined wrongly", name(node), number, words)


def multiplied_paths(paths: Paths) -> Iterator[Mistake]:
    """The product of the derivatives along several paths in place of their sum."""
    for node, edges in paths.forks.items():
        words = f"the paths from {paths.name(node)} are multiplied: they are added"
        shares = [paths.gradients[edge.consumer] * paths.partial(edge) for edge in edges]
        number = paths.with_share(node, math.prod(shares) * paths.tangents[node])
        yield Mistake("combined wrongly", paths.name(node), number, words)
        # A person may have counted what all paths have in common only once.
        meeting = next((x for x in paths.nodes if paths.is_all(x)), None)
        if meeting is not None and node is paths.node and paths.gradients[meeting]:
            once = paths.gradients[meeting]
            number = once * math.prod(share / once for share in shares)
            yield Mistake("combined wrongly", paths.name(node), number, words)


def product_of_means(paths: Paths) -> Iterator[Mistake]:
    """The mean of the errors times the mean of the inputs, for the mean of the products."""
    name = paths.name
    for node, edges in paths.forks.items():
        if node.parents:
            continue
        adjoints = sum(paths.gradients[edge.consumer] for edge in edges)
        mean = adjoints * sum(map(paths.partial, edges)) / len(edges)
        words = (
            f"this is the product of two means: for {name(node)}, "
            "each product is made before the mean is taken"
        )
        number = paths.with_share(node, mean * paths.tangents[node])
        yield Mistake("combined wrongly", name(node), number, words)


def other_steps(paths: Paths) -> Iterator[Mistake]:
    """The states one step later or earlier as factors, for a weight used at each time step."""
    edges = [x for x in paths.uses.get(paths.node, ()) if is_made_by(x.consumer, "mul")]
    if len(edges) < 2:
        return
    for offset, when in ((1, "later"), (-1, "earlier")):
        changes: dict[Edge, Number] = {}
        for edge in edges:
            factor = edge.consumer.parents[1 - edge.operand_index]
            states = paths.layers.relatives(factor)
            place = next((i for i, x in enumerate(states) if x is factor), -1) + offset
            if factor.label and 0 <= place < len(states):
                changes[edge] = paths.values[states[place]]
        if len(changes) == len(edges):
            name = paths.name(paths.node)
            words = f"each factor of {name} is the one of the step {when}"
            yield Mistake("other operand", name, paths.with_partials(changes), words)


def written_out(paths: Paths) -> Iterator[Mistake]:
    """The derivative of 1 / (1 + exp(-z)), misremembered as it is for a sigmoid."""
    values, name = paths.values, paths.name
    for start, edges in paths.uses.items():
        for end in dict.fromkeys(paths.landmark(edge) for edge in edges):
            rule = _written_out_rule(paths, start, end)
            form = derivative(rule, 0) if rule else None
            if form is None:
                continue
            right = form.written(name(start), name(end))
            others = (derivative(other, 0) for other in FUNCTIONS if other != rule)
            for wrong in (*misremembered(rule, 0), *filter(None, others)):
                written = wrong.written(name(start), name(end))
                words = f"the derivative of {name(end)} at {name(start)} is {right}, not {written}"
                slope = wrong(values[start], values[end]) * paths.tangents[start]
                number = paths.with_share(end, paths.gradients[end] * slope)
                yield Mistake("wrong derivative", name(end), number, words)


def _written_out_rule(paths: Paths, start: Value, end: Value) -> str:
    """The function that several operations from one node to another amount to, or ""."""
    if not start.label or not end.label or not is_made_by(end, "div", "sub", "log"):
        return ""
    here = paths.values[start], paths.values[end]
    slope = paths.tangents[end] / paths.tangents[start]
    for rule in FUNCTIONS:
        result, (partial,) = safely(rule, here[0])
        pairs = ((result, here[1]), (partial, slope))
        if all(abs(x - y) <= tolerance(y) for x, y in pairs):
            return rule
    return ""
