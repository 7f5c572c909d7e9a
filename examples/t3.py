"""The sigmoid network with two outputs: all its gradients, as numbers and as formulas.

A tutorial derives the gradients of the output weights, and leaves those of the hidden weights,
w1 to w4, to the reader. Here the engine derives all of them: the same code gives the figures when
it runs on numbers, and the formulas when it runs on SymPy symbols.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nn
from autograd import Value, sigmoid
from examples.published import print_table
from examples.saving import save_graph, save_picture, save_plot

INPUTS = {"i1": 0.05, "i2": 0.10, "t1": 0.5, "t2": 0.5}
WEIGHTS = {
    "w1": 0.15,
    "w2": 0.20,
    "w3": 0.25,
    "w4": 0.30,
    "w5": 0.40,
    "w6": 0.45,
    "w7": 0.50,
    "w8": 0.55,
}
RATE = 0.5
RATES = (0.1, 0.2, 0.5, 0.8, 1.0, 2.0)
EPOCHS = 100


def leaves(numbers: Mapping[str, Any]) -> dict[str, Value]:
    """The inputs, targets and weights, each labelled by its name."""
    return {name: Value(number, label=name) for name, number in numbers.items()}


def forward(leaf: dict[str, Value]) -> dict[str, Value]:
    """What the network computes, from the hidden sums to the total error, labelled."""
    h1 = leaf["w1"] * leaf["i1"] + leaf["w2"] * leaf["i2"]
    h2 = leaf["w3"] * leaf["i1"] + leaf["w4"] * leaf["i2"]
    a_h1, a_h2 = sigmoid(h1), sigmoid(h2)
    o1 = leaf["w5"] * a_h1 + leaf["w6"] * a_h2
    o2 = leaf["w7"] * a_h1 + leaf["w8"] * a_h2
    a_o1, a_o2 = sigmoid(o1), sigmoid(o2)
    e1 = (leaf["t1"] - a_o1) ** 2 / 2
    e2 = (leaf["t2"] - a_o2) ** 2 / 2
    nodes = {"h1": h1, "h2": h2, "a_h1": a_h1, "a_h2": a_h2, "o1": o1, "o2": o2}
    nodes |= {"a_o1": a_o1, "a_o2": a_o2, "E1": e1, "E2": e2, "E": e1 + e2}
    for name, node in nodes.items():
        node.label = name
    return nodes


def step(leaf: dict[str, Value], rate: float) -> float:
    """Moves every weight once against its gradient, and returns the error before that."""
    for name in WEIGHTS:
        leaf[name].grad = 0
    error = forward(leaf)["E"]
    error.backward()
    for name in WEIGHTS:
        leaf[name].data -= rate * leaf[name].grad
    return float(error.data)


def errors_of_training(rate: float) -> list[float]:
    """The error before each epoch, and after the last."""
    leaf = leaves(INPUTS | WEIGHTS)
    return [*(step(leaf, rate) for _ in range(EPOCHS)), forward(leaf)["E"].data]


def formulas() -> dict[str, Any]:
    """The derivative of the error with respect to each weight, as a SymPy formula.

    SymPy's formulas are written out down to the weights. So the outputs of neurons are replaced
    by their names, and sigmoid(-x) by its usual form, 1 - a.
    """
    from sympy import Symbol

    leaf = leaves({name: Symbol(name) for name in INPUTS | WEIGHTS})
    nodes = forward(leaf)
    nodes["E"].backward()
    names: dict[Any, Any] = {}
    for sums, outputs in (("o1", "a_o1"), ("o2", "a_o2"), ("h1", "a_h1"), ("h2", "a_h2")):
        names[nodes[outputs].data] = Symbol(outputs)
        names[sigmoid(-nodes[sums].data)] = 1 - Symbol(outputs)
    return {name: leaf[name].grad.subs(names) for name in WEIGHTS}


def main(pictures: Path) -> list[Path]:
    """Prints figures and formulas; draws the graph, the network and a sweep of learning rates."""
    leaf = leaves(INPUTS | WEIGHTS)
    nodes = forward(leaf)
    nodes["E"].backward()
    print_table(("quantity", "engine"), [(k, f"{node.data:.8f}") for k, node in nodes.items()])
    saved = [
        save_graph(nodes["E"], pictures / "t3.svg"),
        save_picture(nn.draw_network(nodes["E"], gradients=True), pictures / "t3_network.svg"),
    ]

    print_gradients(leaf, nodes)
    print_update(leaf)
    print(f"The output is sigmoid(o1) = {nodes['a_o1'].data:.4f}, as in the formulas; the prose")
    print(f"has it as the identity, which would be {nodes['o1'].data:.4f}.")

    print(f"Error after {EPOCHS} epochs:")
    errors = {rate: errors_of_training(rate) for rate in RATES}
    finals = [(str(rate), f"{errors[rate][-1]:.4e}") for rate in RATES]
    print_table(("learning rate", "final error"), finals)
    return saved + save_plot(
        lambda axes: nn.plot_learning_rates(errors, axes=axes), pictures / "t3_errors.png"
    )


def print_gradients(leaf: dict[str, Value], nodes: dict[str, Value]) -> None:
    """Prints all eight gradients: the engine's numbers, the formulas, and the formulas' numbers."""
    try:
        found = formulas()
    except ImportError:
        print('The formulas need SymPy: pip install "scalar-autograd[symbolic]"')
        print_table(("gradient", "engine"), [(f"dE/d{k}", f"{leaf[k].grad:.8f}") for k in WEIGHTS])
        return
    numbers = {name: node.data for name, node in (leaf | nodes).items()}
    rows = [
        (f"dE/d{name}", f"{leaf[name].grad:.8f}", f"{float(formula.subs(numbers)):.8f}")
        for name, formula in found.items()
    ]
    print_table(("gradient", "engine", "formula, in numbers"), rows)
    for name, formula in found.items():
        print(f"dE/d{name} = {formula}")


def print_update(leaf: dict[str, Value]) -> None:
    """Prints the weights after one step, and the error after a step in either direction."""
    start = step(leaf, RATE)
    print(f"One step with learning rate {RATE}:")
    print_table(("weight", "new"), [(name, f"{leaf[name].data:.8f}") for name in WEIGHTS])
    after = forward(leaf)["E"].data
    backwards = leaves(INPUTS | WEIGHTS)
    step(backwards, -RATE)
    opposite = forward(backwards)["E"].data
    print(f"The error goes from {start:.6f} to {after:.6f}. Here dw = -rate * dE/dw is added, as")
    print(f"in the formulas; subtracted, as the prose says, the error rises to {opposite:.6f}.")


if __name__ == "__main__":
    main(Path())
