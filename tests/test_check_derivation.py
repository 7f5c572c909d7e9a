"""check_derivation: claims of all kinds, the published walk-throughs, what is said and refused."""

import json
import math
from fractions import Fraction

import pytest

from autograd import GradientError, Value, check_derivation, gradients, primitive, sigmoid
from examples import t1, t2, t3


def labelled_product():
    """error = (w * x - t)^2 / 2 with h = w * x, all of them labelled."""
    w, x, t = Value(0.75, label="w"), Value(3.0, label="x"), Value(1.0, label="t")
    h = w * x
    h.label = "h"
    error = (h - t) ** 2 / 2
    error.label = "E"
    return error, w, x, t, h


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
    assert kinds(gradient) == dict.fromkeys(SECOND_LAYER, "rounding"), f"{gradient}"
    assert gradient["w_j1k"].where == "y_j1, gradient of y_k"

    claims = dict.fromkeys(FIRST_LAYER, figures["new w_ij"])
    claims |= dict.fromkeys(SECOND_LAYER, figures["new w_jk"])
    claims |= {"y_k": figures["new y_k"], "error": figures["new error"]}
    news = check_derivation(error, claims, of="new value", learning_rate=0.01, given=gradient)
    expected = {**dict.fromkeys(SECOND_LAYER, "carried"), "error": "another node"}
    assert kinds(news) == expected, f"{news}"
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


# The forms that a claim can have. E = (h - t)^2 / 2 with h = w x = 2.25 and t = 1:
# the gradient of w is (h - t) x = 3.75.


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("3.75", "right"),
        (3.75, "right"),
        ("3.750", "right"),
        ("3.8", "rounded"),
        ("3.7", "rounded"),
        ("4", "rounded"),
        ("3", "rounded"),
        ("0.4e1", "rounded"),
        ("15/4", "right"),
        (Fraction(15, 4), "right"),
        (4, "wrong"),
        (Fraction(4), "wrong"),
        ("3.74", "wrong"),
        ("3.76", "wrong"),
        ("(2.25 - 1) * 3", "right"),
        ("(h − t) · x", "right"),
        ("x * (h - 1)", "wrong"),
        ("x*h - x*t", "right"),
        ("(w*x)^2 / w - t*x", "right"),
        (lambda h, t, x: (h - t) * x, "right"),
        (lambda h, t, x: math.fsum([h, -t]) * x, "right"),
        (lambda h, t, x: (t - h) * x, "wrong"),
    ],
)
def test_forms_of_claims(claim, verdict):
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: claim})[w]
    assert found.verdict == verdict, found.message


def test_claims_of_sympy():
    sympy = pytest.importorskip("sympy")
    error, w, *_ = labelled_product()
    h, t, x = sympy.symbols("h t x")
    assert check_derivation(error, {w: (h - t) * x})[w].message == "right for all values"
    assert check_derivation(error, {w: sympy.Rational(15, 4)})
    assert not check_derivation(error, {w: (h + t) * x})
    branch = sympy.Piecewise(((h - t) * x, x > 0), (-x * (t - h), True))
    assert check_derivation(error, {w: branch})
    assert not check_derivation(error, {w: branch + sympy.Heaviside(x)})
    with pytest.raises(ValueError, match="takes q, which is no label"):
        check_derivation(error, {w: sympy.Symbol("q") * x})


def test_cut_off_digits_are_right_with_a_remark():
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: "3.7"})[w]
    assert found.verdict == "rounded"
    cut = check_derivation(error, {w: "3"})[w]
    assert (cut.verdict, cut.kind) == ("rounded", "cut off")
    assert "cut off, not rounded" in cut.message


def test_a_number_rounded_to_nothing_is_right_with_a_remark():
    w = Value(0.004, label="w")
    found = check_derivation(w * w, {w: "0.0"})[w]
    assert (found.verdict, found.kind) == ("rounded", "no digits"), found.message


def test_a_formula_that_names_numbers_is_a_coincidence():
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: "(h - 1) * x"})[w]
    assert (found.verdict, found.kind) == ("wrong", "coincidence")
    assert "at these numbers only" in found.message


def test_a_formula_without_the_slope_of_relu_is_a_coincidence():
    w, x = Value(2.0, label="w"), Value(1.5, label="x")
    error = (w * x).relu()
    assert check_derivation(error, {w: "x"})[w].kind == "coincidence"


def test_pi_in_formulas():
    x = Value(0.8, label="x")
    assert check_derivation(x.erf(), {x: "2 / sqrt(pi) * exp(-x^2)"})
    pi = Value(2.0, label="pi")
    assert check_derivation(pi * x, {x: "pi"}), "a label comes before the constant"


@pytest.mark.parametrize("name", ["tanh", "exp", "sin", "relu", "softplus", "log", "sqrt"])
def test_functions_in_formulas(name):
    x = Value(0.8, label="x")
    y = getattr(x, name)()
    found = check_derivation(y, {y: f"{name}(x)"}, of="value")[y]
    assert found.verdict == "right", found.message


def test_labels_that_are_no_names_in_python():
    first, second = Value(0.5, label="w₁"), Value(2.0, label="lambda")
    error = first * second
    assert check_derivation(error, {first: "lambda", second: "w₁"})


def test_interior_nodes_and_labels_as_keys():
    error, *_, h = labelled_product()
    report = check_derivation(error, {h: "h - t", "t": "-1.25"})
    assert report
    assert report["h"] is report[h]
    assert [verdict.label for verdict in report.verdicts] == ["h", "t"]


def test_exact_graphs_are_compared_exactly():
    w = Value(Fraction(1, 3), label="w")
    error = w * w * w
    assert check_derivation(error, {w: Fraction(1, 3)})[w].verdict == "right"
    nearly = Fraction(1, 3) + Fraction(1, 10**30)
    assert not check_derivation(error, {w: nearly})


# Mistakes that the random networks do not have


def branches(count):
    w = Value(0.7, label="w")
    terms = [w * (position + 1.3) for position in range(count)]
    for position, term in enumerate(terms):
        term.label = f"term{position}"
    return w, terms


def test_the_number_of_terms_of_a_mean():
    w, terms = branches(5)
    squares = [(term - 1.0) ** 2 for term in terms]
    error = (squares[0] + squares[1] + squares[2] + squares[3] + squares[4]) / 5
    gradient = gradients(error, w)
    assert check_derivation(error, {w: gradient * 5})[w].kind == "factor"
    assert check_derivation(error, {w: gradient / 5})[w].kind == "factor"
    only_last = 2 * (terms[4].data - 1) * 5.3 / 5
    found = check_derivation(error, {w: only_last})[w]
    assert (found.kind, found.where) == ("missing path", "term4 alone"), found.message


def test_a_derivative_at_the_result_in_place_of_the_operand():
    x = Value(0.4, label="x")
    y = sigmoid(x)
    at_result = sigmoid(y.data) * (1 - sigmoid(y.data))
    assert check_derivation(y, {x: at_result})[x].kind == "other point"


def test_values_of_a_second_pass_with_an_old_weight():
    error, w, x, _, h = labelled_product()
    # new w = 0.75 - 0.1 * 3.75 and new x = 3 - 0.1 * (2.25 - 1) * 0.75
    news = {w: "0.375", x: "2.90625"}
    good = check_derivation(error, {**news, h: 0.375 * 2.90625}, of="new value", learning_rate=0.1)
    assert good, f"{good}"
    old = check_derivation(error, {**news, h: 0.75 * 2.90625}, of="new value", learning_rate=0.1)
    assert (old[h].kind, old[h].where) == ("old value", "w"), old[h].message


def test_what_looks_like_no_mistake_is_said_to():
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: "1.2345678"})[w]
    assert (found.verdict, found.kind, found.alternatives) == ("wrong", None, ())
    assert "no mistake that is known" in found.message


def test_a_claim_that_several_mistakes_explain_names_all():
    # With w = 2 the missing factor w and a factor of 1/2 are the same.
    w, x = Value(2.0, label="w"), Value(3.0, label="x")
    found = check_derivation(w * x, {x: "1"})[x]
    assert found.kind == "factor"
    assert "missing derivative" in found.alternatives
    assert "could also be: missing derivative" in found.message


def test_a_rule_of_ones_own_for_floats_alone():
    @primitive
    def cube(x):
        return math.pow(x, 3), (3 * math.pow(x, 2),)

    x = Value(0.5, label="x")
    error = cube(x) * 2.0
    report = check_derivation(error, {x: "1.5"})
    assert report, f"{report}"
    assert check_derivation(error, {x: "3 * x"})[x].kind is not None


# The report


def test_the_report_prints_and_raises():
    error, w, x, *_ = labelled_product()
    report = check_derivation(error, {w: "-3.75", x: "0.94"})
    assert not report
    lines = str(report).splitlines()
    assert lines[0].split() == ["figure", "claimed", "right", "verdict", "kind"]
    assert lines[1].split() == ["gradient", "of", "w", "-3.75", "3.75", "wrong", "sign"]
    assert "the sign is wrong" in lines[-1]
    with pytest.raises(GradientError, match="the sign is wrong"):
        report.raise_if_failed()
    right = check_derivation(error, {w: "3.75"})
    assert right.raise_if_failed() is right


def test_the_report_is_plain_data_and_html():
    error, w, x, *_ = labelled_product()
    report = check_derivation(error, {w: "-3.75", x: "(h - t) * w"})
    assert json.loads(json.dumps(report.as_dict())) == report.as_dict()
    assert report.as_dict()["verdicts"][0]["kind"] == "sign"
    html = report._repr_html_()
    assert html.startswith("<table>")
    assert "the sign is wrong" in html


# Refusals


@pytest.mark.parametrize(
    ("claim", "error", "words"),
    [
        ("__import__(h)", ValueError, "calls no function"),
        ("h.data", ValueError, "neither a number"),
        ("[h]", ValueError, "neither a number"),
        ("(lambda: 1)()", ValueError, "calls no function"),
        ("h if t else x", ValueError, "neither a number"),
        ("'h'", ValueError, "no number"),
        ("h // t", ValueError, "no operator"),
        ("h * q", ValueError, "q is no label: there are E, h, t, w, x"),
        ("sigmoid(h, t)", ValueError, "takes 1 number"),
        ("gradient(h * t)", ValueError, "takes one label"),
        ("h *", ValueError, "is no formula"),
        ("9 ** 9 ** 9", ValueError, "too large"),
        ("nan", ValueError, "finite"),
        (math.inf, ValueError, "finite"),
        (lambda q: q, ValueError, "takes q, which is no label"),
        (True, TypeError, "not True"),
        (None, TypeError, "a claim is a number"),
        ([1.0], TypeError, "a claim is a number"),
    ],
)
def test_claims_that_are_refused(claim, error, words):
    output, w, *_ = labelled_product()
    with pytest.raises(error, match=words.replace("(", r"\(")):
        check_derivation(output, {w: claim})


def test_a_claim_that_explains_a_figure_by_itself_is_refused():
    error, w, *_, h = labelled_product()
    with pytest.raises(ValueError, match="explains gradient of w by itself"):
        check_derivation(error, {w: "gradient(w)"})
    with pytest.raises(ValueError, match="explains h by itself"):
        check_derivation(error, {h: "h + 0"}, of="value")
    with pytest.raises(ValueError, match="explains h by itself"):
        check_derivation(error, {h: lambda h: h}, of="value")
    moved = {w: "w - learning_rate * gradient(w)"}
    assert check_derivation(error, moved, of="new value", learning_rate=0.1)


def test_long_formulas_are_read_or_refused():
    w, x = Value(2.0, label="w"), Value(3.0, label="x")
    assert check_derivation(w * x, {w: " + ".join(["x / 500"] * 500)})
    with pytest.raises(ValueError, match="too deep to read"):
        check_derivation(w * x, {w: "(" * 10_000 + "x" + ")" * 10_000})


def test_a_right_number_that_is_not_finite_is_said():
    x = Value(0.0, label="x")
    found = check_derivation(x.log(), {x: "1"})[x]
    assert (found.verdict, found.kind) == ("wrong", None)
    assert "is inf at these numbers" in found.message


def test_nodes_that_are_refused():
    error, w, *_ = labelled_product()
    with pytest.raises(ValueError, match="has no part in the error"):
        check_derivation(error, {Value(1.0, label="stranger"): "1"})
    with pytest.raises(ValueError, match="none has the label 'w9'"):
        check_derivation(error, {"w9": "1"})
    with pytest.raises(TypeError, match="as a Value"):
        check_derivation(1.0, {w: "1"})
    twins = Value(1.0, label="a") * Value(2.0, label="a")
    with pytest.raises(ValueError, match="2 nodes have the label 'a'"):
        check_derivation(twins, {"a": "1"})
    z = Value(1j, label="z")
    with pytest.raises(TypeError, match="plain numbers"):
        check_derivation(z * 2, {z: "2"})


def test_options_that_are_refused():
    error, w, *_ = labelled_product()
    with pytest.raises(ValueError, match="of is one of"):
        check_derivation(error, {w: "1"}, of="slope")
    with pytest.raises(ValueError, match="give learning_rate="):
        check_derivation(error, {w: "1"}, of="step")
    with pytest.raises(ValueError, match="positive"):
        check_derivation(error, {w: "1"}, learning_rate=0)
    with pytest.raises(ValueError, match="claim their new values too"):
        check_derivation(error, {"h": "1"}, of="new value", learning_rate=0.1)
    other, v, *_ = labelled_product()
    with pytest.raises(ValueError, match="another error"):
        check_derivation(error, {w: "1"}, given=check_derivation(other, {v: "1"}))


def test_changed_data_is_refused():
    error, w, *_ = labelled_product()
    w.data -= 0.1
    with pytest.raises(RuntimeError, match="changed since it was computed"):
        check_derivation(error, {w: "1"})


def test_no_gradient_is_touched():
    error, w, *_ = labelled_product()
    error.backward()
    check_derivation(error, {w: "-3.75"})
    assert w.grad == 3.75
