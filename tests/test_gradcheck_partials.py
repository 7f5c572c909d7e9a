"""gradcheck: partials that are no floats at real operands are refused, and their rule is named."""

import re
from fractions import Fraction

import pytest

from autograd import gradcheck, primitive


@pytest.mark.parametrize(
    ("partial", "shown"),
    [
        (1j, "1j"),
        (10**400, "a number too large for a float"),
        (-(10**5000), "a number too large for a float"),
        (Fraction(10**400, 3), "a number too large for a float"),
    ],
    # Python does not print integers as long as these.
    ids=["complex", "integer", "integer that can't be printed", "fraction"],
)
@pytest.mark.parametrize("order", [1, 2])
def test_a_partial_that_is_no_float_is_named(partial, shown, order):
    @primitive
    def square(x, y):
        return x * y, (y, partial)

    words = re.escape(f"the rule square gave {shown} as its partial in operand 2")
    with pytest.raises(TypeError, match=words):
        gradcheck(lambda x: square(x, x) + x, 0.7, order=order)
