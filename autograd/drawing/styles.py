"""Colours and lines: roles that differ in greyscale too, and shades for gradients."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from autograd.drawing.scene import Arrow, Box
from autograd.numbers.text import number_text
from autograd.value import Value

FONT = "Arial"
INK, GREY, PARTIAL_INK, PATH_INK = "#1f2933", "#6b7782", "#8a4b08", "#b0005a"

GRAPH = {
    "nodesep": "0.15",
    "ranksep": "0.3",
    # Ranks by the arrows alone: frames would flatten some arrows, and lose their labels.
    "newrank": "true",
    "fontname": FONT,
    "fontsize": "10",
    "fontcolor": GREY,
}
NODE = {
    "fontname": FONT,
    "fontsize": "11",
    "fontcolor": INK,
    "shape": "Mrecord",
    "style": "filled",
    "height": "0.3",
    "margin": "0.1,0.055",
}
EDGE = {
    "fontname": FONT,
    "fontsize": "9",
    "fontcolor": PARTIAL_INK,
    "color": GREY,
    "arrowsize": "0.6",
}
# Across the page, what comes from outside passes the left corner, where its partials would lie over
# the title.
FRAME = {"style": "rounded", "color": "#b4bcc5", "bgcolor": "#f7f9fb", "labeljust": "r"}

# They differ in border and lightness, which remain in a greyscale print.
LEAF = {"fillcolor": "#cfe2f7", "color": "#2f6299"}
OUTPUT = {"fillcolor": "#ffe9b8", "color": "#7a4f01"}
ROLES = {
    "leaf": LEAF,
    "constant": {"style": "dashed", "color": "#b4bcc5", "fontcolor": GREY},
    "interior": {"fillcolor": "#ffffff", "color": GREY},
    "module": {"fillcolor": "#e4e7eb", "color": INK},
    "output": {**OUTPUT, "penwidth": "2.5"},
}

# The side at which arrows arrive.
_ENTRANCE = {"LR": "w", "RL": "e", "TB": "n", "BT": "s"}

# The distance between levels, in inches, where arrows from outside run between the boxes of frames.
RANKSEP_IN_FRAMES = "0.45"

PATH_NODE = {"color": PATH_INK, "penwidth": "2.5"}
PATH_EDGE = {"color": PATH_INK, "fontcolor": PATH_INK, "penwidth": "2"}

# From light to dark for every eye, and in print. Ink is readable on the darkest.
_SHADES = ("#fff3e0", "#fee0bb", "#fdc892", "#f9ac6c", "#ee8e4e")
_NONE = "#ffffff"

# The smallest and the largest number of factors of 10 over which the shades are spread.
_DECADES = (1, 6)


def box_style(role: str, shade: str | None, highlighted: bool) -> dict[str, str]:
    """How a box looks: by its role, its gradients, and the highlighted paths that it is on."""
    style = {"class": role, **ROLES[role]}
    if shade:
        style |= {"style": "filled", "fillcolor": shade, "fontcolor": INK}
    return style | PATH_NODE if highlighted else style


def arrow_style(arrow: Arrow, direction: str, highlighted: bool) -> dict[str, str]:
    """How an arrow looks: grey, unless it is on a highlighted path."""
    style = PATH_EDGE if highlighted else {}
    if arrow.head.frame not in ((), arrow.tail.frame) and not arrow.head.folded:
        # Makes room for the parameters in the frame, so that frames stand one after another. All
        # that come from outside arrive between these and the box, and cross none of them.
        style = {**style, "minlen": "2", "headport": _ENTRANCE[direction]}
    return style


class GradientShades:
    """The fill of each box, by the size of the largest gradient in it."""

    def __init__(self, boxes: Iterable[Box]):
        sizes = [largest_gradient(box.values) for box in boxes]
        sizes = [size for size in sizes if 0 < size < math.inf]
        self.largest = max(sizes, default=0.0)
        decades = math.log10(self.largest) - math.log10(min(sizes)) if sizes else 0.0
        self.decades = min(max(decades, _DECADES[0]), _DECADES[1])

    def shade(self, box: Box) -> str:
        """The fill of a box; infinite gradients and nan are as dark as the largest."""
        size = largest_gradient(box.values)
        if size == 0:
            return _NONE
        if size >= self.largest:
            return _SHADES[-1]
        below = (math.log10(self.largest) - math.log10(size)) / self.decades
        return _SHADES[max(0, math.ceil((1 - below) * len(_SHADES)) - 1)]

    @property
    def legend(self) -> str:
        """What the shades mean, in words."""
        if not self.largest:
            return "Shades: sizes of gradients, which are all 0: call backward() first"
        smallest = number_text(self.largest / 10**self.decades, 2)
        return (
            f"Size of the gradient: light {smallest}, dark {number_text(self.largest, 2)}, "
            "in equal factors; white 0"
        )


def largest_gradient(values: Iterable[Value]) -> float:
    """The size of the largest gradient; infinite if one is nan."""
    return max(_size(value.grad) for value in values)


def _size(gradient: Any) -> float:
    """The absolute value, for arrays the largest.

    Infinite for nan and for what is too large for a float, 0 for a formula.
    """
    try:
        size = abs(gradient)
        size = float(size.max() if getattr(size, "shape", ()) else size)
    except OverflowError:
        return math.inf
    except (TypeError, ValueError):
        return 0.0
    return math.inf if math.isnan(size) else size
