"""The expression in micrograd's README: value and gradient, with other numbers each time."""

import itertools
import random
from operator import methodcaller

from benchmarks.compiled.c_code import step_on_numbers
from benchmarks.expression import formula
from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine


def pairs():
    """A thousand pairs of numbers, over and over."""
    uniform = random.Random(0).uniform
    return itertools.cycle([(uniform(-4, 4), uniform(-4, 4)) for _ in range(1000)])


def autograd() -> CompiledStep:
    import llvmlite.binding  # noqa: F401

    import autograd

    numbers = pairs()
    yield
    function = autograd.compile(lambda a, b: formula(a, b, autograd.relu))

    def step():
        return function.value_and_grad(*next(numbers))

    yield step


def scalars(value) -> CompiledStep:
    """The expression on an engine that makes a graph for each call."""
    numbers = pairs()
    yield

    def step():
        a, b = map(value, next(numbers))
        g = formula(a, b, methodcaller("relu"))
        g.backward()
        return g.data, a.grad, b.grad

    yield step


def autograd_eager() -> CompiledStep:
    from autograd import Value

    return scalars(Value)


def micrograd() -> CompiledStep:
    from micrograd.engine import Value

    return scalars(Value)


def c() -> CompiledStep:
    numbers = pairs()
    yield
    yield step_on_numbers("expression.c", numbers, 2)


def casadi() -> CompiledStep:
    import casadi
    import numpy as np

    numbers = pairs()
    argument, result = np.zeros(2), np.zeros(3)
    yield
    a, b = casadi.SX.sym("a"), casadi.SX.sym("b")
    g = formula(a, b, lambda x: casadi.fmax(x, 0))
    both = casadi.vertcat(a, b)
    answer = casadi.vertcat(g, casadi.gradient(g, both))
    buffer, trigger = casadi.Function("f", [both], [answer]).buffer()
    buffer.set_arg(0, memoryview(argument))
    buffer.set_res(0, memoryview(result))

    def step():
        argument[0], argument[1] = next(numbers)
        trigger()
        return result.tolist()

    yield step


def jax() -> CompiledStep:
    import jax

    jax.config.update("jax_enable_x64", True)
    numbers = pairs()
    yield
    gradient = jax.value_and_grad(lambda a, b: formula(a, b, jax.nn.relu), argnums=(0, 1))
    function = jax.jit(gradient)

    def step():
        return jax.block_until_ready(function(*next(numbers)))

    yield step


PROGRAM = CompiledProgram(
    title="micrograd's README expression, value and gradient",
    engines={
        COMPILED: Engine(autograd),
        "C by hand": Engine(c),
        "CasADi, SX": Engine(casadi, "casadi"),
        "JAX, jit": Engine(jax, "jax"),
        "autograd, a graph for each call": Engine(autograd_eager),
        "micrograd": Engine(micrograd),
    },
)
