"""A walk-through as plain text."""

from typing import Any

from autograd.explaining.expressions import Symbol
from autograd.explaining.layout import Walkthrough, blocks, rows, sentence
from autograd.explaining.steps import AnyStep, LeftOut
from autograd.explaining.text import printable, text


def plain(walkthrough: Walkthrough) -> str:
    """The text: a title for each section, a line for each step, a long one in parts."""

    def write(expression: Any) -> str:
        return text(expression, walkthrough.digits)

    def line(step: AnyStep) -> str:
        if isinstance(step, LeftOut):
            return f"  … {sentence(step)}"
        left = printable(step.name) if isinstance(step.left, Symbol) else write(step.left)
        sign = "←" if step.kind == "update" else "="
        gap = f"\n  {' ' * len(left)} = "
        right = gap.join(" = ".join(map(write, row)) for row in rows(step, walkthrough.digits))
        reason = " and ".join(map(write, step.conditions))
        return f"  {left} {sign} {right}" + (f"  (as {reason})" if reason else "")

    def section(title: str, steps: list[AnyStep]) -> list[str]:
        return ["\n".join([title, *map(line, steps)])]

    return "\n\n".join(blocks(walkthrough, write, section))
