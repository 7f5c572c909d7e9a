"""Two outputs: the whole 2-2-2 network by hand

    h1 = w1 * i1 + w2 * i2          a_h1 = sigmoid(h1)
    h2 = w3 * i1 + w4 * i2          a_h2 = sigmoid(h2)
    o1 = w5 * a_h1 + w6 * a_h2      a_o1 = sigmoid(o1)
    o2 = w7 * a_h1 + w8 * a_h2      a_o2 = sigmoid(o2)
    E = E1 + E2,  E1 = (t1 - a_o1) ** 2 / 2,  E2 = (t2 - a_o2) ** 2 / 2

    i1 = 0.05, i2 = 0.10, t1 = t2 = 0.5
    w1 to w8 = 0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55

- gradient: the derivative of E with respect to each name, as a formula in names;
  `gradient(o1)` stands for the derivative of E with respect to o1.
- figure: three of them as numbers, with four digits or more.

The weights of the hidden neurons reach both outputs.
"""

gradient = {
    "a_o1": ...,
    "o1": ...,
    "o2": ...,
    "w5": ...,
    "w6": ...,
    "w7": ...,
    "w8": ...,
    "a_h1": ...,
    "h1": ...,
    "h2": ...,
    "w1": ...,
    "w2": ...,
    "w3": ...,
    "w4": ...,
}
figure = {"o1": ..., "w5": ..., "w1": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value, sigmoid
from examples.exercises.checks import check_figures, check_formulas, label

HINTS = (
    "(t1 - a_o1) ** 2 / 2 has the derivative a_o1 - t1: the minus inside flips the sign.",
    'Each output neuron has its delta: "gradient(a_o1) * a_o1 * (1 - a_o1)" is that of o1.',
    "a_h1 goes into o1, multiplied by w5, and into o2, multiplied by w7: two shares, added.",
)

LEAVES = {"i1": 0.05, "i2": 0.10, "t1": 0.5, "t2": 0.5, "w1": 0.15, "w2": 0.20, "w3": 0.25}
LEAVES |= {"w4": 0.30, "w5": 0.40, "w6": 0.45, "w7": 0.50, "w8": 0.55}


def check(work):
    error = network()
    check_formulas(error, work.gradient)
    check_figures(error, work.figure)


def network():
    leaf = {name: Value(number, name) for name, number in LEAVES.items()}
    h1 = leaf["w1"] * leaf["i1"] + leaf["w2"] * leaf["i2"]
    h2 = leaf["w3"] * leaf["i1"] + leaf["w4"] * leaf["i2"]
    a_h1, a_h2 = sigmoid(h1), sigmoid(h2)
    o1 = leaf["w5"] * a_h1 + leaf["w6"] * a_h2
    o2 = leaf["w7"] * a_h1 + leaf["w8"] * a_h2
    a_o1, a_o2 = sigmoid(o1), sigmoid(o2)
    e1, e2 = (leaf["t1"] - a_o1) ** 2 / 2, (leaf["t2"] - a_o2) ** 2 / 2
    error = e1 + e2
    label(h1=h1, h2=h2, a_h1=a_h1, a_h2=a_h2, o1=o1, o2=o2, a_o1=a_o1, a_o2=a_o2)
    label(E1=e1, E2=e2, E=error)
    return error
