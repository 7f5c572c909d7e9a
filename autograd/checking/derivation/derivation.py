"""A derivation as a person gives it: which figure each claim is about, and what it says."""

import math
from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any

from autograd.checking.derivation.claims import (
    Claim,
    ClaimedFormula,
    ClaimedNumber,
    UnreadableClaim,
    read_claim,
)
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import LEARNING_RATE, shortened
from autograd.checking.derivation.report import DerivationReport
from autograd.checking.derivation.solution import QUANTITIES, Figure, Problem, Solution
from autograd.graph import require_unchanged
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text, printable
from autograd.value import Value

# Each claim takes several passes through the graph, some over Values.
_MOST_NODES = 100_000


class Derivation:
    """What a person claims about one graph.

    Args:
        error, claims, of, learning_rate, given: as for `check_derivation`.

    Attributes:
        problem: the graph, and the update of the leaves whose new values are claimed.
        figures: what the claims are about, in order.
        claims: these claims, and those of the report that was given.
        wrong: the figures about which the report that was given found the claims wrong.
        given_numbers: the numbers that nobody rounded.
    """

    def __init__(
        self,
        error: Value,
        claims: Mapping[Value | str, Any],
        of: str,
        learning_rate: Number,
        given: DerivationReport | None,
    ):
        _require_sense(error, of, learning_rate, given)
        # Which leaves are updated is known once the claims have been read.
        self.problem = Problem(error, learning_rate)
        _require_plain_numbers(self.problem)
        # In a formula, a minus is not part of the number: hence abs.
        given_numbers = [*self.problem.leaves.values(), learning_rate or 0]
        self.given_numbers = {to_float(abs(number)) for number in given_numbers}
        self.claims: dict[Figure, Claim] = dict(given.claims if given is not None else {})
        self.wrong = set(given.wrong if given is not None else ())
        self.figures: dict[Figure, None] = {}
        if not isinstance(claims, Mapping):
            raise TypeError(
                "claims is a dict with a claim for each node, as in {w: '1.5'}, not "
                f"{type(claims).__name__}"
            )
        for key, claim in claims.items():
            figure = Figure(of, self._node(key))
            if figure in self.figures:
                title = self.problem.title(figure)
                raise ValueError(f"{title} is claimed twice, by its label and as a Value")
            self.figures[figure] = None
            self.claims[figure] = self._read(claim, figure)
        self.problem = self._with_update()

    def _node(self, key: Value | str) -> Value:
        """The node that a claim is about."""
        if isinstance(key, Value):
            if key not in self.problem.nodes:
                raise ValueError(f"{self.problem.name(key)} has no part in the error")
            return key
        nodes = self.problem.labels.get(key, [])
        if (node := self.problem.node(key)) is not None:
            return node
        known = printable(", ".join(self.problem.labels)) or "none"
        reason = f"{len(nodes)} nodes have" if nodes else f"there are {known}, and none has"
        raise ValueError(f"{reason} the label {key!r}")

    def _read(self, text: Any, figure: Figure) -> Claim:
        """Understands a claim about a figure."""
        known = [label for label, nodes in self.problem.labels.items() if len(nodes) == 1]
        if self.problem.learning_rate is not None:
            known.append(LEARNING_RATE)
        claim = self._read_in(known, text, figure)
        if isinstance(claim, UnreadableClaim) and self.problem.unlabelled:
            # It may be copied from `explain`, which has names for nodes without a label.
            again = self._read_in([*known, *self.problem.unlabelled], text, figure)
            claim = claim if isinstance(again, UnreadableClaim) else again
        if isinstance(claim, ClaimedNumber | UnreadableClaim):
            return claim
        by = {*claim.gradients, *(name for slope in claim.slopes for name in slope[:2] if name)}
        if any(self.problem.node(label) is None for label in by):
            return UnreadableClaim(claim.text, "the learning rate has no gradient")
        if fault := self._two_deltas(claim):
            return UnreadableClaim(claim.text, fault)
        names = {"gradient": claim.gradients}.get(figure.quantity, ())
        names = claim.names if figure.is_forward else names
        if any(self.problem.node(name) is figure.node for name in names):
            title = self.problem.title(figure)
            raise ValueError(f"the claim {claim.text!r} explains {title} by itself")
        return claim

    def _read_in(self, names: Collection[str], text: Any, figure: Figure) -> Claim:
        """Understands a claim about a figure that may use these names."""
        label = figure.node.label or ""
        # Among new values, w′ is a new weight and not a derivative.
        by = label if figure.quantity == "gradient" else ""
        error = self.problem.error.label or "E"
        return read_claim(text, names, error, label, by, self.given_numbers)

    def _two_deltas(self, claim: ClaimedFormula) -> str:
        """What is unclear about δ_h: many mean the derivative by the operand of h's function."""
        for label in claim.deltas if isinstance(claim, Formula) else ():
            node = self.problem.node(label)
            if node is None or node.rule is None:
                continue
            if node.rule.is_unary and node.op.isidentifier():
                name = shortened(label)
                return (
                    f"δ_{name} may be the derivative by {name} or by what {node.op} is taken of: "
                    f"write which, as ∂E/∂{name}"
                )
        return ""

    def _with_update(self) -> Problem:
        """The problem in which the leaves whose new values are claimed are updated."""
        news = [figure for figure in self.claims if figure.quantity == "new value"]
        trained = [figure.node for figure in news if not figure.node.parents]
        problem = replace(self.problem, trained=trained, names=self._names())
        if news and not trained:
            raise ValueError(
                f"{problem.title(news[0])} depends on which leaves were updated: "
                "claim their new values too"
            )
        return problem

    def _names(self) -> dict[Value, str]:
        """Names for claimed leaves without a label: a bare number might be taken for a claim."""
        unnamed = [f.node for f in self.claims if not f.node.label and not f.node.parents]
        free = (f"w{n}" for n in count(1) if f"w{n}" not in self.problem.labels)
        return dict(zip(dict.fromkeys(unnamed), free, strict=False))


def _require_sense(
    error: Value, of: str, learning_rate: Number, given: DerivationReport | None
) -> None:
    """Refuses what can't be meant."""
    if of not in QUANTITIES:
        raise ValueError(f"of is one of {', '.join(QUANTITIES)}, not {of!r}")
    if learning_rate is None and of in ("step", "update", "new value"):
        raise ValueError(f"a {of} is made with a learning rate: give learning_rate=")
    if learning_rate is not None and not _is_positive(learning_rate):
        raise ValueError(f"a learning rate is a positive number, not {learning_rate!r}")
    if given is not None and not isinstance(given, DerivationReport):
        raise TypeError(f"given= takes the report of an earlier check, not {given!r}")
    if given is not None and given.error is not error:
        raise ValueError("the report in given= is about another error")


def _require_plain_numbers(problem: Problem) -> None:
    """Refuses a graph that can't be computed again in plain numbers."""
    if not isinstance(problem.error, Value):
        raise TypeError(
            f"check_derivation() takes the error as a Value with its graph: {problem.error!r}"
        )
    if len(problem.nodes) > _MOST_NODES:
        raise ValueError(
            f"check_derivation() takes a graph of at most {_MOST_NODES:,} nodes, and this has "
            f"{len(problem.nodes):,}: give the error of one sample, or of a smaller network"
        )
    for node in problem.nodes:
        if not isinstance(node.data, int | float | Fraction):
            raise TypeError(
                "check_derivation() takes a graph of plain numbers, and "
                f"{printable(problem.name(node))} is {number_text(node.data)}, of type "
                f"{type(node.data).__name__}"
            )
    solution = Solution(problem)
    for node, number in solution.results.items():
        require_unchanged(node, number, solution.partials[node])
    try:
        gradients = solution.gradients
    except OverflowError as error:
        raise ValueError(str(error)) from error
    for title, numbers in (("", solution.values), ("the gradient of ", gradients)):
        for node, number in numbers.items():
            if type(number) is not float and math.isinf(to_float(number)):
                raise ValueError(
                    f"{title}{printable(problem.name(node))} is {number_text(number)}: "
                    "check_derivation() takes numbers up to 1.8e308, the largest float"
                )


def _is_positive(number: Any) -> bool:
    """Whether this is a plain number above 0, and not infinite."""
    is_plain = isinstance(number, int | float | Fraction) and not isinstance(number, bool)
    return is_plain and 0 < to_float(number) < math.inf
