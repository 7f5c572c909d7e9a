"""A broken engine: A

This engine gets the gradient of some programs wrong: c * c, for one. Find out why, and
fix it. Leave its forward pass as it is.

The check runs small programs in it, and compares the gradients with those of this project.
"""


class Number:
    """A number that remembers how to pass its gradient on."""

    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __add__(self, other):
        result = Number(self.data + other.data, (self, other))

        def pass_on():
            self.grad += result.grad
            other.grad += result.grad

        result.pass_on = pass_on
        return result

    def __mul__(self, other):
        result = Number(self.data * other.data, (self, other))

        def pass_on():
            self.grad = other.data * result.grad
            other.grad = self.data * result.grad

        result.pass_on = pass_on
        return result

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()


# %% The check
# ruff: noqa: E402
from examples.exercises.engines import check_engine

HINTS = (
    "What is c.grad before, between and after the two lines of `pass_on` for c * c?",
    "Compare `pass_on` of the sum with that of the product, character by character.",
)

PROGRAMS = {
    "a * b": (lambda a, b: a * b, (2.0, 3.0)),
    "a + a": (lambda a: a + a, (2.0,)),
    "c * c": (lambda c: c * c, (1.5,)),
    "a * b + a": (lambda a, b: a * b + a, (2.0, 3.0)),
    "(a + b) * a": (lambda a, b: (a + b) * a, (2.0, 3.0)),
    "(b + a) * a": (lambda a, b: (b + a) * a, (2.0, 3.0)),
    "a * b + a * c": (lambda a, b, c: a * b + a * c, (2.0, 3.0, -0.5)),
}


def check(work):
    check_engine(work.Number, PROGRAMS)
