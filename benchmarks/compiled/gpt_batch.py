"""The GPT on batches of 64 names of seven letters. Times are per name."""

from functools import partial

from benchmarks.compiled import gpt
from benchmarks.compiled import gpt_libraries as libraries
from benchmarks.program import COMPILED, CompiledProgram, Engine

BATCH = 64

PROGRAM = CompiledProgram(
    title=f"the same, a name of a batch of {BATCH}",
    engines={
        COMPILED: Engine(partial(gpt.autograd, BATCH)),
        "JAX, jit": Engine(partial(libraries.jax, BATCH), "jax"),
        "torch, vectorised": Engine(partial(libraries.torch, BATCH), "torch"),
        "plain class": Engine(partial(gpt.plain, BATCH)),
    },
    calls=BATCH,
    rounds=(3, 1),
)
