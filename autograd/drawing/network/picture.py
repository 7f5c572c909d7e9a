"""The DOT text of a network: every circle, line and number at the place that it was given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograd.drawing.labels import escape
from autograd.drawing.network.labels import Labels, common_activation, common_owner
from autograd.drawing.network.layout import LINE_HEIGHT, Layout, Segment, Sizes, Slot
from autograd.drawing.network.neurons import Unit
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
# A longer word stands above its circle or below it, not in it.
_LONGEST_INSIDE = 7


@dataclass(frozen=True)
class Shown:
    """What is written in: values as far as a column, gradients from a column on.

    Attributes:
        values_to: the last column whose values are written in, -1 for none.
        gradients_from: the first column whose gradients are; infinity for none.
        now: the column that is marked as the one being computed.
    """

    values_to: float
    gradients_from: float = math.inf
    now: int | None = None


def layout_of(units: Sequence[Unit], labels: Labels, limit: int, gradients: bool) -> Layout:
    """Places for units, with room for all that may be written in.

    Args:
        units: as `read_units` returns them.
        labels: what is written.
        limit: how many units of a column are shown.
        gradients: whether gradients may be written in.
    """
    connections = [connection for unit in units for connection in unit.connections]
    weights = [c.weight for c in connections if c.weight is not None]
    return Layout(
        units,
        limit,
        Sizes(
            [labels.in_circle(unit, True, gradients) for unit in units],
            [labels.below_circle(unit, True, gradients) for unit in units],
            [labels.on_line(weight, gradients) for weight in weights],
        ),
    )


def network_picture(
    layout: Layout, names: Mapping[Value, str], labels: Labels, shown: Shown
) -> Picture:
    """The picture of a network.

    Args:
        layout: as `layout_of` returns it.
        names: the name of each weight.
        labels: what is written.
        shown: where it is written.
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
    _Writer(layout, names, labels, shown, picture).write()
    return picture


def _legend(shown: Shown) -> str:
    colored_by = "weight" if shown.gradients_from == math.inf else "gradient (∂) of the weight"
    return f"line: {colored_by}, blue above 0, orange below, the wider the larger"


class _Writer:
    def __init__(
        self,
        layout: Layout,
        names: Mapping[Value, str],
        labels: Labels,
        shown: Shown,
        picture: Picture,
    ):
        self.layout = layout
        self.names = names
        self.count = 0
        self.sizes = layout.sizes
        self.labels = labels
        self.shown = shown
        self.picture = picture
        self.read = {segment.connection.source for segment in layout.segments}
        slots = (slot for column in layout.columns for slot in column)
        self.dot_names = {slot: f"slot{position}" for position, slot in enumerate(slots)}

    def write(self) -> None:
        for slots in self.layout.columns:
            units = [slot.unit for slot in slots if slot.unit and not slot.passing]
            owner = common_owner(units)
            self._write_header(slots[0].x, owner, common_activation(units))
            for slot in slots:
                self._write_slot(slot, owner)
        largest = max(map(abs, filter(None, map(self._strength, self.layout.segments))), default=1)
        for segment in self.layout.segments:
            self._write_segment(segment, largest)
        if self.shown.now is not None:
            # All pictures of a sequence are as high as the one with the most text.
            bottom = {"pos": _position(0, self.layout.bottom_y)}
            self.picture.node("bottom", "", shape="point", style="invis", **bottom)

    def _write_header(self, x: float, owner: str, activation: str) -> None:
        lines = [owner.removesuffix(".neurons"), activation if self.layout.is_abbreviated else ""]
        self._write_text("header", [line for line in lines if line], x, self.layout.header_y)

    def _write_slot(self, slot: Slot, owner: str) -> None:
        place = {"pos": _position(slot.x, slot.y)}
        if slot.passing:
            self.picture.node(self.dot_names[slot], "", shape="point", style="invis", **place)
        elif slot.unit is None:
            text = _label(["⋮", f"{slot.left_out} more"])
            self.picture.node(self.dot_names[slot], text, fontcolor=_CAPTION_INK, **place)
        else:
            self._write_circle(slot, slot.unit, slot.unit.name.removeprefix(f"{owner}."))

    def _write_circle(self, slot: Slot, unit: Unit, name: str) -> None:
        has_value = slot.column <= self.shown.values_to
        has_gradient = slot.column >= self.shown.gradients_from
        inside = self.labels.in_circle(unit, has_value, has_gradient)
        below = self.labels.below_circle(unit, has_value, has_gradient)
        tooltip = _label([", ".join(filter(None, [unit.name, *inside, *below]))])
        if name.isdigit():
            name = "" if self.layout.is_abbreviated else f"neuron {name}"
        if self.shown.values_to < 0:
            inside, name, below = _without_values(unit, name, below)
        style = self._circle_style(slot.column, unit)
        place = _position(slot.x, slot.y)
        self.picture.node(self.dot_names[slot], _label(inside), pos=place, tooltip=tooltip, **style)
        self._write_text("name", [name], slot.x, slot.y + self.sizes.name_above)
        if not self.layout.is_abbreviated:
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
        lines = self.labels.on_line(weight, segment.target.column >= self.shown.gradients_from)
        tooltip = f"{self.names[weight]} {', '.join(lines)}".strip()
        style = {"class": "weight", "color": color, "penwidth": width}
        self.picture.edge(*ends, tooltip=_label([tooltip]), **style)
        if segment.number_at:
            self._write_text("number", lines, *segment.number_at)

    def _strength(self, segment: Segment) -> float | None:
        """The number by which a line has its color and width; None if it has none as yet."""
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
            place = {"class": kind, "pos": _position(x, y), "style": "filled"}
            self.picture.node(f"text{self.count}", _label(lines), **place)


def _without_values(unit: Unit, name: str, below: list[str]) -> tuple[list[str], str, list[str]]:
    """What stands in a circle, above and below it, if there is no value to be written in."""
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
