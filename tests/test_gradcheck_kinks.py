"""gradcheck at kinks, jumps, steps and where nothing can be told."""

import math
import random
import struct
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import gradcheck, primitive
from autograd.checking.differences import Estimate
from autograd.checking.slopes import Slopes


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


# Joints: smooth, but not smoothly so

JOINTS = {
    "relu(1 - x)**2 at 1": (lambda x: autograd.relu(1 - x) ** 2, (1.0,)),
    "relu(x - 3)**3 at 3": (lambda x: autograd.relu(x - 3) ** 3, (3.0,)),
    "x * |x| at 0": (lambda x: x * abs(x), (0.0,)),
    "where(x > 0, x*x, -x*x) at 0": (lambda x: autograd.where(x > 0, x * x, -x * x), (0.0,)),
    "elu(x) at 0": (autograd.elu, (0.0,)),
    "x**1.5 at 0": (lambda x: x**1.5, (0.0,)),
    "x**1.1 at 0": (lambda x: x**1.1, (0.0,)),
    "x**2.5 at the least float": (lambda x: x**2.5, (5e-324,)),
    "|x|**1.5 at 0": (lambda x: abs(x) ** 1.5, (0.0,)),
    "(x - 1)**1.5 + 1 at 1": (lambda x: (x - 1) ** 1.5 + 1, (1.0,)),
    "1 + x**1.5 at 0": (lambda x: 1 + x**1.5, (0.0,)),
    "x**y at (0, 2.5)": (lambda x, y: x**y, (0.0, 2.5)),
    "(x - y)**6 at a tie": (lambda x, y: (x - y) ** 6, (-2.75, -2.75)),
    "(x*x - y)**4 at 0": (lambda x, y: (x * x - y) ** 4, (1.5, 2.25)),
    "maximum(x, 0)**2 at 0": (lambda x: autograd.maximum(x, 0) ** 2, (0.0,)),
    "hypot(x, 1e-20) at 0": (lambda x: autograd.hypot(x, 1e-20), (0.0,)),
}


@pytest.mark.parametrize("name", JOINTS)
def test_where_left_and_right_agree_there_is_no_kink(name):
    function, point = JOINTS[name]
    report = gradcheck(function, *point)
    assert set(verdicts(report)) == {"ok"}, f"{name} is right:\n{report}"


@pytest.mark.parametrize("name", JOINTS)
def test_a_mistake_at_a_joint_is_found(name):
    function, point = JOINTS[name]

    @primitive
    def steeper(x):
        return x, (1 + 1e-6,)

    # What is 0 there stays 0: a part with a slope of 1 shows the mistake.
    report = gradcheck(lambda *x: function(*x) + steeper(x[0]), *point)
    assert report.verdicts[0].verdict == "wrong", f"{name}:\n{report}"


# Stairs

STAIRS = {
    "floor(1000 x)": lambda x: (1000 * x).floor(),
    "x % 0.001": lambda x: x % 0.001,
    "x // 0.001": lambda x: x // 0.001,
    "floor(1e12 x)": lambda x: (1e12 * x).floor(),
    "x * floor(300 x)": lambda x: x * (300 * x).floor(),
}


@pytest.mark.parametrize("name", STAIRS)
def test_stairs_are_not_taken_for_slopes(name):
    generator = random.Random(name)
    for x in [1.1198796945036058, *(generator.uniform(-3, 3) for _ in range(40))]:
        report = gradcheck(STAIRS[name], x)
        assert verdicts(report) == ["ok"], f"{name} at {x!r} is right:\n{report}"


@pytest.mark.parametrize("slope", [1e-3, 0.5, 999.0])
def test_a_stair_with_a_slope_is_wrong(slope):
    @primitive
    def stair(x):
        return autograd.floor(1000 * x), (slope,)

    assert verdicts(gradcheck(stair, 1.1198796945036058)) == ["wrong"]


# Ties


def shared(name, first, second):
    rule = getattr(autograd, name)
    return primitive(lambda x, y: (rule(x, y), (first, second)))


@pytest.mark.parametrize("name", ["maximum", "minimum"])
@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.5, 0.5), "kink"), ((1, 0), "kink"), ((0.25, 0.75), "kink"),
        ((1, 1), "wrong"), ((0, 0), "wrong"), ((0.6, 0.6), "wrong"), ((0.5, 0.500001), "wrong"),
    ],
)  # fmt: skip
def test_the_shares_of_a_tie_add_up(name, shares, expected):
    for x in (1.0, -2.75, 0.0, 1e-9, 1e12):
        report = gradcheck(shared(name, *shares), x, x)
        assert verdicts(report) == [expected] * 2, f"{name} at {x} with {shares}:\n{report}"
    if expected == "wrong":
        assert report.guilty is not None
        assert "operands 1 and 2 move by 1 and 1" in report.guilty.mistake


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("shares", [(1, -2), (0, 0), (0.25, -0.5), (0.5, -1.2), (0.6, -1)])
def test_a_tie_may_lie_along_any_direction(shares, sign):
    # Along (2, 1) x - 2y stays 0, along (2, -1) x + 2y: so must the partials together.
    first, second = shares[0], sign * shares[1]
    bent = primitive(lambda x, y: (autograd.relu(x - sign * 2 * y), (first, second)))
    expected = "kink" if shares[0] * 2 + shares[1] == 0 else "wrong"
    assert verdicts(gradcheck(bent, 2.0, sign * 1.0)) == [expected] * 2


def test_a_tie_within_the_function_is_looked_at_where_it_is():
    wrong = shared("maximum", 1, 1)
    report = gradcheck(lambda x, y: wrong(2 * x, y * y).sin(), 2.0, 2.0)
    assert verdicts(report) == ["wrong", "wrong"]
    assert gradcheck(lambda x, y: autograd.maximum(2 * x, y * y).sin(), 2.0, 2.0)


def test_kinks_of_several_operands_that_are_no_tie_pass():
    def apart(x, y):
        return autograd.relu(x) - autograd.relu(-y), (0, 0)

    def largest(x, y, z):
        return max(x, y, z), (0.25, 0.25, 0.5)

    def too_much(x, y, z):
        return max(x, y, z), (0.5, 0.5, 0.5)

    assert verdicts(gradcheck(primitive(apart), 0.0, 0.0)) == ["kink"] * 2
    assert verdicts(gradcheck(autograd.hypot, 0.0, 0.0)) == ["kink"] * 2
    assert verdicts(gradcheck(primitive(largest), 1.0, 1.0, 1.0)) == ["kink"] * 3
    assert verdicts(gradcheck(primitive(too_much), 1.0, 1.0, 1.0)) == ["wrong"] * 3


# Where nothing can be told


def to_single(number):
    return struct.unpack("f", struct.pack("f", number))[0]


def square(factor):
    return primitive(lambda x: (x * x, (2 * factor * x,)))


COARSE = {
    "a sum with a large number": (primitive(lambda x, y: (x + y, (5, 1))), (1.0, 1e14)),
    "a large number added": (lambda x: square(1.5)(x) + 1e10, (1e-3,)),
    "single precision": (primitive(lambda x: (to_single(x * x), (2 * x,))), (0.7,)),
    "single precision below": (
        lambda x: primitive(lambda v: (to_single(math.sin(v)), (math.cos(v),)))(x) * 3 + x, (0.7,)
    ),
    "six decimals": (primitive(lambda x: (round(x * x, 6), (2 * x,))), (0.7,)),
    "floats further apart than stairs": (lambda x: x.floor() * 0.5, (1e17,)),
    "nearly flat, and dropped": (primitive(lambda x: (autograd.cosh(x), (0 * x,))), (2e-11,)),
}  # fmt: skip


@pytest.mark.parametrize("name", COARSE)
def test_what_is_too_coarse_to_tell_is_neither_right_nor_wrong(name):
    function, point = COARSE[name]
    report = gradcheck(function, *point)
    assert report.verdicts[0].verdict == "noisy", f"{name}:\n{report}"
    assert "nothing can be told" in str(report)


def test_the_resolution_of_a_rounded_result_is_named():
    report = gradcheck(primitive(lambda x: (to_single(x * x), (2 * x,))), 0.7)
    # Between 0.25 and 0.5, where the result lies, floats of single precision are 2 ** -25 apart.
    assert "jumps of 3e-8" in str(report), f"{report}"
    wrong = primitive(lambda x: (to_single(x * x), (2.5 * x,)))
    assert verdicts(gradcheck(wrong, 0.7)) == ["wrong"], "so much can be told"


# Their derivatives at 0 are 0, but their difference quotients get there slowly, if ever.
SLOW = {
    "|t|**p": lambda t, p: abs(t) ** p,
    "t * |t|**(p - 1)": lambda t, p: t * abs(t) ** (p - 1),
    "relu(t)**p": lambda t, p: autograd.relu(t) ** p,
    "|t|**p * sin(1/t)": lambda t, p: abs(t) ** p * autograd.sin(1 / t),
    "t / log(t)": lambda t, _: t / (1 + abs(autograd.log(abs(t)))),
    "t / log(t)**2": lambda t, _: t / (1 + abs(autograd.log(abs(t)))) ** 2,
}


def slow(name, power, slope=0.0):
    def rule(t):
        return (0.0 * t if t == 0 else SLOW[name](t, power)), (slope,)

    return primitive(rule)


INSIDE = {
    "alone": lambda rule, x, y: rule(x) + 0 * y,
    "in a sum": lambda rule, x, y: rule(x) + (x + y * y).sin(),
    "in a neuron": lambda rule, x, y: (rule(x) + 0.3 * y).tanh() * y,
    "of an operation": lambda rule, x, y: (rule(x * y) + y).exp(),
}


@settings(max_examples=20)
@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("name", SLOW)
@given(
    exponent=st.floats(-4, -0.3),
    at=st.just(0.0) | st.floats(-100, 100).filter(lambda x: abs(x) > 1e-6),
    y=st.floats(0.1, 2),
)
def test_quotients_that_converge_slowly_are_never_called_wrong(name, inside, exponent, at, y):
    rule = slow(name, 1 + 10**exponent)
    report = gradcheck(lambda x, y: INSIDE[inside](rule, x - at, y), at, y)
    first, second = verdicts(report)
    assert first in ("ok", "kink", "noisy"), f"p = {1 + 10**exponent}:\n{report}"
    assert second == "ok", f"the other input is not affected:\n{report}"


@pytest.mark.parametrize("order", [1, 2])
@given(exponent=st.floats(-4, -0.3))
def test_neither_are_powers_near_1_or_their_derivatives(order, exponent):
    power = order + 10**exponent
    report = gradcheck(lambda x: x**power, 0.0, order=order)
    assert set(verdicts(report)) <= {"ok", "kink", "noisy"}, f"x**{power}:\n{report}"


@pytest.mark.parametrize("name", ["|t|**p", "t * |t|**(p - 1)", "relu(t)**p"])
@pytest.mark.parametrize("power", [1.1, 1.2, 1.3, 1.5])
def test_what_slow_quotients_do_tell_is_told(name, power):
    # At 2 ** -909, and 2 ** -55 of 1, they are as near as 1e-27 and 0.02 to 0.
    for at in (0.0, 1.0):
        report = gradcheck(lambda x: slow(name, power, slope=2.0)(x - at), at)  # noqa: B023
        assert verdicts(report) == ["wrong"], f"{name}, p = {power}, at {at}:\n{report}"


@pytest.mark.parametrize("x", [1e15, 1e16, 1e17])
def test_between_two_floats_exact_numbers_tell(x):
    pytest.importorskip("mpmath")
    assert verdicts(gradcheck(lambda v: v + v.sin(), x)) == ["ok"]
    # The slope of 1 alone is what all differences of floats show.
    wrong = primitive(lambda v: (v + autograd.sin(v), (1 + 1.5 * autograd.cos(v),)))
    assert not gradcheck(wrong, x)


@pytest.mark.parametrize("x", [4.5, 5.0, 5.5, 8.4, 30.0])
def test_where_a_function_is_flat_its_derivative_is_right(x):
    pytest.importorskip("mpmath")
    for function in (autograd.erf, autograd.sigmoid, lambda v: 1 + autograd.erf(v)):
        report = gradcheck(function, x)
        assert verdicts(report) == ["ok"], f"at {x}:\n{report}"


@pytest.mark.parametrize("side", [1, -1])
def test_what_turns_back_and_forth_between_floats_is_no_evidence_from_one_side_either(side):
    def ends(x):
        # Defined on one side of 1e20 alone, so that no exact number lies on the other.
        return x.sin() + 0 * autograd.sqrt(side * (x.detach() - 1e20))

    assert verdicts(gradcheck(ends, 1e20)) == ["noisy"]


@pytest.mark.parametrize(
    ("function", "x", "expected"),
    [
        (autograd.erf, 8.4, "ok"),
        (autograd.tanh, 30.0, "ok"),
        (lambda x: (1e6 * x).sin(), 1.0, "ok"),
        (lambda x: x + x.sin(), 1e16, "noisy"),
        (lambda x: x.floor() * 0.5, 1e17, "noisy"),
        (autograd.erf, 5.0, "noisy"),
    ],
)
def test_without_mpmath_less_can_be_told_and_nothing_else(function, x, expected, monkeypatch):
    monkeypatch.setitem(sys.modules, "mpmath", None)
    assert verdicts(gradcheck(function, x)) == [expected]


def test_sides_that_nearly_agree_are_as_far_off_as_they_are_apart():
    left, right = Estimate(1.0, 0.1), Estimate(1.5, 0.1)
    best = Slopes(across=Estimate(3.0, 9.0), left=left, right=right).best
    assert (best.derivative, best.error) == (1.25, pytest.approx(0.35))
