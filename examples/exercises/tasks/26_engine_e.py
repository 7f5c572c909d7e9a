"""A broken engine: E

The last one. It gets small programs right and a whole network wrong: it fails only where a
computed number is used again later on.

Find out why, and fix it. Leave its forward pass as it is.
"""


class Number:
    """A number with its parents and the local derivatives."""

    def __init__(self, data, parents=(), partials=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.partials = partials

    def __add__(self, other):
        return Number(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Number(self.data * other.data, (self, other), (other.data, self.data))

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            order.append(node)
            for parent in node.parents:
                visit(parent)

        visit(self)
        self.grad = 1.0
        for node in order:
            for parent, partial in zip(node.parents, node.partials, strict=True):
                parent.grad += partial * node.grad


# %% The check
# ruff: noqa: E402
from examples.exercises.engines import check_engine

HINTS = (
    "In which order does it visit y, d and e in: d = a * b, e = d * a, y = d + e?",
    "The exercise on topological order has this graph.",
    "A node comes after its parents in the order if it is appended once they have been visited; "
    "then go through the order backwards.",
)

PROGRAMS = {
    "a * b": (lambda a, b: a * b, (2.0, 3.0)),
    "a * b + a": (lambda a, b: a * b + a, (2.0, 3.0)),
    "a * a": (lambda a: a * a, (3.0,)),
    "d + d * a, with d = a * b": (lambda a, b: used_twice(a * b, a), (2.0, 5.0)),
    "e * e + d, with d = a * b and e = d * a": (
        lambda a, b: squared_and_added(a * b, a),
        (0.5, 3.0),
    ),
}


def used_twice(d, a):
    return d + d * a


def squared_and_added(d, a):
    e = d * a
    return e * e + d


def check(work):
    check_engine(work.Number, PROGRAMS)
