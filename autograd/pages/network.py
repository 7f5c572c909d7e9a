"""What the picture of a walk-through shows: named Values, and the lines between them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograd.explaining import Equation, Explanation, Formula, Operation, Step, Symbol
from autograd.value import Value

# A line of the picture, from one named Value to another.
Segment = tuple[Value, Value]


@dataclass(frozen=True, eq=False)
class Network:
    """The named Values of a graph, and the lines between them.

    A weight stands on the line from the Value that it multiplies to their sum, if it is
    read nowhere else: its two segments go from the Value to the weight, and on to the sum.

    Attributes:
        names: the name of each named Value, parents first.
        weights: those that are trained.
        on_lines: the weights that stand on lines, and the Value that each multiplies.
        segments: the lines, each from a Value to one that is computed from it.
    """

    names: dict[Value, str]
    weights: frozenset[Value]
    on_lines: dict[Value, Value]
    segments: tuple[Segment, ...]

    def computing(self, value: Value) -> list[int]:
        """The indices of the segments along which the operands of a Value come in."""
        last = {tail for tail, head in self.segments if head is value}
        ends = {value, *(weight for weight in self.on_lines if weight in last)}
        return [i for i, (_, head) in enumerate(self.segments) if head in ends]

    def leaving(self, value: Value) -> list[int]:
        """The indices of the segments along which a Value is read, as far as its readers."""
        starts = {value, *(w for w, factor in self.on_lines.items() if factor is value)}
        return [i for i, (tail, _) in enumerate(self.segments) if tail in starts]


def network_of(explanation: Explanation) -> Network:
    """The network of the graph that is explained; its weights are those that are updated."""
    steps = [step for step in explanation.steps if isinstance(step, Step)]
    weights = [step.node for step in steps if step.kind == "update"]
    equations, names = explanation.outline.equations, explanation.outline.names
    readers = Counter(x for equation in equations for x in equation.inputs)
    alone = {weight for weight in weights if readers[weight] == 1}
    on_lines: dict[Value, Value] = {}
    segments: dict[Segment, None] = {}
    for equation in equations:
        for factor, weight in _wires(equation, alone):
            if weight is None:
                segments[factor, equation.value] = None
            else:
                on_lines[weight] = factor
                segments[factor, weight] = None
                segments[weight, equation.value] = None
    return Network(names, frozenset(weights), on_lines, tuple(segments))


def _wires(equation: Equation, alone: set[Value]) -> Iterator[tuple[Value, Value | None]]:
    """What an equation reads, each with the weight through which it does."""
    names = equation.names
    values = {names[x]: x for x in equation.inputs}
    parts = list(_parts(equation.formula))
    mentions = Counter(part.name for part in parts if isinstance(part, Symbol))
    weighted: dict[Value, list[Value]] = {}
    for part in parts:
        match part:
            case Operation("mul", (Symbol(first), Symbol(last))):
                factors = [values[first], values[last]]
                candidates = [x for x in factors if x in alone and mentions[names[x]] == 1]
                if candidates:
                    weight = candidates[0]
                    # By identity: two Values may hold the same number, and then are equal.
                    factor = factors[1 if weight is factors[0] else 0]
                    mentions[first] -= 1
                    mentions[last] -= 1
                    weighted.setdefault(factor, []).append(weight)
    for x in equation.inputs:
        yield from ((x, weight) for weight in weighted.get(x, ()))
        if mentions[names[x]] > 0:
            yield x, None


def _parts(formula: Formula) -> Iterator[Formula]:
    """The formula and all that it is made of, from left to right."""
    waiting = [formula]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Operation):
            waiting += reversed(part.operands)
