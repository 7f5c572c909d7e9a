"""A program as a builtin function of Python, for numbers and arrays; see builtin.cpp."""

import ctypes
import re
from functools import cache
from typing import Any

import numpy as np

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.machine_code import LEVEL_OF_ONE_PROGRAM, MachineCode, link
from autograd.compiling.runtime import fields, text

# The C function takes an array of its arguments, and their number.
_FASTCALL = 0x80

# How results are returned; None for the only one.
GATHERINGS: dict[Any, int] = {None: 0, list: 1, tuple: 2}


class Input(ctypes.Structure):
    """Where an argument goes: without axes a number, and otherwise an array of this shape."""

    _fields_ = fields("target sources", "axes rows columns row_step column_step")


class Call(ctypes.Structure):
    """A program, and memory that no other call of it uses."""

    _fields_ = (
        *fields("kernel shared lanes run_chunks inputs numbers arrays"),
        *fields("float_type double_type int_type array_type none"),
        *fields("", "inputs_count results_count gathering is_gradient is_long is_busy"),
    )


class _Definition(ctypes.Structure):
    """PyMethodDef: what Python reads when it calls a builtin function."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("documentation", ctypes.c_char_p),
    )


def builtin(call: Call, inputs: list[Input], arrays: list[Any], *kept: Any) -> Any:
    """A function of all inputs of a program, which returns its results.

    It returns None unless the inputs are floats, ints that are, and NumPy arrays of floats of the
    right shapes, and while a call of it is not yet done.

    Args:
        call: the program and its memory.
        inputs: where the arguments go.
        arrays: for each result a function that returns it as an array; None for a float.
        *kept: what is to live as long as the function.
    """
    places, functions = (Input * len(inputs))(*inputs), (ctypes.py_object * len(arrays))(*arrays)
    call.inputs, call.inputs_count = ctypes.addressof(places), len(inputs)
    call.arrays, call.results_count = ctypes.addressof(functions), len(arrays)
    call.float_type, call.double_type, call.int_type = id(float), id(np.float64), id(int)
    call.array_type, call.none = id(np.ndarray), id(None)
    with EXCLUSIVE:
        _, definition, make = _code()
    held = ctypes.addressof(call), call, places, functions, kept
    return make(ctypes.addressof(definition), held, None)


@cache
def _code() -> tuple[MachineCode, _Definition, Any]:
    """The machine code, its definition for Python, and Python's function that makes builtin ones.

    ctypes would make new types for the last one each time, and not free all of their memory.
    """
    module = text("builtin")
    for name in re.findall(r"^declare .*@(Py\w+)\(", module, re.MULTILINE):
        link(name, ctypes.pythonapi, name)
    code = MachineCode(module, LEVEL_OF_ONE_PROGRAM)
    kind = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p)
    make = kind(("PyCFunction_NewEx", ctypes.pythonapi))
    return code, _Definition(b"call", code.address("call"), _FASTCALL), make
