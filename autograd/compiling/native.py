"""Programs in machine code, called with numbers, or with lanes in one chunk or many."""

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograd.compiling.arguments import Point
from autograd.compiling.builtin import Call, builtin
from autograd.compiling.bytecode import encode
from autograd.compiling.interpreter import in_runs, interpreter
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.lowering import Layout, Schedule, costs, with_shared_tanh
from autograd.compiling.machine_code import LEVEL_OF_ONE_PROGRAM, MachineCode
from autograd.compiling.runtime import Job, Kernel, Lanes, Source, aligned, cores, runtime, the_pool
from autograd.compiling.straight_line import straight_line_module
from autograd.tape.program import Program
from autograd.tape.tape import PER_LANE, SHARED

# A program of at most this many additions and multiplications, of numbers or of vectors, gets
# machine code of its own.
LONGEST_STRAIGHT_LINE = 4_000

# The sums over the lanes of each chunk are added in the order of the chunks. So the result depends
# on the number of lanes only, not on the number of threads.
CHUNK_OPERATIONS = 500_000
MOST_CHUNKS = 64

# How many lanes of a chunk a thread copies in, runs, and copies out at a time.
BLOCK = 512
# The distance between rows, in doubles. Rows a power of two apart would evict each other from the
# cache.
STRIDE = BLOCK + WIDTH

# Memory is kept for at most this many different numbers of lanes.
MOST_MEMORIES = 8

# One more thread pays off for each so many operations.
OPERATIONS_OF_A_THREAD = 1_000_000


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        kinds: what each item of a call is, as in `Reading.kinds`.
        threads: the largest number of threads; by default the number of cores.

    Attributes:
        layout: where the numbers are in memory.
        kinds: what each item is to the lanes: SHARED, PER_LANE or a number of columns.
        parameters: how many there are.
        size: how many doubles the lanes share.
        registers: how many doubles the interpreter needs for the lanes.
        code_address, address: the addresses of the interpreter's code, and of the kernel.
        call: what runs it on numbers alone, if it is short and is run again, see `builtin`.
    """

    def __init__(self, program: Program, kinds: Sequence[Any], threads: int | None = None):
        program = with_shared_tanh(program)
        self.cost = 1 + int(costs(program).sum())
        text = None
        # At best, eight instructions run together.
        if self.cost <= WIDTH * LONGEST_STRAIGHT_LINE:
            layout = Layout(program, Schedule(program))
            text = straight_line_module(program, layout, LONGEST_STRAIGHT_LINE)
        is_short = text is not None
        if not is_short:
            schedule = in_runs(program)
            layout = Layout(program, schedule)
        self.layout = layout
        self.size = layout.size
        self.threads = most_threads(threads)
        self._shared, self._points = _places(program.parameters, kinds)
        # To the lanes, a point is a number of shared numbers.
        self.kinds: list[Any] = [SHARED if isinstance(kind, Point) else kind for kind in kinds]
        self.parameters = program.parameters
        self.registers = 0
        # Keeps alive what machine code reads.
        self._kept: list[Any] = []
        if any(kind != SHARED for kind in self.kinds):
            # Made here, under the lock, so that no other thread makes it too.
            runtime()
        self._code = code = MachineCode(text, LEVEL_OF_ONE_PROGRAM) if text else interpreter()
        self._kernel = Kernel(
            *(code.address(name) for name in ("before", "lanes", "after")),
            code=None if is_short else self._encode(program, schedule),
            totals=len(layout.added_up),
            first_total=layout.first_total,
        )
        self.address = ctypes.addressof(self._kernel)
        self._before = code.function("before", ctypes.c_void_p, ctypes.c_void_p)
        self.code_address = ctypes.c_void_p(self._kernel.code)
        # Free memories by the number of lanes: a thread takes one for a call, and puts it back.
        self._memories: dict[int | None, list[_Memory]] = {}
        is_of_numbers = all(kind == SHARED for kind in kinds)
        # Many numbers are written faster all at once than one by one.
        self._is_row = is_of_numbers and len(kinds) > 8
        # It would hold Python's global lock, as a long program must not.
        self._may_be_builtin = is_of_numbers and is_short
        self.call: Any = None

    def run(
        self, parameters: Sequence[float], items: Sequence[Any], lanes: int | None, listed: bool
    ) -> Any:
        """The results in order: floats, or arrays for results of lanes.

        Args:
            parameters: the number of each parameter, in an array of Python or of NumPy.
            items: for each item of the call a float, or an array in the shape of a point,
                (lanes,) or (lanes, features).
            lanes: the number of lanes; None if no argument is an array.
            listed: whether to return a list. Otherwise it is one array, which can't hold results
                in lanes.
        """
        # Reading many parameters one by one would take longer.
        if listed and self.call and not self.parameters:
            results = self.call(*items)
            if results is not None:
                return results
        free = self._memories.get(lanes)
        if free is None:
            free = self._new_list(lanes)
        elif self._may_be_builtin and not self.call:
            self.call = self._builtin()
        try:
            memory = free.pop()
        except IndexError:
            memory = _Memory(self, lanes)
        view = memory.view
        if type(parameters) is array:
            view[: self.parameters] = parameters
        elif self.parameters:
            memory.parameters[:] = parameters
        if self._is_row:
            view[self.parameters : self.layout.lanes] = array("d", items)
        else:
            for index, slot in self._shared:
                view[slot] = items[index]
            for index, part in self._points:
                memory.numbers[part] = items[index].reshape(-1)
        if memory.lanes is None:
            columns = None
            self._before(*memory.call)
        else:
            columns = memory.lanes.run(items)
        results = memory.results.tolist() if listed else memory.results.copy()
        free.append(memory)
        if columns:
            for index, column in zip(self.layout.lane_results, columns, strict=True):
                results[index] = column
        return results

    def chunk(self, lanes: int) -> int:
        """The number of lanes in a chunk."""
        smallest = -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH
        return max(smallest, -(-lanes // (MOST_CHUNKS * WIDTH)) * WIDTH)

    def _new_list(self, lanes: int | None) -> "list[_Memory]":
        if len(self._memories) >= MOST_MEMORIES:
            self._memories.clear()
        return self._memories.setdefault(lanes, [])

    def _builtin(self) -> Any:
        """Made when the program runs again: the first in a process takes 10 ms."""
        memory = _Memory(self, None)
        layout, kernel = self.layout, self._kernel
        call = Call(
            before=kernel.before,
            code=kernel.code,
            shared=memory.numbers.ctypes.data,
            inputs=layout.lanes,
            first_result=layout.first_result,
            results=len(layout.results),
        )
        return builtin(call, memory, self._code)

    def _encode(self, program: Program, schedule: Schedule) -> int:
        """The address of the interpreter's code, a table of where each stage begins and ends."""
        bytecode = encode(program, schedule, self.layout)
        self.size, self.registers = bytecode.size, bytecode.registers
        addresses: list[int] = []
        for integers in bytecode[:3]:
            begin = integers.ctypes.data
            addresses += (begin, begin + integers.nbytes)
        code = np.array(addresses, dtype=np.intp)
        self._kept = [bytecode, code]
        return int(code.ctypes.data)


def _places(
    slot: int, kinds: Sequence[Any]
) -> tuple[list[tuple[int, int]], list[tuple[int, slice]]]:
    """Where to write the numbers and the points among the items of a call: from a slot on."""
    shared, points = [], []
    for index, kind in enumerate(kinds):
        if isinstance(kind, Point):
            points.append((index, slice(slot, slot + kind.size)))
            slot += kind.size
        elif kind == SHARED:
            shared.append((index, slot))
            slot += 1
    return shared, points


def most_threads(threads: int | None) -> int:
    """The largest number of threads: one for each core, or fewer if the user said so."""
    return min(threads or cores(), cores())


class _Memory:
    """The memory of a call: for what the lanes share, and for the lanes if there are any.

    Attributes:
        numbers, view: everything that the lanes share. Python reads and writes single floats
            faster through a memoryview than through an array.
        parameters, results: the parts with the parameters and the results.
        call: the arguments of `before`. Making the tuple only once saves 30 of 600 ns.
        lanes: the memory of the lanes.
    """

    def __init__(self, native: NativeProgram, lanes: int | None):
        layout = native.layout
        self.numbers = numbers = aligned(native.size)
        self.view: Any = memoryview(numbers)
        self.parameters = numbers[: native.parameters]
        first = layout.first_result
        self.results = numbers[first : first + len(layout.results)]
        for slot, number in layout.constants:
            self.view[slot] = number
        self.view[layout.lanes] = 1.0 if lanes is None else lanes
        shared = numbers.ctypes.data
        self.call = (native.code_address, ctypes.c_void_p(shared))
        self.lanes: _Chunk | _Chunks | None = None
        if lanes is not None:
            chunk = native.chunk(lanes)
            if lanes > chunk:
                self.lanes = _Chunks(native, shared, lanes, chunk)
            else:
                self.lanes = _Chunk(native, shared, lanes)


class _Chunk:
    """The memory of lanes in a single chunk: rows of arguments and results, and registers.

    Args:
        native: the program.
        shared: the address of what the lanes share.
        lanes: the number of lanes.
    """

    def __init__(self, native: NativeProgram, shared: int, lanes: int):
        layout = native.layout
        stride = -(-lanes // WIDTH) * WIDTH + WIDTH
        arguments = aligned(len(layout.lane_arguments) * stride).reshape(-1, stride)
        results = aligned(len(layout.lane_results) * stride).reshape(-1, stride)
        self._outputs = list(results[:, :lanes])
        # The index of each item with lanes, and the rows that it is copied into.
        self._inputs: list[tuple[int, Any]] = []
        row = 0
        for index, kind in enumerate(native.kinds):
            if kind != SHARED:
                count = 1 if kind == PER_LANE else kind
                table = arguments[row : row + count, :lanes]
                self._inputs.append((index, table[0] if kind == PER_LANE else table.T))
                row += count
        self._registers = aligned(native.registers)
        self._totals = aligned(len(layout.added_up) * WIDTH)
        self._lanes = Lanes(
            kernel=native.address,
            shared=shared,
            registers=self._registers.ctypes.data,
            totals=self._totals.ctypes.data,
            arguments=arguments.ctypes.data,
            results=results.ctypes.data,
            stride=stride,
            count=lanes,
        )
        self._address = ctypes.c_void_p(ctypes.addressof(self._lanes))
        self._run = runtime().run

    def run(self, items: Sequence[Any]) -> list[Any]:
        """The results in lanes."""
        for index, row in self._inputs:
            row[...] = items[index]
        self._run(self._address)
        return [row.copy() for row in self._outputs]


class _Chunks:
    """The memory of lanes in several chunks: for each thread, the rows of a block and registers.

    Args:
        native, shared, lanes: as for `_Chunk`.
        chunk: the number of lanes in a chunk.
    """

    def __init__(self, native: NativeProgram, shared: int, lanes: int, chunk: int):
        layout = native.layout
        chunks = -(-lanes // chunk)
        totals = len(layout.added_up)
        rows = (len(layout.lane_arguments), len(layout.lane_results))
        scratch = native.registers + totals * WIDTH + sum(rows) * STRIDE
        worth = lanes * native.cost // OPERATIONS_OF_A_THREAD
        self._threads = min(max(1, min(native.threads, worth)), chunks)
        self._lanes = lanes
        self._results = rows[1]
        self._inputs = [index for index, kind in enumerate(native.kinds) if kind != SHARED]
        self._scratch = aligned(self._threads * scratch)
        self._totals = aligned(chunks * totals)
        self._job = Job(
            kernel=native.address,
            shared=shared,
            totals=self._totals.ctypes.data,
            arguments=rows[0],
            results=rows[1],
            lanes=lanes,
            chunk=chunk,
            chunks=chunks,
            scratch=self._scratch.ctypes.data,
            scratch_size=8 * scratch,
            registers_size=8 * native.registers,
            block=BLOCK,
            stride=STRIDE,
        )

    def run(self, items: Sequence[Any]) -> list[Any]:
        """The results in lanes."""
        arguments = [np.asarray(items[index], dtype=float) for index in self._inputs]
        columns = [column for array in arguments for column in _columns(array)]
        results = [np.empty(self._lanes) for _ in range(self._results)]
        # Machine code reads these until the end of the call.
        sources = (Source * len(columns))(*columns)
        targets = (ctypes.c_void_p * len(results))(*[array.ctypes.data for array in results])
        job, address = self._job, ctypes.addressof(self._job)
        job.sources, job.targets = ctypes.addressof(sources), ctypes.addressof(targets)
        job.next = 0
        code = runtime()
        code.begin(address)
        the_pool().run_parallel(code.work, address, self._threads)
        code.finish(address)
        return results


def _columns(array: Any) -> Iterator[Source]:
    address, step = array.ctypes.data, array.strides[0]
    if array.ndim == 1:
        yield Source(address, step)
    else:
        for column in range(array.shape[1]):
            yield Source(address + column * array.strides[1], step)
