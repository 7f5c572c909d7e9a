"""check_derivation: formulas as they are written on paper and as `explain` prints them."""

import re

import pytest

from autograd import Value, check_derivation, explain, tanh


def network(error_label="E"):
    """Two hidden tanh neurons on one input, a tanh output, half the square of the distance."""
    numbers = {"x1": 0.5, "w1": 0.3, "w2": 0.7, "w5": 0.5, "w6": -0.2, "t": 1.0}
    leaf = {label: Value(number, label=label) for label, number in numbers.items()}
    h1, h2 = tanh(leaf["w1"] * leaf["x1"]), tanh(leaf["w2"] * leaf["x1"])
    y = tanh(leaf["w5"] * h1 + leaf["w6"] * h2)
    error = (y - leaf["t"]) ** 2 / 2
    h1.label, h2.label, y.label, error.label = "h1", "h2", "y", error_label
    return error


# As on paper


@pytest.mark.parametrize(
    ("label", "claim"),
    [
        ("w6", "(y − t) · (1 − y²) · h2"),
        ("w6", "(y - t) × (1 - y²) × h2"),
        ("w1", "∂E/∂h1 · (1 − h1²) · x1"),
        ("w6", "∂E/∂y · (1 − y²)² · (1 − y²)⁻¹ · h2"),
        ("w6", "(y − t) · (1 − y¹²/y¹⁰) · h2"),
    ],
)
def test_formulas_in_the_signs_of_mathematics(label, claim):
    found = check_derivation(network(), {label: claim})[label]
    assert found.verdict == "right", found.message
    assert found.claimed == claim


@pytest.mark.parametrize("error_label", ["E", "loss", ""])
def test_every_formula_of_explain_is_read(error_label):
    error = network(error_label)
    named = error_label or "E"
    claims, label = {}, ""
    for line in str(explain(error)).partition("Backward pass")[2].splitlines():
        start, *equals = re.split(" [=≈] ", line)
        if f"∂{named}/∂" in start:
            label = start.strip().removeprefix(f"∂{named}/∂")
        # The chain rule comes first, and the numbers last.
        symbolic = [t for t in equals if re.search("[a-z]", t) and not re.search("∂(h1|h2|y)/", t)]
        if label and symbolic and label not in claims:
            claims[label] = symbolic[0]
    assert {"w1", "w5", "x1", "y"} <= claims.keys(), claims
    report = check_derivation(error, claims)
    assert report, f"{report}"


def test_labels_may_have_superscripts_and_be_raised():
    squared, weight = Value(0.5, label="x²"), Value(0.25, label="w₁")
    error = squared * weight**3
    assert check_derivation(error, {squared: "w₁³", weight: "3 · x² · w₁²"})
