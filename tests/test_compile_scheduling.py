"""The order in which a program is interpreted: any that operands allow gives the same results."""

from itertools import groupby, pairwise

import numpy as np
import pytest
from strategies import graphs
from witnesses import for_all

from autograd import Value, compile, dot, sin
from autograd import sum as total
from autograd.compiling import interpreter
from autograd.compiling.backend import replay
from autograd.compiling.interpreter import in_runs
from autograd.tape.program import Program, operands
from autograd.tape.recording import record_gradient
from autograd.tape.tape import INPUTS, SHARED


def gradient(function, count: int) -> Program:
    return record_gradient(function, [], (SHARED,) * count, "mean")


def in_order(program: Program) -> Program:
    """The program in the order in which it is interpreted."""
    inputs = [i for i, x in enumerate(program.instructions) if x[0] in INPUTS]
    return program.in_order(inputs + in_runs(program).order.tolist())


def runs(program: Program) -> int:
    return len([operation for operation, _ in groupby(x[0] for x in program.instructions)])


@pytest.mark.parametrize("block", [1, 3, 1000])
def test_the_order_changes_no_result(block, monkeypatch):
    monkeypatch.setattr(interpreter, "BLOCK", block)

    def check(function, numbers):
        program = gradient(function, len(numbers))
        ordered = in_order(program)
        assert len(ordered.instructions) == len(program.instructions)
        for position, instruction in enumerate(ordered.instructions):
            late = [x for x in operands(instruction) if x >= position]
            assert not late, f"{instruction} at {position} reads what comes later"
        expected = [repr(x) for x in replay(program, [], numbers, None)]
        assert [repr(x) for x in replay(ordered, [], numbers, None)] == expected

    for_all(graphs(), check)


def sines(*numbers):
    return total([sin(x * y) for x, y in pairwise(numbers)])


def test_what_does_not_need_each_other_runs_together():
    program = gradient(sines, 20)
    assert runs(program) > 30
    # Sources; products, sines, cosines; their sum and the adjoints.
    assert runs(in_order(program)) < 12


def test_blocks_stay_in_their_order(monkeypatch):
    monkeypatch.setattr(interpreter, "BLOCK", 1)
    program = gradient(sines, 20)
    computed = [x[0] for x in program.instructions if x[0] not in INPUTS]
    assert [x[0] for x in in_order(program).instructions if x[0] not in INPUTS] == computed


@pytest.mark.parametrize("count", [2, 5, 8, 9, 20])
def test_matrices_times_vectors_in_lanes(count, monkeypatch):
    """One matrix at several points: its derivatives are matrices times vectors, too."""
    monkeypatch.setattr("autograd.compiling.native.LONGEST_STRAIGHT_LINE", 0)
    rng = np.random.default_rng(count)
    weights = [Value(number) for number in rng.normal(size=3 * count)]
    rows = [weights[start : start + count] for start in range(0, 3 * count, count)]

    def function(points):
        products = [dot(row, point) for point in points for row in rows]
        series = list(points[0])
        for _ in range(3):
            # With factors that are such sums themselves.
            series.append(dot(series[-count:], points[1]))
        return total(sin(product) for product in products) + total(series)

    points = [[np.array(x) for x in rng.uniform(-0.5, 0.5, size=(count, 11))] for _ in range(count)]
    found = compile(function, parameters=weights, backend="native").value_and_grad(points)
    value, gradient = compile(function, parameters=weights, backend="python").value_and_grad(points)
    # Sums of a few hundred products of moderate numbers.
    assert found[0] == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert found[1] == pytest.approx(gradient, rel=1e-12, abs=1e-12)
