"""Calls with numbers alone, which a builtin function answers from the third call on."""

import gc
import math
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from autograd import Value, compile, exp, no_grad
from autograd.compiling import backend as backend_module


def product(x, y):
    return x * y + x


@pytest.fixture
def fast(backend):
    """A function that was called twice with floats."""
    fast = compile(product, backend=backend)
    for _ in range(2):
        assert (fast(1.0, 2.0), fast.value_and_grad(1.0, 2.0)) == (3.0, (3.0, (3.0, 1.0)))
    return fast


@pytest.fixture
def builtin_is_used():
    """The builtin function of a program that was called."""
    pytest.importorskip("llvmlite")
    fast = compile(product)
    for _ in range(2):
        fast(1.0, 2.0)
    (recorded,) = set(fast._programs.outputs.values())
    function, *_ = recorded.last
    assert function(3.0, 4.0) == 15.0, "the builtin function does not answer at all"
    return function


NUMBERS = {
    "floats": (3.0, 4.0),
    "ints": (3, 4),
    "an int and a float": (3, 4.0),
    "bools": (True, False),
    "NumPy's": (np.float64(3.0), np.float32(4.0)),
    "NumPy's integers": (np.int64(3), np.uint8(4)),
    "an array without axes": (np.array(3.0), 4.0),
    "the largest integer below which all are floats": (2**53, -(2**53)),
    "a larger integer that is a float": (2**70, 3),
    "infinite": (math.inf, 2.0),
    "zeros": (-0.0, 0.0),
}


@pytest.mark.parametrize("numbers", NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_all_types(numbers, fast):
    x, y = map(float, numbers)
    value, (by_x, by_y) = fast.value_and_grad(*numbers)
    found = [fast(*numbers), value, by_x, by_y]
    assert found == [x * y + x, x * y + x, y + 1.0, x]
    assert {type(number) for number in found} == {float}


def test_not_a_number_is_one(fast):
    value, (by_x, by_y) = fast.value_and_grad(math.nan, 2.0)
    assert math.isnan(value)
    assert by_x == 3.0
    assert math.isnan(by_y)


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        (2**53 + 1, ValueError, "the nearest is"),
        (-(2**63) - 1, ValueError, "the nearest is"),
        (10**400, OverflowError, "too large"),
        (1j, TypeError, "not with complex"),
        ([1.0], TypeError, "list"),
    ],
)
def test_numbers_that_are_refused(number, error, words, fast):
    with pytest.raises(error, match=words):
        fast(1.0, number)
    assert fast(1.0, 2.0) == 3.0


def test_other_calls_are_answered_as_before(fast):
    with pytest.raises(TypeError, match="missing"):
        fast(1.0)
    with pytest.raises(TypeError, match="positional"):
        fast(1.0, 2.0, 3.0)
    assert fast(1.0, y=4.0) == 5.0
    assert fast(np.array([1.0, 2.0]), 3.0).tolist() == [4.0, 8.0]
    x = Value(3.0)
    result = fast(x, 2.0)
    assert isinstance(result, Value)
    result.backward()
    assert (result.data, x.grad) == (9.0, 3.0)
    with no_grad():
        assert fast(3.0, 4.0) == 15.0


OUTPUTS = {
    "a tuple": lambda x: (x, x + 1),
    "a list": lambda x: [x, x + 1],
    "a dict": lambda x: {"x": x, "more": [x + 1, (x + 2, 7.0)]},
    "an array": lambda x: np.array([x, x + 1]),
    "nothing": lambda x: [],
}


@pytest.mark.parametrize("function", OUTPUTS.values(), ids=OUTPUTS)
def test_outputs_are_made_anew_at_each_call(function, backend):
    fast = compile(lambda x: function(x * 1.0), backend=backend)
    fast(1.0)
    first, second = fast(2.0), fast(3.0)
    assert repr(first) == repr(function(2.0))
    assert repr(second) == repr(function(3.0))
    assert repr(fast(2)) == repr(first)


def test_parameters_are_read_at_each_call(backend):
    w, b = Value(2.0), Value(1)
    fast = compile(lambda x: w * x + b, [w, b], backend=backend)
    for _ in range(3):
        assert (fast(3.0), fast.value_and_grad(3.0)) == (7.0, (7.0, [3.0, 1.0]))
    w.data, b.data = 5, 0.5
    assert (fast(3.0), fast.value_and_grad(3)) == (15.5, (15.5, [3.0, 1.0]))
    w.data = np.float64(2.0)
    assert fast(3.0) == 6.5
    w.data = 10**400
    with pytest.raises(OverflowError, match="too large"):
        fast(3.0)
    w.data = "two"
    with pytest.raises(TypeError, match="a parameter now holds 'two'"):
        fast(3.0)
    w.data = 2.0
    assert fast(3.0) == 6.5
    fast.backward(3.0)
    assert (w.grad, b.grad) == (3.0, 1.0)


def test_a_call_during_the_recording_of_another_function(backend):
    w = Value(2.0)
    inner = compile(lambda x: w * x, [w], backend=backend)
    assert (inner(3.0), inner(4.0), inner(5.0)) == (6.0, 8.0, 10.0)
    outer = compile(lambda x: inner(x) + inner(3.0), [w], backend=backend)
    assert outer.value_and_grad(1.0) == (8.0, [4.0])


def test_python_may_be_told_to_run_it_later(monkeypatch):
    fast = compile(product)
    for _ in range(3):
        assert fast(1.0, 2.0) == 3.0
    fast.backend = "python"
    calls = []
    replay = backend_module.replay
    monkeypatch.setattr(
        "autograd.compiling.compiled.replay", lambda *args: calls.append(args) or replay(*args)
    )
    assert (fast(1.0, 2.0), fast(y=2.0, x=1.0)) == (3.0, 3.0)
    assert len(calls) == 2


def test_it_is_pickled_after_calls_with_numbers(fast):
    again = pickle.loads(pickle.dumps(fast))
    assert (again(3.0, 4.0), again.value_and_grad(3.0, 4.0)) == (15.0, (15.0, (5.0, 3.0)))


class Calls:
    """An object in a reference cycle. When the collector finds it, it calls the function."""

    def __init__(self, fast, results):
        self.fast = fast
        self.results = results
        self.itself = self

    def __del__(self):
        self.results.append(self.fast(5.0, 6.0))


def test_the_collector_may_call_the_function_during_a_call(fast):
    """A list that is made for the results may make the collector run."""
    results = []
    threshold = gc.get_threshold()
    gc.set_threshold(1)
    try:
        for number in range(200):
            Calls(fast, results)
            x = float(number)
            assert fast.value_and_grad(x, 2.0) == (3 * x, (3.0, x))
    finally:
        gc.set_threshold(*threshold)
    gc.collect()
    assert results == [35.0] * 200


def test_threads_do_not_disturb_each_other(fast):
    barrier = threading.Barrier(4)
    interval = sys.getswitchinterval()

    def run(which):
        barrier.wait()
        return all(
            fast.value_and_grad(which + 0.5, number)
            == ((which + 0.5) * (number + 1.0), (number + 1.0, which + 0.5))
            for number in range(500)
        )

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(run, range(4))), "a call got the numbers of another"
    finally:
        sys.setswitchinterval(interval)


def test_the_builtin_function_answers_none_for_what_it_does_not_take(builtin_is_used):
    wrong = ((3.0,), (3.0, 4.0, 5.0), (), (3.0, True), (3.0, "4"), (3.0, 2**53 + 1), (2**64, 4.0))
    for arguments in (*wrong, (np.float64(3.0), 4.0), (3.0, Value(4.0))):
        assert builtin_is_used(*arguments) is None, arguments
    assert builtin_is_used(3, 4.0) == 15.0


def test_the_builtin_function_keeps_no_references(builtin_is_used):
    x, text = float("3.25"), str(object())
    before = [sys.getrefcount(thing) for thing in (x, text, float, int, str, None)]
    for _ in range(100):
        builtin_is_used(x, x)
        builtin_is_used(x, text)
        builtin_is_used(x)
    after = [sys.getrefcount(thing) for thing in (x, text, float, int, str, None)]
    assert [y - x for x, y in zip(before, after, strict=True)] == [0] * 6


def test_long_programs_leave_other_threads_running():
    """Short ones hold Python's lock until they are done."""
    pytest.importorskip("llvmlite")

    def long(x):
        for _ in range(12_000):
            x = exp(-x)
        return x

    fast = compile(long)
    fast(1.0)
    begin, has_run = threading.Event(), []
    thread = threading.Thread(target=lambda: begin.wait() and has_run.append(True))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000.0)
    try:
        thread.start()
        begin.set()
        for _ in range(10_000):
            fast(1.0)
            if has_run:
                break
        assert has_run, "the other thread waits until the program is done"
    finally:
        sys.setswitchinterval(interval)
        thread.join()
