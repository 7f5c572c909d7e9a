"""Claims that are chains of equations, such as "(o − t)·h1 = 0.741·0.593 = 0.44"."""

import itertools
import math
from collections.abc import Callable

from autograd.checking.derivation.claims import RELATIVE_TOLERANCE, ClaimedNumber, distance
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import shortened
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text

# How far a formula may be from the number it is said to be, where each figure was rounded.
_UNWRITTEN_ROUNDING = 0.05
_SHOWN_DIGITS = 6


def broken_equation(
    claim: ClaimedNumber | Formula, measured: Callable[[Formula], tuple[Number, float]]
) -> str:
    """What is wrong within a claim such as "(o − t)·h1 = 0.741·0.593 = 0.46"; "" if nothing is.

    Args:
        claim: the claim, with the parts that are said to be equal to it.
        measured: gives the number of a formula, and how far it may be off.

    Returns:
        A phrase for a message, or "".

    >>> from autograd.checking.derivation.claims import read_claim
    >>> claim = read_claim("0.741·0.593 = 0.46", [])
    >>> broken_equation(claim, lambda formula: (formula({}), formula.slack({})))
    '0.741·0.593 is 0.439413, not 0.46: the = behind it does not hold'
    """
    for part in claim.earlier:
        number, _ = measured(part) if part.is_conditional else (0, 0)
        if number != number:
            return f"the condition in {shortened(part.text)} does not hold here"
    parts = [(part.text, part.is_constant, *measured(part)) for part in claim.earlier]
    if isinstance(claim, ClaimedNumber):
        parts.append(("", True, claim.number, to_float(claim.unit) / 2))
    else:
        parts.append(("", False, *measured(claim)))
    for (text, *left), (_, *right) in itertools.pairwise(parts):
        # 1·(1 − 1) = 2e-5 may be true, by the digits that were not written down.
        if left[1] == 0 or right[1] == 0:
            continue
        size = to_float(max(abs(left[1]), abs(right[1])))
        # From a formula to a number, a person may have rounded without writing it down.
        tolerance = size * (RELATIVE_TOLERANCE if left[0] == right[0] else _UNWRITTEN_ROUNDING)
        apart = distance(left[1], right[1])
        if 2 * (left[2] + right[2]) + tolerance < apart < math.inf:
            numbers = f"{_shown(left[1])}, not {_shown(right[1])}"
            return f"{shortened(text)} is {numbers}: the = behind it does not hold"
    return ""


def _shown(number: Number) -> str:
    return number_text(to_float(number), _SHOWN_DIGITS)
