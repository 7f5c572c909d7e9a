"""check_derivation: claims of 0 and of other integers, factors too many."""

import importlib
import inspect
import math
import random
import re
import sys
from fractions import Fraction

import pytest

from autograd import Value, check_derivation, detect_anomaly, gradients, no_grad, relu, sigmoid
from autograd.checking.derivation import diagnosis, mistakes
from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.mistakes import textbook
from autograd.graph import interior_nodes
from autograd.numbers import special
from autograd.primitive import PRIMITIVES


def leaves():
    return Value(0.7, label="x"), Value(1.3, label="w")


# 0 is claimed


@pytest.mark.parametrize("claim", [0, "0", "0.00", 0.0, Fraction(0), "1 - 1"])
def test_a_claim_of_0_is_not_told_as_a_sign(claim):
    x, _ = leaves()
    found = check_derivation(x * x, {x: claim})[x]
    assert (found.verdict, found.kind) == ("wrong", "missing path"), found.message
    assert "0 says that x * x does not change with x, but it does." in found.message


def test_a_claim_of_0_names_what_the_gradient_goes_through():
    x, w = leaves()
    dead, alive = relu(-x), x * w
    dead.label, alive.label = "dead", "alive"
    found = check_derivation(dead + alive, {x: 0})[x]
    assert (found.kind, found.where) == ("missing path", "alive"), found.message
    assert found.mistake.startswith("0 says that dead + alive does not change with x")


def test_a_formula_that_is_0_everywhere_is_a_claim_of_0():
    x, w = leaves()
    found = check_derivation(x * w, {x: "w - w"})[x]
    assert found.kind == "missing path", found.message


@pytest.mark.parametrize("of", ["step", "update"])
def test_a_step_of_0_is_told_as_a_gradient_of_0(of):
    x, _ = leaves()
    found = check_derivation(x * x, {x: 0}, of=of, learning_rate=0.1)[x]
    assert found.kind == "missing path", found.message


def test_a_weight_without_its_step_is_the_old_one():
    x, _ = leaves()
    found = check_derivation(x * x, {x: "0.700"}, of="new value", learning_rate=0.1)[x]
    assert found.kind == "old value", found.message
    assert "the step is missing" in found.message


def test_a_claim_of_0_about_the_error_itself_is_no_mistake_that_is_known():
    x, w = leaves()
    error = x * w
    assert check_derivation(error, {error: 0})[error].kind is None


# Integers


@pytest.mark.parametrize("claim", ["1", 1, "2 - 1", "+1", Fraction(1)])
def test_an_integer_that_a_mistake_gives_exactly_is_no_guess(claim):
    x, w = leaves()
    found = check_derivation(x - w, {w: claim})[w]
    assert found.kind == "sign", found.message
    assert "so few digits" not in found.message
    assert found.message.startswith("gradient of w is -1, not ")


def test_an_integer_is_not_taken_for_a_rounded_number_where_it_fits_as_it_is():
    # The derivative of h alone is 5, and half the right number, 5.2, would round to that.
    x, w = Value(1.04, label="x"), Value(3.0, label="w")
    h = 5 * w
    h.label = "h"
    found = check_derivation(h * (x + x), {w: "5"})[w]
    assert (found.kind, found.alternatives) == ("missing derivative", ()), found.message
    assert "so few digits" not in found.message, found.message


@pytest.mark.parametrize("claim", ["-0.01", "-0.4", "0.7", "0.006"])
def test_one_digit_is_wrong_without_a_guess(claim):
    # The gradient is 0.0123; half of it rounds to 0.006, and minus it to -0.01.
    w, t = Value(0.50615, label="w"), Value(0.5, label="t")
    found = check_derivation((w - t) ** 2, {w: claim}, learning_rate=0.1)[w]
    assert (found.verdict, found.kind, found.alternatives) == ("wrong", None, ()), found.message
    assert found.message == f"gradient of w is 0.0123, not {claim}: more digits would tell why."


def test_a_mistake_that_gives_one_digit_exactly_is_named():
    w, x = Value(1.5, label="w"), Value(0.5, label="x")
    found = check_derivation(w * x, {w: "-0.5"})[w]
    assert found.kind == "sign", found.message


def test_a_mistake_that_explains_one_digit_is_a_guess():
    x, w = leaves()
    found = check_derivation(x * w, {x: "0.7"})[x]
    assert "With so few digits, this is a guess." in found.message


@pytest.mark.parametrize("claim", ["1", "0", "0.0", "20", "7.1"])
def test_the_right_number_is_not_rounded_to_as_few_digits(claim):
    x = Value(1.875, label="x")
    message = check_derivation(x * x, {x: claim})[x].message
    assert message.startswith(f"gradient of x is 3.75, not {claim}: "), message


# A factor too many


@pytest.mark.parametrize(
    ("program", "label", "claim", "words"),
    [
        (lambda x, w: (x * w).tanh(), "w", "w*x*(1 - tanh(w*x)**2)", "w as a factor"),
        (lambda x, w: x.exp() * w, "x", "x*exp(x)*w", "of exp(x) with respect to x has x as"),
        (lambda x, w: (x + w) * 3.0, "w", "3 * w", "has w as a factor too many"),
    ],
)
def test_a_factor_too_many_is_named(program, label, claim, words):
    found = check_derivation(program(*leaves()), {label: claim})[label]
    assert found.kind == "extra factor", found.message
    assert words in found.message, found.message


def test_the_value_itself_is_no_derivative():
    x, w = leaves()
    found = check_derivation(x + w, {"w": "w"})["w"]
    assert (found.kind, found.where) == ("value", "w"), found.message
    assert "this is w itself" in found.message


def test_a_factor_too_many_is_no_second_explanation():
    # As w is 2, twice the right number also has w as a factor too many.
    x, w = Value(0.7, label="x"), Value(2.0, label="w")
    found = check_derivation(x * w * 3.0, {x: 12.0})[x]
    assert (found.kind, found.alternatives) == ("factor", ()), found.message


# Leaves without a label


def test_leaves_without_a_label_are_named_by_their_position():
    first, second, x = Value(4.0), Value(4.0), Value(0.7, label="x")
    report = check_derivation(first * x + second, {first: "3.2", second: "2 * x", "x": "4.1"})
    names = [verdict.figure for verdict in report.verdicts]
    assert names == ["gradient of w1", "gradient of w2", "gradient of x"]
    assert report[first].message.startswith("gradient of w1 is 0.7, not 3.2: ")
    assert report[second].message.startswith("gradient of w2 is 1 here, ")
    assert report["w2"] is report[second]


def test_no_name_by_position_is_the_label_of_another():
    first, second = Value(4.0), Value(0.7, label="w1")
    report = check_derivation(first * second, {first: "3.2", second: "-4.1"})
    assert [verdict.label for verdict in report.verdicts] == ["w2", "w1"]


def test_a_mistake_about_a_leaf_without_a_label_names_it_by_position():
    weight, x = Value(4.0), Value(0.7, label="x")
    error = (weight * x).tanh()
    slope = 1 - error.data**2
    found = check_derivation(error, {weight: 0.7 * slope, x: slope})[x]
    assert (found.kind, found.where) == ("missing derivative", "w1 * x"), found.message
    assert "the factor w1 in w1 * x is missing" in found.message


def test_names_by_position_are_kept_from_report_to_report():
    first, second, x = Value(4.0), Value(4.0), Value(0.7, label="x")
    error = first * x + second * x
    values = check_derivation(error, {first: "3"}, of="value")
    report = check_derivation(error, {second: "0.7", first: "0.7"}, given=values)
    assert [verdict.label for verdict in report.verdicts] == ["w2", "w1"]
    assert values[first].label == "w1"


def test_a_claim_that_was_mended_is_not_blamed():
    w, x = Value(0.5, label="w"), Value(3.0, label="x")
    h = w * x
    h.label = "h"
    error = h * h * 0.7
    wrong = check_derivation(error, {h: "1.9"}, of="value")
    mended = check_derivation(error, {h: "1.51"}, of="value", given=wrong)
    assert not mended
    right = check_derivation(error, {h: "1.5"}, of="value", given=mended)
    assert right.wrong == set()


def test_the_rows_of_a_matrix_are_found_where_a_bias_is_added_to_a_named_sum():
    x1, x2, b = Value(1.0, "x1"), Value(2.0, "x2"), Value(0.5, "b")
    sums = []
    for row in (1, 2):
        weights = [Value(float(row + column), f"w{row}{column}") for column in (1, 2)]
        sums.append(weights[0] * x1 + weights[1] * x2)
        sums[-1].label = f"z{row}"
    error = (sums[0] + b).tanh() * (sums[1] + b)
    ((first, second),) = square_matrices(interior_nodes(error))
    assert [w.label for w in first + second] == ["w11", "w12", "w21", "w22"]


@pytest.mark.parametrize("mode", [no_grad, detect_anomaly])
def test_a_mistake_is_named_in_any_mode(mode):
    # What people misremember is worked out once, when it is first asked for.
    textbook.derivative.cache_clear()
    textbook.misremembered.cache_clear()
    x, w = leaves()
    error = (x * w).sigmoid()
    with mode():
        found = check_derivation(error, {"w": "x * (1 - sigmoid(x*w))"})["w"]
    assert found.kind == "wrong derivative", found.message


# Slips that people make, each worked out by hand: as a formula, and as its number in four digits


class Named(dict):
    """Nodes by their labels."""

    def leaves(self, **numbers):
        for label, number in numbers.items():
            self(label, Value(number))

    def __call__(self, label, node):
        node.label = label
        self[label] = node
        return node


def neuron():
    n = Named()
    n.leaves(w=0.45, x=1.7, b=-0.35, t=0.85)
    z = n("z", n["w"] * n["x"] + n["b"])
    y = n("y", sigmoid(z))
    n("E", (y - n["t"]) ** 2 / 2)
    return n


def tanh_layers():
    """2-2-1, with tanh in the hidden layer."""
    n = Named()
    n.leaves(x1=0.6, x2=-1.45, w11=0.35, w12=0.72, w21=-0.55, w22=0.28, v1=0.83, v2=-0.62, t=0.4)
    h1 = n("h1", (n["w11"] * n["x1"] + n["w12"] * n["x2"]).tanh())
    h2 = n("h2", (n["w21"] * n["x1"] + n["w22"] * n["x2"]).tanh())
    y = n("y", n["v1"] * h1 + n["v2"] * h2)
    n("E", (y - n["t"]) ** 2 / 2)
    return n


def two_outputs():
    """1-2-2, all sigmoid."""
    n = Named()
    n.leaves(x=1.35, w1=0.42, w2=-0.77, t1=0.15, t2=0.9)
    n.leaves(v11=0.66, v12=-0.38, v21=0.53, v22=0.94)
    h1, h2 = (n(f"h{j}", sigmoid(n[f"w{j}"] * n["x"])) for j in (1, 2))
    for k in (1, 2):
        z = n(f"z{k}", n[f"v{k}1"] * h1 + n[f"v{k}2"] * h2)
        y = n(f"y{k}", sigmoid(z))
        n(f"E{k}", (y - n[f"t{k}"]) ** 2 / 2)
    n("E", n["E1"] + n["E2"])
    return n


def cross_entropy():
    n = Named()
    n.leaves(w=0.7, x=-1.3, b=0.25, t=0.8)
    z = n("z", n["w"] * n["x"] + n["b"])
    p = n("p", sigmoid(z))
    n("L", -(n["t"] * p.log() + (1 - n["t"]) * (1 - p).log()))
    return n


def softmax():
    n = Named()
    n.leaves(z1=0.4, z2=-0.75, z3=1.1, t1=0.15, t2=0.6, t3=0.25)
    powers = [n[f"z{k}"].exp() for k in (1, 2, 3)]
    total = powers[0] + powers[1] + powers[2]
    p1, p2, p3 = (n(f"p{k}", power / total) for k, power in enumerate(powers, 1))
    n("L", -(n["t1"] * p1.log() + n["t2"] * p2.log() + n["t3"] * p3.log()))
    return n


def time_steps():
    n = Named()
    n.leaves(u=0.85, w=0.55, x1=0.95, x2=-0.7, x3=1.25, t=0.3)
    h1 = n("h1", (n["w"] * n["x1"]).tanh())
    h2 = n("h2", (n["w"] * n["x2"] + n["u"] * h1).tanh())
    h3 = n("h3", (n["w"] * n["x3"] + n["u"] * h2).tanh())
    n("E", (h3 - n["t"]) ** 2)
    return n


def batch():
    n = Named()
    n.leaves(w=0.65, x1=1.2, x2=-0.45, x3=2.3, t1=0.35, t2=0.9, t3=1.1)
    for k in (1, 2, 3):
        n(f"y{k}", n["w"] * n[f"x{k}"])
    n("E", sum((n[f"y{k}"] - n[f"t{k}"]) ** 2 for k in (1, 2, 3)) / 3)
    return n


def product():
    n = Named()
    n.leaves(x=0.85)
    n("y", (3 * n["x"] ** 2) * n["x"].exp())
    return n


def quotient():
    n = Named()
    n.leaves(x=1.3)
    u, v = n("u", n["x"] ** 3 + 2), n("v", 4 * n["x"] + 1)
    n("y", u / v)
    return n


def nested():
    n = Named()
    n.leaves(x=0.7)
    u = n("u", n["x"] ** 2 + 3)
    n("y", u.sin())
    return n


def logarithm():
    n = Named()
    n.leaves(x=1.9)
    u = n("u", 5 * n["x"] + 1)
    n("y", u.log())
    return n


def recurrent():
    """The states of a linear unit, with an error at each."""
    n = Named()
    n.leaves(u=0.65, h0=1.45, t1=0.3, t2=1.15)
    n("h1", n["u"] * n["h0"])
    n("h2", n["u"] * n["h1"])
    n("E", ((n["h1"] - n["t1"]) ** 2 + (n["h2"] - n["t2"]) ** 2) / 2)
    return n


def logistic():
    """A sigmoid that is written out."""
    n = Named()
    n.leaves(z=0.85)
    n("y", 1 / (1 + (-n["z"]).exp()))
    return n


def factors():
    """A product of two functions that have names."""
    n = Named()
    n.leaves(x=1.35)
    u, v = n("u", n["x"].sin()), n("v", n["x"] ** 3)
    n("y", u * v)
    return n


def ridge():
    n = Named()
    n.leaves(w1=0.62, w2=-1.25, x1=0.95, x2=1.7, t=0.4, c=0.45)
    y = n("y", n["w1"] * n["x1"] + n["w2"] * n["x2"])
    n("E", (y - n["t"]) ** 2 + n["c"] / 2 * (n["w1"] ** 2 + n["w2"] ** 2))
    return n


def shared():
    """A weight that is used in two layers."""
    n = Named()
    n.leaves(w=0.75, x=1.45, t=0.2)
    h = n("h", (n["w"] * n["x"]).tanh())
    y = n("y", n["w"] * h)
    n("E", (y - n["t"]) ** 2 / 2)
    return n


def bell():
    n = Named()
    n.leaves(x=1.15)
    n("y", (-(n["x"] ** 2)).exp())
    return n


def power():
    n = Named()
    n.leaves(x=0.4)
    u = n("u", 3 * n["x"] + 1)
    n("y", u**5)
    return n


def gated():
    n = Named()
    n.leaves(z=0.65)
    n("y", n["z"].silu())
    return n


def distance():
    n = Named()
    n.leaves(x=1.5, y=-2.3)
    n("r", (n["x"] ** 2 + n["y"] ** 2).sqrt())
    return n


SLIPS = [
    # A factor too many
    (neuron, "b", "(y - t)*y*(1 - y)*b", "extra factor", "b"),
    (neuron, "w", "(y - t)*y*(1 - y)*x*w", "extra factor", "w"),
    (tanh_layers, "v1", "(y - t)*h1*(1 - h1**2)", "extra factor", "without its derivative"),
    # The number of another node
    (cross_entropy, "w", "(z - t)*x", "missing operation", "sigmoid is left out"),
    (neuron, "x", "(y - t)*y*(1 - y)*t", "other operand", "t stands where w belongs"),
    (tanh_layers, "w11", "(y - t)*v2*(1 - h1**2)*x1", "other operand", "v2 stands where v1"),
    (tanh_layers, "w11", "(y - t)*v1*(1 - h2**2)*x1", "other point", "not at (w11 * x1)"),
    (two_outputs, "h1", "(y1-t1)*y1*(1-y1)*v12 + (y2-t2)*y2*(1-y2)*v21", "other operand", "v12"),
    (two_outputs, "v11", "(y1-t1)*y1*(1-y1)*w1*x", "missing operation", "sigmoid is left out"),
    (recurrent, "u", "(h1-t1+(h2-t2)*u)*h1 + (h2-t2)*h2", "other operand", "step later"),
    (ridge, "w1", "2*(y-t)*x1 + c*w2", "other operand", "w2 stands where w1 belongs"),
    (ridge, "w1", "2*(y-t)*x1 + c*(w1 + w2)", "extra path", "w2 is added to w1"),
    # In the error
    (neuron, "w", "y*y*(1 - y)*x", "missing term", "without t"),
    (neuron, "w", "(y + t)*y*(1 - y)*x", "sign", "the sign of t"),
    (cross_entropy, "w", "p*x", "missing term", "without t"),
    (batch, "w", "2/3*(y1*x1 + y2*x2 + y3*x3)", "missing term", "without t1, t2, t3"),
    (ridge, "w1", "2*(y-t)*x1 + w1", "missing factor", "the factor c"),
    (ridge, "w1", "2*(y-t)*x1 + c", "missing factor", "2 * w1, not 2"),
    # A function that is written out, or a product
    (logistic, "z", "y*(1 + y)", "wrong derivative", "not y * (1 + y)"),
    (logistic, "z", "1 - y**2", "wrong derivative", "not 1 - y**2"),
    (gated, "z", "z*sigmoid(z)*(1 - sigmoid(z))", "wrong derivative", "silu"),
    # Without the inner derivative
    (nested, "x", "cos(x)", "wrong derivative", "the inner derivative is missing"),
    (power, "x", "5*3**4", "wrong derivative", "the inner derivative is missing"),
    (power, "x", "12*u**5", "wrong derivative", "not 4 * u**5"),
    (bell, "x", "-x**2*exp(-x**2 - 1)", "wrong derivative", "the inner derivative is missing"),
    (bell, "x", "exp(-x**2)", "missing derivative", "with respect to x is missing"),
    # Two ways
    (factors, "x", "v*cos(x)", "missing path", "the path through v"),
    (factors, "x", "cos(x)*u + 3*x**2*v", "combined wrongly", "change places"),
    (factors, "x", "u + v", "missing derivative", "of u, v with respect to x"),
    (shared, "w", "(y - t)*h*w*(1 - h**2)*x", "combined wrongly", "multiplied"),
    (distance, "x", "r/x", "wrong derivative", "upside down"),
    # One derivative for another, at one step
    (
        neuron,
        "w",
        "(y - t)*(1 - y**2)*x",
        "wrong derivative",
        "not 1 - y**2, which is that of tanh",
    ),
    (neuron, "w", "(y - t)*y*(1 + y)*x", "wrong derivative", "not y * (1 + y)"),
    (neuron, "b", "(y - t)*y", "wrong derivative", "y * (1 - y), not y"),
    (neuron, "b", "(y - t)*(1 - y)", "wrong derivative", "not 1 - y"),
    (neuron, "z", "(y - t)*(1 - y)**2", "wrong derivative", "not (1 - y) * (1 - y)"),
    (neuron, "w", "(y - t)*z*(1 - z)*x", "wrong derivative", "not z * (1 - z)"),
    (neuron, "w", "(y - t)**2*y*(1 - y)*x", "wrong derivative", "**2"),
    (tanh_layers, "w12", "(y - t)*v1*h1*(1 - h1)*x2", "wrong derivative", "that of sigmoid"),
    (tanh_layers, "w12", "(y - t)*v1*(1 - h1)*x2", "wrong derivative", "not 1 - h1"),
    (nested, "x", "cos(x)*2*x", "wrong derivative", "taken at x, not at u"),
    (nested, "x", "sin(u)*2*x", "wrong derivative", "sin itself"),
    (nested, "x", "cos(u)*2*x**2", "wrong derivative", "not 2 * x**2"),
    (nested, "x", "cos(u)*(2*x + 3)", "wrong derivative", "3 in u does not change with x"),
    (logarithm, "x", "5/y", "wrong derivative", "1 / u, not 1 / y"),
    (logarithm, "x", "1/u", "wrong derivative", "the factor 5"),
    (product, "x", "6*x*exp(x) + 3*x**2*x*exp(x - 1)", "wrong derivative", "own derivative"),
    # The same at every unit, and at every step of time
    (time_steps, "w", "2*(h3-t)*(1-h3)*(x3+u*(1-h2)*(x2+u*(1-h1)*x1))", "wrong derivative", "each"),
    (time_steps, "w", "2*(h3-t)*(x3+u*(x2+u*x1))", "missing derivative", "each time"),
    (
        two_outputs,
        "w1",
        "((y1-t1)*(1-y1**2)*v11 + (y2-t2)*(1-y2**2)*v21)*h1*(1-h1)*x",
        "wrong derivative",
        "each time",
    ),
    # Counted twice
    (
        neuron,
        "w",
        "(y - t)*(y*(1 - y))**2*x",
        "counted twice",
        "sigmoid at z is multiplied in twice",
    ),
    (cross_entropy, "w", "(p - t)*p*(1 - p)*x", "counted twice", "sigmoid"),
    (tanh_layers, "x1", "(y-t)*(2*v1*(1-h1**2)*w11 + v2*(1-h2**2)*w21)", "counted twice", "path"),
    (batch, "w", "2/3*((y1-t1)*x1 + 2*(y2-t2)*x2 + (y3-t3)*x3)", "counted twice", "y2"),
    # Paths
    (two_outputs, "v11", "(y1-t1 + y2-t2)*y1*(1-y1)*h1", "extra path", "y2"),
    (two_outputs, "z1", "(y1-t1)*y1*(1-y1) + (y2-t2)*y2*(1-y2)", "extra path", "z2"),
    (two_outputs, "h1", "(y1-t1)*y1*(1-y1)*v11", "missing path", "z2"),
    (tanh_layers, "w11", "(y - t)*(v1 + v2)*(1 - h1**2)*x1", "extra path", ""),
    (time_steps, "u", "2*(h3-t)*(1-h3**2)*h2", "missing path", ""),
    # Combined wrongly
    (product, "x", "6*x*exp(x)", "combined wrongly", ""),
    (quotient, "x", "3*x**2/4", "combined wrongly", "not the quotient rule"),
    (quotient, "x", "3*x**2/v", "combined wrongly", "the path through v is missing"),
    (
        batch,
        "w",
        "2*((y1-t1) + (y2-t2) + (y3-t3))/3*(x1 + x2 + x3)/3",
        "combined wrongly",
        "product of two means",
    ),
    (
        two_outputs,
        "h1",
        "(y1-t1)*y1*(1-y1)*v11*(y2-t2)*y2*(1-y2)*v21",
        "combined wrongly",
        "are multiplied, not added",
    ),
    # Softmax
    (softmax, "z1", "-t1*(1 - p1)", "missing path", "p1"),
    (softmax, "z1", "p1 - t2", "wrong term", "t1 and t2"),
    (softmax, "z2", "-t2/p2", "wrong term", "p2"),
]


def sigmoid_of(z):
    return 1 / (1 + math.exp(-z))


def number_of(nodes, formula):
    names = {label: node.data for label, node in nodes.items()}
    known = {"exp": math.exp, "sin": math.sin, "cos": math.cos, "sigmoid": sigmoid_of}
    return eval(formula, known, names)


@pytest.mark.parametrize("form", ["formula", "number"])
@pytest.mark.parametrize(("program", "label", "formula", "kind", "words"), SLIPS)
def test_a_slip_is_named(program, label, formula, kind, words, form):
    nodes = program()
    error = list(nodes.values())[-1]
    claim = formula if form == "formula" else f"{number_of(nodes, formula):.4g}"
    found = check_derivation(error, {label: claim})[label]
    assert (found.verdict, found.kind) == ("wrong", kind), found.message
    assert form == "number" or words in found.message, found.message


def test_a_mistake_is_not_made_of_any_other_number():
    # Of 60 numbers in six digits, from 1/4 to 4 times the right one, chance explains none.
    draw = random.Random(0)
    for program in (neuron, tanh_layers, two_outputs, time_steps):
        nodes = program()
        error = list(nodes.values())[-1]
        for _ in range(15):
            node = draw.choice([node for node in nodes.values() if node is not error])
            claim = f"{gradients(error, node) * draw.uniform(0.25, 4):.6g}"
            found = check_derivation(error, {node: claim})[node]
            assert (found.verdict, found.kind) == ("wrong", None), found.message


# Slips of the pen: numbers alone

PEN = [
    # The gradient of w is -0.1009; x is 1.7, w 0.45, y 0.602.
    ("w", "gradient", lambda n: "-0.1090", "digits", "two digits are swapped, 9 and 0"),
    ("w", "gradient", lambda n: "-0.10047", "digits", "the 4 in place 4 of 5"),
    ("w", "gradient", lambda n: "-0.100887", "digits", "a digit too many, the 8 in place 4"),
    ("w", "gradient", lambda n: "-0.1087", "digits", "a digit is left out, a 0 in place 2"),
    ("w", "gradient", lambda n: "0.85", "copied number", "the number of t"),
    ("z", "gradient", lambda n: "0.45", "copied number", "the number of w"),
    ("w", "gradient", lambda n: f"{n['z'].data:.4f}", "copied number", "the number of z"),
    ("y", "gradient", lambda n: f"{n['y'].data:.4f}", "value", "this is y itself"),
    ("w", "gradient", lambda n: f"{n['E'].data:.4f}", "value", "this is E itself"),
    (
        "w",
        "gradient",
        lambda n: f"{difference(n, 'w', 0.1):.5f}",
        "finite difference",
        "step of 0.1",
    ),
    ("w", "gradient", lambda n: f"{difference(n, 'w', 1):.4f}", "finite difference", "step of 1"),
    ("y", "value", lambda n: f"{math.tanh(n['z'].data):.4f}", "other function", "as tanh(z)"),
    ("y", "value", lambda n: f"{1 + math.exp(-n['z'].data):.4f}", "other function", "1 + exp(-z)"),
    (
        "E",
        "value",
        lambda n: f"{(n['z'].data - 0.85) ** 2 / 2:.5f}",
        "missing operation",
        "sigmoid is left out",
    ),
]


def difference(nodes, label, size):
    """(E(w + h) - E(w)) / h, by hand."""
    numbers = {label: node.data for label, node in nodes.items()}

    def error(moved):
        at = {**numbers, label: numbers[label] + moved}
        y = 1 / (1 + math.exp(-(at["w"] * at["x"] + at["b"])))
        return (y - at["t"]) ** 2 / 2

    return (error(size) - error(0)) / size


@pytest.mark.parametrize(("label", "of", "claim", "kind", "words"), PEN)
def test_a_slip_of_the_pen_is_named(label, of, claim, kind, words):
    nodes = neuron()
    found = check_derivation(nodes["E"], {label: claim(nodes)}, of=of)[label]
    assert (found.kind, words in found.message) == (kind, True), found.message


VALUES = [
    (neuron, "z", "w + x + b", "other function", "w * x is computed as w + x"),
    (neuron, "z", "w*x*b", "other function", "z is computed as w * x * b"),
    (neuron, "z", "w*b + x", "other operand", "have changed places"),
    (
        tanh_layers,
        "y",
        "v1*(w11*x1 + w12*x2) + v2*(w21*x1 + w22*x2)",
        "missing operation",
        "h1, h2",
    ),
    (tanh_layers, "y", "v1*(w11*x1 + w12*x2) + v2*h2", "missing operation", "tanh is left out"),
    (
        two_outputs,
        "z1",
        "v11*h1 + v22*h2",
        "other operand",
        "v22 stands where v12 belongs. Look at",
    ),
    (two_outputs, "z1", "v11*x + v12*h2", "other operand", "x stands where h1 belongs"),
    (softmax, "p2", "z2/(z1 + z2 + z3)", "missing operation", "each exp is left out"),
    (softmax, "p2", "sigmoid(z2)", "other function", "sigmoid(z2)"),
    (distance, "r", "x + y", "missing operation", "are left out"),
]


@pytest.mark.parametrize("form", ["formula", "number"])
@pytest.mark.parametrize(("program", "label", "formula", "kind", "words"), VALUES)
def test_a_slip_in_a_value_is_named(program, label, formula, kind, words, form):
    nodes = program()
    claim = formula if form == "formula" else f"{number_of(nodes, formula):.4g}"
    found = check_derivation(list(nodes.values())[-1], {label: claim}, of="value")[label]
    assert (found.verdict, found.kind) == ("wrong", kind), found.message
    assert form == "number" or words in found.message, found.message


def test_a_mistake_is_not_explained_by_what_follows_from_it():
    # The gradient of b is that of z, and was copied from there.
    nodes = neuron()
    found = check_derivation(nodes["E"], {"z": "0.4321", "b": "0.4321"})
    assert found["z"].kind is None, found["z"].message
    assert (found["b"].kind, found["b"].where) == ("carried", "gradient of z"), found["b"].message


@pytest.mark.parametrize(
    ("program", "claim", "words"),
    [
        (lambda u: u.log(), lambda u: math.log10(u), "log10(u)"),
        (lambda u: u.sin(), lambda u: math.sin(math.radians(u)), "sin(u degrees)"),
        (lambda u: u.log() + 2.0 * (u * 3.0).log(), lambda u: 3 * math.log10(u) + 2 * math.log10(3),
         "each log"),
        (lambda u: u.exp() * 0.5, lambda u: math.sinh(u) / 2, "sinh(u)"),
    ],
)  # fmt: skip
def test_another_function_is_named(program, claim, words):
    u = Value(1.37, label="u")
    y = program(u)
    y.label = "y"
    found = check_derivation(y, {y: f"{claim(1.37):.5g}"}, of="value")["y"]
    assert (found.kind, words in found.message) == ("other function", True), found.message


def test_the_number_of_a_whole_layer_is_said_once():
    nodes = tanh_layers()
    y, t, x = nodes["y"].data, 0.4, {1: 0.6, 2: -1.45}
    claims = {f"w{j}{i}": (y - t) * nodes[f"v{j}"].data * x[i] for j in (1, 2) for i in (1, 2)}
    report = check_derivation(nodes["E"], claims)
    assert [v.kind for v in report.verdicts] == ["missing derivative"] * 4, f"{report}"
    said = str(report).split("\n\n")[-1]
    assert said.count("the derivative of tanh in h1 is missing") == 1, said
    assert "The same mistake is in gradient of w12, gradient of w21, gradient of w22." in said


def test_mistakes_of_two_kinds_are_said_apart():
    nodes = tanh_layers()
    right = {label: gradients(nodes["E"], nodes[label]) for label in ("v1", "v2", "w11")}
    claims = {"v1": -right["v1"], "v2": 2 * right["v2"], "w11": 1.7 * right["w11"]}
    said = str(check_derivation(nodes["E"], {**claims, "w12": 1.7 * right["w11"]}))
    assert "The same mistake" not in said, said


# The textbook


@pytest.mark.parametrize("rule", textbook.DERIVATIVES)
def test_what_the_textbook_says_is_what_the_rule_says(rule):
    name, index = rule
    right = textbook.derivative(name, index)
    primitive = PRIMITIVES[name]
    for numbers in ((0.3, 2.4), (1.7, 3.1)):
        operands = numbers[: len(primitive.operand_names)]
        result, partials = primitive.evaluate(operands)
        found = right(*(*operands, result)[: len(right.operands)])
        # Two or three roundings of numbers of moderate size.
        assert math.isclose(found, partials[index], rel_tol=1e-14), (right.written(*"xyz"), numbers)
        for wrong in textbook.misremembered(name, index):
            other = wrong(*(*operands, result)[: len(wrong.operands)])
            assert not math.isclose(other, found), wrong.written(*"xyz"[: len(wrong.operands)])


@pytest.mark.parametrize("rule", textbook.FUNCTIONS)
def test_a_function_of_the_textbook_is_the_rule(rule):
    form = textbook.function(rule)
    for x in (-1.3, 0.2, 2.5):
        assert math.isclose(form(x), PRIMITIVES[rule].evaluate((x,))[0], rel_tol=1e-13)


def test_a_second_pass_tells_that_the_hidden_gradients_went_through_new_weights():
    # Mazur's network: its published new weights are right, its error after the update is not.
    n = Named()
    n.leaves(i1=0.05, i2=0.1, w1=0.15, w2=0.2, w3=0.25, w4=0.3, w5=0.4, w6=0.45, w7=0.5, w8=0.55)
    n.leaves(b1=0.35, b2=0.6, t1=0.01, t2=0.99)
    h1 = n("h1", sigmoid(n["w1"] * n["i1"] + n["w2"] * n["i2"] + n["b1"]))
    h2 = n("h2", sigmoid(n["w3"] * n["i1"] + n["w4"] * n["i2"] + n["b1"]))
    o1 = n("o1", sigmoid(n["w5"] * h1 + n["w6"] * h2 + n["b2"]))
    o2 = n("o2", sigmoid(n["w7"] * h1 + n["w8"] * h2 + n["b2"]))
    error = n("E", (n["t1"] - o1) ** 2 / 2 + (n["t2"] - o2) ** 2 / 2)
    new = {"w1": "0.149780716", "w2": "0.19956143", "w3": "0.24975114", "w4": "0.29950229"}
    new |= {"w5": "0.35891648", "w6": "0.408666186", "w7": "0.511301270", "w8": "0.561370121"}
    report = check_derivation(error, {**new, "E": "0.291027924"}, of="new value", learning_rate=0.5)
    assert {v.label: v.kind for v in report.verdicts if not v} == {"E": "new value"}, f"{report}"
    assert "went through weights after the update" in report["E"].message


# The tables


@pytest.mark.parametrize(
    "name", ["gradient_mistakes", "local_mistakes", "path_mistakes", "value_mistakes"]
)
def test_every_mistake_has_a_place_in_a_table(name):
    module = importlib.import_module(f"{mistakes.__name__}.{name}")
    public = inspect.getmembers(module, inspect.isfunction)
    own = {x for x, made in public if made.__module__ == module.__name__ and x[0] != "_"}
    placed = set(re.findall(rf"\b{name}\.(\w+)", inspect.getsource(diagnosis)))
    assert own, "no mistake was found"
    assert own <= placed, f"in no table: {own - placed}"


def test_a_slip_is_named_where_scipy_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    special.of_library.cache_clear()
    try:
        n = neuron()
        report = check_derivation(n["E"], {n["x"]: "(y - t)*y*(1 - y)*t", n["y"]: "sin(z)"})
    finally:
        special.of_library.cache_clear()
    assert "t stands where w belongs" in str(report)
