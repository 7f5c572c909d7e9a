"""The memory in which a program runs: of what lanes share, of one chunk, and of many."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.pool import the_pool
from autograd.compiling.runtime import Job, Lanes, Source, aligned, runtime
from autograd.tape.tape import PER_LANE, SHARED

# How many lanes a thread copies in, runs, and copies out at a time.
BLOCK = 512
# The distance between rows. Rows a power of two apart would evict each other from the cache.
STRIDE = BLOCK + WIDTH


class SharedMemory:
    """What all lanes of a call share.

    Args:
        layout: where the numbers lie.
        lanes: how many there are, None if no argument is an array.

    Attributes:
        numbers, view: all numbers. Python reads and writes single floats faster through a
            memoryview than through an array.
        parameters, results: the parts of it with the parameters and the results.
        address: of the numbers, for machine code.
    """

    def __init__(self, layout: Layout, lanes: int | None):
        self.numbers = numbers = aligned(layout.size)
        self.view: Any = memoryview(numbers)
        self.parameters = numbers[: layout.program.parameters]
        first = layout.first_result
        self.results = numbers[first : first + len(layout.program.results)]
        self.address = numbers.ctypes.data
        for slot, number in layout.constants:
            self.view[slot] = number
        self.view[layout.lanes] = 1.0 if lanes is None else lanes


class LaneCall(NamedTuple):
    """A program called on lanes, for which memory is made.

    Attributes:
        layout: where the numbers lie.
        kernel, shared: the addresses of the kernel, and of what the lanes share.
        registers: how many vectors of lanes it needs.
        kinds: what each item of a call is, SHARED, PER_LANE or a number of columns.
        lanes: how many there are.
    """

    layout: Layout
    kernel: int
    shared: int
    registers: int
    kinds: Sequence[Any]
    lanes: int


class LaneMemory:
    """The memory of lanes that are a single chunk: rows of arguments and results, and registers."""

    def __init__(self, call: LaneCall):
        layout, kernel, shared, registers, kinds, lanes = call
        stride = -(-lanes // WIDTH) * WIDTH + WIDTH
        arguments = aligned(len(layout.lane_arguments) * stride).reshape(-1, stride)
        results = aligned(len(layout.lane_results) * stride).reshape(-1, stride)
        self._outputs = list(results[:, :lanes])
        # The index of each item with lanes, and the rows that it is copied into.
        self._inputs: list[tuple[int, Any]] = []
        row = 0
        for index, kind in enumerate(kinds):
            if kind != SHARED:
                count = 1 if kind == PER_LANE else kind
                table = arguments[row : row + count, :lanes]
                self._inputs.append((index, table[0] if kind == PER_LANE else table.T))
                row += count
        self._registers = aligned(registers * WIDTH)
        self._totals = aligned(len(layout.added_up) * WIDTH)
        self._lanes = Lanes(
            kernel=kernel,
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
            row[:] = items[index]
        self._run(self._address)
        return [row.copy() for row in self._outputs]


class ChunkMemory:
    """The memory of lanes in several chunks: for each thread rows of a block, and registers.

    Args:
        call: the program, and its lanes.
        chunk: how many lanes are in a chunk.
        threads: how many run at most.
    """

    def __init__(self, call: LaneCall, chunk: int, threads: int):
        layout, kernel, shared, registers, kinds, lanes = call
        chunks = -(-lanes // chunk)
        totals = len(layout.added_up)
        rows = (len(layout.lane_arguments), len(layout.lane_results))
        scratch = (registers + totals) * WIDTH + sum(rows) * STRIDE
        self._lanes = lanes
        self._results = rows[1]
        self._inputs = [index for index, kind in enumerate(kinds) if kind != SHARED]
        self._threads = min(threads, chunks)
        self._scratch = aligned(self._threads * scratch)
        self._totals = aligned(chunks * totals)
        self._job = Job(
            kernel=kernel,
            shared=shared,
            totals=self._totals.ctypes.data,
            arguments=rows[0],
            results=rows[1],
            lanes=lanes,
            chunk=chunk,
            chunks=chunks,
            scratch=self._scratch.ctypes.data,
            scratch_size=8 * scratch,
            registers_size=8 * registers * WIDTH,
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
