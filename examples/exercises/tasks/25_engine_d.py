"""A broken engine: D

In this engine, a * b + a is differentiated correctly, and so are most programs. A few
small ones are not.

Find one, find out why, and fix the engine. Leave its forward pass as it is.
"""


class Number:
    """A number with the edges that lead to its parents: pairs of parent and local derivative."""

    def __init__(self, data, edges=()):
        self.data = data
        self.grad = 0.0
        self.edges = set(edges)

    def __add__(self, other):
        return Number(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Number(self.data * other.data, [(self, other.data), (other, self.data)])

    def order(self):
        """All numbers below this one, each after its parents."""
        order, entered, waiting = [], set(), [(self, False)]
        while waiting:
            node, is_complete = waiting.pop()
            if is_complete:
                order.append(node)
            elif node not in entered:
                entered.add(node)
                waiting.append((node, True))
                waiting += [(parent, False) for parent, _ in node.edges]
        return order

    def backward(self):
        self.grad = 1.0
        for node in reversed(self.order()):
            for parent, partial in node.edges:
                parent.grad += partial * node.grad


# %% The check
# ruff: noqa: E402
from examples.exercises.engines import check_engine

HINTS = (
    "Work out by hand what the check says is wrong: how many edges lead from the result to a?",
    "How many edges does a + a have, and how many are in `edges`?",
    "A set holds each element only once.",
)

PROGRAMS = {
    "a + b": (lambda a, b: a + b, (2.0, 3.0)),
    "a * b": (lambda a, b: a * b, (2.0, 3.0)),
    "a * b + a": (lambda a, b: a * b + a, (2.0, 3.0)),
    "a + a": (lambda a: a + a, (2.0,)),
    "a * a": (lambda a: a * a, (3.0,)),
    "(a * a + b) * (a * a + b)": (
        lambda a, b: (a * a + b) * (a * a + b),
        (0.5, 3.0),
    ),
    "d * d + d, with d = a + a": (lambda a: (a + a) * (a + a) + (a + a), (0.5,)),
}


def check(work):
    check_engine(work.Number, PROGRAMS)
