"""What is said about each claim, and the report: a verdict for each, and a table."""

import math
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from autograd.checking.derivation.claims import (
    FEW_DIGITS,
    Claim,
    ClaimedFormula,
    ClaimedNumber,
)
from autograd.checking.derivation.mistakes import KINDS, Mistake
from autograd.checking.derivation.points import Point
from autograd.checking.derivation.reading.vocabulary import shortened
from autograd.checking.derivation.solution import Figure, is_finite
from autograd.checking.report import Row, TableReport, as_plain_dict
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value

# The numbers in labels, of layers and units.
_NUMBERS = re.compile(r"[\d₀-₉⁰-⁹]+")
_SHOWN_DIGITS = 6
_FULL_DIGITS = 8
_DIGITS_OF_A_FLOAT = 15

# None where no mistake was looked for, because the graph is too large.
Mistakes = Sequence[Mistake] | None


@dataclass(frozen=True)
class ClaimVerdict:
    """What was found about one claim.

    Attributes:
        figure: what was claimed, as in "gradient of w5".
        label: the label of the node; for a node without one, how it was computed, or for a leaf
            w1, w2 and so on, in the order of the claims.
        quantity: "value", "gradient", "step", "update" or "new value".
        claimed: the claim as it was written.
        right: the right number.
        verdict: "right", "rounded" (right to the digits given, or with figures that were rounded
            before), "wrong", or "unreadable" for a claim that could not be understood, which is
            not compared.
        kind: the kind of mistake that it looks like, or None; "cut off" or "no digits" for a
            claim that is right with a remark.
        where: the node, weight or figure that the mistake concerns, or None.
        alternatives: other kinds that lead to the same claim, the likelier first.
        message: a sentence about the claim.
        mistake: the part of the message on what went wrong, without the right number, for learners
            who are to find it themselves; empty if nothing went wrong.
    """

    figure: str
    label: str
    quantity: str
    claimed: str
    right: float
    verdict: str
    kind: str | None
    where: str | None
    alternatives: tuple[str, ...]
    message: str
    mistake: str

    def __bool__(self) -> bool:
        return self.verdict in ("right", "rounded")


@dataclass(frozen=True, eq=False, repr=False)
class DerivationReport(TableReport):
    """All verdicts. It is true if every claim is right, and prints as a table.

    Attributes:
        by_node: the verdict on the claim about each node, in order.
        error: the output of the graph.
        claims: what was claimed, here and in the reports that this one builds on.
        wrong: the figures about which the claims are wrong.
    """

    by_node: Mapping[Value, ClaimVerdict]
    error: Value
    claims: Mapping[Figure, Claim]
    wrong: Set[Figure]

    _subject = "derivation"
    _head = ("figure", "claimed", "right", "verdict", "kind")

    @property
    def verdicts(self) -> tuple[ClaimVerdict, ...]:
        """One for each claim, in order."""
        return tuple(self.by_node.values())

    def __bool__(self) -> bool:
        return all(self.verdicts)

    def __getitem__(self, key: Value | str) -> ClaimVerdict:
        """The verdict on the claim about a node, which is given as a Value or by its label.

        Raises:
            KeyError: if nothing is claimed about the node.
        """
        if isinstance(key, Value):
            return self.by_node[key]
        for verdict in self.verdicts:
            if verdict.label == key:
                return verdict
        raise KeyError(key)

    def as_dict(self) -> dict[str, Any]:
        """The report in plain numbers, strings and lists, for JSON.

        JSON has no infinities and no nan: these become the strings "inf", "-inf" and "nan".
        """
        verdicts = [
            {**as_plain_dict(v), "alternatives": list(v.alternatives)} for v in self.verdicts
        ]
        return {"right": bool(self), "verdicts": verdicts}

    def _rows(self) -> list[Row]:
        return [
            (v.figure, v.claimed, f"{v.right:.8g}", v.verdict, v.kind or "") for v in self.verdicts
        ]

    def _explanations(self) -> list[str]:
        """What is said about each wrong claim; a mistake made alike in several is said once."""
        alike: dict[tuple[str, str], list[ClaimVerdict]] = {}
        for verdict in self.verdicts:
            if not verdict:
                # The same in h1 and in h2. An unknown mistake can't be known to be the same.
                said = _NUMBERS.sub("", verdict.mistake) if verdict.kind else verdict.figure
                alike.setdefault((verdict.kind or "", said), []).append(verdict)
        return [_said_once(*verdicts) for verdicts in alike.values()]


def _said_once(first: ClaimVerdict, *others: ClaimVerdict) -> str:
    listed = ", ".join(verdict.figure for verdict in others)
    return first.message + (f" The same mistake is in {listed}." if others else "")


# What is said about a claim


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
