"""The mistakes that people make in a forward pass, each as the number that it leads to."""

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from autograd.checking.derivation.mistakes import textbook
from autograd.checking.derivation.mistakes.layers import square_matrices, transposed, transposition
from autograd.checking.derivation.mistakes.local_mistakes import Change
from autograd.checking.derivation.mistakes.mistake import (
    SLIPS,
    Mistake,
    decimal_slips,
    factors,
)
from autograd.checking.derivation.mistakes.paths import SUMS, Edge, edges_into, stem
from autograd.checking.derivation.solution import Figure, Solution, evaluated
from autograd.graph import replay
from autograd.notation import is_made_by, rule_of
from autograd.numbers.kinds import Number
from autograd.value import Value

# A person computes a labelled node from the labelled nodes before it. With more unlabelled nodes
# between them, or with more operands, nobody does so by hand.
_LARGEST_EXPRESSION = 200
_MOST_OPERANDS = 2000
# Among more operands, none is tried in place of another.
_MOST_EXCHANGED = 12
_WHICH = "Look at what goes in, and where."
_OPERATIONS: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def value_mistakes(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Mistakes in the value of a node, in the first or the second forward pass.

    Args:
        solution: the numbers with which the mistake was made.
        figure: a figure of the quantity "value" or "new value".

    Returns:
        Groups of mistakes, the likelier first.
    """
    values = solution.values if figure.quantity == "value" else solution.new_values
    expression = _Expression(solution, figure.node, values)
    yield chain(
        _of_the_whole(solution, figure, expression),
        expression.missing_operations(),
        expression.at_edges(expression.missing_operand),
        expression.at_edges(expression.other_sign),
        expression.at_edges(expression.decimal_slip),
        _of_the_layer(solution, figure),
        _new_weights(solution, figure),
    )
    yield chain(
        expression.readings(textbook.misreadings),
        expression.several_missing_operations(),
        expression.missing_functions(),
        expression.other_operations(),
        _of_other_nodes(expression),
        expression.exchanged_operands(),
    )
    yield chain(
        expression.readings(textbook.other_functions),
        expression.other_operands(of_other_labels=False),
    )
    # The figure from the leaves on: the mistake may be in the figures that it goes on from.
    whole = _Expression(solution, figure.node, values, is_whole=True)
    yield chain(
        whole.missing_operations(),
        whole.at_edges(whole.missing_operand),
        whole.at_edges(whole.other_sign),
        whole.readings(textbook.misreadings),
    )
    yield chain(
        expression.functions_of_an_operand(),
        expression.other_operands(of_other_labels=True),
        whole.at_edges(whole.decimal_slip),
        whole.readings(textbook.other_functions),
    )


def _of_the_whole(
    solution: Solution, figure: Figure, expression: "_Expression"
) -> Iterator[Mistake]:
    right, name = expression.numbers[figure.node], expression.name
    title = solution.problem.title(figure)
    yield Mistake("sign", title, -right, "the sign is wrong")
    if figure.is_second_pass:
        words = "this is the number from before the update"
        yield Mistake("old value", name(figure.node), solution.values[figure.node], words)
        yield from expression.at_edges(expression.old_value)
        yield from expression.old_values()
    yield from factors(right, title)
    yield from decimal_slips(right, title)


def _of_the_layer(solution: Solution, figure: Figure) -> Iterator[Mistake]:
    for matrix in square_matrices(solution.order):
        number = transposed(solution, matrix).number(figure)
        yield transposition(solution, matrix, number)


def _new_weights(solution: Solution, figure: Figure) -> Iterator[Mistake]:
    """A second pass with weights from gradients that went through weights already updated."""
    trained = solution.problem.trained if figure.is_second_pass else ()
    new = {leaf: solution.number(Figure("new value", leaf)) for leaf in trained}
    partials = {}
    for node in solution.order:
        numbers = [new.get(x, solution.values[x]) for x in node.parents]
        pairs = zip(node.parents, solution.partials[node], evaluated(node, numbers)[1], strict=True)
        partials[node] = [before if x in new else after for x, before, after in pairs]
    gradients = solution.adjoints(partials)
    rate = solution.problem.learning_rate
    moved = {leaf: solution.values[leaf] - rate * gradients[leaf] for leaf in trained}
    if any(moved[leaf] != new[leaf] for leaf in trained):
        leaves = {x: number for x, number in solution.values.items() if not x.parents}
        number = replay(solution.order, {**leaves, **moved}, evaluated).numbers[figure.node]
        words = (
            "the new weights are those of gradients that went through weights after the update, "
            "not before"
        )
        yield Mistake("new value", solution.problem.title(figure), number, words)


def _of_other_nodes(expression: "_Expression") -> Iterator[Mistake]:
    for node, number in expression.values.items():
        name = expression.name(node)
        if node is not expression.node and (node.label or node in expression.inside):
            kind = "another node" if node.parents else "copied number"
            yield Mistake(kind, name, number, f"this is {name}")


def _itself(number: Number) -> Number:
    return number


class _Expression:
    """How a node is computed from the labelled nodes before it."""

    def __init__(
        self,
        solution: Solution,
        node: Value,
        values: Mapping[Value, Number],
        is_whole: bool = False,
    ):
        self.name = solution.problem.name
        self.old = solution.values
        self.values = values
        self.node = node
        self.inside = {node} if node.parents else set()
        for later in reversed(solution.order):
            if later in self.inside:
                self.inside.update(
                    x for x in later.parents if x.parents and (is_whole or not x.label)
                )
        self.nodes = [node for node in solution.order if node in self.inside]
        operands = [x for node in self.nodes for x in node.parents]
        self.given = {x: values[x] for x in (*operands, node) if x not in self.inside}
        self.numbers = replay(self.nodes, self.given, evaluated).numbers
        is_small = len(self.nodes) <= _LARGEST_EXPRESSION and len(operands) <= _MOST_OPERANDS
        # The nodes at which a mistake is looked for.
        self.varied = self.nodes if is_small else []
        self.edges = [edge for node in self.varied for edge in edges_into(node)]

    def number(self, changed: Value, number: Number) -> Number:
        """The node's number if a node that it is computed from has another number."""
        return self.with_given({changed: number})

    def at_edges(self, changes: Callable[[Edge], Iterator[Change]]) -> Iterator[Mistake]:
        """The mistakes in which one operand has another number, as `changes` gives them."""
        for edge in self.edges:
            node, name = edge.consumer, self.name(edge.operand)
            operands = [self.numbers[x] for x in node.parents]
            for change in changes(edge):
                operands[edge.operand_index] = change.number
                result = evaluated(node, operands)[0]
                yield Mistake(change.kind, name, self.number(node, result), change.words)

    def with_given(self, moved: Mapping[Value, Number]) -> Number:
        """The node's number if it is computed from other numbers."""
        return replay(self.nodes, {**self.given, **moved}, evaluated).numbers[self.node]

    def with_operation(self, changed: Mapping[Value, Callable[..., Number]]) -> Number:
        """The node's number if some operations are replaced by others."""

        def computed(node: Value, operands: Sequence[Number]) -> tuple[Number, tuple[Number, ...]]:
            if node not in changed:
                return evaluated(node, operands)
            try:
                return changed[node](*operands), ()
            except ArithmeticError:
                return math.nan, ()

        return replay(self.nodes, self.given, computed).numbers[self.node]

    def readings(self, readings: Callable[[str], Sequence[textbook.Reading]]) -> Iterator[Mistake]:
        """Another function, at one place and everywhere."""
        by_rule: dict[str, list[Value]] = {}
        for node in self.varied:
            if len(node.parents) == 1:
                by_rule.setdefault(rule_of(node), []).append(node)
        for rule, nodes in by_rule.items():
            for reading in readings(rule):
                for node in nodes:
                    number = self.with_operation({node: reading.function})
                    written = reading.written(self.name(node.parents[0]))
                    words = f"{self.name(node)} is computed as {written}"
                    yield Mistake("other function", self.name(node), number, words)
                if len(nodes) > 1:
                    number = self.with_operation(dict.fromkeys(nodes, reading.function))
                    words = f"each {rule} is computed as {reading.written('…')}"
                    yield Mistake("other function", rule, number, words)

    def old_values(self) -> Iterator[Mistake]:
        """All leaves, or all results, with their numbers from before the update."""
        for what, is_leaf in (("weights and inputs", True), ("results", False)):
            old = {x: self.old[x] for x in self.given if bool(x.parents) != is_leaf}
            if len(old) > 1:
                number = self.with_given(old)
                listed = ", ".join(map(self.name, old))
                words = f"the {what} in it are those from before the update: {listed}"
                yield Mistake("old value", listed, number, words)

    def missing_operations(self) -> Iterator[Mistake]:
        """One operation left out."""
        for node in self.varied:
            if len(node.parents) == 1:
                operand = node.parents[0]
                words = f"{node.op} is left out: this is of {self.name(operand)} itself"
                number = self.number(node, self.numbers[operand])
                yield Mistake("missing operation", self.name(node), number, words)

    def several_missing_operations(self) -> Iterator[Mistake]:
        """Every exp left out, or all functions and powers."""
        by_symbol: dict[str, list[Value]] = {}
        for node in self.varied:
            if len(node.parents) == 1 and not is_made_by(node, *SUMS):
                by_symbol.setdefault(node.op, []).append(node)
        groups = {f"each {op} is": nodes for op, nodes in by_symbol.items()}
        groups[f"{' and '.join(by_symbol)} are"] = list(chain(*by_symbol.values()))
        for listed, nodes in groups.items():
            if len(nodes) > 1:
                number = self.with_operation(dict.fromkeys(nodes, _itself))
                words = f"{listed} left out"
                yield Mistake("missing operation", self.name(self.node), number, words)

    def missing_functions(self) -> Iterator[Mistake]:
        """The operand of a function in place of its result, z in place of h = tanh(z)."""
        moved: dict[Value, Number] = {}
        for result in self.given:
            if result.label and len(result.parents) == 1 and result is not self.node:
                argument = result.parents[0]
                moved[result] = self.values[argument]
                number = self.with_given({result: moved[result]})
                words = f"{self.name(argument)} stands where {result.label} belongs"
                words += f": {result.op} is left out"
                yield Mistake("missing operation", result.label, number, words)
        if len(moved) > 1:
            listed = ", ".join(sorted(map(self.name, moved)))
            words = f"what {listed} are made of stands in their place: a function is left out"
            yield Mistake("missing operation", listed, self.with_given(moved), words)

    def other_operations(self) -> Iterator[Mistake]:
        """+ for *, - for +, and so on."""
        for node in self.varied:
            if len(node.parents) != 2:
                continue
            first, second = map(self.name, node.parents)
            for symbol, operation in _OPERATIONS.items():
                if symbol != node.op:
                    words = f"{self.name(node)} is computed as {first} {symbol} {second}"
                    number = self.with_operation({node: operation})
                    yield Mistake("other function", self.name(node), number, words)

    def exchanged_operands(self) -> Iterator[Mistake]:
        """w2 * x1 + w1 * x2 in place of w1 * x1 + w2 * x2."""
        operands = [x for x in self.given if x.label and x is not self.node]
        if len(operands) > _MOST_EXCHANGED:
            return
        for one, other in combinations(operands, 2):
            number = self.with_given({one: self.values[other], other: self.values[one]})
            words = f"{one.label} and {other.label} have changed places"
            yield Mistake("other operand", self.name(one), number, words, _WHICH)

    def other_operands(self, of_other_labels: bool) -> Iterator[Mistake]:
        """h1 in place of h2, or a node whose label differs in more than its number."""
        operands = [x for x in self.given if x.label and x is not self.node]
        labelled = [x for x in self.values if x.label and x is not self.node]
        for operand in operands if len(operands) <= _MOST_EXCHANGED else ():
            # An addend in place of a sum of two is a term left out.
            own = (operand, *operand.parents)
            for other in labelled:
                is_other = stem(other) != stem(operand)
                if is_other == of_other_labels and not any(other is x for x in own):
                    words = f"{other.label} stands where {operand.label} belongs"
                    number = self.with_given({operand: self.values[other]})
                    yield Mistake("other operand", self.name(operand), number, words, _WHICH)

    def functions_of_an_operand(self) -> Iterator[Mistake]:
        """A function of z alone in place of one of z and others: a sigmoid for a softmax."""
        for operand in self.given if len(self.nodes) > 1 else ():
            if operand.label and operand is not self.node:
                for rule in textbook.unary_rules():
                    words = f"{self.name(self.node)} is computed as {rule}({operand.label})"
                    number = textbook.safely(rule, self.values[operand])[0]
                    yield Mistake("other function", self.name(self.node), number, words)

    def old_value(self, edge: Edge) -> Iterator[Change]:
        """An operand from before the update."""
        words = f"{self.name(edge.operand)} is the one from before the update"
        yield Change("old value", self.old[edge.operand], words)

    def missing_operand(self, edge: Edge) -> Iterator[Change]:
        """A term or a factor left out."""
        node = edge.consumer
        if len(node.parents) > 1:
            part, neutral = ("term", 0) if node.op in ("+", "-", "sum") else ("factor", 1)
            words = f"the {part} {self.name(edge.operand)} is left out of {self.name(node)}"
            yield Change(f"missing {part}", neutral, words)

    def other_sign(self, edge: Edge) -> Iterator[Change]:
        """An operand with the other sign."""
        words = f"{self.name(edge.operand)} has the wrong sign in {self.name(edge.consumer)}"
        yield Change("sign", -self.values[edge.operand], words)

    def decimal_slip(self, edge: Edge) -> Iterator[Change]:
        """An operand with its decimal point elsewhere."""
        name = self.name(edge.operand)
        for factor in SLIPS:
            slipped = factor * self.values[edge.operand]
            words = f"a slip of the decimal point: {name} is taken as {slipped:.6g}"
            yield Change("decimal", slipped, words)
