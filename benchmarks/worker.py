"""A process in which one engine builds graphs for one program.

It takes one measurement for each line that it reads, and answers with a line of JSON.
"""

import gc
import importlib
import json
import resource
import sys
import time
from typing import Any

from benchmarks.program import Program, Step


class CollectorClock:
    """Measures the time that the cyclic garbage collector takes."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._started = 0.0
        gc.callbacks.append(self._called)

    def _called(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._started = time.perf_counter()
        else:
            self.seconds += time.perf_counter() - self._started


def measured(step: Step, repetitions: int, clock: CollectorClock) -> dict[str, Any]:
    """The time of a run, from making the first node to freeing the last."""
    collector = clock.seconds
    started = time.perf_counter()
    for _ in range(repetitions):
        output, numbers = step()
        del output
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds / repetitions,
        "collector": (clock.seconds - collector) / repetitions,
        "numbers": numbers,
    }


def size(step: Step) -> dict[str, Any]:
    """How much the process grows in its first run, and how many nodes operations make."""
    before = peak_bytes()
    output, numbers = step()
    return {"bytes": peak_bytes() - before, "nodes": _count(output), "numbers": numbers}


def peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _count(output: Any) -> int:
    seen = {output}
    stack = [output]
    count = 0
    while stack:
        parents = _parents(stack.pop())
        count += bool(parents)
        for parent in parents:
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return count


def _parents(node: Any) -> Any:
    for name in ("parents", "_prev", "children"):
        if hasattr(node, name):
            return getattr(node, name)
    return ()


def main(module: str, engine: str) -> None:
    program: Program = importlib.import_module(module).PROGRAM
    step = program.engines[engine].setup()
    clock = CollectorClock()
    _answer(size(step))
    for _ in sys.stdin:
        if not gc.isenabled():
            gc.collect()
        _answer(measured(step, program.repetitions, clock))


def _answer(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)
