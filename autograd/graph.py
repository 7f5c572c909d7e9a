"""Walks through a graph: its orders, what is reached, derivatives in both modes, recomputation.

A node is anything with `data`, `grad`, `rule`, `parents` and `partials`. No walk recurses, so
a graph may have any depth.
"""

import operator
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from autograd.numbers.kinds import Number, kind_of
from autograd.numbers.text import number_text

Node = Any


def is_node(thing: object) -> bool:
    """Whether it is a node of a graph, such as a Value, rather than a plain number or array."""
    return hasattr(thing, "partials")


# The `grad` of a node that no `backward` has reached yet. Compare with `is`.
NO_GRADIENT = 0


class _Constant(tuple[Node, ...]):
    def __reduce__(self) -> str:
        return "CONSTANT"


# The `parents` of a leaf that an operation made from a plain number. Users hold no reference to
# it, so nobody can ask for its derivative. Compare with `is`.
CONSTANT = _Constant()


def interior_nodes(*outputs: Node) -> list[Node]:
    """The outputs and the nodes that they were computed from, without leaves, parents first.

    The order depends on nothing but the graph.
    """
    return backward_order(*outputs)[0]


def backward_order(*outputs: Node) -> tuple[list[Node], list[Node]]:
    """The interior nodes, parents first, and the leaves that already have a gradient."""
    order: list[Node] = []
    accumulated = [node for node in outputs if not node.parents and node.grad is not NO_GRADIENT]
    seen: set[Node] = set()
    # Each node is popped twice. The first time it goes back on the stack under a None, with its
    # parents above; the second time all of these are in the order, and the node is appended.
    stack: list[Node | None] = [node for node in reversed(outputs) if node.parents]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node not in seen:
            seen.add(node)
            stack.append(node)
            stack.append(None)
            for parent in node.parents:
                if parent.parents:
                    if parent not in seen:
                        stack.append(parent)
                elif parent.grad is not NO_GRADIENT:
                    accumulated.append(parent)
    return order, accumulated


def topological_order(*outputs: Node) -> Iterator[Node]:
    """Every node that the outputs were computed from, leaves included, parents first."""
    seen: set[Node] = set()
    for node in interior_nodes(*outputs):
        for parent in node.parents:
            if not parent.parents and parent not in seen:
                seen.add(parent)
                yield parent
        yield node
    for output in outputs:
        if not output.parents and output not in seen:
            seen.add(output)
            yield output


def reading_order(*outputs: Node, without: Container[int] = ()) -> list[Node]:
    """Every node, leaves included, after its operands, which come from left to right.

    Nodes whose id is in `without` are left out, and so are those that only they depend on.
    """
    order: list[Node] = []
    seen: set[Node] = set()
    stack: list[Node | None] = list(reversed(outputs))
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node not in seen and id(node) not in without:
            seen.add(node)
            stack += (node, None, *reversed(node.parents))
    return order


def reached_from(sources: Iterable[Node], order: Iterable[Node]) -> set[Node]:
    """The sources, and all nodes that were computed from them.

    Args:
        sources: nodes.
        order: nodes to search, parents first.
    """
    reached = set(sources)
    for node in order:
        if not reached.isdisjoint(node.parents):
            reached.add(node)
    return reached


# The partials of a node, as they were recorded.
recorded: Callable[[Node], tuple[Number, ...]] = operator.attrgetter("partials")


def sweep(
    order: Sequence[Node],
    adjoints: Mapping[Node, Number],
    partials: Callable[[Node], Sequence[Number]] = recorded,
    *,
    within: Container[Node] | None = None,
    known: Mapping[Node, Number] = MappingProxyType({}),
) -> dict[Node, Number]:
    """Reverse mode: the adjoint of each node that an output was computed from.

    Args:
        order: interior nodes, parents first.
        adjoints: the adjoints of the outputs, to start from.
        partials: returns the partials of a node; by default those that were recorded.
        within: the nodes through which adjoints pass; all of them if None.
        known: adjoints that are fixed, whatever arrives at the node.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> sweep(interior_nodes(y), {y: 1})[x]
    6.0
    """
    collected = dict(adjoints)
    for node in reversed(order):
        adjoint = known.get(node, collected.get(node))
        if adjoint is None or (within is not None and node not in within):
            continue
        # Without strict=True, which would take a quarter of the time of a small node.
        for parent, partial in zip(node.parents, partials(node)):  # noqa: B905
            if within is None or parent in within:
                share = _times(partial, adjoint)
                before = collected.get(parent)
                collected[parent] = share if before is None else _plus(before, share)
    collected.update(known)
    return collected


def push(
    order: Iterable[Node],
    tangents: Mapping[Node, Number],
    partials: Callable[[Node], Sequence[Number]] = recorded,
    *,
    within: Container[Node] | None = None,
) -> dict[Node, Number]:
    """Forward mode: the tangent of each node that was computed from a node with a tangent.

    Args:
        order: interior nodes, parents first.
        tangents: the tangents to start from; they are fixed, whatever arrives at the node.
        partials: returns the partials of a node; by default those that were recorded.
        within: the nodes that pass their tangent on; all of them if None.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> push(interior_nodes(y), {x: 0.5})[y]
    3.0
    """
    pushed = dict(tangents)
    for node in order:
        if node in tangents or pushed.keys().isdisjoint(node.parents):
            continue
        total: Number = 0
        for parent, partial in zip(node.parents, partials(node)):  # noqa: B905
            if parent in pushed and (within is None or parent in within):
                total = _plus(total, _times(partial, pushed[parent]))
        pushed[node] = total
    return pushed


def _times(partial: Number, derivative: Number) -> Number:
    """Their product. A factor of exactly 1 is left out, since with Values it would add a node."""
    if type(partial) is int and partial == 1:
        return derivative
    if type(derivative) is int and derivative == 1:
        return partial
    try:
        return partial * derivative
    except OverflowError as error:
        raise too_large(error) from error


def _plus(x: Number, y: Number) -> Number:
    try:
        return x + y
    except OverflowError as error:
        raise too_large(error) from error


def too_large(error: OverflowError) -> OverflowError:
    """Python's error, explained: an integer too large for a float was to become one."""
    return OverflowError(
        f"a derivative met an exact number too large for a float beside a float ({error}): give "
        "floats, or mpmath.mpf(x), which may be as large"
    )


class Replayed(NamedTuple):
    """A graph computed again: the number of each node, and the result and partials of its rule."""

    numbers: dict[Node, Number]
    results: dict[Node, Number]
    partials: dict[Node, tuple[Number, ...]]


def evaluated(node: Node, operands: Sequence[Number]) -> tuple[Number, tuple[Number, ...]]:
    """The result and the partials of a node's rule at other operands."""
    return node.rule.evaluate(operands)  # type: ignore[no-any-return]


def replay(
    order: Iterable[Node],
    numbers: Mapping[Node, Number],
    evaluate: Callable[[Node, Sequence[Number]], Any] = evaluated,
) -> Replayed:
    """Computes a graph again, over numbers of any kind.

    Args:
        order: interior nodes, parents first.
        numbers: what nodes are to hold: leaves instead of their data, interior nodes instead of
            their results.
        evaluate: returns the result and the partials of a node at its operands.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> replay(interior_nodes(y), {x: 5.0}).numbers[y]
    25.0
    """
    known, results, partials = dict(numbers), {}, {}
    for node in order:
        operands = [known.get(x, x.data) for x in node.parents]
        results[node], partials[node] = evaluate(node, operands)
        known.setdefault(node, results[node])
    return Replayed(known, results, partials)


def change(node: Node, result: Number, partials: Sequence[Number]) -> str:
    """How the results of a node's rule now differ from what was recorded; "" if they do not."""
    pairs = zip((node.data, *node.partials), (result, *partials), strict=True)
    for index, (then, now) in enumerate(pairs):
        if not kind_of(now, then).is_same(now, then):
            what = f"its derivative in operand {index}" if index else "its result"
            return f"{what} was {number_text(then, 17)} and would be {number_text(now, 17)}"
    return ""


def require_unchanged(node: Node, result: Number, partials: Sequence[Number]) -> None:
    """Raises RuntimeError if data below this node was changed after the graph was recorded."""
    if changed := change(node, result, partials):
        name = f"{node.op!r} ({node.label})" if node.label else repr(node.op)
        raise RuntimeError(
            f"the data below {name} changed since it was computed: {changed}. Compute the output "
            "again, and change data after you have used it"
        )
