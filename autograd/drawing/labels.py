"""The texts in the boxes of a picture, and on its arrows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from autograd.drawing.folding import Arrow, Box, parts
from autograd.drawing.scene import Scene
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


def _escaped(character: str) -> str:
    # XML does not allow control characters, lone surrogates and unassigned characters.
    if unicodedata.category(character) in ("Cc", "Cs", "Cn"):
        return rf"\\u{ord(character):04x}"
    return _ESCAPES.get(character, character)


def box_label(box: Box, scene: Scene) -> str:
    """The fields of a record, one below another."""
    rows = _module_rows(box, scene) if box.folded else _value_rows(box.values[0], scene)
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


def _value_rows(value: Value, scene: Scene) -> list[str]:
    """Name and operation side by side; data and gradient."""
    head = [escape(text) for text in (_name(value, scene), _operation(value, scene)) if text]
    numbers = _numbers(value, scene)
    return ["{" + "|".join(head) + "}", numbers] if head else [numbers]


def _name(value: Value, scene: Scene) -> str | None:
    """The label, or for a parameter its name in the module whose frame it is in."""
    return value.label or (scene.paths[value][-1] if value in scene.paths else None)


def _operation(value: Value, scene: Scene) -> str:
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
    if largest and (scene.shades or len(exits) > 1):
        contents.append(f"largest grad {number_text(largest, scene.digits)}")
    numbers = [_numbers(exits[0], scene)] if len(exits) == 1 else []
    return [escape(box.module[-1] if box.module else "model"), _lines(contents), *numbers]


def _parameter_count(box: Box, scene: Scene) -> str:
    """The number of parameters in the parts; empty if the parts are the parameters."""
    paths = [scene.paths[value] for value in box.values if value in scene.paths]
    inner = any(len(path) > len(box.module or ()) + 1 for path in paths)
    return f"{len(paths)} parameters" if inner else ""


def _first(texts: list[str], count: int) -> list[str]:
    return texts if len(texts) <= count else [*texts[:count], "…"]


def _numbers(value: Value, scene: Scene) -> str:
    data, grad = number_text(value.data, scene.digits), number_text(value.grad, scene.digits)
    return _lines([f"data {data}", f"grad {grad}"])


def _lines(texts: Iterable[str]) -> str:
    """The lines of a field, aligned to the left."""
    return "".join(escape(text) + r"\l" for text in texts if text)
