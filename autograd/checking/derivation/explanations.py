"""Which mistakes lead to a wrong claim."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from autograd.checking.derivation.claims import Claim, ClaimedFormula, ClaimedNumber
from autograd.checking.derivation.mistake import Mistake
from autograd.checking.derivation.places import Measured, Place
from autograd.checking.derivation.update_mistakes import update_mistakes
from autograd.checking.derivation.value_mistakes import value_mistakes
from autograd.checking.derivation.walk import Figure, Walk
from autograd.kinds import Number

# Two numbers are the same where they agree to this, relatively: far above rounding, far
# below a mistake.
_SAME = 1e-9

Claims = Mapping[Figure, Claim]


def mistakes_in_number(
    place: Place, figure: Figure, claims: Claims, wrong: set[Figure]
) -> list[Mistake]:
    """The mistakes that lead to a claimed number, the likeliest first.

    Args:
        place: the numbers of the graph.
        figure: what was claimed.
        claims: all claims, this one included.
        wrong: the figures whose claims are known to be wrong.
    """
    claim = claims[figure]
    assert isinstance(claim, ClaimedNumber)
    right = place.right(figure)
    others = place.numbers({f: c for f, c in claims.items() if f != figure})

    def agreement(number: Number) -> str | None:
        if _is_same(number, right):
            return None
        if not claim.digits:
            return "right" if number == claim.number else None
        return claim.agreement(number, right.slack + _SAME * abs(number))

    def mistakes(walk: Walk) -> list[Mistake]:
        found = [(agreement(m.number), m) for m in _mistakes(walk, figure)]
        rounded = [m for how, m in found if how in ("right", "rounded")]
        # Few people cut digits off, and many mistakes fit a number of one digit that way.
        return rounded + [m for how, m in found if how == "cut off"]

    carried = place.setting.walk(place.leaves, others)
    found = mistakes(place.walk)
    if agreement(carried.number(figure)):
        found = [_carried(place, figure, others, wrong), *found]
    elif not _is_same(carried.number(figure), right):
        words = "going on from the other claims, "
        found += [replace(m, words=words + m.words) for m in mistakes(carried)]
    return _likeliest(found)


def mistakes_in_formula(
    places: Sequence[Place], figure: Figure, claims: Claims, wrong: set[Figure]
) -> list[Mistake]:
    """The mistakes that lead to a claimed formula, at each of some places."""
    claim = claims[figure]
    assert not isinstance(claim, ClaimedNumber)
    formulas = {f: c for f, c in claims.items() if f != figure and not isinstance(c, ClaimedNumber)}
    first, *others = [_at(place, figure, claim, formulas, wrong) for place in places]
    return _likeliest(m for key, m in first.items() if all(key in other for other in others))


def _at(
    place: Place, figure: Figure, claim: ClaimedFormula, others: Claims, wrong: set[Figure]
) -> dict[tuple[str, str], Mistake]:
    claimed, right = place.claimed(figure, claim), place.right(figure)

    def fits(number: Number) -> bool:
        return _is_same(number, claimed) and not _is_same(number, right)

    numbers = place.numbers(others)
    found = []
    if fits(place.setting.walk(place.leaves, numbers).number(figure)):
        found.append(_carried(place, figure, numbers, wrong))
    found += [m for m in _mistakes(place.walk, figure) if fits(m.number)]
    unique: dict[tuple[str, str], Mistake] = {}
    for mistake in found:
        unique.setdefault((mistake.kind, mistake.where), mistake)
    return unique


def _mistakes(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    is_value = figure.quantity == "value" or (
        figure.quantity == "new value" and figure.node.parents
    )
    yield from value_mistakes(walk, figure) if is_value else update_mistakes(walk, figure)


def _likeliest(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Without those that take another node's number, unless nothing else explains it."""
    found = list(mistakes)
    return [m for m in found if m.kind != "another node"] or found


def _is_same(number: Number, other: Measured) -> bool:
    return bool(abs(number - other.number) <= other.slack + _SAME * abs(other.number))


def _carried(
    place: Place, figure: Figure, others: dict[Figure, Number], wrong: set[Figure]
) -> Mistake:
    """What follows from other claims: wrong ones, or right ones that were rounded."""

    def going_on_from(claims: Iterable[Figure]) -> Number:
        claimed = {other: others[other] for other in claims}
        return place.setting.walk(place.leaves, claimed).number(figure)

    number, right = going_on_from(others), going_on_from(())
    # One may be enough; where several go in, each makes a difference.
    used = [other for other in others if going_on_from([other]) == number]
    used = used or [o for o in others if going_on_from(set(others) - {o}) != number]
    used = used or [other for other in others if going_on_from([other]) != right]
    guilty = [other for other in used if other in wrong]
    listed = ", ".join(map(str, guilty or used))
    if guilty:
        words = f"it follows from what you have for {listed}, where the mistake is"
        return Mistake("carried", listed, number, words)
    words = f"it follows from figures that were rounded before, {listed}: keep more digits"
    return Mistake("rounding", listed, number, words)
