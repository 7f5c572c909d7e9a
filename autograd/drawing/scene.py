"""What a picture shows, as data: boxes and arrows, folded by modules or by what is alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograd.value import Value

# ("layers.0", "neurons.1", "w.0"): one name, and the indices that follow it, for each level.
Path = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Box:
    """What a picture draws as one box: a Value, several that are alike, or a folded module.

    Args:
        values: in topological order.
        frame: the module around it, () if there is none.
        module: the module whose Values these are; None for a Value, and for Values that are alike.
    """

    values: list[Value]
    frame: Path
    module: Path | None = None

    @property
    def folded(self) -> bool:
        """Whether it is more than a Value."""
        return self.module is not None or len(self.values) > 1


@dataclass(frozen=True, eq=False)
class Arrow:
    """The edges of a graph that a picture draws as one arrow: several where a box is folded."""

    tail: Box
    head: Box
    parents: list[Value]
    partials: list[Any]


@dataclass(frozen=True, eq=False)
class Scene:
    """A graph and how it is to be drawn.

    Args:
        boxes, arrows: in the order in which they are drawn.
        back: the arrows on which a loop comes back.
        paths: the paths of the model's parameters.
        outputs: the Values that are drawn as outputs.
        hidden: constants that are written into the operations that use them.
        highlighted: the Values on the highlighted paths.
        shade: the colour of a box by its gradients; None if boxes are filled by their roles.
        captions: the lines below.
        digits, direction, partials: as for `draw`.
    """

    boxes: list[Box]
    arrows: list[Arrow]
    back: frozenset[Arrow]
    paths: dict[Value, Path]
    outputs: frozenset[Value]
    hidden: frozenset[Value]
    highlighted: frozenset[Value]
    shade: Callable[[Box], str] | None
    captions: list[str]
    digits: int
    direction: str
    partials: bool

    def role(self, box: Box) -> str:
        """What a box stands for, which decides how it looks."""
        if not self.outputs.isdisjoint(box.values):
            return "output" if box.folded or box.values[0].parents else "leaf"
        return "module" if box.module is not None else role(box.values[0], self.paths)


def role(value: Value, paths: dict[Value, Path]) -> str:
    """The role of a Value that is not an output."""
    if value.parents:
        return "interior"
    return "leaf" if value.label or value in paths else "constant"


# Modules, boxes and arrows


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


def going_back(drawn: list[Arrow], nodes: list[Value]) -> frozenset[Arrow]:
    """The arrows on which a loop comes back to a box of which a result was read before.

    There are none but where a graph is folded, such as that of a recurrent network.

    Args:
        drawn: as `arrows` gives them.
        nodes: in topological order.
    """
    index = {node: number for number, node in enumerate(nodes)}
    # The first result of each box that is read. Once through a loop, these follow one another.
    first: dict[Box, int] = {}
    for arrow in drawn:
        results = [index[parent] for parent in arrow.parents]
        first[arrow.tail] = min(first.get(arrow.tail, len(nodes)), *results)
    heads: dict[Box, list[Box]] = {}
    descending = []
    for arrow in drawn:
        if first[arrow.tail] < first.get(arrow.head, len(nodes)):
            heads.setdefault(arrow.tail, []).append(arrow.head)
        else:
            descending.append(arrow)
    return frozenset(arrow for arrow in descending if _leads_to(arrow.head, arrow.tail, heads))


def _leads_to(start: Box, end: Box, heads: Mapping[Box, list[Box]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        following = [box for box in heads.get(waiting.pop(), ()) if box not in seen]
        seen.update(following)
        waiting += following
    return end in seen


# What is alike

# A picture with more boxes, or more arrows, can't be read on a page.
_MOST_BOXES = 60
_MOST_ARROWS = 120

# How many steps away the surroundings of Values are compared that are drawn as one box.
_FARTHEST = 2


def is_readable(boxes: list[Box]) -> bool:
    """Whether a picture of the boxes can be read on a page."""
    return len(boxes) <= _MOST_BOXES and len(arrows(boxes)) <= _MOST_ARROWS


def alike(
    boxes: list[Box], names: Mapping[Value, str], outputs: frozenset[Value]
) -> list[Box] | None:
    """The boxes in which Values that do the same in the same surroundings are one.

    At first, Values of one operation, name and frame are alike. In each round they stay so if what
    they are computed from and what reads them is alike too. This goes on while the picture can be
    read. The passes of a network over many samples become one pass, and of a long chain only the
    ends stay apart.

    Args:
        boxes: as `folded` gives them. Modules and outputs stay as they are.
        names: the name of each Value that has one.
        outputs: the outputs of the graph.

    Returns:
        The boxes; None if they are too many after one round.
    """
    kinds: dict[Box, Any] = {}
    for box in boxes:
        value = box.values[0]
        is_kept = box.folded or value in outputs
        kinds[box] = box if is_kept else (value.op, names.get(value), box.frame)
    found = None
    # Rounds tell more apart, so what is too much at first stays so.
    if len(set(kinds.values())) <= _MOST_BOXES:
        drawn = [(arrow.tail, arrow.head) for arrow in arrows(boxes)]
        for _ in range(_FARTHEST):
            kinds = _told_apart(kinds, drawn)
            ends = {(kinds[tail], kinds[head]) for tail, head in drawn}
            if len(set(kinds.values())) <= _MOST_BOXES and len(ends) <= _MOST_ARROWS:
                found = kinds
    if found is None:
        return None
    groups: dict[Any, list[Box]] = {}
    for box in boxes:
        groups.setdefault(found[box], []).append(box)
    return [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]


def _told_apart(kinds: dict[Box, Any], drawn: list[tuple[Box, Box]]) -> dict[Box, int]:
    """The kinds of boxes, told apart by the kinds of their operands and readers."""
    operands: dict[Box, list[Any]] = {box: [] for box in kinds}
    readers: dict[Box, set[Any]] = {box: set() for box in kinds}
    for tail, head in drawn:
        # However many are alike in a row: sums of 4 and of 5 terms do the same.
        if operands[head][-1:] != [kinds[tail]]:
            operands[head].append(kinds[tail])
        readers[tail].add(kinds[head])
    numbers: dict[Any, int] = {}
    return {
        box: numbers.setdefault((kind, tuple(operands[box]), frozenset(readers[box])), len(numbers))
        for box, kind in kinds.items()
    }


def _joined(boxes: list[Box]) -> Box:
    return Box([value for box in boxes for value in box.values], boxes[0].frame)


def parts(box: Box, paths: dict[Value, Path]) -> list[str]:
    """The parts of a folded module that hold its parameters: ["neurons ×16"], or ["w ×2", "b"]."""
    depth = len(box.module or ())
    names = dict.fromkeys(paths[value][depth] for value in box.values if value in paths)
    counts = Counter(re.sub(r"\..*", ".", name) for name in names)
    return [name.replace(".", f" ×{count}") for name, count in counts.items()]
