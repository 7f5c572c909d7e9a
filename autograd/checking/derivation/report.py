"""What a check of a derivation found: a verdict for each claim, and a table of them."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from autograd.checking.derivation.claims import Claim
from autograd.checking.derivation.solution import Figure
from autograd.checking.report import Row, TableReport, as_plain_dict
from autograd.numbers.text import printable
from autograd.value import Value

# The numbers of layers and units in labels.
_NUMBERS = re.compile(r"[\d₀-₉⁰-⁹]+")


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
        return list(map(_cells, self.verdicts))

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


def _cells(verdict: ClaimVerdict) -> tuple[str, ...]:
    right = f"{verdict.right:.8g}"
    claimed = printable(verdict.claimed)
    return verdict.figure, claimed, right, verdict.verdict, verdict.kind or ""
