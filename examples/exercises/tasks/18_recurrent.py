"""Shared weights and time

A recurrent neuron uses the same weight w at each step, and there is an error at two steps:

    w1 = w2 = w3 = w            so that we can tell the steps apart
    h1 = tanh(w1 * h0 + x1)
    h2 = tanh(w2 * h1 + x2)     E2 = (h2 - t2) ** 2 / 2
    h3 = tanh(w3 * h2 + x3)     E3 = (h3 - t3) ** 2 / 2
                                E = E2 + E3

- gradient: the derivative of E with respect to each name, as a formula in names: w1 to w3,
  h0 to h3, t2, t3. `gradient(h2)` stands for the derivative of E with respect to h2.

h2 reaches E along two paths. And what does w get, if each of its three uses gets a share?
"""

gradient = {
    "h3": ...,
    "h2": ...,
    "h1": ...,
    "w3": ...,
    "w2": ...,
    "w1": ...,
    "w": ...,
}

# %% The check
# ruff: noqa: E402
from autograd import Value, tanh
from examples.exercises.checks import check_formulas, label

HINTS = (
    "h3 is in E3 only: its derivative is h3 - t3.",
    "h2 is in E2, and in h3: (h2 - t2) + gradient(h3) * (1 - h3**2) * w3.",
    "w3 is multiplied by the previous state, h2: gradient(h3) * (1 - h3**2) * h2.",
    "The three shares of w are added, as always where a value is used several times.",
)


def check(work):
    check_formulas(recurrent(), work.gradient)


def recurrent():
    w, h = Value(0.7, "w"), Value(0.3, "h0")
    shared, outputs = {}, []
    for step, x in enumerate((1.1, -0.6, 0.8), 1):
        shared[f"w{step}"] = w + 0
        h = tanh(shared[f"w{step}"] * h + Value(x, f"x{step}"))
        h.label = f"h{step}"
        outputs.append(h)
    e2 = (outputs[1] - Value(0.5, "t2")) ** 2 / 2
    e3 = (outputs[2] - Value(-0.2, "t3")) ** 2 / 2
    error = e2 + e3
    label(**shared, E2=e2, E3=e3, E=error)
    return error
