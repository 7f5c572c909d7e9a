"""Tables of text: columns for the terminal, HTML for a notebook."""

from collections.abc import Sequence
from html import escape

from autograd.numbers.text import printable

Row = Sequence[str]


def text_table(head: Row, rows: Sequence[Row]) -> str:
    """Columns of text, each as wide as its widest cell.

    Args:
        head: what the columns are, one name for each.
        rows: the cells, as many in each row as there are columns; what is not printable in
            them is escaped.

    Returns:
        Lines without trailing blanks, the head first.

    Raises:
        ValueError: for a row of another length than the head.

    >>> print(text_table(("input", "verdict"), [("x", "ok"), ("weight", "wrong")]))
    input   verdict
    x       ok
    weight  wrong
    """
    lines = [list(map(printable, line)) for line in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def html_table(head: Row, rows: Sequence[Row]) -> str:
    """The same table in HTML, its text escaped.

    Args:
        head, rows: as for `text_table`.

    >>> print(html_table(("input",), [("x < y",)]))
    <table>
    <tr><th>input</th></tr>
    <tr><td>x &lt; y</td></tr>
    </table>
    """
    lines = [_html_row("th", head), *(_html_row("td", row) for row in rows)]
    return "\n".join(["<table>", *lines, "</table>"])


def _html_row(tag: str, cells: Row) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(printable(cell))}</{tag}>' for cell in cells)}</tr>"
