"""Copies and pickles of graphs of any depth, without recursion."""

import copy
import threading
import weakref
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from autograd.graph import Node, reading_order

_FIELDS = ("data", "grad", "label", "rule", "parents", "partials")
_fields = attrgetter(*_FIELDS)


def shallow(node: Node) -> Node:
    """A node with the fields of this one: the same parents."""
    twin = _restore(type(node), _fields(node))
    for name, attribute in _added(node).items():
        setattr(twin, name, attribute)
    return twin


def deep(node: Node, memo: dict[int, Any]) -> Node:
    """A node with a graph of its own, for `copy.deepcopy`; rules are shared."""
    for original in reading_order(node, without=memo):
        data, grad, label, rule, parents, partials = _fields(original)
        data, grad = copy.deepcopy(data), copy.deepcopy(grad)
        if parents:
            parents = tuple([memo[id(parent)] for parent in parents])
        fields = (data, grad, label, rule, parents, partials)
        memo[id(original)] = twin = _restore(type(original), fields)
        for name, attribute in _added(original).items():
            setattr(twin, name, copy.deepcopy(attribute, memo))
    return memo[id(node)]


def _added(node: Node) -> dict[str, Any]:
    """The attributes that a subclass added to a node. Only leaves have any: results are Values."""
    if node.parents:
        return {}
    state: Any = object.__getstate__(node)
    attributes, slots = state
    own = {name: slot for name, slot in slots.items() if name not in _FIELDS}
    return own | (attributes or {})


# Pickle goes from a node to its parents by recursion, which fails for a deep graph. So the first
# node that is pickled brings along all nodes below it, parents first: when one of them is pickled,
# its own parents already have been. Nodes that the pickler has met before are neither brought along
# nor walked again: otherwise a list of the states of a long computation would take quadratic time.
def reduce(node: Node) -> tuple[Any, ...]:
    """How to pickle a node, as `__reduce__` returns it."""
    pickling = _started.pickling() or _begun()
    if not node.parents or pickling.announces(node):
        # As the third item: Python sets these once the node exists.
        added = _added(node)
        return _restore, (type(node), _fields(node)), *([(None, added)] if added else [])
    return _restore_after, (pickling, _Below(node, pickling), type(node), _fields(node))


class _Pickling:
    """The nodes that one pickler has met. It is pickled too, and so lives as long as the pickler.

    A pickler calls its `__reduce__` once, so a second call comes from another pickler.
    """

    def __init__(self) -> None:
        self.met: set[int] = set()
        self.coming: set[int] = set()
        self.pickler_count = 0

    def announces(self, node: Node) -> bool:
        """Whether a node was announced, and its parents were pickled before it."""
        if id(node) not in self.coming:
            return False
        self.coming.remove(id(node))
        for parent in node.parents:
            if parent.parents and id(parent) not in self.met:
                return False
        self.met.add(id(node))
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        self.pickler_count += 1
        return _Pickling, ()


class _Below:
    """The interior nodes below a node that its pickler has not met, collected when pickled."""

    def __init__(self, node: Node, pickling: _Pickling):
        self.node = node
        self.pickling = pickling

    def __reduce__(self) -> tuple[Any, ...]:
        pickling = self.pickling if self.pickling.pickler_count == 1 else _begun()
        order = reading_order(self.node, without=pickling.met)
        below = [node for node in order if node.parents and node is not self.node]
        pickling.coming.update(map(id, below))
        pickling.met.add(id(self.node))
        return list, ([pickling, *below],)


class _Started(threading.local):
    pickling: Callable[[], _Pickling | None] = staticmethod(lambda: None)


_started = _Started()


def _begun() -> _Pickling:
    pickling = _Pickling()
    _started.pickling = weakref.ref(pickling)
    return pickling


def _restore(cls: type, fields: tuple[Any, ...]) -> Node:
    node: Node = object.__new__(cls)
    node.data, node.grad, node.label, node.rule, node.parents, node.partials = fields
    # Copies of arrays are writable, and an array may be a partial too.
    for number in (node.data, *node.partials):
        if hasattr(number, "setflags"):
            number.setflags(write=False)
    return node


def _restore_after(
    pickling: _Pickling, below: list[Any], cls: type, fields: tuple[Any, ...]
) -> Node:
    return _restore(cls, fields)
