"""Equal weights, solved: that is why weights start at random numbers."""

# y - t is -0.462950; for u1 times 0.5 * (1 - 0.53705**2) * 1.2, for v1 times 0.53705.
gradient = {"u1": -0.197655, "u2": -0.197655, "v1": -0.248627, "v2": -0.248627}
after = {"u1 - u2": 0, "different neurons": 1}
# Nothing moves, ever.
zero = {"derivative of u1": 0, "derivative of v1": 0, "u1 after 1,000 steps": 0}
# A different u2 would do as well: then h2 differs from h1.
start = {"u1": 0.5, "u2": 0.5, "v1": 0.5, "v2": -0.5}
