"""Rows of a Markdown table."""

import statistics


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def head(*columns: str) -> str:
    return "\n".join((line(*columns), line(*["---"] * len(columns))))


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
