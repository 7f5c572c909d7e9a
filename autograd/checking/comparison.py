"""gradcheck: the gradient of a function against differences of its results."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import frexp, fsum, isfinite, ldexp
from typing import Any

from autograd.checking.guilt import Graph, second_edge
from autograd.checking.judging import Course, Judgement, Tolerance, judge
from autograd.checking.numeric import LOST, RESOLUTION, SAFETY, remainder_order, slopes
from autograd.checking.report import Report, Verdict
from autograd.checking.rounding import noise_of_result, sizes_of_paths
from autograd.checking.subject import Line, Subject, subject_of
from autograd.graph import topological_order
from autograd.transforms import gradients
from autograd.value import Value

# A random point that lies outside the domain is drawn nearer so many times.
_APPROACHES = 20
# A derivative of which so little is left, for the rest cancels, need not be resolved finely.
_SMALL = 1e-3

# Fewer inputs than these are checked one by one.
_MANY = 16
# Inputs whose influence differs by more than this factor are not checked along one line.
_SPREAD = 8.0

_REMARKS = {
    "ok": "",
    "noisy": "",
    "not deterministic": "called twice at this point, the function gave two results",
    "kink": "a kink too near for differences to tell its sides apart, or a branch of the function",
    "jump": "a jump, but of no operation in the graph: a branch of the function",
    "non-finite": "no operation alone: a product of partials is not finite, or nothing nearby is",
    "wrong": (
        "every rule on the way is right, but the sum over the paths is not: part of the function "
        "is missing from the graph (detach, .data, a plain number), or part of the graph was "
        "made outside of the function, and does not move with it"
    ),
}


def gradcheck(
    function: Callable[..., Any],
    *inputs: Any,
    parameters: Sequence[Value] = (),
    order: int = 1,
    points: int = 0,
    seed: int = 0,
    rtol: float | None = None,
    atol: float | None = None,
) -> Report:
    """Compares the derivatives of a function by its rules with numeric ones, input by input.

    Args:
        function: takes numbers or Values, or nested lists, tuples and dicts of them, and
            returns one, or a nested structure of them.
        *inputs: the point at which to check: floats, or Values, whose labels name them.
        parameters: Values that the function uses by itself, to check the derivatives in
            them too: `gradcheck(lambda: loss(model), parameters=model.parameters())`.
            Their data is moved and put back.
        order: 1, or 2 to check the derivatives of the derivatives as well.
        points: how many random points around the given one to check besides.
        seed: of these points.
        rtol, atol: your own tolerance, atol + rtol * |derivative|, in the place of the one
            that is made of the error estimate of the numeric derivative.

    Returns:
        A report, which is true where all derivatives are right, and prints as a table.
        `report.raise_if_failed()` makes an assertion of it; `report.guilty` is the first
        wrong local derivative in the graph.

    Raises:
        TypeError: for an input that is no real number, or none at all.
        ValueError: where no input has a part in the results, so that nothing is checked,
            and for an order other than 1 and 2.

    The numeric derivatives come with an error estimate, and the tolerance is made of it,
    so a derivative that is wrong by 1e-6 relative fails. At a kink, any value between the
    one-sided derivatives passes, and the report says so. Where results are too coarse for the
    differences to tell, the verdict is "noisy", unless a complex step or exact numbers (of
    mpmath, if it is installed) show that the derivative is right. Many inputs of one result
    are checked together: the numeric derivative of each is then what it would be if the others
    were right.

    >>> from autograd import primitive
    >>> @primitive
    ... def cube(x):
    ...     return x**3, (2 * x**2,)
    >>> print(gradcheck(cube, 2.0))
    input  at  analytic  numeric  relative error  tolerance  remainder  verdict
    x      2   8         12       3.3e-01         ...        h^1.0      wrong
    x: cube(x=2): the derivative in operand 1 (x) is 8 by its rule and 12 by differences:
    2/3 times what it should be
    >>> bool(gradcheck(lambda x: x**3, 2.0, order=2, points=10))
    True
    """
    if order not in (1, 2):
        raise ValueError(f"gradcheck() checks derivatives of order 1 or 2, not {order!r}")
    allowed = None if rtol is None and atol is None else _allowed(rtol or 0.0, atol or 0.0)
    subject = subject_of(function, inputs, parameters)
    found = list(_verdicts(subject, subject.point, order, allowed))
    if not any(verdict.analytic for verdict in found):
        _require_use(subject)
    for numbers in _random_points(subject, points, seed):
        elsewhere = _verdicts(subject, numbers, order, allowed)
        found = [b if b.is_worse_than(a) else a for a, b in zip(found, elsewhere, strict=True)]
    return Report(tuple(found))


def _allowed(rtol: float, atol: float) -> Tolerance:
    return lambda size: atol + rtol * size


def _require_use(subject: Subject) -> None:
    with subject.at(subject.point) as (results, variables):
        outputs = [output for _, output in results]
        if not set(variables).intersection(topological_order(*outputs)):
            raise ValueError(
                "gradcheck() has nothing to check: the results do not depend on the inputs. "
                "Does the function use its arguments?"
            )


def _random_points(subject: Subject, count: int, seed: int) -> Iterator[list[float]]:
    """Points around the given one, all within the domain."""
    generator = random.Random(seed)
    for _ in range(count):
        away = [generator.uniform(-1, 1) * max(1.0, abs(x)) for x in subject.point]
        for halvings in range(_APPROACHES):
            drawn = [x + d / 2**halvings for x, d in zip(subject.point, away, strict=True)]
            if all(map(isfinite, _results(subject, drawn))):
                yield drawn
                break


def _results(subject: Subject, numbers: list[float]) -> list[float]:
    line = Line(subject, numbers, {0: 1.0})
    line.course(0, 0.0, 0.0).function(line.point)
    return line.known[line.point] or [float("nan")]


def _verdicts(
    subject: Subject, numbers: list[float], order: int, allowed: Tolerance | None
) -> Iterator[Verdict]:
    yield from _verdicts_of(subject, numbers, allowed)
    if order == 2:
        for verdict in _verdicts_of(subject.derivatives(), numbers, allowed):
            if verdict.verdict == "wrong" and not verdict.edge:
                with subject.at(numbers) as (results, _):
                    edge = second_edge([output for _, output in results])
                verdict = replace(verdict, edge=edge, remark="" if edge else verdict.remark)
            yield verdict


def _verdicts_of(
    subject: Subject, numbers: list[float], allowed: Tolerance | None
) -> Iterator[Verdict]:
    """One verdict for each result and input at a point, results first."""
    with subject.at(numbers) as (results, variables):
        again = subject.evaluate(numbers)
        lines = [Line(subject, numbers, {position: 1.0}) for position in range(len(numbers))]
        for line in lines:
            line.known[line.point] = again
        for number, (name, output) in enumerate(results):
            result = _Result(name, output, number, allowed)
            # Lines along several inputs are not shared by the results, as those of one are.
            yield from result.verdicts(lines, variables, _MANY * len(results) > len(lines))


@dataclass(frozen=True)
class _Result:
    """One result of a function at a point: its name, its graph, which of the results it is."""

    name: str
    output: Value
    number: int
    allowed: Tolerance | None

    def verdicts(
        self, lines: list[Line], variables: list[Value], is_one_of_many: bool
    ) -> Iterator[Verdict]:
        noise = noise_of_result(self.output)
        paths = sizes_of_paths(self.output, variables)
        graph = Graph(self.output)
        derivatives = list(map(float, gradients(self.output, variables)))
        is_alone = is_one_of_many or self.allowed
        right = {} if is_alone else self._right_together(lines, derivatives, noise)
        for position, analytic in enumerate(derivatives):
            if position in right:
                yield right[position]
                continue
            course = lines[position].course(self.number, noise, _SMALL * paths[position])
            verdict = self._verdict(lines[position], course, position, analytic)
            yield self._explained(verdict, graph, variables[position])

    def _right_together(
        self, lines: list[Line], derivatives: list[float], noise: float
    ) -> dict[int, Verdict]:
        """The verdicts of inputs that prove right along one line, so many at once.

        Inputs of about the same influence move together, each by so much that a mistake of
        1e-7 in its derivative alone would show; where one does, or nothing can be told, halves
        of them move, down to one that is checked alone.
        """
        found: dict[int, Verdict] = {}
        waiting = _of_like_influence(lines, derivatives)
        while waiting:
            group = waiting.pop()
            if len(group) < 2:
                continue
            told = self._told_together(lines, group, derivatives, noise)
            found |= told
            if not told:
                waiting += [group[: len(group) // 2], group[len(group) // 2 :]]
        return found

    def _told_together(
        self, lines: list[Line], group: list[int], derivatives: list[float], noise: float
    ) -> dict[int, Verdict]:
        """The verdicts of these inputs if all are right, else none."""
        direction = _direction(lines, group, derivatives)
        line = Line(lines[0].subject, lines[0].numbers, direction)
        course = line.course(self.number, noise, 0.0)
        claim = fsum(derivatives[position] * d for position, d in direction.items())
        found = slopes(course.function, 0.0, claim, noise, finest=course.finest, tries=2)
        best = found.best
        least = min(abs(derivatives[position] * d) for position, d in direction.items())
        is_resolved = SAFETY * best.error <= RESOLUTION * least
        # What has no influence does not move the result.
        is_still = least == 0 and 0 < best.reach <= found.still
        is_met = abs(claim - best.derivative) <= SAFETY * best.error + LOST * least
        if found.has_kink or not (is_resolved or is_still) or not is_met:
            return {}
        if not self._repeats(course):
            return {}
        order = remainder_order(course.function, 0.0, claim, found, noise)
        told = {}
        for position, d in direction.items():
            analytic = derivatives[position]
            # What it would be if all others were right.
            numeric = analytic + (best.derivative - claim) / d
            judgement = Judgement("ok", analytic, numeric, SAFETY * best.error / abs(d), found)
            told[position] = self._of(line, position, judgement, order)
        return told

    def _verdict(self, line: Line, course: Course, position: int, analytic: float) -> Verdict:
        judgement = judge(course, analytic, self.allowed)
        if not self._repeats(course):
            judgement = replace(judgement, verdict="not deterministic")
        order = remainder_order(
            course.function, course.point, analytic, judgement.slopes, course.noise
        )
        return self._of(line, position, judgement, order)

    def _of(self, line: Line, position: int, judgement: Judgement, order: float | None) -> Verdict:
        names = line.subject.names
        return Verdict(
            input=names[position],
            output=self.name,
            analytic=judgement.analytic,
            numeric=judgement.numeric,
            tolerance=judgement.tolerance,
            verdict=judgement.verdict,
            point=tuple(zip(names, line.numbers, strict=True)),
            at=line.numbers[position],
            sides=judgement.sides,
            remainder_order=order,
            remark=judgement.remark,
        )

    def _repeats(self, course: Course) -> bool:
        """Whether the function gave the same result when it was called again at the point."""
        again, before = course.function(course.point), float(self.output.data)
        return again == before or (again != again and before != before)

    def _explained(self, verdict: Verdict, graph: Graph, variable: Value) -> Verdict:
        """The verdict with the operation that is to blame, or with what can be said instead."""
        stale = graph.stale_node(variable) if verdict.verdict == "wrong" else None
        if stale:
            name = f"{stale.op} ({stale.label})" if stale.label else stale.op
            remark = f"the data below {name} was changed after it was computed"
            return replace(verdict, remark=remark)
        if verdict.verdict in ("ok", "noisy", "not deterministic"):
            return replace(verdict, remark=verdict.remark or _REMARKS[verdict.verdict])
        if verdict.verdict == "kink" and (tie := graph.wrong_tie(variable)):
            return replace(verdict, verdict="wrong", edge=tie, remark="")
        edge = graph.edge(variable, lambda judgement: judgement.verdict == verdict.verdict)
        if verdict.verdict == "wrong" and not edge:
            # What an operation does between two floats may explain all of it.
            edge = graph.edge(variable, lambda judgement: judgement.is_contradicted)
            if edge:
                return replace(verdict, verdict="noisy", edge=replace(edge, verdict="noisy"))
            edge = graph.edge(variable, lambda judgement: judgement.verdict == "noisy")
        return replace(verdict, edge=edge, remark="" if edge else _REMARKS[verdict.verdict])


def _size(line: Line) -> float:
    """How far an input may move: by its own size, or where it is small by 1."""
    return abs(line.point) if abs(line.point) >= 1 / 16 else 1.0


def _direction(lines: list[Line], group: list[int], derivatives: list[float]) -> dict[int, float]:
    """How far these inputs move together: each moves the result by about as much."""
    influence = min(abs(derivatives[position]) * _size(lines[position]) for position in group)
    generator = random.Random(len(group))
    direction = {}
    for position in group:
        length = influence / abs(derivatives[position]) if influence else _size(lines[position])
        # Few digits and a power of 2, so that numbers move along the line without rounding.
        share = generator.randrange(2**15, 2**16) | 1
        direction[position] = generator.choice((-1, 1)) * ldexp(share, frexp(length)[1] - 17)
    return direction


def _of_like_influence(lines: list[Line], derivatives: list[float]) -> list[list[int]]:
    """The inputs in groups, by how much they move the result when they move by their size."""
    groups: list[list[int]] = []
    influences = [abs(d) * _size(line) for d, line in zip(derivatives, lines, strict=True)]
    largest = 0.0
    for position in sorted(range(len(lines)), key=influences.__getitem__):
        if not isfinite(influences[position]):
            continue
        if not groups or influences[position] > _SPREAD * largest:
            groups.append([])
            largest = influences[position]
        groups[-1].append(position)
    return groups
