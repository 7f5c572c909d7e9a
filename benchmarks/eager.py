"""The table of programs that build a graph each time."""

import statistics
from collections.abc import Iterator
from typing import Any

from benchmarks import table
from benchmarks.environments import Environments, NotInstalledError
from benchmarks.equality import require_equal
from benchmarks.process import EngineError, Process
from benchmarks.program import Program

HEAD = table.head(
    "Program", "Engine", "Time", "Speed", "Nodes", "µs a node", "Bytes a node", "Collector"
)


def rows(
    module: str, program: Program, environments: Environments, is_quick: bool
) -> Iterator[str]:
    """The rows of a program: the engines take turns, one run each in every round."""
    processes: list[Process] = []
    sizes: list[dict[str, Any]] = []
    for name, engine in program.engines.items():
        try:
            process = Process("benchmarks.worker", module, name, engine, environments)
            sizes.append(process.read())
            processes.append(process)
        except (NotInstalledError, EngineError) as error:
            yield table.not_measured(HEAD, program.title, name, error)
    if not processes:
        return
    try:
        require_equal({p.name: size["numbers"] for p, size in zip(processes, sizes, strict=True)})
        for _ in range(program.rounds[is_quick]):
            for process in processes:
                process.run()
            require_equal({p.name: p.turns[-1]["numbers"] for p in processes})
    finally:
        for process in processes:
            process.end()
    baseline = next((p for p in processes if p.name == program.baseline), processes[0])
    for process, size in zip(processes, sizes, strict=True):
        yield _row(program.title, process, size, baseline)


def _row(title: str, process: Process, size: dict[str, Any], baseline: Process) -> str:
    seconds, nodes = process.median("seconds"), size["nodes"]
    collector = statistics.median(turn["collector"] / turn["seconds"] for turn in process.turns)
    # The process already had its first megabytes, so a small growth says nothing about a node.
    memory = nodes and size["bytes"] > 10e6
    return table.line(
        title,
        process.name,
        table.duration(seconds),
        _speed(process, baseline),
        f"{nodes:,}" if nodes else "",
        f"{seconds / nodes * 1e6:.2f}" if nodes else "",
        f"{size['bytes'] / nodes:.0f}" if memory else "",
        f"{collector:.0%}",
    )


def _speed(process: Process, baseline: Process) -> str:
    """The speed as a multiple of the baseline's: the median of the rounds, and their range."""
    if process is baseline:
        return "1"
    return table.ratio(baseline.all("seconds"), process.all("seconds"))
