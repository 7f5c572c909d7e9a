"""check_derivation: claims in all their forms, and mistakes that random networks do not have."""

import math
from fractions import Fraction

import pytest
from derivations.networks import labelled_product
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, check_derivation, dot, gradients, primitive, sigmoid

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
        ("4", "wrong"),
        ("3", "wrong"),
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
    stranger = check_derivation(error, {w: sympy.Symbol("q") * x})[w]
    assert stranger.verdict == "unreadable"
    assert "takes q, which is not a label" in stranger.message


def test_cut_off_digits_are_right_with_a_remark():
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: "3.7"})[w]
    assert found.verdict == "rounded"
    cut = check_derivation(error * 10.1, {w: "37"})[w]
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


@pytest.mark.parametrize("name", ["add", "mul", "div", "pow", "dot"])
def test_a_rule_of_ones_own_may_have_the_name_of_another(name):
    def triple(x):
        return 3 * x, (3,)

    triple.__name__ = name
    x = Value(0.5, label="x")
    found = check_derivation(primitive(triple)(x) * 2.0, {x: "7.123"})[x]
    assert (found.verdict, found.kind) == ("wrong", None), found.message


# What is said of a mistake


def leaves():
    return Value(0.7, label="x"), Value(1.3, label="w")


@pytest.mark.parametrize(
    "program", [lambda x, w: x - w, lambda x, w: -w + x, lambda x, w: x + x - (w + 1)]
)
def test_a_forgotten_minus_is_one_mistake_and_not_several(program):
    x, w = leaves()
    for claim in (1, "1.000"):
        found = check_derivation(program(x, w), {w: claim})[w]
        assert (found.kind, found.alternatives) == ("sign", ()), found.message


def test_the_number_of_another_node_is_no_second_explanation():
    x, w = leaves()
    found = check_derivation(x * w, {w: "w"})[w]
    assert (found.kind, found.alternatives) == ("other operand", ()), found.message


@given(st.integers(3, 9) | st.sampled_from([-2, -3, 0.75, 1.5]), st.booleans())
def test_a_forgotten_exponent_is_a_factor(exponent, is_value):
    x = Value(0.7, label="x")
    power = x ** (Value(exponent, label="n") if is_value else exponent)
    written, where = ("n", "x ** n") if is_value else (exponent, f"x**{exponent}")
    found = check_derivation(power + x, {x: f"x**({written} - 1) + 1"})[x]
    assert (found.kind, found.where) == ("factor", where), found.message
    assert "is missing as a factor" in found.message


@pytest.mark.parametrize(
    ("program", "label", "claim", "words"),
    [
        (lambda x, w: (x * w - 1) ** 2, "x", "2*(x*w - 1)", "the factor w in x * w"),
        (lambda x, w: (x * w - 1) ** 2, "w", "2*(x*w - 1)", "the factor x in x * w"),
        (lambda x, w: dot([x, x], [w, x], 1.0), "w", 1, "the factor x in dot(x, x, w, x, 1)"),
        (lambda x, w: (x / w).exp(), "x", "exp(x / w)", "of x / w with respect to x"),
        (lambda x, w: (x * w).exp(), "x", "w", "the derivative of exp in exp(x * w)"),
    ],
)
def test_a_missing_factor_is_named(program, label, claim, words):
    found = check_derivation(program(*leaves()), {label: claim})[label]
    assert found.kind == "missing derivative", found.message
    assert f"{words} is missing" in found.message


@pytest.mark.parametrize(
    ("program", "claim", "hint"),
    [
        (lambda x, w: x - w, 1, "the derivative of x - w with respect to w has one."),
        (lambda x, w: (x / w).exp(), "x/w**2*exp(x/w)", "of x / w with respect to w has one."),
        (lambda x, w: x * w.exp(), "-x*exp(w)", "Follow each minus sign."),
        (lambda x, w: (w - x) ** 2, "2*(x - w)", "Follow each minus sign."),
    ],
)
def test_the_hint_for_a_sign_is_about_this_graph(program, claim, hint):
    found = check_derivation(program(*leaves()), {"w": claim})["w"]
    assert found.kind == "sign"
    assert found.message.endswith(hint), found.message
