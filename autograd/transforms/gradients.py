"""Derivatives of recorded Values by other Values, back through their graph."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograd import graph
from autograd.slips import answers_slips
from autograd.transforms.partials import rebuilt
from autograd.value import Value


@answers_slips
def gradients(output: Value, inputs: Value | Sequence[Value], create_graph: bool = False) -> Any:
    """The derivatives of a Value with respect to others, leaves or not. No `grad` is changed.

    Args:
        output: the Value to differentiate.
        inputs: one Value, or a list of them.
        create_graph: whether the derivatives are Values with a graph of their own,
            which can be differentiated again, instead of plain numbers.

    Returns:
        One derivative for one input, or a list of them for a list; 0 for an input that the
        output does not depend on.

    Raises:
        TypeError: if the output or an input is not a Value.
        RuntimeError: with `create_graph`, if data was changed since the graph was recorded.

    >>> x = Value(2.0)
    >>> gradients(x**3, x)
    12.0
    >>> slope = gradients(x**3, x, create_graph=True)
    >>> gradients(slope, x)
    12.0
    """
    if isinstance(inputs, Value):
        return gradients(output, [inputs], create_graph)[0]
    _require_values(output, inputs)
    order = graph.interior_nodes(output)
    dependent = graph.reached_from(inputs, order)
    return pulled_back({output: 1}, inputs, order, dependent, create_graph)


def pulled_back(
    adjoints: Mapping[Value, Any],
    inputs: Sequence[Value],
    order: list[Value],
    dependent: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives by the inputs, given those by outputs.

    Args:
        adjoints: the derivatives by the outputs.
        inputs: the Values to differentiate by.
        order: the interior nodes, parents first.
        dependent: the nodes that depend on the inputs.
        create_graph: as for `gradients`.
    """
    partials = rebuilt if create_graph else graph.recorded
    collected = graph.sweep(order, adjoints, partials, within=dependent)
    return [collected.get(node, 0) for node in inputs]


def _require_values(output: Any, inputs: Any) -> None:
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(f"gradients() takes one Value, or a list of them, not {inputs!r}")
    for node in (output, *inputs):
        if not isinstance(node, Value):
            raise TypeError(f"gradients() differentiates one Value by others, not {node!r}")
