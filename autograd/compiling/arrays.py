"""Arrays of any library, made of what a program gives."""

from collections.abc import Sequence
from typing import Any

from autograd.compiling.arguments import library_of, real
from autograd.numbers.arrays import namespace_of
from autograd.numbers.python import REAL
from autograd.numbers.registry import kind_of
from autograd.tape.numbers import same_float


def in_every_lane(number: Any, items: Sequence[Any], lanes: int) -> Any:
    if library_of[type(number)] and number.shape:
        return number
    first = next(x for x in items if library_of[type(x)] and x.shape)
    namespace = namespace_of(first)
    spread = namespace.broadcast_to(namespace.asarray(number, dtype=first.dtype), (lanes,))
    return spread.copy() if library_of[type(first)] == "numpy" else spread


def stacked(numbers: list[Any], like: Any) -> Any:
    namespace = namespace_of(like)
    dtype = float if library_of[type(like)] == "numpy" else like.dtype

    def as_array(number: Any) -> Any:
        is_array = library_of[type(number)]
        return number if is_array else namespace.asarray(number, dtype=dtype)

    return namespace.stack([as_array(number) for number in numbers])


def floats(numbers: Any) -> Any:
    """Parameters as one array of floats.

    Raises TypeError for what are no real numbers.
    """
    library = library_of[type(numbers)]
    return real(numbers, library) if library else numpy().array(in_a_row(numbers), dtype=float)


def in_a_row(numbers: Any) -> list[Any]:
    """The numbers of a list, or of an array of any library.

    Raises TypeError for what are no real numbers.
    """
    library = library_of[type(numbers)]
    if library:
        found: list[Any] = real(numbers, library).tolist()
        return found
    is_row = hasattr(numbers, "__iter__")
    listed = list(numbers) if is_row else [numbers]
    wrong = [x for x in listed if library_of[type(x)] or not (is_row and _is_real(x))]
    if wrong:
        raise TypeError(f"parameters are given as floats in one row, not with {wrong[0]!r}")
    return list(map(same_float, listed))


def _is_real(number: Any) -> bool:
    try:
        return kind_of(number) is REAL
    except TypeError:
        return False


def numpy() -> Any:
    try:
        import numpy as np
    except ImportError:
        raise ImportError(
            "parameters as one array need NumPy: pip install 'scalar-autograd[native]'"
        ) from None
    return np
