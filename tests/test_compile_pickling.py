"""Compiled functions copied: pickled, in another process, beside the model they belong to."""

import copy
import multiprocessing
import pickle

import numpy as np
import pytest

import nn
from autograd import Value, compile, sin
from autograd.compiling import Compiled

WEIGHT = Value(2.0)


def of_the_module(x):
    return sin(WEIGHT * x)


class Fitted:
    """A model with a method that is compiled."""

    def __init__(self):
        self.w = Value(3.0)
        self.fast = compile(self.loss, [self.w])

    def loss(self, x):
        return (self.w * x - 1) ** 2


def run(fast, x):
    """What another process does with it."""
    return fast(x), fast.value_and_grad(x), fast.parameters[0].data


def in_another_process(fast, *args):
    """Spawned, so that it has nothing but what was pickled."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return [pool.apply(run, (fast, x)) for x in args]


def restored(thing):
    return pickle.loads(pickle.dumps(thing))


def test_in_another_process(backend):
    fast = compile(of_the_module, [WEIGHT], backend=backend)
    x = np.linspace(-1.0, 1.0, 9)
    expected = run(fast, 0.25), run(fast, x)
    found = in_another_process(fast, 0.25, x)
    assert found[0] == expected[0]
    assert found[1][0].tobytes() == expected[1][0].tobytes(), "other bits in another process"
    assert found[1][1:] == expected[1][1:]


def test_a_lambda_in_another_process():
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p])
    expected = run(fast, 0.25)
    assert in_another_process(fast, 0.25) == [expected]


@pytest.fixture
def recorded(backend):
    """Of a function that can't be pickled, with one program for a number and one for lanes."""
    p = Value(2.0)
    fast = compile(lambda x: p * x * x, [p], backend=backend, threads=2, reduce="sum")
    fast(3.0)
    fast.value_and_grad(3.0)
    fast.value_and_grad(np.ones(2))
    return fast


def test_programs_go_along(recorded):
    found = restored(recorded)
    assert isinstance(found, Compiled)
    assert found(3.0) == 18.0
    assert found.value_and_grad(3.0) == (18.0, [9.0])
    assert found.value_and_grad(np.array([1.0, 3.0])) == (20.0, [10.0])
    assert found.source() == recorded.source()
    assert (found.reduce, found.threads, found.backend) == ("sum", 2, recorded.backend)


def test_a_structure_that_was_not_recorded(recorded):
    found = restored(recorded)
    for call in (lambda: found(np.ones(2)), lambda: found.value_and_grad([3.0])):
        with pytest.raises(TypeError, match=r"call it before pickling .* compile a method"):
            call()
    assert recorded(np.ones(2)).tolist() == [2.0, 2.0], "the original still has its function"


def test_values_in_an_array_of_several_points(backend):
    """Without the function, the program of one point would read the numbers of another."""
    rows = np.array([[1.0, 2.0], [3.0, 4.0]])
    values = np.array([[Value(x) for x in row] for row in rows])
    p = Value(2.0)
    for function in (lambda x: p * x, lambda x: p * x[0] * x[1]):
        fast = compile(function, [p], backend=backend)
        expected = fast(rows)
        found = restored(fast)
        assert found(rows).tolist() == expected.tolist()
        with pytest.raises(TypeError, match=r"this array, of shape \(2, 2\), has several"):
            found(values)


def test_a_function_of_a_module_is_recorded_anew(backend):
    found = restored(compile(of_the_module, backend=backend))
    assert found(np.zeros(2)).tolist() == [0.0, 0.0]


def test_parameters_are_copied(recorded):
    found = restored(recorded)
    assert found.parameters[0] is not recorded.parameters[0]
    found.parameters[0].data = 5.0
    assert found(3.0) == 45.0
    assert recorded(3.0) == 18.0


def test_parameters_stay_those_of_the_model_beside(backend):
    model = nn.MLP(2, [3, 1])
    fast = compile(lambda x: model(x), model.parameters(), backend=backend)
    before = fast([0.5, -0.25])
    model, fast = restored((model, fast))
    assert fast.parameters == model.parameters()
    assert all(a is b for a, b in zip(fast.parameters, model.parameters(), strict=True))
    assert fast([0.5, -0.25]) == before
    for p in model.parameters():
        p.data = p.data + 1.0
    assert fast([0.5, -0.25]) == pytest.approx(model([0.5, -0.25]).data, rel=1e-14)


def test_a_function_of_a_module_with_parameters(backend):
    """Where it arrives it would read its module's own parameter, and not the copy."""
    fast = compile(of_the_module, [WEIGHT], backend=backend)
    expected = fast.value_and_grad(0.25)
    found = restored(fast)
    assert found.value_and_grad(0.25) == expected
    found.parameters[0].data = 3.0
    assert found.value_and_grad(0.25)[0] == pytest.approx(np.sin(0.75), rel=1e-15)
    with pytest.raises(TypeError, match="compile a method of the object that holds the parameters"):
        found.value_and_grad(np.ones(3))


def test_a_model_goes_along_as_the_function(backend):
    model = nn.MLP(2, [3, 1], activation="tanh")
    model, fast = restored((model, compile(model, model.parameters(), backend=backend)))
    model.parameters()[0].data += 1.0
    value, gradient = fast.value_and_grad([0.5, -0.25])
    output = model([0.5, -0.25])
    output.backward()
    assert value == pytest.approx(output.data, rel=1e-14)
    assert gradient == pytest.approx([p.grad for p in model.parameters()], rel=1e-14)


def test_a_method(backend):
    fitted = Fitted()
    fitted.fast.backend = backend
    fitted.fast.value_and_grad(2.0)
    found = restored(fitted)
    assert found.fast.parameters[0] is found.w
    found.w.data = 1.0
    assert found.fast.value_and_grad(2.0) == (1.0, [4.0])
    assert found.fast(np.array([2.0])).tolist() == [1.0]
    assert fitted.fast.value_and_grad(2.0) == (25.0, [20.0])


def test_deepcopy(recorded):
    found = copy.deepcopy(recorded)
    found.parameters[0].data = 5.0
    assert found.value_and_grad(3.0) == (45.0, [9.0])
    assert recorded.value_and_grad(3.0) == (18.0, [9.0])


def test_no_machine_code_is_pickled(recorded):
    content = pickle.dumps(recorded)
    assert len(content) < 10_000
    assert b"ctypes" not in content
