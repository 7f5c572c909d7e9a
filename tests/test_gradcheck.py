"""gradcheck: right gradients pass, wrong ones fail, and what can't be told is called so."""

import json
import math
import random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from witnesses import for_all

import autograd
import nn
from autograd import GradientError, Value, grad, gradcheck, primitive
from autograd.checking.numeric import differentiate
from autograd.checking.subject import subject_of
from autograd.primitive import PRIMITIVES
from autograd.testing import calls, graphs


def verdicts(report):
    return [verdict.verdict for verdict in report.verdicts]


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
    def check(program, numbers):
        report = gradcheck(program, *numbers, **options)
        assert report, f"{program} at {numbers} is right:\n{report}"

    for_all(graphs(), check, examples)


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
    found = verdicts(gradcheck(SMOOTH[name], x))
    # A sine at 1e17 has its period between two floats: there is no derivative to see.
    allowed = {"ok", "noisy"} if name == "sin" and exponent > 7 else {"ok"}
    assert set(found) <= allowed, f"{name} at {x}: {found}"


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


@pytest.mark.parametrize("scale", [1e10, 1e13, 1e15])
def test_what_is_not_smooth_is_not_judged_by_a_complex_step(scale):
    report = gradcheck(lambda x: (scale * x).sin().abs(), 1.0)
    assert verdicts(report) in (["ok"], ["noisy"]), f"{report}"


def test_an_operation_that_is_not_smooth_has_no_complex_step():
    # |x + ih| is a real number, in which nothing of the derivative is left.
    point = [complex(2, 1e-30)]
    assert subject_of(autograd.abs, (2.0,), ()).evaluate_complex(point) is None
    assert subject_of(autograd.relu, (2.0,), ()).evaluate_complex(point) is None
    (result,) = subject_of(lambda x: x * x, (2.0,), ()).evaluate_complex(point)
    assert result.imag / 1e-30 == pytest.approx(4, rel=1e-15)


def test_products_that_cancel_leave_their_rounding():
    def cancels(x):
        away = x - 0.3
        return 1.1e8 * (1.3 * away) - 1.43e8 * away + away

    report = gradcheck(cancels, 0.3)
    assert verdicts(report) in (["ok"], ["noisy"]), f"{report}"


def test_an_argument_that_is_rounded_within_the_function_is_allowed_for():
    estimate = differentiate(lambda x: math.sin(1.1 * x), 1e10)
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
    estimate = differentiate(function, x)
    assert abs(estimate.derivative - derivative) <= 10 * estimate.error
    # What is refined until it is reached: a mistake of 1e-7, seen with ample room.
    assert estimate.error <= 1e-9 * abs(derivative)


# Kinks, jumps and what can't be told

KINKS = {
    "relu": (autograd.relu, 0.0, 1.0),
    "abs": (autograd.abs, -1.0, 1.0),
    "leaky_relu": (autograd.leaky_relu, 0.01, 1.0),
    "elu": (lambda x: autograd.elu(x, alpha=1.5), 1.5, 1.0),
    "maximum": (lambda x: autograd.maximum(x, 3 * x), 1.0, 3.0),
    "minimum": (lambda x: autograd.minimum(x, 3 * x), 3.0, 1.0),
}


@pytest.mark.parametrize("name", KINKS)
@given(x=st.floats(-2, 2), weight=st.floats(1e-3, 1e3))
def test_a_kink_passes_and_is_named(name, x, weight):
    function, left, right = KINKS[name]
    report = gradcheck(lambda v: weight * function(v - x) + v.sin(), x)
    (verdict,) = report.verdicts
    assert verdict.verdict == "kink", f"{report}"
    assert report, "a kink is marked, and passes"
    sides = [weight * slope + math.cos(x) for slope in (left, right)]
    assert verdict.sides == pytest.approx(sides, abs=max(verdict.tolerance, 1e-9 * weight))
    assert verdict.edge is not None
    assert verdict.edge.rule == name


@pytest.mark.parametrize("name", KINKS)
@given(x=st.floats(0.5, 2), distance=st.floats(-14, -1), sign=st.sampled_from([1, -1]))
def test_a_kink_nearby_raises_no_false_alarm(name, x, distance, sign):
    kink = x + sign * 10.0**distance
    report = gradcheck(lambda v: KINKS[name][0](v - kink) + v.sin(), x)
    assert report, f"{name}, whose kink is at {kink}, at {x}:\n{report}"


def test_a_tie_passes_with_any_share():
    report = gradcheck(autograd.maximum, 1.0, 1.0)
    assert verdicts(report) == ["kink", "kink"]
    generous = primitive(lambda x, y: (autograd.maximum(x, y), (0.9, 0.1)))
    assert verdicts(gradcheck(generous, 1.0, 1.0)) == ["kink", "kink"]


@pytest.mark.parametrize("slope", [-0.01, 1.01])
def test_beyond_the_one_sided_derivatives_a_kink_does_not_pass(slope):
    bent = primitive(lambda x: (autograd.relu(x), (slope,)))
    report = gradcheck(bent, 0.0)
    assert verdicts(report) == ["wrong"]
    assert report.guilty is not None
    assert report.guilty.mistake == "not between the one-sided derivatives"


@pytest.mark.parametrize(
    ("function", "x", "rule"),
    [(autograd.floor, 1.0, "floor"), (autograd.sign, 0.0, "sign"), (lambda x: x % 1, 2.0, "mod")],
)
def test_a_jump_does_not_pass_and_is_named(function, x, rule):
    report = gradcheck(lambda v: function(v) + v * v, x)
    (verdict,) = report.verdicts
    assert verdict.verdict == "jump", f"{report}"
    assert verdict.edge is not None
    assert verdict.edge.rule == rule


def test_a_branch_of_the_function_itself_is_seen_too():
    def branches(x, away):
        return x * x + away if x > 1 else x * x

    assert verdicts(gradcheck(lambda x: branches(x, 0.5), 1.0)) == ["jump"]
    assert verdicts(gradcheck(lambda x: branches(x, 0.0), 1.0)) == ["ok"]


@given(x=st.integers(-3, 3), away=st.floats(0.01, 0.99))
def test_steps_pass_where_they_are_flat(x, away):
    assert verdicts(gradcheck(autograd.floor, x + away)) == ["ok"]


def test_a_random_function_is_not_deterministic():
    generator = random.Random(0)
    report = gradcheck(lambda x, y: [x * y, x * generator.random()], 1.0, 2.0)
    assert verdicts(report) == ["ok", "ok", "not deterministic", "not deterministic"]
    assert not report


@pytest.mark.parametrize(
    ("function", "x", "rule"),
    [
        (autograd.sqrt, 0.0, "sqrt"),
        (lambda x: autograd.where(x > 0, autograd.log(x), 0.0), 0.0, "log"),
        (lambda x: (x * 1e200) ** 2, 1.0, "constant_power"),
        (autograd.log, -1.0, "log"),
    ],
)
def test_a_gradient_that_is_no_number_does_not_pass(function, x, rule):
    report = gradcheck(function, x)
    (verdict,) = report.verdicts
    assert verdict.verdict == "non-finite", f"{report}"
    assert verdict.edge is not None
    assert verdict.edge.rule == rule


def test_differences_too_rough_to_tell_do_not_pass():
    def rough(x):
        return x + 1e-4 * autograd.sin(1e12 * x).detach()

    report = gradcheck(rough, 1.0)
    assert not report
    assert verdicts(report)[0] in {"noisy", "wrong"}


# What is asked for


def test_parameters_are_checked_and_put_back():
    model = nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(1))
    before = [p.data for p in model.parameters()]

    def loss():
        return nn.half_squared_error([model([0.3, -0.7])], [1.0])

    report = gradcheck(loss, parameters=model.parameters(), points=2)
    assert report, f"{report}"
    assert [p.data for p in model.parameters()] == before
    assert {p.grad for p in model.parameters()} == {0}, "no gradient of the user's is touched"
    assert [v.input for v in report.verdicts][:2] == ["parameter 1", "parameter 2"]


def test_parameters_come_after_inputs_and_are_put_back_after_an_error():
    weight = Value(2.0, label="w")
    report = gradcheck(lambda x: weight * x, 3.0, parameters=[weight])
    assert [(v.input, v.analytic) for v in report.verdicts] == [("x", 2.0), ("w", 3.0)]

    def fails(x):
        if weight.data != 2.0:
            raise KeyError("moved")
        return weight * x

    with pytest.raises(KeyError):
        gradcheck(fails, 3.0, parameters=[weight])
    assert weight.data == 2.0


@pytest.mark.parametrize("wrong", [[1.0], [Value(1.0) * 2], [Value(1j)]])
def test_wrong_parameters_are_refused(wrong):
    with pytest.raises(TypeError, match="gradcheck"):
        gradcheck(lambda: Value(0.0), parameters=wrong)


def test_a_parameter_given_twice_is_refused():
    weight = Value(1.0)
    with pytest.raises(TypeError, match="twice"):
        gradcheck(lambda: weight * 2, parameters=[weight, weight])


def test_the_second_order_checks_the_gradient_of_the_gradient():
    report = gradcheck(lambda x, y: autograd.sin(x * y), 0.5, 2.0, order=2)
    assert report, f"{report}"
    assert [v.name for v in report.verdicts] == [
        "x", "y", "d/dx by x", "d/dx by y", "d/dy by x", "d/dy by y",
    ]  # fmt: skip
    # By hand: d2/dx2 sin(x y) = -y y sin(x y).
    assert report.verdicts[2].analytic == pytest.approx(-4 * math.sin(1), rel=1e-12)


def test_the_second_order_names_the_rule_that_loses_it():
    @primitive
    def sine(x):
        return autograd.sin(x), (autograd.cos(x.detach() if isinstance(x, Value) else x),)

    assert gradcheck(lambda x: sine(x * x), 0.5), "the first derivative is right"
    report = gradcheck(lambda x: sine(x * x), 0.5, order=2)
    assert verdicts(report) == ["ok", "wrong"]
    assert report.guilty is not None
    assert (report.guilty.rule, report.guilty.partial) == ("sine", 0)
    assert report.guilty.mistake == "missing"


def test_random_points_find_what_the_point_given_hides():
    @primitive
    def nearly(x):
        return x**4, (4 * x**2,)  # right at 1, and at 0

    assert gradcheck(nearly, 1.0)
    report = gradcheck(nearly, 1.0, points=5)
    (verdict,) = report.verdicts
    assert verdict.verdict == "wrong"
    assert verdict.at != 1.0
    assert gradcheck(nearly, 1.0, points=5) == report, "the points are the same at every run"
    assert gradcheck(nearly, 1.0, points=5, seed=1) != report


def test_random_points_stay_in_the_domain():
    report = gradcheck(lambda x: autograd.log(x) + autograd.asin(x), 1e-3, points=20)
    assert verdicts(report) == ["ok"], f"{report}"


def test_a_tolerance_of_ones_own():
    def cube(slope):
        return primitive(lambda x: (x**3, (slope * x**2,)))

    assert verdicts(gradcheck(cube(3.02), 2.0)) == ["wrong"]
    assert verdicts(gradcheck(cube(3.02), 2.0, rtol=0.01)) == ["ok"]
    assert verdicts(gradcheck(cube(3.02), 2.0, atol=0.1)) == ["ok"]
    assert verdicts(gradcheck(cube(3.02), 2.0, rtol=0.001)) == ["wrong"]
    assert verdicts(gradcheck(cube(3), 2.0, rtol=1e-30)) == ["noisy"], "finer than floats are"


def test_a_transform_within_the_function():
    report = gradcheck(lambda x: x * grad(autograd.sin)(x), 0.5)
    assert verdicts(report) == ["ok"], f"{report}"


def test_no_grad_around_the_check_does_not_matter():
    with autograd.no_grad():
        assert verdicts(gradcheck(autograd.tanh, 0.5)) == ["ok"]


# The report


def test_the_report_names_input_and_size_of_the_error():
    @primitive
    def area(width, height):
        return width * height, (height, 2 * width)

    report = gradcheck(area, 3.0, 5.0)
    assert verdicts(report) == ["ok", "wrong"]
    width, height = report.verdicts
    assert (width.input, height.input) == ("width", "height")
    assert (height.analytic, height.relative_error) == (6.0, pytest.approx(0.5))
    assert height.point == (("width", 3.0), ("height", 5.0))
    with pytest.raises(GradientError, match=r"height: area.*2 times what it should be"):
        report.raise_if_failed()


def test_the_remainder_tells_right_from_wrong_by_itself():
    wrong = primitive(lambda x: (autograd.exp(x), (1.001 * autograd.exp(x),)))
    orders = [gradcheck(f, 0.5).verdicts[0].remainder_order for f in (autograd.exp, wrong)]
    # The next term of the expansion is smaller by the step, at most 2 ** -10.
    assert orders == pytest.approx([2, 1], abs=0.01)


def test_a_report_goes_to_json_and_to_html():
    wrong = primitive(lambda x: (x * x, (x,)))
    report = gradcheck(lambda x: wrong(x) + autograd.relu(x - 3), Value(3.0, label="a<b"))
    restored = json.loads(json.dumps(report.as_dict()))
    assert restored["passed"] is False
    assert restored["verdicts"][0]["input"] == "a<b"
    assert restored["guilty"]["operands"] == [["a<b", 3.0]]
    html = report._repr_html_()
    assert "<td>a&lt;b</td>" in html
    assert "a<b" not in html


def test_a_right_report_is_true_and_returned():
    report = gradcheck(lambda x: x.tanh(), 0.5)
    assert report
    assert report.guilty is None
    assert report.raise_if_failed() is report
    assert len(str(report).splitlines()) == 2, "nothing to explain"


def test_labels_and_paths_name_inputs_and_outputs():
    report = gradcheck(
        lambda p, b: [p["w"][0] * b, b.tanh()], {"w": [2.0]}, Value(0.5, label="bias")
    )
    assert report
    assert [(v.output, v.input) for v in report.verdicts] == [
        ("[0]", "p['w'][0]"),
        ("[0]", "bias"),
        ("[1]", "p['w'][0]"),
        ("[1]", "bias"),
    ]


def test_inputs_of_a_function_without_a_signature_are_counted():
    report = gradcheck(max, 1.0, 2.0)
    assert report
    assert [verdict.input for verdict in report.verdicts] == ["input 1", "input 2"]


def test_a_function_that_ignores_its_inputs_is_refused():
    with pytest.raises(ValueError, match="do not depend on the inputs"):
        gradcheck(lambda x: Value(3.0) * 2, 1.0)


@pytest.mark.parametrize("wrong", [("x",), (1j,), ([],), ()])
def test_wrong_inputs_are_refused(wrong):
    with pytest.raises(TypeError, match="gradcheck"):
        gradcheck(lambda *numbers: 0.0, *wrong)


def test_an_order_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="order 1 or 2, not 3"):
        gradcheck(lambda x: x, 1.0, order=3)


def test_the_function_runs_twice_at_the_point_and_not_again():
    seen = []

    def function(x):
        seen.append(x.data)
        return x * x

    gradcheck(function, 3.0)
    assert seen.count(3.0) == 2, "once to record it, once to see whether it repeats"
    assert len(seen) == len(set(seen)) + 1, "nowhere else twice"
