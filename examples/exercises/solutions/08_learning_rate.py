"""A rate too large, solved."""

distance = {"0.1": 0.6, "0.25": 0, "0.4": -0.6, "0.6": -1.4}
factor = "1 - 4 * r"
# 1 - 4 * r is -1. The steepest direction limits the rate, and the flattest one the speed.
largest = 0.5
# 0.99 ** 69 is 0.4998.
steps = 69
