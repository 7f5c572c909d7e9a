"""The shipped text of the runtime: made of its source, for any processor."""

import runpy
from pathlib import Path

import pytest

pytest.importorskip("llvmlite")

import llvmlite.binding as llvm

from autograd.compiling import builtin, interpreter, runtime
from autograd.compiling.interpreter import interpreter_module

MAKING = runpy.run_path(str(Path(__file__).parents[1] / "docs" / "runtime.py"))


@pytest.mark.parametrize("source", MAKING["SOURCES"], ids=lambda source: source.name)
def test_the_text_was_made_of_the_source_and_left_so(source):
    first, _, text = source.with_suffix(".ll").read_text(encoding="utf-8").partition("\n")
    assert first == MAKING["heading"](source, text), "run `python docs/runtime.py`"


STRUCTURES = {
    runtime.Kernel: "runtime",
    runtime.Lanes: "builtin",
    runtime.Source: "builtin",
    runtime.Job: "runtime",
    builtin.Call: "builtin",
    builtin.Input: "builtin",
    interpreter.Instructions: "interpreter",
}


@pytest.mark.parametrize(("structure", "source"), STRUCTURES.items())
def test_structures_are_those_of_the_source(structure, source):
    name = structure.__name__
    (line,) = [x for x in runtime.text(source).splitlines() if x.startswith(f"%struct.{name} =")]
    fields = line.partition("{")[2].replace('%"struct.std::atomic"', "i64").strip(" }").split(", ")
    types = {runtime.ctypes.c_void_p: "ptr", runtime.ctypes.c_int64: "i64"}
    assert fields == [types[kind] for _, kind in structure._fields_]


@pytest.mark.parametrize("module", ["runtime", "interpreter", "builtin"])
@pytest.mark.parametrize(
    "triple",
    [
        "x86_64-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu",
        "arm64-apple-macos",
        "x86_64-windows",
    ],
)
def test_it_compiles_for_every_processor(module, triple):
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    try:
        target = llvm.Target.from_triple(triple)
    except RuntimeError:
        pytest.skip("this llvmlite has no such target")
    text = interpreter_module() if module == "interpreter" else runtime.text(module)
    assert target.create_target_machine().emit_object(llvm.parse_assembly(text))
