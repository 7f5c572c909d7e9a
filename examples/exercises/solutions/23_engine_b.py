"""Engine B, fixed: the derivative of a - b with respect to b is -1."""

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
        return Number(self.data - other.data, (self, 1.0), (other, -1.0))

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
