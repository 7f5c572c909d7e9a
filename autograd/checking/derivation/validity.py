"""Where a formula holds that is right here: for all values, or under a condition.

SymPy proves that it is right for all values, where it can.

A formula that is not right everywhere may take for granted what a person knows of the numbers: that
a neuron is active, or that targets sum to 1. It is right where that holds. So random points are
tried on both sides of each kink, and with such targets.
"""

import math
import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from autograd.checking.derivation.claims import ClaimedFormula
from autograd.checking.derivation.points import Point, evaluate, finite_points, rounding_error
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import LEARNING_RATE
from autograd.checking.derivation.solution import (
    Figure,
    Leaves,
    Problem,
    Solution,
    is_finite,
    tolerance,
)
from autograd.graph import topological_order
from autograd.notation import is_made_by
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import Value, data_of

# SymPy may take very long over anything larger; random points have been tried before.
_LARGEST_FORMULA = 300
_LARGEST_TO_SIMPLIFY = 50
_LARGEST_GRAPH = 300
# With branches, SymPy asks at each operation which branch it is on.
_LARGEST_WITH_BRANCHES = 60
_LARGEST_DEGREE = 100
# For SymPy, exp(x * 0.33333) is the 33333rd power of exp(x / 100000).
_LARGEST_FRACTION = 1000
# The most digits of all numbers together.
_MOST_DIGITS = 150
# SymPy works numbers out exactly, and with 1.0000001 ** 10000000 it would never finish.
_LARGEST_CONSTANT = 10_000
# If an expression becomes longer than this on the way, the proof is given up.
_LONGEST = 10_000
# The most terms, if all parentheses are multiplied out.
_MOST_TERMS, _MOST_TERMS_TO_SIMPLIFY = 1000, 100
_DRAWS_TO_PROVE = 2
_ARITHMETIC = ("add", "sub", "mul", "div", "neg", "sum", "dot")
# The functions with a kink where the operand is 0, or where both operands are equal.
_KINKED = ("relu", "leaky_relu", "elu", "abs", "sign", "maximum", "minimum")

# What SymPy raises, and what a claimed function written for floats raises when it gets symbols.
_SYMPY_REFUSALS = (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError)
# In a larger graph no condition is looked for: it would take many points.
_LARGEST_SEARCHED = 2_000
_DRAWS = 90
# If a formula is right at this many points where a condition holds, it is no coincidence.
_ENOUGH = 4
# How far a leaf is moved, as a share of its number: near enough to stay on one side of most
# kinks, and far enough to cross them.
_SPREADS = (0.1, 0.4, 1.6)

# Draws numbers for targets so that a condition holds.
_Shares = Callable[[Sequence[Value], random.Random], list[float]]


# For all values


def is_proved(problem: Problem, figure: Figure, claim: ClaimedFormula) -> bool:
    """Whether SymPy proves that a formula equals a figure for all values.

    Labelled nodes stand for themselves at first. Where that is not enough, they are
    replaced by what they were computed from, the last ones first.

    Args:
        problem: a graph whose labels differ from one another.
        figure: what the formula is for; if it is a new value, that of a leaf.
        claim: a formula or function in labels.

    Returns:
        True if it is proved; False also if SymPy is not installed or could not decide.
    """
    try:
        import sympy
    except ImportError:
        return False
    nodes = list(problem.nodes)
    if len(nodes) > _LARGEST_GRAPH or not _is_short(nodes, figure.is_forward):
        return False
    if isinstance(claim, Formula) and claim.length > _LARGEST_FORMULA:
        return False
    try:
        named = _named(problem, figure, claim)
        if named is None:
            return False
        symbols = _symbols(problem, sympy)
        leaves = {n: symbols.get(n) or sympy.Rational(str(n.data)) for n in nodes if not n.parents}
        rate = sympy.Symbol(LEARNING_RATE, positive=True)
        known = {Figure("value", node): symbols[node] for node in named}
        solution = Solution(replace(problem, learning_rate=rate), leaves, known)
        difference = evaluate(solution, claim, figure) - solution.number(figure)
        return _vanishes(sympy.sympify(difference), sympy)
    except _SYMPY_REFUSALS:
        return False


def _named(problem: Problem, figure: Figure, claim: ClaimedFormula) -> Sequence[Value] | None:
    """The labelled nodes that can be replaced by any numbers while the claim stays right.

    Random numbers tell this far sooner than SymPy.

    Returns:
        As many as possible, from the start of the graph; None if the claim is wrong for some
        numbers in the leaves, or if SymPy would take very long over it.
    """
    nodes = [node for node in problem.order if node.label]
    if figure.quantity == "value":
        nodes = [node for node in nodes if node is not figure.node]

    def is_right(count: int) -> bool:
        differences = [
            _drawn_difference(problem, figure, claim, nodes[:count], n)
            for n in range(_DRAWS_TO_PROVE)
        ]
        return all(abs(data_of(number)) <= rounding_error(number) for number in differences)

    if not is_right(0):
        return None
    # If it is right with some nodes replaced, it is right with fewer: hence a binary search.
    enough, most = 0, len(nodes)
    while enough < most:
        count = (enough + most + 1) // 2
        if is_right(count):
            enough = count
        else:
            most = count - 1
    return nodes[:enough]


def _drawn_difference(
    problem: Problem, figure: Figure, claim: ClaimedFormula, named: Sequence[Value], seed: int
) -> Number:
    """How far a claim is off when the leaves, and some nodes, are numbers drawn at random.

    Raises:
        ValueError: if SymPy would take very long over it.
    """
    draw = random.Random(seed)

    def near(number: Number) -> Value:
        return Value(to_float(number or 1) * draw.uniform(0.7, 1.4))

    leaves = {x: near(x.data) if x.label else Value(to_float(x.data)) for x in problem.leaves}
    known = {Figure("value", node): near(node.data) for node in named}
    rate = near(problem.learning_rate)
    solution = Solution(replace(problem, learning_rate=rate), leaves, known)
    difference = evaluate(solution, claim, figure) - solution.number(figure)
    free = {x for leaf, x in leaves.items() if leaf.label} | {*known.values(), rate}
    # SymPy works all of these out, whether they are needed or not.
    made = [*solution.results.values(), *chain(*solution.partials.values()), difference]
    nodes = list(topological_order(*(x for x in made if isinstance(x, Value))))
    _require_short_numbers(nodes, free)
    # Where SymPy knows that a Value is positive, its relu is the Value itself.
    _require_plain_branches(problem.nodes, {*named, *problem.leaves})
    _require_plain_branches(nodes, free)
    return difference


def _require_short_numbers(nodes: Iterable[Value], free: Collection[Value]) -> None:
    """Refuses a graph whose numbers would be long if they were worked out exactly."""
    degrees: dict[Value, float] = {}
    constants: set[Value] = set()
    for node in nodes:
        number = to_float(abs(node.data))
        degrees[node] = _degree(node, degrees)
        if not math.isfinite(number) or degrees[node] > _LARGEST_DEGREE:
            raise ValueError("a number is too large")
        if node not in free and constants.issuperset(node.parents):
            constants.add(node)
            if number > _LARGEST_CONSTANT or not _is_arithmetic(node):
                raise ValueError("a constant is too large")


def _require_plain_branches(nodes: Iterable[Value], free: Collection[Value]) -> None:
    """Refuses branches where SymPy can't easily tell whether the operands are positive.

    It can if they are made from the free numbers and constants by arithmetic alone.
    """
    plain: set[Value] = set()
    for node in nodes:
        is_plain = plain.issuperset(node.parents)
        if not is_plain and is_made_by(node, *_KINKED, "where"):
            raise ValueError("a function with branches is taken of another function")
        if node in free or (is_plain and _is_arithmetic(node)):
            plain.add(node)


def _is_arithmetic(node: Value) -> bool:
    """Whether a node is a leaf, or the result of + - * / or of a power that is an integer."""
    if is_made_by(node, "pow") and len(node.parents) == 1:
        return float(_exponent(node)).is_integer()
    return not node.parents or is_made_by(node, *_ARITHMETIC)


def _exponent(power: Value) -> Number:
    assert power.rule is not None
    return power.rule.constants.get("exponent", power.parents[-1].data)


def _degree(node: Value, degrees: Mapping[Value, float]) -> float:
    """The degree of a node: the most factors that are multiplied in it."""
    of_parents = [degrees[parent] for parent in node.parents]
    if is_made_by(node, "mul", "div", "dot"):
        return sum(of_parents)
    if is_made_by(node, "pow"):
        return of_parents[0] * max(1, to_float(abs(_exponent(node))))
    return max(of_parents, default=1)


def _is_short(nodes: Sequence[Value], is_forward: bool) -> bool:
    """Whether a graph is short as a formula, where what is used twice is written twice."""
    lengths: dict[Value, int] = {}
    for node in nodes:
        lengths[node] = 1 + sum(1 if parent.label else lengths[parent] for parent in node.parents)
    # The derivatives: a term for each path to the end.
    slopes = dict.fromkeys(nodes, 1)
    for node in () if is_forward else reversed(nodes):
        for parent in node.parents:
            slopes[parent] += slopes[node] + lengths[node]
    return max(*lengths.values(), *slopes.values()) <= _LONGEST


def _symbols(problem: Problem, sympy: Any) -> dict[Value, Any]:
    """A symbol for each labelled node, its own even where several nodes share a label."""
    symbols = {}
    for label, nodes in problem.labels.items():
        unique = sympy.Symbol if len(nodes) == 1 else sympy.Dummy
        symbols.update({node: unique(label, real=True) for node in nodes})
    return symbols


def _vanishes(difference: Any, sympy: Any) -> bool:
    """Whether a difference is 0 for all values; False if it is too long to tell."""
    length = sympy.count_ops(difference)
    branches = (sympy.Piecewise, sympy.Max, sympy.Min, sympy.Abs, sympy.sign)
    has_branches = difference.has(*branches)
    if length > (_LARGEST_WITH_BRANCHES if has_branches else _LARGEST_FORMULA):
        return False
    # Nothing can be proved about a float, which is not exact.
    numbers = [number for number in difference.atoms(sympy.Number) if not number.is_Rational]
    fractions = difference.atoms(sympy.Rational)
    if numbers or sum(len(str(number)) for number in fractions) > _MOST_DIGITS:
        return bool(difference == 0)
    if not all(_is_simple(power.exp) for power in difference.atoms(sympy.Pow, sympy.exp)):
        return False
    numerator = sympy.together(difference).as_numer_denom()[0]
    terms = _terms(numerator, sympy)
    if terms > _MOST_TERMS:
        return False
    if sympy.expand(numerator) == 0:
        return True
    is_small = length <= _LARGEST_TO_SIMPLIFY and terms <= _MOST_TERMS_TO_SIMPLIFY
    return bool(is_small and not has_branches and sympy.simplify(difference) == 0)


def _is_simple(exponent: Any) -> bool:
    """Whether the numbers in an exponent are integers and fractions of few digits."""
    numbers = [number for number in exponent.atoms() if number.is_Number]
    if not all(number.is_Rational for number in numbers):
        return False
    return bool(math.prod(abs(n.p) * n.q for n in numbers) <= _LARGEST_FRACTION)


def _terms(expression: Any, sympy: Any) -> int:
    """At most how many terms an expression has when multiplied out; large counts are capped."""
    counts = [min(_terms(part, sympy), _MOST_TERMS + 1) for part in expression.args]
    if expression.is_Add:
        return sum(counts)
    if expression.is_Pow and expression.exp.is_Integer:
        base = counts[0]
        # As many as there are ways to distribute the exponent over the terms.
        size = abs(int(expression.exp))
        return math.comb(base + size - 1, size) if base > 1 else 1
    # The operand of a function is multiplied out too.
    return math.prod(counts)


# Under a condition


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
    attempts: list[tuple[str, _Shares | None]] = [("", None)] if kinks else []
    if targets:
        listed = "; ".join(", ".join(map(here.problem.name, group)) for group in targets)
        attempts.append((f"where {listed} sum to 1", _summing_to_1))
        if all(here.leaves[leaf] in (0, 1) for group in targets for leaf in group):
            attempts.append((f"where one of {listed} is 1 and the others are 0", _one_hot))
    for words, shares in attempts:
        points = [
            (point, not point.differs(figure, claim))
            for point in finite_points(here.problem, figure, _moved(here, targets, shares))
            if is_finite(point.claimed(figure, claim).number)
        ]
        sides = _sides_needed(here, kinks, points)
        if sides is not None:
            return ", ".join(filter(None, (words, _in_words(here, sides))))
    return None


def _moved(
    here: Point, targets: Iterable[Sequence[Value]], shares: _Shares | None
) -> Iterator[Leaves]:
    draw = random.Random(0)
    for n in range(_DRAWS):
        spread = _SPREADS[n % len(_SPREADS)]
        moved = {
            leaf: number + spread * draw.randint(-64, 64) / 64 * (number or 1)
            if leaf.label
            else number
            for leaf, number in here.leaves.items()
        }
        if shares:
            for group in targets:
                moved.update(zip(group, shares(group, draw), strict=True))
        yield moved


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


def _summing_to_1(group: Sequence[Value], draw: random.Random) -> list[float]:
    drawn = [draw.randint(1, 64) for _ in group]
    return [n / sum(drawn) for n in drawn]


def _one_hot(group: Sequence[Value], draw: random.Random) -> list[float]:
    chosen = draw.choice(group)
    return [float(leaf is chosen) for leaf in group]
