"""What arguments and targets must be: each check says what was given and what is accepted."""

import operator
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from numbers import Number
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


# Targets


@dataclass(frozen=True)
class Rule:
    """What the targets of a loss must be.

    Attributes:
        words: the sentence, up to the "not ..." that says what was given.
        advice: what to write instead.
        fits: whether a number, or each number of an array, is right.
    """

    words: str
    advice: str
    fits: Callable[[Any], Any]

    def require(self, number: Any) -> None:
        """Raises ValueError where a number does not fit, or one of the lanes of an array."""
        fits = self.fits(number)
        try:
            is_right = bool(fits.all() if hasattr(fits, "all") else fits)
        except TypeError:
            # While JAX traces a function, its arrays hold no numbers yet.
            return
        if not is_right:
            # Of an array, the first that is wrong.
            wrong = number[~fits][0] if getattr(number, "shape", ()) else number
            wrong = wrong.item() if hasattr(wrong, "item") else wrong
            raise ValueError(f"{self.words}, not {wrong!r}: {self.advice}")


NUMBER = Rule(
    "the target of a prediction is a number",
    "leave out the samples that have none",
    lambda target: target == target,
)
SIGN = Rule(
    "a label of hinge() is -1 or 1",
    "write 2 * label - 1 for a label of 0 or 1",
    lambda label: (label == 1) | (label == -1),
)
# Equal to its size is what is neither negative nor complex.
PROBABILITY = Rule(
    "a target of binary_cross_entropy_with_logits() is a probability, from 0 to 1",
    "write (target + 1) / 2 for a target of -1 or 1",
    lambda target: (target == abs(target)) & (abs(target) <= 1),
)


@cache
def class_of(count: int) -> Rule:
    """The rule for the index of one of so many classes."""
    return Rule(
        f"the target of softmax_cross_entropy() is the index of one of the {count} classes, "
        f"a whole number from 0 to {count - 1}",
        "there is one logit for each class",
        lambda target: (target == abs(target)) & (abs(target) < count) & _is_whole(target),
    )


def _is_whole(number: Any) -> Any:
    # NumPy warns of the remainder of an infinity.
    return number == number.round() if hasattr(number, "round") else abs(number) % 1 == 0


_unknown: ContextVar[list[tuple[Value, Rule]] | None] = ContextVar("unknown", default=None)


def checked_target(target: Any, rule: Rule) -> Any:
    """The target, which fits the rule as far as its number is known.

    Raises:
        ValueError: for one that does not fit.
        TypeError: for what is no number.
    """
    number = target
    # As nearly all targets are; the rest takes longer than the loss of a single prediction.
    if (type(number) is float or type(number) is int) and rule.fits(number):
        return target
    while isinstance(number, Value):
        number = number.data
    if _is_known(number):
        rule.require(number)
        return target
    # Raises for what is no number; a formula is one, and a number of a recorded program.
    Value(number)
    unknown = _unknown.get()
    if unknown is not None and isinstance(target, Value):
        unknown.append((target, rule))
    return target


def _is_known(number: Any) -> bool:
    """Whether it is a number or an array, and no formula, nor a number of a recorded program."""
    return isinstance(number, Number) or hasattr(number, "dtype")


@contextmanager
def unknown_targets() -> Iterator[list[tuple[Value, Rule]]]:
    """Collects the targets whose numbers are not known while a program is recorded.

    Losses can't check them, so who knows the numbers does, by `require_targets`.
    """
    unknown: list[tuple[Value, Rule]] = []
    try:
        _unknown.set(unknown)
        yield unknown
    finally:
        _unknown.set(None)


def require_targets(unknown: list[tuple[Value, Rule]], known: Mapping[Value, Any]) -> None:
    """Checks targets that were unknown in a recording.

    Args:
        unknown: the targets, each with its rule.
        known: the numbers of the arguments of the recording. What a target was computed from
            them is computed again, and what was computed from other unknown numbers is left
            unchecked.

    Raises ValueError for a target that does not fit its rule.
    """
    numbers = dict(known)
    waiting = [target for target, _ in unknown]
    while waiting:
        node = waiting[-1]
        missing = [parent for parent in node.parents if parent not in numbers]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        if node not in numbers:
            operands = [numbers[parent] for parent in node.parents]
            if node.rule and all(map(_is_known, operands)):
                numbers[node] = node.rule(*operands)
            else:
                numbers[node] = node.data
    for target, rule in unknown:
        if _is_known(numbers[target]):
            rule.require(numbers[target])
