"""A neuron with another function, solved: one factor changes with f, and nothing else."""

gradient = {
    "tanh(z)": {"z": "(y - t) * (1 - y**2)", "w": "gradient(z) * x"},
    "log(1 + exp(z))": {"z": "(y - t) * sigmoid(z)", "w": "gradient(z) * x"},
    "sin(z)": {"z": "(y - t) * cos(z)", "w": "gradient(z) * x"},
    "z * sigmoid(z)": {
        "z": "(y - t) * (sigmoid(z) + z * sigmoid(z) * (1 - sigmoid(z)))",
        "w": "gradient(z) * x",
    },
}
