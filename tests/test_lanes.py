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


WHOLE = {
    "sum": (lambda x, y: autograd.sum([x, y]), np.array([True, True]), [2.0, 2.0]),
    "add": (autograd.add, np.array([200, 1], dtype=np.uint8), [400.0, 2.0]),
    "mul": (autograd.mul, np.array([-128, 2], dtype=np.int8), [16384.0, 4.0]),
    "sub": (lambda x, y: autograd.sub(x, y + 1), np.array([0, 7], dtype=np.uint8), [-1.0, -1.0]),
}


@pytest.mark.parametrize("name", WHOLE)
def test_plain_arrays_of_whole_numbers_do_not_overflow(name):
    function, array, right = WHOLE[name]
    assert function(array, array).tolist() == right


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


class Metres(np.ndarray):
    """Numbers with a unit."""


LANES = np.array([1.0, 2.0])

# What is more than its numbers, and what holds none.
NO_LANES = {
    "masked": np.ma.array([1.0, 2.0], mask=[0, 1]),
    "masked indices": np.ma.array([0, 1], mask=[0, 1]),
    "a masked condition": np.ma.array([True, False], mask=[0, 1]),
    "masked, nothing hidden": np.ma.array([1.0, 2.0]),
    "a masked number": np.ma.masked,
    "with a unit": LANES.view(Metres),
    "a matrix": LANES.view(np.matrix),
    "dates": np.array(["2020-01-01", "2020-01-02"], dtype="datetime64[D]"),
    "spans of time": np.array([1, 2], dtype="timedelta64[D]"),
    "strings": np.array(["1", "2"]),
    "records": np.array([(1.0,), (2.0,)], dtype=[("length", float)]),
}


def lanes():
    return Value(LANES.copy())


def set_data(array, use):
    x = lanes()
    x.data = array
    return use(x)


def set_gradient(array):
    x = lanes()
    x.grad = array
    (x * x).backward()


def set_gradient_of_a_parameter(array):
    w = Value(2.0)
    w.grad = array
    autograd.compile(lambda x: w * x, [w], backend="python").backward(1.0)


ENTRANCES = {
    "Value": Value,
    "w * array": lambda array: Value(2.0) * array,
    "array - w": lambda array: array - Value(2.0),
    "x ** array": lambda array: lanes() ** array,
    "x < array": lambda array: lanes() < array,
    "w >= array": lambda array: Value(2.0) >= array,
    "array > x": lambda array: array > lanes(),
    "x == array": lambda array: lanes() == array,
    "array != w": lambda array: array != Value(2.0),
    "a condition": lambda array: autograd.where(array, lanes(), 1.0),
    "a condition of numbers": lambda array: autograd.where(array, 2.0, 1.0),
    "a choice": lambda array: autograd.where(True, array, lanes()),
    "a choice of numbers": lambda array: autograd.where(True, array, 1.0),
    "an index": lambda array: autograd.select(array, [lanes(), lanes()]),
    "an index of numbers": lambda array: autograd.select(array, [1.0, 2.0]),
    "an item": lambda array: autograd.select(0, [lanes(), array]),
    "a slope": lambda array: autograd.leaky_relu(lanes(), slope=array),
    "a slope of a number": lambda array: Value(-1.0).leaky_relu(slope=array),
    "alpha": lambda array: lanes().elu(alpha=array),
    "the start of a dot": lambda array: autograd.dot([lanes()], [lanes()], start=array),
    "the start of nothing": lambda array: autograd.dot([], [], start=array),
    "a factor": lambda array: autograd.dot([lanes()], [array]),
    "the start of a sum": lambda array: autograd.sum([lanes()], start=array),
    "a term": lambda array: autograd.sum([1.0, array]),
    "maximum": lambda array: autograd.maximum(array, 0.0),
    "exp": autograd.exp,
    "data": lambda array: set_data(array, lambda x: x * 2.0),
    "data that is read-only": lambda array: set_data(frozen(array), lambda x: x * 2.0),
    "data that is returned": lambda array: set_data(array, lambda x: +x),
    "data that is compared": lambda array: set_data(array, lambda x: x > 0),
    "data as a condition": lambda array: set_data(array, lambda x: autograd.where(x, 1.0, 2.0)),
    "data that is detached": lambda array: set_data(array, lambda x: x.detach()),
    "a primal": lambda array: autograd.jvp(autograd.exp, (array,), (1.0,)),
    "a tangent": lambda array: autograd.jvp(autograd.exp, (LANES,), (array,)),
    "grad": autograd.grad(lambda x: x * x),
    "a gradient": lambda array: (lanes() * 2.0).backward(array),
    "a gradient before": set_gradient,
    "a gradient before, compiled": set_gradient_of_a_parameter,
    "an argument": autograd.compile(lambda x: x * 2.0),
    "closed over": lambda array: autograd.compile(lambda x: autograd.where(array, x, 1.0))(2.0),
}


def frozen(array):
    array = array.copy()
    array.setflags(write=False)
    return array


# NumPy 2.5 warns where spans of time meet a plain number, which some entrances do before refusing.
@pytest.mark.filterwarnings("ignore:The 'generic' unit:DeprecationWarning")
@pytest.mark.parametrize("enter", ENTRANCES.values(), ids=ENTRANCES)
@pytest.mark.parametrize("what", NO_LANES)
def test_arrays_that_are_more_than_numbers_or_none_are_refused(what, enter):
    """What is under a mask would be taken for a number, and what else there is would be lost."""
    words = "|".join(
        [
            *("functions would not keep a mask", "autograd computes with arrays of numbers"),
            *("lanes of a Value are numbers", "neither a number nor an array of floats"),
            *("a Value meets the numbers of", "a condition has no derivative"),
            *(
                "compiled programs compute with",
                "is not a kind of number",
                "the grad of a Value was set",
                "Cannot compare structured",
            ),
        ]
    )
    with pytest.raises(TypeError, match=words):
        enter(NO_LANES[what])


# Where an array of objects would be lanes; elsewhere its elements meet others one by one.
AS_LANES = [
    *("Value", "data", "data that is read-only", "data that is returned", "data as a condition"),
    *("a tangent", "a gradient", "a gradient before", "a gradient before, compiled"),
]


@pytest.mark.parametrize("name", AS_LANES)
def test_objects_are_no_lanes(name):
    with pytest.raises(TypeError, match=r"object|neither a number nor an array|was set"):
        ENTRANCES[name](np.array([1.0, 2.0], dtype=object))


def test_memory_mapped_arrays_are_arrays(tmp_path):
    mapped = np.memmap(tmp_path / "numbers", dtype=float, mode="w+", shape=(2,))
    mapped[:] = LANES
    assert (Value(2.0) * mapped).data.tolist() == [2.0, 4.0]
    assert autograd.where(mapped > 1.5, 1.0, Value(2.0)).data.tolist() == [2.0, 1.0]


@pytest.mark.parametrize("holds", [True, False])
def test_the_opposite_of_pythons_own_bool_is_no_condition(holds):
    """It is -2 or -1, which hold both."""
    opposite = -2 if holds else -1
    with pytest.raises(
        TypeError, match=f"condition {opposite}, which is what Python makes of ~{holds}"
    ):
        autograd.where(opposite, Value(1.0), 2.0)
