"""Every rule against witnesses that do not read its partials."""

from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import strategies as st
from strategies import bound, calls, operands
from witnesses import (
    DIGITS,
    EPSILON,
    assert_same_digits,
    check_partials,
    for_all,
    lanes,
    leaves_of,
    precise_derivative,
    precisely,
    result_of,
    same_number,
    symbols,
    torch,
    torch_gradients,
)

from autograd import gradients, jvp
from autograd.primitive import PRIMITIVES, SLOPES, Primitive

every_rule = pytest.mark.parametrize("primitive", PRIMITIVES.values(), ids=PRIMITIVES)


# mpmath's numbers have no `//`.
# The slopes have rules of their own, on which second derivatives stand.
RULES = PRIMITIVES | SLOPES
over_mpmath = pytest.mark.parametrize("primitive", RULES.values(), ids=RULES)


def kind_lacks(primitive: Primitive, numbers: tuple, lacking: tuple = (TypeError, AttributeError)):
    """Whether the rule has no meaning for this kind of number, as an order has for complex."""
    try:
        primitive.rule(*numbers)
    except lacking:
        return True
    return False


@every_rule
def test_operands_lie_in_the_domain(primitive):
    def check(call, numbers):
        intervals = primitive.domains(len(numbers))
        outside = [x for x, i in zip(numbers, intervals, strict=True) if x not in i]
        assert not outside, f"{outside} are outside the domain of {primitive.name}"

    for_all(calls(primitive), check)


@every_rule
def test_partials_are_finite_differences(primitive):
    for_all(calls(primitive), check_partials, examples=50)


@over_mpmath
def test_partials_are_those_of_mpmath(primitive):
    def check(call, numbers):
        with mpmath.workdps(DIGITS):
            precise = precisely(numbers)
            partials = call.rule(*precise)[1]
            for position, partial in enumerate(partials):
                expected = precise_derivative(result_of(call), precise, position)
                assert_same_digits(partial, expected, f"partial {position + 1} of {call.name}")

    for_all(calls(primitive), check, examples=10)


@over_mpmath
def test_second_derivatives_are_those_of_mpmath(primitive):
    def check(call, numbers):
        with mpmath.workdps(DIGITS):
            precise = precisely(numbers)
            inputs = leaves_of(precise)
            slopes = gradients(call(*inputs), inputs, create_graph=True)
            for i, slope in enumerate(slopes):
                # A slope that is a plain number depends on nothing.
                row = gradients(slope, inputs) if hasattr(slope, "parents") else [0] * len(inputs)
                for j in range(i, len(inputs)):
                    expected = precise_derivative(result_of(call), precise, i, j)
                    assert_same_digits(row[j], expected, f"d2 {call.name} / dx{i + 1} dx{j + 1}")

    for_all(calls(primitive), check, examples=5)


@over_mpmath
def test_floats_are_the_precise_numbers_rounded(primitive):
    # Each elementary function is right to about an ulp, and a rule composes a handful of
    # them; where it subtracts from 1 (tanh, asin) the operands are 0.05 from the edge,
    # which costs a factor of at most 1 / 0.05, twice.
    tolerance = 16 * EPSILON * 400

    def check(call, numbers):
        result, partials = call.rule(*numbers)
        with mpmath.workdps(DIGITS):
            precise_result, precise_partials = call.rule(*precisely(numbers))
        for found, expected in zip(
            (result, *partials), (precise_result, *precise_partials), strict=True
        ):
            assert same_number(found, expected, tolerance * max(1, abs(expected))), (
                f"{call.name}{numbers} over floats gives {found}, to 40 digits {expected}"
            )

    for_all(calls(primitive), check)


@every_rule
def test_forward_mode_equals_reverse_mode(primitive):
    def check(call, numbers):
        inputs = leaves_of(numbers)
        backward = gradients(call(*inputs), inputs)
        for position, expected in enumerate(backward):
            direction = [float(i == position) for i in range(len(numbers))]
            result, tangent = jvp(call, numbers, direction)
            assert result == call(*numbers)
            # The other tangents add zeros, so not a bit may differ.
            assert tangent == expected, f"forward {tangent}, reverse {expected}"

    for_all(calls(primitive), check)


@every_rule
def test_partials_are_complex_steps(primitive):
    # f(x + ih) = f(x) + ih f'(x) - ...: nothing is subtracted, so h may be so small that
    # its square is lost. What is left are the roundings of the complex functions.
    h = 1e-30
    tolerance = 16 * EPSILON * 400

    def check(call, numbers):
        for position, partial in enumerate(call.rule(*numbers)[1]):
            shifted = list(map(complex, numbers))
            shifted[position] += h * 1j
            expected = call.rule(*shifted)[0].imag / h
            assert same_number(partial, expected, tolerance * max(1, abs(expected))), (
                f"{call.name}{numbers}: partial {position + 1} is {partial}, "
                f"the complex step gives {expected}"
            )

    def runs(call, numbers):
        if kind_lacks(call, tuple(map(complex, numbers))):
            pytest.skip("complex numbers have no order, and math has no complex erf or atan2")
        if primitive.name == "abs":
            pytest.skip("|x| of a complex x is real, and not smooth")
        check(call, numbers)

    for_all(calls(primitive), runs)


SMOOTH = (
    "add sub mul div neg pow constant_power sum dot exp expm1 log log1p sqrt sin cos tan "
    "asin acos atan sinh cosh tanh asinh acosh atanh hypot sigmoid softplus silu logaddexp"
)


@pytest.mark.parametrize("name", SMOOTH.split())
def test_smooth_rules_run_over_complex_numbers(name):
    def check(call, numbers):
        assert not kind_lacks(call, tuple(map(complex, numbers))), f"{name} fails over complex"

    for_all(calls(PRIMITIVES[name]), check, examples=1)


def without_steps(formula, point):
    """The formula near a point, where a step function is the constant that it is at the point.

    SymPy's derivative of floor and of % is an unevaluated symbol.
    """
    formula = sympy.sympify(formula).replace(sympy.Mod, lambda x, y: x - y * sympy.floor(x / y))
    steps = formula.atoms(sympy.floor, sympy.sign)
    return formula.xreplace({step: step.subs(point) for step in steps})


@every_rule
def test_partials_are_those_of_sympy(primitive):
    def check(call, points):
        variables = symbols(len(points[0]))
        result, partials = call.rule(*variables)
        for numbers in points:
            # Not Rationals: SymPy would raise them to rational powers exactly, for minutes.
            point = {v: sympy.Float(x, 40) for v, x in zip(variables, numbers, strict=True)}
            smooth = without_steps(result, point)
            for position, partial in enumerate(partials):
                difference = sympy.diff(smooth, variables[position]) - partial
                error = abs(sympy.N(sympy.sympify(difference).subs(point), 30))
                assert error <= 1e-25, (
                    f"{call.name}: partial {position + 1} over symbols is {partial}, "
                    f"{error} away from SymPy's at {numbers}"
                )

    def with_points(call):
        return st.tuples(st.just(call), st.lists(operands(call), min_size=3, max_size=3))

    for_all(bound(primitive).flatmap(with_points), check, examples=4)


@every_rule
def test_lanes_equal_floats(primitive):
    np = pytest.importorskip("numpy")
    # NumPy's vectorised functions may be 4 ulps from math's; conditioning as above.
    tolerance = 16 * EPSILON * 400

    def check(call, columns):
        results, partials = call.rule(*lanes(columns))
        for lane, numbers in enumerate(columns):
            alone = call.rule(*numbers)
            for found, expected in zip((results, *partials), (alone[0], *alone[1]), strict=True):
                number = np.broadcast_to(found, len(columns))[lane]
                assert same_number(number, expected, tolerance * max(1, abs(expected))), (
                    f"{call.name}{numbers} is {expected} alone and {number} in a lane"
                )

    def in_columns(call):
        return st.tuples(st.just(call), st.lists(operands(call), min_size=4, max_size=4))

    for_all(bound(primitive).flatmap(in_columns), check, examples=8)


def small_fractions(numbers):
    return [Fraction(number).limit_denominator(100) for number in numbers]


def is_exact(number) -> bool:
    return isinstance(number, (int, Fraction))


@every_rule
def test_rational_rules_are_exact_over_fractions(primitive):
    """Where the result of fractions is a fraction, so is each partial: SymPy's, exactly."""

    def check(call, numbers):
        fractions = small_fractions(numbers)
        result, partials = call.rule(*fractions)
        if not is_exact(result):
            return
        variables = symbols(len(fractions))
        exactly = {
            v: sympy.Rational(f.numerator, f.denominator)
            for v, f in zip(variables, fractions, strict=True)
        }
        smooth = without_steps(call.rule(*variables)[0], exactly)
        for position, partial in enumerate(partials):
            assert is_exact(partial), f"{call.name} of {fractions} has the partial {partial!r}"
            expected = sympy.diff(smooth, variables[position]).subs(exactly)
            assert sympy.Rational(partial.numerator, partial.denominator) == expected, (
                f"{call.name} of {fractions}: partial {position + 1} is {partial}, not {expected}"
            )

    for_all(calls(primitive), check, examples=5)


RATIONAL = "add sub mul div floordiv mod pos neg sum dot select relu abs sign floor maximum where"


@pytest.mark.parametrize("name", RATIONAL.split())
def test_arithmetic_of_fractions_is_exact(name):
    def check(call, numbers):
        result, partials = call.rule(*small_fractions(numbers))
        inexact = [number for number in (result, *partials) if not is_exact(number)]
        assert not inexact, f"{name} makes {inexact} of fractions"

    for_all(calls(PRIMITIVES[name]), check)


@pytest.mark.parametrize("exponent", [0, 1, 2, 3, -1, -2])
def test_integer_powers_of_fractions_are_exact(exponent):
    base, power = Fraction(2, 3), PRIMITIVES["constant_power"].bind(exponent=exponent)
    assert power.rule(base) == (base**exponent, (exponent * base ** (exponent - 1),))


@every_rule
def test_partials_are_those_of_pytorch(primitive):
    torch()
    # Two implementations of the same formula in double precision; conditioning as above.
    tolerance = 16 * EPSILON * 400
    if primitive.name in ("j0", "j1"):
        pytest.skip("PyTorch does not differentiate it")
    if primitive.name in ("digamma", "polygamma"):
        # PyTorch's own has nine digits.
        tolerance = 1e-8

    def check(call, numbers):
        expected = torch_gradients(call, numbers)
        for position, partial in enumerate(call.rule(*numbers)[1]):
            assert same_number(partial, expected[position], tolerance * max(1, abs(partial))), (
                f"{call.name}{numbers}: partial {position + 1} is {partial}, "
                f"PyTorch's {expected[position]}"
            )

    for_all(calls(primitive), check)
