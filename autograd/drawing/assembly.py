"""A scene as a Picture."""

from __future__ import annotations

from autograd.drawing.escaping import escape
from autograd.drawing.folding import Box, Path
from autograd.drawing.labels import arrow_label, box_label
from autograd.drawing.rendering import Picture
from autograd.drawing.scene import Scene
from autograd.drawing.styles import EDGE, FRAME, GRAPH, NODE, arrow_style, box_style


def assemble(scene: Scene) -> Picture:
    """The picture; each box is named by its place in the order of the scene."""
    picture = Picture(
        format="svg",
        graph_attr={"rankdir": scene.direction, **GRAPH},
        node_attr=NODE,
        edge_attr=EDGE,
    )
    names = {
        box: f"{'module' if box.folded else 'value'}{position}"
        for position, box in enumerate(scene.boxes)
    }
    # Operands stand in the order of their edges, so that x - y is not read as y - x. In
    # frames they have places of their own, and the rule would only make detours.
    if not any(box.frame for box in scene.boxes):
        picture.attr(ordering="in")
    _add_boxes(picture, (), names, scene)
    for arrow in scene.arrows:
        text = arrow_label(arrow, scene)
        picture.edge(names[arrow.tail], names[arrow.head], text, **arrow_style(arrow, scene))
    if scene.captions:
        picture.attr(label="".join(escape(caption) + r"\l" for caption in scene.captions))
    return picture


def _add_boxes(picture: Picture, frame: Path, names: dict[Box, str], scene: Scene) -> None:
    """The boxes that stand in a frame, and the frames within it."""
    inner: dict[Path, None] = {}
    for box in names:
        if box.frame == frame:
            label = box_label(box, scene)
            picture.node(names[box], label, **box_style(box, scene))
        elif box.frame[: len(frame)] == frame:
            inner[box.frame[: len(frame) + 1]] = None
    for path in inner:
        name = ".".join(path)
        with picture.subgraph(name=f"cluster_{name}") as cluster:
            cluster.attr(label=escape(name), **FRAME)
            _add_boxes(cluster, path, names, scene)
