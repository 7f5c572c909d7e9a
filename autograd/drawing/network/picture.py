"""The DOT text of a network: every circle, line and number where `placement` has put it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograd.drawing.labels import escape
from autograd.drawing.network.neurons import Unit
from autograd.drawing.network.placement import LINE_HEIGHT, Placement, Segment, Sizes, Slot
from autograd.drawing.network.texts import Texts, common_activation, common_owner
from autograd.drawing.rendering import Picture
from autograd.drawing.styles import FONT, INK, LEAF, OUTPUT
from autograd.value import Value

_CAPTION_INK, _OUTLINE, _PALE = "#66727f", "#7b8794", "#d5dadf"
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


def placement_of(units: Sequence[Unit], texts: Texts, limit: int, gradients: bool) -> Placement:
    """Where units stand, with room for everything that may be written in.

    Args:
        units: as `read_units` returns them.
        texts: makes the texts.
        limit: how many units of a column are shown.
        gradients: whether gradients may be written in.
    """
    connections = [connection for unit in units for connection in unit.connections]
    weights = [c.weight for c in connections if c.weight is not None]
    return Placement(
        units,
        limit,
        Sizes(
            [texts.in_circle(unit, True, gradients) for unit in units],
            [texts.below_circle(unit, True, gradients) for unit in units],
            [texts.on_line(weight, gradients) for weight in weights],
        ),
    )


def network_picture(
    placement: Placement, names: Mapping[Value, str], texts: Texts, shown: Shown
) -> Picture:
    """The picture of a network.

    Args:
        placement: as `placement_of` returns it.
        names: the name of each weight.
        texts: makes the texts.
        shown: which numbers are written in.
    """
    picture = Picture(
        format="svg",
        graph_attr={
            "layout": "neato",
            # Positions are in points, as sizes are.
            "inputscale": "72",
            "splines": "line",
            "outputorder": "edgesfirst",
            "label": _legend(shown),
            "fontname": FONT,
            "fontsize": "9",
            "fontcolor": _CAPTION_INK,
        },
        node_attr={
            "fontname": FONT,
            "fontsize": "10",
            "fontcolor": INK,
            "shape": "plaintext",
            "width": "0",
            "height": "0",
            "margin": "0.02,0.01",
            "fillcolor": "white",
        },
        edge_attr={"arrowhead": "none"},
    )
    _Writer(placement, names, texts, shown, picture).write()
    return picture


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
        self.sizes = placement.sizes
        self.texts = texts
        self.shown = shown
        self.picture = picture
        self.read = {segment.connection.source for segment in placement.segments}
        slots = (slot for column in placement.columns for slot in column)
        self.dot_names = {slot: f"slot{index}" for index, slot in enumerate(slots)}

    def write(self) -> None:
        for slots in self.placement.columns:
            units = [slot.unit for slot in slots if slot.unit and not slot.passing]
            owner = common_owner(units)
            self._write_header(slots[0].x, owner, common_activation(units))
            for slot in slots:
                self._write_slot(slot, owner)
        segments = self.placement.segments
        largest = max(map(abs, filter(None, map(self._strength, segments))), default=1)
        for segment in segments:
            self._write_segment(segment, largest)
        if self.shown.now is not None:
            # It makes all pictures of a sequence as high as the one with the most text.
            bottom = {"pos": _position(0, self.placement.bottom_y)}
            self.picture.node("bottom", "", shape="point", style="invis", **bottom)

    def _write_header(self, x: float, owner: str, activation: str) -> None:
        lines = [owner.removesuffix(".neurons")]
        if self.placement.is_abbreviated:
            lines.append(activation)
        self._write_text("header", [line for line in lines if line], x, self.placement.header_y)

    def _write_slot(self, slot: Slot, owner: str) -> None:
        position = {"pos": _position(slot.x, slot.y)}
        if slot.passing:
            self.picture.node(self.dot_names[slot], "", shape="point", style="invis", **position)
        elif slot.unit is None:
            text = _label(["⋮", f"{slot.left_out} more"])
            self.picture.node(self.dot_names[slot], text, fontcolor=_CAPTION_INK, **position)
        else:
            self._write_circle(slot, slot.unit, slot.unit.name.removeprefix(f"{owner}."))

    def _write_circle(self, slot: Slot, unit: Unit, name: str) -> None:
        has_value = slot.column <= self.shown.values_to
        has_gradient = slot.column >= self.shown.gradients_from
        inside = self.texts.in_circle(unit, has_value, has_gradient)
        below = self.texts.below_circle(unit, has_value, has_gradient)
        tooltip = _label([", ".join(filter(None, [unit.name, *inside, *below]))])
        if name.isdigit():
            name = "" if self.placement.is_abbreviated else f"neuron {name}"
        if self.shown.values_to < 0:
            inside, name, below = _without_values(unit, name, below)
        style = self._circle_style(slot.column, unit)
        style["pos"] = _position(slot.x, slot.y)
        self.picture.node(self.dot_names[slot], _label(inside), tooltip=tooltip, **style)
        self._write_text("name", [name], slot.x, slot.y + self.sizes.name_above)
        if not self.placement.is_abbreviated:
            under = slot.y - self.sizes.radius - LINE_HEIGHT * (len(below) + 0.4) / 2
            self._write_text("caption", below, slot.x, under)

    def _circle_style(self, column: int, unit: Unit) -> dict[str, str]:
        role = self._role(unit)
        width = str(round(2 * self.sizes.radius / 72, 3))
        style = {"class": role, "fixedsize": "shape", "width": width, "height": width}
        style |= _STYLES[role]
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

    def _write_segment(self, segment: Segment, largest: float) -> None:
        weight = segment.connection.weight
        color, width = _color_and_width(self._strength(segment), largest)
        ends = self.dot_names[segment.source], self.dot_names[segment.target]
        if weight is None or segment.target is not segment.end:
            self.picture.edge(*ends, color=color, penwidth=width, **{"class": "line"})
            return
        lines = self.texts.on_line(weight, segment.target.column >= self.shown.gradients_from)
        tooltip = f"{self.names[weight]} {', '.join(lines)}".strip()
        style = {"class": "weight", "color": color, "penwidth": width}
        self.picture.edge(*ends, tooltip=_label([tooltip]), **style)
        if segment.number_at:
            self._write_text("number", lines, *segment.number_at)

    def _strength(self, segment: Segment) -> float | None:
        """The number that colour and width of a line show; None if it is not shown yet."""
        weight, column = segment.connection.weight, segment.end.column
        if weight is None:
            return None
        if self.shown.gradients_from == math.inf:
            shown = self.shown.now is None or column <= self.shown.values_to
            return _finite(weight.data) if shown else None
        return _finite(weight.grad) if column >= self.shown.gradients_from else None

    def _write_text(self, kind: str, lines: list[str], x: float, y: float) -> None:
        if any(line.strip() for line in lines):
            self.count += 1
            style = {"class": kind, "pos": _position(x, y), "style": "filled"}
            self.picture.node(f"text{self.count}", _label(lines), **style)


def _without_values(unit: Unit, name: str, below: list[str]) -> tuple[list[str], str, list[str]]:
    """The texts in a circle, above and below it, if no value is written in."""
    inside = unit.activation if unit.connections else name
    if len(inside) > _LONGEST_INSIDE:
        return [], name, below
    return [inside], name if unit.connections else "", [line for line in below if line != inside]


def _position(x: float, y: float) -> str:
    return f"{round(x, 1):g},{round(y, 1):g}!"


def _label(lines: Iterable[str]) -> str:
    return r"\n".join(escape(_as_one_line(line)) for line in lines if line)


def _as_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _finite(number: Any) -> float | None:
    try:
        return float(number) if math.isfinite(number) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _color_and_width(strength: float | None, largest: float) -> tuple[str, str]:
    if strength is None:
        return _PALE, "1"
    share = abs(strength) / largest if largest else 0.0
    full = _POSITIVE if strength > 0 else _NEGATIVE
    mixed = [round(a + (b - a) * share**0.5) for a, b in zip(_NEUTRAL, full, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed), f"{0.8 + 3.2 * share:.2f}"
