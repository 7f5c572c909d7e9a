"""Machine code for one program: every instruction is written out, on vectors of lanes in registers.

It suits programs of up to a few thousand instructions, which run as fast as handwritten C. Eight
like instructions that can be one on vectors count as one.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby
from string import Template
from typing import Any

from autograd.compiling.llvm_text import OF_SUMS, SCALAR, VECTOR, WIDTH, Body, Vectors, declarations
from autograd.compiling.lowering import Layout, costs
from autograd.tape.operations import factors
from autograd.tape.program import IN_ORDER, Program, operands
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
    text = _MODULE.substitute(before=before.text(), lanes=lanes.text(), after=after.text())
    return "\n".join([declarations(), VECTOR.library(text), text])


class _Section(Body):
    """The instructions of one stage.

    Attributes:
        order: the positions of what runs, in order; several of them run together.
        vectors: what is written for an operation on numbers of this stage.
    """

    vectors: Vectors
    order: list[list[int]]

    def __init__(self, program: Program, layout: Layout):
        super().__init__()
        self.program = program
        self.layout = layout
        self.slots: list[int] = layout.slot.tolist()
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
        return self.load("double", self.slots[position])

    def load(self, kind: str, slot: int) -> str:
        """Reads a number, or several side by side, from the memory that all lanes share."""
        return self.result(f"load {kind}, ptr {self.address(slot)}, align 8")

    def address(self, slot: int) -> str:
        """The address of a number in that memory."""
        return self.result(f"getelementptr double, ptr %shared, i64 {slot}")

    def compute(self, position: int) -> None:
        operation, *xs = self.program.listed[position]
        self.names[position] = self.vectors.write(self, operation, xs, self.name)


class _Scalars(_Section):
    """What runs once, before or after the lanes; what is read later is written to memory.

    Like instructions run eight at a time, as one on vectors, if their operands allow it. The
    derivatives of parameters, for example, are totals side by side, each divided by the number of
    lanes. Products of a long `dot` run together in the same way. The bits are the same.
    """

    vectors = SCALAR

    def __init__(self, program: Program, layout: Layout, stage: int):
        super().__init__(program, layout)
        self.stage = stage
        self.read_later = set(program.results)
        for position, instruction in enumerate(program.listed):
            if program.stages[position] > stage:
                self.read_later.update(operands(instruction))
        # Where a number that is computed in a vector is: the numbers of that, and its lane.
        self.places: dict[int, tuple[tuple[int, ...], int]] = {}
        # The names of vectors, by the positions of their numbers.
        self.vector_names: dict[tuple[int, ...], str] = {}
        # Which numbers are computed in this stage, see `_groups`.
        self.likeness: dict[int, int] = {}
        self.order = self._in_order()

    def text(self) -> str:
        for positions in self.order:
            if len(positions) == WIDTH:
                self._compute_together(tuple(positions))
            else:
                [position] = positions
                self.compute(position)
            self._keep(positions)
        for slot, position in self.layout.copies(self.stage):
            self._store(slot, "double", self.name(position))
        return "\n".join(self.lines)

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
        # A constant by its text, since 0.0 is equal to -0.0.
        constants = {slot: str(number) for slot, number in self.layout.constants}
        alike: dict[int, list[int]] = {}
        for position, (operation, *xs) in self.program.in_stage(self.stage):
            origin = (operation, *[self.likeness.get(x, constants.get(self.slots[x])) for x in xs])
            number = self.likeness[position] = number_of.setdefault(origin, len(number_of))
            alike.setdefault(number, []).append(position)
        for positions in alike.values():
            operation = self.program.listed[positions[0]][0]
            for start in range(0, len(positions), WIDTH):
                some = positions[start : start + WIDTH]
                is_full = len(some) == WIDTH and not VECTOR.calls(operation)
                if is_full and all(map(self._is_vector, self._operands(some))):
                    self.places.update({x: (tuple(some), lane) for lane, x in enumerate(some)})
                    yield some
                else:
                    yield from ([position] for position in some)

    def _operands(self, positions: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """The first operands of like instructions, the second operands, and so on."""
        return zip(*[self.program.listed[x][1:] for x in positions], strict=True)

    def _is_vector(self, xs: Sequence[int]) -> bool:
        """Whether numbers are all the same, of two vectors at most, or side by side in memory."""
        if len(set(xs)) == 1:
            return True
        if any(x in self.likeness for x in xs):
            return all(x in self.places for x in xs) and len({self.places[x][0] for x in xs}) <= 2
        return self._are_side_by_side(xs)

    def _are_side_by_side(self, xs: Sequence[int]) -> bool:
        slots = [self.slots[x] for x in xs]
        return slots == list(range(slots[0], slots[0] + len(slots)))

    def compute(self, position: int) -> None:
        operation, *xs = self.program.listed[position]
        if operation != "dot" or len(xs) <= 2 * IN_ORDER:
            super().compute(position)
            return
        # As many products as there are sums are one on vectors, if their factors allow it.
        count = OF_SUMS.width
        firsts, seconds = zip(*factors(xs), strict=True)
        starts = range(0, len(firsts), count)
        groups = [(firsts[i : i + count], seconds[i : i + count]) for i in starts]
        sums: list[str] = []
        for are_vectors, some in groupby(groups, self._are_vectors):
            if are_vectors:
                before = [OF_SUMS.vector_of(self, sums)] if sums else []
                [vector] = OF_SUMS.add(self, before, some, self._vector, count=1)
                sums = OF_SUMS.lanes_of(self, vector)
            else:
                products = (product for group in some for product in zip(*group, strict=True))
                sums = SCALAR.add(self, sums, products, self.name)
        self.names[position] = SCALAR.total(self, sums)

    def _are_vectors(self, factors: tuple[tuple[int, ...], tuple[int, ...]]) -> bool:
        return len(factors[0]) == OF_SUMS.width and all(map(self._is_vector, factors))

    def _compute_together(self, positions: tuple[int, ...]) -> None:
        operation = self.program.listed[positions[0]][0]
        xs = list(self._operands(positions))
        self.vector_names[positions] = VECTOR.write(self, operation, xs, self._vector)

    def _vector(self, xs: tuple[int, ...]) -> str:
        """The name of a vector of numbers, which is read or put together first."""
        if xs not in self.vector_names:
            self.vector_names[xs] = self._vector_read(xs)
        return self.vector_names[xs]

    def _vector_read(self, xs: tuple[int, ...]) -> str:
        vectors, first = VECTOR if len(xs) == WIDTH else OF_SUMS, xs[0]
        operation, *rest = self.program.listed[first]
        if len(set(xs)) == 1:
            if operation == "constant":
                return vectors.splat(*rest)
            return vectors.broadcast(self, self.name(first))
        if first not in self.places:
            return self.load(vectors.type, self.slots[first])
        places = [self.places[x] for x in xs]
        read = list(dict.fromkeys(vector for vector, _ in places))
        one, other = self.vector_names[read[0]], self.vector_names[read[-1]]
        lanes = [read.index(vector) * WIDTH + lane for vector, lane in places]
        return self.shuffle(VECTOR.type, one, other, lanes)

    def read(self, position: int) -> str:
        if position not in self.places:
            return super().read(position)
        vector, lane = self.places[position]
        return VECTOR.lane_of(self, self.vector_names[vector], lane)

    def _keep(self, positions: list[int]) -> None:
        """Writes numbers to memory, if they are read later."""
        kept = [position for position in positions if position in self.read_later]
        if len(kept) == WIDTH and self._are_side_by_side(kept):
            self._store(self.slots[kept[0]], VECTOR.type, self.vector_names[tuple(kept)])
        else:
            for position in kept:
                self._store(self.slots[position], "double", self.name(position))

    def _store(self, slot: int, kind: str, name: str) -> None:
        self.lines.append(f"store {kind} {name}, ptr {self.address(slot)}, align 8")


class _Lanes(_Section):
    """What runs for each vector of lanes, in basic blocks of moderate length.

    A number that all lanes share is read again in each block. Kept from the forward to the
    backward pass, it would be a whole vector, which has to be written to memory and read back.
    """

    vectors = VECTOR

    def __init__(self, program: Program, layout: Layout):
        super().__init__(program, layout)
        self.blocks = 0
        # The totals that a number is added to, by its position.
        self.totals: dict[int, list[int]] = {}
        for total, position in enumerate(layout.added_up):
            self.totals.setdefault(position, []).append(total)
        self.order = [[position] for position in self._in_order()]

    def read(self, position: int) -> str:
        operation, *rest = self.program.listed[position]
        if operation == PER_LANE:
            row = self.layout.lane_arguments.index(rest[0])
            return self.result(f"load {VECTOR.type}, ptr {self._row('arguments', row)}, align 64")
        number = super().read(position)
        return number if operation == "constant" else VECTOR.broadcast(self, number)

    def _row(self, table: str, row: int) -> str:
        """The address of these lanes in a row of a table."""
        start = self.result(f"mul i64 %stride, {row}")
        index = self.result(f"add i64 {start}, %lane")
        return self.result(f"getelementptr double, ptr %{table}, i64 {index}")

    def text(self) -> str:
        for [position] in self.order:
            if len(self.lines) > BLOCK * (self.blocks + 1):
                self._begin_block()
            if self.program.listed[position][0] not in INPUTS:
                self.compute(position)
            for total in self.totals.get(position, ()):
                self._add_up(total, self.name(position))
        for row, index in enumerate(self.layout.lane_results):
            name = self.name(self.program.results[index])
            self.lines.append(
                f"store {VECTOR.type} {name}, ptr {self._row('results', row)}, align 64"
            )
        return "\n".join(self.lines)

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
        self.lines += [f"br label %block{self.blocks}", f"block{self.blocks}:"]
        stages = self.program.stages
        self.names = {x: name for x, name in self.names.items() if stages[x] == LANES}

    def _add_up(self, total: int, name: str) -> None:
        kind = VECTOR.type
        at = self.result(f"getelementptr {kind}, ptr %totals, i64 {total}")
        before = self.result(f"load {kind}, ptr {at}, align 64")
        after = self.result(f"fadd contract {kind} {before}, {name}")
        kept = self.result(f"select {VECTOR.bits} %active, {kind} {after}, {kind} {before}")
        # What is volatile is written whole. LLVM would write only some of the lanes, and processors
        # of AMD with AVX2 do that so slowly that a training step would take twice as long.
        self.lines.append(f"store volatile {kind} {kept}, ptr {at}, align 64")
