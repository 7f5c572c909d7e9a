"""walkthrough: backpropagation through a labelled graph, as a page to step through."""

import importlib.resources
import json
import math
import numbers
import os
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograd.explaining import LeftOut, Step, explain, printable
from autograd.graph import topological_order
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import kind_of
from autograd.numbers.python import REAL
from autograd.numbers.text import number_text
from autograd.pages.content import Content
from autograd.pages.picture import Network, network_of, pictures
from autograd.slips import answers_slips
from autograd.tape.javascript import javascript, number
from autograd.value import Value

# The page writes numbers with JavaScript's toExponential, which gives up to 100 digits, of which
# the last 20 serve to round ties as Python does.
_MOST_DIGITS = 80
# Each Value takes two or three steps, and nobody would read a page with more than this many.
_MOST_VALUES = 100

_STYLES = ("page.css", "picture.css", "controls.css", "screens.css")
_SCRIPTS = tuple(
    f"{name}.js" for name in ("numbers", "meaning", "formulas", "views", "panel", "table", "page")
)

Wanted = Value | str | Iterable[Value | str] | None

# Until Python 3.12, the class of a path depends on the system.
if TYPE_CHECKING:
    _Path = Path
else:
    _Path = type(Path())


class Page(_Path):
    """The path of a page; a notebook shows the page, and keeps it when it is exported."""

    content = ""

    def _repr_html_(self) -> str | None:
        # Paths that are made of this one, its parent for example, are of the same class.
        if not self.content:
            return None
        return (
            f'<iframe srcdoc="{escape(self.content)}" title="{escape(self.name)}" '
            'style="width: 100%; height: 640px; border: 0"></iframe>'
        )


@answers_slips
def walkthrough(
    error: Value,
    path: str | os.PathLike[str],
    learning_rate: float = 0.5,
    *,
    of: Wanted = None,
    digits: int = 4,
    title: str | None = None,
) -> Page:
    """Writes a page for the browser that goes through backpropagation step by step.

    The network is drawn with its numbers, which appear as they are computed: the forward
    pass, the gradients, the update, and then the next epoch. Inputs and weights can be
    changed, and everything is computed again. The page is one file and needs no network.

    Args:
        error: the Value to differentiate, a loss for example. Labels name the Values that
            are shown; the others are part of their formulas. No data and no `grad` is changed.
        path: the file to write, such as "page.html".
        learning_rate: the learning rate of the updates, a positive number. It can be changed on
            the page.
        of: what is trained: a leaf or its label, a list of them, or a module. By default, the
            leaves whose labels look like weights and biases, such as "w1" or "b_2"; if there
            are none, every leaf with a label.
        digits: how many significant digits numbers have, at most 80.
        title: the title of the page; by default it names the error.

    Returns:
        The path of the file. At the end of a cell of a notebook it shows the page.

    Raises:
        TypeError: if error is not a Value, its graph holds anything but real numbers, or title is
            not a text.
        ValueError: if `explain` raises it, if the graph has more than 100 named Values, if a
            number is too large for a float, if the learning rate is not positive and finite, or
            if there are to be more than 80 digits.

    >>> w, x = Value(0.5, label="w"), Value(3.0, label="x")
    >>> h = w * x
    >>> h.label = "h"
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "page.html"
    >>> walkthrough((h - 1) ** 2, path, learning_rate=0.1) == path
    True
    """
    if not isinstance(error, Value):
        raise TypeError(f"walkthrough() takes the Value to differentiate, not {error!r}")
    _require_real(error)
    rate = _checked_rate(learning_rate)
    if not isinstance(digits, int) or digits is True or not 1 <= digits <= _MOST_DIGITS:
        raise ValueError(
            f"digits is a whole number from 1 to {_MOST_DIGITS} on a page, not {digits!r}"
        )
    if title is not None and not isinstance(title, str):
        raise TypeError(f"title is the title of the page, a text, not {title!r}")
    explanation = explain(error, learning_rate, digits=digits, of=of)
    steps = [step for step in explanation.steps if not step.kind.startswith("new")]
    network = network_of(explanation)
    if not network.weights:
        raise ValueError("of names no leaf, so there is nothing to train: name the weights")
    _require_readable(network, steps)
    content = Content(explanation, network, [s for s in steps if isinstance(s, Step)])
    page = Page(path)
    page.content = _page(content, rate, title)
    page.write_text(page.content, encoding="utf-8")
    return page


def _require_real(error: Value) -> None:
    for node in topological_order(error):
        if kind_of(node.data) is not REAL:
            kind = type(node.data).__name__
            raise TypeError(f"walkthrough() shows real numbers, and this graph has {kind} numbers")
        if type(node.data) is not float and math.isinf(to_float(node.data)):
            raise ValueError(
                "walkthrough() shows numbers up to 1.8e308, the largest float, and this graph has "
                f"{number_text(node.data)}"
            )


def _checked_rate(learning_rate: Any) -> float:
    is_number = isinstance(learning_rate, numbers.Real) and not isinstance(learning_rate, bool)
    rate = to_float(learning_rate) if is_number else math.nan
    if not 0 < rate < math.inf:
        raise ValueError(f"learning_rate is a positive number, not {learning_rate!r}")
    return rate


def _require_readable(network: Network, steps: list[Step | LeftOut]) -> None:
    count = len(network.names)
    if count > _MOST_VALUES or any(isinstance(s, LeftOut) and s.kind == "backward" for s in steps):
        raise ValueError(
            f"the graph has {count} named Values, too many to step through: at most "
            f"{_MOST_VALUES} are shown. Take the error of one sample, or a smaller network; or "
            "label fewer Values, and name fewer weights by of=[...]"
        )


def _page(content: Content, learning_rate: float, title: str | None) -> str:
    given = ", ".join(number(float(leaf.data)) for leaf in content.nodes if not leaf.parents)
    network, error = content.network, printable(content.network.names[content.error])
    wide, narrow = pictures(network, content.digits, _description(network, error))
    data = content.data() | {"rate": learning_rate}
    return _filled(
        {
            "title": escape(f"Backpropagation: {error}" if title is None else printable(title)),
            "style": "\n".join(map(_template, _STYLES)),
            "wide": wide,
            "narrow": narrow,
            # A label may contain </script>.
            "data": json.dumps(data, ensure_ascii=False).replace("<", r"\u003c"),
            "program": f"{javascript(content.program)}\nconst GIVEN = [{given}];",
            "script": "\n".join(map(_template, _SCRIPTS)),
        }
    )


def _description(network: Network, error: str) -> str:
    """The picture in words."""
    leaves = [printable(name) for value, name in network.names.items() if not value.parents]
    return f"The network from {', '.join(leaves)} to {error}."


def _filled(parts: dict[str, str]) -> str:
    """The page with each part put in its place."""
    return re.sub(r"<!--(\w+)-->", lambda match: parts[match[1]], _template("page.html"))


def _template(name: str) -> str:
    return (
        importlib.resources.files("autograd.pages")
        .joinpath("assets", name)
        .read_text(encoding="utf-8")
    )
