"""Any number of lanes: none, vectors with a rest, blocks, chunks; nan in one of them."""

import math

import numpy as np
import pytest
from test_compile_checker import Expected, assert_close, eager, summed

import nn
from autograd import compile, exp, relu, sin, tanh

# Around the width of a vector, and a chunk of lanes.
COUNTS = [0, 1, 2, 7, 8, 9, 15, 16, 17, 511, 512, 513, 1025, 2047, 2049]
# More than a block in each chunk.
MANY = 100_003

every_count = pytest.mark.parametrize("lanes", COUNTS)


def function(x, y, w):
    return relu(x * w) * y + exp(-x * x) + x * w


def by_numpy(x, y, w):
    """The value and the derivatives of `function` in each lane, derived by hand."""
    on = x * w > 0
    bell = np.exp(-x * x)
    return [
        np.where(on, x * w * y, 0.0) + bell + x * w,
        np.where(on, w * y, 0.0) - 2 * x * bell + w,
        np.where(on, x * w, 0.0),
        np.where(on, x * y, 0.0) + x,
    ]


def drawn(lanes):
    random = np.random.default_rng(lanes)
    return random.normal(size=lanes), random.normal(size=lanes), 0.75


def total_of(column):
    """The sum, with a budget for adding up in any order: see `summed`."""
    budget = (len(column) + 8) * 2.0**-52 * math.fsum(abs(column))
    return Expected(math.fsum(column), budget)


def assert_right(fast, x, y, w):
    value, dx, dy, dw = by_numpy(x, y, w)
    # A few roundings each, of terms of moderate size.
    np.testing.assert_allclose(fast(x, y, w), value, rtol=0, atol=1e-13)
    found, gradient = fast.value_and_grad(x, y, w)
    np.testing.assert_allclose(gradient[0], dx, rtol=0, atol=1e-13)
    np.testing.assert_allclose(gradient[1], dy, rtol=0, atol=1e-13)
    assert_close([found, gradient[2]], [total_of(value), total_of(dw)], f"{len(x)} lanes")


@every_count
def test_counts_of_lanes(lanes, backend):
    assert_right(compile(function, reduce="sum", backend=backend), *drawn(lanes))


@pytest.mark.usefixtures("small_chunks")
@every_count
def test_counts_of_lanes_in_small_chunks(lanes, backend):
    assert_right(compile(function, reduce="sum", backend=backend), *drawn(lanes))


def test_a_hundred_thousand_lanes(backend):
    assert_right(compile(function, reduce="sum", backend=backend), *drawn(MANY))


def test_growing_and_shrinking(backend):
    """Memory that a call leaves behind is used again, and holds nothing of it."""
    fast = compile(function, reduce="sum", backend=backend)
    for lanes in [513, 9, MANY, 0, 1, 2049, 8, 70_000, 7]:
        assert_right(fast, *drawn(lanes))


def test_no_lanes(backend):
    x = np.empty(0)
    total = compile(function, reduce="sum", backend=backend)
    assert total(x, x, 2.0).shape == (0,)
    value, (dx, dy, dw) = total.value_and_grad(x, x, 2.0)
    assert (value, dx.shape, dy.shape, dw) == (0.0, (0,), (0,), 0.0)
    # The mean of nothing is 0 / 0.
    value, gradient = compile(function, backend=backend).value_and_grad(x, x, 2.0)
    assert math.isnan(value)
    assert math.isnan(gradient[2])


@pytest.mark.parametrize("lanes", [1, 8, 9, 513])
def test_each_lane_is_the_function_alone(lanes, backend):
    x, y, w = drawn(lanes)
    outputs = compile(function, backend=backend)(x, y, w)
    value, gradient = compile(function, backend=backend).value_and_grad(x, y, w)
    expected = [eager(function, row) for row in zip(x, y, [w] * lanes, strict=True)]
    for lane, right in enumerate(expected):
        assert_close([outputs[lane]], right[:1], f"lane {lane} of {lanes}")
    mean = summed(expected)
    assert_close([value, gradient[2]], [mean[0], mean[3]], f"{lanes} lanes")


@pytest.mark.parametrize("lanes", [9, 513, 2049])
def test_a_nan_stays_in_its_lane(lanes, backend):
    fast = compile(function, reduce="sum", backend=backend)
    x, y, w = drawn(lanes)
    outputs, gradient = fast(x, y, w), fast.value_and_grad(x, y, w)[1]
    for lane in (0, 7, lanes // 2, lanes - 1):
        spoilt = x.copy()
        spoilt[lane] = np.nan
        others = np.arange(lanes) != lane
        found, derivatives = fast(spoilt, y, w), fast.value_and_grad(spoilt, y, w)[1]
        assert np.isnan(found[lane])
        assert np.isnan(derivatives[0][lane])
        assert (found[others] == outputs[others]).all(), f"nan in lane {lane} spread"
        assert (derivatives[0][others] == gradient[0][others]).all(), f"nan in lane {lane} spread"


def test_the_rest_of_a_vector_is_not_added_up(backend):
    """log(0) in lanes that do not exist would be infinite."""
    fast = compile(lambda x: 1 / x, reduce="sum", backend=backend)
    for lanes in (1, 7, 9, 515):
        assert fast.value_and_grad(np.ones(lanes))[0] == lanes


def test_shared_numbers_are_kept_for_the_lanes(backend):
    """The shared ones are all computed first, where a lane may need each of them afterwards."""

    def chained(x, w):
        lane = 1.0 * x
        for _ in range(8):
            # The lanes read w before another shared number reads it for the last time.
            lane = lane * w + x
            w = tanh(sin(w))
        return lane * w

    fast = compile(chained, reduce="sum", backend=backend)
    x = np.array([0.5, -1.25, 2.0])
    rows = [eager(chained, (number, 0.75)) for number in x]
    value, (slopes, shared) = fast.value_and_grad(x, 0.75)
    total = summed(rows, mean=False)
    assert_close([value, shared], [total[0], total[2]], "the sum over lanes")
    for lane, right in enumerate(rows):
        assert_close([fast(x, 0.75)[lane], slopes[lane]], right[:2], f"lane {lane}")


def test_results_are_the_callers_own(backend):
    fast = compile(lambda x, y: (x, x * y), backend=backend)
    x = np.arange(3.0)
    same, product = fast(x, 2.0)
    same += 5
    fast(np.full(3, 7.0), 2.0)
    assert x.tolist() == [0.0, 1.0, 2.0], "an argument was changed through a result"
    assert product.tolist() == [0.0, 2.0, 4.0], "a later call changed an earlier result"


def test_a_network_in_lanes(backend):
    model = nn.MLP(2, [4, 1])
    fast = compile(lambda x: model(x), model.parameters(), backend=backend)
    table = np.random.default_rng(0).normal(size=(9, 2))
    expected = [model(list(row)).data for row in table]
    np.testing.assert_allclose(fast(table), expected, rtol=1e-13)
