"""Kinks, ties, poles, overflow, infinity and nan, compiled: as the eager engine has them."""

import math
import operator
import sys
from fractions import Fraction
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_programs import opposite
from test_special_values import TABLE
from witnesses import EPSILON, lanes, leaves_of, same_number

from autograd import Value, compile, exp, gradients, logaddexp, maximum, minimum, select, where
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES

# The rows of a rule with the same constants are one program.
ROWS = sorted(TABLE, key=lambda row: (row[0], str(row[1]), len(row[2])))
GROUPS = [list(rows) for _, rows in groupby(ROWS, lambda row: (*row[:2], len(row[2])))]

every_rule = pytest.mark.parametrize(
    "rows", GROUPS, ids=[f"{rows[0][0]}{rows[0][1] or ''}" for rows in GROUPS]
)


def called(rows):
    name, constants, *_ = rows[0]
    return PRIMITIVES[name].bind(**constants)


def assert_same(found, expected, what):
    """A few roundings apart, but of the infinite, the nan and the zero none."""
    assert same_number(found, expected, 8 * EPSILON * abs(expected)), f"{what}: {found}, {expected}"


def eager(call, operands):
    """The value and the derivatives by the eager engine."""
    inputs = leaves_of(operands)
    output = call(*inputs)
    output.backward()
    return [output.data, *[x.grad for x in inputs]]


def assert_signs(found, expected, what):
    """The sign of a zero is that of the eager engine."""
    if expected == 0:
        signs = math.copysign(1, found), math.copysign(1, expected)
        assert signs[0] == signs[1], f"{what} is {found}, and eagerly {expected}"


@every_rule
def test_arguments(rows, backend):
    call = called(rows)
    fast = compile(call, backend=backend)
    for _, _, operands, result, partials in rows:
        value, gradient = fast.value_and_grad(*operands)
        gradient = gradient if len(operands) > 1 else (gradient,)
        for i, pair in enumerate(zip((value, *gradient), (result, *partials), strict=True)):
            assert_same(*pair, f"{call.name}{operands}, result {i}")
        assert_signs(value, eager(call, operands)[0], f"{call.name}{operands}")


@every_rule
def test_lanes(rows, backend):
    call = called(rows)
    fast = compile(call, reduce="sum", backend=backend)
    columns = lanes([row[2] for row in rows])
    values = fast(*columns)
    gradient = fast.value_and_grad(*columns)[1]
    gradient = gradient if len(columns) > 1 else (gradient,)
    for lane, (_, _, operands, *expected) in enumerate(rows):
        found = values[lane], *[column[lane] for column in gradient]
        for i, pair in enumerate(zip(found, (expected[0], *expected[1]), strict=True)):
            assert_same(*pair, f"{call.name}{operands}, result {i}")
        assert_signs(values[lane], eager(call, operands)[0], f"{call.name}{operands}")


@every_rule
def test_parameters(rows, backend):
    call = called(rows)
    parameters = leaves_of(rows[0][2])
    fast = compile(lambda: call(*parameters), parameters, backend=backend)
    for _, _, operands, result, partials in rows:
        value, gradient = fast.value_and_grad(at=np.array(operands))
        for i, pair in enumerate(zip((value, *gradient), (result, *partials), strict=True)):
            assert_same(*pair, f"{call.name}{operands}, result {i}")


HUGE_AND_TINY = [1e308, -1e308, 1e-308, -5e-324, math.inf, -math.inf, math.nan, 0.0, -0.0, 1.5]
CONSTANTS = {"constant_power": {"exponent": 2.5}, "where": {"condition": True}}


@pytest.mark.parametrize("name", PRIMITIVES)
def test_huge_and_tiny_operands(name, backend):
    """Every rule at every pair of these numbers, in its domain or not."""
    call = PRIMITIVES[name].bind(**CONSTANTS.get(name, {"index": -1} if name == "select" else {}))
    count = 1 if PRIMITIVES[name].is_unary else 2
    rows = list(product(HUGE_AND_TINY, repeat=count))
    columns = lanes(rows)
    fast = compile(call, reduce="sum", backend=backend)
    values = fast(*columns)
    gradient = fast.value_and_grad(*columns)[1]
    gradient = gradient if count > 1 else (gradient,)
    for lane, operands in enumerate(rows):
        found = values[lane], *[column[lane] for column in gradient]
        for i, (number, right) in enumerate(zip(found, eager(call, operands), strict=True)):
            # A few roundings, and what is lost of a number below the smallest normal one.
            budget = 8 * EPSILON * abs(right) + 2.0**-1022
            assert same_number(number, right, budget), (
                f"{name}{operands}: result {i} is {number} compiled and {right} eagerly"
            )


def slopes_and_second_derivatives(function):
    """What is differentiated twice, as a function that can be compiled."""

    def derivatives(*numbers):
        inputs = [x if isinstance(x, Value) else Value(x) for x in numbers]
        found = []
        for slope in gradients(function(*inputs), inputs, create_graph=True):
            known = isinstance(slope, Value)
            row = gradients(slope, inputs, create_graph=True) if known else [0.0] * len(inputs)
            found += [slope, *row]
        return found

    return derivatives


def assert_one_answer(function, rows, backend, what):
    """Compiled as eagerly, at infinities and nans too."""
    derivatives = slopes_and_second_derivatives(function)
    fast = compile(derivatives, backend=backend)
    columns = [np.broadcast_to(x, len(rows)) for x in fast(*lanes(rows))]
    for lane, operands in enumerate(rows):
        for i, (column, right) in enumerate(zip(columns, derivatives(*operands), strict=True)):
            right = float(getattr(right, "data", right))
            # Sums of which the terms cancel, of a size of 1 or less, are a rounding off.
            budget = 64 * EPSILON * max(abs(right), 1.0)
            assert same_number(column[lane], right, budget), (
                f"{what}{operands}: derivative {i} is {column[lane]} compiled and {right} eagerly"
            )


@pytest.mark.parametrize("name", PRIMITIVES)
def test_second_derivatives_at_huge_and_tiny_operands(name, backend):
    call = PRIMITIVES[name].bind(**CONSTANTS.get(name, {"index": -1} if name == "select" else {}))
    count = 1 if PRIMITIVES[name].is_unary else 2
    assert_one_answer(call, list(product(HUGE_AND_TINY, repeat=count)), backend, name)


# Where one of these has no slope, what it is made of may have an infinite one.
CHOOSING = {
    "elu of 1 / x": lambda x, y: (1 / x).elu() + y,
    "relu of 1 / x": lambda x, y: (1 / x).relu() * y,
    "elu of an exponential": lambda x, y: (x + y).exp().elu(),
    "a tie of squares": lambda x, y: logaddexp((x * y) ** 2, (x * y) ** 2),
    "logaddexp of a choice": lambda x, y: where(logaddexp(x, y) > x, logaddexp(x, y), x) ** 2,
    "silu of a logarithm": lambda x, y: (x * y).log().silu(),
    "the larger of reciprocals": lambda x, y: maximum((1 / x).elu(), y),
    "leaky_relu of a root": lambda x, y: x.sqrt().leaky_relu() * y,
    "gelu of an exponential": lambda x, y: (x * y).exp().gelu(),
    "hypot of a logarithm": lambda x, y: (x * x + y * y).sqrt().log().abs(),
}


@pytest.mark.parametrize("function", CHOOSING.values(), ids=CHOOSING)
def test_branches_not_taken_at_second_order(function, backend):
    """0 * inf is nan in every mode, and what depends on nothing adds nothing."""
    rows = list(product([0.0, 1.5, -1.5, math.inf, -math.inf, 800.0, -800.0], repeat=2))
    assert_one_answer(function, rows, backend, "at ")


def test_quotients_near_a_step(backend):
    """Of large numbers, where x / y rounds to the other side of a step: Python's own, exactly."""
    random = np.random.default_rng(5)
    x = random.normal(size=2000) * 10.0 ** random.integers(-3, 17, size=2000)
    y = random.choice([0.1, -0.1, 0.3, 7.0, 1e-3, -1.7], size=2000)
    whole = compile(lambda x, y: x // y, backend=backend)(x, y)
    rest = compile(lambda x, y: x % y, backend=backend)(x, y)
    assert whole.tolist() == [a // b for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert rest.tolist() == [a % b for a, b in zip(x.tolist(), y.tolist(), strict=True)]


CHOICES = {
    "x > y": lambda x, y: where(x > y, 2 * x, 3 * y),
    "x >= y": lambda x, y: where(x >= y, 2 * x, 3 * y),
    "x < y": lambda x, y: where(x < y, 2 * x, 3 * y),
    "x <= y": lambda x, y: where(x <= y, 2 * x, 3 * y),
    "x == y": lambda x, y: where(x == y, 2 * x, 3 * y),
    "x != y": lambda x, y: where(x != y, 2 * x, 3 * y),
    "both": lambda x, y: where((x > 0) & (y > 0), 2 * x, 3 * y),
    "either": lambda x, y: where((x > 0) | (y > 0), 2 * x, 3 * y),
    "not": lambda x, y: where(opposite(x > y), 2 * x, 3 * y),
    "one alone": lambda x, y: where((x > 0) ^ (y > 0), 2 * x, 3 * y),
    "neither": lambda x, y: where(opposite((x > 0) | (y > 0)), 2 * x, 3 * y),
    "a Value as the condition": lambda x, y: where(x, 2 * x, 3 * y),
    "maximum": lambda x, y: maximum(x, y) * 2,
    "minimum of a constant": lambda x, y: minimum(1.0, x) * y,
    "relu": lambda x, y: x.relu() + 3 * (-y).relu(),
}


@pytest.mark.parametrize("function", CHOICES.values(), ids=CHOICES)
def test_choices_are_made_at_run_time(function, backend):
    """In each lane its own, by a program that was recorded once."""
    numbers = [1.5, -1.5, 0.0, -0.0, math.nan, math.inf, 0.5]
    rows = list(product(numbers, repeat=2))
    fast = compile(function, reduce="sum", backend=backend)
    values = fast(*lanes(rows))
    gradient = fast.value_and_grad(*lanes(rows))[1]
    for lane, row in enumerate(rows):
        alone = fast.value_and_grad(*row)
        found = values[lane], gradient[0][lane], gradient[1][lane]
        for i, (number, right) in enumerate(zip(found, eager(function, row), strict=True)):
            assert same_number(number, right), f"lane {row}, result {i}: {number}, not {right}"
            number = (alone[0], *alone[1])[i]
            assert same_number(number, right), f"alone {row}, result {i}: {number}, not {right}"


AS_NUMBERS = {
    "alone": lambda c: c,
    "negative": lambda c: -c,
    "absolute": abs,
    "of a function": exp,
    "a sum": lambda c: c + c,
    "a difference": lambda c: c - 0.5,
    "a product": lambda c: c * c,
    "a quotient": lambda c: 3.0 / (c + 1),
    "a remainder": lambda c: c % 0.75,
    "a power": lambda c: c**2.0,
    "compared": lambda c: (c == 1.0) + (c < 1.0) * 2,
    "an alternative": lambda c: where(c > 0.5, c, 3 * c),
}


@pytest.mark.parametrize("function", AS_NUMBERS.values(), ids=AS_NUMBERS)
def test_a_condition_is_the_number_1_or_0(function, backend):
    """Lanes of conditions are bools to NumPy, whose sum would be True and whose exp 16 bits."""
    fast = compile(lambda x, y: function(x > y), backend=backend)
    expected = [function(1.0), function(0.0)]
    np.testing.assert_allclose(fast(np.array([2.0, 1.0]), 1.5), expected, rtol=1e-15)
    np.testing.assert_allclose([fast(2.0, 1.5), fast(1.0, 1.5)], expected, rtol=1e-15)


def test_select_picks_at_run_time(backend):
    def pick(index, x, y):
        return 2 * select(index, [x, y, x * y])

    fast = compile(pick, reduce="sum", backend=backend)
    indices = np.array([0.0, 1.0, 2.0, -1.0, -2.0, -3.0])
    value, (_, dx, dy) = fast.value_and_grad(indices, np.full(6, 3.0), np.full(6, 5.0))
    assert value == 2 * (3 + 5 + 15) * 2
    assert dx.tolist() == [2.0, 0.0, 10.0, 10.0, 0.0, 2.0]
    assert dy.tolist() == [0.0, 2.0, 6.0, 6.0, 2.0, 0.0]
    assert fast(1, 3.0, 5.0) == 10.0


def test_select_of_no_item_is_nan(backend):
    fast = compile(lambda index, x: select(index, [x, x]), backend=backend)
    assert np.isnan(fast(np.array([2.0, -3.0, 0.5]), 1.0)).all()


# Constants that no float is

COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
EXACT = [
    *(2**53 + 1, -(2**53) - 1, 2**60 - 1, 2**60 + 1, 2**53 + 2),
    *(2**1024 - 2**970 - 1, 2**1024, 10**400, -(10**400)),
    *(Fraction(1, 3), Fraction(-1, 3), Fraction(1, 10**400), Fraction(-(10**400), 3)),
]


def neighbours(number):
    """The floats around an exact number, and others that no rounding reaches."""
    nearest = max(-sys.float_info.max, min(number, sys.float_info.max))
    around = [float(nearest)]
    around += [math.nextafter(around[0], -math.inf), math.nextafter(around[0], math.inf)]
    return [*around, 0.0, -0.0, 5e-324, -5e-324, math.inf, -math.inf, math.nan]


@pytest.mark.parametrize("backend", ["python", "native"])
@pytest.mark.parametrize("compare", COMPARISONS, ids=lambda compare: compare.__name__)
def test_comparisons_with_exact_constants_are_not_rounded(compare, backend):
    def both(x):
        first = [where(compare(x, number), 1.0, 0.0) for number in EXACT]
        return first + [where(compare(number, x), 1.0, 0.0) for number in EXACT]

    fast = compile(both, backend=backend)
    for x in {x.hex(): x for number in EXACT for x in neighbours(number)}.values():
        names = [*EXACT, *EXACT]
        for number, found, right in zip(names, fast(x), both(x), strict=True):
            assert found == right, f"{compare.__name__} of {x!r} and {number_text(number, 20)}"


@given(st.integers(-(2**1026), 2**1026) | st.integers(-(2**55), 2**55), st.data())
def test_comparisons_with_any_integer_are_not_rounded(number, data):
    x = data.draw(st.sampled_from(neighbours(number)) | st.floats())
    compare = data.draw(st.sampled_from(COMPARISONS))
    fast = compile(lambda x: where(compare(x, number), 1.0, 0.0), backend="python")
    assert fast(x) == compare(x, number)


@pytest.mark.parametrize(
    "run",
    [
        lambda: compile(lambda x: x + x)(10**400),
        lambda: compile(lambda x: x[0])([-(10**400)]),
        lambda: compile(lambda x: x + x).value_and_grad(10**400),
        lambda: compile(lambda x: x + 10**400)(1.0),
        lambda: compile(lambda x: x * Fraction(10**400, 3))(1.0),
        lambda: compile(lambda x: 10**400)(1.0),
        lambda: compile(lambda x: maximum(x, 10**400))(1.0),
        lambda: compile(lambda x: where(x > 0, x, 10**400))(1.0),
        lambda: compile(lambda x: x, parameters=[Value(10**400)]),
        lambda: compile(lambda x: x, parameters=[Value(1.0)]).load([10**400]),
        lambda: compile(lambda x: x, parameters=[Value(1.0)]).value_and_grad(1.0, at=[10**400]),
    ],
)
def test_what_is_too_large_for_a_program_is_refused_in_words(run):
    with pytest.raises(OverflowError, match=r"^compiled programs compute with floats.*e(400|399)"):
        run()


@pytest.mark.parametrize("backend", ["python", "native"])
def test_a_parameter_that_became_too_large_is_refused_in_words(backend):
    w = Value(1.0)
    fast = compile(lambda x: w * x, parameters=[w], backend=backend)
    assert fast(2.0) == 2.0
    w.data = 10**400
    for call in (fast, fast.value_and_grad):
        with pytest.raises(OverflowError, match="1e400 is too large for one"):
            call(2.0)


@pytest.mark.parametrize(
    "run",
    [
        lambda: compile(lambda x: x - 2**53)(2**53 + 1),
        lambda: compile(lambda x: x - 2**53, parameters=[Value(2**53 + 1)]),
        lambda: compile(lambda x: maximum(x, 2**53 + 1))(2.0**53),
        lambda: compile(lambda x: minimum(Fraction(1, 3), x)).value_and_grad(1 / 3),
    ],
)
def test_a_number_that_rounding_would_make_another_is_refused_in_words(run):
    with pytest.raises(ValueError, match=r"is not one: the nearest is .* Write float\(x\)"):
        run()


def test_constants_of_arithmetic_are_rounded_as_python_rounds_them():
    fast = compile(lambda x: (2**53 + 1) * x + Fraction(1, 3))
    assert fast.value_and_grad(0.5) == ((2**53 + 1) * 0.5 + Fraction(1, 3), float(2**53 + 1))
