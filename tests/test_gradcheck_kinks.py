"""gradcheck at kinks, jumps, steps and where nothing can be told."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import gradcheck, primitive


def verdicts(report):
    return [verdict.verdict for verdict in report.verdicts]


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
