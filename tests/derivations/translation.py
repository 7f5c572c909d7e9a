"""Translates formulas as people write them into Python: a second reading of the corpus.

It knows the labels of the graph, reads the longest one wherever one begins, and multiplies what
stands side by side. It is too lenient to be a grammar. Its purpose is to find texts in the corpus
that do not mean what is noted beside them in Python.
"""

import re
import unicodedata
from collections.abc import Iterable

_COMMANDS = {
    "eta": "η", "lambda": "λ", "sigma": "σ", "theta": "θ", "beta": "β", "mu": "μ", "alpha": "α",
    "ell": "ℓ", "partial": "∂", "delta": "δ", "cdot": "*", "times": "*",
}  # fmt: skip
# The names of functions in Python; the derivative tanh' is named tanh_slope.
_FUNCTIONS = {
    "σ": "sigmoid", "ReLU": "relu", "max": "maximum", "ln": "log", "sgn": "sign", "√": "sqrt",
    **{
        name: name
        for name in (
            "softplus", "sigmoid", "relu", "tanh", "cosh", "sech", "sign", "sqrt", "mean", "abs",
            "exp", "log", "sin", "cos",
        )
    },
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_ASCII = str.maketrans("−·×′[]{}₀₁₂₃₄₅₆₇₈₉", "-**'()()0123456789")


def translated(text: str, labels: Iterable[str], error: str) -> str:
    """A formula as an expression over V(label), D(of, by), M(number), η and e.

    Of a chain, it translates the first part after the name of what is claimed.
    """
    known = {unicodedata.normalize("NFC", _without_marks(label)): label for label in labels}
    tokens = list(_tokens(_plain(_first_member(_without_latex(text))), known, error))
    pieces: list[str] = []
    ends = False
    place = 0
    while place < len(tokens):
        sort, piece = tokens[place]
        if ends and sort in ("value", "function", "("):
            pieces.append("*")
        if sort == "function" and tokens[place + 1][0] != "(":
            # sin x, and √u.
            place += 1
            piece, sort = f"{piece}({tokens[place][1]})", "value"
        pieces.append(piece)
        ends = sort in ("value", ")")
        place += 1
    return "".join(pieces)


def _without_marks(label: str) -> str:
    return re.sub(r"[_{}]", "", label).translate(_ASCII)


def _without_latex(text: str) -> str:
    for kind in (r"\frac", r"\sqrt"):
        while kind in text:
            start = text.rindex(kind)
            parts, end = _arguments(text, start + len(kind), 2 if kind == r"\frac" else 1)
            if kind == r"\sqrt":
                plain = f"√({parts[0]})"
            elif all(r"\partial" in part for part in parts):
                plain = f" {parts[0]}/{parts[1]} "
            else:
                plain = f"(({parts[0]})/({parts[1]}))"
            text = text[:start] + plain + text[end:]
    text = re.sub(r"\\(left|right|,)", "", text).replace(r"\hat{y}", "ŷ")
    text = re.sub(r"\\([a-z]+) ?(?=['_])", lambda m: _COMMANDS.get(m[1], m[1]), text)
    return re.sub(r"\\([a-z]+)", lambda m: f"{_COMMANDS.get(m[1], m[1])} ", text)


def _arguments(text: str, place: int, count: int) -> tuple[list[str], int]:
    """What stands in some pairs of braces from a place on, and where they end."""
    parts = []
    for _ in range(count):
        start, depth = text.index("{", place), 0
        for end in range(start, len(text)):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            if not depth:
                break
        parts.append(text[start + 1 : end])
        place = end + 1
    return parts, place


def _first_member(text: str) -> str:
    members = re.split("[=≈]", text)
    names_itself = re.fullmatch(r"\s*(d\w+/d\w+|∂\S+/∂\S+|\w|f'\(x\))\s*", members[0])
    return members[1] if len(members) > 1 and names_itself else members[0]


def _plain(text: str) -> str:
    """A text with subscripts, superscripts and all kinds of parentheses made plain."""
    text = re.sub(r"_\{([^{}]*(\{[^{}]*\})?)\}", lambda m: re.sub("[_{}]", "", m[1]), text)
    power = "[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    text = re.sub(power, lambda m: f"^({m[0].translate(_SUPERSCRIPTS)})", text.replace("_", ""))
    text = text.translate(_ASCII).replace("½", "(1/2)").replace("⅓", "(1/3)")
    return re.sub(r"\|([^|]*)\|", r" abs(\1)", text)


def _tokens(text: str, known: dict[str, str], error: str) -> Iterable[tuple[str, str]]:
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    functions = "|".join(sorted(map(re.escape, _FUNCTIONS), key=len, reverse=True))
    token = re.compile(
        rf"\s*(?:[∂d]\s*(?P<of>{names})\s*/\s*[∂d]\s*(?P<by>{names})(?!\d)"
        rf"|δ\s*(?P<delta>{names})"
        r"|(?P<number>\d+\.?\d*|\.\d+)"
        rf"|(?P<function>{functions})(?P<prime>')?(?P<squared>\s*\^\s*\(?2\)?)?"
        rf"|(?P<label>{names})"
        r"|(?P<constant>[ηe])"
        r"|(?P<power>\*\*|\^)"
        r"|(?P<sign>[-+*/,<>])"
        r"|(?P<bracket>[()]))\s*"
    )
    place = 0
    while place < len(text):
        found = token.match(text, place)
        if not found:
            raise ValueError(f"{text!r} can't be read at {text[place:]!r}")
        place = found.end()
        if found["of"]:
            yield "value", f"D({known[found['of']]!r},{known[found['by']]!r})"
        elif found["delta"]:
            yield "value", f"D({error!r},{known[found['delta']]!r})"
        elif found["number"]:
            yield "value", f"M({found['number']!r})"
        elif found["label"]:
            yield "value", f"V({known[found['label']]!r})"
        elif found["function"]:
            slope = "_slope" if found["prime"] else ""
            squared = "squared_" if found["squared"] else ""
            yield "function", f"{squared}{_FUNCTIONS[found['function']]}{slope}"
        elif found["constant"]:
            yield "value", found["constant"]
        elif found["bracket"]:
            yield found["bracket"], found["bracket"]
        else:
            yield "sign", "**" if found["power"] else found["sign"]
