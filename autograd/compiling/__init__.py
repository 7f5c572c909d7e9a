"""Functions recorded once and run as programs: in machine code, or over arrays.

`compile` takes a call apart (`arguments`), has the function recorded for its structure
(`autograd.tape`), and runs the program: over any numbers by `replay`, or by `native` in machine
code. That is written by `straight_line` for small programs; large ones are encoded by `bytecode`
for the loop of `interpreter`, whose source is `interpreter.cpp`. `layout` says where each number
stands, `libm` calls C's mathematics, and `machine_code` hands the text to LLVM, unless `cache` has
kept what it made. Calls with many lanes go in chunks over threads: `memory`, `pool` and `runtime`,
whose source is `runtime.cpp`; a call of plain numbers meets none of them.

What is in C++ is shipped as LLVM's text, and needs no compiler: after a change,
`python docs/runtime.py` makes the text anew, with clang 16.
"""

from autograd.compiling.compile import Compiled, compile

__all__ = ["Compiled", "compile"]
