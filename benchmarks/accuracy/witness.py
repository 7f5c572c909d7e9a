"""The right numbers: functions from mpmath, and derivatives by differences of these.

No rule of this project is involved. The digits are doubled until two results agree.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import Any

import mpmath
from mpmath import mpf

# The constants that some rules need, as keyword arguments.
CONSTANTS: dict[str, dict[str, Any]] = {
    "constant_power": {"exponent": 2.5},
    "leaky_relu": {"slope": 0.01},
    "elu": {"alpha": 1.5},
    "select": {"index": 0},
    "where": {"condition": True},
    "polygamma": {"order": 1},
}


def _logistic(x: Any) -> Any:
    return 1 / (1 + mpmath.exp(-x))


def _inverse_erf(x: Any) -> Any:
    """nan where a step was too large: then no two results agree, and the next step is smaller."""
    return mpmath.erfinv(x) if abs(x) < 1 else mpmath.nan


def _normal_quantile(p: Any) -> Any:
    """Where the normal distribution function is p, found by the secant method on its logarithm.

    It starts from the smaller tail, so that digits do not cancel. Outside (0, 1) it is nan, for
    the same reason as in `_inverse_erf`.
    """
    if not 0 < p < 1:
        return mpmath.nan
    if p > 0.5:
        return -_normal_quantile(1 - p)

    def distance(x: Any) -> Any:
        return mpmath.log(mpmath.erfc(-x / mpmath.sqrt(2)) / (2 * p))

    return mpmath.findroot(distance, mpf(NormalDist().inv_cdf(float(p))), solver="secant")


def _psi(x: Any, y: Any) -> Any:
    """The largest of the digamma functions in the derivatives of beta."""
    return max(abs(mpmath.digamma(z)) for z in (x, y, x + y))


# The scale and the alpha of selu, which are floats.
_SELU = (1.0507009873554805, 1.6732632423543772)

# What each rule computes. `sum`, `dot`, `select` and the like get two operands.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "floordiv": lambda x, y: mpmath.floor(x / y),
    "mod": lambda x, y: x - y * mpmath.floor(x / y),
    "pos": lambda x: x,
    "neg": lambda x: -x,
    "pow": lambda x, y: mpmath.exp(y * mpmath.log(x)),
    "constant_power": lambda x: x * x * mpmath.sqrt(x),
    "sum": lambda x, y: x + y,
    "dot": lambda x, y: x * y,
    "select": lambda x, y: x,
    "prod": lambda x, y: x * y,
    "norm": lambda x, y: mpmath.sqrt(x * x + y * y),
    "max": max,
    "min": min,
    "exp2": lambda x: mpmath.exp(x * mpmath.log(2)),
    "log2": lambda x: mpmath.log(x) / mpmath.log(2),
    "log10": lambda x: mpmath.log(x) / mpmath.log(10),
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "square": lambda x: x * x,
    "xlogy": lambda x, y: x * mpmath.log(y),
    "logsumexp": lambda x, y: mpmath.log(mpmath.exp(x) + mpmath.exp(y)),
    "log_sigmoid": lambda x: -mpmath.log(1 + mpmath.exp(-x)),
    "logit": lambda x: mpmath.log(x / (1 - x)),
    "selu": lambda x: mpf(_SELU[0]) * (x if x > 0 else mpf(_SELU[1]) * (mpmath.exp(x) - 1)),
    "relu6": lambda x: min(max(x, mpf(0)), mpf(6)),
    "hardtanh": lambda x: min(max(x, mpf(-1)), mpf(1)),
    "softsign": lambda x: x / (1 + abs(x)),
    "mish": lambda x: x * mpmath.tanh(mpmath.log(1 + mpmath.exp(x))),
    "sinc": mpmath.sincpi,
    "erfinv": lambda x: _inverse_erf(x),
    "ndtr": lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "ndtri": _normal_quantile,
    "lgamma": lambda x: mpmath.log(abs(mpmath.gamma(x))) if x < 0 else mpmath.loggamma(x),
    "gamma": mpmath.gamma,
    "digamma": mpmath.digamma,
    "polygamma": lambda x: mpmath.psi(1, x),
    "beta": mpmath.beta,
    "i0": lambda x: mpmath.besseli(0, x),
    "i1": lambda x: mpmath.besseli(1, x),
    "j0": lambda x: mpmath.besselj(0, x),
    "j1": lambda x: mpmath.besselj(1, x),
    "ceil": mpmath.ceil,
    "trunc": lambda x: mpmath.ceil(x) if x < 0 else mpmath.floor(x),
    "round": mpmath.nint,
    "copysign": lambda x, y: abs(x) * (-1 if y < 0 else 1),
    "log1p": lambda x: mpmath.log(1 + x),
    "expm1": lambda x: mpmath.exp(x) - 1,
    "logaddexp": lambda x, y: mpmath.log(mpmath.exp(x) + mpmath.exp(y)),
    "hypot": lambda x, y: mpmath.sqrt(x * x + y * y),
    "sigmoid": _logistic,
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "silu": lambda x: x * _logistic(x),
    "gelu": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "relu": lambda x: x if x > 0 else mpf(0),
    "leaky_relu": lambda x: x if x > 0 else mpf(0.01) * x,
    "elu": lambda x: x if x > 0 else mpf(1.5) * (mpmath.exp(x) - 1),
    "abs": abs,
    "sign": mpmath.sign,
    "maximum": max,
    "minimum": min,
    "where": lambda x, y: x,
    **{
        name: getattr(mpmath, name)
        for name in (
            *("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"),
            *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "floor"),
        )
    },
}

# For derivatives that are sums whose terms may cancel, the largest term: the error is measured in
# units in its last place.
SCALES: dict[tuple[str, tuple[int, ...]], Callable[..., Any]] = {
    ("silu", (1,)): _logistic,
    ("silu", (2,)): lambda x: _logistic(x) * _logistic(-x),
    ("gelu", (1,)): lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    ("gelu", (2,)): lambda x: mpmath.exp(-x * x / 2),
    ("lgamma", (0,)): lambda x: 1,
    **{(name, (order,)): lambda x: 1 for name in ("j0", "j1") for order in range(3)},
    ("sinc", (1,)): lambda x: abs(x) if abs(x) < 1 else 1 / abs(x),
    ("sinc", (2,)): lambda x: 10 / max(1, abs(x)),
    ("beta", (1, 0)): lambda x, y: mpmath.beta(x, y) * _psi(x, y),
    ("beta", (0, 1)): lambda x, y: mpmath.beta(x, y) * _psi(x, y),
    **{
        ("beta", order): lambda x, y: (
            mpmath.beta(x, y) * (_psi(x, y) ** 2 + max(mpmath.psi(1, z) for z in (x, y, x + y)))
        )
        for order in ((2, 0), (1, 1), (0, 2))
    },
    ("mish", (1,)): _logistic,
    ("mish", (2,)): lambda x: _logistic(x) * _logistic(-x),
    ("logsumexp", (0, 0)): lambda x, y: max(abs(x), abs(y)),
    ("atan2", (1, 1)): lambda y, x: 1 / (x * x + y * y),
    ("pow", (1, 1)): lambda x, y: x ** (y - 1),
    ("logaddexp", (0, 0)): lambda x, y: max(abs(x), abs(y)),
}


def orders(count: int) -> list[tuple[int, ...]]:
    """The value, the partials and the second derivatives of a function of one or two numbers.

    >>> orders(1)
    [(0,), (1,), (2,)]
    """
    every = itertools.product(range(3), repeat=count)
    return sorted((order for order in every if sum(order) <= 2), key=lambda o: (sum(o), o[::-1]))


# With more digits than these, a 0 counts as 0: the smallest float is 5e-324.
_ENOUGH = 350


def right(name: str, numbers: Sequence[float], order: tuple[int, ...]) -> tuple[Any, Any]:
    """A derivative at floats, and the number in whose last place its error is measured."""
    digits = 15
    before = None
    while True:
        with mpmath.workdps(4 * digits):
            point = [mpf(x) for x in numbers]
            now = _difference(FUNCTIONS[name], point, order, mpf(10) ** -digits)
            if before is not None and _agree(before, now, digits):
                scale = SCALES.get((name, order))
                return now, max(abs(now), scale(*point) if scale else 0)
        before = now
        digits *= 2


def _difference(
    function: Callable[..., Any], point: list[Any], order: tuple[int, ...], step: Any
) -> Any:
    """The derivative by central differences, with steps proportional to the point.

    For a step of 10 ** -d the error is about 10 ** -2d, and at most 2d of 4d digits cancel.
    """
    if not any(order):
        return function(*point)
    position = next(i for i, times in enumerate(order) if times)
    h = step * (abs(point[position]) or 1)
    rest = (*order[:position], 0, *order[position + 1 :])

    def at(shift: int) -> Any:
        moved = [*point[:position], point[position] + shift * h, *point[position + 1 :]]
        return _difference(function, moved, rest, step)

    if order[position] == 1:
        return (at(1) - at(-1)) / (2 * h)
    return (at(1) - 2 * at(0) + at(-1)) / h**2


def _agree(x: Any, y: Any, digits: int) -> bool:
    if max(abs(x), abs(y)) < mpf(10) ** -330:
        return digits > _ENOUGH
    return bool(abs(x - y) <= abs(y) * mpf(10) ** -20)


def units(number: float, right: Any, scale: Any) -> float:
    """The error of a float, in units in the last place of the scale."""
    with mpmath.workdps(40):
        if math.isnan(number):
            return math.inf
        rounded = float(right)
        if math.isinf(rounded) or math.isinf(number):
            # A number just above the largest float is rounded to it or to infinity.
            nearly = abs(number) > 1.7e308 and abs(right) > 1.7e308
            return 0.0 if number == rounded or (nearly and number * rounded > 0) else math.inf
        return float(abs(mpf(number) - right) / math.ulp(max(float(abs(scale)), 2.0**-1022)))
