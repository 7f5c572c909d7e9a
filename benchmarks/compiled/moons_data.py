"""What all engines of the two moons start from."""

import random

from benchmarks.moons import WIDTH, ExplicitMLP, two_moons


def data(count: int, width: int = WIDTH):
    """Points of shape (count, 2), labels of shape (count,), and the parameters at the start."""
    import numpy as np

    points, labels = two_moons(count)
    random.seed(1337)
    parameters = ExplicitMLP(float, width).parameters()
    return np.array(points), np.array(labels, dtype=float), np.array(parameters)


def layers(vector):
    """Weights and biases as views of the vector in which each neuron has its bias last."""
    first, second, third = vector[:48].reshape(16, 3), vector[48:320].reshape(16, 17), vector[320:]
    return first[:, :2], first[:, 2], second[:, :16], second[:, 16], third[:16], third[16:]
