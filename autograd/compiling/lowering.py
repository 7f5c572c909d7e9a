"""A program made ready for machine code: numbers are placed in memory, and tanh is written out.

The other functions are in `llvm_text`, as instructions or as calls of C's mathematical library.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np

from autograd.compiling.llvm_text import WIDTH
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
        self.program = program
        instructions = program.instructions
        count = len(instructions)
        operations = list(map(itemgetter(0), instructions))
        is_input = np.fromiter(map(INPUTS.__contains__, operations), bool, count)
        self.lengths = np.fromiter(map(len, instructions), np.int32, count) - 1
        self.lengths[is_input] = 0
        self.starts = np.zeros(count + 1, np.int32)
        np.cumsum(self.lengths, out=self.starts[1:])
        read = chain.from_iterable([x[1:] for x in instructions if x[0] not in INPUTS])
        self.operands = np.fromiter(read, np.int32, int(self.starts[-1]))
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
        readers = np.repeat(self.order, self.lengths[self.order])
        last = np.arange(len(self.block), dtype=np.int32)
        # Of several readers, the last is written last.
        last[self.read_by(self.order)] = readers
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

    def __init__(self, program: Program, schedule: Schedule):
        self.results = program.results
        self.slot = np.full(len(program.instructions), -1, np.int32)
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
        self.first_total = self.first_result + len(program.results)
        self.constants: list[tuple[int, float]] = []
        totals = [i for i, kind in enumerate(schedule.kinds) if kind[0] == "sum_over_lanes"]
        summed = np.flatnonzero(np.isin(schedule.kind, totals))
        self.added_up = schedule.read_by(summed).tolist()
        self.slot[summed] = self.first_total + np.arange(len(summed))
        self._fix_inputs(instructions, np.flatnonzero(schedule.block < 0).tolist())
        self._fix_results(program.results, stages)
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

    def _fix_inputs(self, instructions: Sequence[Instruction], inputs: Iterable[int]) -> None:
        slot = self.slot
        self._first_free = self.first_total + len(self.added_up)
        for position in inputs:
            kind, number = instructions[position]
            if kind == "parameter":
                slot[position] = number
            elif kind == SHARED:
                slot[position] = self.shared[number]
            elif kind == "lanes":
                slot[position] = self.lanes
            elif kind == "constant":
                slot[position] = self._first_free
                self.constants.append((self._first_free, number))
                self._first_free += 1

    def _fix_results(self, results: Iterable[int], stages: bytes) -> None:
        for index, position in enumerate(results):
            if stages[position] != LANES and self.slot[position] < 0:
                self.slot[position] = self.first_result + index

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
