"""Walks through a graph: in order, to what is reached, backward, forward, and computed again.

A node is anything with `data`, `grad`, `rule`, `parents` and `partials`. No walk recurses, so
depth is no limit.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from autograd.numbers.kinds import Number
from autograd.numbers.registry import kind_of
from autograd.numbers.text import number_text

Node = Any


# What `grad` is before any `backward` has reached the node. Compare with `is`.
NO_GRADIENT = 0


class _Constant(tuple[Node, ...]):
    def __reduce__(self) -> str:
        return "CONSTANT"


# The `parents` of a leaf that an operation made of a plain number: no one will differentiate
# by it, as they may by a leaf that they made themselves. Compare with `is`.
CONSTANT = _Constant()


def interior_nodes(*outputs: Node) -> list[Node]:
    """The nodes that the outputs were computed from, themselves included, without leaves.

    In topological order, parents first; the order depends on the graph alone.
    """
    return backward_order(*outputs)[0]


def backward_order(*outputs: Node) -> tuple[list[Node], list[Node]]:
    """The interior nodes, and those leaves that have a gradient already."""
    order: list[Node] = []
    accumulated = [node for node in outputs if not node.parents and node.grad is not NO_GRADIENT]
    seen: set[Node] = set()
    # A node is met twice: going down it is put back below its parents, under a None,
    # and coming up, when all of them are in order, it is appended.
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
    """Every node after its operands, and these from the left, leaves included.

    Those whose id is in `without` are left out, and what only they were computed from.
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
    """The sources, and those nodes of an order, parents first, that were computed from them."""
    reached = set(sources)
    for node in order:
        if not reached.isdisjoint(node.parents):
            reached.add(node)
    return reached


def recorded(node: Node) -> tuple[Number, ...]:
    """The partials of a node as they were recorded."""
    partials: tuple[Number, ...] = node.partials
    return partials


def sweep(
    order: Sequence[Node],
    adjoints: Mapping[Node, Number],
    partials: Callable[[Node], Sequence[Number]] = recorded,
    *,
    within: Container[Node] | None = None,
    known: Mapping[Node, Number] = MappingProxyType({}),
) -> dict[Node, Number]:
    """Reverse mode: the adjoint of each node from which an output was computed.

    Args:
        order: interior nodes, parents first.
        adjoints: those of the outputs, with which it begins.
        partials: gives a node's, if not those that were recorded.
        within: the nodes that are passed on the way; all of them where it is None.
        known: adjoints that are given, whatever arrives at the node.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> sweep(interior_nodes(y), {y: 1})[x]
    6.0
    """
    found = dict(adjoints)
    for node in reversed(order):
        adjoint = known.get(node, found.get(node))
        if adjoint is None or (within is not None and node not in within):
            continue
        for parent, partial in zip(node.parents, partials(node), strict=True):
            if within is None or parent in within:
                share = _times(partial, adjoint)
                found[parent] = _plus(found[parent], share) if parent in found else share
    found.update(known)
    return found


def push(
    order: Iterable[Node],
    tangents: Mapping[Node, Number],
    partials: Callable[[Node], Sequence[Number]] = recorded,
    *,
    within: Container[Node] | None = None,
) -> dict[Node, Number]:
    """Forward mode: the tangent of each node that was computed from nodes with one.

    Args:
        order: interior nodes, parents first.
        tangents: those that are given, whatever arrives at the node.
        partials: gives a node's, if not those that were recorded.
        within: the nodes that pass their tangent on; all of them where it is None.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> push(interior_nodes(y), {x: 0.5})[y]
    3.0
    """
    found = dict(tangents)
    for node in order:
        if node in tangents or found.keys().isdisjoint(node.parents):
            continue
        total: Number = 0
        for parent, partial in zip(node.parents, partials(node), strict=True):
            if parent in found and (within is None or parent in within):
                total = _plus(total, _times(partial, found[parent]))
        found[node] = total
    return found


def _times(partial: Number, derivative: Number) -> Number:
    """Their product; a factor of exactly 1 leaves no node behind where they are Values."""
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
    """Python's error in words: it rounds no integer that is too large for a float."""
    return OverflowError(
        f"a derivative met an exact number too large for a float beside a float ({error}): give "
        "floats, or mpmath.mpf(x), which may be as large"
    )


class Replayed(NamedTuple):
    """A graph computed again: the number of each node, and what its rule gave."""

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
        numbers: of leaves that are to have another than their data, and of interior nodes
            that are to have another than their result.
        evaluate: gives the result and the partials of a node at its operands.

    >>> from autograd.value import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> replay(interior_nodes(y), {x: 5.0}).numbers[y]
    25.0
    """
    found, results, partials = dict(numbers), {}, {}
    for node in order:
        operands = [found.get(x, x.data) for x in node.parents]
        results[node], partials[node] = evaluate(node, operands)
        found.setdefault(node, results[node])
    return Replayed(found, results, partials)


def change(node: Node, result: Number, partials: Sequence[Number]) -> str:
    """What is not as it was recorded, where a node's rule gives this now; "" where all is."""
    pairs = zip((node.data, *node.partials), (result, *partials), strict=True)
    for position, (then, now) in enumerate(pairs):
        if not kind_of(now, then).is_same(now, then):
            what = f"its derivative in operand {position}" if position else "its result"
            return f"{what} was {number_text(then, 17)} and would be {number_text(now, 17)}"
    return ""


def require_unchanged(node: Node, result: Number, partials: Sequence[Number]) -> None:
    """Refuses a graph whose data was changed after it had been recorded."""
    if found := change(node, result, partials):
        name = f"{node.op!r} ({node.label})" if node.label else repr(node.op)
        raise RuntimeError(
            f"the data below {name} changed since it was computed: {found}. Compute the output "
            "again, and change data after you have used it"
        )
