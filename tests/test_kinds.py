"""The same rules over every kind of number: exact, long, symbolic, complex and in lanes."""

import cmath
import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, gradients, value_and_grad

numerators = st.integers(-50, 50)
fractions = st.fractions(min_value=-5, max_value=5, max_denominator=20)


def linear_network_error(weights, inputs=(2, 3), target=1):
    """Half the squared error of the linear 2-2-1 network."""
    w1, w2, w3, w4, w5, w6 = weights
    i1, i2 = inputs
    h1 = w1 * i1 + w2 * i2
    h2 = w3 * i1 + w4 * i2
    prediction = h1 * w5 + h2 * w6
    return (prediction - target) ** 2 / 2


# Fraction


@given(st.lists(fractions, min_size=6, max_size=6))
def test_a_linear_network_is_exact_over_fractions(weights):
    w1, w2, w3, w4, w5, w6 = weights
    error, slopes = value_and_grad(linear_network_error)(weights)
    h1, h2 = 2 * w1 + 3 * w2, 2 * w3 + 3 * w4
    delta = h1 * w5 + h2 * w6 - 1
    assert error == delta**2 / 2
    assert slopes == [delta * d for d in (2 * w5, 3 * w5, 2 * w6, 3 * w6, h1, h2)]
    assert {type(number) for number in (error, *slopes)} == {Fraction}


@pytest.mark.parametrize(
    ("compute", "data", "slope"),
    [
        (lambda x: x / 2, Fraction(1, 6), Fraction(1, 2)),
        (lambda x: 2 / x, 6, -18),
        (lambda x: x**2, Fraction(1, 9), Fraction(2, 3)),
        (lambda x: x**-2, 9, -54),
        (lambda x: x * 2 - 1, Fraction(-1, 3), 2),
        (lambda x: autograd.mean([x, x, 1]), Fraction(5, 9), Fraction(2, 3)),
        (lambda x: autograd.sum([x, 1], start=Fraction(1, 2)), Fraction(11, 6), 1),
        (lambda x: autograd.dot([x, 2], [3, x]), Fraction(5, 3), 5),
        (lambda x: autograd.maximum(x, Fraction(1, 3)), Fraction(1, 3), Fraction(1, 2)),
        (lambda x: autograd.minimum(x, Fraction(1, 3)), Fraction(1, 3), Fraction(1, 2)),
        (lambda x: autograd.maximum(x, 0), Fraction(1, 3), 1),
        (lambda x: abs(-x), Fraction(1, 3), 1),
        (lambda x: x.relu(), Fraction(1, 3), 1),
        (lambda x: (-x).leaky_relu(slope=Fraction(1, 7)), Fraction(-1, 21), Fraction(-1, 7)),
        (lambda x: (7 * x) % 2, Fraction(1, 3), 7),
        (lambda x: autograd.where(x > 0, x * x, 0), Fraction(1, 9), Fraction(2, 3)),
        (lambda x: autograd.select(1, [0, x]), Fraction(1, 3), 1),
    ],
)
def test_fractions_stay_exact(compute, data, slope):
    x = Value(Fraction(1, 3))
    y = compute(x)
    y.backward()
    assert (y.data, x.grad) == (data, slope)
    assert type(y.data) is Fraction, f"{y.data!r} is no Fraction"
    assert isinstance(x.grad, (int, Fraction)), f"{x.grad!r} is not exact"


def test_fractions_raise_as_they_always_do():
    with pytest.raises(ZeroDivisionError):
        1 / Value(Fraction(0))
    with pytest.raises(ZeroDivisionError):
        Value(Fraction(0)) ** -1


def test_functions_of_fractions_are_floats():
    assert Value(Fraction(1, 4)).exp().data == math.exp(0.25)
    assert Value(Fraction(1, 4)).sqrt().data == 0.5


# mpmath


def test_mpmath_keeps_forty_digits():
    with mpmath.workdps(40):
        x = Value(mpmath.mpf(1) / 3)
        y = (x.tanh() * autograd.exp(x) + x**3 / 7).log()
        y.backward()
        t, e = mpmath.tanh(x.data), mpmath.exp(x.data)
        inside = t * e + x.data**3 / 7
        slope = ((1 - t * t) * e + t * e + 3 * x.data**2 / 7) / inside
        # A dozen operations, each right to one unit of the fortieth digit.
        budget = 50 * mpmath.mpf(10) ** -40
        assert abs(y.data - mpmath.log(inside)) < budget
        assert abs(x.grad - slope) < budget


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "erf", "softplus", "silu", "log1p", "atan"])
def test_mpmath_constants_are_not_rounded_to_floats(name):
    function = getattr(autograd, name)
    with mpmath.workdps(40):
        x = mpmath.mpf(1) / 3
        slope = grad(function)(x)
        # mpmath raises its precision for the difference quotient, so this has 40 digits.
        assert abs(slope - mpmath.diff(function, x)) < mpmath.mpf(10) ** -37


# SymPy


def test_sympy_leaves_give_the_formulas_on_paper():
    w = sympy.symbols("w1:7")
    i1, i2, target = sympy.symbols("i1 i2 target")
    _, slopes = value_and_grad(lambda w: linear_network_error(w, (i1, i2), target))(w)
    h1, h2 = w[0] * i1 + w[1] * i2, w[2] * i1 + w[3] * i2
    delta = h1 * w[4] + h2 * w[5] - target
    derived = [delta * d for d in (w[4] * i1, w[4] * i2, w[5] * i1, w[5] * i2, h1, h2)]
    for position, (slope, formula) in enumerate(zip(slopes, derived, strict=True), 1):
        assert sympy.expand(slope - formula) == 0, f"w{position}: {slope}"


@pytest.mark.parametrize("number", [2, Fraction(1, 2)])
def test_symbols_meet_numbers(number):
    x = sympy.Symbol("x")
    for y in (Value(x) * number, number * Value(x), Value(number) * x, Value(number) * Value(x)):
        assert y.data == sympy.nsimplify(number) * x


def test_sympy_second_derivatives():
    x = sympy.Symbol("x")
    second = grad(grad(lambda x: x.sin() * x))(x)
    assert sympy.simplify(second - (2 * sympy.cos(x) - x * sympy.sin(x))) == 0


# Complex


def test_complex_numbers_give_complex_derivatives():
    z = 0.3 + 0.4j
    value, slope = value_and_grad(lambda z: z.exp() * z.sin() / z)(z)
    expected = cmath.exp(z) * cmath.sin(z) / z
    derived = expected * (1 + cmath.cos(z) / cmath.sin(z) - 1 / z)
    # Under ten operations of one rounding each (2.3e-16), at magnitudes near 1.
    assert abs(value - expected) < 1e-15 * 4
    assert abs(slope - derived) < 1e-15 * 4


def test_the_complex_step_finds_the_derivative():
    step = 1e-30
    value = autograd.tanh(0.7 + step * 1j)
    assert value.imag / step == pytest.approx(grad(autograd.tanh)(0.7), rel=1e-15)


# NumPy lanes


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=5), st.floats(-3, 3))
def test_each_lane_is_a_computation_of_its_own(lanes, scale):
    def function(x, y):
        return (x * y).tanh() * x + autograd.maximum(x, y) - x.relu()

    data = np.array(lanes)
    value, slopes = value_and_grad(function, argnums=(0, 1))(data, scale)
    for i, lane in enumerate(lanes):
        alone, slopes_alone = value_and_grad(function, argnums=(0, 1))(lane, scale)
        # NumPy's tanh may differ from the math module's in the last bits; the factors are below 3.
        for found, expected in ((value, alone), *zip(slopes, slopes_alone, strict=True)):
            assert found[i] == pytest.approx(expected, rel=1e-14, abs=1e-14), f"lane {i}"


def test_a_scalar_leaf_meets_every_lane():
    weight, inputs = Value(2.0), np.array([1.0, 2.0, 3.0])
    output = weight * inputs + weight
    output.backward()
    assert output.data.tolist() == [4.0, 6.0, 8.0]
    assert weight.grad.tolist() == [2.0, 3.0, 4.0]
    output.backward()
    assert weight.grad.tolist() == [4.0, 6.0, 8.0]


def test_lanes_compare_lane_by_lane():
    lanes = Value(np.array([1.0, 2.0, 3.0]))
    assert (lanes > 2).tolist() == [False, False, True]
    assert autograd.where(lanes > 2, lanes, 0.0).data.tolist() == [0.0, 0.0, 3.0]


def test_lanes_of_integers_are_floats_and_do_not_overflow():
    x = Value(np.array([1, 2, 3], dtype=np.uint8))
    y = (x - 5) ** 50
    y.backward()
    assert y.data.tolist() == [4.0**50, 3.0**50, 2.0**50]
    assert x.grad.tolist() == [-50 * 4.0**49, -50 * 3.0**49, -50 * 2.0**49]


def test_the_data_of_an_array_cannot_be_changed_in_place():
    x = Value(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="read-only"):
        x.data -= 1
    with pytest.raises(ValueError, match="read-only"):
        x.data[0] = 5
    x.data = x.data - 1
    assert x.data.tolist() == [0.0, 1.0]


def test_the_callers_own_array_stays_its_own():
    array = np.array([1.0, 2.0])
    x = Value(array)
    y = x * x
    array[:] = 100
    y.backward()
    assert x.grad.tolist() == [2.0, 4.0]
    assert array.flags.writeable


def test_gradients_in_lanes_can_be_differentiated_again():
    x = Value(np.array([1.0, 2.0]))
    slope = gradients(x**3, x, create_graph=True)
    assert gradients(slope, x).tolist() == [6.0, 12.0]


# Kinds that meet


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        (2, 3, int),
        (2, 0.5, float),
        (2, Fraction(1, 2), Fraction),
        (Fraction(1, 2), 0.5, float),
        (Fraction(1, 2), np.float64(0.5), float),
        (2, 1j, complex),
        (Fraction(1, 2), 1j, complex),
        (0.5, mpmath.mpf(2), mpmath.mpf),
        (2, mpmath.mpf(2), mpmath.mpf),
        (Fraction(1, 2), mpmath.mpf(2), mpmath.mpf),
        (mpmath.mpf(2), mpmath.mpc(1j), mpmath.mpc),
        (2, np.array([1.0, 2.0]), np.ndarray),
        (0.5, np.array([1, 2]), np.ndarray),
    ],
)
def test_kinds_meet_in_the_wider_one(x, y, kind):
    for left, right in ((x, y), (y, x)):
        for output in (Value(left) * Value(right), Value(left) * right, left * Value(right)):
            assert isinstance(output.data, kind), f"{left!r} * {right!r} is {output.data!r}"
            # The partials of a product are its operands, crosswise.
            output.backward()
            assert np.all(output.parents[0].grad == right)
            assert np.all(output.parents[1].grad == left)


def test_ties_of_mixed_exact_numbers_stay_exact():
    assert [type(p) for p in autograd.maximum(Value(2), Fraction(2)).partials] == [
        Fraction,
        Fraction,
    ]


def test_relu_of_a_fraction_stays_exact():
    assert (Value(Fraction(-1, 2)).relu() / 2).data == Fraction(0)
    assert type((Value(Fraction(-1, 2)).relu() / 2).data) is Fraction
