"""Arrays unpacked into vectors of their numbers, and results for these packed into arrays.

This file needs NumPy, so others import it only when they meet an array.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograd.graph import is_node
from autograd.numbers.arrays import boxed, in_floats, is_of_objects, namespace_of
from autograd.vectors.vector import Vector


def vector_of(array: Any, depth: int, make: Callable[[Any], Any]) -> Vector:
    """The point that an array holds, as a vector or a matrix.

    Args:
        array: its last axes are those of a point; the axes before them are lanes.
        depth: how many axes a point has: 1 for a vector, 2 for a matrix.
        make: makes an element of the vector from a number, or from an array of its lanes.

    >>> vector_of(np.array([[1.0, 2.0], [3.0, 4.0]]), 1, lambda lanes: lanes.tolist()).tolist()
    [[1.0, 3.0], [2.0, 4.0]]
    """
    vector = Vector(point_shape(array, depth), dtype=object)
    array = array.view(np.ndarray) if isinstance(array, Vector) else array
    for index in np.ndindex(*vector.shape):
        lanes = array[(..., *index)]
        vector[index] = make(lanes if lanes.shape else lanes[()])
    return vector


def point_shape(array: Any, depth: int) -> tuple[int, ...]:
    """The shape of one point of an array, its last axes."""
    shape = tuple(array.shape)
    return shape[len(shape) - depth :]


def array_of(numbers: Sequence[Any], array: Any, depth: int, lanes: tuple[int, ...] = ()) -> Any:
    """Results for each number of a point, in the shape of the array that the point came from.

    Args:
        numbers: in the order of `vector_of`: numbers, arrays of lanes, or Values.
        array: the argument.
        depth: how many axes a point has there.
        lanes: the shape of the lanes of what the results are derivatives of.

    Returns:
        An array of the argument's shape, with more axes before these if only the results have
        lanes. If some are Values: a vector, or for depth 0 the Value.

    >>> array_of([7.0, np.array([8.0, 9.0])], np.zeros((2, 2)), 1)
    array([[7., 8.],
           [7., 9.]])
    """
    shape = point_shape(array, depth)
    if any(is_node(x) for x in numbers):
        return vector_from(numbers, shape) if depth else numbers[0]
    own = tuple(array.shape)[: len(array.shape) - depth]
    lanes = np.broadcast_shapes(own, lanes, *(tuple(getattr(x, "shape", ())) for x in numbers))
    if not depth and tuple(getattr(numbers[0], "shape", ())) == lanes:
        return numbers[0]
    if not isinstance(array, np.ndarray):
        return _foreign_array(numbers, array, lanes, shape)
    columns = [np.broadcast_to(np.asarray(x), lanes) for x in numbers]
    result = np.stack(columns, axis=-1) if columns else np.zeros((*lanes, 0))
    result = result.reshape((*lanes, *shape))
    return result.astype(_float_type(array)) if result.dtype.kind in "biuf" else result


def _foreign_array(
    numbers: Sequence[Any], array: Any, lanes: tuple[int, ...], shape: tuple[int, ...]
) -> Any:
    """`array_of` in an array of another library."""
    library, dtype = namespace_of(array), in_floats(array).dtype
    columns = [library.broadcast_to(library.asarray(x, dtype=dtype), lanes) for x in numbers]
    return library.reshape(library.stack(columns, -1), (*lanes, *shape))


def vector_from(items: Sequence[Any], shape: tuple[int, ...]) -> Any:
    """A vector of these items, or a matrix."""
    return np.fromiter(items, object, len(items)).reshape(shape).view(Vector)


def stacked(items: Sequence[Any], shape: tuple[int, ...], one: Any, depth: int) -> Any:
    """Derivatives of each element of an array, as one array.

    Args:
        items: the derivatives of each element, arrays or numbers.
        shape: the shape of the array. In the result its axes come before the last `depth` axes.
        one: an example of an item, in case there are none.
        depth: how many axes of an item are those of a point. Axes before these are lanes.
    """
    if any(is_node(x) or is_of_objects(x) for x in items):
        parts = [boxed(x) for x in items]
        return np.stack(parts).reshape((*shape, *parts[0].shape)).view(Vector)
    parts = [*np.broadcast_arrays(*items)] if items else [np.zeros(np.shape(one))]
    lanes = parts[0].ndim - depth
    result = np.stack(parts, axis=lanes)[(slice(None),) * lanes + (slice(len(items)),)]
    result = result.reshape((*parts[0].shape[:lanes], *shape, *parts[0].shape[lanes:]))
    return result.astype(_float_type(one)) if result.dtype.kind in "biu" else result


def summed(derivative: Any, shape: tuple[int, ...]) -> Any:
    """A derivative, summed over the lanes that its number does not have."""
    own = tuple(getattr(derivative, "shape", ()))
    if own == shape:
        return derivative
    extra = len(own) - len(shape)
    axes = (*range(extra), *(extra + i for i, n in enumerate(shape) if n != own[extra + i]))
    return derivative.sum(axis=axes).reshape(shape) if shape else derivative.sum().item()


def _float_type(array: Any) -> Any:
    """The type of real derivatives by an array: that of its numbers if they are floats."""
    kind = getattr(getattr(array, "dtype", None), "kind", "")
    return array.real.dtype if kind in ("f", "c") else float
