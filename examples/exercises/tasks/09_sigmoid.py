"""The sigmoid

    y = sigmoid(x) = 1 / (1 + exp(-x))

1. Give its derivative as a formula in x alone, and as a formula in y alone. (Formulas look
   like "exp(x)" or "2 * y".)
2. The function below raises OverflowError at x = -1000. Write one that is right for every
   float. Both 1 / (1 + exp(-x)) and exp(x) / (1 + exp(x)) are the sigmoid.
"""

import math

derivative_in_x = ...
derivative_in_y = ...


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def stable_sigmoid(x):
    return ...


# %% The check
# ruff: noqa: E402
import autograd
from autograd import Value
from examples.exercises.checks import check_formulas, inside, label, require

HINTS = (
    "Write y as (1 + exp(-x)) ** -1 and use the chain rule.",
    "The derivative is exp(-x) / (1 + exp(-x)) ** 2: one factor of it is y. What is the other?",
    "exp of a large number overflows, and exp of a very negative one is 0. So choose the formula "
    "by the sign of x.",
)

OUTER = (
    "this is the inner derivative, of 1 + exp(-x). That of 1 / u, the outer one, is missing: "
    "-1 / u**2, with u = 1 + exp(-x)"
)
POINTS = (0.0, 1.0, -1.0, 30.0, -30.0, 700.0, -700.0, 1000.0, -1000.0, 1e308, -1e308)
# An exponential, a sum and a quotient are each off by an ulp or two, 5e-16 together.
ROUNDING = 1e-14


def check(work):
    x = Value(0.9, "x")
    y = autograd.sigmoid(x)
    inner = autograd.exp(-x)
    with inside("derivative_in_x"):
        mistakes = {inner: OUTER, -inner: OUTER}
        check_formulas(y, {"x": work.derivative_in_x}, {"x": mistakes})
    label(y=y)
    with inside("derivative_in_y"):
        mistakes = {
            y - 1: "of the factors y and 1 - y, the one is missing, and the other has the "
            "wrong sign"
        }
        check_formulas(y, {"x": work.derivative_in_y}, {"x": mistakes})
    if work.stable_sigmoid is not ...:
        for x in POINTS:
            check_stable(work.stable_sigmoid, x)


def check_stable(function, x):
    try:
        result = function(x)
    except OverflowError:
        require(False, f"stable_sigmoid({x:g}) overflows: what sign has the operand of exp there?")
    require(isinstance(result, float), f"stable_sigmoid({x:g}) is {result!r}, and not a float")
    right = autograd.sigmoid(x)
    require(result == result, f"stable_sigmoid({x:g}) is nan: infinity divided by infinity?")
    require(
        abs(result - right) <= 1e-3 * right,
        f"stable_sigmoid({x:g}) is {result:.6g}, which is wrong",
    )
    require(
        abs(result - right) <= ROUNDING * right,
        f"stable_sigmoid({x:g}) is {result!r}: its last digits are lost, as where two "
        "nearly equal numbers are subtracted",
    )
