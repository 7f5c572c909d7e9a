"""What the threads of a call are told."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograd.compiling.chunks import JOB, STRIDE
from autograd.compiling.layout import Layout
from autograd.compiling.llvm_text import WIDTH
from autograd.compiling.memory import aligned


class Job:
    """The lanes of one call at a time, in chunks.

    Args:
        program, shared: the addresses that machine code is told.
        layout: where the numbers lie.
        own: how many numbers a vector of lanes needs room for.
        lanes, chunk: how many there are, and in a chunk.
        threads: how many run.

    Attributes:
        address: that of what the threads are told.
        totals, chunks: the address of the totals, and of how many chunks.
    """

    def __init__(
        self,
        program: int | None,
        shared: int,
        layout: Layout,
        own: int,
        lanes: int,
        chunk: int,
        threads: int,
    ):
        self.chunks = -(-lanes // chunk)
        self.threads = min(threads, self.chunks)
        totals = len(layout.added_up)
        rows = (len(layout.lane_arguments), len(layout.lane_results))
        room = (own + totals) * WIDTH + sum(rows) * STRIDE
        self._rooms = aligned(self.threads * room)
        self._totals = aligned(self.chunks * totals)
        self.totals = self._totals.ctypes.data
        self._job = np.zeros(len(JOB), dtype=np.int64)
        self.address = self._job.ctypes.data
        self._tell(program=program or 0, shared=shared, totals=self.totals)
        self._tell(inputs=rows[0], outputs=rows[1])
        self._tell(lanes=lanes, chunk=chunk, chunks=self.chunks)
        self._tell(rooms=self._rooms.ctypes.data, room=8 * room, own=8 * own * WIDTH)

    def _tell(self, **fields: int) -> None:
        for name, number in fields.items():
            self._job[JOB.index(name)] = number

    def begin(self, arguments: Sequence[Any], results: Sequence[Any]) -> tuple[Any, Any]:
        """Makes ready for a call; what is returned is to be kept until its end.

        Args:
            arguments: arrays of floats, of shape (lanes,) or (lanes, features).
            results: arrays of shape (lanes,), to be written.
        """
        sources = np.array([row for array in arguments for row in _rows(array)], dtype=np.int64)
        targets = np.array([array.ctypes.data for array in results], dtype=np.int64)
        self._tell(sources=sources.ctypes.data, targets=targets.ctypes.data, next=0)
        return sources, targets


def _rows(array: Any) -> Iterator[tuple[int, int]]:
    """The address of each column, and how many bytes its lanes are apart."""
    address, step = array.ctypes.data, array.strides[0]
    if array.ndim == 1:
        yield address, step
    else:
        for column in range(array.shape[1]):
            yield address + column * array.strides[1], step
