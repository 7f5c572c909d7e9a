"""What a person claims about which figure: a number with its rounding, or a formula."""

import builtins
import functools
import inspect
import math
import numbers
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from autograd.checking.derivation.reading.formulas import Formula, read_formula
from autograd.checking.derivation.reading.vocabulary import (
    LEARNING_RATE,
    Given,
    Slope,
    choice,
    shortened,
)
from autograd.checking.derivation.solution import Figure, Problem, is_finite, tolerance
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text, printable
from autograd.value import Value

# How a number may agree with a claim, the closest first.
AGREEMENTS = ("right", "rounded", "cut off")
# A number with so few digits fits many mistakes.
FEW_DIGITS = 2
# In a number with fewer digits, a single wrong one tells nothing.
_FEWEST_DIGITS = 3
# A number that is off by so many units of its last digit was rounded too early.
_UNITS_OFF = 2
# The most digits of a claimed number that is exact.
_MOST_DIGITS = 4000
_BITS_OF_A_DIGIT = math.log2(10)


@dataclass(frozen=True)
class ClaimedNumber:
    """A number, and how finely it was given.

    Attributes:
        text: the claim as it was written.
        number: its number, exactly.
        unit: what one unit of its last digit is worth; 0 for an exact number. For a calculation,
            twice as much as the rounding of its numbers may put the result off.
        earlier: the formulas that are said to be equal to it, as in "(o − t)·h1 = 0.44".
    """

    text: str
    number: Fraction
    unit: Fraction
    earlier: tuple[Formula, ...] = ()

    @functools.cached_property
    def digits(self) -> int:
        """How many digits it has, from the first that is not 0 on; none for "0.00"."""
        if not self.unit:
            return 17 if self.number else 0
        return len(str(abs(self.number) // self.unit)) if self.number else 0

    def agreement(self, number: Number, slack: float, spread: float = 0.0) -> str | None:
        """How it agrees with a number that may itself be off.

        Args:
            number: what it is compared with.
            slack: how far that number may be off, as one that floats round.
            spread: how far it may be off besides, as one that a person rounded.

        Returns:
            "right" if it is the number itself, "rounded" if the number rounds to it, "cut off"
            if it is the number without its further digits, or None if it does not agree.

        >>> claim = ClaimedNumber("0.16", Fraction("0.16"), Fraction("0.01"))
        >>> claim.agreement(0.163, 0.0), claim.agreement(0.168, 0.0), claim.agreement(0.18, 0.0)
        ('rounded', 'cut off', None)
        """
        if not is_finite(number) or not math.isfinite(slack + spread):
            return None
        exact, room = Fraction(number), Fraction(spread)
        distance = abs(exact - self.number)
        if distance <= slack:
            return "right"
        if distance <= self.unit / 2 + Fraction(slack) + room:
            return "rounded"
        is_towards_zero = abs(self.number) < abs(exact) + room and self.number * exact >= 0
        return "cut off" if is_towards_zero and distance < self.unit + room else None

    def is_exactly(self, number: Number) -> bool:
        """Whether it is an integer, and equal to this number except for rounding in floats."""
        is_integer = self.number.denominator == 1 and self.unit in (0, 1)
        return is_integer and self.agreement(number, tolerance(number)) == "right"

    def is_off_at_the_end(self, right: Number) -> bool:
        """Whether it has several digits and is nearly right, most likely because of rounding."""
        if not self.unit or self.digits < _FEWEST_DIGITS or not is_finite(right):
            return False
        allowed = _UNITS_OFF * self.unit + Fraction(tolerance(right))
        return abs(self.number - Fraction(right)) <= allowed

    def wrong_digits(self, right: Number) -> Iterator[str]:
        """One digit wrong, extra or left out, or two swapped, as in copying: each in words."""
        is_rounded = self.unit and self.digits >= _FEWEST_DIGITS and is_finite(right)
        if not is_rounded or self.number * Fraction(right) <= 0:
            return
        claimed, exact = str(abs(self.number) // self.unit), abs(Fraction(right)) / self.unit
        # The claim may be rounded, or cut off from a longer number.
        for whole in dict.fromkeys((round(exact), int(exact))):
            digits = str(whole)
            if len(digits) != len(claimed):
                continue
            # The places of the wrong digits.
            differing = [i for i in range(len(claimed)) if digits[i] != claimed[i]]
            here, there = ([text[i] for i in differing] for text in (claimed, digits))
            if len(differing) == 2 and here == there[::-1]:
                yield f"two digits are swapped, {here[0]} and {here[1]}"
            elif len(differing) == 1:
                place = differing[0] + 1
                at = "at the end" if place == len(digits) else f"in place {place} of {len(digits)}"
                yield f"one digit is wrong, the {here[0]} {at}"
        if len(claimed) <= _FEWEST_DIGITS:
            return
        # 0.0000351085 for 0.000035085, and the other way round.
        shorter, longer = str(round(exact / 10)), str(round(exact * 10))
        if place := _extra_digit(claimed, shorter):
            yield f"there is a digit too many, the {claimed[place - 1]} in place {place}"
        if place := _extra_digit(longer, claimed):
            yield f"a digit is left out, a {longer[place - 1]} in place {place}"


def _extra_digit(longer: str, shorter: str) -> int:
    """The place of the one digit that the longer number has and the shorter one lacks, or 0."""
    places = range(len(longer))
    return next((i + 1 for i in places if longer[:i] + longer[i + 1 :] == shorter), 0)


@dataclass(frozen=True)
class ClaimedFunction:
    """A claim that is a function of the numbers of some labels, which name its parameters."""

    text: str
    function: Callable[..., Any]
    names: tuple[str, ...]
    # Unlike a formula, it uses no derivatives.
    slopes: tuple[Slope, ...] = ()

    def __call__(self, given: Given) -> Number:
        """Its result at the numbers of the labels."""
        return self.function(*(given[name] for name in self.names))


@dataclass(frozen=True)
class UnreadableClaim:
    """A claim that can't be read.

    Attributes:
        text: the claim as it was written.
        fault: why it can't be read.
    """

    text: str
    fault: str


ClaimedFormula = Formula | ClaimedFunction
Claim = ClaimedNumber | ClaimedFormula | UnreadableClaim


def read_claims(
    problem: Problem, claims: Mapping[Value | str, Any], of: str
) -> dict[Figure, Claim]:
    """Which figure of a problem each claim is about, and what it says.

    Args:
        problem: the graph.
        claims: as for `check_derivation`.
        of: the quantity that is claimed.

    Raises:
        TypeError: if the claims are not a dict, or one of them can't be a claim.
        ValueError: for a node that is not in the graph, a label that two nodes have, two claims
            about one node, or a claim that explains a figure by itself.
    """
    if not isinstance(claims, Mapping):
        raise TypeError(
            "claims is a dict with a claim for each node, as in {w: '1.5'}, not "
            f"{type(claims).__name__}"
        )
    found: dict[Figure, Claim] = {}
    for key, claim in claims.items():
        figure = Figure(of, _node_of(problem, key))
        if figure in found:
            title = problem.title(figure)
            raise ValueError(f"{title} is claimed twice, by its label and as a Value")
        found[figure] = _read_about(problem, figure, claim)
    return found


def _node_of(problem: Problem, key: Value | str) -> Value:
    """The node that a claim is about."""
    if isinstance(key, Value):
        if key not in problem.nodes:
            raise ValueError(f"{problem.name(key)} has no part in the error")
        return key
    if (node := problem.node(key)) is not None:
        return node
    count = len(problem.labels.get(key, ()))
    known = printable(", ".join(problem.labels)) or "none"
    reason = f"{count} nodes have" if count else f"there are {known}, and none has"
    raise ValueError(f"{reason} the label {key!r}")


def _read_about(problem: Problem, figure: Figure, text: Any) -> Claim:
    """Understands a claim about a figure."""

    def read_in(names: Collection[str]) -> Claim:
        label = figure.node.label or ""
        # Among new values, w′ is a new weight and not a derivative.
        by = label if figure.quantity == "gradient" else ""
        error = problem.error.label or "E"
        return read_claim(text, names, error, label, by, problem.given_numbers)

    known = [label for label, nodes in problem.labels.items() if len(nodes) == 1]
    if problem.learning_rate is not None:
        known.append(LEARNING_RATE)
    claim = read_in(known)
    if isinstance(claim, UnreadableClaim) and problem.unlabelled:
        # It may be copied from `explain`, which names nodes without a label.
        again = read_in([*known, *problem.unlabelled])
        claim = claim if isinstance(again, UnreadableClaim) else again
    if isinstance(claim, ClaimedNumber | UnreadableClaim):
        return claim
    if any(problem.node(name) is None for slope in claim.slopes for name in slope[:2] if name):
        return UnreadableClaim(claim.text, "the learning rate has no gradient")
    if fault := _two_deltas(problem, claim):
        return UnreadableClaim(claim.text, fault)
    names = claim.names if figure.is_forward else ()
    if figure.quantity == "gradient":
        names = tuple(slope.by for slope in claim.slopes if slope.is_gradient)
    if any(problem.node(name) is figure.node for name in names):
        title = problem.title(figure)
        raise ValueError(f"the claim {claim.text!r} explains {title} by itself")
    return claim


def _two_deltas(problem: Problem, claim: ClaimedFormula) -> str:
    """What is unclear about δ_h: to many it is the derivative by the operand of h's function."""
    for label in claim.deltas if isinstance(claim, Formula) else ():
        node = problem.node(label)
        if node is None or node.rule is None:
            continue
        if node.rule.is_unary and node.op.isidentifier():
            name = shortened(label)
            return (
                f"δ_{name} may be the derivative by {name} or by what {node.op} is taken of: "
                f"write which, as ∂E/∂{name}"
            )
    return ""


def read_claim(
    claim: Any,
    labels: Collection[str],
    error: str = "E",
    about: str = "",
    by: str = "",
    exact: Collection[float] = (),
) -> Claim:
    """Understands a claim as it was given.

    Args:
        claim: text, a number, a SymPy expression or a function.
        labels: the names that a formula may use.
        error: what the error is called.
        about: the label of the node that the claim is about.
        by: the label with respect to which u′ is the derivative of u; "" for none.
        exact: numbers of the problem, which nobody rounded: they are exact in a calculation.

    Returns:
        The claim; an unreadable one for text that is not a formula in the labels, a function of
        other names, or a number that is not finite.

    Raises:
        TypeError: for anything else.

    >>> read_claim("-0.837", []).unit, read_claim("2/3", []).number, read_claim(0.5, []).unit
    (Fraction(1, 1000), Fraction(2, 3), Fraction(1, 10))
    >>> read_claim("∂E/∂w = 0.5·0.741 = 0.37", ["w"], about="w").earlier[0]({})
    Fraction(741, 2000)
    """
    try:
        if isinstance(claim, str):
            return _read_text(claim, labels, error, about, by, exact)
        return _read(claim, labels)
    except ValueError as fault:
        return UnreadableClaim(_text_of(claim), str(fault))


def _text_of(claim: Any) -> str:
    if isinstance(claim, numbers.Rational):
        return number_text(claim)
    return str(getattr(claim, "__name__", claim))


def _read(claim: Any, labels: Collection[str]) -> Claim:
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


def _read_text(
    text: str,
    labels: Collection[str],
    error: str = "E",
    about: str = "",
    by: str = "",
    exact: Collection[float] = (),
) -> ClaimedNumber | Formula:
    if text.strip().lstrip("+-−").lower() in ("nan", "snan", "inf", "infinity"):
        raise ValueError(f"a claimed number must be finite, not {text}")
    formula = read_formula(text, labels, error, about, by)
    if not formula.is_constant:
        return formula
    literal = formula.literal
    if literal is None:
        slack = formula.slack({}, exact=exact)
        unit = Fraction(2 * slack if math.isfinite(slack) else 0)
        return ClaimedNumber(text, _constant(formula), unit, formula.earlier)
    number = Fraction(literal.number)
    # 28 may be 27.65 rounded to two digits; integers below 10 are meant exactly.
    is_rounded = literal.unit == 0 and number.denominator == 1 and abs(number) >= 10
    unit = Fraction(1) if is_rounded else literal.unit
    return ClaimedNumber(text, number, unit, formula.earlier)


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
    raise ValueError(f"{shortened(formula.text)!r} is not a finite number{reason}")


def _read_sympy(expression: Any, labels: Collection[str]) -> Claim:
    import sympy

    if not isinstance(expression, sympy.Expr):
        raise ValueError(f"{shortened(str(expression))!r} is neither a number nor a formula")
    if expression.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise ValueError(f"a claim must be finite, not {shortened(str(expression))}")
    names = sorted(map(str, expression.free_symbols))
    _require_labels(names, labels)
    try:
        return _read_text(str(expression), labels)
    except ValueError:
        # It has branches, or something else that a formula in text can't have.
        symbols = sorted(expression.free_symbols, key=str)
        try:
            function = sympy.lambdify(symbols, expression.rewrite(sympy.Piecewise), modules="math")
        except (TypeError, NotImplementedError):
            function = None
        # SymPy before 1.13 writes, say, Integral(x, x) into the function without defining Integral.
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
            known = choice(name, labels)
            raise ValueError(f"the claim takes {name}, which is not a label: {known}")
