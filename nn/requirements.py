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


def not_negative(name: str, number: Any) -> None:
    """Raises TypeError for what is no single number, ValueError below 0 and for nan."""
    wrong = f"{name} is a plain number of at least 0, not {number!r}"
    if isinstance(number, Value):
        raise TypeError(wrong)
    try:
        fits = bool(number >= 0)
    except (TypeError, ValueError):
        raise TypeError(wrong) from None
    # Of nan, no comparison is true.
    if not fits:
        raise ValueError(wrong)


def generator(rng: Any) -> Any:
    """What draws random numbers: rng, or the `random` module where it is None."""
    if rng is None:
        return random
    if not hasattr(rng, "uniform"):
        raise TypeError(f"rng is a generator such as random.Random(0), not {rng!r}")
    return rng
