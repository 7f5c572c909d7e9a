"""Programs in machine code: called with numbers, or with lanes, one chunk or many."""

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from autograd.compiling.bytecode import encode, in_runs
from autograd.compiling.interpreter import loop_module
from autograd.compiling.jobs import Job
from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.lowering import lowered
from autograd.compiling.machine_code import MachineCode
from autograd.compiling.memory import Memory, aligned
from autograd.compiling.pool import cores, the_pool
from autograd.compiling.straight_line import straight_line_module
from autograd.tape.program import Program
from autograd.tape.tape import SHARED

# Up to so many additions and multiplications a program gets machine code of its own.
LONGEST_STRAIGHT_LINE = 4_000

# The lanes of a chunk are added up in their order, and then the chunks in theirs: so the
# result depends on the number of lanes alone, whatever the number of threads.
CHUNK_OPERATIONS = 500_000
MOST_CHUNKS = 64

# Memory is kept for calls with so many different numbers of lanes.
MOST_MEMORIES = 8

# One more thread is worth it for each so many operations.
OPERATIONS_OF_A_THREAD = 1_000_000

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        kinds: what each item of a call is, as `kinds_of` has it.
        threads: how many run at most; as many as there are cores by default.
    """

    def __init__(self, program: Program, kinds: Sequence[Any], threads: int | None = None):
        program = lowered(program)
        self.cost = 1 + sum(max(1, (len(x) - 1) // 2) for x in program.instructions)
        is_short = self.cost <= LONGEST_STRAIGHT_LINE
        if not is_short:
            program = in_runs(program)
        self.layout = layout = Layout(program)
        self.kinds = kinds
        self.threads = min(threads or cores(), cores())
        self._smallest_chunk = -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH
        places = iter(layout.shared.values())
        self._shared = [(which, next(places)) for which, k in enumerate(kinds) if k == SHARED]
        self._in_lanes = [which for which, kind in enumerate(kinds) if kind != SHARED]
        self._parameters = program.parameters
        self._header, self._room = _POINTER(0), 0
        self._kept: list[Any] = []
        if is_short:
            code = MachineCode(straight_line_module(program, layout))
        else:
            code = _loop()
            self._encode(program)
        self._code = code
        self._before = code.function("before", _POINTER, _POINTER)
        self._after = code.function("after", _POINTER, _POINTER, _POINTER, _INTEGER)
        self._whole = code.function("whole", _POINTER)
        self._work = code.function("work", _POINTER, _INTEGER)
        # Memory by the number of lanes, taken for a call and put back after it, by any thread.
        self._memories: dict[int | None, list[_Prepared]] = {}

    def run(
        self, parameters: Sequence[float], items: Sequence[Any], lanes: int | None, listed: bool
    ) -> Any:
        """The results in order: floats, and arrays for those of lanes.

        Args:
            parameters: as many as the program has.
            items: for each argument a float, an array of `lanes` numbers, or a table of them.
            lanes: how many, None where no argument is an array.
            listed: whether in a list, or in one array; then there must be none of lanes.
        """
        pool = self._memories.get(lanes)
        if pool is None:
            pool = self._new_pool(lanes)
        try:
            prepared = pool.pop()
        except IndexError:
            prepared = _Prepared(self, lanes)
        memory = prepared.memory
        view = memory.view
        if self._parameters:
            memory.parameters[:] = parameters
        for which, place in self._shared:
            view[place] = items[which]
        if lanes is None:
            self._before(*prepared.call)
            columns = None
        elif prepared.job:
            columns = self._run_chunks(prepared.job, memory, items, lanes)
        else:
            for which, row in memory.inputs:
                row[:] = items[which]
            self._whole(*prepared.call)
            columns = [row.copy() for row in memory.outputs]
        results = memory.results.tolist() if listed else memory.results.copy()
        pool.append(prepared)
        if columns:
            for which, column in zip(self.layout.lane_results, columns, strict=True):
                results[which] = column
        return results

    def _new_pool(self, lanes: int | None) -> "list[_Prepared]":
        if len(self._memories) >= MOST_MEMORIES:
            self._memories.clear()
        return self._memories.setdefault(lanes, [])

    def _encode(self, program: Program) -> None:
        encoded = encode(program, self.layout)
        header: list[int] = []
        for integers in encoded[:3]:
            array = np.frombuffer(integers, dtype=np.int32) if integers else np.empty(0, np.int32)
            self._kept.append(array)
            header += [array.ctypes.data, len(array)]
        header += [len(self.layout.added_up), self.layout.first_total]
        self._kept.append(np.array(header, dtype=np.int64))
        self._header, self._room = _POINTER(self._kept[-1].ctypes.data), encoded.registers

    def _run_chunks(self, job: Job, memory: Memory, items: Sequence[Any], lanes: int) -> list[Any]:
        """The results in lanes, of so many lanes that they go in chunks."""
        arguments = [np.asarray(items[which], dtype=float) for which in self._in_lanes]
        columns = [np.empty(lanes) for _ in self.layout.lane_results]
        kept = job.begin(arguments, columns)
        self._before(self._header, memory.address)
        the_pool().spread(self._work, job.address, job.threads)
        self._after(self._header, memory.address, job.totals, job.chunks)
        del kept
        return columns


class _Prepared:
    """Memory for a number of lanes, and with what machine code is called.

    Attributes:
        job: the chunks of the lanes, None if they are a single one.
        call: the arguments of the one function to be called, else.
    """

    def __init__(self, native: NativeProgram, lanes: int | None):
        count = lanes or 0
        chunk = max(native._smallest_chunk, -(-count // (MOST_CHUNKS * WIDTH)) * WIDTH)
        in_chunks = count > chunk
        room = 0 if in_chunks else count
        self.memory = memory = Memory(native.layout, native.kinds, lanes, room)
        self.job: Job | None = None
        self.call: tuple[Any, ...] = ()
        if in_chunks:
            worth = count * native.cost // OPERATIONS_OF_A_THREAD
            threads = max(1, min(native.threads, worth))
            self.job = Job(
                *(native._header.value, memory.address, native.layout, native._room),
                *(count, chunk, threads),
            )
        elif lanes is None:
            self.call = (native._header, _POINTER(memory.address))
        else:
            self._room = aligned(native._room * WIDTH)
            self._totals = aligned(len(native.layout.added_up) * WIDTH)
            own, totals = self._room.ctypes.data, self._totals.ctypes.data
            told = (native._header.value or 0, own, memory.address, *memory.rows, totals)
            self._call = np.array([*told, memory.stride, count], dtype=np.int64)
            self.call = (_POINTER(self._call.ctypes.data),)


@cache
def _loop() -> MachineCode:
    return MachineCode(loop_module())
