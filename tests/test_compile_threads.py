"""Lanes on threads: the same bits, whoever runs them, wakes late, forks or ends the process."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from test_compile_lanes import MANY, drawn, function

from autograd import Value, compile, dot, tanh
from autograd.compiling.exclusive import EXCLUSIVE


def layers(x, y, *weights):
    hidden = [tanh(dot((x, y), weights[i : i + 2])) for i in range(0, 8, 2)]
    return dot(hidden, weights[8:12], start=weights[12])


WEIGHTS = np.linspace(-1.0, 1.25, 13)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("lanes", [1, 513, 1025, MANY])
def test_threads_do_not_change_a_bit(lanes, backend):
    x, y, _ = drawn(lanes)
    results = []
    for threads in (1, 2, 3, 4):
        parameters = [Value(w) for w in WEIGHTS]
        fast = compile(
            lambda x, y, p=parameters: layers(x, y, *p),
            parameters,
            threads=threads,
            backend=backend,
        )
        value, gradient = fast.value_and_grad(x, y)
        results.append((value, gradient, fast(x, y).tobytes()))
    for threads, result in zip((2, 3, 4), results[1:], strict=True):
        assert result == results[0], f"{threads} threads give another result than one"


@pytest.mark.usefixtures("small_chunks")
def test_calls_from_several_threads_at_once(backend):
    fast = compile(function, reduce="sum", backend=backend)
    inputs = [drawn(lanes) for lanes in (7, 600, 2049, 5000)]
    expected = [fast.value_and_grad(*args) for args in inputs]
    barrier = threading.Barrier(len(inputs))

    def run(which):
        barrier.wait()
        for _ in range(20):
            value, gradient = fast.value_and_grad(*inputs[which])
            if value != expected[which][0] or any(
                (np.asarray(x) != y).any()
                for x, y in zip(gradient, expected[which][1], strict=True)
            ):
                return False
        return True

    with ThreadPoolExecutor(len(inputs)) as pool:
        assert all(pool.map(run, range(len(inputs)))), "calls at the same time disturb each other"


def test_first_calls_from_several_threads_at_once(backend):
    """The function is recorded while others record it too; its parameters are lent meanwhile."""
    p = Value(2.0)
    fast = compile(lambda x: p * x * x, [p], backend=backend)
    barrier = threading.Barrier(4)

    def run(_):
        barrier.wait()
        return fast.value_and_grad(3.0)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [(18.0, [9.0])] * 4
    assert p.data == 2.0


# The pool

WORK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)


@pytest.fixture
def pool():
    pytest.importorskip("llvmlite")
    from autograd.compiling.runtime import cores, the_pool

    if cores() < 2:
        pytest.skip("there is one core")
    return the_pool()


def who_works(pool, threads):
    """The numbers of those that took part in a job which ends once all have come."""
    expected = min(threads, len(pool._workers) + 1)
    numbers = set()
    all_came = threading.Event()

    def work(job, number):
        numbers.add(number)
        if len(numbers) == expected:
            all_came.set()
        all_came.wait(timeout=60)

    pool.run_parallel(WORK(work), 0, threads)
    return numbers, set(range(expected))


@pytest.mark.parametrize("threads", [1, 2, 64])
def test_as_many_work_as_are_wanted(pool, threads):
    for _ in range(20):
        found, expected = who_works(pool, threads)
        assert found == expected


def test_sleeping_threads_are_woken(pool):
    deadline = time.monotonic() + 60
    while not all(worker._is_asleep for worker in pool._workers):
        assert time.monotonic() < deadline, "threads without work do not go to sleep"
        time.sleep(0.01)
    found, expected = who_works(pool, 64)
    assert found == expected


def test_a_call_during_another_runs_alone(pool):
    numbers = []

    def inner(job, number):
        numbers.append(number)

    def outer(job, number):
        if number == 0:
            pool.run_parallel(WORK(inner), 0, 64)

    pool.run_parallel(WORK(outer), 0, 64)
    assert numbers == [0]


def test_threads_that_cannot_be_started_are_done_without(pool, monkeypatch):
    from autograd.compiling.runtime import Pool

    begin = threading.Thread.start
    started = []

    def start(thread):
        if started:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        begin(thread)

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        small = Pool()
    assert len(small._workers) == 1
    found, expected = who_works(small, 64)
    assert found == expected
    small._close()


# Recording


@pytest.mark.parametrize("calls", ["another function", "the same function"])
def test_a_recording_is_not_disturbed(calls, backend):
    """While a function is recorded its parameters hold no floats."""
    p = Value(3.0)
    begun, goes_on = threading.Event(), threading.Event()

    def slow(x):
        begun.set()
        assert goes_on.wait(timeout=60)
        return p * x

    recording = compile(slow, [p], backend=backend)
    other = compile(lambda x: p * x, [p], backend=backend)
    if calls == "the same function":
        assert other.value_and_grad(2.0) == (6.0, [2.0])
    threading.Timer(0.1, goes_on.set).start()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(recording.value_and_grad, 5.0)
        assert begun.wait(timeout=60)
        second = pool.submit(other.value_and_grad, 2.0)
        assert (first.result(), second.result()) == ((15.0, [5.0]), (6.0, [2.0]))
    assert p.data == 3.0


# The process

CALL = """
import os, sys, warnings
import numpy as np
from autograd import compile, exp

fast = compile(lambda x: exp(-x * x), reduce="sum")
x = np.linspace(-3, 3, 200_003)
value, gradient = fast.value_and_grad(x)
"""
FORK = """
warnings.simplefilter("ignore")
child = os.fork()
again, slopes = fast.value_and_grad(x)
assert again == value and (slopes == gradient).all()
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


DAEMON = """
import threading

def call_for_ever():
    while True:
        fast.value_and_grad(x)

threading.Thread(target=call_for_ever, daemon=True).start()
"""


def run(text):
    pytest.importorskip("llvmlite")
    command = [sys.executable, "-c", text]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_a_process_may_end_right_after_a_call():
    for _ in range(5):
        ended = run(CALL)
        assert ended.returncode == 0, ended.stderr


def test_a_daemon_that_goes_on_calling_does_not_keep_the_process():
    for _ in range(3):
        ended = run(CALL + DAEMON)
        assert ended.returncode == 0, ended.stderr


def test_a_program_is_looked_through_while_no_process_can_be_forked(monkeypatch, backend):
    """Python 3.11 locks cached properties, and a forked process would wait for that lock."""
    is_locked = []

    def is_of_python(_):
        is_locked.append(EXCLUSIVE._is_owned())
        return False

    monkeypatch.setattr("autograd.tape.program.is_of_python", is_of_python)
    fast = compile(lambda x: x * 2.0, backend=backend)
    assert (fast(1.0), fast.value_and_grad(1.0)) == (2.0, (2.0, 2.0))
    assert len(is_locked) > 0
    assert all(is_locked)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_has_threads_of_its_own():
    ended = run(CALL + FORK)
    assert ended.returncode == 0, ended.stderr


# Arguments

LAYOUTS = {
    "in a row": lambda x: x,
    "backwards": lambda x: x[::-1].copy()[::-1],
    "every third": lambda x: np.repeat(x, 3)[::3],
    "one number for all": lambda x: np.broadcast_to(x[0], x.shape),
    "big-endian": lambda x: x.astype(">f8"),
    "single precision": lambda x: x.astype(np.float32),
    "not to be written": lambda x: np.frombuffer(x.tobytes()),
    "at odd addresses": lambda x: np.frombuffer(b"." + x.tobytes(), offset=1),
}


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_arrays_in_any_layout(layout, backend):
    x, y, w = drawn(1025)
    given = layout(x)
    fast = compile(function, backend=backend)
    expected = fast(np.array(given, dtype=float), y, w)
    assert (fast(given, y, w) == expected).all()


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("order", ["C", "F"])
def test_tables_in_any_layout(order, backend):
    table = np.random.default_rng(0).normal(size=(1025, 3))
    fast = compile(lambda row: row[0] * row[1] - row[2], backend=backend)
    expected = table[:, 0] * table[:, 1] - table[:, 2]
    np.testing.assert_allclose(fast(np.array(table, order=order)), expected, rtol=0, atol=1e-14)
    np.testing.assert_allclose(fast(table[::-1]), expected[::-1], rtol=0, atol=1e-14)


# Cores


@pytest.mark.parametrize(
    ("quota", "count"), [("max 100000", 4), ("150000 100000", 2), ("50000 100000", 1), ("", 4)]
)
def test_a_container_has_the_cores_it_is_given(quota, count, monkeypatch):
    runtime = pytest.importorskip("autograd.compiling.runtime", exc_type=ImportError)
    monkeypatch.setattr(runtime.os, "sched_getaffinity", lambda _: range(4), raising=False)
    monkeypatch.setattr(runtime.Path, "read_text", lambda _: quota)
    assert runtime.cores() == count
