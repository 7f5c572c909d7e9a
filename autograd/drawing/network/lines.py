"""How lines run from one column of a network to the next.

A line crosses no text but its own number. It is level beside the circles of a column, where names
and captions stand above and below; it is level where numbers stand; and it slopes in between.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from autograd.drawing.network.neurons import Connection, Unit

# Numbers stand on the lines between two columns if one of them has at most this many rows.
_NUMBERED = 4
# All sizes are in points. How far apart lines are where they meet a circle, and how long a bend is.
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
        the same is done from the right. Where two connections join the same units, those below
        make room.
        """
        left, right = len(self.left.slots), len(self.right.slots)
        share = 1 / (right + 1) if right <= left else left / (left + 1)
        for hop in self.hops:
            hop.level = hop.source.y + share * (hop.target.y - hop.source.y)
        above = math.inf
        for hop in sorted(self.hops, key=lambda hop: -hop.level):
            above = hop.level = min(hop.level, above - number_height)

    def place_right_column(self, number_width: float) -> None:
        """Places the right column so that no slope is too steep; adds the corners of all lines."""
        start_x = self.left.x + self.left.half_width
        if self.rows_of_numbers():
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
            if self.rows_of_numbers():
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
