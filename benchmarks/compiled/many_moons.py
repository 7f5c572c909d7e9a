"""The training step on 10,000 points of two moons, with one thread and with all."""

from functools import partial

from benchmarks.compiled import moons
from benchmarks.compiled import moons_libraries as libraries
from benchmarks.program import CompiledProgram, Engine

COUNT = 10_000
LANES = "-DLANES=40"
FLAGS = (LANES, "-fopenmp")

_all_cores = partial(Engine, is_on_one_core=False)

PROGRAM = CompiledProgram(
    title="the same, 10,000 points",
    engines={
        **moons.engines(COUNT, LANES),
        "autograd, compiled, all cores": _all_cores(partial(moons.autograd, COUNT, None)),
        "C by hand, OpenMP, all cores": _all_cores(partial(moons.c, COUNT, "moons.c", *FLAGS)),
        "JAX, jit, all cores": _all_cores(partial(libraries.jax, COUNT), "jax"),
        "torch, vectorised, all cores": _all_cores(partial(libraries.torch, COUNT), "torch"),
        "NumPy by hand, all cores": _all_cores(partial(moons.numpy, COUNT)),
    },
)
