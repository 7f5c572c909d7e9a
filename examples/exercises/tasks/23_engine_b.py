"""A broken engine: B

Another engine: each number keeps the edges that lead to its parents, with the local
derivatives. Numbers are visited in the reverse of the order in which they were made. It
gets the gradient of this program wrong:

    d = a - b
    d * d

Find out why, and fix it. Leave its forward pass as it is.
"""

import itertools


class Number:
    """A number with the edges that lead to its parents."""

    serial = itertools.count()

    def __init__(self, data, *edges):
        self.data = data
        self.grad = 0.0
        self.edges = edges
        self.made = next(Number.serial)

    def __add__(self, other):
        return Number(self.data + other.data, (self, 1.0), (other, 1.0))

    def __sub__(self, other):
        return Number(self.data - other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        return Number(self.data * other.data, (self, other.data), (other, self.data))

    def backward(self):
        below, waiting = {self}, [self]
        while waiting:
            for parent, _ in waiting.pop().edges:
                if parent not in below:
                    below.add(parent)
                    waiting.append(parent)
        self.grad = 1.0
        for node in sorted(below, key=lambda node: node.made, reverse=True):
            for parent, partial in node.edges:
                parent.grad += partial * node.grad


# %% The check
# ruff: noqa: E402
from examples.exercises.engines import check_engine

HINTS = (
    "The backward pass is right here. Which local derivative is not?",
    "If b grows, a - b falls.",
)

PROGRAMS = {
    "a + b": (lambda a, b: a + b, (2.0, 3.0)),
    "a * b": (lambda a, b: a * b, (2.0, 3.0)),
    "a - b": (lambda a, b: a - b, (2.0, 3.0)),
    "(a - b) * (a - b)": (lambda a, b: (a - b) * (a - b), (2.0, 3.5)),
    "a - b * a": (lambda a, b: a - b * a, (2.0, 3.0)),
}


def check(work):
    check_engine(work.Number, PROGRAMS)
