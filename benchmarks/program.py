"""What is measured: a program, and the engines that it runs on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Runs the program once. Returns its last node, and the numbers in which all engines must agree.
Step = Callable[[], tuple[Any, list[float]]]


@dataclass(frozen=True)
class Program:
    """A program with the engines that it runs on.

    Args:
        title: what the table calls it.
        engines: for each engine the function that sets the program up in a fresh process.
        baseline: the engine that the others are compared with.
        rounds: how often each engine runs; the second number is for a quick run.
        repetitions: how many runs make one measurement.
    """

    title: str
    engines: dict[str, Callable[[], Step]]
    baseline: str
    rounds: tuple[int, int]
    repetitions: int = 1
