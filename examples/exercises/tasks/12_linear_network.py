"""A linear network, by hand

Two inputs, two hidden values, one prediction; no biases, no activation functions:

    h1 = w1 * i1 + w2 * i2              i1 = 2,  i2 = 3
    h2 = w3 * i1 + w4 * i2              w1 = 0.22,  w2 = 0.15,  w3 = 0.03,  w4 = 0.11
    prediction = w5 * h1 + w6 * h2      w5 = 0.14,  w6 = 0.19
    error = (prediction - target) ** 2 / 2          target = 1

Work out the forward pass, the derivative of the error with respect to each weight, the
weights after one step of gradient descent with the learning rate 0.05, and the forward
pass with these. Give numbers with four digits or more, and all gradients at the old weights.

Where a figure builds on an earlier one, use that one unrounded.
"""

value = {"h1": ..., "h2": ..., "prediction": ..., "error": ...}
gradient = {"w1": ..., "w2": ..., "w3": ..., "w4": ..., "w5": ..., "w6": ...}
new_weight = {"w1": ..., "w2": ..., "w3": ..., "w4": ..., "w5": ..., "w6": ...}
second_pass = {"h1": ..., "h2": ..., "prediction": ..., "error": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_figures, filled, label

HINTS = (
    "The derivative of the error with respect to the prediction is prediction - target.",
    "w5 is multiplied by h1, so its derivative is (prediction - target) * h1. w1 is multiplied by "
    "i1, and the result by w5: three factors.",
    "New weight = weight - 0.05 * derivative. A negative derivative makes the weight larger.",
)

LEAVES = {"i1": 2.0, "i2": 3.0, "target": 1.0, "w1": 0.22, "w2": 0.15, "w3": 0.03, "w4": 0.11}
LEAVES |= {"w5": 0.14, "w6": 0.19}


def check(work):
    error = network()
    values = check_figures(error, work.value, of="value")
    gradients = check_figures(error, work.gradient, given=values)
    update = {"of": "new value", "learning_rate": 0.05}
    weights = check_figures(error, work.new_weight, given=gradients, **update)
    # The second pass depends on all of the new weights.
    if filled(work.new_weight) == work.new_weight:
        check_figures(error, work.second_pass, given=weights, **update)


def network():
    leaf = {name: Value(number, name) for name, number in LEAVES.items()}
    h1 = leaf["w1"] * leaf["i1"] + leaf["w2"] * leaf["i2"]
    h2 = leaf["w3"] * leaf["i1"] + leaf["w4"] * leaf["i2"]
    prediction = leaf["w5"] * h1 + leaf["w6"] * h2
    error = (prediction - leaf["target"]) ** 2 / 2
    label(h1=h1, h2=h2, prediction=prediction, error=error)
    return error
