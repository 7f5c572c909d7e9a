"""A hanging chain finds its shape: SciPy minimises its energy with compiled derivatives.

A chain of equal rods hangs from a hook. At its other end a force pulls to the side and carries
half of the weight, so that both ends are equally high. The unit of length is a rod, and the unit
of force its weight. The unknowns are the angles of the rods.

By hand: the force along the chain has the same horizontal component everywhere, the pull, and its
vertical component grows by 1 from the middle of one rod to the middle of the next. It points along
the rod, so the slopes of the rods are evenly spaced.
"""

import importlib.util
import math
from itertools import accumulate
from pathlib import Path
from typing import Any

import autograd
from autograd import Value, cos, sin
from examples.published import print_table
from examples.saving import save_plot

RODS = 24
PULL = 4.0
# The search ends when no derivative of the energy exceeds this.
LARGEST_DERIVATIVE = 1e-8


def energy(angles: list[Value]) -> Value:
    """The potential energy of a chain whose rods have these angles to the horizontal."""
    x = y = weights = Value(0.0)
    for angle in angles:
        weights = weights + (y + sin(angle) / 2)  # a rod weighs 1, at the height of its middle
        x, y = x + cos(angle), y + sin(angle)
    return weights - PULL * x - RODS / 2 * y


def minimum() -> Any:
    """The minimum that SciPy finds from a straight chain; its `x` holds the angles."""
    from scipy.optimize import minimize

    angles = [Value(0.0) for _ in range(RODS)]
    chain = autograd.compile(lambda: energy(angles), parameters=angles)
    return minimize(
        lambda vector: chain.value_and_grad(at=vector),
        chain.vector(),
        jac=True,
        options={"gtol": LARGEST_DERIVATIVE},
    )


def slopes_by_hand() -> list[float]:
    """The slope of each rod: the vertical force at its middle, divided by the pull."""
    return [(rod + 0.5 - RODS / 2) / PULL for rod in range(RODS)]


def main(pictures: Path) -> list[Path]:
    """Finds the shape, compares it with the one found by hand, and plots it with a catenary."""
    if importlib.util.find_spec("scipy") is None:
        print("This example needs SciPy: pip install scipy")
        return []
    solution = minimum()
    print(f"{solution.message} {solution.nfev} evaluations of {RODS} derivatives each")
    slopes = [math.tan(angle) for angle in solution.x]
    rows = [
        (str(rod), f"{slopes[rod]:.8f}", f"{slopes_by_hand()[rod]:.8f}")
        for rod in range(0, RODS // 2, 4)
    ]
    print_table(("rod", "slope found", "by hand"), rows)
    return save_plot(lambda axes: plot_chain(axes, solution.x), pictures / "minimize_chain.png")


def plot_chain(axes: Any, angles: Any) -> None:
    """Plots the joints of the chain over the catenary of the same length and pull."""
    xs = list(accumulate((math.cos(angle) for angle in angles), initial=0.0))
    ys = list(accumulate((math.sin(angle) for angle in angles), initial=0.0))
    # A rope without joints: its height is the pull times cosh(distance from the middle / pull).
    reach = PULL * math.asinh(RODS / 2 / PULL)
    ways = [reach * step / 100 for step in range(-100, 101)]
    top = PULL * math.cosh(reach / PULL)
    axes.plot(
        [xs[-1] / 2 + way for way in ways],
        [PULL * math.cosh(way / PULL) - top for way in ways],
        color="#c05f00",
        linewidth=5,
        alpha=0.35,
        label="catenary, a rope of the same length",
    )
    axes.plot(xs, ys, "o-", color="#1f5fa8", markersize=4, label=f"chain of {RODS} rods")
    axes.set(xlabel="lengths of a rod", ylabel="height", title="A hanging chain", aspect="equal")
    axes.figure.legend(loc="outside lower center", ncols=2)
    axes.grid(alpha=0.3)


if __name__ == "__main__":
    main(Path())
