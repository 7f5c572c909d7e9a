"""A sigmoid network, by hand

Two inputs, two hidden neurons with the sigmoid, one output without; no biases. Each weight
is named after what it connects:

    x_j1 = w_i1j1 * y_i1 + w_i2j1 * y_i2        y_i1 = y_i2 = 1
    x_j2 = w_i1j2 * y_i1 + w_i2j2 * y_i2        every weight is 0.5
    y_j1 = sigmoid(x_j1)
    y_j2 = sigmoid(x_j2)
    y_k = w_j1k * y_j1 + w_j2k * y_j2
    E = (y_k - t) ** 2 / 2                      t = 0.5

- value: the forward pass, as numbers.
- gradient: the derivative of E with respect to each name, as a formula in names;
  `gradient(y_k)` stands for the derivative of E with respect to y_k.
- new_weight: two weights after a step with the learning rate 0.1, as numbers.
"""

value = {"x_j1": ..., "y_j1": ..., "y_k": ..., "E": ...}
gradient = {
    "y_k": ...,
    "w_j1k": ...,
    "w_j2k": ...,
    "y_j1": ...,
    "x_j1": ...,
    "w_i1j1": ...,
    "w_i2j1": ...,
    "x_j2": ...,
    "w_i1j2": ...,
}
new_weight = {"w_j1k": ..., "w_i1j1": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value, sigmoid
from examples.exercises.checks import check_figures, check_formulas, label

HINTS = (
    "From the sigmoid exercise: its derivative is y * (1 - y), here y_j1 * (1 - y_j1).",
    "The gradient of x_j1 is what the literature calls delta: that of y_j1, times the derivative "
    "of the sigmoid.",
    "All weights are 0.5 here, but a formula must hold for any: look at which weight connects "
    "which two neurons.",
)


def check(work):
    error = network()
    check_figures(error, work.value, of="value")
    check_formulas(error, work.gradient)
    check_figures(error, work.new_weight, of="new value", learning_rate=0.1)


def network():
    w = {name: Value(0.5, f"w_{name}") for name in ("i1j1", "i2j1", "i1j2", "i2j2", "j1k", "j2k")}
    y_i1, y_i2, t = Value(1.0, "y_i1"), Value(1.0, "y_i2"), Value(0.5, "t")
    x_j1 = w["i1j1"] * y_i1 + w["i2j1"] * y_i2
    x_j2 = w["i1j2"] * y_i1 + w["i2j2"] * y_i2
    y_j1, y_j2 = sigmoid(x_j1), sigmoid(x_j2)
    y_k = w["j1k"] * y_j1 + w["j2k"] * y_j2
    error = (y_k - t) ** 2 / 2
    label(x_j1=x_j1, x_j2=x_j2, y_j1=y_j1, y_j2=y_j2, y_k=y_k, E=error)
    return error
