"""A small labelled graph, and random labelled networks with their derivatives by hand."""

import math
from dataclasses import dataclass

from hypothesis import strategies as st

from autograd import Value, sigmoid

RATE = 0.3


def labelled_product():
    """error = (w * x - t)^2 / 2 with h = w * x, all of them labelled."""
    w, x, t = Value(0.75, label="w"), Value(3.0, label="x"), Value(1.0, label="t")
    h = w * x
    h.label = "h"
    error = (h - t) ** 2 / 2
    error.label = "E"
    return error, w, x, t, h


@dataclass
class Network:
    """n inputs, n sigmoid neurons, n sigmoid neurons, half squared error; all are numbers."""

    inputs: list[float]
    targets: list[float]
    hidden: list[list[float]]
    output: list[list[float]]

    def __post_init__(self):
        self.size = range(len(self.inputs))
        self.h = [self._weighted(row, self.inputs) for row in self.hidden]
        self.a = [1 / (1 + math.exp(-h)) for h in self.h]
        self.o = [self._weighted(row, self.a) for row in self.output]
        self.y = [1 / (1 + math.exp(-o)) for o in self.o]

    def _weighted(self, row, numbers):
        return sum(w * x for w, x in zip(row, numbers, strict=True))

    def graph(self):
        """The error as a Value, and every node by its label."""
        size = self.size
        nodes = {}

        def named(label, node):
            node.label = label
            return nodes.setdefault(label, node)

        x = [named(f"x{i}", Value(self.inputs[i])) for i in size]
        t = [named(f"t{k}", Value(self.targets[k])) for k in size]
        w = [[named(f"w{j}{i}", Value(self.hidden[j][i])) for i in size] for j in size]
        v = [[named(f"v{k}{j}", Value(self.output[k][j])) for j in size] for k in size]
        h = [named(f"h{j}", total([w[j][i] * x[i] for i in size])) for j in size]
        a = [named(f"a{j}", sigmoid(h[j])) for j in size]
        o = [named(f"o{k}", total([v[k][j] * a[j] for j in size])) for k in size]
        y = [named(f"y{k}", sigmoid(o[k])) for k in size]
        errors = [named(f"E{k}", (y[k] - t[k]) ** 2 / 2) for k in size]
        return named("E", total(errors)), nodes

    # The derivation by hand, with the places at which it can go wrong as arguments.

    def delta_of_output(self, k, slope=None):
        slope = self.y[k] * (1 - self.y[k]) if slope is None else slope
        return (self.y[k] - self.targets[k]) * slope

    def of_output_weight(self, k, j):
        return self.delta_of_output(k) * self.a[j]

    def of_hidden_weight(self, j, i, output=None, slope=None, left_out=None):
        output = output or self.output
        slope = self.a[j] * (1 - self.a[j]) if slope is None else slope
        paths = [self.delta_of_output(k) * output[k][j] for k in self.size if k != left_out]
        return sum(paths) * slope * self.inputs[i]

    def updated_output(self):
        return [
            [self.output[k][j] - RATE * self.of_output_weight(k, j) for j in self.size]
            for k in self.size
        ]


def total(terms):
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


# Odd denominators: no two of the numbers are related by a factor of 2 or 10, and no
# weight is 1, so that one mistake does not lead to the number of another.
def numbers(denominator):
    """Numbers of moderate size, away from 0, so that every path counts."""
    return st.integers(200, 900).map(lambda n: n / denominator)


@st.composite
def networks(draw):
    count = draw(st.integers(2, 3))
    drawn = draw(st.lists(numbers(1009), min_size=2 * count**2, max_size=2 * count**2, unique=True))
    signs = draw(st.lists(st.sampled_from([-1, 1]), min_size=len(drawn), max_size=len(drawn)))
    weights = [sign * weight for sign, weight in zip(signs, drawn, strict=True)]
    rows = [weights[start : start + count] for start in range(0, len(weights), count)]
    inputs = draw(st.lists(numbers(611), min_size=count, max_size=count, unique=True))
    # Outputs lie between 0 and 1, so no target is met.
    targets = draw(st.lists(numbers(-397), min_size=count, max_size=count, unique=True))
    return Network(inputs, targets, rows[:count], rows[count:])
