"""What the picture of a walk-through shows: named Values, and the lines between them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograd.explaining import Equation, Explanation, Step
from autograd.notation import products_and_addends
from autograd.value import Value

# A line of the picture, from one named Value to another.
Segment = tuple[Value, Value]


@dataclass(frozen=True, eq=False)
class Network:
    """The named Values of a graph, and the lines between them.

    A weight stands on the line from the Value that it multiplies to the sum of such products, if
    it is used nowhere else and that Value is not a weight. The line then has two segments: from
    the Value to the weight, and from there to the sum.

    Attributes:
        names: the name of each named Value, parents first.
        weights: the leaves that are trained.
        on_lines: the weights that stand on lines, each with the Value that it multiplies.
        segments: the lines, each from a Value to one that is computed from it.
    """

    names: dict[Value, str]
    weights: frozenset[Value]
    on_lines: dict[Value, Value]
    segments: tuple[Segment, ...]

    def way(self, tail: Value, head: Value) -> list[int]:
        """The indices of the segments along which a Value is read by one computed from it."""
        through = [weight for weight, factor in self.on_lines.items() if factor is tail]
        taken = {(tail, head)}
        for weight in through:
            if (weight, head) in self.segments:
                taken |= {(tail, weight), (weight, head)}
        return [i for i, segment in enumerate(self.segments) if segment in taken]


def network_of(explanation: Explanation) -> Network:
    """The network of the graph that is explained; its weights are the leaves that are updated."""
    steps = [step for step in explanation.steps if isinstance(step, Step)]
    weights = frozenset(step.node for step in steps if step.kind == "update")
    equations, names = explanation.outline.equations, explanation.outline.names
    readers = Counter(x for equation in equations for x in equation.inputs)
    on_lines: dict[Value, Value] = {}
    segments: dict[Segment, None] = {}
    for equation in equations:
        for factor, weight in _wires(equation, weights, readers):
            if weight is None:
                segments[factor, equation.value] = None
            else:
                on_lines[weight] = factor
                segments[factor, weight] = None
                segments[weight, equation.value] = None
    return Network(names, weights, on_lines, tuple(segments))


def _wires(
    equation: Equation, weights: frozenset[Value], readers: Counter[Value]
) -> Iterator[tuple[Value, Value | None]]:
    """The Values that an equation reads, each with the weight on its line, or None."""
    products = {node: products_and_addends(node)[0] for node in equation.nodes}
    # A product that is multiplied again has three factors, none of which is taken for a weight.
    multiplied = {x for pairs in products.values() for pair in pairs for x in pair}
    reads = Counter(x for node in equation.nodes for x in node.parents)
    # A set goes by identity, whereas Values that hold the same number are equal.
    inputs = set(equation.inputs)
    single = {x for x in equation.inputs if x in weights and readers[x] == reads[x] == 1}
    factors: dict[Value, Value] = {}
    for node, pairs in products.items():
        for pair in pairs if node not in multiplied else ():
            # If both are weights, neither is on the line of the other.
            factor, weight = pair if pair[0] not in weights else pair[::-1]
            if weight in single and factor in inputs - weights:
                factors[weight] = factor
    reads -= Counter([*factors, *factors.values()])
    for x in equation.inputs:
        yield from ((x, weight) for weight in equation.inputs if factors.get(weight) is x)
        if reads[x]:
            yield x, None
