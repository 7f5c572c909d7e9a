"""Batches and means, solved."""

# p - t is -0.7, 0.8 and 1.
gradient = {"p1": -0.466667, "p2": 0.533333, "p3": 0.666667, "w": 3.8}
# Their mean is 3.8: the derivative of the mean is the mean of the derivatives.
alone = {"example 1": -1.4, "example 2": 4.8, "example 3": 8}
# A sum takes a rate that is three times smaller; batches of unequal size must be weighted.
instead = {"sum": 11.4, "each twice": 3.8, "mean of two means": 2.5}
