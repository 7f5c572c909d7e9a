"""The chain rule as instructions: the gradient of a recorded function, emitted after it."""

from collections import defaultdict
from typing import Any

from autograd.graph import reached_from
from autograd.tape.numbers import TapeNumber, position_of
from autograd.tape.tape import LANES, Tape
from autograd.value import Value


class ChainRule:
    """Reverse mode, with each adjoint as one `dot` of partials with the adjoints of their nodes.

    What the lanes share is differentiated once, not in each lane: where the adjoints of lanes
    reach it, they are summed over the lanes, and continue as one.
    """

    def __init__(self, tape: Tape, reduce: str):
        self.tape = tape
        self.is_mean = reduce == "mean"
        # Each adjoint is the sum of products of these factors. Those in `crossing` differ from lane
        # to lane, though the lanes share the node that they belong to.
        self.terms: dict[Value, list[int]] = defaultdict(list)
        self.crossing: dict[Value, list[int]] = defaultdict(list)

    def reduced(self, position: int) -> int:
        """A number's mean over the lanes, or its sum."""
        if not self.is_mean:
            return self.tape.sum_over_lanes(position)
        if self.tape.stages[position] != LANES:
            return position
        return self._divided(self.tape.sum_over_lanes(position))

    def gradient(self, output: Any, nodes: list[Value], variables: list[Value]) -> list[int]:
        """The derivatives of the reduced output with respect to the variables.

        Args:
            output: what the function returned.
            nodes: the interior nodes of its graph, parents first. The list is emptied: each node
                is freed when its adjoint has been passed on, as there may be millions.
            variables: leaves.
        """
        tape = self.tape
        zero, self.one = tape.constant(0.0), tape.constant(1.0)
        wanted = set(variables)
        constant = _constant(nodes, wanted)
        in_lanes = self._in_lanes(variables, nodes)
        if isinstance(output, Value):
            (self.terms if output in in_lanes else self.crossing)[output] = [self.one, self.one]
        del output
        while nodes:
            node = nodes.pop()
            adjoint = self._adjoint(node)
            if adjoint is None:
                continue
            is_lane = node in in_lanes
            # As in `Value.backward`, and for the same reason.
            partials = iter(node.partials)
            for parent in node.parents:
                partial = next(partials)
                if parent in wanted or (parent.parents and parent not in constant):
                    chosen = self.crossing if is_lane and parent not in in_lanes else self.terms
                    chosen[parent] += (position_of(partial, tape), adjoint)
        adjoints = {variable: self._adjoint(variable) for variable in dict.fromkeys(variables)}
        gradient = [zero if x is None else x for x in map(adjoints.__getitem__, variables)]
        if self.is_mean:
            pairs = zip(variables, gradient, strict=True)
            gradient = [self._divided(x) if node in in_lanes else x for node, x in pairs]
        return gradient

    def _in_lanes(self, variables: list[Value], nodes: list[Value]) -> set[Value]:
        """The nodes that differ from lane to lane."""
        stages = self.tape.stages
        if LANES not in stages:
            return set()
        sources = [
            node
            for node in (*variables, *nodes)
            if type(node.data) is TapeNumber and stages[node.data.position] == LANES
        ]
        return reached_from(sources, nodes)

    def _adjoint(self, node: Value) -> int | None:
        """The sum of the products that arrived at a node; None if it is not reached."""
        factors, crossing = self.terms.pop(node, []), self.crossing.pop(node, None)
        if crossing:
            factors = [self.reduced(self._dot(crossing)), self.one, *factors]
        return self._dot(factors) if factors else None

    def _dot(self, factors: list[int]) -> int:
        """The sum of one or more products x_1 * y_1 + x_2 * y_2 + ..., as one instruction."""
        one, emit = self.one, self.tape.emit
        if len(factors) == 2:
            x, y = factors
            return y if x == one else emit("mul", x, y)
        for i in range(0, len(factors), 2):
            if factors[i] == one:
                factors[i], factors[i + 1] = factors[i + 1], one
        if len(factors) == 4 and factors[1] == factors[3] == one:
            return emit("add", factors[0], factors[2])
        return emit("dot", *factors)

    def _divided(self, position: int) -> int:
        """A number divided by the number of lanes."""
        return self.tape.emit("div", position, self.tape.input("lanes"))


def _constant(nodes: list[Value], variables: set[Value]) -> set[Value]:
    """The nodes that depend on no variable. They are few, and the others may be millions."""
    found: set[Value] = set()
    for node in nodes:
        for parent in node.parents:
            if parent in variables or (parent.parents and parent not in found):
                break
        else:
            found.add(node)
    return found
