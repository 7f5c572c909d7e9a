"""Neurons, layers and networks of Values; losses, optimizers and training.

>>> import random
>>> model = MLP(2, [3, 1], rng=random.Random(0))
>>> output = model([1.0, -2.0])
>>> output.backward()
>>> len(model.parameters()), model.layers[0].neurons[0]
(13, Neuron(2, activation='relu'))

Models stand in `module` and `layers`, what trains them in `losses`, `optimizer` (the base) and
`optimizers`. `training` has the loop of `fit`. A step over Values is in `training_steps`; a
compiled one is in `compiled_steps`, and runs the `loss_program`, on several workers by `shards`.
`diverging` says why a loss is nan, infinite or stuck. `prediction` has `predict`, and `plots` draws
a training.

`data` reads points and samples, and `targets` what a loss compares with; `randomness` hands a model
its random numbers, and `checks` says what arguments must be.
"""

import importlib
from typing import TYPE_CHECKING, Any

from autograd.slips import refused_import
from nn.data import two_moons
from nn.layers import MLP, Layer, Neuron, dropout
from nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    half_squared_error,
    hinge,
    mean_squared_error,
    softmax_cross_entropy,
)
from nn.module import Module
from nn.optimizer import Optimizer
from nn.optimizers import SGD, Adam, AdamW, RMSprop
from nn.prediction import predict
from nn.randomness import random_numbers, random_numbers_from
from nn.training import History, Training, fit

if TYPE_CHECKING:
    from autograd import draw_network, draw_passes
    from nn.plots import (
        plot_decision_boundary,
        plot_gradients,
        plot_learning_rates,
        plot_losses,
    )

__all__ = [
    "MLP",
    "SGD",
    "Adam",
    "AdamW",
    "History",
    "Layer",
    "Module",
    "Neuron",
    "Optimizer",
    "RMSprop",
    "Training",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "draw_network",
    "draw_passes",
    "dropout",
    "fit",
    "half_squared_error",
    "hinge",
    "mean_squared_error",
    "plot_decision_boundary",
    "plot_gradients",
    "plot_learning_rates",
    "plot_losses",
    "predict",
    "random_numbers",
    "random_numbers_from",
    "softmax_cross_entropy",
    "two_moons",
]

# Imported when first asked for: `import nn` alone stays quick.
_PICTURES = {
    "draw_network": "autograd",
    "draw_passes": "autograd",
    "plot_decision_boundary": "nn.plots",
    "plot_gradients": "nn.plots",
    "plot_learning_rates": "nn.plots",
    "plot_losses": "nn.plots",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _PICTURES:
            raise AttributeError(refused_import("nn", name))
        globals()[name] = function = getattr(importlib.import_module(_PICTURES[name]), name)
        return function


def __dir__() -> list[str]:
    return sorted(__all__)
