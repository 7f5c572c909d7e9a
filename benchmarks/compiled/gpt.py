"""The GPT of 4,192 scalar parameters, one name of seven letters a step, with Adam."""

import ctypes
import functools
import itertools

from benchmarks import gpt
from benchmarks.compiled import gpt_libraries as libraries
from benchmarks.compiled.c_code import compiled
from benchmarks.compiled.gpt_data import batches, initial_parameters, names, tokens
from benchmarks.gpt import GPT, HEAD_WIDTH, HEADS
from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine


class Model:
    """The GPT with a single node for each sum of products, and tokens known only at run time."""

    def __init__(self):
        from autograd import Value

        model = GPT(Value)
        self.weights, self.parameters = model.weights, model.parameters

    def loss(self, tokens):
        """The mean cross-entropy of the tokens, each given the tokens before it."""
        import autograd

        keys, values, losses = [], [], []
        for position, (token, after) in enumerate(itertools.pairwise(tokens)):
            logits = self.logits(token, position, keys, values)
            largest = _maximum(logits)
            total = autograd.sum(autograd.exp(x - largest) for x in logits)
            losses.append(autograd.log(total) + largest - autograd.select(after, logits))
        return autograd.mean(losses)

    def logits(self, token, position, keys, values):
        import autograd

        weights = self.weights
        columns = zip(*weights["tokens"], strict=True)
        embedding = [autograd.select(token, column) for column in columns]
        residual = _rms_norm(_added(embedding, weights["positions"][position]))
        x = _rms_norm(residual)
        query = _linear(weights["query"], x)
        keys.append(_linear(weights["key"], x))
        values.append(_linear(weights["value"], x))
        heads = [_attend(query, keys, values, head * HEAD_WIDTH) for head in range(HEADS)]
        x = _linear(weights["attention"], [number for head in heads for number in head])
        residual = _added(x, residual)
        x = [autograd.relu(number) for number in _linear(weights["expand"], _rms_norm(residual))]
        return _linear(weights["output"], _added(_linear(weights["contract"], x), residual))


def _linear(rows, x):
    import autograd

    return [autograd.dot(row, x) for row in rows]


def _added(x, y):
    return [xi + yi for xi, yi in zip(x, y, strict=True)]


def _rms_norm(x):
    import autograd

    scale = (autograd.dot(x, x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def _maximum(x):
    import autograd

    return functools.reduce(autograd.maximum, x)


def _softmax(x):
    import autograd

    largest = _maximum(x)
    exponentials = [autograd.exp(xi - largest) for xi in x]
    total = autograd.sum(exponentials)
    return [exponential / total for exponential in exponentials]


def _attend(query, keys, values, start):
    import autograd

    part = slice(start, start + HEAD_WIDTH)
    scores = [autograd.dot(query[part], key[part]) / HEAD_WIDTH**0.5 for key in keys]
    shares = _softmax(scores)
    columns = zip(*(value[part] for value in values), strict=True)
    return [autograd.dot(shares, column) for column in columns]


def adam(parameter, gradient, mean, square, size, scale):
    """A step of Adam for one parameter, compiled for all of them as lanes."""
    import autograd

    mean = 0.85 * mean + 0.15 * gradient
    square = 0.99 * square + 0.01 * gradient * gradient
    return parameter - size * mean / (autograd.sqrt(scale * square) + 1e-8), mean, square


def scales(steps):
    """The size of a step of Adam, and the scale of the mean squares."""
    return 0.01 / (1 - 0.85**steps), 1 / (1 - 0.99**steps)


def autograd(batch: int | None) -> CompiledStep:
    """One name a step, or a batch of them as lanes."""
    import llvmlite.binding  # noqa: F401
    import numpy as np

    import autograd

    model = Model()
    upcoming = batches(batch) if batch else map(tokens, names())
    yield
    training = autograd.compile(model.loss, parameters=model.parameters)
    update = autograd.compile(adam)
    vector = training.vector()
    means, squares = np.zeros((2, len(vector)))
    steps = 0

    def step():
        nonlocal vector, means, squares, steps
        steps += 1
        value, gradient = training.value_and_grad(next(upcoming), at=vector)
        vector, means, squares = update(vector, gradient, means, squares, *scales(steps))
        return value, gradient, vector

    yield step


def c() -> CompiledStep:
    import numpy as np

    vector = np.array(initial_parameters())
    gradient, means, squares = (np.zeros_like(vector) for _ in range(3))
    upcoming = itertools.cycle([np.array(tokens(name)) for name in itertools.islice(names(), 1024)])
    steps = 0
    yield
    # C's square root also sets errno, which keeps gcc from vectorizing it.
    function = compiled("gpt.c", "-fno-math-errno").training_step
    function.restype = ctypes.c_double
    function.argtypes = (*[ctypes.c_void_p] * 5, ctypes.c_double, ctypes.c_double)
    arrays = [array.ctypes.data for array in (vector, gradient, means, squares)]

    def step():
        nonlocal steps
        steps += 1
        value = function(next(upcoming).ctypes.data, *arrays, *scales(steps))
        return value, gradient, vector

    yield step


def every_operation(value, batch: int = 1) -> CompiledStep:
    """The program on an engine that makes a node for every sum and product, at every call."""
    model = GPT(value)
    optimizer = gpt.Adam(model.parameters)
    upcoming = names()
    yield

    def step():
        total = 0
        for name in itertools.islice(upcoming, batch):
            loss = model.loss(name) * (1 / batch)
            loss.backward()
            total += loss.data
        gradient = [p.grad for p in model.parameters]
        optimizer.step()
        return total, gradient, [p.data for p in model.parameters]

    yield step


def autograd_eager() -> CompiledStep:
    from autograd import Value

    return every_operation(Value)


def plain(batch: int = 1) -> CompiledStep:
    from benchmarks.plain_value import Value

    return every_operation(Value, batch)


PROGRAM = CompiledProgram(
    title="GPT of 4,192 parameters, a name of seven letters with Adam",
    engines={
        COMPILED: Engine(functools.partial(autograd, None)),
        "C by hand": Engine(c),
        "JAX, jit": Engine(functools.partial(libraries.jax, 1), "jax"),
        "torch, vectorised": Engine(functools.partial(libraries.torch, 1), "torch"),
        "plain class": Engine(plain),
        "autograd, a graph for each step": Engine(autograd_eager),
    },
)
