"""What a picture shows, as data."""

from __future__ import annotations

from dataclasses import dataclass

from autograd.drawing.folding import Arrow, Box, Path
from autograd.drawing.styles import GradientShades
from autograd.value import Value


@dataclass(frozen=True, eq=False)
class Scene:
    """A graph and how it is to be drawn.

    Args:
        boxes, arrows: in the order in which they are drawn.
        paths: the paths of the model's parameters.
        outputs: the Values that are drawn as outputs.
        hidden: constants that are written into the operations that use them.
        highlighted: the Values on the highlighted paths.
        shades: the shades of the gradients; None if boxes are filled by their roles.
        captions: the lines below.
        digits, direction, partials: as for `draw`.
    """

    boxes: list[Box]
    arrows: list[Arrow]
    paths: dict[Value, Path]
    outputs: frozenset[Value]
    hidden: frozenset[Value]
    highlighted: frozenset[Value]
    shades: GradientShades | None
    captions: list[str]
    digits: int
    direction: str
    partials: bool

    def role(self, box: Box) -> str:
        """What a box stands for, which decides how it looks."""
        if not self.outputs.isdisjoint(box.values):
            return "output" if box.folded or box.values[0].parents else "leaf"
        return "module" if box.folded else role(box.values[0], self.paths)


def role(value: Value, paths: dict[Value, Path]) -> str:
    """The role of a Value that is no output."""
    if value.parents:
        return "interior"
    return "leaf" if value.label or value in paths else "constant"
