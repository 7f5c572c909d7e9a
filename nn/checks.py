"""What arguments must be: each check says what was given and what is accepted."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from autograd import Value


def require_numpy(what: str) -> None:
    """Raises ImportError if NumPy is not installed, which is needed for what is named."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        install = "pip install 'scalar-autograd[native]'"
        raise ImportError(f"{what} needs NumPy: {install}") from None


def not_negative(name: str, number: Any) -> Any:
    """The number; a NumPy scalar as a number of Python's.

    Raises:
        TypeError: for anything but a single plain number.
        ValueError: for a number below 0, and for nan.
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
    # No comparison with nan is true.
    if not fits:
        raise ValueError(wrong)
    return number


def below_1(name: str, share: Any) -> Any:
    """The number, as `not_negative` returns it. Raises ValueError also for 1 and above."""
    share = not_negative(name, share)
    if share >= 1:
        raise ValueError(f"{name} is below 1, not {share!r}")
    return share


def as_python(number: Any) -> Any:
    """A NumPy scalar as a number of Python's; anything else unchanged.

    NumPy's integers overflow, and a float32 rounds every number that it meets to its own precision.
    """
    is_scalar = type(number).__module__ == "numpy" and not getattr(number, "shape", True)
    return number.item() if is_scalar else number


def generator(rng: Any) -> Any:
    """The generator of random numbers: rng, or the `random` module if it is None.

    Raises TypeError for anything that draws no numbers, such as a seed.
    """
    if rng is None:
        return random
    if not hasattr(rng, "uniform"):
        raise TypeError(f"rng is a generator such as random.Random(0), not {rng!r:.200}")
    return rng


def require_takes(words: str, function: Any, count: int) -> None:
    """Raises TypeError for a function that can't be called with this number of arguments.

    Args:
        words: the beginning of the message, which says what the function is called with.
        function: the function; without a signature that Python knows, it is not checked.
        count: the number of arguments.
    """
    from inspect import signature  # Slow to import, and `import nn` should be quick.

    try:
        written = signature(function)
    except (TypeError, ValueError):
        return
    try:
        written.bind(*range(count))
    except TypeError:
        name = getattr(function, "__name__", type(function).__name__)
        raise TypeError(f"{words}, and this one is {name}{written}") from None


def require_float(name: str, number: Any) -> None:
    """Raises TypeError for anything but a plain number."""
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        raise TypeError(f"{name} must be a float, not {number!r}")


def require_state(owner: str, state: Any, names: Sequence[str]) -> None:
    """Raises TypeError for a state that is not a dict, and ValueError for one with other names."""
    if not isinstance(state, Mapping):
        raise TypeError(
            f"load_state_dict() takes a dict, such as state_dict() returns, not {state!r:.200}"
        )
    missing = [name for name in names if name not in state]
    unknown = [name for name in state if name not in names]
    if missing or unknown:
        raise ValueError(
            f"the state does not fit this {owner}: missing {some(missing)}, unknown {some(unknown)}"
        )


def some(names: Sequence[Any], count: int = 5) -> str:
    """The first few names, for a message, and how many more there are."""
    if not names:
        return "none"
    more = f" and {len(names) - count} more" if len(names) > count else ""
    return ", ".join(map(str, names[:count])) + more
