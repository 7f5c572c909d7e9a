"""Softmax and cross-entropy, solved: what is predicted minus what is right."""

import math

value = {"p1": 0.659001, "p2": 0.242433, "p3": 0.0985659}
gradient = {"z1": "p1", "z2": "p2 - 1", "z3": "p3"}
# Only differences of logits count.
shifted = 0.659001


def softmax(zs):
    largest = max(zs)
    weights = [math.exp(z - largest) for z in zs]
    return [weight / sum(weights) for weight in weights]
