"""check_derivation: whatever is claimed, a verdict in words, and in bounded time."""

import json
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from witnesses import relaxed

from autograd import Value, check_derivation, exp, tanh
from autograd.checking.derivation.reading.formulas import Formula

VERDICTS = ("right", "rounded", "wrong", "unreadable")


def network(number=float, label="w"):
    w, x = Value(number(1) / 2, label=label), Value(number(3), label="x")
    h = w * x
    h.label = "h"
    error = (h - 1) ** 2
    error.label = "E"
    return error, w, h


def verdict_on(claim, number=float, of="gradient"):
    """The verdict on a claim about w; its report printed, as HTML and as JSON."""
    error, w, _ = network(number)
    try:
        report = check_derivation(error, {w: claim}, of=of, learning_rate=number(1) / 8)
    except ValueError as fault:
        if "by itself" not in str(fault):
            raise
        return None
    found = report[w]
    assert found.verdict in VERDICTS
    assert found.message, f"{claim!r:.99} has no message"
    assert len(found.message) < 700, found.message
    shown = str(report)
    assert all(line.isprintable() for line in shown.split("\n")), f"{shown!r}"
    assert "<table>" in report._repr_html_()
    json.dumps(report.as_dict(), allow_nan=False)
    return found


NUMBERS = [float, Fraction]

# All that formulas are made of, and much that they are not.
PIECES = [
    *("w", "x", "h", "E", "pi", "gradient(", "sigmoid(", "log(", "dot(", "sum(", "max(", "σ("),
    *("0", "1", "9", "0.5", "1e9", "1e999", "1e-999", "9**9", "1j", "0x1f", "1_0", "."),
    *("+", "-", "*", "/", "**", "^", "//", "%", "−", "·", "×", "(", ")", ",", "²", "⁻¹", "⁹⁹"),
    *(" ", "\n", "\t", "\u00a0", "#", "\\", "\0", "\u202e", "\u200b", "\ud800", "'", '"', ":"),
    *("∂E/∂h", "∂", "=", "<", "[", "]", "{", "}", "@", "~", "if", "else", "lambda", "_label_0"),
    *("|", "|direct", "√", "½", "'", "tanh ", "(as ", "and ", "δ_h", "dE/dh", "d", "e^", "e", "ᵀ"),
    *("≈", "≤", ";", "0,5", "×10⁻²", "10^", "η", ".grad", "np.", "Σ", "1_{", "$", "_{", r"\\"),
    *(r"\frac", r"\frac{", r"\left", r"\text{", r"\sigma", r"\cdot ", r"\partial "),
]
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("of", ["gradient", "value", "new value"])
def test_any_text_is_answered(number, of):
    @settings(relaxed, max_examples=60)
    @given(texts)
    @example("(-1)**0.5")
    @example("w**1e9")
    @example("9**9**9*w")
    def run(text):
        verdict_on(text, number, of)

    run()


HOSTILE = {
    "beyond floats": "1e999",
    "beneath floats": "-1e-999",
    "an exponent of many digits": "1e9999999",
    "its opposite": "1e-9999999",
    "an exponent longer than integers are read": "1e" + "9" * 10_000,
    "a long integer": "1" * 5000,
    "a long fraction": "0." + "1" * 5000,
    "a number of many digits": "0." + "1" * 3000,
    "a number, nearly": "1" * 60_000 + "x",
    "a long hexadecimal": "0x" + "f" * 20_000,
    "complex": "(-1)**0.5",
    "a tower": "9**9**9**9",
    "a tower of negatives": "9**-9**9",
    "a tower by name": "pow(9, pow(9, 9))",
    "a large power of a label": "w**1e9",
    "a large power in superscripts": "w⁹⁹⁹⁹⁹⁹⁹⁹",
    "powers of powers": "((((w**99)**99)**99)**99)**99",
    "a product of large powers": "(9**3000)*" * 3000 + "1",
    "division by 0": "1/0",
    "a pole": "log(0)",
    "outside of a domain": "sqrt(-1)",
    "modulo 0": "mod(1, 0)",
    "nan": "nan",
    "an infinity": "-inf",
    "no operands": "dot()",
    "no operands of a sum": "sum()",
    "deep parentheses": "(" * 20_000 + "w" + ")" * 20_000,
    "many signs": "-" * 50_000 + "w",
    "many terms": "+".join(["w"] * 5000),
    "a long call": "foo(" + "+".join(["w"] * 400) + ")",
    "a long name": "w" * 50_000,
    "many words": "a b " * 20_000,
    "a text too long": "w+" * 100_000 + "w",
    "unbalanced": "((w",
    "unbalanced the other way": "w))",
    "nothing": "",
    "blanks": " \t\u2003",
    "a null byte": "w\0",
    "a lone surrogate": "\ud800",
    "a mark for writing from right to left": "\u202ew",
    "escapes of a terminal": "\x1b[31mw",
    "lines": "w\n\n+\rx",
    "code": "__import__('os').system('true')",
}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_are_answered(case, number):
    assert not verdict_on(HOSTILE[case], number)


@pytest.mark.parametrize(
    ("claim", "verdict", "words"),
    [
        ("1e999", "wrong", "not 1e999: it is beyond 1.8e308, the largest float"),
        ("x = -1e400", "wrong", "it is beyond 1.8e308, the largest float"),
        (10**400, "wrong", "it is beyond 1.8e308, the largest float"),
        ("1e9999999", "unreadable", "too many digits to compare"),
        (Decimal("1e9999999"), "unreadable", "too many digits to compare"),
        (10**5000, "unreadable", "at most 4,000 digits"),
        (Fraction(1, 10**5000), "unreadable", "at most 4,000 digits"),
        (Decimal("sNaN"), "unreadable", "must be finite"),
        ("(-1)**0.5", "unreadable", "it is complex"),
        ("1/0", "unreadable", "it divides by 0"),
        ("sum()", "unreadable", "at least one number"),
        ("pow(9, 9**9)", "unreadable", "the power 9**387420489 in a formula is too large"),
        ("dot(9**9999, 9**9999)", "unreadable", "too many digits"),
        ("gradient(learning_rate)", "unreadable", "the learning rate has no gradient"),
        ("1e400*x", "unreadable", "a number is too large for a float, which goes up to 1.8e308"),
        ("x" * 200_000, "unreadable", "at most 25,000 characters"),
        ("1..2", "unreadable", "out of place"),
        (sympy.Matrix([1]), "unreadable", "nor a formula"),
        (sympy.Integral(sympy.Symbol("x"), sympy.Symbol("x")), "unreadable", "can't be computed"),
        (sympy.zoo, "unreadable", "must be finite"),
        (lambda x: None, "wrong", "gives nan"),
        (lambda x: "3", "wrong", "gives nan"),
        (lambda x: [x], "wrong", "gives nan"),
        (lambda x: 1j, "wrong", "0+1j"),
        (lambda x: math.nan, "wrong", "gives nan"),
        (lambda x: 10**400, "wrong", "gives 1e400: it looks like no mistake"),
        (np.float32(3), "right", ""),
    ],
    ids=lambda case: str(case)[:20] if isinstance(case, str) else type(case).__name__,
)
def test_odd_claims_are_answered_in_words(claim, verdict, words):
    found = verdict_on(claim)
    assert found.verdict == verdict, found.message
    assert words in found.message


@pytest.mark.parametrize("claim", ["x / v", "x + 1 / v**2", "1 / gradient(v)", "1 / o"])
def test_a_formula_that_is_infinite_agrees_with_no_number(claim):
    w, x, v = Value(0.5, label="w"), Value(3.0, label="x"), Value(0.0, label="v")
    # A leaf without a label is 0 at random points too.
    o = Value(0.0) * x
    o.label = "o"
    found = check_derivation(w * x + v * v + o, {w: claim})[w]
    assert found.verdict == "wrong"
    assert "gives inf: it looks like no mistake" in found.message


@given(st.sampled_from(NUMBERS), st.lists(st.integers(-2, 2), min_size=2, max_size=2), texts)
@settings(relaxed, max_examples=150)
def test_zeros_in_a_graph_of_fractions_stop_no_check(number, leaves, text):
    # Fractions raise at a pole, where floats are infinite.
    w, x = (Value(number(n), label=label) for n, label in zip(leaves, "wx", strict=True))
    h = w * x
    h.label = "h"
    error = (h + 1) / (h * h + x * x + 1) - w / (h - 5)
    error.label = "E"
    check_derivation(error, {w: "1/3", x: text if "gradient" not in text else "1"})
    check_derivation(error, {h: "0.7", w: "2"}, of="value")
    check_derivation(error, {w: "0", x: "0.3", h: 7}, of="new value", learning_rate=number(1))


# What would be read otherwise than it was written


@pytest.mark.parametrize("text", ["w#x", "w # x", "(w#\n)", "w*x#", "#w"])
def test_no_part_of_a_formula_is_dropped(text):
    found = verdict_on(text)
    assert found.verdict == "unreadable", found.message
    assert "# has no meaning in a formula" in found.message


def test_python_has_nothing_to_say_about_a_formula(recwarn):
    assert verdict_on("2if w else x").verdict == "unreadable"
    assert not recwarn.list


def test_blanks_of_any_kind_are_blanks():
    assert verdict_on("2\u00a0* (h\u2003- 1)\n* x").verdict == "right"


@pytest.mark.parametrize(
    "labels", [("w#", "_label_0"), ("_label_1", "a.b"), ("2", "x.1"), ("0.5", "w")]
)
def test_odd_labels_are_not_taken_for_one_another(labels):
    numbers = dict(zip(labels, (3.0, 5.0), strict=True))
    for label in labels:
        if not label.replace(".", "").isdecimal():
            formula = Formula(f"2 * {label} + 0.5", labels)
            assert formula(numbers) == 2 * numbers[label] + 0.5
            assert formula.names == (label,)
    with pytest.raises(ValueError, match="_label_9 is not a label"):
        Formula("_label_9", labels)


def test_the_learning_rate_is_meant_where_two_nodes_have_its_label():
    first, second = (Value(number, label="learning_rate") for number in (2.0, 3.0))
    w = Value(1.0, label="w")
    error = w * first * second
    claim = {w: "w - learning_rate * gradient(w)"}
    assert check_derivation(error, claim, of="new value", learning_rate=0.25)


# What goes into reports

ODD_LABELS = ["\x1b[31mred", "a\nb", "\u202eabc", "\ud800", "a\tb"]


@pytest.mark.parametrize("label", ODD_LABELS)
def test_a_report_prints_no_control_characters(label):
    error, w, _ = network(label=label)
    report = check_derivation(error, {w: "0.77", "h": f"{label} + {label}", "x": "1"})
    lines = str(report).split("\n")
    assert all(line.isprintable() for line in lines), f"{lines}"
    assert len(lines) == 1 + 3 + sum(not verdict for verdict in report.verdicts)
    assert all(part.isprintable() for part in report._repr_html_().split("\n"))
    assert report[label] is report[w]
    with pytest.raises(ValueError, match="none has the label") as refusal:
        check_derivation(error, {"nobody": 1})
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_report_is_json_where_the_right_number_is_none(number):
    w = Value(number, label="w")
    report = check_derivation(w * 2 + exp(w), {w: "1"}, of="value")
    text = json.dumps(report.as_dict(), allow_nan=False)
    assert str(float(json.loads(text)["verdicts"][0]["right"])) == str(number)


# What is refused


@pytest.mark.parametrize(
    "rate",
    [math.nan, math.inf, -0.5, 0, "0.5", 1j, True, Value(0.5), [0.5], 10**400, np.ones(2)],
    ids=lambda rate: f"{rate!r:.20}",
)
def test_a_learning_rate_is_a_positive_number(rate):
    error, w, _ = network()
    with pytest.raises(ValueError, match="a learning rate is a positive number"):
        check_derivation(error, {w: 1}, of="step", learning_rate=rate)


@pytest.mark.parametrize("claims", [None, "w", [1], 3])
def test_claims_are_a_dict(claims):
    with pytest.raises(TypeError, match="claims is a dict"):
        check_derivation(network()[0], claims)


def test_two_claims_about_one_figure_are_refused():
    error, w, _ = network()
    with pytest.raises(ValueError, match="gradient of w is claimed twice"):
        check_derivation(error, {w: 1, "w": 2})


def test_a_report_that_is_given_is_a_report():
    error, w, _ = network()
    with pytest.raises(TypeError, match="the report of an earlier check"):
        check_derivation(error, {w: 1}, given={"w": 2})


@pytest.mark.parametrize(
    "number", [10**400, -(10**5000), Fraction(10**400, 3)], ids=["int", "long int", "Fraction"]
)
def test_numbers_beyond_floats_are_refused(number):
    w = Value(number, label="w")
    with pytest.raises(ValueError, match=r"w is .*e.* up to 1\.8e308"):
        check_derivation(w * 2, {w: 2})


def test_gradients_beyond_floats_are_refused():
    v, factor = Value(Fraction(1, 10**200), label="v"), Value(Fraction(10**200))
    with pytest.raises(ValueError, match="the gradient of v is 1e400"):
        check_derivation(v * factor * factor, {v: 1})


def test_a_large_graph_is_checked_and_no_mistake_is_sought_in_it():
    w, x = Value(0.5, label="w"), Value(0.25, label="x")
    h = x
    for _ in range(3000):
        h = h * w + x
    right = check_derivation(h, {x: 2.0})
    assert right, f"{right}"
    for claim in ("4.0", "x + 2"):
        found = check_derivation(h, {x: claim})[x]
        assert found.verdict == "wrong"
        assert "the graph is too large to look for the mistake" in found.message


def test_a_graph_that_is_too_large_is_refused():
    x = Value(0.25, label="x")
    h = x
    for _ in range(100_000):
        h = h + 1
    with pytest.raises(ValueError, match="at most 100,000 nodes, and this has 200,001"):
        check_derivation(h, {x: 1})


def test_mistakes_are_sought_in_bounded_time():
    # A wide node, a long line without labels, many labelled nodes in a row.
    leaves = [Value(1e-3 * i) for i in range(400)]
    w = Value(0.5, label="w")
    wide = sum(leaf * w for leaf in leaves)
    line = w
    for _ in range(800):
        line = line.sin()
    row = w
    for position in range(300):
        row = tanh(row) + 0.1
        row.label = f"h{position}"
    for error in (wide, line, row):
        error.label = "E"
        assert not check_derivation(error, {w: "7.77", "E": "w"})
        assert not check_derivation(error, {"E": "7.77"}, of="value")


# What SymPy is asked

REPEATED = {
    "unlabelled": lambda h, _: (h * h).sin() * 0.1 + h,
    "labelled": lambda h, label: labelled(h * h + h * 0.1, label),
    "paths": lambda h, label: labelled(tanh(h) + h.sin(), label),
}


def labelled(value, label):
    value.label = label
    return value


@pytest.mark.parametrize("name", REPEATED)
def test_formulas_that_double_at_each_step_are_not_multiplied_out(name):
    w, h = Value(0.5, label="w"), Value(0.3, label="x")
    for position in range(60):
        h = REPEATED[name](h, f"h{position}")
    h.label = "h"
    assert check_derivation(h * w, {w: "h", "h": "w"})
    assert check_derivation(h * w, {"h": "h + w - w * 1"}, of="gradient")["h"].verdict == "wrong"


@pytest.mark.parametrize(
    "claim",
    [
        "3 * w**2 + (w + 1)**9999 - (1 + w)**9999",
        "3 * w**2 + 0 * (w + x + 1)**500",
        "3 * w**2 * ((w + x + 1)**400 / (1 + w + x)**399) / (w + x + 1)",
        "3 * w * w * (1 + 1 / (1 + 1 / (1 + 1 / (1 + w)))) / (1 + 1 / (1 + 1 / (1 + 1 / (w + 1))))",
        "3 * w**2 * (w**999) ** 999 / (w ** (999 * 999))",
    ],
)
def test_large_powers_are_not_multiplied_out(claim):
    w, x = Value(1.0, label="w"), Value(0.5, label="x")
    found = check_derivation(w**3 + x, {w: claim})[w]
    assert found.verdict in VERDICTS


@pytest.mark.parametrize(
    ("inner", "claim"),
    [
        (lambda w: (w * 1e300 + 1e-300).exp(), "exp(w * 1e300 + 1e-300)"),
        (lambda w: (w**0.5 + 1e-300).expm1(), "expm1(w**0.5 + 1e-300)"),
        (lambda w: (w * (1 / 3) ** 50).sigmoid(), "sigmoid(w * (1/3)**50)"),
        (lambda w: (w**999 + 1e-9 / 9999).sigmoid(), "sigmoid(w**999 + 1e-9 / 9999)"),
        (lambda w: ((w * w - w.log()) ** -700) ** w, "(w * w - log(w))**(-700)**w"),
        (lambda w: (w + 1.0000001) ** 1e6, "(w + 1.0000001)**1e6"),
        (lambda w: w ** (1 / 3) + w**0.33333333, "w**(1/3) + w**0.33333333"),
        (lambda w: (w + Value(9.0).exp().exp()).log(), "log(w + exp(exp(9)))"),
        (lambda w: (w.log() * 100000).exp(), "exp(log(w) * 100000)"),
        (lambda w: Value(1.0000001) ** 10_000_000 + w, "1.0000001**10000000 + w"),
        (lambda w: (w + 1.0000001).sqrt().relu().relu(), "relu(relu(sqrt(w + 1.0000001)))"),
        (lambda w: (w + Value(100.0).erf()).erf(), "erf(w + erf(100))"),
        (lambda w: ((w * 1000) ** 1000) ** 0.001, "((w * 1000)**1000)**0.001"),
    ],
)
def test_extreme_constants_stop_no_proof(inner, claim):
    # SymPy works numbers out exactly, and takes exp(x / 3 ** 50) for a power of exp(x / 10 ** 50).
    w, x = Value(0.5, label="w"), Value(0.25, label="x")
    h = labelled(inner(w), "h")
    for error in (h * x, abs(abs(h)) * x):
        error.label = "E"
        verdict = check_derivation(error, {"h": claim}, of="value")["h"].verdict
        assert verdict in VERDICTS
