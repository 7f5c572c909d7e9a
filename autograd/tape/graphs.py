"""Graphs that are there, recorded again as programs of their leaves."""

from collections.abc import Sequence

from autograd import graph, modes
from autograd.derivatives import gradients
from autograd.tape.numbers import TapeNumber, position_of
from autograd.tape.program import Program, finished
from autograd.tape.tape import SHARED, Tape
from autograd.value import Value, record


def record_graph(output: Value, others: Sequence[Value] = ()) -> tuple[Program, list[Value]]:
    """The program of a graph that is there, as a function of its leaves.

    The results are the data of every node, then the derivative of the output in every
    node, then the partials of every edge, node by node.

    Args:
        output: the Value to differentiate.
        others: Values that are computed besides.

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
    nodes = list(graph.topological_order(output, *others))
    tape = Tape()
    recorded = _recorded_again(tape, nodes)
    again = [recorded[node] for node in nodes]
    numbers = [node.data for node in again]
    numbers += gradients(recorded[output], again)
    numbers += [partial for node in again for partial in node.partials]
    results = [tape.number(position_of(number, tape)) for number in numbers]
    return finished(tape, results, (SHARED,) * sum(not node.parents for node in nodes)), nodes


def _recorded_again(tape: Tape, nodes: list[Value]) -> dict[Value, Value]:
    """For each node one that holds a number of the tape: its rule is run over such numbers."""
    again: dict[Value, Value] = {}
    leaves_so_far = 0
    with modes.undisturbed():
        for node in nodes:
            if node.rule is None:
                position_of(node.data, tape)
                again[node] = Value(TapeNumber(tape, tape.source(SHARED, leaves_so_far)))
                leaves_so_far += 1
            else:
                parents = tuple(again[parent] for parent in node.parents)
                data, partials = node.rule.evaluate([parent.data for parent in parents])
                again[node] = record(data, node.rule, parents, partials)
    return again
