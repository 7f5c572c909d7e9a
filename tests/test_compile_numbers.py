"""Calls with numbers and arrays, which a builtin function answers if they are like the last one."""

import ctypes
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
    function, *_ = recorded.last[False]
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


def unaligned(array):
    """The same numbers, one byte away from where doubles are aligned."""
    memory = np.empty(array.nbytes + 1, np.uint8)
    copy = memory[1:].view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy


def read_only(array):
    array.flags.writeable = False
    return array


ARRAYS = {
    "as they are": lambda x: x,
    "every other": lambda x: np.repeat(x, 2, axis=0)[::2],
    "backwards": lambda x: x[::-1],
    "in the order of Fortran": lambda x: np.asfortranarray(x),
    "part of a table": lambda x: np.stack([x, x + 1.0], axis=-1)[..., 0],
    "the same row again": lambda x: np.broadcast_to(x[:1], x.shape),
    "not aligned": unaligned,
    "read only": lambda x: read_only(x.copy()),
    "of the other byte order": lambda x: x.astype(x.dtype.newbyteorder()),
    "in single precision": lambda x: x.astype(np.float32),
    "integers": lambda x: np.round(x).astype(int),
    "flags": lambda x: x > 0,
}


def assert_close(found, expected):
    """Equal but for five roundings of numbers below 1000."""
    assert np.shape(found) == np.shape(expected)
    assert np.max(np.abs(np.subtract(found, expected)), initial=0.0) <= 5 * 1000 * 2.0**-53


@pytest.mark.parametrize("change", ARRAYS.values(), ids=ARRAYS)
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_arrays_of_all_kinds(change, columns, backend):
    """Each way of memory, as lanes, tables, points and parameters, after calls of another."""
    random = np.random.default_rng(0)
    weights = [Value(0.0) for _ in range(5)]
    in_lanes = compile(lambda row, y: row[0] * y + row[-1] * row[-1], backend=backend)
    of_points = compile(lambda x, y: (x * x * y).sum(), backend=backend)
    by_weights = compile(
        lambda row, y: y * weights[4] + row[0] * weights[0], weights, backend=backend
    )
    for number in range(4):
        table = random.normal(size=(5, columns)) * 3
        y, at = random.normal(size=(2, 5)) * 3
        if number != 1:
            table, y, at = change(table), change(y), change(at)
        t, v, w = (np.array(x, dtype=float) for x in (table, y, at))
        assert_close(in_lanes(table, y), t[:, 0] * v + t[:, -1] * t[:, -1])
        found, (by_x, by_y) = of_points.value_and_grad(y, at)
        assert_close(found, np.sum(v * v * w))
        assert_close(by_x, 2 * v * w)
        assert_close(by_y, v * v)
        _, by_weight = by_weights.value_and_grad(table, y, at=at)
        assert_close(by_weight, [t[:, 0].mean(), 0.0, 0.0, 0.0, v.mean()])


@pytest.mark.parametrize("lanes", [0, 1, 7, 8, 9, 1000])
def test_many_chunks_of_arrays(lanes, backend, small_chunks):
    random = np.random.default_rng(1)
    fast = compile(lambda row, y: (row[0] * y, row[1], 2.0), backend=backend)
    earlier = []
    for _ in range(3):
        table, y = random.normal(size=(lanes, 2)), random.normal(size=lanes)
        found = fast(table, y)
        earlier.append((found, (table[:, 0] * y, table[:, 1], np.full(lanes, 2.0))))
    for found, expected in earlier:
        assert type(found) is tuple
        for x, y in zip(found, expected, strict=True):
            assert np.array_equal(x, y), "an array was written again by a later call"


def test_arrays_of_other_shapes_in_turn(backend):
    fast = compile(lambda x, y: x * y, backend=backend)
    shapes = [(3,), (4,), (3, 2), (2, 3), (), (1,), (3,), (0,), (3, 1), (1, 3)] * 3
    for shape in shapes:
        x, y = np.full(shape, 3.0), np.full(shape, 2.0)
        found = fast(x, y)
        assert np.array_equal(found, np.full(shape, 6.0)), shape
        assert np.shape(found) == shape


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_gradient_by_a_point_beside_lanes(size, backend):
    fast = compile(lambda x, p: x * 2.0 + (p * p).sum(), backend=backend)
    for lanes in (8, 8, 5):
        _, (by_x, by_p) = fast.value_and_grad(np.ones(lanes), np.ones(size))
        assert by_x.tolist() == [2.0 / lanes] * lanes
        assert (by_p.shape, by_p.tolist()) == ((size,), [2.0] * size)


@pytest.fixture
def builtin_of_arrays():
    """The builtin function for seven lanes, a number, and parameters in one array."""
    pytest.importorskip("llvmlite")
    weights = [Value(0.0), Value(0.0)]
    fast = compile(lambda row, y: row[0] * y * weights[0] + row[1] * weights[1], weights)
    fast.value_and_grad(np.ones((7, 2)), 3.0, at=np.ones(2))
    (recorded,) = set(fast._programs.gradients.values())
    function, *_ = recorded.last[True]
    value, gradient = function(np.ones(2), np.ones((7, 2)), 3.0)
    assert (value, gradient.tolist()) == (4.0, [3.0, 1.0])
    return function


WRONG = {
    "longer": (np.ones(3), np.ones((7, 2)), 3.0),
    "in one row": (np.ones((1, 2)), np.ones((7, 2)), 3.0),
    "more lanes": (np.ones(2), np.ones((8, 2)), 3.0),
    "more columns": (np.ones(2), np.ones((7, 3)), 3.0),
    "no table": (np.ones(2), np.ones(14), 3.0),
    "three axes": (np.ones(2), np.ones((7, 2, 1)), 3.0),
    "no axes": (np.ones(2), np.ones((7, 2)), np.array(3.0)),
    "numbers": (1.0, 2.0, 3.0),
    "lists": ([1.0, 2.0], np.ones((7, 2)), 3.0),
    "bytes": (np.ones(2), bytes(14), 3.0),
    "objects": (np.ones(2, dtype=object), np.ones((7, 2)), 3.0),
    "dates": (np.ones(2, dtype="datetime64[s]"), np.ones((7, 2)), 3.0),
    "complex": (np.ones(2, dtype=complex), np.ones((7, 2)), 3.0),
    "integers": (np.ones(2, dtype=np.int64), np.ones((7, 2)), 3.0),
    "masked": (np.ma.ones(2), np.ones((7, 2)), 3.0),
    "records": (np.ones(2, dtype=[("x", float)]), np.ones((7, 2)), 3.0),
    "the other byte order": (np.ones(2, dtype=">f8"), np.ones((7, 2)), 3.0),
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG)
def test_the_builtin_function_answers_none_for_other_arrays(given, builtin_of_arrays):
    before = [sys.getrefcount(x) for x in given]
    for _ in range(10):
        assert builtin_of_arrays(*given) is None
    assert [sys.getrefcount(x) for x in given] == before
    value, _ = builtin_of_arrays(np.ones(2), np.ones((7, 2)), 3.0)
    assert value == 4.0, "it is stuck"


def test_the_builtin_function_keeps_no_references_to_arrays(builtin_of_arrays):
    given = np.ones(2), np.ones((7, 2)), 3.0
    before = [sys.getrefcount(x) for x in given]
    results = [builtin_of_arrays(*given) for _ in range(10)]
    assert [sys.getrefcount(x) for x in given] == before
    pair = results.pop()
    counts = [sys.getrefcount(pair), sys.getrefcount(pair[1])]
    assert counts == [2, 2]
    assert pair[1].base is None, "the gradient would keep more alive than itself"


def test_ctypes_makes_no_types_for_another_number_of_lanes():
    """It does not free all of their memory, and takes longer than the call."""
    pytest.importorskip("llvmlite")
    fast = compile(lambda x: x * 2.0)
    fast(np.ones(3))
    kind = ctypes.PYFUNCTYPE(None).__base__
    gc.collect()
    before = len(kind.__subclasses__())
    gc.disable()
    try:
        for lanes in range(4, 30):
            fast(np.ones(lanes))
        assert len(kind.__subclasses__()) == before
    finally:
        gc.enable()


def test_a_failing_allocation_is_raised(monkeypatch):
    """What runs chunks is Python, and may raise: the next call is answered again."""
    pytest.importorskip("llvmlite")
    monkeypatch.setattr("autograd.compiling.native.CHUNK_OPERATIONS", 1)
    fast = compile(lambda x: x * 2.0)
    x = np.arange(100.0)
    fast(x)

    def refuse(*_):
        raise MemoryError("no more memory")

    with monkeypatch.context() as patch:
        patch.setattr("autograd.compiling.native.np.empty", refuse)
        with pytest.raises(MemoryError, match="no more memory"):
            fast(x)
    assert np.array_equal(fast(x), 2 * x)


def test_the_builtin_function_answers_none_for_what_it_does_not_take(builtin_is_used):
    wrong = ((3.0,), (3.0, 4.0, 5.0), (), (3.0, True), (3.0, "4"), (3.0, 2**53 + 1), (2**64, 4.0))
    for arguments in (*wrong, (np.float32(3.0), 4.0), (3.0, Value(4.0))):
        assert builtin_is_used(*arguments) is None, arguments
    assert builtin_is_used(3, np.float64(4.0)) == 15.0


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
