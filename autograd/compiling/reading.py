"""What the items of a call are to the function: numbers, lanes, points, or constants."""

import numbers
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from autograd.compiling.arguments import UNEQUAL, Point, is_real, library_of
from autograd.graph import is_node
from autograd.numbers.nested import container_of, leaves
from autograd.tape.tape import PER_LANE, SHARED, Static


class Call(NamedTuple):
    """A call whose arguments were taken apart, see `examined`.

    Attributes:
        key, items, others: as `examined` returns them.
        shape: of the arrays, if each of their elements is a lane.
    """

    key: tuple[Any, ...]
    items: Sequence[Any]
    others: dict[int, Any]
    shape: tuple[int, ...] = ()

    def by_element(self) -> "Call | None":
        """The same call with each element of a table as a lane; None if arrays differ in shape."""
        arrays = [x for x in self.items if type(x) is not float]
        shapes = {tuple(x.shape) for x in arrays}
        if len(shapes) != 1 or arrays[0].ndim < 2:
            return None
        items = [x if type(x) is float else x.reshape(-1) for x in self.items]
        return Call(tuple(map(_by_element, self.key)), items, self.others, *shapes)


def _by_element(part: Any) -> Any:
    """A key, or a part of one, with lanes in place of tables."""
    if isinstance(part, tuple):
        return part[0], tuple(map(_by_element, part[1]))
    return PER_LANE if isinstance(part, int) else part


class Reading(NamedTuple):
    """What the items of a call are to the function.

    Attributes:
        call: the call.
        otherwise: the indices of arrays that are one point, and of integers that are constants.
        key: the structure of the arguments, which can be compared and hashed.
        items: floats, and arrays in the shape of a point, (lanes,) or (lanes, features), in order.
        kinds: what each item is: SHARED, PER_LANE, the number of columns of a table, or a Point.
        indices: the index of each item among those of the call.
        in_lanes: the places of lanes, and of tables of them, among the items.
    """

    call: Call
    otherwise: frozenset[int]
    key: tuple[Any, ...]
    items: Sequence[Any]
    kinds: list[Any]
    indices: list[int]
    in_lanes: list[int]

    def but(self, otherwise: Collection[int]) -> "Reading":
        """The same call, with more items that are something else to the function."""
        return read(self.call, self.otherwise.union(otherwise))

    def lanes(self) -> int | None:
        """How many lanes there are; None without arrays of lanes.

        Raises ValueError if arrays differ in it.
        """
        counts = list(dict.fromkeys(len(self.items[place]) for place in self.in_lanes))
        if len(counts) > 1:
            raise ValueError(
                f"arrays are lanes side by side: one has {counts[0]}, another {counts[1]}"
            )
        return counts[0] if counts else None

    def only_lanes(self) -> int | None:
        """How many lanes there are; None if arrays differ in it, or if there are none."""
        try:
            return self.lanes()
        except ValueError:
            return None

    def key_with(self, names: tuple[str, ...]) -> tuple[Any, ...]:
        """The key, with the names of the arguments that are passed as keywords."""
        return (names, self.key) if names else self.key

    def is_flat(self) -> bool:
        """Whether each argument is one item: a number or an array."""
        return all(isinstance(part, (str, int, Point)) for part in self.key)

    def rows(self) -> set[int]:
        """The indices of tables that hold a point in each row."""
        return {self.indices[place] for place in self.in_lanes if self.kinds[place] != PER_LANE}

    def has_points(self) -> bool:
        """Whether some arrays are one point."""
        return any(isinstance(kind, Point) for kind in self.kinds)

    def misfits(self) -> set[int]:
        """The indices of the tables if they differ in their rows, which then can't be points."""
        rows = self.rows()
        counts = {len(self.call.items[index]) for index in rows}
        return rows if len(counts) > 1 else set()

    def numbers(self) -> list[tuple[Any, int]]:
        """For each number of the program, the kind and the index of the item that it is in."""
        return [
            (kind, index)
            for kind, index in zip(self.kinds, self.indices, strict=True)
            for _ in range(kind if isinstance(kind, int) else getattr(kind, "size", 1))
        ]

    def integers(self) -> list[int]:
        """Which numbers of the program were given as integers."""
        given = self.call.others
        return [i for i, (_, index) in enumerate(self.numbers()) if is_integer(given.get(index))]

    def arrays(self) -> list[int]:
        """Which numbers of the program are lanes of arrays."""
        numbers = enumerate(self.numbers())
        return [i for i, (kind, _) in numbers if kind == PER_LANE or isinstance(kind, int)]


def read(call: Call, otherwise: frozenset[int]) -> Reading:
    """A call in which some items are something else to the function than they seemed at first.

    Args:
        call: the call.
        otherwise: the indices of arrays that are one point, and of integers that are constants.
    """
    reader = _Reader(call, otherwise)
    key = reader.kinds_of(call.key[1:] if call.key[:1] == (UNEQUAL,) else call.key)
    items = call.items
    if len(reader.indices) < len(items):
        items = [items[index] for index in reader.indices]
    return Reading(call, otherwise, key, items, reader.kinds, reader.indices, reader.in_lanes)


class _Reader:
    """Goes through the key of a call: what `read` finds."""

    def __init__(self, call: Call, otherwise: frozenset[int]):
        self.call = call
        self.otherwise = otherwise
        self.kinds: list[Any] = []
        self.indices: list[int] = []
        self.in_lanes: list[int] = []
        # The index of the next item.
        self.next = 0

    def kinds_of(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        """The key of some parts. Numbers alone are taken all at once."""
        indices = range(self.next, self.next + len(parts))
        is_of_numbers = parts.count(SHARED) == len(parts)
        if not is_of_numbers or any(index in indices for index in self.otherwise):
            return tuple([self._kind_of(part) for part in parts])
        self.kinds += parts
        self.indices += indices
        self.next = indices.stop
        return parts

    def _kind_of(self, part: Any) -> Any:
        if isinstance(part, tuple):
            return part[0], self.kinds_of(part[1])
        if isinstance(part, Static):
            return part
        index = self.next
        self.next += 1
        if index in self.otherwise:
            if part != SHARED:
                part = Point(tuple(self.call.items[index].shape))
            elif is_integer(self.call.others.get(index)):
                return Static(self.call.others[index])
        if part == PER_LANE or isinstance(part, int):
            self.in_lanes.append(len(self.kinds))
        self.kinds.append(part)
        self.indices.append(index)
        return part


def is_item(argument: Any) -> bool:
    """Whether it is a number, a Value or an array, rather than a constant such as a string."""
    is_array = library_of[type(argument)] or hasattr(argument, "to_numpy")
    return bool(is_array) or is_node(argument) or is_real(argument)


def is_integer(argument: Any) -> bool:
    """Whether an argument may be a count or a flag."""
    return isinstance(argument, numbers.Integral) or type(argument).__name__ in ("bool", "bool_")


def columns(kinds: Sequence[Any], items: Sequence[Any]) -> list[Any]:
    """The items of a call, with tables split into columns, and points into numbers."""
    numbers: list[Any] = []
    for kind, item in zip(kinds, items, strict=True):
        if isinstance(kind, int):
            numbers += [item[:, column] for column in range(kind)]
        elif isinstance(kind, Point):
            row = item.reshape(-1)
            is_plain = library_of[type(item)] == "numpy"
            numbers += row.tolist() if is_plain else [row[i] for i in range(kind.size)]
        else:
            numbers.append(item)
    return numbers


def columns_of_values(kinds: Sequence[Any], args: tuple[Any, ...]) -> list[Any]:
    """The numbers of a call in which some are Values, or arrays of them.

    Raises TypeError for an array of Values in place of an array with several points.
    """
    given = filter(is_item, leaves(list(args)))
    numbers: list[Any] = []
    for kind, item in zip(kinds, given, strict=True):
        is_array_of_values = container_of(item, elements=True) is not None
        if is_array_of_values and not isinstance(kind, Point):
            raise TypeError(
                "only the programs that were recorded were pickled, and not the function: with "
                f"Values they take one point, and this array, of shape {item.shape}, has several"
            )
        numbers += item.reshape(-1).tolist() if is_array_of_values else columns([kind], [item])
    return numbers
