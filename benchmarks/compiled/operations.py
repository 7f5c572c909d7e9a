"""A tape of a million operations, at random: sums, products, exp and tanh of earlier results."""

import itertools
import random

from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine

OPERATIONS = 1_000_000
INPUTS = 1000
# The number of operations in each form of `apply`.
COSTS = (1, 2, 3, 3)
# Each result is used by the one this many later, so this many chains run side by side.
CHAINS = 8
OUTPUT_INTERVAL = 999


def plan() -> list[tuple[int, int]]:
    """For each result its form, and how far back its second operand lies: negative for an input."""
    draw = random.Random(0)
    links = []
    operations = 0
    while operations < OPERATIONS:
        form = draw.randrange(len(COSTS))
        is_input = draw.random() < 0.5
        links.append((form, -draw.randint(1, INPUTS) if is_input else draw.randint(1, INPUTS)))
        operations += COSTS[form]
    return links


def points():
    """Eight lists of inputs between -1 and 1, over and over."""
    uniform = random.Random(0).uniform
    return itertools.cycle([[uniform(-1, 1) for _ in range(INPUTS)] for _ in range(8)])


def result(links, inputs, exp, tanh):
    """The sum of the last results and of some earlier ones, all of them between -1 and 1."""
    results = list(inputs)
    for form, distance in links:
        x = results[-CHAINS]
        y = results[-distance] if distance > 0 else inputs[distance]
        results.append(apply(form, x, y, exp, tanh))
    return sum(results[-CHAINS:] + results[::OUTPUT_INTERVAL])


def apply(form, x, y, exp, tanh):
    if form == 0:
        return x * y
    if form == 1:
        return tanh(x + y)
    if form == 2:
        return exp(-(x * x))
    return 0.5 * x + y * 0.5


def autograd() -> CompiledStep:
    import llvmlite.binding  # noqa: F401
    import numpy as np

    import autograd

    links, numbers = plan(), points()
    vectors = itertools.cycle([np.array(next(numbers)) for _ in range(8)])
    inputs = [autograd.Value(0.0) for _ in range(INPUTS)]
    yield
    function = autograd.compile(
        lambda: result(links, inputs, autograd.exp, autograd.tanh), parameters=inputs
    )

    def step():
        return function.value_and_grad(at=next(vectors))

    yield step


def autograd_eager() -> CompiledStep:
    import autograd

    links, numbers = plan(), points()
    yield

    def step():
        inputs = [autograd.Value(number) for number in next(numbers)]
        value = result(links, inputs, autograd.exp, autograd.tanh)
        value.backward()
        return value.data, [x.grad for x in inputs]

    yield step


def casadi() -> CompiledStep:
    import casadi
    import numpy as np

    links, numbers = plan(), points()
    argument, value, gradient = np.zeros(INPUTS), np.zeros(1), np.zeros(INPUTS)
    yield
    inputs = casadi.SX.sym("x", INPUTS)
    answer = result(links, casadi.vertsplit(inputs), casadi.exp, casadi.tanh)
    function = casadi.Function("f", [inputs], [answer, casadi.gradient(answer, inputs)])
    buffer, trigger = function.buffer()
    buffer.set_arg(0, memoryview(argument))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))

    def step():
        argument[:] = next(numbers)
        trigger()
        return value, gradient

    yield step


def xad() -> CompiledStep:
    """Recorded again for each call."""
    import xad.math
    from xad.adj_1st import Real, Tape

    links, numbers = plan(), points()
    yield

    def step():
        with Tape() as tape:
            inputs = [Real(number) for number in next(numbers)]
            tape.registerInputs(inputs)
            tape.newRecording()
            value = result(links, inputs, xad.math.exp, xad.math.tanh)
            tape.registerOutput(value)
            value.derivative = 1.0
            tape.computeAdjoints()
            return value.value, [x.derivative for x in inputs]

    yield step


PROGRAM = CompiledProgram(
    title=f"a tape of {OPERATIONS:,} operations, value and gradient",
    engines={
        COMPILED: Engine(autograd),
        "CasADi, SX": Engine(casadi, "casadi"),
        "XAD, its Python binding": Engine(xad, "xad"),
        "autograd, a graph for each call": Engine(autograd_eager),
    },
    rounds=(7, 2),
)
