"""Branches add up

A value that is used several times reaches the result along several paths:

    a = w * x
    p = u * a
    q = v * a
    y = p * q + a

Along each path the local derivatives are multiplied; then the paths are added. Give the
derivative of y with respect to each name, as a formula in names: w, x, u, v, a, p, q.
`gradient(p)` stands for the derivative of y with respect to p.

And what is it for s = c * c, where both factors are the same value?
"""

gradient = {
    "p": ...,
    "q": ...,
    "a": ...,
    "w": ...,
    "u": ...,
}
gradient_of_square = {"c": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_formulas, label

HINTS = (
    "There are three paths from a to y: through p, through q, and directly.",
    'The path through p contributes "gradient(p) * u".',
    "c * c has two paths: c as the first factor, and c as the second.",
)


def check(work):
    w, x, u, v = Value(0.5, "w"), Value(1.3, "x"), Value(-0.7, "u"), Value(0.4, "v")
    a = w * x
    p, q = u * a, v * a
    y = p * q + a
    label(a=a, p=p, q=q, y=y)
    check_formulas(y, work.gradient)
    c = Value(1.7, "c")
    check_formulas(c * c, work.gradient_of_square)
