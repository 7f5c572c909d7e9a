"""Pictures of computation graphs, and in `network` of networks, drawn by Graphviz.

`draw` orders the graph, folds its modules and what is alike, and writes the `scene` in Graphviz's
language: `labels` has the text of each box and arrow, `styles` their shapes and colours.
`rendering` has it laid out in the order of the network, makes the texts of an SVG fit in any font,
and saves it. Where Graphviz is not installed, `webassembly` runs a build of it that has no PNG and
PDF, and `painting` paints these. How networks look is in `network/picture`.
"""

import importlib
from typing import TYPE_CHECKING, Any

from autograd.drawing.draw import draw

if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture

__all__ = ["Picture", "draw"]


# A picture is a graphviz.Digraph, and importing graphviz takes longer than all of autograd.
def __getattr__(name: str) -> Any:
    if name != "Picture":
        raise AttributeError(f"module 'autograd.drawing' has no attribute {name!r}")
    return importlib.import_module("autograd.drawing.rendering").Picture
