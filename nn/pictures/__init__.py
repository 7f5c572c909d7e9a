"""Pictures of networks, and of their training."""

from nn.pictures.network import draw_network, draw_passes
from nn.pictures.training import (
    plot_decision_boundary,
    plot_gradients,
    plot_learning_rates,
    plot_losses,
)

__all__ = [
    "draw_network",
    "draw_passes",
    "plot_decision_boundary",
    "plot_gradients",
    "plot_learning_rates",
    "plot_losses",
]
