"""Whether the partials of a rule fit together where several of its operands meet in a kink."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from autograd.checking.judging import Judgement
from autograd.checking.numeric import SAFETY
from autograd.numbers.text import number_text
from autograd.value import Value

# How far from the tie the rule is looked at, and how far it is moved there. A relative mistake
# of 1e-7 is more than the rounding, 2 ** -52 / 2 ** -24, and the bend on the way.
_AWAY = 2.0**-20
_STEP = 2.0**-24
# Of more operands not all sides of all kinks are looked at: their number doubles with each.
_MOST = 4


def mistake_at_tie(node: Value, judgements: Sequence[Judgement]) -> str:
    """What is wrong with the partials at a tie taken together, in words; "" if nothing.

    Along any direction the claimed derivative must lie between those of the rule on all sides
    of its kinks, as it must along one operand. Where a direction stays within the tie they are
    the same, and there is nothing between.

    Args:
        node: whose partials these are.
        judgements: of its partials, one by one.
    """
    jumps = {
        position: abs(judgement.sides[1] - judgement.sides[0])
        for position, judgement in enumerate(judgements)
        if judgement.verdict == "kink" and judgement.sides
    }
    if not 2 <= len(jumps) <= _MOST:
        return ""
    for direction in _directions(jumps):
        claim = sum(float(node.partials[position]) * d for position, d in direction.items())
        slopes, unsure = _slopes_around(node, jumps, direction)
        margin = SAFETY * unsure
        if slopes and not min(slopes) - margin <= claim <= max(slopes) + margin:
            operands = " and ".join(str(position + 1) for position in direction)
            ways = " and ".join(number_text(d) for d in direction.values())
            nearest = min(slopes, key=lambda slope: abs(slope - claim))
            return (
                f"but where operands {operands} move by {ways}, the partials add up to "
                f"{number_text(claim, 10)}, and the result moves by {number_text(nearest, 10)}"
            )
    return ""


def _directions(jumps: dict[int, float]) -> Iterator[dict[int, float]]:
    """Those that may stay within a tie, of two operands each and of all together.

    Where a kink lies along n . x = 0, the derivative in each operand jumps by its part of n.
    """
    widths = {position: min(jumps.values()) / jump for position, jump in jumps.items()}
    for one, other in pairwise(widths):
        for sign in (1, -1):
            yield {one: widths[one], other: sign * widths[other]}
    if len(widths) > 2:
        yield widths


def _slopes_around(
    node: Value, jumps: dict[int, float], direction: dict[int, float]
) -> tuple[list[float], float]:
    """The derivatives along a direction on all sides of the kinks, and how far they are off."""
    assert node.rule is not None
    numbers = [float(parent.data) for parent in node.parents]
    size = max(abs(numbers[position]) for position in jumps) or 1.0
    found, unsure = [], 0.0
    for offsets in _offsets(jumps):
        low, high = (
            [
                x + size * (_AWAY * offsets.get(i, 0.0) + step * direction.get(i, 0.0))
                for i, x in enumerate(numbers)
            ]
            for step in (-_STEP, _STEP)
        )
        try:
            below, above = (float(node.rule.evaluate(at)[0]) for at in (low, high))
        except (ArithmeticError, ValueError):
            return [], 0.0
        found.append((above - below) / (2 * _STEP * size))
        # Of the results, and of the operands, whose last places are moved too.
        rounding = math.ulp(above) + sum(map(math.ulp, high)) * abs(found[-1])
        unsure = max(unsure, rounding / (_STEP * size))
    return found, unsure


def _offsets(jumps: dict[int, float]) -> Iterator[dict[int, float]]:
    """Places on every side of the kinks: each operand up or down, each the nearest once."""
    least = min(jumps.values())
    for signs in product((1, -1), repeat=len(jumps)):
        for turn in range(len(jumps)):
            distances = [0.5 ** ((place + turn) % len(jumps)) for place in range(len(jumps))]
            yield {
                position: sign * distance * least / jump
                for (position, jump), sign, distance in zip(
                    jumps.items(), signs, distances, strict=True
                )
            }
