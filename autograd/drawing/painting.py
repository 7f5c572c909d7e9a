"""A layout by Graphviz, painted by Matplotlib: PNG and PDF where `dot` is not installed."""

import functools
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Callable
from typing import Any

Operation = dict[str, Any]
Pen = dict[str, Any]

FORMATS = ("png", "pdf")

_MARGIN = 4.0
_POINTS_PER_INCH = 72
_PIXELS_PER_INCH = 96
_MOST_PIXELS = 32_767

# Arial and the fonts with its widths come first, because the layout is made for them. Characters
# that they lack, or all on a machine without fonts, come from Matplotlib's own DejaVu Sans.
_FAMILIES = ("Arial", "Liberation Sans", "Arimo", "Helvetica", "DejaVu Sans")


def paint(layout: str | bytes, format: str) -> bytes:
    """The picture of a layout.

    Args:
        layout: Graphviz's output in the format `json`: each node and edge with the operations
            that draw it (https://graphviz.org/docs/outputs/canon/#xdot).
        format: "png" or "pdf".

    Returns:
        The content of the file.
    """
    import matplotlib
    from matplotlib.figure import Figure

    graph = json.loads(layout)
    left, bottom, right, top = map(float, graph["bb"].split(","))
    width = (right - left + 2 * _MARGIN) / _POINTS_PER_INCH
    height = (top - bottom + 2 * _MARGIN) / _POINTS_PER_INCH
    scale = _scale(graph.get("size", ""), width, height)
    width, height = scale * width, scale * height
    resolution = min(float(graph.get("dpi", _PIXELS_PER_INCH)), _MOST_PIXELS / max(width, height))
    with matplotlib.rc_context(), warnings.catch_warnings():
        # The user's own style of plots is not meant for this picture.
        matplotlib.rcdefaults()
        # Letters are exactly as wide as measured, and text can be searched and copied.
        matplotlib.rcParams.update({"text.hinting": "no_hinting", "pdf.fonttype": 42})
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        # Before 3.11 it also warns of scripts whose letters should be joined.
        warnings.filterwarnings("ignore", "Matplotlib currently does not support")
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(left - _MARGIN, right + _MARGIN), ylim=(bottom - _MARGIN, top + _MARGIN))
        axes.set_axis_off()
        for operations in _operation_lists(graph):
            _draw(axes, operations, scale)
        file = io.BytesIO()
        # A date would make each file different from the last.
        metadata = {"CreationDate": None} if format == "pdf" else None
        figure.savefig(file, format=format, dpi=resolution, metadata=metadata)
    return file.getvalue()


def _scale(size: str, width: float, height: float) -> float:
    """What Graphviz's attribute `size` asks for: "3,2" is the most in inches, "3,2!" just so."""
    sides = [float(side) for side in re.findall(r"[\d.]+", size)]
    if not sides:
        return 1.0
    scale = min(sides[0] / width, sides[-1] / height)
    return scale if size.endswith("!") else min(scale, 1.0)


def _operation_lists(graph: dict[str, Any]) -> list[list[Operation]]:
    """The background first, then clusters, edges and nodes, each with its own text on top."""
    objects = graph.get("objects", [])
    clusters = [thing for thing in objects if "nodes" in thing or "subgraphs" in thing]
    nodes = [thing for thing in objects if "pos" in thing]
    ordered = [graph, *clusters, *graph.get("edges", []), *nodes]
    return [
        thing[key]
        for thing in ordered
        for key in ("_draw_", "_hdraw_", "_tdraw_", "_ldraw_", "_hldraw_", "_tldraw_")
        if key in thing
    ]


def _families(text: str) -> list[str]:
    """The fonts for a text: those above, and others for the characters that these lack."""
    from matplotlib.font_manager import fontManager

    upright = [font for font in fontManager.ttflist if font.style == "normal"]
    files = {font.name: font.fname for font in upright if font.weight in (400, "normal")}
    families = [family for family in _FAMILIES if family in files]
    missing = set(text).difference(*(_characters(files[family]) for family in families))
    for family in sorted(files):
        if not missing:
            break
        if missing & _characters(files[family]):
            families.append(family)
            missing -= _characters(files[family])
    return families


@functools.cache
def _characters(file: str) -> frozenset[str]:
    from matplotlib.font_manager import get_font

    return frozenset(map(chr, get_font(file).get_charmap()))


def _draw(axes: Any, operations: list[Operation], scale: float) -> None:
    pen: Pen = {"color": "black", "fill": "none", "width": 1.0, "dashes": "solid", "size": 14.0}
    pen["scale"] = scale
    for operation in operations:
        kind = operation["op"]
        if kind == "c":
            pen["color"] = _color(operation)
        elif kind == "C":
            pen["fill"] = _color(operation)
        elif kind == "F":
            pen["size"] = operation["size"]
        elif kind == "S":
            _set_style(pen, operation["style"])
        elif kind == "T":
            _write(axes, operation, pen)
        elif kind in _SHAPES:
            _add_patch(axes, _SHAPES[kind](operation), pen, filled=kind in "PBE")


def _color(operation: Operation) -> str:
    # For a gradient, the colour that it starts with.
    color: str = operation["color"] if "color" in operation else operation["stops"][0]["color"]
    return color


def _set_style(pen: Pen, style: str) -> None:
    width = re.fullmatch(r"setlinewidth\((.*)\)", style)
    if width:
        pen["width"] = float(width[1])
    elif style in ("solid", "dashed", "dotted"):
        pen["dashes"] = style
    elif style == "bold":
        pen["width"] = 2.0


def _write(axes: Any, operation: Operation, pen: Pen) -> None:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    # Graphviz doubles a backslash. Marks that only format a text have no glyph in most fonts.
    text = operation["text"].replace(r"\\", "\\")
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    font = FontProperties(family=_families(text), size=pen["scale"] * pen["size"])
    # A font that is wider than the layout assumed is made smaller, to stay in its box.
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    room = pen["scale"] * operation["width"]
    if width > room > 0:
        font.set_size(font.get_size() * room / width)
    axes.text(
        *operation["pt"],
        text,
        color=pen["color"],
        fontproperties=font,
        horizontalalignment={"l": "left", "c": "center", "r": "right"}[operation["align"]],
        verticalalignment="baseline",
        parse_math=False,
    )


def _add_patch(axes: Any, patch: Any, pen: Pen, filled: bool) -> None:
    patch.set(
        facecolor=pen["fill"] if filled else "none",
        edgecolor=pen["color"],
        linewidth=pen["scale"] * pen["width"],
        linestyle=pen["dashes"],
    )
    # Unlike add_patch, this does not look for new limits, which takes a fifth of the time.
    axes.add_artist(patch)


def _polygon(operation: Operation) -> Any:
    from matplotlib.patches import Polygon

    return Polygon(operation["points"], closed=True)


def _polyline(operation: Operation) -> Any:
    from matplotlib.patches import Polygon

    return Polygon(operation["points"], closed=False)


def _curve(operation: Operation) -> Any:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points = operation["points"]
    return PathPatch(Path(points, [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1)))


def _ellipse(operation: Operation) -> Any:
    from matplotlib.patches import Ellipse

    x, y, horizontal, vertical = operation["rect"]
    return Ellipse((x, y), 2 * horizontal, 2 * vertical)


_SHAPES: dict[str, Callable[[Operation], Any]] = {
    "P": _polygon,
    "p": _polygon,
    "L": _polyline,
    "B": _curve,
    "b": _curve,
    "E": _ellipse,
    "e": _ellipse,
}
