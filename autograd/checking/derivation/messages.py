"""What is said to the person about a claim."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from autograd.checking.derivation.claims import (
    FEW_DIGITS,
    ClaimedFormula,
    ClaimedNumber,
    UnreadableClaim,
)
from autograd.checking.derivation.measured import is_finite
from autograd.checking.derivation.mistakes.mistake import KINDS, Mistake
from autograd.checking.derivation.points import Point
from autograd.checking.derivation.reading.vocabulary import shortened
from autograd.checking.derivation.solution import Figure
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text

_SHOWN_DIGITS = 6
_FULL_DIGITS = 8
_DIGITS_OF_A_FLOAT = 15

# None where no mistake was looked for, because the graph is too large.
Mistakes = Sequence[Mistake] | None


class Finding(NamedTuple):
    """A verdict, the mistake that it looks like, and the message, as in ClaimVerdict."""

    verdict: str
    message: str
    mistake: str = ""
    where: str | None = None
    kind: str | None = None
    alternatives: tuple[str, ...] = ()


def on_broken_equation(title: str, broken: str, slips: Sequence[Mistake]) -> Finding:
    """On a chain of equations in which one equals sign does not hold."""
    return _wrong(f"{title}: ", f"{broken}: {_explained(slips)}" if slips else broken, slips)


def on_right_number(claim: ClaimedNumber, agreement: str) -> Finding:
    """On a number that is right, or right as far as it goes."""
    if agreement == "right":
        return Finding("right", "right")
    return _rounded(claim, agreement)


def on_supported_number(claim: ClaimedNumber, agreement: str, right: Number, given: str) -> Finding:
    """On a number that follows from rounded figures: `given` names one; "" if it is not claimed."""
    finding = _rounded(claim, agreement) if claim.unit else Finding("rounded", "right")
    exact = number_text(to_float(right), max(claim.digits, 1) + 1)
    reason = f"with {given}" if given else "with steps rounded on the way"
    return finding._replace(message=f"{finding.message}, {reason}; unrounded {exact}")


def _rounded(claim: ClaimedNumber, agreement: str) -> Finding:
    if not claim.digits:
        text = "right, but rounded to 0: no digit is left to check"
        return Finding("rounded", text, kind="no digits")
    text = f"right to {claim.digits} digit{'s' if claim.digits > 1 else ''}"
    if agreement == "rounded":
        return Finding("rounded", text)
    return Finding("rounded", f"{text}, cut off, not rounded", kind="cut off")


def on_wrong_number(title: str, claim: ClaimedNumber, right: Number, mistakes: Mistakes) -> Finding:
    """On a number that is wrong."""
    if not is_finite(right):
        mistake = "no claim about it is right"
        return Finding("wrong", f"{title} is {right} at these numbers: {mistake}", mistake)
    is_one_digit = claim.digits == 1 and mistakes == []
    explained = "more digits would tell why." if is_one_digit else _explained(mistakes)
    if math.isinf(to_float(claim.number)):
        explained = "it is beyond 1.8e308, the largest float: look at its exponent."
    is_coarse = 0 < claim.digits <= FEW_DIGITS
    if mistakes and is_coarse and not claim.is_exactly(mistakes[0].number):
        explained += " With so few digits, this is a guess."
    shown = _shown_for(claim, right)
    return _wrong(f"{title} is {shown}, not {shortened(claim.text)}: ", explained, mistakes)


def _shown_for(claim: ClaimedNumber, right: Number) -> str:
    """The right number, to as many digits as the claim if these show the difference."""
    if not claim.unit or claim.digits <= FEW_DIGITS:
        return number_text(right, _FULL_DIGITS)
    is_full = claim.digits > _DIGITS_OF_A_FLOAT
    return repr(float(right)) if is_full else number_text(float(right), claim.digits)


def on_undecided_number(
    title: str, claim: ClaimedNumber, right: Number, name: str, old: Number
) -> Finding:
    """On a new value with so few digits that it may just as well be the old one."""
    is_old = claim.agreement(old, 0.0) == "right"
    what = "the old value" if is_old else "what the old value rounds to"
    mistake = f"{shortened(claim.text)} is {what}"
    mistake += ": more digits are needed to tell that the step was made."
    shown = number_text(right, _FULL_DIGITS)
    return Finding("wrong", f"{title} is {shown}: {mistake}", mistake, name, "old value")


def on_unreadable(title: str, claim: UnreadableClaim) -> Finding:
    """On a claim that can't be read."""
    return Finding("unreadable", f"{title}: {claim.fault}", claim.fault)


def on_right_formula(is_proved: bool, count: int) -> Finding:
    """On a formula that is right."""
    if is_proved:
        return Finding("right", "right for all values")
    return Finding("right", f"right here and at {count} random points")


def on_conditional_formula(condition: str) -> Finding:
    """On a formula that is right under a condition, which holds here."""
    return Finding("right", f"right {condition}")


def on_numbers_put_in(agreement: str) -> Finding:
    """On a formula with numbers put in for figures, so that it is right at these numbers alone."""
    return Finding(agreement, "right here, where numbers are put in")


def on_wrong_formula(
    figure: Figure, claim: ClaimedFormula, here: Point, mistakes: Mistakes
) -> Finding:
    """On a formula that is wrong at the numbers of the graph."""
    claimed, right = here.claimed(figure, claim).number, here.right(figure).number
    title = here.problem.title(figure)
    text = f"{title} is {_shown(right)} here, and the formula gives {_shown(claimed)}: "
    return _wrong(text, _explained(mistakes), mistakes)


def on_coincidence(
    figure: Figure, claim: ClaimedFormula, point: Point, mistakes: Mistakes
) -> Finding:
    """On a formula that is right at the numbers of the graph alone."""
    nodes = {name: point.problem.node(name) for name in claim.names}
    numbers = [
        f"{name} = {_shown(point.solution.values[node])}"
        for name, node in nodes.items()
        if node is not None
    ]
    elsewhere = f"At {', '.join(numbers)}" if numbers else "Elsewhere"
    claimed, right = point.claimed(figure, claim).number, point.right(figure).number
    mistake = (
        f"the formula is right at these numbers only. {elsewhere} "
        f"it gives {_shown(claimed)}, and {_shown(right)} is right"
    )
    mistake += f": {_explained(mistakes)}" if mistakes else f". {KINDS['coincidence']}"
    finding = _wrong(f"{point.problem.title(figure)}: ", mistake, mistakes)
    return finding._replace(kind="coincidence", alternatives=_kinds(mistakes))


def _wrong(text: str, mistake: str, mistakes: Mistakes) -> Finding:
    where = mistakes[0].where if mistakes else None
    kind, *alternatives = _kinds(mistakes) or (None,)
    return Finding("wrong", text + mistake, mistake, where, kind, tuple(alternatives))


def _explained(mistakes: Mistakes) -> str:
    """What went wrong, what to do about it, and what else it could be."""
    if mistakes is None:
        return "the graph is too large to look for the mistake."
    if not mistakes:
        return "it looks like no mistake that is known here."
    first = mistakes[0]
    hint = first.hint or KINDS.get(first.kind)
    others = ", ".join(_kinds(mistakes)[1:])
    sentences = [f"{first.words}.", hint, others and f"It could also be: {others}."]
    return " ".join(filter(None, sentences))


def _kinds(mistakes: Mistakes) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mistake.kind for mistake in mistakes or ()))


def _shown(number: Number) -> str:
    return number_text(number, _SHOWN_DIGITS)
