"""What is measured: a program, and the engines that it runs on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

# Runs the program once. Returns its last node, and the numbers in which all engines must agree.
Step = Callable[[], tuple[Any, list[float]]]
# Imports what it needs and makes its data; yields; compiles; and yields the function that runs the
# program once. That returns the numbers in which all engines must agree, in any structure.
CompiledStep = Iterator[Callable[[], Any] | None]


@dataclass(frozen=True)
class Engine:
    """How a program runs on one engine.

    Args:
        setup: sets the program up, in a fresh process.
        environment: the environment in `environments.py` that has what it imports.
        variables: environment variables for its process.
        is_on_one_core: whether it runs on one core, or on all. On one core JAX takes half of the
            time, as its threads then do not pass work to each other.
    """

    setup: Callable[[], Any]
    environment: str = "scalar"
    variables: dict[str, str] = field(default_factory=dict)
    is_on_one_core: bool = True


@dataclass(frozen=True)
class Program:
    """A program that builds a graph each time, with the engines that it runs on.

    Args:
        title: what the table calls it.
        engines: their setups return a Step.
        baseline: the engine that the others are compared with.
        rounds: how often each engine runs; the second number is for a quick run.
        repetitions: how many runs make one measurement.
    """

    title: str
    engines: dict[str, Engine]
    baseline: str
    rounds: tuple[int, int]
    repetitions: int = 1


@dataclass(frozen=True)
class CompiledProgram:
    """A program that is compiled once and run often, with the engines that it runs on.

    Args:
        title: what the table calls it.
        engines: their setups return a CompiledStep.
        calls: how many calls a run makes; the table gives the time of one.
        rounds: how often each engine runs; the second number is for a quick run.
    """

    title: str
    engines: dict[str, Engine]
    calls: int = 1
    rounds: tuple[int, int] = (15, 3)


# The engine that the others are compared with.
COMPILED = "autograd, compiled"
