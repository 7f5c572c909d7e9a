"""Colours and lines: roles that can be told apart in greyscale, shades for gradients."""

from __future__ import annotations

from autograd.drawing.folding import Arrow, Box
from autograd.drawing.scene import Scene

FONT = "Arial"
INK, GREY, PARTIAL_INK, PATH_INK = "#1f2933", "#6b7782", "#8a4b08", "#b0005a"

GRAPH = {
    "nodesep": "0.15",
    "ranksep": "0.3",
    # Ranks by the arrows alone: frames would flatten some, and their labels be lost.
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
FRAME = {"style": "rounded", "color": "#b4bcc5", "bgcolor": "#f7f9fb", "labeljust": "l"}

# Differences of border and of lightness remain in a greyscale print.
ROLES = {
    "leaf": {"fillcolor": "#cfe2f7", "color": "#2f6299"},
    "constant": {"style": "dashed", "color": "#b4bcc5", "fontcolor": GREY},
    "interior": {"fillcolor": "#ffffff", "color": GREY},
    "module": {"fillcolor": "#e4e7eb", "color": INK},
    "output": {"fillcolor": "#ffe9b8", "color": "#7a4f01", "penwidth": "2.5"},
}

PATH_NODE = {"color": PATH_INK, "penwidth": "2.5"}
PATH_EDGE = {"color": PATH_INK, "fontcolor": PATH_INK, "penwidth": "2"}


def box_style(box: Box, scene: Scene) -> dict[str, str]:
    """The look of a box: that of its role, of the paths that it is on, of its gradients."""
    role = scene.role(box)
    style = {"class": role, **ROLES[role]}
    if scene.shades:
        style |= {
            "style": "filled",
            "fillcolor": scene.shades.shade(box),
            "fontcolor": INK,
        }
    if not scene.highlighted.isdisjoint(box.values):
        style |= PATH_NODE
    return style


def arrow_style(arrow: Arrow, scene: Scene) -> dict[str, str]:
    """The look of an arrow: quiet, unless it is on a highlighted path."""
    style = {} if scene.highlighted.isdisjoint(arrow.parents) else PATH_EDGE
    if arrow.head.frame not in ((), arrow.tail.frame) and not arrow.head.folded:
        # Room for the parameters in the frame, so that frames stand one after the other.
        style = {**style, "minlen": "2"}
    return style
