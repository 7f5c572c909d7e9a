"""check_derivation: formulas as people write them, each beside the function that it means."""

import math
import re
from fractions import Fraction

import pytest
from derivations.networks import labelled_product
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, check_derivation, explain, sigmoid, tanh
from autograd.checking.derivation.claims import ClaimedNumber, UnreadableClaim, read_claim
from autograd.checking.derivation.reading.formulas import Formula, read_formula

LABELS = ("x", "y", "z", "s", "t", "o", "p1", "w5", "h1", "y_1", "a_h1", "learning_rate", "λ", "E")

# On both sides of each kink and outside of no domain but where a formula says so.
POINTS = [
    {label: scale * (3 + 7 * index % 11) / 8 for index, label in enumerate(LABELS)}
    for scale in (0.25, 0.375, 1)
]


def σ(z):
    return 1 / (1 + math.exp(-z))


def σ_slope(z):
    return σ(z) * (1 - σ(z))


def read_back(text, labels=LABELS):
    """The formula as a function of the labels' numbers."""
    formula = read_formula(text, labels)
    return lambda numbers: float(formula(numbers))


# Each kind of notation: what is written, and the function of the labels that it means.
NOTATIONS = {
    "products without a sign": [
        ("(y-t)y(1-y)x", lambda y, t, x: (y - t) * y * (1 - y) * x),
        ("2(o-t)p1", lambda o, t, p1: 2 * (o - t) * p1),
        ("2x", lambda x: 2 * x),
        ("x(1-x)", lambda x: x * (1 - x)),
        ("(x+1)(y+1)", lambda x, y: (x + 1) * (y + 1)),
        ("xy", lambda x, y: x * y),
        ("w5 h1", lambda w5, h1: w5 * h1),
        ("w5h1x", lambda w5, h1, x: w5 * h1 * x),
        ("2xy²z", lambda x, y, z: 2 * x * y**2 * z),
        ("x^2y", lambda x, y: x**2 * y),
        ("(3x + 1)2x", lambda x: (3 * x + 1) * 2 * x),
        ("xσ(z)", lambda x, z: x * σ(z)),
        ("2πx", lambda x: 2 * math.pi * x),
        ("-xy", lambda x, y: -x * y),
        ("x|y|z", lambda x, y, z: x * abs(y) * z),
    ],
    "signs": [
        ("x·y", lambda x, y: x * y),
        ("x × y", lambda x, y: x * y),
        ("x ∙ y ⋅ z • s", lambda x, y, z, s: x * y * z * s),
        ("x − y – z", lambda x, y, z: x - y - z),
        ("x ÷ y", lambda x, y: x / y),
        ("x⁄y", lambda x, y: x / y),
        ("x**2", lambda x: x**2),
        ("x^2", lambda x: x**2),
        ("+x", lambda x: x),
        ("x\u00a0·\u2009y\n+\tz", lambda x, y, z: x * y + z),
    ],
    "parentheses": [
        ("[y - t]·x", lambda y, t, x: (y - t) * x),
        ("{y - t} x", lambda y, t, x: (y - t) * x),
        ("2[x{1 − (y)}]", lambda x, y: 2 * x * (1 - y)),
        ("|x − y|", lambda x, y: abs(x - y)),
        ("||x| − |y||", lambda x, y: abs(abs(x) - abs(y))),
        ("|x|·|y|", lambda x, y: abs(x) * abs(y)),
        ("|x(y|z|)|", lambda x, y, z: abs(x * y * z)),
        ("|x(y − |z|)|", lambda x, y, z: abs(x * (y - abs(z)))),
    ],
    "powers": [
        ("x²", lambda x: x**2),
        ("x⁻¹", lambda x: 1 / x),
        ("x¹²", lambda x: x**12),
        ("(1 − y)²", lambda y: (1 - y) ** 2),
        ("x^-2", lambda x: x**-2),
        ("x^{−2}", lambda x: x**-2),
        ("2^x", lambda x: 2**x),
        ("xᵗ", lambda x, t: x**t),
        ("x^½", lambda x: x**0.5),
        ("e^x", lambda x: math.exp(x)),
        ("e^(-z)", lambda z: math.exp(-z)),
        ("e^-z", lambda z: math.exp(-z)),
        ("e⁻ᶻ", lambda z: math.exp(-z)),
        ("e**x·y", lambda x, y: math.exp(x) * y),
        ("2e^x", lambda x: 2 * math.exp(x)),
        ("2xe^(x²)", lambda x: 2 * x * math.exp(x**2)),
        ("xye⁻ᶻ", lambda x, y, z: x * y * math.exp(-z)),
        ("1/(1+e^(-z))", σ),
        ("e·x", lambda x: math.e * x),
    ],
    "functions": [
        ("exp(−z)", lambda z: math.exp(-z)),
        ("σ(z)", σ),
        ("sigma(z)", σ),
        ("Sigmoid(z)", σ),
        ("sig(z)", σ),
        ("ReLU(x − y)", lambda x, y: max(x - y, 0)),
        ("tanh s", lambda s: math.tanh(s)),
        ("ln x", math.log),
        ("log(x)", math.log),
        ("ln y·t", lambda y, t: math.log(y) * t),
        ("−t ln y", lambda t, y: -t * math.log(y)),
        ("log_2(x)", math.log2),
        ("log₁₀(x)", math.log10),
        ("lg x", math.log10),
        ("√x", math.sqrt),
        ("√(x·y)", lambda x, y: math.sqrt(x * y)),
        ("√2·x", lambda x: math.sqrt(2) * x),
        ("arctan(x)", math.atan),
        ("sech(x)", lambda x: 1 / math.cosh(x)),
        ("sgn(x − y)", lambda x, y: (x > y) - (x < y)),
        ("abs(x − y)", lambda x, y: abs(x - y)),
        ("max(x, y, z)", lambda x, y, z: max(x, y, z)),
        ("min(x; y)", lambda x, y: min(x, y)),
        ("mean(x, y, z)", lambda x, y, z: (x + y + z) / 3),
        ("avg(x, y)", lambda x, y: (x + y) / 2),
        ("sum(x, y, z)", lambda x, y, z: x + y + z),
        ("Σ(x, y)", lambda x, y: x + y),
        ("leaky_relu(−x, 0.1)", lambda x: -0.1 * x),
        ("pow(x, y)", lambda x, y: x**y),
        ("np.tanh(s)·math.exp(-z)", lambda s, z: math.tanh(s) * math.exp(-z)),
        ("sin(x)cos(y)", lambda x, y: math.sin(x) * math.cos(y)),
        ("LeakyReLU(−x)", lambda x: -0.01 * x),
        ("H(x − y)", lambda x, y: float(x > y)),
    ],
    "powers and derivatives of functions": [
        ("tanh²(s)", lambda s: math.tanh(s) ** 2),
        ("tanh^2(s)", lambda s: math.tanh(s) ** 2),
        ("1 − tanh² s", lambda s: 1 - math.tanh(s) ** 2),
        ("tanh(s)²", lambda s: math.tanh(s) ** 2),
        ("sin^2(x)", lambda x: math.sin(x) ** 2),
        ("ln x²", lambda x: math.log(x**2)),
        ("σ'(z)", σ_slope),
        ("σ′(z)", σ_slope),
        ("σ’(z)·x", lambda z, x: σ_slope(z) * x),
        ("sigmoid'(z)", σ_slope),
        ("relu'(x − y)", lambda x, y: float(x > y)),
        ("tanh'(s)", lambda s: 1 - math.tanh(s) ** 2),
        ("tanh'²(s)", lambda s: (1 - math.tanh(s) ** 2) ** 2),
        ("leaky_relu'(-x, 0.1)", lambda x: 0.1),
    ],
    "names": [
        ("y₁", lambda y_1: y_1),
        ("y1", lambda y_1: y_1),
        ("y_{1}", lambda y_1: y_1),
        ("a_h₁ h_1", lambda a_h1, h1: a_h1 * h1),
        ("y₁y", lambda y_1, y: y_1 * y),
        ("η·x", lambda learning_rate, x: learning_rate * x),
        ("α x", lambda learning_rate, x: learning_rate * x),
        ("lr*x", lambda learning_rate, x: learning_rate * x),
        ("ηλ x", lambda learning_rate, λ, x: learning_rate * λ * x),
        ("lambda*x", lambda λ, x: λ * x),
        ("2λx", lambda λ, x: 2 * λ * x),
    ],
    "fractions": [
        ("½(y − t)²", lambda y, t: (y - t) ** 2 / 2),
        ("¾x", lambda x: 0.75 * x),
        ("1/2 (y − t)", lambda y, t: (y - t) / 2),
        ("1/2(y − t)", lambda y, t: (y - t) / 2),
        ("1/2 x", lambda x: x / 2),
        ("−1/2 x", lambda x: -x / 2),
        ("1/y (x + z)", lambda x, y, z: (x + z) / y),
        ("x/2·y", lambda x, y: x / 2 * y),
        ("x/(2y)", lambda x, y: x / (2 * y)),
    ],
    "numbers in formulas": [
        ("0,5x", lambda x: 0.5 * x),
        ("σ(0,5)·x", lambda x: σ(0.5) * x),
        ("max(0,5)·x", lambda x: 5 * x),
        ("5%·x", lambda x: 0.05 * x),
        (".5x", lambda x: 0.5 * x),
        ("3·10⁻²·x", lambda x: 0.03 * x),
        ("1.5e-3x", lambda x: 0.0015 * x),
        ("2·10^2·x", lambda x: 200 * x),
        ("x^2·10^-1", lambda x: x**2 / 10),
        ("x·10^y", lambda x, y: x * 10**y),
    ],
    "conditions": [
        ("2(x > y)x", lambda x, y: 2 * (x > y) * x),
        ("[x ≥ y]·x", lambda x, y: (x >= y) * x),
        ("1{x<=y}·x", lambda x, y: (x <= y) * x),
        ("(x == y)·z + (x = x)", lambda x, y, z: (x == y) * z + 1),
        ("1[x ≠ y]", lambda x, y: float(x != y)),
        ("I(x > y)·z", lambda x, y, z: (x > y) * z),
        ("1_{x > y}·z", lambda x, y, z: (x > y) * z),
        ("(x > y and x > z)", lambda x, y, z: float(x > y and x > z)),
        ("(x > y or x > z)", lambda x, y, z: float(x > y or x > z)),
        ("(x > y ∧ y > z)", lambda x, y, z: float(x > y > z)),
        ("x if x > y else y", lambda x, y: max(x, y)),
        ("x if x > y, else y", lambda x, y: max(x, y)),
        ("x if x > 0", lambda x: x),
        ("x  (as x > 0 and y > 0)", lambda x: x),
        ("(x if x > y else 0)·y", lambda x, y: (x if x > y else 0) * y),
        ("x if x + 1 > y − 1 else 2 y", lambda x, y: x if x + 1 > y - 1 else 2 * y),
    ],
    "LaTeX": [
        (r"\frac{x}{y}", lambda x, y: x / y),
        (r"\frac{1}{2}\left(y - t\right)^{2}", lambda y, t: (y - t) ** 2 / 2),
        (r"$\tfrac12 (y-t)^2$", lambda y, t: (y - t) ** 2 / 2),
        (r"\dfrac{x+1}{y} z", lambda x, y, z: (x + 1) / y * z),
        (r"x \cdot y \times z", lambda x, y, z: x * y * z),
        (r"x\,y\;z\!", lambda x, y, z: x * y * z),
        (r"\left[ x \right]\bigl(y\bigr)", lambda x, y: x * y),
        (r"\left\{x\right\} y", lambda x, y: x * y),
        (r"\sigma(z)", σ),
        (r"\sigma'\left(z\right)", σ_slope),
        (r"\sigma^{\prime}(z)", σ_slope),
        (r"\tanh^{2}\left(s\right)", lambda s: math.tanh(s) ** 2),
        (r"e^{-z}", lambda z: math.exp(-z)),
        (r"\exp(-z)", lambda z: math.exp(-z)),
        (r"\ln y_{1}", lambda y_1: math.log(y_1)),
        (r"t\ln y", lambda t, y: t * math.log(y)),
        (r"\sqrt{x y}", lambda x, y: math.sqrt(x * y)),
        (r"w_{5} h_{1}", lambda w5, h1: w5 * h1),
        (r"w_{5}h_{1}x", lambda w5, h1, x: w5 * h1 * x),
        (r"a_{h_{1}} \cdot x^{2}", lambda a_h1, x: a_h1 * x**2),
        (r"y_{1}^{2}", lambda y_1: y_1**2),
        (r"\operatorname{\text{relu}}\left(x - y\right)", lambda x, y: max(x - y, 0)),
        (r"\operatorname{\text{leaky}\_\text{relu}}\left(-x\right)", lambda x: -0.01 * x),
        (r"\mathrm{relu}(x - y)", lambda x, y: max(x - y, 0)),
        (r"\left|x - y\right|", lambda x, y: abs(x - y)),
        (r"\lvert x - y\rvert", lambda x, y: abs(x - y)),
        (r"\mathbb{1}\{x \geq y\}", lambda x, y: float(x >= y)),
        (r"x \qquad (\text{as } x \leq 9 \text{ and } y > 0)", lambda x: x),
        (r"\eta\lambda x", lambda learning_rate, λ, x: learning_rate * λ * x),
        (r"2 \pi x", lambda x: 2 * math.pi * x),
        (r"\max(x, y)", lambda x, y: max(x, y)),
        (r"x \quad {} - y", lambda x, y: x - y),
        (r"a _{h_{1}} + w _5", lambda a_h1, w5: a_h1 + w5),
        (r"(x - y)\mathbf{1}_{x > 0}\,y", lambda x, y: (x - y) * y),
        (r"y\mathbf{1}_{x > y}", lambda x, y: y * (x > y)),
    ],
    "numbers beside others": [
        ("2½x", lambda x: 2.5 * x),
        ("-2½", lambda: -2.5),
        ("1.5x10^-1", lambda: 0.15),
        ("(x + 1)1(x > y)", lambda x, y: (x + 1) * (x > y)),
    ],
    "sums over an index": [
        ("Σ_i h_i", lambda h1: h1),
        (r"\sum_{i=1}^{1} h_i", lambda h1: h1),
        ("Σᵢ 2pᵢ·x − x", lambda p1, x: 2 * p1 * x - x),
        ("mean((p_k + 1)²)", lambda p1: (p1 + 1) ** 2),
    ],
}
CASES = [pytest.param(*case, id=case[0]) for cases in NOTATIONS.values() for case in cases]


def arguments(function):
    code = getattr(function, "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ("x",)


@pytest.mark.parametrize(("text", "meant"), CASES)
def test_notations_mean_what_people_mean(text, meant):
    function = read_back(text)
    for numbers in POINTS:
        expected = meant(*(numbers[name] for name in arguments(meant)))
        assert math.isclose(function(numbers), expected, rel_tol=1e-12), f"{text} at {numbers}"


# The order of operations

ARITHMETIC = ["+", "-", "*", "/", "**"]
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]
LOGIC = ["and", "or"]


@pytest.mark.parametrize("second", [*ARITHMETIC, *COMPARISONS])
@pytest.mark.parametrize("first", [*ARITHMETIC, *COMPARISONS])
def test_operators_bind_as_in_python(first, second):
    text = f"(x {first} y {second} z)"
    if first in COMPARISONS and second in COMPARISONS:
        with pytest.raises(ValueError, match="two comparisons in a row"):
            Formula(text, LABELS)
        return
    for x, y, z in [(2, 3, 2), (3, 1, 2), (1, 1, 3), (5, 2, 2)]:
        numbers = {"x": Fraction(x), "y": Fraction(y), "z": Fraction(z)}
        assert Formula(text, LABELS)(numbers) == eval(text, dict(numbers)), f"{text} at {numbers}"


@pytest.mark.parametrize("second", [*COMPARISONS, *LOGIC])
@pytest.mark.parametrize("first", LOGIC)
def test_conditions_are_joined_as_in_python(first, second):
    for text in (f"(x {first} y {second} z)", f"(x {second} y {first} z)"):
        for bits in range(8):
            numbers = {name: bits >> i & 1 for i, name in enumerate("xyz")}
            assert Formula(text, LABELS)(numbers) == eval(text, dict(numbers)), f"{text} {numbers}"


@pytest.mark.parametrize(
    "text", ["-x**2", "2**-x**2", "-x*y", "x - -y", "x**y**2", "--x", "-x - y"]
)
def test_signs_bind_as_in_python(text):
    numbers = {"x": Fraction(3), "y": Fraction(2)}
    assert Formula(text, LABELS)(numbers) == eval(text, dict(numbers))


# Random formulas, printed as people write them and read back

NAMES = ("x", "y_1", "w5", "a_h1")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)

trees = st.recursive(
    st.sampled_from(NAMES) | st.integers(0, 20),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("+-*/"), inner, inner),
        st.tuples(st.sampled_from(["neg", "abs"]), inner),
        st.tuples(st.just("max"), inner, inner),
        st.tuples(st.just("^"), inner, st.integers(-2, 3)),
    ),
    max_leaves=12,
)


def computed(tree, numbers):
    if isinstance(tree, int):
        return Fraction(tree)
    if isinstance(tree, str):
        return numbers[tree]
    name, *operands = tree
    if name == "^":
        return computed(operands[0], numbers) ** operands[1]
    x, *rest = (computed(operand, numbers) for operand in operands)
    y = rest[0] if rest else None
    return {
        "+": lambda: x + y,
        "-": lambda: x - y,
        "*": lambda: x * y,
        "/": lambda: x / y,
        "neg": lambda: -x,
        "abs": lambda: abs(x),
        "max": lambda: max(x, y),
    }[name]()


class Python:
    """Formulas as a program has them."""

    plus, minus, times = "{} + {}", "{} - {}", "{} * {}"
    over, negative, size, larger = "{} / {}", "-{}", "abs({})", "max({}, {})"
    parentheses = "({})"

    def name(self, label):
        return label

    def power(self, base, exponent):
        return f"{base}**{exponent}"

    def product(self, x, y):
        return self.times.format(x, y)

    def write(self, tree, least=SUM):
        text, precedence = self.written(tree)
        return text if precedence >= least else self.parentheses.format(text)

    def written(self, tree):
        if isinstance(tree, int | str):
            return (str(tree) if isinstance(tree, int) else self.name(tree)), ATOM
        name, *operands = tree
        if name in "+-":
            x, y = self.write(operands[0]), self.write(operands[1], PRODUCT)
            return (self.plus if name == "+" else self.minus).format(x, y), SUM
        if name == "*":
            x, y = self.write(operands[0], PRODUCT), self.write(operands[1], SIGNED)
            return self.product(x, y), PRODUCT
        if name == "/":
            return self.quotient(*operands)
        if name == "neg":
            return self.negative.format(self.write(operands[0], SIGNED)), SIGNED
        if name == "^":
            return self.power(self.write(operands[0], ATOM), operands[1]), POWER
        return getattr(self, {"abs": "size", "max": "larger"}[name]).format(
            *map(self.write, operands)
        ), ATOM

    def quotient(self, x, y):
        return self.over.format(self.write(x, PRODUCT), self.write(y, SIGNED)), PRODUCT


class Paper(Python):
    """With the signs of mathematics."""

    minus, times, over, negative = "{} − {}", "{} · {}", "{} / {}", "−{}"
    size, larger = "|{}|", "max({}, {})"

    def name(self, label):
        return label.replace("_", "").translate(SUBSCRIPTS)

    def power(self, base, exponent):
        return base + str(exponent).translate(SUPERSCRIPTS)


class SideBySide(Paper):
    """Without a sign in products, where no number and no fraction follows."""

    def product(self, x, y):
        if y[0] in "0123456789−" or "/" in x:
            return f"{x} · {y}"
        return f"{x}{y}" if y[0] == "(" else f"{x} {y}"


class LaTeX(Python):
    """As `explain` writes it."""

    times, size = r"{} \cdot {}", r"\left|{}\right|"
    parentheses, larger = r"\left({}\right)", r"\max\left({}, {}\right)"

    def name(self, label):
        return {"y_1": "y_{1}", "w5": "w_{5}", "a_h1": "a_{h_{1}}"}.get(label, label)

    def power(self, base, exponent):
        return f"{base}^{{{exponent}}}"

    def quotient(self, x, y):
        return rf"\frac{{{self.write(x)}}}{{{self.write(y)}}}", POWER


@pytest.mark.parametrize("notation", [Python, Paper, SideBySide, LaTeX])
@given(tree=trees)
def test_any_formula_is_read_back(notation, tree):
    text = notation().write(tree)
    formula = Formula(text, LABELS)
    for seed in range(3):
        numbers = {name: Fraction(seed + 5 * i % 7 - 3, 4) for i, name in enumerate(NAMES)}
        try:
            expected = computed(tree, numbers)
        except ZeroDivisionError:
            continue
        assert formula(numbers) == expected, f"{text} at {numbers}"


# What is claimed as a number


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("-0,302", "-0.302", "0.001"),
        ("2,337", "2.337", "0.001"),
        ("7.23%", "0.0723", "0.0001"),
        ("7 %", "0.07", "0.01"),
        ("3.617 × 10⁻²", "0.03617", "0.00001"),
        ("-3.02*10^-1", "-0.302", "0.001"),
        ("3.02 · 10^{-1}", "0.302", "0.001"),
        ("3.02 X 10^(-1)", "0.302", "0.001"),
        (r"3.02 \times 10^{-1}", "0.302", "0.001"),
        ("3 × 10^-2", "0.03", "0.01"),
        ("1.5e-3", "0.0015", "0.0001"),
        ("2e−5", "0.00002", "0.00001"),
        ("(-0.302)", "-0.302", "0.001"),
        ("−(0.302)", "-0.302", "0.001"),
        ("- 0.302", "-0.302", "0.001"),
        ("+0.30", "0.30", "0.01"),
        (".5", "0.5", "0.1"),
        ("≈ 0.44", "0.44", "0.01"),
        ("= 0.44.", "0.44", "0.01"),
        ("w5 = 0.44", "0.44", "0.01"),
        ("∂E/∂w5 := 0.44", "0.44", "0.01"),
        ("new w5 = 0.44", "0.44", "0.01"),
        ("w5⁺ = 0.44", "0.44", "0.01"),
        ("w5^{new} = 0.44", "0.44", "0.01"),
        ("Δw5 = −0.44", "-0.44", "0.01"),
        ("0.44 = ∂E/∂w5", "0.44", "0.01"),
        ("w5 ← w5 − 0.1 = 0.44", "0.44", "0.01"),
        ("0", "0", "0"),
        ("-1", "-1", "0"),
        ("28", "28", "1"),
        ("2/3", "2/3", "0"),
        ("½", "1/2", "0"),
        ("2 · 3²/4", "9/2", "0"),
    ],
)
def test_numbers_have_a_value_and_a_last_digit(text, number, unit):
    claim = read_claim(text, LABELS, about="w5")
    assert isinstance(claim, ClaimedNumber), claim
    assert (claim.number, claim.unit) == (Fraction(number), Fraction(unit))
    assert claim.text == text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.741·0.593", 0.001 * (0.741 + 0.593)),
        ("-0.769*0.731*0.269*2", 0.002 * (0.731 * 0.269 + 0.769 * 0.269 + 0.769 * 0.731)),
        ("1/27.65", 0.01 / 27.65**2),
        ("(0.80 − 1)²", 0.01 * 2 * 0.2),
        ("0.5·0.741", 0.5 * 0.001),
        ("σ(1.2)", 0.1 * σ_slope(1.2)),
        ("0.25·0.741", 0.25 * 0.001),
        ("0.250·0.741", 0.25 * 0.001 + 0.741 * 0.001),
    ],
)
def test_a_calculation_is_rounded_as_its_decimals_are(text, unit):
    # 0.25 is a number of the problem, which nobody rounded; 0.5 is a half.
    claim = read_claim(text, [], exact={0.25})
    assert math.isclose(claim.unit, unit, rel_tol=1e-9)
    assert claim.agreement(claim.number + claim.unit / 4, 0.0) == "rounded"


def test_the_rounding_of_a_formula_follows_from_its_decimals():
    formula = Formula("(0.7514 − 0.01)·h1", LABELS)
    numbers = {"h1": 3.0}
    assert math.isclose(formula.slack(numbers), (0.00005 + 0.005) * 3)
    assert math.isclose(formula.slack(numbers, exact={0.01}), 0.00005 * 3)
    for exact in ("2x/3 + ½", "x if x > 0 else 0.3", "0.2 if x < 0 else 1", "(x > 0.25)"):
        assert Formula(exact, LABELS).slack({"x": 3.0}) == 0


# Derivatives


def network(error_label="E"):
    """Two hidden neurons on one input, the second of which also sees the first."""
    numbers = {"x1": 0.5, "w1": 0.3, "w2": 0.7, "u": 0.4, "w5": 0.5, "w6": -0.2, "t": 1.0}
    leaf = {label: Value(number, label=label) for label, number in numbers.items()}
    h1 = tanh(leaf["w1"] * leaf["x1"])
    h1.label = "h1"
    z = leaf["w2"] * leaf["x1"] + leaf["u"] * h1
    h2 = sigmoid(z)
    y = tanh(leaf["w5"] * h1 + leaf["w6"] * h2)
    error = (y - leaf["t"]) ** 2 / 2
    z.label, h2.label, y.label, error.label = "z", "h2", "y", error_label
    return error


DERIVATIVES = [
    ("w6", "∂E/∂y ∂y/∂w6"),
    ("w6", "dE/dy · dy/dw6"),
    ("w6", "d(E)/d(y)·d(y)/d(w6)"),
    ("w6", "dL/dy · ∂y/∂w₆"),
    ("w6", r"\frac{\partial E_{total}}{\partial y} \cdot \frac{\partial y}{\partial w_6}"),
    ("w6", r"\frac{\partial E}{\partial y} \cdot \frac{\partial y}{\partial w_{6}}"),
    ("w6", r"\frac{dE}{dy} \frac{\mathrm{d}y}{\mathrm{d}w_6}"),
    ("w6", "gradient(y)·(1 − y²)·h2"),
    ("w6", "y.grad (1 − y²) h2"),
    ("w2", "δ_z x1"),
    ("w2", "δz·x1"),
    ("w2", "delta_z * x1"),
    ("w2", "∂E/∂h2 σ'(z) x1"),
    ("h1", "∂E/∂y·∂y/∂h1"),
    # In the second term the way through h2 is apart, and the first is without it.
    ("h1", "∂E/∂y·∂y/∂h1|direct + ∂E/∂h2·∂h2/∂h1"),
    ("w1", "(∂E/∂y·w5·(1 − y²) + ∂E/∂z·u)·∂h1/∂w1"),
    ("x1", "∂E/∂h1·∂h1/∂x1 + ∂E/∂z·∂z/∂x1"),
    ("x1", "∂E/∂h1·∂h1/∂x1 + ∂E/∂h2·∂h2/∂x1"),
    ("x1", "∂E/∂y·∂y/∂x1"),
    ("w6", "∂E/∂w6 = (y − t)·(1 − y²)·h2"),
    ("w6", "∂E/∂w6 = ∂E/∂y·∂y/∂w6 = (y − t)(1 − y²)h2"),
    ("w6", "(y − t) · (1 − y¹²/y¹⁰) · h2"),
    ("w6", "∂E/∂y · (1 − y²)² · (1 − y²)⁻¹ · h2"),
]


@pytest.mark.parametrize(("label", "claim"), DERIVATIVES)
def test_derivatives_are_those_of_the_graph(label, claim):
    found = check_derivation(network(), {label: claim})[label]
    assert found.verdict == "right", found.message
    assert found.claimed == claim


@pytest.mark.parametrize(
    ("label", "claim"),
    [
        ("x1", "∂E/∂z·∂z/∂x1"),
        ("h1", "∂E/∂y·∂y/∂h1|direct"),
        ("w1", "∂E/∂h1"),
        ("w6", "∂y/∂w6"),
        ("w2", "δ_z"),
    ],
)
def test_other_derivatives_are_wrong(label, claim):
    found = check_derivation(network(), {label: claim})[label]
    assert found.verdict == "wrong", found.message


def test_a_delta_of_an_activation_may_be_two_derivatives():
    found = check_derivation(network(), {"w1": "δ_h1·(1 − h1²)·x1"})["w1"]
    assert found.verdict == "unreadable", found.message
    assert "by h1 or by what tanh is taken of: write which, as ∂E/∂h1" in found.message


def squared_products():
    """The error Σ (wᵢxᵢ)²/2 for i from 1 to 3, whose derivative by each yᵢ is yᵢ."""
    error = Value(0)
    for i in (1, 2, 3):
        w, x = Value(i / 4, label=f"w{i}"), Value(i + 0.5, label="x" if i == 1 else f"x{i}")
        y = w * x
        y.label = f"y{i}"
        error = error + y * y / 2
    error.label = "E"
    return error


def product_of_functions():
    """E = u·v with u = x² and v = sin(u)."""
    x = Value(1.25, label="x")
    u = x * x
    u.label = "u"
    v = u.sin()
    v.label = "v"
    error = u * v
    error.label = "E"
    return error


@pytest.mark.parametrize(
    "claim",
    [
        "u'v + uv'",
        "u′·v + u·v′",
        "u'(x)·v + u·v'(x)",
        "E' = u'v + uv'",
        "E'(x) = u'v + uv'",
        "d/dx(u)·v + u·d/dx(v)",
        "d/dx(x²)·sin(x²) + x² d/dx(sin(x²))",
        "d(x²)/dx·v + u·∂(sin(u))/∂x",
        r"\frac{d}{dx}\left(x^2 \sin(u)\right)",
        r"\frac{\partial(u v)}{\partial x}",
    ],
)
def test_derivatives_of_formulas_and_primes_are_by_the_chain_rule(claim):
    found = check_derivation(product_of_functions(), {"x": claim})["x"]
    assert found.verdict == "right", found.message


def test_a_prime_is_by_what_is_claimed_about():
    report = check_derivation(product_of_functions(), {"u": "v + u·v'", "x": "v + u·v'"})
    assert (report["u"].verdict, report["x"].verdict) == ("right", "wrong")
    # In a new value w′ may be the new w.
    moved = check_derivation(product_of_functions(), {"x": "x'"}, of="new value", learning_rate=1)
    assert moved["x"].verdict == "unreadable", str(moved)


@pytest.mark.parametrize("claim", ["u(x)v'", "u''v", "u'(2)", "(uv)'", "u'(v)"])
def test_what_may_be_another_derivative_is_refused(claim):
    found = check_derivation(product_of_functions(), {"x": claim})["x"]
    assert found.verdict == "unreadable", found.message


@pytest.mark.parametrize(
    "claim",
    [
        "Σ_{i=2}^3 y_i²/2 + y1²/2",
        r"\sum_{i=1}^{3} \frac{1}{2} y_i^2",
        r"\frac{1}{2}\sum\limits_i y_{i}^{2}",
        "1/2 Σ y_k²",
        "sum(y_j^2)/2",
        "3/2·mean(y_i²)",
        "Σ_{n=1}^{3} y_n·y_n/2",
    ],
)
def test_sums_over_an_index_are_over_all_labels(claim):
    found = check_derivation(squared_products(), {"E": claim}, of="value")["E"]
    assert found.verdict == "right", found.message


def test_labels_d_and_e_may_be_differentiated():
    a, b, c = Value(2.0, label="a"), Value(-3.0, label="b"), Value(10.0, label="c")
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    error = d * d
    error.label = "L"
    for claim in ("dL/dd dd/de de/da", "dL/de * de/da", "dL/de·b", "2d·dd/de·b", "2 b d·d/d"):
        found = check_derivation(error, {"a": claim})["a"]
        assert found.verdict == "right", found.message


def test_digits_may_go_on():
    for claim in ("0.43…", "0.43...", r"0.43\ldots", "0.436…"):
        x = Value(0.4367, label="x")
        found = check_derivation(x * 1, {"x": claim}, of="value")["x"]
        assert found.verdict == "rounded", found.message


def test_conditions_hold_but_for_rounding():
    formula = Formula("1 if x + y = z else 0", ["x", "y", "z"])
    assert formula({"x": 0.1, "y": 0.2, "z": 0.3}) == 1
    assert formula({"x": 0.1, "y": 0.2, "z": 0.3001}) == 0
    assert formula({"x": Fraction(1, 10), "y": 0, "z": Fraction(1, 10) + Fraction(1, 10**20)}) == 0


def test_names_with_the_layer_above_are_read_in_latex():
    labels = ["w⁰₁₀", "w¹_12_3", "b¹₀"]
    formula = Formula(r"w^{(0)}_{10}^{2} w^{(1)}_{12\,3} - b^{(1)}_{0}", labels)
    assert formula({"w⁰₁₀": 3, "w¹_12_3": 5, "b¹₀": 7}) == 38


def test_what_has_no_label_is_read_by_the_name_that_explain_gives_it():
    z = Value(0.5, label="z")
    e = z.exp()
    error = e / (e + 1)
    error.label = "E"
    assert "= ∂E/∂v1 · v1" in str(explain(error))
    report = check_derivation(error, {"z": "∂E/∂v1 · v1", "v1": "1/(v_1 + 1)²"})
    assert report, str(report)
    assert report[e].verdict == "right"
    # A label comes first.
    z.label = "v1"
    assert check_derivation(error, {"v1": "E·(1 - E)"})


def test_a_number_with_the_condition_under_which_it_is_right():
    w, x = Value(0.5, label="w"), Value(0.75, label="x")
    error = (w * x).relu()
    for claim, verdict in {
        "0.75 (as w · x > 0)": "right",
        "x = 0.75  (as w · x > 0)": "right",
        "0.75 (as w · x < 0)": "wrong",
        "0 (as w · x < 0)": "wrong",
        "0.75 (as w)": "unreadable",
    }.items():
        found = check_derivation(error, {"w": claim})["w"]
        assert found.verdict == verdict, found.message


def test_labels_may_have_superscripts_and_be_raised():
    squared, weight = Value(0.5, label="x²"), Value(0.25, label="w₁")
    error = squared * weight**3
    assert check_derivation(error, {squared: "w₁³", weight: "3 · x² · w₁²"})


# Chains of equations


@pytest.mark.parametrize(
    ("claim", "verdict", "words"),
    [
        ("∂E/∂w = (h − t)·x = 1.25·3 = 3.75", "right", ""),
        ("∂E/∂w = (h − t)·x ≈ 1.3·3 ≈ 3.8", "rounded", ""),
        ("(h − t)·x = (h − t)·3 = 3.75", "right", ""),
        ("∂E/∂w = Σ_k something = 3.75", "right", ""),
        ("∂E/∂w = (h − t)·x = 1·(1 − 1) = 3.75", "right", ""),
        ("3.75 = ∂E/∂w", "right", ""),
        ("∂E/∂w = (h − t)·x = 1.25·3 = 3.85", "wrong", "1.25·3 is 3.75, not 3.85"),
        ("∂E/∂w = (h + t)·x = 1.25·3 = 3.75", "wrong", "(h + t)·x is 9.75, not 3.75"),
        ("∂E/∂w = (h − t)·x = (t − h)·x", "wrong", "(h − t)·x is 3.75, not -3.75"),
        ("h = 3.75", "wrong", "h is 2.25, not 3.75"),
        ("∂E/∂h = 3.75", "wrong", "∂E/∂h is 1.25, not 3.75"),
        ("∂E/∂w = (t − h)·x = −3.75", "wrong", "the sign is wrong"),
    ],
)
def test_the_last_part_of_a_chain_is_judged_and_each_equation_must_hold(claim, verdict, words):
    found = check_derivation(labelled_product()[0], {"w": claim})["w"]
    assert found.verdict == verdict, found.message
    assert words in found.message


# What can't be read is answered in a line

REFUSED = [
    ("1/2x", "…/2 x may be …/(2·x) or (…/2)·x: write one of them"),
    ("x/2y", "write one of them"),
    ("(y − t)/y(x)", "write one of them"),
    ("e^2x", "e^2x: put the exponent in parentheses"),
    ("e^-2x", "e^2x: put the exponent in parentheses"),
    ("e(x)", "write e^(…) or e·(…)"),
    ("(y − t)2", "write (…)^2 or 2·(…)"),
    ("ln x y", "Write parentheses: ln(…)"),
    ("√x y", "Write parentheses: √(…)"),
    ("√[3]{x}", "write √(…), or (…)^(1/3)"),
    ("sin⁻¹(x)", "write 1/sin(…), or the inverse"),
    ("tanh^-1(x)", "write 1/tanh(…), or the inverse"),
    ("x^T", "transposes a matrix"),
    ("xᵀ y", "transposes a matrix"),
    ("f'(z)", "f' is the derivative of no function"),
    ("σ''(z)", "no such derivative is known: write it out"),
    ("σ' · x", "σ' is a function: write of what"),
    ("tanh", "tanh is a function: write of what"),
    ("tanh − x", "tanh is a function: write of what"),
    ("gradient", "gradient() takes one label"),
    ("gradient(x", "gradient() takes one label"),
    ("gradient(x·y)", "gradient() takes one label"),
    (r"\frac", "something is missing at the end"),
    (r"\frac{\partial E}", "something is missing at the end"),
    (r"\frac{\partial E}{", "something is missing at the end"),
    ("∂", "derivatives are read of labels"),
    ("∂E/∂", "derivatives are read of labels"),
    ("∂²E/∂x²", "second derivatives are not read"),
    ("∂x", "∂x alone is not a number"),
    ("∂(x·y)", "∂(…) alone is not a number"),
    ("d/dx", "d/dx of how much? Write parentheses: d/dx(…)"),
    ("d/dx x²", "d/dx of how much?"),
    ("d/dx(x − 1)²", "d/dx of how much?"),
    ("d/dx(x − 1)(x + 1)", "d/dx of how much?"),
    ("d/dx(d/dx(x²))", "derivatives of derivatives are not read"),
    ("d(x²)/d2", "∂(…) alone is not a number"),
    ("x'", "' is out of place"),
    ("0x", "0x is 0"),
    ("0x1f", "0x1f is 0"),
    ("1e", "1e has no exponent: write 1·e"),
    ("x[0]", "x[0] is not a label: write x·0"),
    ("-2 ½", "a sign is missing"),
    ("x…", "write all terms"),
    ("Σ_i x", "there are no labels for Σ_i"),
    ("Σ x", "there are no labels for Σ"),
    ("Σ_{i=1}^{2} p_i", "p_2 of the sum is not a label"),
    ("Σ_i " * 30 + "p_i", "more than 20 sums"),
    ("∂E/∂q", "q is not a label"),
    ("x 2y", "2 is out of place after x: a sign is missing"),
    ("x y 2", "2 is out of place after x y: a sign is missing"),
    ("x : y", ": has no meaning in a formula: write / to divide"),
    ("x, y", ", is out of place after x"),
    ("1,234.5", "write 1234.5"),
    ("x = y =", "nothing follows the last ="),
    ("(x", "a ( is never closed"),
    ("x)", "a ) closes nothing"),
    ("[x)", "[ is closed by ): write ]"),
    ("|x", "a | is never closed"),
    ("^", "^ is out of place at the beginning"),
    ("*", "* is out of place at the beginning"),
    ("x +", "something is missing at the end after x +"),
    ("", "there is nothing in it"),
    ("😀", "😀 has no meaning in a formula"),
    ("__import__('os')", "calls no function of formulas"),
    (r"\foo x", r"\foo has no meaning in a formula"),
    ("x if y", "a condition is missing"),
    ("max()", "takes at least one number"),
    ("σ(x, y)", "takes 1 number(s), not 2"),
    ("1e400x", "a number is too large"),
    ("3/3.1·10^-2", "put it in parentheses"),
    ("x…", "… has no meaning in a formula: write all terms"),
    ("x" * 100_000, "at most 25,000 characters"),
    ("q" * 19_000, "is not a label"),
    ("(" * 19_000, "too deep to read"),
    ("-" * 19_000 + "x", "too deep to read"),
    ("∂" + "(" * 19_000, "it is too deep to read"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[text[:20] for text, _ in REFUSED])
def test_what_is_not_read_is_answered_in_a_line(text, words):
    claim = read_claim(text, LABELS)
    assert isinstance(claim, UnreadableClaim), claim
    assert words in claim.fault
    assert "\n" not in claim.fault
    assert len(claim.fault) < 110 + min(len(text), 81), claim.fault


@pytest.mark.parametrize(
    ("labels", "text", "words"),
    [
        (("a", "ab", "bc", "c"), "abc", "abc may be a·bc or ab·c"),
        (("e1", "x"), "2e1", "2e1 may be a number or a product"),
        (("a1", "a_1"), "a₁", "a₁ is not a label: there are a1, a_1"),
        (("w1",), "w11", "w11 is not a label: there are w1"),
        (("σ", "z"), "σ(z)", "σ(…) may be a product: write σ·(…) or sigmoid(…)"),
    ],
)
def test_what_two_people_would_read_differently_is_refused(labels, text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        Formula(text, labels)


def test_a_subscript_in_braces_ends_a_name():
    assert Formula("w_{5}x", ["w5", "x", "w5x"]).names == ("w5", "x")
    assert Formula("w_5x", ["w5", "x", "w5x"]).names == ("w5x",)


def test_a_letter_before_a_parenthesis_is_a_label_where_it_is_one():
    assert Formula("H(1 − H)", ["H"])({"H": 3}) == -6
    assert Formula("y'(1 − y')", ["y'", "y"])({"y'": 3}) == -6


def test_labels_come_before_all_that_has_their_name():
    labels = ("e", "pi", "d", "y'", "w[0]", "layers.0.w", "eta", "if", "T", "o - t")
    numbers = {label: Fraction(index + 2) for index, label in enumerate(labels)}
    written = dict(zip(labels[:-1], labels, strict=False))
    for text, label in {**written, "(o − t)": "o - t", "(o - t)": "o - t"}.items():
        formula = Formula(f"2 * {text} + 1", labels)
        assert (formula.names, formula(numbers)) == ((label,), 2 * numbers[label] + 1)


# What `explain` prints

SLOPES = {"text": r"∂\w+/∂(\w+) ", "LaTeX": r"\\frac{\\partial .+?}{\\partial (.+?)} "}


@pytest.mark.parametrize("form", SLOPES)
@pytest.mark.parametrize("error_label", ["E", "loss", ""])
def test_every_line_of_explain_is_read(error_label, form):
    error = network(error_label)
    explained = explain(error)
    printed = str(explained) if form == "text" else explained.latex()
    # A line that begins with a sign goes on from the one before.
    joined = re.sub(r"(\\\\)?\n\s*&?(?==|≈|\\approx)", " ", printed)
    lines = {
        re.sub("[_{}]", "", found[1]): line.replace("&", "").removesuffix(r"\\")
        for line in joined.splitlines()
        if (found := re.match(rf"\s*{SLOPES[form]}", line))
    }
    assert {"w1", "w5", "x1", "h1", "y"} <= lines.keys(), printed
    for label, line in lines.items():
        for claim in (line, *re.split(r"=|≈|\\approx", line)[1:]):
            found = check_derivation(error, {label: claim})[label]
            assert found, f"{claim}: {found.message}"
