"""Batches and means, solved."""

# p - t is -0.73, 0.82 and 1.04.
gradient = {"p1": -0.486667, "p2": 0.546667, "p3": 0.693333, "w": 3.926667}
# Their mean is 3.926667: the derivative of the mean is the mean of the derivatives.
alone = {"example 1": -1.46, "example 2": 4.92, "example 3": 8.32}
# A sum needs a rate three times smaller; batches of unequal size must be weighted.
instead = {"sum": 11.78, "each twice": 3.926667, "mean of two means": 2.58}
