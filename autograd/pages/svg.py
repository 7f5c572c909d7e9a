"""The picture of a network as SVG, filled in and coloured by the page."""

from __future__ import annotations

from html import escape

from autograd.explaining import name_parts
from autograd.pages.layout import Box, Layout, laid_out
from autograd.pages.named_values import Network
from autograd.value import Value

# All sizes are in pixels.
_CHARACTER, _DIGIT, _PADDING, _GAP = 9.4, 9, 7, 8
_ROW, _MARGIN = 19, 8
# Besides its digits, a number has a sign, a point, and leading zeros or an exponent. In large
# letters there is room for this many more characters, and for fewer beside a name; longer numbers
# are in small letters.
_MORE, _MORE_BESIDE_NAME, _MORE_IN_SMALL = 5, 4, 6
_SMALL_DIGIT = 7.5


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
    across, down = (_layout(network, direction, digits) for direction in ("LR", "TB"))
    narrow = min(down, across, key=lambda layout: layout.width)
    return (
        _svg(across, "wide", network, description),
        _svg(narrow, "narrow", network, description),
    )


def _layout(network: Network, direction: str, digits: int) -> Layout:
    sizes = {value: _size(value, network, direction, digits) for value in network.names}
    return laid_out(sizes, network.segments, direction)


def _svg(layout: Layout, screen: str, network: Network, description: str) -> str:
    place = {value: position for position, value in enumerate(network.names)}
    lines = [
        _line(position, place[tail], place[head], layout.paths[tail, head])
        for position, (tail, head) in enumerate(network.segments)
    ]
    shapes = [
        _shape(position, value, layout.boxes[value], network, layout.direction)
        for value, position in place.items()
    ]
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    size = f'viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}"'
    style = f'style="--width: {width:.0f}px; --height: {height:.0f}px"'
    words = f'role="group" aria-label="{escape(description)}"'
    head = f'<svg class="picture {screen}" {size} {style} {words}>'
    return "\n".join([head, *lines, *shapes, "</svg>"])


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
