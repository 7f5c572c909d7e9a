"""ReLU and kinks, solved."""

# h1 = 1.271, h2 = 0, d = -0.729; nothing flows back through h2.
gradient = {"d": -0.729, "w1": -1.12995, "w2": 0, "x": -0.59778}
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
