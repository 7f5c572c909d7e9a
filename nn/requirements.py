"""What arguments must be: each check says what was given and what is accepted."""

import operator
import random
from typing import Any

from autograd import Value


def whole_number(name: str, number: Any, least: int = 1) -> int:
    """The number as an int. Raises ValueError where it is no whole number, or too small."""
    try:
        whole = operator.index(number)
    except TypeError:
        whole = least - 1
    if whole < least:
        raise ValueError(f"{name} is a whole number of at least {least}, not {number!r}")
    return whole


def not_negative(name: str, number: Any) -> Any:
    """The number, one of NumPy's as Python's own.

    Raises TypeError for what is no single number, ValueError below 0 and for nan.
    """
    wrong = f"{name} is a plain number of at least 0, not {number!r}"
    if isinstance(number, Value):
        raise TypeError(wrong)
    try:
        number = Value(number).data
        fits = bool(number >= 0)
    except (TypeError, ValueError):
        raise TypeError(wrong) from None
    if hasattr(number, "shape"):
        if number.shape:
            raise TypeError(wrong)
        number = number.item()
    # Of nan, no comparison is true.
    if not fits:
        raise ValueError(wrong)
    return number


def as_python(number: Any) -> Any:
    """A scalar of NumPy's as the Python number that it is; anything else as it is.

    Its own whole numbers overflow, and a coarse one makes all that it meets as coarse.
    """
    is_scalar = type(number).__module__ == "numpy" and not getattr(number, "shape", True)
    return number.item() if is_scalar else number


def generator(rng: Any) -> Any:
    """What draws random numbers: rng, or the `random` module where it is None."""
    if rng is None:
        return random
    if not hasattr(rng, "uniform"):
        raise TypeError(f"rng is a generator such as random.Random(0), not {rng!r}")
    return rng
