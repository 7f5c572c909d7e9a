"""The sigmoid, solved."""

import math

derivative_in_x = "exp(-x) / (1 + exp(-x))**2"
derivative_in_y = "y * (1 - y)"


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def stable_sigmoid(x):
    """The operand of exp is never positive, so nothing overflows."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
