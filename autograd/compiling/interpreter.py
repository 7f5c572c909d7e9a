"""Long programs: encoded as integers, and run by an interpreter that is compiled once for all.

Each run of instructions with the same operation is encoded as the code of the operation, the number
of instructions, and for each of these the slot of its result and the slots of its operands. A `dot`
has two counts before its operands: the number of products with a factor that the lanes share, and
the number of other products.

The loop over them is in interpreter.cpp. A register holds a vector of lanes; before and after the
lanes, it holds a double, one of the numbers that all lanes share.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from string import Template
from typing import NamedTuple

from autograd.compiling.llvm_text import SCALAR, VECTOR, Vectors, declarations
from autograd.compiling.lowering import ADDED, REPLACED, Layout, Slots
from autograd.compiling.runtime import text
from autograd.numbers.kinds import SPECIAL_FUNCTIONS
from autograd.tape.operations import COUNTS, factors
from autograd.tape.program import IN_ORDER, Program, operands
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE, Instruction

# `copy` reads a shared number; the others move lanes from or to memory.
_MOVES = ("copy", "argument", "result", "total")
# A `dot` of so few products needs no loop, and adds them in order.
SHORT_DOTS = {products: f"dot.{products}" for products in range(2, IN_ORDER + 1)}
_OPERANDS = {
    **{
        name: count for name, count in COUNTS.items() if name not in (*REPLACED, *SPECIAL_FUNCTIONS)
    },
    **dict.fromkeys(ADDED, 1),
    **{name: 2 * products for products, name in SHORT_DOTS.items()},
}
CODES = {name: code for code, name in enumerate([*sorted(_OPERANDS), "dot", *_MOVES])}


# Instructions are reordered within blocks of this many. Most numbers that are computed in a block
# are then read in it or in the next one, while they are still in the processor's cache.
BLOCK = 2048

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


def interpreter_module() -> str:
    """The text of a module with the functions `before`, `lanes` and `after`, for any program."""
    names = list(CODES)
    tables = "\n".join(
        [
            *_operations("scalar", SCALAR, names[: names.index("argument")]),
            *_operations("vector", VECTOR, names),
        ]
    )
    return "\n".join([declarations(), VECTOR.library(tables), tables, text("interpreter")])


def _operations(kind: str, vectors: Vectors, names: list[str]) -> list[str]:
    """The functions that are not in interpreter.cpp, and the array of all functions by code."""
    pointers = ", ".join(f"ptr @{kind}_{name}" for name in names)
    return [
        *[_function(f"{kind}_{name}", name, vectors) for name in _OPERANDS],
        f"@{kind}_operations = internal constant [{len(names)} x ptr] [{pointers}]",
    ]


def _function(function: str, name: str, vectors: Vectors) -> str:
    """The function of an operation."""
    numbers = [f"%x{i}" for i in range(_OPERANDS[name])]
    lines = []
    for i, x in enumerate(numbers):
        lines += _register(f"{x}.from", 1 + i, vectors)
        lines.append(f"{x} = load {vectors.type}, ptr {x}.from")
    if name in SHORT_DOTS.values():
        lines += vectors.dot("%result", factors(numbers))
    else:
        lines += vectors.lines("%result", name, *numbers)
    lines += _register("%to", 0, vectors)
    lines.append(f"store {vectors.type} %result, ptr %to")
    return _FUNCTION.substitute(name=function, body="\n".join(lines), length=1 + len(numbers))


def _register(name: str, offset: int, vectors: Vectors) -> list[str]:
    """The address of the register whose number stands at an offset in an instruction."""
    return [
        f"{name}.at = getelementptr i32, ptr %code, i64 {offset}",
        f"{name}.i32 = load i32, ptr {name}.at",
        f"{name}.index = sext i32 {name}.i32 to i64",
        f"{name} = getelementptr {vectors.type}, ptr %registers, i64 {name}.index",
    ]


def in_runs(program: Program) -> Program:
    """The same program, with instructions of the same operation together within each block.

    Within such a run the processor predicts what comes next. It begins an instruction before the
    previous one is done, as they do not depend on each other.
    """
    order: list[int] = []
    computed: list[int] = []
    for position, instruction in enumerate(program.instructions):
        (order if instruction[0] in INPUTS else computed).append(position)
    for start in range(0, len(computed), BLOCK):
        order += _block_in_runs(program, computed[start : start + BLOCK])
    return program.in_order(order)


def _block_in_runs(program: Program, block: list[int]) -> Iterator[int]:
    """A block in runs: each instruction joins the first run of its operation after its operands."""
    runs: list[list[int]] = []
    run_of: dict[int, int] = {}
    runs_of: dict[tuple[str, int], list[int]] = {}
    for position in block:
        instruction = program.instructions[position]
        after = -1
        for operand in instruction[1:]:
            run = run_of.get(operand, -1)
            if run > after:
                after = run
        known = runs_of.setdefault((instruction[0], len(instruction)), [])
        first = bisect_right(known, after)
        if first == len(known):
            known.append(len(runs))
            runs.append([])
        run_of[position] = known[first]
        runs[known[first]].append(position)
    return chain.from_iterable(runs)


class Bytecode(NamedTuple):
    """The integers of each stage, and how many registers the lanes need."""

    before: "array[int]"
    lanes: "array[int]"
    after: "array[int]"
    registers: int


def encode(program: Program, layout: Layout) -> Bytecode:
    """The bytecode of a program."""
    lanes = _Lanes(program, layout)
    before, after = _once(program, layout, BEFORE), _once(program, layout, AFTER)
    return Bytecode(before, lanes.code.integers(), after, lanes.slots.size)


class _Code:
    """The integers of instructions, gathered in runs of one operation."""

    def __init__(self) -> None:
        self._integers: list[int] = []
        self._operation = ""
        self._count = 0

    def integers(self) -> "array[int]":
        return array("i", self._integers)

    def append(self, operation: str, target: int, operands: list[int]) -> None:
        integers = self._integers
        if operation != self._operation:
            self._operation = operation
            self._count = len(integers) + 1
            integers += (CODES[operation], 0)
        integers[self._count] += 1
        integers.append(target)
        integers += operands

    def dot(self, target: int, shared: list[int], others: list[int]) -> None:
        """A `dot` of products with a factor that the lanes share, and of other products."""
        products = len(others) // 2
        if not shared and products in SHORT_DOTS:
            self.append(SHORT_DOTS[products], target, others)
        else:
            self.append("dot", target, [len(shared) // 2, products, *shared, *others])


def _once(program: Program, layout: Layout, stage: int) -> "array[int]":
    code = _Code()
    slot = layout.slot
    for position, instruction in program.in_stage(stage):
        operands = [slot[x] for x in instruction[1:]]
        if instruction[0] == "dot":
            code.dot(slot[position], [], operands)
        else:
            code.append(instruction[0], slot[position], operands)
    for target, position in layout.copies(stage):
        code.append("copy", target, [slot[position]])
    return code.integers()


class _Lanes:
    """What runs in each lane. A shared number is copied into a register when it is needed."""

    def __init__(self, program: Program, layout: Layout):
        self.code = _Code()
        self.slots = Slots()
        self.program = program
        self.layout = layout
        self.register: dict[int, int] = {}
        self.row = {index: row for row, index in enumerate(layout.lane_arguments)}
        self.body = [
            (position, instruction)
            for position, instruction in enumerate(program.instructions)
            if program.stages[position] == LANES or instruction[0] == "sum_over_lanes"
        ]
        self.last = self._last_uses()
        for position, instruction in self.body:
            self._encode(position, instruction)
        self._write_results()

    def _last_uses(self) -> dict[int, int]:
        last = {}
        for position, instruction in self.body:
            for operand in operands(instruction):
                last[operand] = position
        for position in self.program.results:
            last[position] = len(self.program.instructions)
        return last

    def _encode(self, position: int, instruction: Instruction) -> None:
        operation, *xs = instruction
        if operation == "sum_over_lanes":
            index = self.layout.slot[position] - self.layout.first_total
            self.code.append("total", index, [self._loaded(xs[0])])
        elif operation == PER_LANE:
            self.code.append("argument", self._allocate(position), [self.row[xs[0]]])
            xs = []
        elif operation == "dot":
            self._dot(position, factors(xs))
        else:
            registers = [self._loaded(x) for x in xs]
            self.code.append(operation, self._allocate(position), registers)
        for x in set(xs):
            if self.last[x] <= position and x in self.register:
                self.slots.free(self.register.pop(x))

    def _dot(self, position: int, products: list[tuple[int, int]]) -> None:
        shared, others = [], []
        for x, y in products:
            if self._is_per_lane(x) and self._is_per_lane(y):
                others += [self.register[x], self.register[y]]
            elif self._is_per_lane(x):
                shared += [self.layout.slot[y], self.register[x]]
            else:
                shared += [self.layout.slot[x], self._loaded(y)]
        self.code.dot(self._allocate(position), shared, others)

    def _is_per_lane(self, position: int) -> bool:
        return self.program.stages[position] == LANES

    def _loaded(self, position: int) -> int:
        """The register of a number. A shared number is copied into one first."""
        if position not in self.register:
            self.code.append("copy", self._allocate(position), [self.layout.slot[position]])
        return self.register[position]

    def _allocate(self, position: int) -> int:
        self.register[position] = self.slots.allocate()
        return self.register[position]

    def _write_results(self) -> None:
        for row, index in enumerate(self.layout.lane_results):
            self.code.append("result", row, [self.register[self.program.results[index]]])
