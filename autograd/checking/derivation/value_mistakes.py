"""The mistakes that people make in a forward pass, each as the number that it leads to."""

from collections.abc import Iterator

from autograd.checking.derivation.layers import square_matrices, transposed
from autograd.checking.derivation.mistake import (
    SLIPS,
    Mistake,
    decimal_slips,
    factors,
    transposition,
)
from autograd.checking.derivation.walk import Figure, Walk, evaluated
from autograd.numbers.kinds import Number
from autograd.value import Value

# A person computes a labelled node from the labelled nodes before it. Where so many nodes
# without a label lie between, or so many operands, nobody did so by hand.
_LARGEST_EXPRESSION = 200
_MOST_OPERANDS = 2000


def value_mistakes(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in the value of a node, in the first or the second forward pass.

    Args:
        walk: the numbers in which the mistake was made.
        figure: of the quantity "value" or "new value".
    """
    values = walk.values if figure.quantity == "value" else walk.new_values
    expression = _Expression(walk, figure.node, values)
    right, title = expression.number(), walk.setting.title(figure)
    yield Mistake("sign", title, -right, "the sign is wrong")
    if values is not walk.values:
        words = "this is the number from before the update"
        yield Mistake("old value", walk.name(figure.node), walk.values[figure.node], words)
        yield from expression.old_values()
    yield from factors(right, title)
    yield from decimal_slips(right, title)
    yield from expression.left_out()
    yield from expression.signs()
    yield from expression.slips()
    for matrix in square_matrices(walk.order):
        yield transposition(walk, matrix, transposed(walk, matrix).number(figure))
    for node, number in values.items():
        if node is not figure.node and (node.label or node in expression.inside):
            words = f"this is {walk.name(node)}"
            yield Mistake("another node", walk.name(node), number, words)


class _Expression:
    """How a node is computed from the labelled nodes before it."""

    def __init__(self, walk: Walk, node: Value, values: dict[Value, Number]):
        self.walk = walk
        self.name = walk.name
        self.node = node
        self.values = values
        self.inside = {node}
        for later in reversed(walk.order):
            if later in self.inside:
                self.inside.update(p for p in later.parents if p.parents and not p.label)
        self.nodes = [n for n in walk.order if n in self.inside]
        operands = sum(len(n.parents) for n in self.nodes)
        is_small = len(self.nodes) <= _LARGEST_EXPRESSION and operands <= _MOST_OPERANDS
        # Those in which a mistake is looked for.
        self.varied = self.nodes if is_small else []
        # A node, the position of an operand, and the operand.
        self.edges = [(n, i, x) for n in self.varied for i, x in enumerate(n.parents)]

    def number(
        self,
        edge: tuple[Value, int] | None = None,
        operand: Number = None,
        skipped: Value | None = None,
    ) -> Number:
        """The node's number, with one operand replaced, or one node of one operand skipped."""
        numbers: dict[Value, Number] = {}
        for node in self.nodes:
            operands = [numbers[p] if p in numbers else self.values[p] for p in node.parents]
            if edge and node is edge[0]:
                operands[edge[1]] = operand
            numbers[node] = operands[0] if node is skipped else evaluated(node, operands)[0]
        return numbers[self.node] if self.nodes else self.values[self.node]

    def old_values(self) -> Iterator[Mistake]:
        """One operand from before the update."""
        for node, position, operand in self.edges:
            number = self.number((node, position), self.walk.values[operand])
            words = f"{self.name(operand)} is the one from before the update"
            yield Mistake("old value", self.name(operand), number, words)

    def left_out(self) -> Iterator[Mistake]:
        """One operation, term or factor left out."""
        for node in self.varied:
            if len(node.parents) == 1:
                words = f"{node.op} is left out: this is of {self.name(node.parents[0])} itself"
                number = self.number(skipped=node)
                yield Mistake("missing operation", self.name(node), number, words)
        for node, position, operand in self.edges:
            if len(node.parents) > 1:
                part, neutral = ("term", 0) if node.op in ("+", "-", "sum") else ("factor", 1)
                number = self.number((node, position), neutral)
                words = f"the {part} {self.name(operand)} is left out of {self.name(node)}"
                yield Mistake(f"missing {part}", self.name(operand), number, words)

    def signs(self) -> Iterator[Mistake]:
        """One operand with the other sign."""
        for node, position, operand in self.edges:
            number = self.number((node, position), -self.values[operand])
            words = f"{self.name(operand)} has the wrong sign in {self.name(node)}"
            yield Mistake("sign", self.name(operand), number, words)

    def slips(self) -> Iterator[Mistake]:
        """One operand with its decimal point elsewhere."""
        for node, position, operand in self.edges:
            for factor in SLIPS:
                slipped = factor * self.values[operand]
                number = self.number((node, position), slipped)
                words = (
                    f"a slip of the decimal point: {self.name(operand)} is taken as {slipped:.6g}"
                )
                yield Mistake("decimal", self.name(operand), number, words)
