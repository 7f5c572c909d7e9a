"""Numbers with their rounding errors, and whether two of them are the same."""

import math
import numbers
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from autograd.checking.differences import EPSILON
from autograd.graph import interior_nodes, sweep
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value

# Far above rounding, far below a mistake.
RELATIVE_TOLERANCE = 1e-9
# An operation and its partials are off by a few units in the last place; this is twice as many,
# since the estimate is of first order.
_ROUNDINGS = 16


def is_finite(number: Any) -> bool:
    """Whether a number is real, and neither infinite nor nan; it may be too large for a float."""
    if isinstance(number, int | Fraction):
        return True
    return isinstance(number, numbers.Real) and math.isfinite(number)


def tolerance(number: Number) -> float:
    """How far from this number another may lie and still be the same except for rounding."""
    return RELATIVE_TOLERANCE * to_float(abs(number))


def distance(number: Number, other: Number) -> float:
    """How far two numbers lie apart; infinite if floats can't say."""
    try:
        return to_float(abs(number - other))
    except OverflowError:
        return math.inf


class Measured(NamedTuple):
    """A number, and how far it may be off by rounding."""

    number: Number
    slack: float

    def agrees(self, other: "Measured", tolerance: float = 0.0) -> bool:
        """Whether two numbers are the same except for rounding and a further tolerance."""
        apart = distance(self.number, other.number)
        # An infinity has infinite slack, and yet agrees with no other number.
        return apart <= self.slack + other.slack + tolerance and apart < math.inf


def rounding_error(number: Number) -> float:
    """How far a number may be off by rounding, to first order; 0 for anything but a Value.

    Each node of its graph is rounded once, which changes the number by the derivative
    with respect to that node.

    >>> rounding_error(Value(0.1) * 3.0) < 1e-13
    True
    """
    # Exact numbers are not rounded, and may be too large to be multiplied by floats.
    nodes = interior_nodes(number) if isinstance(number, Value) else ()
    operands = (x for node in nodes for x in (node, *node.parents))
    return (
        rounding_of(slopes_of(number)) if any(isinstance(x.data, float) for x in operands) else 0.0
    )


def slopes_of(number: Number) -> dict[Value, Number]:
    """The derivative of a Value by each node of its graph; none for any other number."""
    if not isinstance(number, Value):
        return {}
    return sweep(interior_nodes(number), {number: 1})


def rounding_of(slopes: Mapping[Value, Number]) -> float:
    """How far a number may be off by rounding, given its derivatives by the nodes of its graph."""
    changes = [abs(slope * x.data) for x, slope in slopes.items() if isinstance(x.data, float)]
    return float(_ROUNDINGS * EPSILON * sum(changes))
