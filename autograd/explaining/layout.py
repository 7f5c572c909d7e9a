"""What all printers share: the sections, their titles, and the sides of each step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from autograd.explaining.expressions import Number, Symbol
from autograd.explaining.steps import AnyStep, LeftOut, Step
from autograd.explaining.text import text

_TITLES = {
    "forward": "Forward pass",
    "error": "Error",
    "backward": "Backward pass",
    "update": "Update",
    "new forward": "Forward pass after the update",
    "new error": "Error after the update",
}
_LONGEST_LINE = 88

Write = Callable[[Any], str]


@dataclass(frozen=True, eq=False)
class Walkthrough:
    """What printers print.

    Attributes:
        steps: what is computed, in order; LeftOut stands where steps are not given.
        digits: how many significant digits numbers are given.
        learning_rate: that of the update, or None.
    """

    steps: tuple[AnyStep, ...]
    digits: int
    learning_rate: Any


def blocks(
    walkthrough: Walkthrough, write: Write, section: Callable[[str, list[AnyStep]], list[str]]
) -> list[str]:
    """What is printed: first and last sentences, and between them what `section` makes of each.

    Args:
        walkthrough: what to print.
        write: writes an expression.
        section: takes a title and the steps below it, all of one kind.
    """
    found = [_preface(walkthrough, write)]
    for kind, steps in groupby(walkthrough.steps, lambda step: step.kind):
        found += section(_TITLES[kind], list(steps))
    return [block for block in (*found, _closing(walkthrough.steps, write)) if block]


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
    # The chain rule or the formula has the first line for itself.
    (_, first), *others = sides.items()
    filled: list[list[Any]] = [[first]]
    length = _LONGEST_LINE
    for written, part in others:
        length += len(" = ") + len(written)
        if length > _LONGEST_LINE:
            filled.append([])
            length = margin + len(" = ") + len(written)
        filled[-1].append(part)
    return filled


def _is_label(step: Step) -> bool:
    """Whether the label is the formula, as of a Value labelled "prediction - target"."""
    spelled = step.name.replace("-", "−").replace("*", "·").replace(" ", "")
    return text(step.formula, 1).replace(" ", "") == spelled


def _preface(walkthrough: Walkthrough, write: Write) -> str:
    results = [step.result for step in walkthrough.steps if isinstance(step, Step)]
    sentences: list[str] = []
    if not all(isinstance(result, (int, Fraction)) for result in results):
        sentences.append(f"Numbers are given to {walkthrough.digits} significant digits.")
    if walkthrough.learning_rate is not None:
        rate = write(Number(walkthrough.learning_rate))
        sentences.append(f"The learning rate {write(Symbol('η'))} is {rate}.")
    return " ".join(sentences)


def sentence(left_out: LeftOut) -> str:
    """That steps are left out, in words."""
    lines = "1 line is" if left_out.count == 1 else f"{left_out.count:,} lines are"
    return f"{lines} left out: {left_out.reason}"


def _closing(steps: Sequence[AnyStep], write: Write) -> str:
    """What became of the error; "" where nothing was updated."""
    numbers = {step.kind: Number(step.result) for step in steps if isinstance(step, Step)}
    if "new error" not in numbers:
        return ""
    return f"The error goes from {write(numbers['error'])} to {write(numbers['new error'])}."
