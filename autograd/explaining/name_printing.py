r"""Names in text, LaTeX and MathML: w5 with a subscript, and what is not a word as plain text."""

import functools
import re
import unicodedata
from html import escape
from typing import NamedTuple

from autograd.numbers.text import printable as in_one_line


class _Parts(NamedTuple):
    """A name as people read it: w⁰₁₀ has the letters w, the layer 0 and the index 10."""

    letters: str
    layer: str
    indices: list[str]
    primes: str


_NAME = re.compile(
    r"([^\W\d_]+?)(?:([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?=[₀-₉_]))?([0-9]*|[₀-₉]*)(['′]*)((?:_[^\W_]+)*)(['′]*)"
)
# What can stand in a formula of plain text without parentheses.
_WORD = re.compile(r"[\w.]+['′]*(\[\w+\])*|…")
_PATH = re.compile(r"[^\W\d_]\w*(\.\w+)+")
_NUMBERED = re.compile(r"(.+)\[(\w+)\]")

# Characters that would be commands in a formula; they are written outside of text.
_SPECIAL = {
    "\\": r"\backslash ",
    **{character: f"\\{character}" for character in "{}$&#%_"},
    "^": r"\wedge ",
    "~": r"\sim ",
    # With spaces, because Markdown takes <b for the start of a tag.
    "<": "{} < {}",
    ">": "{} > {}",
    "|": r"\vert ",
    "`": r"\prime ",
    "*": "{*}",
    "-": "-",
    '"': "{}''",
}

_GREEK = frozenset(
    (
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota"),
        *("kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon"),
        *("phi", "chi", "psi", "omega"),
    )
)
_DIGITS = tuple("0123456789")


def printable(label: str) -> str:
    """A label on one line, whatever its characters."""
    return in_one_line(label.replace(" - ", " − "))


def _parts(name: str) -> _Parts | None:
    """The parts of a name; None if it is not a word with indices."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    letters, layer, digits, inner, below, outer = found.groups("")
    # Superscript and subscript digits become plain ones.
    layer, digits = (unicodedata.normalize("NFKC", x) for x in (layer, digits))
    primes = inner + outer
    if layer and primes:
        return None
    return _Parts(letters, layer, [part for part in (digits, *below.split("_")) if part], primes)


# The same name occurs in many lines.
@functools.lru_cache(maxsize=1024)
def name_text(name: str) -> str:
    """A label as it stands in a formula of plain text: in parentheses if it would fall apart.

    >>> name_text("w_i1"), name_text("o - t")
    ('w_i1', '(o − t)')
    """
    shown = printable(name)
    return shown if _WORD.fullmatch(shown) else f"({shown})"


def name_parts(name: str) -> tuple[str, str]:
    """A label as letters and their subscript: w5 is w and 5, a_h1 is a and h1.

    >>> name_parts("w5"), name_parts("a_h1"), name_parts("o - t")
    (('w', '5'), ('a', 'h1'), ('o − t', ''))
    """
    parts = _parts(name)
    if parts is None or parts.layer:
        return printable(name), ""
    return parts.letters + parts.primes, ",".join(parts.indices)


def name_mathml(name: str) -> str:
    """A label as it stands in a MathML formula.

    >>> name_mathml("w5")
    '<msub><mi>w</mi><mn>5</mn></msub>'
    """
    parts = _parts(name)
    if parts is None:
        return f"<mtext>{escape(name_text(name))}</mtext>"
    written = f"<mi>{escape(parts.letters + parts.primes)}</mi>"
    if not parts.indices:
        return written
    kind = "mn" if all(index.isdecimal() for index in parts.indices) else "mi"
    below = f"<{kind}>{escape(','.join(parts.indices))}</{kind}>"
    if parts.layer:
        layer = f"<mrow><mo>(</mo><mn>{parts.layer}</mn><mo>)</mo></mrow>"
        return f"<msubsup>{written}{below}{layer}</msubsup>"
    return f"<msub>{written}{below}</msub>"


def name_latex(name: str) -> str:
    r"""A label as it stands in a LaTeX formula.

    >>> print(name_latex("a_h1"), name_latex("E_total"), name_latex("50% of b"))
    a_{h_{1}} E_{\text{total}} \left(\text{50}\%\text{ of b}\right)
    """
    if name == "…":
        return r"\ldots"
    # LaTeX knows letters with accents, but no combining accents.
    name = unicodedata.normalize("NFC", name)
    if found := _NUMBERED.fullmatch(name):
        return f"{{{name_latex(found[1])}}}_{{[{words(found[2])}]}}"
    parts = _parts(name)
    if parts is None:
        return words(name) if _PATH.fullmatch(name) else rf"\left({words(name)}\right)"
    layer = f"^{{({parts.layer})}}" if parts.layer else ""
    below = r"\,".join(map(_subscript, parts.indices))
    written = _letters(parts.letters) + "'" * len(parts.primes) + layer
    return f"{written}_{{{below}}}" if below else written


def words(characters: str) -> str:
    """Any characters, as they stand in a LaTeX formula."""
    written = ""
    for run in re.findall(r"[^\\{}$&#%_^~<>|`*\-\"]+|.", characters):
        shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in run)
        written += _SPECIAL.get(run) or rf"\text{{{shown}}}"
    return written


def _subscript(part: str) -> str:
    """A part of a label after an underscore; digits after letters are a subscript in turn."""
    first, *others = re.findall(r"[0-9]+|[^0-9]+", part)
    written = [f"_{{{piece}}}" if piece[0] in _DIGITS else _letters(piece) for piece in others]
    return "".join([first if first[0] in _DIGITS else _letters(first), *written])


def _letters(word: str) -> str:
    """A word without digits: one letter, a Greek letter or its name, or text."""
    if len(word) == 1 and word.isascii():
        return word
    name = unicodedata.name(word, "").lower() if len(word) == 1 else word
    greek = name.removeprefix("greek small letter ").replace("lamda", "lambda")
    return f"\\{greek}" if greek in _GREEK else words(word)
