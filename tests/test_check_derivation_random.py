"""check_derivation on random networks: no right claim is called wrong, every mistake is named.

The networks are differentiated a second time here, by hand; each mistake is made in that
hand derivation, at one place, as a person would make it.
"""

import math
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograd import Value, check_derivation, gradients, sigmoid
from autograd.testing import graphs

RATE = 0.3


@dataclass
class Network:
    """n inputs, n sigmoid neurons, n sigmoid neurons, half squared error; all are numbers."""

    inputs: list[float]
    targets: list[float]
    hidden: list[list[float]]
    output: list[list[float]]

    def __post_init__(self):
        self.size = range(len(self.inputs))
        self.h = [self._weighted(row, self.inputs) for row in self.hidden]
        self.a = [1 / (1 + math.exp(-h)) for h in self.h]
        self.o = [self._weighted(row, self.a) for row in self.output]
        self.y = [1 / (1 + math.exp(-o)) for o in self.o]

    def _weighted(self, row, numbers):
        return sum(w * x for w, x in zip(row, numbers, strict=True))

    def graph(self):
        """The error as a Value, and every node by its label."""
        size = self.size
        nodes = {}

        def named(label, node):
            node.label = label
            return nodes.setdefault(label, node)

        x = [named(f"x{i}", Value(self.inputs[i])) for i in size]
        t = [named(f"t{k}", Value(self.targets[k])) for k in size]
        w = [[named(f"w{j}{i}", Value(self.hidden[j][i])) for i in size] for j in size]
        v = [[named(f"v{k}{j}", Value(self.output[k][j])) for j in size] for k in size]
        h = [named(f"h{j}", total([w[j][i] * x[i] for i in size])) for j in size]
        a = [named(f"a{j}", sigmoid(h[j])) for j in size]
        o = [named(f"o{k}", total([v[k][j] * a[j] for j in size])) for k in size]
        y = [named(f"y{k}", sigmoid(o[k])) for k in size]
        errors = [named(f"E{k}", (y[k] - t[k]) ** 2 / 2) for k in size]
        return named("E", total(errors)), nodes

    # The derivation by hand, with the places at which it can go wrong as arguments.

    def delta_of_output(self, k, slope=None):
        slope = self.y[k] * (1 - self.y[k]) if slope is None else slope
        return (self.y[k] - self.targets[k]) * slope

    def of_output_weight(self, k, j):
        return self.delta_of_output(k) * self.a[j]

    def of_hidden_weight(self, j, i, output=None, slope=None, left_out=None):
        output = output or self.output
        slope = self.a[j] * (1 - self.a[j]) if slope is None else slope
        paths = [self.delta_of_output(k) * output[k][j] for k in self.size if k != left_out]
        return sum(paths) * slope * self.inputs[i]

    def updated_output(self):
        return [
            [self.output[k][j] - RATE * self.of_output_weight(k, j) for j in self.size]
            for k in self.size
        ]


def total(terms):
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


# Odd denominators: no two of the numbers are related by a factor of 2 or 10, and no
# weight is 1, so that one mistake does not lead to the number of another.
def numbers(denominator):
    """Numbers of moderate size, away from 0, so that every path counts."""
    return st.integers(200, 900).map(lambda n: n / denominator)


@st.composite
def networks(draw):
    count = draw(st.integers(2, 3))
    drawn = draw(st.lists(numbers(1009), min_size=2 * count**2, max_size=2 * count**2, unique=True))
    signs = draw(st.lists(st.sampled_from([-1, 1]), min_size=len(drawn), max_size=len(drawn)))
    weights = [sign * weight for sign, weight in zip(signs, drawn, strict=True)]
    rows = [weights[start : start + count] for start in range(0, len(weights), count)]
    inputs = draw(st.lists(numbers(611), min_size=count, max_size=count, unique=True))
    # Outputs lie between 0 and 1, so no target is met.
    targets = draw(st.lists(numbers(-397), min_size=count, max_size=count, unique=True))
    return Network(inputs, targets, rows[:count], rows[count:])


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
    assert found.kind == KINDS.get(mistake, mistake), f"{mistake}: {found.message}"
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
def test_what_follows_from_rounded_figures_is_not_blamed_on_the_derivation(network):
    error, _ = network.graph()
    delta, activation = network.delta_of_output(0), network.a[1]
    rounded = {"o0": f"{delta:.3f}"}
    values = check_derivation(error, {"a1": f"{activation:.3f}"}, of="value")
    product = Decimal(f"{delta:.3f}") * Decimal(f"{activation:.3f}")
    assume(abs(float(product) - delta * activation) > 1e-5 and product)
    report = check_derivation(error, {**rounded, "v01": str(product)}, given=values)
    assert (report["v01"].verdict, report["v01"].kind) == ("wrong", "rounding"), f"{report}"


# No right claim is called wrong

ROUNDINGS = [ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN]


def shown(number, digits, rounding):
    """The number with so many significant digits, in one of the ways in which people round."""
    exact = Decimal(number)
    return str(exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - digits), rounding))


@pytest.mark.parametrize("rounding", ROUNDINGS)
@given(network=networks(), data=st.data())
def test_no_rounded_gradient_is_called_wrong(rounding, network, data):
    error, nodes = network.graph()
    labels = list(nodes)
    exact = dict(zip(labels, gradients(error, list(nodes.values())), strict=True))
    digits = data.draw(st.integers(1, 15))
    claims = {label: shown(exact[label], digits, rounding) for label in labels if exact[label]}
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
