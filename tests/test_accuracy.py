"""Each rule keeps to its budget in every mode: in units in the last place of the right number."""

import pytest

from autograd.primitive import PRIMITIVES

np = pytest.importorskip("numpy")
pytest.importorskip("llvmlite")

from benchmarks.accuracy.modes import MODES  # noqa: E402
from benchmarks.accuracy.points import points  # noqa: E402
from benchmarks.accuracy.witness import FUNCTIONS, orders, right, units  # noqa: E402

# What a rule promises of its value, its partials and its second derivatives. A function of the
# C library is right to a unit, one of its vectors to 4. A partial is made of such functions and a
# handful of roundings, of half a unit each; a second derivative of a partial, and as much again.
BUDGET = (4, 6, 8)

BUDGETS = {
    # Python's and the machine's own operations: half a unit, and 1 where `dot` is not fused.
    **dict.fromkeys(("add", "sub", "mul", "sum", "dot"), (1, 0, 0)),
    "div": (1, 2, 3),
    # They return what they are given.
    **dict.fromkeys(("pos", "neg", "select", "where", "abs", "sign", "floor"), (0, 0, 0)),
    **dict.fromkeys(("relu", "maximum", "minimum", "floordiv"), (0, 0, 0)),
    "mod": (1, 0, 0),
    "leaky_relu": (1, 0, 0),
    # Phi(x) is half of erfc(-x / sqrt(2)), and that quotient is rounded: x ** 2 units of Phi,
    # by 26 at most.
    **dict.fromkeys(("gelu", "ndtr"), (4 + 26**2, 6, 8)),
    # The difference of the operands is rounded, by half a unit of 700 at most: so much of its
    # exponential.
    **dict.fromkeys(("logaddexp", "logsumexp"), (4, 6 + 512 / 2, 8 + 512 / 2)),
    # exp(y * y) of a y that is off by up to 4 units, and y is 6 at most; for ndtri 38.
    "erfinv": (4, 6 + 8 * 6**2, 8 + 24 * 6**2),
    "ndtri": (4, 6 + 4 * 38**2, 8 + 12 * 38**2),
    # SciPy's is the exponential of a logarithm of up to 200 where it is small.
    "beta": (4 + 256, 6 + 256, 8 + 256),
    # The second derivative has the fifth power of the rounded root.
    "cbrt": (4, 6, 8 + 5),
    **dict.fromkeys(("max", "min", "ceil", "trunc", "round", "copysign"), (0, 0, 0)),
    **dict.fromkeys(("relu6", "hardtanh"), (0, 0, 0)),
}

POINTS = 30
# The witness has 20 digits at least, 4 more than a float.
WITNESS = 1e-3


def test_every_rule_has_a_witness():
    assert set(FUNCTIONS) == set(PRIMITIVES)


@pytest.mark.parametrize("name", PRIMITIVES)
def test_rules_keep_to_their_budgets(name):
    drawn = points(name, POINTS)
    columns = list(zip(*drawn, strict=True))
    rights = [[right(name, point, order) for order in orders(len(point))] for point in drawn]
    for mode, run in MODES.items():
        found = run(name, columns)
        for point, numbers, expected in zip(drawn, found, rights, strict=True):
            for order, number, (exact, scale) in zip(
                orders(len(point)), numbers, expected, strict=True
            ):
                error = units(number, exact, scale)
                budget = BUDGETS.get(name, BUDGET)[sum(order)]
                assert error <= budget + WITNESS, (
                    f"{name}{point} by {mode}, derivative {order}: {number} is {error:.1f} units "
                    f"from {float(exact)}, of {budget} allowed"
                )


@pytest.mark.parametrize(
    ("name", "point", "order", "wrong"),
    [
        # 1 - t * t of a rounded t.
        ("tanh", (15.0,), (1,), 3.743672e-13),
        # The sum of -1 + x and -1 - x.
        ("asin", (1e-9,), (2,), 1.00000008e-09),
        ("hypot", (1.0, 1e-7), (2, 0), 1.02e-14),
    ],
)
def test_what_loses_its_digits_is_found(name, point, order, wrong):
    assert units(wrong, *right(name, point, order)) > 1e6


def test_numbers_that_are_missing_are_wrong():
    assert units(float("nan"), 1.0, 1.0) == float("inf")
    assert units(float("inf"), 1.0, 1.0) == float("inf")
    assert units(1.0, float("inf"), 1.0) == float("inf")
    assert units(float("inf"), float("inf"), 1.0) == 0
