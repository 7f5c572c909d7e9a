"""What follows from a person's own rounded figures.

A person goes on from figures as written down, from those that the calculator still shows, or from
some of each, and rounds again on the way. So a figure on a sheet may differ from what follows from
the figures written there, at most by the sum, over the steps before it, of

    |derivative of the figure with respect to the step| * (how far the step was rounded).

This is the propagation of errors in the worst case. The derivatives come from the solution over
Values that goes on from the claims: in it, each figure has a graph whose leaves are claims.
"""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from autograd.checking.derivation.claims import ClaimedNumber
from autograd.checking.derivation.points import Point, rounding_of, slopes_of
from autograd.checking.derivation.solution import (
    QUANTITIES,
    Figure,
    Solution,
    evaluated,
    is_finite,
    tolerance,
)
from autograd.checking.differences import EPSILON
from autograd.notation import is_made_by
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value, data_of

# How many figures it takes to show how finely a person rounds the steps that are not claimed.
_SHOWING = 3
# By how many units of its last digit rounding may well have changed a figure.
MOST_UNITS_OFF = 10
# If someone cuts digits off, the figures that are too small outnumber the others by this factor.
_FEW = 2
# Steps are rounded up or down, each by up to half a unit. Together they are off by less than this
# many times the square root of the sum of the squares: that is five standard deviations, and
# exceeded on less than one sheet in a million.
_DEVIATIONS = 3
# Figures with fewer digits than this show no habit.
_FEWEST_DIGITS = 2

ClaimedNumbers = Mapping[Figure, ClaimedNumber]


class Support(NamedTuple):
    """How a claim follows from other figures that were rounded.

    Attributes:
        agreement: as given by `ClaimedNumber.agreement`.
        source: the claim that matters most; None if a step without a claim matters most.
    """

    agreement: str
    source: Figure | None


def supports(
    here: Point, claims: ClaimedNumbers, doubtful: Collection[Figure]
) -> dict[Figure, Support]:
    """The claims that are right as far as the figures before them were rounded.

    Args:
        here: the numbers of the graph.
        claims: all claims that may be right, including those of earlier reports.
        doubtful: those of them that are not what the exact figure rounds to.

    Returns:
        For each doubtful claim that follows from right claims, how it follows.
    """
    doubtful = {f for f in doubtful if is_finite(here.solution.number(f))}
    if not doubtful or len(claims) < 2:
        return {}
    sure = {figure: claim for figure, claim in claims.items() if figure not in doubtful}
    habit = Habit.of(claims.values())
    # How far a number may lie from what was written for it, as a fraction of a unit.
    share = 1.0 if _are_cut_off(here, sure) else 0.5
    found = {figure: Support("", None) for figure in doubtful if _is_near(here, figure, claims)}
    # A claim that is dropped takes with it what follows from it, and no longer casts doubt on the
    # rest: each round decides one more in a row of claims that follow from one another.
    for _ in range(len(doubtful) + 1):
        accepted = sure | {figure: claims[figure] for figure in found}
        try:
            sheet = _Sheet(here, accepted, habit, share)
            before, found = found.keys(), sheet.supports(claims, doubtful)
        except TypeError:
            # A user's own rule was written for floats alone.
            return _followed(here, sure, claims, doubtful)
        except ArithmeticError:
            # Exact numbers are too large for floats.
            return {}
        dropped, added = before - found.keys(), found.keys() - before
        if not added and not any(sheet.written[figure] in sheet.used for figure in dropped):
            break
    return found


def _followed(
    here: Point, sure: ClaimedNumbers, claims: ClaimedNumbers, doubtful: Collection[Figure]
) -> dict[Figure, Support]:
    """How claims follow from the figures as written, where there are no derivatives."""
    known = {figure: to_float(claim.number) for figure, claim in sure.items()}
    found = {}
    for figure in _in_order(here.problem.nodes, claims):
        if figure in doubtful:
            number = here.going_on_from(known).computed(figure)
            agreement = claims[figure].agreement(number, tolerance(number))
            if agreement:
                known[figure] = to_float(claims[figure].number)
                found[figure] = Support(agreement, None)
    return found


@dataclass(frozen=True)
class Habit:
    """How finely a person rounds: to a number of digits, or to a decimal place."""

    digits: int | None
    unit: Fraction | None

    @property
    def is_known(self) -> bool:
        """Whether enough figures show the habit."""
        return self.digits is not None or self.unit is not None

    @classmethod
    def of(cls, claims: Collection[ClaimedNumber]) -> "Habit":
        """The habit that most of some claims show."""
        rounded = [claim for claim in claims if claim.unit and claim.digits]
        if len(rounded) < _SHOWING:
            return cls(None, None)
        digits, times = Counter(claim.digits for claim in rounded).most_common(1)[0]
        unit, as_often = Counter(claim.unit for claim in rounded).most_common(1)[0]
        counts_digits = times >= as_often and digits >= _FEWEST_DIGITS
        return cls(digits if counts_digits else None, unit if as_often >= times else None)

    def gives(self, claim: ClaimedNumber) -> bool:
        """Whether a claim has as many digits as the others."""
        return to_float(claim.unit) <= self.unit_of(to_float(claim.number)) * (1 + EPSILON)

    def padded(self, claim: ClaimedNumber) -> ClaimedNumber:
        """The claim with zeros appended until it has as many digits as the others."""
        unit = Fraction(self.unit_of(to_float(claim.number)))
        return replace(claim, unit=min(claim.unit, unit))

    def unit_of(self, number: float) -> float:
        """What one unit of the last digit of a number is worth."""
        units = [float(self.unit or 0)]
        if self.digits and number and math.isfinite(number):
            units.append(10.0 ** (math.floor(math.log10(abs(number))) + 1 - self.digits))
        return max(units)


class _Sheet:
    """Claims that are right, each with how far the person's own number may be from it."""

    def __init__(self, here: Point, claims: ClaimedNumbers, habit: Habit, share: float):
        self.claims = claims
        self.habit = habit
        self.share = share
        self.exact = here.solution
        self.written = {figure: Value(to_float(c.number)) for figure, c in claims.items()}
        self.leaves = set(self.written.values())
        leaves = {leaf: Value(number) for leaf, number in here.leaves.items()}
        self.solution = Solution(here.problem, leaves, self.written)
        self.off: dict[Value, float] = {}
        # The claims that figures follow from.
        self.used: set[Value] = set()
        # A claim in a large graph is taken to be as far off as its digits allow: to compute it
        # would take long.
        self.is_large = here.is_large
        if self.habit.is_known:
            for node in here.problem.nodes:
                self._round_unclaimed(node)

    def supports(
        self, claims: ClaimedNumbers, doubtful: Collection[Figure]
    ) -> dict[Figure, Support]:
        """How the doubtful claims follow from the right ones."""
        found = {}
        for figure in _in_order(self.solution.problem.nodes, claims):
            claim = claims[figure]
            if self.is_large and figure in self.written and figure not in doubtful:
                self.off[self.written[figure]] = self.share * to_float(claim.unit)
                continue
            computed = self.solution.computed(figure)
            slopes, number = slopes_of(computed), to_float(data_of(computed))
            self.used |= slopes.keys() & self.leaves
            rounded = self._rounded(computed, slopes) + self._rounded_inside(figure)
            noise = rounding_of(slopes)
            apart = abs(number - to_float(self.exact.number(figure)))
            if figure in doubtful and max(rounded, apart) > noise:
                # An exact number was not rounded, but may follow exactly from rounded ones.
                spread = noise + (rounded if claim.unit else 0.0)
                agreement = claim.agreement(number, 0.0, spread)
                if agreement:
                    how = "cut off" if agreement == "cut off" else "rounded"
                    found[figure] = Support(how, self._source(slopes))
            if figure in self.written:
                distance = abs(to_float(claim.number) - number) + rounded + noise
                self.off[self.written[figure]] = min(self.share * to_float(claim.unit), distance)
                self._vary_derivative(figure)
        return found

    def _rounded(self, number: Number, slopes: Mapping[Value, Number]) -> float:
        """How far a figure may be from what follows from the claims."""
        # Its own rounding is that of the claim, unless the figure is copied from another claim.
        steps = slopes.keys() & self.off.keys()
        if number not in self.leaves:
            steps.discard(number)
        claimed = [abs(slopes[step]) * self.off[step] for step in steps & self.leaves]
        others = [abs(slopes[step]) * self.off[step] for step in steps - self.leaves]
        unclaimed = to_float(sum(others))
        if self.share < 1:
            # Steps are rounded up and down: many of them do not all go one way.
            unclaimed = min(unclaimed, _DEVIATIONS * math.hypot(*map(to_float, others)))
        return to_float(sum(claimed)) + unclaimed

    def _rounded_inside(self, figure: Figure) -> float:
        """How far a figure may be off by rounded steps that can't or need not be claimed.

        These are the terms of a gradient that comes along several paths, the step that leads to a
        new weight, and the number whose logarithm is taken.
        """
        if not self.habit.is_known:
            return 0.0
        node = figure.node
        if figure.quantity == "gradient":
            return self._rounded_parts(node)
        if figure.is_forward:
            return self._rounded_logarithms(node, self.solution.values_for(figure))
        step = Figure("step", node)
        made = {step, Figure("update", node)}
        if figure.quantity == "new value" and not made & self.claims.keys():
            return self._half_unit(self.exact.number(step))
        return 0.0

    def _rounded_parts(self, node: Value) -> float:
        uses = self.solution.problem.uses.get(node, ())
        if len(uses) < 2:
            return 0.0
        return sum(self._half_unit(data_of(self.solution.part(edge))) for edge in uses)

    def _rounded_logarithms(self, node: Value, numbers: Mapping[Value, Number]) -> float:
        # The probability whose logarithm the cross-entropy is.
        probability = math.exp(-abs(to_float(data_of(numbers[node]))))
        if not probability:
            return 0.0
        formula = self.solution.problem.formula_of(node)
        count = sum(is_made_by(inner, "log", "log1p") for inner in formula)
        return count * self._half_unit(probability) / probability

    def _half_unit(self, number: Number) -> float:
        """How far a number may lie from what a person writes for it; a whole unit if cut off."""
        return self.share * self.habit.unit_of(to_float(number))

    def _source(self, slopes: Mapping[Value, Number]) -> Figure | None:
        """The claim whose rounding changes a figure most, of those that it follows from."""
        changes: dict[Figure, float] = {}
        for figure, written in self.written.items():
            if written in slopes:
                apart = written.data - to_float(self.exact.number(figure))
                changes[figure] = abs(to_float(slopes[written]) * apart)
        source = max(changes, key=changes.__getitem__, default=None)
        return source if source is not None and changes[source] else None

    def _round_unclaimed(self, node: Value) -> None:
        """Records the steps at a node that a person rounds, but can't or does not claim."""
        steps = []
        if node.label:
            quantities = ["gradient"]
            if node.parents:
                quantities += ["value", "new value"][: 1 + bool(self.solution.problem.trained)]
            figures = [Figure(quantity, node) for quantity in quantities]
            steps = [self.solution.number(f) for f in figures if f not in self.claims]
        if _is_function(node):
            steps.append(self.solution.partials[node][0])
        for step in steps:
            if isinstance(step, Value):
                self.off[step] = self._half_unit(step.data)
        self._vary_derivative(Figure("value", node))

    def _vary_derivative(self, figure: Figure) -> None:
        """Records that the derivative of a function may be computed from its rounded result.

        Computed as y * (1 - y), for example, it is off by f'' / f' times as much as y is.
        """
        node = figure.node
        if figure.quantity != "value" or not _is_function(node):
            return
        result, (slope,) = self.solution.values[node], self.solution.partials[node]
        if not isinstance(slope, Value) or not slope.data or not self.off.get(result):
            return
        operand = Value(data_of(self.solution.values[node.parents[0]]))
        again = evaluated(node, [operand])[1][0]
        second = abs(to_float(slopes_of(again).get(operand, 0))) / abs(slope.data)
        self.off[slope] = self._half_unit(slope.data) + second * self.off[result]


def _is_function(node: Value) -> bool:
    """Whether a node is a function of one number, whose derivative is a step of its own."""
    return len(node.parents) == 1 and not is_made_by(node, "neg")


def _are_cut_off(here: Point, claims: ClaimedNumbers) -> bool:
    """Whether a person cuts digits off: at least one figure shows it, and few contradict it."""
    is_shown, towards_zero, away = False, 0, 0
    for figure, claim in claims.items():
        exact = here.solution.number(figure)
        agreement = claim.agreement(exact, tolerance(exact))
        is_shown |= agreement == "cut off"
        if agreement in ("rounded", "cut off"):
            towards_zero += abs(claim.number) < abs(exact)
            away += abs(claim.number) > abs(exact)
    return is_shown and _FEW * away <= towards_zero


def _is_near(here: Point, figure: Figure, claims: ClaimedNumbers) -> bool:
    """Whether a claim is so near that it is taken to be right at first, and then examined."""
    claim, exact = claims[figure], Fraction(here.solution.number(figure))
    return abs(claim.number - exact) <= max(abs(exact) / 2, MOST_UNITS_OFF * claim.unit)


def _in_order(nodes: Collection[Value], claims: ClaimedNumbers) -> list[Figure]:
    """The figures that are claimed, each after those that it is worked out from."""
    index = {node: position for position, node in enumerate(nodes)}

    def key(figure: Figure) -> tuple[int, bool, int]:
        position = index[figure.node]
        is_backward = figure.quantity == "gradient"
        position = -position if is_backward else position
        return QUANTITIES.index(figure.quantity), figure.is_second_pass, position

    return sorted(claims, key=key)
