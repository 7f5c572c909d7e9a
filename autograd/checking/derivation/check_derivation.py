"""check_derivation: a person's own derivation, checked claim by claim."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any

from autograd.checking.derivation.claims import (
    AGREEMENTS,
    Claim,
    ClaimedFormula,
    ClaimedNumber,
    UnreadableClaim,
    is_finite,
    read_claim,
)
from autograd.checking.derivation.conditions import condition_for
from autograd.checking.derivation.diagnosis import mistakes_behind
from autograd.checking.derivation.equations import broken_equation
from autograd.checking.derivation.messages import (
    Finding,
    on_broken_equation,
    on_coincidence,
    on_conditional_formula,
    on_numbers_put_in,
    on_right_formula,
    on_right_number,
    on_supported_number,
    on_undecided_number,
    on_unreadable,
    on_wrong_formula,
    on_wrong_number,
)
from autograd.checking.derivation.mistakes.mistake import Mistake, digit_slips
from autograd.checking.derivation.points import Point, random_points
from autograd.checking.derivation.proof import is_proved
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import LEARNING_RATE, shortened
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport
from autograd.checking.derivation.rounding import (
    MOST_UNITS_OFF,
    Habit,
    Support,
    is_last_digit_off,
    last_digit,
    supports,
)
from autograd.checking.derivation.solution import (
    QUANTITIES,
    Figure,
    Problem,
    Solution,
)
from autograd.graph import require_unchanged
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text, printable
from autograd.slips import answers_slips
from autograd.value import Value

# A mistake that gives the same numbers as a formula at this many points is the one that was made.
_ENOUGH = 3
# How far rounded numbers in a formula may put it off, as a fraction of its result.
_MOST_PUT_IN = 0.1
# Each claim takes several passes through the graph, some over Values.
_MOST_NODES = 100_000


@answers_slips
def check_derivation(
    error: Value,
    claims: Mapping[Value | str, Any],
    *,
    of: str = "gradient",
    learning_rate: Number = None,
    given: DerivationReport | None = None,
) -> DerivationReport:
    r"""Compares what a person worked out by hand with a graph, and says what went wrong.

    A number is right if it is correct to the digits that were written down, rounded or cut off, or
    if it follows from other claims that are right and were rounded, here or in `given`. On a sheet
    of three numbers or more, the steps between them may have been rounded to as many digits. The
    report then names the rounded figure that matters most, as in "right to 3 digits, with your
    y1 = 0.752; unrounded 0.7414".
    A formula is right if it is right at random numbers too, or under a condition, which the report
    states: "right while z1 > 0", "right where t1, t2 sum to 1".

    Args:
        error: the output of a recorded graph of plain numbers.
        claims: for each node, given as a Value or by its label, what is claimed about it:
            a number, with the digits it was rounded to ("0.1689", 0.1689, "2/3"); a formula in
            labels, as text ("(o - t) * h1") or as a SymPy expression; or a function whose
            parameters are labels. Text may be written as on paper ("2(o − t)h₁²"), in Python, in
            LaTeX, or as `explain` prints it; the names that `explain` gives to nodes without a
            label, such as v1, are known here too. It may contain derivatives (∂E/∂o, dh/dw,
            u'v + uv', `gradient(o)`), sums (Σ (y_i − t_i) x_i), conditions
            ("x if z > 0 else 0"), and several parts that are equal ("∂E/∂w = 2x = 0.44"): then
            the last part is judged.
        of: what is claimed. "gradient": the derivative of the error with respect to the node.
            "value": the node's number. "step": the learning rate times the gradient, which is
            subtracted. "update": minus the step, which is added. "new value": a weight after the
            update, or a node in the second forward pass. In that pass, leaves whose new values
            are claimed (here or before) have these, and the others keep their old ones.
        learning_rate: the learning rate of the update, a positive number.
        given: the report on earlier claims about the same error; claims that follow from
            those are recognised.

    Returns:
        A report, true if every claim is right; `report[w5]` says what was found about w5.
        A formula that can't be read is "unreadable", and the other claims are judged all the
        same. In a graph of more than 5,000 nodes, the report does not say what went wrong.

    Raises:
        TypeError: if the error is not a Value, or its graph is not of plain numbers; if a claim
            is neither a number nor a formula nor a function; if the claims are not a dict.
        ValueError: for a node that is not in the graph, a label that two nodes have, a
            claim that explains a figure by itself, two claims about one node, numbers that
            are too large for floats, or a graph of more than 100,000 nodes.
        RuntimeError: if data was changed after the graph was recorded.

    >>> w, x = Value(0.5, label="w"), Value(3.0, label="x")
    >>> error = (w * x - 1) ** 2
    >>> report = check_derivation(error, {w: "1.5", x: "2 * w * (w * x - 1)"})
    >>> report[w].verdict, report[w].kind, report[x].verdict
    ('wrong', 'factor', 'right')
    >>> bool(check_derivation(error, {"x": r"2 w \left(w x - 1\right) = 2·0.5·(1.5 − 1) = ½"}))
    True
    """
    checker = _Checker(error, of, learning_rate, given)
    return checker.report(claims)


class _Checker:
    """The claims about one graph, and what they are compared with."""

    def __init__(
        self, error: Value, of: str, learning_rate: Number, given: DerivationReport | None
    ):
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
        self.quantity = of
        # Which leaves are updated is known once the claims have been read.
        self.problem = Problem(error, learning_rate)
        _require_plain_numbers(self.problem)
        # Nobody rounded these. In a formula, a minus is not part of the number: hence abs.
        given_numbers = [*self.problem.leaves.values(), learning_rate or 0]
        self.given_numbers = {to_float(abs(number)) for number in given_numbers}
        self.claims: dict[Figure, Claim] = dict(given.claims if given is not None else {})
        self.wrong = set(given.wrong if given is not None else ())

    def report(self, claims: Mapping[Value | str, Any]) -> DerivationReport:
        """The verdicts on the claims, in order."""
        if not isinstance(claims, Mapping):
            raise TypeError(
                "claims is a dict with a claim for each node, as in {w: '1.5'}, not "
                f"{type(claims).__name__}"
            )
        figures: dict[Figure, None] = {}
        for key, claim in claims.items():
            figure = Figure(self.quantity, self._node(key))
            if figure in figures:
                title = self.problem.title(figure)
                raise ValueError(f"{title} is claimed twice, by its label and as a Value")
            figures[figure] = None
            self.claims[figure] = self._read(claim, figure)
        problem = self._with_update()
        here = Point(problem, problem.leaves)
        for figure in figures:
            self.claims[figure] = self._padded(here, figure)
        self.broken = {figure: self._broken(here, figure) for figure in self.claims}
        agreements = {figure: self._agreement(here, figure) for figure in figures}
        self.wrong -= agreements.keys()
        self.supports = self._supports(here, agreements)
        agreements |= {figure: found.agreement for figure, found in self.supports.items()}
        self.wrong |= {figure for figure, agreement in agreements.items() if agreement is None}
        for figure in self._undecided(here, agreements):
            agreements[figure] = None
            self.wrong.add(figure)
        verdicts = {f.node: self._verdict(here, f, agreements[f]) for f in figures}
        return DerivationReport(verdicts, problem.error, self.claims, self.wrong)

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

    def _padded(self, here: Point, figure: Figure) -> Claim:
        """The claim, or for an integer on a sheet of rounded figures the decimal it stands for.

        On such a sheet, 1 may be 1.00, and 0 may be 0.00.
        """
        claim, exact = self.claims[figure], here.solution.number(figure)
        if not isinstance(claim, ClaimedNumber) or claim.unit or claim.number.denominator > 1:
            return claim
        if not is_finite(exact) or here.agreement(figure, claim):
            return claim
        habit = Habit.of([c for c in self.claims.values() if isinstance(c, ClaimedNumber)])
        padded = replace(claim, unit=Fraction(habit.unit_of(to_float(claim.number))))
        is_near = abs(claim.number - Fraction(exact)) <= MOST_UNITS_OFF * padded.unit
        return padded if is_near else claim

    def _agreement(self, here: Point, figure: Figure) -> str | None:
        """How a claim agrees at the numbers of the graph; None if it does not."""
        claim = self.claims[figure]
        if self.broken[figure]:
            return None
        if isinstance(claim, ClaimedNumber):
            return here.agreement(figure, claim)
        claimed, right = here.claimed(figure, claim), here.right(figure)
        if claimed.agrees(right):
            return "right"
        return "rounded" if claimed.agrees(right, self._put_in(here, figure)) else None

    def _put_in(self, here: Point, figure: Figure) -> float:
        """How far a formula may be off because rounded numbers stand in it for figures."""
        claim = self.claims[figure]
        if not isinstance(claim, Formula):
            return 0.0
        slack = here.worked_out(claim, figure, self.given_numbers).slack
        # A formula with numbers of one digit would agree with anything.
        is_fine = slack <= _MOST_PUT_IN * to_float(abs(here.solution.number(figure)))
        return slack if is_fine else 0.0

    def _broken(self, here: Point, figure: Figure) -> str:
        """What does not hold within a claim that is a chain of equations; "" if all of it does."""
        claim = self.claims[figure]
        if not isinstance(claim, ClaimedNumber | Formula) or not claim.earlier:
            return ""
        return broken_equation(claim, lambda formula: here.worked_out(formula, figure))

    def _slip_at_the_end(self, here: Point, figure: Figure) -> list[Mistake]:
        """A slip in the last part of a chain, as the result of the calculation before it."""
        claim, title = self.claims[figure], here.problem.title(figure)
        if not isinstance(claim, ClaimedNumber):
            return []
        result = here.worked_out(claim.earlier[-1], figure).number
        near = [last_digit(claim, title)] if is_last_digit_off(claim, result) else []
        return near or list(digit_slips(claim, result, title))

    def _supports(
        self, here: Point, agreements: Mapping[Figure, str | None]
    ) -> dict[Figure, Support]:
        """How claims that disagree with the exact figures follow from others that were rounded."""
        numbers = {
            figure: claim
            for figure, claim in self.claims.items()
            if isinstance(claim, ClaimedNumber)
            and figure not in self.wrong
            and not self.broken[figure]
        }
        doubtful = {f for f in numbers if f in agreements and agreements[f] is None}
        return supports(here, numbers, doubtful)

    def _undecided(self, here: Point, agreements: Mapping[Figure, str | None]) -> list[Figure]:
        """The new values with too few digits, unlike the others, to tell them from the old ones."""
        old = {figure for figure, how in agreements.items() if self._may_be_old(here, figure, how)}
        numbers = {f: claim for f, claim in self.claims.items() if isinstance(claim, ClaimedNumber)}
        sure = {f: claim for f, claim in numbers.items() if f not in self.wrong}
        habit = Habit.of([claim for f, claim in sure.items() if f not in old])
        undecided = {f for f in old if not habit.gives(numbers[f])}
        # Where others have three digits, 0.6 may be 0.600 with its zeros left out.
        padded = {f: habit.padded(numbers[f]) for f in undecided}
        undecided -= {f for f, claim in padded.items() if here.agreement(f, claim)}
        undecided -= supports(here, sure | padded, undecided).keys()
        return [figure for figure in old if figure in undecided]

    def _may_be_old(self, here: Point, figure: Figure, agreement: str | None) -> bool:
        """Whether a claimed new weight agrees at least as well with the number before the update.

        Nodes of the second pass, which follow from new weights, are not doubted.
        """
        claim = self.claims[figure]
        is_weight = figure.quantity == "new value" and not figure.is_second_pass
        if not is_weight or not isinstance(claim, ClaimedNumber):
            return False
        old = here.right(Figure("value", figure.node))
        is_exact = agreement in (None, "right") or old.agrees(here.right(figure))
        likelier = AGREEMENTS[: AGREEMENTS.index(agreement) + 1] if agreement else ()
        return not is_exact and claim.agreement(old.number, old.slack) in likelier

    def _verdict(self, here: Point, figure: Figure, agreement: str | None) -> ClaimVerdict:
        claim, title = self.claims[figure], here.problem.title(figure)
        if isinstance(claim, UnreadableClaim):
            finding = on_unreadable(title, claim)
        elif broken := self.broken[figure]:
            finding = on_broken_equation(title, broken, self._slip_at_the_end(here, figure))
        elif isinstance(claim, ClaimedNumber):
            finding = self._on_number(here, figure, claim, agreement)
        else:
            finding = self._on_formula(here, figure, claim, agreement)
        return ClaimVerdict(
            figure=printable(title),
            label=here.problem.name(figure.node),
            quantity=figure.quantity,
            claimed=claim.text,
            right=to_float(here.solution.number(figure)),
            verdict=finding.verdict,
            kind=finding.kind,
            where=finding.where,
            alternatives=finding.alternatives,
            message=printable(finding.message),
            mistake=printable(finding.mistake),
        )

    def _on_number(
        self, here: Point, figure: Figure, claim: ClaimedNumber, agreement: str | None
    ) -> Finding:
        title, exact = here.problem.title(figure), here.solution.number(figure)
        if figure in self.supports and agreement:
            source = self.supports[figure].source
            given = ""
            if source is not None:
                written = shortened(self.claims[source].text)
                given = f"your {here.problem.title(source)} = {written}"
            return on_supported_number(claim, agreement, exact, given)
        if agreement:
            return on_right_number(claim, agreement)
        if here.agreement(figure, claim):
            name, old = here.problem.name(figure.node), here.solution.values[figure.node]
            return on_undecided_number(title, claim, exact, name, old)
        mistakes = mistakes_behind([here], figure, self.claims, self.wrong)
        is_explained = mistakes and mistakes[0].kind in ("carried", "old value")
        if is_last_digit_off(claim, exact) and not is_explained:
            mistakes = [last_digit(claim, title)]
        return on_wrong_number(title, claim, exact, mistakes)

    def _on_formula(
        self, here: Point, figure: Figure, claim: ClaimedFormula, agreement: str | None
    ) -> Finding:
        if agreement == "rounded":
            return on_numbers_put_in(agreement)
        elsewhere = random_points(here, figure)
        differing = [point for point in elsewhere if point.differs(figure, claim)]
        if agreement and not differing:
            return on_right_formula(is_proved(here.problem, figure, claim), len(elsewhere))
        if agreement and (condition := condition_for(here, figure, claim)):
            return on_conditional_formula(condition)
        if agreement and (self._put_in(here, figure) or _is_number(elsewhere, figure, claim)):
            return on_numbers_put_in(agreement)
        self.wrong.add(figure)
        points = differing[:_ENOUGH] or [here]
        mistakes = mistakes_behind(points, figure, self.claims, self.wrong)
        if agreement:
            return on_coincidence(figure, claim, points[0], mistakes)
        return on_wrong_formula(figure, claim, here, mistakes)


def _is_number(points: Sequence[Point], figure: Figure, claim: ClaimedFormula) -> bool:
    """Whether a formula is one number wherever it has a value, as "0.4 if z > 0" is."""
    if not isinstance(claim, Formula):
        return False
    said = {point.claimed(figure, claim).number for point in points}
    return len({number for number in said if is_finite(number)}) == 1


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
