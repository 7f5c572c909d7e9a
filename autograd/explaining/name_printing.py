r"""Names in text, LaTeX and MathML: w5 with a subscript, and what is not a word as plain text."""

import functools
import re
import unicodedata
from collections.abc import Sequence
from html import escape

from autograd.numbers.text import printable as in_one_line

# What can stand in a formula of plain text without parentheses.
_WORD = re.compile(r"[\w.]+['′]*(\[\w+\])*|…")
# Letters, digits, subscripts, and primes.
_SUBSCRIPTED = re.compile(r"([^\W\d_]+)(\d*)((?:_[^\W_]+)*)(['′]*)")

_IDENTIFIER = re.compile(r"([^\W\d_]+)([0-9]*)(['′]*)((?:_[^\W_]+)*)")
# A name whose indices are subscripts, as y₁, with the layer as a superscript in w⁰₁₀ and w⁰_12_3.
_INDEXED = re.compile(r"([A-Za-zα-ωΑ-Ω]+)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)([₀-₉]+|(?:_[0-9]+)+)")
_PATH = re.compile(r"[^\W\d_]\w*(\.\w+)+")
_NUMBERED = re.compile(r"(.+)\[(\w+)\]")

_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# A part of the path of a parameter, with its index if it is one of several: "layers.0", "b".
_PART = re.compile(r"([^\W\d]\w*)(?:\.(\d+))?(?:\.|$)")

# Characters that would be commands in a formula; they are written outside of text.
_SPECIAL = {
    "\\": r"\backslash ",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
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


def subscript(index: int) -> str:
    """An index in subscript digits: 10 as ₁₀."""
    return str(index).translate(_BELOW)


def short_names(paths: Sequence[str]) -> list[str]:
    """Names for the paths of parameters: the layer is a superscript, other indices are subscripts.

    >>> short_names(["layers.0.neurons.1.w.0", "layers.0.neurons.1.b"])
    ['w⁰₁₀', 'b⁰₁']
    >>> short_names(["neurons.12.w.0", "neurons.12.b"]), short_names(["head.w", "tail.w"])
    (['w_12_0', 'b_12'], ['head.w', 'tail.w'])
    """
    parts = [_PART.findall(path) for path in paths]
    indices = [[index for _, index in found if index] for found in parts]
    is_long = any(len(index) > 1 for found in indices for index in found)
    names = []
    for path, found, numbers in zip(paths, parts, indices, strict=True):
        # The first index is the layer, if neurons are in layers.
        layers = 1 if sum(bool(index) for _, index in found[:-1]) > 1 else 0
        above = "".join(numbers[:layers]).translate(_ABOVE)
        below = numbers[layers:]
        written = "".join(f"_{i}" for i in below) if is_long else "".join(below).translate(_BELOW)
        names.append(f"{found[-1][0]}{above}{written}" if found else path)
    return names if len(set(names)) == len(names) else list(paths)


def printable(label: str) -> str:
    """A label on one line, whatever its characters."""
    return in_one_line(label.replace(" - ", " − "))


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
    found = _SUBSCRIPTED.fullmatch(name)
    if found is None:
        return printable(name), ""
    letters, digits, below, primes = found.groups()
    return letters + primes, ",".join(part for part in (digits, *below.split("_")) if part)


def name_mathml(name: str) -> str:
    """A label as it stands in a MathML formula.

    >>> name_mathml("w5")
    '<msub><mi>w</mi><mn>5</mn></msub>'
    """
    if found := _INDEXED.fullmatch(name):
        letters, above, below = found.groups()
        subscript = f"<mn>{_plain(below).strip('_').replace('_', ',')}</mn>"
        if above:
            layer = f"<mrow><mo>(</mo><mn>{_plain(above)}</mn><mo>)</mo></mrow>"
            return f"<msubsup><mi>{letters}</mi>{subscript}{layer}</msubsup>"
        return f"<msub><mi>{letters}</mi>{subscript}</msub>"
    if not _SUBSCRIPTED.fullmatch(name):
        return f"<mtext>{escape(name_text(name))}</mtext>"
    letters, below = name_parts(name)
    written = f"<mi>{escape(letters)}</mi>"
    if not below:
        return written
    kind = "mn" if below.isdecimal() else "mi"
    return f"<msub>{written}<{kind}>{escape(below)}</{kind}></msub>"


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
    if found := _INDEXED.fullmatch(name):
        letters, above, below = found.groups()
        layer = f"^{{({_plain(above)})}}" if above else ""
        subscript = r"\,".join(_plain(below).strip("_").split("_"))
        return f"{_letters(letters)}{layer}_{{{subscript}}}"
    if found := _IDENTIFIER.fullmatch(name):
        letters, digits, primes, below = found.groups()
        subscripts = [digits, *map(_subscript, below.split("_"))]
        joined = r"\,".join(part for part in subscripts if part)
        primed = _letters(letters) + "'" * len(primes)
        return f"{primed}_{{{joined}}}" if joined else primed
    return words(name) if _PATH.fullmatch(name) else rf"\left({words(name)}\right)"


def _plain(digits: str) -> str:
    """Superscript and subscript digits as plain digits."""
    return unicodedata.normalize("NFKC", digits)


def words(characters: str) -> str:
    """Any characters, as they stand in a LaTeX formula."""
    written = ""
    for run in re.findall(r"[^\\{}$&#%_^~<>|`*\-\"]+|.", characters):
        shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in run)
        written += _SPECIAL.get(run) or rf"\text{{{shown}}}"
    return written


def _subscript(part: str) -> str:
    """A part of a label after an underscore; digits after letters are a subscript in turn."""
    first, *others = re.findall(r"[0-9]+|[^0-9]+", part) or [""]
    written = [f"_{{{piece}}}" if piece[0] in _DIGITS else _letters(piece) for piece in others]
    return "".join([first if first[:1] in _DIGITS else _letters(first), *written])


def _letters(word: str) -> str:
    """A word without digits: one letter, a Greek letter or its name, or text."""
    if len(word) == 1 and word.isascii():
        return word
    name = unicodedata.name(word, "").lower() if len(word) == 1 else word
    greek = name.removeprefix("greek small letter ").replace("lamda", "lambda")
    return f"\\{greek}" if greek in _GREEK else words(word)
