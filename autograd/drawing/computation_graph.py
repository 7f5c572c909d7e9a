"""The graph of a computation as a picture: Values, operations, and partials on the edges."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from autograd.graph import topological_order
from autograd.number_text import number_text
from autograd.value import Value

# The graphviz package takes longer to import than all of autograd, so only draw() does it.
if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture

_DIRECTIONS = ("LR", "RL", "TB", "BT")

_FONT = "Arial"
_INK, _GREY, _PARTIAL_INK = "#1f2933", "#7b8794", "#8a4b08"

# Differences of border and of lightness remain in a greyscale print.
_STYLES = {
    "leaf": {"fillcolor": "#cfe2f7", "color": "#2f6299"},
    "constant": {"style": "dashed", "color": "#b4bcc5", "fontcolor": _GREY},
    "interior": {"fillcolor": "#ffffff", "color": _GREY},
    "output": {"fillcolor": "#ffe9b8", "color": "#7a4f01", "penwidth": "2.5"},
}


def draw(
    value: Value | Iterable[Value],
    *,
    direction: str = "LR",
    digits: int = 4,
    limit: int = 1000,
) -> Picture:
    """The graph that computed a Value, as a picture.

    Every Value is a box with its label, data and gradient; the operation that
    computed it is a circle, and on each edge into the operation stands the local
    partial derivative. Unlabelled leaves are drawn quieter, outputs stronger.

    Args:
        value: the output, or a list of outputs.
        direction: "LR" (left to right), "RL", "TB" (top to bottom) or "BT".
        digits: how many significant digits of each number are shown.
        limit: the number of Values above which a graph is refused, for the layout
            of a large one takes minutes and nobody can read it.

    Returns:
        A graphviz.Digraph: it shows itself in a notebook, and has `.source`,
        `.render("picture", format="svg")` and `.pipe(format="svg")`.

    Raises:
        TypeError: if value is neither a Value nor a list of them.
        ValueError: if the list is empty, the graph too large, or an option unknown.

    >>> x = Value(3.0, label="x")
    >>> y = x * x
    >>> y.backward()
    >>> print(draw(y).source)
    digraph {
    ...
        value0 [label="x|data 3\\lgrad 6\\l" class=leaf ...]
        value1 [label="data 9\\lgrad 1\\l" class=output ...]
        operation1 [label="*" ...]
        value0 -> operation1 [label="∂ 3"]
        value0 -> operation1 [label="∂ 3"]
        operation1 -> value1
    }
    """
    outputs = _outputs(value)
    if direction not in _DIRECTIONS:
        raise ValueError(f"direction is one of {', '.join(_DIRECTIONS)}, not {direction!r}")
    nodes = list(topological_order(*outputs))
    _require_at_most(limit, nodes)
    return _drawing(nodes, frozenset(outputs), direction, digits)


def _outputs(value: Any) -> tuple[Value, ...]:
    outputs = (value,) if isinstance(value, Value) else value
    outputs = tuple(outputs) if isinstance(outputs, Iterable) else None
    if outputs is None or not all(isinstance(output, Value) for output in outputs):
        raise TypeError(f"draw() takes a Value or a list of Values, not {value!r}")
    if not outputs:
        raise ValueError("draw() of nothing: give at least one Value")
    return outputs


def _require_at_most(limit: int, nodes: list[Value]) -> None:
    # Operations of two operands never have more than two edges per Value, so the
    # second bound is for a sum of very many terms.
    edges = sum(len(node.parents) for node in nodes)
    if len(nodes) > limit or edges > 2 * limit:
        raise ValueError(
            f"the graph has {len(nodes)} Values and {edges} edges, too many to draw: at most "
            f"{limit} Values and {2 * limit} edges are drawn. Draw a smaller part, such as the "
            f"graph of one sample or of one neuron, or pass limit={max(len(nodes), -(-edges // 2))}"
        )


def _drawing(nodes: list[Value], outputs: frozenset[Value], direction: str, digits: int) -> Picture:
    from autograd.drawing.rendering import Picture

    drawing = Picture(
        format="svg",
        # Operands stand in the order of their edges, so that x - y is not read as y - x.
        graph_attr={
            "rankdir": direction,
            "ordering": "in",
            "nodesep": "0.15",
            "ranksep": "0.45",
        },
        node_attr={
            "fontname": _FONT,
            "fontsize": "11",
            "fontcolor": _INK,
            "shape": "Mrecord",
            "style": "filled",
            "height": "0.3",
            "margin": "0.12,0.055",
        },
        edge_attr={
            "fontname": _FONT,
            "fontsize": "9",
            "fontcolor": _PARTIAL_INK,
            "color": _GREY,
            "arrowsize": "0.6",
        },
    )
    names: dict[Value, str] = {}
    for position, node in enumerate(nodes):
        names[node] = f"value{position}"
        role = _role(node, outputs)
        label = _label(node, direction, digits)
        drawing.node(names[node], label, **{"class": role}, **_STYLES[role])
        if node.parents:
            operation = f"operation{position}"
            drawing.node(operation, escape(node.op), **_operation_style(node.op))
            for parent, partial in zip(node.parents, node.partials, strict=True):
                text = escape(f"∂ {number_text(partial, digits)}")
                drawing.edge(names[parent], operation, text)
            drawing.edge(operation, names[node])
    return drawing


def _role(node: Value, outputs: frozenset[Value]) -> str:
    if not node.parents:
        return "leaf" if node.label else "constant"
    return "output" if node in outputs else "interior"


def _label(node: Value, direction: str, digits: int) -> str:
    lines = [
        f"data {number_text(node.data, digits)}",
        f"grad {number_text(node.grad, digits)}",
    ]
    numbers = "".join(escape(line) + r"\l" for line in lines)
    if not node.label:
        return numbers
    label = f"{escape(node.label)}|{numbers}"
    # The fields of a record are stacked across the direction, or by braces along it.
    return f"{{{label}}}" if direction in ("TB", "BT") else label


def _operation_style(symbol: str) -> dict[str, str]:
    style = {"class": "operation", "color": _INK, "fillcolor": "#e4e7eb"}
    if len(symbol) <= 2:
        return {**style, "shape": "circle", "fontsize": "14", "width": "0.3", "margin": "0"}
    return {**style, "shape": "box", "style": "filled,rounded", "width": "0.3"}


def escape(text: str) -> str:
    r"""Text as it is written in a Graphviz label, whatever its characters.

    >>> escape('a "b" {c}\n<d> \\N')
    'a &quot;b&quot; &#123;c&#125;\\n&lt;d&gt; \\\\N'
    """
    # A line of nothing makes WebAssembly's Graphviz read memory that it has not set.
    lines = [line if line.strip() else "\xa0" for line in text.split("\n")]
    return r"\n".join("".join(map(_escaped, line)) for line in lines)


_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "{": "&#123;",
    "|": "&#124;",
    "}": "&#125;",
    "\\": r"\\",
}


def _escaped(character: str) -> str:
    # Control characters, lone surrogates and unassigned ones may not stand in XML.
    if unicodedata.category(character) in ("Cc", "Cs", "Cn"):
        return rf"\\u{ord(character):04x}"
    return _ESCAPES.get(character, character)
