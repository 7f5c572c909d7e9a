"""Where the units of a network stand: in columns, and in rows within a column."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from autograd.drawing.network.neurons import Connection, Unit

# Numbers stand on the lines between two columns if one of them has at most this many rows.
_NUMBERED = 4
# Of a font of 10 points. All sizes here are in points.
LINE_HEIGHT, _CHARACTER_WIDTH = 11.5, 5.4
_SMALLEST_RADIUS = 23


@dataclass(eq=False)
class Slot:
    """A slot in a column: for a unit, for units that are left out, or for a passing connection.

    Attributes:
        unit: the unit that stands here, or whose connections pass here; None if units are left
            out here.
        passing: whether connections only pass here.
        left_out: how many units are left out here.
    """

    unit: Unit | None
    column: int
    passing: bool = False
    left_out: int = 0
    x: float = 0
    y: float = 0


@dataclass(eq=False)
class Segment:
    """A line from a slot to a slot of the next column: a connection, or a part of one.

    Attributes:
        connection: has no weight if connections of several weights pass here together.
        end: the slot in which the connection ends.
        number_at: where its number stands, if it has one.
    """

    source: Slot
    target: Slot
    connection: Connection
    end: Slot
    number_at: tuple[float, float] | None = None


class Sizes:
    """The sizes of circles and texts.

    Args:
        in_circles, below_circles, on_lines: all texts of each kind, as lists of lines.
    """

    def __init__(
        self,
        in_circles: Sequence[Sequence[str]],
        below_circles: Sequence[Sequence[str]],
        on_lines: Sequence[Sequence[str]],
    ):
        self.radius = max(_SMALLEST_RADIUS, _size(in_circles)[0] / 2 + 1)
        self.name_above = self.radius + 8
        self.caption_width, self.caption_height = _size(below_circles)
        self.number_width, number_height = _size(on_lines)
        self.number_height = number_height + 5


def _size(texts: Sequence[Sequence[str]]) -> tuple[float, float]:
    lengths = [len(line) for lines in texts for line in lines]
    height = max(map(len, texts), default=0)
    return _CHARACTER_WIDTH * max(lengths, default=0), LINE_HEIGHT * height


class Placement:
    """Slots for units, and segments between them.

    Args:
        units: each after the units that its connections come from.
        limit: how many units of a column are shown.
        sizes: the sizes of circles and texts. If units are left out, so are texts below circles.
    """

    def __init__(self, units: Sequence[Unit], limit: int, sizes: Sizes):
        self.sizes = sizes
        self.columns: list[list[Slot]] = []
        self.segments: list[Segment] = []
        columns = _columns(units)
        self._place(units, columns, limit)
        self._connect(units, columns)
        self.is_abbreviated = any(slot.left_out for slots in self.columns for slot in slots)
        self._measure()

    def _place(self, units: Sequence[Unit], column_of: dict[Unit, int], limit: int) -> None:
        self.slots: dict[tuple[Unit, int], Slot] = {}
        for column in range(max(column_of.values()) + 1):
            members = [unit for unit in units if column_of[unit] == column]
            left_out = max(0, len(members) - limit)
            shown = len(members) - left_out
            first, last = members[: shown - shown // 2], members[len(members) - shown // 2 :]
            slots = [Slot(unit, column) for unit in first]
            slots += [Slot(None, column, left_out=left_out)] if left_out else []
            slots += [Slot(unit, column) for unit in last]
            self.slots |= {(slot.unit, column): slot for slot in slots if slot.unit}
            self.columns.append(slots)

    def _connect(self, units: Sequence[Unit], column_of: dict[Unit, int]) -> None:
        for unit in units:
            target = self.slots.get((unit, column_of[unit]))
            for connection in unit.connections:
                source = self.slots.get((connection.source, column_of[connection.source]))
                if source and target:
                    through = self._way(connection, source, target)
                    self.segments.append(Segment(through, target, connection, target))

    def _way(self, connection: Connection, source: Slot, target: Slot) -> Slot:
        """The slot before the target: a connection passes a slot in each column that it skips."""
        for column in range(source.column + 1, target.column):
            passing = self.slots.get((connection.source, column))
            if passing is None:
                passing = Slot(connection.source, column, passing=True)
                self.slots[connection.source, column] = passing
                self.columns[column].append(passing)
                self.segments.append(Segment(source, passing, connection, target))
            else:
                (shared,) = [segment for segment in self.segments if segment.target is passing]
                shared.connection = Connection(connection.source)
            source = passing
        return source

    def _measure(self) -> None:
        sizes = self.sizes
        rows = [len(slots) for slots in self.columns]
        numbered = [_rows_of_numbers(*pair) for pair in pairwise(rows)]
        captions = 0 if self.is_abbreviated else sizes.caption_height
        row_height = sizes.radius + sizes.name_above + LINE_HEIGHT + captions
        spacing = max([row_height, *((n + 1) * sizes.number_height for n in numbered)])
        side = max(sizes.radius, 0 if self.is_abbreviated else sizes.caption_width / 2)
        x = 0.0
        for number, slots in enumerate(self.columns):
            for row, slot in enumerate(slots):
                slot.x, slot.y = x, spacing * ((len(slots) - 1) / 2 - row)
            rows_of_numbers = numbered[number] if number < len(numbered) else 0
            x += (side + 4 + sizes.number_width / 2) * (rows_of_numbers + 1)
            if not rows_of_numbers:
                x += max(2 * side, 0.35 * spacing * len(slots))
        self.bottom_y = -spacing * (max(rows) - 1) / 2 - sizes.radius - captions - LINE_HEIGHT / 2
        self.header_y = spacing * (max(rows) - 1) / 2 + sizes.name_above + 2 * LINE_HEIGHT
        for segment in self.segments:
            column = segment.source.column
            is_last = segment.target is segment.end
            if is_last and segment.connection.weight is not None and numbered[column]:
                segment.number_at = _number_at(segment, rows[column], rows[column + 1])


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


def _rows_of_numbers(left: int, right: int) -> int:
    fewer = min(left, right)
    return fewer if fewer <= _NUMBERED else 0


def _number_at(segment: Segment, left: int, right: int) -> tuple[float, float]:
    """A point on a segment such that no two numbers between the same columns meet.

    With n rows on the right, the point at 1 / (n + 1) of the way spreads the numbers of each row
    on the left evenly between that row and the next. If there are fewer rows on the left, the
    same is done from the right.
    """
    share = 1 / (right + 1) if right <= left else left / (left + 1)
    source, target = segment.source, segment.target
    return (
        source.x + share * (target.x - source.x),
        source.y + share * (target.y - source.y),
    )
