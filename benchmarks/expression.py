"""The expression of micrograd's README, built and differentiated."""

from collections.abc import Callable
from operator import methodcaller
from typing import Any

from benchmarks.program import Engine, Program, Step


def formula(a: Any, b: Any, relu: Callable[[Any], Any]) -> Any:
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + relu(b + a)
    d += 3 * d + relu(b - a)
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    return g


def expression(value: Any) -> tuple[Any, list[float]]:
    a = value(-4.0)
    b = value(2.0)
    g = formula(a, b, methodcaller("relu"))
    g.backward()
    return g, [float(g.data), float(a.grad), float(b.grad)]


def _autograd() -> Step:
    from autograd import Value

    return lambda: expression(Value)


def _micrograd() -> Step:
    from micrograd.engine import Value

    return lambda: expression(Value)


def _torch() -> Step:
    import torch

    return lambda: expression(
        lambda number: torch.tensor(number, dtype=torch.float64, requires_grad=True)
    )


PROGRAM = Program(
    title="micrograd's README expression",
    engines={
        "autograd": Engine(_autograd),
        "micrograd": Engine(_micrograd),
        "torch, 0-d tensors": Engine(_torch, "torch"),
    },
    baseline="micrograd",
    rounds=(40, 10),
    repetitions=300,
)
