"""The price of a European call option by Black and Scholes, with its derivatives (the Greeks)."""

import itertools
import math
import random

from benchmarks.compiled.c_code import step_on_numbers
from benchmarks.program import COMPILED, CompiledProgram, CompiledStep, Engine


def options():
    """A thousand options, over and over: spot, strike, years, rate and volatility of each."""
    uniform = random.Random(0).uniform
    ranges = ((50, 150), (50, 150), (0.1, 2), (0, 0.1), (0.1, 0.6))
    return itertools.cycle([[uniform(*ends) for ends in ranges] for _ in range(1000)])


def price(functions, spot, strike, years, rate, volatility):
    """The price, for any library with these functions."""
    spread = volatility * functions.sqrt(years)
    drift = (rate + volatility * volatility / 2) * years
    d1 = (functions.log(spot / strike) + drift) / spread
    d2 = d1 - spread
    discounted = strike * functions.exp(-rate * years)
    return spot * _cumulative(functions, d1) - discounted * _cumulative(functions, d2)


def _cumulative(functions, x):
    return (1 + functions.erf(x * 0.5**0.5)) / 2


def autograd() -> CompiledStep:
    import llvmlite.binding  # noqa: F401

    import autograd

    option = options()
    yield
    function = autograd.compile(lambda *numbers: price(autograd, *numbers))

    def step():
        return function.value_and_grad(*next(option))

    yield step


def autograd_eager() -> CompiledStep:
    import autograd

    option = options()
    yield

    def step():
        numbers = [autograd.Value(number) for number in next(option)]
        result = price(autograd, *numbers)
        result.backward()
        return result.data, [number.grad for number in numbers]

    yield step


def by_hand() -> CompiledStep:
    """As one writes them from a textbook, what they have in common once."""
    option = options()
    yield
    exp, log, sqrt, erf = math.exp, math.log, math.sqrt, math.erf

    def step():
        spot, strike, years, rate, volatility = next(option)
        root = sqrt(years)
        spread = volatility * root
        d1 = (log(spot / strike) + (rate + volatility * volatility / 2) * years) / spread
        d2 = d1 - spread
        below1, below2 = (1 + erf(d1 * 0.5**0.5)) / 2, (1 + erf(d2 * 0.5**0.5)) / 2
        discount = exp(-rate * years)
        vega = spot * root * exp(-d1 * d1 / 2) / sqrt(2 * math.pi)
        due = strike * discount * below2
        decay = vega * volatility / (2 * years) + rate * due
        return spot * below1 - due, (below1, -discount * below2, decay, years * due, vega)

    yield step


def c() -> CompiledStep:
    option = options()
    yield
    yield step_on_numbers("black_scholes.c", option, 5)


def casadi() -> CompiledStep:
    import casadi
    import numpy as np

    option = options()
    argument, result = np.zeros(5), np.zeros(6)
    yield
    numbers = casadi.SX.sym("x", 5)
    value = price(casadi, *casadi.vertsplit(numbers))
    answer = casadi.vertcat(value, casadi.gradient(value, numbers))
    buffer, trigger = casadi.Function("f", [numbers], [answer]).buffer()
    buffer.set_arg(0, memoryview(argument))
    buffer.set_res(0, memoryview(result))

    def step():
        argument[:] = next(option)
        trigger()
        return result.tolist()

    yield step


def jax() -> CompiledStep:
    import types

    import jax

    jax.config.update("jax_enable_x64", True)
    functions = types.SimpleNamespace(**vars(jax.numpy), erf=jax.scipy.special.erf)
    option = options()
    yield
    gradient = jax.value_and_grad(lambda *numbers: price(functions, *numbers), argnums=range(5))
    function = jax.jit(gradient)

    def step():
        return jax.block_until_ready(function(*next(option)))

    yield step


PROGRAM = CompiledProgram(
    title="Black-Scholes, the price of a call and its five derivatives",
    engines={
        COMPILED: Engine(autograd),
        "`math` by hand": Engine(by_hand),
        "C by hand": Engine(c),
        "CasADi, SX": Engine(casadi, "casadi"),
        "JAX, jit": Engine(jax, "jax"),
        "autograd, a graph for each call": Engine(autograd_eager),
    },
)
