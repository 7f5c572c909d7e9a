"""Training by the workers of an executor: that of one process, whatever happens to them."""

import functools
import itertools
import math
import multiprocessing
import os
import random
import signal
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import nn
from autograd import Value
from nn import shards

np = pytest.importorskip("numpy")


class Inline(Executor):
    """Workers in this process, which are done in another order, and forget what they were sent.

    Args:
        count: the number of workers.
        rng: shuffles and forgets.
    """

    def __init__(self, count, rng):
        self._max_workers = count
        self.rng = rng
        self.waiting = []
        self.sent = 0

    def submit(self, function, *args):
        future = Delayed(self)
        self.waiting.append((future, functools.partial(function, *args)))
        self.sent += len(args[1])
        return future

    def work(self):
        self.rng.shuffle(self.waiting)
        for future, task in self.waiting:
            # All workers share what this process keeps.
            if self.rng.random() < 0.2:
                shards._KEPT.clear()
            future.set_result(task())
        self.waiting.clear()


class Delayed(Future):
    def __init__(self, executor):
        super().__init__()
        self.executor = executor

    def result(self, timeout=None):
        if not self.done():
            self.executor.work()
        return super().result(0)


class Plain(nn.SGD):
    """Steps from Value to Value."""

    def step(self):
        super().step()


class Noisy(nn.Module):
    """A model with dropout, which draws its numbers anew at each step."""

    def __init__(self):
        self.inner = nn.MLP(2, [5, 1], rng=random.Random(4))

    def __call__(self, x):
        return self.inner.layers[1](nn.dropout(self.inner.layers[0](x), 0.3))


MODELS = {
    "relu": lambda: nn.MLP(2, [4, 1], rng=random.Random(1)),
    "tanh": lambda: nn.MLP(2, [3, 2, 1], activation="tanh", rng=random.Random(2)),
    "dropout": Noisy,
}
OPTIMIZERS = {
    "SGD": lambda p: nn.SGD(p, learning_rate=0.05, momentum=0.9),
    "Adam": lambda p: nn.Adam(p, learning_rate=0.01),
    "of Values": lambda p: Plain(p, learning_rate=0.05),
}


def trained(model, optimizer, executor, count=23, **options):
    """A history of a few epochs, and the parameters after it."""
    points, labels = nn.two_moons(count, rng=random.Random(3))
    made = MODELS[model]()
    history = nn.fit(
        *(made, points, labels),
        loss=nn.hinge,
        optimizer=OPTIMIZERS[optimizer](made.parameters()),
        rng=random.Random(5),
        compiled=True,
        executor=executor,
        progress=False,
        **{"epochs": 3, **options},
    )
    return history, [parameter.data for parameter in made.parameters()]


def numbers_of(result):
    history, parameters = result
    lengths = itertools.chain.from_iterable(history.gradients.values())
    return [*history.losses, *history.validation_losses, *lengths, *parameters]


@settings(max_examples=25, phases=[Phase.generate])
@given(
    st.sampled_from(list(MODELS)),
    st.sampled_from(list(OPTIMIZERS)),
    st.integers(1, 30),
    st.one_of(st.none(), st.integers(1, 23)),
    st.booleans(),
    st.integers(0, 2**32),
)
def test_a_training_by_workers_is_that_of_one_process(
    model, optimizer, workers, batch_size, validated, seed
):
    validation = nn.two_moons(7, rng=random.Random(6)) if validated else None
    options = {"batch_size": batch_size, "validation": validation}
    alone = numbers_of(trained(model, optimizer, None, **options))
    shared = numbers_of(trained(model, optimizer, Inline(workers, random.Random(seed)), **options))
    # Sums of 23 losses in another order differ by a few units in the last place, which a few
    # steps pass on.
    np.testing.assert_allclose(shared, alone, rtol=1e-11, atol=1e-13)


def test_a_training_is_the_same_to_the_bit_whoever_is_faster():
    runs = [
        numbers_of(trained("tanh", "Adam", Inline(4, random.Random(seed)), batch_size=8))
        for seed in range(4)
    ]
    assert runs[1:] == runs[:-1]


def test_points_travel_once():
    executor = Inline(3, random.Random(0))
    executor.rng.random = lambda: 1.0
    shards._KEPT.clear()
    trained("relu", "SGD", executor, epochs=5, callback=lambda training: None)
    # At first, the three tasks are on their way together.
    assert executor.sent == 3 + 3, "three shards, and the program for each"


def test_what_a_callback_changes_the_workers_go_on_with():
    def training(executor):
        scale = [1.0]
        w = Value(0.5)

        def halve(training):
            scale[0] /= 2
            training.optimizer.learning_rate *= 0.9

        history = nn.fit(
            *(lambda x: w * x * scale[0], [1.0, 2.0, 3.0], [2.0, 3.0, 5.0]),
            loss=nn.mean_squared_error,
            optimizer=nn.SGD([w], learning_rate=0.01),
            epochs=4,
            callback=halve,
            compiled=True,
            executor=executor,
            progress=False,
        )
        return [*history.losses, w.data]

    expected = training(None)
    found = training(Inline(2, random.Random(0)))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_trainings_in_threads_do_not_meet():
    validation = nn.two_moons(400, rng=random.Random(6))

    def train(executor, rate):
        model = MODELS["tanh"]()
        points, labels = nn.two_moons(40, rng=random.Random(3))
        return nn.fit(
            *(model, points, labels),
            loss=nn.hinge,
            optimizer=nn.SGD(model.parameters(), learning_rate=rate),
            validation=validation,
            epochs=20,
            compiled=True,
            executor=executor,
            progress=False,
        ).validation_losses

    rates = [0.01, 0.02, 0.05, 0.1]
    alone = [train(None, rate) for rate in rates]
    with ThreadPoolExecutor(3) as workers, ThreadPoolExecutor(4) as trainings:
        shared = list(trainings.map(lambda rate: train(workers, rate), rates))
    np.testing.assert_allclose(shared, alone, rtol=1e-11, atol=1e-13)


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:
        yield executor


def test_processes_train_as_one_does(pool):
    expected = numbers_of(trained("relu", "SGD", None, batch_size=10))
    for _ in range(2):
        found = numbers_of(trained("relu", "SGD", pool, batch_size=10))
        np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13)


def test_a_training_whose_process_dies_ends_with_its_last_whole_step():
    killed = []
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:

        def kill(training):
            killed.append([p.data for p in training.model.parameters()])
            if training.epoch == 2:
                os.kill(next(iter(executor._processes)), signal.SIGKILL)

        made = MODELS["relu"]()
        points, labels = nn.two_moons(20, rng=random.Random(3))
        with pytest.raises(BrokenProcessPool) as caught:
            nn.fit(
                *(made, points, labels),
                loss=nn.hinge,
                optimizer=nn.SGD(made.parameters(), learning_rate=0.05),
                epochs=50,
                callback=kill,
                compiled=True,
                executor=executor,
                progress=False,
            )
    assert len(caught.value.history.losses) == len(killed)
    assert [p.data for p in made.parameters()] == killed[-1]
    assert "with a new executor" in caught.value.__notes__[0]


def test_a_lost_worker_of_dask_is_replaced():
    distributed = pytest.importorskip("distributed")
    quiet = {"dashboard_address": None, "silence_logs": 50}
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, **quiet) as cluster,
        distributed.Client(cluster) as client,
    ):

        def kill(training):
            if training.epoch == 2:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
                time.sleep(0.1)

        expected = numbers_of(trained("relu", "SGD", None, epochs=5))
        found = numbers_of(trained("relu", "SGD", client, epochs=5, callback=kill))
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13)


REFUSED = {
    "no worker": (0, True, TypeError, "executor is one of concurrent.futures"),
    "a number of workers": (4, True, TypeError, "executor is one of concurrent.futures"),
    "without compiled": (Inline(2, random.Random(0)), False, ValueError, "give compiled=True"),
}


@pytest.mark.parametrize(("executor", "compiled", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_executor_is_refused(executor, compiled, error, words):
    w = Value(0.5)
    with pytest.raises(error, match=words):
        nn.fit(
            *(lambda x: w * x, [1.0], [2.0]),
            loss=nn.mean_squared_error,
            optimizer=nn.SGD([w], learning_rate=0.1),
            compiled=compiled,
            executor=executor,
        )


def test_a_loss_that_becomes_nan_at_a_worker_is_told_as_at_home():
    w = Value(0.5)
    with pytest.raises(FloatingPointError, match=r"inputs\[2\]"):
        nn.fit(
            *(lambda x: w * x, [1.0, 2.0, math.nan], [2.0, 1.0, 0.0]),
            loss=nn.mean_squared_error,
            optimizer=nn.SGD([w], learning_rate=0.1),
            compiled=True,
            executor=Inline(2, random.Random(0)),
            progress=False,
        )


def test_a_training_that_is_interrupted_ends_with_its_last_whole_step():
    steps = []

    class Interrupted(Inline):
        def work(self):
            if len(steps) == 3:
                raise KeyboardInterrupt
            super().work()

    model = MODELS["relu"]()
    points, labels = nn.two_moons(20, rng=random.Random(3))
    with pytest.raises(KeyboardInterrupt) as caught:
        nn.fit(
            *(model, points, labels),
            loss=nn.hinge,
            optimizer=nn.SGD(model.parameters(), learning_rate=0.05),
            epochs=10,
            callback=lambda training: steps.append([p.data for p in model.parameters()]),
            compiled=True,
            executor=Interrupted(2, random.Random(0)),
            progress=False,
        )
    assert len(caught.value.history.losses) == 3
    assert [p.data for p in model.parameters()] == steps[-1]
