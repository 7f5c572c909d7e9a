"""The neurons of a network, read off the graph that it computed.

A neuron is a sum of weights times outputs of other units, plus a bias, and the functions of one
operand that are applied to it. Everything else that has a label or is an output is a unit as
well: the inputs, the targets, the error.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from autograd.graph import reading_order
from autograd.notation import Term, is_made_by, products_and_addends, terms
from autograd.value import Value

# Rules that may have one operand, but at the end of a network belong to the error.
_NO_ACTIVATION = ("sum", "pow", "neg", "pos")


@dataclass(eq=False)
class Connection:
    """A connection from a unit; without a weight if its value is used as it is."""

    source: "Unit"
    weight: Value | None = None


@dataclass(eq=False)
class Unit:
    """A neuron, an input, or a number that is computed from neurons, such as the error.

    Attributes:
        value: its output.
        name: its label, or its path in a module.
        total: the sum within a neuron, before its activation; None if this is not a neuron.
        activation: the name of what is applied to the total, or "".
        biases: the biases in the total.
        connections: the connections that end here.
    """

    value: Value
    name: str
    total: Value | None = None
    activation: str = ""
    biases: list[Value] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)


def read_units(outputs: Sequence[Value], weights: Mapping[Value, str]) -> list[Unit]:
    """The units of a network, each after the units that its connections come from.

    Args:
        outputs: what the network computed.
        weights: its weights and biases, with their names.

    Raises:
        ValueError: if none of the weights is multiplied by anything.
    """
    units = _Reader(outputs, weights).read()
    if all(connection.weight is None for unit in units for connection in unit.connections):
        raise ValueError(
            "no weights are found in this network: give their Values a label such as 'w1', or "
            "pass weights=, a list of them or the module that holds them"
        )
    return units


class _Reader:
    def __init__(self, outputs: Sequence[Value], weights: Mapping[Value, str]):
        self.outputs = set(outputs)
        self.weights = weights
        self.order = reading_order(*outputs)
        self.readers: dict[Value, list[Value]] = {node: [] for node in self.order}
        for node in self.order:
            for parent in dict.fromkeys(node.parents):
                self.readers[parent].append(node)
        self.units: dict[Value, Unit] = {}
        # Weighted sums in order, and the sums among them that are part of the sum that reads them.
        self.sums: dict[Value, None] = {}
        self.parts: set[Value] = set()

    def read(self) -> list[Unit]:
        self._find_sums()
        totals = {self._end_of_neuron(node): node for node in self.sums if node not in self.parts}
        within = set(totals.values()) - set(totals)
        for node in self.order:
            if node in totals:
                self._add_neuron(node, totals[node])
            elif node.parents and node not in within and (node.label or node in self.outputs):
                unit = Unit(node, node.label or node.op)
                unit.connections = [Connection(source) for source in self._sources(node.parents)]
                self.units[node] = unit
        units = list(self.units.values())
        unnamed = [unit for unit in units if not unit.connections and not unit.name]
        for number, unit in enumerate(unnamed, 1):
            unit.name = f"x{number}"
        return units

    def _find_sums(self) -> None:
        for node in self.order:
            products, addends = products_and_addends(node)
            factors = {factor for product in products for factor in product}
            parts = {x for x in addends if x not in factors and self._is_only_added(x)}
            if parts or any(self._weight(product) is not None for product in products):
                self.sums[node] = None
                self.parts |= parts

    def _is_only_added(self, node: Value) -> bool:
        """Whether it is a weighted sum that nothing else reads, and that has no name."""
        is_alone = len(self.readers[node]) == 1 and node not in self.outputs
        return node in self.sums and is_alone and not node.label

    def _weight(self, term: Term) -> Value | None:
        """The factor of a product that is a weight, if exactly one is."""
        x, y = term
        if y is None or (x in self.weights) == (y in self.weights):
            return None
        return x if x in self.weights else y

    def _end_of_neuron(self, total: Value) -> Value:
        """The last of the functions that are applied to a total, and to nothing else."""
        end = total
        while end not in self.outputs and len(self.readers[end]) == 1:
            (reader,) = self.readers[end]
            named = end is not total and end.label
            if len(reader.parents) != 1 or is_made_by(reader, *_NO_ACTIVATION) or named:
                break
            end = reader
        return end

    def _add_neuron(self, end: Value, total: Value) -> None:
        activations = []
        node = end
        while node is not total:
            activations.append(node.op)
            (node,) = node.parents
        unit = Unit(end, "", total, " of ".join(activations))
        weights = []
        for term in terms(total, self.parts.__contains__):
            weight = self._weight(term)
            others = [x for x in term if x is not None and x is not weight]
            if weight is not None:
                weights.append(weight)
            else:
                unit.biases += [x for x in others if x in self.weights]
                others = [x for x in others if x not in self.weights]
            for x in others:
                sources = self._sources([x], weighted=weight is not None)
                unit.connections += [Connection(source, weight) for source in sources]
        names = [self.weights[weight] for weight in weights + unit.biases]
        unit.name = end.label or total.label or _owner(names)
        self.units[end] = unit

    def _sources(self, nodes: Iterable[Value], weighted: bool = False) -> list[Unit]:
        """The nearest units that nodes are computed from; unnamed leaves only if weighted."""
        sources: dict[Unit, None] = {}
        waiting, seen = list(reversed(list(nodes))), set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if not node.parents and node not in self.weights and (node.label or weighted):
                self.units.setdefault(node, Unit(node, node.label or ""))
            if node in self.units:
                sources[self.units[node]] = None
            waiting += reversed(node.parents) if node not in self.units else ()
        return list(sources)


def _owner(names: list[str]) -> str:
    """What the paths of the weights of a neuron begin with: "hidden.0" for "hidden.0.w.1"."""
    steps = zip(*(name.split(".") for name in names), strict=False)
    shared = [step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps)]
    return re.sub(r"(^|\.)[wb](\.\d+)?$", "", ".".join(shared)) if "." in names[0] else ""
