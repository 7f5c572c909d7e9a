"""Values and derivatives, in each mode in which this project runs its rules."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograd import Value, compile, gradients
from autograd.primitive import PRIMITIVES
from benchmarks.accuracy.points import constants
from benchmarks.accuracy.witness import orders

Columns = Sequence[Any]
Results = list[list[float]]


def derivatives(name: str) -> Callable[..., list[Any]]:
    """The function that returns the value, the partials and the second derivatives of a rule."""
    call = PRIMITIVES[name].bind(**constants(name))

    def function(*numbers: Any) -> list[Any]:
        inputs = [x if isinstance(x, Value) else Value(x) for x in numbers]
        value = call(*inputs)
        slopes = gradients(value, inputs, create_graph=True)
        by_order: dict[tuple[int, ...], Any] = {(0,) * len(inputs): value}
        for i, slope in enumerate(slopes):
            by_order[_order(len(inputs), i)] = slope
            # A slope that is a plain number is a constant.
            is_value = isinstance(slope, Value)
            row = gradients(slope, inputs, create_graph=True) if is_value else [0.0] * len(inputs)
            for j in range(i, len(inputs)):
                by_order[_order(len(inputs), i, j)] = row[j]
        return [by_order[order] for order in orders(len(inputs))]

    return function


def _order(count: int, *positions: int) -> tuple[int, ...]:
    return tuple(positions.count(position) for position in range(count))


def eager(name: str, columns: Columns) -> Results:
    """Floats, one point after another."""
    function = derivatives(name)
    return [[_number(x) for x in function(*point)] for point in zip(*columns, strict=True)]


def lanes(name: str, columns: Columns) -> Results:
    """NumPy's arrays in Values."""
    with np.errstate(all="ignore"):
        results = derivatives(name)(*map(np.array, columns))
    return _by_point([getattr(x, "data", x) for x in results], len(columns[0]))


def native_scalars(name: str, columns: Columns) -> Results:
    """Machine code for one number at a time."""
    fast = compile(derivatives(name), backend="native")
    return [list(map(float, fast(*point))) for point in zip(*columns, strict=True)]


def native_lanes(name: str, columns: Columns) -> Results:
    """Machine code for vectors of lanes."""
    fast = compile(derivatives(name), backend="native")
    return _by_point(fast(*map(np.array, columns)), len(columns[0]))


def replay(name: str, columns: Columns) -> Results:
    """The recorded program, one instruction at a time, on NumPy's arrays."""
    fast = compile(derivatives(name), backend="python")
    return _by_point(fast(*map(np.array, columns)), len(columns[0]))


MODES = {
    "floats": eager,
    "NumPy lanes": lanes,
    "compiled": native_scalars,
    "compiled lanes": native_lanes,
    "replayed lanes": replay,
}


def _number(x: Any) -> float:
    return float(x.data if isinstance(x, Value) else x)


def _by_point(found: Sequence[Any], count: int) -> Results:
    columns = [np.broadcast_to(np.asarray(x, dtype=float), count).tolist() for x in found]
    return [list(row) for row in zip(*columns, strict=True)]
