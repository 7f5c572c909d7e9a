"""A training step of MLP(2, [16, 16, 1]) on 100 points of two moons, compiled."""

import ctypes
import random
from functools import partial

from benchmarks.compiled import moons_libraries as libraries
from benchmarks.compiled.c_code import compiled, pointer
from benchmarks.compiled.moons_data import data, layers
from benchmarks.moons import L2, LEARNING_RATE, WIDTH
from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine

COUNT = 100


def autograd(count: int, threads: int | None, width: int = WIDTH) -> CompiledStep:
    import llvmlite.binding  # noqa: F401
    import numpy as np  # noqa: F401

    import autograd
    import nn

    random.seed(1337)
    model = nn.MLP(2, [width, width, 1])
    parameters = model.parameters()
    x, y, _ = data(count)

    def loss(point, label):
        margin = autograd.relu(1 - label * model(point))
        return margin + L2 * autograd.dot(parameters, parameters)

    yield
    training = autograd.compile(loss, parameters=parameters, threads=threads)
    vector = training.vector()

    def step():
        nonlocal vector
        value, gradient = training.value_and_grad(x, y, at=vector)
        vector -= LEARNING_RATE * gradient
        return value, gradient, vector

    yield step


def numpy(count: int) -> CompiledStep:
    import numpy as np

    x, y, parameters = data(count)
    yield

    def step():
        w1, b1, w2, b2, w3, b3 = layers(parameters)
        h1 = np.maximum(x @ w1.T + b1, 0)
        h2 = np.maximum(h1 @ w2.T + b2, 0)
        margin = 1 - y * (h2 @ w3 + b3)
        is_short = margin > 0
        value = margin[is_short].sum() / count + L2 * (parameters @ parameters)
        d3 = np.where(is_short, -y / count, 0)
        d2 = np.where(h2 > 0, np.outer(d3, w3), 0)
        d1 = np.where(h1 > 0, d2 @ w2, 0)
        gradient = 2 * L2 * parameters
        g1, gb1, g2, gb2, g3, gb3 = layers(gradient)
        g1 += d1.T @ x
        gb1 += d1.sum(0)
        g2 += d2.T @ h1
        gb2 += d2.sum(0)
        g3 += d3 @ h2
        gb3 += d3.sum()
        parameters[:] -= LEARNING_RATE * gradient
        return value, gradient, parameters

    yield step


def numba(count: int) -> CompiledStep:
    import numpy as np

    from benchmarks.compiled import moons_numba

    x, y, parameters = data(count)
    gradient = np.zeros_like(parameters)
    yield

    def step():
        value = moons_numba.training_step(x, y, parameters, gradient, LEARNING_RATE, L2)
        return value, gradient, parameters

    yield step


def c(count: int, file: str, *flags: str, width: int = WIDTH) -> CompiledStep:
    import numpy as np

    x, y, parameters = data(count, width)
    gradient = np.zeros_like(parameters)
    yield
    function = compiled(file, f"-DHIDDEN={width}", *flags).training_step
    function.restype = ctypes.c_double
    arrays = [pointer(array) for array in (x, y, parameters, gradient)]
    arguments = (ctypes.c_long(count), *arrays, *map(ctypes.c_double, (LEARNING_RATE, L2)))

    def step():
        return function(*arguments), gradient, parameters

    yield step


def engines(count: int, lanes: str) -> dict[str, Engine]:
    """The engines that compute all points at once, on one core."""
    return {
        COMPILED: Engine(partial(autograd, count, 1)),
        "C by hand": Engine(partial(c, count, "moons.c", lanes)),
        "C by hand, -ffast-math": Engine(partial(c, count, "moons.c", lanes, "-ffast-math")),
        "C by hand, vector types": Engine(partial(c, count, "moons_vectors.c")),
        "Numba by hand": Engine(partial(numba, count)),
        "NumPy by hand": Engine(partial(numpy, count)),
        "JAX, jit": Engine(partial(libraries.jax, count), "jax"),
        "torch, vectorised": Engine(partial(libraries.torch, count), "torch"),
        "HIPS autograd": Engine(partial(libraries.hips, count), "hips"),
    }


PROGRAM = CompiledProgram(
    title="MLP(2, [16, 16, 1]), 100 points, one training step",
    engines={
        **engines(COUNT, lanes="-DLANES=20"),
        "JAX, jit, all cores": Engine(partial(libraries.jax, COUNT), "jax", is_on_one_core=False),
        "CasADi, SX": Engine(libraries.casadi, "casadi"),
        "XAD, its Python binding": Engine(libraries.xad, "xad"),
        "autograd, a graph for each step": Engine(libraries.autograd_eager),
        "torch, 0-d tensors": Engine(libraries.torch_scalars, "torch"),
        "micrograd": Engine(libraries.micrograd),
        "micrograd, collector off": Engine(libraries.micrograd_without_collector),
    },
)
