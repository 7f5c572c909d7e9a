"""Numeric derivatives with an estimate of their error."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

EPSILON = 2.0**-52
_LEVELS = 12


@dataclass(frozen=True)
class Estimate:
    """A derivative, and how far it may be off."""

    derivative: float
    error: float


def differentiate(function: Callable[[float], float], x: float) -> Estimate:
    """The derivative of a function of one number, by extrapolated central differences.

    Ridders' method: differences at steps that halve are extrapolated to step 0, and
    the entry of the table that agrees best with its neighbours is taken. For smooth
    functions of moderate size the result is right to about 1e-11 relative.

    Args:
        function: from float to float.
        x: where to differentiate.

    Returns:
        The estimate of least error; it is nan with an infinite error where no two
        steps gave finite numbers.

    >>> estimate = differentiate(math.exp, 1.0)
    >>> abs(estimate.derivative - math.e) < estimate.error < 1e-10
    True
    """
    scale = max(1.0, abs(x))
    noise = _noise(function, x, (abs(x) or 1.0) * 1e-7)
    # Long first steps suit smooth functions; short ones, and those of the size of x, reach
    # less far over kinks and the edges of domains.
    first_steps = {scale / 8, scale / 8192, (abs(x) or 1.0) / 8}
    tables = [_extrapolated(function, x, step, noise) for step in sorted(first_steps)]
    # Long steps may reach over a jump or a period and agree by chance: the shortest tells.
    shortest = min(tables, key=lambda table: table.shortest_step)
    near = [
        estimate
        for table in tables
        for estimate in table.estimates
        if abs(estimate.derivative - shortest.difference) <= shortest.slack
    ]
    return min(near, key=lambda e: e.error, default=Estimate(math.nan, math.inf))


@dataclass(frozen=True)
class _Table:
    """All extrapolations from one first step, and the plain difference at the shortest step."""

    estimates: list[Estimate]
    shortest_step: float
    difference: float
    slack: float


def _noise(function: Callable[[float], float], x: float, spacing: float) -> float:
    """By how much results are rounded, seen in third differences (More and Wild, 2011).

    Over so short a stretch a smooth function has none, and 1 + erf(x), say, that of 1.
    """
    results = [function(x + position * spacing) for position in range(-3, 4)]
    for _ in range(3):
        results = [right - left for left, right in pairwise(results)]
    # A third difference of independent errors is sqrt(20) times as large as one.
    worst = max(map(abs, results)) / math.sqrt(20)
    return worst if math.isfinite(worst) else 0.0


def _extrapolated(
    function: Callable[[float], float], x: float, step: float, noise: float
) -> _Table:
    estimates: list[Estimate] = []
    row: list[float] = []
    for _ in range(_LEVELS):
        # x + step and x - step are rounded, so the step is what lies between them.
        right, left = x + step, x - step
        at_right, at_left = function(right), function(left)
        rounding = (EPSILON * (abs(at_right) + abs(at_left)) + noise) / step
        above, row = row, [(at_right - at_left) / (right - left)]
        for column, previous in enumerate(above):
            row.append(row[column] + (row[column] - previous) / (4 ** (column + 1) - 1))
            disagreement = max(abs(row[-1] - row[-2]), abs(row[-1] - previous))
            estimates.append(Estimate(row[-1], disagreement + rounding))
        step /= 2
    slack = 10 * (abs(row[0] - above[0]) + rounding)
    return _Table(estimates, 2 * step, row[0], slack)
