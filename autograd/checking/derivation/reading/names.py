"""The labels of a problem in all their spellings, and what else a word may mean."""

import functools
import re
import unicodedata

from autograd.checking.derivation.reading.vocabulary import (
    CONSTANTS,
    ERRORS,
    FUNCTIONS,
    GREEK,
    LEARNING_RATE,
    NAMED,
    RATES,
    WORDS,
)

# Superscript digits and letters are exponents, and ½ is a number: they are not part of a word.
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = f"{RAISED_DIGITS}⁺⁻⁽⁾ⁿⁱᵃᵇᶜᵈᵉᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
LETTER = rf"[^\W{RAISED}{VULGAR}∂]"
# Words, and labels such as w[0], layers.0.w and y'.
RUN, LONGER = rf"(?!\d){LETTER}+", rf"(?:\.{LETTER}+|\[{LETTER}+\])*['′’]*"
_WORD = re.compile(RUN + LONGER)
_NUMBER = re.compile(r"[\d.]+(e-?\d+)?", re.IGNORECASE)
_LETTERS = str.maketrans({**{letter: name for name, letter in GREEK.items()}, "′": "'", "’": "'"})


class Names:
    """The labels that a formula may use, in all their spellings.

    Args:
        labels: those of nodes, and the learning rate.
        error: what the error is called.
    """

    def __init__(self, labels: tuple[str, ...], error: str):
        self.labels = frozenset(label for label in labels if label)
        self.longest = max(map(len, self.labels), default=0)
        self.error = error
        # None if two labels differ in nothing but their spelling.
        self._by_spelling: dict[str, str | None] = {}
        for label in self.labels:
            key = _spelling(label)
            self._by_spelling[key] = None if key in self._by_spelling else label
        # A label that is a number can't be told from that number.
        odd = [x for x in self.labels if not _WORD.fullmatch(x) and not _NUMBER.fullmatch(x)]
        self.odd_forms = {form: label for label in odd for form in _odd_forms(label)}
        longest_first = sorted(self.odd_forms, key=len, reverse=True)
        self.odd = re.compile("|".join(map(_odd_pattern, longest_first))) if odd else None

    def label(self, word: str) -> str | None:
        """The label that a word spells."""
        if word in self.labels:
            return word
        return self._by_spelling.get(_spelling(word))

    def has(self, word: str) -> bool:
        """Whether a word names a node, so that there are derivatives of it."""
        return self.label(word) is not None or self.is_error(word)

    def is_error(self, word: str) -> bool:
        """Whether a word is not a label but a common name for the error."""
        return word == self.error or _spelling(word) in ERRORS

    def meaning(self, word: str, is_called: bool = False) -> tuple[str, object]:
        """What a word means by itself, or called: the kind of its token, and the value."""
        plain = _spelling(word)
        function = FUNCTIONS.get(word) or FUNCTIONS.get(plain) or FUNCTIONS.get(plain.lower())
        if is_called and word in self.labels and len(word) == 1 and word.isascii():
            # H(1 − H) is a product where H is a label.
            return "label", word
        if function and is_called and word in self.labels and word not in NAMED:
            raise ValueError(f"{word}(…) may be a product: write {word}·(…) or {function.name}(…)")
        if word in self.labels and not (function and is_called):
            return "label", word
        if function:
            return "function", function
        label = self.label(word)
        if label is not None:
            return "label", label
        # p_i is not π.
        if (letters := word.translate(_LETTERS)) in CONSTANTS:
            return "constant", letters
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
    """The spellings of a label that is not a word: in parentheses if it looks like a formula."""
    if re.search(r"[\s+*/(),^-]", label):
        return f"({label})", f"({label.replace(' - ', ' − ')})"
    return (label,)


def _odd_pattern(form: str) -> str:
    return re.escape(form) + (rf"(?!{LETTER})" if re.search(r"\w$", form) else "")


@functools.lru_cache(maxsize=16)
def names_of(labels: tuple[str, ...], error: str) -> Names:
    """The names of a problem, kept because a problem has many claims."""
    return Names(labels, error)


@functools.lru_cache(maxsize=4096)
def _spelling(word: str) -> str:
    """What all spellings of a name have in common.

    >>> _spelling("y_1"), _spelling("y₁"), _spelling("λ"), _spelling("w_{1,2}")
    ('y1', 'y1', 'lambda', 'w12')
    """
    if word.isascii() and word.isalnum():
        return word
    plain = word if re.search(f"[{RAISED}]", word) else unicodedata.normalize("NFKC", word)
    return re.sub(r"[_{},\s]", "", plain.translate(_LETTERS)) or word
