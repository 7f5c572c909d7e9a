"""check_derivation on the published walk-throughs: which figures are wrong, and how."""

import pytest

from autograd import check_derivation
from examples import t1, t2, t3, t4


def kinds(report):
    return {verdict.label: verdict.kind for verdict in report.verdicts if not verdict}


# The published walk-throughs. Which of their figures are wrong was found by hand.


@pytest.fixture
def first_tutorial():
    leaf = t1.leaves()
    return t1.forward(leaf)["error"], t1.PUBLISHED


def published(names, form, figures):
    return {name: figures[form.format(name)] for name in names}


def test_t1_forward_pass_is_right(first_tutorial):
    error, figures = first_tutorial
    names = ["h1", "h2", "prediction", "error", "prediction - target"]
    report = check_derivation(error, published(names, "{}", figures), of="value")
    assert report, f"{report}"
    assert report["h1"].verdict == "right"
    assert report["prediction"].verdict == "rounded"


def test_t1_steps_have_two_slips_of_the_decimal_point(first_tutorial):
    error, figures = first_tutorial
    claims = published(t1.WEIGHTS, "rate * dE/d{}", figures)
    report = check_derivation(error, claims, of="step", learning_rate=0.05)
    assert kinds(report) == {"w1": "decimal", "w2": "decimal"}, f"{report}"


def test_t1_new_weights_and_second_pass_say_what_follows_from_what(first_tutorial):
    error, figures = first_tutorial
    steps = check_derivation(
        error, published(t1.WEIGHTS, "rate * dE/d{}", figures), of="step", learning_rate=0.05
    )
    names = [*t1.WEIGHTS, "h1", "h2", "prediction"]
    report = check_derivation(
        error,
        published(names, "new {}", figures),
        of="new value",
        learning_rate=0.05,
        given=steps,
    )
    expected = {"w1": "carried", "w2": "carried", "h1": "decimal", "prediction": "carried"}
    assert kinds(report) == expected, f"{report}"
    assert report["w1"].where == "step of w1"
    assert "w2 is taken as 0.0275" in report["h1"].message


def test_t1_new_weights_alone_have_two_slips_of_the_decimal_point(first_tutorial):
    error, figures = first_tutorial
    claims = published(t1.WEIGHTS, "new {}", figures)
    report = check_derivation(error, claims, of="new value", learning_rate=0.05)
    assert kinds(report) == {"w1": "decimal", "w2": "decimal"}, f"{report}"


def test_t1_formulas(first_tutorial):
    error, _ = first_tutorial
    claims = {
        "w6": "1/2 * (prediction - target) * h2",
        "w5": "(prediction - target) * h1",
        "w4": "(prediction - target) * w6 * i2",
        "w3": "(prediction - target) * w6 * i1",
        "w2": "(prediction - target) * w5 * i2",
        "w1": "(prediction - target) * w5 * i1",
    }
    assert kinds(check_derivation(error, claims)) == {"w6": "factor"}
    swapped = "(w1*i1 + w3*i2)*w5 + (w2*i1 + w4*i2)*w6"
    report = check_derivation(error, {"prediction": swapped}, of="value")
    assert kinds(report) == {"prediction": "transposed"}, f"{report}"
    assert report["prediction"].where == "w1, w2, w3, w4"


FIRST_LAYER = ("w_i1j1", "w_i2j1", "w_i1j2", "w_i2j2")
SECOND_LAYER = ("w_j1k", "w_j2k")


def test_t2_figures():
    error, figures = t2.forward(t2.leaves())["error"], t2.PUBLISHED
    pairs = {"x_j1": "x_j", "x_j2": "x_j", "y_j1": "y_j", "y_j2": "y_j", "y_k": "y_k"}
    claims = {name: figures[figure] for name, figure in pairs.items()}
    values = check_derivation(error, claims, of="value")
    assert values, f"{values}"

    claims = {"y_k": figures["delta_k"], "x_j1": figures["delta_j"], "x_j2": figures["delta_j"]}
    claims |= dict.fromkeys(FIRST_LAYER, figures["dE/dw_ij"])
    claims |= dict.fromkeys(SECOND_LAYER, figures["dE/dw_jk"])
    gradient = check_derivation(error, claims, given=values)
    # The product of two figures of three digits is given to six.
    assert gradient, f"{gradient}"
    assert gradient["w_j1k"].message == (
        "right to 6 digits, with your gradient of y_k = 0.231; unrounded 0.1689174"
    )

    claims = dict.fromkeys(FIRST_LAYER, figures["new w_ij"])
    claims |= dict.fromkeys(SECOND_LAYER, figures["new w_jk"])
    claims |= {"y_k": figures["new y_k"], "error": figures["new error"]}
    news = check_derivation(error, claims, of="new value", learning_rate=0.01, given=gradient)
    assert kinds(news) == {"error": "another node"}, f"{news}"
    assert news["error"].where == "y_k - expected"


def test_t2_formulas():
    error = t2.forward(t2.leaves())["error"]
    claims = {
        "y_k": "y_k - expected",
        "w_j1k": "gradient(y_k) * y_j1",
        "x_j1": "y_j1 * (1 - y_j1) * gradient(y_k) * w_j1k",
        "w_i2j1": "y_j1 * (1 - y_j1) * (y_k - expected) * w_j1k * y_i2",
        "w_i2j2": lambda y_j2, w_j2k, y_k, expected, y_i2: (
            y_j2 * (1 - y_j2) * (y_k - expected) * w_j2k * y_i2
        ),
    }
    report = check_derivation(error, claims)
    assert report, f"{report}"


def test_t2_has_equal_weights_so_formulas_of_other_weights_are_right_by_coincidence():
    error = t2.forward(t2.leaves())["error"]
    report = check_derivation(error, {"w_i1j2": "y_j1*(1 - y_j1)*gradient(y_k)*w_j1k*y_i1"})
    assert report["w_i1j2"].kind == "coincidence", f"{report}"


T3_DELTAS = {1: "(a_o1 - t1) * a_o1 * (1 - a_o1)", 2: "(a_o2 - t2) * a_o2 * (1 - a_o2)"}


def t3_hidden(weights, activation, factor):
    """The formula of a hidden weight's gradient: two paths, the neuron, and its input."""
    summed = " + ".join(f"{T3_DELTAS[k]} * {w}" for k, w in enumerate(weights, 1))
    return f"({summed}) * {activation} * {factor}"


@pytest.mark.parametrize(
    ("weight", "formula", "kind"),
    [
        ("w5", "gradient(o1) * a_h1", None),
        ("w7", "gradient(o2) * a_h1", None),
        ("w1", t3_hidden(["w5", "w7"], "a_h1 * (1 - a_h1)", "i1"), None),
        ("w4", t3_hidden(["w6", "w8"], "a_h2 * (1 - a_h2)", "i2"), None),
        ("w2", t3_hidden(["w5", "w6"], "a_h1 * (1 - a_h1)", "i2"), "transposed"),
        ("w3", t3_hidden(["w6", "w8"], "1", "i1"), "missing derivative"),
        ("w3", f"{T3_DELTAS[1]} * w6 * a_h2 * (1 - a_h2) * i1", "missing path"),
        ("w8", "-gradient(o2) * a_h2", "sign"),
        ("w8", "gradient(o2) * w8", "other operand"),
    ],
)
def test_t3_formulas(weight, formula, kind):
    error = t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"]
    found = check_derivation(error, {weight: formula})[weight]
    assert (found.verdict, found.kind) == ("wrong" if kind else "right", kind), found.message


def test_t3_update_is_added_where_it_has_its_minus():
    error = t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"]
    change = "-learning_rate * gradient(o1) * a_h1"
    assert check_derivation(error, {"w5": change}, of="update", learning_rate=0.5)
    added = check_derivation(error, {"w5": f"w5 + {change}"}, of="new value", learning_rate=0.5)
    assert added, f"{added}"
    subtracted = check_derivation(
        error, {"w5": f"w5 - ({change})"}, of="new value", learning_rate=0.5
    )
    assert subtracted["w5"].kind == "sign", f"{subtracted}"


def test_t3_output_is_not_the_identity():
    error = t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"]
    found = check_derivation(error, {"a_o1": "o1"}, of="value")["a_o1"]
    assert (found.kind, found.where) == ("missing operation", "a_o1"), found.message


def test_t4_figures_are_right_up_to_the_error_after_the_update():
    values, gradients, news = t4.reports()
    assert values, f"{values}"
    assert gradients, f"{gradients}"
    assert kinds(news) == {"E": "new value"}, f"{news}"
    assert "gradients that went through weights after the update" in news["E"].message


def test_t4_error_at_the_end_has_a_digit_too_many():
    error = t4.trained(is_through_new_weights=True)["E"]
    report = check_derivation(error, t4.AT_THE_END, of="value")
    assert kinds(report) == {"E": "digits"}, f"{report}"
    assert "a digit too many, the 1 in place 3" in report["E"].message
