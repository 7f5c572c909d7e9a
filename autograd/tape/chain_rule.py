"""The chain rule as instructions: the gradient of a recorded function, emitted after it."""

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
            nodes: the interior nodes of its graph, parents first.
            variables: leaves.
        """
        tape = self.tape
        zero, one = tape.constant(0.0), tape.constant(1.0)
        dependent = reached_from(variables, nodes)
        in_lanes = reached_from([x for x in (*variables, *nodes) if self._differs(x)], nodes)
        # Each adjoint is the sum of these products. Those in `crossing` differ from lane to lane,
        # though the lanes share the node that they belong to.
        terms: dict[Value, list[tuple[int, int]]] = {}
        crossing: dict[Value, list[tuple[int, int]]] = {}
        if isinstance(output, Value):
            (terms if output in in_lanes else crossing)[output] = [(one, one)]
        adjoints: dict[Value, int] = {}
        wanted = set(variables)
        for node in (*reversed(nodes), *variables):
            if node not in dependent or (node not in terms and node not in crossing):
                continue
            adjoint = self._adjoint(terms.pop(node, []), crossing.pop(node, []))
            if node in wanted:
                adjoints[node] = adjoint
            is_lane = node in in_lanes
            for parent, partial in zip(node.parents, node.partials, strict=True):
                if parent in dependent:
                    chosen = crossing if is_lane and parent not in in_lanes else terms
                    chosen.setdefault(parent, []).append((position_of(partial, tape), adjoint))
        gradient = [adjoints.get(node, zero) for node in variables]
        if self.is_mean:
            pairs = zip(variables, gradient, strict=True)
            gradient = [self._divided(x) if node in in_lanes else x for node, x in pairs]
        return gradient

    def _differs(self, node: Value) -> bool:
        """Whether its number differs from lane to lane."""
        data = node.data
        return type(data) is TapeNumber and self.tape.stages[data.position] == LANES

    def _adjoint(self, terms: list[tuple[int, int]], crossing: list[tuple[int, int]]) -> int:
        if crossing:
            reduced = self.reduced(self.tape.dot(crossing))
            terms = [(reduced, self.tape.constant(1.0)), *terms]
        return self.tape.dot(terms)

    def _divided(self, position: int) -> int:
        """A number divided by the number of lanes."""
        return self.tape.emit("div", position, self.tape.input("lanes"))
