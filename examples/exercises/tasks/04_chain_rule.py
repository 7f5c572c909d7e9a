"""The chain rule

A linear neuron with one input, and its error:

    p = w * x + b        the prediction
    d = p - t            its distance from the target t
    E = d ** 2

A small change of w changes p, which changes d, which changes E. The derivative of E
with respect to w is the product of the local derivatives along this path.

Give the derivative of E with respect to each name, as a formula in names: w, x, b, t, p, d.
`gradient(p)` stands for the derivative of E with respect to p: begin at E, and use what
you already have.
"""

gradient = {
    "d": ...,
    "p": ...,
    "w": ...,
    "x": ...,
    "b": ...,
    "t": ...,
}

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_formulas, label

HINTS = (
    "Begin at the end: E = d ** 2 has the local derivative 2 * d.",
    'One step back: d = p - t has the local derivative 1 in p, so p has "gradient(d) * 1".',
    "p = w * x + b has the local derivative x in w, w in x, and 1 in b.",
)


def check(work):
    w, x, b, t = Value(0.5, "w"), Value(2.6, "x"), Value(-0.3, "b"), Value(1.7, "t")
    p = w * x + b
    d = p - t
    error = d**2
    label(p=p, d=d, E=error)
    check_formulas(error, work.gradient)
