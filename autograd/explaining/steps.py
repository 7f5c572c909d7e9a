"""The steps of a walk-through, as data: what is computed, in order, and how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograd.explaining.expressions import Comparison, Expression
from autograd.value import Value


@dataclass(frozen=True, eq=False)
class Step:
    """One line of the walk-through: left = chain = formula = numbers = result.

    Attributes:
        kind: "forward", "error", "backward", "update", "new forward" or "new error".
        node: the Value that the line is about.
        name: its name.
        left: what is computed: the Value, or a derivative.
        chain: of a derivative, the chain rule that gives it, if it takes one.
        formula: what gives it, in names.
        numbers: the formula with the numbers put in.
        result: the number.
        conditions: what decided the formula where it has several cases, as relu has.
    """

    kind: str
    node: Value
    name: str
    left: Expression
    chain: Expression | None
    formula: Expression
    numbers: Expression
    result: Any
    conditions: tuple[Comparison, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """In the place of steps that are not given.

    Attributes:
        kind: that of the steps.
        count: how many they are.
        reason: why, in words.
    """

    kind: str
    count: int
    reason: str


AnyStep = Step | LeftOut

# Of more lines of one kind only the first and the last are given.
MOST_LINES = 100


def shown(lines: Sequence[Any], kind: str) -> list[Any]:
    """The lines of one kind; of very many the first and the last, and how many are not given."""
    if len(lines) <= MOST_LINES:
        return list(lines)
    half = MOST_LINES // 2
    reason = "too many to read. Ask for one Value or one layer with of=..."
    return [*lines[:half], LeftOut(kind, len(lines) - 2 * half, reason), *lines[-half:]]
