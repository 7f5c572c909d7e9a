"""The operations of a tape, and how each is computed for numbers of any kind."""

import operator
from collections.abc import Callable, Sequence
from typing import Any

from autograd.numbers import elementary
from autograd.numbers.ieee import by_ieee, plain

# One operand, of the same name in `elementary`.
FUNCTIONS = (
    *("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc"),
    *("absolute", "sign", "floor", "tanh_slope"),
)
# Two operands, likewise.
FUNCTIONS_OF_TWO = ("power", "floor_divide", "atan2", "hypot", "maximum", "minimum")

# `x > y` is `y < x`.
COMPARISONS = {
    "less": operator.lt,
    "less_equal": operator.le,
    "equal": operator.eq,
    "not_equal": operator.ne,
}


def _dot(*operands: Any) -> Any:
    """x_1 * y_1 + x_2 * y_2 + ... of x_1, y_1, x_2, y_2, ...; `* 1` is left out."""
    total = None
    for x, y in zip(operands[::2], operands[1::2], strict=True):
        product = x if type(y) is float and y == 1.0 else x * y
        total = product if total is None else total + product
    return total


OPERATIONS: dict[str, Callable[..., Any]] = {
    "neg": operator.neg,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "mod": operator.mod,
    **COMPARISONS,
    "both": operator.and_,
    "either": operator.or_,
    "where": elementary.where,
    "dot": _dot,
    **{name: getattr(elementary, name) for name in (*FUNCTIONS, *FUNCTIONS_OF_TWO)},
}

# How many operands each takes; `dot` takes any even number.
COUNTS = {
    **dict.fromkeys(OPERATIONS, 2),
    **dict.fromkeys(("neg", *FUNCTIONS), 1),
    "where": 3,
}
del COUNTS["dot"]


def evaluate(operation: str, numbers: Sequence[Any]) -> Any:
    """An operation on numbers of one kind, floats and complex numbers by IEEE 754."""
    function = OPERATIONS[operation]
    try:
        return function(*numbers)
    except ArithmeticError:
        return plain(function(*by_ieee(numbers)))
