"""The mistakes that people make, each in words and as the number that it leads to.

None of them is a formula: each changes one thing in the graph. To add one, write a function that
says what is changed, and give it a place in a table of `diagnosis`.

`value_mistakes` are those in a forward pass. Those in a derivative are made in the derivative of
one step (`local_mistakes`, as `textbook` has it), on the way to the error (`path_mistakes`), or in
the gradient as a whole, the error's targets and the update (`gradient_mistakes`). Here stand the
kinds of mistake, and those that may be made in any number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

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
