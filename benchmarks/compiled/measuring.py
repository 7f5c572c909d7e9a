"""The table of programs that are compiled once and run often."""

import dataclasses
import statistics
import tempfile
from collections.abc import Iterator
from typing import Any

from benchmarks import table
from benchmarks.environments import Environments, NotInstalledError
from benchmarks.equality import require_equal
from benchmarks.process import EngineError, Process
from benchmarks.program import COMPILED, CompiledProgram, Engine

HEAD = table.head("Program", "Engine", "Time", "Times ours", "First call", "Memory")
WORKER = "benchmarks.compiled.worker"


def rows(
    module: str, program: CompiledProgram, environments: Environments, is_quick: bool
) -> Iterator[str]:
    """The rows of a program: the engines take turns in every round."""
    processes: list[Process] = []
    firsts: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as cache:
        for name, engine in program.engines.items():
            try:
                process, first = _started(module, name, engine, environments, cache)
            except (NotInstalledError, EngineError) as error:
                yield table.not_measured(HEAD, program.title, name, error)
            else:
                processes.append(process)
                firsts.append(first)
        if not processes:
            return
        try:
            require_equal({p.name: f["numbers"] for p, f in zip(processes, firsts, strict=True)})
            for _ in range(program.rounds[is_quick]):
                for process in processes:
                    process.run()
        finally:
            for process in processes:
                process.end()
    baseline = next((p for p in processes if p.name == COMPILED), processes[0])
    for process, first in zip(processes, firsts, strict=True):
        yield _row(program.title, process, first, baseline)


def _started(
    module: str, name: str, engine: Engine, environments: Environments, cache: str
) -> tuple[Process, dict[str, Any]]:
    """An engine after its first run, with nothing compiled before."""
    variables = {"AUTOGRAD_CACHE_DIR": tempfile.mkdtemp(dir=cache), **engine.variables}
    engine = dataclasses.replace(engine, variables=variables)
    process = Process(WORKER, module, name, engine, environments)
    return process, process.read()


def _row(title: str, process: Process, first: dict[str, Any], baseline: Process) -> str:
    seconds = process.all("seconds")
    return table.line(
        title,
        process.name,
        table.duration(statistics.median(seconds)),
        "1" if process is baseline else table.ratio(seconds, baseline.all("seconds")),
        table.duration(first["seconds"]),
        f"{first['bytes'] / 1e6:.3g} MB",
    )
