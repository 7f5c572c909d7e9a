"""Threads that wait for work: in runtime.cpp, which polls for it, and after a while asleep."""

import atexit
import ctypes
import os
import sys
import threading
from pathlib import Path
from typing import Any

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.runtime import POOL_SIZE, aligned, runtime


class Pool:
    """As many threads as the process has cores, less the one that calls."""

    def __init__(self) -> None:
        self._runtime = runtime()
        self._shared = aligned(POOL_SIZE // 8)
        self._address = self._shared.ctypes.data
        self._process = os.getpid()
        self._workers: list[_Worker] = []
        atexit.register(self._close)
        try:
            for number in range(1, cores()):
                self._workers.append(_Worker(self, number))
        except RuntimeError:
            # The system gives no more threads, or the process is about to end.
            return

    def run_parallel(self, work: Any, job: int, threads: int) -> None:
        """Runs work(job, thread) on this thread, as thread 0, and on others that have time.

        Args:
            work: a function of machine code.
            job: what to give to it.
            threads: how many at most.
        """
        if threads == 1:
            work(job, 0)
            return
        for worker in self._workers[: threads - 1]:
            worker.call()
        function = ctypes.cast(work, ctypes.c_void_p)
        self._runtime.run_parallel(self._address, function, job, threads)

    def serve(self, thread: int) -> None:
        """Works as one of the others, until there has been no work for a while."""
        self._runtime.serve(self._address, thread)

    def _close(self) -> None:
        """Before the process ends: machine code is not to be taken away under a thread."""
        # In a process that was forked they do not run.
        if os.getpid() == self._process:
            self._runtime.end(self._address)
            for worker in self._workers:
                worker.close()


class _Worker:
    """A thread of Python that is in machine code while there is work, and asleep else."""

    def __init__(self, pool: Pool, number: int):
        # It keeps the pool and so the machine code, whatever becomes of who made it.
        self._pool = pool
        self._number = number
        self._calls = 0
        self._is_asleep = self._is_closed = False
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def call(self) -> None:
        """Says that there is work for it, just before there is."""
        self._calls += 1
        if self._is_asleep:
            self._awake.set()

    def close(self) -> None:
        self._is_closed = True
        self.call()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._awake.clear()
            calls = self._calls
            if self._is_closed:
                return
            self._pool.serve(self._number)
            self._is_asleep = True
            # Who called meanwhile did not see this thread asleep.
            if calls == self._calls:
                self._awake.wait()
            self._is_asleep = False


_pools: list[Pool] = []


def the_pool() -> Pool:
    """The pool of this process."""
    if not _pools:
        with EXCLUSIVE:
            if not _pools:
                _pools.append(Pool())
    return _pools[0]


def cores() -> int:
    """How many of the machine's cores this process may use."""
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    return max(1, min(len(os.sched_getaffinity(0)), _quota()))


def _quota() -> int:
    """How many cores' time a container of Linux is given."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):
        # There is no such file, or it says "max".
        return sys.maxsize


# A process that was forked has none of the threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pools.clear)
