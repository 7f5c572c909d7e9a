"""Shared weights and time, solved: from the last step back, and a share of each."""

gradient = {
    "h3": "h3 - t3",
    "h2": "(h2 - t2) + gradient(h3) * (1 - h3**2) * w",
    "h1": "gradient(h2) * (1 - h2**2) * w",
    "w": "gradient(h3) * (1 - h3**2) * h2 + gradient(h2) * (1 - h2**2) * h1"
    " + gradient(h1) * (1 - h1**2) * h0",
    "u": "gradient(h3) * (1 - h3**2) * x3 + gradient(h2) * (1 - h2**2) * x2"
    " + gradient(h1) * (1 - h1**2) * x1",
    "h0": "gradient(h1) * (1 - h1**2) * w",
}
