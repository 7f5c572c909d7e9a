"""Compares published figures with what the engine computes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

Figures = Mapping[str, Any]


def verdict(published: str, number: Any) -> str:
    """Whether a figure is right in all its published digits.

    Args:
        published: the figure as published, such as "0.163".
        number: what it should be, a float or a Fraction.

    Returns:
        "right" if the number rounds to the figure, "truncated" if the figure is the number
        with its further digits cut off, else "wrong".

    >>> verdict("0.163", 0.1631), verdict("0.163", 0.1638), verdict("0.163", 0.1651)
    ('right', 'truncated', 'wrong')
    """
    unit = Fraction(1, 10 ** decimals(published))
    figure, exact = Fraction(published), Fraction(number)
    if abs(exact - figure) <= unit / 2:
        return "right"
    # Cutting off rounds towards 0, so the number is beyond the figure, by less than one unit.
    beyond = exact - figure if exact > 0 else figure - exact
    return "truncated" if 0 < beyond < unit else "wrong"


def decimals(published: str) -> int:
    """The number of digits after the decimal point.

    >>> decimals("0.163")
    3
    """
    return -int(Decimal(published).as_tuple().exponent)


def significant_digits(published: str) -> int:
    """The number of digits, counted from the first that is not 0.

    >>> significant_digits("-0.0130")
    3
    """
    return len(Decimal(published).as_tuple().digits)


def rounded(number: Any, digits: int) -> str:
    """The number, rounded to this many significant digits.

    >>> rounded(0.029996, 3)
    '0.0300'
    """
    return f"{Decimal(float(number)):.{digits}g}"


def errata(published: Mapping[str, str], engine: Figures) -> dict[str, str]:
    """The published figures that are wrong, each with what it should have been.

    >>> errata({"a": "0.5", "b": "0.30"}, {"a": 0.5, "b": 0.284})
    {'b': '0.28'}
    """
    return {
        name: rounded(engine[name], significant_digits(figure))
        for name, figure in published.items()
        if verdict(figure, engine[name]) == "wrong"
    }


def print_comparison(published: Mapping[str, str], engine: Figures) -> None:
    """Prints what the engine computed, next to what was published."""
    right = errata(published, engine)
    rows = []
    for name, number in engine.items():
        figure = published.get(name, "")
        judged = verdict(figure, number) if figure else ""
        if name in right:
            judged = f"off: {right[name]}"
        rows.append((name, figure, f"{float(number):.8g}", judged))
    print_table(("quantity", "published", "engine", "verdict"), rows)
    print(f"{len(right)} of {len(published)} published figures are off in the digits given.")


def print_findings(*reports: Any) -> None:
    """Prints what `check_derivation` says about each claim that is off, one line for each."""
    print("What check_derivation says about them:")
    for report in reports:
        for verdict in report.verdicts:
            if not verdict:
                print(f"- {verdict.message}")
            elif "with your" in verdict.message:
                # It follows from figures that were rounded before.
                print(f"- {verdict.figure}: {verdict.message}")


def print_table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Prints columns of text, each as wide as its widest entry.

    >>> print_table(("rate", "error"), [("0.1", "0.5")])
    rate  error
    ----  -----
    0.1   0.5
    """
    lines = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(cells).rstrip())
