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
from typing import Any

from autograd.explaining import LeftOut, Step, explain, printable
from autograd.graph import topological_order
from autograd.numbers.ieee import to_float
from autograd.numbers.python import REAL
from autograd.numbers.registry import kind_of
from autograd.numbers.text import number_text
from autograd.pages.named_values import Network, network_of
from autograd.pages.steps import StepWriter, name_html, sides_of
from autograd.pages.svg import pictures
from autograd.tape.graphs import record_graph
from autograd.tape.javascript import javascript, number
from autograd.value import Value

# The page writes numbers by JavaScript's toExponential, which gives 100 digits, and it looks
# at 20 more to round ties as Python does.
_MOST_DIGITS = 80
# A page of more Values, each of which takes two or three steps, nobody would read.
_MOST_VALUES = 100

_STYLES = ("page.css", "picture.css", "controls.css", "screens.css")
_SCRIPTS = ("numbers.js", "views.js", "table.js", "page.js")

Wanted = Value | str | Iterable[Value | str] | None


def walkthrough(
    error: Value,
    path: str | os.PathLike[str],
    learning_rate: float = 0.5,
    *,
    of: Wanted = None,
    digits: int = 4,
) -> Path:
    """Writes a page on which backpropagation is gone through step by step, in a browser.

    The network is drawn with its numbers, which appear as they are computed: the forward
    pass, the gradients, the update, and then the next epoch. Inputs and weights can be
    changed, and everything is computed again. The page is one file and needs no network.

    Args:
        error: the Value to differentiate, a loss for example. Labels name the Values that
            are shown; the others are part of their formulas. No data and no `grad` is changed.
        path: the file to write, such as "page.html".
        learning_rate: that of the updates, a positive number. It can be changed on the page.
        of: what is trained: a leaf or its label, a list of them, or a module. By default the leaves
            whose labels are those of weights and biases, such as "w1" or "b_2"; if there
            are none, every leaf with a label.
        digits: how many significant digits numbers have, at most 80.

    Returns:
        The path.

    Raises:
        TypeError: if error is no Value, or holds anything but real numbers.
        ValueError: where `explain` raises it, for a graph of more than 100 named Values, a
            number that is too large for a float, a learning rate that is not positive and
            finite, or more than 80 digits.
        graphviz.ExecutableNotFound: where neither Graphviz nor the extra `pictures` is
            installed, which place the picture.

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
    explanation = explain(error, learning_rate, digits=digits, of=of)
    steps = [step for step in explanation.steps if not step.kind.startswith("new")]
    network = network_of(explanation)
    if not network.weights:
        raise ValueError("of names no leaf, so there is nothing to train: name the weights")
    _require_readable(network, steps)
    path = Path(path)
    path.write_text(
        _page(error, network, [s for s in steps if isinstance(s, Step)], rate, digits),
        encoding="utf-8",
    )
    return path


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


def _page(
    error: Value, network: Network, steps: list[Step], learning_rate: float, digits: int
) -> str:
    conditions = {step: sides_of(step, network.names, error) for step in steps}
    others = [side for triples in conditions.values() for _, *sides in triples for side in sides]
    program, nodes = record_graph(error, others)
    writer = StepWriter(network, error, nodes, digits)
    data = {
        "digits": digits,
        "nodes": len(nodes),
        "rate": learning_rate,
        "error": writer.values[error],
        "values": _values(network, nodes, {s.node for s in steps if s.kind == "update"}),
        "steps": [writer.written(step, conditions[step]) for step in steps],
    }
    given = ", ".join(number(float(leaf.data)) for leaf in nodes if not leaf.parents)
    wide, narrow = pictures(network, digits, _description(network, error))
    return _filled(
        {
            "title": f"Backpropagation: {escape(printable(network.names[error]))}",
            "style": "\n".join(map(_template, _STYLES)),
            "wide": wide,
            "narrow": narrow,
            # A label may have </script> in it.
            "data": json.dumps(data, ensure_ascii=False).replace("<", r"\u003c"),
            "program": f"{javascript(program)}\nconst GIVEN = [{given}];",
            "script": "\n".join(map(_template, _SCRIPTS)),
        }
    )


def _values(network: Network, nodes: list[Value], trained: set[Value]) -> list[dict[str, Any]]:
    """The named Values: name, index among the nodes, and among the leaves if it is one."""
    index = {node: i for i, node in enumerate(nodes)}
    leaf = {node: i for i, node in enumerate(n for n in nodes if not n.parents)}
    return [
        {
            "name": printable(name),
            "html": name_html(name),
            "node": index[value],
            "leaf": leaf.get(value),
            "trained": value in trained,
        }
        for value, name in network.names.items()
    ]


def _description(network: Network, error: Value) -> str:
    """The picture in words."""
    leaves = [printable(name) for value, name in network.names.items() if not value.parents]
    return (
        f"The network from {', '.join(leaves)} to {printable(network.names[error])}. "
        "The table of values has all its numbers."
    )


def _filled(parts: dict[str, str]) -> str:
    """The page, with each part in its place."""
    return re.sub(r"<!--(\w+)-->", lambda match: parts[match[1]], _template("page.html"))


def _template(name: str) -> str:
    return (
        importlib.resources.files("autograd.pages")
        .joinpath("assets", name)
        .read_text(encoding="utf-8")
    )
