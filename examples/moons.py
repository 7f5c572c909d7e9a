"""Two moons: a network of two hidden layers tells two interleaved half circles apart.

Training minimises the hinge loss plus a small multiple of the squared weights. The picture
of the decision boundary takes one forward pass: a Value may hold an array, and here it
holds a coordinate of every point of the grid.
"""

import random
from pathlib import Path
from typing import Any

import nn
from autograd import no_grad
from examples.saving import save_plot

EPOCHS = 100


def data() -> tuple[list[list[float]], list[int]]:
    """A hundred points, and -1 or 1 for the moon of each."""
    return nn.two_moons(100, rng=random.Random(1))


def train(points: list[list[float]], labels: list[int], epochs: int) -> nn.MLP:
    """A network fitted to the points by gradient descent with momentum."""
    model = nn.MLP(2, [16, 16, 1], rng=random.Random(1))
    # The weight decay adds 0.0002 * p to the gradient of p: that is the penalty 0.0001 * p^2.
    optimizer = nn.SGD(model.parameters(), learning_rate=0.1, momentum=0.9, weight_decay=0.0002)
    nn.fit(model, points, labels, loss=nn.hinge, optimizer=optimizer, epochs=epochs)
    return model


def accuracy(model: nn.MLP, points: list[list[float]], labels: list[int]) -> float:
    """The share of the points whose score has the sign of their label."""
    right = sum(model(point) * label > 0 for point, label in zip(points, labels, strict=True))
    return float(right / len(points))


def main(pictures: Path) -> list[Path]:
    """Trains the network, prints its accuracy, and plots its decision boundary."""
    points, labels = data()
    model = train(points, labels, EPOCHS)
    print(f"{len(model.parameters())} parameters, {EPOCHS} epochs")
    print(f"Accuracy on the {len(points)} points: {accuracy(model, points, labels):.0%}")
    return save_plot(
        lambda axes: plot_boundary(axes, model, points, labels), pictures / "moons_boundary.png"
    )


def scores(model: nn.MLP, xs: Any, ys: Any) -> Any:
    """The score of every point of a grid, as an array, by one forward pass."""
    with no_grad():
        return model([xs, ys]).data


def plot_boundary(axes: Any, model: nn.MLP, points: list[list[float]], labels: list[int]) -> None:
    """Plots the two sides of the boundary and the points, on Matplotlib axes."""
    import numpy as np

    xs, ys = np.meshgrid(np.linspace(-1.7, 2.7, 250), np.linspace(-1.3, 1.8, 250))
    heights = scores(model, xs, ys)
    lowest, highest = min(heights.min(), -1), max(heights.max(), 1)
    axes.contourf(xs, ys, heights, [lowest, 0, highest], colors=["#cfe0f3", "#fbe3c4"])
    axes.contour(xs, ys, heights, [0], colors="black", linewidths=1.5)
    for label, name, marker, color in (
        (-1, "upper moon", "o", "#1f5fa8"),
        (1, "lower moon", "^", "#c05f00"),
    ):
        moon = [point for point, of in zip(points, labels, strict=True) if of == label]
        axes.scatter(*zip(*moon, strict=True), marker=marker, color=color, s=30, label=name)
    axes.set(xlabel="x", ylabel="y", title="Decision boundary", aspect="equal")
    axes.figure.legend(loc="outside right upper")


if __name__ == "__main__":
    main(Path())
