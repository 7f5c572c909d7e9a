"""The condition under which a formula is right that is not right everywhere.

People know their numbers: that a neuron is active, or that targets sum to 1. A formula that takes
this for granted is right where it holds. So random points are tried on both sides of each kink, and
with such targets.
"""

import random
from collections.abc import Callable, Iterator, Sequence

from autograd.checking.derivation.claims import ClaimedFormula
from autograd.checking.derivation.measured import is_finite, tolerance
from autograd.checking.derivation.points import Point, finite_points
from autograd.checking.derivation.solution import Figure, Leaves, Problem
from autograd.notation import is_made_by
from autograd.numbers.kinds import Number
from autograd.value import Value

# In a larger graph no condition is looked for: it would take many points.
_LARGEST_SEARCHED = 2_000
_DRAWS = 90
# If a formula is right at this many points where a condition holds, it is no coincidence.
_ENOUGH = 4
# How far a leaf is moved, as a share of its number: near enough to stay on one side of most
# kinks, and far enough to cross them.
_SPREADS = (0.1, 0.4, 1.6)
# The functions with a kink where the operand is 0, or where both operands are equal.
_KINKED = ("relu", "leaky_relu", "elu", "abs", "sign", "maximum", "minimum")

# Changes randomly drawn leaves so that a condition holds.
_Constraint = Callable[[Leaves, random.Random], Leaves]


def condition_for(here: Point, figure: Figure, claim: ClaimedFormula) -> str | None:
    """The condition under which a formula is right, as far as random points show.

    Args:
        here: the numbers of the graph, at which the formula is right.
        figure: the figure that the formula is for.
        claim: the formula.

    Returns:
        The condition, as in "while z1 > 0"; None if none is found.
    """
    if len(here.solution.values) > _LARGEST_SEARCHED:
        return None
    kinks = [node for node in here.problem.order if is_made_by(node, *_KINKED)]
    if any(_side(here, node) == 0 for node in kinks):
        return None
    targets = _targets(here)
    attempts: list[tuple[str, _Constraint]] = [("", _unchanged)] if kinks else []
    if targets:
        listed = "; ".join(", ".join(map(here.problem.name, group)) for group in targets)
        attempts.append((f"where {listed} sum to 1", _summing_to_1(targets)))
        if all(here.leaves[leaf] in (0, 1) for group in targets for leaf in group):
            words = f"where one of {listed} is 1 and the others are 0"
            attempts.append((words, _one_hot(targets)))
    for words, constraint in attempts:
        points = [
            (point, not point.differs(figure, claim))
            for point in finite_points(here.problem, figure, _drawn(here, constraint))
            if is_finite(point.claimed(figure, claim).number)
        ]
        sides = _sides_needed(here, kinks, points)
        if sides is not None:
            return ", ".join(filter(None, (words, _in_words(here, sides))))
    return None


def _drawn(here: Point, constraint: _Constraint) -> Iterator[Leaves]:
    draw = random.Random(0)
    for n in range(_DRAWS):
        spread = _SPREADS[n % len(_SPREADS)]
        moved = {
            leaf: number + spread * draw.randint(-64, 64) / 64 * (number or 1)
            if leaf.label
            else number
            for leaf, number in here.leaves.items()
        }
        yield constraint(moved, draw)


def _sides_needed(
    here: Point, kinks: Sequence[Value], points: Sequence[tuple[Point, bool]]
) -> list[Value] | None:
    """The kinks that must be on the same side as here; None if the formula is wrong even then."""
    same = {
        point: {node for node in kinks if _side(point, node) == _side(here, node)}
        for point, _ in points
    }

    def is_right_with(sides: Sequence[Value]) -> bool:
        agreeing = [is_right for point, is_right in points if same[point].issuperset(sides)]
        return len(agreeing) >= _ENOUGH and all(agreeing)

    needed = list(kinks)
    if not is_right_with(needed):
        return None
    for node in kinks:
        others = [other for other in needed if other is not node]
        crossing = [p for p, _ in points if node not in same[p] and same[p].issuperset(others)]
        if crossing and is_right_with(others):
            needed = others
    return needed


# Kinks


def _side(point: Point, node: Value) -> int:
    """On which side of its kink a function is: 1 or -1; 0 on the kink itself."""
    numbers = [point.solution.values[operand] for operand in node.parents]
    apart = numbers[0] - (numbers[1] if len(numbers) > 1 else 0)
    return int(apart > 0) - int(apart < 0)


def _in_words(here: Point, sides: Sequence[Value]) -> str:
    name = here.problem.name
    said = []
    for node in sides:
        other = name(node.parents[1]) if len(node.parents) > 1 else "0"
        said.append(f"{name(node.parents[0])} {'>' if _side(here, node) > 0 else '<'} {other}")
    return f"while {' and '.join(sorted(set(said)))}" if said else ""


# Targets


def _targets(here: Point) -> list[list[Value]]:
    """The targets of each cross-entropy, which are factors of logarithms, if they sum to 1."""
    groups: dict[Value, list[Value]] = {}
    for node in here.problem.order:
        if is_made_by(node, "mul"):
            for leaf, other in (node.parents, node.parents[::-1]):
                is_target = not leaf.parents and leaf.label
                if is_target and is_made_by(other, "log", "log1p", "sub"):
                    groups.setdefault(_total(here.problem, node), []).append(leaf)
    sums = {total: sum(here.leaves[leaf] for leaf in leaves) for total, leaves in groups.items()}
    return [
        sorted(leaves, key=lambda leaf: (len(leaf.label or ""), leaf.label))
        for total, leaves in groups.items()
        if len(leaves) > 1 and abs(sums[total] - 1) <= tolerance(1.0)
    ]


def _total(problem: Problem, node: Value) -> Value:
    """The largest sum that a term is a part of, through partial sums without a label."""
    while not node.label and len(problem.uses.get(node, ())) == 1:
        consumer = problem.uses[node][0].consumer
        if not is_made_by(consumer, "add", "sub", "neg", "sum"):
            break
        node = consumer
    return node


def _unchanged(leaves: Leaves, draw: random.Random) -> Leaves:
    return leaves


def _summing_to_1(groups: Sequence[Sequence[Value]]) -> _Constraint:
    def constrained(leaves: Leaves, draw: random.Random) -> Leaves:
        shares: dict[Value, Number] = {}
        for group in groups:
            drawn = [draw.randint(1, 64) for _ in group]
            shares |= {leaf: n / sum(drawn) for leaf, n in zip(group, drawn, strict=True)}
        return {**leaves, **shares}

    return constrained


def _one_hot(groups: Sequence[Sequence[Value]]) -> _Constraint:
    def constrained(leaves: Leaves, draw: random.Random) -> Leaves:
        chosen = [draw.choice(group) for group in groups]
        shares = {
            leaf: float(any(leaf is own for own in chosen)) for group in groups for leaf in group
        }
        return {**leaves, **shares}

    return constrained
