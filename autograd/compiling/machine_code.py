"""Machine code from LLVM's intermediate language, kept on disk for the next process."""

import ctypes
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding as llvm

from autograd.compiling.mathematics import link_library

# Names the folder, in the place of the user's own for caches.
_FOLDER = "AUTOGRAD_CACHE_DIR"
_MOST_FILES = 500


class MachineCode:
    """A compiled module: its functions by name, for as long as it lives."""

    def __init__(self, text: str):
        machine = _target_machine()
        key = f"{llvmlite.__version__} {llvm.llvm_version_info} {machine.triple} {_cpu()}\n{text}"
        path = _folder() / f"{hashlib.sha256(key.encode()).hexdigest()}.o"
        code = _read(path)
        if code is None:
            code = _compile(text, machine)
            _write(path, code)
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()

    def function(self, name: str, *types: Any) -> Any:
        """A function that returns nothing; while it runs, so may other threads of Python."""
        return ctypes.CFUNCTYPE(None, *types)(self._engine.get_function_address(name))


def _cpu() -> tuple[str, str]:
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _target_machine() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    link_library()
    name, features = _cpu()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(cpu=name, features=features, opt=2, codemodel="jitdefault")


def _compile(text: str, machine: Any) -> bytes:
    module = llvm.parse_assembly(text)
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    builder = llvm.create_pass_builder(machine, options)
    passes = llvm.create_new_module_pass_manager()
    passes.add_instruction_combine_pass()
    passes.run(module, builder)
    code: bytes = machine.emit_object(module)
    return code


def _folder() -> Path:
    """Where machine code is kept: the folder for caches of this user."""
    if _FOLDER in os.environ:
        return Path(os.environ[_FOLDER])
    own = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}.get(sys.platform, "~/.cache")
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(own)
    return Path(caches) / "scalar-autograd"


# A file begins with the digest of the code that follows: half a file is none.
def _read(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, code = content[:32], content[32:]
    return code if hashlib.sha256(code).digest() == digest else None


def _write(path: Path, code: bytes) -> None:
    if path.parts[0] == "~":
        # A user without a home.
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(code).digest() + code)
        os.replace(name, path)
        kept = sorted(path.parent.glob("*.o"), key=lambda file: file.stat().st_mtime)
        for old in kept[:-_MOST_FILES]:
            old.unlink(missing_ok=True)
    except OSError:
        # Nowhere to keep it: the next process compiles again.
        return
