"""The order of a graph: each node after its parents. No recursion, so depth is no limit."""

from collections.abc import Container, Iterator
from typing import Any

Node = Any


# The gradient of a node that no `backward` has reached, as the very object.
NO_GRADIENT = 0


class _Constant(tuple[Node, ...]):
    def __reduce__(self) -> str:
        return "CONSTANT"


# The parents of a leaf that an operation made of a plain number: none, as the very object.
# So it is told apart from the leaves that a user made, and may differentiate by.
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


def order_without(known: Container[int], node: Node) -> list[Node]:
    """A node and those below it, leaves included, parents first, but none whose id is known."""
    order: list[Node] = []
    seen: set[Node] = set()
    stack: list[Node | None] = [node]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node not in seen and id(node) not in known:
            seen.add(node)
            stack += (node, None, *node.parents)
    return order
