"""A GPT of 4,192 scalar parameters learns how names are spelled, and invents new ones.

The model is written number by number, as plain functions of Values. `autograd.compile` runs
its loss once for each length of name, to record it, and from then on runs it as machine code: at
first on one name a step, then on many names side by side, as lanes.
"""

import functools
import importlib.util
import math
import random
import statistics
import textwrap
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import autograd
import nn
from autograd import Compiled, Value, dot, exp, maximum, mean, no_grad, relu, select
from examples.saving import save_plot

# The full stop stands before the first letter of a name and after the last one.
SYMBOLS = "abcdefghijklmnopqrstuvwxyz."
POSITIONS, WIDTH, HIDDEN = 16, 16, 64
HEADS = [slice(start, start + 4) for start in range(0, WIDTH, 4)]

# The number of names in a step, the number of steps, and the learning rate.
PHASES = ((1, 2000, 0.01), (32, 500, 0.003))
# Below 1, the model prefers likelier letters when it writes.
TEMPERATURE = 0.7

Numbers = list[Any]


class GPT(nn.Module):
    """A transformer with one layer: four attention heads, then an MLP, without biases."""

    def __init__(self, rng: random.Random):
        def matrix(rows: int, columns: int) -> list[list[Value]]:
            return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

        self.tokens = matrix(len(SYMBOLS), WIDTH)
        self.positions = matrix(POSITIONS, WIDTH)
        self.query = matrix(WIDTH, WIDTH)
        self.key = matrix(WIDTH, WIDTH)
        self.value = matrix(WIDTH, WIDTH)
        self.join = matrix(WIDTH, WIDTH)
        self.expand = matrix(HIDDEN, WIDTH)
        self.contract = matrix(WIDTH, HIDDEN)
        self.output = matrix(len(SYMBOLS), WIDTH)

    def loss(self, tokens: Sequence[Any]) -> Value:
        """The mean cross-entropy of the tokens, each given the tokens before it.

        Args:
            tokens: those of one name, each from 0 to 26, as `tokens_of` returns them.
        """
        scores, following = self.logits(tokens[:-1]), tokens[1:]
        pairs = zip(scores, following, strict=True)
        total: Value = mean([nn.softmax_cross_entropy(x, token) for x, token in pairs])
        return total

    def logits(self, tokens: Sequence[Any]) -> list[Numbers]:
        """For each token, the scores of the 27 tokens that may follow it."""
        keys: list[Numbers] = []
        values: list[Numbers] = []
        scores = []
        for token, position in zip(tokens, self.positions[: len(tokens)], strict=True):
            x = rms_norm(added(row(token, self.tokens), position))
            x = added(x, self.attention(rms_norm(x), keys, values))
            x = added(x, self.mlp(rms_norm(x)))
            scores.append(linear(self.output, x))
        return scores

    def attention(self, x: Numbers, keys: list[Numbers], values: list[Numbers]) -> Numbers:
        """What a token reads from the tokens before it, and from itself."""
        query = linear(self.query, x)
        keys.append(linear(self.key, x))
        values.append(linear(self.value, x))
        read: Numbers = []
        for head in HEADS:
            read += attend(query[head], [key[head] for key in keys], [v[head] for v in values])
        return linear(self.join, read)

    def mlp(self, x: Numbers) -> Numbers:
        """One hidden layer."""
        return linear(self.contract, [relu(number) for number in linear(self.expand, x)])


def row(index: Any, matrix: list[list[Value]]) -> Numbers:
    """The row of a matrix at an index that may be known only at run time."""
    return [select(index, column) for column in zip(*matrix, strict=True)]


def linear(matrix: list[list[Value]], x: Numbers) -> Numbers:
    """The product of a matrix and a vector."""
    return [dot(weights, x) for weights in matrix]


def added(x: Numbers, y: Sequence[Any]) -> Numbers:
    """The sum of two vectors."""
    return [xi + yi for xi, yi in zip(x, y, strict=True)]


def rms_norm(x: Numbers) -> Numbers:
    """The vector divided by the root of its mean square."""
    scale = (dot(x, x) / len(x) + 1e-5) ** -0.5
    return [number * scale for number in x]


def attend(query: Numbers, keys: list[Numbers], values: list[Numbers]) -> Numbers:
    """The mean of the values, each weighted by how well its key matches the query."""
    weights = softmax([dot(query, key) / len(query) ** 0.5 for key in keys])
    return [dot(weights, numbers) for numbers in zip(*values, strict=True)]


def softmax(x: Numbers) -> Numbers:
    """Positive shares that add up to 1, in the ratio of the exponentials."""
    # The largest number is subtracted first, as exp would overflow. It cancels out, so it needs
    # no gradient.
    with no_grad():
        largest = functools.reduce(maximum, x)
    exponentials = [exp(number - largest) for number in x]
    total = autograd.sum(exponentials)
    return [exponential / total for exponential in exponentials]


def load_names() -> list[str]:
    """1,049 given names of four to six letters, shuffled."""
    path = Path(__file__).with_name("names.txt")
    names = path.read_text(encoding="utf-8").split()
    random.Random(0).shuffle(names)
    return names


def tokens_of(name: str) -> list[int]:
    """The tokens of a name: the indices of its symbols, with a full stop at either end.

    >>> tokens_of("abba")
    [26, 0, 1, 1, 0, 26]
    """
    return [SYMBOLS.index(symbol) for symbol in f".{name}."]


def by_length(names: list[str]) -> dict[int, list[str]]:
    """The names of each length."""
    return {
        length: [name for name in names if len(name) == length]
        for length in sorted(set(map(len, names)))
    }


def lanes(names: list[str]) -> Any:
    """Names of equal length as an array of tokens, with shape (names, letters + 2)."""
    import numpy as np

    return np.array([tokens_of(name) for name in names])


def batches(names: list[str], size: int, count: int, rng: random.Random) -> Iterator[Any]:
    """Batches of names, drawn at random; the names in a batch have equal length."""
    alike = by_length(names)
    for _ in range(count):
        length = len(rng.choice(names))
        yield lanes(rng.sample(alike[length], size))


def train(loss: Compiled, batches: Iterator[Any], learning_rate: float) -> list[float]:
    """Adam, with one step for each batch; returns the loss before each step."""
    # All parameters as one Value: the optimizer then computes with arrays.
    weights = Value(loss.vector())
    optimizer = nn.Adam([weights], learning_rate, betas=(0.85, 0.99))
    losses = []
    for batch in batches:
        value, weights.grad = loss.value_and_grad(batch, at=weights.data)
        optimizer.step()
        losses.append(value)
    loss.load(weights.data)
    return losses


def mean_loss(loss: Compiled, names: list[str]) -> float:
    """The mean of the loss over names."""
    # By value_and_grad, whose programs are already compiled for the training.
    totals = [
        len(alike) * loss.value_and_grad(lanes(alike))[0] for alike in by_length(names).values()
    ]
    return float(sum(totals) / len(names))


def invent(model: GPT, count: int, longest: int, rng: random.Random) -> list[str]:
    """Names that the model writes, a letter at a time, all of them side by side.

    Args:
        model: the trained model.
        count: how many names it begins. Empty names are left out, and so are those that have not
            ended after `longest` letters.
        longest: the largest number of letters.
        rng: draws the letters.
    """
    import numpy as np

    # Later letters change no score, so one program serves any number of letters.
    logits = autograd.compile(model.logits, parameters=model.parameters())
    tokens = np.full((count, longest + 2), SYMBOLS.index("."))
    for position in range(longest + 1):
        scores = np.stack(logits(tokens[:, :-1])[position], axis=1)
        chances = np.exp(scores / TEMPERATURE)
        tokens[:, position + 1] = [rng.choices(range(len(SYMBOLS)), row)[0] for row in chances]
    texts = ("".join(SYMBOLS[token] for token in row[1:]) for row in tokens)
    names = [text.partition(".")[0] for text in texts]
    return [name for name in names if 0 < len(name) <= longest]


def main(pictures: Path) -> list[Path]:
    """Trains the model, prints how long that takes and what it learned, and invents names."""
    if not all(map(importlib.util.find_spec, ("numpy", "llvmlite"))):
        print('This example needs NumPy and llvmlite: pip install "scalar-autograd[native]"')
        return []
    names, rng = load_names(), random.Random(1)
    unseen, seen = names[:100], names[100:]
    model = GPT(random.Random(42))
    loss = autograd.compile(model.loss, parameters=model.parameters())
    print(f"{len(model.parameters()):,} parameters, {len(seen):,} names to learn from")

    began = time.perf_counter()
    before = mean_loss(loss, unseen)
    print(f"Programs, one for each length of name, made at their first call: {since(began):.1f} s")
    print(f"Loss on {len(unseen)} other names, before: {before:.2f}")
    losses: dict[int, list[float]] = {}
    for size, count, learning_rate in PHASES:
        began = time.perf_counter()
        losses[size] = train(loss, batches(seen, size, count, rng), learning_rate)
        each = f"{1000 * since(began) / count:.2f} ms"
        amount = "one name" if size == 1 else f"{size} names as lanes"
        print(f"After {count:,} steps of {amount}, {each} each: {mean_loss(loss, unseen):.2f}")
    began = time.perf_counter()
    model.loss(tokens_of("amelia")).backward()
    print(f"One loss and its gradient without a program: {1000 * since(began):.0f} ms")

    invented = invent(model, 40, 6, rng)
    new = [name.title() for name in dict.fromkeys(invented) if name not in names]
    print(f"It writes {len(invented)} names, and these {len(new)} are new:")
    print(textwrap.fill(", ".join(new), 88))
    return save_plot(lambda axes: plot_losses(axes, losses), pictures / "gpt_loss.png")


def since(began: float) -> float:
    """The seconds since a reading of the clock."""
    return time.perf_counter() - began


def plot_losses(axes: Any, losses: dict[int, list[float]]) -> None:
    """Plots the loss at each step, one phase after another, on Matplotlib axes."""
    begin = 0
    for (size, each), color in zip(losses.items(), ("#1f5fa8", "#c05f00"), strict=True):
        steps = range(begin, begin + len(each))
        begin += len(each)
        axes.plot(steps, each, ".", color=color, alpha=0.15, markersize=3)
        # Some names are easier than others, so the mean of the last hundred steps is drawn too.
        means = [statistics.fmean(each[max(0, i - 99) : i + 1]) for i in range(len(each))]
        label = "one name a step" if size == 1 else f"{size} names a step, as lanes"
        axes.plot(steps, means, color=color, linewidth=2, label=f"{label}, mean of 100 steps")
    equal = math.log(len(SYMBOLS))
    axes.axhline(
        equal, color="grey", linestyle=":", label=f"all symbols equally likely, {equal:.2f}"
    )
    axes.set(xlabel="step", ylabel="loss of the names of the step", title="Learning to spell names")
    axes.legend()
    axes.grid(alpha=0.3)


if __name__ == "__main__":
    main(Path())
