"""What a formula is made of: numbers, names, derivatives, and operations on them, in steps."""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from autograd.numbers.kinds import Number


class Literal(NamedTuple):
    """A number, and what one unit of its last digit is worth; 0 for an exact number."""

    number: Number
    unit: Fraction


class Label(NamedTuple):
    """The number of a node, or the learning rate."""

    label: str


class Slope(NamedTuple):
    """The derivative of a node with respect to another; of the error, where `of` is None.

    `is_direct` leaves out the ways that lead through other labelled nodes.
    """

    of: str | None
    by: str
    is_direct: bool = False


class Operation(NamedTuple):
    """A function of the last `operands` results."""

    name: str
    compute: Callable[..., Number]
    operands: int


Step = Literal | Label | Slope | Operation
