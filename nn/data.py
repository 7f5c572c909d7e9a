"""Points and samples: generated, read from what users give, and put side by side in arrays."""

import math
import random
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from autograd import Value
from autograd.slips import answers_slips, whole_number
from nn.checks import generator, not_negative


@answers_slips
def two_moons(
    count: int, noise: float = 0.1, rng: random.Random | None = None
) -> tuple[list[list[float]], list[int]]:
    """Points on two interleaved half circles, labelled by their half circle.

    Args:
        count: the number of points, which alternate between the moons.
        noise: the standard deviation of the normal noise that is added to each coordinate.
        rng: draws the points; by default the `random` module.

    Returns:
        The points, each [x, y], and the labels, -1 for the upper moon and 1 for the lower.

    Raises:
        ValueError: for a count that is not a whole number or is below 0, and for a noise below 0.
        TypeError: for an rng that draws nothing, such as a seed, and a noise that is not a number.

    >>> points, labels = two_moons(4, noise=0, rng=random.Random(0))
    >>> labels
    [-1, 1, -1, 1]
    """
    draw, noise = generator(rng), not_negative("noise", noise)
    points, labels = [], []
    for number in range(whole_number("count", count, 0)):
        angle = draw.uniform(0, math.pi)
        label = 1 if number % 2 else -1
        x, y = math.cos(angle), math.sin(angle)
        if label == 1:
            x, y = 1 - x, 0.5 - y
        points.append([x + draw.gauss(0, noise), y + draw.gauss(0, noise)])
        labels.append(label)
    return points, labels


# What to do with words among the numbers.
AS_NUMBERS = (
    "for words give numbers, as pandas.get_dummies(table) has for the columns of a table, or "
    "numpy.unique(labels, return_inverse=True)[1] for labels"
)


def by_position(items: Any) -> Any:
    """A pandas table or column as an array, in which items[0] is the first one.

    pandas looks up labels: after a shuffle, column[0] may be anywhere, and the items of a table
    are the names of its columns.
    """
    items = items.to_numpy() if hasattr(items, "to_numpy") else items
    is_of_objects = getattr(getattr(items, "dtype", None), "hasobject", False)
    # A table whose columns are of different types is an array of objects.
    if is_of_objects and {bool, int, float}.issuperset(map(type, items.flat)):
        return items.astype(float)
    return items


def samples(name: str, given: Any) -> Any:
    """A list or an array of samples, each of which is at its position.

    A NumPy array of a narrow type is widened: for an unsigned label of 0, 2 * label - 1 would
    overflow, and with float32 everything would be computed in single precision.

    Raises TypeError for anything else, and for an array with masked entries.
    """
    # Tables of pandas have a method of this name.
    if not callable(getattr(given, "mask", len)):
        raise TypeError(f"{name} are all trained on, whatever their mask: leave out masked ones")
    is_sequence = hasattr(given, "__len__") and hasattr(given, "__getitem__")
    if not is_sequence or isinstance(given, (Mapping, str, bytes)):
        raise TypeError(f"{name} are a list or an array, not {given!r:.200}")
    found = by_position(given)
    dtype: Any = getattr(found, "dtype", None)
    if type(dtype).__module__.startswith("numpy") and dtype.kind in "iuf" and dtype.itemsize < 8:
        return found.astype("float64" if dtype.kind == "f" else "int64")
    return found


def features(x: Any) -> Sequence[Any]:
    """The numbers of a point; for points in the rows of an array, its columns as lanes.

    A single number counts as a list of one: a layer of one neuron returns such a number.

    Raises:
        ValueError: for an array of more than two dimensions.
        TypeError: for anything that does not hold numbers in order.
    """
    # Every neuron calls this, nearly always with a list.
    return x if isinstance(x, (list, tuple)) else _features(x)


def _features(x: Any) -> Sequence[Any]:
    # To ask a Value for its shape would be to take it for a vector.
    if isinstance(x, Value):
        return (x,)
    # The items of a dict are its keys, and those of a set have no order.
    if isinstance(x, (dict, set, frozenset, str, bytes)):
        raise TypeError(f"a point is a list or an array of numbers, not {x!r:.200}")
    x = by_position(x)
    shape = getattr(x, "shape", None)
    if shape is None:
        return tuple(x) if hasattr(x, "__iter__") else (x,)
    if len(shape) > 2:
        raise ValueError(
            "an array is a point, or of shape (points, features), with a point in each row, "
            f"not of shape {tuple(shape)}"
        )
    if len(shape) == 2:
        if getattr(x.dtype, "hasobject", False):
            raise TypeError(
                "the rows of an array are points of plain numbers, without missing ones; for "
                f"others write [model(point) for point in points]: not {x!r:.200}"
            )
        return [x[:, feature] for feature in range(shape[1])]
    return tuple(x) if shape else (x,)


def columns(samples: Sequence[Any]) -> Any:
    """The structure of one sample, with an array for each number that holds it for all samples.

    Raises:
        ValueError: for samples that differ in structure.
        TypeError: for samples that hold anything but real numbers.
        ImportError: without NumPy.
    """
    try:
        first = samples[0]
        if isinstance(first, dict):
            if any(not isinstance(x, dict) or x.keys() != first.keys() for x in samples):
                raise ValueError("compiled training takes dicts of the same keys, all alike")
            return {key: columns([sample[key] for sample in samples]) for key in first}
        if isinstance(first, (list, tuple)):
            if any(not isinstance(x, (list, tuple)) or len(x) != len(first) for x in samples):
                raise ValueError("compiled training takes inputs of one length, all alike")
            if {float}.issuperset(map(type, chain.from_iterable(samples))):
                # Many floats are put side by side at once.
                parts = list(_column(samples).T.copy())
            else:
                parts = [columns([sample[i] for sample in samples]) for i in range(len(first))]
            return _like(first, parts)
        return _column(samples)
    except RecursionError:
        raise ValueError("samples are nested too deeply: does a list hold itself?") from None


def require_points(given: Any, columns: Any) -> None:
    """Raises ValueError if what a program is given for a sample does not have a sample's shape.

    A program takes an array with one axis for a vector if the function takes it apart; but here the
    array holds one number of each sample.

    Args:
        given: what the function that is recorded is given.
        columns: the samples, as `columns` returns them.
    """
    if isinstance(columns, dict):
        for key, column in columns.items():
            require_points(given[key], column)
    elif isinstance(columns, (list, tuple)):
        for part, column in zip(given, columns, strict=True):
            require_points(part, column)
    elif not isinstance(given, Value) and len(given.shape) > columns.ndim - 1:
        what, taken = ("number", "list") if columns.ndim == 1 else ("row of numbers", "table")
        raise ValueError(
            f"a sample is a {what} here, and the model or the loss takes a {taken}: give a {taken} "
            "of numbers for each sample. For numpy.array(x) give all samples as one array, and for "
            "items[index] write autograd.select(index, items)"
        )


def rows(columns: Any, batch: Any) -> Any:
    """The columns of only the samples at these indices."""
    if isinstance(columns, dict):
        return {key: rows(column, batch) for key, column in columns.items()}
    if isinstance(columns, (list, tuple)):
        return _like(columns, [rows(column, batch) for column in columns])
    return columns[batch]


def numbers(structure: Any) -> list[Any]:
    """The numbers in nested lists, tuples and dicts, in order; those of a table by columns."""
    if isinstance(structure, Value):
        return [structure]
    if isinstance(structure, dict):
        return numbers(list(structure.values()))
    if isinstance(structure, (list, tuple)):
        return [number for part in structure for number in numbers(part)]
    if getattr(getattr(structure, "dtype", None), "hasobject", False):
        # A point of a program: a vector of Values.
        return structure.ravel().tolist()  # type: ignore[no-any-return]
    return list(features(structure)) if len(getattr(structure, "shape", ())) > 1 else [structure]


def _like(structure: Any, parts: list[Any]) -> Any:
    """The parts in a list or tuple; those of a named tuple keep their names."""
    if hasattr(structure, "_make"):
        return structure._make(parts)
    return tuple(parts) if isinstance(structure, tuple) else parts


def _column(samples: Sequence[Any]) -> Any:
    import numpy as np

    try:
        column = np.asarray(samples)
    except ValueError:
        raise ValueError("compiled training takes inputs of one length, all alike") from None
    # NumPy would turn strings into numbers and None into nan, and drop imaginary parts.
    if column.dtype.kind not in "biuf":
        real = (int, float, np.integer, np.floating, np.bool_)
        wrong = [x for x in np.asarray(samples, dtype=object).flat if not isinstance(x, real)]
        if wrong:
            words = f": {AS_NUMBERS}" if isinstance(wrong[0], str) else ""
            raise TypeError(
                "compiled training takes real numbers, none of them missing, and lists, tuples "
                f"and dicts of numbers, not {wrong[0]!r}{words}"
            )
    if column.ndim > 2:
        raise ValueError(
            "compiled training takes an array for numbers or rows of them: for samples that are "
            f"tables give lists, array.tolist(), and not an array of shape {column.shape}"
        )
    return column.astype(float)
