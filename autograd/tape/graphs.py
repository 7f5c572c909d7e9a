"""Graphs recorded again as programs of their leaves, and programs run as graphs."""

from collections.abc import Sequence
from typing import Any

from autograd import functions, modes
from autograd.graph import evaluated, interior_nodes, replay, sweep, topological_order
from autograd.tape.numbers import TapeNumber, position_of
from autograd.tape.operations import OPERATIONS
from autograd.tape.printing import names
from autograd.tape.program import Program, finished
from autograd.tape.tape import SHARED, SOURCES, Tape
from autograd.value import Value


def record_graph(
    output: Value, others: Sequence[Value] = (), moved: Sequence[Value] = ()
) -> tuple[Program, list[Value]]:
    """The program of a graph that is there, as a function of its leaves.

    The results are the data of every node, then the derivative of the output in every
    node, then the partials of every edge, node by node.

    Args:
        output: the Value to differentiate.
        others: Values that are computed besides.
        moved: interior Values, to each of which a parameter of the program is added. All are
            left as they are by -0.0, which 0.0 would make 0.0.

    Returns:
        The program, whose arguments are the leaves, and the nodes, parents first.

    Raises:
        TypeError: where a leaf holds anything but a real number, or where a rule asks for
            a number that differs from run to run.

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
            leaves[node] = TapeNumber(tape, tape.source(SHARED, len(leaves)))
    shifts = {x: TapeNumber(tape, tape.source("parameter", i)) for i, x in enumerate(moved)}

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
    return finished(tape, results, (SHARED,) * len(leaves), len(moved)), nodes


def graph_of(
    program: Program, parameters: Sequence[float], arguments: Sequence[float]
) -> list[Value]:
    """A program run on Values: a node for each instruction, of the name that `source` gives it.

    Args:
        program: one whose arguments are all SHARED.
        parameters, arguments: as many numbers as the program has.

    Returns:
        The results.

    >>> from autograd.tape.recording import record_gradient
    >>> program = record_gradient(lambda x: x * x + 1, [], (SHARED,), "mean")
    >>> value, derivative = graph_of(program, [], [3.0])
    >>> value.data, value.op, derivative.data, derivative.op
    (10.0, 'dot', 6.0, '+')
    """
    given = {"parameter": parameters, SHARED: arguments}
    called = names(program)
    # Constants stay plain numbers; so do conditions, which are no numbers of a graph.
    values: list[Any] = [
        Value(given[kind][which[0]], name) if kind in given else _constant(kind, *which)
        for name, (kind, *which) in zip(called, program.instructions, strict=True)
    ]
    with modes.undisturbed():
        for position, (operation, *operands) in enumerate(program.instructions):
            if operation not in SOURCES:
                values[position] = found = _run(operation, [values[x] for x in operands])
                if isinstance(found, Value) and found.label is None:
                    found.label = called[position]
    results = [values[position] for position in program.results]
    return [x if isinstance(x, Value) else Value(x) for x in results]


def _constant(kind: str, *which: Any) -> Any:
    """The number of a constant; a single point is one lane."""
    return which[0] if kind == "constant" else 1.0


def _run(operation: str, numbers: list[Any]) -> Any:
    if operation == "dot":
        return functions.dot(numbers[::2], numbers[1::2])
    if operation == "where":
        return functions.where(*numbers)
    return OPERATIONS[operation](*numbers)
