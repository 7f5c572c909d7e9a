"""The training step on two moons, as it is written for other libraries."""

import functools
import gc
import random

from benchmarks.compiled.moons_data import data, layers
from benchmarks.moons import (
    L2,
    LEARNING_RATE,
    ExplicitMLP,
    explicit_loss,
    torch_model,
    training_step,
)
from benchmarks.program import CompiledStep


def loss_of(np, parameters, x, y):
    """The loss over all points, for any library with NumPy's names."""
    w1, b1, w2, b2, w3, b3 = layers(parameters)
    h1 = np.maximum(x @ w1.T + b1, 0)
    h2 = np.maximum(h1 @ w2.T + b2, 0)
    margins = np.maximum(1 - y * (h2 @ w3 + b3), 0)
    return margins.mean() + L2 * (parameters @ parameters)


def jax(count: int) -> CompiledStep:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    x, y, parameters = map(jnp.array, data(count))
    parameters.block_until_ready()
    yield
    value_and_grad = jax.value_and_grad(functools.partial(loss_of, jnp))

    @jax.jit
    def training(parameters, x, y):
        value, gradient = value_and_grad(parameters, x, y)
        return value, gradient, parameters - LEARNING_RATE * gradient

    def step():
        nonlocal parameters
        value, gradient, parameters = training(parameters, x, y)
        parameters.block_until_ready()
        return value, gradient, parameters

    yield step


def torch(count: int) -> CompiledStep:
    import torch

    x, y, parameters = map(torch.from_numpy, data(count))
    parameters.requires_grad_()
    yield

    def step():
        w1, b1, w2, b2, w3, b3 = layers(parameters)
        h1 = torch.relu(torch.nn.functional.linear(x, w1, b1))
        h2 = torch.relu(torch.nn.functional.linear(h1, w2, b2))
        margins = torch.relu(1 - y * (h2 @ w3 + b3))
        value = margins.mean() + L2 * (parameters @ parameters)
        parameters.grad = None
        value.backward()
        with torch.no_grad():
            parameters.sub_(parameters.grad, alpha=LEARNING_RATE)
        return value, parameters.grad, parameters

    yield step


def hips(count: int) -> CompiledStep:
    import autograd.numpy as np

    import autograd

    x, y, parameters = data(count)
    yield
    value_and_grad = autograd.value_and_grad(functools.partial(loss_of, np))

    def step():
        nonlocal parameters
        value, gradient = value_and_grad(parameters, x, y)
        parameters = parameters - LEARNING_RATE * gradient
        return value, gradient, parameters

    yield step


def casadi() -> CompiledStep:
    """All points in one function of scalars, which is called through its buffers."""
    import casadi
    import numpy as np

    x, y, parameters = data(100)
    value, gradient = np.zeros(1), np.zeros_like(parameters)
    yield
    symbols = casadi.SX.sym("p", len(parameters))
    first, second = (
        casadi.reshape(symbols[:48], 3, 16).T,
        casadi.reshape(symbols[48:320], 17, 16).T,
    )
    ones = np.ones((1, len(x)))
    h1 = casadi.fmax(casadi.mtimes(first, casadi.vertcat(x.T, ones)), 0)
    h2 = casadi.fmax(casadi.mtimes(second, casadi.vertcat(h1, ones)), 0)
    scores = casadi.mtimes(symbols[320:].T, casadi.vertcat(h2, ones))
    margins = casadi.fmax(1 - y[None, :] * scores, 0)
    loss = casadi.sum2(margins) / len(x) + L2 * casadi.dot(symbols, symbols)
    function = casadi.Function("f", [symbols], [loss, casadi.gradient(loss, symbols)])
    buffer, trigger = function.buffer()
    buffer.set_arg(0, memoryview(parameters))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))

    def step():
        trigger()
        parameters[:] -= LEARNING_RATE * gradient
        return value, gradient, parameters

    yield step


def xad() -> CompiledStep:
    """A tape in C++ of every sum and product, recorded again for each step."""
    import xad.math
    from xad.adj_1st import Real, Tape

    Real.relu = lambda x: xad.math.max(x, 0.0)
    random.seed(1337)
    parameters = ExplicitMLP(float).parameters()
    yield

    def step():
        nonlocal parameters
        with Tape() as tape:
            numbers = [Real(p) for p in parameters]
            tape.registerInputs(numbers)
            tape.newRecording()
            loss = explicit_loss(_filled(numbers), float)
            tape.registerOutput(loss)
            loss.derivative = 1.0
            tape.computeAdjoints()
            gradient = [number.derivative for number in numbers]
        updates = zip(parameters, gradient, strict=True)
        parameters = [p - LEARNING_RATE * slope for p, slope in updates]
        return loss.value, gradient, parameters

    yield step


def _filled(parameters):
    """The MLP with these parameters."""
    numbers = iter(parameters)
    return ExplicitMLP(lambda _: next(numbers))


def every_operation(model, value) -> CompiledStep:
    """The program on an engine that makes a node for every sum and product, at every call."""
    yield

    def step():
        total, _ = training_step(model, lambda model: explicit_loss(model, value))
        parameters = model.parameters()
        return total.data, [p.grad for p in parameters], [p.data for p in parameters]

    yield step


def autograd_eager() -> CompiledStep:
    from autograd import Value

    random.seed(1337)
    return every_operation(ExplicitMLP(Value), Value)


def micrograd() -> CompiledStep:
    from micrograd.engine import Value
    from micrograd.nn import MLP

    random.seed(1337)
    return every_operation(MLP(2, [16, 16, 1]), Value)


def micrograd_without_collector() -> CompiledStep:
    gc.disable()
    return micrograd()


def torch_scalars() -> CompiledStep:
    return every_operation(*torch_model())
