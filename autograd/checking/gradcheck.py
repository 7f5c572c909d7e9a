"""gradcheck: the gradient of a function against differences of its results.

Step by step: the function is made callable at numbers (`target`), numeric
derivatives are taken along its inputs (`differences`, `slopes`) and compared with those by the
rules (`judging`), the operation at fault is looked for (`blame`), and all is printed (`report`).
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import frexp, isfinite, ldexp
from numbers import Real
from typing import Any

from autograd.checking.blame import Graph, second_order_edge
from autograd.checking.judging import Judgement, Tolerance, judge, judge_together
from autograd.checking.report import Report, Verdict
from autograd.checking.target import (
    Slice,
    Target,
    noise_of_result,
    sizes_of_paths,
    target_of,
)
from autograd.graph import topological_order
from autograd.slips import answers_slips
from autograd.transforms.gradients import gradients
from autograd.value import Value

# A random point that lies outside the domain is drawn nearer at most this many times.
_APPROACHES = 20
# A derivative of which all but this share cancels need not be resolved finely.
_SMALL = 1e-3

# Fewer inputs than these are checked one by one.
_MANY = 16
# Inputs whose influences differ by more than this factor are not checked along one line.
_SPREAD = 8.0
# The mistakes of fewer may cancel along a line.
_FEW = 4
# A few wrong derivatives are found by halving; more groups than this fail where many are wrong.
_FAILURES = 30


@answers_slips
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
        *inputs: the point at which to check: floats, or Values, whose labels name them, or arrays,
            as `grad` takes them: each of their numbers is an input.
        parameters: Values that the function uses by itself, to check the derivatives in
            them too: `gradcheck(lambda: loss(model), parameters=model.parameters())`.
            Their data is moved and put back.
        order: 1, or 2 to check the second derivatives as well.
        points: how many random points around the given one to check as well.
        seed: the seed of these points.
        rtol, atol: your own tolerance, atol + rtol * |derivative|, in place of the one that
            follows from the error estimate of the numeric derivative.

    Returns:
        A report, which is true if all derivatives are right, and prints as a table.
        `report.raise_if_failed()` makes it an assertion; `report.guilty` is the first wrong
        local derivative in the graph.

    Raises:
        TypeError: for an input that is not a real number, or no input at all.
        ValueError: if the results depend on no input, so that there is nothing to check, and for
            an order other than 1 or 2.

    The numeric derivatives come with an error estimate, from which the tolerance follows, so a
    derivative with a relative error of 1e-6 fails. At a kink, any value between the
    one-sided derivatives passes, and the report says so. Where results are too coarse for the
    differences to tell, the verdict is "noisy", unless a complex step or exact numbers (of
    mpmath, if it is installed) show that the derivative is right. Many inputs of one result
    are checked together: the numeric derivative of each then assumes that the others are right.

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
    for name, tolerance in (("rtol", rtol), ("atol", atol)):
        if tolerance is not None and not (isinstance(tolerance, Real) and tolerance >= 0):
            raise ValueError(f"{name} is a plain number of at least 0, not {tolerance!r}")
    allowed = None if rtol is None and atol is None else _allowed(rtol or 0.0, atol or 0.0)
    target = target_of(function, inputs, parameters)
    verdicts = list(_verdicts(target, target.point, order, allowed))
    if not any(verdict.analytic for verdict in verdicts):
        _require_use(target)
    for numbers in _random_points(target, points, seed):
        others = _verdicts(target, numbers, order, allowed)
        pairs = zip(verdicts, others, strict=True)
        verdicts = [other if other.is_worse_than(one) else one for one, other in pairs]
    return Report(tuple(verdicts))


def _allowed(rtol: float, atol: float) -> Tolerance:
    return lambda size: atol + rtol * size


def _require_use(target: Target) -> None:
    with target.recorded_at(target.point) as (results, variables):
        outputs = [output for _, output in results]
        if not set(variables).intersection(topological_order(*outputs)):
            raise ValueError(
                "gradcheck() has nothing to check: the results do not depend on the inputs. "
                "Does the function use its arguments?"
            )


def _random_points(target: Target, count: int, seed: int) -> Iterator[list[float]]:
    """Points around the given one, all within the domain."""
    generator = random.Random(seed)
    for _ in range(count):
        away = [generator.uniform(-1, 1) * max(1.0, abs(x)) for x in target.point]
        for halvings in range(_APPROACHES):
            drawn = [x + d / 2**halvings for x, d in zip(target.point, away, strict=True)]
            results = target.evaluate(drawn)
            if results and all(map(isfinite, results)):
                yield drawn
                break


def _verdicts(
    target: Target, numbers: list[float], order: int, allowed: Tolerance | None
) -> Iterator[Verdict]:
    yield from _verdicts_of_results(target, numbers, allowed)
    if order == 2:
        for verdict in _verdicts_of_results(target.derivatives(), numbers, allowed):
            if verdict.verdict == "wrong" and not verdict.edge:
                with target.recorded_at(numbers) as (results, _):
                    edge = second_order_edge([output for _, output in results])
                verdict = replace(verdict, edge=edge, remark="" if edge else verdict.remark)
            yield verdict


def _verdicts_of_results(
    target: Target, numbers: list[float], allowed: Tolerance | None
) -> Iterator[Verdict]:
    """One verdict for each result and input at a point, results first."""
    with target.recorded_at(numbers) as (results, variables):
        again = target.evaluate(numbers)
        point = tuple(zip(target.names, numbers, strict=True))
        slices = [Slice(target, numbers, {i: 1.0}, again) for i in range(len(numbers))]
        # A line along one input serves all results, one along several inputs a single result.
        are_many = len(slices) >= _MANY * len(results)
        for index, (name, output) in enumerate(results):
            is_repeated = index < len(again) and _is_same(float(output.data), again[index])
            result = _Result(index, name, output, is_repeated, variables, point, slices)
            scales = [_SMALL * size for size in sizes_of_paths(output, variables)]
            told = _told_together(result, scales, allowed) if are_many and is_repeated else {}
            for i, scale in enumerate(scales):
                yield result.verdict(i, told.get(i) or result.judged_alone(i, scale, allowed))


def _is_same(one: float, other: float) -> bool:
    return one == other or (one != one and other != other)


@dataclass(frozen=True)
class _Result:
    """One result of a function at a point.

    Attributes:
        index: its index among the results.
        name: what it is called.
        output: the result, recorded.
        is_repeated: whether the function gave the same when it was called again.
        variables: the inputs that it was recorded from.
        point: the name and the number of each of them.
        slices: the function along each of the inputs.
    """

    index: int
    name: str
    output: Value
    is_repeated: bool
    variables: list[Value]
    point: tuple[tuple[str, float], ...]
    slices: list[Slice]

    @cached_property
    def derivatives(self) -> list[float]:
        """The derivatives by the rules, in each input."""
        return list(map(float, gradients(self.output, self.variables)))

    @cached_property
    def noise(self) -> float:
        """How far the result is rounded."""
        return noise_of_result(self.output)

    @cached_property
    def graph(self) -> Graph:
        """The graph in which the operation to blame is looked for."""
        return Graph(self.output)

    def judged_alone(self, i: int, scale: float, allowed: Tolerance | None) -> Judgement:
        """The judgement on the derivative in one input, along this input.

        Args:
            i: the index of the input.
            scale: what counts as a derivative of ordinary size.
            allowed: the user's own tolerance.
        """
        curve = self.slices[i].curve(self.index, self.noise, scale)
        return judge(curve, self.derivatives[i], allowed)

    def verdict(self, i: int, judgement: Judgement) -> Verdict:
        """The judgement on the derivative in one input, with the operation to blame."""
        name, number = self.point[i]
        verdict = Verdict(
            input=name,
            output=self.name,
            analytic=judgement.analytic,
            numeric=judgement.numeric,
            tolerance=judgement.tolerance,
            verdict=judgement.verdict,
            point=self.point,
            at=number,
            sides=judgement.sides,
            remainder_order=judgement.remainder_order,
            remark=judgement.remark,
        )
        if not self.is_repeated:
            remark = "called twice at this point, the function gave two results"
            return replace(verdict, verdict="not deterministic", remark=remark)
        if verdict.verdict in ("ok", "noisy"):
            return verdict
        return self.graph.explained(verdict, self.variables[i])


# Many inputs together


def _told_together(
    result: _Result, scales: list[float], allowed: Tolerance | None
) -> dict[int, Judgement]:
    """The judgements on derivatives that lines along several inputs allow, by index of the input.

    Inputs of about the same influence move together. Those that the line can't judge move again
    without the others. If it can judge none, one of them is wrong or at a kink, and halves of the
    group move, down to a few inputs, which are judged alone. If many groups fail, many derivatives
    are wrong: then lines are compared with what right rules would give.

    Args:
        result: the result whose derivatives these are.
        scales: what counts as a derivative of ordinary size in each input.
        allowed: the user's own tolerance.
    """
    judgements: dict[int, Judgement] = {}
    believed, failures = result.derivatives, 0
    waiting = _of_like_influence(range(len(scales)), believed, result.slices)
    while waiting:
        group = waiting.pop()
        if len(group) < _FEW:
            continue
        direction = _direction(group, believed, result.slices)
        curve = result.slices[0].turned(direction).curve(result.index, result.noise, 0.0)
        told = judge_together(curve, result.derivatives, believed, direction, scales, allowed)
        judgements |= told
        rest = [i for i in group if i not in told]
        failures += not told
        if failures == _FAILURES and believed is result.derivatives:
            believed = result.graph.mended(result.variables)
            untold = [i for i in range(len(scales)) if i not in judgements]
            waiting = _of_like_influence(untold, believed, result.slices)
        elif 2 * len(rest) < len(group):
            waiting.append(rest)
        else:
            waiting += [rest[: len(rest) // 2], rest[len(rest) // 2 :]]
    return judgements


def _of_like_influence(
    indices: Iterable[int], derivatives: list[float], slices: list[Slice]
) -> list[list[int]]:
    """Groups of inputs that move the result by about as much when they move by their size."""
    groups: list[list[int]] = []
    influences = {i: abs(derivatives[i]) * _size(slices[i]) for i in indices}
    largest = 0.0
    for i in sorted(influences, key=influences.__getitem__):
        if not isfinite(influences[i]):
            continue
        if not groups or influences[i] > _SPREAD * largest:
            groups.append([])
            largest = influences[i]
        groups[-1].append(i)
    # Most kinks lie at 0: a half of the group has those that may be near one.
    return [sorted(group, key=lambda i: abs(slices[i].point)) for group in groups]


def _size(along: Slice) -> float:
    """How far an input may move: by its own size, or by 1 where it is small."""
    return abs(along.point) if abs(along.point) >= 1 / 16 else 1.0


def _direction(group: list[int], derivatives: list[float], slices: list[Slice]) -> dict[int, float]:
    """How far these inputs move together: each moves the result by about as much."""
    steepness = {i: abs(derivatives[i]) for i in group}
    sizes = {i: _size(slices[i]) for i in group}
    influence = min(steepness[i] * sizes[i] for i in group)
    generator = random.Random(len(group))
    direction = {}
    for i in group:
        length = influence / steepness[i] if influence else sizes[i]
        # Few digits and a power of 2, so that numbers move along the line without rounding.
        share = generator.randrange(2**15, 2**16) | 1
        direction[i] = generator.choice((-1, 1)) * ldexp(share, frexp(length)[1] - 17)
    return direction
