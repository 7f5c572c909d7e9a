"""The data of a Value: what it may be, and how it is kept from being changed in place.

It may be any number or array of numbers that `kind_of` knows. NumPy's integers of fixed size
overflow silently, and its short floats round every number they meet: so NumPy's scalars become
Python's numbers, and arrays of integers become arrays of floats. An array may also be a partial of
another node, which `p.data -= 1` would change: so arrays are made read-only.
"""

import copy
from collections.abc import Callable, Collection, Sequence
from typing import Any

from autograd.numbers.arrays import (
    in_floats,
    is_array_type,
    is_more_than_numbers,
    is_of_objects,
    require_numbers,
)
from autograd.numbers.kinds import Number, as_python, kind_of

Node = Any


def checked(number: Any) -> Number:
    """A number that a user gave, as a Value holds it.

    Raises TypeError if it is not a number.

    >>> checked(True), checked(0.5)
    (1, 0.5)
    """
    if isinstance(number, (list, tuple)):
        raise TypeError("a Value is one number: write [Value(x) for x in numbers]")
    number = by_position(number)
    if not kind_of(number).is_data:
        raise TypeError("Value(Value(...)): it is one already; its number is value.data")
    if hasattr(number, "__array_namespace__"):
        number = _checked_lanes(number)
    return int(number) if isinstance(number, bool) else number


def by_position(numbers: Any) -> Any:
    """A column or a table of pandas as an array of its numbers, without the index."""
    return numbers.to_numpy() if hasattr(numbers, "to_numpy") else numbers


def in_objects(numbers: Any) -> Any:
    """An array of any library, or a column, as a NumPy array of objects; others unchanged."""
    array = by_position(numbers)
    if not is_array_type(type(array)) or not array.shape:
        return numbers
    import numpy as np

    array = array if isinstance(array, np.ndarray) else np.asarray(array)
    return array.astype(object)


def _checked_lanes(array: Any) -> Number:
    if not getattr(array, "shape", None) and hasattr(array, "item"):
        return checked(array.item()) if array.dtype == object else array.item()
    kind = getattr(getattr(array, "dtype", None), "kind", "f")
    if kind not in "biufc":
        raise TypeError(f"the lanes of a Value are numbers, not {array.dtype}")
    floats = in_floats(array)
    return as_data(copy.copy(array) if floats is array else floats, ())


def as_data(result: Number, parents: Sequence[Node]) -> Number:
    """The result of an operation, as its node holds it. Arrays of the parents are frozen too."""
    if type(result) in _scalars:
        return result
    if not hasattr(result, "setflags"):
        if is_data(result):
            _scalars.add(type(result))
        else:
            require_data(parents)
        return result
    if result.dtype.kind not in "fc" or not (result.shape or isinstance(result, (float, complex))):
        require_data(parents)
        # A choice between whole numbers gives an array or a scalar of integers.
        result = result * 1.0 if result.shape else result.item()
    if hasattr(result, "setflags"):
        result.setflags(write=False)
    for parent in parents:
        number: Any = parent.data
        # A writable array was assigned since the parent was last used.
        if hasattr(number, "setflags") and (
            number.flags.writeable or is_more_than_numbers[type(number)]
        ):
            require_data([parent])
            number.setflags(write=False)
    return result


# The types of result that a node holds unchanged.
_scalars: set[type] = {int}


def is_data(number: Any) -> bool:
    """Whether a number may be assigned to the data of a Value unchanged."""
    try:
        if not kind_of(number).is_data:
            return False
    except TypeError:
        return False
    if hasattr(number, "setflags"):
        return number.dtype.kind in "fc" if number.shape else isinstance(number, (float, complex))
    return True


def require_data(nodes: Sequence[Node]) -> None:
    """Raises TypeError if data was assigned that is not a number: it is checked when it is used."""
    for node in nodes:
        if not is_data(node.data):
            raise TypeError(
                f"the data of a Value{f' ({node.label})' if node.label else ''} was set to "
                f"{node.data!r:.100}, which is neither a number nor an array of floats: write "
                "p.data = p.data - 0.1 * p.grad, or x.data = Value(numbers).data"
            )


def direction(number: Any, node: Node) -> Number:
    """A derivative that a user gave: a single number, or lanes in the shape of the node's data."""
    number = checked(number)
    shape, lanes = getattr(number, "shape", ()), getattr(node.data, "shape", ())
    if shape and shape != lanes:
        raise ValueError(f"a derivative of shape {shape} does not fit lanes of shape {lanes}")
    return number


def summands(gradients: Collection[Any]) -> Collection[Number]:
    """The `grad` of leaves, as numbers to add to. None counts as 0, since PyTorch uses it so."""
    return gradients if _PLAIN.issuperset(map(type, gradients)) else [*map(_summand, gradients)]


_PLAIN = frozenset([float, int])


def _summand(gradient: Any) -> Number:
    gradient = 0 if gradient is None else in_floats(as_python(gradient))
    if not is_data(gradient):
        raise TypeError(
            f"the grad of a Value was set to {gradient!r:.100}, which is not a number: write "
            "x.grad = 0, or y.data for the number of a Value"
        )
    return gradient


def compared(compare: Callable[[Any, Any], Any], numbers: tuple[Any, Any], error: Exception) -> Any:
    """A comparison of numbers that refused one another, after converting them.

    Raises the error if their kind converts neither of them.
    """
    for number in numbers:
        require_numbers(number)
    try:
        converted = kind_of(*numbers).converted(numbers)
    except TypeError:
        raise error from None
    if converted is not numbers:
        return compare(*converted)
    if isinstance(error, OverflowError):
        raise OverflowError(
            f"a comparison in lanes needs a float of an exact number too large for one ({error}): "
            "compare with a float, which may be math.inf"
        ) from error
    raise error


def no_operand(number: Any, error: TypeError) -> Any:
    """NotImplemented, so that Python asks the other operand.

    Raises TypeError for a list, a tuple or an array of numbers.
    """
    # A column of objects may hold Values, which the Value meets one by one.
    if hasattr(number, "to_numpy"):
        return NotImplemented
    kind = getattr(getattr(number, "dtype", None), "kind", "")
    is_column = hasattr(type(number), "__pandas_priority__")
    # A masked array would compute the result itself, and not as a Value.
    if kind not in ("", "O") and not is_column:
        raise error
    if is_of_objects(number) or not (kind or is_column or type(number) in (list, tuple)):
        return NotImplemented
    raise TypeError(
        f"a Value meets the numbers of a {type(number).__name__} one by one: write "
        "[w * x for x in numbers], or dot(weights, numbers) for a sum of products; "
        "w * numpy.array(numbers) is one Value, with plain numbers as its lanes"
    ) from None
