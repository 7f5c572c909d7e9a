"""Arrays of any library, made of what a program gives."""

from collections.abc import Sequence
from typing import Any

from autograd.compiling.arguments import library_of
from autograd.library_kinds import namespace_of


def in_every_lane(number: Any, items: Sequence[Any], lanes: int) -> Any:
    if library_of[type(number)] and number.shape:
        return number
    first = next(x for x in items if library_of[type(x)])
    return namespace_of(first).full((lanes,), number, dtype=float)


def stacked(numbers: list[Any], like: Any) -> Any:
    namespace = namespace_of(like)
    dtype = float if library_of[type(like)] == "numpy" else like.dtype

    def as_array(number: Any) -> Any:
        is_array = library_of[type(number)]
        return number if is_array else namespace.asarray(number, dtype=dtype)

    return namespace.stack([as_array(number) for number in numbers])


def numpy() -> Any:
    try:
        import numpy as np
    except ImportError:
        raise ImportError(
            "parameters as one array need NumPy: pip install 'scalar-autograd[native]'"
        ) from None
    return np
