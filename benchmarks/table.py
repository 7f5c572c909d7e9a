"""Rows of a Markdown table."""

import statistics

NOT_MEASURED = "not measured: "


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def head(*columns: str) -> str:
    return "\n".join((line(*columns), line(*["---"] * len(columns))))


def not_measured(head: str, program: str, engine: str, error: Exception) -> str:
    """The row of an engine that could not be installed or failed, with the reason."""
    columns = head.partition("\n")[0].count(" | ") + 1
    return line(program, engine, f"{NOT_MEASURED}{error}", *[""] * (columns - 3))


def duration(seconds: float) -> str:
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def ratio(upper: list[float], lower: list[float]) -> str:
    """The ratio of paired measurements: the median, and the range."""
    ratios = [up / low for up, low in zip(upper, lower, strict=True)]
    return f"**{short(statistics.median(ratios))}** ({short(min(ratios))} to {short(max(ratios))})"


def short(number: float) -> str:
    """A number with three digits, but never as a power of ten."""
    return f"{number:.3g}" if number < 1000 else f"{number:,.0f}"
