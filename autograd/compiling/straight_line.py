"""Machine code for one program: every instruction is written out, on vectors of lanes in registers.

It suits programs of up to a few thousand instructions, which run as fast as handwritten C. Eight
like instructions that can be one on vectors count as one.
"""

from collections import deque
from collections.abc import Container, Iterator, Sequence
from string import Template
from typing import Any

from autograd.compiling.llvm_text import SCALAR, VECTOR, WIDTH, Vectors, declarations
from autograd.compiling.lowering import Layout, costs
from autograd.tape.program import Program, operands
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE

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


def straight_line_module(program: Program, layout: Layout, longest: int) -> str | None:
    """The text of a module with the functions `before`, `lanes` and `after`, see runtime.cpp.

    None if it would have more additions and multiplications, of numbers or of vectors, than
    `longest`.
    """
    before, after = _Scalars(program, layout, BEFORE), _Scalars(program, layout, AFTER)
    lanes = _Lanes(program, layout)
    # Eight instructions that run together are one.
    firsts = [positions[0] for section in (before, lanes, after) for positions in section.order]
    if costs(program)[firsts].sum() > longest:
        return None
    text = _MODULE.substitute(
        before="\n".join(before.lines()),
        lanes="\n".join(lanes.lines()),
        after="\n".join(after.lines()),
    )
    return "\n".join([declarations(), VECTOR.library(text), text])


class _Section:
    """The instructions of one stage, as lines of text.

    Attributes:
        order: the positions of what runs, in order; several of them run together.
    """

    order: list[list[int]]

    def __init__(self, program: Program, layout: Layout, vectors: Vectors):
        self.program = program
        self.layout = layout
        self.vectors = vectors
        self.text: list[str] = []
        self.names: dict[int, str] = {}

    def name(self, position: int) -> str:
        """The name of a number, which is read first if it is in memory."""
        if position not in self.names:
            self.names[position] = self.read(position)
        return self.names[position]

    def read(self, position: int) -> str:
        instruction = self.program.listed[position]
        if instruction[0] == "constant":
            return self.vectors.splat(instruction[1])
        name = f"%s{position}.{len(self.text)}"
        return self.load(name, "double", self.layout.slot[position])

    def load(self, name: str, kind: str, slot: int) -> str:
        """Reads a number, or several side by side, from the memory that all lanes share."""
        self.text += [
            f"{name}.at = getelementptr double, ptr %shared, i64 {slot}",
            f"{name} = load {kind}, ptr {name}.at, align 8",
        ]
        return name

    def compute(self, position: int) -> None:
        name = f"%n{position}"
        operation, *xs = self.program.listed[position]
        self.text += self.vectors.lines(name, operation, *map(self.name, xs))
        self.names[position] = name


class _Scalars(_Section):
    """What runs once, before or after the lanes; what is read later is written to memory.

    Like instructions run eight at a time, as one on vectors, if their operands allow it. The
    derivatives of parameters, for example, are totals side by side, each divided by the number of
    lanes. The bits are the same.
    """

    def __init__(self, program: Program, layout: Layout, stage: int):
        super().__init__(program, layout, SCALAR)
        self.stage = stage
        self.read_later = set(program.results)
        for position, instruction in enumerate(program.listed):
            if program.stages[position] > stage:
                self.read_later.update(operands(instruction))
        # Where a number that is computed in a vector is: the first number of that, and its lane.
        self.places: dict[int, tuple[int, int]] = {}
        self.vector_names: dict[tuple[int, ...], str] = {}
        self.order = self._in_order()

    def lines(self) -> list[str]:
        for positions in self.order:
            if len(positions) == WIDTH:
                self._compute_together(positions)
            else:
                [position] = positions
                self.compute(position)
            self._keep(positions)
        for slot, position in self.layout.copies(self.stage):
            self._store(slot, "double", self.name(position))
        return self.text

    def _in_order(self) -> list[list[int]]:
        """The positions of what runs, each alone or with seven others."""
        groups = list(self._groups())
        # Numbers are read soon after they are computed if each group runs as soon as it can: when
        # the last of it would, or of what leads to it.
        ready: dict[int, int] = {}
        for group in groups:
            read = [x for position in group for x in self.program.listed[position][1:]]
            last = max([group[-1], *[ready.get(x, 0) for x in read]])
            ready.update(dict.fromkeys(group, last))
        # In a stable order, what leads to a group stays before it.
        return sorted(groups, key=lambda group: ready[group[0]])

    def _groups(self) -> Iterator[list[int]]:
        """What runs together, eight instructions or one, in an order in which it could run."""
        # Instructions are alike if the same operations and constants lead to them. What these are
        # is known by a number, which is larger than those of the operands.
        number_of: dict[tuple[Any, ...], int] = {}
        likeness: dict[int, int] = {}
        alike: dict[int, list[int]] = {}
        for position, (operation, *xs) in self.program.in_stage(self.stage):
            origin = (operation, *[likeness.get(x, self._constant(x)) for x in xs])
            number = likeness[position] = number_of.setdefault(origin, len(number_of))
            alike.setdefault(number, []).append(position)
        for positions in alike.values():
            operation = self.program.listed[positions[0]][0]
            for start in range(0, len(positions), WIDTH):
                some = positions[start : start + WIDTH]
                is_full = len(some) == WIDTH and not VECTOR.calls(operation)
                if is_full and all(self._is_vector(xs, likeness) for xs in self._operands(some)):
                    self.places.update({x: (some[0], lane) for lane, x in enumerate(some)})
                    yield some
                else:
                    yield from ([position] for position in some)

    def _constant(self, x: int) -> str:
        """Which constant a number in memory is, if it is one."""
        operation, *rest = self.program.listed[x]
        return str(rest[0]) if operation == "constant" else ""

    def _operands(self, positions: list[int]) -> Iterator[tuple[int, ...]]:
        """The first operands of like instructions, the second operands, and so on."""
        return zip(*[self.program.listed[x][1:] for x in positions], strict=True)

    def _is_vector(self, xs: Sequence[int], computed: Container[int]) -> bool:
        """Whether numbers are all the same, of two vectors at most, or side by side in memory."""
        if len(set(xs)) == 1:
            return True
        if any(x in computed for x in xs):
            return all(x in self.places for x in xs) and len({self.places[x][0] for x in xs}) <= 2
        return self._are_side_by_side(xs)

    def _are_side_by_side(self, xs: Sequence[int]) -> bool:
        slots = [self.layout.slot[x] for x in xs]
        return slots == list(range(slots[0], slots[0] + WIDTH))

    def _compute_together(self, positions: list[int]) -> None:
        operation = self.program.listed[positions[0]][0]
        xs = [self._vector(xs) for xs in self._operands(positions)]
        self.text += VECTOR.lines(f"%v{positions[0]}", operation, *xs)

    def _vector(self, xs: tuple[int, ...]) -> str:
        """The name of a vector of numbers, which is read or put together first."""
        if xs not in self.vector_names:
            self.vector_names[xs] = self._vector_read(f"%w{len(self.vector_names)}", xs)
        return self.vector_names[xs]

    def _vector_read(self, name: str, xs: tuple[int, ...]) -> str:
        kind, first = VECTOR.type, xs[0]
        operation, *rest = self.program.listed[first]
        if len(set(xs)) == 1:
            if operation == "constant":
                return VECTOR.splat(*rest)
            self.text += VECTOR.broadcast(name, self.name(first))
        elif first in self.places:
            vectors = list(dict.fromkeys(self.places[x][0] for x in xs))
            lanes = [
                f"i32 {vectors.index(vector) * WIDTH + lane}"
                for vector, lane in map(self.places.__getitem__, xs)
            ]
            self.text.append(
                f"{name} = shufflevector {kind} %v{vectors[0]}, {kind} %v{vectors[-1]}, "
                f"<{WIDTH} x i32> <{', '.join(lanes)}>"
            )
        else:
            self.load(name, kind, self.layout.slot[first])
        return name

    def read(self, position: int) -> str:
        if position not in self.places:
            return super().read(position)
        first, lane = self.places[position]
        self.text.append(f"%n{position} = extractelement {VECTOR.type} %v{first}, i64 {lane}")
        return f"%n{position}"

    def _keep(self, positions: list[int]) -> None:
        """Writes numbers to memory, if they are read later."""
        kept = [position for position in positions if position in self.read_later]
        if len(kept) == WIDTH and self._are_side_by_side(kept):
            self._store(self.layout.slot[kept[0]], VECTOR.type, f"%v{kept[0]}")
        else:
            for position in kept:
                self._store(self.layout.slot[position], "double", self.name(position))

    def _store(self, slot: int, kind: str, name: str) -> None:
        to = f"%o{len(self.text)}"
        self.text += [
            f"{to} = getelementptr double, ptr %shared, i64 {slot}",
            f"store {kind} {name}, ptr {to}, align 8",
        ]


class _Lanes(_Section):
    """What runs for each vector of lanes, in basic blocks of moderate length.

    A number that all lanes share is read again in each block. Kept from the forward to the
    backward pass, it would be a whole vector, which has to be written to memory and read back.
    """

    def __init__(self, program: Program, layout: Layout):
        super().__init__(program, layout, VECTOR)
        self.read_here: list[int] = []
        self.blocks = 0
        # The totals that a number is added to, by its position.
        self.totals: dict[int, list[int]] = {}
        for total, position in enumerate(layout.added_up):
            self.totals.setdefault(position, []).append(total)
        self.order = [[position] for position in self._in_order()]

    def read(self, position: int) -> str:
        instruction = self.program.listed[position]
        if instruction[0] == PER_LANE:
            return self._argument(position, self.layout.lane_arguments.index(instruction[1]))
        number = super().read(position)
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
        for [position] in self.order:
            if len(self.text) > BLOCK * (self.blocks + 1):
                self._begin_block()
            if self.program.listed[position][0] not in INPUTS:
                self.compute(position)
            for total in self.totals.get(position, ()):
                self._add_up(total, self.name(position))
        for row, index in enumerate(self.layout.lane_results):
            self._write(row, self.name(self.program.results[index]))
        return self.text

    def _in_order(self) -> Iterator[int]:
        """The positions of what is of lanes, in the order in which it runs.

        What is only added up over the lanes, as most derivatives of parameters are, runs between
        the other instructions, one for every two products of a `dot`: to write a total to memory
        takes as long as these, and the processor does both at once.
        """
        instructions, stages = self.program.listed, self.program.stages
        of_lanes = [position for position, stage in enumerate(stages) if stage == LANES]
        read = {x for position in of_lanes for x in operands(instructions[position])}
        read.update(self.program.results)
        # What is only added up, by the last number that it reads.
        waiting: dict[int, list[int]] = {}
        others = []
        for position in of_lanes:
            xs = [x for x in operands(instructions[position]) if stages[x] == LANES]
            if position in read or not xs:
                others.append(position)
            else:
                waiting.setdefault(max(xs), []).append(position)
        ready: deque[int] = deque()
        for position in others:
            yield position
            ready += waiting.get(position, ())
            for _ in range(min(len(ready), len(instructions[position]) // 4)):
                yield ready.popleft()
        yield from ready

    def _begin_block(self) -> None:
        """Begins a basic block, which reads shared numbers again."""
        self.blocks += 1
        self.text += [f"br label %block{self.blocks}", f"block{self.blocks}:"]
        for position in self.read_here:
            del self.names[position]
        self.read_here.clear()

    def _add_up(self, total: int, name: str) -> None:
        kind = self.vectors.type
        # What is volatile is written whole. LLVM would write only some of the lanes, and processors
        # of AMD with AVX2 do that so slowly that a training step would take twice as long.
        self.text += [
            f"%t{total} = getelementptr {kind}, ptr %totals, i64 {total}",
            f"%b{total} = load {kind}, ptr %t{total}, align 64",
            f"%c{total} = fadd contract {kind} %b{total}, {name}",
            f"%d{total} = select {self.vectors.bits} %active, {kind} %c{total}, {kind} %b{total}",
            f"store volatile {kind} %d{total}, ptr %t{total}, align 64",
        ]

    def _write(self, row: int, name: str) -> None:
        self.text += [
            f"%w{row} = mul i64 %stride, {row}",
            f"%x{row} = add i64 %w{row}, %lane",
            f"%y{row} = getelementptr double, ptr %results, i64 %x{row}",
            f"store {self.vectors.type} {name}, ptr %y{row}, align 64",
        ]
