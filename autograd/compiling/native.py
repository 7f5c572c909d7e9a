"""Programs in machine code: their memory, their chunks of lanes, their threads."""

import ctypes
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from autograd.compiling.encoding import encode
from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.loop import loop_module
from autograd.compiling.machine_code import MachineCode
from autograd.compiling.memory import WAVE, Room, Rows, SharedMemory
from autograd.compiling.straight_line import straight_line_module
from autograd.tape.program import Program
from autograd.tape.tape import LANES

# Up to so many additions and multiplications a program gets machine code of its own.
LONGEST_STRAIGHT_LINE = 4_000

# The lanes of a chunk are added up in their order, and then the chunks in theirs: so the
# result depends on the number of lanes alone, whatever the number of threads. A chunk is
# some hundred microseconds of work.
CHUNK_OPERATIONS = 500_000
MOST_CHUNKS = 64

# Threads are worth their start from so many operations on.
WORTH_THREADS = 2_000_000

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        threads: how many run at most; as many as there are cores by default.
    """

    def __init__(self, program: Program, threads: int | None = None):
        self.layout = layout = Layout(program)
        self.threads = threads or _cores()
        self.cost = 1 + sum(max(1, (len(x) - 1) // 2) for x in program.instructions)
        self._smallest_chunk = min(WAVE, -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH)
        kinds = enumerate(program.arguments)
        self._columns = [which for which, kind in kinds if kind == "lane argument"]
        in_lanes = [program.stages[position] == LANES for position in program.results]
        self._lane_results = [which for which, is_lane in enumerate(in_lanes) if is_lane]
        self._parameters = program.parameters
        self._shared = list(layout.shared.items())
        self._results = slice(layout.first_result, layout.first_result + len(program.results))
        self._kept: list[Any] = []
        self._header, self._room = 0, 0
        if self.cost <= LONGEST_STRAIGHT_LINE:
            code = MachineCode(straight_line_module(program, layout))
        else:
            code = _loop()
            self._encode(program)
        self._code = code
        pointers = [_POINTER] * 6
        self._before = code.function("before", *pointers[:2])
        self._chunks = code.function("chunks", *pointers, *[_INTEGER] * 6)
        self._after = code.function("after", *pointers[:3], _INTEGER)
        self._whole = code.function("whole", *pointers, *[_INTEGER] * 2)
        # Memory is taken from here for a call and put back after it, by any thread.
        self._memories: list[SharedMemory] = []
        self._rows: list[Rows] = []
        self._rooms: list[Room] = []

    def run(
        self, parameters: Sequence[float], arguments: Sequence[Any], lanes: int | None, listed: bool
    ) -> Any:
        """The results in order: floats, and arrays for those of lanes.

        Args:
            parameters: as many as the program has.
            arguments: a number, or an array of `lanes` numbers, for each argument.
            lanes: how many, None where no argument is an array.
            listed: whether in a list, or in one array; then there must be none of lanes.
        """
        try:
            memory = self._memories.pop()
        except IndexError:
            memory = SharedMemory(self.layout)
        view = memory.view
        if self._parameters:
            memory.numbers[: self._parameters] = parameters
        for which, place in self._shared:
            view[place] = arguments[which]
        rows: list[Any] = []
        if lanes is None:
            self._before(self._header, memory.address)
        else:
            view[self.layout.lanes] = lanes
            columns = [arguments[i] for i in self._columns] if self._shared else arguments
            rows = self._run_lanes(memory, columns, lanes)
        results = view[self._results].tolist() if listed else memory.numbers[self._results].copy()
        self._memories.append(memory)
        for position, row in enumerate(rows):
            results[self._lane_results[position]] = row
        return results

    def _encode(self, program: Program) -> None:
        encoded = encode(program, self.layout)
        header: list[int] = []
        for integers in encoded[:3]:
            array = np.frombuffer(integers, dtype=np.int32) if integers else np.empty(0, np.int32)
            self._kept.append(array)
            header += [array.ctypes.data, len(array)]
        header += [len(self.layout.added_up), self.layout.totals]
        self._kept.append(np.array(header, dtype=np.int64))
        self._header, self._room = self._kept[-1].ctypes.data, encoded.room

    def _run_lanes(self, memory: SharedMemory, columns: Sequence[Any], lanes: int) -> list[Any]:
        wave = min(lanes, WAVE)
        chunk = max(self._smallest_chunk, -(-wave // (MOST_CHUNKS * WIDTH)) * WIDTH)
        chunks = max(1, -(-wave // chunk))
        totals = memory.totals(chunks)
        results = [np.empty(lanes) for _ in self._lane_results]
        rows = self._take_rows(min(lanes, WAVE))
        if lanes <= chunk:
            own = self._take_room()
            rows.take_all(columns, lanes)
            self._whole(
                *(self._header, own.address, memory.address, *rows.addresses),
                *(totals, rows.stride, lanes),
            )
            rows.give(results, 0, lanes)
            self._rooms.append(own)
        else:
            self._before(self._header, memory.address)
            for first in range(0, lanes, WAVE):
                last = min(first + WAVE, lanes)
                rows.take(columns, first, last)
                fixed = (memory.address, *rows.addresses, totals, rows.stride, last - first, first)
                self._run_chunks(fixed, chunk, -(-(last - first) // chunk))
                rows.give(results, first, last)
            self._after(self._header, memory.address, totals, chunks)
        self._rows.append(rows)
        return results

    def _run_chunks(self, fixed: tuple[int, ...], chunk: int, chunks: int) -> None:
        """Runs the chunks of a wave on as many threads as are worth it."""

        def run(first: int, last: int) -> None:
            own = self._take_room()
            self._chunks(self._header, own.address, *fixed, chunk, first, last)
            self._rooms.append(own)

        threads = min(self.threads, chunks) if chunk * chunks * self.cost > WORTH_THREADS else 1
        ends = [chunks * thread // threads for thread in range(threads + 1)]
        tasks = [_pool().submit(run, first, last) for first, last in pairwise(ends[1:])]
        run(0, ends[1])
        for task in tasks:
            task.result()

    def _take_rows(self, lanes: int) -> Rows:
        try:
            rows = self._rows.pop()
        except IndexError:
            rows = None
        if rows and rows.room >= lanes:
            return rows
        return Rows(len(self._columns), len(self._lane_results), lanes)

    def _take_room(self) -> Room:
        try:
            return self._rooms.pop()
        except IndexError:
            return Room(self._room)


@cache
def _loop() -> MachineCode:
    return MachineCode(loop_module())


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_cores(), thread_name_prefix="autograd")


# A process that was forked has none of the threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)
