"""Branches add up, solved."""

gradient = {
    "p": "q",
    "q": "p",
    # Through p, through q, and directly.
    "a": "gradient(p) * u + gradient(q) * v + 1",
    "w": "gradient(a) * x",
    "u": "gradient(p) * a",
}
gradient_of_square = {"c": "2 * c"}
