r"""Labels in LaTeX: w5 with a subscript, and whatever is no word as text."""

import re
import unicodedata

_IDENTIFIER = re.compile(r"([^\W\d_]+)([0-9]*)(['′]*)((?:_[^\W_]+)*)")
_NUMBERED = re.compile(r"(.+)\[(\w+)\]")

# Within a formula, and outside of text, where they would be commands.
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
    # Spaces, for Markdown takes <b for the start of a tag.
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


def name_latex(name: str) -> str:
    r"""A label as a formula has it.

    >>> print(name_latex("a_h1"), name_latex("E_total"), name_latex("50% of b"))
    a_{h_{1}} E_{\text{total}} \left(\text{50}\%\text{ of b}\right)
    """
    if name == "…":
        return r"\ldots"
    if found := _NUMBERED.fullmatch(name):
        return f"{{{name_latex(found[1])}}}_{{[{words(found[2])}]}}"
    if found := _IDENTIFIER.fullmatch(name):
        letters, digits, primes, below = found.groups()
        subscripts = [digits, *map(_subscript, below.split("_"))]
        joined = r"\,".join(part for part in subscripts if part)
        primed = _letters(letters) + "'" * len(primes)
        return f"{primed}_{{{joined}}}" if joined else primed
    return rf"\left({words(name)}\right)"


def words(characters: str) -> str:
    """Any characters, within a formula."""
    written = ""
    for run in re.findall(r"[^\\{}$&#%_^~<>|`*\-\"]+|.", characters):
        shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in run)
        written += _SPECIAL.get(run) or rf"\text{{{shown}}}"
    return written


def _subscript(part: str) -> str:
    pieces = re.findall(r"[0-9]+|[^0-9]+", part)
    written = [f"_{{{p}}}" if p[0] in "0123456789" else _letters(p) for p in pieces]
    return "".join(written).removeprefix("_") if written else ""


def _letters(word: str) -> str:
    if len(word) == 1 and word.isascii():
        return word
    description = unicodedata.name(word, "").lower() if len(word) == 1 else ""
    greek = description.removeprefix("greek small letter ").replace("lamda", "lambda")
    return f"\\{greek}" if greek in _GREEK else words(word)
