"""The texts in the boxes of a picture, and on its arrows."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from autograd.drawing.scene import Arrow, Box, Scene, parts
from autograd.drawing.styles import largest_gradient
from autograd.numbers.text import number_text
from autograd.value import Value

_INFIX = ("+", "-", "*", "/", "//", "%", "**")
_MOST_OPERATIONS = 4
_MOST_OPERANDS = 6

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


def escape(text: str) -> str:
    r"""Any text, escaped for a Graphviz label, also one in a record.

    >>> escape('a "b" {c}\n<d> \\N')
    'a &quot;b&quot; &#123;c&#125;\\n&lt;d&gt; \\\\N'
    """
    # An empty line makes the WebAssembly build of Graphviz read memory that it has not set.
    lines = [line if line.strip() else "\xa0" for line in text.split("\n")]
    return r"\n".join("".join(map(_escaped, line)) for line in lines)


@functools.cache
def _escaped(character: str) -> str:
    # XML does not allow control characters, lone surrogates and unassigned characters.
    if unicodedata.category(character) in ("Cc", "Cs", "Cn"):
        return rf"\\u{ord(character):04x}"
    return _ESCAPES.get(character, character)


def box_label(box: Box, scene: Scene) -> str:
    """The fields of a record, one below another."""
    rows = _value_rows(box, scene) if box.module is None else _module_rows(box, scene)
    # Graphviz puts fields side by side where the graph goes down, unless they are in braces.
    record = "|".join(rows)
    return "{" + record + "}" if scene.direction in ("TB", "BT") else record


def arrow_label(arrow: Arrow, scene: Scene) -> str | None:
    """The partial derivative, or if there are several edges, their number."""
    if len(arrow.partials) > 1:
        return _beside(f"×{len(arrow.partials)}", scene)
    if not scene.partials:
        return None
    return escape(_beside(f"∂ {number_text(arrow.partials[0], scene.digits)}", scene))


def _beside(text: str, scene: Scene) -> str:
    # An arrow that goes up or down would touch the text beside it.
    return f"\xa0{text}" if scene.direction in ("TB", "BT") else text


def _value_rows(box: Box, scene: Scene) -> list[str]:
    """Name, operation and how many they are side by side; data and gradient."""
    count = f"×{len(box.values)}" if box.folded else ""
    head = [_name(box, scene), _operation(box, scene), count]
    fields = [escape(text) for text in head if text]
    numbers = _numbers(box.values, scene)
    return ["{" + "|".join(fields) + "}", numbers] if fields else [numbers]


def _name(box: Box, scene: Scene) -> str:
    """The label, or for a parameter its name in the module whose frame it is in.

    Where names differ by their numbers, as "w1" and "w2" do, these are left out: "w…".
    """
    names = {value.label or scene.paths.get(value, ("",))[-1]: None for value in box.values}
    return next(iter(names)) if len(names) == 1 else without_numbers(next(iter(names)))


def without_numbers(name: str) -> str:
    """A name without the indices at its end, and with … for each other number in it.

    >>> without_numbers("layers.0.w12"), without_numbers("query.3.15")
    ('layers.….w…', 'query')
    """
    return re.sub(r"\d+", "…", re.sub(r"(\.\d+)+$", "", name))


def _operation(box: Box, scene: Scene) -> str:
    """The operation; with hidden operands, if these are the same for all that is in the box."""
    operations = {_with_hidden_operands(value, scene) for value in box.values}
    return operations.pop() if len(operations) == 1 else box.values[0].op


def _with_hidden_operands(value: Value, scene: Scene) -> str:
    """The operation, with hidden operands written in: "*", "… - 1", "maximum(…, 0)"."""
    if scene.hidden.isdisjoint(value.parents):
        return value.op
    operands: list[str] = []
    for parent in value.parents:
        hidden = parent in scene.hidden
        text = number_text(parent.data, scene.digits) if hidden else "…"
        # One … stands for neighbouring operands that are drawn, each with an arrow.
        if hidden or operands[-1:] != ["…"]:
            operands.append(text)
    if value.op in _INFIX and len(value.parents) == 2:
        return f" {value.op} ".join(operands)
    return f"{value.op}({', '.join(_first(operands, _MOST_OPERANDS))})"


def _module_rows(box: Box, scene: Scene) -> list[str]:
    """Name; parts, operations and largest gradient; data and gradient if there is one output."""
    operations = list(dict.fromkeys(value.op for value in box.values if value.op))
    contents = [
        ", ".join(parts(box, scene.paths)),
        _parameter_count(box, scene),
        ", ".join(_first(operations, _MOST_OPERATIONS)),
    ]
    read = {p for arrow in scene.arrows if arrow.tail is box for p in arrow.parents}
    exits = [value for value in box.values if value in read or value in scene.outputs]
    largest = largest_gradient(box.values)
    if largest and (scene.shade or len(exits) > 1):
        contents.append(f"largest grad {number_text(largest, scene.digits)}")
    numbers = [_numbers(exits, scene)] if len(exits) == 1 else []
    return [escape(box.module[-1] if box.module else "model"), _lines(contents), *numbers]


def _parameter_count(box: Box, scene: Scene) -> str:
    """The number of parameters in the parts; empty if the parts are the parameters."""
    paths = [scene.paths[value] for value in box.values if value in scene.paths]
    inner = any(len(path) > len(box.module or ()) + 1 for path in paths)
    return f"{len(paths)} parameters" if inner else ""


def _first(texts: list[str], count: int) -> list[str]:
    return texts if len(texts) <= count else [*texts[:count], "…"]


def _numbers(values: list[Value], scene: Scene) -> str:
    data = _range([value.data for value in values], scene.digits)
    grad = _range([value.grad for value in values], scene.digits)
    return _lines([f"data {data}", f"grad {grad}"])


def _range(numbers: list[Any], digits: int) -> str:
    """A number, or the least and the greatest of several; … for those that have no order."""
    if len(numbers) == 1:
        return number_text(numbers[0], digits)
    try:
        ends = min(numbers), max(numbers)
    except (TypeError, ValueError):
        return "…"
    return " … ".join(dict.fromkeys(number_text(end, digits) for end in ends))


def _lines(texts: Iterable[str]) -> str:
    """The lines of a field, aligned to the left."""
    return "".join(escape(text) + r"\l" for text in texts if text)


def description(scene: Scene) -> str:
    """What the picture shows, in words: for those who do not see it."""
    values = [value for box in scene.boxes for value in box.values]
    outputs = [
        f"{value.label or value.op or 'a Value'} = {number_text(value.data, scene.digits)}"
        for value in values
        if value in scene.outputs
    ]
    leaves = [value.label for value in values if value.label and not value.parents]
    inputs = _first(list(dict.fromkeys(leaves)), _MOST_OPERANDS)
    origin = f" from {', '.join(inputs)}" if inputs else ""
    shown = ", ".join(_first(outputs, _MOST_OPERANDS))
    return f"Graph of {len(values)} Values, which compute {shown}{origin}"
