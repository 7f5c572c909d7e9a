"""Which module of a model each Value belongs to, and graphs folded by module."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from autograd.value import Value

# ("layers.0", "neurons.1", "w.0"): one name, and the indices that follow it, for each level.
Path = tuple[str, ...]


def parameter_paths(model: Any, nodes: list[Value]) -> dict[Value, Path]:
    """The path in a model of each parameter among the nodes; empty for no model.

    Raises:
        TypeError: for an object without `named_parameters()`.
        ValueError: for a model none of whose parameters is in the graph.
    """
    if model is None:
        return {}
    if not callable(getattr(model, "named_parameters", None)):
        raise TypeError(f"model is an object with named_parameters(), not {model!r}")
    present = set(nodes)
    paths = {value: _levels(name) for name, value in model.named_parameters() if value in present}
    if not paths:
        raise ValueError(f"the graph has no parameter of {model!r}: was it made by another model?")
    return paths


def _levels(name: str) -> Path:
    return tuple(re.findall(r"[^.]+(?:\.\d+)*", name)) or (name,)


def modules_of(nodes: list[Value], paths: dict[Value, Path]) -> dict[Value, Path]:
    """The module that each node belongs to, if it belongs to one.

    A parameter belongs to the module that holds it, and what is computed from parameters to the
    innermost module that holds them all. What is computed from that alone, such as an activation,
    belongs there too; what is also computed from anything else, such as an error, does not.

    Args:
        nodes: in topological order.
        paths: the path of each parameter.
    """
    readers = Counter(parent for node in nodes for parent in set(node.parents))
    module_of = {parameter: path[:-1] for parameter, path in paths.items()}
    for node in nodes:
        holders = [module_of[parent] for parent in node.parents if parent in paths]
        before = {module_of.get(parent) for parent in node.parents}
        if holders:
            module_of[node] = _shared(holders)
        elif len(before) == 1 and all(readers[parent] == 1 for parent in node.parents):
            (module,) = before
            if module is not None:
                module_of[node] = module
    return {node: module_of[node] for node in nodes if node in module_of}


def _shared(paths: list[Path]) -> Path:
    """The longest path that all of them begin with."""
    first, last = min(paths), max(paths)
    same = [one == other for one, other in zip(first, last, strict=False)]
    return first[: [*same, False].index(False)]


@dataclass(frozen=True, eq=False)
class Box:
    """What a picture draws as one box: a Value, or all that a module computes.

    Args:
        values: in topological order.
        frame: the module around it, () if there is none.
        module: the module that is folded, None for a single Value.
    """

    values: list[Value]
    frame: Path
    module: Path | None = None

    @property
    def folded(self) -> bool:
        """Whether it is a module."""
        return self.module is not None


def folded(nodes: list[Value], modules: dict[Value, Path], depth: int) -> list[Box]:
    """The boxes of a graph in which the modules of a depth are one box each.

    Args:
        nodes: in topological order.
        modules: as `modules_of` gives them.
        depth: 0 folds the whole model, 1 each of its parts, 2 each part of those.
    """
    boxes: list[Box] = []
    box_of: dict[Path, Box] = {}
    for node in nodes:
        module = modules.get(node)
        if module is None or len(module) < depth:
            boxes.append(Box([node], module or ()))
            continue
        module = module[:depth]
        if module not in box_of:
            box_of[module] = Box([], module[:-1], module)
            boxes.append(box_of[module])
        box_of[module].values.append(node)
    return boxes


@dataclass(frozen=True, eq=False)
class Arrow:
    """The edges of a graph that a picture draws as one arrow: several between folded modules."""

    tail: Box
    head: Box
    parents: list[Value]
    partials: list[Any]


def arrows(boxes: list[Box]) -> list[Arrow]:
    """All edges between different boxes, in the order of the operands."""
    box_of = {value: box for box in boxes for value in box.values}
    collected: list[Arrow] = []
    bundles: dict[tuple[Box, Box], Arrow] = {}
    for head in boxes:
        for node in head.values:
            for parent, partial in zip(node.parents, node.partials, strict=True):
                tail = box_of.get(parent, head)  # what is hidden has no box
                if tail is head:
                    continue
                arrow = bundles.get((tail, head))
                if arrow is None or not (tail.folded or head.folded):
                    arrow = bundles[tail, head] = Arrow(tail, head, [], [])
                    collected.append(arrow)
                arrow.parents.append(parent)
                arrow.partials.append(partial)
    return collected


def parts(box: Box, paths: dict[Value, Path]) -> list[str]:
    """The parts of a folded module that hold its parameters: ["neurons ×16"], or ["w ×2", "b"]."""
    depth = len(box.module or ())
    names = dict.fromkeys(paths[value][depth] for value in box.values if value in paths)
    counts = Counter(re.sub(r"\..*", ".", name) for name in names)
    return [name.replace(".", f" ×{count}") for name, count in counts.items()]
