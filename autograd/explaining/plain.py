"""A walk-through as plain text."""

from typing import Any

from autograd.explaining.expressions import Symbol
from autograd.explaining.layout import (
    Walkthrough,
    closing,
    preface,
    rows,
    sections,
    sentence,
)
from autograd.explaining.steps import LeftOut, Step
from autograd.explaining.text import printable, text


def plain(walkthrough: Walkthrough) -> str:
    """The text: a title for each section, a line for each step, a long one in parts."""

    def write(expression: Any) -> str:
        return text(expression, walkthrough.digits)

    blocks = [" ".join(preface(walkthrough, write))]
    for title, steps in sections(walkthrough.steps):
        lines = [_line(step, walkthrough.digits) for step in steps]
        blocks.append("\n".join([title, *lines]))
    blocks.append(closing(walkthrough.steps, write))
    return "\n\n".join(block for block in blocks if block)


def _line(step: Step | LeftOut, digits: int) -> str:
    if isinstance(step, LeftOut):
        return f"  … {sentence(step)}"

    def write(expression: Any) -> str:
        return text(expression, digits)

    left = printable(step.name) if isinstance(step.left, Symbol) else write(step.left)
    sign = "←" if step.kind == "update" else "="
    gap = f"\n  {' ' * len(left)} = "
    line = f"  {left} {sign} {gap.join(' = '.join(map(write, row)) for row in rows(step, digits))}"
    reason = " and ".join(map(write, step.conditions))
    return f"{line}  (as {reason})" if reason else line
