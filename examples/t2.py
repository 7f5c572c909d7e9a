"""The sigmoid network of two inputs, two hidden neurons and one output, step by step.

This computes a tutorial's worked example again. The layers are I, J and K; x is the sum in a
neuron, and y its output. What the tutorial calls delta is the gradient of x, which needs no
extra work: `backward` computes it.
"""

from pathlib import Path
from typing import Any

import nn
from autograd import Value, check_derivation
from examples.published import print_comparison, print_findings
from examples.saving import save_graph, save_sequence

RATE = 0.01

PUBLISHED = {
    "x_j": "1.0",
    "y_j": "0.731",
    "y_k": "0.731",
    "delta_k": "0.231",
    "dE/dw_jk": "0.168861",
    "delta_j": "0.0227",
    "dE/dw_ij": "0.0227",
    "new w_ij": "0.499773",
    "new w_jk": "0.49831139",
    "new y_k": "0.7285",
    "new error": "0.2285",
}


def leaves() -> dict[str, Value]:
    """The inputs, the expected output and the weights, each labelled by its name."""
    numbers = {"y_i1": 1.0, "y_i2": 1.0, "expected": 0.5}
    numbers |= dict.fromkeys(("w_i1j1", "w_i2j1", "w_i1j2", "w_i2j2", "w_j1k", "w_j2k"), 0.5)
    return {name: Value(number, label=name) for name, number in numbers.items()}


def forward(leaf: dict[str, Value]) -> dict[str, Value]:
    """What the network computes, labelled: sigmoid hidden neurons, an output without activation."""
    x_j1 = leaf["w_i1j1"] * leaf["y_i1"] + leaf["w_i2j1"] * leaf["y_i2"]
    x_j2 = leaf["w_i1j2"] * leaf["y_i1"] + leaf["w_i2j2"] * leaf["y_i2"]
    y_j1, y_j2 = x_j1.sigmoid(), x_j2.sigmoid()
    y_k = leaf["w_j1k"] * y_j1 + leaf["w_j2k"] * y_j2
    error = (y_k - leaf["expected"]) ** 2 / 2
    nodes = {"x_j1": x_j1, "x_j2": x_j2, "y_j1": y_j1, "y_j2": y_j2, "y_k": y_k, "error": error}
    for name, node in nodes.items():
        node.label = name
    return nodes


def worked_example() -> dict[str, float]:
    """Every figure of the example. All its weights are equal, so one from each layer will do."""
    leaf = leaves()
    nodes = forward(leaf)
    nodes["error"].backward()
    figures = {
        "x_j": nodes["x_j1"].data,
        "y_j": nodes["y_j1"].data,
        "y_k": nodes["y_k"].data,
        "error": nodes["error"].data,
        "delta_k": nodes["y_k"].grad,
        "dE/dw_jk": leaf["w_j1k"].grad,
        "delta_j": nodes["x_j1"].grad,
        "dE/dw_ij": leaf["w_i1j1"].grad,
    }
    for name in leaf:
        if name.startswith("w"):
            leaf[name].data -= RATE * leaf[name].grad
    nodes = forward(leaf)
    figures["new w_ij"] = leaf["w_i1j1"].data
    figures["new w_jk"] = leaf["w_j1k"].data
    figures["new y_k"] = nodes["y_k"].data
    figures["new error"] = nodes["error"].data
    return figures


def main(pictures: Path) -> list[Path]:
    """Prints the comparison, and draws the graph, and the network step by step."""
    engine = worked_example()
    print_comparison(PUBLISHED, engine)
    print_findings(*reports())
    print_ambiguities(engine)
    nodes = forward(leaves())
    nodes["error"].backward()
    steps = nn.draw_passes(nodes["error"])
    return [
        save_graph(nodes["error"], pictures / "t2.svg"),
        *save_sequence(steps, pictures / "t2_step.svg"),
    ]


def reports() -> list[Any]:
    """What the checker finds in the forward pass, the gradients and the second pass."""
    error = forward(leaves())["error"]
    claims = {name: PUBLISHED[name[:3]] for name in ("x_j1", "x_j2", "y_j1", "y_j2", "y_k")}
    values = check_derivation(error, claims, of="value")
    # One figure was published for all weights of a layer, as they are equal.
    first, second = ("w_i1j1", "w_i2j1", "w_i1j2", "w_i2j2"), ("w_j1k", "w_j2k")
    claims = {"y_k": PUBLISHED["delta_k"], "x_j1": PUBLISHED["delta_j"]}
    claims |= dict.fromkeys(first, PUBLISHED["dE/dw_ij"])
    claims |= dict.fromkeys(second, PUBLISHED["dE/dw_jk"])
    gradients = check_derivation(error, claims, given=values)
    claims = {"y_k": PUBLISHED["new y_k"], "error": PUBLISHED["new error"]}
    claims |= dict.fromkeys(first, PUBLISHED["new w_ij"])
    claims |= dict.fromkeys(second, PUBLISHED["new w_jk"])
    news = check_derivation(error, claims, of="new value", learning_rate=RATE, given=gradients)
    return [values, gradients, news]


def print_ambiguities(engine: dict[str, float]) -> None:
    """Prints what the tutorial states in two ways, and the numbers that tell these apart."""
    leaf = leaves()
    y_k = forward(leaf)["y_k"].data
    summed = Value(y_k)
    ((summed - leaf["expected"]) ** 2).backward()
    added, as_node = Value(0.0), Value(0.0)
    ((y_k + added - leaf["expected"]) ** 2 / 2).backward()
    ((y_k + -1.0 * as_node - leaf["expected"]) ** 2 / 2).backward()
    print("What it says in two ways:")
    print("- Errors are 'simply summed', or halved and averaged. A sum of squares would have")
    print(f"  delta_k = {summed.grad:.3f}; the published {PUBLISHED['delta_k']} is its half.")
    print("- A bias is '+ b', or the weight of a node whose output is -1. Its derivative is")
    print(f"  {added.grad:.4f} or {as_node.grad:.4f}: the same network, with b of the other sign.")


if __name__ == "__main__":
    main(Path())
