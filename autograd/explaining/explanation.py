"""An explanation: its steps as data, and printed as text, Markdown and LaTeX."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from autograd.explaining.digits import Side, is_shown_exactly, line
from autograd.explaining.formulas import (
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    operands_of,
    replaced,
)
from autograd.explaining.name_printing import printable, words
from autograd.explaining.outline import Outline
from autograd.explaining.printing import latex, latex_terms, mathml, mathml_terms, text
from autograd.value import Value

_TITLES = {
    "forward": "Forward pass",
    "error": "{Error}",
    "backward": "Backward pass",
    "update": "Update",
    "new forward": "Forward pass after the update",
    "new error": "{Error} after the update",
}
# The names that errors have. Something else, such as a prediction, may be differentiated too.
_ERROR = re.compile(
    r"([EJLC]|errors?|loss|costs?|[bm]ce|[mr]?mse|sse|nll)(?![^\W\d_])", re.IGNORECASE
)
_LATEX_SIGNS = {"=": "=", "≈": r"\approx", "←": r"\leftarrow"}
# In characters of text; for LaTeX, what fits into a line of an ordinary article.
_LONGEST_LINE, _LONGEST_DISPLAY = 88, 58

_ASCII = set(map(chr, range(128)))
# The letters of European languages come before this character.
_BEYOND_LATIN = "\u0180"
# Grave, acute, circumflex, tilde, diaeresis, cedilla.
_ACCENTS = set("\u0300\u0301\u0302\u0303\u0308\u0327")

_PREAMBLE = r"""\documentclass{article}
\usepackage{amsmath}
\usepackage[margin=2cm]{geometry}
"""
# A display runs off the page unless it is allowed to break across pages.
_FRAGMENT = "\\begingroup\\allowdisplaybreaks\n{}\n\\endgroup"


# What is computed, and beside it the sides of its line, which a browser breaks between two terms.
_GRID = (
    "display: grid; grid-template-columns: max-content 1fr; column-gap: 0.4em; row-gap: 0.5em; "
    "align-items: baseline; overflow-x: auto; margin-bottom: 1em"
)

# Writes a formula.
Write = Callable[[Formula], str]
# Makes a section, as blocks, from its title and its steps, which are all of one kind.
Section = Callable[[str, list["AnyStep"]], list[str]]


@dataclass(frozen=True, eq=False)
class Step:
    """One line of an explanation: left = chain = product = formula = numbers = result.

    Attributes:
        kind: "forward", "error", "backward", "update", "new forward" or "new error".
        node: the Value that the line is about.
        name: the Value's name.
        left: what is computed: the Value, or a derivative.
        chain: for a derivative, the chain rule that gives it, or None if it takes none.
        formula: the formula that gives it, in names.
        numbers: the formula with numbers in place of names.
        result: the number.
        product: for a derivative, the formula before some of it cancelled out, or None.
        conditions: which case of the formula applies, if it has several as relu does; or what it
            requires, such as targets that add up to 1.
        through: for a derivative, the names of the Values that its paths lead through; "…" stands
            for those not given.
    """

    kind: str
    node: Value
    name: str
    left: Formula
    chain: Formula | None
    formula: Formula
    numbers: Formula
    result: Any
    product: Formula | None = None
    conditions: tuple[Operation, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Stands in place of steps that are left out.

    Attributes:
        kind: the kind of these steps.
        count: how many there are.
        reason: why they are left out, in words.
    """

    kind: str
    count: int
    reason: str


AnyStep = Step | LeftOut


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """Backpropagation line by line: it prints as text, and a notebook shows its formulas.

    Attributes:
        steps: what is computed, in order, with LeftOut in place of steps that are not given.
        digits: how many significant digits numbers have.
        learning_rate: the learning rate of the update, or None.
        outline: all equations and all names, including those of steps that are left out.
    """

    steps: tuple[AnyStep, ...]
    digits: int
    learning_rate: Any
    outline: Outline

    def __str__(self) -> str:
        def section(title: str, steps: list[AnyStep]) -> list[str]:
            return ["\n".join([title, *(_text_line(step, self.digits) for step in steps)])]

        return "\n\n".join(self._blocks(lambda formula: text(formula, self.digits), section))

    def markdown(self) -> str:
        """Markdown with formulas in LaTeX, as notebooks and GitHub show them."""
        display = "$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$"
        return "\n\n".join(self._latex_blocks("### {}", display))

    _repr_markdown_ = markdown

    def _repr_html_(self) -> str:
        """Formulas in MathML, which a notebook shows without a network, exported too."""

        def section(title: str, steps: list[AnyStep]) -> list[str]:
            rows = "\n".join(_html_row(step, self.digits) for step in steps)
            return [f"<h4>{title}</h4>", f'<div style="{_GRID}">\n{rows}\n</div>']

        return "\n".join(self._blocks(lambda formula: _math(formula, self.digits), section))

    def latex(self, document: bool = False) -> str:
        """LaTeX that needs amsmath.

        Args:
            document: whether to return a document of its own, not a part to put into one.
        """
        display = "\\begin{{align*}}\n{}\n\\end{{align*}}"
        body = _FRAGMENT.format("\n".join(self._latex_blocks(r"\section*{{{}}}", display)))
        return _document(body) if document else body

    def __repr__(self) -> str:
        return f"<explanation of {len(self.steps)} steps: print() shows it>"

    def _latex_blocks(self, heading: str, display: str) -> list[str]:
        def section(title: str, steps: list[AnyStep]) -> list[str]:
            blocks = [heading.format(title)]
            # The sentence about steps that are left out stands between the displays.
            for are_left_out, group in groupby(steps, lambda step: isinstance(step, LeftOut)):
                if are_left_out:
                    blocks += [_sentence(step) for step in group if isinstance(step, LeftOut)]
                else:
                    rows = [_latex_row(s, self.digits) for s in group if isinstance(s, Step)]
                    blocks.append(display.format(" \\\\\n".join(rows)))
            return blocks

        return self._blocks(lambda formula: f"${latex(formula, self.digits)}$", section)

    def _blocks(self, write: Write, section: Section) -> list[str]:
        """What is printed: the first and last sentences, and the sections between them."""
        blocks = [self._preface(write)]
        for kind, steps in groupby(self.steps, lambda step: step.kind):
            blocks += section(_TITLES[kind].format(Error=self._role.capitalize()), list(steps))
        return [block for block in (*blocks, self._closing(write)) if block]

    @property
    def _role(self) -> str:
        """What the Value at the end is, judging by its name."""
        return "error" if _ERROR.match(self.outline.equations[-1].name) else "output"

    def _preface(self, write: Write) -> str:
        results = [step.result for step in self.steps if isinstance(step, Step)]
        sentences: list[str] = []
        if not all(is_shown_exactly(result, self.digits) for result in results):
            sentences.append(
                f"Numbers are rounded to {self.digits} significant digit{'s'[: self.digits - 1]}, "
                "or to more where the result needs them."
            )
        if self.learning_rate is not None:
            rate = write(Number(self.learning_rate))
            sentences.append(f"The learning rate {write(Symbol('η'))} is {rate}.")
        return " ".join(sentences)

    def _closing(self, write: Write) -> str:
        """What became of the error; "" if nothing was updated."""
        numbers = {step.kind: Number(step.result) for step in self.steps if isinstance(step, Step)}
        if "new error" not in numbers:
            return ""
        before, after = write(numbers["error"]), write(numbers["new error"])
        if before == after:
            return f"To {self.digits} digits, the {self._role} is {before} as before."
        return f"The {self._role} goes from {before} to {after}."


def _text_line(step: AnyStep, digits: int) -> str:
    """A step as a line of text, or as several if it is long."""
    if isinstance(step, LeftOut):
        return f"  … {_sentence(step)}"
    left = printable(step.name) if isinstance(step.left, Symbol) else text(step.left, digits)
    sides = [f"{side.sign} {written}" for written, side in sides_of(step, digits).items()]
    rows = _rows(sides, list(map(len, sides)), len(text(step.left, digits)), _LONGEST_LINE)
    right = f"\n  {' ' * len(left)} ".join(map(" ".join, rows))
    reason = " and ".join(text(condition, digits) for condition in step.conditions)
    return f"  {left} {right}" + (f"  (as {reason})" if reason else "")


def _latex_row(step: Step, digits: int) -> str:
    left = latex(step.left, digits)
    if isinstance(step.left, Symbol) and left.startswith(r"\left("):
        left = words(step.name)
    sides = list(sides_of(step, digits).values())
    widths = [len("= ") + len(_narrow(side.formula, side.digits)) for side in sides]
    margin = len(_narrow(step.left, digits))
    rows = _rows(list(map(_latex_side, sides)), widths, margin, _LONGEST_DISPLAY)
    written = [" ".join(row) for row in rows]
    reason = r" \text{ and } ".join(latex(condition, digits) for condition in step.conditions)
    if reason:
        written.append(rf"\qquad (\text{{as }} {reason})")
    return f"{left} &" + " \\\\\n&".join(written)


def _narrow(formula: Formula, digits: int) -> str:
    """A text about as long as the formula is wide in LaTeX, which stacks ∂E over ∂w."""

    def below(part: Formula) -> Formula | None:
        if isinstance(part, Derivative):
            return Symbol(f"∂{max(part.of, part.by, key=len)}")
        return None

    return text(replaced(formula, below), digits)


def _latex_side(side: Side) -> str:
    """A side with its sign; a long sum is broken before a term into several lines."""
    sign, terms = _LATEX_SIGNS[side.sign], latex_terms(side.formula, side.digits)
    widths = [len(_narrow(term, side.digits)) for term in operands_of("sum", side.formula)]
    if len(terms) != len(widths):
        return f"{sign} {''.join(terms)}"
    written, taken = f"{sign} {terms[0]}", widths[0]
    for term, width in zip(terms[1:], widths[1:], strict=True):
        taken += len(" + ") + width
        if taken > _LONGEST_DISPLAY:
            written, taken = f"{written} \\\\\n&\\quad {{}}", width
        written += term
    return written


def _html_row(step: AnyStep, digits: int) -> str:
    """A step as two cells of the grid."""
    if isinstance(step, LeftOut):
        return f'<span style="grid-column: 1 / -1">{escape(_sentence(step))}</span>'
    pieces = []
    for side in sides_of(step, digits).values():
        first, *others = mathml_terms(side.formula, side.digits)
        terms = [f"<mo>{side.sign}</mo><mrow>{first}</mrow>"]
        # At the start of an element, a minus would be a sign, without the space of a difference.
        terms += [term.replace("<mo>", '<mo form="infix">', 1) for term in others]
        pieces.append("<wbr>".join(map(_math_element, terms)))
    reason = " and ".join(_math(condition, digits) for condition in step.conditions)
    if reason:
        pieces.append(f"(as {reason})")
    left = mathml(step.left, digits)
    if isinstance(step.left, Symbol) and left.startswith("<mtext>"):
        # Alone, a name that is no word needs no parentheses.
        left = f"<mtext>{escape(printable(step.name))}</mtext>"
    left = f'<span style="text-align: right">{_math_element(left)}</span>'
    return f"{left}<span>{' '.join(pieces)}</span>"


def _math(formula: Formula, digits: int) -> str:
    return _math_element(mathml(formula, digits))


def _math_element(content: str) -> str:
    return f'<math displaystyle="true"><mrow>{content}</mrow></math>'


def _sentence(left_out: LeftOut) -> str:
    """A sentence that says that steps are left out."""
    lines = "1 line is" if left_out.count == 1 else f"{left_out.count:,} lines are"
    return f"{lines} left out: {left_out.reason}"


def _rows(sides: list[str], widths: list[int], margin: int, longest: int) -> list[list[str]]:
    """The sides of a step as they are written, in one row or in several.

    Args:
        sides: each with its sign.
        widths: how wide each side is.
        margin: how wide what stands before the first sign is.
        longest: how wide a row may be.
    """
    if margin + sum(1 + width for width in widths) <= longest:
        return [sides]
    # The chain rule or the formula has the first row to itself.
    rows = [[sides[0]]]
    taken = longest
    for side, width in zip(sides[1:], widths[1:], strict=True):
        taken += 1 + width
        if taken > longest:
            rows.append([])
            taken = margin + 1 + width
        rows[-1].append(side)
    return rows


def sides_of(step: Step, digits: int) -> dict[str, Side]:
    """The sides of a step by their text, each with its sign, and without repetition.

    For example, w = 0.5 is not followed by another = 0.5.
    """
    formulas = [part for part in (step.chain, step.product, step.formula) if part is not None]
    # The label may be the formula, as for a Value labelled "prediction - target".
    spelled = step.name.replace("-", "−").replace("*", "·").replace(" ", "")
    said: dict[str, Side] = {}
    for side in line(formulas, step.numbers, step.result, digits):
        written = text(side.formula, side.digits)
        if side.formula is not step.formula or written.replace(" ", "") != spelled:
            said.setdefault(written, side)
    if step.kind == "update":
        first = next(iter(said))
        said[first] = said[first]._replace(sign="←")
    return said


def _document(body: str) -> str:
    """A LaTeX document."""
    # Characters that pdfLaTeX lacks letters for are declared; newer engines know them all.
    strange = sorted({character for character in body if not _is_latin(character)})
    declared = "".join(
        rf"\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}" + "\n" for c in strange
    )
    if declared:
        declared = f"\\ifdefined\\DeclareUnicodeCharacter\n{declared}\\fi\n"
    return f"{_PREAMBLE}{declared}\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _is_latin(character: str) -> bool:
    """Whether a character is ASCII, or an ASCII letter with one accent that LaTeX knows."""
    letter, *accents = list(unicodedata.normalize("NFD", character))
    return letter in _ASCII and (
        not accents or (len(accents) == 1 and accents[0] in _ACCENTS and character < _BEYOND_LATIN)
    )
