"""What runs programs: machine code, if it is installed, or Python, one instruction at a time.

Python runs them on numbers or arrays of any kind. On arrays of JAX or PyTorch a program is a
function of arrays like any other: their compilers can trace it, and their devices can run it.
"""

import contextlib
import functools
import importlib.util
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from autograd.compiling.arguments import library_of
from autograd.numbers.arrays import namespace_of
from autograd.tape.operations import evaluate
from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, SHARED, Instruction

INSTALL = "pip install 'scalar-autograd[native]'"

# NumPy takes this many lanes at a time, to bound the memory.
BLOCK = 2048


def require_backend(backend: str | None) -> None:
    """Checks a backend that a user chose.

    Raises:
        ValueError: unless it is None, "native" or "python".
        ImportError: if it is "native", and machine code is not installed.
    """
    if backend not in (None, "native", "python"):
        raise ValueError(f'backend is "native" or "python", not {backend!r}')
    if backend == "native" and _missing():
        raise ImportError(f"machine code needs an extra: {INSTALL}")


def runs_on(backend: str | None) -> str:
    """What programs run on, in words."""
    if backend == "python":
        return "Python"
    missing = _missing()
    if missing:
        return f"Python, since {missing} is not installed: {INSTALL}"
    return "machine code"


@functools.cache
def has_machine_code() -> bool:
    """Whether machine code is installed. If not, a warning says so once."""
    missing = _missing()
    if missing:
        warnings.warn(
            f"compiled functions run in Python, since {missing} is not installed: for machine code "
            f'{INSTALL}; compile(function, backend="python") says nothing',
            RuntimeWarning,
            stacklevel=5,
        )
    return not missing


@functools.cache
def _missing() -> str:
    """A library that machine code needs and that is not installed; "" for none."""
    wanted = ("numpy", "llvmlite")
    return next((name for name in wanted if not importlib.util.find_spec(name)), "")


def replay(
    program: Program, parameters: Sequence[Any], arguments: Sequence[Any], lanes: int | None
) -> list[Any]:
    """The results of a program, in order.

    Args:
        program: the program to run.
        parameters: a number of any kind for each parameter.
        arguments: a number, or an array of `lanes` numbers, for each argument.
        lanes: the number of lanes; None if no argument is an array.
    """
    with _quiet(arguments):
        return _Run(program, parameters, arguments, lanes).results()


class _Run:
    """A run of a program. The arguments are those of `replay`."""

    def __init__(
        self,
        program: Program,
        parameters: Sequence[Any],
        arguments: Sequence[Any],
        lanes: int | None,
    ):
        self.program = program
        # If one array is from another library than NumPy, all become arrays of that library:
        # NumPy's functions would not take what JAX traces.
        arrays = [x for x in (*arguments, parameters) if library_of[type(x)]]
        foreign = [x for x in arrays if library_of[type(x)] != "numpy"]
        if foreign:
            self.namespace = namespace_of(foreign[0])
            arguments = [
                self.namespace.asarray(x) if library_of[type(x)] == "numpy" else x
                for x in arguments
            ]
        elif arrays:
            self.namespace = namespace_of(arrays[0])
        self.arguments = arguments
        self.arrays = [x for x in arguments if getattr(x, "shape", ())]
        given: dict[str, Callable[[Any], Any]] = {
            "constant": lambda number: number,
            "parameter": lambda index: parameters[index],
            SHARED: lambda index: arguments[index],
            "lanes": lambda _: 1.0 if lanes is None else float(lanes),
        }
        self.lanes = lanes
        self.values: list[Any] = [None] * len(program.instructions)
        for position, number in program.instructions.inputs.items():
            kind = program.instructions.operations[position]
            if kind in given:
                self.values[position] = given[kind](number)

    def results(self) -> list[Any]:
        self._run(self.program.in_stage(BEFORE))
        if self.lanes is not None:
            self._run_lanes(self.lanes)
        self._run(self.program.in_stage(AFTER))
        # The caller may write to NumPy's arrays, so each is a separate copy.
        values = [self.values[position] for position in self.program.results]
        return [x.copy() if type(x).__module__ == "numpy" else x for x in values]

    def _run_lanes(self, lanes: int) -> None:
        values, program = self.values, self.program
        instructions, operations = program.instructions, program.instructions.operations
        columns = [x for x in instructions.inputs.items() if operations[x[0]] == PER_LANE]
        sums = [i for i, operation in enumerate(operations) if operation == "sum_over_lanes"]
        wanted = [x for x in dict.fromkeys(program.results) if program.stages[x] == LANES]
        namespace = self.namespace
        body = program.in_stage(LANES)
        size = BLOCK if namespace.__name__ == "numpy" else max(lanes, 1)
        pieces: dict[int, list[Any]] = {position: [] for position in wanted}
        for start in range(0, max(lanes, 1), size):
            block = self.arrays[0][start : start + size]
            for position, index in columns:
                values[position] = self.arguments[index][start : start + size]
            self._run(body)
            for position in sums:
                number = instructions[position][1]
                part = namespace.sum(in_every_lane(values[number], [block], len(block)))
                part = float(part) if namespace.__name__ == "numpy" else part
                values[position] = part if start == 0 else values[position] + part
            for position in wanted:
                pieces[position].append(in_every_lane(values[position], [block], len(block)))
        for position, parts in pieces.items():
            values[position] = parts[0] if len(parts) == 1 else namespace.concat(parts)

    def _run(self, instructions: Iterable[tuple[int, Instruction]]) -> None:
        values = self.values
        for position, instruction in instructions:
            numbers = [values[operand] for operand in instruction[1:]]
            values[position] = evaluate(instruction[0], numbers)


def in_every_lane(number: Any, items: Sequence[Any], lanes: int) -> Any:
    """A number as an array of lanes, from the library of the first array in a call."""
    if library_of[type(number)] and number.shape:
        return number
    first = next(x for x in items if library_of[type(x)] and x.shape)
    namespace = namespace_of(first)
    array = namespace.broadcast_to(namespace.asarray(number, dtype=first.dtype), (lanes,))
    # NumPy's broadcast array is a view of one number, and can't be written to.
    return array.copy() if library_of[type(first)] == "numpy" else array


def _quiet(arguments: Sequence[Any]) -> Any:
    """Silences NumPy's warnings: log(0) is -inf here, as everywhere."""
    if any(type(argument).__module__ == "numpy" for argument in arguments):
        import numpy as np

        return np.errstate(all="ignore")
    return contextlib.nullcontext()
