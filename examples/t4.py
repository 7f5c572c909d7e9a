"""The most widely read example of backpropagation: which slip led to its last figures?

Matt Mazur's step-by-step example: two inputs, two hidden neurons and two outputs with biases,
all sigmoid, one update at a learning rate of 0.5. The checker is given every published figure.
All are right up to the new weights; the error after the update is not what these weights give.
"""

from pathlib import Path
from typing import Any

import nn
from autograd import Value, check_derivation, sigmoid
from examples import t3
from examples.published import print_table
from examples.saving import save_graph, save_picture

INPUTS = {"i1": 0.05, "i2": 0.10, "t1": 0.01, "t2": 0.99, "b1": 0.35, "b2": 0.60}
WEIGHTS = t3.WEIGHTS
OUTPUT_WEIGHTS = ("w5", "w6", "w7", "w8")
RATE = 0.5
UPDATES = 10_000

VALUES = {
    "net_h1": "0.3775",
    "out_h1": "0.593269992",
    "out_h2": "0.596884378",
    "net_o1": "1.105905967",
    "out_o1": "0.75136507",
    "out_o2": "0.772928465",
    "E_o1": "0.274811083",
    "E_o2": "0.023560026",
    "E": "0.298371109",
}
GRADIENTS = {
    "out_o1": "0.74136507",
    "net_o1": "0.74136507 * 0.186815602",
    "w5": "0.082167041",
    "w1": "0.000438568",
}
NEW_VALUES = {
    "w1": "0.149780716",
    "w2": "0.19956143",
    "w3": "0.24975114",
    "w4": "0.29950229",
    "w5": "0.35891648",
    "w6": "0.408666186",
    "w7": "0.511301270",
    "w8": "0.561370121",
    "E": "0.291027924",
}
# The error and the outputs after 10,000 updates.
AT_THE_END = {"E": "0.0000351085", "out_o1": "0.015912196", "out_o2": "0.984065734"}


def leaves() -> dict[str, Value]:
    """The inputs, targets, biases and weights, each labelled by its name."""
    return {name: Value(number, label=name) for name, number in (INPUTS | WEIGHTS).items()}


def outputs(leaf: dict[str, Value], out_h1: Value, out_h2: Value) -> dict[str, Value]:
    """The sums of both outputs."""
    net_o1 = leaf["w5"] * out_h1 + leaf["w6"] * out_h2 + leaf["b2"]
    net_o2 = leaf["w7"] * out_h1 + leaf["w8"] * out_h2 + leaf["b2"]
    return {"net_o1": net_o1, "net_o2": net_o2}


def forward(leaf: dict[str, Value]) -> dict[str, Value]:
    """What the network computes, from the hidden sums to the total error, labelled."""
    net_h1 = leaf["w1"] * leaf["i1"] + leaf["w2"] * leaf["i2"] + leaf["b1"]
    net_h2 = leaf["w3"] * leaf["i1"] + leaf["w4"] * leaf["i2"] + leaf["b1"]
    out_h1, out_h2 = sigmoid(net_h1), sigmoid(net_h2)
    nodes = {"net_h1": net_h1, "net_h2": net_h2, "out_h1": out_h1, "out_h2": out_h2}
    nodes |= outputs(leaf, out_h1, out_h2)
    nodes["out_o1"], nodes["out_o2"] = sigmoid(nodes["net_o1"]), sigmoid(nodes["net_o2"])
    nodes["E_o1"] = (leaf["t1"] - nodes["out_o1"]) ** 2 / 2
    nodes["E_o2"] = (leaf["t2"] - nodes["out_o2"]) ** 2 / 2
    nodes["E"] = nodes["E_o1"] + nodes["E_o2"]
    for name, node in nodes.items():
        node.label = name
    return nodes


def reports() -> list[Any]:
    """What the checker finds in the forward pass, the gradients, the new weights and error."""
    error = forward(leaves())["E"]
    values = check_derivation(error, VALUES, of="value")
    gradients = check_derivation(error, GRADIENTS, given=values)
    news = check_derivation(error, NEW_VALUES, of="new value", learning_rate=RATE, given=gradients)
    return [values, gradients, news]


def step(leaf: dict[str, Value], is_through_new_weights: bool) -> None:
    """Moves every weight once against its gradient.

    Args:
        leaf: the inputs and weights, which are moved.
        is_through_new_weights: whether the output weights are moved first, so that the gradients
            of the hidden weights go back through the new ones. That is the slip.
    """
    for name in WEIGHTS:
        leaf[name].grad = 0.0
    nodes = forward(leaf)
    nodes["E"].backward()
    for name in OUTPUT_WEIGHTS:
        leaf[name].data -= RATE * leaf[name].grad
    hidden = [name for name in WEIGHTS if name not in OUTPUT_WEIGHTS]
    if is_through_new_weights:
        for name in hidden:
            leaf[name].grad = 0.0
        for net, node in outputs(leaf, nodes["out_h1"], nodes["out_h2"]).items():
            node.backward(nodes[net].grad)
    for name in hidden:
        leaf[name].data -= RATE * leaf[name].grad


def trained(is_through_new_weights: bool, updates: int = UPDATES) -> dict[str, Value]:
    """What the network computes after many updates, with the slip or without."""
    leaf = leaves()
    for _ in range(updates):
        step(leaf, is_through_new_weights)
    return forward(leaf)


def main(pictures: Path) -> list[Path]:
    """Prints what the checker says about each figure, and trains with and without the slip."""
    for report in reports():
        print(report)
    right, slipped = trained(False), trained(True)
    print(f"After {UPDATES:,} updates, with the hidden gradients through the output weights from")
    print("before each update, and through those from after it:")
    rows = [
        (name, figure, f"{right[name].data:.9g}", f"{slipped[name].data:.9g}")
        for name, figure in AT_THE_END.items()
    ]
    print_table(("quantity", "published", "before", "after"), rows)
    print("So the slip was in the program. The error is another one: of these outputs it is")
    print(check_derivation(slipped["E"], AT_THE_END, of="value"))
    nodes = forward(leaves())
    nodes["E"].backward()
    return [
        save_graph(nodes["E"], pictures / "t4.svg"),
        save_picture(nn.draw_network(nodes["E"], gradients=True), pictures / "t4_network.svg"),
    ]


if __name__ == "__main__":
    main(Path())
