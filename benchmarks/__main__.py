"""Runs every program on every engine, and prints one Markdown table."""

import argparse
import importlib.util
import json
import platform
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import chain, expression, gpt, moons
from benchmarks.program import Program

PROGRAMS = {
    "moons": moons.PROGRAM,
    "expression": expression.PROGRAM,
    "chain": chain.PROGRAM,
    "gpt": gpt.PROGRAM,
}
TOLERANCE = 1e-9
COLUMNS = ("Program", "Engine", "Time", "Speed", "Nodes", "µs a node", "Bytes a node", "Collector")


class Engine:
    """An engine in a process of its own, and what it measured."""

    def __init__(self, program: str, name: str):
        command = [sys.executable, "-m", "benchmarks.worker", program, name]
        self.process = subprocess.Popen(
            command,
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.name = name
        self.turns: list[dict[str, Any]] = []

    def read(self) -> dict[str, Any]:
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended early, with exit code {self.process.wait()}")
        return json.loads(line)

    def run(self) -> None:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.turns.append(self.read())

    def median(self, quantity: str) -> float:
        return statistics.median(turn[quantity] for turn in self.turns)


def measure(name: str, program: Program, rounds: int) -> list[str]:
    """The rows of a program: the engines take turns, one run each in every round."""
    engines = [Engine(name, engine) for engine in program.engines if _is_installed(engine)]
    try:
        sizes = [engine.read() for engine in engines]
        _require_equal(name, [size["numbers"] for size in sizes])
        for _ in range(rounds):
            for engine in engines:
                engine.run()
            _require_equal(name, [engine.turns[-1]["numbers"] for engine in engines])
    finally:
        for engine in engines:
            engine.process.communicate()
    baseline = next(engine for engine in engines if engine.name == program.baseline)
    return [
        _row(program.title, engine, size, baseline)
        for engine, size in zip(engines, sizes, strict=True)
    ]


def _require_equal(name: str, answers: list[list[float]]) -> None:
    for answer in answers:
        for number, expected in zip(answer, answers[0], strict=True):
            if not abs(number - expected) <= TOLERANCE * max(1, abs(expected)):
                raise SystemExit(f"{name}: the engines disagree: {answers}")


def _is_installed(engine: str) -> bool:
    return not engine.startswith("torch") or importlib.util.find_spec("torch") is not None


def _row(title: str, engine: Engine, size: dict[str, Any], baseline: Engine) -> str:
    seconds, nodes = engine.median("seconds"), size["nodes"]
    collector = statistics.median(turn["collector"] / turn["seconds"] for turn in engine.turns)
    # The first megabytes come from what the process had already: they say nothing of a node.
    memory = nodes and size["bytes"] > 10e6
    cells = (
        title,
        engine.name,
        _duration(seconds),
        _speed(engine, baseline),
        f"{nodes:,}" if nodes else "",
        f"{seconds / nodes * 1e6:.2f}" if nodes else "",
        f"{size['bytes'] / nodes:.0f}" if memory else "",
        f"{collector:.0%}",
    )
    return _line(cells)


def _speed(engine: Engine, baseline: Engine) -> str:
    """How many times the baseline's speed: the median of the rounds, and their range."""
    if engine is baseline:
        return "1"
    pairs = zip(engine.turns, baseline.turns, strict=True)
    ratios = [base["seconds"] / turn["seconds"] for turn, base in pairs]
    return f"**{statistics.median(ratios):.3g}** ({min(ratios):.3g} to {max(ratios):.3g})"


def _duration(seconds: float) -> str:
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, under a minute")
    quick = parser.parse_args().quick
    if importlib.util.find_spec("micrograd") is None:
        raise SystemExit("the comparison needs micrograd: pip install micrograd==0.1.0")
    print(f"Python {platform.python_version()} on {platform.machine()}\n")
    print(_line(COLUMNS))
    print(_line(("---",) * len(COLUMNS)))
    for name, program in PROGRAMS.items():
        for row in measure(name, program, program.rounds[quick]):
            print(row, flush=True)


if __name__ == "__main__":
    main()
