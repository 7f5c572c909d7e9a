"""An engine in its own process, and what is measured there."""

import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.environments import Environments
from benchmarks.program import Engine

REPOSITORY = Path(__file__).parent.parent
# HIPS autograd has the same name, so the repository comes last in the search path, and Python runs
# with the option -I, which ignores PYTHONPATH.
START = """
import importlib, sys
_, repository, worker, *arguments = sys.argv
sys.path.append(repository)
importlib.import_module(worker).main(*arguments)
"""


class EngineError(Exception):
    """Raised when the process of an engine ends too early."""


class Process:
    """A running engine.

    Args:
        worker: the module that it runs.
        program: the module of the program.
        name: the name of the engine there.
        engine: the engine: where it runs, and with what environment variables.
        environments: where its Python is.
    """

    def __init__(
        self, worker: str, program: str, name: str, engine: Engine, environments: Environments
    ):
        python = environments.python(engine.environment)
        self.messages = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [str(python), "-I", "-c", START, str(REPOSITORY), worker, program, name],
            env={**os.environ, **engine.variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.messages,
            preexec_fn=_stay_on_one_core if engine.is_on_one_core else None,
            text=True,
        )
        self.name = name
        self.turns: list[dict[str, Any]] = []

    def read(self) -> dict[str, Any]:
        """The next answer. Raises EngineError if the process has ended."""
        line = self.process.stdout.readline()
        if not line:
            self.end()
            self.messages.seek(0)
            lines = [line for line in self.messages if line.strip() and not line.startswith(" ")]
            raise EngineError(lines[-1].strip() if lines else "no message")
        return json.loads(line)

    def run(self) -> None:
        """Takes one measurement. Raises EngineError if the process has ended."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.turns.append(self.read())

    def end(self) -> None:
        self.process.communicate()

    def median(self, quantity: str) -> float:
        return statistics.median(self.all(quantity))

    def all(self, quantity: str) -> list[float]:
        return [turn[quantity] for turn in self.turns]


def _stay_on_one_core() -> None:
    # macOS has no such function.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
