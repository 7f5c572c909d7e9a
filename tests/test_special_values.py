"""Kinks, ties, poles, edges of domains, overflow, infinity and nan: a table of conventions."""

import math
from itertools import product
from math import inf, nan

import numpy as np
import pytest
from witnesses import same_number

from autograd import Value, gradients
from autograd.primitive import PRIMITIVES

HALF_PI = math.pi / 2
TWO_OVER_ROOT_PI = 2 / math.sqrt(math.pi)

EULER = 0.5772156649015329
ZETA_3 = 1.2020569031595942

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
    ("sign", {}, (-0.0,), -0.0, (0.0,)),
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
    ("relu6", {}, (0.0,), 0.0, (0.0,)),
    ("relu6", {}, (6.0,), 6.0, (0.0,)),
    ("relu6", {}, (inf,), 6.0, (0.0,)),
    ("relu6", {}, (nan,), nan, (nan,)),
    ("hardtanh", {}, (1.0,), 1.0, (0.0,)),
    ("hardtanh", {}, (-1.0,), -1.0, (0.0,)),
    ("hardtanh", {}, (-inf,), -1.0, (0.0,)),
    ("hardtanh", {"low": -2.0, "high": 0.5}, (-1.0,), -1.0, (1.0,)),
    ("selu", {}, (0.0,), 0.0, (1.7580993408473766,)),
    ("selu", {}, (-inf,), -1.7580993408473766, (0.0,)),
    ("selu", {}, (1e307,), 1.0507009873554805e307, (1.0507009873554805,)),
    ("softsign", {}, (0.0,), 0.0, (1.0,)),
    ("softsign", {}, (-0.0,), -0.0, (1.0,)),
    ("softsign", {}, (inf,), 1.0, (0.0,)),
    ("softsign", {}, (-inf,), -1.0, (0.0,)),
    ("softsign", {}, (1e308,), 1.0, (0.0,)),
    ("softsign", {}, (nan,), nan, (nan,)),
    ("copysign", {}, (2.0, -0.0), -2.0, (-1.0, 0.0)),
    ("copysign", {}, (-2.0, 0.0), 2.0, (-1.0, 0.0)),
    ("copysign", {}, (0.0, -3.0), -0.0, (0.0, 0.0)),
    ("copysign", {}, (-0.0, 3.0), 0.0, (0.0, 0.0)),
    ("copysign", {}, (inf, -inf), -inf, (-1.0, 0.0)),
    ("copysign", {}, (nan, -1.0), nan, (nan, 0.0)),
    ("cbrt", {}, (0.0,), 0.0, (inf,)),
    ("cbrt", {}, (-0.0,), -0.0, (inf,)),
    ("cbrt", {}, (-8.0,), -2.0, (1 / 12,)),
    ("cbrt", {}, (-inf,), -inf, (0.0,)),
    ("cbrt", {}, (nan,), nan, (nan,)),
    # Ties
    ("max", {}, (2.0, 2.0, 1.0), 2.0, (0.5, 0.5, 0.0)),
    ("max", {}, (-inf, -inf), -inf, (0.5, 0.5)),
    ("max", {}, (0.0, -0.0), 0.0, (0.5, 0.5)),
    ("max", {}, (3.0,), 3.0, (1.0,)),
    ("max", {}, (1.0, nan, 2.0), nan, (nan, nan, nan)),
    ("min", {}, (2.0, 1.0, 1.0), 1.0, (0.0, 0.5, 0.5)),
    ("min", {}, (0.0, -0.0), -0.0, (0.5, 0.5)),
    ("min", {}, (nan, 1.0), nan, (nan, nan)),
    ("norm", {}, (0.0, 0.0, 0.0), 0.0, (0.0, 0.0, 0.0)),
    ("norm", {}, (3e200, 0.0, 4e200), 5e200, (0.6, 0.0, 0.8)),
    ("norm", {}, (3e-200, 4e-200), 5e-200, (0.6, 0.8)),
    ("norm", {}, (-2.0,), 2.0, (-1.0,)),
    ("norm", {}, (nan, 1.0), nan, (nan, nan)),
    ("prod", {}, (0.0, 2.0, 3.0), 0.0, (6.0, 0.0, 0.0)),
    ("prod", {}, (0.0, 0.0, 3.0), 0.0, (0.0, 0.0, 0.0)),
    ("prod", {}, (5.0,), 5.0, (1.0,)),
    ("prod", {}, (inf, 2.0), inf, (2.0, inf)),
    ("maximum", {}, (2.0, 2.0), 2.0, (0.5, 0.5)),
    ("maximum", {}, (0.0, -0.0), 0.0, (0.5, 0.5)),
    ("maximum", {}, (-0.0, 0.0), 0.0, (0.5, 0.5)),
    ("maximum", {}, (-0.0, -0.0), -0.0, (0.5, 0.5)),
    ("minimum", {}, (0.0, -0.0), -0.0, (0.5, 0.5)),
    ("minimum", {}, (-0.0, 0.0), -0.0, (0.5, 0.5)),
    ("minimum", {}, (0.0, 0.0), 0.0, (0.5, 0.5)),
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
    ("ceil", {}, (-0.5,), -0.0, (0.0,)),
    ("ceil", {}, (0.5,), 1.0, (0.0,)),
    ("ceil", {}, (-inf,), -inf, (0.0,)),
    ("ceil", {}, (nan,), nan, (nan,)),
    ("trunc", {}, (-0.5,), -0.0, (0.0,)),
    ("trunc", {}, (-1.5,), -1.0, (0.0,)),
    ("trunc", {}, (1.5,), 1.0, (0.0,)),
    ("trunc", {}, (nan,), nan, (nan,)),
    ("round", {}, (0.5,), 0.0, (0.0,)),
    ("round", {}, (1.5,), 2.0, (0.0,)),
    ("round", {}, (2.5,), 2.0, (0.0,)),
    ("round", {}, (-0.5,), -0.0, (0.0,)),
    ("round", {}, (-1.5,), -2.0, (0.0,)),
    ("round", {}, (0.49999999999999994,), 0.0, (0.0,)),
    ("round", {}, (4503599627370497.0,), 4503599627370497.0, (0.0,)),
    ("round", {}, (-inf,), -inf, (0.0,)),
    ("round", {}, (nan,), nan, (nan,)),
    ("floordiv", {}, (-7.0, 2.0), -4.0, (0.0, 0.0)),
    ("mod", {}, (-7.0, 2.0), 1.0, (1.0, 4.0)),
    ("mod", {}, (7.0, -2.0), -1.0, (1.0, 4.0)),
    ("mod", {}, (1.0, 0.0), nan, (nan, nan)),
    ("mod", {}, (5.0, inf), 5.0, (1.0, 0.0)),
    ("mod", {}, (-5.0, inf), inf, (1.0, 1.0)),
    ("mod", {}, (5.0, -inf), -inf, (1.0, 1.0)),
    ("mod", {}, (inf, 2.0), nan, (nan, nan)),
    ("floordiv", {}, (inf, 2.0), nan, (nan, nan)),
    ("floordiv", {}, (1.0, 0.0), inf, (0.0, 0.0)),
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
    ("pow", {}, (0.0, -1.0), inf, (-inf, -inf)),
    ("pow", {}, (0.0, -0.5), inf, (-inf, -inf)),
    ("pow", {}, (nan, 1.0), nan, (nan, nan)),
    ("constant_power", {"exponent": 0.5}, (-inf,), inf, (0.0,)),
    ("constant_power", {"exponent": 0.5}, (-0.0,), 0.0, (inf,)),
    ("constant_power", {"exponent": 2.5}, (5e-324,), 0.0, (0.0,)),
    ("constant_power", {"exponent": 0.1}, (1e300,), 1e300**0.1, (0.1 * 1e300**0.1 / 1e300,)),
    # Exponentials and logarithms
    ("exp", {}, (710.0,), inf, (inf,)),
    ("exp", {}, (-inf,), 0.0, (0.0,)),
    ("exp", {}, (-1e308,), 0.0, (0.0,)),
    ("exp", {}, (nan,), nan, (nan,)),
    ("exp2", {}, (3.0,), 8.0, (8 * math.log(2),)),
    ("exp2", {}, (1024.0,), inf, (inf,)),
    ("exp2", {}, (-inf,), 0.0, (0.0,)),
    ("log2", {}, (0.0,), -inf, (inf,)),
    ("log2", {}, (inf,), inf, (0.0,)),
    ("log2", {}, (-1.0,), nan, (nan,)),
    ("log10", {}, (1000.0,), 3.0, (1e-3 / math.log(10),)),
    ("log10", {}, (0.0,), -inf, (inf,)),
    ("log10", {}, (-1.0,), nan, (nan,)),
    ("square", {}, (1e200,), inf, (2e200,)),
    ("square", {}, (-3.0,), 9.0, (-6.0,)),
    ("xlogy", {}, (0.0, 0.0), 0.0, (-inf, 0.0)),
    ("xlogy", {}, (0.0, 2.0), 0.0, (math.log(2), 0.0)),
    ("xlogy", {}, (0.0, inf), 0.0, (inf, 0.0)),
    ("xlogy", {}, (2.0, 0.0), -inf, (-inf, inf)),
    ("xlogy", {}, (2.0, -1.0), nan, (nan, nan)),
    ("xlogy", {}, (0.0, nan), nan, (nan, nan)),
    ("logsumexp", {}, (0.0, 0.0, 0.0), math.log(3), (1 / 3, 1 / 3, 1 / 3)),
    ("logsumexp", {}, (0.0, -50.0), math.log1p(math.exp(-50)), (1.0, math.exp(-50))),
    ("logsumexp", {}, (1e8, 1e8), 1e8 + math.log(2), (0.5, 0.5)),
    ("logsumexp", {}, (-inf, -inf), -inf, (0.5, 0.5)),
    ("logsumexp", {}, (-inf, 1.0), 1.0, (0.0, 1.0)),
    ("logsumexp", {}, (inf, inf, 1.0), inf, (0.5, 0.5, 0.0)),
    ("logsumexp", {}, (-1e308,), -1e308, (1.0,)),
    ("logsumexp", {}, (nan, 1.0), nan, (nan, nan)),
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
    ("logaddexp", {}, (-inf, -inf), -inf, (0.5, 0.5)),
    ("logaddexp", {}, (inf, inf), inf, (0.5, 0.5)),
    ("logaddexp", {}, (inf, -inf), inf, (1.0, 0.0)),
    ("logaddexp", {}, (nan, 1.0), nan, (nan, nan)),
    # Trigonometry and hyperbolics
    ("sin", {}, (inf,), nan, (nan,)),
    ("cos", {}, (-inf,), nan, (nan,)),
    ("tan", {}, (inf,), nan, (nan,)),
    ("sinc", {}, (0.0,), 1.0, (0.0,)),
    ("sinc", {}, (1.0,), -0.0, (-1.0,)),
    ("sinc", {}, (-2.0,), -0.0, (-0.5,)),
    ("sinc", {}, (0.5,), 2 / math.pi, (-4 / math.pi,)),
    ("sinc", {}, (1e-9,), 1.0, (-1e-9 * math.pi**2 / 3,)),
    ("sinc", {}, (inf,), nan, (nan,)),
    ("sinc", {}, (nan,), nan, (nan,)),
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
    ("tanh", {}, (15.0,), math.tanh(15.0), (1 / math.cosh(15.0) ** 2,)),
    ("tanh", {}, (-60.0,), -1.0, (1 / math.cosh(60.0) ** 2,)),
    ("tanh", {}, (300.0,), 1.0, (1 / math.cosh(300.0) ** 2,)),
    ("tanh", {}, (nan,), nan, (nan,)),
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
    ("log_sigmoid", {}, (-1e308,), -1e308, (1.0,)),
    ("log_sigmoid", {}, (700.0,), -math.exp(-700), (math.exp(-700),)),
    ("log_sigmoid", {}, (-inf,), -inf, (1.0,)),
    ("log_sigmoid", {}, (nan,), nan, (nan,)),
    ("logit", {}, (0.0,), -inf, (inf,)),
    ("logit", {}, (1.0,), inf, (inf,)),
    ("logit", {}, (0.5,), 0.0, (4.0,)),
    ("logit", {}, (0.5 + 2.0**-40,), 2.0**-38, (4.0,)),
    ("logit", {}, (1e-300,), math.log(1e-300), (1e300,)),
    ("logit", {}, (2.0,), nan, (nan,)),
    ("mish", {}, (1e308,), 1e308, (1.0,)),
    ("mish", {}, (inf,), inf, (1.0,)),
    ("mish", {}, (-inf,), -0.0, (0.0,)),
    ("mish", {}, (-1e308,), -0.0, (0.0,)),
    ("mish", {}, (0.0,), 0.0, (0.6,)),
    ("mish", {}, (nan,), nan, (nan,)),
    ("softplus", {}, (1e308,), 1e308, (1.0,)),
    ("softplus", {}, (-1e308,), 0.0, (0.0,)),
    ("softplus", {}, (-700.0,), math.exp(-700), (math.exp(-700),)),
    ("softplus", {}, (nan,), nan, (nan,)),
    ("silu", {}, (1e308,), 1e308, (1.0,)),
    ("silu", {}, (-1e308,), -0.0, (0.0,)),
    ("silu", {}, (inf,), inf, (1.0,)),
    ("silu", {}, (-inf,), -0.0, (0.0,)),
    ("silu", {}, (nan,), nan, (nan,)),
    ("gelu", {}, (0.0,), 0.0, (0.5,)),
    ("gelu", {}, (1e10,), 1e10, (1.0,)),
    ("gelu", {}, (-1e10,), -0.0, (0.0,)),
    ("gelu", {}, (inf,), inf, (1.0,)),
    ("gelu", {}, (-inf,), -0.0, (0.0,)),
    ("gelu", {}, (nan,), nan, (nan,)),
    ("erf", {}, (0.0,), 0.0, (TWO_OVER_ROOT_PI,)),
    ("erf", {}, (inf,), 1.0, (0.0,)),
    ("erfc", {}, (0.0,), 1.0, (-TWO_OVER_ROOT_PI,)),
    ("erfc", {}, (inf,), 0.0, (0.0,)),
    ("erfc", {}, (-inf,), 2.0, (0.0,)),
    ("erf", {}, (-1e200,), -1.0, (0.0,)),
    ("ndtr", {}, (0.0,), 0.5, (1 / math.sqrt(2 * math.pi),)),
    ("ndtr", {}, (inf,), 1.0, (0.0,)),
    ("ndtr", {}, (-inf,), 0.0, (0.0,)),
    ("ndtr", {}, (nan,), nan, (nan,)),
    ("erfinv", {}, (0.0,), 0.0, (math.sqrt(math.pi) / 2,)),
    ("erfinv", {}, (1.0,), inf, (inf,)),
    ("erfinv", {}, (-1.0,), -inf, (inf,)),
    ("erfinv", {}, (2.0,), nan, (nan,)),
    ("ndtri", {}, (0.5,), 0.0, (math.sqrt(2 * math.pi),)),
    ("ndtri", {}, (0.0,), -inf, (inf,)),
    ("ndtri", {}, (1.0,), inf, (inf,)),
    ("ndtri", {}, (-1.0,), nan, (nan,)),
    ("lgamma", {}, (1.0,), 0.0, (-EULER,)),
    ("lgamma", {}, (0.0,), inf, (-inf,)),
    ("lgamma", {}, (inf,), inf, (inf,)),
    ("lgamma", {}, (1e308,), inf, (math.log(1e308),)),
    ("lgamma", {}, (nan,), nan, (nan,)),
    ("gamma", {}, (5.0,), 24.0, (24 * (25 / 12 - EULER),)),
    ("gamma", {}, (0.0,), inf, (-inf,)),
    ("gamma", {}, (-0.0,), -inf, (-inf,)),
    ("gamma", {}, (-1.0,), nan, (nan,)),
    ("gamma", {}, (200.0,), inf, (inf,)),
    ("gamma", {}, (inf,), inf, (inf,)),
    ("digamma", {}, (1.0,), -EULER, (math.pi**2 / 6,)),
    ("digamma", {}, (inf,), inf, (0.0,)),
    ("digamma", {}, (nan,), nan, (nan,)),
    ("polygamma", {"order": 1}, (1.0,), math.pi**2 / 6, (-2 * ZETA_3,)),
    # Between two poles far below 0, which SciPy does not reach in a minute.
    ("polygamma", {"order": 1}, (0.25 - 6e11,), 2 * math.pi**2 - 1 / 6e11, (-4 * math.pi**3,)),
    ("polygamma", {"order": 2}, (-6e11,), -inf, (inf,)),
    ("digamma", {}, (0.5 - 6e11,), math.log(6e11), (math.pi**2 - 1 / 6e11,)),
    ("i0", {}, (0.0,), 1.0, (0.0,)),
    ("i0", {}, (1000.0,), inf, (inf,)),
    ("i1", {}, (0.0,), 0.0, (0.5,)),
    ("j0", {}, (0.0,), 1.0, (0.0,)),
    ("j0", {}, (nan,), nan, (nan,)),
    ("j1", {}, (0.0,), 0.0, (0.5,)),
    ("beta", {}, (2.0, 3.0), 1 / 12, (-13 / 144, -7 / 144)),
    ("beta", {}, (nan, 3.0), nan, (nan, nan)),
    # Choices
    ("where", {"condition": True}, (2.0, inf), 2.0, (1.0, 0.0)),
    ("where", {"condition": False}, (nan, 3.0), 3.0, (0.0, 1.0)),
    ("select", {"index": 1}, (nan, 3.0, inf), 3.0, (0.0, 1.0, 0.0)),
    ("dot", {}, (inf, 2.0, 1.0), inf, (2.0, inf, 1.0)),
]


# (1 + 1e-14) ** -1.5, to the last digit.
LESS = 1 - 1.5e-14

# The product of the shares of exp(0) and exp(-50).
TINY = math.exp(-50) / (1 + math.exp(-50)) ** 2

# Rule, operands, second derivatives as a matrix. Those of a point without any are nan or
# infinite, and never a number.
SECOND = [
    ("asin", (1.0,), [[inf]]),
    ("asin", (-1.0,), [[-inf]]),
    ("asin", (1e-9,), [[1e-9]]),
    ("acos", (1.0,), [[-inf]]),
    ("acos", (-1.0,), [[inf]]),
    ("acos", (-1e-9,), [[1e-9]]),
    ("atanh", (1.0,), [[inf]]),
    ("atanh", (-1.0,), [[-inf]]),
    ("atanh", (1e-9,), [[2e-9]]),
    ("acosh", (1.0,), [[-inf]]),
    ("asinh", (1e-9,), [[-1e-9]]),
    ("atan", (1e-9,), [[-2e-9]]),
    ("atan", (1e100,), [[-2e-300]]),
    ("tanh", (1e-9,), [[-2e-9]]),
    ("tanh", (60.0,), [[-2 / math.cosh(60.0) ** 2]]),
    ("tan", (1e-9,), [[2e-9]]),
    ("sigmoid", (1e-9,), [[-1.25e-10]]),
    ("sigmoid", (-60.0,), [[math.exp(-60.0)]]),
    ("log", (0.0,), [[-inf]]),
    ("log", (-1.0,), [[nan]]),
    ("log1p", (-1.0,), [[-inf]]),
    ("log1p", (-0.9999999999993783,), [[-1 / (1 - 0.9999999999993783) ** 2]]),
    ("sqrt", (0.0,), [[-inf]]),
    ("sinc", (0.0,), [[-(math.pi**2) / 3]]),
    ("sinc", (1.0,), [[2.0]]),
    ("silu", (inf,), [[0.0]]),
    ("mish", (inf,), [[0.0]]),
    ("mish", (-inf,), [[0.0]]),
    ("log2", (0.0,), [[-inf]]),
    ("cbrt", (0.0,), [[nan]]),
    ("log_sigmoid", (-60.0,), [[-math.exp(-60.0)]]),
    ("logit", (0.5 + 2.0**-40,), [[2.0**-35]]),
    ("logit", (0.0,), [[-inf]]),
    ("logit", (1.0,), [[inf]]),
    ("xlogy", (0.0, 2.0), [[0.0, 0.5], [0.5, 0.0]]),
    ("xlogy", (0.0, 0.0), [[0.0, inf], [inf, nan]]),
    ("softsign", (3.0,), [[-2 / 64]]),
    ("max", (2.0, 2.0), [[0.0, 0.0], [0.0, 0.0]]),
    ("prod", (0.0, 2.0, 3.0), [[0.0, 3.0, 2.0], [3.0, 0.0, 0.0], [2.0, 0.0, 0.0]]),
    ("prod", (0.0, 0.0), [[0.0, 1.0], [1.0, 0.0]]),
    ("norm", (0.0, 0.0), [[nan, nan], [nan, nan]]),
    ("norm", (1.0, 1e-7), [[1e-14 * LESS, -1e-7 * LESS], [-1e-7 * LESS, LESS]]),
    ("norm", (0.0, 2.0), [[0.5, 0.0], [0.0, 0.0]]),
    ("logsumexp", (0.0, 0.0), [[0.25, -0.25], [-0.25, 0.25]]),
    ("logsumexp", (0.0, -50.0), [[TINY, -TINY], [-TINY, TINY]]),
    ("logsumexp", (1e8, 1e8), [[0.25, -0.25], [-0.25, 0.25]]),
    ("silu", (-inf,), [[0.0]]),
    ("gelu", (inf,), [[0.0]]),
    ("gelu", (-inf,), [[0.0]]),
    ("erf", (inf,), [[0.0]]),
    ("logaddexp", (0.0, 0.0), [[0.25, -0.25], [-0.25, 0.25]]),
    ("logaddexp", (inf, inf), [[nan, nan], [nan, nan]]),
    ("mod", (7.3, 2.0), [[0.0, 0.0], [0.0, 0.0]]),
    ("mod", (-5.0, inf), [[0.0, 0.0], [0.0, 0.0]]),
    ("hypot", (0.0, 0.0), [[nan, nan], [nan, nan]]),
    ("hypot", (1.0, 1e-7), [[1e-14 * LESS, -1e-7 * LESS], [-1e-7 * LESS, LESS]]),
    ("hypot", (0.0, 1e-20), [[1e20, 0.0], [0.0, 0.0]]),
    ("hypot", (3e200, 4e200), [[0.64 / 5e200, -0.48 / 5e200], [-0.48 / 5e200, 0.36 / 5e200]]),
    ("atan2", (0.0, 1e-9), [[0.0, -1e18], [-1e18, 0.0]]),
    ("atan2", (0.0, 0.0), [[nan, nan], [nan, nan]]),
    ("pow", (0.0, 1.0), [[0.0, -inf], [-inf, 0.0]]),
    ("pow", (0.0, 2.5), [[0.0, 0.0], [0.0, 0.0]]),
    ("pow", (0.0, 1.5), [[inf, 0.0], [0.0, 0.0]]),
    ("pow", (0.0, 0.0), [[nan, nan], [nan, nan]]),
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
    if expected[0] == 0:
        signs = math.copysign(1, found[0]), math.copysign(1, expected[0])
        assert signs[0] == signs[1], f"{call} is {found[0]}, not {expected[0]}"


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


def second_derivatives(call, numbers):
    """The matrix of them, by differentiating each slope as a graph."""
    inputs = [Value(x) for x in numbers]
    slopes = gradients(call(*inputs), inputs, create_graph=True)
    # A slope that is a plain number depends on nothing.
    is_known = [isinstance(slope, Value) for slope in slopes]
    return [
        gradients(slope, inputs) if known else [0.0] * len(inputs)
        for slope, known in zip(slopes, is_known, strict=True)
    ]


every_second = pytest.mark.parametrize(
    ("name", "operands", "expected"), SECOND, ids=[called(row[0], {}, row[1]) for row in SECOND]
)


@every_second
@pytest.mark.parametrize("in_lanes", [False, True], ids=["floats", "lanes"])
def test_second_derivatives(name, operands, expected, in_lanes):
    numbers = [np.array([x, x]) for x in operands] if in_lanes else operands
    with np.errstate(all="ignore"):
        found = second_derivatives(PRIMITIVES[name], numbers)
    for i, row in enumerate(expected):
        for j, right in enumerate(row):
            number = np.broadcast_to(getattr(found[i][j], "data", found[i][j]), 2)[1]
            # A few roundings, of a derivative of a derivative.
            assert same_number(number, right, 16 * 2.0**-52 * abs(right)), (
                f"{called(name, {}, operands)}: d2 / dx{i + 1} dx{j + 1} is {number}, not {right}"
            )


# Their partials are constants and the operands themselves, whatever these make.
ARITHMETIC = {
    *("add", "sub", "mul", "div", "pos", "neg", "sum", "dot", "where", "select"),
    *("prod", "constant_power"),
}
SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, inf, -inf, nan, 5e-324, 1e308]


@pytest.mark.parametrize("name", [name for name in PRIMITIVES if name not in ARITHMETIC])
def test_where_the_value_is_nan_so_are_the_derivatives(name):
    """Outside the domain, and at nan; of several operands, in at least one of them."""
    rule = PRIMITIVES[name]
    for operands in product(SPECIAL, repeat=len(rule.operand_names)):
        result, partials = rule.evaluate(operands)
        if math.isnan(result):
            some = any(map(math.isnan, partials))
            assert some, f"{name}{operands} is nan, and its partials are {partials}"
        if len(operands) == 1 and math.isnan(result):
            assert math.isnan(partials[0]), f"{name}{operands} is nan, its slope {partials[0]}"


@pytest.mark.parametrize("exponent", [2.5, 1.5, 0.5, -0.5, 0.1])
@pytest.mark.parametrize("x", [5e-324, 1e-310, 0.0])
def test_powers_of_the_smallest_numbers_raise_nothing(x, exponent):
    for call in (lambda x: x**exponent, lambda x: x ** Value(exponent)):
        (row,) = second_derivatives(call, [x])
        assert len(row) == 1
