"""Rosenbrock's function of 1,000 variables: value and gradient, at another point each time."""

import ctypes
import itertools

from benchmarks.compiled.c_code import compiled, pointer
from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine

COUNT = 1000


def points(count: int = COUNT):
    """Eight points, over and over."""
    import numpy as np

    uniform = np.random.default_rng(0).uniform
    return itertools.cycle([uniform(-2, 2, count) for _ in range(8)])


def scalar_form(x):
    """The function for a list of scalars of any kind."""
    pairs = itertools.pairwise(x)
    return [100 * (after - before * before) ** 2 + (1 - before) ** 2 for before, after in pairs]


def array_form(x):
    """The function for an array of any library."""
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def autograd(count: int = COUNT) -> CompiledStep:
    import llvmlite.binding  # noqa: F401

    import autograd

    x = points(count)
    variables = [autograd.Value(0.0) for _ in range(count)]
    yield
    function = autograd.compile(lambda: autograd.sum(scalar_form(variables)), parameters=variables)

    def step():
        return function.value_and_grad(at=next(x))

    yield step


def autograd_eager(count: int = COUNT) -> CompiledStep:
    import autograd

    x = points(count)
    yield

    def step():
        variables = [autograd.Value(number) for number in next(x).tolist()]
        value = autograd.sum(scalar_form(variables))
        value.backward()
        return value.data, [variable.grad for variable in variables]

    yield step


def c(count: int = COUNT) -> CompiledStep:
    import numpy as np

    gradient = np.zeros(count)
    x = points(count)
    addresses = {id(point): pointer(point) for point in itertools.islice(x, 8)}
    yield
    function = compiled("rosenbrock.c").value_and_gradient
    function.restype = ctypes.c_double
    size, result = ctypes.c_long(count), pointer(gradient)

    def step():
        return function(size, addresses[id(next(x))], result), gradient

    yield step


def numpy() -> CompiledStep:
    import numpy as np

    x = points()
    yield

    def step():
        point = next(x)
        before = point[:-1]
        rise, rest = point[1:] - before * before, 1 - before
        gradient = np.zeros(COUNT)
        gradient[:-1] = -400 * rise * before - 2 * rest
        gradient[1:] += 200 * rise
        return 100 * (rise @ rise) + rest @ rest, gradient

    yield step


def casadi() -> CompiledStep:
    import casadi
    import numpy as np

    x = points()
    argument, value, gradient = np.zeros(COUNT), np.zeros(1), np.zeros(COUNT)
    yield
    variables = casadi.SX.sym("x", COUNT)
    result = casadi.sum1(casadi.vertcat(*scalar_form(casadi.vertsplit(variables))))
    function = casadi.Function("f", [variables], [result, casadi.gradient(result, variables)])
    buffer, trigger = function.buffer()
    buffer.set_arg(0, memoryview(argument))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))

    def step():
        argument[:] = next(x)
        trigger()
        return value, gradient

    yield step


def jax() -> CompiledStep:
    import jax

    jax.config.update("jax_enable_x64", True)
    x = points()
    yield
    function = jax.jit(jax.value_and_grad(array_form))

    def step():
        return jax.block_until_ready(function(next(x)))

    yield step


def hips() -> CompiledStep:
    import autograd.numpy

    import autograd

    x = points()
    yield
    function = autograd.value_and_grad(array_form)

    def step():
        return function(next(x))

    yield step


def torch() -> CompiledStep:
    import torch

    x = points()
    yield

    def step():
        variables = torch.from_numpy(next(x)).requires_grad_()
        value = array_form(variables)
        value.backward()
        return value, variables.grad

    yield step


def xad() -> CompiledStep:
    from xad.adj_1st import Real, Tape

    x = points()
    yield

    def step():
        with Tape() as tape:
            variables = [Real(number) for number in next(x).tolist()]
            tape.registerInputs(variables)
            tape.newRecording()
            value = sum(scalar_form(variables))
            tape.registerOutput(value)
            value.derivative = 1.0
            tape.computeAdjoints()
            return value.value, [variable.derivative for variable in variables]

    yield step


PROGRAM = CompiledProgram(
    title="Rosenbrock's function of 1,000 variables, value and gradient",
    engines={
        COMPILED: Engine(autograd),
        "C by hand": Engine(c),
        "NumPy by hand": Engine(numpy),
        "JAX, jit": Engine(jax, "jax"),
        "CasADi, SX": Engine(casadi, "casadi"),
        "torch, vectorised": Engine(torch, "torch"),
        "HIPS autograd": Engine(hips, "hips"),
        "XAD, its Python binding": Engine(xad, "xad"),
        "autograd, a graph for each call": Engine(autograd_eager),
    },
)
