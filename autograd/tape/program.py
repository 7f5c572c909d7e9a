"""The program that a tape becomes: only what the results need, with sums of products gathered.

As text it has one instruction a line, with the labels of the numbers as names.
"""

import functools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from autograd.numbers.nested import container_of
from autograd.tape.operations import factors, is_of_python
from autograd.tape.tape import (
    AFTER,
    BEFORE,
    INPUTS,
    LANES,
    PER_LANE,
    SHARED,
    Instruction,
    Instructions,
    Tape,
)

_NOT_RUN = INPUTS | {"sum_over_lanes"}

_SUMS = ("add", "sub", "dot")

# A `dot` of at most this many products adds them in order, however the program is run.
IN_ORDER = 4

_INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "mod": "%",
    "floordiv": "//",
    "pow": "**",
    "less": "<",
    "less_equal": "<=",
    "equal": "==",
    "not_equal": "!=",
    "logical_and": "&",
    "logical_or": "|",
}
_STAGES = {BEFORE: "once", LANES: "in each lane", AFTER: "once, after the lanes"}


@dataclass(frozen=True)
class Program:
    """Instructions in an order in which they can run.

    Args:
        instructions: what it consists of.
        stages: when each runs: BEFORE, LANES or AFTER.
        results: the positions of the numbers that the program computes.
        arguments: the kind of each argument number, SHARED or PER_LANE.
        parameters: the number of parameters.
        labels: the names of numbers, by position.
    """

    instructions: Instructions
    stages: bytes
    results: tuple[int, ...]
    arguments: tuple[str, ...] = ()
    parameters: int = 0
    labels: dict[int, str] = field(default_factory=dict)

    @functools.cached_property
    def calls_python(self) -> bool:
        """Whether it contains an operation that only Python can compute."""
        return any(map(is_of_python, set(self.instructions.operations)))

    @functools.cached_property
    def listed(self) -> list[Instruction]:
        """The instructions as tuples: fast to read again and again, and ten times as large."""
        return list(self.instructions)

    @functools.cached_property
    def _by_stage(self) -> list[list[tuple[int, Instruction]]]:
        stages: list[list[tuple[int, Instruction]]] = [[], [], []]
        for position, instruction in enumerate(self.listed):
            if instruction[0] not in _NOT_RUN:
                stages[self.stages[position]].append((position, instruction))
        return stages

    def in_stage(self, stage: int) -> list[tuple[int, Instruction]]:
        """The instructions of one stage, with their positions.

        Inputs are left out, and so are sums over lanes: the loop over the lanes computes those.
        """
        return self._by_stage[stage]

    def in_order(
        self, order: Sequence[int], replaced: Mapping[int, int] = MappingProxyType({})
    ) -> "Program":
        """The same program with its instructions in another order, or some left out.

        Args:
            order: the positions to keep, each after those of its operands.
            replaced: the positions of what comes in the place of some of them.
        """
        new = array("i", [0]) * len(self.instructions)
        for index, position in enumerate(order):
            new[position] = index
        chosen = [replaced.get(position, position) for position in order] if replaced else order
        return replace(
            self,
            instructions=self.instructions.in_order(chosen, new),
            stages=bytes(map(self.stages.__getitem__, order)),
            results=tuple([new[position] for position in self.results]),
            labels={new[position]: label for position, label in self.labels.items()},
        )


def operands(instruction: Instruction) -> tuple[int, ...]:
    """The positions of the numbers that an instruction reads."""
    return () if instruction[0] in INPUTS else instruction[1:]


def to_program(
    tape: Tape,
    results: Sequence[int],
    arguments: tuple[str, ...] = (),
    parameters: int = 0,
    labels: Mapping[int, str] = MappingProxyType({}),
) -> Program:
    """The program that computes the results, without what they do not need.

    Args:
        tape: what was recorded.
        results: the positions of the results.
        arguments: the kind of each argument number.
        parameters: the number of parameters.
        labels: the names of numbers, by position.
    """
    sums = _Sums(tape, results)
    sums.gather()
    used = {position: label for position, label in labels.items() if sums.uses[position]}
    stages = bytes(tape.stages)
    whole = Program(tape.instructions, stages, tuple(results), arguments, parameters, used)
    order = [position for position, count in enumerate(sums.uses) if count]
    return whole.in_order(order, sums.dots)


class _Sums:
    """The sums on a tape, of which a * b + c * d + e becomes one `dot`.

    Attributes:
        uses: how often each number is read, counting only what the results need.
        dots: the positions of the `dot` that sums become, by their own positions.
    """

    def __init__(self, tape: Tape, results: Iterable[int]):
        self.tape = tape
        self.one, self.minus_one = tape.constant(1.0), tape.constant(-1.0)
        self.units = {self.one, self.minus_one}
        self.operations = tape.instructions.operations
        self.operands, self.starts = tape.instructions.operands, tape.instructions.starts
        self.dots: dict[int, int] = {}
        self.uses = uses = [0] * len(tape.instructions)
        for position in results:
            uses[position] += 1
        for position in range(len(uses) - 1, -1, -1):
            if uses[position]:
                for operand in self.read(position):
                    uses[operand] += 1

    def read(self, position: int) -> "array[int]":
        """The operands of an instruction."""
        return self.operands[self.starts[position] : self.starts[position + 1]]

    def gather(self) -> None:
        """Makes a `dot` of each sum, if nothing else reads the sums and products in it.

        The order of additions stays as written: (a + b) + c is gathered, but a + (b + c) is not.
        """
        operations, uses = self.operations, self.uses
        for position in range(len(uses) - 1, -1, -1):
            if uses[position] and operations[position] in _SUMS:
                self._gather(position)

    def _gather(self, position: int) -> None:
        # Most dots consist of products alone.
        if self.operations[position] == "dot" and self.units.isdisjoint(self.read(position)):
            return
        constants = self.tape.constants
        products: list[int] = []
        gathered: list[int] = []
        for x, y in self._terms(position, gathered):
            if y == self.minus_one and x in constants:
                products += (self.tape.constant(-constants[x]), self.one)
            elif y == self.one and self.operations[x] == "mul" and self._is_part(x, position):
                gathered.append(x)
                products += self.read(x)
            else:
                products += (x, y)
        if gathered or len(products) > 4:
            self.dots[position] = self.tape.append("dot", products, self.tape.stages[position])
            # What was gathered is no longer read, and constants may be new.
            self.uses += [0] * (len(self.operations) - len(self.uses))
            for x in gathered:
                self.uses[x] = 0
            for x in products:
                if x in constants:
                    self.uses[x] += 1

    def _terms(self, position: int, gathered: list[int]) -> list[tuple[int, int]]:
        """The products that a sum adds, in order, including those of a sum that is its first term.

        A `dot` of more than IN_ORDER products may be added in any order. So no sum becomes longer
        than that, unless it was written as one `sum` or one `dot`.
        """
        operation, xs, sums = self.operations[position], self.read(position), self.tape.sums
        if operation == "dot":
            return factors(xs)
        left = sums.get(position, IN_ORDER - 1) - 1
        later = []
        while True:
            later.append((xs[1], self.minus_one if operation == "sub" else self.one))
            first = xs[0]
            operation, xs = self.operations[first], self.read(first)
            of_its_own = 0 if position in sums else sums.get(first, 0)
            is_gathered = operation in ("add", "sub") and self._is_part(first, position)
            if not is_gathered or left < max(1, of_its_own):
                return [(first, self.one), *reversed(later)]
            gathered.append(first)
            left -= 1

    def _is_part(self, x: int, position: int) -> bool:
        """Whether only this number reads x, and both are computed in the same stage."""
        stages = self.tape.stages
        return self.uses[x] == 1 and stages[x] == stages[position]


def source(program: Program) -> str:
    """A program as text: one instruction a line, by stages.

    >>> from autograd.tape.recording import record_gradient
    >>> from autograd.tape.tape import SHARED
    >>> program = record_gradient(lambda x, y: (x * y + 1) * x, [], (SHARED, SHARED), "mean")
    >>> print(source(program))
    once:
        v3 = x0 * x1 + 1.0
        v4 = v3 * x0
        v5 = v3 + x1 * x0
        v6 = x0 * x0
    results: v4, v5, v6
    """
    all_names = names(program)
    lines = []
    for stage, title in _STAGES.items():
        computed = [
            _line(all_names, position, instruction)
            for position, instruction in enumerate(program.instructions)
            if program.stages[position] == stage and instruction[0] not in INPUTS
        ]
        if computed:
            lines += [f"{title}:", *computed]
    results = ", ".join(all_names[position] for position in program.results)
    return "\n".join([*lines, f"results: {results}"])


def described(structure: Any) -> str:
    """The structure of a program's arguments as text, with a word for each number."""
    text = repr(_in_lists(structure))
    return text.replace(repr(PER_LANE), "lanes").replace(repr(SHARED), "number")


def _in_lists(structure: Any) -> Any:
    """A structure with a list in place of each array of objects."""
    container = container_of(structure, elements=True)
    if container is None:
        return structure
    items = [_in_lists(item) for item in container.items(structure)]
    return items if hasattr(structure, "dtype") else container.like(structure, items)


def names(program: Program) -> list[str]:
    """A name for each instruction's number: its label if it has one."""
    letters = {"parameter": "p", SHARED: "x", PER_LANE: "x"}
    given: list[str] = []
    taken: set[str] = set()
    for position, (operation, *rest) in enumerate(program.instructions):
        label = program.labels.get(position, "")
        if operation == "constant":
            name = repr(rest[0])
        elif operation == "lanes":
            name = "lanes"
        elif label.isidentifier() and label not in taken:
            name = label
        else:
            name = f"{letters[operation]}{rest[0]}" if operation in letters else f"v{position}"
        taken.add(name)
        given.append(name)
    return given


def _line(names: list[str], position: int, instruction: Instruction) -> str:
    operation, *positions = instruction
    xs = [names[x] for x in positions]
    if operation in _INFIX:
        text = f"{xs[0]} {_INFIX[operation]} {xs[1]}"
    elif operation == "neg":
        text = f"-{xs[0]}"
    elif operation == "dot":
        text = _sum(factors(xs))
    elif operation == "sum_over_lanes":
        text = f"sum over lanes of {xs[0]}"
    else:
        text = f"{operation}({', '.join(xs)})"
    return f"    {names[position]} = {text}"


def _sum(products: list[tuple[str, str]]) -> str:
    text = ""
    for x, y in products:
        sign, product = ("-", x) if y == "-1.0" else ("+", x if y == "1.0" else f"{x} * {y}")
        text += f" {sign} {product}" if text else f"{sign.strip('+')}{product}"
    return text
