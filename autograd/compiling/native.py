"""Programs in machine code, called with numbers, or with lanes in one chunk or many."""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograd.compiling.arguments import Point
from autograd.compiling.builtin import GATHERINGS, Call, Input, builtin
from autograd.compiling.bytecode import encode
from autograd.compiling.exclusive import EXCLUSIVE
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

# A program of more operations lets other threads of Python run meanwhile.
MOST_OPERATIONS_UNDER_LOCK = 10_000


class NativeProgram:
    """A program ready to run.

    Args:
        program: what was recorded.
        kinds: what each item of a call is, as in `Reading.kinds`.
        threads: the largest number of threads; by default the number of cores.
        is_gradient: whether the first result is a value, and the others are its gradient.
        in_lanes: whether each result is to be an array if there are lanes.

    Attributes:
        layout: where the numbers are in memory.
        kinds, threads, is_gradient, in_lanes: as given.
        parameters: how many there are.
        cost: how many operations it is, about.
        size: how many doubles the lanes share.
        registers: how many doubles the interpreter needs for the lanes.
        kernel, address: its functions in machine code, and where they are listed.
        kept: what machine code refers to.
    """

    def __init__(
        self,
        program: Program,
        kinds: Sequence[Any],
        threads: int | None = None,
        is_gradient: bool = False,
        in_lanes: Sequence[bool] = (),
    ):
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
        self.kinds = kinds
        self.is_gradient = is_gradient
        self.in_lanes = in_lanes
        self.parameters = program.parameters
        self.registers = 0
        code = MachineCode(text, LEVEL_OF_ONE_PROGRAM) if text else interpreter()
        self.kept: list[Any] = [code]
        self.kernel = kernel = Kernel(
            *(code.address(name) for name in ("before", "lanes", "after")),
            code=None if is_short else self._encode(program, schedule),
            totals=len(layout.added_up),
            first_total=layout.first_total,
        )
        self.kept.append(kernel)
        self.address = ctypes.addressof(kernel)
        # For each kind of call the functions that answer it. Each has memory of its own, and
        # threads that call at the same time need several.
        self._functions: dict[Any, list[Any]] = {}

    def run(
        self, parameters: Any, items: Sequence[Any], lanes: int | None, gathering: Any = list
    ) -> tuple[Any, Any]:
        """The results: floats, or arrays for results of lanes.

        Args:
            parameters: the numbers of the parameters: floats, or one NumPy array of them.
            items: for each item of the call a float, or an array in the shape of a point,
                (lanes,) or (lanes, features).
            lanes: the number of lanes; None if no argument is an array.
            gathering: `list` or `tuple` for the results in one of these; None for the only one; or
                the shape of one array of them, which are not lanes. Of a gradient it is the way of
                all but the value, and the result is a pair.

        Returns:
            The results; and a function of the same parameters and items that returns the results of
            a call of the same kind, and None for any other.
        """
        is_vector = hasattr(parameters, "shape")
        given = [parameters] if is_vector else [*parameters]
        given = [x if type(x) is float else _plain(x) for x in (*given, *items)]
        kind = lanes, is_vector, gathering
        functions = self._functions.get(kind)
        if functions is None:
            if len(self._functions) >= MOST_MEMORIES:
                self._functions.clear()
            functions = self._functions.setdefault(kind, [])
        for function in functions:
            results = function(*given)
            if results is not None:
                return results, function
        function = _function(self, *kind)
        results = function(*given)
        functions.append(function)
        return results, function

    def chunk(self, lanes: int) -> int:
        """The number of lanes in a chunk."""
        smallest = -(-CHUNK_OPERATIONS // (self.cost * WIDTH)) * WIDTH
        return max(smallest, -(-lanes // (MOST_CHUNKS * WIDTH)) * WIDTH)

    def _encode(self, program: Program, schedule: Schedule) -> int:
        """The address of the interpreter's code, a table of where each stage begins and ends."""
        bytecode = encode(program, schedule, self.layout)
        self.size, self.registers = bytecode.size, bytecode.registers
        addresses: list[int] = []
        for integers in bytecode[:3]:
            begin = integers.ctypes.data
            addresses += (begin, begin + integers.nbytes)
        code = np.array(addresses, dtype=np.intp)
        self.kept += [bytecode, code]
        return int(code.ctypes.data)


def most_threads(threads: int | None) -> int:
    """The largest number of threads: one for each core, or fewer if the user said so."""
    return min(threads or cores(), cores())


def _plain(number: Any) -> Any:
    """A number, or an array of any library, as a float, or as an array of NumPy."""
    array = np.asarray(number, dtype=float)
    return array if array.ndim else float(array)


def _function(native: NativeProgram, lanes: int | None, is_vector: bool, gathering: Any) -> Any:
    """The program as a builtin function, for one kind of call; see `NativeProgram.run`."""
    layout = native.layout
    numbers = aligned(native.size)
    for slot, number in layout.constants:
        numbers[slot] = number
    count = 1 if lanes is None else lanes
    numbers[layout.lanes] = count
    shared = numbers.ctypes.data
    call = Call(kernel=native.address, shared=shared, is_gradient=native.is_gradient)
    call.is_long = native.cost * count > MOST_OPERATIONS_UNDER_LOCK
    rows: _Chunk | _Chunks | None = None
    run = None
    if lanes is not None and lanes <= native.chunk(lanes):
        rows = _Chunk(native, shared, lanes)
        call.lanes = rows.address
    elif lanes is not None:
        rows = _Chunks(native, shared, lanes)
        run = rows.run
        call.run_chunks = id(run)
    results = numbers[layout.first_result :][: len(layout.results)]
    call.numbers = results.ctypes.data
    arrays: list[Any] = [None] * len(results)
    if type(gathering) is tuple:
        arrays[native.is_gradient :] = [results[native.is_gradient :].reshape(gathering).copy]
    elif rows:
        for place, row in zip(layout.lane_results, rows.results, strict=True):
            arrays[place] = row
        for index, is_in_lanes in enumerate(native.in_lanes):
            if is_in_lanes and arrays[index] is None:
                # It is one number in all lanes.
                arrays[index] = np.broadcast_to(results[index : index + 1], (count,)).copy
    call.gathering = GATHERINGS.get(gathering, GATHERINGS[None])
    inputs = _inputs(native, shared, lanes, is_vector, rows)
    return builtin(call, inputs, arrays, numbers, rows, run, native.kept)


def _inputs(
    native: NativeProgram, shared: int, lanes: int | None, is_vector: bool, rows: Any
) -> list[Input]:
    """Where the parameters and the items of a call go: lanes to their rows, and all others to
    places that follow each other.
    """
    inputs: list[Input] = []
    row = 0
    parameters = [Point((native.parameters,))] if is_vector else [SHARED] * native.parameters
    for kind in (*parameters, *native.kinds):
        if kind == PER_LANE or isinstance(kind, int):
            columns = 1 if kind == PER_LANE else kind
            place = {**rows.place(row), "rows": lanes, "row_step": 1, "column_step": rows.stride}
            axes = 1 if kind == PER_LANE else 2
            row += columns
        else:
            shape = kind.shape if isinstance(kind, Point) else ()
            count, columns = (*shape, 1, 1)[:2]
            place = {"target": shared, "rows": count, "row_step": columns, "column_step": 1}
            axes = len(shape)
            shared += 8 * count * columns
        inputs.append(Input(axes=axes, columns=columns, **place))
    return inputs


class _Chunk:
    """The memory of lanes in a single chunk: rows of arguments and results, and registers.

    Args:
        native: the program.
        shared: the address of what the lanes share.
        lanes: the number of lanes.

    Attributes:
        address: the address of these lanes in machine code.
        stride: the distance between rows, in doubles.
        results: for each result in lanes, a function that returns it.
    """

    def __init__(self, native: NativeProgram, shared: int, lanes: int):
        layout = native.layout
        self.stride = stride = -(-lanes // WIDTH) * WIDTH + WIDTH
        self._arguments = aligned(len(layout.lane_arguments) * stride)
        results = aligned(len(layout.lane_results) * stride).reshape(-1, stride)
        self._registers = aligned(native.registers)
        self._totals = aligned(len(layout.added_up) * WIDTH)
        self._lanes = Lanes(
            kernel=native.address,
            shared=shared,
            registers=self._registers.ctypes.data,
            totals=self._totals.ctypes.data,
            arguments=self._arguments.ctypes.data,
            results=results.ctypes.data,
            stride=stride,
            count=lanes,
        )
        self.address = ctypes.addressof(self._lanes)
        self.results = [row.copy for row in results[:, :lanes]]

    def place(self, row: int) -> dict[str, int]:
        """Where an argument goes whose lanes begin in a row."""
        return {"target": self._lanes.arguments + 8 * row * self.stride}


class _Chunks:
    """The memory of lanes in several chunks: for each thread, the rows of a block and registers.

    The arguments and attributes are those of `_Chunk`.
    """

    stride = STRIDE

    def __init__(self, native: NativeProgram, shared: int, lanes: int):
        layout = native.layout
        chunk = native.chunk(lanes)
        chunks = -(-lanes // chunk)
        totals = len(layout.added_up)
        rows = (len(layout.lane_arguments), len(layout.lane_results))
        scratch = native.registers + totals * WIDTH + sum(rows) * STRIDE
        worth = lanes * native.cost // OPERATIONS_OF_A_THREAD
        self._threads = min(max(1, min(native.threads, worth)), chunks)
        self._lanes = lanes
        self._scratch = aligned(self._threads * scratch)
        self._totals = aligned(chunks * totals)
        self._sources = (Source * rows[0])()
        self._targets = (ctypes.c_void_p * rows[1])()
        self._job = Job(
            kernel=native.address,
            shared=shared,
            totals=self._totals.ctypes.data,
            sources=ctypes.addressof(self._sources),
            targets=ctypes.addressof(self._targets),
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
        with EXCLUSIVE:
            self._code = runtime()
        # The arrays of results until they are returned, the last one first.
        self._arrays: list[Any] = []
        self.results = [self._arrays.pop] * rows[1]

    def place(self, row: int) -> dict[str, int]:
        return {"sources": ctypes.addressof(self._sources[row])}

    def run(self) -> None:
        """Runs them. Machine code reads the arguments where they are, until the end of the call."""
        arrays = [np.empty(self._lanes) for _ in self._targets]
        self._targets[:] = [array.ctypes.data for array in arrays]
        self._arrays[:] = reversed(arrays)
        job, address = self._job, ctypes.addressof(self._job)
        job.next = 0
        self._code.begin(address)
        the_pool().run_parallel(self._code.work, address, self._threads)
        self._code.finish(address)
