"""What went wrong: the mistakes that lead to a wrong claim."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from autograd.checking.derivation.claims import FEW_DIGITS, Claim, ClaimedNumber, UnreadableClaim
from autograd.checking.derivation.measured import Measured, distance, is_finite, tolerance
from autograd.checking.derivation.mistakes import mistakes_in
from autograd.checking.derivation.mistakes.mistake import Mistake
from autograd.checking.derivation.points import Point
from autograd.checking.derivation.solution import QUANTITIES, Figure, Numbers
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
# In a number with fewer digits, a single wrong one tells nothing.
_FEWEST_DIGITS = 3
# A number that is off by so many units of its last digit was rounded too early.
_UNITS_OFF = 2

Claims = Mapping[Figure, Claim]
# Mistakes that lead to a claim, by kind and place.
_Fitting = dict[tuple[str, str], Mistake]


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
            going_on = mistakes_in(point.going_on_from(before), figure)
        for rank, group in enumerate(mistakes_in(point.solution, figure)):
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
        is_sure = False
        # Fractions raise where they are too large for floats, and where one is divided by 0. The
        # mistakes found before that count.
        with suppress(ArithmeticError):
            for tried, mistake in enumerate(mistakes, 1):
                if rank and tried > _MOST_TRIED:
                    break
                how = self._agreement(mistake.number)
                if how and self._is_possible(mistake):
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

    def _is_possible(self, mistake: Mistake) -> bool:
        return isinstance(self.claim, ClaimedNumber) or mistake.kind not in _OF_NUMBERS

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


# Slips of the pen


def digit_slips(claim: ClaimedNumber, right: Number, where: str) -> Iterator[Mistake]:
    """One digit wrong, extra or left out, or two swapped, as in copying from a calculator."""
    is_rounded = claim.unit and claim.digits >= _FEWEST_DIGITS and is_finite(right)
    if not is_rounded or claim.number * Fraction(right) <= 0:
        return
    claimed = str(abs(claim.number) // claim.unit)
    exact = abs(Fraction(right)) / claim.unit
    # The claim may be rounded, or cut off from a longer number.
    for whole in dict.fromkeys((round(exact), int(exact))):
        digits = str(whole)
        if len(digits) != len(claimed):
            continue
        # The places of the wrong digits.
        differing = [i for i in range(len(claimed)) if digits[i] != claimed[i]]
        here, there = ([text[i] for i in differing] for text in (claimed, digits))
        if len(differing) == 2 and here == there[::-1]:
            words = f"two digits are swapped, {here[0]} and {here[1]}"
            yield Mistake("digits", where, claim.number, words)
        elif len(differing) == 1:
            place = differing[0] + 1
            at = "at the end" if place == len(digits) else f"in place {place} of {len(digits)}"
            words = f"one digit is wrong, the {here[0]} {at}"
            yield Mistake("digits", where, claim.number, words)
    if len(claimed) <= _FEWEST_DIGITS:
        return
    # 0.0000351085 for 0.000035085, and the other way round.
    shorter, longer = str(round(exact / 10)), str(round(exact * 10))
    if place := _extra_digit(claimed, shorter):
        words = f"there is a digit too many, the {claimed[place - 1]} in place {place}"
        yield Mistake("digits", where, claim.number, words)
    if place := _extra_digit(longer, claimed):
        words = f"a digit is left out, a {longer[place - 1]} in place {place}"
        yield Mistake("digits", where, claim.number, words)


def _extra_digit(longer: str, shorter: str) -> int:
    """The place of the one digit that the longer number has and the shorter one lacks, or 0."""
    places = range(len(longer))
    return next((i + 1 for i in places if longer[:i] + longer[i + 1 :] == shorter), 0)


def last_digit(claim: ClaimedNumber, right: Number, where: str) -> list[Mistake]:
    """A claim of several digits that is nearly right, most likely because of rounding."""
    if claim.digits < _FEWEST_DIGITS or not claim.unit or not is_finite(right):
        return []
    allowed = _UNITS_OFF * claim.unit + Fraction(tolerance(right))
    if abs(claim.number - Fraction(right)) > allowed:
        return []
    words = "the last digit is off: carry more digits on the way"
    return [Mistake("rounding", where, claim.number, words)]
