"""What a picture shows, before it is text."""

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
        paths: those of the model's parameters.
        outputs: the Values that are drawn as such.
        hidden: constants that are written into the operations that take them.
        highlighted: the Values on the highlighted paths.
        shades: those of the gradients, None where boxes are filled by their roles.
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
        """What a box stands for: it decides on its look."""
        if not self.outputs.isdisjoint(box.values):
            return "output" if box.folded or box.values[0].parents else "leaf"
        return "module" if box.folded else role(box.values[0], self.paths)


def role(value: Value, paths: dict[Value, Path]) -> str:
    """The role of a Value that is no output."""
    if value.parents:
        return "interior"
    return "leaf" if value.label or value in paths else "constant"
