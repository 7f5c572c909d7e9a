"""One product, solved. The derivative with respect to a factor is the other factor."""

value = {"y": 0.396}
gradient = {"w": 1.76, "x": 0.225}
