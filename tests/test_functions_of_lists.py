"""Functions of lists: right for huge, infinite, nan and equal items, at first and second order."""

import math
from fractions import Fraction
from math import inf, nan

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from witnesses import DIGITS, EPSILON, precise_derivative, same_number

import autograd
from autograd import Value, compile, grad, hessian, jacobian, stop_gradient
from autograd.numbers.nested import leaves
from autograd.value import data_of

# Of each function: a result that is one number, and what it is over mpmath's numbers.
WITNESSES = {
    "max": (autograd.max, lambda *xs: max(xs)),
    "min": (autograd.min, lambda *xs: min(xs)),
    "prod": (autograd.prod, lambda *xs: mpmath.fprod(xs)),
    "norm": (autograd.norm, lambda *xs: mpmath.sqrt(sum(x * x for x in xs))),
    "logsumexp": (autograd.logsumexp, lambda *xs: mpmath.log(sum(map(mpmath.exp, xs)))),
    "softmax": (
        lambda xs: autograd.softmax(xs)[0],
        lambda *xs: mpmath.exp(xs[0]) / sum(map(mpmath.exp, xs)),
    ),
    "log_softmax": (
        lambda xs: autograd.log_softmax(xs)[-1],
        lambda *xs: xs[-1] - mpmath.log(sum(map(mpmath.exp, xs))),
    ),
    "var": (autograd.var, lambda *xs: variance(xs, len(xs))),
    "std": (lambda xs: autograd.std(xs, ddof=1), lambda *xs: variance(xs, len(xs) - 1) ** 0.5),
    "clip": (lambda xs: autograd.clip(xs[0], -1, xs[1]) * xs[2], lambda x, y, z: clipped(x, y) * z),
}


def variance(xs, count):
    mean = sum(xs) / len(xs)
    return sum((x - mean) ** 2 for x in xs) / count


def clipped(x, high):
    return min(max(x, -1), high)


# Apart from each other and from the bound of clip, so that differences cross no kink.
ITEMS = [
    [0.3, 1.7, -0.6],
    [-2.5, 0.25, 3.0],
    [2.0, -0.125, 0.75],
]

every_function = pytest.mark.parametrize("name", WITNESSES)


def assert_close(found, right, scale, what):
    # A few dozen roundings, relative to the numbers that are added up.
    assert abs(mpmath.mpf(found) - right) <= 64 * EPSILON * max(1, abs(right), scale), (
        f"{what} is {found}, not {right}"
    )


@every_function
@pytest.mark.parametrize("items", ITEMS, ids=str)
def test_values_and_derivatives_of_both_orders(name, items):
    function, witness = WITNESSES[name]
    first, second = grad(function)(items), hessian(function)(items)
    with mpmath.workdps(DIGITS):
        precise = [mpmath.mpf(x) for x in items]
        assert_close(function(items), witness(*precise), 0, name)
        for i in range(3):
            right = precise_derivative(witness, precise, i)
            assert_close(first[i], right, 0, f"the derivative of {name} by item {i}")
            for j in range(3):
                right = precise_derivative(witness, precise, i, j)
                assert_close(second[i][j], right, 4, f"the derivative of {name} by {i} and {j}")


@every_function
@pytest.mark.parametrize("backend", ["native", "python"])
def test_compiled_they_are_the_same(name, backend):
    function = WITNESSES[name][0]
    fast = compile(
        lambda xs: (function(xs), grad(function)(xs), hessian(function)(xs)), backend=backend
    )
    for items in ITEMS:
        value, first, second = fast(items)
        assert value == pytest.approx(function(items), rel=16 * EPSILON)
        assert first == pytest.approx(grad(function)(items), abs=64 * EPSILON)
        for found, right in zip(second, hessian(function)(items), strict=True):
            assert found == pytest.approx(right, abs=64 * EPSILON)


@every_function
@pytest.mark.parametrize(
    "given",
    [tuple, lambda xs: np.array(xs), lambda xs: iter(xs)],
    ids=["tuple", "array", "iterator"],
)
def test_lists_may_be_tuples_arrays_and_iterators(name, given):
    if name == "clip":
        pytest.skip("it takes no list")
    function = WITNESSES[name][0]
    values = np.array([Value(x) for x in ITEMS[0]], dtype=object)
    assert float(function(given(ITEMS[0]))) == function(ITEMS[0])
    assert function(values).data == function(ITEMS[0])


@pytest.mark.parametrize("name", ["max", "min", "prod", "norm", "logsumexp", "softmax", "var"])
@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], "of nothing"),
        ({"a": 1.0}, "its keys"),
        ({1.0, 2.0}, "no order"),
        (Value(1.0), "a list of numbers or Values, not a single Value"),
        (3.0, "a list of numbers"),
    ],
)
def test_what_is_no_list_is_refused(name, items, said):
    with pytest.raises(TypeError, match=rf"{name}\(\).*{said}"):
        getattr(autograd, name)(items)


@given(st.lists(st.floats(-1e8, 1e8), min_size=1, max_size=6))
def test_shares_add_up_to_one_and_their_logarithms_are_theirs(items):
    shares, logarithms = autograd.softmax(items), autograd.log_softmax(items)
    assert sum(shares) == pytest.approx(1, rel=8 * EPSILON)
    for share, logarithm in zip(shares, logarithms, strict=True):
        # The rounding of a large logarithm is relative to it.
        assert share == pytest.approx(math.exp(logarithm), rel=1e-9, abs=5e-324)


def test_derivatives_of_a_share_near_1_keep_their_digits():
    tiny = math.exp(-50) / (1 + math.exp(-50)) ** 2
    first, second = jacobian(autograd.softmax)([0.0, -50.0])
    assert first == pytest.approx([tiny, -tiny], rel=16 * EPSILON)
    assert second == pytest.approx([-tiny, tiny], rel=16 * EPSILON)


@pytest.mark.parametrize(
    ("items", "logarithms", "slopes"),
    [
        ([1e8, 1e8], [-math.log(2), -math.log(2)], [0.5, -0.5]),
        ([1e16, 0.0], [0.0, -1e16], [0.0, 0.0]),
        ([0.0, -50.0], [-math.exp(-50), -50.0], [math.exp(-50), -math.exp(-50)]),
        ([0.0, -inf], [0.0, -inf], [0.0, 0.0]),
        ([-1e308, 1e308], [-inf, 0.0], [1.0, -1.0]),
        ([nan, 0.0], [nan, nan], [nan, nan]),
    ],
)
def test_logarithms_of_shares_at_the_edges(items, logarithms, slopes):
    found = autograd.log_softmax(items)
    assert all(map(same_number, found, logarithms, [1e-40] * 2)), found
    slope = grad(lambda xs: autograd.log_softmax(xs)[0])(items)
    # The derivative is 1 less a share: where that is near 1, to a rounding of 1.
    assert all(map(same_number, slope, slopes, [EPSILON] * 2)), slope


@pytest.mark.parametrize("count", [2, 3, 7])
@pytest.mark.parametrize("item", [0.1, -3e200, 0.0])
def test_equal_items_do_not_deviate(count, item):
    items = [item] * count
    assert autograd.std(items) == autograd.var(items) == 0
    assert grad(autograd.std)(items) == [0] * count
    assert all(math.isnan(x) for row in hessian(autograd.std)(items) for x in row)


def test_fifty_digits_stay():
    with mpmath.workdps(50):
        items = [mpmath.mpf(x) / 3 for x in (1, 2, 5)]
        for function, right in (
            (autograd.std, variance(items, 3) ** mpmath.mpf(0.5)),
            (autograd.logsumexp, mpmath.log(sum(map(mpmath.exp, items)))),
            (lambda xs: autograd.softmax(xs)[0], 1 / sum(mpmath.exp(x - items[0]) for x in items)),
        ):
            assert abs(function(items) - right) < mpmath.mpf(10) ** -48


def test_variances_are_those_of_numpy():
    assert autograd.var(ITEMS[0]) == pytest.approx(np.var(ITEMS[0]))
    assert autograd.std(ITEMS[0], ddof=1) == pytest.approx(np.std(ITEMS[0], ddof=1))
    assert autograd.std([1e200, -1e200]) == pytest.approx(1e200)
    with pytest.raises(ValueError, match=r"var.*ddof=1.*more items"):
        autograd.var([1.0], ddof=1)


def test_fractions_stay_exact():
    items = [Fraction(1, 3), Fraction(1, 2), Fraction(0)]
    assert autograd.var(items) == Fraction(7, 162)
    assert grad(autograd.prod)(items) == [0, 0, Fraction(1, 6)]
    assert grad(autograd.max)([Fraction(1, 3)] * 3) == [Fraction(1, 3)] * 3
    assert autograd.clip(items[0], 0, Fraction(1, 4)) == Fraction(1, 4)


@pytest.mark.parametrize(
    ("x", "slopes"),
    [
        (0.0, (0.5, 0.5, 0)),
        (1.0, (0.5, 0, 0.5)),
        (0.5, (1, 0, 0)),
        (3.0, (0, 0, 1)),
        (-inf, (0, 1, 0)),
    ],
)
def test_clip_at_its_bounds(x, slopes):
    assert grad(autograd.clip, argnums=(0, 1, 2))(x, 0.0, 1.0) == slopes


def test_clip_without_a_bound():
    assert autograd.clip(-3.0, low=0) == 0
    assert autograd.clip(3.0, high=1) == 1
    assert math.isnan(autograd.clip(nan, 0.0, 1.0))
    assert autograd.clip(Value(np.array([-1.0, 0.5, 2.0])), 0, 1).data.tolist() == [0, 0.5, 1]


def test_a_product_of_many_factors_takes_linear_time():
    factors = [Value(1.0 + i / 1e6) for i in range(20_000)]
    factors[7].data = 0.0
    autograd.prod(factors).backward()
    assert [i for i, factor in enumerate(factors) if factor.grad] == [7]


# Constants


@pytest.mark.parametrize(
    "transformed",
    [
        grad(lambda x: x * stop_gradient(x)),
        grad(lambda x: grad(lambda y: y * stop_gradient(y))(x) * x),
        lambda x: jacobian(lambda x: [x * stop_gradient(x)])(x)[0],
        lambda x: autograd.jvp(lambda x: x * stop_gradient(x), (x,), (1.0,))[1],
        compile(grad(lambda x: x * stop_gradient(x))),
        grad(lambda x: x * stop_gradient({"a": [x, (1.0,)]})["a"][0]),
        grad(lambda x: x * stop_gradient(np.array([x, x], dtype=object))[1]),
    ],
    ids=["grad", "nested", "jacobian", "jvp", "compiled", "structure", "array"],
)
def test_derivatives_do_not_pass(transformed):
    assert transformed(3.0) == 3.0


def test_second_derivatives_do_not_pass():
    assert hessian(lambda x: x * stop_gradient(x * x))(3.0) == 0
    assert hessian(lambda x: x * x * stop_gradient(x))(3.0) == 6.0
    # 0 * inf would be nan.
    assert grad(lambda x: x + autograd.sqrt(stop_gradient(x)))(0.0) == 1


def test_plain_numbers_stay_as_they_are():
    array = np.array([1.0])
    assert stop_gradient(array) is array
    assert stop_gradient([1, 0.5, Fraction(1, 3)]) == [1, 0.5, Fraction(1, 3)]


# Python's own words


@pytest.mark.parametrize("function", [round, math.floor, math.ceil, math.trunc])
@pytest.mark.parametrize("x", [2.5, -1.5, 0.3])
def test_pythons_roundings_of_a_value_are_values(function, x):
    rounded = function(Value(x))
    assert rounded.data == function(x)
    assert isinstance(rounded, Value)


def test_digits_after_the_point_are_no_derivative():
    with pytest.raises(TypeError, match=r"round\(x, 2\) of a Value.*round\(x\.data, 2\)"):
        round(Value(0.123), 2)


AMONG = {
    "lanes": np.array([2.0, 0.5]),
    "complex lanes": np.array([2j, 0.5]),
    "a Value of lanes": Value(np.array([2.0, 0.5])),
}


@pytest.mark.parametrize("x", AMONG.values(), ids=AMONG)
@pytest.mark.parametrize("function", [autograd.logsumexp, autograd.softmax, autograd.log_softmax])
def test_the_first_items_may_be_plain(function, x):
    found = np.array([data_of(y) for y in leaves(function([0.0, 1.0, x]))])
    for lane, number in enumerate(data_of(x)):
        expected = leaves(function([0.0, 1.0, number.item()]))
        assert found[:, lane].tolist() == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("function", [autograd.logsumexp, autograd.softmax, autograd.log_softmax])
def test_the_first_items_may_be_constants_of_a_program(function):
    def of_constants(x):
        return function([0.0, 1.0, x])

    for backend in ("native", "python"):
        found = leaves(compile(of_constants, backend=backend)(2.0))
        assert found == pytest.approx(leaves(of_constants(2.0)), rel=1e-14)
