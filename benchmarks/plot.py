"""Draws docs/pictures/speed.png: how time grows with nodes, points, parameters and cores."""

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt

from benchmarks import moons as eager_moons
from benchmarks.compiled import moons, rosenbrock
from benchmarks.moons import WIDTH
from benchmarks.process import REPOSITORY

Curves = dict[str, list[tuple[int, float]]]

SIZES = (1, 10, 100, 1_000, 10_000, 100_000)
# The nodes of a term of Rosenbrock's function, without those of the gradient.
NODES_OF_A_TERM = 7
# The largest number of points, as more would take minutes.
MOST = {"a graph each time": 1_000}
WIDTHS = (2, 4, 8, 16, 32, 64)
POINTS = 100
MANY_POINTS = 100_000
SECONDS = 0.3
COLORS = {"a graph each time": "C1", "arrays as lanes": "C2", "compiled": "C0", "C by hand": "0.5"}
C_FLAGS = ("moons.c", "-DLANES=20")


def main() -> None:
    figure, ((nodes, points), (parameters, cores)) = plt.subplots(
        2, 2, figsize=(10, 8), layout="constrained"
    )
    _draw(nodes, _by_nodes(), "nodes", "Rosenbrock's function and its gradient")
    _draw(points, _by_points(), "points", "a training step of MLP(2, [16, 16, 1])")
    step = f"a training step of MLP(2, [n, n, 1]) on {POINTS} points"
    _draw(parameters, _by_parameters(), "parameters", step)
    step = f"a training step of MLP(2, [16, 16, 1]) on {MANY_POINTS:,} points"
    _draw(cores, _by_cores(), "cores", step)
    ticks = {1e-6: "1 µs", 1e-4: "100 µs", 1e-2: "10 ms", 1: "1 s"}
    for axes in (nodes, points, parameters):
        axes.set(xscale="log", yscale="log", ylim=(3e-7, 10))
        axes.set_yticks(list(ticks), list(ticks.values()))
    cores.set_ylim(0)
    cores.xaxis.get_major_locator().set_params(integer=True)
    cores.yaxis.set_major_formatter(lambda seconds, _: f"{seconds * 1e3:g} ms")
    points.legend(frameon=False, fontsize=9)
    figure.supylabel("time of a call", fontsize=10)
    figure.savefig(REPOSITORY / "docs" / "pictures" / "speed.png", dpi=150)


def _by_nodes() -> Curves:
    engines = {
        "a graph each time": rosenbrock.autograd_eager,
        "compiled": rosenbrock.autograd,
        "C by hand": rosenbrock.c,
    }
    return {
        name: [(NODES_OF_A_TERM * size, _seconds(_compiled(engine(size + 1)))) for size in SIZES]
        for name, engine in engines.items()
    }


def _by_points() -> Curves:
    return {
        name: [
            (points, _seconds(_training_step(name, points)))
            for points in SIZES
            if points <= MOST.get(name, points)
        ]
        for name in COLORS
    }


def _by_parameters() -> Curves:
    return {
        name: [(_parameters(n), _seconds(_training_step(name, POINTS, n))) for n in WIDTHS]
        for name in COLORS
    }


def _parameters(width: int) -> int:
    return 3 * width + width * (width + 1) + width + 1


def _by_cores() -> Curves:
    counts = range(1, (os.cpu_count() or 1) + 1)
    c = _compiled(moons.c(MANY_POINTS, *C_FLAGS, "-fopenmp"))
    openmp = ctypes.CDLL("libgomp.so.1")
    in_c = []
    for count in counts:
        openmp.omp_set_num_threads(count)
        in_c.append((count, _seconds(c)))
    compiled = [
        (count, _seconds(_compiled(moons.autograd(MANY_POINTS, threads=count)))) for count in counts
    ]
    return {"compiled": compiled, "C by hand": in_c}


def _training_step(engine: str, points: int, width: int = WIDTH) -> Callable[[], Any]:
    """A training step on one core."""
    if engine == "a graph each time":
        return eager_moons.autograd_nn(points, width)
    if engine == "arrays as lanes":
        return eager_moons.autograd_lanes(points, width)
    if engine == "compiled":
        return _compiled(moons.autograd(points, 1, width))
    return _compiled(moons.c(points, *C_FLAGS, width=width))


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


def _draw(axes: Any, curves: Curves, unit: str, title: str) -> None:
    for name, points in curves.items():
        axes.plot(*zip(*points, strict=True), "o-", markersize=4, label=name, color=COLORS[name])
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(unit)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
