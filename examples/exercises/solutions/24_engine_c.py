"""Engine C, fixed: where the ReLU gives 0, no gradient goes through."""


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
        return Number(max(0.0, self.data), (self,), lambda g: (g if self.data > 0 else 0.0,))

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
