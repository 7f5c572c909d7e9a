"""Handwritten C, called through ctypes: the least time that a program could take."""

import ctypes
import subprocess
import tempfile
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


def pointer(array):
    """A NumPy array of doubles as an argument of a C function."""
    return ctypes.c_void_p(array.ctypes.data)
