"""The picture of a network as SVG: laid out by Graphviz, filled in and coloured by the page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from autograd.drawing import Picture
from autograd.explaining import name_parts
from autograd.pages.named_values import Network
from autograd.value import Value

# All sizes are in pixels unless noted otherwise. Graphviz takes inches of this many pixels.
_INCH = 72
_CHARACTER, _DIGIT, _PADDING, _GAP = 9.4, 9, 7, 8
_ROW, _MARGIN = 19, 8
# Besides its digits, a number has a sign, a point, and leading zeros or an exponent. In large
# letters there is room for this many more characters, and for fewer beside a name; longer numbers
# are in small letters.
_MORE, _MORE_BESIDE_NAME, _MORE_IN_SMALL = 5, 4, 6
_SMALL_DIGIT = 7.2
# In inches: from one column to the next, and from one row to the next.
_GAPS = {"LR": "0.3", "TB": "0.25"}


@dataclass(frozen=True)
class Box:
    """Where a Value stands: the middle, and the size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Attributes:
        direction: "LR" from left to right, "TB" from top to bottom.
        width, height: the size of the picture.
        boxes: the box of each Value, by its position.
        paths: the path of each line, by the positions of both ends.
    """

    direction: str
    width: float
    height: float
    boxes: dict[int, Box]
    paths: dict[tuple[int, int], str]


def pictures(network: Network, digits: int, description: str) -> tuple[str, str]:
    """The picture for a wide screen, and for a narrow one, as SVG.

    Each box and line carries the position of its Value or segment.

    Args:
        network: what to show.
        digits: how many significant digits numbers have.
        description: what the picture shows, for those who can't see it.

    Returns:
        The picture for the wide screen, then that for the narrow one.
    """
    across, down = (_laid_out(network, direction, digits) for direction in ("LR", "TB"))
    narrow = min(down, across, key=lambda layout: layout.width)
    return (
        _svg(across, "wide", network, description),
        _svg(narrow, "narrow", network, description),
    )


def _svg(layout: Layout, screen: str, network: Network, description: str) -> str:
    place = {value: position for position, value in enumerate(network.names)}
    lines = [
        _line(position, place[tail], place[head], layout.paths[place[tail], place[head]])
        for position, (tail, head) in enumerate(network.segments)
    ]
    shapes = [
        _shape(position, value, layout.boxes[position], network, layout.direction)
        for value, position in place.items()
    ]
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    size = f'viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}"'
    style = f'style="--width: {width:.0f}px; --height: {height:.0f}px"'
    words = f'role="group" aria-label="{escape(description)}"'
    head = f'<svg class="picture {screen}" {size} {style} {words}>'
    return "\n".join([head, *lines, *shapes, "</svg>"])


def _laid_out(network: Network, direction: str, digits: int) -> Layout:
    picture = Picture(
        graph_attr={"rankdir": direction, "nodesep": "0.2", "ranksep": _GAPS[direction]},
        node_attr={"shape": "box", "fixedsize": "true", "label": ""},
        edge_attr={"arrowhead": "none"},
    )
    place = {value: str(position) for position, value in enumerate(network.names)}
    for value, name in place.items():
        width, height = _size(value, network, direction, digits)
        picture.node(name, width=f"{width / _INCH:.4f}", height=f"{height / _INCH:.4f}")
    picture.edges((place[tail], place[head]) for tail, head in network.segments)
    return _read(picture.pipe("plain", encoding="utf-8"), direction)


def _read(plain: str, direction: str) -> Layout:
    """The layout read from Graphviz's plain output, which is in inches, with y from the bottom up.

    Its lines are "graph 1 width height", "node name x y width height ..." and
    "edge tail head n x1 y1 ... xn yn ...".
    """
    rows = [line.split() for line in plain.splitlines()]
    width, height = (float(size) * _INCH for size in rows[0][2:4])
    boxes: dict[int, Box] = {}
    paths: dict[tuple[int, int], str] = {}
    for kind, *fields in rows[1:]:
        if kind == "node":
            x, y, *size = (float(field) * _INCH for field in fields[1:5])
            boxes[int(fields[0])] = Box(x, height - y, *size)
        elif kind == "edge":
            numbers = [float(field) * _INCH for field in fields[3 : 3 + 2 * int(fields[2])]]
            points = zip(numbers[::2], numbers[1::2], strict=True)
            paths[int(fields[0]), int(fields[1])] = _path([(x, height - y) for x, y in points])
    return Layout(direction, width, height, boxes, paths)


def _size(value: Value, network: Network, direction: str, digits: int) -> tuple[float, float]:
    letters, below = name_parts(network.names[value])
    name = _CHARACTER * (len(letters) + 0.75 * len(below))
    if _is_flat(value, network, direction):
        number = _SMALL_DIGIT * (digits + _MORE_IN_SMALL)
        return name + _GAP + number + 2 * _PADDING, 2 * _ROW + 6
    number = _DIGIT * (digits + _MORE)
    return max(name, number) + 2 * _PADDING, 3 * _ROW + 8


def _is_flat(value: Value, network: Network, direction: str) -> bool:
    """Whether name and number stand side by side: in weights, and where height is scarce."""
    return value in network.weights or direction == "TB"


def _path(points: list[tuple[float, float]]) -> str:
    written = [f"{x:.1f} {y:.1f}" for x, y in points]
    return f"M{written[0]}C{' '.join(written[1:])}"


def _line(position: int, tail: int, head: int, path: str) -> str:
    ends = f'data-tail="{tail}" data-head="{head}"'
    return f'<path class="line" data-segment="{position}" {ends} d="{path}"/>'


def _shape(position: int, value: Value, box: Box, network: Network, direction: str) -> str:
    role = _role(value, network)
    left, top, right = box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2
    corner = {"weight": box.height / 2, "given": 3}.get(role, 12)
    name = _name(network.names[value])
    rows = [top + (row + 1) * _ROW for row in range(3)]
    is_flat = _is_flat(value, network, direction)
    if is_flat:
        texts = [
            _text("name", left + _PADDING, rows[0], name, anchor="start"),
            _text("data", right - _PADDING, rows[0], anchor="end"),
            _text("gradient", right - _PADDING, rows[1] - 2, anchor="end"),
        ]
    else:
        texts = [
            _text("name", box.x, rows[0], name),
            _text("data", box.x, rows[1]),
            _text("gradient", box.x, rows[2]),
        ]
    size = f'x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    # The mark is centred on the upper edge of the box.
    texts.append(_text("mark", right - _PADDING, top + 4, anchor="end"))
    rectangle = f'<rect {size} rx="{corner:.1f}"/>'
    more = f'data-more="{_MORE_BESIDE_NAME if is_flat else _MORE}"'
    start = f'<g class="value {role}" data-value="{position}" {more} role="button" tabindex="0">'
    return f"{start}<title/>{rectangle}{''.join(texts)}</g>"


def _role(value: Value, network: Network) -> str:
    if not value.parents:
        return "weight" if value in network.weights else "given"
    return "computed" if any(tail is value for tail, _ in network.segments) else "error"


def _text(kind: str, x: float, y: float, content: str = "", anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{content}</text>'


def _name(name: str) -> str:
    letters, below = name_parts(name)
    lowered = f'<tspan class="below" dy="3">{escape(below)}</tspan>' if below else ""
    return escape(letters) + lowered
