"""The corpus, and how check_derivation judges it."""

import functools
import time
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from autograd import Value, check_derivation
from autograd.checking import DerivationReport

from .explanations import Printed, printed
from .graphs import built
from .right_formulas import FORMULAS, Right
from .right_numbers import NUMBERS
from .sheets import Sheet, sheets
from .witness import at_its_numbers
from .wrong import WRONG, Wrong

ACCEPTED = ("right", "rounded")
_WITH_RATE = ("step", "update", "new value")


class Judged(NamedTuple):
    """A claim, and what was said about it.

    Attributes:
        group: the notation, mistake, rounding or form under which the claim is counted.
        expected: "right", or the names of the mistake.
        verdict: the verdict; "unreadable" also if the claim is refused with an error.
        seconds: how long the check took.
    """

    where: str
    text: Any
    group: str
    expected: str
    verdict: str
    kind: str | None
    message: str
    seconds: float

    @property
    def is_accepted(self) -> bool:
        return self.verdict in ACCEPTED

    @property
    def is_named(self) -> bool:
        """Whether a wrong claim got one of the names of its mistake."""
        return self.verdict == "wrong" and (self.kind or "") in self.expected.split("|")

    @property
    def is_misnamed(self) -> bool:
        return self.verdict == "wrong" and self.kind is not None and not self.is_named

    def __str__(self) -> str:
        said = f"{self.verdict}, {self.kind}" if self.kind else self.verdict
        message = " ".join(self.message.split())
        return f"{self.group}: {self.where}: {self.text!r} is {self.expected}; {said}: {message}"


Claim = Right | Wrong | Printed


def judged(claim: Claim, group: str, expected: str) -> Judged:
    """A claim, together with the verdict on it."""
    graph = built(claim.program)
    node = claim.label if isinstance(claim.label, Value) else graph.nodes[claim.label]
    given = _before(claim.program, claim.trained, getattr(claim, "earlier", ()))
    start = time.perf_counter()
    try:
        claims = {node: claim.text}
        report = check_derivation(
            graph.error, claims, of=claim.quantity, learning_rate=graph.rate, given=given
        )
        (verdict,) = report.verdicts
        found = verdict.verdict, verdict.kind, verdict.message
    except (ValueError, TypeError) as refusal:
        found = "unreadable", None, f"{type(refusal).__name__}: {refusal}"
    seconds = time.perf_counter() - start
    where = f"{claim.program}, {claim.quantity} of {node.label or node.op}"
    return Judged(where, claim.text, group, expected, *found, seconds)


@functools.cache
def _before(
    program: str, trained: tuple[str, ...], earlier: tuple[tuple[str, str, str], ...]
) -> DerivationReport | None:
    """The report on earlier claims: new values of the leaves, or a wrong figure."""
    graph, report = built(program), None
    if trained:
        new = {
            graph.nodes[leaf]: float(at_its_numbers(program).figure("new value", leaf))
            for leaf in trained
        }
        report = check_derivation(graph.error, new, of="new value", learning_rate=graph.rate)
        assert report, report
    for quantity, label, text in earlier:
        report = check_derivation(
            graph.error,
            {graph.nodes[label]: text},
            of=quantity,
            learning_rate=graph.rate,
            given=report,
        )
    return report


def right_claims() -> list[Judged]:
    """All right claims."""
    return [judged(claim, claim.notation, "right") for claim in (*FORMULAS, *NUMBERS)]


def wrong_claims() -> list[Judged]:
    """All wrong claims, including formulas that are right only by coincidence."""
    return [judged(claim, claim.kinds[0], "|".join(claim.kinds)) for claim in WRONG]


def explained(claims: Iterable[Printed] | None = None) -> list[Judged]:
    """What `explain` prints, judged; by default all of it."""
    return [judged(c, c.form, "right") for c in (printed() if claims is None else claims)]


def faultless(chosen: Iterable[Sheet] | None = None) -> Iterator[list[Judged]]:
    """The figures of each faultless sheet, judged; by default of all sheets."""
    for sheet in sheets() if chosen is None else chosen:
        yield list(_on_sheet(sheet))


def _on_sheet(sheet: Sheet) -> Iterator[Judged]:
    graph, report = built(sheet.program), None
    for quantity, texts in sheet.batches:
        start = time.perf_counter()
        report = check_derivation(
            graph.error,
            {graph.nodes[label]: text for label, text in texts.items()},
            of=quantity,
            learning_rate=graph.rate,
            given=report,
        )
        seconds = (time.perf_counter() - start) / len(texts)
        for label, verdict in zip(texts, report.verdicts, strict=True):
            where = f"{sheet.program}, {quantity} of {label}"
            found = verdict.verdict, verdict.kind, verdict.message
            yield Judged(where, texts[label], sheet.rounding, "right", *found, seconds)
