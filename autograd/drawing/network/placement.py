"""Where the units of a network stand: in columns, and in rows within a column."""

import math
from collections.abc import Sequence
from itertools import pairwise

from autograd.drawing.network.lines import Column, Gap, Hop, Line, Slot
from autograd.drawing.network.neurons import Unit
from autograd.drawing.network.texts import (
    LINE_HEIGHT,
    Texts,
    column_header,
    common_owner,
    name_above,
    size,
)

# All sizes are in points.
_SMALLEST_RADIUS, _MARGIN = 23, 4


class Placement:
    """Columns of slots for units, and lines between them.

    There is room for every text that may be written in, so that all pictures of a sequence are
    alike. If units are left out, so are the texts below circles.

    Args:
        units: each after the units that its connections come from.
        texts: makes the texts.
        limit: how many units of a column are shown.
        gradients: whether gradients may be written in.
    """

    def __init__(self, units: Sequence[Unit], texts: Texts, limit: int, gradients: bool):
        column_of = _columns(units)
        self.slots: dict[tuple[Unit, int], Slot] = {}
        self.lines: list[Line] = []
        self.columns = [
            self._column([unit for unit in units if column_of[unit] == column], column, limit)
            for column in range(max(column_of.values()) + 1)
        ]
        self._connect(units, column_of)
        slots = [slot for column in self.columns for slot in column.slots]
        self.is_abbreviated = any(slot.left_out for slot in slots)
        self._measure(texts, gradients)
        self._place()

    def _column(self, members: list[Unit], column: int, limit: int) -> Column:
        left_out = max(0, len(members) - limit)
        shown = len(members) - left_out
        first, last = members[: shown - shown // 2], members[len(members) - shown // 2 :]
        slots = [Slot(unit, column) for unit in first]
        slots += [Slot(None, column, left_out=left_out)] if left_out else []
        slots += [Slot(unit, column) for unit in last]
        self.slots |= {(slot.unit, column): slot for slot in slots if slot.unit}
        units = first + last
        return Column(slots, units, common_owner(units))

    def _connect(self, units: Sequence[Unit], column_of: dict[Unit, int]) -> None:
        for unit in units:
            target = self.slots.get((unit, column_of[unit]))
            for connection in unit.connections:
                source = self.slots.get((connection.source, column_of[connection.source]))
                if source and target:
                    skipped = range(source.column + 1, target.column)
                    passed = [self._passed(connection.source, column) for column in skipped]
                    self.lines.append(Line(connection, [source, *passed, target]))

    def _passed(self, unit: Unit, column: int) -> Slot:
        """The slot in which the lines from a unit pass a column."""
        slot = self.slots.get((unit, column))
        if slot is None:
            slot = self.slots[unit, column] = Slot(unit, column, passing=True)
            self.columns[column].slots.append(slot)
        return slot

    def _measure(self, texts: Texts, gradients: bool) -> None:
        units = [unit for column in self.columns for unit in column.units]
        in_circles = [size(texts.in_circle(unit, True, gradients)) for unit in units]
        # The corners of the text are in the circle too.
        radii = [math.hypot(width / 2 + 2, height / 2 - 2) for width, height in in_circles]
        self.radius = max(_SMALLEST_RADIUS, *radii)
        self.name_above = self.radius + 8
        weights = [line.connection.weight for line in self.lines]
        numbers = [size(texts.on_line(w, gradients)) for w in weights if w is not None]
        self.number_width = max((width for width, _ in numbers), default=0)
        self.number_height = max((height for _, height in numbers), default=0) + 5
        captioned = [] if self.is_abbreviated else units
        self.captions = {u: size(texts.below_circle(u, True, gradients)) for u in captioned}
        for column in self.columns:
            names = [name_above(u, column.owner, self.is_abbreviated) for u in column.units]
            captions = [self.captions[u][0] for u in column.units if u in self.captions]
            column.half_width = max(2 * self.radius, size(names)[0], *captions) / 2 + _MARGIN
            header = column_header(column.units, column.owner, self.is_abbreviated)
            column.header_width = size(header)[0]

    def _place(self) -> None:
        gaps = [Gap(left, right) for left, right in pairwise(self.columns)]
        for line in self.lines:
            for source, target in pairwise(line.slots):
                gaps[source.column].hops.append(Hop(line, source, target))
        caption = max((height for _, height in self.captions.values()), default=0)
        row_height = self.radius + self.name_above + LINE_HEIGHT + caption
        spacing = max([row_height, *((g.rows_of_numbers() + 1) * self.number_height for g in gaps)])
        for column in self.columns:
            for row, slot in enumerate(column.slots):
                slot.y = spacing * ((len(column.slots) - 1) / 2 - row)
        for gap in gaps:
            gap.set_heights(self.radius, self.number_height)
            gap.place_right_column(self.number_width)
        for line in self.lines:
            # It begins and ends under the circles, which are painted later.
            first, last = line.slots[0], line.slots[-1]
            line.corners.insert(0, (self.columns[first.column].x, line.corners[0][1]))
            line.corners.append((self.columns[last.column].x, line.corners[-1][1]))
        self.header_y = max(c.slots[0].y for c in self.columns) + self.name_above + 2 * LINE_HEIGHT
        self.bottom_y = min(map(self._bottom, self.columns)) - 1.5 * LINE_HEIGHT

    def _bottom(self, column: Column) -> float:
        last = column.slots[-1]
        if last.unit is None or last.passing:
            return last.y
        return last.y - self.radius - self.captions.get(last.unit, (0, 0))[1]


def _columns(units: Sequence[Unit]) -> dict[Unit, int]:
    """The column of each unit, which is right of all units that it is computed from.

    An input or a target stands just left of the first unit that reads it.
    """
    column_of: dict[Unit, int] = {}
    first_reader: dict[Unit, int] = {}
    for unit in units:
        sources = [connection.source for connection in unit.connections]
        column_of[unit] = max([column_of[source] + 1 for source in sources], default=0)
        for source in sources:
            column = min(column_of[unit], first_reader.get(source, column_of[unit]))
            first_reader[source] = column
    return {
        unit: column if unit.connections else first_reader.get(unit, 1) - 1
        for unit, column in column_of.items()
    }
