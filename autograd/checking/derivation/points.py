"""Where claims are compared with what is right: at the numbers of the graph, and at random ones."""

import functools
import math
import numbers
import random
from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from autograd.checking.derivation.claims import (
    Claim,
    ClaimedNumber,
    UnreadableClaim,
    distance,
    is_finite,
    tolerance,
)
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.solution import Figure, Leaves, Problem, Solution
from autograd.checking.differences import EPSILON
from autograd.graph import interior_nodes, sweep
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value, data_of

# At how many random points a formula is compared, and how many are tried to find them: a point
# outside the domain of a logarithm tells nothing.
_POINTS = 12
_DRAWS = 60
_FEWEST_POINTS = 2
# The most nodes at all these points together, once there are the fewest points.
_MOST_NODES = 100_000
# In a larger graph, rounding errors are not computed but estimated.
_LARGEST_OVER_VALUES = 5_000
# How far a claimed function may be off, relative to its result: its own rounding is not known.
_OPAQUE = 1e-9
# An operation and its partials are off by a few units in the last place; this is twice as many,
# since the estimate is of first order.
_ROUNDINGS = 16
# What a rule or function written for floats alone raises when it gets Values, and what one raises
# for numbers outside its domain.
_REFUSALS = (TypeError, ValueError, ArithmeticError)


class Measured(NamedTuple):
    """A number, and how far it may be off by rounding."""

    number: Number
    slack: float

    def agrees(self, other: "Measured", tolerance: float = 0.0) -> bool:
        """Whether two numbers are the same except for rounding and a further tolerance."""
        apart = distance(self.number, other.number)
        # An infinity has infinite slack, and yet agrees with no other number.
        return apart <= self.slack + other.slack + tolerance and apart < math.inf


class Point:
    """The right figures, and what claims say, at one choice of numbers for the leaves."""

    def __init__(self, problem: Problem, leaves: Leaves):
        self.problem = problem
        self.leaves = leaves
        self.solution = Solution(problem, leaves)
        self._right: dict[Figure, Measured] = {}

    @functools.cached_property
    def _over_values(self) -> Solution:
        """The solution over Values, so that each figure has a graph, which tells its rounding."""
        try:
            return Solution(self.problem, {leaf: Value(x) for leaf, x in self.leaves.items()})
        except TypeError:
            # A user's own rule was written for floats alone.
            return self.solution

    @property
    def is_large(self) -> bool:
        """Whether the graph is too large to compute the rounding error of each figure."""
        return len(self.solution.values) > _LARGEST_OVER_VALUES

    def right(self, figure: Figure) -> Measured:
        """What a figure is."""
        if figure not in self._right:
            solution = self.solution if self.is_large else self._over_values
            self._right[figure] = self._measured(solution.number(figure), solution)
        return self._right[figure]

    def agreement(self, figure: Figure, claim: ClaimedNumber) -> str | None:
        """How a claimed number agrees with a figure, as `ClaimedNumber.agreement` says it."""
        number = self.solution.number(figure)
        found = claim.agreement(number, 0.0)
        # If the number is neither right to all digits nor at the edge of rounding, it does not
        # matter how far it is off itself.
        if found == "rounded" and distance(number, to_float(claim.number)) > tolerance(number):
            return found
        right = self.right(figure)
        return claim.agreement(right.number, right.slack)

    def claimed(self, figure: Figure, claim: Claim) -> Measured:
        """The number that a claim gives here; nan if it gives none."""
        if isinstance(claim, ClaimedNumber):
            return Measured(to_float(claim.number), 0.0)
        if isinstance(claim, UnreadableClaim):
            return Measured(math.nan, 0.0)
        solutions = (self.solution,) if self.is_large else (self._over_values, self.solution)
        for solution in solutions:
            try:
                measured = self._measured(solution.evaluate(claim, figure), solution)
            except _REFUSALS:
                continue
            # A claimed function may return anything.
            if isinstance(measured.number, numbers.Number):
                return measured
        return Measured(math.nan, 0.0)

    def worked_out(
        self, formula: Formula, figure: Figure, exact: Collection[float] = ()
    ) -> Measured:
        """The number of a formula, and how far its rounded decimals may move it.

        Args:
            formula: of a figure, or a part of a chain of equations about it.
            figure: what the formula is about.
            exact: the decimals in it that nobody rounded.

        Returns:
            Both; nan and infinity if it has no number here.
        """
        try:
            number = self.solution.evaluate(formula, figure)
            return Measured(number, self.solution.slack(formula, figure, exact))
        except _REFUSALS:
            return Measured(math.nan, math.inf)

    def differs(self, figure: Figure, claim: Claim) -> bool:
        """Whether a claim gives a number here that is not the right one."""
        claimed = self.claimed(figure, claim)
        # log(a) - log(b) says nothing where log(a / b) does, and may be right all the same.
        return is_finite(claimed.number) and not claimed.agrees(self.right(figure))

    def _measured(self, number: Number, solution: Solution) -> Measured:
        size = to_float(abs(data_of(number)))
        if solution is self.solution:
            return Measured(data_of(number), _OPAQUE * (size if self.is_large else max(1, size)))
        slack = rounding_error(number)
        # With an infinity on the way to a finite number, a first-order estimate tells nothing.
        return Measured(data_of(number), slack if math.isfinite(slack) else _OPAQUE * size)


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


def random_points(here: Point, figure: Figure) -> list[Point]:
    """Random points at which a figure is a finite number; the same ones at every call."""
    draw = random.Random(0)
    # Fewer in a large graph, since each takes a whole forward and backward pass.
    count = min(_POINTS, max(_FEWEST_POINTS, _MOST_NODES // len(here.solution.values)))
    drawn = (
        _drawn(here.leaves, draw, is_near=n % 3 == 0) for n in range(_DRAWS * count // _POINTS)
    )
    points = (finite_point(here.problem, leaves, figure) for leaves in drawn)
    return list(islice(filter(None, points), count))


def finite_point(problem: Problem, leaves: Leaves, figure: Figure) -> Point | None:
    """The point with these leaves; None if the figure is not a finite number there."""
    try:
        point = Point(problem, leaves)
        return point if is_finite(point.right(figure).number) else None
    except ArithmeticError:
        # Fractions raise where floats are infinite.
        return None


def _drawn(leaves: Leaves, draw: random.Random, is_near: bool) -> Leaves:
    """Random numbers for the labelled leaves: of the same sign and size, or any."""
    drawn: dict[Value, Number] = {}
    for leaf, number in leaves.items():
        size = abs(number) or 1
        near = number * draw.randint(33, 96) / 64 if number else draw.randint(-32, 32) / 64
        far = size * draw.randint(-96, 96) / 64
        moved = (near if is_near else far) if leaf.label else number
        drawn[leaf] = Fraction(moved) if isinstance(number, Fraction) else moved
    return drawn
