"""A neuron with another function

    z = w * x + b
    y = f(z)
    E = (y - t) ** 2 / 2

Give the derivative of E with respect to z and to w, for each of these functions f, as a
formula in names: w, x, b, t, z, y. `gradient(z)` stands for the derivative of E with
respect to z.

    tanh(z)
    log(1 + exp(z))        called softplus, a smooth relu
    sin(z)
    z * sigmoid(z)         called swish

Which of your lines change with f, and which do not?
"""

gradient = {
    "tanh(z)": {"z": ..., "w": ...},
    "log(1 + exp(z))": {"z": ..., "w": ...},
    "sin(z)": {"z": ..., "w": ...},
    "z * sigmoid(z)": {"z": ..., "w": ...},
}

# %% The check
# ruff: noqa: E402
from functools import partial

from autograd import Value, exp, log, sigmoid, sin, tanh
from examples.exercises.checks import check_each, check_formulas, label

HINTS = (
    "Two factors lead from E to z: y - t, and the derivative of f at z.",
    "The derivative of log(1 + exp(z)) is exp(z) / (1 + exp(z)). Have you met that before?",
    "z * sigmoid(z) is a product: (first)' * second + first * (second)'. The derivative of "
    "sigmoid(z) is sigmoid(z) * (1 - sigmoid(z)).",
    'From z to w the factor is x, whatever f is: "gradient(z) * x".',
)

FUNCTIONS = {
    "tanh(z)": tanh,
    "log(1 + exp(z))": lambda z: log(1 + exp(z)),
    "sin(z)": sin,
    "z * sigmoid(z)": lambda z: z * sigmoid(z),
}


def check(work):
    check_each(
        {
            f"f = {text}": partial(check_formulas, error_with(function), work.gradient[text])
            for text, function in FUNCTIONS.items()
        }
    )


def error_with(function):
    w, x, b, t = Value(0.6, "w"), Value(1.7, "x"), Value(-0.3, "b"), Value(0.4, "t")
    z = w * x + b
    y = function(z)
    error = (y - t) ** 2 / 2
    label(z=z, y=y, E=error)
    return error
