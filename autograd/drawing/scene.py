"""What a picture shows, as data: boxes, the arrows between them, and how they are to be drawn."""

from __future__ import annotations

from collections.abc import Callable
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
