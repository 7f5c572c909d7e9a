"""Numbers of every kind as pictures write them."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value
from autograd.drawing import draw
from autograd.numbers.text import number_text, printable

x, y = sympy.symbols("x y")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3.0, "3"),
        (0, "0"),
        (-0.0, "-0"),
        (2 / 3, "0.6667"),
        (123456.0, "1.235e5"),
        (1e300, "1e300"),
        (-5e-324, "-4.941e-324"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
        (123456, "123456"),
        (10**400, "1e400"),
        (-(10**5000), "-1e5000"),
        (Fraction(-2, 3), "-2/3"),
        (Fraction(10**400 + 1, 3), "3.333e399"),
        (1.5 - 2j, "1.5-2j"),
        (complex(0, math.nan), "0+nanj"),
        (mpmath.mpf(2) / 3, "0.6667"),
        (mpmath.mpf("1e1000"), "1e1000"),
        (mpmath.inf, "inf"),
        (mpmath.mpc(1, -2), "1-2j"),
        (x * y + 1, "x*y + 1"),
        (sympy.Rational(1, 3), "1/3"),
        (sympy.pi, "pi"),
        (np.float32(0.5), "0.5"),
        (np.int64(7), "7"),
        (np.array([1.0, 2 / 3]), "[1, 0.6667]"),
        (np.arange(5.0), "[0, 1, 2, …] (5,)"),
        (np.ones((1, 2)), "[1, 1] (1, 2)"),
        (np.zeros(0), "[]"),
        (np.array([1 + 2j]), "[1+2j]"),
    ],
    ids=lambda case: case if isinstance(case, str) else type(case).__name__,
)
def test_number_text(number, text):
    assert number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 17))
def test_number_text_rounds_to_the_digits(number, digits):
    # Rounding to d significant digits is off by at most half a unit of the last one.
    # The exact distance: in floats the subtraction below would round again.
    error = abs(Fraction(number_text(number, digits)) - Fraction(number))
    exponent = math.floor(math.log10(abs(number))) if number else 0
    # log10 may round up to the next integer, which makes the unit ten times too large.
    assert error <= Fraction(10) ** (exponent - digits + 1) / 2


@pytest.mark.parametrize(
    "number", [Fraction(1, 3), 1 + 2j, mpmath.mpf(1) / 3, x, np.arange(4.0), math.nan], ids=str
)
def test_any_kind_of_number_is_drawn(number):
    value = Value(number, label="a")
    output = value * value
    output.backward()
    assert draw(output).source.count(f"∂ {number_text(number)}") == 2


def test_a_long_formula_is_cut_off():
    text = number_text((x + y) ** 9 * sympy.expand((x + y) ** 9))
    assert len(text) == 80
    assert text.endswith("…")


@pytest.mark.parametrize("digits", [0, -1, True, 4.0, "4", None])
def test_digits_are_a_whole_number(digits):
    with pytest.raises(ValueError, match="a whole number of at least 1"):
        number_text(0.5, digits)


def test_no_more_digits_than_can_be_waited_for():
    assert number_text(Fraction(1, 10**50 + 1), 10_000)
    with pytest.raises(ValueError, match="at most 10,000"):
        number_text(0.5, 10**9)


@given(st.text(max_size=20))
def test_printable_text_is_one_line_that_shows_all_of_itself(text):
    shown = printable(text)
    assert shown.isprintable()
    assert printable(shown) == shown
    assert shown == text or not text.isprintable()
