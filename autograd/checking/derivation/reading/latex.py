r"""Rewrites LaTeX in the signs used on paper."""

import re
import unicodedata

from autograd.checking.derivation.reading.vocabulary import FUNCTIONS, GREEK

# How deeply nested braces are looked into.
_DEEPEST_BRACES = 8

# Each sign, and the commands for it.
_SIGNS = {
    "·": "cdot times ast odot",
    "÷": "div",
    r"\frac": "frac tfrac dfrac cfrac",
    "√": "sqrt",
    "∂": "partial",
    "Σ": "sum",
    "′": "prime",
    "≤": "leq le leqslant",
    "≥": "geq ge geqslant",
    "≠": "neq ne",
    "<": "lt",
    ">": "gt",
    "≈": "approx simeq equiv sim",
    "←": "leftarrow gets",
    "|": "vert lvert rvert mid",
    "∧": "land wedge",
    "∨": "lor vee",
    "ε": "varepsilon",
    "φ": "varphi",
    "ℓ": "ell",
    "…": "ldots dots cdots",
    "": "left right middle displaystyle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr",
    " ": "quad qquad , ; : ! > ( ) [ ] \\",
}
_COMMANDS = {f"\\{name}": f" {name} " for name in FUNCTIONS if name.isascii()}
_COMMANDS |= {f"\\{name}": letter for name, letter in GREEK.items()}
_COMMANDS |= {f"\\{command}": sign for sign, those in _SIGNS.items() for command in those.split()}
_COMMANDS |= {f"\\{sign}": sign for sign in "_%{}|&#"} | dict.fromkeys(["\\ ", "$", "&", "~"], " ")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.|[$&~]")
_AS_TEXT = re.compile(
    r"\\(?:text|textrm|operatorname|math(?:rm|it|bf|bb|op|sf)|boldsymbol)\*?\s*\{([^{}]*)\}"
)
# w^{(0)}_{10} is w⁰₁₀, a parameter with its layer as a superscript.
_LAYER = re.compile(r"\^\{?\((\d+)\)\}?\s*_\{?(\d[\d,\\]*)\}?")
_ABOVE, _BELOW = (str.maketrans("0123456789", digits) for digits in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"))
# Whatever follows a subscript in braces is another name.
_SUBSCRIPT = re.compile(r"(?<!\\sum)(?<![Σ∑])_\{([^{}]*)\}(?=([^\W_])?)")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}
_ACCENT = re.compile(rf"\\({'|'.join(_ACCENTS)})\s*\{{?(\w)\}}?")


def _with_layer(found: re.Match[str]) -> str:
    above = found[1].translate(_ABOVE)
    indices: list[str] = re.findall(r"\d+", found[2])
    if len(indices) == 1:
        return above + indices[0].translate(_BELOW)
    return above + "".join(f"_{index}" for index in indices)


def _joined_subscript(found: re.Match[str]) -> str:
    if re.search("[<>≤≥=]", found[1]):
        # 1_{z > 0} is 1 where the condition holds.
        return f"({found[1]})"
    return "_" + re.sub(r"[,\s]+", "_", found[1].strip()) + " " * (found[2] is not None)


def without_latex(text: str) -> str:
    r"""A text with its LaTeX commands replaced by the signs used on paper.

    >>> print(without_latex(r"\tfrac12 \left(y_{1} - t\right)^{2} \cdot \sigma(z)"))
    \frac{1}{2} (y_1 - t)^{2} · σ(z)
    """
    text = unicodedata.normalize("NFC", text)
    if "\\" not in text and "_{" not in text and "$" not in text:
        return text
    text = re.sub(r"\\left\s*\.|\\(?:no)?limits", "", text)
    # In LaTeX, {} often begins a row that goes on with a sign.
    text = re.sub(r"\{\s*\}|\s+(?=_)", "", text)
    text = re.sub(r"\^\s*\{?\s*\\prime\s*\}?", "′", text)
    text = re.sub(r"\\[tdc]?frac\s*(\w)\s*(\w)", r"\\frac{\1}{\2}", text)
    text = _LAYER.sub(_with_layer, text)
    text = _ACCENT.sub(lambda found: found[2] + _ACCENTS[found[1]], text)
    text = re.sub(r"\{(\w+)\}_\{\[(\w+)\]\}", r"\1[\2]", text)
    for _ in range(_DEEPEST_BRACES):
        shorter = _AS_TEXT.sub(lambda found: " " * (found[1] == "1") + found[1], text)
        shorter = _SUBSCRIPT.sub(_joined_subscript, shorter)
        if shorter == text:
            break
        text = shorter
    text = _COMMAND.sub(lambda found: _COMMANDS.get(found[0], found[0]), text)
    return unicodedata.normalize("NFC", text)
