"""The interpreter of long programs, compiled once for all, and the order in which they run.

Its loop is in interpreter.cpp. A register is a double, or where a vector of eight begins. What it
runs is integers, see `bytecode`.
"""

import ctypes
from functools import cache
from string import Template
from typing import Any

import numpy as np

from autograd.compiling.llvm_text import SCALAR, VECTOR, Body, Vectors, declarations
from autograd.compiling.lowering import ADDED, REPLACED, Schedule
from autograd.compiling.machine_code import MachineCode
from autograd.compiling.runtime import fields, text
from autograd.numbers.kinds import SPECIAL_FUNCTIONS
from autograd.tape.operations import COUNTS
from autograd.tape.program import IN_ORDER, Program
from autograd.tape.tape import INPUTS

# A `dot` of so few products needs no loop, and adds them in order.
SHORT_DOTS = {products: f"dot.{products}" for products in range(2, IN_ORDER + 1)}
_OPERANDS = {
    **{name: count for name, count in COUNTS.items() if name not in (REPLACED, *SPECIAL_FUNCTIONS)},
    **dict.fromkeys(ADDED, 1),
    **{name: 2 * products for products, name in SHORT_DOTS.items()},
}
_SCALARS = [*sorted(_OPERANDS), "dot", "across", "copy"]
# `copy` reads a shared number; the last three move lanes from or to memory.
_VECTORS = [*sorted(_OPERANDS), "dot", "rows", "shared_rows", "copy", "argument", "result", "total"]
# The codes of operations on doubles, and of those on vectors.
SCALARS = {name: code for code, name in enumerate(_SCALARS)}
VECTORS = {name: len(SCALARS) + code for code, name in enumerate(_VECTORS)}

# Instructions are reordered within blocks of this many. Most numbers that are computed in a block
# are then read in it or in the next one, while they are still in the processor's cache.
BLOCK = 16_384

# Runs `count` instructions of one operation, and returns where the next one begins.
_FUNCTION = Template("""\
define internal ptr @$name(ptr noalias %begin, i64 %count, ptr %registers, ptr %memory) {
entry:
  br label %instruction
instruction:
  %code = phi ptr [%begin, %entry], [%next, %instruction]
  %left = phi i64 [%count, %entry], [%less, %instruction]
$body
  %next = getelementptr i32, ptr %code, i64 $length
  %less = sub i64 %left, 1
  %more = icmp ne i64 %less, 0
  br i1 %more, label %instruction, label %end
end:
  ret ptr %next
}
""")


@cache
def interpreter() -> MachineCode:
    """The machine code that runs any program."""
    return MachineCode(interpreter_module())


def interpreter_module() -> str:
    """The text of a module with the functions `before`, `lanes` and `after`, for any program."""
    functions = [f"@scalar_{name}" for name in SCALARS] + [f"@vector_{name}" for name in VECTORS]
    table = ", ".join(f"ptr {function}" for function in functions)
    tables = "\n".join(
        [
            *[_function(f"scalar_{name}", name, SCALAR) for name in _OPERANDS],
            *[_function(f"vector_{name}", name, VECTOR) for name in _OPERANDS],
            f"@operations = internal constant [{len(functions)} x ptr] [{table}]",
        ]
    )
    return "\n".join([declarations(), VECTOR.library(tables), tables, text("interpreter")])


def _function(function: str, name: str, vectors: Vectors) -> str:
    """The function of an operation."""
    body = Body()
    length = 1 + _OPERANDS[name]
    numbers = [
        body.result(f"load {vectors.type}, ptr {_register(body, offset)}, align 8")
        for offset in range(1, length)
    ]
    result = vectors.write(body, "dot" if name in SHORT_DOTS.values() else name, numbers)
    body.lines.append(f"store {vectors.type} {result}, ptr {_register(body, 0)}, align 8")
    return _FUNCTION.substitute(name=function, body="\n".join(body.lines), length=length)


def _register(body: Body, offset: int) -> str:
    """The address of the register whose number stands at an offset in an instruction."""
    at = body.result(f"getelementptr i32, ptr %code, i64 {offset}")
    number = body.result(f"load i32, ptr {at}")
    index = body.result(f"sext i32 {number} to i64")
    return body.result(f"getelementptr double, ptr %registers, i64 {index}")


class Instructions(ctypes.Structure):
    """A program's instructions, for machine code: the structure of interpreter.cpp."""

    _fields_ = (*fields("", "count"), *fields("kinds starts operands"))


def in_runs(program: Program) -> Schedule:
    """An order with instructions of the same kind together within each block.

    Within such a run the processor predicts what comes next. It begins an instruction before the
    previous one is done, as they do not depend on each other. What has the same formula is side by
    side: `x * y` for all x and y of a vector, then `x * z`.
    """
    schedule = Schedule(program, BLOCK)
    order, kind = schedule.order, schedule.kind
    count = len(kind)
    arrays = (kind, schedule.starts, schedule.operands)
    instructions = Instructions(count, *[array.ctypes.data for array in arrays])
    # Constants differ, and what else is given does not.
    formulas = np.arange(count, dtype=np.int32)
    is_given = [name in INPUTS and name != "constant" for name, _, _ in schedule.kinds]
    given = np.flatnonzero(np.array(is_given)[kind])
    formulas[given] = -1 - kind[given]
    table = np.full(2 << count.bit_length(), -1, np.int32)
    _call("find_formulas", instructions, formulas, table, len(table))
    runs, earlier = np.full((2, count), -1, np.int32)
    newest = np.full(len(schedule.kinds), -1, np.int32)
    _call("find_runs", instructions, order, len(order), BLOCK, runs, newest, earlier)
    # Short-lived numbers, those that are kept, and results lie in different places.
    place = schedule.is_kept.astype(np.int8)
    index = np.arange(count)
    results = np.array(program.results[::-1], dtype=np.int32)
    place[results] = 2
    index[results] = np.arange(len(results))[::-1]
    keys = [x[order] for x in (index, formulas, place, runs)]
    schedule.order = order[np.lexsort(keys)]
    schedule.runs = runs
    return schedule


def _call(function: str, instructions: Instructions, *arguments: Any) -> None:
    """Calls a function of the interpreter with arrays and integers."""
    given = [x if isinstance(x, int) else x.ctypes.data for x in arguments]
    types = [ctypes.c_int64 if isinstance(x, int) else ctypes.c_void_p for x in arguments]
    code = interpreter().function(function, ctypes.c_void_p, *types)
    code(ctypes.addressof(instructions), *given)
