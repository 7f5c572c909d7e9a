"""What `explain` prints about each graph, as claims: every part of every line.

A line is a name, followed by formulas and numbers that are equal to it. Each part is a claim of its
own, and so is the whole line after the name.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from autograd import Value, explain
from autograd.explaining.explanation import Step

from .graphs import PROGRAMS, built

_QUANTITIES = {
    "forward": "value",
    "error": "value",
    "backward": "gradient",
    "update": "new value",
    "new forward": "new value",
    "new error": "new value",
}
_SIGN = r"\s+(?:[=≈←]|\\approx|\\leftarrow)\s+"


class Printed(NamedTuple):
    """A part of a line, as a claim.

    Attributes:
        label: the node; some nodes that explain names have no label.
        form: text or LaTeX, and whether it is a formula, a number or the whole line.
        trained: the leaves that explain updates.
    """

    program: str
    quantity: str
    label: Value
    text: str
    form: str
    trained: tuple[str, ...]


def printed(programs: Iterable[str] = tuple(PROGRAMS)) -> list[Printed]:
    """All parts of all lines, as text and as LaTeX; a part that is the same in both occurs once."""
    first: dict[tuple[str, str, int, str], Printed] = {}
    for part in _printed(programs):
        key = part.program, part.quantity, id(part.label), part.text
        first.setdefault(key, part)
    return list(first.values())


def _printed(programs: Iterable[str]) -> Iterator[Printed]:
    for program in programs:
        made = built(program)
        explanation = explain(made.error, made.rate)
        steps = [step for step in explanation.steps if isinstance(step, Step)]
        trained = tuple(step.node.label for step in steps if step.kind == "update")
        for language, lines in (
            ("text", _lines_of_text(str(explanation))),
            ("LaTeX", _lines_of_latex(explanation.latex())),
        ):
            if len(lines) != len(steps):
                raise ValueError(f"{program}: {len(steps)} steps in {len(lines)} lines: {lines}")
            for step, line in zip(steps, lines, strict=True):
                about = (program, _QUANTITIES[step.kind], step.node)
                parts = [part.strip() for part in re.split(_SIGN, line)]
                for part in parts:
                    sort = "formula" if _has_names(part) else "number"
                    yield Printed(*about, part, f"{language}, {sort}", trained)
                if len(parts) > 1:
                    yield Printed(*about, line, f"{language}, line", trained)


def _lines_of_text(text: str) -> list[str]:
    """Each line after its name, joined with its continuation lines, which are indented further."""
    joined = re.sub(r"\n {3,}", " ", text)
    lines = [line.strip() for line in joined.split("\n") if line.startswith("  ")]
    # Parentheses at the end say on which side of a kink the graph is.
    plain = [re.sub(r"\s{2,}\(.*\)$", "", line) for line in lines if not line.startswith("…")]
    return [re.split(_SIGN, line, maxsplit=1)[1].strip() for line in plain]


def _lines_of_latex(latex: str) -> list[str]:
    """The same for the rows of displays, where continuation rows begin at the column of signs."""
    found = []
    for display in re.findall(r"\\begin\{align\*?\}\n(.*?)\n\\end\{align\*?\}", latex, re.S):
        joined = re.sub(r"\\\\\n\s*&", "", display)
        for row in joined.split("\\\\\n"):
            row = re.sub(r"\\qquad.*$", "", row.strip()).replace("&", "")
            found.append(re.split(_SIGN, row, maxsplit=1)[1].strip())
    return found


def _has_names(part: str) -> bool:
    """Whether a part is more than numbers: it has letters that do not belong to a function."""
    plain = re.sub(
        r"\\(left|right|cdot|frac|times|sqrt|sigma|operatorname|text)|e[-−]\d+", "", part
    )
    plain = re.sub(r"σ|tanh|exp|log|ln|relu|ReLU|max|softplus|sin|cos|sqrt|leaky\w*|abs", "", plain)
    return any(letter.isalpha() for letter in plain)
