"""One product, solved. The derivative with respect to a factor is the other factor."""

value = {"y": 0.44}
gradient = {"w": 2, "x": 0.22}
