"""What a check found: one verdict for each derivative, and a table of them."""

from dataclasses import dataclass

from autograd.checking.table import text_table


class GradientError(AssertionError):
    """A gradient that failed its check; the message is the report."""


@dataclass(frozen=True)
class Verdict:
    """The comparison of one derivative.

    Attributes:
        input: which input, as in "x['w'][0]" or by its label.
        output: which output, "" where there is one.
        analytic: the derivative by the rules.
        numeric: the derivative by differences.
        tolerance: how far they may be apart by the error budget of the differences.
        verdict: "ok", "wrong", "noisy" (the differences are too rough to tell) or
            "non-finite".
    """

    input: str
    output: str
    analytic: float
    numeric: float
    tolerance: float
    verdict: str

    @property
    def relative_error(self) -> float:
        """The difference of the two, relative to the larger."""
        size = max(abs(self.analytic), abs(self.numeric))
        return abs(self.analytic - self.numeric) / size if size else 0.0


@dataclass(frozen=True)
class Report:
    """All verdicts. True where every one is "ok"; printed, a table.

    Attributes:
        verdicts: one for each pair of output and input, in order.
    """

    verdicts: tuple[Verdict, ...]

    def __bool__(self) -> bool:
        return all(verdict.verdict == "ok" for verdict in self.verdicts)

    def raise_if_failed(self) -> "Report":
        """Raises GradientError with the report as its message unless every verdict is "ok"."""
        if not self:
            raise GradientError(f"the gradient failed its check\n{self}")
        return self

    def __str__(self) -> str:
        head = ("input", "analytic", "numeric", "relative error", "tolerance", "verdict")
        return text_table(head, list(map(_cells, self.verdicts)))


def _cells(verdict: Verdict) -> tuple[str, ...]:
    name = f"{verdict.output} by {verdict.input}" if verdict.output else verdict.input
    return (
        name,
        f"{verdict.analytic:.10g}",
        f"{verdict.numeric:.10g}",
        f"{verdict.relative_error:.1e}",
        f"{verdict.tolerance:.1e}",
        verdict.verdict,
    )
