"""Handwritten digits: a network is trained, validated, tested, saved and trained further.

The 1,797 digits of scikit-learn are images of 8 by 8 pixels. A network of 64 inputs, 32 hidden
neurons and 10 outputs learns to tell them apart, with softmax cross-entropy and Adam. Training
stops when the loss on held-out digits has not fallen for a while. If PyTorch is installed, the
same network is trained there too: from the same weights, on the same batches.
"""

import datetime
import importlib.util
import json
import platform
import random
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import nn
from examples.published import print_table
from examples.saving import save_plot

SIZES = [64, 32, 10]
EPOCHS = 60
BATCH_SIZE = 32
LEARNING_RATE = 0.005
# For how many epochs the validation loss may stay above its lowest value.
PATIENCE = 8


class Samples(NamedTuple):
    """An array of images, with 64 numbers from 0 to 1 in each row, and an array of their digits."""

    images: Any
    digits: Any


def data() -> tuple[Samples, Samples, Samples]:
    """The digits to train on, to validate with and to test with."""
    from sklearn.datasets import load_digits

    loaded = load_digits()
    order = list(range(len(loaded.target)))
    random.Random(0).shuffle(order)
    parts = (order[:1297], order[1297:1547], order[1547:])
    train, validation, test = [
        Samples(loaded.data[part] / 16, loaded.target[part]) for part in parts
    ]
    return train, validation, test


class Patience:
    """A callback that stops the training, and keeps the parameters with the lowest loss."""

    def __init__(self, epochs: int):
        self.epochs = epochs
        self.best: dict[str, float] = {}

    def __call__(self, training: nn.Training) -> bool:
        losses = training.history.validation_losses
        if losses[-1] == min(losses):
            self.best = training.model.state_dict()
        return min(losses) < min(losses[-self.epochs :])


def network() -> tuple[nn.MLP, nn.Adam]:
    """The network with its initial weights, and its optimizer."""
    model = nn.MLP(SIZES[0], SIZES[1:], init="he_uniform", rng=random.Random(1))
    return model, nn.Adam(model.parameters(), LEARNING_RATE)


def fit(
    model: nn.MLP, optimizer: nn.Adam, train: Samples, rng: random.Random, **options: Any
) -> nn.History:
    """Trains the network on batches that `rng` draws."""
    return nn.fit(
        model,
        train.images,
        train.digits,
        loss=nn.softmax_cross_entropy,
        optimizer=optimizer,
        batch_size=BATCH_SIZE,
        rng=rng,
        compiled=True,
        **options,
    )


def accuracy(model: nn.MLP, samples: Samples) -> float:
    """The share of the images for which the largest output is that of the right digit."""
    predicted = nn.predict(model, samples.images, compiled=True).argmax(axis=1)
    return float((predicted == samples.digits).mean())


def confusion(model: nn.MLP, samples: Samples) -> list[list[int]]:
    """How often each digit (a row) was taken for each digit (a column)."""
    counts = [[0] * 10 for _ in range(10)]
    predicted = nn.predict(model, samples.images, compiled=True).argmax(axis=1)
    for digit, found in zip(samples.digits, predicted, strict=True):
        counts[digit][found] += 1
    return counts


def is_continued_to_the_bit(train: Samples, epochs: int) -> bool:
    """Whether training that is saved halfway, loaded and continued gives the same weights."""
    whole, optimizer = network()
    fit(whole, optimizer, train, random.Random(2), epochs=2 * epochs)

    model, optimizer = network()
    rng = random.Random(2)
    fit(model, optimizer, train, rng, epochs=epochs)
    saved = json.dumps({"model": model.state_dict(), "optimizer": optimizer.state_dict()})

    model, optimizer = network()
    loaded = json.loads(saved)
    model.load_state_dict(loaded["model"])
    optimizer.load_state_dict(loaded["optimizer"])
    fit(model, optimizer, train, rng, epochs=epochs)
    return model.state_dict() == whole.state_dict()


def in_pytorch(train: Samples, validation: Samples, test: Samples, epochs: int) -> dict[str, Any]:
    """The same training in PyTorch: its losses, its time, and its accuracy on the test digits."""
    import torch

    # The batches are small, so more threads would only wait for each other.
    torch.set_num_threads(1)
    double = {"dtype": torch.float64}
    layers = [torch.nn.Linear(*sizes, **double) for sizes in pairwise(SIZES)]
    for layer, ours in zip(layers, network()[0].layers, strict=True):
        weights = [[weight.data for weight in neuron.w] for neuron in ours.neurons]
        layer.weight.data = torch.tensor(weights, **double)
        layer.bias.data = torch.tensor([neuron.b.data for neuron in ours.neurons], **double)
    model = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    loss_of = torch.nn.CrossEntropyLoss()
    parts = (train, validation, test)
    (images, digits), held_out, tested = [
        (torch.tensor(part.images, **double), torch.tensor(part.digits)) for part in parts
    ]
    rng = random.Random(2)
    losses = []
    start = time.perf_counter()
    for _ in range(epochs):
        order = list(range(len(digits)))
        rng.shuffle(order)
        total = 0.0
        for first in range(0, len(order), BATCH_SIZE):
            batch = order[first : first + BATCH_SIZE]
            optimizer.zero_grad()
            loss = loss_of(model(images[batch]), digits[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(order))
        with torch.no_grad():
            loss_of(model(held_out[0]), held_out[1]).item()
    seconds = time.perf_counter() - start
    with torch.no_grad():
        found = model(tested[0]).argmax(dim=1)
    right = (found == tested[1]).double().mean().item()
    return {"losses": losses, "seconds": seconds, "accuracy": right}


def compare(train: Samples, validation: Samples, test: Samples, epochs: int) -> None:
    """Prints the time and the accuracy of the same training here and in PyTorch."""
    if importlib.util.find_spec("torch") is None:
        print("For a comparison with PyTorch: pip install torch")
        return
    model, optimizer = network()
    start = time.perf_counter()
    history = fit(model, optimizer, train, random.Random(2), epochs=epochs, validation=validation)
    seconds = time.perf_counter() - start
    torch = in_pytorch(train, validation, test, epochs)
    rows = [
        ("here, with recording", f"{seconds:.2f}", f"{accuracy(model, test):.1%}"),
        ("PyTorch", f"{torch['seconds']:.2f}", f"{torch['accuracy']:.1%}"),
    ]
    print(f"The same {epochs} epochs in PyTorch, from the same weights and on the same batches:")
    print_table(("training", "seconds", "accuracy"), rows)
    pairs = zip(history.losses, torch["losses"], strict=True)
    off = max(abs(ours - theirs) / theirs for ours, theirs in pairs)
    print(f"The losses differ by at most {off:.0e} of their size.")
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    print(f"Measured on {machine}, {datetime.date.today()}.")


def plot_confusion(axes: Any, counts: list[list[int]]) -> None:
    """Plots how often each digit was taken for each other digit, with the mistakes in colour."""
    mistakes = [
        [0 if row == column else count for column, count in enumerate(line)]
        for row, line in enumerate(counts)
    ]
    axes.imshow(mistakes, cmap="Oranges", vmin=0, vmax=max(4, *map(max, mistakes)))
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            if count:
                weight = "bold" if row == column else "normal"
                axes.text(column, row, str(count), ha="center", va="center", weight=weight)
    axes.set(xticks=range(10), yticks=range(10), xlabel="taken for", ylabel="digit")
    axes.set_title("Test digits, and what they were taken for")


def main(pictures: Path) -> list[Path]:
    """Trains the network, shows what it learned, saves and continues it, and compares PyTorch."""
    if importlib.util.find_spec("sklearn") is None:
        print("This example needs the digits of scikit-learn: pip install scikit-learn")
        return []
    train, validation, test = data()
    model, optimizer = network()
    patience = Patience(PATIENCE)
    history = fit(
        model,
        optimizer,
        train,
        random.Random(2),
        epochs=EPOCHS,
        validation=validation,
        callback=patience,
    )
    model.load_state_dict(patience.best)
    lowest = min(history.validation_losses)
    best = history.validation_losses.index(lowest) + 1
    print(f"{len(model.parameters())} parameters, {len(history.losses)} epochs")
    print(f"The validation loss was lowest after epoch {best}: {lowest:.4f}")
    print(f"Accuracy on {len(test.digits)} digits not seen before: {accuracy(model, test):.1%}")
    same = is_continued_to_the_bit(train, epochs=2)
    print(f"Saved and continued, identical to the last bit: {'yes' if same else 'no'}")
    compare(train, validation, test, len(history.losses))
    plots = {
        "losses": lambda axes: nn.plot_losses(history, axes=axes),
        "confusion": lambda axes: plot_confusion(axes, confusion(model, test)),
    }
    saved: list[Path] = []
    for name, plot in plots.items():
        saved += save_plot(plot, pictures / f"digits_{name}.png")
    return saved


if __name__ == "__main__":
    main(Path())
