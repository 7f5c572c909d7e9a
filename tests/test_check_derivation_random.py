"""check_derivation on random networks: every mistake is named.

The networks are differentiated a second time, by hand; each mistake is made in that
hand derivation, at one place, as a person would make it.
"""

from decimal import Decimal

import pytest
from derivations.networks import RATE, networks
from hypothesis import assume, given

from autograd import check_derivation, gradients


def transposed(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


# Each returns the label of the weight, the claim, and where the mistake is.
MISTAKES = {
    "sign": lambda n: ("w01", -n.of_hidden_weight(0, 1), "w01"),
    "factor": lambda n: ("w01", 2 * n.of_hidden_weight(0, 1), "w01"),
    "half": lambda n: ("v10", n.of_output_weight(1, 0) / 2, "v10"),
    "decimal": lambda n: ("v10", 10 * n.of_output_weight(1, 0), "v10"),
    "missing derivative": lambda n: ("w10", n.of_hidden_weight(1, 0, slope=1.0), "a1"),
    "missing derivative of the output": lambda n: (
        "v01",
        n.delta_of_output(0, slope=1.0) * n.a[1],
        "y0",
    ),
    "missing path": lambda n: ("w10", n.of_hidden_weight(1, 0, left_out=0), "o0"),
    "transposed": lambda n: (
        "w01",
        n.of_hidden_weight(0, 1, output=transposed(n.output)),
        ", ".join(f"v{k}{j}" for k in n.size for j in n.size),
    ),
    "transposed gradients": lambda n: ("v01", n.of_output_weight(1, 0), "v10"),
    "new value": lambda n: ("w00", n.of_hidden_weight(0, 0, output=n.updated_output()), "all"),
    "update": lambda n: ("w01", RATE * n.of_hidden_weight(0, 1), "step of w01"),
    "updated weight": lambda n: (
        "w01",
        n.hidden[0][1] - RATE * n.of_hidden_weight(0, 1),
        "new w01",
    ),
    "other operand": lambda n: ("v01", n.delta_of_output(0) * n.output[0][1], "v01"),
}
KINDS = {
    "half": "factor",
    "missing derivative of the output": "missing derivative",
    "transposed gradients": "transposed",
    "updated weight": "update",
}


@pytest.mark.parametrize("mistake", MISTAKES)
@given(networks())
def test_every_mistake_is_named(mistake, network):
    label, claim, where = MISTAKES[mistake](network)
    error, nodes = network.graph()
    right = gradients(error, nodes[label])
    # A claim that is nearly right, and one in which nothing is left, tell no mistake.
    assume(abs(claim - right) > 1e-6 * abs(right) and abs(claim) > 1e-12)
    found = check_derivation(error, {label: claim}, learning_rate=RATE)[label]
    assert found.verdict == "wrong"
    named = KINDS.get(mistake, mistake)
    # In a network that happens to be symmetric, two mistakes may lead to one number.
    assert named in (found.kind, *found.alternatives), f"{mistake}: {found.message}"
    if found.kind == named:
        assert where.partition("all")[0] in (found.where or ""), found.message


@pytest.mark.parametrize("of", ["step", "update", "new value"])
@pytest.mark.parametrize("mistake", ["sign", "missing derivative", "missing path"])
@given(networks())
def test_mistakes_in_the_gradient_show_in_what_is_made_of_it(mistake, of, network):
    label, gradient, _ = MISTAKES[mistake](network)
    error, nodes = network.graph()
    assume(abs(gradient - gradients(error, nodes[label])) > 1e-6 * abs(gradient) > 0)
    step = RATE * gradient
    claim = {"step": step, "update": -step, "new value": nodes[label].data - step}[of]
    found = check_derivation(error, {label: claim}, of=of, learning_rate=RATE)[label]
    # The opposite of a step is the update, which is as good an answer.
    kinds = (found.kind, *found.alternatives)
    assert mistake in kinds, found.message
    assert mistake == found.kind or mistake == "sign", found.message


@given(networks())
def test_the_missing_learning_rate_is_a_factor(network):
    error, _ = network.graph()
    gradient = network.of_output_weight(0, 0)
    found = check_derivation(error, {"v00": gradient}, of="step", learning_rate=RATE)["v00"]
    assert (found.kind, found.where) == ("factor", "learning rate"), found.message


# Forward pass

VALUE_MISTAKES = {
    "missing operation": lambda n: ("a0", n.h[0], "a0"),
    "missing term": lambda n: ("h1", n.h[1] - n.hidden[1][0] * n.inputs[0], "w10 * x0"),
    "sign": lambda n: ("h1", n.h[1] - 2 * n.hidden[1][0] * n.inputs[0], ""),
    "decimal": lambda n: ("h1", n.h[1] + 9 * n.hidden[1][0] * n.inputs[0], ""),
    "transposed": lambda n: (
        "h0",
        sum(n.hidden[i][0] * n.inputs[i] for i in n.size),
        ", ".join(f"w{j}{i}" for j in n.size for i in n.size),
    ),
}


@pytest.mark.parametrize("mistake", VALUE_MISTAKES)
@given(networks())
def test_every_mistake_of_the_forward_pass_is_named(mistake, network):
    label, claim, where = VALUE_MISTAKES[mistake](network)
    error, nodes = network.graph()
    assume(abs(claim - nodes[label].data) > 1e-6 and abs(claim) > 1e-6)
    found = check_derivation(error, {label: claim}, of="value")[label]
    assert found.kind == mistake, found.message
    assert where in (found.where or ""), found.message


# What follows from a mistake


@given(networks())
def test_what_follows_from_a_wrong_claim_is_carried(network):
    error, _ = network.graph()
    delta = network.delta_of_output(0, slope=1.0)
    report = check_derivation(error, {"o0": delta, "v01": delta * network.a[1]})
    assert report["o0"].kind == "missing derivative"
    assert (report["v01"].kind, report["v01"].where) == ("carried", "gradient of o0"), f"{report}"


@given(networks())
def test_what_follows_from_rounded_figures_is_right(network):
    error, _ = network.graph()
    delta, activation = network.delta_of_output(0), network.a[1]
    rounded = {"o0": f"{delta:.3f}"}
    values = check_derivation(error, {"a1": f"{activation:.3f}"}, of="value")
    product = Decimal(f"{delta:.3f}") * Decimal(f"{activation:.3f}")
    assume(abs(float(product) - delta * activation) > 1e-5 and product)
    found = check_derivation(error, {**rounded, "v01": str(product)}, given=values)["v01"]
    assert found.verdict == "rounded", found.message
    assert ", with your " in found.message
    # Without the figures that it follows from it is not.
    assert not check_derivation(error, {"v01": str(product)})
