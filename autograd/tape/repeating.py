"""A function is recorded again, and keeps its program if it does what it did before.

What a function does depends on whatever it reads: attributes, other variables, the time. So there
is no way to know but to run it, which takes a small part of the time of recording its derivative
and making machine code. If it does the same, these are there already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograd.tape.program import Program
from autograd.tape.tape import Instruction, Tape


@dataclass(frozen=True)
class Run:
    """What a run of a function did, and the program that was made of it.

    Attributes:
        tape: what it computed, and after that the derivatives.
        reached: how many numbers of the tape are of the run itself.
        graph: the nodes that it recorded, which decide the derivatives, and their labels.
        program: what was made of all this.
    """

    tape: Tape
    reached: int
    graph: Any
    program: Program


@dataclass
class LastRun:
    """The last run of a function, None before the first."""

    run: Run | None = None


class RepeatingTape(Tape):
    """A tape that follows an earlier one, and from the first difference on goes its own way.

    The numbers of a tape stand in the order in which a run came to them. So a run does the same as
    the earlier one for as long as it comes to the numbers that are there, in this order.

    Attributes:
        earlier: the tape that is followed, None as soon as the ways have parted.
        reached: how many of its numbers this run has come to.
    """

    def __init__(self, earlier: Tape):
        super().__init__()
        self.earlier: Tape | None = earlier
        self.reached = 0
        # These are only read until the ways part.
        self.instructions, self.stages = earlier.instructions, earlier.stages
        self.constants, self.conditions = earlier.constants, earlier.conditions
        self._known = _Followed(self, earlier._known)
        self._constants = _Followed(self, earlier._constants)

    def part(self) -> None:
        """Goes its own way, from what a new tape would hold now."""
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
    """The positions on an earlier tape that a run has come to, or comes to next."""

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
