"""Copies and pickles of graphs of any depth, without recursion."""

import copy
import threading
import weakref
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from autograd.graph import Node, topological_order

_fields = attrgetter("data", "grad", "label", "rule", "parents", "partials")


def shallow(node: Node) -> Node:
    """A node with the fields of this one: the same parents."""
    return _restore(type(node), _fields(node))


def deep(node: Node, memo: dict[int, Any]) -> Node:
    """A node with a graph of its own, as `copy.deepcopy` asks for it; rules are shared."""
    for original in topological_order(node):
        if id(original) not in memo:
            data, grad, label, rule, parents, partials = _fields(original)
            data, grad = copy.deepcopy(data), copy.deepcopy(grad)
            parents = tuple(memo[id(parent)] for parent in parents)
            fields = (data, grad, label, rule, parents, partials)
            memo[id(original)] = _restore(type(original), fields)
    return memo[id(node)]


# Pickle goes from a node to its parents by recursion, which would end a deep graph.
# So the node that comes first brings its ancestors along, parents first: by the time
# that one of them is pickled, its own parents already are.
def reduce(node: Node) -> tuple[Any, ...]:
    """How to pickle a node, as `__reduce__` returns it."""
    company = _announced.company()
    if company is not None and id(node) in company.expected:
        company.expected.discard(id(node))
        return _restore, (type(node), _fields(node))
    ancestors = [ancestor for ancestor in topological_order(node) if ancestor is not node]
    company = _Company(ancestors)
    _announced.company = weakref.ref(company)
    return _restore_after, (ancestors, company, type(node), _fields(node))


class _Company:
    """The ancestors that a pickled node brings along, as far as they are still to come.

    It is pickled after them, and gone where pickling fails; either ends the announcement.
    """

    def __init__(self, ancestors: list[Node]):
        self.expected = set(map(id, ancestors))

    def __reduce__(self) -> tuple[Any, ...]:
        self.expected.clear()
        return _Company, ([],)


class _Announced(threading.local):
    company: Callable[[], _Company | None] = staticmethod(lambda: None)


_announced = _Announced()


def _restore(cls: type, fields: tuple[Any, ...]) -> Node:
    node: Node = object.__new__(cls)
    node.data, node.grad, node.label, node.rule, node.parents, node.partials = fields
    # A copied array can be written to, and may be a partial too.
    for number in (node.data, *node.partials):
        if hasattr(number, "setflags"):
            number.setflags(write=False)
    return node


def _restore_after(
    ancestors: list[Node], company: _Company, cls: type, fields: tuple[Any, ...]
) -> Node:
    return _restore(cls, fields)
