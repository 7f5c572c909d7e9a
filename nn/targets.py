"""What the targets of a loss must be, even while a program is recorded and has no numbers yet."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from numbers import Number
from typing import Any

from autograd import Value, where


@dataclass(frozen=True)
class Rule:
    """What the targets of a loss must be.

    Attributes:
        words: the beginning of the error message, which goes on with "not" and what was given.
        advice: what to write instead.
        fits: whether a number is allowed; for an array, for each of its numbers.
    """

    words: str
    advice: str
    fits: Callable[[Any], Any]

    def require(self, number: Any) -> bool:
        """Raises ValueError for a number that does not fit, or an array with one.

        Returns whether the number is known: JAX's arrays have none yet while it traces a function.
        """
        fits = self.fits(number)
        try:
            is_right = bool(fits.all() if hasattr(fits, "all") else fits)
        except TypeError:
            return False
        if not is_right:
            # For an array, the message names the first number that is wrong.
            wrong = number[~fits][0] if getattr(number, "shape", ()) else number
            wrong = wrong.item() if hasattr(wrong, "item") else wrong
            raise ValueError(f"{self.words}, not {wrong!r}: {self.advice}")
        return True


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


@cache
def probability(of: str, advice: str) -> Rule:
    """The rule for a number from 0 to 1."""
    # Only what is neither negative nor complex equals its absolute value.
    return Rule(
        f"{of} is a probability, from 0 to 1",
        advice,
        lambda number: (number == abs(number)) & (abs(number) <= 1),
    )


@cache
def class_of(count: int) -> Rule:
    """The rule for the index of one of `count` classes."""
    return Rule(
        f"the target of softmax_cross_entropy() is the index of one of the {count} classes, "
        f"a whole number from 0 to {count - 1}",
        "there is one logit for each class; or give a probability for each class, as a list",
        lambda target: (target == abs(target)) & (abs(target) < count) & _is_whole(target),
    )


# Probabilities of 1,000 classes in single precision are a few times 1e-6 off.
WHOLE = Rule(
    "the probabilities of the classes in a target of softmax_cross_entropy() have the sum 1",
    "divide them by their sum",
    lambda total: abs(total - 1) <= 1e-5,
)


def _is_whole(number: Any) -> Any:
    # NumPy warns of the remainder of an infinity. A Value that is asked for it is a vector.
    is_array = not isinstance(number, Value) and hasattr(number, "round")
    return number == number.round() if is_array else abs(number) % 1 == 0


_unknown: ContextVar[list[tuple[Value, Rule]] | None] = ContextVar("unknown", default=None)


def checked(number: Any, rule: Rule) -> Any:
    """The number, after checking it against the rule if it is known.

    While a program is recorded it is not known: in the program, one that does not fit becomes nan.

    Raises:
        ValueError: if it does not fit.
        TypeError: if it is not a number.
    """
    known = number_of(number)
    if _is_known(known):
        return number if rule.require(known) else where(rule.fits(number), number, math.nan)
    # Formulas and numbers of a recorded program are numbers.
    try:
        Value(known)
    except TypeError:
        raise TypeError(f"{rule.words}, not {known!r:.100}: {rule.advice}") from None
    return where(rule.fits(number), number, math.nan) if _is_recorded(known) else number


def checked_target(target: Any, rule: Rule) -> Any:
    """The target, as `checked` returns it, unless `unknown_targets` collects it to be checked."""
    # Nearly all targets are plain, and the checks below take longer than the loss of one
    # prediction.
    if (type(target) is float or type(target) is int) and rule.fits(target):
        return target
    unknown = _unknown.get()
    if unknown is not None and _is_recorded(number_of(target)):
        unknown.append((target, rule))
        return target
    return checked(target, rule)


def number_of(number: Any) -> Any:
    while isinstance(number, Value):
        number = number.data
    return number


def _is_known(number: Any) -> bool:
    """Whether it is a number or an array, and not a formula or a number of a recorded program."""
    return isinstance(number, Number) or hasattr(number, "dtype")


def _is_recorded(number: Any) -> bool:
    """Whether it is a number of a recorded program, which can't be asked for its truth."""
    # To ask an integer for its truth would make it a constant of the program.
    return not _is_known(number) and getattr(number == number, "is_condition", False)


@contextmanager
def unknown_targets() -> Iterator[list[tuple[Value, Rule]]]:
    """Collects the targets whose numbers are not known while a program is recorded.

    Losses can't check these. Whoever knows the numbers later does so, by `require_targets`.
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
        known: the numbers of the arguments of the recording. A target that was computed from
            them is computed again; one that was computed from other unknown numbers is not
            checked.

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
