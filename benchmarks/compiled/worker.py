"""A process in which one engine compiles and runs one program.

It answers each line that it reads with the time of a run, as a line of JSON.
"""

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.program import CompiledProgram
from benchmarks.worker import peak_bytes

# A turn has this many parts of this length, and the fastest counts: whatever else the machine does
# can only make parts slower. A program that takes longer runs once.
PARTS = 5
PART_SECONDS = 0.02


def main(module: str, name: str) -> None:
    program: CompiledProgram = importlib.import_module(module).PROGRAM
    compiling = program.engines[name].setup()
    next(compiling)
    before, started = peak_bytes(), time.perf_counter()
    step = next(compiling)
    numbers = list(flat(step()))
    seconds = time.perf_counter() - started
    # A second run shows whether a program only repeats what it recorded.
    numbers += flat(step())
    _answer({"seconds": seconds, "bytes": peak_bytes() - before, "numbers": numbers})
    repetitions = _repetitions(step)
    for _ in sys.stdin:
        if not gc.isenabled():
            gc.collect()
        _answer({"seconds": _turn(step, repetitions) / program.calls})


def flat(numbers: Any) -> Iterator[float]:
    """All numbers in nested lists, tuples, arrays and tensors."""
    if hasattr(numbers, "tolist"):
        numbers = numbers.tolist()
    if isinstance(numbers, (list, tuple)):
        for number in numbers:
            yield from flat(number)
    else:
        yield float(numbers)


def _repetitions(step: Callable[[], Any]) -> int:
    """The number of runs that fill a part of a turn."""
    repetitions = 1
    while (seconds := _seconds(step, repetitions)) < PART_SECONDS / 2:
        repetitions *= 2
    return max(1, round(repetitions * PART_SECONDS / seconds))


def _turn(step: Callable[[], Any], repetitions: int) -> float:
    """The time of a run."""
    first = _seconds(step, repetitions)
    if first > PARTS * PART_SECONDS:
        return first / repetitions
    # In the first part the processor's caches still hold what the last engine needed.
    return min(_seconds(step, repetitions) for _ in range(PARTS)) / repetitions


def _seconds(step: Callable[[], Any], repetitions: int) -> float:
    started = time.perf_counter()
    for _ in range(repetitions):
        step()
    return time.perf_counter() - started


def _answer(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)
