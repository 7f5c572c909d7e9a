"""The training step of two moons on 10,000 points, with one thread and with all."""

from functools import partial

from benchmarks.compiled import moons
from benchmarks.compiled import moons_libraries as libraries
from benchmarks.program import CompiledProgram, Engine

COUNT = 10_000
LANES = "-DLANES=40"

PROGRAM = CompiledProgram(
    title="the same, 10,000 points",
    engines={
        **moons.engines(COUNT, LANES),
        "autograd, compiled, all threads": Engine(partial(moons.autograd, COUNT, None)),
        "C by hand, OpenMP": Engine(partial(moons.c, COUNT, "moons.c", LANES, "-fopenmp")),
        "JAX, jit, all threads": Engine(partial(libraries.jax, COUNT), "jax"),
        "torch, vectorised, all threads": Engine(partial(libraries.torch, COUNT, None), "torch"),
        "NumPy by hand, all threads": Engine(partial(moons.numpy, COUNT)),
    },
)
