"""check_derivation: no right claim is called wrong, however it was rounded."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from derivations.networks import networks
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import graphs

from autograd import Value, check_derivation, gradients

ROUNDINGS = [ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN]


def shown(number, digits, rounding):
    """The number with so many significant digits, in one of the ways in which people round."""
    exact = Decimal(number)
    return str(exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - digits), rounding))


def is_exact(text):
    """Whether it is an integer of one digit, which is meant as it is."""
    return len(text.lstrip("-")) == 1


@pytest.mark.parametrize("rounding", ROUNDINGS)
@given(network=networks(), data=st.data())
def test_no_rounded_gradient_is_called_wrong(rounding, network, data):
    error, nodes = network.graph()
    labels = list(nodes)
    exact = dict(zip(labels, gradients(error, list(nodes.values())), strict=True))
    digits = data.draw(st.integers(1, 15))
    claims = {label: shown(exact[label], digits, rounding) for label in labels if exact[label]}
    claims = {label: text for label, text in claims.items() if not is_exact(text)}
    report = check_derivation(error, claims)
    assert report, f"{report}"


@pytest.mark.parametrize("rounding", ROUNDINGS)
@given(network=networks(), places=st.integers(0, 9))
def test_no_number_with_some_decimals_is_called_wrong(rounding, network, places):
    error, nodes = network.graph()
    unit = Decimal(1).scaleb(-places)
    claims = {
        label: format(Decimal(node.data).quantize(unit, rounding), "f")
        for label, node in nodes.items()
    }
    claims = {label: text for label, text in claims.items() if not is_exact(text)}
    report = check_derivation(error, claims, of="value")
    assert report, f"{report}"


@given(graphs())
def test_no_gradient_of_any_program_is_called_wrong(drawn):
    program, start = drawn
    inputs = [Value(x, label=f"x{i}") for i, x in enumerate(start)]
    output = program(*inputs)
    assume(isinstance(output, Value))
    used = [x for x, exact in zip(inputs, gradients(output, inputs), strict=True) if exact]
    exact = gradients(output, used)
    assume(all(map(math.isfinite, exact)))
    for claims in (exact, [f"{g:.3e}" for g in exact], [shown(g, 5, ROUND_DOWN) for g in exact]):
        report = check_derivation(output, dict(zip(used, claims, strict=True)))
        assert report, f"{program}\n{report}"


# A proof takes SymPy about half a second.
@settings(max_examples=10)
@given(networks())
def test_no_formula_derived_by_hand_is_called_wrong(network):
    error, _ = network.graph()
    deltas = {k: f"(y{k} - t{k}) * y{k} * (1 - y{k})" for k in network.size}
    paths = " + ".join(f"{deltas[k]} * v{k}0" for k in network.size)
    claims = {
        "o1": "(y1 - t1) * sigmoid(o1) * sigmoid(-o1)",
        "v01": f"{deltas[0]} * a1",
        "v10": "gradient(o1) * a0",
        "w01": f"({paths}) * a0 * (1 - a0) * x1",
    }
    report = check_derivation(error, claims)
    assert report, f"{report}"


@given(networks(), st.integers(1, 9))
def test_a_digit_more_or_less_is_wrong(network, units):
    error, nodes = network.graph()
    right = gradients(error, nodes["v01"])
    exact = Decimal(shown(right, 6, ROUND_HALF_EVEN))
    unit = Decimal(1).scaleb(exact.adjusted() - 5)
    # Away from 0 by a whole unit or more, so that it is neither rounded nor cut off.
    claim = exact + (units + 1) * unit.copy_sign(exact)
    assert not check_derivation(error, {"v01": str(claim)})
