"""A program as the integers that the loop reads."""

from array import array
from typing import NamedTuple

from autograd.compiling.layout import Layout, Places
from autograd.compiling.loop import CODES, SHORT_DOTS
from autograd.tape.program import Program, operands
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, Instruction


class Encoded(NamedTuple):
    """The integers of each stage, and how many numbers a lane needs room for."""

    before: "array[int]"
    lanes: "array[int]"
    after: "array[int]"
    room: int


def encode(program: Program, layout: Layout) -> Encoded:
    lanes = _Lanes(program, layout)
    before, after = _once(program, layout, BEFORE), _once(program, layout, AFTER)
    return Encoded(before, lanes.code.integers(), after, lanes.places.size)


class _Code:
    """The integers of instructions in runs of one operation."""

    def __init__(self) -> None:
        self._integers: list[int] = []
        self._operation = ""
        self._count = 0

    def integers(self) -> "array[int]":
        return array("i", self._integers)

    def append(self, operation: str, place: int, operands: list[int]) -> None:
        integers = self._integers
        if operation != self._operation:
            self._operation = operation
            self._count = len(integers) + 1
            integers += (CODES[operation], 0)
        integers[self._count] += 1
        integers.append(place)
        integers += operands

    def dot(self, place: int, shared: list[int], others: list[int]) -> None:
        """A `dot`, of products that have a factor which the lanes share, and of others."""
        products = len(others) // 2
        if not shared and products in SHORT_DOTS:
            self.append(SHORT_DOTS[products], place, others)
        else:
            self.append("dot", place, [len(shared) // 2, products, *shared, *others])


def _once(program: Program, layout: Layout, stage: int) -> "array[int]":
    code = _Code()
    place = layout.place
    for position, instruction in program.in_stage(stage):
        operands = [place[x] for x in instruction[1:]]
        if instruction[0] == "dot":
            code.dot(place[position], [], operands)
        else:
            code.append(instruction[0], place[position], operands)
    for target, position in layout.copies(stage):
        code.append("copy", target, [place[position]])
    return code.integers()


class _Lanes:
    """What runs in each lane. A shared number is spread over the lanes where it is needed."""

    def __init__(self, program: Program, layout: Layout):
        self.code = _Code()
        self.places = Places()
        self.program = program
        self.layout = layout
        self.place: dict[int, int] = {}
        self.row = {which: row for row, which in enumerate(layout.lane_arguments)}
        self.body = [
            (position, instruction)
            for position, instruction in enumerate(program.instructions)
            if program.stages[position] == LANES or instruction[0] == "total"
        ]
        self.last = self._last_uses()
        for position, instruction in self.body:
            self._encode(position, instruction)
        self._write_results()

    def _last_uses(self) -> dict[int, int]:
        last = {}
        for position, instruction in self.body:
            for operand in instruction[1:] if instruction[0] == "total" else operands(instruction):
                last[operand] = position
        for position in self.program.results:
            last[position] = len(self.program.instructions)
        return last

    def _encode(self, position: int, instruction: Instruction) -> None:
        operation, *xs = instruction
        if operation == "total":
            which = self.layout.place[position] - self.layout.totals
            self.code.append("total", which, [self._own(xs[0])])
        elif operation == PER_LANE:
            self.code.append("argument", self._take(position), [self.row[xs[0]]])
            xs = []
        elif operation == "dot":
            self._dot(position, list(zip(xs[::2], xs[1::2], strict=True)))
        else:
            numbers = [self._own(x) for x in xs]
            self.code.append(operation, self._take(position), numbers)
        for x in set(xs):
            if self.last[x] <= position and x in self.place:
                self.places.give_back(self.place.pop(x))

    def _dot(self, position: int, products: list[tuple[int, int]]) -> None:
        shared, others = [], []
        for x, y in products:
            if self._is_own(x) and self._is_own(y):
                others += [self.place[x], self.place[y]]
            elif self._is_own(x):
                shared += [self.layout.place[y], self.place[x]]
            else:
                shared += [self.layout.place[x], self._own(y)]
        self.code.dot(self._take(position), shared, others)

    def _is_own(self, position: int) -> bool:
        return self.program.stages[position] == LANES

    def _own(self, position: int) -> int:
        """The place of a number within the lane."""
        if position not in self.place:
            self.code.append("copy", self._take(position), [self.layout.place[position]])
        return self.place[position]

    def _take(self, position: int) -> int:
        self.place[position] = self.places.take()
        return self.place[position]

    def _write_results(self) -> None:
        for row, which in enumerate(self.layout.lane_results):
            self.code.append("result", row, [self.place[self.program.results[which]]])
