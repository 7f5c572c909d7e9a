"""The tape: instructions in static single assignment, each computing one number from earlier ones.

An instruction is a tuple of its operation and the positions of its operands:
`("mul", 3, 5)` at position 7 makes number 7 the product of numbers 3 and 5.
"""

from collections.abc import Iterable
from typing import Any

from autograd.tape.operations import evaluate

Instruction = tuple[Any, ...]

# When an instruction can run: once before the lanes, in every lane, or once after them,
# on what was added up over the lanes.
BEFORE, LANES, AFTER = 0, 1, 2

# They compute nothing: their second entry is a number, or which one it is of those given.
SOURCES = ("constant", "parameter", "shared argument", "lane argument", "lanes")

_COMMUTATIVE = ("add", "mul")


class Tape:
    """A growing list of instructions, none of them twice."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.stages = bytearray()
        self.constants: dict[int, float] = {}
        self._known: dict[Instruction, int] = {}

    def source(self, kind: str, which: int = 0) -> int:
        """A number that is given at each run: a parameter, an argument, the number of lanes."""
        return self._position((kind, which), LANES if kind == "lane argument" else BEFORE)

    def constant(self, number: float) -> int:
        # By its digits: 0.0 and -0.0 are equal, and nan is not equal to itself.
        key = ("constant", number.hex())
        position = self._known.get(key)
        if position is None:
            position = self._known[key] = self._append(("constant", number), BEFORE)
            self.constants[position] = number
        return position

    def emit(self, operation: str, *operands: int) -> int:
        """The position of the result: of a new instruction, or of one that is there already."""
        instruction = key = (operation, *operands)
        if operation in _COMMUTATIVE and operands[0] > operands[1]:
            key = (operation, operands[1], operands[0])
        position = self._known.get(key)
        if position is None:
            constants = self.constants
            if operands[-1] in constants and all(x in constants for x in operands):
                number = evaluate(operation, [constants[x] for x in operands])
                return self.constant(float(number))
            simpler = self._simpler(operation, *operands)
            if simpler is not None:
                return simpler
            stages = self.stages
            position = self._append(instruction, max([stages[x] for x in operands]))
            self._known[key] = position
        return position

    def _simpler(self, operation: str, x: int, y: int = -1, *more: int) -> int | None:
        """The same result by less: x * 1 is x, and x ** 2 is x * x."""
        constants = self.constants
        if operation == "mul":
            if constants.get(y) == 1.0:
                return x
            if constants.get(x) == 1.0:
                return y
        elif operation == "div" and constants.get(y) == 1.0:
            return x
        elif operation == "power" and y in constants:
            return self._power(x, constants[y])
        return None

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

    def dot(self, products: Iterable[tuple[int, int]]) -> int:
        """The sum of products of two numbers each, as one instruction; at least one product."""
        one = self.constant(1.0)
        terms = [(y, x) if x == one else (x, y) for x, y in products]
        if len(terms) == 1:
            return self.emit("mul", *terms[0])
        if len(terms) == 2 and terms[0][1] == terms[1][1] == one:
            return self.emit("add", terms[0][0], terms[1][0])
        return self.emit("dot", *[operand for term in terms for operand in term])

    def total(self, number: int) -> int:
        """The sum of a number over all lanes, each of which counts one that they share."""
        if self.stages[number] == LANES:
            return self._position(("total", number), AFTER)
        return self.emit("mul", number, self.source("lanes"))

    def _position(self, instruction: Instruction, stage: int) -> int:
        position = self._known.get(instruction)
        if position is None:
            position = self._known[instruction] = self._append(instruction, stage)
        return position

    def _append(self, instruction: Instruction, stage: int) -> int:
        self.instructions.append(instruction)
        self.stages.append(stage)
        return len(self.instructions) - 1
