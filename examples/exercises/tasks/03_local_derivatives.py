"""Local derivatives

The derivatives of single operations are all that backpropagation needs to know. Give
each as a formula in x and y, as text: "2 * x", "exp(x)", "-1".

You may use `+ - * / **`, parentheses, and functions by name.
"""

derivative = {
    "x + y": {"x": ..., "y": ...},
    "x - y": {"x": ..., "y": ...},
    "x * y": {"x": ..., "y": ...},
    "x / y": {"x": ..., "y": ...},
    "x ** 3": {"x": ...},
    "exp(x)": {"x": ...},
    "log(x)": {"x": ...},
    "tanh(x)": {"x": ...},
}

# %% The check
# ruff: noqa: E402
from functools import partial

from autograd import Value, exp, log, tanh
from examples.exercises.checks import check_each, check_formulas

HINTS = (
    "In x - y, y has a minus: if y grows, x - y falls just as fast.",
    "x / y is x times 1 / y, and the derivative of 1 / y is -1 / y**2.",
    "exp is its own derivative, that of log is 1 / x, and that of tanh is 1 minus its own square.",
)


def check(work):
    x, y = Value(0.7, "x"), Value(1.3, "y")
    results = {
        "x + y": x + y,
        "x - y": x - y,
        "x * y": x * y,
        "x / y": x / y,
        "x ** 3": x**3,
        "exp(x)": exp(x),
        "log(x)": log(x),
        "tanh(x)": tanh(x),
    }
    mistakes = {
        "x / y": {"y": {-1 / y**2: "this is the derivative of one over y, and x is a factor too"}},
        "exp(x)": {"x": {x * exp(x - 1): "the power rule is for x ** n. Here x is the exponent"}},
    }
    check_each(
        {
            text: partial(check_formulas, result, work.derivative[text], mistakes.get(text, {}))
            for text, result in results.items()
        }
    )
