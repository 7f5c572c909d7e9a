"""The chain rule, solved: each line goes one step back."""

gradient = {
    "d": "2 * d",
    "p": "gradient(d)",
    "w": "gradient(p) * x",
    "x": "gradient(p) * w",
    "b": "gradient(p)",
    "t": "-gradient(d)",
}
