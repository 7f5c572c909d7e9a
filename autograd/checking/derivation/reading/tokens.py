"""The numbers, names and signs of a formula, as on paper, in Python, in LaTeX, or from `explain`.

Labels come first, with their subscripts in any spelling: y1, y_1, y₁ and y_{1} are the same label,
unless the problem has several of them. Any other word is a function, a constant, another name for
something known, or several labels written side by side.
"""

import functools
import re
import unicodedata
from collections.abc import Container
from fractions import Fraction

from autograd.checking.derivation.reading.vocabulary import (
    CONDITION_WORDS,
    FUNCTIONS,
    GREEK,
    LETTER,
    LONGER,
    RAISED,
    RAISED_DIGITS,
    RUN,
    VULGAR,
    Function,
    Names,
    Token,
    brief,
)

# The most digits of a number, with the zeros of its exponent: 1e9999999 has too many to compare.
MOST_DIGITS = 4000
# Longer words are not tried as labels side by side.
_LONGEST_RUN = 80
_LONGEST_EXPONENT = 9

# Each sign, and how it is written.
_SIGNS = {
    "|direct": ("|direct", "|_direct"),
    "^": ("^", "**"),
    "=": ("=", "==", ":=", "≈", "≃", "≅", "≡", "~", "←"),
    "≤": ("≤", "<=", "⩽"),
    "≥": ("≥", ">=", "⩾"),
    "≠": ("≠", "!="),
    "<": ("<",),
    ">": (">",),
    "+": ("+",),
    "-": ("-", "−", "–", "—", "‐", "‑"),
    "*": ("*", "·", "×", "∙", "⋅", "•", "∗", "✕", "⊙"),
    "/": ("/", "÷", "⁄", "∕"),
    "(": ("(", "[", "{"),
    ")": (")", "]", "}"),
    "|": ("|", "∣"),
    ",": (",", ";"),
    "'": ("'", "′", "’"),
    "√": ("√",),
    "∂": ("∂",),
    ".grad": (".grad",),
    "and": ("∧",),
    "or": ("∨",),
    "frac": (r"\frac",),
}
_SIGN_OF = {written: sign for sign, ways in _SIGNS.items() for written in ways}
# What to write for signs that have no meaning.
_INSTEAD = {":": ": write / to divide, and = after a name", "%": ": write mod(x, y)"}
_INSTEAD |= {"…": ": write all terms", "∇": ": write ∂E/∂w", '"': ": leave it out"}

_EXPONENT = r"(?:[eE]([+−-]?\d+))?"
_WORD, _LONGER = re.compile(f"{RUN}|∑"), re.compile(LONGER)
_DECIMAL = re.compile(rf"(\d+\.\d*|\.\d+|\d+){_EXPONENT}")
_DECIMAL_COMMA = re.compile(rf"(\d+,\d+){_EXPONENT}(?!\.?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+")
_TIMES_TEN = re.compile(
    rf"\s*([·×∙⋅*xX])\s*10(?:\s*(?:\^|\*\*)\s*"
    rf"(?:([+−-]?\d+)(?![\d.,])|[({{]\s*([+−-]?\d+)\s*[)}}])|(⁻?[{RAISED_DIGITS}]+))"
)
# The marks that say that more digits follow than are written down.
_GOES_ON = re.compile(r"…|\.\.\.")
_VULGAR = re.compile(f"[{VULGAR}]")
_PERCENT = re.compile(r"\s*%(?!\s*[\w(])")
# Σ, Σ_i, Σᵢ, Σ_{i=1}^{3}: the index, and where it starts and ends.
SUM = re.compile(
    r"[Σ∑](?:([ᵢⱼₖₙ])|_\s*\{?\s*([a-z])(?![^\W_])(?:\s*=\s*(\d{1,3}))?\s*\}?)?"
    r"(?:\s*\^\s*\{?(\w{1,3})\}?)?"
)
_EXPONENT_ABOVE = re.compile(f"[{RAISED}]+")
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGN_OF, key=len, reverse=True))))
_OPENS_CONDITION = re.compile(rf"\(\s*({'|'.join(CONDITION_WORDS)})\b")
_BELOW = re.compile(rf"\s*/\s*d({LETTER}+)")
# The modules from which programs call functions.
_MODULE = re.compile(r"(?:np|numpy|math|torch|sympy)\.(?=[a-z])")
_SUPERSCRIPTED = re.compile(rf"\s*(\^|\*\*|[{RAISED}])")
# A command of LaTeX.
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.|[$&~]")
_PARENTHESIS = re.compile(r"['′’]*\s*\(")


def tokens(text: str, names: Names) -> list[Token]:
    """The tokens of a text, the last of the kind "end"; LaTeX is first rewritten as on paper.

    Raises:
        ValueError: for anything that has no meaning in a formula.

    >>> [token.kind for token in tokens("2y₁(1 − y_1)", Names(("y1",), "E"))]
    ['number', 'label', '(', 'number', '-', 'label', ')', 'end']
    """
    return _Scanner(without_latex(text), names).tokens()


class _Scanner:
    """Reads a text from left to right."""

    def __init__(self, text: str, names: Names):
        self.text = text
        self.names = names
        self.found: list[Token] = []
        self.position = 0
        self.is_apart = False
        # For each open parenthesis, whether commas in it stand between numbers.
        self.lists: list[bool] = []

    def tokens(self) -> list[Token]:
        # The formula may end a sentence, whose punctuation is not part of it.
        end = len(self.text.rstrip().rstrip(".,;").rstrip())
        while self.position < end:
            start = self.position
            while self.text[self.position].isspace():
                self.position += 1
            self.is_apart = self.position > start
            if module := _MODULE.match(self.text, self.position):
                self.position = module.end()
            self._next()
        self._add("end", "")
        return self.found

    def _add(self, kind: str, written: str, value: object = None) -> None:
        if kind in ("(", "(if"):
            self.lists.append(self._takes_many())
        elif kind == ")" and self.lists:
            self.lists.pop()
        self.found.append(Token(kind, written, value, self.is_apart))
        self.position += len(written)
        self.is_apart = False

    def _takes_many(self) -> bool:
        """Whether the last token is a function of several numbers."""
        function = self.found[-1].value if self.found else None
        return isinstance(function, Function) and function.most > 1

    def _next(self) -> None:
        """Adds the token at this position, or all of several labels side by side."""
        text, start = self.text, self.position
        if self.names.odd and (odd := self.names.odd.match(text, start)):
            self._add("label", odd[0], self.names.odd_forms[odd[0]])
        elif text[start] in VULGAR:
            self._add("number", text[start], (_numeric(text[start]), Fraction(0)))
        elif (found := self._decimal()) is not None:
            self._add_number(found)
        elif raised := _EXPONENT_ABOVE.match(text, start):
            exponent = _raised(raised[0], self.names)
            self._add("^", raised[0])
            self.found += exponent
        elif (total := SUM.match(text, start)) and not self._is_label_at(start):
            self._add("function", total[0].rstrip(), FUNCTIONS["sum"])
        elif word := _WORD.match(text, start):
            self._add_words(word[0])
        elif condition := _OPENS_CONDITION.match(text, start):
            self._add("(if", condition[0])
        elif sign := _SIGN.match(text, start):
            self._add(_SIGN_OF[sign[0]], sign[0])
        else:
            command = _COMMAND.match(text, start)
            shown = brief(command[0]) if command else text[start]
            instead = _INSTEAD.get(shown, "")
            raise ValueError(f"{shown} has no meaning in a formula{instead}")

    def _is_label_at(self, start: int) -> bool:
        word = _WORD.match(self.text, start, start + _LONGEST_RUN)
        return word is not None and self.names.label(word[0]) is not None

    def _decimal(self) -> re.Match[str] | None:
        is_list = any(self.lists[-1:])
        thousands = _THOUSANDS.match(self.text, self.position)
        if thousands and not is_list:
            plain = thousands[0].replace(",", "")
            raise ValueError(f"{thousands[0]} has a comma too many: write {plain}")
        comma = None if is_list else _DECIMAL_COMMA.match(self.text, self.position)
        return comma or _DECIMAL.match(self.text, self.position)

    def _add_number(self, found: re.Match[str]) -> None:
        """Adds a number, with what one unit of its last digit is worth."""
        written, mantissa, exponent = found[0], found[1].replace(",", "."), found[2] or ""
        previous = self.found[-1].kind if self.found else ""
        if exponent and f"e{exponent}" in self.names.labels:
            raise ValueError(
                f"{written} may be a number or a product: write {mantissa}·e{exponent}"
            )
        times_ten = _TIMES_TEN.match(self.text, found.end())
        if times_ten and not exponent and previous != "^" and not self._is_product(times_ten):
            if previous != "/":
                written += times_ten[0]
                exponent = times_ten[2] or times_ten[3] or times_ten[4]
            elif times_ten[1] != "*":
                raise ValueError(
                    f"/ may divide by all of {written}{times_ten[0]}: put it in parentheses"
                )
        exponent = unicodedata.normalize("NFKC", exponent).replace("−", "-")
        value, unit = _value(mantissa, exponent, written)
        if percent := _PERCENT.match(self.text, self.position + len(written)):
            written += percent[0]
            value, unit = value / 100, (unit or Fraction(1)) / 100
        elif "." in mantissa and (more := _GOES_ON.match(self.text, self.position + len(written))):
            written += more[0]
        elif mantissa == written and (part := _VULGAR.match(self.text, found.end())):
            # 2½ is one number.
            written, value = written + part[0], value + _numeric(part[0])
        elif meant := self._not_meant(written, found.end()):
            raise ValueError(meant)
        self._add("number", written, (value, unit))

    def _not_meant(self, written: str, end: int) -> str:
        """What to write instead of 0x… and 1e…, which look like the beginning of a number."""
        word = _WORD.match(self.text, end)
        if word and written == "0":
            return f"{written}{brief(word[0])} is 0: write 0, or the number that is meant"
        is_e = word and word[0].lower() == "e" and self.names.label(word[0]) is None
        if word and is_e and not _SUPERSCRIPTED.match(self.text, word.end()):
            return f"{written}{word[0]} has no exponent: write {written}·e for the product"
        return ""

    def _is_product(self, times_ten: re.Match[str]) -> bool:
        """Whether "3x10^2" is the product 3·x10², which it is if there is a label x10."""
        x = times_ten[1]
        return x.isalpha() and self.names.label(f"{x}10") is not None

    def _add_words(self, word: str) -> None:
        """Adds what a run of letters and digits means."""
        names, start = self.names, self.position
        is_called = _PARENTHESIS.match(self.text, start + len(word)) is not None
        # The longest label first: y' before y, and w[0] before w. But σ'(z) is a derivative.
        end = min(len(self.text), max(start + len(word), start + names.longest))
        longer = _LONGER.match(self.text, start + len(word), end)
        for end in range(longer.end() if longer else 0, start + len(word), -1):
            label = self.text[start:end]
            if label in names.labels and not (is_called and word in FUNCTIONS):
                return self._add("label", label, label)
        kind, value = names.meaning(word, is_called)
        if kind != "word":
            self._add(kind, word, value)
        elif self._is_differential(word):
            self._add("∂", "d")
            if word[1:]:
                self._add_word(word[1:])
        else:
            *others, last = self._run(word, is_called)
            for piece in others:
                self._add_word(piece)
            self._add_word(last, is_called)
        return None

    def _is_differential(self, word: str) -> bool:
        """Whether a word is the dE or dw of dE/dw; if d is a label, only beside the other one."""
        if word[0] != "d" or not (word == "d" or self.names.has(word[1:])):
            return False
        if "d" not in self.names.labels:
            return True
        before = [token.kind for token in self.found[-3:]]
        if before[:1] == ["∂"] and before[2:] == ["/"]:
            return True
        below = _BELOW.match(self.text, self.position + len(word))
        return below is not None and word != "d" and self.names.has(below[1])

    def _add_word(self, word: str, is_called: bool = False) -> None:
        kind, value = self.names.meaning(word, is_called)
        self._add(kind, word, value)

    def _run(self, word: str, is_called: bool) -> list[str]:
        """The labels that a word such as xy consists of; else the word itself."""
        end = self.position + len(word)
        is_raised = _SUPERSCRIPTED.match(self.text, end) is not None
        runs = _runs(word, self.names, FUNCTIONS if is_called else ("e",) if is_raised else ())
        if len(runs) > 1:
            ways = " or ".join("·".join(run) for run in runs)
            raise ValueError(f"{word} may be {ways}: write the one that you mean")
        return runs[0] if runs else [word]


# The same few exponents occur in many formulas, and many times in a long one.
@functools.lru_cache(maxsize=64)
def _raised(raised: str, names: Names) -> list[Token]:
    """The tokens of ², ⁻¹ or ⁻ᶻ written on the line, in parentheses."""
    inner = unicodedata.normalize("NFKC", raised)
    if inner == "T":
        raise ValueError(f"{raised} transposes a matrix, and labels are numbers: leave it out")
    exponent = tokens(inner, names)[:-1]
    exponent = [token._replace(text=raised, is_apart=False) for token in exponent]
    opening = Token("(", raised, None, False)
    return [opening, *exponent, opening._replace(kind=")")]


def _numeric(vulgar: str) -> Fraction:
    """The exact number of a fraction sign such as ½."""
    return Fraction(unicodedata.numeric(vulgar)).limit_denominator(10)


def _value(mantissa: str, exponent: str, written: str) -> tuple[Fraction, Fraction]:
    """The number, and what one unit of its last digit is worth; 0 for an integer."""
    # Python refuses to read integers of very many digits, and no sensible exponent has many.
    places = int(exponent or 0) if len(exponent) <= _LONGEST_EXPONENT else MOST_DIGITS
    if len(mantissa) + abs(places) > MOST_DIGITS:
        raise ValueError(
            f"{brief(written)} has too many digits to compare: a number has at most "
            f"{MOST_DIGITS:,}, zeros included"
        )
    decimals = len(mantissa.partition(".")[2])
    is_whole = "." not in mantissa and not exponent
    unit = Fraction(0) if is_whole else Fraction(10) ** (places - decimals)
    return Fraction(mantissa.rstrip(".")) * Fraction(10) ** places, unit


def _runs(word: str, names: Names, last: Container[str]) -> list[list[str]]:
    """The ways to split a word such as xy or w5h1 into labels side by side; at most two.

    The last piece may be another word, as in xσ(z) and xe^z.
    """
    if len(word) > _LONGEST_RUN:
        return []
    # The ways to split what begins at each position.
    ways: list[list[list[str]]] = [[] for _ in word] + [[[]]]
    for start in range(len(word) - 1, -1, -1):
        for end in range(start + 1, len(word) + 1):
            piece = word[start:end]
            is_last = end == len(word) and piece in last
            kind, _ = names.meaning(piece)
            is_name = (kind in ("label", "δ") or piece == "π") and "_" not in (piece[0], piece[-1])
            if is_name or is_last:
                ways[start] += [[piece, *rest] for rest in ways[end]]
        ways[start] = ways[start][:2]
    return ways[0]


# LaTeX

# How deeply nested braces are looked into.
_DEEPEST_BRACES = 8

# Each sign, and the commands for it.
_IN_LATEX = {
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
_COMMANDS |= {f"\\{name}": sign for sign, names in _IN_LATEX.items() for name in names.split()}
_COMMANDS |= {f"\\{sign}": sign for sign in "_%{}|&#"} | dict.fromkeys(["\\ ", "$", "&", "~"], " ")
_AS_TEXT = re.compile(
    r"\\(?:text|textrm|operatorname|math(?:rm|it|bf|bb|op|sf)|boldsymbol)\*?\s*\{([^{}]*)\}"
)
# w^{(0)}_{10} is w⁰₁₀, a parameter with its layer as a superscript.
_LAYER = re.compile(r"\^\{?\((\d+)\)\}?\s*_\{?(\d[\d,\\]*)\}?")
_RAISING = str.maketrans("0123456789", RAISED_DIGITS)
_LOWERING = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Whatever follows a subscript in braces is another name.
_SUBSCRIPT = re.compile(r"(?<!\\sum)(?<![Σ∑])_\{([^{}]*)\}(?=([^\W_])?)")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}
_ACCENT = re.compile(rf"\\({'|'.join(_ACCENTS)})\s*\{{?(\w)\}}?")


def _with_layer(found: re.Match[str]) -> str:
    above = found[1].translate(_RAISING)
    indices: list[str] = re.findall(r"\d+", found[2])
    if len(indices) == 1:
        return above + indices[0].translate(_LOWERING)
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
