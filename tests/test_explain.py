"""explain: the walk-throughs of the three networks, and what they say in special cases."""

import math
import random
import re
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import mpmath
import numpy as np
import pytest
import sympy

import nn
from autograd import (
    Value,
    asin,
    dot,
    erf,
    exp,
    explain,
    gradients,
    log,
    logit,
    maximum,
    primitive,
    relu,
    select,
    sigmoid,
    softplus,
    sqrt,
    tan,
    tanh,
    where,
)
from autograd import sum as total
from autograd.explaining import Derivative, LeftOut, Operation, Step, text
from autograd.graph import interior_nodes, topological_order
from examples import t1, t2, t3

GOLDEN = Path(__file__).parent / "golden"


def labelled(label, value):
    value.label = label
    return value


def linear_network(number=float):
    leaf = t1.leaves(number)
    error = t1.forward(leaf)["error"]
    return error, [leaf[name] for name in t1.WEIGHTS]


def sigmoid_network():
    leaf = t2.leaves()
    return t2.forward(leaf)["error"], [leaf[name] for name in leaf if name[0] == "w"]


def two_outputs():
    leaf = t3.leaves(t3.INPUTS | t3.WEIGHTS)
    return t3.forward(leaf)["E"], [leaf[name] for name in t3.WEIGHTS]


NETWORKS = {
    "t1": lambda: (*linear_network(), 0.05),
    "t1_exact": lambda: (*linear_network(Fraction), Fraction("0.05")),
    "t2": lambda: (*sigmoid_network(), 0.01),
    "t3": lambda: (*two_outputs(), 0.5),
}


def walkthrough(name):
    error, weights, rate = NETWORKS[name]()
    return explain(error, rate, of=weights)


GOLDENS = {f"explain_{name}.txt": lambda name=name: f"{walkthrough(name)}\n" for name in NETWORKS}
GOLDENS["explain_t3.md"] = lambda: f"{walkthrough('t3').markdown()}\n"
GOLDENS["explain_t3.tex"] = lambda: walkthrough("t3").latex(document=True)


@pytest.mark.parametrize("name", GOLDENS)
def test_the_walkthrough_is_the_golden_one(name):
    expected = (GOLDEN / name).read_text(encoding="utf-8")
    message = f"{name} has changed; if it should, run `python tests/test_explain.py`"
    assert GOLDENS[name]() == expected, message


def steps(explanation, kind="backward"):
    of_kind = [step for step in explanation.steps if step.kind == kind]
    return {step.name: step for step in of_kind if isinstance(step, Step)}


def line(explanation, start):
    """The line that begins so, its parts in one, without what is written left of the first =."""
    text = str(explanation).replace("\n" + " " * 4, " ")
    lines = [" ".join(part.split()) for part in text.splitlines()]
    (found,) = {part for part in lines if part.startswith(f"{start} ")}
    return found.partition(" = ")[2]


# What a line says


X, Y = Value(2.0, label="x"), Value(0.5, label="y")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sigmoid(X), "E · (1 − E)"),
        (tanh(X), "1 − E²"),
        (exp(X), "E"),
        (sqrt(X), "1 / (2 · E)"),
        (tan(X), "1 + E²"),
        (softplus(X), "σ(x)"),
        (X * X, "2 · x"),
        (X**3 / 3, "x²"),
        (1 / X, "−1 / x²"),
        (X**-2, "−2 / x³"),
        (X**0.5, "0.5 / x^0.5"),
        (X**Y, "y · x^(y − 1)"),
        (-log(sigmoid(X)), "−(1 − σ(x))"),
        ((Y - X) ** 2 / 2, "−(y − x)"),
        (Y - (X - 1), "−1"),
        (X % Y, "1"),
        (select(0, [X, Y]), "1"),
        (where(True, X, Y), "1"),
        (dot([X, X], [Y, 3.0]), "y + 3"),
        (abs(X), "sign(x)"),
    ],
    ids=str,
)
def test_the_derivative_is_written_as_people_write_it(error, expected):
    written = line(explain(error, of=X), "∂E/∂x")
    formula = re.split(" [=≈] ", written)[0]
    assert formula == expected, f"it is written {written}, not {expected}"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (relu(X - 3), "0 (as x − 3 ≤ 0)"),
        (relu(X - Y) * 3, "3 · 1 = 3 (as x − y > 0)"),
        (maximum(X, Y), "1 (as x > y)"),
        (maximum(X, X * 1.0) + relu(X), "1/2 + 1/2 + 1 = 2 (as x = x · 1 and x > 0)"),
    ],
    ids=["off", "on", "larger", "tie"],
)
def test_the_branch_that_was_taken_is_named(error, expected):
    assert line(explain(error, of=X), "∂E/∂x") == expected


def test_a_shared_value_shows_all_its_paths():
    x = Value(3.0, label="x")
    h, k = labelled("h", 2 * x), labelled("k", x * x)
    shown = explain(h * k + x)
    assert line(shown, "∂E/∂x") == (
        "∂E/∂h · ∂h/∂x + ∂E/∂k · ∂k/∂x + ∂E/∂x|direct = "
        "∂E/∂h · 2 + ∂E/∂k · 2 · x + 1 = 9 · 2 + 6 · 2 · 3 + 1 = 55"
    )


def test_a_long_product_is_not_led_back_to_the_error_itself():
    u, v = Value(3.0, label="u"), Value(5.0, label="v")
    assert line(explain(X * Y * u * v * exp(u)), "∂E/∂x") == (
        "exp(u) · v · u · y = exp(3) · 5 · 3 · 0.5 ≈ 150.6"
    )


def test_a_value_used_twice_is_computed_in_a_line_of_its_own():
    shared = X * Y
    assert line(explain(exp(shared) + shared), "v1") == "x · y = 2 · 0.5 = 1"


def test_a_long_formula_is_given_in_parts():
    leaves = [Value(float(i), label=f"x{i}") for i in range(30)]
    explanation = explain(sum((x * x for x in leaves), 0 * X))
    longest = max(str(explanation).splitlines(), key=len)
    assert len(longest) <= 100, longest


# Where there is no error label, no label at all, or the same one twice


def test_a_name_is_never_given_twice():
    x = Value(1.0, label="E")
    first, second = labelled("v1", exp(x)), labelled("v1", exp(2 * x))
    shared = first * second
    assert list(steps(explain(shared * shared + shared))) == ["v2", "v1", "v1[2]", "E"]
    assert [step.name for step in explain(exp(x)).steps] == ["E[2]", "E"]


def test_weights_without_labels_are_named_where_they_are_asked_for():
    weights = [Value(1.0), Value(2.0)]
    assert list(steps(explain(dot(weights, [3.0, 4.0]), of=weights))) == ["w1", "w2"]


# What was asked for


def test_of_one_weight_gives_what_leads_to_it():
    error, weights = linear_network()
    (asked,) = {str(explain(error, of=of)) for of in (weights[2], "w3", ["w3"], [weights[2]])}
    assert "1 line is left out: they do not depend on what was asked for." in asked
    assert "h1 =" not in asked
    assert list(steps(explain(error, of="w3"))) == ["prediction - target", "prediction", "h2", "w3"]


def test_of_an_interior_value_stops_there():
    error, _ = linear_network()
    assert list(steps(explain(error, of=["h1", "h2"])))[-2:] == ["h1", "h2"]
    assert not steps(explain(error, 0.1, of="h1"), "update"), "only leaves are updated"


def test_nothing_is_changed():
    error, weights = linear_network()
    error.backward()
    before = [(node.data, node.grad) for node in (*interior_nodes(error), *weights)]
    explain(error, 0.05, of=weights)
    after = [(node.data, node.grad) for node in (*interior_nodes(error), *weights)]
    assert before == after


def test_the_update_and_the_second_pass_are_those_of_the_example():
    error, weights, rate = NETWORKS["t1_exact"]()
    figures = t1.worked_example(Fraction)
    explanation = explain(error, rate, of=weights)
    updated = {name: step.result for name, step in steps(explanation, "update").items()}
    assert updated == {name: figures[f"new {name}"] for name in t1.WEIGHTS}
    again = steps(explanation, "new forward") | steps(explanation, "new error")
    for name, step in again.items():
        assert step.result == figures[f"new {name}"], name


@pytest.mark.parametrize("asked", [None, ["w2", "w1", "w4", "w3"]], ids=["all leaves", "named"])
def test_updates_come_in_the_order_of_the_passes(asked):
    w = [Value(0.5, f"w{number}") for number in range(1, 5)]
    h1, h2 = labelled("h1", tanh(w[0] - w[1])), labelled("h2", tanh(w[2] - w[3]))
    explanation = explain(h1 * h2, 0.1, of=asked)
    slopes = [name for name in steps(explanation) if name[0] == "w"]
    updates = list(steps(explanation, "update"))
    assert updates == slopes == ["w1", "w2", "w3", "w4"], f"{updates} after {slopes}"


def test_weights_without_labels_are_numbered_in_the_order_of_the_passes():
    first, second = Value(1.0), Value(2.0)
    updated = steps(explain(first - second, 0.1, of=[second, first]), "update")
    assert {name: step.node for name, step in updated.items()} == {"w1": first, "w2": second}


@pytest.mark.parametrize(
    "error",
    [
        X * 0.0 * Value(-1.0, label="y"),
        X * Value(-0.0, label="y"),
        relu(X * -1.0) * -3.0,
        (X - 2.0) * -1.0 * (X - 2.0),
        dot([X, X], [-0.0, -0.0]),
        X * -1.0 * Value(np.array([0.0, 1.0]), label="y"),
    ],
    ids=["a constant", "another Value", "off", "two paths", "a sum", "lanes"],
)
def test_a_derivative_of_zero_has_no_sign(error):
    explanation = explain(error, 0.1, of=X)
    shown = f"{line(explanation, '∂E/∂x')}\n{line(explanation, 'x ←')}"
    assert "−0" not in shown.replace("−0.", ""), shown


def test_a_zero_keeps_the_sign_that_matters():
    x = Value(-0.0, label="x")
    assert line(explain(log(x), of=x), "∂E/∂x") == "1 / x = 1 / (−0) = −inf"


@pytest.mark.parametrize(
    ("error", "slope"),
    [
        (asin(Value(1.0, "x")), "1 / sqrt((1 − x) · (1 + x)) = 1 / sqrt((1 − 1) · (1 + 1)) = inf"),
        (logit(Value(0.0, "x")), "1 / (x · (1 − x)) = 1 / (0 · (1 − 0)) = inf"),
        # What is put in would give a number, and the engine has none beyond the domain.
        (log(Value(-0.5, "x")), "1 / x = nan"),
        (0 * log(Value(0.0, "x")), "0 = nan"),
    ],
    ids=["asin", "logit", "beyond", "0 times infinity"],
)
def test_the_edge_of_a_domain_is_explained_by_ieee(error, slope):
    assert line(explain(error), "∂E/∂x") == slope


def test_digits_are_chosen():
    assert "0.666667" in str(explain(Value(2 / 3, label="a") * 1, digits=6))


def test_a_notebook_is_given_markdown():
    explanation = walkthrough("t1")
    assert explanation._repr_markdown_() == explanation.markdown()


# Large graphs


def chain(count):
    x = Value(0.5, label="x")
    total = x
    for _ in range(count):
        total = total + x
    return total


def test_a_deep_graph_says_what_is_left_out():
    explanation = explain(chain(100_000), 0.1)
    for kind in ("forward", "backward", "new forward"):
        of_kind = [step for step in explanation.steps if step.kind == kind]
        given = [step for step in of_kind if isinstance(step, Step)]
        (left_out,) = [step for step in of_kind if isinstance(step, LeftOut)]
        assert len(given) == 100, kind
        numbers = [int(step.name[1:]) for step in given if step.name[0] == "v"]
        # The leaf has a backward line of its own.
        total = max(numbers) + (kind == "backward")
        assert len(given) + left_out.count == total, f"{kind}: lines do not add up to {total}"
    assert steps(explanation)["x"].result == 100_001
    assert "lines are left out" in str(explanation)
    assert "lines are left out" in explanation.latex()


def test_a_deep_chain_of_functions_is_explained():
    value = Value(0.5, label="x")
    for _ in range(100_000):
        value = -value
    assert steps(explain(value))["x"].result == 1


def test_a_value_of_many_paths_shows_some_of_them():
    x = Value(2.0, label="x")
    parts = [labelled(f"p{i}", x * i) for i in range(50)]
    shown = line(explain(dot(parts, [1.0] * 50)), "∂E/∂x")
    assert "∂E/∂p1 · ∂p1/∂x" in shown
    assert "…" in shown
    assert shown.endswith("= 1225")


def lines_run(count, build):
    """How many lines of Python explain a node of so many operands: they stand for the time."""
    weights = [Value(1.0, label="w") for _ in range(count)]
    error = build(weights)
    run = 0

    def notice(frame, event, argument):
        nonlocal run
        run += event == "line"
        return notice

    before = sys.gettrace()
    sys.settrace(notice)
    try:
        explain(error, of=X if X in error.parents else weights[:5])
    finally:
        sys.settrace(before)
    return run


@pytest.mark.parametrize(
    "build",
    [
        lambda weights: total(weights),
        lambda weights: dot(weights, weights[::-1]),
        lambda weights: dot([X] * len(weights), weights),
        lambda weights: tanh(dot(weights, [1.0] * len(weights))),
    ],
    ids=["sum", "dot", "one factor in all", "within a function"],
)
def test_a_node_of_many_operands_is_explained_in_linear_time(build):
    # Twice the operands: at most twice the lines where the time is linear, four times where
    # it is quadratic. In between, with room for what grows slower.
    few, many = lines_run(300, build), lines_run(600, build)
    assert many < 2.5 * few, f"{few} lines are run for 300 operands, {many} for 600"


# Kinds of number, and rules of one's own


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (1 + 2j, 2 - 1j, "b = 2−1j"),
        (mpmath.mpf(1) / 3, mpmath.mpf(2), "b = 2"),
        (np.array([1.0, -2.0]), np.array([3.0, 4.0]), "b = [3, 4]"),
        (sympy.Symbol("p"), sympy.Symbol("q"), "b = q"),
        (Fraction(1, 3), Fraction(-2, 3), "b = −2/3"),
        (0.0, math.inf, "b = inf"),
    ],
    ids=lambda case: case if isinstance(case, str) else type(case).__name__,
)
def test_any_kind_of_number_is_explained(a, b, expected):
    explanation = explain(Value(a, label="a") * Value(b, label="b"), of="a")
    assert line(explanation, "∂E/∂a") == expected
    assert r"\frac{\partial E}{\partial a} &= b" in explanation.latex()


def test_lanes_that_branch_differently_keep_the_condition():
    explanation = explain(relu(Value(np.array([1.0, -2.0]), label="a")))
    assert line(explanation, "∂E/∂a") == "where(a > 0, 1, 0) = where([1, −2] > 0, 1, 0) = [1, 0]"


def test_lanes_have_formulas_as_numbers_do():
    a, b = Value(np.array([1.0, 2.0]), label="a"), Value(np.array([2.0, 3.0]), label="b")
    assert line(explain(a / a), "∂E/∂a") == "0 = [0, 0]"
    assert line(explain(a**b), "E") == "a^b = [1, 2]^[2, 3] = [1, 8]"


@primitive
def scaled(x, y):
    return x * math.exp(y), (math.exp(y), x * math.exp(y))


@primitive
def cube(x):
    return x**3, (3 * x**2,)


def test_a_rule_of_ones_own_gives_its_formula():
    assert line(explain(cube(X)), "∂E/∂x") == "3 · x² = 3 · 2² = 12"


@primitive
def crooked(x):
    """Its partial is no derivative: it tries every operator that a rule may use."""
    steps = 7 // x + x // 2 + 7 % x + x % 2 + 2**x + (1 + x) + (1 - x) + 2 * x + 1 / x
    signs = where(x >= 0, abs(x), -x) + where(x < 9, 1, 0) + where(x != 0, 1, 0)
    return x * 1, (steps - signs + where(x == 2, 5, 0),)


def test_a_rule_of_ones_own_may_use_every_operator():
    assert line(explain(crooked(X)), "∂E/∂x") == (
        "floor(7 / x) + floor(x / 2) + mod(7, x) + … + 5 = "
        "floor(7 / 2) + floor(2 / 2) + mod(7, 2) + … + 5 = 16.5 (as x ≥ 0 and x < 9 and x = 2)"
    )


def test_a_rule_of_ones_own_may_have_the_name_of_another():
    @primitive
    def sqrt(x, y, *, order):
        return (x * y) ** (1 / order), (y, x)

    shown = explain(sqrt(X, Y, order=2))
    assert line(shown, "E") == "sqrt(x, y, 2) = sqrt(2, 0.5, 2) = 1"
    assert r"\operatorname{\text{sqrt}}\left(x, y, 2\right)" in shown.latex()


def test_lanes_are_chosen_by_a_condition_given_as_an_array():
    explanation = explain(where(np.array([True, False]), Value(np.ones(2), label="a"), 2 * X))
    assert line(explanation, "E").startswith("where(condition, a, 2 · x) = ")
    assert line(explanation, "∂E/∂a") == "where(condition, 1, 0) = [1, 0]"


def test_an_explanation_is_shown_as_what_it_is():
    assert repr(explain(X * Y)) == "<explanation of 3 steps: print() shows it>"


def test_a_rule_for_plain_numbers_only_gives_its_numbers():
    shown = explain(scaled(X, Y))
    assert line(shown, "∂E/∂y") == f"scaled′2(x, y) = scaled′2(2, 0.5) ≈ {2 * math.exp(0.5):.4g}"
    assert r"\operatorname{\text{scaled}}'_{2}" in shown.latex()


# Wrong input


def test_changed_data_is_noticed():
    error, weights = linear_network()
    weights[0].data += 0.1
    with pytest.raises(RuntimeError, match=r"the data below .* changed since it was computed"):
        explain(error, of=weights)


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "words"),
    [
        ((3.0,), {}, TypeError, r"takes the Value to differentiate, not 3\.0"),
        ((X,), {}, ValueError, "nothing to explain"),
        ((X * Y,), {"of": "z"}, ValueError, "not computed from 'z'; the labels are x, y"),
        ((X * Y,), {"of": Value(1.0)}, ValueError, "not computed from Value"),
        ((X * Y,), {"of": []}, ValueError, "of is to name what the error"),
        ((X * Y,), {"of": 3}, TypeError, "a Value or a label, or a list of them, not 3"),
        ((Value(1.0) * 2,), {}, ValueError, "no leaf with a label"),
        ((X * Y,), {"digits": 0}, ValueError, "digits is a whole number of at least 1"),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_wrong_input_raises_at_once(arguments, options, kind, words):
    with pytest.raises(kind, match=words):
        explain(*arguments, **options)


def test_each_derivative_is_that_of_the_engine():
    error, weights = two_outputs()
    for name, step in steps(explain(error, of=weights)).items():
        assert step.result == gradients(error, step.node), name
        assert step.left == Derivative("E", name)


def test_a_module_names_its_parameters():
    model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(1))
    x = [Value(0.5, "x1"), Value(-1.0, "x2")]
    error = (model(x) - Value(1.0, "t")) ** 2
    explanation = explain(error, 0.5, of=model)
    updated = {name: step.node for name, step in steps(explanation, "update").items()}
    first, second = model.layers
    names = {
        "w⁰₀₁": first.neurons[0].w[1],
        "w⁰₁₀": first.neurons[1].w[0],
        "b⁰₁": first.neurons[1].b,
    }
    names |= {"w¹₀₁": second.neurons[0].w[1], "b¹₀": second.neurons[0].b}
    assert names.items() <= updated.items(), f"the parameters are named {', '.join(updated)}"
    assert set(updated.values()) == set(model.parameters()), "inputs and target are not trained"
    assert r"b^{(1)}_{0} &\leftarrow" in explanation.latex()


def test_a_label_comes_before_the_name_that_a_module_gives():
    neuron = nn.Neuron(1, activation=None)
    neuron.b.label = "offset"
    error = neuron([3.0]) ** 2
    assert list(steps(explain(error, 0.5, of=neuron), "update")) == ["w₀", "offset"]


def test_an_update_is_of_weights_and_not_of_inputs():
    w, b, x = Value(0.5, label="w1"), Value(0.1, label="b"), Value(3.0, label="x")
    error = (w * x + b - 1) ** 2
    assert "x ←" not in str(explain(error, learning_rate=0.1))
    assert "∂E/∂x" in str(explain(error)), "without an update every leaf with a label is meant"
    for name in ("w1", "b"):
        assert f"{name} ←" in str(explain(error, learning_rate=0.1))
    assert "x ←" in str(explain(x * x, learning_rate=0.1)), "there is nothing else to update"


def test_changed_data_is_told_by_the_label_of_what_was_computed():
    x = Value(1.0, label="x")
    h = labelled("h", x.tanh())
    x.data = 2.0
    with pytest.raises(RuntimeError, match=r"below 'tanh' \(h\) changed since it was computed: "):
        explain(h * 3)


def test_a_fraction_is_as_long_as_both_of_its_parts():
    w, x, y = (Value(n, label=name) for name, n in (("w", 0.5), ("x", 2.0), ("y", 3.0)))
    h = labelled("h", w * y / x)
    # 2 · h and y / x are four factors, of which no more than three are written out.
    assert "∂E/∂w = ∂E/∂h · ∂h/∂w = ∂E/∂h · (y / x) = 1.5 · (3 / 2)" in str(explain(h * h))


def test_exponents_are_raised_digit_by_digit():
    x = Value(1.0, label="x")
    for exponent, raised in ((1234567890, "¹²³⁴⁵⁶⁷⁸⁹⁰"), (-7, "⁻⁷")):
        assert f"E = x{raised}" in str(explain(x**exponent))


def test_an_update_that_leaves_no_result_is_refused():
    w = Value(Fraction(1), label="w")
    with pytest.raises(ValueError, match="after the update '/' has no result"):
        explain(1 / w, Fraction(-1))


def test_labels_in_messages_are_in_one_line():
    x = Value(1.0, label="\x1b[31m\n")
    with pytest.raises(ValueError, match="the labels are") as refusal:
        explain(x * 2, of="y")
    assert str(refusal.value).isprintable()


# Names that formulas have besides those of Values


def test_a_label_is_not_taken_for_the_learning_rate():
    rate, x = Value(0.5, label="η"), Value(3.0, label="x")
    shown = str(explain(rate * x, 0.1, of=rate))
    assert "The learning rate η is 0.1." in shown
    assert "η[2] ← η[2] − η · ∂E/∂η[2] = 0.5 − 0.1 · 3 = 0.2" in shown


def test_a_label_is_not_taken_for_pi():
    policy = Value(0.5, label="π")
    step = explain(erf(policy)).steps[-1]
    assert step.name == "π[2]"
    # The formula has the constant too: put in numbers, it is the derivative.
    assert step.result == gradients(erf(policy), policy)
    assert "π)" in str(explain(erf(policy)))


@pytest.mark.parametrize("rate", [math.nan, math.inf, -math.inf, 10**400])
def test_a_learning_rate_that_is_not_finite_is_refused(rate):
    x = Value(2.0, label="x")
    with pytest.raises(ValueError, match="learning_rate is a finite number"):
        explain(x * x, rate)


@pytest.mark.parametrize("rate", ["0.1", True, [0.1], Value(0.1)], ids=repr)
def test_a_learning_rate_that_is_no_number_is_refused(rate):
    x = Value(2.0, label="x")
    with pytest.raises(TypeError, match="number"):
        explain(x * x, rate)


def test_numbers_beyond_floats_are_explained_or_refused():
    x = Value(10**400, label="x")
    assert "x · x" in str(explain(x * x * Fraction(1, 10**5000 + 1)))
    with pytest.raises(ValueError, match="update of x is too large for floats"):
        explain(x * x, 0.1)
    assert "The error goes from 1e800 to" in str(explain(x * x, Fraction(1, 10)))


# As a textbook writes it


def cross_entropies():
    """Errors in logits z, and their derivatives in the first as textbooks have them."""
    z = [Value(number, f"z{i}") for i, number in enumerate((0.5, -1.0, 0.25), 1)]
    t = [Value(number, f"t{i}") for i, number in enumerate((0.75, 0.25, 0.0), 1)]
    y = labelled("y", sigmoid(z[0]))
    powers = [exp(x) for x in z]
    whole = labelled("S", total(powers))
    p = [labelled(f"p{i}", x / whole) for i, x in enumerate(powers, 1)]
    binary = nn.binary_cross_entropy_with_logits
    return {
        "sigmoid": (-(t[0] * log(y) + (1 - t[0]) * log(1 - y)), "y − t1"),
        "sigmoid, right is 1": (-log(y), "y − 1"),
        "sigmoid within the loss": (softplus(z[0]) - t[0] * z[0], "σ(z1) − t1"),
        "sigmoid within nn's loss": (binary(z[0], 0.75), "σ(z1) − 0.75"),
        "softmax": (-total([x * log(q) for x, q in zip(t, p, strict=True)]), "p1 − t1"),
        "softmax, the right class": (-log(p[0]), "p1 − 1"),
        "softmax, another class": (-log(p[1]), "exp(z1) / S"),
    }


@pytest.mark.parametrize("name", cross_entropies())
def test_what_cross_entropy_cancels_is_left_out(name):
    error, expected = cross_entropies()[name]
    step = steps(explain(error, of="z1"))["z1"]
    assert text(step.formula, 4) == expected
    assert step.result == gradients(error, step.node)


def test_targets_that_add_up_to_one_are_said_to():
    error, _ = cross_entropies()["softmax"]
    assert line(explain(error, of="z1"), "∂E/∂z1").endswith("(as t1 + t2 + t3 = 1)")
    (target,) = {node for node in topological_order(error) if node.label == "t1"}
    target.data = 0.5
    error = error_again(error)
    assert "as t1" not in str(explain(error, of="z1"))


def error_again(error):
    """The same graph from the data that its leaves have now."""
    again = {}
    for node in topological_order(error):
        if node.parents:
            again[node] = node.rule(*[again[parent] for parent in node.parents])
            again[node].label = node.label
        else:
            again[node] = node
    return again[error]


def test_a_saturated_neuron_shows_the_digits_that_matter():
    error = (labelled("y", sigmoid(labelled("z", X * 5.41))) - 0.0) ** 2 / 2
    (written,) = re.findall(r"\(1 − ([0-9.]+)\) ≈ (\S+)", line(explain(error, of=X), "∂E/∂z"))
    output, slope = written
    assert output.startswith("0.99998")
    assert float(slope.replace("−", "-")) == float(
        f"{float(output) ** 2 * (1 - float(output)):.4g}"
    )


def test_nothing_cancels_out_where_it_is_infinite():
    z, t = Value(-1000.0, "z"), Value(1.0, "t")
    y = labelled("y", sigmoid(z))
    shown = explain(-(t * log(y) + (1 - t) * log(1 - y)), of=z)
    assert line(shown, "∂E/∂z").endswith("= nan"), "the engine has 0 times infinity"
    assert "= y − t" not in line(shown, "∂E/∂z")


def test_a_constant_without_a_label_stays_a_number():
    two = Value(2.0)
    h, k = labelled("h", X * two), labelled("k", Y * two)
    shown = explain(h * k)
    assert (line(shown, "h"), line(shown, "k")) == ("x · 2 = 2 · 2 = 4", "y · 2 = 0.5 · 2 = 1")


def test_what_floats_round_is_not_taken_for_a_result():
    a, b, c = (Value(number, label) for number, label in ((0.1, "a"), (0.2, "b"), (0.3, "c")))
    assert line(explain(a + b - c, of="a"), "E") == "a + b − c = 0.1 + 0.2 − 0.3 = 0"
    assert line(explain((a + b) * 10, of="a"), "E") == "(a + b) · 10 = (0.1 + 0.2) · 10 = 3"


def test_numbers_that_no_float_tells_apart_are_left_out():
    y = labelled("y", tanh(X * 20.0))
    # 1 − y² is 0 in floats: the slope of tanh is known in another way.
    assert line(explain(y, of=X), "∂y/∂x") == "20 · (1 − y²) ≈ 1.444e−33"


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        *[(label, "Error") for label in ("E", "E_total", "loss", "Loss1", "error", "MSE", "L")],
        *[(label, "Output") for label in ("y", "T", "energy", "lost", "Ekin", "o1")],
    ],
)
def test_only_an_error_is_headed_so(label, heading):
    lines = str(explain(labelled(label, X * Y), 0.1)).splitlines()
    headings = [line for line in lines if line in ("Error", "Output")]
    assert headings == [heading]
    assert lines[-1].startswith(f"The {heading.lower()} goes from ")


def test_the_numbers_stand_as_the_names_do():
    for network in NETWORKS.values():
        error, weights, rate = network()
        for step in explain(error, rate, of=weights).steps:
            assert shape(step.numbers) == shape(step.formula), f"the numbers of {step.left}"


def shape(formula):
    """A formula with no matter which names and numbers."""
    match formula:
        case Operation(name, operands):
            return (name, *map(shape, operands))
    return None


def test_the_inputs_of_a_module_are_shown():
    model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(1))
    shown = explain(nn.half_squared_error(model([1.0, -1.0]), 1.0), 0.5, of=model)
    for weight in ("w⁰₁₀", "w⁰₁₁"):
        assert f" · x{weight[-1]} ≈ " in line(shown, f"∂E/∂{weight}"), "the input is 1 or −1"


def test_the_loss_of_a_softmax_has_no_lines_for_choices():
    model = nn.Layer(2, 3, activation=None, rng=random.Random(1))
    names = steps(explain(nn.softmax_cross_entropy(model([0.5, -1.0]), 1), of=model), "forward")
    assert list(names) == ["v1", "v2", "v3", "v4"], "three logits, and the sum of powers"


def test_pi_is_a_letter():
    length, gravity = Value(1.2, "l"), Value(9.81, "g")
    shown = explain(2 * math.pi * sqrt(length / gravity), of="l")
    assert line(shown, "E") == "2 · π · sqrt(l / g) = 2 · π · sqrt(1.2 / 9.81) ≈ 2.198"


def trained(error):
    return list(steps(explain(error, 0.1), "update"))


def test_weights_of_any_letter_are_trained():
    v = [Value(0.1 * i, f"v{i}") for i in range(1, 5)]
    u, c, x, t = Value(0.5, "u"), Value(0.3, "c"), Value(1.0, "x"), Value(1.0, "t")
    h = tanh(v[0] * x + v[1] * x), tanh(v[2] * x + v[3] * x)
    error = (u * h[0] + h[1] + c - t) ** 2
    assert sorted(trained(error)) == ["c", "u", "v1", "v2", "v3", "v4"]
    w, strength = Value(0.5, "w1"), Value(0.1, "λ")
    assert sorted(trained(error + (w * x - t) ** 2 + strength * w * w)) == [
        *("c", "u", "v1", "v2", "v3", "v4", "w1")
    ]


def test_a_target_in_a_cross_entropy_is_not_trained():
    w, x, q = Value(0.5, "w"), Value(3.0, "x"), Value(0.9, "q")
    assert trained(-(q * log(sigmoid(w * x)))) == ["w"]


if __name__ == "__main__":
    for name, write in GOLDENS.items():
        (GOLDEN / name).write_text(write(), encoding="utf-8")


@pytest.mark.parametrize("name", NETWORKS)
def test_a_notebook_shows_the_lines_that_are_printed(name):
    """The lines of the forward pass; a fraction is one number over another there."""
    explanation = walkthrough(name)
    page = explanation._repr_html_().replace("<wbr>", "")
    shown = ElementTree.fromstring(f"<div>{page}</div>")
    text = re.sub(r"\s", "", "".join(shown.itertext()))
    printed = str(explanation).split("\n\n")
    [forward] = [section for section in printed if section.startswith("Forward pass\n")]
    lines = [re.sub(r"\s", "", line) for line in forward.split("\n")[1:]]
    assert lines
    missing = [line for line in lines if "/" not in line and flat(line) not in flat(text)]
    assert not missing


def flat(text):
    """The text with subscripts as plain digits, as a MathML element has them."""
    return unicodedata.normalize("NFKC", text).replace("_", "").replace("−", "-")
