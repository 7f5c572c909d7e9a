"""What is wrong with a text that is no formula, in words."""

import difflib
import re
from collections.abc import Collection

_SIGNS = "+-*/().,_"
# Two factors side by side: ")(" or ")x", "x y", "2x".
_SIDE_BY_SIDE = re.compile(r"\)\s*[\w(]|\b\w+\s+\w+|(?<![\w.])\d[\d.]*[^\W\d]\w*")
# More names than these are no help to choose from.
_MANY = 8
_NEAREST = 4
# Of a text that is no formula, in the message.
_LONGEST_SHOWN = 80


def syntax_fault(text: str) -> str:
    """What keeps a text from being a formula; "" where it can't be told.

    >>> syntax_fault("(y - t"), syntax_fault("2x"), syntax_fault("h *")
    ('a ( is never closed', 'a * is missing in 2x', '')
    """
    if not text.strip():
        return "there is nothing in it"
    foreign = next((c for c in text if not (c.isalnum() or c.isspace() or c in _SIGNS)), "")
    if foreign == "∂":
        return "of derivatives, only those of the error are read, as ∂E/∂h"
    if foreign:
        return f"{foreign} has no meaning in a formula"
    found = _SIDE_BY_SIDE.search(text)
    return _parenthesis_fault(text) or (f"a * is missing in {shortened(found[0])}" if found else "")


def _parenthesis_fault(text: str) -> str:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return "a ) closes nothing"
    return "a ( is never closed" if depth else ""


def choice(name: str, known: Collection[str]) -> str:
    """The names that an unknown one may have meant.

    >>> choice("w5", ["b", "a"]), choice("w5", ["a", "b", "w55", "w15", "d", "e", "f", "g", "h"])
    ('there are a, b', 'the nearest are w55, w15, h, g')
    """
    if len(known) <= _MANY:
        return f"there are {', '.join(map(shortened, sorted(known))) or 'none'}"
    nearest = difflib.get_close_matches(name[:_LONGEST_SHOWN], sorted(known), _NEAREST, 0.0)
    return f"the nearest are {', '.join(map(shortened, nearest))}"


def shortened(text: str) -> str:
    """A text; of a long one, its beginning.

    >>> shortened("w + " * 100)
    'w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + …'
    """
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
