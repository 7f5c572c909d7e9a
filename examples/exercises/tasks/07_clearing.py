"""Accumulating and clearing gradients

`backward()` adds to the `grad` of leaves, and sets that of all other nodes anew:

    x = Value(3.0)
    y = x * x
    y.backward()          # A
    y.backward()          # B
    x.grad = 0
    z = 2 * x + y
    z.backward()          # C

1. grad: what are these after A, B and C?
2. descend: complete the loop, a step of gradient descent. `loss(w)` makes a new graph.
"""

grad = {
    "x after A": ...,
    "x after B": ...,
    "y after B": ...,
    "x after C": ...,
}


def descend(loss, w, learning_rate, steps):
    """Moves w.data against the gradient of loss(w), as many times as there are steps."""
    for _ in range(steps):
        ...


# %% The check
# ruff: noqa: E402
from math import isclose

from autograd import Value
from autograd import grad as gradient_of
from examples.exercises.checks import as_number, filled, require

HINTS = (
    "A second backward() through the same graph adds the same gradient to x once more.",
    "y is no leaf: in the pass from y itself its gradient is always 1.",
    "In each step: make the graph, clear w.grad, call backward(), move w.data.",
)

LEARNING_RATE = 0.1


def check(work):
    check_grads(filled(work.grad))
    if work.descend is not ...:
        check_descent(work.descend)


def check_grads(answers):
    x = Value(3.0)
    y = x * x
    y.backward()
    right = {"x after A": x.grad}
    y.backward()
    right |= {"x after B": x.grad, "y after B": y.grad}
    x.grad = 0
    (2 * x + y).backward()
    right["x after C"] = x.grad
    reasons = {
        "x after A": "the derivative of x * x, both factors counted",
        "x after B": "leaves accumulate: B adds to what A left",
        "y after B": "y is no leaf: its gradient is that of the last pass alone",
        "x after C": "x.grad was cleared; z reaches x directly and through y",
    }
    for name, answer in answers.items():
        is_right = as_number(name, answer) == right[name]
        require(is_right, f"{name} is not {answer}: {reasons[name]}")


def check_descent(descend):
    w = Value(1.0, "w")
    descend(loss, w, LEARNING_RATE, 3)
    reached = as_number("After 3 steps, w.data", w.data)
    if isclose(reached, descended(lambda old, new: new), rel_tol=1e-9):
        return
    mistakes = {
        1.0: "w did not move: its data must change",
        descended(lambda old, new: old + new): "the gradients of earlier steps are still in "
        "w.grad: clear it in every step, before backward()",
        descended(lambda old, new: -new): "w moves along the gradient, so the loss grows: subtract",
        descended(lambda old, new: new / LEARNING_RATE): "the learning rate is missing",
        descended(lambda old, new: new, steps=1): "only one step was made",
    }
    for number, sentence in mistakes.items():
        require(
            not isclose(reached, number, rel_tol=1e-9),
            f"After 3 steps w is {reached:.6g}: " + sentence,
        )
    require(False, f"After 3 steps from 1 down (w - 3)**4 / 8, w is {reached:.6g}, which is wrong")


def loss(w):
    return (w - 3) ** 4 / 8


def descended(combined, steps=3):
    """Where descent ends, if a step uses what is made of the gradient so far and a new one."""
    w, gradient = 1.0, 0.0
    for _ in range(steps):
        gradient = combined(gradient, gradient_of(loss)(w))
        w -= LEARNING_RATE * gradient
    return w
