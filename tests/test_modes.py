"""no_grad and detect_anomaly: what they do, for whom, and that they end."""

import asyncio
import math
import threading
from contextlib import contextmanager

import numpy as np
import pytest

import autograd
from autograd import Value, detect_anomaly, gradients, no_grad, primitive


def is_recorded(node):
    return node.parents != ()


# no_grad


@pytest.mark.parametrize(
    "compute",
    [
        lambda x: x * x,
        lambda x: 2 + x,
        lambda x: x**2,
        lambda x: -x,
        lambda x: x.tanh(),
        lambda x: autograd.exp(x),
        lambda x: autograd.sum([x, x]),
        lambda x: autograd.dot([x], [x]),
        lambda x: autograd.where(x > 0, x, 0),
        lambda x: autograd.select(0, [x]),
    ],
)
def test_no_grad_makes_leaves_with_the_same_data(compute):
    x = Value(3.0)
    expected = compute(x).data
    with no_grad():
        y = compute(x)
    assert (y.data, y.parents, y.partials, y.rule, y.op) == (expected, (), (), None, "")
    assert is_recorded(compute(x)), "no_grad did not end"


def test_no_grad_as_a_decorator():
    @no_grad()
    def square(x):
        """The square."""
        return x * x

    x = Value(3.0)
    assert square.__doc__ == "The square."
    for _ in range(2):
        assert not is_recorded(square(x))
        assert is_recorded(x * x)


def test_a_decorated_function_may_call_itself():
    @no_grad()
    def power(x, count):
        return x * power(x, count - 1) if count else x

    x = Value(2.0)
    assert not is_recorded(power(x, 5))
    assert is_recorded(x * x)


def test_no_grad_nested():
    x = Value(3.0)
    with no_grad():
        with no_grad():
            assert not is_recorded(x * x)
        assert not is_recorded(x * x), "the inner no_grad ended the outer one"
    assert is_recorded(x * x)


def test_no_grad_of_one_thread_does_not_reach_another():
    x = Value(3.0)
    opened, built = threading.Event(), threading.Event()
    inside = []

    def evaluate():
        with no_grad():
            opened.set()
            built.wait(timeout=10)
            inside.append(x * x)
        inside.append(x * x)

    thread = threading.Thread(target=evaluate)
    thread.start()
    assert opened.wait(timeout=10)
    meanwhile = x * x
    built.set()
    thread.join(timeout=10)
    assert is_recorded(meanwhile), "another thread's no_grad stopped this thread's recording"
    assert [is_recorded(node) for node in inside] == [False, True]


def test_many_threads_enter_and_leave_at_once():
    x = Value(3.0)
    wrong = []

    def alternate():
        for _ in range(300):
            with no_grad():
                if is_recorded(x * x):
                    wrong.append("recorded within no_grad")
            if not is_recorded(x * x):
                wrong.append("not recorded outside no_grad")

    threads = [threading.Thread(target=alternate) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[:3]
    assert not autograd.modes.open_modes


# Generators: a mode holds for their code, and not for their callers


def states(x):
    """Doubles a number once for each item; what it is sent is added."""
    try:
        while True:
            x = x * 2
            sent = yield x
            x = x if sent is None else x + sent
    except KeyError:
        yield x * 3
    return x * 5


def test_a_decorated_generator_records_nothing_and_its_caller_does():
    x = Value(3.0)
    doubled = no_grad()(states)(x)
    steps = [next(doubled), x * x, next(doubled), x * x, doubled.send(1.0), x * x]
    steps += [doubled.throw(KeyError), x * x]
    with pytest.raises(StopIteration) as stopped:
        next(doubled)
    assert [step.data for step in steps] == [6.0, 9.0, 12.0, 9.0, 26.0, 9.0, 78.0, 9.0]
    assert stopped.value.value.data == 130.0
    assert [is_recorded(step) for step in steps] == [False, True] * 4
    assert not is_recorded(stopped.value.value)
    assert not autograd.modes.open_modes


def test_a_decorated_generator_is_closed_within_its_mode():
    x, at_the_end = Value(3.0), []

    @no_grad()
    def numbers():
        """Of a generator."""
        try:
            yield x * x
        finally:
            at_the_end.append(x * x)

    assert numbers.__doc__ == "Of a generator."
    running = numbers()
    next(running)
    running.close()
    assert not is_recorded(at_the_end[0])
    assert is_recorded(x * x)


def test_decorated_generators_may_run_side_by_side():
    x = Value(3.0)
    forgetting, recording = no_grad()(states)(x), states(x)
    for _ in range(3):
        assert not is_recorded(next(forgetting))
        assert is_recorded(next(recording))
    assert [x.data for x in (next(forgetting), next(recording))] == [48.0, 48.0]


def test_an_error_leaves_a_decorated_generator_and_its_mode():
    @detect_anomaly()
    def logarithms():
        yield autograd.log(Value(1.0))
        yield autograd.log(Value(0.0))

    running = logarithms()
    next(running)
    assert autograd.log(Value(0.0)).data == -math.inf
    with pytest.raises(FloatingPointError):
        next(running)
    assert autograd.log(Value(0.0)).data == -math.inf


def test_a_decorated_coroutine_records_nothing():
    x = Value(3.0)

    @no_grad()
    async def square():
        await asyncio.sleep(0)
        return x * x

    async def both():
        return await asyncio.gather(square(), unchanged())

    async def unchanged():
        await asyncio.sleep(0)
        return x * x

    assert [is_recorded(node) for node in asyncio.run(both())] == [False, True]


def test_an_asynchronous_generator_is_refused():
    async def numbers():
        yield 1

    with pytest.raises(TypeError, match=r"no_grad\(\) can't decorate an asynchronous generator"):
        no_grad()(numbers)


def test_a_decorated_function_may_call_itself_by_way_of_a_transform():
    x, after = Value(3.0), []

    @no_grad()
    def square(y, again):
        if again:
            autograd.grad(lambda z: [square(z, False), after.append(z * z), z][-1])(2.0)
        return y * y

    assert not is_recorded(square(x, True))
    assert is_recorded(after[0]), "the inner call has ended the outer one, and not itself"


def test_a_context_manager_may_open_a_mode_for_its_block():
    @contextmanager
    def evaluating():
        with no_grad():
            yield

    x = Value(3.0)
    with evaluating():
        assert not is_recorded(x * x)
    assert is_recorded(x * x)


@pytest.mark.parametrize("first", [no_grad, detect_anomaly])
@pytest.mark.parametrize("second", [no_grad, detect_anomaly])
def test_modes_that_end_in_another_order_end_for_good(first, second):
    def suspended(mode):
        with mode():
            yield

    x = Value(3.0)
    one, two = suspended(first), suspended(second)
    next(one)
    next(two)
    one.close()
    assert is_recorded(x * x) is (second is detect_anomaly), "the second mode has ended, or both"
    two.close()
    assert is_recorded(x * x)
    assert (1 / Value(0.0)).data == math.inf
    assert not autograd.modes.open_modes


def test_a_mode_that_ends_in_another_thread_says_so():
    def suspended():
        with no_grad():
            yield

    running = suspended()
    thread = threading.Thread(target=lambda: next(running))
    thread.start()
    thread.join()
    try:
        with pytest.raises(RuntimeError, match=r"no_grad\(\) ends in another thread or task than"):
            running.close()
    finally:
        # The thread in which it is still open has ended.
        autograd.modes.open_modes.clear()


@pytest.mark.parametrize("mode", [no_grad, detect_anomaly])
def test_an_exception_ends_a_mode(mode):
    x = Value(3.0)
    with pytest.raises(KeyError), mode():
        raise KeyError
    assert is_recorded(x * x)
    assert (1 / Value(0.0)).data == math.inf


# detect_anomaly


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda: autograd.log(Value(0.0, label="p")), "log(p=0.0) is -inf"),
        (lambda: autograd.log(Value(-1.0)), "log(-1.0) is nan"),
        (lambda: Value(1.0) / Value(0.0, label="total"), "div(1.0, total=0.0) is inf"),
        (lambda: autograd.exp(Value(710.0)), "exp(710.0) is inf"),
        (lambda: Value(1e200) * 1e200, "mul(1e+200, 1e+200) is inf"),
        (lambda: Value(math.inf) - Value(math.inf), "sub(inf, inf) is nan"),
        (
            lambda: Value(0.0, label="p").sqrt(),
            "sqrt(p=0.0) is 0.0, but its derivative with respect to p is inf",
        ),
        (
            lambda: autograd.hypot(Value(1.0), 2.0) + Value(0.0).sqrt(),
            "sqrt(0.0) is 0.0, but its derivative with respect to operand 1 is inf",
        ),
    ],
)
def test_detect_anomaly_names_the_operation_its_labels_and_operands(compute, message):
    with pytest.raises(FloatingPointError) as raised, detect_anomaly():
        compute()
    assert str(raised.value) == message


def test_detect_anomaly_stops_at_the_first_of_many():
    x = Value(0.0, label="x")
    with pytest.raises(FloatingPointError, match=r"^log\(x=0\.0\) is -inf$"), detect_anomaly():
        (x.log() * 0 + 1).exp()


def test_detect_anomaly_blames_no_one_for_what_came_in():
    with detect_anomaly():
        assert (Value(math.inf) + 1).data == math.inf
        assert math.isnan((Value(math.nan) * 2).data)


def test_detect_anomaly_lets_sound_graphs_pass():
    x = Value(0.5)
    with detect_anomaly():
        y = (x.tanh() * x.exp() + 1 / x).log()
        slope = gradients(y, x, create_graph=True)
    assert is_recorded(slope)


def test_detect_anomaly_sees_a_single_lane():
    with (
        pytest.raises(FloatingPointError, match=r"^mul\("),
        detect_anomaly(),
        np.errstate(all="ignore"),
    ):
        Value(np.array([1.0, 1e200])) * 1e200


def test_detect_anomaly_checks_rules_of_ones_own():
    @primitive
    def broken(x):
        return x, (x * math.nan,)

    with (
        pytest.raises(FloatingPointError, match=r"^broken\(w=2\.0\) is 2\.0, but .* w is nan$"),
        detect_anomaly(),
    ):
        broken(Value(2.0, label="w"))


def test_detect_anomaly_of_one_thread_does_not_reach_another():
    results = []
    with detect_anomaly():
        thread = threading.Thread(target=lambda: results.append(1 / Value(0.0)))
        thread.start()
        thread.join()
    assert [x.data for x in results] == [math.inf]


# Both


@pytest.mark.parametrize(("outer", "inner"), [(no_grad, detect_anomaly), (detect_anomaly, no_grad)])
def test_both_modes_together_in_either_order(outer, inner):
    x, zero = Value(3.0), Value(0.0, label="zero")
    with outer():
        with inner():
            assert not is_recorded(x * x)
            with pytest.raises(FloatingPointError, match=r"div\(1, zero=0\.0\) is inf"):
                1 / zero
            assert not is_recorded(x * x), "no_grad ended with the error"
        assert is_recorded(x * x) is (outer is detect_anomaly)
        if outer is detect_anomaly:
            with pytest.raises(FloatingPointError):
                1 / zero
        else:
            assert (1 / zero).data == math.inf
    assert is_recorded(x * x)
    assert (1 / zero).data == math.inf


def test_tasks_do_not_share_their_modes():
    async def without_graph():
        with no_grad():
            await asyncio.sleep(0.01)

    async def with_graph():
        await asyncio.sleep(0)
        return Value(2.0) * 3.0

    async def both():
        return await asyncio.gather(without_graph(), with_graph())

    assert asyncio.run(both())[1].parents, "one task's no_grad reached another's graph"
    with detect_anomaly():
        assert (Value(2.0) * 3.0).parents, "no_grad was left open"
