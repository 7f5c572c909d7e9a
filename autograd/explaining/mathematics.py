r"""Steps as rows of LaTeX, and a walk-through as LaTeX or Markdown made of them."""

import unicodedata
from itertools import groupby
from typing import Any

from autograd.explaining.expressions import Symbol
from autograd.explaining.latex import latex
from autograd.explaining.layout import Walkthrough, blocks, rows, sentence
from autograd.explaining.names import words
from autograd.explaining.steps import AnyStep, LeftOut, Step

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


def markdown(walkthrough: Walkthrough) -> str:
    """Headings, and displayed formulas between dollar signs, as notebooks and GitHub show them."""
    display = "$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$"
    return "\n\n".join(_blocks(walkthrough, "### {}", display))


def fragment(walkthrough: Walkthrough) -> str:
    """LaTeX to put into a document that loads amsmath."""
    display = "\\begin{{align*}}\n{}\n\\end{{align*}}"
    return "\n".join(_blocks(walkthrough, r"\section*{{{}}}", display))


def _blocks(walkthrough: Walkthrough, heading: str, display: str) -> list[str]:
    def write(expression: Any) -> str:
        return f"${latex(expression, walkthrough.digits)}$"

    def section(title: str, steps: list[AnyStep]) -> list[str]:
        found = [heading.format(title)]
        # What is left out is said between the displays.
        for are_left_out, group in groupby(steps, lambda step: isinstance(step, LeftOut)):
            if are_left_out:
                found += [sentence(step) for step in group if isinstance(step, LeftOut)]
            else:
                lines = [_row(step, walkthrough.digits) for step in group if isinstance(step, Step)]
                found.append(display.format(" \\\\\n".join(lines)))
        return found

    return blocks(walkthrough, write, section)


def document(walkthrough: Walkthrough) -> str:
    """A LaTeX document."""
    body = fragment(walkthrough)
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


def _row(step: Step, digits: int) -> str:
    def write(expression: Any) -> str:
        return latex(expression, digits)

    is_words = isinstance(step.left, Symbol) and write(step.left).startswith(r"\left(")
    left = words(step.name) if is_words else write(step.left)
    sign = r"\leftarrow" if step.kind == "update" else "="
    right = " \\\\\n&= ".join(" = ".join(map(write, row)) for row in rows(step, digits))
    reason = r" \text{ and } ".join(map(write, step.conditions))
    note = rf" \qquad (\text{{as }} {reason})" if reason else ""
    return f"{left} &{sign} {right}{note}"
