"""Pictures of computation graphs, drawn by Graphviz."""

from autograd.drawing.computation_graph import draw
from autograd.drawing.number_text import number_text

__all__ = ["draw", "number_text"]
