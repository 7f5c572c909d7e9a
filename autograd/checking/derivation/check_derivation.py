"""check_derivation: a person's own derivation, checked claim by claim."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from autograd.checking.derivation.claims import (
    AGREEMENTS,
    Claim,
    ClaimedFormula,
    ClaimedNumber,
    UnreadableClaim,
    read_claims,
)
from autograd.checking.derivation.diagnosis import digit_slips, last_digit, mistakes_behind
from autograd.checking.derivation.mistakes import Mistake
from autograd.checking.derivation.points import Point, random_points
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.reading.vocabulary import shortened
from autograd.checking.derivation.report import (
    ClaimVerdict,
    DerivationReport,
    Finding,
    on_broken_equation,
    on_coincidence,
    on_right_number,
    on_supported_number,
    on_undecided_number,
    on_wrong_formula,
    on_wrong_number,
)
from autograd.checking.derivation.rounding import (
    MOST_UNITS_OFF,
    Habit,
    Support,
    supports,
)
from autograd.checking.derivation.solution import (
    QUANTITIES,
    Figure,
    Problem,
    is_finite,
    require_plain_numbers,
)
from autograd.checking.derivation.validity import condition_for, is_proved
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.numbers.text import printable
from autograd.slips import answers_slips
from autograd.value import Value

# A mistake that gives a formula's numbers at this many points is the one that was made.
_ENOUGH = 3
# How far rounded numbers in a formula may change it, as a fraction of its result.
_MOST_PUT_IN = 0.1
_PUT_IN = "right here, where numbers are put in"


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
    _require_sense(error, of, learning_rate, given)
    problem = Problem(error, learning_rate)
    require_plain_numbers(problem)
    found = read_claims(problem, claims, of)
    earlier = given.claims if given is not None else {}
    wrong = given.wrong if given is not None else ()
    return _Checker(problem, {**earlier, **found}, wrong).report(found)


def _require_sense(
    error: Value, of: str, learning_rate: Number, given: DerivationReport | None
) -> None:
    """Refuses arguments that make no sense."""
    if of not in QUANTITIES:
        raise ValueError(f"of is one of {', '.join(QUANTITIES)}, not {of!r}")
    if learning_rate is None and of in ("step", "update", "new value"):
        raise ValueError(f"of={of!r} needs the learning rate of the update: give learning_rate=")
    if learning_rate is not None and not _is_positive(learning_rate):
        raise ValueError(f"a learning rate is a positive number, not {learning_rate!r}")
    if given is not None and not isinstance(given, DerivationReport):
        raise TypeError(f"given= takes the report of an earlier check, not {given!r}")
    if given is not None and given.error is not error:
        raise ValueError("the report in given= is about another error")


def _is_positive(number: Any) -> bool:
    """Whether this is a plain number above 0, and not infinite."""
    is_plain = isinstance(number, int | float | Fraction) and not isinstance(number, bool)
    return is_plain and 0 < to_float(number) < math.inf


class _Checker:
    """The verdicts on what a person claims, by comparison with what is right.

    Args:
        problem: the graph, and the learning rate.
        claims: all claims, those of earlier reports too.
        wrong: the figures about which earlier reports found the claims wrong.
    """

    def __init__(self, problem: Problem, claims: dict[Figure, Claim], wrong: Iterable[Figure]):
        self.problem = problem.updated(claims)
        self.here = Point(self.problem, self.problem.leaves)
        self.claims = claims
        self.wrong = set(wrong)

    def report(self, figures: Iterable[Figure]) -> DerivationReport:
        """The verdicts on the claims about these figures, in order."""
        for figure in figures:
            self.claims[figure] = self._padded(figure)
        self.broken = {f: self.here.broken_equation(f, claim) for f, claim in self.claims.items()}
        agreements = {figure: self._agreement(figure) for figure in figures}
        self.wrong -= agreements.keys()
        self.supports = self._supports(agreements)
        agreements |= {figure: found.agreement for figure, found in self.supports.items()}
        self.wrong |= {figure for figure, agreement in agreements.items() if agreement is None}
        for figure in self._undecided(agreements):
            agreements[figure] = None
            self.wrong.add(figure)
        verdicts = {figure.node: self._verdict(figure, agreements[figure]) for figure in figures}
        return DerivationReport(verdicts, self.problem.error, self.claims, self.wrong)

    @property
    def _numbers(self) -> dict[Figure, ClaimedNumber]:
        """The claims that are numbers."""
        return {f: claim for f, claim in self.claims.items() if isinstance(claim, ClaimedNumber)}

    def _padded(self, figure: Figure) -> Claim:
        """The claim, or for an integer on a sheet of rounded figures the decimal it stands for.

        On such a sheet, 1 may be 1.00, and 0 may be 0.00.
        """
        claim, exact = self.claims[figure], self.here.solution.number(figure)
        if not isinstance(claim, ClaimedNumber) or claim.unit or claim.number.denominator > 1:
            return claim
        if not is_finite(exact) or self.here.agreement(figure, claim):
            return claim
        habit = Habit.of(self._numbers.values())
        padded = replace(claim, unit=Fraction(habit.unit_of(to_float(claim.number))))
        is_near = abs(claim.number - Fraction(exact)) <= MOST_UNITS_OFF * padded.unit
        return padded if is_near else claim

    def _agreement(self, figure: Figure) -> str | None:
        """How a claim agrees at the numbers of the graph; None if it does not."""
        claim = self.claims[figure]
        if self.broken[figure]:
            return None
        if isinstance(claim, ClaimedNumber):
            return self.here.agreement(figure, claim)
        claimed, right = self.here.claimed(figure, claim), self.here.right(figure)
        if claimed.agrees(right):
            return "right"
        return "rounded" if claimed.agrees(right, self._put_in(figure)) else None

    def _put_in(self, figure: Figure) -> float:
        """How far a formula may be off because rounded numbers stand in it for figures."""
        claim = self.claims[figure]
        if not isinstance(claim, Formula):
            return 0.0
        slack = self.here.worked_out(claim, figure, self.problem.given_numbers).slack
        # A formula with one-digit numbers would agree with anything.
        is_fine = slack <= _MOST_PUT_IN * to_float(abs(self.here.solution.number(figure)))
        return slack if is_fine else 0.0

    def _slip_at_the_end(self, figure: Figure) -> list[Mistake]:
        """A slip in the last part of a chain, as the result of the calculation before it."""
        claim, title = self.claims[figure], self.problem.title(figure)
        if not isinstance(claim, ClaimedNumber):
            return []
        result = self.here.worked_out(claim.earlier[-1], figure).number
        return last_digit(claim, result, title) or list(digit_slips(claim, result, title))

    def _supports(self, agreements: Mapping[Figure, str | None]) -> dict[Figure, Support]:
        """How claims that disagree with the exact figures follow from rounded ones."""
        numbers = {
            figure: claim
            for figure, claim in self._numbers.items()
            if figure not in self.wrong and not self.broken[figure]
        }
        doubtful = {f for f in numbers if f in agreements and agreements[f] is None}
        return supports(self.here, numbers, doubtful)

    def _undecided(self, agreements: Mapping[Figure, str | None]) -> list[Figure]:
        """The new values with too few digits, unlike the others, to tell them from the old ones."""
        old = {figure for figure, how in agreements.items() if self._may_be_old(figure, how)}
        numbers = self._numbers
        sure = {f: claim for f, claim in numbers.items() if f not in self.wrong}
        habit = Habit.of([claim for f, claim in sure.items() if f not in old])
        undecided = {f for f in old if not habit.gives(numbers[f])}
        # Where others have three digits, 0.6 may be 0.600 with its zeros left out.
        padded = {f: habit.padded(numbers[f]) for f in undecided}
        undecided -= {f for f, claim in padded.items() if self.here.agreement(f, claim)}
        undecided -= supports(self.here, sure | padded, undecided).keys()
        return [figure for figure in old if figure in undecided]

    def _may_be_old(self, figure: Figure, agreement: str | None) -> bool:
        """Whether a claimed new weight agrees at least as well with the number before the update.

        Nodes of the second pass, which follow from new weights, are not doubted.
        """
        claim = self.claims[figure]
        is_weight = figure.quantity == "new value" and not figure.is_second_pass
        if not is_weight or not isinstance(claim, ClaimedNumber):
            return False
        old = self.here.right(Figure("value", figure.node))
        is_exact = agreement in (None, "right") or old.agrees(self.here.right(figure))
        likelier = AGREEMENTS[: AGREEMENTS.index(agreement) + 1] if agreement else ()
        return not is_exact and claim.agreement(old.number, old.slack) in likelier

    def _verdict(self, figure: Figure, agreement: str | None) -> ClaimVerdict:
        claim, title = self.claims[figure], self.problem.title(figure)
        if isinstance(claim, UnreadableClaim):
            finding = Finding("unreadable", f"{title}: {claim.fault}", claim.fault)
        elif broken := self.broken[figure]:
            finding = on_broken_equation(title, broken, self._slip_at_the_end(figure))
        elif isinstance(claim, ClaimedNumber):
            finding = self._on_number(figure, claim, agreement)
        else:
            finding = self._on_formula(figure, claim, agreement)
        return ClaimVerdict(
            figure=printable(title),
            label=self.problem.name(figure.node),
            quantity=figure.quantity,
            claimed=claim.text,
            right=to_float(self.here.solution.number(figure)),
            verdict=finding.verdict,
            kind=finding.kind,
            where=finding.where,
            alternatives=finding.alternatives,
            message=printable(finding.message),
            mistake=printable(finding.mistake),
        )

    def _on_number(self, figure: Figure, claim: ClaimedNumber, agreement: str | None) -> Finding:
        title, exact = self.problem.title(figure), self.here.solution.number(figure)
        if figure in self.supports and agreement:
            source = self.supports[figure].source
            given = ""
            if source is not None:
                written = shortened(self.claims[source].text)
                given = f"your {self.problem.title(source)} = {written}"
            return on_supported_number(claim, agreement, exact, given)
        if agreement:
            return on_right_number(claim, agreement)
        if self.here.agreement(figure, claim):
            name, old = self.problem.name(figure.node), self.here.solution.values[figure.node]
            return on_undecided_number(title, claim, exact, name, old)
        mistakes = mistakes_behind([self.here], figure, self.claims, self.wrong)
        is_explained = mistakes and mistakes[0].kind in ("carried", "old value")
        if not is_explained:
            mistakes = last_digit(claim, exact, title) or mistakes
        return on_wrong_number(title, claim, exact, mistakes)

    def _on_formula(self, figure: Figure, claim: ClaimedFormula, agreement: str | None) -> Finding:
        if agreement == "rounded":
            return Finding(agreement, _PUT_IN)
        elsewhere = random_points(self.here, figure)
        differing = [point for point in elsewhere if point.differs(figure, claim)]
        if agreement and not differing:
            if is_proved(self.problem, figure, claim):
                return Finding("right", "right for all values")
            return Finding("right", f"right here and at {len(elsewhere)} random points")
        if agreement and (condition := condition_for(self.here, figure, claim)):
            return Finding("right", f"right {condition}")
        if agreement and (self._put_in(figure) or _is_number(elsewhere, figure, claim)):
            return Finding(agreement, _PUT_IN)
        self.wrong.add(figure)
        points = differing[:_ENOUGH] or [self.here]
        mistakes = mistakes_behind(points, figure, self.claims, self.wrong)
        if agreement:
            return on_coincidence(figure, claim, points[0], mistakes)
        return on_wrong_formula(figure, claim, self.here, mistakes)


def _is_number(points: Sequence[Point], figure: Figure, claim: ClaimedFormula) -> bool:
    """Whether a formula is one number wherever it has a value, as "0.4 if z > 0" is."""
    if not isinstance(claim, Formula):
        return False
    said = {point.claimed(figure, claim).number for point in points}
    return len({number for number in said if is_finite(number)}) == 1
