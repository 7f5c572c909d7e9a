"""Formulas: read by the grammar, evaluated in any kind of number, and how far rounding moves them.

Their text is never run as code: what is evaluated is the steps that the grammar made of it.
"""

import contextlib
import math
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction

from autograd.checking.derivation.reading.grammar import read
from autograd.checking.derivation.reading.tokens import SUM, tokens
from autograd.checking.derivation.reading.vocabulary import (
    Function,
    Given,
    Literal,
    Names,
    Operation,
    Slope,
    Token,
    brief,
    names_of,
    result_of,
    shortened,
)
from autograd.graph import interior_nodes, sweep
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value, data_of

_LONGEST_TEXT = 25_000
_LARGEST = Fraction(2) ** 1024
_HALF = Literal(Fraction(1, 2), Fraction(1, 10))
# If a sum names no index, it is one of these letters, and runs over all labels that there are.
_LETTERS = "ijkn"
_INDICES = range(100)
# Each term is written out, so sums are limited in number, and formulas in length.
_MOST_SUMS, _MOST_TOKENS = 20, 10_000
# What may follow the product that is summed.
_ENDS = frozenset(("end", ",", "=", "+", "-", "<", "≤", "≠", "≥", ">", "if", "(if", "else", "|"))


class Formula:
    """A formula in labels; calling it evaluates it in any kind of number.

    Args:
        text: the formula as people write it, on paper, in Python, in LaTeX, or as `explain` does:
            with + - * / ^ and other signs for these, products without a sign, parentheses of any
            kind, numbers, labels, functions, conditions, and derivatives such as ∂E/∂h or
            `gradient(h)`.
        labels: the names that it may use.
        error: what the error is called in its derivatives.

    Attributes:
        text: the formula as it was written.
        names: the labels whose numbers it uses.
        slopes: the derivatives that it uses.
        deltas: the labels for which it uses a δ, the derivative of the error.
        earlier: the formulas that are said to be equal to it: see `read_formula`.
        length: how many labels, numbers and operations it has.

    Raises:
        ValueError: for anything else in the text.

    >>> formula = Formula("2(o − t)h₁", ["o", "t", "h1"])
    >>> formula({"o": 3.0, "t": 1, "h1": 5})
    20.0
    """

    def __init__(self, text: str, labels: Iterable[str], error: str = "E"):
        names = names_of(tuple(labels), error)
        self._read(text, _tokens(text, names), names)

    def _read(self, text: str, found: Sequence[Token], names: Names, by: str = "") -> None:
        self.text = text
        self.earlier: tuple[Formula, ...] = ()
        with _quoting(text):
            self._steps = read(_with_sums_written_out(found, names), names, by)
            self._literals = [step for step in self._steps if isinstance(step, Literal)]
            self._require_floats()
        self.length = len(self._steps)
        self.deltas = tuple(str(token.value) for token in found if token.kind == "δ")
        steps = dict.fromkeys(self._steps)
        self.names = tuple(sorted(step for step in steps if isinstance(step, str)))
        self.slopes = tuple(step for step in steps if isinstance(step, Slope))

    @property
    def is_constant(self) -> bool:
        """Whether it is made of numbers alone."""
        return all(isinstance(step, Literal | Operation) for step in self._steps)

    @property
    def is_conditional(self) -> bool:
        """Whether it holds only under a condition, and is nan otherwise."""
        return any(isinstance(step, Operation) and step.name == "if" for step in self._steps)

    @property
    def literal(self) -> Literal | None:
        """The number, with its sign, that the formula consists of; None for anything longer."""
        number, *others = self._steps
        signs = [step.name for step in others if isinstance(step, Operation)]
        if not isinstance(number, Literal) or len(signs) < len(others) or {*signs} - {"-x", "+x"}:
            return None
        return number._replace(number=number.number * (-1) ** signs.count("-x"))

    def is_name_of(self, label: str) -> bool:
        """Whether it is just this label, or a derivative by it; "" stands for any label."""
        step = self._steps[0]
        if len(self._steps) > 1 or not isinstance(step, str | Slope):
            return False
        name = step.by if isinstance(step, Slope) else step
        return name == label or not label

    def __call__(self, given: Given) -> Number:
        """The result at these numbers of its labels and derivatives."""
        return result_of(self._steps, given, [literal.number for literal in self._literals])

    def slack(self, given: Given, exact: Collection[float] = ()) -> float:
        """How far it may be off because its decimals were rounded, to first order.

        Each decimal may be off by half a unit of its last digit. Integers, fractions of integers
        and 0.5 are exact.

        Args:
            given: the numbers of its labels and derivatives.
            exact: the numbers of the problem, which are exact because nobody worked them out.

        >>> formula = Formula("(0.7514 - t) * 2", ["t"])
        >>> round(formula.slack({"t": 0.01}), 9), formula.slack({"t": 0.01}, exact={0.7514})
        (0.0001, 0.0)
        """
        is_rounded = [not _is_exact(literal, exact) for literal in self._literals]
        if not any(is_rounded):
            return 0.0
        given = {step: to_float(data_of(number)) for step, number in given.items()}
        # Each in its own Value: figures that look alike may have been rounded in different ways.
        literals = [Value(to_float(literal.number)) for literal in self._literals]
        try:
            result = result_of(self._steps, given, literals)
            is_moved = isinstance(result, Value)
            adjoints = sweep(interior_nodes(result), {result: 1}) if is_moved else {}
        except ArithmeticError:
            return math.inf
        parts = zip(self._literals, literals, is_rounded, strict=True)
        shares = [adjoints.get(x, 0) * to_float(literal.unit) for literal, x, off in parts if off]
        return math.fsum(map(abs, shares)) / 2

    def _require_floats(self) -> None:
        """Refuses numbers too large for floats, which may be claimed but not calculated with."""
        is_large = any(literal.number >= _LARGEST for literal in self._literals)
        if is_large and self.literal is None:
            raise ValueError("a number is too large for a float, which goes up to 1.8e308")


def _is_exact(literal: Literal, exact: Collection[float]) -> bool:
    if not literal.unit or literal == _HALF:
        return True
    # Even if the problem has 0.15, 0.1500 is a figure that was rounded.
    is_as_given = literal.number % (10 * literal.unit) != 0
    return is_as_given and to_float(literal.number) in exact


@contextlib.contextmanager
def _quoting(text: str) -> Iterator[None]:
    """Puts the formula before whatever is said to be wrong with it."""
    try:
        yield
    except ValueError as fault:
        raise ValueError(f"in the formula {shortened(text)!r}, {fault}") from None


def _tokens(text: str, names: Names) -> list[Token]:
    if len(text) > _LONGEST_TEXT:
        raise ValueError(
            f"a formula has at most {_LONGEST_TEXT:,} characters, and this has {len(text):,}"
        )
    with _quoting(text):
        return tokens(text, names)


def read_formula(
    text: str, labels: Iterable[str], error: str = "E", about: str = "", by: str = ""
) -> Formula:
    """The formula that a text claims: what follows its last = or ≈.

    Args:
        text: one formula, or several that are said to be equal.
        labels: the names that they may use.
        error: what the error is called.
        about: the label of the node that the claim is about; a first part that is its name, or a
            derivative by it, says what is claimed and nothing more.
        by: the label with respect to which u′ is the derivative of u; "" for none.

    Returns:
        The last part. Its `earlier` holds the parts before it that can be read.

    Raises:
        ValueError: if the last part can't be read.

    >>> formula = read_formula("∂E/∂w = 2x = 0.44", ["w", "x"], about="w")
    >>> formula({}), [part.names for part in formula.earlier]
    (Fraction(11, 25), [('x',)])
    """
    names = names_of(tuple(labels), error)
    *before, end = _split(_tokens(text, names))
    if before and len(end) == 1:
        raise ValueError(f"in the formula {shortened(text)!r}, nothing follows the last =")
    whole = _formula(text, end, names, by)
    number = _without_remark(end)
    last = whole if number is None else _formula(text, number, names, by)
    earlier = []
    for part in before:
        # A part that can't be read can't be compared either.
        with contextlib.suppress(ValueError):
            earlier.append(_formula(_written(part), part, names, by))
    if earlier and earlier[0].is_name_of(about):
        del earlier[0]
    # "0.44 = ∂E/∂w" says the same.
    if earlier and about and last.is_name_of(about):
        last = earlier.pop()
        last.text = text
    if number is not None:
        earlier.append(whole)
    last.earlier = tuple(earlier)
    return last


def _without_remark(part: Sequence[Token]) -> list[Token] | None:
    """The 0.4 of "0.4 (as z > 0)", whose remark explains the number; None for anything else."""
    kinds = [token.kind for token in part]
    if "(if" not in kinds or kinds[-2:] != [")", "end"]:
        return None
    before = kinds.index("(if")
    is_number = (
        set(kinds[:before]) <= {"number", "-", "+"} and part[before].text[1:].strip() == "as"
    )
    return [*part[:before], part[-1]] if is_number else None


def _written(part: Sequence[Token]) -> str:
    return "".join(" " * token.is_apart + token.text for token in part).strip()


def _formula(text: str, found: Sequence[Token], names: Names, by: str) -> Formula:
    formula = object.__new__(Formula)
    formula._read(text, found, names, by)
    return formula


def _split(found: Sequence[Token]) -> list[list[Token]]:
    """The tokens between equals signs outside parentheses, in parts that each have an "end"."""
    split: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += (token.kind in ("(", "(if")) - (token.kind == ")")
        if token.kind == "=" and not depth:
            split[-1].append(token._replace(kind="end", text=""))
            split.append([])
        else:
            split[-1].append(token)
    # In "≈ 0.44" nothing stands before the first sign.
    return split[1:] if len(split) > 1 and len(split[0]) == 1 else split


# Sums over an index


def _with_sums_written_out(tokens: Sequence[Token], names: Names) -> list[Token]:
    """The tokens of a formula with Σ xᵢ wᵢ as sum(x1·w1, x2·w2), where these are the labels."""
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
