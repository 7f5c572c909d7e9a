"""Where claims are compared with what is right: at the numbers of the graph, and at random ones.

Each number comes with how far it may be off by rounding.
"""

import functools
import math
import numbers
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import islice, pairwise
from typing import NamedTuple

from autograd.checking.derivation.claims import (
    Claim,
    ClaimedFormula,
    ClaimedNumber,
    UnreadableClaim,
)
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import Given, Slope, shortened
from autograd.checking.derivation.solution import (
    RELATIVE_TOLERANCE,
    Figure,
    Leaves,
    Numbers,
    Problem,
    Solution,
    distance,
    is_finite,
    tolerance,
)
from autograd.checking.differences import EPSILON
from autograd.graph import interior_nodes, push, sweep
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value, data_of

# At how many random points a formula is compared, and how many are tried to find them: a point
# outside the domain of a logarithm shows nothing.
_POINTS = 12
_DRAWS = 60
_FEWEST_POINTS = 2
# The most nodes at all these points together, once there are the fewest points.
_MOST_NODES = 100_000
# In a larger graph, rounding errors are not computed but estimated.
_LARGEST_OVER_VALUES = 5_000
# How far a claimed function may be off, relative to its result: its own rounding is not known.
_OPAQUE = 1e-9
# How far a formula may be from the number that is claimed for it, if each figure was rounded.
_UNWRITTEN_ROUNDING = 0.05
_SHOWN_DIGITS = 6
# An operation and its partials are off by a few units in the last place; this is twice as many,
# since the estimate is of first order.
_ROUNDINGS = 16
# What a rule or function that was written for floats raises when it gets Values, or numbers outside
# its domain.
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


class Point:
    """The right figures, and what claims say, at one choice of numbers for the leaves."""

    def __init__(self, problem: Problem, leaves: Leaves):
        self.problem = problem
        self.leaves = leaves
        self.solution = Solution(problem, leaves)
        self._right: dict[Figure, Measured] = {}

    @functools.cached_property
    def _over_values(self) -> Solution:
        """The solution over Values, so that each figure has a graph, which gives its rounding."""
        try:
            return Solution(self.problem, {leaf: Value(x) for leaf, x in self.leaves.items()})
        except TypeError:
            # A user's own rule was written for floats alone.
            return self.solution

    @property
    def is_large(self) -> bool:
        """Whether the graph is too large to compute the rounding error of each figure."""
        return len(self.solution.values) > _LARGEST_OVER_VALUES

    def going_on_from(self, claimed: Numbers) -> Solution:
        """The solution of a person who goes on from claimed figures."""
        return Solution(self.problem, self.leaves, claimed)

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
                measured = self._measured(evaluate(solution, claim, figure), solution)
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
            formula: for a figure, or a part of a chain of equations about it.
            figure: what the formula is about.
            exact: the decimals in it that nobody rounded.

        Returns:
            Both; nan and infinity if it has no number here.
        """
        try:
            given = _given(self.solution, formula, figure)
            return Measured(formula(given), formula.slack(given, exact))
        except _REFUSALS:
            return Measured(math.nan, math.inf)

    def broken_equation(self, figure: Figure, claim: Claim) -> str:
        """What is wrong within a chain of equations such as "(o − t)·h1 = 0.741·0.593 = 0.46".

        Returns:
            A phrase for a message, as in "0.741·0.593 is 0.439413, not 0.46: the = behind it does
            not hold"; "" if nothing is wrong, or if the claim is no such chain.
        """
        if not isinstance(claim, ClaimedNumber | Formula) or not claim.earlier:
            return ""
        formulas = claim.earlier if isinstance(claim, ClaimedNumber) else (*claim.earlier, claim)
        numbers = [self.worked_out(formula, figure) for formula in formulas]
        are_constant = [formula.is_constant for formula in formulas]
        for part, (number, _) in zip(claim.earlier, numbers, strict=False):
            if part.is_conditional and number != number:
                return f"the condition in {shortened(part.text)} does not hold here"
        if isinstance(claim, ClaimedNumber):
            numbers.append(Measured(claim.number, to_float(claim.unit) / 2))
            are_constant.append(True)
        pairs = zip(claim.earlier, pairwise(are_constant), pairwise(numbers), strict=True)
        for part, (is_constant, is_constant_too), (left, right) in pairs:
            # 1·(1 − 1) = 2e-5 may be true, by the digits that were not written down.
            if left.number == 0 or right.number == 0:
                continue
            size = to_float(max(abs(left.number), abs(right.number)))
            # From a formula to a number, a person may have rounded without writing it down.
            is_rounded = is_constant != is_constant_too
            allowed = size * (_UNWRITTEN_ROUNDING if is_rounded else RELATIVE_TOLERANCE)
            apart = distance(left.number, right.number)
            if 2 * (left.slack + right.slack) + allowed < apart < math.inf:
                one, other = (number_text(to_float(x.number), _SHOWN_DIGITS) for x in (left, right))
                return f"{shortened(part.text)} is {one}, not {other}: the = after it does not hold"
        return ""

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


def evaluate(solution: Solution, claim: ClaimedFormula, figure: Figure) -> Number:
    """The number that a formula for a figure gives in a solution."""
    return claim(_given(solution, claim, figure))


def _given(solution: Solution, claim: ClaimedFormula, figure: Figure) -> Given:
    """The numbers that a formula for a figure is made of."""
    problem, values = solution.problem, solution.values_for(figure)
    given: dict[str | Slope, Number] = {}
    for label in claim.names:
        node = problem.node(label)
        given[label] = problem.learning_rate if node is None else values[node]
    return given | {slope: _slope(solution, slope, claim.slopes) for slope in claim.slopes}


def _slope(solution: Solution, slope: Slope, slopes: Sequence[Slope]) -> Number:
    """The derivative of a node with respect to another, along all paths between them.

    In ∂h/∂w·∂E/∂h + ∂z/∂w·∂E/∂z the paths through h are in the first term, so ∂z/∂w leaves
    them out. A direct derivative leaves out the paths through any named node.
    """
    problem = solution.problem
    by = problem.node(slope.by)
    of = problem.error if slope.of is None else problem.node(slope.of)
    if by is None or of is None:
        raise ValueError("the learning rate has no derivative")
    if slope.is_gradient:
        return solution.number(Figure("gradient", by))
    if slope.is_direct:
        passing = {x for x in solution.values if not x.label} - {*problem.unlabelled.values()}
    else:
        same = [x for x in slopes if x.by == slope.by and not x.is_gradient]
        others = [x for x in same if not (x.is_total or slope.is_total)]
        passing = set(solution.values) - {problem.node(other.of or "") for other in others}
    within = passing | {by}
    return push(solution.order, {by: 1}, solution.partials.__getitem__, within=within).get(of, 0)


def random_points(here: Point, figure: Figure) -> list[Point]:
    """Random points at which a figure is a finite number; the same ones at every call."""
    draw = random.Random(0)
    # Fewer in a large graph, since each takes a whole forward and backward pass.
    count = min(_POINTS, max(_FEWEST_POINTS, _MOST_NODES // len(here.solution.values)))
    draws = range(_DRAWS * count // _POINTS)
    drawn = (_drawn(here.leaves, draw, is_near=n % 3 == 0) for n in draws)
    return list(islice(finite_points(here.problem, figure, drawn), count))


def finite_points(problem: Problem, figure: Figure, drawn: Iterable[Leaves]) -> Iterator[Point]:
    """The points with some leaves, where a figure is a finite number there."""
    for leaves in drawn:
        # Fractions raise where floats are infinite.
        with suppress(ArithmeticError):
            point = Point(problem, leaves)
            if is_finite(point.right(figure).number):
                yield point


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
