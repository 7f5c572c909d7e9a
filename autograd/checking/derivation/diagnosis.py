"""What went wrong: the mistakes that people make, the likelier first, and which lead to a claim.

Of several mistakes that lead to a claim, the simplest is the likeliest. The tables at the foot say
in which order they are tried.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from autograd.checking.derivation.claims import FEW_DIGITS, Claim, ClaimedNumber, UnreadableClaim
from autograd.checking.derivation.mistakes import (
    Change,
    Mistake,
    gradient_mistakes,
    local_mistakes,
    path_mistakes,
    value_mistakes,
)
from autograd.checking.derivation.mistakes.path_mistakes import Paths
from autograd.checking.derivation.mistakes.value_mistakes import Expression
from autograd.checking.derivation.points import Measured, Point
from autograd.checking.derivation.solution import (
    QUANTITIES,
    Edge,
    Figure,
    Numbers,
    Solution,
    distance,
    is_finite,
    tolerance,
)
from autograd.graph import reached_from, topological_order
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number

# In a larger graph no mistake is looked for: each takes computing part of the graph again.
_LARGEST_SEARCHED = 5_000
# For each group of mistakes, how many of the numbers tried may be expected to fit by chance. To
# name a mistake is to bet on it, and the likelier ones are the better bets.
_ODDS = (10.0, 10.0, 0.5, 0.15, 0.1)
# A mistake that fits a number of few digits is a guess, unless hardly any of those tried would
# fit by chance. A guess is named only if no later group has a mistake that is sure.
_SURE = 0.05
# Among more unlikely mistakes than this many, one will fit by chance.
_MOST_TRIED = 3000
# Not of a formula, which has no digits and is not copied from another line.
_OF_NUMBERS = ("decimal", "digits", "copied number", "finite difference")
# In a number of so many digits, it is no coincidence if all but one are right.
_MANY_DIGITS = 4

Claims = Mapping[Figure, Claim]
# Mistakes that lead to a claim, by kind and place.
_Fitting = dict[tuple[str, str], Mistake]

# How a value is computed, or the paths of a gradient.
_Computed = TypeVar("_Computed", Expression, Paths)
# What a person may have put in place of the number of an operand, or of the derivative of a step.
_Changes = Callable[[_Computed, Edge], Iterator[Change]]
_Mistakes = Callable[[_Computed], Iterator[Mistake]]


def mistakes_behind(
    points: Sequence[Point], figure: Figure, claims: Claims, wrong: Set[Figure]
) -> list[Mistake] | None:
    """The mistakes that lead to a claim at each of some points, the likeliest first.

    Args:
        points: where the claim is wrong; for a claimed number, only the numbers of the graph.
        figure: what was claimed.
        claims: all claims, this one included.
        wrong: the figures whose claims are known to be wrong.

    Returns:
        The mistakes; None for a graph of more than 5,000 nodes, where none is looked for.
    """
    if len(points[0].solution.values) > _LARGEST_SEARCHED:
        return None
    found = _shared([_Search(point, figure, claims, wrong) for point in points])
    if found or points[0].leaves is points[0].problem.leaves:
        return found
    # A formula may be meant for these numbers, such as targets that are 0 and 1.
    here = Point(points[0].problem, points[0].problem.leaves)
    if not here.differs(figure, claims[figure]):
        return []
    return _shared([_Search(here, figure, claims, wrong)])


def _shared(searches: "Sequence[_Search]") -> list[Mistake]:
    """The mistakes that are found at all points."""
    guess: list[Mistake] = []
    first, *others = searches
    for rank, (group, *groups) in enumerate(zip(*(x.groups() for x in searches), strict=True)):
        shared, is_sure = first.fitting(group, rank)
        for search, own in zip(others, groups, strict=True):
            if shared:
                found, _ = search.fitting(own, rank)
                shared = {key: mistake for key, mistake in shared.items() if key in found}
        if shared and is_sure:
            return list(shared.values())
        guess = guess or list(shared.values())
    return guess


class _Search:
    """The search for the mistakes that lead to a claim at one point."""

    def __init__(self, point: Point, figure: Figure, claims: Claims, wrong: Set[Figure]):
        self.point = point
        self.figure = figure
        self.claims = claims
        self.wrong = wrong
        self.claim, self.right = claims[figure], point.right(figure)
        self.claimed = point.claimed(figure, self.claim)
        unit = to_float(self.claim.unit) if isinstance(self.claim, ClaimedNumber) else 0.0
        slack = self.claimed.slack + self.right.slack + tolerance(self.claimed.number)
        # Any number that agrees with the claim is nearer to it than this.
        self._reach = 2 * (unit + slack)

    def groups(self) -> Iterator[Iterator[Mistake]]:
        """Groups of mistakes, the likelier first."""
        point, figure = self.point, self.figure
        others = _other_numbers(point, figure, self.claims)
        carried = point.going_on_from(others)
        first: Iterator[Mistake] = iter(())
        going_on: Iterator[Iterator[Mistake]] = iter(())
        if self._agreement(carried.number(figure)):
            first = _carried(point, figure, others, self.wrong)
        elif not _is_same(carried.number(figure), self.right):
            # Claims that follow from this figure can't explain it.
            before = {f: others[f] for f in _figures_before(figure, others, point)}
            going_on = _mistakes_in(point.going_on_from(before), figure)
        for rank, group in enumerate(_mistakes_in(point.solution, figure)):
            words = "going on from the other claims, "
            later = (replace(m, words=words + m.words) for m in next(going_on, ()))
            yield chain(first, group, later)
            first = self._slips_of_the_pen(is_long=True) if rank == 1 else iter(())
        yield self._slips_of_the_pen(is_long=False)

    def fitting(self, mistakes: Iterable[Mistake], rank: int) -> tuple[_Fitting, bool]:
        """The mistakes of a group that lead to the claim, and whether they are more than a guess.

        The rank of the likeliest group is 0.
        """
        fits: list[tuple[str, Mistake]] = []
        is_sure, is_number = False, isinstance(self.claim, ClaimedNumber)
        # Fractions raise where they are too large for floats, and where one is divided by 0. The
        # mistakes found before that count.
        with suppress(ArithmeticError):
            for tried, mistake in enumerate(mistakes, 1):
                if rank and tried > _MOST_TRIED:
                    break
                how = self._agreement(mistake.number)
                if how and (is_number or mistake.kind not in _OF_NUMBERS):
                    odds = 0.0 if how == "right" else self._odds(tried, rank)
                    if odds <= _ODDS[min(rank, len(_ODDS) - 1)]:
                        fits.append((how, mistake))
                        is_sure |= self._digits > FEW_DIGITS or odds <= _SURE
        first: _Fitting = {}
        for mistake in self._likely(fits):
            first.setdefault((mistake.kind, mistake.where), mistake)
        return first, is_sure

    def _likely(self, fits: list[tuple[str, Mistake]]) -> list[Mistake]:
        """The likelier ones of the mistakes that fit, each given with how it agrees."""
        claim, figure = self.claim, self.figure
        if isinstance(claim, ClaimedNumber):
            # An integer that a mistake gives exactly was not rounded.
            fits = [fit for fit in fits if claim.is_exactly(fit[1].number)] or fits
            if claim.digits == 1 and figure.quantity not in ("value", "new value"):
                # Too many mistakes in a gradient round to the same one digit to name one of them.
                fits = [fit for fit in fits if fit[0] == "right"]
        # Few people cut digits off, and many mistakes fit a number of few digits that way.
        return [mistake for _, mistake in sorted(fits, key=lambda fit: fit[0] == "cut off")]

    def _agreement(self, number: Number) -> str | None:
        # Nearly all numbers are far off, which floats show fast.
        if distance(number, self.claimed.number) > self._reach or _is_same(number, self.right):
            return None
        if isinstance(self.claim, ClaimedNumber) and self.claim.digits:
            return self.claim.agreement(number, self.right.slack + tolerance(number))
        return "right" if _is_same(number, self.claimed) else None

    @property
    def _digits(self) -> float:
        return self.claim.digits if isinstance(self.claim, ClaimedNumber) else math.inf

    def _odds(self, tried: int, rank: int) -> float:
        """How many of the numbers that were tried would fit by chance."""
        if not isinstance(self.claim, ClaimedNumber):
            return 0.0
        size = abs(self.claim.number)
        old = self.point.solution.values[self.figure.node]
        if rank and self.figure.quantity == "new value" and is_finite(old):
            # Only the digits in which it differs from the old value are new.
            size = abs(self.claim.number - Fraction(old))
        return float(tried * self.claim.unit / size) if size else math.inf

    def _slips_of_the_pen(self, is_long: bool) -> Iterator[Mistake]:
        claim = self.claim
        if isinstance(claim, ClaimedNumber) and (claim.digits >= _MANY_DIGITS) == is_long:
            title = self.point.problem.title(self.figure)
            yield from digit_slips(claim, self.right.number, title)


def _other_numbers(point: Point, figure: Figure, claims: Claims) -> Numbers:
    """What the other claims say; for a formula, only what other formulas say."""
    is_number = isinstance(claims[figure], ClaimedNumber)
    silent = UnreadableClaim if is_number else (UnreadableClaim, ClaimedNumber)
    return {
        other: point.claimed(other, claim).number
        for other, claim in claims.items()
        if other != figure and not isinstance(claim, silent)
    }


def _figures_before(figure: Figure, others: Iterable[Figure], point: Point) -> list[Figure]:
    """The figures among others that are not computed from this one.

    A value goes into the nodes that are computed from its node, a gradient into the gradients of
    the nodes that its node is computed from.
    """
    if figure.is_forward:
        later = reached_from([figure.node], point.problem.order)
    else:
        later = set(topological_order(figure.node))

    def follows(other: Figure) -> bool:
        is_of_its_pass = figure.is_forward == other.is_forward
        is_not_earlier = QUANTITIES.index(other.quantity) >= QUANTITIES.index(figure.quantity)
        return is_of_its_pass and other.node in later and is_not_earlier

    return [other for other in others if not follows(other)]


def _is_same(number: Number, other: Measured) -> bool:
    return other.agrees(Measured(number, 0.0), tolerance(other.number))


def _carried(
    point: Point, figure: Figure, others: Numbers, wrong: Set[Figure]
) -> Iterator[Mistake]:
    """What follows from other claims that are wrong."""

    def going_on_from(claimed: Iterable[Figure]) -> Number:
        return point.going_on_from({f: others[f] for f in claimed}).number(figure)

    number, right = going_on_from(others), going_on_from(())
    # One claim may be enough; if it takes several, each of them makes a difference.
    used = [other for other in others if going_on_from([other]) == number]
    used = used or [o for o in others if going_on_from(set(others) - {o}) != number]
    used = used or [other for other in others if going_on_from([other]) != right]
    guilty = [other for other in used if other in wrong]
    if guilty:
        listed = ", ".join(map(point.problem.title, guilty))
        words = f"it follows from what you have for {listed}, where the mistake is"
        yield Mistake("carried", listed, number, words)


def digit_slips(claim: ClaimedNumber, right: Number, where: str) -> Iterator[Mistake]:
    """One digit wrong, extra or left out, or two swapped, as in copying from a calculator."""
    for words in claim.wrong_digits(right):
        yield Mistake("digits", where, claim.number, words)


def last_digit(claim: ClaimedNumber, right: Number, where: str) -> list[Mistake]:
    """The last digit off by one or two."""
    words = "the last digit is off: carry more digits on the way"
    is_off = claim.is_off_at_the_end(right)
    return [Mistake("rounding", where, claim.number, words)] if is_off else []


# The mistakes that are tried


def _mistakes_in(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Groups of mistakes that may be made in a figure, the likelier first.

    A group is tried only if none of those before it led to the claim.
    """
    if not figure.is_forward:
        yield from _in_a_gradient(solution, figure)
        return
    expression = Expression(solution, figure)
    for group in _IN_VALUES:
        yield chain.from_iterable(mistakes(expression) for mistakes in group)


def _in_a_gradient(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is computed from it."""
    rate = solution.problem.learning_rate
    # The figure is start + scale * gradient.
    start = solution.values[figure.node] if figure.quantity == "new value" else 0
    scale = {"gradient": 1, "step": rate}.get(figure.quantity) or -rate
    paths = Paths(solution, figure.node)
    first = gradient_mistakes.in_the_last_step(paths, figure, start, scale)
    for group in _IN_GRADIENTS:
        made: Iterator[Mistake] = chain.from_iterable(mistakes(paths) for mistakes in group)
        if figure.quantity != "gradient":
            made = (replace(m, number=start + scale * m.number) for m in made)
        yield chain(first, made)
        first = iter(())


def _at_one_step(change: _Changes[_Computed]) -> _Mistakes[_Computed]:
    """The number of one operand changed, or the derivative of one step."""
    return lambda computed: (
        computed.changed(edge, made) for edge in computed.edges for made in change(computed, edge)
    )


def _from_the_leaves(mistakes: _Mistakes[Expression]) -> _Mistakes[Expression]:
    """The same mistakes in the figures that a person goes on from, back to the leaves."""
    return lambda expression: mistakes(expression.whole)


def _at_steps_alike(change: _Changes[Paths]) -> _Mistakes[Paths]:
    """The derivatives of several steps changed in the same way."""

    def mistakes(paths: Paths) -> Iterator[Mistake]:
        for edges in paths.repeated:
            alike: dict[tuple[str, str], dict[Edge, Change]] = {}
            for edge in edges:
                for made in change(paths, edge):
                    alike.setdefault((made.kind, made.sort), {})[edge] = made
            for (kind, _), changes in alike.items():
                if len(changes) > 1:
                    number = paths.with_partials({x: made.number for x, made in changes.items()})
                    words = f"{next(iter(changes.values())).words}, and so each time"
                    yield Mistake(kind, edges[0].consumer.op, number, words)

    return mistakes


_IN_VALUES: Sequence[Sequence[_Mistakes[Expression]]] = (
    (
        value_mistakes.wrong_sign,
        value_mistakes.old_number,
        _at_one_step(value_mistakes.old_value),
        value_mistakes.old_operands,
        value_mistakes.slips_of_the_whole,
        value_mistakes.missing_operations,
        _at_one_step(value_mistakes.missing_operand),
        _at_one_step(value_mistakes.other_sign),
        _at_one_step(value_mistakes.decimal_slip),
        value_mistakes.transposed_layer,
        value_mistakes.new_weights,
    ),
    (
        value_mistakes.misread_functions,
        value_mistakes.several_missing_operations,
        value_mistakes.missing_functions,
        value_mistakes.other_operations,
        value_mistakes.other_nodes,
        value_mistakes.exchanged_operands,
    ),
    (value_mistakes.confused_functions, value_mistakes.neighbours),
    (
        _from_the_leaves(value_mistakes.missing_operations),
        _from_the_leaves(_at_one_step(value_mistakes.missing_operand)),
        _from_the_leaves(_at_one_step(value_mistakes.other_sign)),
        _from_the_leaves(value_mistakes.misread_functions),
    ),
    (
        value_mistakes.functions_of_an_operand,
        value_mistakes.other_labels,
        _from_the_leaves(_at_one_step(value_mistakes.decimal_slip)),
        _from_the_leaves(value_mistakes.confused_functions),
    ),
)
_IN_GRADIENTS: Sequence[Sequence[_Mistakes[Paths]]] = (
    (
        gradient_mistakes.twice_or_half,
        gradient_mistakes.counts_of_terms,
        _at_one_step(local_mistakes.missing_exponent),
        _at_one_step(local_mistakes.missing_derivative),
        _at_steps_alike(local_mistakes.missing_derivative),
        path_mistakes.missing_beyond,
        path_mistakes.product_rule,
        path_mistakes.missing_paths,
        gradient_mistakes.slips_of_the_point,
        gradient_mistakes.transposed,
        gradient_mistakes.new_for_old,
        _at_one_step(local_mistakes.other_operand),
        _at_one_step(local_mistakes.other_point),
        _at_one_step(local_mistakes.other_sign),
    ),
    (gradient_mistakes.number_itself, gradient_mistakes.left_out_at_the_error),
    (
        _at_one_step(local_mistakes.misremembered_derivative),
        _at_one_step(local_mistakes.function_itself),
        _at_one_step(local_mistakes.counted_twice),
        _at_one_step(local_mistakes.derivative_at_an_inner_point),
        _at_one_step(local_mistakes.power_rule_on_an_exponential),
        _at_one_step(local_mistakes.derivative_as_a_factor),
        _at_one_step(local_mistakes.derivative_of_a_known_function),
        path_mistakes.derivatives_combined_wrongly,
        path_mistakes.multiplied_paths,
        path_mistakes.product_of_means,
        path_mistakes.paths_through_nodes,
        path_mistakes.repeated_paths,
        path_mistakes.extra_paths,
        path_mistakes.missing_steps,
        gradient_mistakes.wrong_terms,
        path_mistakes.missing_before,
        path_mistakes.kept_constants,
        gradient_mistakes.cancelled_slopes,
        gradient_mistakes.argument_for_probability,
        path_mistakes.written_out,
        path_mistakes.other_steps,
        _at_one_step(local_mistakes.extra_factor),
        gradient_mistakes.extra_own_factor,
        gradient_mistakes.upside_down_as_a_whole,
    ),
    (
        _at_steps_alike(local_mistakes.misremembered_derivative),
        _at_steps_alike(local_mistakes.function_itself),
        _at_steps_alike(local_mistakes.counted_twice),
        _at_steps_alike(local_mistakes.derivative_of_a_known_function),
        _at_steps_alike(local_mistakes.other_point),
        _at_one_step(local_mistakes.derivative_in_other_units),
        gradient_mistakes.finite_differences,
        gradient_mistakes.other_nodes,
        gradient_mistakes.copied_numbers,
        _at_one_step(local_mistakes.number_of_a_neighbour),
    ),
    (
        _at_one_step(local_mistakes.derivative_of_any_function),
        _at_one_step(local_mistakes.number_of_another),
        _at_one_step(local_mistakes.upside_down),
        _at_steps_alike(local_mistakes.derivative_of_any_function),
        _at_steps_alike(local_mistakes.derivative_in_other_units),
    ),
)
