"""A program made ready for machine code: numbers are placed in memory, and tanh is written out.

The other functions are in `llvm_text`, as instructions or as calls of C's mathematical library.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from autograd.numbers import elementary
from autograd.tape.numbers import TapeNumber
from autograd.tape.program import Program, to_program
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE, SHARED, Instruction, Tape

# The operations that are replaced here, so that no machine code is needed for them.
REPLACED = ("tanh_slope",)

# For larger |x|, exp(2 * |x|) is infinite, and the slope is below the smallest normal float.
_LARGEST_SIZE = 354.89


def with_shared_tanh(program: Program) -> Program:
    """The same program, but the tanh of a number and its slope share one exponential.

    With two library calls, a training step of a network would take half as long again.
    """
    sloped = {x[1] for x in program.instructions if x[0] in REPLACED}
    if not sloped:
        return program
    tape = Tape()
    # First, since constants may stand after what reads them.
    moved = [_input(tape, *x) if x[0] in INPUTS else -1 for x in program.instructions]
    for position, (operation, *operands) in enumerate(program.instructions):
        if operation in INPUTS:
            continue
        xs = [moved[x] for x in operands]
        if operation in _EXPANDED and operands[0] in sloped:
            moved[position] = _inserted(_EXPANDED[operation], tape, *xs)
        else:
            moved[position] = tape.add_once((operation, *xs), program.stages[position])
    results = [moved[position] for position in program.results]
    return to_program(tape, results, program.arguments, program.parameters)


def _input(tape: Tape, kind: str, number: Any) -> int:
    return tape.constant(number) if kind == "constant" else tape.input(kind, number)


def _tanh(x: TapeNumber) -> TapeNumber:
    """tanh(|x|) is v / (v + 2), with v = exp(2 * |x|) - 1, which keeps its digits near 0."""
    v, reciprocal = _shared(x)
    # `sign` keeps the sign of -0.0.
    size: TapeNumber = 0.25 * v * reciprocal * elementary.sign(x)
    return size


def _tanh_slope(x: TapeNumber) -> TapeNumber:
    """1 - tanh(x) ** 2 is 4 * (v + 1) / (v + 2) ** 2, and nothing is lost in v + 1."""
    v, reciprocal = _shared(x)
    slope = 0.25 * (v + 1) * reciprocal * reciprocal
    return elementary.where(abs(x) > _LARGEST_SIZE, 0.0, slope)  # type: ignore[no-any-return]


def _shared(x: TapeNumber) -> tuple[TapeNumber, TapeNumber]:
    """v and 4 / (v + 2): for the largest v, 1 / (v + 2) would be a subnormal float."""
    size = abs(x)
    v = elementary.expm1(2.0 * elementary.where(size > _LARGEST_SIZE, _LARGEST_SIZE, size))
    return v, 4.0 / (v + 2)


def _recorded(function: Callable[[TapeNumber], TapeNumber]) -> Program:
    """The program of a function of one number."""
    tape = Tape()
    return to_program(tape, [function(TapeNumber(tape, tape.input(SHARED))).position])


_EXPANDED = {"tanh": _recorded(_tanh), "tanh_slope": _recorded(_tanh_slope)}


def _inserted(program: Program, tape: Tape, x: int) -> int:
    """The position of the result of a program of one number, added to a tape."""
    moved: list[int] = []
    for operation, *operands in program.instructions:
        if operation in INPUTS:
            moved.append(tape.constant(*operands) if operation == "constant" else x)
        else:
            instruction = (operation, *[moved[operand] for operand in operands])
            moved.append(tape.add_once(instruction, tape.stages[x]))
    return moved[program.results[0]]


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

    def _fix_inputs(self, instructions: Sequence[Instruction]) -> None:
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
