"""Formulas: read by the grammar, evaluated in any kind of number, and how far rounding moves them.

Their text is never run as code: what is evaluated is the steps that the grammar made of it.
"""

import contextlib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from autograd.checking.derivation.reading.grammar import read
from autograd.checking.derivation.reading.latex import without_latex
from autograd.checking.derivation.reading.steps import (
    Label,
    Literal,
    Operation,
    Slope,
    Step,
    result_of,
)
from autograd.checking.derivation.reading.sums import written_out
from autograd.checking.derivation.reading.tokens import Token, tokens
from autograd.checking.derivation.reading.vocabulary import Names, names_of, shortened
from autograd.graph import interior_nodes, sweep
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value, data_of

# `shortened` is needed wherever messages are made.
__all__ = ["Formula", "read_formula", "shortened"]

_LONGEST_TEXT = 25_000
_LARGEST = Fraction(2) ** 1024
_HALF = Literal(Fraction(1, 2), Fraction(1, 10))
_NONE: Mapping[Any, Number] = MappingProxyType({})


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
        gradients: the labels for which it uses the derivative of the error.
        slopes: the other derivatives that it uses.
        deltas: the labels for which it uses a δ; these are among `gradients`.
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
            self._steps = read(written_out(found, names), names, by)
            self._literals = [step for step in self._steps if isinstance(step, Literal)]
            self._require_floats()
        self.length = len(self._steps)
        self.deltas = tuple(str(token.value) for token in found if token.kind == "δ")
        steps = dict.fromkeys(self._steps)
        self.names = tuple(sorted(s.label for s in steps if isinstance(s, Label)))
        slopes = [step for step in steps if isinstance(step, Slope)]
        self.gradients = tuple(sorted(s.by for s in slopes if s.of is None and not s.is_direct))
        self.slopes = tuple(s for s in slopes if s.of is not None or s.is_direct)

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
        if len(self._steps) > 1 or not isinstance(step, Label | Slope):
            return False
        name = step.label if isinstance(step, Label) else step.by
        return name == label or not label

    def __call__(
        self,
        numbers: Mapping[str, Number],
        gradients: Mapping[str, Number] = _NONE,
        slopes: Mapping[Slope, Number] = _NONE,
    ) -> Number:
        """The result at these numbers of the labels, their gradients and other derivatives."""
        given = self._given(numbers, gradients, slopes)
        return result_of(self._steps, given, [literal.number for literal in self._literals])

    def slack(
        self,
        numbers: Mapping[str, Number],
        gradients: Mapping[str, Number] = _NONE,
        slopes: Mapping[Slope, Number] = _NONE,
        exact: Collection[float] = (),
    ) -> float:
        """How far it may be off because its decimals were rounded, to first order.

        Each decimal may be off by half a unit of its last digit. Integers, fractions of integers
        and 0.5 are exact.

        Args:
            numbers: those of the labels.
            gradients: the derivatives of the error with respect to labels.
            slopes: the other derivatives.
            exact: the numbers of the problem, which are exact because nobody worked them out.

        >>> formula = Formula("(0.7514 - t) * 2", ["t"])
        >>> round(formula.slack({"t": 0.01}), 9), formula.slack({"t": 0.01}, exact={0.7514})
        (0.0001, 0.0)
        """
        is_rounded = [not _is_exact(literal, exact) for literal in self._literals]
        if not any(is_rounded):
            return 0.0
        given = self._given(numbers, gradients, slopes)
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

    def _given(
        self,
        numbers: Mapping[str, Number],
        gradients: Mapping[str, Number],
        slopes: Mapping[Slope, Number],
    ) -> dict[Step, Number]:
        given: dict[Step, Number] = {Label(label): numbers[label] for label in self.names}
        given |= {Slope(None, label): gradients[label] for label in self.gradients}
        return given | {slope: slopes[slope] for slope in self.slopes}

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
        return tokens(without_latex(text), names)


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
