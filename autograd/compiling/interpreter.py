"""The operations of the interpreter, which is compiled once for all programs.

Its loop is in interpreter.cpp, and `bytecode` describes what it reads. A register holds a vector of
lanes. Before and after the lanes it holds a double: one of the numbers that all lanes share.
"""

from autograd.compiling.llvm_text import WIDTH, Vectors, declarations
from autograd.compiling.runtime import text
from autograd.compiling.shared_tanh import REPLACED
from autograd.numbers.kinds import SPECIAL_FUNCTIONS
from autograd.tape.operations import COUNTS
from autograd.tape.program import IN_ORDER

# `copy` reads a shared number; the others move lanes from memory or to it.
_MOVES = ("copy", "argument", "result", "total")
# A `dot` of so few products needs no loop, and adds them up in order.
SHORT_DOTS = {products: f"dot.{products}" for products in range(2, IN_ORDER + 1)}
_OPERANDS = {
    **{
        name: count for name, count in COUNTS.items() if name not in (*REPLACED, *SPECIAL_FUNCTIONS)
    },
    **{name: 2 * products for products, name in SHORT_DOTS.items()},
}
CODES = {name: code for code, name in enumerate([*sorted(_OPERANDS), "dot", *_MOVES])}


def interpreter_module() -> str:
    """The text of a module with the functions `before`, `lanes` and `after`, for any program."""
    names = list(CODES)
    tables = "\n".join(
        [
            *_operations("scalar", Vectors(1), names[: names.index("argument")]),
            *_operations("vector", Vectors(WIDTH), names),
        ]
    )
    return "\n".join([declarations(), Vectors(WIDTH).library(tables), tables, text("interpreter")])


def _operations(kind: str, vectors: Vectors, names: list[str]) -> list[str]:
    """The array of all functions by their codes, and those that are not in interpreter.cpp."""
    pointers = ", ".join(f"ptr @{kind}_{name}" for name in names)
    return [
        *[line for name in _OPERANDS for line in _function(f"{kind}_{name}", name, vectors)],
        f"@{kind}_operations = internal constant [{len(names)} x ptr] [{pointers}]",
    ]


def _function(function: str, name: str, vectors: Vectors) -> list[str]:
    """Runs `count` instructions of one operation, and returns where the next begins."""
    numbers = [f"%x{i}" for i in range(_OPERANDS[name])]
    if name in SHORT_DOTS.values():
        computed = vectors.dot("%result", list(zip(numbers[::2], numbers[1::2], strict=True)))
    else:
        computed = vectors.lines("%result", name, *numbers)
    return [
        f"define internal ptr @{function}"
        "(ptr noalias %begin, i64 %count, ptr %registers, ptr %memory) {",
        "entry:",
        "br label %instruction",
        "instruction:",
        "%code = phi ptr [%begin, %entry], [%next, %instruction]",
        "%left = phi i64 [%count, %entry], [%less, %instruction]",
        *[
            line
            for i, x in enumerate(numbers)
            for line in (
                *_register(f"{x}.from", 1 + i, vectors),
                f"{x} = load {vectors.type}, ptr {x}.from",
            )
        ],
        *computed,
        *_register("%to", 0, vectors),
        f"store {vectors.type} %result, ptr %to",
        f"%next = getelementptr i32, ptr %code, i64 {1 + len(numbers)}",
        "%less = sub i64 %left, 1",
        "%more = icmp ne i64 %less, 0",
        "br i1 %more, label %instruction, label %end",
        "end:",
        "ret ptr %next\n}",
    ]


def _register(name: str, offset: int, vectors: Vectors) -> list[str]:
    """The address of the register whose number stands at an offset of an instruction."""
    return [
        f"{name}.at = getelementptr i32, ptr %code, i64 {offset}",
        f"{name}.i32 = load i32, ptr {name}.at",
        f"{name}.index = sext i32 {name}.i32 to i64",
        f"{name} = getelementptr {vectors.type}, ptr %registers, i64 {name}.index",
    ]
