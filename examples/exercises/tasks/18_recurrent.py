"""Shared weights and time

A recurrent neuron uses the same w and u at each step, and there is an error at two steps:

    h1 = tanh(w * h0 + u * x1)          E2 = (h2 - t2) ** 2 / 2
    h2 = tanh(w * h1 + u * x2)          E3 = (h3 - t3) ** 2 / 2
    h3 = tanh(w * h2 + u * x3)          E = E2 + E3

- gradient: the derivative of E with respect to each name, as a formula in names: h0 to h3,
  w, u, x1 to x3, t2, t3. `gradient(h2)` stands for the derivative of E with respect to h2.

h2 reaches E in two ways. w is used three times: at each step it gets a share, through the
tanh of that step, and the shares are added.
"""

gradient = {
    "h3": ...,
    "h2": ...,
    "h1": ...,
    "w": ...,
    "u": ...,
    "h0": ...,
}

# %% The check
# ruff: noqa: E402
from autograd import Value, tanh
from examples.exercises.checks import check_formulas, label

HINTS = (
    "h3 is in E3 only: its derivative is h3 - t3.",
    "h2 is in E2, and in h3: (h2 - t2) + gradient(h3) * (1 - h3**2) * w.",
    "The share of w at step 3 is gradient(h3) * (1 - h3**2) * h2: it meets what was there before.",
    "Once more at steps 2 and 1, each with the gradient, the tanh and the h of its own step: three "
    "shares, added. For u the same, with x.",
)


def check(work):
    check_formulas(recurrent(), work.gradient)


def recurrent():
    w, u = Value(0.7, "w"), Value(0.4, "u")
    h0 = Value(0.3, "h0")
    h, outputs = h0, []
    for step, x in enumerate((1.1, -0.6, 0.8), 1):
        h = tanh(w * h + u * Value(x, f"x{step}"))
        h.label = f"h{step}"
        outputs.append(h)
    e2 = (outputs[1] - Value(0.5, "t2")) ** 2 / 2
    e3 = (outputs[2] - Value(-0.2, "t3")) ** 2 / 2
    error = e2 + e3
    label(E2=e2, E3=e3, E=error)
    return error
