"""Numbers in nested lists, tuples and dicts: taken out in order, and put back."""

from collections.abc import Callable
from typing import Any


def leaves(structure: Any) -> list[Any]:
    """The numbers of a nested structure, in order.

    >>> leaves({"w": [1, 2], "b": (3,)})
    [1, 2, 3]
    """
    found: list[Any] = []
    transform(found.append, structure)
    return found


def transform(function: Callable[[Any], Any], structure: Any) -> Any:
    """The same structure, with `function` applied to each number in order.

    >>> transform(lambda x: -x, {"w": [1, 2], "b": (3,)})
    {'w': [-1, -2], 'b': (-3,)}
    """
    if isinstance(structure, dict):
        return {key: transform(function, item) for key, item in structure.items()}
    if isinstance(structure, (list, tuple)):
        return made(type(structure), [transform(function, item) for item in structure])
    return function(structure)


def made(cls: Any, items: list[Any]) -> Any:
    """A list or tuple of this type; a named tuple takes its items one by one."""
    return cls(*items) if hasattr(cls, "_fields") else cls(items)


def paths(structure: Any, path: str = "") -> list[str]:
    """Where each number stands, as Python would write it.

    >>> paths({"w": [1, 2], "b": 3}, "x")
    ["x['w'][0]", "x['w'][1]", "x['b']"]
    """
    if isinstance(structure, dict):
        parts = [(f"{path}[{key!r}]", item) for key, item in structure.items()]
    elif isinstance(structure, (list, tuple)):
        parts = [(f"{path}[{position}]", item) for position, item in enumerate(structure)]
    else:
        return [path]
    return [found for deeper, item in parts for found in paths(item, deeper)]


def rebuild(structure: Any, numbers: list[Any]) -> Any:
    """The same structure, filled with other numbers in order.

    >>> rebuild({"w": [1, 2], "b": (3,)}, [7, 8, 9])
    {'w': [7, 8], 'b': (9,)}
    """
    remaining = iter(numbers)
    return transform(lambda _: next(remaining), structure)
