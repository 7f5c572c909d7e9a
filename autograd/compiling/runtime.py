"""The structures and functions of runtime.cpp, and the threads that they run on.

Threads that wait for work first poll for it in machine code, and then sleep.
"""

import atexit
import ctypes
import os
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.machine_code import MachineCode

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64

# The size of a Pool in runtime.cpp, in bytes.
POOL_SIZE = 256


def fields(pointers: str, integers: str = "") -> list[tuple[str, type]]:
    """The fields of a structure, by their names, in order."""
    kinds = ((pointers, _POINTER), (integers, _INTEGER))
    return [(name, kind) for names, kind in kinds for name in names.split()]


class Kernel(ctypes.Structure):
    """A program as machine code: its functions, what they run, and where its totals are."""

    _fields_ = fields("before lanes after code", "totals first_total")


class Lanes(ctypes.Structure):
    """Lanes that one thread runs at a time, and the memory for them."""

    _fields_ = fields("kernel shared registers totals arguments results", "stride count")


class Job(ctypes.Structure):
    """Lanes in chunks, and the memory of all threads; sizes are in bytes."""

    _fields_ = (
        *fields("kernel shared totals sources targets"),
        *fields("", "arguments results lanes chunk chunks next"),
        *fields("scratch", "scratch_size registers_size block stride"),
    )


class Source(ctypes.Structure):
    """Where an argument is: the address of its first lane, and the bytes from lane to lane."""

    _fields_ = fields("address", "step")


def aligned(count: int) -> Any:
    """An array of zeros that begins at a cache line, as vector instructions require."""
    numbers = np.zeros(count + 8)
    start = -(numbers.ctypes.data // 8) % 8
    return numbers[start : start + count]


def text(name: str) -> str:
    """The LLVM text that `python docs/runtime.py` made from a C++ file."""
    made = Path(__file__).with_name(f"{name}.ll").read_text(encoding="utf-8")
    return made.replace("@sched_yield", "@SwitchToThread") if sys.platform == "win32" else made


class Runtime:
    """The functions of runtime.cpp, which describes each."""

    def __init__(self) -> None:
        self._code = code = MachineCode(text("runtime"))
        self.begin = code.function("begin", _POINTER)
        self.work = code.function("work", _POINTER, _INTEGER)
        self.finish = code.function("finish", _POINTER)
        self.serve = code.function("serve", _POINTER, _INTEGER)
        self.run_parallel = code.function("run_parallel", _POINTER, _POINTER, _POINTER, _INTEGER)
        self.end = code.function("end", _POINTER)


@cache
def runtime() -> Runtime:
    return Runtime()


class Pool:
    """A thread for each core that the process may use, except the caller's."""

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
            # The system grants no more threads, or the process is about to end.
            return

    def run_parallel(self, work: Any, job: int, threads: int) -> None:
        """Runs work(job, thread) on this thread, as thread 0, and on others that are free.

        Args:
            work: a function in machine code.
            job: the address to pass to it.
            threads: the largest number of threads.
        """
        if threads == 1:
            work(job, 0)
            return
        for worker in self._workers[: threads - 1]:
            worker.call()
        function = ctypes.cast(work, ctypes.c_void_p)
        self._runtime.run_parallel(self._address, function, job, threads)

    def serve(self, thread: int) -> None:
        """Works as one of the other threads, until there is no work for a while."""
        self._runtime.serve(self._address, thread)

    def _close(self) -> None:
        """Ends the threads before the process ends, while their machine code still exists."""
        # A forked process does not inherit the threads.
        if os.getpid() == self._process:
            self._runtime.end(self._address)
            for worker in self._workers:
                worker.close()


class _Worker:
    """A Python thread that runs machine code while there is work, and sleeps otherwise."""

    def __init__(self, pool: Pool, number: int):
        # Keeps the pool, and with it the machine code, alive as long as the thread.
        self._pool = pool
        self._number = number
        self._calls = 0
        self._is_asleep = self._is_closed = False
        self._awake = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def call(self) -> None:
        """Wakes it up, just before there is work."""
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
            # A call that came just before did not see that this thread was asleep.
            if calls == self._calls:
                self._awake.wait()
            self._is_asleep = False


_pools: list[Pool] = []


def the_pool() -> Pool:
    """The pool of this process, made at the first call."""
    if not _pools:
        with EXCLUSIVE:
            if not _pools:
                _pools.append(Pool())
    return _pools[0]


def cores() -> int:
    """The number of cores that this process may use."""
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    return max(1, min(len(os.sched_getaffinity(0)), _quota()))


def _quota() -> int:
    """The number of cores that a Linux container may use."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):
        # There is no such file, or it says "max", which is no limit.
        return sys.maxsize


# A forked process does not inherit the threads, and makes its own pool.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pools.clear)
