"""The mistakes that people make in a forward pass, each as the number that it leads to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.mistake import (
    SLIPS,
    Mistake,
    decimal_slips,
    factors,
    transposed,
    transposition,
)
from autograd.checking.derivation.solution import Figure, Solution, evaluated
from autograd.graph import replay
from autograd.numbers.kinds import Number
from autograd.value import Value

# A person computes a labelled node from the labelled nodes before it. Where so many nodes
# without a label lie between, or so many operands, nobody did so by hand.
_LARGEST_EXPRESSION = 200
_MOST_OPERANDS = 2000


def value_mistakes(solution: Solution, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in the value of a node, in the first or the second forward pass.

    Args:
        solution: the numbers in which the mistake was made.
        figure: of the quantity "value" or "new value".
    """
    values = solution.values if figure.quantity == "value" else solution.new_values
    expression = _Expression(solution, figure.node, values)
    right, title, name = expression.number(), solution.problem.title(figure), expression.name
    yield Mistake("sign", title, -right, "the sign is wrong")
    if values is not solution.values:
        words = "this is the number from before the update"
        yield Mistake("old value", name(figure.node), solution.values[figure.node], words)
        yield from expression.old_values()
    yield from factors(right, title)
    yield from decimal_slips(right, title)
    yield from expression.left_out()
    yield from expression.signs()
    yield from expression.slips()
    for matrix in square_matrices(solution.order):
        number = transposed(solution, matrix).number(figure)
        yield transposition(solution, matrix, number)
    for node, number in values.items():
        if node is not figure.node and (node.label or node in expression.inside):
            yield Mistake("another node", name(node), number, f"this is {name(node)}")


class _Expression:
    """How a node is computed from the labelled nodes before it."""

    def __init__(self, solution: Solution, node: Value, values: Mapping[Value, Number]):
        self.name = solution.problem.name
        self.old = solution.values
        self.node = node
        self.values = values
        self.inside = {node}
        for later in reversed(solution.order):
            if later in self.inside:
                self.inside.update(p for p in later.parents if p.parents and not p.label)
        self.nodes = [node for node in solution.order if node in self.inside]
        count = sum(len(node.parents) for node in self.nodes)
        is_small = len(self.nodes) <= _LARGEST_EXPRESSION and count <= _MOST_OPERANDS
        # Those in which a mistake is looked for.
        self.varied = self.nodes if is_small else []
        self.outside = {
            x: values[x] for node in self.nodes for x in node.parents if x not in self.inside
        }
        # A node, the index of an operand, and the operand.
        self.edges = [(n, i, x) for n in self.varied for i, x in enumerate(n.parents)]

    def number(
        self,
        edge: tuple[Value, int] | None = None,
        operand: Number = None,
        skipped: Value | None = None,
    ) -> Number:
        """The node's number, with one operand replaced, or one node of one operand skipped."""

        def evaluate(node: Value, operands: Sequence[Number]) -> tuple[Number, Any]:
            numbers = list(operands)
            if edge and node is edge[0]:
                numbers[edge[1]] = operand
            return (numbers[0], ()) if node is skipped else evaluated(node, numbers)

        if not self.nodes:
            return self.values[self.node]
        return replay(self.nodes, self.outside, evaluate).numbers[self.node]

    def old_values(self) -> Iterator[Mistake]:
        """One operand from before the update."""
        for node, index, operand in self.edges:
            number = self.number((node, index), self.old[operand])
            words = f"{self.name(operand)} is the one from before the update"
            yield Mistake("old value", self.name(operand), number, words)

    def left_out(self) -> Iterator[Mistake]:
        """One operation, term or factor left out."""
        for node in self.varied:
            if len(node.parents) == 1:
                words = f"{node.op} is left out: this is of {self.name(node.parents[0])} itself"
                number = self.number(skipped=node)
                yield Mistake("missing operation", self.name(node), number, words)
        for node, index, operand in self.edges:
            if len(node.parents) > 1:
                part, neutral = ("term", 0) if node.op in ("+", "-", "sum") else ("factor", 1)
                number = self.number((node, index), neutral)
                words = f"the {part} {self.name(operand)} is left out of {self.name(node)}"
                yield Mistake(f"missing {part}", self.name(operand), number, words)

    def signs(self) -> Iterator[Mistake]:
        """One operand with the other sign."""
        for node, index, operand in self.edges:
            number = self.number((node, index), -self.values[operand])
            words = f"{self.name(operand)} has the wrong sign in {self.name(node)}"
            yield Mistake("sign", self.name(operand), number, words)

    def slips(self) -> Iterator[Mistake]:
        """One operand with its decimal point elsewhere."""
        for node, index, operand in self.edges:
            for factor in SLIPS:
                slipped = factor * self.values[operand]
                number = self.number((node, index), slipped)
                words = (
                    f"a slip of the decimal point: {self.name(operand)} is taken as {slipped:.6g}"
                )
                yield Mistake("decimal", self.name(operand), number, words)
