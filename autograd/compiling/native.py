"""Programs in machine code, called with numbers or with lanes, in one chunk or many."""

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from autograd.compiling.arguments import Point
from autograd.compiling.bytecode import encode, in_runs
from autograd.compiling.interpreter import interpreter_module
from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.machine_code import MachineCode
from autograd.compiling.memory import ChunkMemory, LaneCall, LaneMemory, SharedMemory
from autograd.compiling.pool import cores
from autograd.compiling.runtime import Kernel, runtime
from autograd.compiling.shared_tanh import with_shared_tanh
from autograd.compiling.straight_line import straight_line_module
from autograd.tape.program import Program
from autograd.tape.tape import SHARED

# A program of at most this many additions and multiplications gets machine code of its own.
LONGEST_STRAIGHT_LINE = 4_000

# Sums over the lanes of a chunk are added up in the order of the chunks. So the result depends on
# the number of lanes alone, not on the number of threads.
CHUNK_OPERATIONS = 500_000
MOST_CHUNKS = 64

# Memory is kept for this many different numbers of lanes.
MOST_MEMORIES = 8

# The number of operations that is worth one more thread.
OPERATIONS_OF_A_THREAD = 1_000_000


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        kinds: what each item of a call is, as in `Reading.kinds`.
        threads: how many run at most; by default the number of cores.
    """

    def __init__(self, program: Program, kinds: Sequence[Any], threads: int | None = None):
        program = with_shared_tanh(program)
        self.cost = 1 + sum(max(1, (len(x) - 1) // 2) for x in program.instructions)
        is_short = self.cost <= LONGEST_STRAIGHT_LINE
        if not is_short:
            program = in_runs(program)
        self.layout = layout = Layout(program)
        self.threads = most_threads(threads)
        self.smallest_chunk = -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH
        self._shared, self._points = _places(layout, kinds)
        # For the lanes a point is that many shared numbers.
        self.kinds = [SHARED if isinstance(kind, Point) else kind for kind in kinds]
        self._parameters = program.parameters
        self.registers = 0
        # Keeps what machine code reads alive.
        self._kept: list[Any] = []
        if any(kind != SHARED for kind in self.kinds):
            # Made here, under the lock, so that no other thread makes it too.
            runtime()
        code = MachineCode(straight_line_module(program, layout)) if is_short else _interpreter()
        self._code = code
        self._kernel = Kernel(
            *(code.address(name) for name in ("before", "lanes", "after")),
            code=None if is_short else self._encode(program),
            totals=len(layout.added_up),
            first_total=layout.first_total,
        )
        self.address = ctypes.addressof(self._kernel)
        self._before = code.function("before", ctypes.c_void_p, ctypes.c_void_p)
        self.code_address = ctypes.c_void_p(self._kernel.code)
        # Free memory by the number of lanes: any thread takes one for a call, and puts it back.
        self._memories: dict[int | None, list[_Memory]] = {}

    def run(
        self, parameters: Sequence[float], items: Sequence[Any], lanes: int | None, listed: bool
    ) -> Any:
        """The results in order: floats, or arrays for results of lanes.

        Args:
            parameters: the number of each parameter.
            items: for each item of the call a float, or an array of the shape of a point,
                (lanes,) or (lanes, features).
            lanes: how many there are, None if no argument is an array.
            listed: whether to return a list, or one array, which can't hold results of lanes.
        """
        free = self._memories.get(lanes)
        if free is None:
            free = self._new_list(lanes)
        try:
            memory = free.pop()
        except IndexError:
            memory = _Memory(self, lanes)
        shared = memory.shared
        view = shared.view
        if self._parameters:
            shared.parameters[:] = parameters
        for index, slot in self._shared:
            view[slot] = items[index]
        if self._points:
            for index, part in self._points:
                shared.numbers[part] = items[index].reshape(-1)
        if memory.lanes is None:
            columns = None
            self._before(*memory.call)
        else:
            columns = memory.lanes.run(items)
        results = shared.results.tolist() if listed else shared.results.copy()
        free.append(memory)
        if columns:
            for index, column in zip(self.layout.lane_results, columns, strict=True):
                results[index] = column
        return results

    def _new_list(self, lanes: int | None) -> "list[_Memory]":
        if len(self._memories) >= MOST_MEMORIES:
            self._memories.clear()
        return self._memories.setdefault(lanes, [])

    def _encode(self, program: Program) -> int:
        """The address of the code for the interpreter: where each stage of it begins and ends."""
        bytecode = encode(program, self.layout)
        self.registers = bytecode.registers
        addresses: list[int] = []
        for integers in bytecode[:3]:
            begin, count = integers.buffer_info()
            addresses += (begin, begin + count * integers.itemsize)
        code = np.array(addresses, dtype=np.intp)
        self._kept = [bytecode, code]
        return int(code.ctypes.data)


class _Memory:
    """Memory for a number of lanes: for what they share, and for the lanes if there are any.

    Attributes:
        call: the arguments of `before`. A tuple that is made once saves 30 of 600 ns.
    """

    def __init__(self, native: NativeProgram, lanes: int | None):
        self.shared = SharedMemory(native.layout, lanes)
        self.call = (native.code_address, ctypes.c_void_p(self.shared.address))
        self.lanes: LaneMemory | ChunkMemory | None = None
        if lanes is not None:
            chunk = max(native.smallest_chunk, -(-lanes // (MOST_CHUNKS * WIDTH)) * WIDTH)
            address = self.shared.address
            call = LaneCall(
                native.layout, native.address, address, native.registers, native.kinds, lanes
            )
            if lanes > chunk:
                worth = lanes * native.cost // OPERATIONS_OF_A_THREAD
                threads = max(1, min(native.threads, worth))
                self.lanes = ChunkMemory(call, chunk, threads)
            else:
                self.lanes = LaneMemory(call)


def _places(
    layout: Layout, kinds: Sequence[Any]
) -> tuple[list[tuple[int, int]], list[tuple[int, slice]]]:
    """Where the numbers and the points among the items of a call are written."""
    shared, points = [], []
    # Shared arguments lie side by side.
    slot = min(layout.shared.values(), default=0)
    for index, kind in enumerate(kinds):
        if isinstance(kind, Point):
            points.append((index, slice(slot, slot + kind.size)))
            slot += kind.size
        elif kind == SHARED:
            shared.append((index, slot))
            slot += 1
    return shared, points


def most_threads(threads: int | None) -> int:
    """The largest number of threads: at most one for each core, fewer if a user said so."""
    return min(threads or cores(), cores())


@cache
def _interpreter() -> MachineCode:
    return MachineCode(interpreter_module())
