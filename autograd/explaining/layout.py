"""What all printers share: the sections, their titles, and the sides of each step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from autograd.explaining.expressions import Number, Symbol
from autograd.explaining.steps import LeftOut, Step
from autograd.explaining.text import text

AnyStep = Step | LeftOut

_TITLES = {
    "forward": "Forward pass",
    "error": "Error",
    "backward": "Backward pass",
    "update": "Update",
    "new forward": "Forward pass after the update",
    "new error": "Error after the update",
}
_LONGEST_LINE = 88


@dataclass(frozen=True)
class Walkthrough:
    """What printers print.

    Attributes:
        steps: the steps, in order.
        digits: how many significant digits numbers are given.
        learning_rate: that of the update, or None.
    """

    steps: tuple[AnyStep, ...]
    digits: int
    learning_rate: Any


def sections(steps: Sequence[AnyStep]) -> list[tuple[str, list[AnyStep]]]:
    """The steps of each kind, under a title."""
    return [(_TITLES[kind], list(group)) for kind, group in groupby(steps, lambda s: s.kind)]


def rows(step: Step, digits: int) -> list[list[Any]]:
    """What stands between the signs of equality, left side excluded, in one line or several.

    Nothing is written twice in a row, so that w = 0.5 is not followed by = 0.5.
    """
    formula = None if _is_label(step) else step.formula
    sides: dict[str, Any] = {}
    for part in (step.chain, formula, step.numbers, Number(step.result)):
        if part is not None:
            sides.setdefault(text(part, digits), part)
    margin = len(text(step.left, digits))
    if margin + sum(len(" = ") + len(written) for written in sides) <= _LONGEST_LINE:
        return [list(sides.values())]
    (_, first), *others = sides.items()
    filled: list[list[Any]] = [[first], []]
    length = margin
    for written, part in others:
        if filled[-1] and length + len(" = ") + len(written) > _LONGEST_LINE:
            filled.append([])
            length = margin
        filled[-1].append(part)
        length += len(" = ") + len(written)
    return [row for row in filled if row]


def _is_label(step: Step) -> bool:
    """Whether the label is the formula, as of a Value labelled "prediction - target"."""
    spelled = step.name.replace("-", "−").replace("*", "·").replace(" ", "")
    return text(step.formula, 1).replace(" ", "") == spelled


def preface(walkthrough: Walkthrough, write: Callable[[Any], str]) -> list[str]:
    """Sentences that come first."""
    results = [step.result for step in walkthrough.steps if isinstance(step, Step)]
    sentences: list[str] = []
    if not all(isinstance(result, (int, Fraction)) for result in results):
        sentences.append(f"Numbers are given to {walkthrough.digits} significant digits.")
    if walkthrough.learning_rate is not None:
        rate = write(Number(walkthrough.learning_rate))
        sentences.append(f"The learning rate {write(Symbol('η'))} is {rate}.")
    return sentences


def sentence(left_out: LeftOut) -> str:
    """That steps are left out, in words."""
    lines = "1 line is" if left_out.count == 1 else f"{left_out.count:,} lines are"
    return f"{lines} left out: {left_out.reason}"


def closing(steps: Sequence[AnyStep], write: Callable[[Any], str]) -> str:
    """What became of the error; "" where nothing was updated."""
    numbers = {step.kind: Number(step.result) for step in steps if isinstance(step, Step)}
    if "new error" not in numbers:
        return ""
    return f"The error goes from {write(numbers['error'])} to {write(numbers['new error'])}."
