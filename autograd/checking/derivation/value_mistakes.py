"""The mistakes that people make in a forward pass, each as the number that it leads to."""

from collections.abc import Callable, Iterator, Mapping

from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.mistake import (
    SLIPS,
    Change,
    Edge,
    Mistake,
    decimal_slips,
    edges_into,
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
    right, name = expression.numbers[figure.node], expression.name
    title = solution.problem.title(figure)
    yield Mistake("sign", title, -right, "the sign is wrong")
    if values is not solution.values:
        words = "this is the number from before the update"
        yield Mistake("old value", name(figure.node), solution.values[figure.node], words)
        yield from expression.at_edges(expression.old_value)
    yield from factors(right, title)
    yield from decimal_slips(right, title)
    yield from expression.missing_operations()
    yield from expression.at_edges(expression.missing_operand)
    yield from expression.at_edges(expression.other_sign)
    yield from expression.at_edges(expression.decimal_slip)
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
        self.values = values
        self.node = node
        self.inside = {node} if node.parents else set()
        for later in reversed(solution.order):
            if later in self.inside:
                self.inside.update(p for p in later.parents if p.parents and not p.label)
        self.nodes = [node for node in solution.order if node in self.inside]
        operands = [x for node in self.nodes for x in node.parents]
        self.given = {x: values[x] for x in (*operands, node) if x not in self.inside}
        self.numbers = replay(self.nodes, self.given, evaluated).numbers
        is_small = len(self.nodes) <= _LARGEST_EXPRESSION and len(operands) <= _MOST_OPERANDS
        # Those in which a mistake is looked for.
        self.varied = self.nodes if is_small else []
        self.edges = [edge for node in self.varied for edge in edges_into(node)]

    def number(self, changed: Value, number: Number) -> Number:
        """The node's number, where a node that it is computed from has another."""
        return replay(self.nodes, {**self.given, changed: number}, evaluated).numbers[self.node]

    def at_edges(self, changes: Callable[[Edge], Iterator[Change]]) -> Iterator[Mistake]:
        """The mistakes of another number for one operand, as `changes` gives them."""
        for edge in self.edges:
            node, name = edge.consumer, self.name(edge.operand)
            operands = [self.numbers[x] for x in node.parents]
            for kind, operand, words in changes(edge):
                operands[edge.operand_index] = operand
                result = evaluated(node, operands)[0]
                yield Mistake(kind, name, self.number(node, result), words)

    def missing_operations(self) -> Iterator[Mistake]:
        """One operation left out."""
        for node in self.varied:
            if len(node.parents) == 1:
                operand = node.parents[0]
                words = f"{node.op} is left out: this is of {self.name(operand)} itself"
                number = self.number(node, self.numbers[operand])
                yield Mistake("missing operation", self.name(node), number, words)

    def old_value(self, edge: Edge) -> Iterator[Change]:
        """An operand from before the update."""
        words = f"{self.name(edge.operand)} is the one from before the update"
        yield "old value", self.old[edge.operand], words

    def missing_operand(self, edge: Edge) -> Iterator[Change]:
        """A term or a factor left out."""
        node = edge.consumer
        if len(node.parents) > 1:
            part, neutral = ("term", 0) if node.op in ("+", "-", "sum") else ("factor", 1)
            words = f"the {part} {self.name(edge.operand)} is left out of {self.name(node)}"
            yield f"missing {part}", neutral, words

    def other_sign(self, edge: Edge) -> Iterator[Change]:
        """An operand with the other sign."""
        words = f"{self.name(edge.operand)} has the wrong sign in {self.name(edge.consumer)}"
        yield "sign", -self.values[edge.operand], words

    def decimal_slip(self, edge: Edge) -> Iterator[Change]:
        """An operand with its decimal point elsewhere."""
        name = self.name(edge.operand)
        for factor in SLIPS:
            slipped = factor * self.values[edge.operand]
            words = f"a slip of the decimal point: {name} is taken as {slipped:.6g}"
            yield "decimal", slipped, words
