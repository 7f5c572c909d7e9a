"""Functions recorded once and run as programs: in machine code, or over arrays.

`compile` turns a function into a `Compiled`, which is called like the function, also as a method.
`arguments` takes a call apart, `reading` says what its arrays are to the function, and `programs`
has the function recorded (`autograd.tape`) for each structure of arguments. The program reads the
`parameters` and runs on a `backend`: in machine code by `native`, or by Python over any numbers.
`structures` puts the results in the structure that the function returned.

For machine code, `lowering` prepares a program. A short one is written out by `straight_line`; a
long one is encoded for the `interpreter`, whose loop is in `interpreter.cpp`. `llvm_text` is the
table of operations for both. `machine_code` hands the text to LLVM, unless `cache` has kept the
result. Calls with many lanes run in chunks on threads, by `runtime`, whose source is `runtime.cpp`;
calls with plain numbers need no threads.

The C++ is shipped as LLVM's text, so users need no compiler. After a change, run
`python docs/runtime.py`, which makes the text again with clang 16.
"""

from autograd.compiling.compile import compile
from autograd.compiling.compiled import Compiled

__all__ = ["Compiled", "compile"]
