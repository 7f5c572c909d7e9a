"""What the picture of a walk-through shows: named Values, and the lines between them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograd.explaining.derivation import derive
from autograd.explaining.expressions import Expression, Product, Symbol, operands_of
from autograd.explaining.outline import Line, outline
from autograd.value import Value

# A line of the picture, from one named Value to another.
Segment = tuple[Value, Value]


@dataclass(frozen=True, eq=False)
class Network:
    """The named Values of a graph, and the lines between them.

    A weight stands on the line from the Value that it multiplies to their sum, if it is
    read nowhere else: its two segments go from the Value to the weight, and on to the sum.

    Attributes:
        lines: what computes the named Values.
        names: the name of each named Value, parents first.
        weights: those that are trained.
        on_lines: the weights that stand on lines, and the Value that each multiplies.
        segments: the lines, each from a Value to one that is computed from it.
    """

    lines: tuple[Line, ...]
    names: dict[Value, str]
    weights: frozenset[Value]
    on_lines: dict[Value, Value]
    segments: tuple[Segment, ...]

    def computing(self, value: Value) -> list[int]:
        """The positions of the segments along which the operands of a Value come in."""
        last = {tail for tail, head in self.segments if head is value}
        ends = {value, *(weight for weight in self.on_lines if weight in last)}
        return [i for i, (_, head) in enumerate(self.segments) if head in ends]

    def leaving(self, value: Value) -> list[int]:
        """The positions of the segments along which a Value is read, as far as its readers."""
        starts = {value, *(w for w, factor in self.on_lines.items() if factor is value)}
        return [i for i, (tail, _) in enumerate(self.segments) if tail in starts]


def network_of(
    error: Value, weights: list[Value], names: Mapping[Value, str] | None = None
) -> Network:
    """The network of the graph that computed an error.

    Args:
        error: the Value at the end.
        weights: the leaves that are trained.
        names: those of weights that have no label, as far as they are known.
    """
    plan = outline(error, weights, names)
    readers = Counter(x for line in plan.lines for x in line.inputs)
    alone = {weight for weight in weights if readers[weight] == 1}
    on_lines: dict[Value, Value] = {}
    segments: dict[Segment, None] = {}
    for line in plan.lines:
        for factor, weight in _wires(line, plan.names, alone):
            if weight is None:
                segments[factor, line.value] = None
            else:
                on_lines[weight] = factor
                segments[factor, weight] = None
                segments[weight, line.value] = None
    return Network(plan.lines, plan.names, frozenset(weights), on_lines, tuple(segments))


def _wires(
    line: Line, names: dict[Value, str], alone: set[Value]
) -> Iterator[tuple[Value, Value | None]]:
    """What a line reads, each with the weight through which it does."""
    values = {names[x]: x for x in line.inputs}
    formula = derive(line, names).formula
    mentions = Counter(part.name for part in _parts(formula) if isinstance(part, Symbol))
    weighted: dict[Value, list[Value]] = {}
    for part in _parts(formula):
        if isinstance(part, Product):
            factors = [values[x.name] for x in part.factors if isinstance(x, Symbol)]
            found = [x for x in factors if x in alone and mentions[names[x]] == 1]
            if len(factors) == len(part.factors) == 2 and len(found) >= 1:
                weight = found[0]
                # By identity: two Values may hold the same number, and then are equal.
                factor = factors[1 if weight is factors[0] else 0]
                mentions[names[weight]] -= 1
                mentions[names[factor]] -= 1
                weighted.setdefault(factor, []).append(weight)
    for x in line.inputs:
        yield from ((x, weight) for weight in weighted.get(x, ()))
        if mentions[names[x]] > 0:
            yield x, None


def _parts(expression: Expression) -> Iterator[Expression]:
    """The expression and all that it is made of, from left to right."""
    waiting: list[Expression] = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(operands_of(part))
