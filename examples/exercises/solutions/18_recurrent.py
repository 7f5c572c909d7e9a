"""Shared weights and time, solved: from the last step back, and a share of each."""

gradient = {
    "h3": "h3 - t3",
    "h2": "(h2 - t2) + gradient(h3) * (1 - h3**2) * w3",
    "h1": "gradient(h2) * (1 - h2**2) * w2",
    "w3": "gradient(h3) * (1 - h3**2) * h2",
    "w2": "gradient(h2) * (1 - h2**2) * h1",
    "w1": "gradient(h1) * (1 - h1**2) * h0",
    "w": "gradient(w1) + gradient(w2) + gradient(w3)",
}
