"""A program as a builtin function of Python, for calls with numbers alone; see builtin.cpp."""

import ctypes
import re
from functools import cache
from typing import Any

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.machine_code import MachineCode, link
from autograd.compiling.runtime import fields, text

# The C function takes an array of its arguments, and their number.
_FASTCALL = 0x80


class Call(ctypes.Structure):
    """A program, and memory that no other call of it uses."""

    _fields_ = fields(
        "before code shared float_type int_type none", "inputs first_result results is_busy"
    )


class _Definition(ctypes.Structure):
    """PyMethodDef: what Python reads when it calls a builtin function."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("documentation", ctypes.c_char_p),
    )


def builtin(call: Call, *kept: Any) -> Any:
    """A function of all inputs of a program, which returns its results in a list.

    It returns None unless the inputs are floats, or ints that are, and while a call of it is not
    yet done.

    Args:
        call: the program and its memory.
        *kept: what is to live as long as the function.
    """
    call.float_type, call.int_type, call.none = id(float), id(int), id(None)
    kind = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p)
    make = kind(("PyCFunction_NewEx", ctypes.pythonapi))
    with EXCLUSIVE:
        _, definition = _code()
    return make(ctypes.addressof(definition), (ctypes.addressof(call), call, *kept), None)


@cache
def _code() -> tuple[MachineCode, _Definition]:
    module = text("builtin")
    for name in re.findall(r"^declare .*@(Py\w+)\(", module, re.MULTILINE):
        link(name, ctypes.pythonapi, name)
    # That takes 7 ms, and reading it from the disk 4; it is as fast as at a higher level.
    code = MachineCode(module, level=0, is_kept=False)
    return code, _Definition(b"call", code.address("call"), _FASTCALL)
