"""A program made ready for machine code: numbers are placed in memory, and tanh shares its work.

What each operation is in machine code is in `llvm_text`.
"""

from array import array
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, SHARED, Instruction, Instructions

# What the tanh of a number and its slope become if both are to share one exponential, which is
# v = sign(x) * (exp(2 * |x|) - 1), so that nothing is lost near 0.
_EXPONENTIAL = "expm1_of_twice"
_OF_EXPONENTIAL = {"tanh": "tanh_of_expm1", "tanh_slope": "tanh_slope_of_expm1"}
# The operations that machine code has beside those of a tape, each with one operand; and the one of
# a tape that it does not need.
ADDED = (_EXPONENTIAL, *_OF_EXPONENTIAL.values())
REPLACED = ("tanh_slope",)


def with_shared_tanh(program: Program) -> Program:
    """The same program, but the tanh of a number and its slope share one exponential.

    With two library calls, a training step of a network would take half as long again.
    """
    given = program.instructions
    starts, operands = given.starts[:], given.operands[:]
    sloped = {
        operands[starts[position]]
        for position, operation in enumerate(given.operations)
        if operation in REPLACED
    }
    if not sloped:
        return program
    instructions = Instructions(given.operations[:], starts, operands, given.inputs)
    stages = bytearray(program.stages)
    order: list[int] = []
    exponentials: dict[int, int] = {}
    for position, operation in enumerate(given.operations):
        if operation in _OF_EXPONENTIAL and operands[starts[position]] in sloped:
            x = operands[starts[position]]
            if x not in exponentials:
                exponentials[x] = instructions.append(_EXPONENTIAL, (x,))
                stages.append(stages[position])
                order.append(exponentials[x])
            instructions.operations[position] = _OF_EXPONENTIAL[operation]
            operands[starts[position]] = exponentials[x]
        order.append(position)
    return replace(program, instructions=instructions, stages=bytes(stages)).in_order(order)


def costs(program: Program) -> Any:
    """About how many additions and multiplications each is; what tanh becomes counts as six."""
    instructions = program.instructions
    found = np.maximum(np.diff(np.asarray(instructions.starts)) // 2, 1)
    found[[operation in ADDED for operation in instructions.operations]] = 6
    return found


class Slots:
    """Slots for numbers, each freed when its number has been read for the last time.

    The slot that was freed last is reused first, as it is still in the processor's cache.
    """

    def __init__(self, first: int = 0):
        self.size = first
        self._free: list[int] = []

    def allocate(self) -> int:
        if self._free:
            return self._free.pop()
        self.size += 1
        return self.size - 1

    def free(self, slot: int) -> None:
        self._free.append(slot)


class Layout:
    """The slots of the numbers that all lanes share.

    They are in one array of doubles: the parameters, the shared arguments, the number of lanes, the
    results, the totals over the lanes, the constants, and then all other numbers, whose slots are
    reused when their number is no longer needed.

    Attributes:
        slot: the slot of the number at each position of the program; -1 if it is of lanes.
        results: the positions of the results.
        shared: the slot of each shared argument, by its index among the arguments.
        lanes: the slot of the number of lanes.
        first_result: where the results begin, in their order.
        first_total: where the totals begin.
        added_up: the positions of what is summed over the lanes, in the order of the totals.
        constants: the slot and the number of each constant.
        lane_arguments, lane_results: the indices of the arguments and of the results that
            differ from lane to lane. Each has a row of lanes, in this order.
        size: the number of doubles.
    """

    def __init__(self, program: Program):
        self.results = program.results
        self.slot = array("i", [-1]) * len(program.instructions)
        instructions, stages = program.instructions, program.stages
        kinds = list(enumerate(program.arguments))
        shared = [index for index, kind in kinds if kind == SHARED]
        self.lane_arguments = [index for index, kind in kinds if kind == PER_LANE]
        results = enumerate(program.results)
        self.lane_results = [index for index, position in results if stages[position] == LANES]
        self.shared = {index: program.parameters + i for i, index in enumerate(shared)}
        self._last_stage = AFTER if LANES in stages else BEFORE
        self.lanes = program.parameters + len(shared)
        self.first_result = self.lanes + 1
        self.added_up = [x[1] for x in instructions if x[0] == "sum_over_lanes"]
        self.first_total = self.first_result + len(program.results)
        self.constants: list[tuple[int, float]] = []
        self._fix_inputs(instructions)
        self._fix_results(program.results, stages)
        self._allocate_rest(program)

    def copies(self, stage: int) -> list[tuple[int, int]]:
        """What the last stage copies to the slots of results: for each the slot and a position."""
        if stage != self._last_stage:
            return []
        return [
            (self.first_result + index, position)
            for index, position in enumerate(self.results)
            if self.slot[position] not in (-1, self.first_result + index)
        ]

    def _fix_inputs(self, instructions: Iterable[Instruction]) -> None:
        slot, total = self.slot, self.first_total
        self._first_free = self.first_total + len(self.added_up)
        for position, (operation, *operands) in enumerate(instructions):
            if operation == "parameter":
                slot[position] = operands[0]
            elif operation == SHARED:
                slot[position] = self.shared[operands[0]]
            elif operation == "lanes":
                slot[position] = self.lanes
            elif operation == "sum_over_lanes":
                slot[position], total = total, total + 1
            elif operation == "constant":
                slot[position] = self._first_free
                self.constants.append((self._first_free, operands[0]))
                self._first_free += 1

    def _fix_results(self, results: Iterable[int], stages: bytes) -> None:
        for index, position in enumerate(results):
            if stages[position] != LANES and self.slot[position] < 0:
                self.slot[position] = self.first_result + index

    def _allocate_rest(self, program: Program) -> None:
        """Allocates the other slots, in the order in which the instructions run.

        They run by stages, not in the order of the list. What one lane reads must stay for the
        others: only what runs after the lanes may reuse its slot.
        """
        slot, first = self.slot, self._first_free
        slots = Slots(first)
        run = [each for stage in (BEFORE, LANES, AFTER) for each in program.in_stage(stage)]
        last = {x: position for position, instruction in run for x in instruction[1:]}
        for position, instruction in run:
            if program.stages[position] != LANES and slot[position] < 0:
                slot[position] = slots.allocate()
            for x in instruction[1:]:
                # Slots before these are of inputs and results, and keep their numbers.
                if last[x] == position and slot[x] >= first:
                    slots.free(slot[x])
                    # An instruction may read it twice.
                    last[x] = -1
        self.size = slots.size
