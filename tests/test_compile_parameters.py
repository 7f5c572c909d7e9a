"""Parameters: read anew at each call, given as one array, differentiated, added to."""

import random

import numpy as np
import pytest
from interrupts import HOUSE, Interrupting
from test_compile_checker import Expected, assert_close
from witnesses import EPSILON, leaves_of

import autograd
import nn
from autograd import Value, compile, gradients, sin, tanh

INPUTS = [0.5, -1.25]
TARGET = 0.75


def network():
    """A model of explicit sums and one of `dot` would be alike: this is nn's, which uses `dot`."""
    random.seed(7)
    return nn.MLP(2, [5, 3, 1], activation=tanh)


def loss_of(model):
    return lambda x, y, target: (model([x, y]) - target) ** 2


def eager_gradient(model, parameters):
    """The loss and its gradient by the eager engine; the budget covers three layers of sums."""
    error = loss_of(model)(*INPUTS, TARGET)
    found = gradients(error, parameters)
    # Each derivative is a sum over at most 15 paths, with terms of a size below 4.
    return [Expected(float(x), 400 * EPSILON) for x in (error.data, *found)]


@pytest.fixture
def model():
    return network()


@pytest.fixture
def fast(model, backend):
    return compile(loss_of(model), model.parameters(), backend=backend)


def test_parameters_of_a_model(model, fast):
    expected = eager_gradient(model, model.parameters())
    assert sum(abs(x.number) > 1e-4 for x in expected) > 20, "hardly any derivative to get wrong"
    value, gradient = fast.value_and_grad(*INPUTS, TARGET)
    assert type(gradient) is list
    assert_close([value, *gradient], expected, "the loss of a network")
    assert_close([fast(*INPUTS, TARGET)], expected[:1], "the loss alone")


def test_parameters_are_read_anew_at_each_call(model, fast):
    parameters = model.parameters()
    before = fast.value_and_grad(*INPUTS, TARGET)
    for p in parameters:
        p.data = p.data * 0.5 + 0.125
    value, gradient = fast.value_and_grad(*INPUTS, TARGET)
    assert value != before[0]
    assert_close([value, *gradient], eager_gradient(model, parameters), "after a step")


def test_recording_leaves_the_parameters_as_they_were(model, fast):
    data = [p.data for p in model.parameters()]
    fast.value_and_grad(*INPUTS, TARGET)
    fast(*INPUTS, TARGET)
    assert [p.data for p in model.parameters()] == data
    assert all(type(p.data) is float for p in model.parameters())
    assert all(p.grad == 0 for p in model.parameters()), "value_and_grad() touches no `grad`"


def test_an_error_while_recording_leaves_the_parameters_as_they_were(backend):
    p = Value(2.0)

    def function(x):
        raise LookupError("of the function itself")

    with pytest.raises(LookupError, match="of the function itself"):
        compile(function, [p], backend=backend)(1.0)
    assert p.data == 2.0


def test_parameters_as_one_array(model, fast):
    parameters = model.parameters()
    vector = fast.vector()
    assert (vector.dtype, vector.tolist()) == (np.float64, [p.data for p in parameters])
    value, gradient = fast.value_and_grad(*INPUTS, TARGET, at=vector)
    assert (gradient.dtype, gradient.shape) == (np.float64, vector.shape)
    assert (value, gradient.tolist()) == fast.value_and_grad(*INPUTS, TARGET)
    assert type(value) is float

    moved = vector * 0.5 + 0.125
    value, gradient = fast.value_and_grad(*INPUTS, TARGET, at=moved)
    assert [p.data for p in parameters] == vector.tolist(), "`at` does not change the parameters"
    fast.load(moved)
    assert [p.data for p in parameters] == moved.tolist()
    assert all(type(p.data) is float for p in parameters)
    assert fast.value_and_grad(*INPUTS, TARGET) == (value, gradient.tolist())


def test_gradients_at_two_points_are_two_arrays(model, fast):
    vector = fast.vector()
    first = fast.value_and_grad(*INPUTS, TARGET, at=vector)[1]
    kept = first.copy()
    fast.value_and_grad(*INPUTS, TARGET, at=vector + 1)
    assert (first == kept).all(), "a later call changed an earlier gradient"


@pytest.mark.parametrize("kind", [list, tuple, np.float32, np.int64])
def test_at_takes_any_sequence_of_numbers(kind, backend):
    p, q = leaves_of([1.0, 1.0])
    fast = compile(lambda x: p * x + q * q, [p, q], backend=backend)
    vector = kind([2.0, 3.0]) if kind in (list, tuple) else np.array([2, 3], dtype=kind)
    value, gradient = fast.value_and_grad(5.0, at=vector)
    assert (value, list(gradient)) == (19.0, [5.0, 6.0])


def test_at_in_lanes(backend):
    p, q = leaves_of([1.0, 1.0])
    fast = compile(lambda x: p * x + sin(q), [p, q], backend=backend)
    value, gradient = fast.value_and_grad(np.array([1.0, 2.0, 6.0]), at=np.array([2.0, 0.0]))
    assert (value, gradient.tolist()) == (6.0, [3.0, 1.0])
    assert isinstance(gradient, np.ndarray)


def test_load_takes_lists_too(backend):
    p, q = leaves_of([1.0, 2.0])
    compile(lambda: p * q, [p, q], backend=backend).load([5, 7.0])
    assert (p.data, q.data) == (5, 7.0)


def test_backward_adds(backend):
    p, q = leaves_of([2.0, 3.0])
    fast = compile(lambda x: p * x + q * q, [p, q], backend=backend)
    assert fast.backward(5.0) == 19.0
    assert (p.grad, q.grad) == (5.0, 6.0)
    fast.backward(np.array([1.0, 3.0]))
    assert (p.grad, q.grad) == (7.0, 12.0)
    p.grad = 0
    fast.backward(5.0)
    assert (p.grad, q.grad) == (5.0, 18.0)


def test_backward_is_that_of_the_eager_engine(model, fast):
    parameters = model.parameters()
    value = fast.backward(*INPUTS, TARGET)
    expected = eager_gradient(model, parameters)
    assert_close([value, *[p.grad for p in parameters]], expected, "grad after backward()")


EDGES = {
    "unused": (lambda p, q, x: p * x, 6.0, [3.0, 0.0]),
    "a parameter itself": (lambda p, q, x: q, 5.0, [0.0, 1.0]),
    "an argument itself": (lambda p, q, x: x, 3.0, [0.0, 0.0]),
    "a constant": (lambda p, q, x: 7, 7.0, [0.0, 0.0]),
    "a Value that is no parameter": (lambda p, q, x: Value(7.0) * 2, 14.0, [0.0, 0.0]),
    "the same one twice": (lambda p, q, x: p + p, 4.0, [2.0, 0.0]),
    "multiplied by itself": (lambda p, q, x: p * p * q, 20.0, [20.0, 4.0]),
    "multiplied by 0": (lambda p, q, x: 0 * p + q, 5.0, [0.0, 1.0]),
    "cancelled": (lambda p, q, x: p - p + q * x, 15.0, [0.0, 3.0]),
    "detached": (lambda p, q, x: p.detach() * q, 10.0, [0.0, 2.0]),
}


@pytest.mark.parametrize(("function", "value", "gradient"), EDGES.values(), ids=EDGES)
def test_edges(function, value, gradient, backend):
    p, q = leaves_of([2.0, 5.0])
    fast = compile(lambda x: function(p, q, x), [p, q], backend=backend)
    assert fast.value_and_grad(3.0) == (value, gradient)
    assert fast(3.0) == value
    found, array = fast.value_and_grad(np.full(9, 3.0), at=np.array([2.0, 5.0]))
    assert (found, array.tolist()) == (value, gradient)
    assert fast(np.full(9, 3.0)).tolist() == [value] * 9
    summed = compile(lambda x: function(p, q, x), [p, q], reduce="sum", backend=backend)
    assert summed.value_and_grad(np.full(9, 3.0)) == (9 * value, [9 * x for x in gradient])


def test_a_parameter_that_is_returned_is_read_anew(backend):
    p, q = leaves_of([2.0, 5.0])
    fast = compile(lambda x: {"p": p, "all": [p * x, q, +q]}, [p, q], backend=backend)
    alone = compile(lambda x: q, [p, q], backend=backend)
    for new in (2.0, 7.0):
        p.data, q.data = new, new + 1.0
        assert fast(3.0) == {"p": new, "all": [3 * new, new + 1.0, new + 1.0]}
        assert fast(np.ones(2))["p"].tolist() == [new, new]
        assert alone.value_and_grad(3.0) == (new + 1.0, [0.0, 1.0])
        assert alone.value_and_grad(3.0, at=[1.0, 4.0])[0] == 4.0
        assert [x.data for x in fast.graph(3.0)] == [new, 3 * new, new + 1.0, new + 1.0]
        assert [x.data for x in alone.graph(3.0, gradient=True)] == [new + 1.0, 0.0, 1.0]


LOADED = {
    "text": ["1.0", 2.0],
    "None": [1.0, None],
    "complex": np.array([1.0, 2j]),
    "a list within": [[1.0], 2.0],
    "too many": [1.0, 2.0, 3.0],
    "a table": np.ones((2, 1)),
}


@pytest.mark.parametrize("vector", LOADED.values(), ids=LOADED)
def test_what_is_no_vector_of_parameters_is_not_loaded(vector):
    p, q = leaves_of([2.0, 5.0])
    fast = compile(lambda: p * q, [p, q])
    with pytest.raises((TypeError, ValueError), match=r"parameters are given as|not with complex"):
        fast.load(vector)
    assert (p.data, q.data) == (2.0, 5.0)


def test_other_values_are_constants(backend):
    p, q = leaves_of([2.0, 5.0])
    fast = compile(lambda x: p * q * x, [p], backend=backend)
    assert fast.value_and_grad(3.0) == (30.0, [15.0])
    assert q.grad == 0


def test_a_parameter_that_holds_an_int(backend):
    p = Value(3)
    fast = compile(lambda x: p / x, [p], backend=backend)
    assert fast.value_and_grad(2.0) == (1.5, [0.5])
    assert type(p.data) is int


def test_a_parameter_that_was_set_to_a_numpy_number(backend):
    p = Value(2.0)
    fast = compile(lambda x: abs(p) / x, [p], backend=backend)
    p.data = np.float64(-3.0)
    assert fast.value_and_grad(0.0) == (np.inf, [-np.inf])
    assert fast.value_and_grad(2.0) == (1.5, [-0.5])


def test_no_grad_and_anomalies_do_not_disturb_recording(backend):
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    with autograd.no_grad(), autograd.detect_anomaly():
        assert fast.value_and_grad(3.0) == (6.0, [3.0])


def test_no_arguments_and_no_parameters(backend):
    fast = compile(lambda: 2.5, backend=backend)
    assert fast() == 2.5
    p = Value(3.0)
    assert compile(lambda: p * p, [p], backend=backend).value_and_grad() == (9.0, [6.0])


@pytest.mark.parametrize("which", ["load", "backward"])
def test_all_parameters_or_none(which):
    """An interrupt at any instruction leaves what was there, or what was asked for."""
    p, q = leaves_of([2.0, 5.0])
    fast = compile(lambda x: p * q * x, [p, q], backend="python")
    call = (lambda: fast.load([7.0, 8.0])) if which == "load" else (lambda: fast.backward(1.5))

    def state_after(at):
        p.data, q.data, p.grad, q.grad = 2.0, 5.0, 0.5, 0.25
        interrupt = Interrupting(HOUSE, at).run(call)
        return interrupt, (p.data, q.data, p.grad, q.grad)

    before = (2.0, 5.0, 0.5, 0.25)
    _, after = state_after(-1)
    assert after != before
    count = 0
    while True:
        count += 1
        interrupt, state = state_after(count)
        assert state in (before, after), f"instruction {count} left half of it"
        if interrupt is None:
            break
    assert count > 30


@pytest.mark.parametrize("of_parameters", [True, False])
def test_a_number_that_no_derivative_reaches(of_parameters, backend):
    w = Value(1.0)
    for function in (lambda x: 2 * (x > w), lambda x: 2 * w.data, lambda x: 2.0):
        fast = compile(function, [w] if of_parameters else (), backend=backend)
        for _ in range(2):
            assert fast.value_and_grad(3.0) == (2.0, [0.0] if of_parameters else 0.0)
