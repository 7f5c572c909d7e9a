"""What the checks of exercises are made of: the project's own checkers, and words for learners.

A blank, written `...`, is skipped, so that learners can check what they have so far. No message
gives away the right number.
"""

import contextlib
import importlib.util
import math
import re
import reprlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from autograd import Value, check_derivation

# With fewer digits, a rounded figure that is right can't be told from a slip.
DIGITS = 3
# For each label, the Values that mistakes lead to, and what to say about each.
Mistakes = Mapping[str, Mapping[Value, str]]
_NONE: Mistakes = {}
# A few operations on numbers near 1 are off by about 1e-15 in total.
ROUNDING = 1e-9


def label(**nodes: Value) -> None:
    """Gives each Value the label by which learners name it.

    >>> y = Value(2.0) * 3
    >>> label(y=y)
    >>> y.label
    'y'
    """
    for name, node in nodes.items():
        node.label = name


def filled(claims: Mapping[str, Any]) -> dict[Any, Any]:
    """The claims that are not blank.

    >>> filled({"w": 0.5, "x": ...})
    {'w': 0.5}
    """
    return {name: claim for name, claim in claims.items() if claim is not ...}


def require(holds: Any, sentence: str) -> None:
    """Raises AssertionError unless a condition holds. (An `assert` would be dropped by -O.)"""
    if not holds:
        raise AssertionError(sentence)


def shown(answer: Any) -> str:
    """An answer as messages show it, cut short if it is long.

    >>> shown((1, ...))
    '(1, ...)'
    """
    try:
        return reprlib.repr(answer).replace("Ellipsis", "...")
    except ValueError:
        # Python does not write out integers of more than 4,300 digits.
        return "so large a number"


def as_number(name: str, answer: Any) -> float:
    """The number in an answer, which may be a number, or text such as "1/2" or "0,5".

    Args:
        name: the name of the number, for the message.
        answer: the learner's answer.

    Raises:
        AssertionError: for anything else, including nan and infinity.

    >>> as_number("y", "−0,5")
    -0.5
    >>> as_number("y", None)
    Traceback (most recent call last):
    AssertionError: y must be a number, not None
    """
    written = _in_ascii(answer) if isinstance(answer, str) else answer
    try:
        # Fraction("1e999999999") would work out a billion digits.
        is_quotient = isinstance(written, str) and "/" in written
        number = float(Fraction(written) if is_quotient else written)
    except (TypeError, ValueError, ArithmeticError):
        number = math.nan
    require(math.isfinite(number), f"{name} must be a number, not {shown(answer)}")
    return number


def _in_ascii(number: str) -> str:
    """A number as text, with a decimal point and an ASCII minus sign."""
    return number.replace("−", "-").replace(",", ".")


def check_number(
    name: str, answer: Any, right: float, mistakes: Mapping[float, str], within: float = 0.005
) -> None:
    """Checks a number that is not a figure of a graph.

    Args:
        name: what it is, for the message.
        answer: the learner's answer, or `...`.
        right: the right number.
        mistakes: the numbers that common mistakes lead to, and what to say about each.
        within: how far off an answer may be, relative to the right number. With the default, three
            digits are enough.

    Raises:
        AssertionError: if the answer is wrong, with the cause if it is known.

    >>> check_number("the mean of 2 and 4", 6, 3, {6: "this is their sum"})
    Traceback (most recent call last):
    AssertionError: the mean of 2 and 4 is not 6: this is their sum
    """
    if answer is ...:
        return
    number = as_number(name, answer)

    def is_near(other: float) -> bool:
        return math.isclose(number, other, rel_tol=within, abs_tol=ROUNDING)

    usual = {
        -right: "the sign is wrong",
        2 * right: "it is twice what it should be",
        right / 2: "it is half of what it should be",
    }
    usual |= {right * 10.0**places: "a slip of the decimal point" for places in (-2, -1, 1, 2)}
    if not is_near(right):
        # The mistakes of the exercise come first, since they say more.
        likely = [*mistakes.items(), *usual.items()]
        causes = [f": {cause}" for wrong, cause in likely if is_near(wrong)]
        told = f"{answer:.9g}" if isinstance(answer, float) else shown(answer)
        require(False, f"{name} is not {told}" + "".join(causes[:1]))


@contextlib.contextmanager
def inside(place: str) -> Iterator[None]:
    """A context that puts the place of an answer before the message about what is wrong there.

    >>> with inside("x * y"):
    ...     check_figures(Value(2.0, "y") * 3, {"y": None})
    Traceback (most recent call last):
    AssertionError: In x * y:
    y: a claim is a number...
    """
    try:
        yield
    except AssertionError as wrong:
        raise AssertionError(f"In {place}:\n{wrong}") from None


def check_each(parts: Mapping[str, Callable[[], Any]]) -> None:
    """Checks independent parts, and says in one message what is wrong in any of them.

    Args:
        parts: for each place, a function that checks the part there.

    Raises:
        AssertionError: if any part is wrong.

    >>> check_each({"1.": lambda: require(False, "no"), "2.": lambda: require(False, "nor this")})
    Traceback (most recent call last):
    AssertionError: In 1.:
    no
    In 2.:
    nor this
    """
    wrong = []
    for place, check in parts.items():
        try:
            with inside(place):
                check()
        except AssertionError as error:
            wrong.append(str(error))
    require(not wrong, "\n".join(wrong))


def check_figures(
    error: Value, claims: Mapping[str, Any], mistakes: Mistakes = _NONE, **options: Any
) -> Any:
    """Checks figures that were worked out by hand, or formulas for them.

    Args:
        error: the output of a labelled graph.
        claims: for each label a figure in any form that `check_derivation` takes, or `...`.
        mistakes: for a label, the Values that mistakes in this exercise lead to, each with what
            to say about it.
        **options: further arguments of `check_derivation`.

    Returns:
        The report, to be passed on as `given=`; None if everything is blank.

    Raises:
        AssertionError: with a sentence for each wrong figure.

    >>> w, x = Value(0.5, "w"), Value(3.0, "x")
    >>> check_figures(w * x, {"w": "-3.00", "x": ...})
    Traceback (most recent call last):
    AssertionError: gradient of w is not -3.00: the sign is wrong. ...
    >>> check_figures(w * x, {"w": 3.5}, {"w": {w + x: "this is w + x"}})
    Traceback (most recent call last):
    AssertionError: gradient of w is not 3.5: this is w + x
    """
    found = filled(claims)
    if not found:
        return None
    try:
        report = check_derivation(error, found, **options)
    except (TypeError, ValueError) as refusal:
        if len(found) > 1:
            for name, claim in found.items():
                check_figures(error, {name: claim}, mistakes, **options)
        raise AssertionError(f"{', '.join(map(str, found))}: {refusal}") from None
    wrong = [
        _sentence(v, _cause(v, found.get(v.label), mistakes.get(v.label, {})))
        for v in report.verdicts
        if not v
    ]
    coarse = [v for v in report.verdicts if _is_coarse(v)]
    wrong += [
        f"{v.figure} is not exactly {v.claimed}: give {DIGITS} digits or more" for v in coarse
    ]
    right = ", ".join(v.label for v in report.verdicts if v and v not in coarse)
    require(not wrong, "\n".join(wrong + ([f"Right: {right}."] if right else [])))
    return report


def check_formulas(error: Value, claims: Mapping[str, Any], mistakes: Mistakes = _NONE) -> Any:
    """Checks formulas in labels, which must be right for any numbers, not just for these.

    Args:
        error: the output of a labelled graph.
        claims: for each label a formula, or `...`.
        mistakes: as for `check_figures`.

    Returns:
        The report; None if everything is blank.

    Raises:
        AssertionError: with a sentence for each wrong formula.
    """
    for name, claim in filled(claims).items():
        text = (claim if isinstance(claim, str) else shown(claim)).strip().lstrip("+-")
        is_formula = callable(claim) or any(map(str.isalpha, text)) or text.isdecimal()
        require(is_formula, f'{name}: write a formula in names, as "2 * x", not {shown(claim)}')
    if importlib.util.find_spec("sympy") is None:
        print(
            "Formulas are compared at random numbers. SymPy also proves them equal: "
            'python -m pip install ".[symbolic]"'
        )
    return check_figures(error, claims, mistakes)


def _cause(verdict: Any, claim: Any, mistakes: Mapping[Value, str]) -> str:
    """What is wrong with a claim, in the exercise's own words if it has some for it."""
    if verdict.verdict == "wrong":
        for value, cause in mistakes.items():
            if check_derivation(value, {value: claim}, of="value"):
                return cause
    # In "the derivative of log at x is 1 / x, not 1 / log(x)", the 1 / x is left to the learner.
    return _RIGHT_DERIVATIVE.sub(r"\1 is not ", verdict.mistake)


_RIGHT_DERIVATIVE = re.compile(
    r"(the derivative of [^,.]+? (?:at|with respect to) [^,.]+?) is .+?, not (?!its )"
)


def _sentence(verdict: Any, cause: str) -> str:
    """What is wrong with a claim, without the right number."""
    if verdict.verdict == "unreadable":
        return f"{verdict.figure}: {cause}"
    # A number may be written as a calculation, whose only letter is an e.
    is_formula = re.search(r"[^\W\d_eE]", verdict.claimed)
    claimed = f"what {verdict.claimed} gives" if is_formula else verdict.claimed
    return f"{verdict.figure} is not {claimed}: {cause}"


def _is_coarse(verdict: Any) -> bool:
    """Whether a figure is right, but rounded to so few digits that it could be a slip."""
    try:
        number = float(_in_ascii(verdict.claimed))
    except ValueError:
        return False
    digits = re.sub(r"^[-−+0.,]*|e.*|\D", "", verdict.claimed.lower())
    is_short = verdict.verdict == "rounded" and len(digits) < DIGITS
    return is_short and not math.isclose(number, verdict.right, rel_tol=ROUNDING)
