"""Pictures of networks: neurons in columns, and weights on the lines between them."""

from autograd.drawing.network.draw_network import draw_network
from autograd.drawing.network.draw_passes import draw_passes

__all__ = ["draw_network", "draw_passes"]
