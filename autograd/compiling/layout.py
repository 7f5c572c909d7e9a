"""Where the numbers of a program lie in memory.

What is the same in all lanes lies in one array of doubles: the parameters, the shared
arguments, the number of lanes, the results, the totals over the lanes, the constants,
and then the rest, whose places are used again when their number is no longer needed.
"""

from collections.abc import Iterable, Sequence

from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, SHARED, SOURCES, Instruction


class Places:
    """Places for numbers, each given again once its number has been read for the last time.

    The one that was given back last comes first: it is still in the processor's cache.
    """

    def __init__(self, first: int = 0):
        self.size = first
        self._free: list[int] = []

    def take(self) -> int:
        if self._free:
            return self._free.pop()
        self.size += 1
        return self.size - 1

    def give_back(self, place: int) -> None:
        self._free.append(place)


class Layout:
    """The places of the numbers that all lanes share.

    Attributes:
        place: the place of each position of the program; -1 for those of lanes.
        lanes: the place of the number of lanes.
        first_result: where the results begin, in their order.
        totals: the places of the totals begin here.
        added_up: the positions that are added up over the lanes, in the order of the totals.
        constants: place and number of each constant.
        lane_arguments, lane_results: which arguments and which results differ from lane to
            lane; their lanes lie in rows, in this order.
        size: how many doubles there are.
    """

    def __init__(self, program: Program):
        self.program = program
        self.place = [-1] * len(program.instructions)
        instructions, stages = program.instructions, program.stages
        kinds = list(enumerate(program.arguments))
        shared = [which for which, kind in kinds if kind == SHARED]
        self.lane_arguments = [which for which, kind in kinds if kind == PER_LANE]
        results = enumerate(program.results)
        self.lane_results = [which for which, position in results if stages[position] == LANES]
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
            if self.place[position] not in (-1, self.first_result + which)
        ]

    def _fix_sources(self, instructions: Sequence[Instruction]) -> None:
        place, total, free = self.place, self.totals, self.totals + len(self.added_up)
        for position, (operation, *which) in enumerate(instructions):
            if operation == "parameter":
                place[position] = which[0]
            elif operation == SHARED:
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
            if stages[position] != LANES and self.place[position] < 0:
                self.place[position] = self.first_result + which

    def _fill(self, instructions: Sequence[Instruction], stages: bytes) -> None:
        """Gives places to the rest, in the order in which they run: not always that of the list.

        What lanes read stays for all of them: only what runs after the lanes takes its place.
        """
        place, places = self.place, Places(self._free)
        run = [
            position
            for stage in (BEFORE, LANES, AFTER)
            for position, instruction in enumerate(instructions)
            if stages[position] == stage and instruction[0] not in SOURCES
        ]
        last = {x: position for position in run for x in instructions[position][1:]}
        fixed = {position for position, at in enumerate(place) if at >= 0}
        for position in run:
            if stages[position] != LANES and place[position] < 0:
                place[position] = places.take()
            for x in dict.fromkeys(instructions[position][1:]):
                if last[x] == position and stages[x] != LANES and x not in fixed:
                    places.give_back(place[x])
        self.size = places.size
