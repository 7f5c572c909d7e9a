"""Machine code for one program: every instruction is written out, on vectors of lanes in registers.

It suits programs of up to a few thousand instructions, which run as fast as handwritten C.
"""

from string import Template

from autograd.compiling.llvm_text import SCALAR, VECTOR, Vectors, declarations
from autograd.compiling.lowering import Layout
from autograd.tape.operations import factors
from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE, Instruction

# About how many lines a basic block has.
BLOCK = 400


# Vectors that do not fit into registers go to the stack, which is aligned for them: otherwise each
# could straddle two cache lines. The last vector may have fewer lanes: %active are those it has.
_MODULE = Template("""\
define void @before(ptr %code, ptr %shared) {
$before
  ret void
}

define void @lanes(
  ptr %code, ptr %registers, ptr %shared, ptr noalias %arguments,
  ptr noalias %results, ptr noalias %totals, i64 %stride, i64 %lanes
) "stackrealign" {
entry:
  %some = icmp sgt i64 %lanes, 0
  br i1 %some, label %loop, label %end
loop:
  %lane = phi i64 [0, %entry], [%next, %turn]
  %left = sub i64 %lanes, %lane
  %left.0 = insertelement <8 x i64> poison, i64 %left, i64 0
  %left.n = shufflevector <8 x i64> %left.0, <8 x i64> poison, <8 x i32> zeroinitializer
  %active = icmp sgt <8 x i64> %left.n, <i64 0, i64 1, i64 2, i64 3, i64 4, i64 5, i64 6, i64 7>
$lanes
  br label %turn
turn:
  %next = add i64 %lane, 8
  %more = icmp slt i64 %next, %lanes
  br i1 %more, label %loop, label %end
end:
  ret void
}

define void @after(ptr %code, ptr %shared) {
$after
  ret void
}
""")


def straight_line_module(program: Program, layout: Layout) -> str:
    """The text of a module with the functions `before`, `lanes` and `after`, see runtime.cpp."""
    text = _MODULE.substitute(
        before="\n".join(_Scalars(program, layout, BEFORE).lines()),
        lanes="\n".join(_Lanes(program, layout, VECTOR).lines()),
        after="\n".join(_Scalars(program, layout, AFTER).lines()),
    )
    return "\n".join([declarations(), VECTOR.library(text), text])


class _Section:
    """The instructions of one stage, as lines of text."""

    def __init__(self, program: Program, layout: Layout, vectors: Vectors):
        self.program = program
        self.layout = layout
        self.vectors = vectors
        self.text: list[str] = []
        self.names: dict[int, str] = {}

    def name(self, position: int) -> str:
        """The name of a number, which is read first if it is in memory."""
        if position not in self.names:
            self.names[position] = self.read(position, self.program.listed[position])
        return self.names[position]

    def read(self, position: int, instruction: Instruction) -> str:
        if instruction[0] == "constant":
            return self.vectors.splat(instruction[1])
        name = f"%s{position}.{len(self.text)}"
        slot = self.layout.slot[position]
        self.text += [
            f"{name}.at = getelementptr double, ptr %shared, i64 {slot}",
            f"{name} = load double, ptr {name}.at",
        ]
        return name

    def compute(self, position: int, instruction: Instruction) -> None:
        name = f"%n{position}"
        operation, *xs = instruction
        operands = [self.name(x) for x in xs]
        if operation == "dot":
            self.text += self.vectors.dot(name, factors(operands))
        else:
            self.text += self.vectors.lines(name, operation, *operands)
        self.names[position] = name


class _Scalars(_Section):
    """What runs once, before or after the lanes; its results are written to memory."""

    def __init__(self, program: Program, layout: Layout, stage: int):
        super().__init__(program, layout, SCALAR)
        self.stage = stage

    def lines(self) -> list[str]:
        for position, instruction in self.program.in_stage(self.stage):
            self.compute(position, instruction)
            self.store(self.layout.slot[position], self.names[position])
        for slot, position in self.layout.copies(self.stage):
            self.store(slot, self.name(position))
        return self.text

    def store(self, slot: int, name: str) -> None:
        to = f"%o{len(self.text)}"
        self.text += [
            f"{to} = getelementptr double, ptr %shared, i64 {slot}",
            f"store double {name}, ptr {to}",
        ]


class _Lanes(_Section):
    """What runs for each vector of lanes, in basic blocks of moderate length.

    A number that all lanes share is read again in each block. Kept from the forward to the
    backward pass, it would be a whole vector, which has to be written to memory and read back.
    """

    def __init__(self, program: Program, layout: Layout, vectors: Vectors):
        super().__init__(program, layout, vectors)
        self.read_here: list[int] = []
        self.blocks = 0

    def read(self, position: int, instruction: Instruction) -> str:
        if instruction[0] == PER_LANE:
            return self._argument(position, self.layout.lane_arguments.index(instruction[1]))
        number = super().read(position, instruction)
        if instruction[0] == "constant":
            return number
        self.read_here.append(position)
        self.text += self.vectors.broadcast(f"{number}.n", number)
        return f"{number}.n"

    def _argument(self, position: int, row: int) -> str:
        self.text += [
            f"%r{position} = mul i64 %stride, {row}",
            f"%i{position} = add i64 %r{position}, %lane",
            f"%a{position} = getelementptr double, ptr %arguments, i64 %i{position}",
            f"%n{position} = load {self.vectors.type}, ptr %a{position}, align 64",
        ]
        return f"%n{position}"

    def lines(self) -> list[str]:
        added_up: dict[int, list[int]] = {}
        for total, position in enumerate(self.layout.added_up):
            added_up.setdefault(position, []).append(total)
        for position, instruction in enumerate(self.program.listed):
            if self.program.stages[position] == LANES:
                if len(self.text) > BLOCK * (self.blocks + 1):
                    self._begin_block()
                if instruction[0] not in INPUTS:
                    self.compute(position, instruction)
                for total in added_up.get(position, ()):
                    self._add_up(total, self.name(position))
        for row, index in enumerate(self.layout.lane_results):
            self._write(row, self.name(self.program.results[index]))
        return self.text

    def _begin_block(self) -> None:
        """Begins a basic block, which reads shared numbers again."""
        self.blocks += 1
        self.text += [f"br label %block{self.blocks}", f"block{self.blocks}:"]
        for position in self.read_here:
            del self.names[position]
        self.read_here.clear()

    def _add_up(self, total: int, name: str) -> None:
        kind = self.vectors.type
        self.text += [
            f"%t{total} = getelementptr {kind}, ptr %totals, i64 {total}",
            f"%b{total} = load {kind}, ptr %t{total}, align 64",
            f"%c{total} = fadd contract {kind} %b{total}, {name}",
            f"%d{total} = select {self.vectors.bits} %active, {kind} %c{total}, {kind} %b{total}",
            f"store {kind} %d{total}, ptr %t{total}, align 64",
        ]

    def _write(self, row: int, name: str) -> None:
        self.text += [
            f"%w{row} = mul i64 %stride, {row}",
            f"%x{row} = add i64 %w{row}, %lane",
            f"%y{row} = getelementptr double, ptr %results, i64 %x{row}",
            f"store {self.vectors.type} {name}, ptr %y{row}, align 64",
        ]
