"""Two outputs, solved: from the error back, layer by layer."""

gradient = {
    "a_o1": "a_o1 - t1",
    "o1": "gradient(a_o1) * a_o1 * (1 - a_o1)",
    "o2": "(a_o2 - t2) * a_o2 * (1 - a_o2)",
    "w5": "gradient(o1) * a_h1",
    "w6": "gradient(o1) * a_h2",
    "w7": "gradient(o2) * a_h1",
    "w8": "gradient(o2) * a_h2",
    "a_h1": "gradient(o1) * w5 + gradient(o2) * w7",
    "h1": "gradient(a_h1) * a_h1 * (1 - a_h1)",
    "h2": "(gradient(o1) * w6 + gradient(o2) * w8) * a_h2 * (1 - a_h2)",
    "w1": "gradient(h1) * i1",
    "w2": "gradient(h1) * i2",
    "w3": "gradient(h2) * i1",
    "w4": "gradient(h2) * i2",
}
figure = {"o1": 0.0254122, "w5": 0.0128808, "w1": 0.000316993}
