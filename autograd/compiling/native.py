"""Programs in machine code: their memory, their chunks of lanes, their threads."""

import ctypes
import os
from collections.abc import Callable, Sequence
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
from autograd.compiling.memory import WAVE, Memory, Room, aligned
from autograd.compiling.ordering import in_runs
from autograd.compiling.straight_line import straight_line_module
from autograd.tape.program import Program
from autograd.tape.recording import SHARED
from autograd.tape.tape import LANES

# Up to so many additions and multiplications a program gets machine code of its own.
LONGEST_STRAIGHT_LINE = 4_000

# The lanes of a chunk are added up in their order, and then the chunks in theirs: so the
# result depends on the number of lanes alone, whatever the number of threads. A chunk is
# some hundred microseconds of work.
CHUNK_OPERATIONS = 500_000
MOST_CHUNKS = 64

# Memory is kept for calls with so many different numbers of lanes.
MOST_MEMORIES = 8

# Threads are worth their start from so many operations on.
WORTH_THREADS = 2_000_000

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        kinds: what each item of a call is, as `kinds_of` has it.
        threads: how many run at most; as many as there are cores by default.
    """

    def __init__(self, program: Program, kinds: Sequence[Any], threads: int | None = None):
        self.cost = 1 + sum(max(1, (len(x) - 1) // 2) for x in program.instructions)
        is_short = self.cost <= LONGEST_STRAIGHT_LINE
        if not is_short:
            program = in_runs(program)
        self.layout = layout = Layout(program)
        self.kinds = kinds
        self.threads = threads or _cores()
        self._smallest_chunk = min(WAVE, -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH)
        places = iter(layout.shared.values())
        self._shared = [(which, next(places)) for which, k in enumerate(kinds) if k == SHARED]
        in_lanes = [program.stages[position] == LANES for position in program.results]
        self._lane_results = [which for which, is_lane in enumerate(in_lanes) if is_lane]
        self._parameters = program.parameters
        self._header, self._room = _POINTER(0), 0
        self._kept: list[Any] = []
        if is_short:
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
        # Memory by the number of lanes, taken for a call and put back after it, by any thread.
        self._memories: dict[int | None, list[_Prepared]] = {}
        self._rooms: list[Room] = []

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
        if self._parameters:
            memory.parameters[:] = parameters
        for which, place in self._shared:
            memory.view[place] = items[which]
        columns: list[Any] = []
        if lanes is None:
            self._before(*prepared.call)
        elif prepared.call:
            for which, row in memory.inputs:
                row[:] = items[which]
            self._whole(*prepared.call)
            columns = [row.copy() for row in memory.outputs]
        else:
            columns = self._run_chunks(prepared, items, lanes)
        results = memory.results.tolist() if listed else memory.results.copy()
        pool.append(prepared)
        for place, column in enumerate(columns):
            results[self._lane_results[place]] = column
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
        header += [len(self.layout.added_up), self.layout.totals]
        self._kept.append(np.array(header, dtype=np.int64))
        self._header, self._room = _POINTER(self._kept[-1].ctypes.data), encoded.room

    def _run_chunks(self, prepared: "_Prepared", items: Sequence[Any], lanes: int) -> list[Any]:
        """Runs the lanes wave after wave, and the chunks of a wave on several threads."""
        memory, chunk = prepared.memory, prepared.chunk
        self._before(self._header, memory.address)
        columns = [np.empty(lanes) for _ in self._lane_results]
        for start in range(0, lanes, WAVE):
            end = min(start + WAVE, lanes)
            chunks = -(-(end - start) // chunk)

            def run(first: int, last: int, start: int = start, end: int = end) -> None:
                room = self._take_room()
                lane, beyond = start + first * chunk, min(start + last * chunk, end)
                memory.take(items, start, lane, beyond)
                self._chunks(
                    *(self._header, room.address, memory.address, *memory.rows, prepared.totals),
                    *(memory.stride, end - start, start, chunk, first, last),
                )
                memory.give(columns, start, lane, beyond)
                self._rooms.append(room)

            self._share(run, chunks, (end - start) * self.cost)
        self._after(self._header, memory.address, prepared.totals, prepared.chunks)
        return columns

    def _share(self, run: Callable[[int, int], None], chunks: int, operations: int) -> None:
        """Runs chunks on as many threads as are worth it."""
        threads = min(self.threads, chunks) if operations > WORTH_THREADS else 1
        ends = [chunks * thread // threads for thread in range(threads + 1)]
        tasks = [_pool().submit(run, first, last) for first, last in pairwise(ends[1:])]
        run(0, ends[1])
        for task in tasks:
            task.result()

    def _take_room(self) -> Room:
        try:
            return self._rooms.pop()
        except IndexError:
            return Room(self._room)


class _Prepared:
    """Memory for a number of lanes, and with what machine code is called if one call does it."""

    def __init__(self, native: NativeProgram, lanes: int | None):
        self.memory = memory = Memory(native.layout, native.kinds, lanes)
        wave = min(lanes or 0, WAVE)
        self.chunk = max(native._smallest_chunk, -(-wave // (MOST_CHUNKS * WIDTH)) * WIDTH)
        self.chunks = max(1, -(-wave // self.chunk))
        self._totals = aligned(self.chunks * len(native.layout.added_up) * WIDTH)
        self.totals = self._totals.ctypes.data
        self.call: tuple[Any, ...] = ()
        if lanes is None:
            self.call = (native._header, _POINTER(memory.address))
        elif lanes <= self.chunk:
            self._room = native._take_room()
            addresses = (self._room.address, memory.address, *memory.rows, self.totals)
            sizes = (memory.stride, lanes)
            self.call = (native._header, *map(_POINTER, addresses), *map(_INTEGER, sizes))


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
