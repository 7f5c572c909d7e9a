"""Local derivatives, solved."""

derivative = {
    "x + y": {"x": "1", "y": "1"},
    "x - y": {"x": "1", "y": "-1"},
    "x * y": {"x": "y", "y": "x"},
    "x / y": {"x": "1 / y", "y": "-x / y**2"},
    "x ** 3": {"x": "3 * x**2"},
    "exp(x)": {"x": "exp(x)"},
    "log(x)": {"x": "1 / x"},
    "tanh(x)": {"x": "1 - tanh(x)**2"},
}
