"""What a check found: one verdict for each derivative, and a table of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from math import isfinite
from typing import Any, ClassVar, Self

from autograd.numbers.nested import transform
from autograd.numbers.text import number_text, printable

# From the best to the worst. The first two pass.
VERDICTS = ("ok", "kink", "noisy", "non-finite", "jump", "wrong", "not deterministic")

Row = Sequence[str]


class GradientError(AssertionError):
    """A gradient that failed its check; the message is the report."""


class TableReport:
    """What both reports share: printed, or in a notebook, a table with sentences below it."""

    # What was checked, and what the columns of the table are.
    _subject: ClassVar[str]
    _head: ClassVar[Row]

    def _rows(self) -> list[Row]:
        """The cells of each verdict."""
        raise NotImplementedError

    def _explanations(self) -> list[str]:
        """A sentence on each verdict that needs one."""
        raise NotImplementedError

    def raise_if_failed(self) -> Self:
        """Raises GradientError with the report as its message unless the report is true."""
        if not self:
            raise GradientError(f"the {self._subject} failed its check\n{self}")
        return self

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        lines = [list(map(printable, row)) for row in (self._head, *self._rows())]
        # Each column is as wide as its widest cell.
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        table = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([*table, *self._explanations()])

    def _repr_html_(self) -> str:
        rows = [_html_row("th", self._head), *(_html_row("td", row) for row in self._rows())]
        paragraphs = [f"<p>{escape(text)}</p>" for text in self._explanations()]
        return "\n".join(["<table>", *rows, "</table>", *paragraphs])


def _html_row(tag: str, cells: Row) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(printable(cell))}</{tag}>' for cell in cells)}</tr>"


def as_plain_dict(record: Any) -> dict[str, Any]:
    """A data class in dicts, lists, strings and floats, ready for `json.dumps`.

    JSON has no numbers that are not finite: they are the strings "nan", "inf" and "-inf",
    which `float` reads.
    """
    plain: dict[str, Any] = transform(_finite_or_text, asdict(record))
    return plain


def _finite_or_text(leaf: Any) -> Any:
    return str(leaf) if isinstance(leaf, float) and not isfinite(leaf) else leaf


@dataclass(frozen=True)
class Edge:
    """One local derivative in the graph, and how it compares with differences.

    Attributes:
        rule: the name of the operation.
        node: the label of its result, "" where it has none.
        position: of the operand that the derivative is in, from 0 on.
        operand: the label of this operand, "" where it has none.
        operands: the label and the number of each operand.
        analytic: the local derivative that the rule gives.
        numeric: the same, by differences of the rule's results.
        verdict: as in `Verdict`.
        sides: the one-sided derivatives, at a kink.
        partial: None, or in a check of second derivatives the operand whose partial
            was differentiated.
        mistake: what kind of mistake makes such a number, as in "of the wrong sign".
    """

    rule: str
    node: str
    position: int
    operand: str
    operands: tuple[tuple[str, float], ...]
    analytic: float
    numeric: float
    verdict: str
    sides: tuple[float, float] | None = None
    partial: int | None = None
    mistake: str = ""

    def __str__(self) -> str:
        call = f"{self.rule}({', '.join(map(_named, self.operands))})"
        node = f" in {self.node!r}" if self.node else ""
        name = f" ({self.operand})" if self.operand else ""
        what = f"the derivative in operand {self.position + 1}{name}"
        if self.partial is not None:
            what += f" of its partial in operand {self.partial + 1}"
        return printable(f"{call}{node}: {what} {self._finding()}")

    def _finding(self) -> str:
        analytic, numeric = number_text(self.analytic, 10), number_text(self.numeric, 10)
        if self.verdict == "jump":
            return f"is {analytic} by its rule, but there the result jumps"
        if self.verdict == "non-finite":
            ending = ", but its result is not finite" if isfinite(self.analytic) else ""
            return f"is {analytic} by its rule{ending}"
        if self.sides:
            left, right = (number_text(side, 10) for side in self.sides)
            ending = ", " + self.mistake if self.mistake else ""
            return f"is {left} on the left, {right} on the right and {analytic} by its rule{ending}"
        what = self.mistake or "nothing can be told"
        return f"is {analytic} by its rule and {numeric} by differences: {what}"


def _named(operand: tuple[str, float]) -> str:
    label, number = operand
    return f"{label}={number_text(number)}" if label else number_text(number)


@dataclass(frozen=True)
class Verdict:
    """The comparison of one derivative.

    Attributes:
        input: which input, as in "x['w'][0]" or by its label.
        output: which output; "" if there is only one.
        analytic: the derivative by the rules.
        numeric: the derivative by differences; at a kink the mean of both sides.
        tolerance: how far apart they may be, by the error budget of the differences.
        verdict: "ok", "kink" (the one-sided derivatives differ, and the analytic one is
            between them), "noisy" (nothing can be told: numbers too large, results too coarse),
            "non-finite", "jump" (the result itself jumps), "wrong" or "not deterministic".
        point: the name and the number of each input at the point where this was found.
        at: the number of the input itself.
        sides: the derivatives on the left and on the right, at a kink.
        remainder_order: the power of the step with which the remainder of Taylor's
            expansion shrinks: about 2 or more where the derivative is right, 1 where it
            is wrong; None where rounding hides it.
        edge: the first operation on the paths from the input that is to blame, if one is.
        remark: what to say where no operation is to blame.
    """

    input: str
    output: str
    analytic: float
    numeric: float
    tolerance: float
    verdict: str
    point: tuple[tuple[str, float], ...] = ()
    at: float = float("nan")
    sides: tuple[float, float] | None = None
    remainder_order: float | None = None
    edge: Edge | None = None
    remark: str = ""

    @property
    def relative_error(self) -> float:
        """The difference of the two, relative to the larger."""
        size = max(abs(self.analytic), abs(self.numeric))
        return self._distance / size if size else 0.0

    @property
    def _distance(self) -> float:
        low, high = sorted(self.sides or (self.numeric, self.numeric))
        return max(low - self.analytic, self.analytic - high, 0.0 * self.numeric)

    @property
    def name(self) -> str:
        """Which derivative it is."""
        return f"{self.output} by {self.input}" if self.output else self.input

    @property
    def explanation(self) -> str:
        """The operation to blame, or what else there is to say; "" if there is nothing."""
        return str(self.edge) if self.edge else self.remark

    def is_worse_than(self, other: "Verdict") -> bool:
        """Whether it is the worse of two findings about one derivative."""
        return self._gravity() > other._gravity()

    def _gravity(self) -> tuple[int, float]:
        ratio = self._distance / (self.tolerance or 1.0)
        return VERDICTS.index(self.verdict), ratio if ratio == ratio else 0.0


@dataclass(frozen=True, repr=False)
class Report(TableReport):
    """All verdicts. It is true if each is "ok" or "kink", and prints as a table.

    Attributes:
        verdicts: one for each pair of output and input, in order: the worst of all points.
    """

    verdicts: tuple[Verdict, ...]

    _subject = "gradient"
    _head = (
        "input",
        "at",
        "analytic",
        "numeric",
        "relative error",
        "tolerance",
        "remainder",
        "verdict",
    )

    def __bool__(self) -> bool:
        return all(verdict.verdict in VERDICTS[:2] for verdict in self.verdicts)

    @property
    def guilty(self) -> Edge | None:
        """The first wrong local derivative that makes one of the derivatives wrong."""
        edges = [verdict.edge for verdict in self.verdicts if verdict.edge]
        return next((edge for edge in edges if edge.verdict == "wrong"), None)

    def as_dict(self) -> dict[str, Any]:
        """The report in dicts, lists, strings and floats, ready for `json.dumps`.

        Numbers that are not finite are the strings "nan", "inf" and "-inf".
        """
        return {
            "passed": bool(self),
            "verdicts": list(map(as_plain_dict, self.verdicts)),
            "guilty": as_plain_dict(self.guilty) if self.guilty else None,
        }

    def _rows(self) -> list[Row]:
        return list(map(_cells, self.verdicts))

    def _explanations(self) -> list[str]:
        names: dict[str, list[str]] = {}
        for verdict in self.verdicts:
            if verdict.explanation:
                names.setdefault(verdict.explanation, []).append(verdict.name)
        return [printable(f"{_listed(concerned)}: {text}") for text, concerned in names.items()]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _cells(verdict: Verdict) -> tuple[str, ...]:
    sides = verdict.sides
    order = verdict.remainder_order
    return (
        verdict.name,
        number_text(verdict.at),
        f"{verdict.analytic:.10g}",
        f"{sides[0]:.5g} | {sides[1]:.5g}" if sides else f"{verdict.numeric:.10g}",
        f"{verdict.relative_error:.1e}",
        f"{verdict.tolerance:.1e}",
        "" if order is None else f"h^{order:.1f}",
        verdict.verdict,
    )
