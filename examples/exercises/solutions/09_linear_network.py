"""A linear network, solved by hand."""

value = {"h1": 0.89, "h2": 0.39, "prediction": 0.1631, "error": 0.350200805}

# prediction - target = -0.8369, times the other factors on the way.
gradient = {
    "w1": -0.16738,
    "w2": -0.25107,
    "w3": -0.318022,
    "w4": -0.477033,
    "w5": -0.744841,
    "w6": -0.326391,
}
new_weight = {
    "w1": 0.228369,
    "w2": 0.1625535,
    "w3": 0.0459011,
    "w4": 0.13385165,
    "w5": 0.13724205,
    "w6": 0.20631955,
}
second_pass = {"h1": 0.9443985, "h2": 0.49335715, "prediction": 0.2314004, "error": 0.2953727}
