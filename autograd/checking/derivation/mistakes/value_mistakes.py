"""The mistakes that people make in a forward pass, each as the number that it leads to."""

import functools
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from autograd.checking.derivation.layers import SUMS, grouped, stem
from autograd.checking.derivation.mistakes import (
    SLIPS,
    Change,
    Mistake,
    decimal_slips,
    factors,
    transposition,
)
from autograd.checking.derivation.mistakes.textbook import (
    Reading,
    misreadings,
    other_functions,
    safely,
    unary_rules,
)
from autograd.checking.derivation.solution import Edge, Figure, Solution, edges_into, evaluated
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


class Expression:
    """How the node of a figure is computed from the labelled nodes before it.

    Args:
        solution: the numbers of the graph.
        figure: a figure of the quantity "value" or "new value".
        is_whole: whether it is computed from the leaves, and not from labelled nodes.

    Attributes:
        old: the numbers of the first forward pass.
        values: the numbers of the forward pass that the figure belongs to.
        nodes: what is computed, in order.
        inside: the same as a set.
        given: the numbers of the nodes that it is computed from.
        numbers: the numbers of all of these.
        varied: the nodes at which a mistake is looked for.
        edges: the edges into them.
    """

    def __init__(self, solution: Solution, figure: Figure, is_whole: bool = False):
        self.solution = solution
        self.figure = figure
        self.node = figure.node
        self.name = solution.problem.name
        self.old = solution.values
        self.values = solution.values_for(figure)
        self.nodes = solution.problem.formula_of(self.node, is_whole)
        self.inside = set(self.nodes)
        operands = [x for node in self.nodes for x in node.parents]
        self.given = {x: self.values[x] for x in (*operands, self.node) if x not in self.inside}
        self.numbers = replay(self.nodes, self.given, evaluated).numbers
        is_small = len(self.nodes) <= _LARGEST_EXPRESSION and len(operands) <= _MOST_OPERANDS
        self.varied = self.nodes if is_small else []
        self.edges = [edge for node in self.varied for edge in edges_into(node)]

    @functools.cached_property
    def whole(self) -> "Expression":
        """The same figure as it is computed from the leaves."""
        return Expression(self.solution, self.figure, is_whole=True)

    @property
    def operands(self) -> list[Value]:
        """The labelled nodes that it is computed from."""
        return [x for x in self.given if x.label and x is not self.node]

    def with_numbers(self, moved: Mapping[Value, Number]) -> Number:
        """The node's number if some of the nodes have other numbers."""
        return replay(self.nodes, {**self.given, **moved}, evaluated).numbers[self.node]

    def changed(self, edge: Edge, change: Change) -> Mistake:
        """The mistake of another number in place of that of one operand of an operation."""
        operands = [self.numbers[x] for x in edge.consumer.parents]
        operands[edge.operand_index] = change.number
        number = self.with_numbers({edge.consumer: evaluated(edge.consumer, operands)[0]})
        return Mistake(change.kind, self.name(edge.operand), number, change.words)

    def with_operations(self, changed: Mapping[Value, Callable[..., Number]]) -> Number:
        """The node's number if some operations are replaced by others."""

        def computed(node: Value, operands: Sequence[Number]) -> tuple[Number, tuple[Number, ...]]:
            if node not in changed:
                return evaluated(node, operands)
            try:
                return changed[node](*operands), ()
            except ArithmeticError:
                return math.nan, ()

        return replay(self.nodes, self.given, computed).numbers[self.node]


# In the number as a whole


def wrong_sign(expression: Expression) -> Iterator[Mistake]:
    """Minus the number."""
    title = expression.solution.problem.title(expression.figure)
    right = expression.numbers[expression.node]
    yield Mistake("sign", title, -right, "the sign is wrong")


def old_number(expression: Expression) -> Iterator[Mistake]:
    """The number from before the update."""
    if expression.figure.is_second_pass:
        node, words = expression.node, "this is the number from before the update"
        yield Mistake("old value", expression.name(node), expression.old[node], words)


def old_operands(expression: Expression) -> Iterator[Mistake]:
    """All leaves, or all results, with their numbers from before the update."""
    if not expression.figure.is_second_pass:
        return
    for what, is_leaf in (("weights and inputs", True), ("results", False)):
        old = {x: expression.old[x] for x in expression.given if bool(x.parents) != is_leaf}
        if len(old) > 1:
            listed = ", ".join(map(expression.name, old))
            words = f"the {what} in it are those from before the update: {listed}"
            yield Mistake("old value", listed, expression.with_numbers(old), words)


def slips_of_the_whole(expression: Expression) -> Iterator[Mistake]:
    """Twice or half the number, or its decimal point elsewhere."""
    title = expression.solution.problem.title(expression.figure)
    right = expression.numbers[expression.node]
    yield from factors(right, title)
    yield from decimal_slips(right, title)


def transposed_layer(expression: Expression) -> Iterator[Mistake]:
    """A matrix of weights transposed."""
    solution = expression.solution
    for pairs in solution.problem.layers.transposed:
        moved = {weight: solution.values[other] for weight, other in pairs.items()}
        number = solution.with_leaves(moved).number(expression.figure)
        yield transposition(map(expression.name, pairs), number)


def new_weights(expression: Expression) -> Iterator[Mistake]:
    """A second pass with weights from gradients that went through weights already updated."""
    solution, figure = expression.solution, expression.figure
    if not figure.is_second_pass:
        return
    trained, rate = solution.problem.trained, solution.problem.learning_rate
    new = {leaf: solution.number(Figure("new value", leaf)) for leaf in trained}
    partials = {}
    for node in solution.order:
        numbers = [new.get(x, solution.values[x]) for x in node.parents]
        pairs = zip(node.parents, solution.partials[node], evaluated(node, numbers)[1], strict=True)
        partials[node] = [before if x in new else after for x, before, after in pairs]
    gradients = solution.adjoints(partials)
    moved = {leaf: solution.values[leaf] - rate * gradients[leaf] for leaf in trained}
    if any(moved[leaf] != new[leaf] for leaf in trained):
        words = (
            "the new weights are those of gradients that went through weights after the update, "
            "not before"
        )
        number = solution.values_with(moved)[figure.node]
        yield Mistake("new value", solution.problem.title(figure), number, words)


def other_nodes(expression: Expression) -> Iterator[Mistake]:
    """The number of another node."""
    for node, number in expression.values.items():
        name = expression.name(node)
        if node is not expression.node and (node.label or node in expression.inside):
            kind = "another node" if node.parents else "copied number"
            yield Mistake(kind, name, number, f"this is {name}")


# At one operation


def missing_operations(expression: Expression) -> Iterator[Mistake]:
    """One operation left out."""
    for node in expression.varied:
        if len(node.parents) == 1:
            operand = node.parents[0]
            words = f"{node.op} is left out: this is of {expression.name(operand)} itself"
            number = expression.with_numbers({node: expression.numbers[operand]})
            yield Mistake("missing operation", expression.name(node), number, words)


def several_missing_operations(expression: Expression) -> Iterator[Mistake]:
    """Every exp left out, or all functions and powers."""
    unary = (node for node in expression.varied if len(node.parents) == 1)
    functions = (node for node in unary if not is_made_by(node, *SUMS))
    by_symbol = grouped(functions, operator.attrgetter("op"))
    groups = {f"each {op} is": nodes for op, nodes in by_symbol.items()}
    groups[f"{' and '.join(by_symbol)} are"] = list(chain(*by_symbol.values()))
    for listed, nodes in groups.items():
        if len(nodes) > 1:
            number = expression.with_operations(dict.fromkeys(nodes, lambda operand: operand))
            name = expression.name(expression.node)
            yield Mistake("missing operation", name, number, f"{listed} left out")


def missing_functions(expression: Expression) -> Iterator[Mistake]:
    """The operand of a function in place of its result, z in place of h = tanh(z)."""
    moved: dict[Value, Number] = {}
    for result in expression.operands:
        if len(result.parents) == 1:
            argument = result.parents[0]
            moved[result] = expression.values[argument]
            words = (
                f"{expression.name(argument)} stands where {result.label} belongs: "
                f"{result.op} is left out"
            )
            number = expression.with_numbers({result: moved[result]})
            yield Mistake("missing operation", result.label or "", number, words)
    if len(moved) > 1:
        listed = ", ".join(sorted(map(expression.name, moved)))
        words = f"what {listed} are made of stands in their place: a function is left out"
        yield Mistake("missing operation", listed, expression.with_numbers(moved), words)


def misread_functions(expression: Expression) -> Iterator[Mistake]:
    """1 / 1 + exp(-z) for a sigmoid, or an angle in degrees."""
    return _read_as(expression, misreadings)


def confused_functions(expression: Expression) -> Iterator[Mistake]:
    """A tanh for a sigmoid."""
    return _read_as(expression, other_functions)


def _read_as(
    expression: Expression, readings: Callable[[str], Sequence[Reading]]
) -> Iterator[Mistake]:
    """Another function, at one place and everywhere."""
    name = expression.name
    unary = (node for node in expression.varied if len(node.parents) == 1)
    for rule, nodes in grouped(unary, rule_of).items():
        for reading in readings(rule):
            for node in nodes:
                number = expression.with_operations({node: reading.function})
                words = f"{name(node)} is computed as {reading.written(name(node.parents[0]))}"
                yield Mistake("other function", name(node), number, words)
            if len(nodes) > 1:
                number = expression.with_operations(dict.fromkeys(nodes, reading.function))
                words = f"each {rule} is computed as {reading.written('…')}"
                yield Mistake("other function", rule, number, words)


def other_operations(expression: Expression) -> Iterator[Mistake]:
    """+ for *, - for +, and so on."""
    for node in expression.varied:
        if len(node.parents) != 2:
            continue
        first, second = map(expression.name, node.parents)
        for symbol, operation in _OPERATIONS.items():
            if symbol != node.op:
                words = f"{expression.name(node)} is computed as {first} {symbol} {second}"
                number = expression.with_operations({node: operation})
                yield Mistake("other function", expression.name(node), number, words)


def functions_of_an_operand(expression: Expression) -> Iterator[Mistake]:
    """A function of z alone in place of one of z and others: a sigmoid for a softmax."""
    for operand in expression.operands if len(expression.nodes) > 1 else ():
        for rule in unary_rules():
            name = expression.name(expression.node)
            words = f"{name} is computed as {rule}({operand.label})"
            number = safely(rule, expression.values[operand])[0]
            yield Mistake("other function", name, number, words)


# Other operands


def exchanged_operands(expression: Expression) -> Iterator[Mistake]:
    """w2 * x1 + w1 * x2 in place of w1 * x1 + w2 * x2."""
    operands, values = expression.operands, expression.values
    if len(operands) > _MOST_EXCHANGED:
        return
    for one, other in combinations(operands, 2):
        number = expression.with_numbers({one: values[other], other: values[one]})
        words = f"{one.label} and {other.label} have changed places"
        yield Mistake("other operand", expression.name(one), number, words, _WHICH)


def neighbours(expression: Expression) -> Iterator[Mistake]:
    """h1 in place of h2."""
    return _in_place_of_operands(expression, lambda x, other: stem(other) == stem(x))


def other_labels(expression: Expression) -> Iterator[Mistake]:
    """A node whose label differs in more than its number in place of another."""
    return _in_place_of_operands(expression, lambda x, other: stem(other) != stem(x))


def _in_place_of_operands(
    expression: Expression, is_tried: Callable[[Value, Value], bool]
) -> Iterator[Mistake]:
    operands = expression.operands
    labelled = [x for x in expression.values if x.label and x is not expression.node]
    for operand in operands if len(operands) <= _MOST_EXCHANGED else ():
        # An addend in place of a sum of two is a term left out.
        own = (operand, *operand.parents)
        for other in labelled:
            if is_tried(operand, other) and not any(other is x for x in own):
                words = f"{other.label} stands where {operand.label} belongs"
                number = expression.with_numbers({operand: expression.values[other]})
                yield Mistake("other operand", expression.name(operand), number, words, _WHICH)


# In the number of one operand


def old_value(expression: Expression, edge: Edge) -> Iterator[Change]:
    """An operand from before the update."""
    if expression.figure.is_second_pass:
        words = f"{expression.name(edge.operand)} is the one from before the update"
        yield Change("old value", expression.old[edge.operand], words)


def missing_operand(expression: Expression, edge: Edge) -> Iterator[Change]:
    """A term or a factor left out."""
    node, name = edge.consumer, expression.name
    if len(node.parents) > 1:
        part, neutral = ("term", 0) if node.op in ("+", "-", "sum") else ("factor", 1)
        words = f"the {part} {name(edge.operand)} is left out of {name(node)}"
        yield Change(f"missing {part}", neutral, words)


def other_sign(expression: Expression, edge: Edge) -> Iterator[Change]:
    """An operand with the other sign."""
    name = expression.name
    words = f"{name(edge.operand)} has the wrong sign in {name(edge.consumer)}"
    yield Change("sign", -expression.values[edge.operand], words)


def decimal_slip(expression: Expression, edge: Edge) -> Iterator[Change]:
    """An operand with its decimal point elsewhere."""
    name = expression.name(edge.operand)
    for factor in SLIPS:
        slipped = factor * expression.values[edge.operand]
        words = f"a slip of the decimal point: {name} is taken as {slipped:.6g}"
        yield Change("decimal", slipped, words)
