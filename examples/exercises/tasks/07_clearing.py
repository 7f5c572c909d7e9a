"""Accumulating and clearing gradients

`backward()` adds to the `grad` of leaves, and resets that of all other nodes:

    x = Value(3.0)
    y = x * x
    y.backward()          # A
    y.backward()          # B
    x.grad = 0
    z = 2 * x + y
    z.backward()          # C

1. grad: what are these after A, B and C?
2. descend: complete the loop with a step of gradient descent. `loss(w)` makes a new graph.
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
from autograd import Value
from autograd import grad as gradient_of
from examples.exercises.checks import as_number, check_number

HINTS = (
    "A second backward() through the same graph adds the same gradient to x once more.",
    "y is not a leaf: in the pass that starts at y, its gradient is always 1.",
    "In each step: make the graph, clear w.grad, call backward(), move w.data.",
)

LEARNING_RATE = 0.1


def check(work):
    check_grads(work.grad)
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
    mistakes = {
        "x after A": {
            3: "x * x has two factors, and both get a share",
            9: "this is the value of y, and not the gradient of x",
            1: "that is the gradient of y: x gets 1 times the derivative of x * x",
        },
        "x after B": {
            6: "leaves accumulate: B adds to what A left",
            18: "A gave 6, and B adds 6, not 12",
            36: "B adds to what A left, and does not multiply",
            3: "x * x has two factors, and leaves accumulate",
        },
        "y after B": {
            2: "y is not a leaf: its gradient is that of the last pass alone",
            6: "the pass begins at y itself: its derivative with respect to itself is 1",
            0: "the pass begins at y itself: its derivative with respect to itself is 1",
            9: "this is the value of y",
        },
        "x after C": {
            2: "z reaches x directly and through y as well",
            6: "z reaches x through y and directly as well",
            20: "x.grad was cleared before C",
            14: "x.grad was cleared before C, and what A and B left is gone",
            15: "this is the value of z",
            5: "x * x has two factors, and both get a share",
        },
    }
    for name, number in right.items():
        check_number(name, answers[name], number, mistakes[name])


def check_descent(descend):
    w = Value(1.0, "w")
    descend(loss, w, LEARNING_RATE, 3)
    right = descended(lambda old, new: new)
    cleared = "the gradients of earlier steps are still in w.grad: clear it in every step, before "
    check_number(
        "After 3 steps from 1 down (w - 3)**4 / 8, w.data",
        as_number("After 3 steps, w.data", w.data),
        right,
        {
            1: "w did not move: its data must change, by a gradient that is not 0",
            descended(lambda old, new: old + new): cleared + "backward()",
            descended(lambda old, new: -new): "w moves along the gradient, so the loss grows: "
            "subtract",
            descended(lambda old, new: new / LEARNING_RATE): "the learning rate is missing",
            descended(lambda old, new: new, steps=1): "only one step was made",
            descended(lambda old, new: old or new): "every step uses the gradient of the first: "
            "loss(w) makes a new graph in each step",
        },
        within=1e-9,
    )


def loss(w):
    return (w - 3) ** 4 / 8


def descended(combined, steps=3):
    """Where descent ends, if a step uses what is made of the gradient so far and a new one."""
    w, gradient = 1.0, 0.0
    for _ in range(steps):
        gradient = combined(gradient, gradient_of(loss)(w))
        w -= LEARNING_RATE * gradient
    return w
