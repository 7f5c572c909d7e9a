"""What compiling costs: the time of the training step on two moons up to its first result."""

import dataclasses
import statistics
import tempfile
from collections.abc import Iterator

from benchmarks import table
from benchmarks.compiled import moons
from benchmarks.compiled.measuring import WORKER
from benchmarks.environments import Environments, NotInstalledError
from benchmarks.process import EngineError, Process
from benchmarks.program import COMPILED

HEAD = table.head("Program", "Engine", "Cache on disk", "First call", "Range")
TITLE = "MLP(2, [16, 16, 1]), 100 points: recording, compiling and the first training step"
# The engines that compile, each with the variable that names its cache, if it has one.
CACHES = {
    COMPILED: "AUTOGRAD_CACHE_DIR",
    "JAX, jit": "JAX_COMPILATION_CACHE_DIR",
    "CasADi, SX": None,
    "Numba by hand": None,
    "C by hand": None,
}
# By default JAX keeps only what took more than a second to compile.
KEEP_EVERYTHING = {
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}
ROUNDS = (7, 2)


def rows(environments: Environments, is_quick: bool) -> Iterator[str]:
    """The rows, with the time of the first call in a new process, without imports."""
    cold: dict[str, list[float]] = {name: [] for name in CACHES}
    warm: dict[str, list[float]] = {name: [] for name in CACHES}
    failures: dict[str, Exception] = {}
    for _ in range(ROUNDS[is_quick]):
        for name, variable in CACHES.items():
            with tempfile.TemporaryDirectory() as cache:
                variables = {**KEEP_EVERYTHING, variable: cache} if variable else {}
                try:
                    cold[name].append(_first_call(name, variables, environments))
                    if variable:
                        warm[name].append(_first_call(name, variables, environments))
                except (NotInstalledError, EngineError) as error:
                    failures[name] = error
    for name in CACHES:
        if name in failures:
            yield table.not_measured(HEAD, TITLE, name, failures[name])
        else:
            yield _row(name, "empty" if warm[name] else "none", cold[name])
            if warm[name]:
                yield _row(name, "filled", warm[name])


def _first_call(name: str, variables: dict[str, str], environments: Environments) -> float:
    engine = moons.PROGRAM.engines[name]
    engine = dataclasses.replace(engine, variables=variables, is_on_one_core=False)
    process = Process(WORKER, moons.__name__, name, engine, environments)
    try:
        seconds: float = process.read()["seconds"]
    finally:
        process.end()
    return seconds


def _row(name: str, cache: str, seconds: list[float]) -> str:
    extremes = f"{table.duration(min(seconds))} to {table.duration(max(seconds))}"
    return table.line(TITLE, name, cache, table.duration(statistics.median(seconds)), extremes)
