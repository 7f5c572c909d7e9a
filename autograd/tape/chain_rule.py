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
            nodes: the interior nodes of its graph, parents first. The list is emptied: each node
                is freed when its adjoint has been passed on, as there may be millions.
            variables: leaves.
        """
        tape = self.tape
        zero, one = tape.constant(0.0), tape.constant(1.0)
        wanted = set(variables)
        constant = _constant(nodes, wanted)
        in_lanes = self._in_lanes(variables, nodes)
        # Each adjoint is the sum of products of these factors. Those in `crossing` differ from lane
        # to lane, though the lanes share the node that they belong to.
        terms: dict[Value, list[int]] = {}
        crossing: dict[Value, list[int]] = {}
        adjoints: dict[Value, int] = {}
        if isinstance(output, Value):
            (terms if output in in_lanes else crossing)[output] = [one, one]
        del output
        while nodes:
            node = nodes.pop()
            is_lane = node in in_lanes
            # Whoever reads it has been here.
            in_lanes.discard(node)
            if node not in terms and node not in crossing:
                continue
            adjoint = self._adjoint(terms.pop(node, None), crossing.pop(node, None))
            for parent, partial in zip(node.parents, node.partials, strict=True):
                if parent in wanted or (parent.parents and parent not in constant):
                    chosen = crossing if is_lane and parent not in in_lanes else terms
                    factors = chosen.setdefault(parent, [])
                    factors.append(position_of(partial, tape))
                    factors.append(adjoint)
        for variable in variables:
            if variable in terms or variable in crossing:
                adjoints[variable] = self._adjoint(terms.get(variable), crossing.get(variable))
        gradient = [adjoints.get(variable, zero) for variable in variables]
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

    def _adjoint(self, terms: list[int] | None, crossing: list[int] | None) -> int:
        """The sum of products of these factors, of which those of lanes are summed over them."""
        if crossing:
            reduced = self.reduced(self.tape.dot(crossing))
            terms = [reduced, self.tape.constant(1.0), *(terms or ())]
        return self.tape.dot(terms or ())

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
