"""The operations of a tape, and how each is computed, for numbers of any kind."""

import operator
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from autograd.numbers import elementary
from autograd.numbers.ieee import by_ieee, plain
from autograd.numbers.kinds import GAMMA_FUNCTIONS, SPECIAL_FUNCTIONS, STANDARD_FUNCTIONS

_Operand = TypeVar("_Operand")

# The functions of `elementary` that are operations, with the number of their operands.
FUNCTIONS = {
    **STANDARD_FUNCTIONS,
    **GAMMA_FUNCTIONS,
    **SPECIAL_FUNCTIONS,
    **dict.fromkeys(("abs", "sign", "floor", "tanh_slope"), 1),
    **dict.fromkeys(("pow", "floordiv", "maximum", "minimum"), 2),
}

# `x > y` is `y < x`.
COMPARISONS = {
    "less": operator.lt,
    "less_equal": operator.le,
    "equal": operator.eq,
    "not_equal": operator.ne,
}


def factors(operands: Sequence[_Operand]) -> list[tuple[_Operand, _Operand]]:
    """The pairs of factors that a `dot` multiplies: its operands are x_1, y_1, x_2, y_2, ...

    >>> factors([1, 2, 3, 4])
    [(1, 2), (3, 4)]
    """
    return list(zip(operands[::2], operands[1::2], strict=True))


def _dot(*operands: Any) -> Any:
    """The sum of the products, leaving out `* 1`."""
    result = None
    for x, y in factors(operands):
        product = x if type(y) is float and y == 1.0 else x * y
        result = product if result is None else result + product
    return result


OPERATIONS: dict[str, Callable[..., Any]] = {
    "neg": operator.neg,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "mod": operator.mod,
    **COMPARISONS,
    "logical_and": operator.and_,
    "logical_or": operator.or_,
    "where": elementary.where,
    "dot": _dot,
    **{name: getattr(elementary, name) for name in FUNCTIONS},
}

# How many operands each takes; `dot` takes any even number.
COUNTS = {
    **dict.fromkeys(OPERATIONS, 2),
    **FUNCTIONS,
    "neg": 1,
    "where": 3,
}
del COUNTS["dot"]


def is_of_python(operation: Any) -> bool:
    """Whether only Python can compute an operation, and neither C's library nor a browser."""
    return not isinstance(operation, str) or operation in SPECIAL_FUNCTIONS


def evaluate(operation: Any, numbers: Sequence[Any]) -> Any:
    """The result of an operation on numbers of one kind, for floats and complex by IEEE 754."""
    function = OPERATIONS.get(operation)
    if function is None:
        return operation(*numbers)
    try:
        return function(*numbers)
    except ArithmeticError:
        return plain(function(*by_ieee(numbers)))
