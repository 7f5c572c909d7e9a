"""Functions recorded once and run as programs: in machine code, or over arrays.

`compile` makes a `Compiled` of a function (`compiled`): it is called as the function is, and as a
method. A call is taken apart by `arguments`; `reading` tells what its arrays are to the function,
and `programs` has that recorded (`autograd.tape`), for each structure. The program reads the
`parameters` and runs on a `backend`: in machine code by `native`, or by Python over any numbers.
Its results come in the structure that the function returned, by `structures`. `exclusive` is the
lock for what no other thread may see half done.

A program is prepared for machine code by `lowering`, which also writes out tanh and its slope. A
short program becomes text instruction by instruction (`straight_line`), a long one `bytecode` for
the `interpreter`, whose loop is in `interpreter.cpp`; `llvm_text` is the table of operations for
both, and functions that are not in it are called in C's library. `machine_code` hands the text to
LLVM, unless `cache` has kept the result. Calls with many lanes run in chunks on threads, by
`runtime`, whose source is `runtime.cpp`. A program with memory for a call becomes a builtin
function of Python, which reads numbers and arrays and returns the results: `builtin` and
`builtin.cpp`.

The C++ is shipped as LLVM's text, so users need no compiler. After a change, run
`python docs/runtime.py`, which makes the text again with clang 16.
"""

from autograd.compiling.compile import compile
from autograd.compiling.compiled import Compiled

__all__ = ["Compiled", "compile"]
