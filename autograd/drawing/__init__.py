"""Pictures of computation graphs, drawn by Graphviz."""

from autograd.drawing.computation_graph import draw

__all__ = ["draw"]
