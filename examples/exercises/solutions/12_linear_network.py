"""A linear network, solved by hand."""

value = {"h1": 0.89, "h2": 0.39, "prediction": 0.1987, "error": 0.321040845}

# prediction - target = -0.8013, times the other factors on the way.
gradient = {
    "w1": -0.224364,
    "w2": -0.336546,
    "w3": -0.304494,
    "w4": -0.456741,
    "w5": -0.713157,
    "w6": -0.312507,
}
new_weight = {
    "w1": 0.2312182,
    "w2": 0.1668273,
    "w3": 0.0452247,
    "w4": 0.13283705,
    "w5": 0.17565785,
    "w6": 0.20562535,
}
second_pass = {"h1": 0.9629183, "h2": 0.48896055, "prediction": 0.2696868, "error": 0.2666787}
