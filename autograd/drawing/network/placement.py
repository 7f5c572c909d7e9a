"""Where the units of a network stand, in columns and rows, and how lines run between them.

A line crosses no text but its own number. It is level beside the circles of a column, where names
and captions stand above and below; it is level where numbers stand; and it slopes in between.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from autograd.drawing.network.neurons import Connection, Unit
from autograd.drawing.network.texts import (
    LINE_HEIGHT,
    Texts,
    column_header,
    common_owner,
    name_above,
    size,
)

# Numbers stand on the lines between two columns if one of them has at most this many rows.
_NUMBERED = 4
# All sizes are in points.
_SMALLEST_RADIUS, _MARGIN = 23, 4
# How far apart lines are where they meet a circle, and how long a bend is.
_BETWEEN_LINES, _BEND = 6, 16
# The width of a slope for its height, and the least width.
_WIDTH_OF_SLOPE, _NARROWEST = 0.5, 24

Point = tuple[float, float]


@dataclass(eq=False)
class Slot:
    """A slot in a column: for a unit, for units that are left out, or for passing lines.

    Attributes:
        unit: the unit that stands here, or whose lines pass here; None if units are left out here.
        column: its column, counted from the left.
        passing: whether lines only pass here.
        left_out: how many units are left out here.
        y: its height.
    """

    unit: Unit | None
    column: int
    passing: bool = False
    left_out: int = 0
    y: float = 0


@dataclass(eq=False)
class Column:
    """Slots from top to bottom.

    Attributes:
        slots: in rows of equal height.
        units: those that are shown.
        owner: what the names of its neurons begin with, such as "layers.0.neurons", or "".
        header_width: the width of what stands above it.
        half_width: how far circles and texts reach to either side of its middle.
        x: its middle.
    """

    slots: list[Slot]
    units: list[Unit]
    owner: str
    header_width: float = 0
    half_width: float = 0
    x: float = 0


@dataclass(eq=False)
class Line:
    """A connection as a line.

    Attributes:
        slots: where it starts, what it passes in the columns between, and where it ends.
        corners: the points between which it is straight. It is rounded there.
        number_at: where the number of its weight stands, if there is room.
    """

    connection: Connection
    slots: list[Slot]
    corners: list[Point] = field(default_factory=list)
    number_at: Point | None = None

    def curve(self) -> list[Point]:
        """The line as Bézier curves: its start, and three points for each curve."""
        corners = self.corners
        points = corners[:1]
        for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
            bend = _toward(corner, before)
            points += [points[-1], bend, bend, corner, corner, _toward(corner, after)]
        return [*points, points[-1], corners[-1], corners[-1]]


def _toward(corner: Point, other: Point) -> Point:
    """Where the bend of a corner begins or ends: half of the way to the next at most."""
    share = min(0.5, _BEND / max(_BEND, math.dist(corner, other)))
    (x, y), (other_x, other_y) = corner, other
    return x + share * (other_x - x), y + share * (other_y - y)


@dataclass(eq=False)
class Hop:
    """The part of a line between two columns.

    Attributes:
        start, end: the heights where it leaves a slot, and where it reaches the next.
        level: the height of its level part between them, where a number may stand.
    """

    line: Line
    source: Slot
    target: Slot
    start: float = 0
    end: float = 0
    level: float = 0

    @property
    def has_number(self) -> bool:
        """Whether the line ends here, and has a weight."""
        return self.target is self.line.slots[-1] and self.line.connection.weight is not None


class Gap:
    """The room between two columns, with the lines that run through it."""

    def __init__(self, left: Column, right: Column):
        self.left = left
        self.right = right
        self.hops: list[Hop] = []

    def rows_of_numbers(self) -> int:
        """How many numbers stand between two rows; 0 if there are none, or too many."""
        fewer = min(len(self.left.slots), len(self.right.slots))
        return fewer if fewer <= _NUMBERED and any(hop.has_number for hop in self.hops) else 0

    def set_heights(self, radius: float, number_height: float) -> None:
        """Sets the heights of all hops, from those of the slots and the sizes given."""
        leaving: dict[Slot, list[Hop]] = {}
        arriving: dict[Slot, list[Hop]] = {}
        for hop in self.hops:
            leaving.setdefault(hop.source, []).append(hop)
            arriving.setdefault(hop.target, []).append(hop)
        for slot, hops in leaving.items():
            for hop, y in _side_by_side(slot, hops, lambda hop: -hop.target.y, radius):
                hop.start = y
        for slot, hops in arriving.items():
            for hop, y in _side_by_side(slot, hops, lambda hop: -hop.source.y, radius):
                hop.end = y
        if self.rows_of_numbers():
            self._set_levels(number_height)

    def _set_levels(self, number_height: float) -> None:
        """Sets the heights of the level parts such that no two numbers meet.

        With n rows on the right, the point at 1 / (n + 1) of the way spreads the numbers of each
        row on the left evenly between that row and the next. If there are fewer rows on the left,
        the same is done from the right. Where several connections join the same units, all make
        room.
        """
        left, right = len(self.left.slots), len(self.right.slots)
        share = 1 / (right + 1) if right <= left else left / (left + 1)
        for hop in self.hops:
            hop.level = hop.source.y + share * (hop.target.y - hop.source.y)
        above, moved = math.inf, 0.0
        for hop in sorted(self.hops, key=lambda hop: -hop.level):
            above = min(hop.level, above - number_height)
            moved += hop.level - above
            hop.level = above
        for hop in self.hops:
            hop.level += moved / len(self.hops)

    def place_right_column(self, number_width: float) -> None:
        """Places the right column so that no slope is too steep; adds the corners of all lines."""
        start_x = self.left.x + self.left.half_width
        is_numbered = self.rows_of_numbers() > 0
        if is_numbered:
            before = _width_of_slopes([hop.level - hop.start for hop in self.hops])
            after = _width_of_slopes([hop.end - hop.level for hop in self.hops])
            middle, width = start_x + before + number_width / 2, before + number_width + after
        else:
            width = _width_of_slopes([hop.end - hop.start for hop in self.hops])
        headers = (self.left.header_width + self.right.header_width) / 2 + 8
        columns = self.left.half_width + width + self.right.half_width
        self.right.x = self.left.x + max(headers, columns)
        for hop in self.hops:
            hop.line.corners.append((start_x, hop.start))
            if is_numbered:
                x = middle - number_width / 2, middle + number_width / 2
                hop.line.corners += [(x[0], hop.level), (x[1], hop.level)]
                if hop.has_number:
                    hop.line.number_at = middle, hop.level
            hop.line.corners.append((self.right.x - self.right.half_width, hop.end))


def _side_by_side(
    slot: Slot, hops: list[Hop], order: Callable[[Hop], float], radius: float
) -> list[tuple[Hop, float]]:
    """Each hop that meets a slot, and its height there, from the top down."""
    # Lines that pass keep their order.
    ordered = hops if slot.passing else sorted(hops, key=order)
    step = min(_BETWEEN_LINES, 1.2 * radius / len(ordered))
    top = slot.y + step * (len(ordered) - 1) / 2
    return [(hop, top - step * rank) for rank, hop in enumerate(ordered)]


def _width_of_slopes(heights: list[float]) -> float:
    return max(_NARROWEST, *(_WIDTH_OF_SLOPE * abs(height) for height in heights), 0)


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
        # Lines pass below the units, those from near columns above those from far ones.
        order: dict[Unit | None, tuple[int, int]] = {
            unit: (-column_of[unit], row)
            for column in self.columns
            for row, unit in enumerate(column.units)
        }
        for column in self.columns:
            passing = [slot for slot in column.slots if slot.passing]
            passing.sort(key=lambda slot: order[slot.unit])
            column.slots[len(column.slots) - len(passing) :] = passing

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
        self.number_width = max((width for width, _ in numbers), default=0) + 2 * _MARGIN
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
        heights = [y for line in self.lines for _, y in line.corners]
        highest = max(*heights, *(c.slots[0].y + self.name_above for c in self.columns))
        self.header_y = highest + 2 * LINE_HEIGHT
        lowest = min(min(heights) - self.number_height / 2, *map(self._bottom, self.columns))
        self.bottom_y = lowest - 1.5 * LINE_HEIGHT

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
