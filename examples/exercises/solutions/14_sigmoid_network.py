"""A sigmoid network, solved by hand."""

value = {"x_j1": 1, "y_j1": 0.7310586, "y_k": 0.7310586, "E": 0.02669403}
gradient = {
    "y_k": "y_k - t",
    "w_j1k": "gradient(y_k) * y_j1",
    "w_j2k": "gradient(y_k) * y_j2",
    "y_j1": "gradient(y_k) * w_j1k",
    "x_j1": "gradient(y_j1) * y_j1 * (1 - y_j1)",
    "w_i1j1": "gradient(x_j1) * y_i1",
    "w_i2j1": "gradient(x_j1) * y_i2",
    "x_j2": "gradient(y_k) * w_j2k * y_j2 * (1 - y_j2)",
    "w_i1j2": "gradient(x_j2) * y_i1",
}
new_weight = {"w_j1k": 0.4831083, "w_i1j1": 0.4977286}
