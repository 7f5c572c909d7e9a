"""Two moons: a network of two hidden layers tells two interleaved half circles apart.

Training minimises the hinge loss plus a small multiple of the squared weights. The picture
of the decision boundary takes a single forward pass: a Value may hold an array, and here it
holds one coordinate of all points of the grid.
"""

import random
from pathlib import Path

import nn
from examples.saving import save_plot

EPOCHS = 100


def data() -> tuple[list[list[float]], list[int]]:
    """A hundred points, and -1 or 1 for the moon of each."""
    return nn.two_moons(100, rng=random.Random(1))


def train(points: list[list[float]], labels: list[int], epochs: int) -> tuple[nn.MLP, nn.History]:
    """A network fitted to the points by gradient descent with momentum, and its history."""
    model = nn.MLP(2, [16, 16, 1], rng=random.Random(1))
    # The weight decay adds 0.0002 * p to the gradient of p: that is the penalty 0.0001 * p^2.
    optimizer = nn.SGD(model.parameters(), learning_rate=0.1, momentum=0.9, weight_decay=0.0002)
    history = nn.fit(model, points, labels, loss=nn.hinge, optimizer=optimizer, epochs=epochs)
    return model, history


def accuracy(model: nn.MLP, points: list[list[float]], labels: list[int]) -> float:
    """The share of points whose score has the sign of their label."""
    right = sum(model(point) * label > 0 for point, label in zip(points, labels, strict=True))
    return float(right / len(points))


def main(pictures: Path) -> list[Path]:
    """Trains the network, prints its accuracy, and plots its training and what it learned."""
    points, labels = data()
    model, history = train(points, labels, EPOCHS)
    print(f"{len(model.parameters())} parameters, {EPOCHS} epochs")
    print(f"Accuracy on the {len(points)} points: {accuracy(model, points, labels):.0%}")
    plots = {
        "boundary": lambda axes: nn.plot_decision_boundary(model, points, labels, axes=axes),
        "losses": lambda axes: nn.plot_losses(history, axes=axes),
        "gradients": lambda axes: nn.plot_gradients(history, axes=axes),
    }
    saved: list[Path] = []
    for name, plot in plots.items():
        saved += save_plot(plot, pictures / f"moons_{name}.png")
    return saved


if __name__ == "__main__":
    main(Path())
