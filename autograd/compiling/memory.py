"""The memory in which a program runs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH

# So many lanes are copied in, run, and copied out at a time, and memory is bounded.
WAVE = 65_536
SMALLEST_ROOM = 512


class SharedMemory:
    """What all lanes share, and the totals over them."""

    def __init__(self, layout: Layout):
        self.numbers = aligned(layout.size)
        # Python reads and writes single floats faster through it.
        self.view: Any = memoryview(self.numbers)
        self.address = self.numbers.ctypes.data
        self._added_up = len(layout.added_up)
        self._totals = aligned(0)
        self._address = 0
        for place, number in layout.constants:
            self.view[place] = number
        # Without arrays there is one.
        self.view[layout.lanes] = 1.0

    def totals(self, chunks: int) -> int:
        """The address of room for the totals of so many chunks."""
        if len(self._totals) < chunks * self._added_up * WIDTH:
            self._totals = aligned(chunks * self._added_up * WIDTH)
            self._address = self._totals.ctypes.data
        return self._address


class Rows:
    """Lanes side by side: a row for each argument and each result."""

    def __init__(self, arguments: int, results: int, lanes: int):
        self.room = max(SMALLEST_ROOM, 2 ** (lanes - 1).bit_length())
        # Rows a power of two apart would share places in the processor's cache.
        self.stride = self.room + WIDTH
        self._arguments = aligned(arguments * self.stride).reshape(arguments, self.stride)
        self._results = aligned(results * self.stride).reshape(results, self.stride)
        self.addresses = (self._arguments.ctypes.data, self._results.ctypes.data)

        self._begin(lanes)

    def take(self, columns: Sequence[Any], first: int, last: int) -> None:
        """Copies lanes of the arguments in."""
        if last - first != self._lanes:
            self._begin(last - first)
        for row, column in zip(self._inputs, columns, strict=True):
            row[:] = column[first:last]

    def take_all(self, columns: Sequence[Any], lanes: int) -> None:
        """Copies all lanes of the arguments in."""
        if lanes != self._lanes:
            self._begin(lanes)
        for row, column in zip(self._inputs, columns, strict=True):
            row[:] = column

    def give(self, columns: Sequence[Any], first: int, last: int) -> None:
        """Copies lanes of the results out, as many as were copied in."""
        for row, column in zip(self._outputs, columns, strict=True):
            column[first:last] = row

    def _begin(self, lanes: int) -> None:
        self._lanes = lanes
        self._inputs = list(self._arguments[:, :lanes])
        self._outputs = list(self._results[:, :lanes])


class Room:
    """The numbers of a vector of lanes while the loop runs."""

    def __init__(self, count: int):
        self._numbers = aligned(count * WIDTH)
        self.address = self._numbers.ctypes.data


def aligned(count: int) -> Any:
    """Zeros that begin at a whole cache line, as vectors are read and written."""
    numbers = np.zeros(count + 8)
    start = -(numbers.ctypes.data // 8) % 8
    return numbers[start : start + count]
