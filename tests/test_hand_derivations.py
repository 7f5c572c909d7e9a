"""Derivatives worked out on paper: the one witness that never saw a rule.

Where a derivative can be written in several ways, the one here is not the rule's.
"""

import math
from fractions import Fraction

import pytest
import sympy
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import COUNT_OF_ANY, calls
from sympy import Piecewise, cos, cosh, exp, log, pi, sin, sqrt
from witnesses import EPSILON, for_all, in_one_activation, relaxed, same_number, symbols

from autograd import Value, sigmoid
from autograd.primitive import PRIMITIVES


def logistic(x):
    return 1 / (1 + exp(-x))


def normal_density(x):
    return exp(-(x**2) / 2) / sqrt(2 * pi)


def normal_share(x):
    return (1 + sympy.erf(x / sqrt(2))) / 2


def step(condition):
    return Piecewise((1, condition), (0, True))


SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772

# Of each rule: its partials, over SymPy's numbers, away from kinks and ties.
BY_HAND = {
    "add": lambda x, y: (1, 1),
    "sub": lambda x, y: (1, -1),
    "mul": lambda x, y: (y, x),
    "div": lambda x, y: (1 / y, -x / y**2),
    "floordiv": lambda x, y: (0, 0),
    # x % y is x - k * y with the integer k = floor(x / y).
    "mod": lambda x, y: (1, -sympy.floor(x / y)),
    "pos": lambda x: (1,),
    "neg": lambda x: (-1,),
    "pow": lambda x, y: (y * x**y / x, x**y * log(x)),
    "constant_power": lambda x, exponent: (exponent * x**exponent / x,),
    "sum": lambda *terms: [1 for _ in terms],
    "dot": lambda x1, x2, y1, y2, start: (y1, y2, x1, x2, 1),
    "prod": lambda *xs: [sympy.prod(xs) / x for x in xs],
    "norm": lambda *xs: [x / sqrt(sum(y**2 for y in xs)) for x in xs],
    "max": lambda *xs: [step(x >= sympy.Max(*xs)) for x in xs],
    "min": lambda *xs: [step(x <= sympy.Min(*xs)) for x in xs],
    "logsumexp": lambda *xs: [exp(x) / sum(map(exp, xs)) for x in xs],
    "select": lambda *items, index: [int(i == index) for i, _ in enumerate(items)],
    "exp": lambda x: (exp(x),),
    "expm1": lambda x: (exp(x),),
    "log": lambda x: (1 / x,),
    "log1p": lambda x: (1 / (1 + x),),
    "exp2": lambda x: (log(2) * 2**x,),
    "log2": lambda x: (1 / (log(2) * x),),
    "log10": lambda x: (1 / (log(10) * x),),
    "sqrt": lambda x: (1 / (2 * sqrt(x)),),
    "cbrt": lambda x: ((x**2) ** sympy.Rational(-1, 3) / 3,),
    "square": lambda x: (2 * x,),
    "xlogy": lambda x, y: (log(y), x / y),
    "logaddexp": lambda x, y: (exp(x) / (exp(x) + exp(y)), exp(y) / (exp(x) + exp(y))),
    "sin": lambda x: (cos(x),),
    "cos": lambda x: (-sin(x),),
    "tan": lambda x: (1 / cos(x) ** 2,),
    "asin": lambda x: (1 / sqrt(1 - x**2),),
    "acos": lambda x: (-1 / sqrt(1 - x**2),),
    "atan": lambda x: (1 / (1 + x**2),),
    "atan2": lambda y, x: (x / (x**2 + y**2), -y / (x**2 + y**2)),
    "sinh": lambda x: ((exp(x) + exp(-x)) / 2,),
    "cosh": lambda x: ((exp(x) - exp(-x)) / 2,),
    "tanh": lambda x: (1 / cosh(x) ** 2,),
    "asinh": lambda x: (1 / sqrt(1 + x**2),),
    "acosh": lambda x: (1 / (sqrt(x - 1) * sqrt(x + 1)),),
    "atanh": lambda x: (1 / (1 - x**2),),
    "hypot": lambda x, y: (x / sqrt(x**2 + y**2), y / sqrt(x**2 + y**2)),
    "sigmoid": lambda x: (logistic(x) * (1 - logistic(x)),),
    "log_sigmoid": lambda x: (1 - logistic(x),),
    "logit": lambda x: (1 / x + 1 / (1 - x),),
    "selu": lambda x: (Piecewise((SELU_SCALE, x > 0), (SELU_SCALE * SELU_ALPHA * exp(x), True)),),
    "relu6": lambda x: (step((x > 0) & (x < 6)),),
    "hardtanh": lambda x, low=-1, high=1: (step((x > low) & (x < high)),),
    "softsign": lambda x: (1 / (1 + sympy.Abs(x)) ** 2,),
    "mish": lambda x: (
        sympy.tanh(log(1 + exp(x))) + x * exp(x) / (1 + exp(x)) / cosh(log(1 + exp(x))) ** 2,
    ),
    "sinc": lambda x: (cos(pi * x) / x - sin(pi * x) / (pi * x**2),),
    "erfinv": lambda x: (sqrt(pi) / 2 * exp(sympy.erfinv(x) ** 2),),
    "i0": lambda x: (sympy.besseli(1, x),),
    "i1": lambda x: (sympy.besseli(0, x) / 2 + sympy.besseli(2, x) / 2,),
    "j0": lambda x: (-sympy.besselj(1, x),),
    "j1": lambda x: (sympy.besselj(0, x) / 2 - sympy.besselj(2, x) / 2,),
    "ndtr": lambda x: (normal_density(x),),
    "ndtri": lambda x: (1 / normal_density(sqrt(2) * sympy.erfinv(2 * x - 1)),),
    "lgamma": lambda x: (sympy.digamma(x),),
    "gamma": lambda x: (sympy.gamma(x + 1) / x * sympy.digamma(x),),
    "digamma": lambda x: (sympy.trigamma(x),),
    "polygamma": lambda x, order: (sympy.polygamma(order + 1, x),),
    "beta": lambda x, y: (
        sympy.beta(x, y) * (sympy.digamma(x) - sympy.digamma(x + y)),
        sympy.beta(x, y) * (sympy.digamma(y) - sympy.digamma(x + y)),
    ),
    "ceil": lambda x: (0,),
    "trunc": lambda x: (0,),
    "round": lambda x: (0,),
    "copysign": lambda x, y: (sympy.sign(x) * sympy.sign(y), 0),
    "relu": lambda x: (step(x > 0),),
    "leaky_relu": lambda x, slope: (Piecewise((1, x > 0), (slope, True)),),
    "elu": lambda x, alpha: (Piecewise((1, x > 0), (alpha * exp(x), True)),),
    "softplus": lambda x: (exp(x) / (1 + exp(x)),),
    "silu": lambda x: (logistic(x) * (1 + x * (1 - logistic(x))),),
    "gelu": lambda x: (normal_share(x) + x * normal_density(x),),
    "erf": lambda x: (2 / sqrt(pi) / exp(x**2),),
    "erfc": lambda x: (-2 / sqrt(pi) / exp(x**2),),
    "abs": lambda x: (Piecewise((1, x > 0), (-1, True)),),
    "sign": lambda x: (0,),
    "floor": lambda x: (0,),
    "maximum": lambda x, y: (step(x > y), step(y > x)),
    "minimum": lambda x, y: (step(x < y), step(y < x)),
    "where": lambda x, y, condition: (int(condition), int(not condition)),
}

# A constant as a symbol, where the rule can take one.
CONSTANTS = {
    "constant_power": {"exponent": sympy.Symbol("n", positive=True)},
    "leaky_relu": {"slope": sympy.Symbol("a", positive=True)},
    "elu": {"alpha": sympy.Symbol("a", positive=True)},
    "select": {"index": 2},
    "where": {"condition": True},
    "polygamma": {"order": 1},
}


def test_every_rule_is_derived_by_hand():
    missing = set(PRIMITIVES) ^ set(BY_HAND)
    assert not missing, f"derive by hand, or take out of the table: {sorted(missing)}"


@pytest.mark.parametrize("name", BY_HAND)
def test_partials_equal_the_derivation_in_numbers(name):
    # As in test_rules: a few roundings, times what the distance of 0.05 to the edge costs.
    tolerance = 16 * EPSILON * 400

    def check(call, numbers):
        derived = BY_HAND[name](*[sympy.Float(x, 30) for x in numbers], **call.constants)
        for position, (partial, formula) in enumerate(
            zip(call.rule(*numbers)[1], derived, strict=True)
        ):
            expected = float(sympy.N(formula, 30))
            assert same_number(partial, expected, tolerance * max(1, abs(expected))), (
                f"{name}{numbers} {call.constants}: partial {position + 1} is {partial}, "
                f"by hand {expected}"
            )

    for_all(calls(PRIMITIVES[name]), check, examples=8)


# One symbol for each side of each kink, so that no formula keeps a branch.
below, above = -sympy.Symbol("u", positive=True), sympy.Symbol("v", positive=True)
far_above = above + sympy.Symbol("w", positive=True)


def symbolic_operands(name):
    if name in ("sum", "dot", "select"):
        return [symbols(COUNT_OF_ANY)]
    if len(PRIMITIVES[name].operand_names) == 1:
        one_sided = PRIMITIVES[name].domains(1)[0].low >= 0 or name == "constant_power"
        return [[above]] if one_sided else [[above], [below]]
    return [[above, far_above], [far_above, above]]


@pytest.mark.parametrize("name", BY_HAND)
def test_partials_equal_the_derivation_as_formulas(name):
    constants = CONSTANTS.get(name, {})
    for operands in symbolic_operands(name):
        partials = PRIMITIVES[name].bind(**constants).rule(*operands)[1]
        derived = BY_HAND[name](*operands, **constants)
        for position, (partial, formula) in enumerate(zip(partials, derived, strict=True)):
            # By the meaning of %, of which SymPy knows no more.
            difference = sympy.sympify(partial - formula).replace(
                sympy.Mod, lambda x, y: x - y * sympy.floor(x / y)
            )
            # It is less than 1, which SymPy knows since 1.14.
            difference = sympy.simplify(difference).subs(sympy.floor(above / far_above), 0)
            assert difference == 0, (
                f"{name}: partial {position + 1} is {partial}, by hand {formula}; "
                f"the difference is {difference}"
            )


# The linear 2-2-1 network: half the squared error of (i1 w1 + i2 w2) w5 + (i1 w3 + i2 w4) w6


def linear_network(i1, i2, target, w1, w2, w3, w4, w5, w6):
    h1, h2 = i1 * w1 + i2 * w2, i1 * w3 + i2 * w4
    error = (h1 * w5 + h2 * w6 - target) ** 2 / 2
    return h1, h2, error


def linear_gradients(i1, i2, target, w1, w2, w3, w4, w5, w6):
    h1, h2 = i1 * w1 + i2 * w2, i1 * w3 + i2 * w4
    delta = h1 * w5 + h2 * w6 - target
    return [delta * factor for factor in (w5 * i1, w5 * i2, w6 * i1, w6 * i2, h1, h2)]


LINEAR = [Fraction(text) for text in "2 3 1 0.22 0.15 0.03 0.11 0.1 0.19".split()]  # noqa: SIM905


def backward(network, numbers):
    """The gradients of the error, the network's last output, in all of its leaves."""
    leaves = [Value(number) for number in numbers]
    network(*leaves)[-1].backward()
    return [leaf.grad for leaf in leaves]


def test_linear_network_as_formulas():
    leaves = sympy.symbols("i1 i2 target w1:7")
    for found, derived in zip(
        backward(linear_network, leaves)[3:], linear_gradients(*leaves), strict=True
    ):
        assert sympy.expand(found - derived) == 0, f"{found} is not {derived}"


def test_linear_network_in_exact_fractions():
    found = backward(linear_network, LINEAR)[3:]
    assert found == linear_gradients(*LINEAR)
    assert found[4] == Fraction(-744841, 1000000)
    assert all(type(gradient) is Fraction for gradient in found)


def test_linear_network_update_and_the_published_one():
    found = backward(linear_network, LINEAR)[3:]
    steps = [-Fraction("0.05") * gradient for gradient in found]
    updated = [weight + step for weight, step in zip(LINEAR[3:], steps, strict=True)]
    # w3 to w6, to the digits printed.
    for weight, (number, digits) in zip(
        updated[2:], [(0.046, 3), (0.134, 3), (0.14, 2), (0.21, 2)], strict=True
    ):
        assert round(float(weight), digits) == number
    # Printed are 0.3 and 0.275: the steps of w1 and w2 there are ten times too large.
    assert [round(float(w), 4) for w in updated[:2]] == [0.2284, 0.1626]
    assert round(float(LINEAR[3] + 10 * steps[0]), 1) == 0.3
    assert abs(float(LINEAR[4] + 10 * steps[1]) - 0.275) < 1e-3


# The sigmoid 2-2-1 network, without biases, identity output


def sigmoid_network(i1, i2, target, w11, w21, w12, w22, v1, v2):
    y1, y2 = sigmoid(w11 * i1 + w21 * i2), sigmoid(w12 * i1 + w22 * i2)
    output = v1 * y1 + v2 * y2
    return output, (output - target) ** 2 / 2


def sigmoid_network_gradients(i1, i2, target, w11, w21, w12, w22, v1, v2, f):
    """By the published derivation: delta_k, then delta_j = y_j (1 - y_j) delta_k w_jk."""
    y1, y2 = f(w11 * i1 + w21 * i2), f(w12 * i1 + w22 * i2)
    delta_k = v1 * y1 + v2 * y2 - target
    delta_1, delta_2 = y1 * (1 - y1) * delta_k * v1, y2 * (1 - y2) * delta_k * v2
    return [delta_1 * i1, delta_1 * i2, delta_2 * i1, delta_2 * i2, delta_k * y1, delta_k * y2]


def logistic_of_float(x):
    return 1 / (1 + math.exp(-x))


def assert_equal_formulas(found, derived):
    difference = sympy.expand(in_one_activation(found) - in_one_activation(derived))
    assert difference == 0, f"{found} is not {derived}"


def test_sigmoid_network_as_formulas():
    leaves = sympy.symbols("i1 i2 target w11 w21 w12 w22 v1 v2")
    found = backward(sigmoid_network, leaves)[3:]
    for formula, derived in zip(found, sigmoid_network_gradients(*leaves, f=logistic), strict=True):
        assert_equal_formulas(formula, derived)


def test_sigmoid_network_with_the_published_figures():
    numbers = [1.0, 1.0, 0.5] + [0.5] * 6
    found = backward(sigmoid_network, numbers)[3:]
    derived = sigmoid_network_gradients(*numbers, f=logistic_of_float)
    # Some twenty operations on numbers below 1.
    assert found == pytest.approx(derived, rel=0, abs=20 * EPSILON)
    # Published with three digits; products of two such have the errors of both factors.
    assert found[:4] == pytest.approx([0.0227] * 4, rel=0, abs=0.5e-4)
    assert found[4:] == pytest.approx([0.168861] * 2, rel=0, abs=0.5e-3 * (0.731 + 0.231))


# The sigmoid 2-2-2 network, sigmoid output


def two_outputs(i1, i2, t1, t2, w1, w2, w3, w4, w5, w6, w7, w8):
    a1, a2 = sigmoid(w1 * i1 + w2 * i2), sigmoid(w3 * i1 + w4 * i2)
    o1, o2 = sigmoid(w5 * a1 + w6 * a2), sigmoid(w7 * a1 + w8 * a2)
    return o1, o2, (t1 - o1) ** 2 / 2 + (t2 - o2) ** 2 / 2


def two_outputs_gradients(i1, i2, t1, t2, w1, w2, w3, w4, w5, w6, w7, w8, f):
    a1, a2 = f(w1 * i1 + w2 * i2), f(w3 * i1 + w4 * i2)
    o1, o2 = f(w5 * a1 + w6 * a2), f(w7 * a1 + w8 * a2)
    d1, d2 = -(t1 - o1) * o1 * (1 - o1), -(t2 - o2) * o2 * (1 - o2)
    e1 = (d1 * w5 + d2 * w7) * a1 * (1 - a1)
    e2 = (d1 * w6 + d2 * w8) * a2 * (1 - a2)
    return [e1 * i1, e1 * i2, e2 * i1, e2 * i2, d1 * a1, d1 * a2, d2 * a1, d2 * a2]


STARTING = [0.05, 0.10, 0.5, 0.5, 0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55]


def test_two_outputs_as_formulas():
    leaves = sympy.symbols("i1 i2 t1 t2 w1:9")
    found = backward(two_outputs, leaves)[4:]
    for formula, derived in zip(found, two_outputs_gradients(*leaves, f=logistic), strict=True):
        assert_equal_formulas(formula, derived)


@relaxed
@example(STARTING)
@given(st.lists(st.floats(-2, 2), min_size=12, max_size=12))
def test_two_outputs_with_any_figures(numbers):
    found = backward(two_outputs, numbers)[4:]
    derived = two_outputs_gradients(*numbers, f=logistic_of_float)
    # Some forty operations; targets and weights are at most 2, and the sums of them 10.
    assert found == pytest.approx(derived, rel=0, abs=40 * 10 * EPSILON)
