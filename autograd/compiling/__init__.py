"""Functions recorded once and run as programs: in machine code, or over arrays.

`Compiled` is what `compile` makes of a function: called as it is, and as a method, of which
`methods` keeps the programs. A call is taken apart by `arguments`; `reading` tells what its arrays
are to the function, and `programs` has that recorded (`autograd.tape`), for each structure. The
program reads the `parameters` and runs on a `backend`: in machine code by `native`, or by Python
over any numbers. Its results come in the structure that the function returned, by `structures`.

`layout` says where each number lies in memory. Small programs become machine code of their own, by
`straight_line`; large ones are encoded for the `interpreter`, whose loop is in `interpreter.cpp`.
`machine_code` hands the text to LLVM, unless `cache` has kept the result. Calls with many lanes run
in chunks on threads, by `runtime`, whose source is `runtime.cpp`; calls of plain numbers need none.

The C++ is shipped as LLVM's text, so users need no compiler: after a change,
`python docs/runtime.py` makes the text anew, with clang 16.
"""

from autograd.compiling.compile import compile
from autograd.compiling.compiled import Compiled

__all__ = ["Compiled", "compile"]
