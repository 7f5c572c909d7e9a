"""ReLU and kinks, solved."""

# h1 = 1.2, h2 = 0, d = -0.8; nothing flows back through h2.
gradient = {"d": -0.8, "w1": -1.2, "w2": 0, "x": -0.64}
sides = {
    "relu(x) at 0": (0, 1),
    "abs(x) at 0": (-1, 1),
    "maximum(x, 2) at 2": (0, 1),
}
chosen = {
    "relu(x) at 0": 0,
    "abs(x) at 0": 0,
    "maximum(x, 2) at 2": 0.5,
}
