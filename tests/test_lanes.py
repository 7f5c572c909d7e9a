"""Arrays as data: lanes of their own, and never changed under a recorded graph."""

import copy
import pickle

import numpy as np
import pytest

import autograd
from autograd import Value


def read_only():
    return pytest.raises(ValueError, match="read-only")


def test_data_set_anew_is_out_of_reach_once_it_is_recorded():
    p = Value(np.arange(3.0))
    p.data = p.data - 1
    y = p * p
    with read_only():
        p.data -= 5
    y.backward()
    assert p.grad.tolist() == [-2.0, 0.0, 2.0]


def test_data_of_interior_nodes_is_out_of_reach():
    p = Value(np.arange(3.0))
    y = p * p
    z = y * y
    with read_only():
        y.data += 100
    z.backward()
    assert p.grad.tolist() == [0.0, 4.0, 32.0]


def test_the_caller_keeps_an_array_of_its_own():
    array = np.arange(3.0)
    p = Value(array)
    array += 1
    assert p.data.tolist() == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda y: pickle.loads(pickle.dumps(y))], ids=["deepcopy", "pickle"]
)
def test_data_of_a_copied_graph_is_out_of_reach(copied):
    p = Value(np.arange(3.0))
    y = copied(p * p)
    p = y.parents[0]
    with read_only():
        p.data -= 5
    y.backward()
    assert p.grad.tolist() == [0.0, 2.0, 4.0]


def test_lanes_of_bools_are_numbers():
    mask = Value(np.array([True, False]))
    assert (-mask).data.tolist() == [-1.0, 0.0]
    assert Value(np.bool_(True)).data == 1
    assert type(Value(np.bool_(True)).data) is int


@pytest.mark.parametrize("exponent", [np.int64(2), np.float32(2.0), np.float64(2.0)])
def test_a_numpy_exponent_is_a_plain_one(exponent):
    x = Value(-3.0)
    y = x**exponent
    with autograd.detect_anomaly():
        assert (x**exponent).op.startswith("**2")
    y.backward()
    assert (y.data, x.grad, type(y.data)) == (9.0, -6.0, float)


def test_sympy_on_the_left():
    sympy = pytest.importorskip("sympy")
    symbol = sympy.Symbol("s")
    x = Value(2.0)
    y = symbol * x
    y.backward()
    assert (y.data, x.grad) == (2.0 * symbol, symbol)


def test_lanes_divide_by_zero_by_ieee():
    with np.errstate(divide="ignore"):
        x = Value(np.array([1.0, -2.0]))
        assert (x / 0.0).data.tolist() == [np.inf, -np.inf]
        y = x / Value(0.0)
        assert y.partials[0].tolist() == np.inf


def test_second_derivatives_in_lanes():
    x = Value(np.array([-1.0, 2.0]))
    slope = autograd.gradients(x.elu(), x, create_graph=True)
    # By hand: e^x below 0, and 0 above.
    assert autograd.gradients(slope, x).tolist() == [np.exp(-1.0), 0.0]


@pytest.mark.parametrize("array", [np.ma.array([1.0, 2.0], mask=[0, 1]), np.ma.masked], ids=str)
def test_a_mask_is_refused(array):
    """`where` and `maximum` would count what is masked; a masked number alone would be 0."""
    for use in (Value, lambda x: Value(2.0) * x, lambda x: x - Value(2.0)):
        with pytest.raises(TypeError, match="functions would not keep a mask"):
            use(array)
