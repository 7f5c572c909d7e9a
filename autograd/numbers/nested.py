"""Numbers in nested structures, such as lists, dicts and dataclasses: taken out and put back."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


def leaves(structure: Any, elements: bool = False) -> list[Any]:
    """The numbers of a nested structure, in order.

    Args:
        structure: as for `transform`.
        elements: whether an array of objects counts as its elements, instead of as one number.

    >>> leaves({"w": [1, 2], "b": (3,)})
    [1, 2, 3]
    """
    numbers: list[Any] = []
    transform(numbers.append, structure, elements)
    return numbers


def transform(
    function: Callable[[Any], Any],
    structure: Any,
    elements: bool = False,
    _within: tuple[Any, ...] = (),
) -> Any:
    """The same structure, with `function` applied to each number in order.

    Args:
        function: of one number.
        structure: nested lists, tuples, dicts and other mappings, and dataclasses. All keep their
            type, even named tuples, OrderedDicts and frozen dataclasses.
        elements: whether `function` is applied to the elements of an array of objects, instead of
            to the array.

    Raises ValueError for a structure that contains itself.

    >>> transform(lambda x: -x, {"w": [1, 2], "b": (3,)})
    {'w': [-1, -2], 'b': (-3,)}
    """
    container = container_of(structure, elements)
    if container is None:
        return function(structure)
    within = _entered(structure, _within)
    items = [transform(function, item, elements, within) for item in container.items(structure)]
    return container.like(structure, items)


def _entered(structure: Any, within: tuple[Any, ...]) -> tuple[Any, ...]:
    """The structures around the items of this one, itself included.

    Raises ValueError if it contains itself.
    """
    for outer in within:
        if outer is structure:
            raise ValueError(
                f"a {type(structure).__name__} that holds itself has no end of numbers"
            )
    return (*within, structure)


class Container(NamedTuple):
    """How structures of a type are taken apart, and put together again.

    Attributes:
        items: returns the items of a structure, in order.
        steps: returns how each of them is reached in Python, such as "[0]" or ".name".
        like: returns a structure of the same type, with other items.
    """

    items: Callable[[Any], list[Any]]
    steps: Callable[[Any], list[str]]
    like: Callable[[Any, list[Any]], Any]


def container_of(structure: Any, elements: bool = False) -> Container | None:
    """How to take a structure apart; None for a number, or anything else that is not a structure.

    Args:
        structure: as for `transform`.
        elements: whether an array of objects is a structure, too.
    """
    container = _containers[type(structure)]
    if container is not _ARRAY:
        return container
    is_of_objects = structure.dtype.kind == "O" and structure.ndim
    return container if elements and is_of_objects else None


class _Containers(dict[type, Container | None]):
    """The container for each type. Every number needs it, so it is looked up once per type."""

    def __missing__(self, cls: type) -> Container | None:
        self[cls] = container = _container_for(cls)
        return container


_containers = _Containers()


def _container_for(cls: type) -> Container | None:
    if issubclass(cls, (list, tuple)):
        return _SEQUENCE
    if issubclass(cls, Mapping):
        return _MAPPING
    if "numpy.ndarray" in [f"{base.__module__}.{base.__name__}" for base in cls.__mro__]:
        return _ARRAY
    # As `dataclasses.is_dataclass` asks.
    return _DATACLASS if hasattr(cls, "__dataclass_fields__") else None


def sequence_of(cls: Any, items: list[Any]) -> Any:
    """A list or a tuple of this type. (A named tuple takes its items one by one.)"""
    return cls._make(items) if hasattr(cls, "_make") else cls(items)


def _mapping_like(structure: Any, items: list[Any]) -> Any:
    """A mapping of the same type, with all else it has, such as the factory of a defaultdict."""
    pairs = dict(zip(structure, items, strict=True))
    if type(structure) is dict:
        return pairs
    if not hasattr(structure, "__setitem__"):
        return type(structure)(pairs)
    twin = copy.copy(structure)
    for key, item in pairs.items():
        twin[key] = item
    return twin


def _fields(structure: Any) -> list[str]:
    """The names of the fields of a dataclass.

    Raises TypeError for a field that is computed from others: treated as a number of its own, it
    would no longer follow them, and its derivative would be lost.
    """
    import dataclasses  # Slow to import: a tenth of `import autograd`.

    fields = dataclasses.fields(structure)
    for field in fields:
        if not field.init:
            raise TypeError(
                f"the field {field.name} of {type(structure).__name__} is not given but computed, "
                "and so not a number of its own: make it a property"
            )
    return [field.name for field in fields]


def _dataclass_like(structure: Any, items: list[Any]) -> Any:
    # A copy, not a new instance: __post_init__ may check its numbers, and these may be derivatives.
    twin = copy.copy(structure)
    for name, item in zip(_fields(structure), items, strict=True):
        object.__setattr__(twin, name, item)
    return twin


def _array_like(structure: Any, items: list[Any]) -> Any:
    twin = structure.copy()
    row = twin.reshape(-1)
    for index, item in enumerate(items):
        row[index] = item
    return twin


def _array_steps(structure: Any) -> list[str]:
    places: list[tuple[int, ...]] = [()]
    for length in structure.shape:
        places = [(*place, index) for place in places for index in range(length)]
    return [f"[{', '.join(map(str, place))}]" for place in places]


_SEQUENCE = Container(
    list,
    lambda structure: [f"[{index}]" for index in range(len(structure))],
    lambda structure, items: sequence_of(type(structure), items),
)
_MAPPING = Container(
    lambda structure: list(structure.values()),
    lambda structure: [f"[{key!r}]" for key in structure],
    _mapping_like,
)
_DATACLASS = Container(
    lambda structure: [getattr(structure, name) for name in _fields(structure)],
    lambda structure: [f".{name}" for name in _fields(structure)],
    _dataclass_like,
)
_ARRAY = Container(lambda structure: list(structure.flat), _array_steps, _array_like)


def paths(structure: Any, path: str = "", _within: tuple[Any, ...] = ()) -> list[str]:
    """How each number is reached, as written in Python.

    >>> paths({"w": [1, 2], "b": 3}, "x")
    ["x['w'][0]", "x['w'][1]", "x['b']"]
    """
    container = container_of(structure)
    if container is None:
        return [path]
    within = _entered(structure, _within)
    steps = zip(container.steps(structure), container.items(structure), strict=True)
    return [each for step, item in steps for each in paths(item, path + step, within)]


def rebuild(structure: Any, numbers: list[Any]) -> Any:
    """The same structure, filled with other numbers in order.

    >>> rebuild({"w": [1, 2], "b": (3,)}, [7, 8, 9])
    {'w': [7, 8], 'b': (9,)}
    """
    remaining = iter(numbers)
    return transform(lambda _: next(remaining), structure)
