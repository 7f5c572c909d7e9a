"""Handwritten C, called through ctypes: the least time that a program could take."""

import ctypes
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path


def compiled(name: str, *flags: str) -> ctypes.CDLL:
    """The library of a C file of this folder, built with gcc for this machine.

    Args:
        name: the file.
        flags: further options.
    """
    source = Path(__file__).with_name(name)
    with tempfile.TemporaryDirectory() as folder:
        # A loaded library outlives its file.
        target = Path(folder) / "library.so"
        command = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", *flags, source, "-o", target]
        subprocess.run([*map(str, command), "-lm"], check=True)
        return ctypes.CDLL(str(target))


def step_on_numbers(name: str, upcoming: Iterator[Sequence[float]], count: int):
    """A step that calls `value_and_gradient` of a C file with the next numbers.

    Args:
        name: the file. Its function takes doubles, and an array for the value and the gradient.
        upcoming: the numbers for each call.
        count: how many doubles the function takes.
    """
    function = compiled(name).value_and_gradient
    function.argtypes = (*[ctypes.c_double] * count, ctypes.c_void_p)
    function.restype = None
    result = (ctypes.c_double * (1 + count))()
    address = ctypes.addressof(result)

    def step():
        function(*next(upcoming), address)
        return result[:]

    return step


def pointer(array):
    """A NumPy array of doubles as an argument of a C function."""
    return ctypes.c_void_p(array.ctypes.data)
