"""Where the numbers of a program lie in memory.

What is the same in all lanes lies in one array of doubles: the parameters, the shared
arguments, the number of lanes, the results, the totals over the lanes, the constants,
and then the rest, whose places are used again when their number is no longer needed.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from autograd.tape.program import Program, operands
from autograd.tape.tape import AFTER, BEFORE, LANES, SOURCES, Instruction


class Places:
    """Places for numbers, each given again once its number has been read for the last time."""

    def __init__(self, first: int = 0):
        self.size = first
        self._free: list[int] = []

    def take(self) -> int:
        if self._free:
            return heappop(self._free)
        self.size += 1
        return self.size - 1

    def give_back(self, place: int) -> None:
        heappush(self._free, place)


class Layout:
    """The places of the numbers that all lanes share.

    Attributes:
        place: the place of each position of the program that is not of a lane.
        lanes: the place of the number of lanes.
        first_result: where the results begin, in their order.
        totals: the places of the totals begin here.
        added_up: the positions that are added up over the lanes, in the order of the totals.
        constants: place and number of each constant.
        size: how many doubles there are.
    """

    def __init__(self, program: Program):
        self.program = program
        self.place: dict[int, int] = {}
        instructions, stages = program.instructions, program.stages
        shared = [which for which, kind in enumerate(program.arguments) if kind != "lane argument"]
        self.shared = {which: program.parameters + i for i, which in enumerate(shared)}
        self.lanes = program.parameters + len(shared)
        self.first_result = self.lanes + 1
        self.added_up = [x[1] for x in instructions if x[0] == "total"]
        self.totals = self.first_result + len(program.results)
        self.constants: list[tuple[int, float]] = []
        self._fix_sources(instructions)
        self._fix_results(program.results, instructions, stages)
        self._fill(instructions, stages)

    def copies(self, stage: int) -> list[tuple[int, int]]:
        """For the last stage: the results that lie elsewhere too, each a place and a position."""
        if stage != (AFTER if LANES in self.program.stages else BEFORE):
            return []
        return [
            (self.first_result + which, position)
            for which, position in enumerate(self.program.results)
            if self.place.get(position, self.first_result + which) != self.first_result + which
        ]

    def _fix_sources(self, instructions: Sequence[Instruction]) -> None:
        place, total, free = self.place, self.totals, self.totals + len(self.added_up)
        for position, (operation, *which) in enumerate(instructions):
            if operation == "parameter":
                place[position] = which[0]
            elif operation == "shared argument":
                place[position] = self.shared[which[0]]
            elif operation == "lanes":
                place[position] = self.lanes
            elif operation == "total":
                place[position], total = total, total + 1
            elif operation == "constant":
                place[position] = free
                self.constants.append((free, which[0]))
                free += 1
        self._free = free

    def _fix_results(
        self, results: Iterable[int], instructions: Sequence[Instruction], stages: bytes
    ) -> None:
        for which, position in enumerate(results):
            if stages[position] != LANES and position not in self.place:
                self.place[position] = self.first_result + which

    def _fill(self, instructions: Sequence[Instruction], stages: bytes) -> None:
        last = last_uses(enumerate(instructions))
        places = Places(self._free)
        kept = set(self.place)
        # What the lanes read stays until they have run.
        kept.update(
            operand
            for position, instruction in enumerate(instructions)
            if stages[position] != BEFORE
            for operand in operands(instruction)
            if stages[operand] == BEFORE
        )
        for position, instruction in enumerate(instructions):
            if stages[position] == LANES or instruction[0] in SOURCES:
                continue
            if position not in self.place:
                self.place[position] = places.take()
            for operand in set(operands(instruction)):
                if last[operand] == position and operand not in kept and operand in self.place:
                    places.give_back(self.place[operand])
        self.size = places.size


def last_uses(instructions: Iterable[tuple[int, Instruction]]) -> dict[int, int]:
    """For each number the position of the instruction that is the last to read it."""
    return {
        operand: position
        for position, instruction in instructions
        for operand in operands(instruction)
    }
