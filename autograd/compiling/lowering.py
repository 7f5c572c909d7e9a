"""A program made ready for machine code: as arrays, with places in memory, and with shared tanh.

What each operation is in machine code is in `llvm_text`.
"""

from array import array
from dataclasses import replace
from typing import Any

import numpy as np

from autograd.compiling.llvm_text import WIDTH
from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, SHARED, Instructions

# What the tanh of a number and its slope become if both are to share one exponential, which is
# v = sign(x) * (exp(2 * |x|) - 1), so that nothing is lost near 0.
_EXPONENTIAL = "expm1_of_twice"
_OF_EXPONENTIAL = {"tanh": "tanh_of_expm1", "tanh_slope": "tanh_slope_of_expm1"}
# The operations that machine code has beside those of a tape, each with one operand; and the one of
# a tape that it does not need.
ADDED = (_EXPONENTIAL, *_OF_EXPONENTIAL.values())
REPLACED = "tanh_slope"


def with_shared_tanh(program: Program) -> Program:
    """The same program, but the tanh of a number and its slope share one exponential.

    With two library calls, a training step of a network would take half as long again.
    """
    given = program.instructions
    count = len(given)
    operations = np.fromiter(given.operations, object, count)
    starts = np.frombuffer(given.starts, np.intc)
    operands = np.array(given.operands, np.intc)
    sloped = operands[starts[np.flatnonzero(operations == REPLACED)]]
    if not len(sloped):
        return program
    readers = np.flatnonzero((operations == "tanh") | (operations == REPLACED))
    readers = readers[np.isin(operands[starts[readers]], sloped)]
    xs, first, which = np.unique(operands[starts[readers]], return_index=True, return_inverse=True)
    operations[readers] = [_OF_EXPONENTIAL[name] for name in operations[readers]]
    operands[starts[readers]] = count + which
    instructions = Instructions(
        operations.tolist(), given.starts[:], array("i", operands.tobytes()), given.inputs
    )
    stages = bytearray(program.stages)
    for x, position in zip(xs.tolist(), readers[first].tolist(), strict=True):
        instructions.append(_EXPONENTIAL, (x,))
        stages.append(stages[position])
    # Each comes before the first that reads it.
    order = np.insert(np.arange(count), readers[first], count + np.arange(len(xs))).tolist()
    return replace(program, instructions=instructions, stages=bytes(stages)).in_order(order)


def costs(program: Program) -> Any:
    """About how many additions and multiplications each is; what tanh becomes counts as six."""
    instructions = program.instructions
    found = np.maximum(np.diff(np.asarray(instructions.starts)) // 2, 1)
    found[[operation in ADDED for operation in instructions.operations]] = 6
    return found


class Schedule:
    """The instructions of a program as arrays, and an order in which they run.

    The order is cut into blocks. A number that is read for the last time in its own block or in the
    next one is short-lived, and all others of its stage are kept.

    Attributes:
        kinds: for each kind of instruction its operation, number of operands, and stage.
        kind, stages: the kind and the stage of each instruction.
        starts, operands: the instruction at a position reads the numbers at the positions
            `operands[starts[position] : starts[position + 1]]`.
        order: the positions of all that is computed, by stages. What is added up over the lanes is
            there among their instructions.
        block: the block of each position; -1 for inputs.
        is_kept: whether each number is.
        runs: the run that each instruction belongs to, if `in_runs` made the order.
    """

    def __init__(self, program: Program, block: int | None = None):
        instructions = program.instructions
        operations = instructions.operations
        count = len(operations)
        self.starts = np.frombuffer(instructions.starts, np.intc)
        self.operands = np.frombuffer(instructions.operands, np.intc)
        self.lengths = np.diff(self.starts)
        self.stages = np.frombuffer(program.stages, np.int8).copy()
        names = {name: index for index, name in enumerate(dict.fromkeys(operations))}
        name = np.fromiter(map(names.__getitem__, operations), np.int64, count)
        if "sum_over_lanes" in names:
            self.stages[name == names["sum_over_lanes"]] = LANES
        keys, self.kind = np.unique(
            (name << 32 | self.lengths) << 2 | self.stages, return_inverse=True
        )
        self.kind = self.kind.astype(np.int32)
        listed = list(names)
        self.kinds = [(listed[key >> 34], key >> 2 & 0xFFFFFFFF, key & 3) for key in keys.tolist()]
        is_input = np.zeros(count, bool)
        is_input[list(instructions.inputs)] = True
        computed = np.flatnonzero(~is_input).astype(np.int32)
        self.order = computed[np.argsort(self.stages[computed], kind="stable")]
        self.block = np.full(count, -1, np.int32)
        self.block[self.order] = np.arange(len(self.order)) // (block or count)
        self.is_kept = self._is_kept()
        self.runs = np.full(count, -1, np.int32)

    def read_by(self, positions: Any) -> Any:
        """The positions of the operands of some instructions, one after the other."""
        lengths = self.lengths[positions]
        begins = np.cumsum(lengths) - lengths
        shift = np.repeat(self.starts[positions] - begins, lengths)
        return self.operands[shift + np.arange(len(shift))]

    def _is_kept(self) -> Any:
        last = np.arange(len(self.block), dtype=np.int32)
        # Of several readers, the last is written last.
        last[self.read_by(self.order)] = np.repeat(self.order, self.lengths[self.order])
        return (self.block[last] > self.block + 1) | (self.stages[last] != self.stages)


class Layout:
    """The slots of the numbers that all lanes share.

    They are in one array of doubles: the parameters, the shared arguments, the number of lanes, the
    results, the totals over the lanes, the constants, and then all other numbers in the order in
    which they are computed. Those that are short-lived have two places for the numbers of a block,
    and the blocks take turns.

    Attributes:
        slot: the slot of the number at each position of the program; -1 if it is of lanes.
        results: the positions of the results.
        lanes: the slot of the number of lanes.
        first_result: where the results begin, in their order.
        first_total: where the totals begin.
        added_up: the positions of what is summed over the lanes, in the order of the totals.
        constants: the slot and the number of each constant.
        lane_arguments, lane_results: the indices of the arguments and of the results that
            differ from lane to lane. Each has a row of lanes, in this order.
        size: the number of doubles.
    """

    def __init__(self, program: Program, schedule: Schedule):
        self.results = program.results
        self.slot = np.full(len(program.instructions), -1, np.int32)
        instructions, stages = program.instructions, program.stages
        kinds = list(enumerate(program.arguments))
        shared = [index for index, kind in kinds if kind == SHARED]
        self.lane_arguments = [index for index, kind in kinds if kind == PER_LANE]
        results = enumerate(program.results)
        self.lane_results = [index for index, position in results if stages[position] == LANES]
        self._last_stage = AFTER if LANES in stages else BEFORE
        self.lanes = program.parameters + len(shared)
        self.first_result = self.lanes + 1
        self.first_total = self.first_result + len(program.results)
        self.constants: list[tuple[int, float]] = []
        totals = [i for i, kind in enumerate(schedule.kinds) if kind[0] == "sum_over_lanes"]
        summed = np.flatnonzero(np.isin(schedule.kind, totals))
        self.added_up = schedule.read_by(summed).tolist()
        self.slot[summed] = self.first_total + np.arange(len(summed))
        places = {index: program.parameters + i for i, index in enumerate(shared)}
        self._fix_inputs(instructions, places)
        for index, position in enumerate(program.results):
            if stages[position] != LANES and self.slot[position] < 0:
                self.slot[position] = self.first_result + index
        self._allocate_rest(schedule)

    def copies(self, stage: int) -> list[tuple[int, int]]:
        """What the last stage copies to the slots of results: for each the slot and a position."""
        if stage != self._last_stage:
            return []
        return [
            (self.first_result + index, position)
            for index, position in enumerate(self.results)
            if self.slot[position] not in (-1, self.first_result + index)
        ]

    def _fix_inputs(self, instructions: Instructions, shared: dict[int, int]) -> None:
        slot = self.slot
        self._first_free = self.first_total + len(self.added_up)
        for position, number in instructions.inputs.items():
            kind = instructions.operations[position]
            if kind == "parameter":
                slot[position] = number
            elif kind == SHARED:
                slot[position] = shared[number]
            elif kind == "lanes":
                slot[position] = self.lanes
            elif kind == "constant":
                slot[position] = self._first_free
                self.constants.append((self._first_free, number))
                self._first_free += 1

    def _allocate_rest(self, schedule: Schedule) -> None:
        order, slot = schedule.order, self.slot
        rest = order[(schedule.stages[order] != LANES) & (slot[order] < 0)]
        kept = schedule.is_kept[rest]
        count = int(np.count_nonzero(kept))
        slot[rest[kept]] = self._first_free + np.arange(count)
        # The last vector may write beyond what it computes.
        first = self._first_free + count + WIDTH
        rest = rest[~kept]
        block = schedule.block[rest]
        # Where each block begins among the short-lived numbers.
        begins = np.searchsorted(block, np.arange(len(order) + 1))
        place = np.arange(len(rest)) - begins[block]
        size = int(place.max(initial=0)) + WIDTH
        slot[rest] = first + block % 2 * size + place
        self.size = first + 2 * size
