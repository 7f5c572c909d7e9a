"""What a person claims: a number as far as it was rounded, a formula, or a function."""

import builtins
import functools
import inspect
import math
import numbers
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from autograd.checking.derivation.formulas import Formula, choice, shortened
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text

# Far above rounding, far below a mistake.
_RELATIVE_TOLERANCE = 1e-9
# How a number may agree with a claim, the closest first.
AGREEMENTS = ("right", "rounded", "cut off")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
# Digits of a claimed number, zeros of its exponent included: 1e9999999 has too many to compare.
_MOST_DIGITS = 4000
_BITS_OF_A_DIGIT = math.log2(10)


@dataclass(frozen=True)
class ClaimedNumber:
    """A number, and how finely it was given.

    Attributes:
        text: as it was written.
        number: the same, exactly.
        unit: what one unit of its last digit is worth; 0 for an exact number.
    """

    text: str
    number: Fraction
    unit: Fraction

    @functools.cached_property
    def digits(self) -> int:
        """How many digits it has from the first that is not 0; none for "0.00"."""
        if not self.unit:
            return 17 if self.number else 0
        return len(str(abs(self.number) // self.unit)) if self.number else 0

    def agreement(self, number: Number, slack: float) -> str | None:
        """How it agrees with a number that is itself off by at most the slack.

        Returns:
            "right" for the number itself, "rounded" where the number rounds to it, "cut off"
            where the number with its further digits left out is it, or None.

        >>> claim = ClaimedNumber("0.16", Fraction("0.16"), Fraction("0.01"))
        >>> claim.agreement(0.163, 0.0), claim.agreement(0.168, 0.0), claim.agreement(0.18, 0.0)
        ('rounded', 'cut off', None)
        """
        if not is_finite(number) or not math.isfinite(slack):
            return None
        exact, allowed = Fraction(number), Fraction(slack)
        distance = abs(exact - self.number)
        if distance <= allowed:
            return "right"
        if distance <= self.unit / 2 + allowed:
            return "rounded"
        is_towards_zero = abs(self.number) < abs(exact) and self.number * exact >= 0
        return "cut off" if is_towards_zero and distance < self.unit else None

    def is_exactly(self, number: Number) -> bool:
        """Whether it is an integer, and this number but for rounding in floats."""
        return self.unit == 1 and self.agreement(number, tolerance(number)) == "right"


def is_finite(number: Any) -> bool:
    """Whether a number is real, and neither infinite nor nan; it may be too large for a float."""
    if isinstance(number, int | Fraction):
        return True
    return isinstance(number, numbers.Real) and math.isfinite(number)


def tolerance(number: Number) -> float:
    """How far another number may lie from it to be the same but for rounding."""
    return _RELATIVE_TOLERANCE * to_float(abs(number))


def distance(number: Number, other: Number) -> float:
    """How far two numbers lie apart; infinite where floats can't say."""
    try:
        return to_float(abs(number - other))
    except OverflowError:
        return math.inf


@dataclass(frozen=True)
class ClaimedFunction:
    """A function of some labels' numbers; its parameters are the labels."""

    text: str
    function: Callable[..., Any]
    names: tuple[str, ...]
    # Unlike a formula, it knows of no gradients.
    gradients: tuple[str, ...] = ()

    def __call__(self, numbers: Mapping[str, Number], gradients: Mapping[str, Number]) -> Number:
        """Its result at the numbers of the labels."""
        return self.function(*(numbers[name] for name in self.names))


@dataclass(frozen=True)
class UnreadableClaim:
    """A claim that says nothing.

    Attributes:
        text: as it was written.
        fault: why it can't be read.
    """

    text: str
    fault: str


ClaimedFormula = Formula | ClaimedFunction
Claim = ClaimedNumber | ClaimedFormula | UnreadableClaim


def read_claim(claim: Any, labels: Collection[str], error: str = "E") -> Claim:
    """A claim as it was given, understood.

    Args:
        claim: text, a number, a SymPy expression or a function.
        labels: the names that a formula may use.
        error: what the error is called.

    Returns:
        The claim; an unreadable one for text that is no formula in the labels, a function of
        other names, or a number that is not finite.

    Raises:
        TypeError: for anything else.

    >>> read_claim("-0.837", []).unit, read_claim("2/3", []).number, read_claim(0.5, []).unit
    (Fraction(1, 1000), Fraction(2, 3), Fraction(1, 10))
    >>> read_claim("delta * h1", ["delta", "h1"]).text
    'delta * h1'
    """
    try:
        return _read(claim, labels, error)
    except ValueError as fault:
        return UnreadableClaim(_text_of(claim), str(fault))


def _text_of(claim: Any) -> str:
    if isinstance(claim, numbers.Rational):
        return number_text(claim)
    return str(getattr(claim, "__name__", claim))


def _read(claim: Any, labels: Collection[str], error: str) -> Claim:
    if isinstance(claim, str):
        return _read_text(claim, labels, error)
    if isinstance(claim, bool):
        raise TypeError(f"a claim is a number, a formula or a function, not {claim}")
    if isinstance(claim, numbers.Rational):
        exact = Fraction(int(claim.numerator), int(claim.denominator))
        bits = exact.numerator.bit_length() + exact.denominator.bit_length()
        if bits > _MOST_DIGITS * _BITS_OF_A_DIGIT:
            raise ValueError(f"a claimed number has at most {_MOST_DIGITS:,} digits")
        return ClaimedNumber(str(claim), exact, Fraction(0))
    if isinstance(claim, numbers.Real | Decimal):
        return _read_text(str(claim), labels)
    if type(claim).__module__.startswith("sympy."):
        return _read_sympy(claim, labels)
    if callable(claim):
        return _function(claim, labels)
    raise TypeError(
        "a claim is a number, a formula as text or of SymPy, or a function of labels, "
        f"not {claim!r}"
    )


def _read_text(text: str, labels: Collection[str], error: str = "E") -> Claim:
    plain = text.strip().replace("−", "-")
    if _DECIMAL.fullmatch(plain):
        return _decimal(text, plain)
    if plain.lstrip("+-").lower() in ("nan", "snan", "inf", "infinity"):
        raise ValueError(f"a claimed number must be finite, not {text}")
    formula = Formula(text, labels, error)
    if not formula.is_constant:
        return formula
    return ClaimedNumber(text, _constant(formula), Fraction(0))


def _decimal(text: str, plain: str) -> ClaimedNumber:
    mantissa, _, exponent = plain.lower().partition("e")
    # Python refuses to read integers of very many digits, and an exponent has few.
    places = int(exponent or 0) if len(exponent) <= _MOST_DIGITS else math.inf
    if len(mantissa) + abs(places) > _MOST_DIGITS:
        raise ValueError(
            f"{shortened(text)} has too many digits to compare: a claimed number has at most "
            f"{_MOST_DIGITS:,}, zeros included"
        )
    last = Decimal(plain).as_tuple().exponent
    assert isinstance(last, int)
    return ClaimedNumber(text, Fraction(plain), Fraction(10) ** last)


def _constant(formula: Formula) -> Fraction:
    """The number that a formula without labels gives."""
    reason = ""
    try:
        number = formula({})
        if is_finite(number):
            return Fraction(number)
        reason = "" if not isinstance(number, complex) else ": it is complex"
    except ZeroDivisionError:
        reason = ": it divides by 0"
    except ValueError as fault:
        reason = f": {fault}"
    except (ArithmeticError, TypeError):
        pass
    raise ValueError(f"{shortened(formula.text)!r} is no finite number{reason}")


def _read_sympy(expression: Any, labels: Collection[str]) -> Claim:
    import sympy

    if not isinstance(expression, sympy.Expr):
        raise ValueError(f"{shortened(str(expression))!r} is no number and no formula")
    if expression.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise ValueError(f"a claim must be finite, not {shortened(str(expression))}")
    names = sorted(map(str, expression.free_symbols))
    _require_labels(names, labels)
    try:
        return _read_text(str(expression), labels)
    except ValueError:
        # It has branches, or other things that text formulas have not.
        symbols = sorted(expression.free_symbols, key=str)
        try:
            function = sympy.lambdify(symbols, expression.rewrite(sympy.Piecewise), modules="math")
        except (TypeError, NotImplementedError):
            function = None
        # SymPy before 1.13 writes Integral(x, x), say, into the function and defines no such name.
        if function is None or not _defines_its_names(function):
            fault = f"{shortened(str(expression))!r} can't be computed with numbers"
            raise ValueError(fault) from None
        return ClaimedFunction(str(expression), function, tuple(names))


def _defines_its_names(function: Callable[..., Any]) -> bool:
    return set(function.__code__.co_names) <= {*function.__globals__, *dir(builtins)}


def _function(function: Callable[..., Any], labels: Collection[str]) -> ClaimedFunction:
    names = tuple(inspect.signature(function).parameters)
    _require_labels(names, labels)
    name = getattr(function, "__name__", "function")
    return ClaimedFunction(f"{name}({', '.join(names)})", function, names)


def _require_labels(names: Iterable[str], labels: Collection[str]) -> None:
    for name in names:
        if name not in labels:
            raise ValueError(f"the claim takes {name}, which is no label: {choice(name, labels)}")
