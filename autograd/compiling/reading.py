"""What the items of a call are to the function: numbers, lanes, points, or constants."""

import numbers
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from autograd.compiling.arguments import UNEQUAL, Point, is_real, library_of
from autograd.graph import is_node
from autograd.numbers.nested import container_of, leaves
from autograd.tape.tape import PER_LANE, SHARED, Static


class Reading(NamedTuple):
    """What the items of a call are to the function.

    Attributes:
        key: the structure of the arguments, which can be compared and hashed.
        items: floats, and arrays of the shape of a point, (lanes,) or (lanes, features), in order.
        kinds: what each item is: SHARED, PER_LANE, the number of columns of a table, or a Point.
        indices: where each item is among those that `examined` returned.
    """

    key: tuple[Any, ...]
    items: list[Any]
    kinds: list[Any]
    indices: list[int]

    def lanes(self) -> int | None:
        """How many there are, None without an array of lanes. Raises ValueError if they differ."""
        lanes = None
        for kind, item in zip(self.kinds, self.items, strict=True):
            if kind == PER_LANE or isinstance(kind, int):
                if lanes is None:
                    lanes = len(item)
                elif len(item) != lanes:
                    raise ValueError(
                        f"arrays are lanes side by side: one has {lanes}, another {len(item)}"
                    )
        return lanes

    def only_lanes(self) -> int | None:
        """How many there are, None where arrays differ, or without one."""
        try:
            return self.lanes()
        except ValueError:
            return None

    def misfits(self) -> set[int]:
        """The indices of tables that hold no points in rows, as one has more rows than another."""
        items = zip(self.kinds, self.indices, self.items, strict=True)
        tables = {index: len(item) for kind, index, item in items if isinstance(kind, int)}
        return set(tables) if len(set(tables.values())) > 1 else set()

    def numbers(self) -> list[tuple[Any, int]]:
        """For each number of the program what the item is that it is in, and the item's index."""
        return [
            (kind, index)
            for kind, index in zip(self.kinds, self.indices, strict=True)
            for _ in range(kind if isinstance(kind, int) else getattr(kind, "size", 1))
        ]


def read(
    key: tuple[Any, ...],
    items: Sequence[Any],
    given: Sequence[Any],
    otherwise: Collection[int],
) -> Reading:
    """A call in which some items are something else to the function than it seemed at first.

    Args:
        key, items: as `examined` returns them.
        given: the items as the user gave them.
        otherwise: the indices of arrays that are one point, and of integers that are constants.
    """
    counter = iter(range(len(items)))
    kinds: list[Any] = []
    indices: list[int] = []

    def kind_of_part(part: Any) -> Any:
        if isinstance(part, tuple):
            return part[0], tuple(map(kind_of_part, part[1]))
        if isinstance(part, Static):
            return part
        index = next(counter)
        if index in otherwise:
            if part != SHARED:
                part = Point(tuple(items[index].shape))
            elif is_integer(given[index]):
                return Static(given[index])
        kinds.append(part)
        indices.append(index)
        return part

    parts = key[1:] if key[:1] == (UNEQUAL,) else key
    read_key = tuple(map(kind_of_part, parts))
    return Reading(read_key, [items[index] for index in indices], kinds, indices)


def is_number(argument: Any) -> bool:
    """Whether an argument is an item of a call, and not a constant as a string is."""
    is_array = library_of[type(argument)] or hasattr(argument, "to_numpy")
    return bool(is_array) or is_real(argument)


def is_integer(argument: Any) -> bool:
    """Whether an argument may be a count or a flag."""
    return isinstance(argument, numbers.Integral) or type(argument).__name__ in ("bool", "bool_")


def columns(kinds: Sequence[Any], items: Sequence[Any]) -> list[Any]:
    """The items of a call, with the columns of a table and the numbers of a point one by one."""
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
    """The numbers of a call in which some are Values, or arrays of them."""
    given = [x for x in leaves(list(args)) if is_node(x) or is_number(x)]
    numbers: list[Any] = []
    for kind, item in zip(kinds, given, strict=True):
        is_array_of_values = container_of(item, elements=True) is not None
        numbers += item.reshape(-1).tolist() if is_array_of_values else columns([kind], [item])
    return numbers
