"""Machine code from LLVM's intermediate language, which may call C's mathematical library."""

import ctypes
import hashlib
import math
import os
from functools import cache
from typing import Any

import llvmlite
import llvmlite.binding as llvm

from autograd.compiling.cache import keep, kept
from autograd.numbers.kinds import GAMMA_FUNCTIONS, STANDARD_FUNCTIONS

# The functions by name, with their number of operands. The square root is an LLVM instruction.
LIBRARY = {**STANDARD_FUNCTIONS, **GAMMA_FUNCTIONS, "pow": 2, "fmod": 2}
del LIBRARY["sqrt"]
# In some C libraries `gamma` is the logarithm of the gamma function.
_SYMBOLS = {"gamma": "tgamma"}

# The first version with opaque pointers.
_LOWEST_VERSION = (0, 45)

# How hard LLVM optimizes. The training step of a small network takes 0.06 s to compile at level 1.
# At level 2 it takes 0.07 s, and runs as fast, with the same bits; at level 0 0.04 s, and runs 1.13
# times as long. What all programs share is compiled only once, and level 2 makes a GPT's step 3
# percent faster.
LEVEL_OF_ONE_PROGRAM, LEVEL_FOR_ALL = 1, 2


class MachineCode:
    """A compiled module. Its functions may be called as long as this object lives.

    Args:
        text: the module, in LLVM's intermediate language.
        level: LLVM's level of optimization, from 0 to 3.
    """

    def __init__(self, text: str, level: int = LEVEL_FOR_ALL):
        _require_version()
        machine = _target_machine(level)
        compiler = f"{llvmlite.__version__} {llvm.llvm_version_info} {level}"
        key = f"{compiler} {machine.triple} {_cpu()}\n{text}"
        name = hashlib.sha256(key.encode()).hexdigest()
        code = kept(name)
        if code is None:
            _leave_out_slow_passes(level == LEVEL_OF_ONE_PROGRAM)
            try:
                code = _compile(text, machine)
            finally:
                _leave_out_slow_passes(False)
            keep(name, code)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()

    def function(self, name: str, *types: Any) -> Any:
        """A function of the module, without a result. It does not hold Python's global lock."""
        return ctypes.CFUNCTYPE(None, *types)(self.address(name))

    def address(self, name: str) -> int:
        address: int = self._engine.get_function_address(name)
        return address


def _require_version() -> None:
    version = llvmlite.__version__
    if tuple(int(part) for part in version.split(".")[:2]) < _LOWEST_VERSION:
        lowest = ".".join(map(str, _LOWEST_VERSION))
        raise ImportError(
            f"machine code needs llvmlite {lowest} or newer, and {version} is installed: "
            "pip install 'scalar-autograd[native]', or write backend=\"python\""
        )


@cache
def _cpu() -> tuple[str, str]:
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _target_machine(level: int) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    link_library()
    name, features = _cpu()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=name, features=features, opt=level, codemodel="jitdefault"
    )


def _compile(text: str, machine: Any) -> bytes:
    module = llvm.parse_assembly(text)
    module.verify()
    code: bytes = machine.emit_object(module)
    return code


def _leave_out_slow_passes(is_so: bool) -> None:
    """Whether LLVM leaves instructions in their order, and addresses where they are computed.

    In the basic blocks of one program the passes that change these take a third of the time, more
    the longer the blocks are, and what comes out runs no faster.
    """
    llvm.set_option("", f"-enable-misched={str(not is_so).lower()}")
    llvm.set_option("", f"-disable-cgp={str(is_so).lower()}")


def link_library() -> None:
    """Makes the functions that Python's `math` calls available to machine code."""
    if os.name == "nt":
        library = ctypes.CDLL("ucrtbase")
    else:
        # Its symbols include those of the libraries that it is linked with.
        library = ctypes.CDLL(getattr(math, "__file__", None))
    for name in LIBRARY:
        link(name, library, _SYMBOLS.get(name, name))
    vector_functions()


def vector_width() -> int:
    """How many lanes a vector function takes: a register of AVX-512, or else of AVX2."""
    return 8 if llvm.get_host_cpu_features().get("avx512f") else 4


@cache
def vector_functions() -> dict[str, str]:
    """The functions that compute several lanes at once, by the name of the function of one lane.

    The GNU C library has them for x86-64, right to 4 units in the last place:
    https://sourceware.org/glibc/wiki/libmvec. Elsewhere there are none.
    """
    if not llvm.get_host_cpu_features().get("avx2"):
        return {}
    try:
        library = ctypes.CDLL("libmvec.so.1")
    except OSError:
        return {}
    width = vector_width()
    letter = {4: "d", 8: "e"}[width]
    names = {name: f"_ZGV{letter}N{width}{'v' * count}_{name}" for name, count in LIBRARY.items()}
    symbols = {name: symbol for name, symbol in names.items() if hasattr(library, symbol)}
    for symbol in symbols.values():
        link(symbol, library, symbol)
    return symbols


def link(name: str, library: ctypes.CDLL, symbol: str) -> None:
    """Makes a function of a library available to machine code, under a name."""
    llvm.add_symbol(name, ctypes.cast(getattr(library, symbol), ctypes.c_void_p).value)
