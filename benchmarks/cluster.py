"""How far data-parallel training scales: measured with one and two workers, simulated for many.

    python -m benchmarks.cluster

A training step sends the parameters to each worker and brings back a value and a gradient. The
costs of a point and of a message are measured on this machine. The time of a step with many workers
follows from a model in which one machine sends to all workers and adds up what they return.
"""

import argparse
import multiprocessing
import pickle
import random
import sys
import time
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np

import nn
from autograd import Value, compile
from benchmarks import table

LATENCY = 0.5e-3
BANDWIDTH = 1.25e9
WORKERS = (1, 2, 10, 100, 1000)
POINTS = (10_000, 1_000_000, 100_000_000)
GIGABYTE = 1e9


class Costs(NamedTuple):
    """What was measured, in seconds.

    Attributes:
        point: the cost of one point and one parameter, in a worker.
        task: the cost of a task in the machine that sends and adds up, apart from its numbers.
        number: the cost there of sending a parameter, and receiving and adding its derivative.
    """

    point: float
    task: float
    number: float


def network(size: int) -> nn.MLP:
    """A network with two hidden layers."""
    return nn.MLP(2, [size, size, 1], rng=random.Random(0))


def program(model: nn.MLP) -> Any:
    """The loss at a point, as a program with one thread."""
    return compile(
        lambda x, y, label: nn.hinge(model([x, y]), label),
        parameters=model.parameters(),
        threads=1,
    )


def seconds_of_a_point(size: int, points: int = 20_000) -> float:
    """The time for the value and the gradient at one point, per parameter."""
    model = network(size)
    fast, at = program(model), None
    xs, ys, labels = np.random.default_rng(0).normal(size=(3, points))
    labels, at = np.sign(labels), fast.vector()
    times = []
    for _ in range(7):
        start = time.perf_counter()
        fast.value_and_grad(xs, ys, labels, at=at)
        times.append(time.perf_counter() - start)
    return min(times) / points / len(at)


def step_seconds(workers: int, points: int, size: int, steps: int = 20) -> float:
    """The time of one step of `fit` with an executor, over all points."""
    inputs, labels = nn.two_moons(points, rng=random.Random(0))

    def seconds(epochs: int) -> float:
        model = network(size)
        start = time.perf_counter()
        nn.fit(
            model,
            np.array(inputs),
            np.array(labels, dtype=float),
            loss=nn.hinge,
            optimizer=nn.SGD(model.parameters(), learning_rate=1e-3),
            epochs=epochs,
            compiled=True,
            executor=executor,
            progress=False,
        )
        return time.perf_counter() - start

    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as executor:
        # Here the workers start, and receive the program and the points.
        seconds(2 * workers)
        first = min(seconds(1) for _ in range(3))
        return max(min(seconds(1 + steps) for _ in range(3)) - first, 0) / steps


def seconds_of_a_number(count: int = 100_000) -> float:
    """The time to send a parameter, and to take and add a derivative."""
    numbers = np.zeros(count)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        sent = pickle.dumps(numbers)
        numbers = numbers + pickle.loads(sent)
        times.append(time.perf_counter() - start)
    return min(times) / count


def measured() -> Costs:
    """The costs on this machine; with few points, all of a step is a task."""
    return Costs(seconds_of_a_point(16), step_seconds(1, 8, 4), seconds_of_a_number())


def simulated(costs: Costs, workers: int, points: int, parameters: int) -> float:
    """The time of a step, by the model.

    One machine sends all parameters and receives all gradients; for each worker it spends the cost
    of a task and of its numbers. Then come the computation of the largest share of the points, and
    one latency each way.
    """
    share = -(-points // workers)
    through_one = workers * (costs.task + costs.number * parameters)
    on_the_wire = workers * 2 * 8 * parameters / BANDWIDTH
    computed = share * costs.point * parameters
    return 2 * LATENCY + max(through_one, on_the_wire) + computed


def bytes_of_a_node() -> float:
    """The memory of a recorded product, including its number."""
    tracemalloc.start()
    x = Value(1.0)
    kept = [x * 2.0 for _ in range(10_000)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept)


def main() -> int:
    """Measures, simulates, and prints Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.parse_args()
    print(table.head("points", "one worker", "two workers"))
    for points in (1_000, 20_000, 200_000):
        times = [table.duration(step_seconds(workers, points, 16)) for workers in (1, 2)]
        print(table.line(f"{points:,}", *times))
    costs = measured()
    print(
        f"\nMeasured: {costs.point * 1e9:.3g} ns for a point and parameter, "
        f"{table.duration(costs.task)} for a task, {costs.number * 1e9:.3g} ns for a number.\n"
        f"Assumed: a latency of {table.duration(LATENCY)}, {BANDWIDTH / 1e9:.3g} GB/s.\n"
    )
    for size in (16, 256):
        parameters = len(network(size).parameters())
        print(f"A step of {parameters:,} parameters:\n")
        print(table.head("points", *(f"{workers:,} workers" for workers in WORKERS)))
        for points in POINTS:
            times = [simulated(costs, workers, points, parameters) for workers in WORKERS]
            print(table.line(f"{points:,}", *map(table.duration, times)))
        print()
    print(
        f"A gigabyte holds {GIGABYTE / (8 * 3):,.0f} points of two inputs and a target, or "
        f"{GIGABYTE / bytes_of_a_node():,.0f} recorded operations."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
