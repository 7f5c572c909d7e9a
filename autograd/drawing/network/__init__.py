"""Pictures of networks: neurons in columns, and weights on the lines between them.

`draw_network` draws one picture, and `draw_passes` one for each step of both passes. `neurons`
reads the units off the graph, `placement` says where they and the lines between them stand, `texts`
what is written beside them, and `picture` how all of it looks.
"""

from autograd.drawing.network.draw_network import draw_network
from autograd.drawing.network.draw_passes import draw_passes

__all__ = ["draw_network", "draw_passes"]
