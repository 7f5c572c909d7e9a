"""gradcheck: what is right passes, at every scale, near every edge, in random graphs."""

import math
import random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import calls, graphs
from witnesses import sample

import autograd
from autograd import expm1, gradcheck, primitive, sinh, tanh
from autograd.checking.differences import Curve
from autograd.checking.slopes import slopes_of
from autograd.checking.target import target_of
from autograd.primitive import PRIMITIVES
from benchmarks import checkers
from benchmarks.gradcheck import drawn, of_mistakes, of_right_derivatives


def verdicts(report):
    return [verdict.verdict for verdict in report.verdicts]


def alarms(report):
    """The verdicts on what is right that a user would have to look into.

    Where a derivative is the rounding of 0, as that of x / y / x in x, nothing can be told of it
    from the differences of a function that itself is right to fewer digits than others.
    """
    return [
        verdict
        for verdict in report.verdicts
        if verdict.verdict not in ("ok", "kink")
        and not (verdict.verdict == "noisy" and abs(verdict.analytic) <= verdict.tolerance)
    ]


# What is right passes


@settings(max_examples=15)
@pytest.mark.parametrize("name", PRIMITIVES)
@given(data=st.data())
def test_every_rule_passes(name, data):
    chosen, numbers = data.draw(calls(PRIMITIVES[name]))
    report = gradcheck(chosen, *numbers)
    assert set(verdicts(report)) == {"ok"}, f"{name}{numbers} is right:\n{report}"


@pytest.mark.parametrize(
    ("options", "examples"), [({}, 200), ({"order": 2}, 50), ({"points": 3}, 25)]
)
def test_no_random_graph_raises_a_false_alarm(options, examples):
    for program, numbers in sample(graphs(), examples):
        report = gradcheck(program, *numbers, **options)
        assert not alarms(report), f"{program} at {numbers} is right:\n{report}"


@pytest.mark.parametrize("case", checkers.CASES, ids=lambda case: f"{case.name} {case.group}")
def test_functions_of_floats_alone_are_judged_by_differences_rightly(case):
    # Smooth, badly scaled, noisy, and near poles, kinks and steps; no rule is seen inside them.
    for _, point, mistake, verdict in checkers.verdicts(checkers.ours(), case):
        if not mistake:
            assert verdict is not False, f"{case.name} at {point} is right"
        elif mistake >= 1e-6:
            assert not verdict, f"{case.name} at {point} is wrong by {mistake}"


# `python -m benchmarks.gradcheck` draws thousands.
SEEDS = range(60)


@pytest.mark.parametrize("order", [1, 2])
def test_no_graph_of_many_sizes_and_joints_raises_a_false_alarm(order):
    for seed in SEEDS:
        graph, point = drawn(seed)
        for word, verdict in of_right_derivatives(graph, point, order):
            assert word in {"ok", "kink", "noisy"}, f"{graph} at {point} is right:\n{verdict}"


def test_no_mistake_in_a_graph_of_many_sizes_passes():
    for seed in SEEDS:
        graph, point = drawn(seed)
        for word, report in of_mistakes(graph, point, random.Random(seed)):
            assert word != "ok", f"{graph} at {point}, {report}"


SMOOTH = {
    "sin": autograd.sin,
    "tanh": autograd.tanh,
    "gelu": autograd.gelu,
    "cube": lambda x: x**3,
    "reciprocal": lambda x: 1 / x,
    "sqrt": lambda x: (x * x + 1).sqrt(),
}


@pytest.mark.parametrize("name", SMOOTH)
@given(exponent=st.integers(-100, 100), digits=st.floats(1, 10), sign=st.sampled_from([1, -1]))
def test_no_scale_of_the_input_raises_a_false_alarm(name, exponent, digits, sign):
    x = sign * digits * 10.0**exponent
    # A sine at 1e17 has its period between two floats: exact numbers tell.
    assert verdicts(gradcheck(SMOOTH[name], x)) == ["ok"], f"{name} at {x!r}"


@given(factor=st.sampled_from([1e-100, 1e-8, 1e8, 1e100]), x=st.floats(0.5, 2))
def test_no_scale_of_the_result_hides_or_feigns_a_mistake(factor, x):
    wrong = primitive(lambda x: (autograd.exp(x), (autograd.exp(x) * (1 + 1e-6),)))
    assert verdicts(gradcheck(lambda x: factor * autograd.exp(x), x)) == ["ok"]
    assert verdicts(gradcheck(lambda x: factor * wrong(x), x)) == ["wrong"]


@pytest.mark.parametrize(("name", "edge", "inside"), [
    ("asin", 1.0, -1), ("acos", -1.0, 1), ("atanh", 1.0, -1), ("acosh", 1.0, 1),
    ("log", 0.0, 1), ("sqrt", 0.0, 1), ("log1p", -1.0, 1),
])  # fmt: skip
@given(exponent=st.floats(-12, -1))
def test_the_edge_of_a_domain_may_be_near(name, edge, inside, exponent):
    x = edge + inside * 10.0**exponent
    report = gradcheck(PRIMITIVES[name], x)
    assert verdicts(report) == ["ok"], f"{name} at {x!r}:\n{report}"


def test_a_function_that_ends_at_the_point_is_checked_from_the_one_side():
    def ends(x):
        return autograd.exp(x) + 0 * autograd.sqrt(x.detach())

    assert verdicts(gradcheck(ends, 0.0)) == ["ok"]


@pytest.mark.parametrize("function", [lambda x: x * x, lambda x: x**3, lambda x: x * x.sin()])
def test_a_stationary_zero_is_right(function):
    report = gradcheck(function, 0.0)
    assert report, f"{report}"


@pytest.mark.parametrize(
    ("function", "x"),
    [
        (lambda x: (1e5 * x).sin(), 1.0),
        (lambda x: (1e8 * x).sin(), 1.0),
        # 2 ** 20 periods to 1: every step that is a power of two meets the same phase.
        (lambda x: (2 * math.pi * 2**20 * x).sin(), 1.0),
        (autograd.sin, 1e6),
        (autograd.sin, 1e10),
        # The sum has 6 digits after the point, so differences of it have few.
        (lambda x: (x * x + 1e10) - 1e10, 0.3),
    ],
)
def test_fast_or_rounded_functions_are_never_called_wrong(function, x):
    report = gradcheck(function, x)
    assert verdicts(report) in (["ok"], ["noisy"]), f"{report}"


@pytest.mark.parametrize(
    ("function", "x"),
    [
        (autograd.relu, -1e-100),
        (lambda x: (1e8 * x + 0.1).sigmoid(), 6e-5),
        (lambda x: x * x * x * x, 1e-100),
    ],
)
def test_where_nothing_happens_there_is_no_false_alarm(function, x):
    report = gradcheck(function, x)
    assert verdicts(report) == ["ok"], f"{report}"


@pytest.mark.parametrize("function", [lambda x, y: y * y, autograd.add])
def test_what_does_not_move_is_soon_told(function):
    calls = []

    def counted(x, y):
        calls.append(x)
        return function(x, y)

    # One range of steps takes 36 calls, on both sides; there are six of them. In two inputs,
    # in both orders, two ranges are enough for what stays still, and one for the rest.
    assert gradcheck(counted, 0.3, 0.7, order=2)
    assert len(calls) < 2 * 2 * 2 * 36, f"{len(calls)} calls"


@pytest.mark.parametrize("scale", [1e10, 1e13, 1e15])
def test_what_is_not_smooth_is_not_judged_by_a_complex_step(scale):
    report = gradcheck(lambda x: (scale * x).sin().abs(), 1.0)
    assert verdicts(report) in (["ok"], ["noisy"]), f"{report}"


def test_an_operation_that_is_not_smooth_has_no_complex_step():
    # |x + ih| is a real number, in which nothing of the derivative is left.
    point = [complex(2, 1e-30)]
    assert target_of(autograd.abs, (2.0,), ()).evaluate_exactly(point) is None
    assert target_of(autograd.relu, (2.0,), ()).evaluate_exactly(point) is None
    (result,) = target_of(lambda x: x * x, (2.0,), ()).evaluate_exactly(point)
    assert result.imag / 1e-30 == pytest.approx(4, rel=1e-15)


def test_products_that_cancel_leave_their_rounding():
    def cancels(x):
        away = x - 0.3
        return 1.1e8 * (1.3 * away) - 1.43e8 * away + away

    report = gradcheck(cancels, 0.3)
    assert verdicts(report) in (["ok"], ["noisy"]), f"{report}"


def test_an_argument_that_is_rounded_within_the_function_is_allowed_for():
    estimate = slopes_of(Curve(1e10, lambda x: math.sin(1.1 * x))).best
    exact = mpmath.mpf(1.1) * mpmath.cos(mpmath.mpf(1.1) * mpmath.mpf(1e10))
    assert abs(estimate.derivative - float(exact)) <= 10 * estimate.error


def test_where_differences_lose_their_digits_a_complex_step_tells():
    assert gradcheck(lambda x: (1e6 * x).sin(), 1.0), "right, but lost in rounding"
    wrong = primitive(lambda x: (autograd.sin(x), (autograd.cos(x) * (1 + 1e-6),)))
    assert verdicts(gradcheck(lambda x: wrong(1e6 * x), 1.0)) == ["wrong"]


@pytest.mark.parametrize(
    ("function", "x", "derivative"),
    [
        (math.exp, 1.0, math.e),
        (math.sin, 1e-8, 1.0),
        (autograd.log, 1e-3, 1e3),
        (lambda x: x**3, 100.0, 3e4),
        (lambda x: 1 / x, 1e-6, -1e12),
        (math.tanh, 0.0, 1.0),
    ],
)
def test_numeric_derivative_keeps_to_its_error_estimate(function, x, derivative):
    estimate = slopes_of(Curve(x, function)).best
    assert abs(estimate.derivative - derivative) <= 10 * estimate.error
    # What is refined until it is reached: a mistake of 1e-7, seen with ample room.
    assert estimate.error <= 1e-9 * abs(derivative)


def test_digits_that_a_right_rule_loses_are_no_mistake():
    report = gradcheck(lambda x, y: tanh(sinh(expm1(y) / x - x)) - x, -1.28125, 1.84375)
    assert verdicts(report) == ["ok", "ok"], report
    slightly_wrong = primitive(lambda x: (x * x, (2 * x * (1 + 1e-7),)))
    assert verdicts(gradcheck(slightly_wrong, 0.7)) == ["wrong"]
