"""Threads that wait for work: those that turn to it within a microsecond, and asleep after a while.

Waking a thread takes longer than many a call. So a thread that has had work looks for more for
some hundred microseconds, and gives its core to whoever else wants it at every look. Whoever
calls never waits for one that comes late: there is work to take or not.
"""

import atexit
import ctypes
import os
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.llvm_text import entry
from autograd.compiling.machine_code import MachineCode

# So often a thread looks for work before it sleeps.
LOOKS = 1_000

# What the threads share, each in a cache line of its own: how many are at work, with a bit while
# there is none; what to call for a job, the job, and how many threads it is for; whether a call
# has them; and whether the process is about to end.
_FIELDS = ("inside", "work", "job", "threads", "taken", "ending")
_LINE = 8
_CLOSED = 1 << 32

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64


def pool_module() -> str:
    """The text of a module with two functions.

    serve(pool, number)              works until there has been none for a while
    spread(pool, work, job, threads) runs work(job, number) here, as number 0, and on others
    """
    pause = "SwitchToThread" if sys.platform == "win32" else "sched_yield"
    return "\n".join(
        [
            f"declare i32 @{pause}()",
            "define void @serve(ptr %pool, i64 %number) {",
            "entry:",
            _address("inside"),
            _address("ending"),
            "br label %look",
            "look:",
            "%looks = phi i64 [0, %entry], [%looks.next, %pause], [0, %leave]",
            "%ending = load atomic i64, ptr %ending.at seq_cst, align 8",
            "%goes.on = icmp eq i64 %ending, 0",
            "br i1 %goes.on, label %check, label %end",
            "check:",
            "%state = load atomic i64, ptr %inside.at seq_cst, align 8",
            *_test("%is.open", "%state", "enter", "pause"),
            "pause:",
            f"call i32 @{pause}()",
            "%looks.next = add i64 %looks, 1",
            f"%patient = icmp slt i64 %looks.next, {LOOKS}",
            "br i1 %patient, label %look, label %end",
            "enter:",
            "%before = atomicrmw add ptr %inside.at, i64 1 seq_cst",
            *_test("%still.open", "%before", "run", "leave"),
            "run:",
            *[
                line
                for name in ("work", "job", "threads")
                for line in entry(f"%{name}", "%pool", _at(name))
            ],
            "%is.wanted = icmp slt i64 %number, %threads",
            "br i1 %is.wanted, label %work.now, label %unwanted",
            "work.now:",
            "%function = inttoptr i64 %work to ptr",
            "call void %function(i64 %job, i64 %number)",
            "br label %leave",
            "leave:",
            "%after = atomicrmw sub ptr %inside.at, i64 1 seq_cst",
            f"call i32 @{pause}()",
            "br label %look",
            "unwanted:",
            "%others = atomicrmw sub ptr %inside.at, i64 1 seq_cst",
            "br label %end",
            "end:",
            "ret void\n}",
            "define void @spread(ptr %pool, ptr %function, i64 %own.job, i64 %count) {",
            "entry:",
            *[_address(name) for name in _FIELDS],
            "%try = cmpxchg ptr %taken.at, i64 0, i64 1 seq_cst seq_cst",
            "%is.free = extractvalue {i64, i1} %try, 1",
            "br i1 %is.free, label %many, label %alone",
            "alone:",
            "call void %function(i64 %own.job, i64 0)",
            "ret void",
            "many:",
            "store ptr %function, ptr %work.at",
            "store i64 %own.job, ptr %job.at",
            "store i64 %count, ptr %threads.at",
            f"%opened = atomicrmw and ptr %inside.at, i64 {~_CLOSED} seq_cst",
            "call void %function(i64 %own.job, i64 0)",
            f"%closed = atomicrmw or ptr %inside.at, i64 {_CLOSED} seq_cst",
            "br label %wait",
            "wait:",
            "%state = load atomic i64, ptr %inside.at seq_cst, align 8",
            f"%is.empty = icmp eq i64 %state, {_CLOSED}",
            "br i1 %is.empty, label %end, label %pause",
            "pause:",
            f"call i32 @{pause}()",
            "br label %wait",
            "end:",
            "store atomic i64 0, ptr %taken.at seq_cst, align 8",
            "ret void\n}",
        ]
    )


def _at(field: str) -> int:
    return _LINE * _FIELDS.index(field)


def _address(field: str) -> str:
    return f"%{field}.at = getelementptr i64, ptr %pool, i64 {_at(field)}"


def _test(name: str, state: str, is_open: str, is_closed: str) -> list[str]:
    return [
        f"{name}.bit = and i64 {state}, {_CLOSED}",
        f"{name} = icmp eq i64 {name}.bit, 0",
        f"br i1 {name}, label %{is_open}, label %{is_closed}",
    ]


class Pool:
    """As many threads as the process has cores, less the one that calls."""

    def __init__(self) -> None:
        self._code = MachineCode(pool_module())
        self._spread = self._code.function("spread", _POINTER, _POINTER, _INTEGER, _INTEGER)
        self.serve = self._code.function("serve", _POINTER, _INTEGER)
        self._shared = np.zeros(_LINE * len(_FIELDS), dtype=np.int64)
        self._shared[_at("inside")] = _CLOSED
        self.address = self._shared.ctypes.data
        self._process = os.getpid()
        self._workers: list[_Worker] = []
        atexit.register(self._close)
        try:
            for number in range(1, cores()):
                self._workers.append(_Worker(self, number))
        except RuntimeError:
            # The system gives no more threads, or the process is about to end.
            return

    def spread(self, work: Any, job: int, threads: int) -> None:
        """Runs work(job, number) on this thread, as number 0, and on others that have time.

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
        self._spread(self.address, ctypes.cast(work, _POINTER), job, threads)

    def _close(self) -> None:
        """Before the process ends: machine code is not to be taken away under a thread."""
        # In a process that was forked they do not run.
        if os.getpid() == self._process:
            self._shared[_at("ending")] = 1
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
            self._pool.serve(self._pool.address, self._number)
            self._is_asleep = True
            # Who called meanwhile did not see this thread asleep.
            if calls == self._calls:
                self._awake.wait()
            self._is_asleep = False


_pools: list[Pool] = []


def the_pool() -> Pool:
    """The one of this process."""
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
