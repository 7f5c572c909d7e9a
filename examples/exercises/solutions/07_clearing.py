"""Accumulating and clearing gradients, solved."""

grad = {
    "x after A": 6,
    "x after B": 12,
    "y after B": 1,
    "x after C": 8,
}


def descend(loss, w, learning_rate, steps):
    """Moves w.data against the gradient of loss(w), as many times as there are steps."""
    for _ in range(steps):
        w.grad = 0
        loss(w).backward()
        w.data -= learning_rate * w.grad
