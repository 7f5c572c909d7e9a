"""An explanation: its steps as data, and printed as text, Markdown and LaTeX."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from autograd.explaining.formulas import Formula, Number, Operation, Symbol
from autograd.explaining.name_printing import printable, words
from autograd.explaining.outline import Outline
from autograd.explaining.printing import latex, text
from autograd.value import Value

_TITLES = {
    "forward": "Forward pass",
    "error": "Error",
    "backward": "Backward pass",
    "update": "Update",
    "new forward": "Forward pass after the update",
    "new error": "Error after the update",
}
_LONGEST_LINE = 88

_ASCII = set(map(chr, range(128)))
# Those of European languages end before it.
_BEYOND_LATIN = "\u0180"
# Grave, acute, circumflex, tilde, diaeresis, cedilla.
_ACCENTS = set("\u0300\u0301\u0302\u0303\u0308\u0327")

_PREAMBLE = r"""\documentclass{article}
\usepackage{amsmath}
\usepackage[margin=2cm]{geometry}
\allowdisplaybreaks
"""


# Writes a formula.
Write = Callable[[Formula], str]
# Makes a section, as blocks, of its title and its steps, all of one kind.
Section = Callable[[str, list["AnyStep"]], list[str]]


@dataclass(frozen=True, eq=False)
class Step:
    """One line of an explanation: left = chain = formula = numbers = result.

    Attributes:
        kind: "forward", "error", "backward", "update", "new forward" or "new error".
        node: the Value that the line is about.
        name: its name.
        left: what is computed: the Value, or a derivative.
        chain: of a derivative, the chain rule that gives it, if it takes one.
        formula: what gives it, in names.
        computed: what the numbers are put into: the formula, but of a derivative the sum of
            ∂E/∂h · ∂h/∂x over the Values h through which it has an influence, each ∂E/∂h a
            number that is known by then.
        numbers: `computed` with the numbers put in.
        result: the number.
        conditions: what decided the formula where it has several cases, as relu has.
        through: of a derivative, the names of those Values h; "…" for those not given.
    """

    kind: str
    node: Value
    name: str
    left: Formula
    chain: Formula | None
    formula: Formula
    computed: Formula
    numbers: Formula
    result: Any
    conditions: tuple[Operation, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """In the place of steps that are not given.

    Attributes:
        kind: that of the steps.
        count: how many they are.
        reason: why, in words.
    """

    kind: str
    count: int
    reason: str


AnyStep = Step | LeftOut


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """Backpropagation line by line: printed it is text, and a notebook shows its formulas.

    Attributes:
        steps: what is computed, in order; LeftOut stands where steps are not given.
        digits: how many significant digits numbers are given.
        learning_rate: that of the update, or None.
        outline: all equations and all names, also those of steps that are left out.
    """

    steps: tuple[AnyStep, ...]
    digits: int
    learning_rate: Any
    outline: Outline

    def __str__(self) -> str:
        def write(formula: Formula) -> str:
            return text(formula, self.digits)

        def section(title: str, steps: list[AnyStep]) -> list[str]:
            lines = [_text_line(step, self.digits, write) for step in steps]
            return ["\n".join([title, *lines])]

        return "\n\n".join(self._blocks(write, section))

    def markdown(self) -> str:
        """Markdown with formulas in LaTeX, as notebooks and GitHub show them."""
        display = "$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$"
        return "\n\n".join(self._latex_blocks("### {}", display))

    _repr_markdown_ = markdown

    def latex(self, document: bool = False) -> str:
        """LaTeX that takes amsmath: to be put into a document, or a document of its own."""
        display = "\\begin{{align*}}\n{}\n\\end{{align*}}"
        body = "\n".join(self._latex_blocks(r"\section*{{{}}}", display))
        return _document(body) if document else body

    def __repr__(self) -> str:
        return f"<explanation of {len(self.steps)} steps: print() shows it>"

    def _latex_blocks(self, heading: str, display: str) -> list[str]:
        def write(formula: Formula) -> str:
            return latex(formula, self.digits)

        def section(title: str, steps: list[AnyStep]) -> list[str]:
            blocks = [heading.format(title)]
            # What is left out is said between the displays.
            for are_left_out, group in groupby(steps, lambda step: isinstance(step, LeftOut)):
                if are_left_out:
                    blocks += [_sentence(step) for step in group if isinstance(step, LeftOut)]
                else:
                    rows = [_latex_row(s, self.digits, write) for s in group if isinstance(s, Step)]
                    blocks.append(display.format(" \\\\\n".join(rows)))
            return blocks

        return self._blocks(lambda formula: f"${write(formula)}$", section)

    def _blocks(self, write: Write, section: Section) -> list[str]:
        """What is printed: first and last sentences, and between them the sections."""
        blocks = [self._preface(write)]
        for kind, steps in groupby(self.steps, lambda step: step.kind):
            blocks += section(_TITLES[kind], list(steps))
        return [block for block in (*blocks, self._closing(write)) if block]

    def _preface(self, write: Write) -> str:
        results = [step.result for step in self.steps if isinstance(step, Step)]
        sentences: list[str] = []
        if not all(isinstance(result, (int, Fraction)) for result in results):
            sentences.append(f"Numbers are given to {self.digits} significant digits.")
        if self.learning_rate is not None:
            rate = write(Number(self.learning_rate))
            sentences.append(f"The learning rate {write(Symbol('η'))} is {rate}.")
        return " ".join(sentences)

    def _closing(self, write: Write) -> str:
        """What became of the error; "" where nothing was updated."""
        numbers = {step.kind: Number(step.result) for step in self.steps if isinstance(step, Step)}
        if "new error" not in numbers:
            return ""
        before, after = write(numbers["error"]), write(numbers["new error"])
        return f"The error goes from {before} to {after}."


def _text_line(step: AnyStep, digits: int, write: Write) -> str:
    """A step as a line of text, or as several if it is long."""
    if isinstance(step, LeftOut):
        return f"  … {_sentence(step)}"
    left = printable(step.name) if isinstance(step.left, Symbol) else write(step.left)
    sign = "←" if step.kind == "update" else "="
    gap = f"\n  {' ' * len(left)} = "
    right = gap.join(" = ".join(map(write, row)) for row in _rows(step, digits))
    reason = " and ".join(map(write, step.conditions))
    return f"  {left} {sign} {right}" + (f"  (as {reason})" if reason else "")


def _latex_row(step: Step, digits: int, write: Write) -> str:
    is_words = isinstance(step.left, Symbol) and write(step.left).startswith(r"\left(")
    left = words(step.name) if is_words else write(step.left)
    sign = r"\leftarrow" if step.kind == "update" else "="
    right = " \\\\\n&= ".join(" = ".join(map(write, row)) for row in _rows(step, digits))
    reason = r" \text{ and } ".join(map(write, step.conditions))
    note = rf" \qquad (\text{{as }} {reason})" if reason else ""
    return f"{left} &{sign} {right}{note}"


def _sentence(left_out: LeftOut) -> str:
    """That steps are left out, in words."""
    lines = "1 line is" if left_out.count == 1 else f"{left_out.count:,} lines are"
    return f"{lines} left out: {left_out.reason}"


def _rows(step: Step, digits: int) -> list[list[Formula]]:
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
    filled: list[list[Formula]] = [[first]]
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


def _document(body: str) -> str:
    """A LaTeX document."""
    # Alphabets that LaTeX has no letters for; where the engine knows all, nothing is declared.
    strange = sorted({character for character in body if not _is_latin(character)})
    declared = "".join(
        rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}" + "\n" for c in strange
    )
    if declared:
        declared = f"\\ifdefined\\DeclareUnicodeCharacter\n{declared}\\fi\n"
    return f"{_PREAMBLE}{declared}\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _is_latin(character: str) -> bool:
    """Whether it is ASCII, or a letter of it with one accent, as LaTeX knows them."""
    letter, *accents = list(unicodedata.normalize("NFD", character))
    return letter in _ASCII and (
        not accents or (len(accents) == 1 and accents[0] in _ACCENTS and character < _BEYOND_LATIN)
    )
