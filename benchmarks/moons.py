"""A training step of MLP(2, [16, 16, 1]) on two moons: max-margin loss with an L2 penalty."""

import functools
import gc
import math
import random
from collections.abc import Callable
from typing import Any

from benchmarks.program import Engine, Program, Step

LEARNING_RATE = 0.1
L2 = 1e-4
# The number of neurons in a hidden layer.
WIDTH = 16


def two_moons(count: int) -> tuple[list[list[float]], list[int]]:
    draw = random.Random(0)
    points, labels = [], []
    for number in range(count):
        angle = draw.uniform(0, math.pi)
        x, y = math.cos(angle), math.sin(angle)
        upper = number % 2 == 0
        points.append([x, y] if upper else [1 - x, 0.5 - y])
        labels.append(1 if upper else -1)
    return [[x + draw.gauss(0, 0.1), y + draw.gauss(0, 0.1)] for x, y in points], labels


POINTS, LABELS = two_moons(100)


def training_step(model: Any, loss: Callable[[Any], Any]) -> tuple[Any, list[float]]:
    total = loss(model)
    model.zero_grad()
    total.backward()
    for p in model.parameters():
        p.data -= LEARNING_RATE * p.grad
    return total, [float(total.data)]


def explicit_loss(model: Any, value: Any) -> Any:
    """The loss with a node for every sum and product, as in micrograd's own demo."""
    scores = [model([value(x) for x in point]) for point in POINTS]
    losses = [(1 + -label * score).relu() for score, label in zip(scores, LABELS, strict=True)]
    return sum(losses) * (1.0 / len(losses)) + L2 * sum(p * p for p in model.parameters())


class ExplicitMLP:
    """micrograd's MLP: its neurons use `+` and `*`, and the same random numbers.

    Args:
        value: makes a parameter of a number.
        width: the number of neurons in each of the two hidden layers.
    """

    def __init__(self, value: Any, width: int = WIDTH):
        sizes = [(2, width), (width, width), (width, 1)]
        self.layers = [[_neuron(value, nin) for _ in range(n)] for nin, n in sizes]

    def __call__(self, x: list[Any]) -> Any:
        for layer in self.layers[:-1]:
            x = [_weighted_sum(*neuron, x).relu() for neuron in layer]
        return _weighted_sum(*self.layers[-1][0], x)

    def parameters(self) -> list[Any]:
        return [p for layer in self.layers for weights, bias in layer for p in [*weights, bias]]

    def zero_grad(self) -> None:
        for p in self.parameters():
            p.grad = 0


def _neuron(value: Any, nin: int) -> tuple[list[Any], Any]:
    return [value(random.uniform(-1, 1)) for _ in range(nin)], value(0.0)


def _weighted_sum(weights: list[Any], bias: Any, x: list[Any]) -> Any:
    return sum((wi * xi for wi, xi in zip(weights, x, strict=True)), bias)


def autograd_nn(count: int = len(POINTS), width: int = WIDTH) -> Step:
    import autograd
    import nn

    points, labels = two_moons(count)

    def loss(model: nn.MLP) -> Any:
        scores = [model(point) for point in points]
        margins = zip(scores, labels, strict=True)
        losses = [autograd.relu(1 - label * score) for score, label in margins]
        parameters = model.parameters()
        return autograd.sum(losses) / len(losses) + L2 * autograd.dot(parameters, parameters)

    random.seed(1337)
    model = nn.MLP(2, [width, width, 1])
    return lambda: training_step(model, loss)


def autograd_lanes(count: int = len(POINTS), width: int = WIDTH) -> Step:
    """All points at once: each Value holds an array, and each lane has its own gradient."""
    import numpy as np

    import autograd
    import nn

    points, labels = map(np.array, two_moons(count))
    columns = list(points.T)
    random.seed(1337)
    model = nn.MLP(2, [width, width, 1])

    def step() -> tuple[Any, list[float]]:
        parameters = model.parameters()
        margin = autograd.relu(1 - model(columns) * labels)
        total = margin + L2 * autograd.dot(parameters, parameters)
        model.zero_grad()
        total.backward()
        for p in parameters:
            p.data -= LEARNING_RATE * float(np.mean(p.grad))
        return total, [float(np.mean(total.data))]

    return step


def _autograd_explicit() -> Step:
    from autograd import Value

    random.seed(1337)
    model = ExplicitMLP(Value)
    return lambda: training_step(model, lambda model: explicit_loss(model, Value))


def _autograd_default_collector() -> Step:
    threshold = gc.get_threshold()
    step = _autograd_explicit()
    gc.set_threshold(*threshold)
    return step


def _micrograd() -> Step:
    from micrograd.engine import Value
    from micrograd.nn import MLP

    random.seed(1337)
    model = MLP(2, [16, 16, 1])
    return lambda: training_step(model, lambda model: explicit_loss(model, Value))


def _micrograd_without_collector() -> Step:
    gc.disable()
    return _micrograd()


def torch_model() -> tuple[Any, Callable[[float], Any]]:
    """An MLP of 0-d tensors, and the function that makes a constant of that kind."""
    import torch

    torch.set_num_threads(1)

    class MLP(ExplicitMLP):
        def zero_grad(self) -> None:
            for p in self.parameters():
                p.grad = None

    random.seed(1337)
    model = MLP(functools.partial(torch.tensor, dtype=torch.float64, requires_grad=True))
    return model, functools.partial(torch.tensor, dtype=torch.float64)


def _torch() -> Step:
    model, value = torch_model()
    return lambda: training_step(model, lambda model: explicit_loss(model, value))


PROGRAM = Program(
    title="MLP(2, [16, 16, 1]), 100 points, one training step",
    engines={
        "autograd, `nn.MLP`": Engine(autograd_nn),
        "autograd, `nn.MLP`, points as lanes (NumPy)": Engine(autograd_lanes),
        "autograd, `+` and `*`": Engine(_autograd_explicit),
        "autograd, `+` and `*`, collector as Python sets it": Engine(_autograd_default_collector),
        "micrograd": Engine(_micrograd),
        "micrograd, collector off": Engine(_micrograd_without_collector),
        "torch, 0-d tensors": Engine(_torch, "torch"),
    },
    baseline="micrograd",
    rounds=(6, 1),
    repetitions=4,
)
