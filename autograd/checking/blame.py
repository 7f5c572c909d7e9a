"""Which operation of a graph makes a derivative wrong, or has a kink.

The partials that a node recorded are compared with differences of its own operation: of the results
of its rule near the numbers of its parents. So this file knows no derivative.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from autograd.checking.differences import SAFETY, Curve
from autograd.checking.judging import Judgement, judge
from autograd.checking.report import Edge, Verdict
from autograd.graph import change, evaluated, interior_nodes, reached_from, sweep
from autograd.numbers.text import number_text
from autograd.transforms.gradients import gradients
from autograd.value import Value

# What to say where no operation is to blame.
_REMARKS = {
    "kink": "a kink too near for differences to tell its sides apart, or a branch of the function",
    "jump": "a jump, but of no operation in the graph: a branch of the function",
    "non-finite": "no operation alone: a product of partials is not finite, or nothing nearby is",
    "wrong": (
        "every rule on the way is right, but the sum over the paths is not: part of the function "
        "is missing from the graph (detach, .data, a plain number), or part of the graph was "
        "made outside of the function, and does not move with it"
    ),
}

# How far from a tie differences are taken, and their step. A relative mistake of 1e-7 is more than
# the rounding, 2 ** -52 / 2 ** -24, and the bend on the way.
_AWAY = 2.0**-20
_STEP = 2.0**-24
# With more operands there are too many sides of kinks to look at: each doubles their number.
_MOST_OPERANDS = 4


class Graph:
    """The graph of one result, whose partials are judged one by one, as they are asked for.

    Args:
        output: the result.
    """

    def __init__(self, output: Value):
        self._output = output
        self._order = interior_nodes(output)
        self._judgements: dict[tuple[Value, int], Judgement] = {}

    def mended(self, variables: Sequence[Value]) -> list[float]:
        """The derivatives in these variables, with each wrong partial replaced by a numeric one."""

        def partials(node: Value) -> list[float]:
            judgements = [self._judgement(node, index) for index in range(len(node.parents))]
            return [j.numeric if j.verdict == "wrong" else j.analytic for j in judgements]

        adjoints = sweep(self._order, {self._output: 1.0}, partials)
        return [adjoints.get(variable, 0.0) for variable in variables]

    def explained(self, verdict: Verdict, variable: Value) -> Verdict:
        """The verdict, with the operation that is to blame or what can be said instead.

        Args:
            verdict: on the derivative of the result in the variable; neither "ok" nor "noisy".
            variable: a leaf of the graph, or a Value that has no part in it.
        """
        stale = self._stale_node(variable) if verdict.verdict == "wrong" else None
        if stale:
            name = f"{stale.op} ({stale.label})" if stale.label else stale.op
            remark = f"the data below {name} was changed after it was computed"
            return replace(verdict, remark=remark)
        if verdict.verdict == "kink" and (tie := self._wrong_tie(variable)):
            return replace(verdict, verdict="wrong", edge=tie, remark="")
        edge = self._edge(variable, lambda judgement: judgement.verdict == verdict.verdict)
        if verdict.verdict == "wrong" and not edge:
            # What an operation does between two floats may explain all of it.
            edge = self._edge(variable, lambda judgement: judgement.is_contradicted)
            if edge:
                return replace(verdict, verdict="noisy", edge=replace(edge, verdict="noisy"))
            edge = self._edge(variable, lambda judgement: judgement.verdict == "noisy")
        return replace(verdict, edge=edge, remark="" if edge else _REMARKS[verdict.verdict])

    def _stale_node(self, variable: Value) -> Value | None:
        """The first node on the paths from a variable whose operands changed after it was made."""
        for node in dict.fromkeys(node for node, _ in self._edges(variable)):
            result = evaluated(node, [parent.data for parent in node.parents])[0]
            if change(node, result, node.partials):
                return node
        return None

    def _edge(self, variable: Value, is_meant: Callable[[Judgement], bool]) -> Edge | None:
        """The first edge on the paths from a variable whose judgement `is_meant`, parents first."""
        for node, index in self._edges(variable):
            judgement = self._judgement(node, index)
            if is_meant(judgement):
                return _described(node, index, judgement)
        return None

    def _wrong_tie(self, variable: Value) -> Edge | None:
        """The first edge to a tie whose partials are right one by one, but wrong together.

        maximum may give any share of a tie to each operand, but not 1 to both: where both
        move together, the result moves as they do.
        """
        for node, index in self._edges(variable):
            if self._judgement(node, index).verdict == "kink":
                judgements = [self._judgement(node, i) for i in range(len(node.parents))]
                if mistake := _mistake_at_tie(node, judgements):
                    judgement = replace(judgements[index], verdict="wrong")
                    return _described(node, index, judgement, mistake=mistake)
        return None

    def _edges(self, variable: Value) -> Iterator[tuple[Value, int]]:
        """The edges on the paths from a variable: nodes, each with the index of an operand."""
        reached = reached_from([variable], self._order)
        for node in self._order:
            yield from ((node, i) for i, parent in enumerate(node.parents) if parent in reached)

    def _judgement(self, node: Value, index: int) -> Judgement:
        if (node, index) not in self._judgements:
            self._judgements[node, index] = _judged(node, index)
        return self._judgements[node, index]


def second_order_edge(outputs: Sequence[Value]) -> Edge | None:
    """The first rule whose partials have a wrong derivative of their own, or none at all."""
    for node in interior_nodes(*outputs):
        operands = [Value(parent.data) for parent in node.parents]
        for differentiated, partial in enumerate(evaluated(node, operands)[1]):
            derivatives = (
                gradients(partial, operands) if isinstance(partial, Value) else [0] * len(operands)
            )
            for index, derivative in enumerate(map(float, derivatives)):
                judgement = judge(_curve(node, index, differentiated), derivative)
                if judgement.verdict == "wrong":
                    return _described(node, index, judgement, differentiated)
    return None


def _judged(node: Value, index: int) -> Judgement:
    return judge(_curve(node, index), float(node.partials[index]))


def _curve(node: Value, index: int, differentiated: int | None = None) -> Curve:
    """A node's rule, or its partial in one operand, as a function of the operand of that index."""
    numbers = [parent.data for parent in node.parents]

    def at(x: Any) -> Any:
        kind = type(x) if type(x) not in (float, complex) else type(numbers[0])
        moved = [x if i == index else kind(number) for i, number in enumerate(numbers)]
        result, partials = evaluated(node, moved)
        return result if differentiated is None else partials[differentiated]

    def along(x: float) -> float:
        try:
            return float(at(x))
        except (ArithmeticError, ValueError):
            return math.nan

    def exactly(x: Any) -> Any:
        try:
            result = at(x)
        # A rule that was not written for such numbers may raise anything.
        except Exception:
            return None
        return result if type(result) in (type(x), int) else None

    return Curve(float(numbers[index]), along, exactly)


def _described(
    node: Value,
    index: int,
    judgement: Judgement,
    differentiated: int | None = None,
    mistake: str = "",
) -> Edge:
    assert node.rule is not None
    if judgement.verdict == "wrong" and not mistake:
        mistake = _mistake(node, judgement)
    return Edge(
        rule=node.rule.name,
        node=node.label or "",
        position=index,
        operand=node.parents[index].label or "",
        operands=tuple((parent.label or "", float(parent.data)) for parent in node.parents),
        analytic=judgement.analytic,
        numeric=judgement.numeric,
        verdict=judgement.verdict,
        sides=judgement.sides,
        partial=differentiated,
        mistake=mistake,
    )


def _mistake(node: Value, judgement: Judgement) -> str:
    """What kind of mistake would give such a derivative."""
    analytic, numeric = judgement.analytic, judgement.numeric
    tolerance = max(judgement.tolerance, 1e-9 * abs(numeric))
    if judgement.sides:
        return "not between the one-sided derivatives"
    if abs(numeric) <= tolerance:
        return "should be 0"
    if abs(analytic) <= tolerance:
        return "missing"
    if abs(analytic + numeric) <= tolerance:
        return "of the wrong sign"
    for other in range(len(node.parents) if len(node.parents) > 1 else 0):
        swapped = _judged(node, other).numeric
        if abs(analytic - swapped) <= tolerance and swapped != numeric:
            return f"that of operand {other + 1}"
    ratio = Fraction(analytic / numeric).limit_denominator(12)
    if ratio and abs(analytic - numeric * float(ratio)) <= tolerance:
        return f"{ratio} times what it should be"
    return f"off by {number_text(abs(analytic / numeric - 1))} relative"


def _mistake_at_tie(node: Value, judgements: Sequence[Judgement]) -> str:
    """What is wrong with the partials at a tie taken together, in words; "" if nothing.

    Along any direction the claimed derivative must lie between those of the rule on all sides
    of its kinks, as it must along one operand. Where a direction stays within the tie they are
    the same, and there is nothing between.

    Args:
        node: the node whose partials these are.
        judgements: those of its partials, one by one.
    """
    jumps = {
        index: abs(judgement.sides[1] - judgement.sides[0])
        for index, judgement in enumerate(judgements)
        if judgement.verdict == "kink" and judgement.sides
    }
    if not 2 <= len(jumps) <= _MOST_OPERANDS:
        return ""
    for direction in _directions(jumps):
        claim = sum(float(node.partials[index]) * d for index, d in direction.items())
        slopes, error = _slopes_around(node, jumps, direction)
        margin = SAFETY * error
        if slopes and not min(slopes) - margin <= claim <= max(slopes) + margin:
            operands = " and ".join(str(index + 1) for index in direction)
            ways = " and ".join(number_text(d) for d in direction.values())
            nearest = min(slopes, key=lambda slope: abs(slope - claim))
            return (
                f"but where operands {operands} move by {ways}, the partials add up to "
                f"{number_text(claim, 10)}, and the result moves by {number_text(nearest, 10)}"
            )
    return ""


def _directions(jumps: dict[int, float]) -> Iterator[dict[int, float]]:
    """The directions that may stay within a tie: of two operands each, and of all together.

    Where a kink lies along n . x = 0, the derivative in each operand jumps by its part of n.
    """
    widths = {index: min(jumps.values()) / jump for index, jump in jumps.items()}
    for one, other in pairwise(widths):
        for sign in (1, -1):
            yield {one: widths[one], other: sign * widths[other]}
    if len(widths) > 2:
        yield widths


def _slopes_around(
    node: Value, jumps: dict[int, float], direction: dict[int, float]
) -> tuple[list[float], float]:
    """The derivatives along a direction on all sides of the kinks, and how far they may be off."""
    numbers = [float(parent.data) for parent in node.parents]
    size = max(abs(numbers[index]) for index in jumps) or 1.0
    slopes, error = [], 0.0
    for offsets in _offsets(jumps):
        low, high = (
            [
                x + size * (_AWAY * offsets.get(i, 0.0) + step * direction.get(i, 0.0))
                for i, x in enumerate(numbers)
            ]
            for step in (-_STEP, _STEP)
        )
        try:
            below, above = (float(evaluated(node, operands)[0]) for operands in (low, high))
        except (ArithmeticError, ValueError):
            return [], 0.0
        slopes.append((above - below) / (2 * _STEP * size))
        # The rounding of the results, and of the operands, whose last places move too.
        rounding = math.ulp(above) + sum(map(math.ulp, high)) * abs(slopes[-1])
        error = max(error, rounding / (_STEP * size))
    return slopes, error


def _offsets(jumps: dict[int, float]) -> Iterator[dict[int, float]]:
    """Points on every side of the kinks: each operand up or down, each the nearest once."""
    least = min(jumps.values())
    for signs in product((1, -1), repeat=len(jumps)):
        for turn in range(len(jumps)):
            distances = [0.5 ** ((i + turn) % len(jumps)) for i in range(len(jumps))]
            yield {
                index: sign * distance * least / jump
                for (index, jump), sign, distance in zip(
                    jumps.items(), signs, distances, strict=True
                )
            }
