"""Sums over an index, written out: Σ xᵢ wᵢ is sum(x1·w1, x2·w2) where these are the labels."""

import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction

from autograd.checking.derivation.reading.tokens import SUM, Token
from autograd.checking.derivation.reading.vocabulary import Function, Names, brief

# If a sum names no index, it is one of these letters, and runs over all labels that there are.
_LETTERS = "ijkn"
_INDICES = range(100)
# Each term is written out, so sums are limited in number, and formulas in length.
_MOST_SUMS, _MOST_TOKENS = 20, 10_000
# What may follow the product that is summed.
_ENDS = frozenset(("end", ",", "=", "+", "-", "<", "≤", "≠", "≥", ">", "if", "(if", "else", "|"))


def written_out(tokens: Sequence[Token], names: Names) -> list[Token]:
    """The tokens of a formula with each sum or mean over an index written out, term by term.

    Raises:
        ValueError: for a sum over an index for which there are no labels, or that is too long.
    """
    tokens = list(tokens)
    places = [place for place, token in enumerate(tokens) if _is_sum(token)]
    has_words = any(token.kind == "word" for token in tokens)
    if not has_words and not any(SUM.fullmatch(tokens[place].text) for place in places):
        return tokens
    if len(places) > _MOST_SUMS:
        raise ValueError(f"it has more than {_MOST_SUMS} sums: write the terms out")
    for place in reversed(places):
        end = _end_of_summand(tokens, place + 1)
        tokens[place:end] = _sum(tokens[place], tokens[place + 1 : end], names)
    return tokens


def _is_sum(token: Token) -> bool:
    function = token.value
    return isinstance(function, Function) and function.name in ("sum", "mean")


def _index_of(token: Token) -> str:
    """The index under a sum, such as the i of Σ_{i=1}^{3}; "" if there is none."""
    bounds = SUM.fullmatch(token.text)
    return unicodedata.normalize("NFKC", bounds[1] or bounds[2] or "") if bounds else ""


def _end_of_summand(tokens: Sequence[Token], start: int) -> int:
    """Where the product that is summed ends; after a word such as sum, the parenthesis."""
    depth = 0
    is_called = SUM.fullmatch(tokens[start - 1].text) is None
    for place in range(start, len(tokens)):
        kind = tokens[place].kind
        if not depth and (kind == ")" or (kind in _ENDS and place > start)):
            return place
        depth += (kind in ("(", "(if")) - (kind == ")")
        if is_called and not depth:
            return place + 1
    return len(tokens) - 1


def _sum(function: Token, summand: Sequence[Token], names: Names) -> list[Token]:
    """A call of the function with all terms; unchanged if nothing in it has an index."""
    own = _index_of(function)
    for index in own or _LETTERS:
        terms = list(_terms(function, summand, index, names))
        if terms:
            break
    else:
        is_bare = SUM.fullmatch(function.text) and summand and summand[0].kind != "("
        if own or is_bare:
            raise ValueError(f"there are no labels for {brief(function.text)}: write the terms out")
        return [function, *summand]
    if len(terms) * len(summand) > _MOST_TOKENS:
        raise ValueError("a sum is too long to be written out")
    comma, opening = Token(",", ",", None, False), Token("(", "(", None, False)
    listed = [token for term in terms for token in (comma, *term)]
    return [function, opening, *listed[1:], opening._replace(kind=")", text=")")]


def _terms(
    function: Token, summand: Sequence[Token], index: str, names: Names
) -> Iterator[list[Token]]:
    """The summand for each number of its index."""
    if not any(_has_index(token, index) for token in summand):
        return
    bounds = SUM.fullmatch(function.text)
    first, last = (bounds[3], bounds[4]) if bounds else (None, None)
    is_bounded = bool(first and last and last.isdecimal())
    numbers = range(int(first or 0), int(last or 0) + 1) if is_bounded else _INDICES
    for number in numbers[: len(_INDICES)]:
        term = [_with_index(token, index, number, names) for token in summand]
        if all(token.kind != "word" for token in term):
            yield term
        elif is_bounded:
            missing = next(token.text for token in term if token.kind == "word")
            raise ValueError(f"{brief(missing)} of the sum is not a label")


def _has_index(token: Token, index: str) -> bool:
    written = unicodedata.normalize("NFKC", token.text)
    return token.kind == "word" and len(written) > 1 and written.endswith(index)


def _with_index(token: Token, index: str, number: int, names: Names) -> Token:
    """x1 for xᵢ; 1 for i itself."""
    if token.kind == "word" and token.text == index:
        return token._replace(
            kind="number", text=str(number), value=(Fraction(number), Fraction(0))
        )
    if not _has_index(token, index):
        return token
    name = f"{unicodedata.normalize('NFKC', token.text)[:-1]}{number}"
    kind, value = names.meaning(name)
    return token._replace(kind=kind, text=name, value=value)
