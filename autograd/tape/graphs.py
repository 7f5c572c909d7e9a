"""Graphs as programs of their leaves, and programs as graphs."""

from collections.abc import Sequence
from typing import Any

from autograd import functions, modes
from autograd.graph import evaluated, interior_nodes, replay, sweep, topological_order
from autograd.tape.numbers import Callback, TapeNumber, position_of
from autograd.tape.operations import OPERATIONS
from autograd.tape.program import Program, names, to_program
from autograd.tape.tape import INPUTS, SHARED, Tape
from autograd.transforms.gradients import Partial
from autograd.value import Value


def record_graph(
    output: Value, others: Sequence[Value] = (), moved: Sequence[Value] = ()
) -> tuple[Program, list[Value]]:
    """The program of an existing graph, as a function of its leaves.

    The results are the data of every node, then the derivative of the output with respect to
    every node, then the partials of every edge, node by node.

    Args:
        output: the Value to differentiate.
        others: further Values to compute.
        moved: interior Values. The program adds a parameter to each of them; a parameter of -0.0
            leaves the Value unchanged, while 0.0 would turn -0.0 into 0.0.

    Returns:
        The program, whose arguments are the leaves, and the nodes, parents first.

    Raises:
        TypeError: if a leaf holds anything but a real number, or if a rule branches on a number.

    >>> x = Value(3.0)
    >>> program, nodes = record_graph(x * x)
    >>> len(nodes), len(program.results)
    (2, 6)
    """
    nodes = list(topological_order(output, *others))
    interior = interior_nodes(output, *others)
    tape = Tape()
    leaves: dict[Value, Any] = {}
    for node in nodes:
        if not node.parents:
            position_of(node.data, tape)
            leaves[node] = TapeNumber(tape, tape.input(SHARED, len(leaves)))
    shifts = {x: TapeNumber(tape, tape.input("parameter", i)) for i, x in enumerate(moved)}

    def evaluate(node: Value, operands: Sequence[Any]) -> Any:
        result, partials = evaluated(node, operands)
        return (result + shifts[node] if node in shifts else result), partials

    with modes.undisturbed():
        data, _, partials = replay(interior, leaves, evaluate)
        adjoints = sweep(interior, {output: 1}, partials.__getitem__)
    numbers = [data[node] for node in nodes]
    numbers += [adjoints.get(node, 0.0) for node in nodes]
    numbers += [partial for node in nodes for partial in partials.get(node, ())]
    results = [tape.number(position_of(number, tape)) for number in numbers]
    return to_program(tape, results, (SHARED,) * len(leaves), len(moved)), nodes


def graph_of(program: Program, parameters: Sequence[Any], arguments: Sequence[Any]) -> list[Value]:
    """A program run on Values: a node for each instruction, named as in its `source`.

    Args:
        program: a program whose arguments are all SHARED.
        parameters: a number or a Value for each parameter.
        arguments: a number or a Value for each argument.

    Returns:
        The results, as Values.

    >>> from autograd.tape.recording import record_gradient
    >>> program = record_gradient(lambda x: x * x + 1, [], (SHARED,), "mean")
    >>> value, derivative = graph_of(program, [], [3.0])
    >>> value.data, value.op, derivative.data, derivative.op
    (10.0, 'dot', 6.0, '+')
    """
    given = {"parameter": parameters, SHARED: arguments}
    labels = names(program)
    # Constants stay plain numbers, and so do conditions, for which a graph has no nodes.
    values: list[Any] = [
        _input(given[kind][rest[0]], label) if kind in given else _constant(kind, *rest)
        for label, (kind, *rest) in zip(labels, program.instructions, strict=True)
    ]
    with modes.undisturbed():
        for position, (operation, *operands) in enumerate(program.instructions):
            if operation not in INPUTS:
                values[position] = result = _run(operation, [values[x] for x in operands])
                if isinstance(result, Value) and result.label is None:
                    result.label = labels[position]
    results = [values[position] for position in program.results]
    return [x if isinstance(x, Value) else Value(x) for x in results]


def _input(number: Any, label: str) -> Value:
    return number if isinstance(number, Value) else Value(number, label)


def _constant(kind: str, *number: Any) -> Any:
    """The number of a constant; 1 for the number of lanes."""
    return number[0] if kind == "constant" else 1.0


def _run(operation: Any, numbers: list[Any]) -> Any:
    if isinstance(operation, Callback) and any(isinstance(x, Value) for x in numbers):
        rule, part = operation.rule, operation.part
        return (Partial(rule, part - 1) if part else rule)(*numbers)
    if operation == "dot":
        return functions.dot(numbers[::2], numbers[1::2])
    if operation == "where":
        return functions.where(*numbers)
    return OPERATIONS[operation](*numbers) if operation in OPERATIONS else operation(*numbers)
