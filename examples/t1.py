"""Backpropagation by hand: a linear network of two inputs, two hidden values, one prediction.

This computes a tutorial's worked example again. Every published figure is compared with the
engine's, to the digits in which it was published. Then the same code runs on fractions, which
are exact.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import nn
from autograd import Value, check_derivation
from examples.published import print_comparison, print_findings, print_table
from examples.saving import save_graph, save_picture

# As text, so that each kind of number reads them without rounding.
INPUTS = {"i1": "2", "i2": "3", "target": "1"}
WEIGHTS = {"w1": "0.22", "w2": "0.15", "w3": "0.03", "w4": "0.11", "w5": "0.1", "w6": "0.19"}
RATE = "0.05"

PUBLISHED = {
    "h1": "0.89",
    "h2": "0.39",
    "prediction": "0.163",
    "error": "0.3502",
    "prediction - target": "-0.837",
    "rate * dE/dw1": "-0.0837",
    "rate * dE/dw2": "-0.125",
    "rate * dE/dw3": "-0.0159",
    "rate * dE/dw4": "-0.02385",
    "rate * dE/dw5": "-0.037",
    "rate * dE/dw6": "-0.0163",
    "new w1": "0.3",
    "new w2": "0.275",
    "new w3": "0.046",
    "new w4": "0.134",
    "new w5": "0.14",
    "new w6": "0.21",
    "new h1": "0.6825",
    "new h2": "0.49",
    "new prediction": "0.198",
}

# As published: one is from the forward pass, the others are derivatives of the error.
PUBLISHED_PREDICTION = "(w1*i1 + w3*i2)*w5 + (w2*i1 + w4*i2)*w6"
PUBLISHED_FORMULAS = {
    "w1": "(prediction - target) * w5 * i1",
    "w2": "(prediction - target) * w5 * i2",
    "w3": "(prediction - target) * w6 * i1",
    "w4": "(prediction - target) * w6 * i2",
    "w5": "(prediction - target) * h1",
    "w6": "1/2 * (prediction - target) * h2",
}


def leaves(number: Callable[[str], Any] = float) -> dict[str, Value]:
    """The inputs and weights as labelled Values over one kind of number: float or Fraction."""
    return {name: Value(number(text), label=name) for name, text in (INPUTS | WEIGHTS).items()}


def forward(leaf: dict[str, Value]) -> dict[str, Value]:
    """Everything that the network computes, from the hidden values to the error, labelled."""
    h1 = leaf["w1"] * leaf["i1"] + leaf["w2"] * leaf["i2"]
    h2 = leaf["w3"] * leaf["i1"] + leaf["w4"] * leaf["i2"]
    prediction = h1 * leaf["w5"] + h2 * leaf["w6"]
    difference = prediction - leaf["target"]
    error = difference**2 / 2
    nodes = {"h1": h1, "h2": h2, "prediction": prediction, "error": error}
    nodes["prediction - target"] = difference
    for name, node in nodes.items():
        node.label = name
    return nodes


def worked_example(number: Callable[[str], Any] = float) -> dict[str, Any]:
    """Every figure of the example: forward pass, gradients, update, second forward pass."""
    leaf, rate = leaves(number), number(RATE)
    nodes = forward(leaf)
    nodes["error"].backward()
    figures = {name: node.data for name, node in nodes.items()}
    for name in WEIGHTS:
        figures[f"dE/d{name}"] = leaf[name].grad
    for name in WEIGHTS:
        figures[f"rate * dE/d{name}"] = rate * leaf[name].grad
    for name in WEIGHTS:
        leaf[name].data -= rate * leaf[name].grad
        figures[f"new {name}"] = leaf[name].data
    for name, node in forward(leaf).items():
        figures[f"new {name}"] = node.data
    return figures


def main(pictures: Path) -> list[Path]:
    """Prints the comparison and the exact figures, and draws the graph and the network."""
    engine = worked_example()
    print_comparison(PUBLISHED, engine)
    print_findings(*reports())
    print_exact(engine)
    nodes = forward(leaves())
    nodes["error"].backward()
    return [
        save_graph(nodes["error"], pictures / "t1.svg"),
        save_picture(nn.draw_network(nodes["error"]), pictures / "t1_network.svg"),
    ]


def reports() -> list[Any]:
    """What the checker finds in the forward pass, the steps, the second pass and the formulas."""
    error, rate = forward(leaves())["error"], float(RATE)
    nodes = ("h1", "h2", "prediction", "error", "prediction - target")
    values = check_derivation(error, {name: PUBLISHED[name] for name in nodes}, of="value")
    claims = {name: PUBLISHED[f"rate * dE/d{name}"] for name in WEIGHTS}
    steps = check_derivation(error, claims, of="step", learning_rate=rate, given=values)
    claims = {name: PUBLISHED[f"new {name}"] for name in (*WEIGHTS, "h1", "h2", "prediction")}
    news = check_derivation(error, claims, of="new value", learning_rate=rate, given=steps)
    prediction = check_derivation(error, {"prediction": PUBLISHED_PREDICTION}, of="value")
    return [values, steps, news, prediction, check_derivation(error, PUBLISHED_FORMULAS)]


def print_exact(engine: dict[str, Any]) -> None:
    """Prints the first pass in fractions, and how far the floats are from these."""
    exact = worked_example(Fraction)
    names = ["prediction", "error", *(f"dE/d{name}" for name in WEIGHTS)]
    print("The same code on fractions:")
    print_table(("quantity", "exactly"), [(name, str(exact[name])) for name in names])
    furthest = max(abs(Fraction(engine[name]) - exact[name]) for name in exact)
    print(f"No float above is further than {float(furthest):.0e} from its fraction.")


if __name__ == "__main__":
    main(Path())
