"""Which operation of a graph makes a derivative wrong, or has the kink in it.

The partials that a node recorded are compared with differences of its own operation:
the result of its rule at the numbers of its parents. So nothing is known of derivatives here.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from autograd.checking.judging import Course, Judgement, judge
from autograd.checking.report import Edge
from autograd.checking.ties import mistake_at_tie
from autograd.graph import change, evaluated, interior_nodes, reached_from
from autograd.numbers.text import number_text
from autograd.transforms import gradients
from autograd.value import Value


class Graph:
    """The graph of one result, and what was found out about its edges.

    Args:
        output: the result.
    """

    def __init__(self, output: Value):
        self.order = interior_nodes(output)
        self._judged: dict[tuple[Value, int], Judgement] = {}

    def stale_node(self, variable: Value) -> Value | None:
        """The first node on the way from a variable whose operands changed after it was made."""
        for node in dict.fromkeys(node for node, _ in self._edges(variable)):
            result = evaluated(node, [parent.data for parent in node.parents])[0]
            if change(node, result, node.partials):
                return node
        return None

    def edge(self, variable: Value, is_meant: Callable[[Judgement], bool]) -> Edge | None:
        """The first edge on the way from a variable, parents first, of which that is true."""
        for node, position in self._edges(variable):
            judgement = self._judgement(node, position)
            if is_meant(judgement):
                return _described(node, position, judgement)
        return None

    def wrong_tie(self, variable: Value) -> Edge | None:
        """The first edge to a tie whose partials are right one by one, and together not.

        maximum may give any share of a tie to each operand, but not 1 to both: where both
        move together, the result moves as they do.
        """
        for node, position in self._edges(variable):
            if self._judgement(node, position).verdict == "kink":
                judgements = [self._judgement(node, p) for p in range(len(node.parents))]
                mistake = mistake_at_tie(node, judgements)
                if mistake:
                    judgement = replace(judgements[position], verdict="wrong")
                    return _described(node, position, judgement, mistake=mistake)
        return None

    def _edges(self, variable: Value) -> Iterator[tuple[Value, int]]:
        reached = reached_from([variable], self.order)
        for node in self.order:
            yield from ((node, i) for i, parent in enumerate(node.parents) if parent in reached)

    def _judgement(self, node: Value, position: int) -> Judgement:
        if (node, position) not in self._judged:
            self._judged[node, position] = _judged(node, position)
        return self._judged[node, position]


def second_edge(outputs: Sequence[Value]) -> Edge | None:
    """The first rule whose partials have a wrong derivative of their own, or none at all."""
    for node in interior_nodes(*outputs):
        assert node.rule is not None
        operands = [Value(parent.data) for parent in node.parents]
        partials = node.rule.evaluate(operands)[1]
        for differentiated, partial in enumerate(partials):
            found = (
                gradients(partial, operands) if isinstance(partial, Value) else [0] * len(operands)
            )
            for position, derivative in enumerate(found):
                judgement = _judge_along(node, position, float(derivative), differentiated)
                if judgement.verdict == "wrong":
                    return _described(node, position, judgement, float(derivative), differentiated)
    return None


def _judged(node: Value, position: int) -> Judgement:
    return _judge_along(node, position, float(node.partials[position]), None)


def _judge_along(
    node: Value, position: int, analytic: float, differentiated: int | None
) -> Judgement:
    """Compares with differences of a node's rule, or of one of its partials, in one operand."""
    assert node.rule is not None
    rule, numbers = node.rule, [parent.data for parent in node.parents]

    def at(x: Any) -> Any:
        kind = type(x) if type(x) not in (float, complex) else type(numbers[0])
        moved = [x if i == position else kind(number) for i, number in enumerate(numbers)]
        result, partials = rule.evaluate(moved)
        return result if differentiated is None else partials[differentiated]

    def along(x: float) -> float:
        try:
            return float(at(x))
        except (ArithmeticError, ValueError):
            return math.nan

    def exactly(x: Any) -> Any:
        try:
            found = at(x)
        # Whatever a rule may raise that was not written for such numbers.
        except Exception:
            return None
        return found if type(found) in (type(x), int) else None

    return judge(Course(float(numbers[position]), along, exactly), analytic)


def _described(
    node: Value,
    position: int,
    judgement: Judgement,
    analytic: float | None = None,
    differentiated: int | None = None,
    mistake: str = "",
) -> Edge:
    assert node.rule is not None
    recorded = float(node.partials[position]) if analytic is None else analytic
    if judgement.verdict == "wrong" and not mistake:
        mistake = _mistake(node, recorded, judgement)
    return Edge(
        rule=node.rule.name,
        node=node.label or "",
        position=position,
        operand=node.parents[position].label or "",
        operands=tuple((parent.label or "", float(parent.data)) for parent in node.parents),
        analytic=recorded,
        numeric=judgement.numeric,
        verdict=judgement.verdict,
        sides=judgement.sides,
        partial=differentiated,
        mistake=mistake,
    )


def _mistake(node: Value, analytic: float, judgement: Judgement) -> str:
    """What kind of mistake would make such a number."""
    numeric, tolerance = judgement.numeric, max(judgement.tolerance, 1e-9 * abs(judgement.numeric))
    if judgement.sides:
        return "not between the one-sided derivatives"
    if abs(numeric) <= tolerance:
        return "should be 0"
    if abs(analytic) <= tolerance:
        return "missing"
    if abs(analytic + numeric) <= tolerance:
        return "of the wrong sign"
    others = [p for p in range(len(node.parents)) if len(node.parents) > 1]
    for position in others:
        swapped = _judged(node, position).numeric
        if abs(analytic - swapped) <= tolerance and swapped != numeric:
            return f"that of operand {position + 1}"
    ratio = Fraction(analytic / numeric).limit_denominator(12)
    if ratio and abs(analytic - numeric * float(ratio)) <= tolerance:
        return f"{ratio} times what it should be"
    return f"off by {number_text(abs(analytic / numeric - 1))} relative"
