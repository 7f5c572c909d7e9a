"""Kinks, ties, poles, edges of domains, overflow, infinity and nan: a table of conventions."""

import math
from math import inf, nan

import numpy as np
import pytest
from witnesses import same_number

from autograd.primitive import PRIMITIVES

HALF_PI = math.pi / 2
TWO_OVER_ROOT_PI = 2 / math.sqrt(math.pi)

# Rule, constants, operands, result, partials.
TABLE = [
    # Kinks
    ("relu", {}, (0.0,), 0.0, (0.0,)),
    ("relu", {}, (-0.0,), 0.0, (0.0,)),
    ("relu", {}, (5e-324,), 5e-324, (1.0,)),
    ("relu", {}, (nan,), nan, (nan,)),
    ("relu", {}, (inf,), inf, (1.0,)),
    ("relu", {}, (-inf,), 0.0, (0.0,)),
    ("abs", {}, (0.0,), 0.0, (0.0,)),
    ("abs", {}, (-0.0,), 0.0, (0.0,)),
    ("abs", {}, (-inf,), inf, (-1.0,)),
    ("abs", {}, (nan,), nan, (nan,)),
    ("sign", {}, (0.0,), 0.0, (0.0,)),
    ("sign", {}, (nan,), nan, (nan,)),
    ("leaky_relu", {}, (0.0,), 0.0, (0.01,)),
    ("leaky_relu", {"slope": 0.5}, (0.0,), 0.0, (0.5,)),
    ("leaky_relu", {}, (nan,), nan, (nan,)),
    ("leaky_relu", {}, (-inf,), -inf, (0.01,)),
    ("elu", {}, (0.0,), 0.0, (1.0,)),
    ("elu", {"alpha": 0.5}, (0.0,), 0.0, (0.5,)),
    ("elu", {}, (1e308,), 1e308, (1.0,)),
    ("elu", {}, (-inf,), -1.0, (0.0,)),
    ("elu", {}, (nan,), nan, (nan,)),
    # Ties
    ("maximum", {}, (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("maximum", {}, (0.0, -0.0), 0.0, (0.5, 0.5)),
    ("maximum", {}, (inf, inf), inf, (0.5, 0.5)),
    ("minimum", {}, (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("minimum", {}, (-inf, 1.0), -inf, (1.0, 0.0)),
    ("maximum", {}, (-inf, 1.0), 1.0, (0.0, 1.0)),
    ("maximum", {}, (nan, 1.0), nan, (nan, nan)),
    ("maximum", {}, (1.0, nan), nan, (nan, nan)),
    ("minimum", {}, (nan, 1.0), nan, (nan, nan)),
    ("minimum", {}, (1.0, nan), nan, (nan, nan)),
    ("hypot", {}, (0.0, 0.0), 0.0, (0.0, 0.0)),
    ("hypot", {}, (3e200, 4e200), 5e200, (0.6, 0.8)),
    ("hypot", {}, (3e-200, 4e-200), 5e-200, (0.6, 0.8)),
    # Steps
    ("floor", {}, (2.0,), 2.0, (0.0,)),
    ("floor", {}, (-0.5,), -1.0, (0.0,)),
    ("floor", {}, (inf,), inf, (0.0,)),
    ("floor", {}, (nan,), nan, (nan,)),
    ("floordiv", {}, (-7.0, 2.0), -4.0, (0.0, 0.0)),
    ("mod", {}, (-7.0, 2.0), 1.0, (1.0, 4.0)),
    ("mod", {}, (7.0, -2.0), -1.0, (1.0, 4.0)),
    ("mod", {}, (1.0, 0.0), nan, (nan, nan)),
    # Division
    ("div", {}, (1.0, 0.0), inf, (inf, -inf)),
    ("div", {}, (1.0, -0.0), -inf, (-inf, -inf)),
    ("div", {}, (-1.0, 0.0), -inf, (inf, inf)),
    ("div", {}, (0.0, 0.0), nan, (inf, nan)),
    ("div", {}, (1e300, 1e-300), inf, (1e300, -inf)),
    ("div", {}, (1.0, inf), 0.0, (0.0, 0.0)),
    ("div", {}, (inf, inf), nan, (0.0, nan)),
    ("mul", {}, (1e200, 1e200), inf, (1e200, 1e200)),
    ("mul", {}, (inf, 0.0), nan, (0.0, inf)),
    ("add", {}, (inf, -inf), nan, (1.0, 1.0)),
    # Powers
    ("constant_power", {"exponent": 0}, (0.0,), 1.0, (0.0,)),
    ("constant_power", {"exponent": 0}, (nan,), 1.0, (0.0,)),
    ("constant_power", {"exponent": 1}, (0.0,), 0.0, (1.0,)),
    ("constant_power", {"exponent": 2}, (0.0,), 0.0, (0.0,)),
    ("constant_power", {"exponent": 0.5}, (0.0,), 0.0, (inf,)),
    ("constant_power", {"exponent": 0.5}, (-2.0,), nan, (nan,)),
    ("constant_power", {"exponent": 3}, (-2.0,), -8.0, (12.0,)),
    ("constant_power", {"exponent": -1.0}, (0.0,), inf, (-inf,)),
    ("constant_power", {"exponent": 2.0}, (1e200,), inf, (2e200,)),
    ("pow", {}, (0.0, 0.0), 1.0, (0.0, 0.0)),
    ("pow", {}, (0.0, 1.0), 0.0, (1.0, 0.0)),
    ("pow", {}, (0.0, 2.0), 0.0, (0.0, 0.0)),
    ("pow", {}, (0.0, 0.5), 0.0, (inf, 0.0)),
    ("pow", {}, (5.0, 0.0), 1.0, (0.0, math.log(5.0))),
    ("pow", {}, (-2.0, 0.5), nan, (nan, nan)),
    ("pow", {}, (-2.0, 2.0), 4.0, (-4.0, nan)),
    ("pow", {}, (10.0, 400.0), inf, (inf, inf)),
    # Exponentials and logarithms
    ("exp", {}, (710.0,), inf, (inf,)),
    ("exp", {}, (-inf,), 0.0, (0.0,)),
    ("exp", {}, (-1e308,), 0.0, (0.0,)),
    ("exp", {}, (nan,), nan, (nan,)),
    ("expm1", {}, (1e-300,), 1e-300, (1.0,)),
    ("expm1", {}, (710.0,), inf, (inf,)),
    ("expm1", {}, (-inf,), -1.0, (0.0,)),
    ("log", {}, (0.0,), -inf, (inf,)),
    ("log", {}, (inf,), inf, (0.0,)),
    ("log", {}, (-1.0,), nan, (nan,)),
    ("log1p", {}, (-1.0,), -inf, (inf,)),
    ("log1p", {}, (1e-300,), 1e-300, (1.0,)),
    ("log1p", {}, (-2.0,), nan, (nan,)),
    ("sqrt", {}, (0.0,), 0.0, (inf,)),
    ("sqrt", {}, (inf,), inf, (0.0,)),
    ("sqrt", {}, (-1.0,), nan, (nan,)),
    ("logaddexp", {}, (0.0, 0.0), math.log(2), (0.5, 0.5)),
    ("logaddexp", {}, (1e308, 0.0), 1e308, (1.0, 0.0)),
    ("logaddexp", {}, (-1e308, -1e308), -1e308, (0.5, 0.5)),
    ("logaddexp", {}, (-inf, 1.0), 1.0, (0.0, 1.0)),
    ("logaddexp", {}, (nan, 1.0), nan, (nan, nan)),
    # Trigonometry and hyperbolics
    ("sin", {}, (inf,), nan, (nan,)),
    ("cos", {}, (-inf,), nan, (nan,)),
    ("tan", {}, (inf,), nan, (nan,)),
    ("asin", {}, (1.0,), HALF_PI, (inf,)),
    ("asin", {}, (-1.0,), -HALF_PI, (inf,)),
    ("asin", {}, (2.0,), nan, (nan,)),
    ("acos", {}, (1.0,), 0.0, (-inf,)),
    ("acos", {}, (-1.0,), math.pi, (-inf,)),
    ("atan", {}, (inf,), HALF_PI, (0.0,)),
    ("atan", {}, (1e200,), HALF_PI, (0.0,)),
    ("atan2", {}, (0.0, -1.0), math.pi, (-1.0, 0.0)),
    ("atan2", {}, (-0.0, -1.0), -math.pi, (-1.0, 0.0)),
    ("atan2", {}, (0.0, 0.0), 0.0, (nan, nan)),
    ("atan2", {}, (1e200, 1e200), math.pi / 4, (5e-201, -5e-201)),
    ("sinh", {}, (711.0,), inf, (inf,)),
    ("sinh", {}, (-711.0,), -inf, (inf,)),
    ("cosh", {}, (-711.0,), inf, (-inf,)),
    ("tanh", {}, (1e308,), 1.0, (0.0,)),
    ("tanh", {}, (-inf,), -1.0, (0.0,)),
    ("asinh", {}, (1e200,), math.asinh(1e200), (1e-200,)),
    ("asinh", {}, (inf,), inf, (0.0,)),
    ("acosh", {}, (1.0,), 0.0, (inf,)),
    ("acosh", {}, (0.5,), nan, (nan,)),
    ("acosh", {}, (1e200,), math.acosh(1e200), (1e-200,)),
    ("atanh", {}, (1.0,), inf, (inf,)),
    ("atanh", {}, (-1.0,), -inf, (inf,)),
    ("atanh", {}, (2.0,), nan, (nan,)),
    # Activations
    ("sigmoid", {}, (0.0,), 0.5, (0.25,)),
    ("sigmoid", {}, (1e308,), 1.0, (0.0,)),
    ("sigmoid", {}, (-1e308,), 0.0, (0.0,)),
    ("sigmoid", {}, (-700.0,), math.exp(-700), (math.exp(-700),)),
    ("sigmoid", {}, (nan,), nan, (nan,)),
    ("softplus", {}, (1e308,), 1e308, (1.0,)),
    ("softplus", {}, (-1e308,), 0.0, (0.0,)),
    ("softplus", {}, (-700.0,), math.exp(-700), (math.exp(-700),)),
    ("softplus", {}, (nan,), nan, (nan,)),
    ("silu", {}, (1e308,), 1e308, (1.0,)),
    ("silu", {}, (-1e308,), 0.0, (0.0,)),
    ("gelu", {}, (0.0,), 0.0, (0.5,)),
    ("gelu", {}, (1e10,), 1e10, (1.0,)),
    ("gelu", {}, (-1e10,), 0.0, (0.0,)),
    ("erf", {}, (0.0,), 0.0, (TWO_OVER_ROOT_PI,)),
    ("erf", {}, (inf,), 1.0, (0.0,)),
    ("erfc", {}, (0.0,), 1.0, (-TWO_OVER_ROOT_PI,)),
    ("erfc", {}, (inf,), 0.0, (0.0,)),
    ("erfc", {}, (-inf,), 2.0, (0.0,)),
    ("erf", {}, (-1e200,), -1.0, (0.0,)),
    # Choices
    ("where", {"condition": True}, (2.0, inf), 2.0, (1.0, 0.0)),
    ("where", {"condition": False}, (nan, 3.0), 3.0, (0.0, 1.0)),
    ("select", {"index": 1}, (nan, 3.0, inf), 3.0, (0.0, 1.0, 0.0)),
    ("dot", {}, (inf, 2.0, 1.0), inf, (2.0, inf, 1.0)),
]


def called(name, constants, operands):
    keywords = [f"{key}={value}" for key, value in constants.items()]
    return f"{name}({', '.join([*map(str, operands), *keywords])})"


every_row = pytest.mark.parametrize(
    ("name", "constants", "operands", "result", "partials"),
    TABLE,
    ids=[called(*row[:3]) for row in TABLE],
)


def assert_row(found, expected, call):
    names = ["result", *(f"partial {i + 1}" for i in range(len(expected) - 1))]
    for what, number, right in zip(names, found, expected, strict=True):
        # A few roundings, but of the infinite, the nan and the zero none.
        assert same_number(number, right, 8 * 2.0**-52 * abs(right)), (
            f"{call}: the {what} is {number}, not {right}"
        )


@every_row
def test_floats(name, constants, operands, result, partials):
    found, slopes = PRIMITIVES[name].bind(**constants).evaluate(operands)
    assert_row([found, *slopes], [result, *partials], called(name, constants, operands))


@every_row
def test_lanes(name, constants, operands, result, partials):
    arrays = [np.array([x, x]) for x in operands]
    # NumPy warns of what IEEE 754 answers.
    with np.errstate(all="ignore"):
        found, slopes = PRIMITIVES[name].bind(**constants).evaluate(arrays)
    for lane in range(2):
        numbers = [np.broadcast_to(number, 2)[lane] for number in (found, *slopes)]
        assert_row(numbers, [result, *partials], called(name, constants, operands))


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "tanh", "silu", "relu", "elu", "gelu"])
def test_activations_stay_finite_in_between(name):
    for exponent in range(-308, 309, 4):
        for x in (10.0**exponent, -(10.0**exponent)):
            result, (slope,) = PRIMITIVES[name].evaluate((x,))
            assert math.isfinite(result), f"{name}({x}) is {result}"
            assert -0.2 < slope < 1.2, f"the derivative of {name} at {x} is {slope}"
