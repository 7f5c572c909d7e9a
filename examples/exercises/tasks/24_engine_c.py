"""A broken engine: C

An engine with one more operation, the ReLU. Networks train in it, but badly. The gradient
of relu(w * x) is right for some numbers, and wrong for others.

Find out why, and fix it. Leave its forward pass as it is.
"""


class Number:
    """A number with its parents, and with how a gradient goes to each of them."""

    def __init__(self, data, parents=(), gradients=None):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.gradients = gradients

    def __add__(self, other):
        return Number(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        def gradients(g):
            return g * other.data, g * self.data

        return Number(self.data * other.data, (self, other), gradients)

    def relu(self):
        return Number(max(0.0, self.data), (self,), lambda g: (g,))

    def backward(self):
        order, placed, waiting = [], set(), [self]
        while waiting:
            missing = [parent for parent in waiting[-1].parents if parent not in placed]
            if missing:
                waiting += missing
            else:
                node = waiting.pop()
                if node not in placed:
                    placed.add(node)
                    order.append(node)
        self.grad = 1.0
        for node in reversed(order):
            if node.parents:
                for parent, share in zip(node.parents, node.gradients(node.grad), strict=True):
                    parent.grad += share


# %% The check
# ruff: noqa: E402
from examples.exercises.engines import check_engine

HINTS = (
    "Try relu(w * x) with w * x = 6 and with w * x = -6.",
    "Where the ReLU gives 0, a small change of its operand changes nothing.",
    "The gradient goes through it unchanged, or not at all. It does not depend on how large the "
    "result is.",
)

PROGRAMS = {
    "a * b": (lambda a, b: a * b, (2.0, 3.0)),
    "a * b + a": (lambda a, b: a * b + a, (2.0, 3.0)),
    "relu(w * x)": (lambda w, x: (w * x).relu(), (2.0, 3.0)),
    "relu(w * x), not active,": (lambda w, x: (w * x).relu(), (-2.0, 3.0)),
    "relu(relu(w * x) * v + b)": (
        lambda w, x, v, b: ((w * x).relu() * v + b).relu(),
        (2.0, 3.0, 0.5, -1.0),
    ),
    "relu(w * x) * v + w": (lambda w, x, v: (w * x).relu() * v + w, (-2.0, 3.0, 0.5)),
}


def check(work):
    check_engine(work.Number, PROGRAMS)
