"""The results of a program, in the structure that the function returned."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from autograd.compiling.arguments import library_of
from autograd.compiling.reading import Numbers
from autograd.numbers.arrays import namespace_of
from autograd.numbers.nested import container_of
from autograd.tape.tape import Static


def as_given(structure: Any) -> Any:
    """A structure of placeholders as `filled` fills it.

    Numbers, which a function may return, become plain lists, and arrays of placeholders arrays
    whose shape alone counts.
    """
    container = container_of(structure, elements=True)
    if container is None:
        return structure
    items = [as_given(item) for item in container.items(structure)]
    if library_of[type(structure)] and all(x is None or type(x) is str for x in items):
        import numpy as np

        return np.zeros(structure.shape, dtype=bool)
    return items if type(structure) is Numbers else container.like(structure, items)


def filled(structure: Any, numbers: Iterator[Any], lanes: int | None = None) -> Any:
    """A structure filled with numbers, with arrays of floats in the place of arrays.

    Args:
        structure: has a placeholder for each number.
        numbers: floats, and arrays of shape (lanes,): of these an array of shape (lanes, ...).
        lanes: how many there are, for an array without numbers.
    """
    container = container_of(structure, elements=True)
    if container is None:
        if isinstance(structure, Static):
            return structure.value
        if hasattr(structure, "shape"):
            return _array(list(islice(numbers, structure.size)), structure.shape, lanes)
        return next(numbers)
    items = [filled(item, numbers, lanes) for item in container.items(structure)]
    return container.like(structure, items)


def _array(items: list[Any], shape: tuple[int, ...], lanes: int | None) -> Any:
    first = next((item for item in items if library_of[type(item)]), None)
    if first is None:
        import numpy as np

        without_numbers = (lanes, *shape) if lanes is not None and not items else shape
        return np.array(items, dtype=float).reshape(without_numbers)
    if not first.shape:
        return stacked(items, first).reshape(shape)
    return namespace_of(first).stack(items, 1).reshape((len(first), *shape))


def stacked(numbers: list[Any], like: Any) -> Any:
    """Numbers as one array of the library and the type of another."""
    namespace = namespace_of(like)
    dtype = float if library_of[type(like)] == "numpy" else like.dtype

    def as_array(number: Any) -> Any:
        is_array = library_of[type(number)]
        return number if is_array else namespace.asarray(number, dtype=dtype)

    return namespace.stack([as_array(number) for number in numbers])
