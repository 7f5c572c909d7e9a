"""A sweep: learning rates, sizes and seeds are tried in parallel, by the processes of an executor.

Each training is a function of its settings. An executor from `concurrent.futures` runs many of
them on the cores of this machine; `dask.distributed.Client(...).get_executor()` runs them on a
cluster. The results come in the order of the settings, whichever is done first.
"""

import multiprocessing
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import nn
from examples.published import print_table

RATES = (0.01, 0.1, 0.5)
SIZES = (4, 16)
SEEDS = (0, 1, 2)
EPOCHS = 40


class Settings(NamedTuple):
    """The settings of one training."""

    rate: float
    size: int
    seed: int


def train(settings: Settings) -> float:
    """The validation loss of a network with two hidden layers on two moons."""
    rate, size, seed = settings
    model = nn.MLP(2, [size, size, 1], rng=random.Random(seed))
    points, labels = nn.two_moons(100, rng=random.Random(100))
    history = nn.fit(
        model,
        points,
        labels,
        loss=nn.hinge,
        optimizer=nn.SGD(model.parameters(), learning_rate=rate, momentum=0.9),
        epochs=EPOCHS,
        validation=nn.two_moons(50, rng=random.Random(101)),
        progress=False,
    )
    return history.validation_losses[-1]


def sweep(
    executor: Executor, function: Callable[[Any], Any], settings: Sequence[Any]
) -> Iterator[Any]:
    """What a function returns for each of the settings, in their order, as soon as it is known.

    Args:
        executor: runs the calls.
        function: a function at the top level of a module, so that other processes find it.
        settings: the argument of each call.
    """
    futures = [executor.submit(function, each) for each in settings]
    try:
        for future in futures:
            yield future.result()
    finally:
        for future in futures:
            future.cancel()


def main(pictures: Path) -> list[Path]:
    """Runs all trainings, showing progress, and prints the means over the seeds."""
    settings = [Settings(*each) for each in product(RATES, SIZES, SEEDS)]
    losses = {}
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:
        for each, loss in zip(settings, sweep(executor, train, settings), strict=True):
            losses[each] = loss
            print(f"\r{len(losses)} of {len(settings)}", end="", flush=True)
    print()
    rows = [
        (str(rate), *(f"{mean_loss(losses, rate, size):.4f}" for size in SIZES)) for rate in RATES
    ]
    print_table(("learning rate", *(f"{size} neurons" for size in SIZES)), rows)
    return []


def mean_loss(losses: dict[Settings, float], rate: float, size: int) -> float:
    """The mean over the seeds."""
    return sum(losses[Settings(rate, size, seed)] for seed in SEEDS) / len(SEEDS)


if __name__ == "__main__":
    main(Path())
