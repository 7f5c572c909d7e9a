"""Draws docs/pictures/speed.png: how time grows with the number of nodes and of lanes."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt

from benchmarks import moons as eager_moons
from benchmarks.compiled import moons, rosenbrock
from benchmarks.process import REPOSITORY

SIZES = (1, 10, 100, 1_000, 10_000, 100_000)
# The nodes of a term of Rosenbrock's function, without those of the gradient.
NODES_OF_A_TERM = 7
# The largest number of points, as more would take minutes.
MOST = {
    "a graph each time": 1_000,
    "arrays as lanes": 100_000,
    "compiled": 100_000,
    "C by hand": 100_000,
}
SECONDS = 0.3
COLORS = {"a graph each time": "C1", "arrays as lanes": "C2", "compiled": "C0", "C by hand": "0.5"}


def main() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), sharey=True, layout="constrained")
    _draw(left, _by_nodes(), "nodes")
    left.set_title("Rosenbrock's function and its gradient", fontsize=10)
    _draw(right, _by_lanes(), "points")
    right.set_title("a training step of MLP(2, [16, 16, 1])", fontsize=10)
    left.set_ylabel("time of a call")
    right.legend(frameon=False, fontsize=9)
    figure.savefig(REPOSITORY / "docs" / "pictures" / "speed.png", dpi=150)


def _by_nodes() -> dict[str, list[tuple[int, float]]]:
    engines = {
        "a graph each time": rosenbrock.autograd_eager,
        "compiled": rosenbrock.autograd,
        "C by hand": rosenbrock.c,
    }
    return {
        name: [(NODES_OF_A_TERM * size, _seconds(_compiled(engine(size + 1)))) for size in SIZES]
        for name, engine in engines.items()
    }


def _by_lanes() -> dict[str, list[tuple[int, float]]]:
    engines: dict[str, Callable[[int], Callable[[], Any]]] = {
        "a graph each time": eager_moons.autograd_nn,
        "arrays as lanes": eager_moons.autograd_lanes,
        "compiled": lambda count: _compiled(moons.autograd(count, threads=1)),
        "C by hand": lambda count: _compiled(moons.c(count, "moons.c", "-DLANES=20")),
    }
    return {
        name: [(count, _seconds(engine(count))) for count in SIZES if count <= MOST[name]]
        for name, engine in engines.items()
    }


def _compiled(compiling: Iterator[Any]) -> Callable[[], Any]:
    next(compiling)
    step: Callable[[], Any] = next(compiling)
    return step


def _seconds(step: Callable[[], Any]) -> float:
    """The time of the fastest call after the first."""
    step()
    times: list[float] = []
    while sum(times) < SECONDS or len(times) < 3:
        started = time.perf_counter()
        step()
        times.append(time.perf_counter() - started)
    return min(times)


def _draw(axes: Any, curves: dict[str, list[tuple[int, float]]], unit: str) -> None:
    for name, points in curves.items():
        axes.loglog(*zip(*points, strict=True), "o-", markersize=4, label=name, color=COLORS[name])
    ticks = {1e-6: "1 µs", 1e-4: "100 µs", 1e-2: "10 ms", 1: "1 s"}
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set_xlabel(unit)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
