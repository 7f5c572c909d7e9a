"""Batches and means, solved."""

# p - t is -0.5, 0.8 and 1.
gradient = {"p1": -0.333333, "p2": 0.533333, "p3": 0.666667, "w": 3.4}
# Their mean is 3.4: the derivative of the mean is the mean of the derivatives.
alone = {"example 1": -1, "example 2": 3.2, "example 3": 8}
# A sum takes a rate that is three times smaller; batches of unequal size must be weighted.
instead = {"sum": 10.2, "each twice": 3.4, "mean of two means": 2.3}
