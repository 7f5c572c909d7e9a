"""The functions of C's mathematical library, for machine code to call."""

import ctypes
import math
import os
from functools import cache

import llvmlite.binding as llvm

from autograd.numbers.kinds import GAMMA_FUNCTIONS, STANDARD_FUNCTIONS

# By name, with the number of their operands. The square root is an instruction of its own.
LIBRARY = {**STANDARD_FUNCTIONS, **GAMMA_FUNCTIONS, "pow": 2, "fmod": 2}
del LIBRARY["sqrt"]
# In some C libraries `gamma` is the logarithm of the gamma function.
_SYMBOLS = {"gamma": "tgamma"}
# How many lanes a function of vectors takes: those of a register of AVX2, the `d` in its name.
VECTOR_WIDTH = 4


def link_library() -> None:
    """Lets machine code call the functions that Python's `math` calls."""
    if os.name == "nt":
        library = ctypes.CDLL("ucrtbase")
    else:
        # Its symbols include those of the libraries that it is linked with.
        library = ctypes.CDLL(getattr(math, "__file__", None))
    for name in LIBRARY:
        _add(name, library, _SYMBOLS.get(name, name))
    vector_functions()


@cache
def vector_functions() -> dict[str, str]:
    """The functions that compute several lanes at once, by the name of that of one lane.

    The C library of GNU has them for x86-64, right to 4 units in the last place:
    https://sourceware.org/glibc/wiki/libmvec. Elsewhere there are none.
    """
    if not llvm.get_host_cpu_features().get("avx2"):
        return {}
    try:
        library = ctypes.CDLL("libmvec.so.1")
    except OSError:
        return {}
    names = {name: f"_ZGVdN{VECTOR_WIDTH}{'v' * count}_{name}" for name, count in LIBRARY.items()}
    symbols = {name: symbol for name, symbol in names.items() if hasattr(library, symbol)}
    for symbol in symbols.values():
        _add(symbol, library, symbol)
    return symbols


def _add(name: str, library: ctypes.CDLL, symbol: str) -> None:
    llvm.add_symbol(name, ctypes.cast(getattr(library, symbol), ctypes.c_void_p).value)
