"""The graph of a computation as a picture: a box for each Value, partials on the arrows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from autograd.drawing.labels import (
    arrow_label,
    box_label,
    description,
    escape,
    without_numbers,
)
from autograd.drawing.scene import (
    Arrow,
    Box,
    Path,
    Scene,
    alike,
    arrows,
    folded,
    going_back,
    is_readable,
    modules_of,
    parameter_paths,
    role,
)
from autograd.drawing.styles import (
    EDGE,
    FRAME,
    GRAPH,
    NODE,
    RANKSEP_IN_FRAMES,
    GradientShades,
    arrow_style,
    box_style,
)
from autograd.graph import reached_from, reading_order
from autograd.slips import answers_slips
from autograd.value import Value

# The graphviz package takes longer to import than all of autograd, so only draw() does it.
if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture

_DIRECTIONS = ("LR", "RL", "TB", "BT")

# Levels that fit into the width of a page.
_LEVELS_ACROSS = 6

# Larger graphs are not searched for what is alike: it would take long.
_SEARCHED = 100_000


@answers_slips
def draw(
    value: Value | Iterable[Value],
    model: Any = None,
    *,
    depth: int | None = None,
    fold: bool = True,
    highlight: Value | Iterable[Value] = (),
    color_gradients: bool = False,
    partials: bool = True,
    constants: bool = True,
    digits: int = 4,
    direction: str | None = None,
    limit: int = 1000,
) -> Picture:
    """The graph that computed a Value, as a picture.

    Every Value is a box with its label, the operation that computed it, its data and its
    gradient. The arrow from each operand has the local partial derivative. Unlabelled leaves are
    drawn paler, and outputs bolder.

    Args:
        value: the output, or a list of outputs.
        model: an object with `named_parameters()`, such as an `nn.Module`: its parameters
            get their names, and what its modules compute is drawn in frames.
        depth: folds the model: 0 draws it as one box, 1 its layers, 2 their neurons.
        fold: whether a graph of more than 60 boxes is folded as far as needed: by the modules of
            the model, unless a depth is given, and by drawing Values that do the same as one box,
            such as those of all samples of a loss ("×100"), or of all steps of a loop.
        highlight: a Value, or several: every path from it to an output is highlighted.
        color_gradients: whether boxes are filled by the size of their gradients.
        partials: whether the partial derivatives are written on the arrows.
        constants: whether unlabelled leaves are drawn; if not, their numbers are written into
            the operations that use them.
        digits: how many significant digits of each number are shown.
        direction: "LR" (left to right), "RL", "TB" (top to bottom) or "BT"; by default
            left to right if that fits on a page or is narrower, else top to bottom.
        limit: the largest number of boxes, and half of the largest number of arrows: beyond it
            the layout would take minutes, and nobody could read the picture.

    Returns:
        A Picture, which is a graphviz.Digraph: it shows itself in a notebook, and has
        `.save("picture.png")`, `.source`, and `.pipe(format="pdf")`.

    Raises:
        TypeError: if value is neither a Value nor a list of them, or if model has no
            `named_parameters()`.
        ValueError: if the list is empty, if the graph is too large, if an option has an unknown
            value, or if the model or what is highlighted is not part of the graph.

    >>> x = Value(3.0, label="x")
    >>> y = x * x
    >>> y.backward()
    >>> print(draw(y).source)
    digraph {
    ...
        value0 [label="{x}|data 3\\lgrad 6\\l" class=leaf ...]
        value1 [label="{*}|data 9\\lgrad 1\\l" class=output ...]
        value0 -> value1 [label="∂ 3"]
        value0 -> value1 [label="∂ 3"]
    }
    >>> print(draw(y - 1, constants=False, partials=False, highlight=x).source)
    digraph {
    ...
        value2 [label="{… - 1}|data 8\\lgrad 0\\l" class=output color="#b0005a" ... penwidth=2.5]
        value0 -> value1 [color="#b0005a" ... penwidth=2]
    ...
    """
    outputs = _values(value, "draw() takes")
    if not outputs:
        raise ValueError("draw() of nothing: give at least one Value")
    if direction is not None and direction not in _DIRECTIONS:
        raise ValueError(f"direction is one of {', '.join(_DIRECTIONS)}, not {direction!r}")
    if not isinstance(limit, int | float) or not limit >= 0:
        raise ValueError(f"limit is a number of boxes, not {limit!r}")
    nodes = reading_order(*outputs)
    highlighted = _descendants(_values(highlight, "highlight is"), nodes)
    paths = parameter_paths(model, nodes)
    hidden = frozenset() if constants else _constants(nodes, paths).difference(outputs)
    shown = [node for node in nodes if node not in hidden]
    boxes, captions = _fold(shown, paths, modules_of(nodes, paths), outputs, depth, fold)
    _require_at_most(limit, len(boxes), "boxes")
    drawn = arrows(boxes)
    # Only sums of very many terms have more than two arrows for each box.
    _require_at_most(2 * limit, len(drawn), "arrows")
    shades = GradientShades(boxes) if color_gradients else None
    if shades:
        captions.append(shades.legend)

    return _picture(
        Scene(
            boxes=boxes,
            arrows=drawn,
            back=going_back(drawn, shown),
            paths=paths,
            outputs=frozenset(outputs),
            hidden=hidden,
            highlighted=highlighted,
            shade=shades.shade if shades else None,
            captions=captions,
            digits=digits,
            direction=direction or _fitting_direction(boxes, drawn, shown),
            partials=partials,
        )
    )


def _values(given: Any, taker: str) -> tuple[Value, ...]:
    values = (given,) if isinstance(given, Value) else given
    values = tuple(values) if isinstance(values, Iterable) else None
    if values is None or not all(isinstance(one, Value) for one in values):
        raise TypeError(f"{taker} a Value or a list of Values, not {given!r}")
    return values


def _descendants(sources: tuple[Value, ...], nodes: list[Value]) -> frozenset[Value]:
    """The sources and all that was computed from them."""
    missing = set(sources).difference(nodes)
    if missing:
        raise ValueError(f"highlight: {next(iter(missing))!r} is no part of this graph")
    return frozenset(reached_from(sources, nodes))


def _constants(nodes: list[Value], paths: dict[Value, Path]) -> frozenset[Value]:
    return frozenset(node for node in nodes if role(node, paths) == "constant")


def _fold(
    nodes: list[Value],
    paths: dict[Value, Path],
    modules: dict[Value, Path],
    outputs: tuple[Value, ...],
    depth: int | None,
    fold: bool,
) -> tuple[list[Box], list[str]]:
    """The boxes at a depth, or by default as many as can be read; and the captions."""
    unfolded = 1 + max(map(len, modules.values()), default=-1)
    if depth is None:
        depths = list(range(unfolded, -1, -1)) if fold else [unfolded]
    elif not modules:
        raise ValueError("depth folds a model: pass it too, as in draw(output, model, depth=1)")
    elif not isinstance(depth, int) or depth < 0:
        raise ValueError(f"depth is a whole number of at least 0, not {depth!r}")
    else:
        depths = [depth]
    # That the whole model is one box comes last: then no part of it can be seen.
    inner = [depth for depth in depths if depth > 0]
    attempts = [*((depth, True) for depth in inner), *((depth, False) for depth in inner)]
    attempts += [(0, True), (0, False)] if 0 in depths else []
    for depth, numbered in attempts:
        boxes = folded(nodes, modules, depth)
        to_depth = f", folded to depth={depth}" if depth < depths[0] else ""
        if not fold or is_readable(boxes):
            hint = f"depth={unfolded} shows them all"
            return boxes, [f"{len(nodes)} Values{to_depth}; {hint}"] if to_depth else []
        joined = _alike(boxes, paths, outputs, numbered)
        if joined:
            hint = "those that are alike are one box; fold=False shows them all"
            return joined, [f"{len(nodes)} Values{to_depth}; {hint}"]
    return boxes, []


def _alike(
    boxes: list[Box], paths: dict[Value, Path], outputs: tuple[Value, ...], numbered: bool
) -> list[Box] | None:
    """Boxes of what is alike, with the same names, or with names that differ only by numbers."""
    if len(boxes) > _SEARCHED:
        return None
    values = [box.values[0] for box in boxes if not box.folded]
    names = {value: ".".join(paths.get(value, ())) or value.label or "" for value in values}
    if not numbered:
        names = {value: without_numbers(name) for value, name in names.items()}
    return alike(boxes, names, frozenset(outputs))


def _require_at_most(most: int, count: int, things: str) -> None:
    if count > most:
        raise ValueError(
            f"the picture has {count} {things}, too many to draw: at most {most}. Draw a smaller "
            "part, such as the graph of one sample; or fold it by its modules, as in "
            "draw(output, model, depth=1); or pass a larger limit"
        )


def _fitting_direction(boxes: list[Box], drawn: list[Arrow], nodes: list[Value]) -> str:
    """Left to right if that fits into the width of a page, or is narrower than top to bottom."""
    arriving: dict[Box, list[Arrow]] = {box: [] for box in boxes}
    for arrow in drawn:
        arriving[arrow.head].append(arrow)
    index = {node: number for number, node in enumerate(nodes)}
    level: dict[Box, int] = {}
    # What is folded may also be read before its last Value: such arrows go back.
    for box in sorted(boxes, key=lambda box: index[box.values[-1]]):
        level[box] = max((level[a.tail] + 1 for a in arriving[box] if a.tail in level), default=0)
    arrows_to = Counter(level[arrow.head] for arrow in drawn)
    # Two arrows side by side, with their labels, are as wide as a level with its box.
    across = max(_LEVELS_ACROSS, max(arrows_to.values(), default=0) // 2)
    return "LR" if 1 + max(level.values()) <= across else "TB"


def _picture(scene: Scene) -> Picture:
    """The scene in Graphviz's language, with boxes named by their index."""
    from autograd.drawing.rendering import Picture

    picture = Picture(
        description=description(scene),
        in_order=bool(scene.paths),
        format="svg",
        graph_attr={"rankdir": scene.direction, **GRAPH},
        node_attr=NODE,
        edge_attr=EDGE,
    )
    names = {
        box: f"{'module' if box.folded else 'value'}{index}"
        for index, box in enumerate(scene.boxes)
    }
    framed = [box for box in scene.boxes if box.frame]
    # Operands are placed in the order of their edges, so that x - y is not read as y - x. Frames
    # decide the places of what is in them, and this rule would only add detours.
    if not framed:
        picture.attr(ordering="in")
    if not all(box.folded for box in framed):
        picture.graph_attr["ranksep"] = RANKSEP_IN_FRAMES
    _add_boxes(picture, (), names, scene)
    for arrow in scene.arrows:
        style = arrow_style(arrow, scene.direction, not scene.highlighted.isdisjoint(arrow.parents))
        if arrow in scene.back:
            # Boxes are placed by the first pass through the loop.
            style = {**style, "constraint": "false"}
        ends = names[arrow.tail], names[arrow.head]
        picture.edge(*ends, arrow_label(arrow, scene), **style)
    if scene.captions:
        picture.attr(label="".join(escape(caption) + r"\l" for caption in scene.captions))
    return picture


def _add_boxes(picture: Picture, frame: Path, names: dict[Box, str], scene: Scene) -> None:
    """Adds the boxes that are in a frame, and the frames within it."""
    inner: dict[Path, None] = {}
    for box in names:
        if box.frame == frame:
            shade = scene.shade(box) if scene.shade else None
            highlighted = not scene.highlighted.isdisjoint(box.values)
            style = box_style(scene.role(box), shade, highlighted)
            picture.node(names[box], box_label(box, scene), **style)
        elif box.frame[: len(frame)] == frame:
            inner[box.frame[: len(frame) + 1]] = None
    for path in inner:
        name = ".".join(path)
        with picture.subgraph(name=f"cluster_{name}") as cluster:
            cluster.attr(label=escape(name), **FRAME)
            _add_boxes(cluster, path, names, scene)
