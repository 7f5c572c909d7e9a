"""Engine D, fixed: a set loses the second of two equal edges, so they are kept in a list."""


class Number:
    """A number with the edges that lead to its parents: pairs of parent and local derivative."""

    def __init__(self, data, edges=()):
        self.data = data
        self.grad = 0.0
        self.edges = list(edges)

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
