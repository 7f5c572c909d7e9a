"""What the checks of exercises are made of: the project's own checkers, and sentences.

A blank, written `...`, is left out, so that what is filled in is checked at once. The right
number is never said.
"""

import contextlib
import functools
import importlib.util
import re
import reprlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from autograd import Value, check_derivation, gradcheck, primitive

# So many digits of a rounded figure tell a right one from a slip.
DIGITS = 3


def label(**nodes: Value) -> None:
    """Gives each Value the name under which it is claimed.

    >>> y = Value(2.0) * 3
    >>> label(y=y)
    >>> y.label
    'y'
    """
    for name, node in nodes.items():
        node.label = name


def filled(claims: Mapping[str, Any]) -> dict[Any, Any]:
    """The claims without the blanks.

    >>> filled({"w": 0.5, "x": ...})
    {'w': 0.5}
    """
    return {name: claim for name, claim in claims.items() if claim is not ...}


def require(holds: Any, sentence: str) -> None:
    """Raises AssertionError with this sentence unless it holds. No `assert`: -O drops those."""
    if not holds:
        raise AssertionError(sentence)


def shown(answer: Any) -> str:
    """An answer as a message shows it, not too long.

    >>> shown((1, ...))
    '(1, ...)'
    """
    return reprlib.repr(answer).replace("Ellipsis", "...")


def as_number(name: str, answer: Any) -> float:
    """An answer that is to be a number, or a text like "1/2".

    Raises:
        AssertionError: for anything else, nan and infinity included.

    >>> as_number("y", None)
    Traceback (most recent call last):
    AssertionError: y is to be a number, not None
    """
    try:
        return float(Fraction(answer))
    except (TypeError, ValueError, ArithmeticError):
        raise AssertionError(f"{name} is to be a number, not {shown(answer)}") from None


@contextlib.contextmanager
def inside(place: str) -> Iterator[None]:
    """Begins what is wrong in a part of the answers with the place of that part.

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


def check_figures(error: Value, claims: Mapping[str, Any], **options: Any) -> Any:
    """Checks figures that were worked out by hand, or formulas for them.

    Args:
        error: the output of a labelled graph.
        claims: a figure for each label, as `check_derivation` takes them, or `...`.
        **options: of `check_derivation`.

    Returns:
        The report, for `given=`; None where all is blank.

    Raises:
        AssertionError: with a sentence for each wrong figure.

    >>> w, x = Value(0.5, "w"), Value(3.0, "x")
    >>> check_figures(w * x, {"w": "-3.00", "x": ...})
    Traceback (most recent call last):
    AssertionError: gradient of w is not -3.00: the sign is wrong. ...
    """
    found = filled(claims)
    if not found:
        return None
    try:
        report = check_derivation(error, found, **options)
    except (TypeError, ValueError) as refusal:
        if len(found) > 1:
            for name, claim in found.items():
                check_figures(error, {name: claim}, **options)
        raise AssertionError(f"{', '.join(map(str, found))}: {refusal}") from None
    wrong = [_sentence(verdict) for verdict in report.verdicts if not verdict]
    wrong += [
        f"{v.figure}: {v.claimed} may be right, but give {DIGITS} digits or more"
        for v in report.verdicts
        if v.verdict == "rounded" and _digits(v.claimed) < DIGITS
    ]
    right = [v.label for v in report.verdicts if v.verdict == "right"]
    require(not wrong, "\n".join(wrong + ([f"Right: {', '.join(right)}."] if right else [])))
    return report


def check_formulas(error: Value, claims: Mapping[str, Any], **options: Any) -> Any:
    """The same for formulas in labels, right for all numbers and not only for these."""
    for name, claim in filled(claims).items():
        text = str(claim).strip().lstrip("+-")
        is_formula = callable(claim) or any(map(str.isalpha, text)) or text.isdecimal()
        require(is_formula, f'{name}: write a formula in names, as "2 * x", not {shown(claim)}')
    if importlib.util.find_spec("sympy") is None:
        print(
            "Formulas are compared at random numbers. SymPy also proves them equal: "
            'python -m pip install ".[symbolic]"'
        )
    return check_figures(error, claims, **options)


def check_gradient(function: Callable[..., Any], *point: float) -> None:
    """Checks the derivatives of a function at a point by `gradcheck`.

    Raises:
        AssertionError: with a sentence for each wrong derivative.
    """
    report = gradcheck(function, *point)
    wrong = [f"{v.name}: {v.explanation}" for v in report.verdicts if v.verdict not in _PASSING]
    require(report, "\n".join(wrong))


_PASSING = ("ok", "kink")


def check_engine(number: Any, programs: Mapping[str, tuple[Callable[..., Any], Any]]) -> None:
    """Checks a scalar engine by `gradcheck`: its gradients against its own results.

    Args:
        number: its class, with `data`, `grad` and `backward()`.
        programs: by what they are called, functions of such numbers or of Values, and the
            floats to run them at.

    Raises:
        AssertionError: naming the first program with a wrong gradient, or a wrong result.
    """
    if number is ...:
        return
    for name, (program, point) in programs.items():
        rule = _as_rule(number, program, name)
        result, right = rule(*point), program(*map(Value, point)).data
        report = gradcheck(rule, *point)
        at = ", ".join(f"{verdict.input} = {verdict.at:g}" for verdict in report.verdicts)
        require(
            result == right, f"The result of {name} at {at} is {result:.6g}: leave that as it was"
        )
        wrong = [
            f"- {v.input}: the engine says {v.analytic:.6g}, differences say {v.numeric:.6g}"
            + (f": {v.edge.mistake}" if v.edge and v.edge.mistake else "")
            for v in report.verdicts
            if v.verdict not in _PASSING
        ]
        require(report, "\n".join([f"The gradient of {name} at {at} is wrong, in", *wrong]))


def _as_rule(number: Any, program: Callable[..., Any], name: str) -> Any:
    """A program in another engine as a rule of ours: its result, and its gradient."""

    @functools.wraps(program)
    def rule(*operands: float) -> tuple[float, tuple[float, ...]]:
        inputs = [number(operand) for operand in operands]
        output = program(*inputs)
        require(
            hasattr(output, "backward"),
            f"{name} gives {shown(output)}: each operation is to return a {number.__name__}",
        )
        output.backward()
        gradients = [as_number(f"A gradient of {name}", x.grad) for x in inputs]
        return as_number(f"The result of {name}", output.data), tuple(gradients)

    return primitive(rule)


def _sentence(verdict: Any) -> str:
    """What is wrong with a claim, without the right number."""
    claimed = verdict.claimed if _is_number(verdict.claimed) else f"what {verdict.claimed} gives"
    return f"{verdict.figure} is not {claimed}: {verdict.mistake}"


def _is_number(claimed: str) -> bool:
    try:
        Fraction(claimed.replace("−", "-"))
    except ValueError:
        return False
    return True


def _digits(claimed: str) -> int:
    """How many significant digits a decimal number is written with."""
    return len(re.sub(r"^[-−+0.]*|e.*|\D", "", claimed.lower()))
