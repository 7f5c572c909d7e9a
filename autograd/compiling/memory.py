"""The memory in which a program runs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.tape.tape import PER_LANE, SHARED


class Memory:
    """The memory of one call at a time.

    Args:
        layout: where the numbers lie.
        kinds: what each item of a call is.
        lanes: how many there are, None where no argument is an array.
        room: for how many lanes there are rows of arguments and results.

    Attributes:
        view: what all lanes share. Python reads and writes single floats faster through
            a memoryview than through an array.
        parameters, results: the places of the parameters and of the results among them.
        inputs: for each item of a call that has lanes its number, and where they are written.
        outputs: the lanes of the results.
        address, stride: what machine code is told.
    """

    def __init__(self, layout: Layout, kinds: Sequence[Any], lanes: int | None, room: int):
        program = layout.program
        shared = aligned(layout.size)
        self.view: Any = memoryview(shared)
        self.parameters = shared[: program.parameters]
        first = layout.first_result
        self.results = shared[first : first + len(program.results)]
        self.address = shared.ctypes.data
        for place, number in layout.constants:
            self.view[place] = number
        self.view[layout.lanes] = 1.0 if lanes is None else lanes
        # Rows a power of two apart would share places in the processor's cache.
        self.stride = -(-room // WIDTH) * WIDTH + WIDTH
        arguments = self._rows(len(layout.lane_arguments))
        outputs = self._rows(len(layout.lane_results))
        self.rows = (arguments.ctypes.data, outputs.ctypes.data)
        self.outputs = list(outputs[:, :room])
        self.inputs: list[tuple[int, Any]] = []
        row = 0
        for which, kind in enumerate(kinds):
            if kind != SHARED:
                count = 1 if kind == PER_LANE else kind
                table = arguments[row : row + count, :room]
                self.inputs.append((which, table[0] if kind == PER_LANE else table.T))
                row += count

    def _rows(self, count: int) -> Any:
        return aligned(count * self.stride).reshape(count, self.stride)


def aligned(count: int) -> Any:
    """Zeros that begin at a whole cache line, as vectors are read and written."""
    numbers = np.zeros(count + 8)
    start = -(numbers.ctypes.data // 8) % 8
    return numbers[start : start + count]
