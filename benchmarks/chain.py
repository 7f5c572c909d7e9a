"""A chain of a million links is built, differentiated and freed: too deep for micrograd."""

from typing import Any

from benchmarks.program import Engine, Program, Step

LINKS = 1_000_000


def chain(value: Any) -> tuple[Any, list[float]]:
    start = x = value(0.5)
    for _ in range(LINKS):
        x = x * 0.999 + 0.001
    x.backward()
    return x, [x.data, start.grad]


def _autograd() -> Step:
    from autograd import Value

    return lambda: chain(Value)


def _plain() -> Step:
    from benchmarks.plain_value import Value

    return lambda: chain(Value)


PROGRAM = Program(
    title=f"chain of {LINKS:,} links `x * 0.999 + 0.001`",
    engines={"autograd": Engine(_autograd), "plain class": Engine(_plain)},
    baseline="plain class",
    rounds=(4, 1),
)
