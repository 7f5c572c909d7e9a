"""Learning XOR: a 2-2-1 network with a sigmoid hidden layer can do it; no linear network can.

The error is E = 1/(2T) * the sum over T associations of (y - expected)^2, and training
is gradient descent with the gradients of all four associations, until E is below 0.0001.
"""

import random
from pathlib import Path
from typing import Any

import nn
from autograd import Value, mean
from examples.published import print_table
from examples.saving import save_picture, save_plot

INPUTS = [[1, 1], [1, 0], [0, 1], [0, 0]]
EXPECTED = [0, 1, 1, 0]
GOAL = 0.0001


def network(activation: str | None) -> nn.MLP:
    """Two inputs, two hidden neurons and an output without activation; small random weights."""
    return nn.MLP(2, [2, 1], activation=activation, rng=random.Random(1))


def error(model: nn.MLP) -> Value:
    """E over all four associations; `mean` divides by T, half_squared_error by 2."""
    pairs = zip(INPUTS, EXPECTED, strict=True)
    total: Value = mean([nn.half_squared_error(model(x), expected) for x, expected in pairs])
    return total


def train(model: nn.MLP, epochs: int) -> nn.History:
    """Gradient descent until the error is below the goal."""
    return nn.fit(
        model,
        INPUTS,
        EXPECTED,
        loss=nn.half_squared_error,
        optimizer=nn.SGD(model.parameters(), learning_rate=0.5),
        epochs=epochs,
        until=GOAL,
    )


def main(pictures: Path) -> list[Path]:
    """Trains both networks, prints their answers, and draws what they learned, and how."""
    model = network("sigmoid")
    learned = train(model, epochs=5000)
    print(f"With a sigmoid: error {error(model).data:.6f} after {len(learned.losses)} epochs")
    print_truth_table(model)
    saved = [save_picture(nn.draw_network(model, [1, 0]), pictures / "xor_network.svg")]
    saved += save_plot(lambda axes: plot_boundary(axes, model), pictures / "xor_boundary.png")

    linear = network(None)
    failed = train(linear, epochs=len(learned.losses))
    print(f"Linear: error {error(linear).data:.6f} after {len(failed.losses)} epochs")
    print_truth_table(linear)
    print("The plane nearest to XOR is flat at 1/2: off by 1/2 at all four, 1/8 * 4 * (1/2)^2.")
    return saved + save_plot(
        lambda axes: plot_errors(axes, learned, failed), pictures / "xor_errors.png"
    )


def print_truth_table(model: nn.MLP) -> None:
    """Prints the answer of a network to each input, next to the right one."""
    rows = [
        (str(x), str(expected), f"{model(x).data:.4f}")
        for x, expected in zip(INPUTS, EXPECTED, strict=True)
    ]
    print_table(("input", "expected", "output"), rows)


def plot_boundary(axes: Any, model: nn.MLP) -> None:
    """Plots where the network answers 1 rather than 0."""
    nn.plot_decision_boundary(model, INPUTS, EXPECTED, threshold=0.5, axes=axes)


def plot_errors(axes: Any, learned: nn.History, failed: nn.History) -> None:
    """Plots the error of both networks in each epoch, and the goal."""
    lines = {"sigmoid hidden layer": learned, "linear hidden layer": failed}
    nn.plot_losses(lines, logarithmic=True, axes=axes)
    axes.axhline(GOAL, color="grey", linestyle=":", label=f"goal, {GOAL}")
    axes.set(ylabel="error E", title="Learning XOR")
    axes.legend(loc="center left")


if __name__ == "__main__":
    main(Path())
