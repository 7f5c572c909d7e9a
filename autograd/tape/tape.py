"""The tape: instructions in static single assignment form, each computing one number from others.

An instruction is an operation and the positions of its operands: "mul" and (3, 5) at position 7
make number 7 the product of numbers 3 and 5.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from threading import get_ident
from typing import Any

from autograd.tape.operations import COMPARISONS, evaluate

# An operation and the positions of its operands, ("mul", 3, 5). For an input, such as
# ("parameter", 2), an index, or the value of a constant.
Instruction = tuple[Any, ...]

# When an instruction can run: once before the lanes, in every lane, or once after them,
# on sums over the lanes.
BEFORE, LANES, AFTER = 0, 1, 2

# The kinds of an argument's numbers: one for all lanes, or one for each.
SHARED, PER_LANE = "shared argument", "lane argument"

# Instructions that compute nothing: each has a number instead of operands, the value of a constant,
# or an index into the parameters or the arguments.
INPUTS = frozenset(["constant", "parameter", SHARED, PER_LANE, "lanes"])

_COMMUTATIVE = ("add", "mul")
_LOGIC = ("logical_and", "logical_or")
_CONDITIONS = {*COMPARISONS, *_LOGIC}

_OTHER_THREAD = (
    "a parameter is being recorded by another thread: call the compiled function once before the "
    "threads start, or let them take turns"
)
_CLOSED = (
    "a number of a program that has been recorded: what a compiled function computes can't be kept "
    "for later. Return it, and compute with what the call gives"
)


class Static:
    """An argument, or a part of one, that is not a number and is the same in each run."""

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value

    # The types must be equal, too: a function may tell True from 1.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Static):
            return NotImplemented
        return (type(self.value), self.value) == (type(other.value), other.value)

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))

    def __repr__(self) -> str:
        return repr(self.value)


@dataclass
class Instructions:
    """Instructions, iterated and indexed as such, and kept flat, as there may be millions of them.

    Args:
        operations: what each computes.
        starts: where the operands of each begin, and at last where they all end.
        operands: the positions of the numbers that they read. Inputs read none.
        inputs: the numbers of inputs, by position.

    >>> tape = Tape()
    >>> product = tape.emit("mul", tape.input(SHARED, 0), tape.constant(2.0))
    >>> instructions = tape.instructions
    >>> instructions.starts.tolist(), instructions.operands.tolist(), instructions[product]
    ([0, 0, 0, 2], [0, 1], ('mul', 0, 1))
    """

    operations: list[Any] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("i", [0]))
    operands: "array[int]" = field(default_factory=lambda: array("i"))
    inputs: dict[int, Any] = field(default_factory=dict)

    def append(self, operation: Any, operands: Sequence[int]) -> int:
        """Appends an instruction, and returns its position."""
        self.operations.append(operation)
        self.operands.extend(operands)
        self.starts.append(len(self.operands))
        return len(self.operations) - 1

    def __len__(self) -> int:
        return len(self.operations)

    def __getitem__(self, position: int) -> Instruction:
        position = range(len(self))[position]
        if position in self.inputs:
            return self.operations[position], self.inputs[position]
        start, end = self.starts[position : position + 2]
        return self.operations[position], *self.operands[start:end]

    def __iter__(self) -> Iterator[Instruction]:
        read = zip(self.operations, pairwise(self.starts), strict=True)
        for position, (operation, (start, end)) in enumerate(read):
            if start == end:
                yield operation, self.inputs[position]
            else:
                yield operation, *self.operands[start:end]

    def in_order(self, order: Sequence[int], new: Sequence[int]) -> "Instructions":
        """Those at the given positions, with the new positions of what they read.

        Args:
            order: the positions.
            new: for each position its index in the order, if it is there.
        """
        if sys.modules.get("numpy"):
            return self._by_numpy(order, new)
        made = Instructions()
        for index, position in enumerate(order):
            start, end = self.starts[position], self.starts[position + 1]
            made.append(self.operations[position], [new[x] for x in self.operands[start:end]])
            if start == end:
                made.inputs[index] = self.inputs[position]
        return made

    def _by_numpy(self, order: Sequence[int], new: Sequence[int]) -> "Instructions":
        """The same where NumPy is imported anyway, in a fifth of the time."""
        import numpy as np

        chosen = np.array(order, np.intc)
        first, lengths = np.asarray(self.starts)[chosen], np.diff(self.starts)[chosen]
        starts = np.append(0, np.cumsum(lengths))
        read = np.arange(starts[-1]) + np.repeat(first - starts[:-1], lengths)
        read = np.asarray(new, np.intc)[np.asarray(self.operands)[read]]
        return Instructions(
            np.fromiter(self.operations, object, len(self))[chosen].tolist(),
            array("i", starts.astype(np.intc).tobytes()),
            array("i", read.tobytes()),
            {i: self.inputs[order[i]] for i in np.flatnonzero(lengths == 0).tolist()},
        )


class Tape:
    """A growing list of instructions, none of them twice. One thread writes it until it closes.

    Attributes:
        stages: when each runs.
        constants: the numbers of constants, by position.
        conditions: the positions of comparisons, and of what joins them.
    """

    def __init__(self) -> None:
        self._writer: int | None = get_ident()
        self.instructions = Instructions()
        self.stages = bytearray()
        self.constants: dict[int, float] = {}
        # The positions of numbers that were written as one `sum` or `dot`, and how many additions
        # each takes.
        self.sums: dict[int, int] = {}
        self.conditions: set[int] = set()
        # The indices of arguments that were given as integers, by position; and the indices of
        # those whose values the function asked for.
        self.integers: dict[int, int] = {}
        self.asked: set[int] = set()
        # Where each input stands, and for each operation where it has which operands.
        self._known_inputs: dict[tuple[str, Any], int] = {}
        self._known: dict[Any, dict[Any, int]] = defaultdict(dict)
        # For what was computed `at_once`: where its numbers begin and end, and the result.
        self._spans: dict[Any, tuple[int, int, Any]] = {}

    def close(self) -> None:
        """Ends the tape: nothing more can be computed with its numbers."""
        self._writer = None

    def inputs(self, kind: str, count: int) -> list[int]:
        """The positions of the first `count` inputs of one kind."""
        return self.at_once(  # type: ignore[no-any-return]
            (kind, count), lambda: [self.input(kind, index) for index in range(count)]
        )

    def input(self, kind: str, index: int = 0) -> int:
        """A number that is given at each run: a parameter, an argument, the number of lanes."""
        position = self._known_inputs.get((kind, index))
        if position is None:
            position = self.append(kind, (), LANES if kind == PER_LANE else BEFORE)
            self._known_inputs[kind, index] = position
            self.instructions.inputs[position] = index
        return position

    def constant(self, number: float) -> int:
        """The position of a number that is the same at each run."""
        # 0.0 equals -0.0, and nan does not equal itself: these are found by their digits.
        key = ("constant", number if number and number == number else number.hex())
        position = self._known_inputs.get(key)
        if position is None:
            position = self.append("constant", (), BEFORE)
            self._known_inputs[key] = position
            self.instructions.inputs[position] = self.constants[position] = number
        return position

    def emit(self, operation: Any, *operands: int) -> int:
        """The position of the result: of a new instruction, or of an equal one already there.

        Raises RuntimeError in another thread, and after the tape is closed. Otherwise a parameter
        that is being recorded, or a Value that the recorded function kept, would go on computing
        with numbers of the tape instead of floats.
        """
        if get_ident() != self._writer:
            raise RuntimeError(_OTHER_THREAD if self._writer else _CLOSED)
        known = self._known[operation]
        # Of one or two operands it is an integer, which takes half of the memory of a tuple.
        key: Any = operands
        if len(operands) == 2:
            x, y = operands
            if x > y and operation in _COMMUTATIVE:
                x, y = y, x
            key = (x + 1) << 32 | y
        elif len(operands) == 1:
            key = operands[0]
        position = known.get(key)
        if position is not None:
            return position
        conditions, stages, constants = self.conditions, self.stages, self.constants
        if conditions and operation not in _LOGIC and not conditions.isdisjoint(operands):
            # They become numbers, except the one that `where` chooses by.
            kept = 1 if operation == "where" else 0
            numbers = (*operands[:kept], *map(self.number, operands[kept:]))
            if numbers != operands:
                return self.emit(operation, *numbers)
        stage, reads_constants = BEFORE, False
        for x in operands:
            if x in constants:
                reads_constants = True
            elif stages[x] > stage:
                stage = stages[x]
        if reads_constants:
            position = self._simpler(operation, operands)
            if position is not None:
                return position
        if operation == "sum_over_lanes":
            stage = AFTER
        position = self.append(operation, operands, stage)
        self._known[operation][key] = position
        if operation in _CONDITIONS:
            self.conditions.add(position)
        return position

    def inputs_of(self, position: int) -> Iterator[int]:
        """The positions of the inputs that a number depends on."""
        seen = {position}
        waiting = [position]
        while waiting:
            position = waiting.pop()
            if position in self.instructions.inputs:
                yield position
            else:
                found = set(self.instructions[position][1:]) - seen
                seen |= found
                waiting += found

    def add(self, total: int, xs: Sequence[int], ys: Sequence[int]) -> int:
        """The position of total + x_1 * y_1 + ... + x_n * y_n."""

        def added() -> int:
            result = total
            for x, y in zip(xs, ys, strict=True):
                result = self.emit("add", result, self.emit("mul", x, y))
            return result

        return self.at_once((total, *xs, *ys), added)  # type: ignore[no-any-return]

    def at_once(self, key: Any, compute: Callable[[], Any]) -> Any:
        """What a function computes on this tape. A tape that repeats this one finds it by key."""
        first = len(self.instructions)
        result = compute()
        self._spans[key] = (first, len(self.instructions), result)
        return result

    def ask(self, position: int) -> None:
        """Notes that the function asks for a number's value, if only integers determine it."""
        found: set[int] = set()
        for x in self.inputs_of(position):
            if x in self.integers:
                found.add(self.integers[x])
            elif x not in self.constants:
                return
        self.asked |= found

    def number(self, position: int) -> int:
        """A condition as the number 1 or 0; any other number unchanged."""
        if position not in self.conditions:
            return position
        return self.emit("where", position, self.constant(1.0), self.constant(0.0))

    def _simpler(self, operation: str, operands: tuple[int, ...]) -> int | None:
        """The result with less work, if possible: x * 1 is x, x ** 2 is x * x, and 2 + 3 is 5."""
        numbers = [self.constants.get(x) for x in operands]
        if operation == "where":
            return None if numbers[0] is None else operands[1 if numbers[0] else 2]
        if operation in _LOGIC:
            return self._logic(operation, *operands)
        if None not in numbers:
            return self.constant(float(evaluate(operation, numbers)))
        if operation == "mul" and 1.0 in numbers:
            return operands[1 if numbers[0] == 1.0 else 0]
        if operation == "div" and numbers[1] == 1.0:
            return operands[0]
        if operation == "pow" and numbers[1] is not None:
            return self._power(operands[0], numbers[1])
        return None

    def _logic(self, operation: str, x: int, y: int) -> int:
        known, other = (x, y) if x in self.constants else (y, x)
        decides = bool(self.constants[known]) == (operation == "logical_or")
        return known if decides else other

    def _power(self, x: int, exponent: float) -> int | None:
        if exponent == 0.0:
            return self.constant(1.0)
        if exponent == 1.0:
            return x
        if exponent == 2.0:
            return self.emit("mul", x, x)
        if exponent == 3.0:
            return self.emit("mul", x, self.emit("mul", x, x))
        if exponent == -1.0:
            return self.emit("div", self.constant(1.0), x)
        return None

    def sum_over_lanes(self, number: int) -> int:
        """The sum over all lanes. For a number that they share it is that times their number."""
        if self.stages[number] == LANES:
            return self.emit("sum_over_lanes", number)
        return self.emit("mul", number, self.input("lanes"))

    def forget(self) -> None:
        """Forgets what it takes to find instructions again, which is most of the memory."""
        self._known.clear()
        self._spans.clear()

    def append(self, operation: Any, operands: Sequence[int], stage: int) -> int:
        self.stages.append(stage)
        return self.instructions.append(operation, operands)


class RepeatingTape(Tape):
    """A tape that follows an earlier one up to the first difference.

    The numbers on a tape are in the order in which a run came to them. So a run does the same as
    the earlier one for as long as it comes to the same numbers in the same order.

    Attributes:
        earlier: the tape that is followed; None after the first difference.
        reached: how many of its numbers this run has come to.
    """

    def __init__(self, earlier: Tape):
        super().__init__()
        self.earlier: Tape | None = earlier
        self.reached = 0
        # Shared with the earlier tape, and only read until they part.
        self.instructions, self.stages = earlier.instructions, earlier.stages
        self.constants, self.conditions = earlier.constants, earlier.conditions
        self._known_inputs = _Followed(self, earlier._known_inputs)
        for operation, known in earlier._known.items():
            self._known[operation] = _Followed(self, known)

    def part(self) -> None:
        """Stops following, with what a new tape would hold by now."""
        earlier, count = self.earlier, self.reached
        if earlier is None:
            return
        self.earlier = None
        self.instructions = earlier.instructions.in_order(range(count), range(count))
        self.stages = earlier.stages[:count]
        self.constants = {x: number for x, number in earlier.constants.items() if x < count}
        self.conditions = {x for x in earlier.conditions if x < count}
        self._known_inputs = _first(count, earlier._known_inputs)
        for operation, known in earlier._known.items():
            self._known[operation] = _first(count, known)
        self._spans = {key: span for key, span in earlier._spans.items() if span[1] <= count}

    def at_once(self, key: Any, compute: Callable[[], Any]) -> Any:
        if self.earlier is None:
            return super().at_once(key, compute)
        first, end, result = self.earlier._spans.get(key, (-1, 0, None))
        if first == self.reached:
            self.reached = end
            return result
        return compute()

    def append(self, operation: Any, operands: Sequence[int], stage: int) -> int:
        self.part()
        return super().append(operation, operands, stage)


def _first(count: int, positions: dict[Any, int]) -> dict[Any, int]:
    """What stands among the first `count` numbers."""
    return {key: position for key, position in positions.items() if position < count}


class _Followed(dict[Any, int]):
    """The positions on an earlier tape that a run has come to, or is coming to now."""

    def __init__(self, tape: RepeatingTape, positions: dict[Any, int]):
        self.tape = tape
        self.position_of = positions.get

    def get(self, key: Any, default: Any = None) -> Any:
        position = self.position_of(key)
        tape = self.tape
        if position is None or position < tape.reached:
            return position
        if position == tape.reached:
            tape.reached += 1
            return position
        return default
