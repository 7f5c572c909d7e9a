"""A GPT of 4,192 scalar parameters, trained with Adam on one name a step.

It works with any class that has `+ - * / **`, `.exp() .log() .relu()`, `.data`, `.grad` and
`.backward()`: the class is an argument.
"""

import random
from typing import Any

from benchmarks.program import Engine, Program, Step

TOKENS, POSITIONS, WIDTH, HEADS, HIDDEN = 27, 16, 16, 4, 64
HEAD_WIDTH = WIDTH // HEADS
BOUNDARY = 26
SHAPES = {
    "tokens": (TOKENS, WIDTH),
    "positions": (POSITIONS, WIDTH),
    "query": (WIDTH, WIDTH),
    "key": (WIDTH, WIDTH),
    "value": (WIDTH, WIDTH),
    "attention": (WIDTH, WIDTH),
    "expand": (HIDDEN, WIDTH),
    "contract": (WIDTH, HIDDEN),
    "output": (TOKENS, WIDTH),
}


def names(count: int) -> list[str]:
    """Invented names of two to four syllables."""
    draw = random.Random(0)
    syllables = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeiou"]
    return ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(count)]


class GPT:
    """One layer with four heads, RMS norm and no biases."""

    def __init__(self, value: Any):
        draw = random.Random(42)
        self.weights = {
            name: [[value(draw.gauss(0, 0.08)) for _ in range(nin)] for _ in range(nout)]
            for name, (nout, nin) in SHAPES.items()
        }
        self.parameters = [p for rows in self.weights.values() for row in rows for p in row]
        assert len(self.parameters) == 4192

    def logits(self, token: int, position: int, keys: list[Any], values: list[Any]) -> list[Any]:
        weights = self.weights
        embeddings = zip(weights["tokens"][token], weights["positions"][position], strict=True)
        x = _rms_norm([t + p for t, p in embeddings])
        residual, x = x, _rms_norm(x)
        query = _linear(weights["query"], x)
        keys.append(_linear(weights["key"], x))
        values.append(_linear(weights["value"], x))
        heads = [_attend(query, keys, values, head * HEAD_WIDTH) for head in range(HEADS)]
        x = _linear(weights["attention"], [number for head in heads for number in head])
        residual = x = _added(x, residual)
        x = [number.relu() for number in _linear(weights["expand"], _rms_norm(x))]
        x = _added(_linear(weights["contract"], x), residual)
        return _linear(weights["output"], x)

    def loss(self, name: str) -> Any:
        """The mean cross-entropy of the letters, each given the letters before it."""
        tokens = [BOUNDARY, *(ord(letter) - ord("a") for letter in name), BOUNDARY]
        keys: list[Any] = []
        values: list[Any] = []
        losses = []
        for position in range(len(tokens) - 1):
            probabilities = _softmax(self.logits(tokens[position], position, keys, values))
            losses.append(-probabilities[tokens[position + 1]].log())
        return (1 / len(losses)) * sum(losses)


def _linear(rows: list[Any], x: list[Any]) -> list[Any]:
    return [sum(wi * xi for wi, xi in zip(row, x, strict=True)) for row in rows]


def _added(x: list[Any], y: list[Any]) -> list[Any]:
    return [xi + yi for xi, yi in zip(x, y, strict=True)]


def _rms_norm(x: list[Any]) -> list[Any]:
    scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def _softmax(x: list[Any]) -> list[Any]:
    largest = max(xi.data for xi in x)
    exponentials = [(xi - largest).exp() for xi in x]
    total = sum(exponentials)
    return [exponential / total for exponential in exponentials]


def _attend(query: list[Any], keys: list[Any], values: list[Any], start: int) -> list[Any]:
    part = range(start, start + HEAD_WIDTH)
    scores = [sum(query[i] * key[i] for i in part) / HEAD_WIDTH**0.5 for key in keys]
    shares = _softmax(scores)
    return [sum(s * v[i] for s, v in zip(shares, values, strict=True)) for i in part]


class Adam:
    """Adam on plain numbers."""

    def __init__(self, parameters: list[Any]):
        self.parameters = parameters
        self.means = [0.0] * len(parameters)
        self.squares = [0.0] * len(parameters)
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        for i, p in enumerate(self.parameters):
            self.means[i] = 0.85 * self.means[i] + 0.15 * p.grad
            self.squares[i] = 0.99 * self.squares[i] + 0.01 * p.grad**2
            mean = self.means[i] / (1 - 0.85**self.steps)
            square = self.squares[i] / (1 - 0.99**self.steps)
            p.data -= 0.01 * mean / (square**0.5 + 1e-8)
            p.grad = 0


def training(value: Any) -> Step:
    model = GPT(value)
    optimizer = Adam(model.parameters)
    documents = iter(names(1000))

    def step() -> tuple[Any, list[float]]:
        loss = model.loss(next(documents))
        loss.backward()
        optimizer.step()
        return loss, [loss.data]

    return step


def _autograd() -> Step:
    from autograd import Value

    return training(Value)


def _plain() -> Step:
    from benchmarks.plain_value import Value

    return training(Value)


PROGRAM = Program(
    title="GPT of 4,192 parameters, one name with Adam",
    engines={"autograd": Engine(_autograd), "plain class": Engine(_plain)},
    baseline="plain class",
    rounds=(60, 6),
)
