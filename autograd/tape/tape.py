"""The tape: instructions in static single assignment form, each computing one number from others.

An instruction is a tuple of its operation and the positions of its operands:
`("mul", 3, 5)` at position 7 makes number 7 the product of numbers 3 and 5.
"""

from collections.abc import Callable, Sequence
from threading import get_ident
from typing import Any

from autograd.tape.operations import COMPARISONS, evaluate

Instruction = tuple[Any, ...]

# When an instruction can run: once before the lanes, in every lane, or once after them,
# on sums over the lanes.
BEFORE, LANES, AFTER = 0, 1, 2

# The kinds of an argument's numbers: one for all lanes, or one for each.
SHARED, PER_LANE = "shared argument", "lane argument"

# Instructions that compute nothing. Their second entry is the value of a constant, or an index
# into the parameters or the arguments.
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


class Tape:
    """A growing list of instructions, none of them twice. One thread writes it until it closes."""

    def __init__(self) -> None:
        self._writer: int | None = get_ident()
        self.instructions: list[Instruction] = []
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
        self._constants: dict[float | str, int] = {}
        self._known: dict[Instruction, int] = {}
        # For what was computed `at_once`: where its numbers begin and end, and the result.
        self._spans: dict[Any, tuple[int, int, Any]] = {}

    def close(self) -> None:
        """Ends the tape: nothing more can be computed with its numbers."""
        self._writer = None

    def inputs(self, kind: str, count: int) -> list[int]:
        """The positions of the first `count` inputs of one kind."""

        def made() -> list[int]:
            return [self.input(kind, index) for index in range(count)]

        return self.at_once((kind, count), made)  # type: ignore[no-any-return]

    def input(self, kind: str, index: int = 0) -> int:
        """A number that is given at each run: a parameter, an argument, the number of lanes."""
        return self.add_once((kind, index), LANES if kind == PER_LANE else BEFORE)

    def constant(self, number: float) -> int:
        """The position of a number that is the same at each run."""
        # 0.0 equals -0.0, and nan does not equal itself: these are found by their digits.
        key = number if number and number == number else number.hex()
        position = self._constants.get(key)
        if position is None:
            position = self._constants[key] = self._append(("constant", number), BEFORE)
            self.constants[position] = number
        return position

    def emit(self, operation: Any, *operands: int) -> int:
        """The position of the result: of a new instruction, or of an equal one already there.

        Raises RuntimeError in another thread, and after the tape is closed. Otherwise a parameter
        that is being recorded, or a Value that the recorded function kept, would go on computing
        with numbers of the tape instead of floats.
        """
        if get_ident() != self._writer:
            raise RuntimeError(_OTHER_THREAD if self._writer else _CLOSED)
        instruction = (operation, *operands)
        position = self._known.get(instruction)
        if position is not None:
            return position
        if not self.conditions.isdisjoint(operands) and operation not in _LOGIC:
            # They become numbers, except the one that `where` chooses by.
            kept = 1 if operation == "where" else 0
            numbers = (*operands[:kept], *map(self.number, operands[kept:]))
            if numbers != operands:
                return self.emit(operation, *numbers)
        if operation in _COMMUTATIVE:
            position = self._known.get((operation, operands[1], operands[0]))
        if position is None and not self.constants.keys().isdisjoint(operands):
            position = self._simpler(operation, operands)
        if position is None:
            stage = max([self.stages[x] for x in operands])
            position = self._known[instruction] = self._append(instruction, stage)
        return position

    def inputs_of(self, position: int) -> set[int]:
        """The positions of the inputs that a number depends on."""
        seen = {position}
        remaining = [position]
        while remaining:
            operation, *operands = self.instructions[remaining.pop()]
            if operation not in INPUTS:
                remaining += [x for x in operands if x not in seen]
                seen.update(operands)
        return {x for x in seen if self.instructions[x][0] in INPUTS}

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
        seen: set[int] = set()
        waiting = [position]
        while waiting:
            position = waiting.pop()
            operation, *operands = self.instructions[position]
            if position in self.integers:
                found.add(self.integers[position])
            elif operation == "constant" or position in seen:
                continue
            elif operation in INPUTS:
                return
            else:
                seen.add(position)
                waiting += operands
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

    def dot(self, products: Sequence[tuple[int, int]]) -> int:
        """The sum of one or more products of two numbers, as one instruction."""
        if len(products) == 1:
            return self.emit("mul", *products[0])
        one = self.constant(1.0)
        terms = [(y, x) if x == one else (x, y) for x, y in products]
        if len(terms) == 2 and terms[0][1] == terms[1][1] == one:
            return self.emit("add", terms[0][0], terms[1][0])
        return self.emit("dot", *[operand for term in terms for operand in term])

    def sum_over_lanes(self, number: int) -> int:
        """The sum over all lanes. For a number that they share it is that times their number."""
        if self.stages[number] == LANES:
            return self.add_once(("sum_over_lanes", number), AFTER)
        return self.emit("mul", number, self.input("lanes"))

    def add_once(self, instruction: Instruction, stage: int) -> int:
        """The position of an instruction as it is given: a new one, or one that is there."""
        position = self._known.get(instruction)
        if position is None:
            position = self._known[instruction] = self._append(instruction, stage)
        return position

    def _append(self, instruction: Instruction, stage: int) -> int:
        position = len(self.instructions)
        self.instructions.append(instruction)
        self.stages.append(stage)
        if instruction[0] in _CONDITIONS:
            self.conditions.add(position)
        return position


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
        self._known = _Followed(self, earlier._known)
        self._constants = _Followed(self, earlier._constants)

    def part(self) -> None:
        """Stops following, with what a new tape would hold by now."""
        earlier, count = self.earlier, self.reached
        if earlier is None:
            return
        self.earlier = None
        self.instructions, self.stages = earlier.instructions[:count], earlier.stages[:count]
        self.constants = {x: number for x, number in earlier.constants.items() if x < count}
        self.conditions = {x for x in earlier.conditions if x < count}
        self._known = {key: x for key, x in earlier._known.items() if x < count}
        self._constants = {key: x for key, x in earlier._constants.items() if x < count}
        self._spans = {key: span for key, span in earlier._spans.items() if span[1] <= count}

    def at_once(self, key: Any, compute: Callable[[], Any]) -> Any:
        if self.earlier is None:
            return super().at_once(key, compute)
        first, end, result = self.earlier._spans.get(key, (-1, 0, None))
        if first == self.reached:
            self.reached = end
            return result
        return compute()

    def _append(self, instruction: Instruction, stage: int) -> int:
        self.part()
        return super()._append(instruction, stage)


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
