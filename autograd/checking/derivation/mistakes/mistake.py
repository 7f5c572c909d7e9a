"""A mistake in words and as a number, and mistakes that may be made in any number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from autograd.checking.derivation.solution import is_finite, tolerance
from autograd.numbers.kinds import Number

# The kinds of mistake, each with a hint for the person who made it; "" if the words of the mistake
# say everything.
KINDS = {
    "sign": "Follow each minus sign.",
    "factor": "Look at the exponents (the 2 of a square), at a 1/2, at what a mean divides by.",
    "decimal": "Count the places again.",
    "missing derivative": "The chain rule has one factor for each step between them.",
    "missing path": "Follow every path from it to the error.",
    "transposed": "Check which input and which output each weight joins.",
    "old value": "After the update, all trained weights are the new ones.",
    "new value": "All gradients of a step are taken at the weights before it.",
    "other operand": "The derivative of x * y with respect to x is y.",
    "other point": "A derivative is taken where the function is taken: at the operand.",
    "wrong derivative": "",
    "combined wrongly": "Shares along one path are multiplied, and the paths are added.",
    "counted twice": "Each step, and each path, counts once.",
    "extra path": "Follow the arrows from it to the error: only what they reach counts.",
    "wrong term": "Write down what each term is the derivative of.",
    "other function": "",
    "value": "The derivative says how much the error changes with it.",
    "finite difference": "The derivative is what it tends to as the step goes to 0.",
    "copied number": "Look at the line from which you copied it.",
    "digits": "Compare it with your calculator, digit by digit.",
    "extra factor": "Each step gives its derivative as a factor, and nothing else.",
    "coincidence": "Write it in names, not in numbers that happen to be equal.",
    "another node": "",
    "carried": "",
    "missing factor": "",
    "missing operation": "",
    "missing term": "",
    "rounding": "",
    "update": "",
}

# The factors by which a decimal point up to three places off changes a number.
SLIPS = {0.001: "1/1000", 0.01: "1/100", 0.1: "1/10", 10.0: "10", 100.0: "100", 1000.0: "1000"}
_FACTORS = {2.0: "twice", 0.5: "half"}
# In a number with fewer digits, a single wrong one tells nothing.
_FEWEST_DIGITS = 3
# A number that is off by so many units of its last digit was rounded too early.
_UNITS_OFF = 2


@dataclass(frozen=True)
class Mistake:
    """A mistake, and what a figure is when it is made.

    Attributes:
        kind: one of KINDS.
        where: the node or figure that it concerns.
        number: the figure with the mistake.
        words: what went wrong, for the person.
        hint: what to do about it; if empty, the hint for the kind applies.
    """

    kind: str
    where: str
    number: Number
    words: str
    hint: str = ""

    def __post_init__(self) -> None:
        assert self.kind in KINDS, f"{self.kind!r} is no kind of mistake: add it to KINDS"


class Change(NamedTuple):
    """What a person put in place of another number.

    Attributes:
        kind: the kind of mistake, one of KINDS.
        number: what they put there.
        words: what went wrong.
        sort: equal for changes that are alike at several places.
    """

    kind: str
    number: Number
    words: str
    sort: str = ""


def factors(number: Number, where: str) -> Iterator[Mistake]:
    """A number times 2 or 1/2."""
    for factor, times in _FACTORS.items():
        yield Mistake("factor", where, factor * number, f"it is {times} the right number")


def decimal_slips(number: Number, where: str) -> Iterator[Mistake]:
    """A number with its decimal point elsewhere."""
    for factor, times in SLIPS.items():
        words = f"a slip of the decimal point: it is {times} times the right number"
        yield Mistake("decimal", where, factor * number, words)


def transposition(weights: Iterable[str], number: Number) -> Mistake:
    """A matrix of these weights transposed, which leads to this number."""
    listed = ", ".join(weights)
    return Mistake(
        "transposed", listed, number, f"the matrix of the weights {listed} is transposed"
    )


# Slips of the pen


def digit_slips(number: Fraction, unit: Fraction, right: Number, where: str) -> Iterator[Mistake]:
    """One digit wrong, extra or left out, or two swapped, as in copying from a calculator.

    Args:
        number: what is claimed.
        unit: what one unit of its last digit is worth; 0 for an exact number.
        right: the right number.
        where: the figure that the number is claimed for.
    """
    if not unit or not is_finite(right) or number * Fraction(right) <= 0:
        return
    claimed = str(abs(number) // unit)
    if len(claimed) < _FEWEST_DIGITS:
        return
    exact = abs(Fraction(right)) / unit
    # The claim may be rounded, or cut off from a longer number.
    for whole in dict.fromkeys((round(exact), int(exact))):
        digits = str(whole)
        if len(digits) != len(claimed):
            continue
        # The places of the wrong digits.
        differing = [i for i in range(len(claimed)) if digits[i] != claimed[i]]
        here, there = ([text[i] for i in differing] for text in (claimed, digits))
        if len(differing) == 2 and here == there[::-1]:
            words = f"two digits are swapped, {here[0]} and {here[1]}"
            yield Mistake("digits", where, number, words)
        elif len(differing) == 1:
            place = differing[0] + 1
            at = "at the end" if place == len(digits) else f"in place {place} of {len(digits)}"
            words = f"one digit is wrong, the {here[0]} {at}"
            yield Mistake("digits", where, number, words)
    if len(claimed) <= _FEWEST_DIGITS:
        return
    # 0.0000351085 for 0.000035085, and the other way round.
    shorter, longer = str(round(exact / 10)), str(round(exact * 10))
    if place := _extra_digit(claimed, shorter):
        words = f"there is a digit too many, the {claimed[place - 1]} in place {place}"
        yield Mistake("digits", where, number, words)
    if place := _extra_digit(longer, claimed):
        words = f"a digit is left out, a {longer[place - 1]} in place {place}"
        yield Mistake("digits", where, number, words)


def _extra_digit(longer: str, shorter: str) -> int:
    """The place of the one digit that the longer number has and the shorter one lacks, or 0."""
    places = range(len(longer))
    return next((i + 1 for i in places if longer[:i] + longer[i + 1 :] == shorter), 0)


def last_digit(number: Fraction, unit: Fraction, right: Number, where: str) -> list[Mistake]:
    """A number of several digits that is nearly right, most likely because of rounding.

    Args:
        number, unit, right, where: as for `digit_slips`.
    """
    if not unit or not is_finite(right) or len(str(abs(number) // unit)) < _FEWEST_DIGITS:
        return []
    if abs(number - Fraction(right)) > _UNITS_OFF * unit + Fraction(tolerance(right)):
        return []
    words = "the last digit is off: carry more digits on the way"
    return [Mistake("rounding", where, number, words)]
