r"""The numbers, names and signs of a formula, as on paper, in Python, in LaTeX, or by `explain`.

Labels come first, in any spelling of their subscripts: y1, y_1, y₁ and y_{1} are one label unless
they are several. What is no label is a function, a constant, another name of something known, or
several labels written side by side.
"""

import functools
import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from autograd.checking.derivation.vocabulary import (
    CONDITION_WORDS,
    CONSTANTS,
    ERRORS,
    FUNCTIONS,
    GREEK,
    LEARNING_RATE,
    NAMED,
    RATES,
    WORDS,
    Function,
    brief,
)

# Digits of a number, zeros of its exponent included: 1e9999999 has too many to compare.
MOST_DIGITS = 4000
# Longer words are no labels side by side.
_LONGEST_RUN = 80
_LONGEST_EXPONENT = 9
# How deep braces are looked into where LaTeX is read.
_DEEPEST_BRACES = 8

# Each sign, and how it is written.
_SIGNS = {
    "|direct": ("|direct", "|_direct"),
    "^": ("^", "**"),
    "=": ("=", "==", ":=", "≈", "≃", "≅", "≡", "~", "←", "<-"),
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
_INSTEAD = {":": ": write / to divide, and = behind a name", "%": ": write mod(x, y)"}
_INSTEAD |= {"…": ": write all terms", "∇": ": write ∂E/∂w", '"': ": leave it out"}
CLOSING = {"(": ")", "[": "]", "{": "}"}

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = f"{_RAISED_DIGITS}⁺⁻⁽⁾ⁿⁱᵃᵇᶜᵈᵉᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_LETTER = rf"[^\W{_RAISED}{_VULGAR}∂]"
_EXPONENT = r"(?:[eE]([+−-]?\d+))?"
_WORD = re.compile(rf"(?!\d){_LETTER}+|∑")
# Labels such as w[0], layers.0.w and y'.
_LONGER = re.compile(rf"(?:\.{_LETTER}+|\[{_LETTER}+\])*['′’]*")
_DECIMAL = re.compile(rf"(\d+\.\d*|\.\d+|\d+){_EXPONENT}")
_DECIMAL_COMMA = re.compile(rf"(\d+,\d+){_EXPONENT}(?!\.?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+")
_TIMES_TEN = re.compile(
    rf"\s*([·×∙⋅*xX])\s*10(?:\s*(?:\^|\*\*)\s*"
    rf"(?:([+−-]?\d+)(?![\d.,])|[({{]\s*([+−-]?\d+)\s*[)}}])|(⁻?[{_RAISED_DIGITS}]+))"
)
_PERCENT = re.compile(r"\s*%(?!\s*[\w(])")
_EXPONENT_ABOVE = re.compile(f"[{_RAISED}]+")
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGN_OF, key=len, reverse=True))))
_OPENS_CONDITION = re.compile(rf"\(\s*({'|'.join(CONDITION_WORDS)})\b")
_PARENTHESIS = re.compile(r"['′’]*\s*\(")
_BLANKS = " \t\n\r\f\v\u00a0\u2009\u202f\u2003"


class Token(NamedTuple):
    """A number, a name or a sign.

    Attributes:
        kind: "number", "label", "function", "constant", "δ", "word" for an unknown one, "end", or
            the sign in its plain form, such as "*" for "·".
        text: as it was written.
        value: the number and the unit of its last digit; the label; the function.
        start: where in the text.
        is_apart: whether a blank stands before it.
    """

    kind: str
    text: str
    value: object
    start: int
    is_apart: bool


class Names:
    """The labels that a formula may use, in all their spellings.

    Args:
        labels: of nodes, and the learning rate.
        error: what the error is called.
    """

    def __init__(self, labels: tuple[str, ...], error: str):
        self.labels = frozenset(label for label in labels if label)
        self.longest = max(map(len, self.labels), default=0)
        self.errors = frozenset({error, *ERRORS})
        self.error = error
        # None where two labels differ in nothing but their spelling.
        self._by_spelling: dict[str, str | None] = {}
        for label in self.labels:
            key = _spelling(label)
            self._by_spelling[key] = None if key in self._by_spelling else label
        odd = [
            label for label in self.labels if not _is_word(label) and not _DECIMAL.fullmatch(label)
        ]
        written = {w: label for label in odd for w in _odd_forms(label)}
        self.odd_forms = written
        longest_first = sorted(written, key=len, reverse=True)
        self.odd = re.compile("|".join(map(_odd_pattern, longest_first))) if written else None

    def label(self, word: str) -> str | None:
        """The label that a word spells."""
        if word in self.labels:
            return word
        return self._by_spelling.get(_spelling(word))

    def has(self, word: str) -> bool:
        """Whether a word names a node, of which there are derivatives."""
        return self.label(word) is not None or word in self.errors

    def named(self, word: str, is_called: bool = False) -> tuple[str, str, object]:
        """The kind, the word and the value of its token."""
        kind, value = self.meaning(word, is_called)
        return kind, word, value

    def meaning(self, word: str, is_called: bool) -> tuple[str, object]:
        """What a word means by itself, or before a parenthesis: the kind of token, its value."""
        plain = _spelling(word)
        function = FUNCTIONS.get(word) or FUNCTIONS.get(plain) or FUNCTIONS.get(plain.lower())
        if function and is_called and word in self.labels and word not in NAMED:
            raise ValueError(f"{word}(…) may be a product: write {word}·(…) or {function.name}(…)")
        if word in self.labels and not (function and is_called):
            return "label", word
        if function:
            return "function", function
        label = self.label(word)
        if label is not None:
            return "label", label
        if plain in CONSTANTS:
            return "constant", plain
        if plain.lower() in RATES and LEARNING_RATE in self.labels:
            return "label", LEARNING_RATE
        if word in WORDS:
            return WORDS[word], None
        if word in ("gradient", "grad"):
            return "gradient", None
        if plain.startswith("delta") and (node := self.label(plain.removeprefix("delta"))):
            return "δ", node
        return "word", None


def _odd_forms(label: str) -> tuple[str, ...]:
    """A label that is no word; where it could be taken for a formula, in parentheses alone."""
    if re.search(r"[\s+*/(),^-]", label):
        return f"({label})", f"({label.replace(' - ', ' − ')})"
    return (label,)


def _odd_pattern(form: str) -> str:
    before = r"(?<!\w)" if re.match(r"\w", form) else ""
    after = rf"(?!{_LETTER})" if re.search(r"\w$", form) else ""
    return before + re.escape(form) + after


def _is_word(label: str) -> bool:
    word = _WORD.match(label)
    return word is not None and _LONGER.fullmatch(label, word.end()) is not None


@functools.lru_cache(maxsize=16)
def names_of(labels: tuple[str, ...], error: str) -> Names:
    """The names of a problem, which has many claims."""
    return Names(labels, error)


_LETTER_NAMES = str.maketrans({letter: name for name, letter in GREEK.items()})


@functools.lru_cache(maxsize=4096)
def _spelling(word: str) -> str:
    """What all spellings of a name have in common.

    >>> _spelling("y_1"), _spelling("y₁"), _spelling("λ"), _spelling("w_{1,2}")
    ('y1', 'y1', 'lambda', 'w12')
    """
    if word.isascii() and word.isalnum():
        return word
    plain = unicodedata.normalize("NFKC", word) if not _EXPONENT_ABOVE.search(word) else word
    return re.sub(r"[_{},\s]", "", plain.translate(_LETTER_NAMES)).translate(_PRIMES) or word


_PRIMES = str.maketrans("′’", "''")


def tokens(text: str, names: Names) -> list[Token]:
    """The tokens of a text, the last of the kind "end".

    Raises:
        ValueError: for what has no meaning in a formula.

    >>> [token.kind for token in tokens("2y₁(1 − y_1)", names_of(("y1",), "E"))]
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
        end = len(self.text.rstrip(f"{_BLANKS}.,;"))
        while self.position < end:
            start = self.position
            while self.text[self.position].isspace():
                self.position += 1
            self.is_apart = self.position > start
            self._next()
        self._add("end", "")
        return self.found

    def _add(self, kind: str, written: str, value: object = None) -> None:
        if kind in ("(", "(if"):
            self.lists.append(self._takes_many())
        elif kind == ")" and self.lists:
            self.lists.pop()
        self.found.append(Token(kind, written, value, self.position, self.is_apart))
        self.position += len(written)
        self.is_apart = False

    def _takes_many(self) -> bool:
        """Whether the last token is a function of several numbers."""
        function = self.found[-1].value if self.found else None
        return isinstance(function, Function) and function.most > 1

    def _next(self) -> None:
        """The token at this position; of labels side by side, all."""
        text, start = self.text, self.position
        if self.names.odd and (odd := self.names.odd.match(text, start)):
            self._add("label", odd[0], self.names.odd_forms[odd[0]])
        elif text[start] in _VULGAR:
            number = Fraction(unicodedata.numeric(text[start])).limit_denominator(10)
            self._add("number", text[start], (number, Fraction(0)))
        elif (found := self._decimal()) is not None:
            self._add_number(found)
        elif raised := _EXPONENT_ABOVE.match(text, start):
            self._add_exponent(raised[0])
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

    def _decimal(self) -> re.Match[str] | None:
        is_list = any(self.lists[-1:])
        thousands = _THOUSANDS.match(self.text, self.position)
        if thousands and not is_list:
            plain = thousands[0].replace(",", "")
            raise ValueError(f"{thousands[0]} has a comma too many: write {plain}")
        comma = None if is_list else _DECIMAL_COMMA.match(self.text, self.position)
        return comma or _DECIMAL.match(self.text, self.position)

    def _add_number(self, found: re.Match[str]) -> None:
        """A number: its value, and what one unit of its last digit is worth."""
        written, mantissa, exponent = found[0], found[1].replace(",", "."), found[2] or ""
        previous = self.found[-1].kind if self.found else ""
        if exponent and f"e{exponent}" in self.names.labels:
            raise ValueError(
                f"{written} may be a number or a product: write {mantissa}·e{exponent}"
            )
        times_ten = _TIMES_TEN.match(self.text, found.end())
        if times_ten and not exponent and previous != "^" and times_ten[1] not in self.names.labels:
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
        self._add("number", written, (value, unit))

    def _add_exponent(self, raised: str) -> None:
        """What is raised, as ² and ⁻ᶻ are: an exponent in parentheses."""
        exponent = _raised(raised, self.names)
        self._add("^", raised)
        self.found += [token._replace(start=self.position) for token in exponent]

    def _add_words(self, word: str) -> None:
        """A run of letters and digits."""
        names, start = self.names, self.position
        # The longest label first: y' before y, and w[0] before w.
        end = min(len(self.text), max(start + len(word), start + names.longest))
        longer = _LONGER.match(self.text, start + len(word), end)
        for end in range(longer.end() if longer else 0, start + len(word), -1):
            label = self.text[start:end]
            if label in names.labels and not _PARENTHESIS.match(self.text, end):
                return self._add("label", label, label)
        is_called = _PARENTHESIS.match(self.text, start + len(word)) is not None
        kind, value = names.meaning(word, is_called)
        if kind != "word":
            return self._add(kind, word, value)
        if word[0] == "d" and "d" not in names.labels and (word == "d" or names.has(word[1:])):
            self._add("∂", "d")
            return self._add(*names.named(word[1:])) if word[1:] else None
        runs = _runs(word, names, is_called)
        if len(runs) > 1:
            ways = " or ".join("·".join(run) for run in runs)
            raise ValueError(f"{word} may be {ways}: write the one that you mean")
        for index, piece in enumerate(runs[0] if runs else [word]):
            is_last = bool(runs) and index == len(runs[0]) - 1
            self._add(*names.named(piece, is_called and is_last))
        return None


# x² is in many formulas, and many times in a long one.
@functools.lru_cache(maxsize=64)
def _raised(raised: str, names: Names) -> list[Token]:
    """What ², ⁻¹ and ⁻ᶻ are when they are written on the line, in parentheses."""
    inner = unicodedata.normalize("NFKC", raised)
    if inner == "T":
        raise ValueError(f"{raised} transposes a matrix, and labels are numbers: leave it out")
    exponent = tokens(inner, names)[:-1]
    exponent = [token._replace(text=raised, is_apart=False) for token in exponent]
    opening = Token("(", raised, None, 0, False)
    return [opening, *exponent, opening._replace(kind=")")]


def _value(mantissa: str, exponent: str, written: str) -> tuple[Fraction, Fraction]:
    """The number, and what one unit of its last digit is worth: nothing for an integer."""
    # Python refuses to read integers of very many digits, and an exponent has few.
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


def _runs(word: str, names: Names, is_called: bool) -> list[list[str]]:
    """At most two ways in which a word consists of labels side by side, such as xy or w5h1."""
    if len(word) > _LONGEST_RUN:
        return []
    # The ways to read what begins at each position.
    ways: list[list[list[str]]] = [[] for _ in word] + [[[]]]
    for start in range(len(word) - 1, -1, -1):
        for end in range(start + 1, len(word) + 1):
            piece = word[start:end]
            # w11 is not w1 and 1.
            is_cut = end < len(word) and word[end - 1 : end + 1].isdecimal()
            is_function = end == len(word) and is_called and piece in FUNCTIONS
            kind, _ = names.meaning(piece, False)
            is_name = (kind == "label" or piece == "π") and "_" not in (piece[0], piece[-1])
            if not is_cut and (is_name or is_function):
                ways[start] += [[piece, *rest] for rest in ways[end]]
        ways[start] = ways[start][:2]
    return ways[0]


# LaTeX, spelled in the signs of paper

_COMMANDS = {
    **{f"\\{name}": letter for name, letter in GREEK.items()},
    **{f"\\{name}": f" {name} " for name in FUNCTIONS if name.isascii() and name not in GREEK},
    **dict.fromkeys((r"\cdot", r"\times", r"\ast", r"\odot"), "·"),
    **dict.fromkeys((r"\frac", r"\tfrac", r"\dfrac", r"\cfrac"), r"\frac"),
    **dict.fromkeys((r"\leq", r"\le", r"\leqslant"), "≤"),
    **dict.fromkeys((r"\geq", r"\ge", r"\geqslant"), "≥"),
    **dict.fromkeys((r"\neq", r"\ne"), "≠"),
    **dict.fromkeys((r"\approx", r"\simeq", r"\equiv", r"\sim"), "≈"),
    **dict.fromkeys((r"\leftarrow", r"\gets"), "←"),
    **dict.fromkeys((r"\vert", r"\lvert", r"\rvert", r"\mid"), "|"),
    **dict.fromkeys((r"\land", r"\wedge"), "∧"),
    r"\partial": "∂",
    r"\div": "÷",
    r"\sqrt": "√",
    r"\prime": "′",
    r"\lor": "∨",
    r"\ell": "ℓ",
    r"\lt": "<",
    r"\gt": ">",
    r"\varepsilon": "ε",
    r"\varphi": "φ",
    r"\sum": "Σ",
    **dict.fromkeys((r"\left", r"\right", r"\displaystyle", r"\middle", r"\nolimits"), ""),
    **{rf"\{size}{side}": "" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lrm")},
    r"\_": "_",
    r"\%": "%",
    r"\{": "{",
    r"\}": "}",
    r"\|": "|",
    r"\&": "&",
    **dict.fromkeys((r"\,", r"\;", r"\:", r"\!", r"\ ", r"\>", r"\\", r"\quad", r"\qquad"), " "),
    **dict.fromkeys((r"\(", r"\)", r"\[", r"\]", "$", "&", "~"), " "),
}
_COMMAND = re.compile(r"\\[A-Za-z]+|\\.|[$&~]", re.DOTALL)
_AS_TEXT = re.compile(
    r"\\(?:text|textrm|operatorname|math(?:rm|it|bf|bb|op|sf)|boldsymbol)\*?\s*\{([^{}]*)\}"
)
# What stands behind a subscript in braces is another name.
_SUBSCRIPT = re.compile(r"_\{([^{}]*)\}(?=([^\W_])?)")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}
_ACCENT = re.compile(rf"\\({'|'.join(_ACCENTS)})\s*\{{?(\w)\}}?")


def _joined_subscript(found: re.Match[str]) -> str:
    return "_" + re.sub(r"[,\s]+", "_", found[1].strip()) + " " * (found[2] is not None)


def without_latex(text: str) -> str:
    r"""A text with the commands of LaTeX in the signs of paper.

    >>> print(without_latex(r"\tfrac12 \left(y_{1} - t\right)^{2} \cdot \sigma(z)"))
    \frac{1}{2} (y_1 - t)^{2} · σ(z)
    """
    text = unicodedata.normalize("NFC", text)
    if "\\" not in text and "_{" not in text and "$" not in text:
        return text
    text = re.sub(r"\\left\s*\.", "", text)
    text = re.sub(r"\^\s*\{?\s*\\prime\s*\}?", "′", text)
    text = re.sub(r"\\[tdc]?frac\s*(\w)\s*(\w)", r"\\frac{\1}{\2}", text)
    text = _ACCENT.sub(lambda found: found[2] + _ACCENTS[found[1]], text)
    text = re.sub(r"\{(\w+)\}_\{\[(\w+)\]\}", r"\1[\2]", text)
    for _ in range(_DEEPEST_BRACES):
        shorter = _AS_TEXT.sub(r"\1", text)
        shorter = _SUBSCRIPT.sub(_joined_subscript, shorter)
        if shorter == text:
            break
        text = shorter
    text = _COMMAND.sub(lambda found: _COMMANDS.get(found[0], found[0]), text)
    return unicodedata.normalize("NFC", text)
