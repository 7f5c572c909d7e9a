"""The neurons of a network, read off the graph that it computed.

A neuron is a sum of weights times outputs of others, plus a bias, and the functions of one
operand that follow it. What else has a label, or is an output, is a circle as well: the
inputs, the targets, the error.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from autograd import Value

# "w1", "W", "w_j1k", "b", "bias_2", "layers.0.neurons.1.w.0"; not "bit".
_WEIGHT = re.compile(r"(.*\.)?(w|b(ias)?(?![a-z]))", re.IGNORECASE)

# Of one operand each, but at the end of a network they belong to the error.
_NO_ACTIVATION = ("sum", "constant_power", "neg", "pos")


@dataclass(eq=False)
class Line:
    """From one circle to the next; without a weight where the number goes in as it is."""

    source: "Circle"
    weight: Value | None


@dataclass(eq=False)
class Circle:
    """A neuron, an input, or a number that is computed from neurons, such as the error.

    Attributes:
        value: what goes out.
        total: the sum within a neuron, before its activation; None if this is no neuron.
        activation: the name of what is applied to the total, or "".
    """

    value: Value
    name: str
    total: Value | None = None
    activation: str = ""
    biases: list[Value] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def weights_by_label(outputs: Sequence[Value]) -> dict[Value, str]:
    """The leaves whose labels look like those of weights and biases, with these labels."""
    leaves = [node for node in _ordered(outputs) if not node.parents]
    return {leaf: leaf.label for leaf in leaves if leaf.label and _WEIGHT.match(leaf.label)}


def read_circles(outputs: Sequence[Value], weights: Mapping[Value, str]) -> list[Circle]:
    """The circles of a network, each after those from which its lines come.

    Args:
        outputs: what the network computed.
        weights: its weights and biases, with their names.

    Raises:
        ValueError: if none of the weights is multiplied by anything.
    """
    reader = _Reader(outputs, weights)
    circles = reader.read()
    if all(line.weight is None for circle in circles for line in circle.lines):
        raise ValueError(
            "no weights are found in this network: give their Values a label such as 'w1', or "
            "pass weights=, a list of them or the module that holds them"
        )
    return circles


class _Reader:
    def __init__(self, outputs: Sequence[Value], weights: Mapping[Value, str]):
        self.outputs = set(outputs)
        self.weights = weights
        self.order = _ordered(outputs)
        self.consumers: dict[Value, list[Value]] = {node: [] for node in self.order}
        for node in self.order:
            for parent in dict.fromkeys(node.parents):
                self.consumers[parent].append(node)
        self.circles: dict[Value, Circle] = {}
        self.weighted_sums: set[Value] = set()

    def read(self) -> list[Circle]:
        for node in self.order:
            if self._is_weighted_sum(node):
                self.weighted_sums.add(node)
        totals = {
            self._end_of_neuron(node): node for node in self.weighted_sums if self._is_total(node)
        }
        within = set(totals.values()) - set(totals)
        for node in self.order:
            if node in totals:
                self._add_neuron(node, totals[node])
            elif node.parents and node not in within and (node.label or node in self.outputs):
                circle = Circle(node, node.label or node.op)
                circle.lines = [Line(source, None) for source in self._sources(node.parents)]
                self.circles[node] = circle
        circles = list(self.circles.values())
        unnamed = [circle for circle in circles if not circle.lines and not circle.name]
        for position, circle in enumerate(unnamed, 1):
            circle.name = f"x{position}"
        return circles

    def _is_weighted_sum(self, node: Value) -> bool:
        if _operation(node) in ("mul", "dot"):
            return any(weight is not None for _, weight in self._products(node))
        return _operation(node) in ("add", "sum") and any(map(self._goes_on, node.parents))

    def _goes_on(self, node: Value) -> bool:
        """Whether a weighted sum may be a part of the sum that consumes it."""
        alone = len(self.consumers[node]) == 1 and not node.label and node not in self.outputs
        return alone and node in self.weighted_sums

    def _is_total(self, node: Value) -> bool:
        if not self._goes_on(node):
            return True
        (consumer,) = self.consumers[node]
        return _operation(consumer) not in ("add", "sum") or consumer not in self.weighted_sums

    def _end_of_neuron(self, total: Value) -> Value:
        """The last of the functions that are applied to a total, and to nothing else."""
        end = total
        while end not in self.outputs and len(self.consumers[end]) == 1:
            (consumer,) = self.consumers[end]
            named = end is not total and end.label
            if len(consumer.parents) != 1 or _operation(consumer) in _NO_ACTIVATION or named:
                break
            end = consumer
        return end

    def _add_neuron(self, end: Value, total: Value) -> None:
        activations = []
        node = end
        while node is not total:
            activations.append(node.op)
            (node,) = node.parents
        circle = Circle(end, "", total, " of ".join(activations))
        weights = []
        for term, weight in self._terms(total):
            if weight is not None:
                weights.append(weight)
                circle.lines += [Line(source, weight) for source in self._sources([term], True)]
            elif term in self.weights:
                circle.biases.append(term)
            else:
                circle.lines += [Line(source, None) for source in self._sources([term])]
        names = [self.weights[weight] for weight in weights + circle.biases]
        circle.name = end.label or total.label or _owner(names)
        self.circles[end] = circle

    def _terms(self, total: Value) -> list[tuple[Value, Value | None]]:
        """What a total sums up: pairs of a Value and the weight by which it is multiplied."""
        terms: list[tuple[Value, Value | None]] = []
        waiting = [total]
        while waiting:
            node = waiting.pop()
            if _operation(node) in ("mul", "dot"):
                terms += self._products(node)
                continue
            waiting += [parent for parent in reversed(node.parents) if self._goes_on(parent)]
            terms += [(parent, None) for parent in node.parents if not self._goes_on(parent)]
        return terms

    def _products(self, node: Value) -> list[tuple[Value, Value | None]]:
        count = len(node.parents) // 2
        xs, ys = node.parents[:count], node.parents[count : 2 * count]
        products: list[tuple[Value, Value | None]] = []
        for x, y in zip(xs, ys, strict=True):
            if (x in self.weights) != (y in self.weights):
                products.append((y, x) if x in self.weights else (x, y))
            else:
                products += [(x, None), (y, None)]
        return products + [(start, None) for start in node.parents[2 * count :]]

    def _sources(self, nodes: Iterable[Value], weighted: bool = False) -> list[Circle]:
        """The nearest circles from which nodes are computed; constants only if weighted."""
        found: dict[Circle, None] = {}
        waiting, seen = list(reversed(list(nodes))), set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if not node.parents and node not in self.weights and (node.label or weighted):
                self.circles.setdefault(node, Circle(node, node.label or ""))
            if node in self.circles:
                found[self.circles[node]] = None
            waiting += reversed(node.parents) if node not in self.circles else ()
        return list(found)


def _ordered(outputs: Sequence[Value]) -> list[Value]:
    """The nodes of a graph, each after its parents."""
    order: dict[Value, None] = {}
    waiting = list(reversed(outputs))
    while waiting:
        node = waiting[-1]
        unseen = [] if node in order else [p for p in node.parents if p not in order]
        if not unseen:
            order[waiting.pop()] = None
        waiting += reversed(unseen)
    return list(order)


def _operation(node: Value) -> str:
    return node.rule.name if node.rule else ""


def _owner(names: list[str]) -> str:
    """What the paths of the weights of a neuron begin with: "hidden.0" of "hidden.0.w.1"."""
    steps = zip(*(name.split(".") for name in names), strict=False)
    shared = [step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps)]
    return re.sub(r"(^|\.)[wb](\.\d+)?$", "", ".".join(shared)) if "." in names[0] else ""
