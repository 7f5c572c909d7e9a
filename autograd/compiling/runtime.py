"""The structures and the functions of runtime.cpp."""

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from autograd.compiling.machine_code import MachineCode

_POINTER, _INTEGER = ctypes.c_void_p, ctypes.c_int64

# The size of a Pool there, in bytes.
POOL_SIZE = 256


def _fields(pointers: str, integers: str = "") -> list[tuple[str, type]]:
    kinds = ((pointers, _POINTER), (integers, _INTEGER))
    return [(name, kind) for names, kind in kinds for name in names.split()]


class Kernel(ctypes.Structure):
    """A program as machine code: its functions, what they run, and where the totals lie."""

    _fields_ = _fields("before lanes after code", "totals first_total")


class Lanes(ctypes.Structure):
    """Lanes that one thread runs at a time, and the memory in which it does."""

    _fields_ = _fields("kernel shared registers totals arguments results", "stride count")


class Job(ctypes.Structure):
    """Lanes in chunks, and the memory of all threads; sizes are in bytes."""

    _fields_ = (
        *_fields("kernel shared totals sources targets"),
        *_fields("", "arguments results lanes chunk chunks next"),
        *_fields("scratch", "scratch_size registers_size block stride"),
    )


class Source(ctypes.Structure):
    """Where an argument lies: the address of its first lane, and the bytes from lane to lane."""

    _fields_ = _fields("address", "step")


def aligned(count: int) -> Any:
    """An array of zeros that begins at a cache line, as reading and writing vectors needs."""
    numbers = np.zeros(count + 8)
    start = -(numbers.ctypes.data // 8) % 8
    return numbers[start : start + count]


def text(name: str) -> str:
    """What `python docs/runtime.py` made of a file in C++."""
    made = Path(__file__).with_name(f"{name}.ll").read_text(encoding="utf-8")
    return made.replace("@sched_yield", "@SwitchToThread") if sys.platform == "win32" else made


class Runtime:
    """The functions of runtime.cpp, each described there."""

    def __init__(self) -> None:
        self._code = code = MachineCode(text("runtime"))
        self.run = code.function("run", _POINTER)
        self.begin = code.function("begin", _POINTER)
        self.work = code.function("work", _POINTER, _INTEGER)
        self.finish = code.function("finish", _POINTER)
        self.serve = code.function("serve", _POINTER, _INTEGER)
        self.run_parallel = code.function("run_parallel", _POINTER, _POINTER, _POINTER, _INTEGER)
        self.end = code.function("end", _POINTER)


@cache
def runtime() -> Runtime:
    return Runtime()
