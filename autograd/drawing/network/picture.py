"""The DOT text of a network: every circle, line and number where `placement` has put it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograd.drawing.labels import escape
from autograd.drawing.network.neurons import Unit
from autograd.drawing.network.placement import Column, Line, Placement, Slot
from autograd.drawing.network.texts import (
    FONT_SIZE,
    LINE_HEIGHT,
    Texts,
    column_header,
    name_above,
    size,
)
from autograd.drawing.rendering import Picture
from autograd.drawing.styles import FONT, INK, LEAF, OUTPUT
from autograd.value import Value

_CAPTION_INK, _OUTLINE, _PALE = "#66727f", "#7b8794", "#d5dadf"
_SMALL = {"fontsize": "9", "fontcolor": _CAPTION_INK}
_NEUTRAL, _POSITIVE, _NEGATIVE = (206, 212, 218), (31, 95, 168), (192, 95, 0)
_STYLES = {
    "input": LEAF,
    "neuron": {"fillcolor": "#ffffff", "color": _OUTLINE},
    "output": OUTPUT,
    "computed": {"fillcolor": "#e4e7eb", "color": _OUTLINE},
}
# A longer word is written above its circle or below it, not in it.
_LONGEST_INSIDE = 7


@dataclass(frozen=True)
class Shown:
    """Which numbers are written in: values up to a column, gradients from a column on.

    Attributes:
        values_to: the last column whose values are written in, -1 for none.
        gradients_from: the first column whose gradients are written in, infinity for none.
        now: the column that is marked as the one being computed.
    """

    values_to: float
    gradients_from: float = math.inf
    now: int | None = None


def network_picture(
    placement: Placement, names: Mapping[Value, str], texts: Texts, shown: Shown
) -> Picture:
    """The picture of a network.

    Args:
        placement: where everything stands.
        names: the name of each weight.
        texts: makes the texts, as for the placement.
        shown: which numbers are written in.
    """
    picture = Picture(
        format="svg",
        # All is placed already, in points.
        graph_attr={"layout": "nop2", "outputorder": "edgesfirst"},
        node_attr={
            "fontname": FONT,
            "fontsize": f"{FONT_SIZE:g}",
            "fontcolor": INK,
            "shape": "plaintext",
            "fixedsize": "shape",
            "margin": "0",
        },
        edge_attr={"arrowhead": "none"},
    )
    picture.description = _description(placement)
    _Writer(placement, names, texts, shown, picture).write()
    return picture


def _description(placement: Placement) -> str:
    """What the picture shows, in words: for those who do not see it."""
    columns = []
    for column in placement.columns:
        names = [
            f"{slot.left_out} more" if slot.unit is None else slot.unit.name or "a neuron"
            for slot in column.slots
            if not slot.passing
        ]
        columns.append(", ".join(names))
    return f"A network, from left to right: {'; '.join(columns)}"


def _legend(shown: Shown) -> str:
    colored_by = "weight" if shown.gradients_from == math.inf else "gradient (∂) of the weight"
    return f"line: {colored_by}, blue above 0, orange below, the wider the larger"


class _Writer:
    def __init__(
        self,
        placement: Placement,
        names: Mapping[Value, str],
        texts: Texts,
        shown: Shown,
        picture: Picture,
    ):
        self.placement = placement
        self.names = names
        self.count = 0
        self.texts = texts
        self.shown = shown
        self.picture = picture
        self.read = {line.slots[0].unit for line in placement.lines}
        slots = (slot for column in placement.columns for slot in column.slots)
        self.dot_names = {slot: f"slot{index}" for index, slot in enumerate(slots)}

    def write(self) -> None:
        placement = self.placement
        for column in placement.columns:
            header = column_header(column.units, column.owner, placement.is_abbreviated)
            self._write_text("header", header, column.x, placement.header_y)
            for slot in column.slots:
                self._write_slot(slot, column)
        largest = max(map(abs, filter(None, map(self._strength, placement.lines))), default=1)
        # Where there are many lines they are thin.
        most = max(Counter(line.slots[-1].column for line in placement.lines).values(), default=1)
        widest = max(1.2, min(4.0, 160 / most))
        for line in placement.lines:
            self._write_line(line, largest, widest)
        middle = (placement.columns[0].x + placement.columns[-1].x) / 2
        self._write_text("legend", [_legend(self.shown)], middle, placement.bottom_y)

    def _write_slot(self, slot: Slot, column: Column) -> None:
        if slot.unit is None:
            self._write_text("more", ["⋮", f"{slot.left_out} more"], column.x, slot.y)
        elif not slot.passing:
            self._write_circle(slot, slot.unit, column)

    def _write_circle(self, slot: Slot, unit: Unit, column: Column) -> None:
        placement = self.placement
        has_value = slot.column <= self.shown.values_to
        has_gradient = slot.column >= self.shown.gradients_from
        inside = self.texts.in_circle(unit, has_value, has_gradient)
        below = self.texts.below_circle(unit, has_value, has_gradient)
        tooltip = _label([", ".join(filter(None, [unit.name, *inside, *below]))])
        name = name_above(unit, column.owner, placement.is_abbreviated)
        if self.shown.values_to < 0:
            inside, name, below = _without_values(unit, name, below)
        style = self._circle_style(slot.column, unit)
        style["pos"] = _position(column.x, slot.y)
        self.picture.node(self.dot_names[slot], _label(inside), tooltip=tooltip, **style)
        self._write_text("name", [name], column.x, slot.y + placement.name_above)
        if not placement.is_abbreviated:
            under = slot.y - placement.radius - LINE_HEIGHT * (len(below) + 0.4) / 2
            self._write_text("caption", below, column.x, under)

    def _circle_style(self, column: int, unit: Unit) -> dict[str, str]:
        role = self._role(unit)
        width = _inches(2 * self.placement.radius)
        style = {"class": role, "width": width, "height": width, **_STYLES[role]}
        if unit.connections and unit.total is None:
            style |= {"shape": "box", "style": "filled,rounded"}
        else:
            style |= {"shape": "circle", "style": "filled"}
        if self.shown.now == column:
            style |= {"penwidth": "3"}
        elif self.shown.now is not None and column > self.shown.values_to:
            style |= {"fillcolor": "white", "color": _PALE}
        return style

    def _role(self, unit: Unit) -> str:
        if not unit.connections:
            return "input"
        if unit not in self.read:
            return "output"
        return "neuron" if unit.total is not None else "computed"

    def _write_line(self, line: Line, largest: float, widest: float) -> None:
        weight = line.connection.weight
        color, width = _color_and_width(self._strength(line), largest, widest)
        curve = " ".join(f"{x:.1f},{y:.1f}" for x, y in line.curve())
        kind, tooltip = "line", ""
        lines: list[str] = []
        if weight is not None:
            has_gradient = line.slots[-1].column >= self.shown.gradients_from
            lines = self.texts.on_line(weight, has_gradient)
            named = f"{self.names[weight]} {', '.join(lines)}".strip()
            kind, tooltip = "weight", f' tooltip="{_label([named])}"'
        tail, head = self.dot_names[line.slots[0]], self.dot_names[line.slots[-1]]
        # There are many lines, and picture.edge() would take half of the time of the picture.
        self.picture.body.append(
            f'\t{tail} -> {head} [class={kind} color="{color}" penwidth={width} pos="{curve}"'
            f"{tooltip}]\n"
        )
        if line.number_at:
            self._write_text("number", lines, *line.number_at, style="filled", fillcolor="white")

    def _strength(self, line: Line) -> float | None:
        """The number that colour and width of a line show; None if it is not shown yet."""
        weight, column = line.connection.weight, line.slots[-1].column
        if weight is None:
            return None
        if self.shown.gradients_from == math.inf:
            shown = self.shown.now is None or column <= self.shown.values_to
            return _finite(weight.data) if shown else None
        return _finite(weight.grad) if column >= self.shown.gradients_from else None

    def _write_text(self, kind: str, lines: list[str], x: float, y: float, **style: str) -> None:
        if not any(line.strip() for line in lines):
            return
        self.count += 1
        width, height = size(lines)
        if kind == "number":
            # The line that it stands on ends a little before it.
            width += 4
        style |= _SMALL if kind in ("legend", "more") else {}
        self.picture.node(
            f"text{self.count}",
            _label(lines),
            pos=_position(x, y),
            width=_inches(width),
            height=_inches(height),
            **{"class": kind},
            **style,
        )


def _without_values(unit: Unit, name: str, below: list[str]) -> tuple[list[str], str, list[str]]:
    """The texts in a circle, above and below it, if no value is written in."""
    inside = unit.activation if unit.connections else name
    if len(inside) > _LONGEST_INSIDE:
        return [], name, below
    return [inside], name if unit.connections else "", [line for line in below if line != inside]


def _position(x: float, y: float) -> str:
    return f"{round(x, 1):g},{round(y, 1):g}!"


def _inches(points: float) -> str:
    return f"{points / 72:.3f}"


def _label(lines: Iterable[str]) -> str:
    return r"\n".join(escape(_as_one_line(line)) for line in lines if line)


def _as_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _finite(number: Any) -> float | None:
    try:
        return float(number) if math.isfinite(number) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _color_and_width(strength: float | None, largest: float, widest: float) -> tuple[str, str]:
    if strength is None:
        return _PALE, "1"
    share = abs(strength) / largest if largest else 0.0
    full = _POSITIVE if strength > 0 else _NEGATIVE
    mixed = [round(a + (b - a) * share**0.5) for a, b in zip(_NEUTRAL, full, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed), f"{widest * (0.2 + 0.8 * share):.2f}"
