"""The program that a tape becomes: what the results need, with sums of products gathered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from autograd.tape.tape import SOURCES, Instruction, Tape


@dataclass(frozen=True)
class Program:
    """Instructions in an order in which they can run.

    Args:
        instructions: each a tuple of its operation and the positions of its operands;
            in a source, such as ("parameter", 2), the number or which one it is.
        stages: for each whether it runs before the lanes, in each lane, or after them.
        results: the positions of the numbers that the program is for.
        arguments: the kind of each argument's numbers, "shared argument" or "lane argument".
        parameters: how many there are.
        labels: the names of numbers, by position.
    """

    instructions: list[Instruction]
    stages: bytes
    results: tuple[int, ...]
    arguments: tuple[str, ...] = ()
    parameters: int = 0
    labels: dict[int, str] = field(default_factory=dict)

    def in_stage(self, stage: int) -> Iterator[tuple[int, Instruction]]:
        """The instructions of one stage, with their positions; totals are the lanes' affair."""
        stages = self.stages
        for position, instruction in enumerate(self.instructions):
            if stages[position] == stage and instruction[0] not in (*SOURCES, "total"):
                yield position, instruction


def operands(instruction: Instruction) -> tuple[int, ...]:
    """The positions of the numbers that an instruction reads."""
    return () if instruction[0] in SOURCES else instruction[1:]


def finished(
    tape: Tape,
    results: Sequence[int],
    arguments: tuple[str, ...] = (),
    parameters: int = 0,
    labels: Mapping[int, str] = MappingProxyType({}),
) -> Program:
    """The program that computes the results, without what they do not need."""
    instructions = list(tape.instructions)
    uses = _uses(instructions, results)
    _gather_sums(instructions, tape, uses)
    uses = _uses(instructions, results)
    live = [position for position, count in enumerate(uses) if count]
    place = {position: new for new, position in enumerate(live)}
    return Program(
        [_moved(instructions[position], place) for position in live],
        bytes(tape.stages[position] for position in live),
        tuple(place[position] for position in results),
        arguments,
        parameters,
        {place[position]: label for position, label in labels.items() if position in place},
    )


def _uses(instructions: list[Instruction], results: Iterable[int]) -> list[int]:
    """How often each number is read by what the results need."""
    uses = [0] * len(instructions)
    for position in results:
        uses[position] += 1
    for position in range(len(instructions) - 1, -1, -1):
        if uses[position]:
            for operand in operands(instructions[position]):
                uses[operand] += 1
    return uses


def _moved(instruction: Instruction, place: dict[int, int]) -> Instruction:
    if instruction[0] in SOURCES:
        return instruction
    return (instruction[0], *[place[operand] for operand in instruction[1:]])


def _gather_sums(instructions: list[Instruction], tape: Tape, uses: list[int]) -> None:
    """a * b + c * d + e becomes one `dot`, where nothing else needs what it is made of."""
    one = tape.constant(1.0)
    minus_one = tape.constant(-1.0)
    instructions += tape.instructions[len(instructions) :]
    gathered = bytearray(len(instructions))
    for position in range(len(uses) - 1, -1, -1):
        instruction = instructions[position]
        if not uses[position] or gathered[position] or instruction[0] not in ("add", "sub", "dot"):
            continue
        products: list[tuple[int, int]] = []
        stack = _terms(instruction, one, minus_one)
        while stack:
            x, y = stack.pop()
            if y == minus_one and x in tape.constants:
                x, y = tape.constant(-tape.constants[x]), one
                instructions += tape.instructions[len(instructions) :]
            part = instructions[x]
            inner = x < len(uses) and uses[x] == 1 and tape.stages[x] == tape.stages[position]
            if y == one and inner and part[0] in ("add", "sub", "dot", "mul"):
                gathered[x] = True
                if part[0] == "mul":
                    products.append(part[1:])
                else:
                    stack += _terms(part, one, minus_one)
            else:
                products.append((x, y))
        if any(y not in (one, minus_one) for _, y in products) or len(products) > 2:
            instructions[position] = ("dot", *[x for product in products for x in product])


def _terms(instruction: Instruction, one: int, minus_one: int) -> list[tuple[int, int]]:
    """The products that an instruction adds up, the last one first."""
    operation, x, y, *more = instruction
    if operation == "add":
        return [(y, one), (x, one)]
    if operation == "sub":
        return [(y, minus_one), (x, one)]
    pairs = (x, y, *more)
    return list(zip(pairs[-2::-2], pairs[-1::-2], strict=True))
