"""Numbers in nested lists, tuples and dicts: taken out in order, and put back."""

import copy
from collections.abc import Callable
from typing import Any


def leaves(structure: Any) -> list[Any]:
    """The numbers of a nested structure, in order.

    >>> leaves({"w": [1, 2], "b": (3,)})
    [1, 2, 3]
    """
    numbers: list[Any] = []
    transform(numbers.append, structure)
    return numbers


def transform(function: Callable[[Any], Any], structure: Any, _within: tuple[Any, ...] = ()) -> Any:
    """The same structure, with `function` applied to each number in order.

    Lists, tuples and dicts keep their type, named tuples and OrderedDicts among them.

    Raises ValueError for a structure that holds itself.

    >>> transform(lambda x: -x, {"w": [1, 2], "b": (3,)})
    {'w': [-1, -2], 'b': (-3,)}
    """
    if not isinstance(structure, (dict, list, tuple)):
        return function(structure)
    within = _entered(structure, _within)
    if isinstance(structure, dict):
        items = {key: transform(function, item, within) for key, item in structure.items()}
        return dict_like(structure, items)
    return sequence_of(type(structure), [transform(function, item, within) for item in structure])


def _entered(structure: Any, within: tuple[Any, ...]) -> tuple[Any, ...]:
    """The structures around its items, itself included.

    Raises ValueError if it is within itself.
    """
    for outer in within:
        if outer is structure:
            raise ValueError(
                f"a {type(structure).__name__} that holds itself has no end of numbers"
            )
    return (*within, structure)


def sequence_of(cls: Any, items: list[Any]) -> Any:
    """A list or tuple of this type; a named tuple takes its items one by one."""
    return cls._make(items) if hasattr(cls, "_make") else cls(items)


def dict_like(structure: dict[Any, Any], items: dict[Any, Any]) -> dict[Any, Any]:
    """A dict of the same type, with what else it holds, such as the factory of a defaultdict."""
    if type(structure) is dict:
        return items
    twin = copy.copy(structure)
    for key, item in items.items():
        twin[key] = item
    return twin


def paths(structure: Any, path: str = "", _within: tuple[Any, ...] = ()) -> list[str]:
    """Where each number is, as Python would write it.

    >>> paths({"w": [1, 2], "b": 3}, "x")
    ["x['w'][0]", "x['w'][1]", "x['b']"]
    """
    if isinstance(structure, dict):
        parts = [(f"{path}[{key!r}]", item) for key, item in structure.items()]
    elif isinstance(structure, (list, tuple)):
        parts = [(f"{path}[{index}]", item) for index, item in enumerate(structure)]
    else:
        return [path]
    within = _entered(structure, _within)
    return [each for inner, item in parts for each in paths(item, inner, within)]


def rebuild(structure: Any, numbers: list[Any]) -> Any:
    """The same structure, filled with other numbers in order.

    >>> rebuild({"w": [1, 2], "b": (3,)}, [7, 8, 9])
    {'w': [7, 8], 'b': (9,)}
    """
    remaining = iter(numbers)
    return transform(lambda _: next(remaining), structure)
