"""What went wrong: the mistakes that lead to a wrong claim."""

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace

from autograd.checking.derivation.claims import (
    Claim,
    ClaimedNumber,
    UnreadableClaim,
    tolerance,
)
from autograd.checking.derivation.gradient_mistakes import gradient_mistakes
from autograd.checking.derivation.mistake import Mistake
from autograd.checking.derivation.points import Measured, Point
from autograd.checking.derivation.solution import Figure, Numbers, Solution
from autograd.checking.derivation.value_mistakes import value_mistakes
from autograd.numbers.kinds import Number

# In a larger graph no mistake is looked for: each is a change to one edge, or to all that a
# weight or a claim has influence on.
_LARGEST_SEARCHED = 5_000
# Given where nothing else leads to the claim.
_UNLIKELY = ("extra factor", "another node")

Claims = Mapping[Figure, Claim]


def mistakes_behind(
    points: Sequence[Point], figure: Figure, claims: Claims, wrong: Set[Figure]
) -> list[Mistake] | None:
    """The mistakes that lead to a claim at each of some points, the likeliest first.

    Args:
        points: where the claim is wrong; of a claimed number, the numbers of the graph.
        figure: what was claimed.
        claims: all claims, this one included.
        wrong: the figures whose claims are known to be wrong.

    Returns:
        The mistakes; None in a graph of more than 5,000 nodes, where none is sought.
    """
    if len(points[0].solution.values) > _LARGEST_SEARCHED:
        return None
    first, *others = [_at(point, figure, claims, wrong) for point in points]
    shared = [m for key, m in first.items() if all(key in other for other in others)]
    return [m for m in shared if m.kind not in _UNLIKELY] or shared


def _at(
    point: Point, figure: Figure, claims: Claims, wrong: Set[Figure]
) -> dict[tuple[str, str], Mistake]:
    """The mistakes that lead to a claim at one point, by their kind and where they are."""
    claim, right = claims[figure], point.right(figure)
    claimed = point.claimed(figure, claim)

    def agreement(number: Number) -> str | None:
        if _is_same(number, right):
            return None
        if isinstance(claim, ClaimedNumber) and claim.digits:
            return claim.agreement(number, right.slack + tolerance(number))
        return "right" if _is_same(number, claimed) else None

    others = _other_numbers(point, figure, claims)
    carried = Solution(point.problem, point.leaves, others)
    mistakes = _mistakes(point.solution, figure)
    if agreement(carried.number(figure)):
        mistakes = [_carried(point, figure, others, wrong), *mistakes]
    elif not _is_same(carried.number(figure), right):
        words = "going on from the other claims, "
        mistakes += [replace(m, words=words + m.words) for m in _mistakes(carried, figure)]
    fitting = [(agreement(mistake.number), mistake) for mistake in mistakes]
    if isinstance(claim, ClaimedNumber):
        # An integer that a mistake gives exactly was not rounded.
        fitting = [fit for fit in fitting if fit[0] and claim.is_exactly(fit[1].number)] or fitting
        if claim.digits == 1 and figure.quantity not in ("value", "new value"):
            # So many mistakes in a gradient round to one digit that to name one is to guess.
            fitting = [fit for fit in fitting if fit[0] == "right"]
    # Few people cut digits off, and many mistakes fit a number of one digit that way.
    likely = [m for how, m in fitting if how in ("right", "rounded")]
    likely += [m for how, m in fitting if how == "cut off"]
    first: dict[tuple[str, str], Mistake] = {}
    for mistake in likely:
        first.setdefault((mistake.kind, mistake.where), mistake)
    return first


def _other_numbers(point: Point, figure: Figure, claims: Claims) -> Numbers:
    """What the other claims say; a formula follows from other formulas alone."""
    is_number = isinstance(claims[figure], ClaimedNumber)
    silent = UnreadableClaim if is_number else (UnreadableClaim, ClaimedNumber)
    return {
        other: point.claimed(other, claim).number
        for other, claim in claims.items()
        if other != figure and not isinstance(claim, silent)
    }


def _mistakes(solution: Solution, figure: Figure) -> list[Mistake]:
    made = value_mistakes if figure.is_forward else gradient_mistakes
    mistakes: list[Mistake] = []
    # Fractions may be too large for what floats do to them; those made before that stay.
    with suppress(OverflowError):
        mistakes.extend(made(solution, figure))
    return mistakes


def _is_same(number: Number, other: Measured) -> bool:
    return other.agrees(Measured(number, 0.0), tolerance(other.number))


def _carried(point: Point, figure: Figure, others: Numbers, wrong: Set[Figure]) -> Mistake:
    """What follows from other claims: wrong ones, or right ones that were rounded."""

    def going_on_from(claimed: Iterable[Figure]) -> Number:
        known = {f: others[f] for f in claimed}
        return Solution(point.problem, point.leaves, known).number(figure)

    number, right = going_on_from(others), going_on_from(())
    # One may be enough; where several go in, each makes a difference.
    used = [other for other in others if going_on_from([other]) == number]
    used = used or [o for o in others if going_on_from(set(others) - {o}) != number]
    used = used or [other for other in others if going_on_from([other]) != right]
    guilty = [other for other in used if other in wrong]
    listed = ", ".join(map(point.problem.title, guilty or used))
    if guilty:
        words = f"it follows from what you have for {listed}, where the mistake is"
        return Mistake("carried", listed, number, words)
    words = f"it follows from figures that were rounded before, {listed}: keep more digits"
    return Mistake("rounding", listed, number, words)
