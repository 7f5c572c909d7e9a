"""Vanishing gradients, solved."""

# 0.650777 * 0.349223, times 0.622459 * 0.377541, times 0.5 * 0.5.
gradient = {"a2": 0.227266, "a1": 0.0534084, "x": 0.0133521}
steepest = {"sigmoid": 0.25, "tanh": 1, "relu": 1}
# A millionth is left. That is why deep networks use relu, and weights of the right size.
ten = {"at most": 0.25**10, "weight": 4}
exploding = 3**10
# It never vanishes: that is why deep networks have such connections.
skip = 1
