"""Points spread over the floats, from a fixed seed: ordinary, huge, tiny, and next to edges."""

import math
import random
from collections.abc import Iterator

from autograd.numbers.domains import Interval
from autograd.primitive import PRIMITIVES
from benchmarks.accuracy.witness import CONSTANTS

# Step functions, with the distance of their steps from the integers.
_STEPS = {"floor": 0, "ceil": 0, "trunc": 0, "round": 0.5}

# The largest operands: beyond these a function overflows, or is constant to the last digit.
LARGEST = {
    **dict.fromkeys(("exp", "expm1", "sinh", "cosh", "tanh", "logaddexp", "elu"), 700.0),
    **dict.fromkeys(("exp2", "logsumexp", "log_sigmoid", "selu", "mish"), 700.0),
    **dict.fromkeys(("sigmoid", "softplus", "silu"), 700.0),
    **dict.fromkeys(("erf", "erfc", "gelu", "ndtr"), 26.0),
    **dict.fromkeys(("gamma", "beta"), 150.0),
    # mpmath would compute all digits before the decimal point.
    **dict.fromkeys(("sin", "cos", "tan"), 1e22),
    "sinc": 1e6,
    **dict.fromkeys(("i0", "i1"), 600.0),
    **dict.fromkeys(("j0", "j1"), 1e3),
    **dict.fromkeys(("mod", "floordiv", "pow", *_STEPS), 1e3),
}
# The largest decimal exponent, by the number of operands, so that squares and products of two
# numbers do not overflow.
DECADES = {1: 300, 2: 60}
SMALLEST = {**dict.fromkeys(("mod", "floordiv", *_STEPS), -3), "pow": -30}
# Where functions of one operand have no first or no second derivative.
KINKS = {
    **dict.fromkeys(("relu", "leaky_relu", "elu", "abs", "sign", "selu", "softsign", "cbrt"), (0,)),
    "relu6": (0, 6),
    "hardtanh": (-1, 1),
}


def points(name: str, count: int) -> list[tuple[float, ...]]:
    """Up to `count` tuples of operands, the same at every call.

    >>> points("exp", 5) == points("exp", 5)
    True
    """
    primitive = PRIMITIVES[name]
    operands = 2 if primitive.takes_any_number else len(primitive.operand_names)
    intervals = primitive.domains(operands)
    draw = random.Random(name)
    drawn = [tuple(_drawn(name, operands, i, draw) for i in intervals) for _ in range(count)]
    if operands == 1:
        edges = [(x,) for x in dict.fromkeys(_beside_edges(name, intervals[0]))]
        chosen = draw.sample(edges, min(len(edges), count // 2))
        drawn = drawn[: count - len(chosen)] + chosen
    return [point for point in drawn if _is_smooth(name, point)]


def constants(name: str) -> dict[str, object]:
    """The keyword arguments for a rule."""
    return CONSTANTS.get(name, {})


def _drawn(name: str, operands: int, interval: Interval, draw: random.Random) -> float:
    """A number in an interval: of ordinary size, of any size, or near one of its ends."""
    largest = min(LARGEST.get(name, math.inf), 10.0 ** DECADES[operands])
    smallest = SMALLEST.get(name, -DECADES[operands])
    while True:
        size = 10.0 ** draw.uniform(smallest, math.log10(largest))
        sign = draw.choice([-1, 1])
        edge = draw.choice([x for x in interval if math.isfinite(x)] or [0.0])
        moderate = 10.0 ** draw.uniform(-2, 2)
        x = draw.choice([draw.uniform(-3, 3), sign * moderate, sign * size, edge + sign * size])
        if name == "pow" and interval == Interval():
            x = draw.uniform(-9, 9)
        if x in interval and abs(x) <= largest:
            return x


def _beside_edges(name: str, interval: Interval) -> Iterator[float]:
    """Numbers next to the ends of the domain, to 0 and to 1, and the smallest floats."""
    largest = LARGEST.get(name, 1e300)
    for edge in (0.0, 1.0, -1.0, interval.low, interval.high):
        if math.isfinite(edge):
            candidates = [edge, math.nextafter(edge, math.inf), math.nextafter(edge, -math.inf)]
            candidates += [edge + x for x in (1e-9, -1e-9, 1e-4, -1e-4)]
            yield from (x for x in candidates if x in interval)
    yield from (x for x in (largest, -largest, 2.0**-1022) if x in interval)


def _is_smooth(name: str, point: tuple[float, ...]) -> bool:
    x, y = point[0], point[-1]
    if name in _STEPS:
        return (x + _STEPS[name]) % 1 != 0
    if name in ("mod", "floordiv"):
        # Nearer to a step, the differences would cross it.
        return y != 0 and abs(x / y - round(x / y)) > 1e-9
    if len(point) == 2:
        return x != y and 0 not in point
    return x not in KINKS.get(name, ())
