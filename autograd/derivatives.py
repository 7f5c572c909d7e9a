"""Derivatives on a recorded graph: the chain rule from an output back, and from inputs on."""

from collections.abc import Sequence
from typing import Any

from autograd import graph
from autograd.kinds import kind_of
from autograd.primitive import PRIMITIVES
from autograd.value import Value


def gradients(output: Value, inputs: Value | Sequence[Value], create_graph: bool = False) -> Any:
    """The derivatives of a Value with respect to others, leaves or not; no `grad` is touched.

    Args:
        output: the Value to differentiate.
        inputs: one Value, or a list of them.
        create_graph: whether the derivatives are Values with a graph of their own,
            which can be differentiated again, or plain numbers.

    Returns:
        One derivative for one input, else a list; 0 for an input without influence.

    Raises:
        RuntimeError: with `create_graph`, where data was changed since the graph was recorded.

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
    return pulled_back(output, inputs, order, reached_from(inputs, order), create_graph)


def pulled_back(
    output: Value,
    inputs: Sequence[Value],
    order: list[Value],
    concerned: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives of an output, through those nodes that were reached from the inputs."""
    adjoints: dict[Value, Any] = {output: 1}
    for node in reversed(order):
        if node in concerned:
            adjoint = adjoints[node]
            partials = _rebuilt(node) if create_graph else node.partials
            for parent, partial in zip(node.parents, partials, strict=True):
                if parent in concerned:
                    contribution = _times(partial, adjoint)
                    sofar = adjoints.get(parent)
                    adjoints[parent] = contribution if sofar is None else _plus(sofar, contribution)
    return [adjoints.get(node, 0) for node in inputs]


def _require_values(output: Any, inputs: Any) -> None:
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(f"gradients() takes one Value, or a list of them, not {inputs!r}")
    for node in (output, *inputs):
        if not isinstance(node, Value):
            raise TypeError(f"gradients() differentiates one Value by others, not {node!r}")


def reached_from(inputs: Sequence[Value], order: list[Value]) -> set[Value]:
    """The inputs, and those of the nodes that were computed from them; parents come first."""
    reached = set(inputs)
    for node in order:
        if not reached.isdisjoint(node.parents):
            reached.add(node)
    return reached


def pushed_forward(
    outputs: Sequence[Value],
    directions: dict[Value, Any],
    order: list[Value],
    concerned: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives of outputs along a direction, given as a tangent for each input."""
    found = dict(directions)
    for node in order:
        if node in concerned and node not in directions:
            found[node] = _tangent(node, found, create_graph)
    return [found.get(node, 0) for node in outputs]


def _tangent(node: Value, tangents: dict[Value, Any], create_graph: bool) -> Any:
    total: Any = 0
    partials = _rebuilt(node) if create_graph else node.partials
    for parent, partial in zip(node.parents, partials, strict=True):
        if parent in tangents:
            total = _plus(total, _times(partial, tangents[parent]))
    return total


def _rebuilt(node: Value) -> tuple[Any, ...]:
    """The partials of a node as a graph: its rule run over Values."""
    assert node.rule is not None
    try:
        rebuilt = node.rule.evaluate(node.parents)[1]
    except TypeError as error:
        error.add_note(
            f"The rule {node.rule.name} is run over Values here, so that its derivative can be "
            "differentiated again: take its functions from autograd. For derivatives that are "
            "plain numbers, call grad() and its like within no_grad()"
        )
        raise
    for position, (now, then) in enumerate(zip(rebuilt, node.partials, strict=True)):
        now = now.data if isinstance(now, Value) else now
        if not kind_of(now, then).is_same(now, then):
            raise RuntimeError(
                f"the data below {node.op!r}{f' ({node.label})' if node.label else ''} changed "
                f"since it was computed: its derivative in operand {position + 1} was {then} and "
                f"would be {now}. Compute the output again before differentiating it twice"
            )
    return rebuilt


def _times(partial: Any, adjoint: Any) -> Any:
    """Their product; a factor of exactly 1 leaves no node behind."""
    if type(partial) is int and partial == 1:
        return adjoint
    if type(adjoint) is int and adjoint == 1:
        return partial
    return PRIMITIVES["mul"](partial, adjoint)


def _plus(x: Any, y: Any) -> Any:
    """Their sum; where an integer is too large for the float beside it, in words."""
    try:
        return x + y
    except OverflowError:
        return PRIMITIVES["add"](x, y)
