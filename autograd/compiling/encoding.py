"""A program as the integers that the loop reads."""

from array import array
from typing import NamedTuple

from autograd.compiling.layout import Layout, Places
from autograd.compiling.loop import CODES, SHORT_DOTS
from autograd.tape.program import Program, operands
from autograd.tape.tape import AFTER, BEFORE, LANES, Instruction


class Encoded(NamedTuple):
    """The integers of each stage, and how many numbers a lane needs room for."""

    before: "array[int]"
    lanes: "array[int]"
    after: "array[int]"
    room: int


def encode(program: Program, layout: Layout) -> Encoded:
    lanes = _Lanes(program, layout)
    return Encoded(
        _once(program, layout, BEFORE), lanes.code, _once(program, layout, AFTER), lanes.places.size
    )


def _once(program: Program, layout: Layout, stage: int) -> "array[int]":
    code = array("i")
    place = layout.place
    for position, instruction in program.in_stage(stage):
        operation, xs = instruction[0], [place[x] for x in instruction[1:]]
        if operation == "dot":
            products = len(xs) // 2
            if products in SHORT_DOTS:
                operation = SHORT_DOTS[products]
            else:
                xs = [0, products, *xs]
        code.extend((CODES[operation], place[position], *xs))
    for target, position in layout.copies(stage):
        code.extend((CODES["copy"], target, place[position]))
    return code


class _Lanes:
    """What runs in each lane. A shared number is spread over the lanes where it is needed."""

    def __init__(self, program: Program, layout: Layout):
        self.code = array("i")
        self.places = Places()
        self.program = program
        self.layout = layout
        self.place: dict[int, int] = {}
        rows = [i for i, kind in enumerate(program.arguments) if kind == "lane argument"]
        self.row = {which: row for row, which in enumerate(rows)}
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
            self.code.extend((CODES["total"], which, self._own(xs[0])))
        elif operation == "lane argument":
            self.code.extend((CODES["argument"], self._take(position), self.row[xs[0]]))
            xs = []
        elif operation == "dot":
            self._dot(position, list(zip(xs[::2], xs[1::2], strict=True)))
        else:
            numbers = [self._own(x) for x in xs]
            self.code.extend((CODES[operation], self._take(position), *numbers))
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
        if not shared and len(others) // 2 in SHORT_DOTS:
            code = CODES[SHORT_DOTS[len(others) // 2]]
            self.code.extend((code, self._take(position), *others))
            return
        counts = (len(shared) // 2, len(others) // 2)
        self.code.extend((CODES["dot"], self._take(position), *counts, *shared, *others))

    def _is_own(self, position: int) -> bool:
        return self.program.stages[position] == LANES

    def _own(self, position: int) -> int:
        """The place of a number within the lane."""
        if position not in self.place:
            self.code.extend((CODES["copy"], self._take(position), self.layout.place[position]))
        return self.place[position]

    def _take(self, position: int) -> int:
        self.place[position] = self.places.take()
        return self.place[position]

    def _write_results(self) -> None:
        lanes = [x for x in self.program.results if self._is_own(x)]
        for row, position in enumerate(lanes):
            self.code.extend((CODES["result"], row, self.place[position]))
