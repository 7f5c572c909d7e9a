"""One product

A weight w = 0.225 is multiplied by an input x = 1.76:

    y = w * x

- value: what is y?
- gradient: if w grows a little, how many times as much does y grow? That is the derivative
  of y with respect to w, a local derivative. And with respect to x?

Replace each `...` by a number.
"""

value = {"y": ...}
gradient = {"w": ..., "x": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_figures, label

HINTS = (
    "Put w = 0.235 in: how much larger is y? Divide that by 0.01.",
    "How much y changes with w depends on x: the larger x, the more.",
    "The derivative of w * x with respect to w is the other factor.",
)


def check(work):
    w, x = Value(0.225, "w"), Value(1.76, "x")
    y = w * x
    label(y=y)
    mistakes = {w + x: "w and x are multiplied, not added", w / x: "w and x are multiplied"}
    check_figures(y, work.value, {"y": mistakes}, of="value")
    check_figures(y, work.gradient)
