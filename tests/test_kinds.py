"""The same rules over every kind of number: exact, long, symbolic, complex and in lanes."""

import cmath
import math
import operator
import re
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, gradients, value_and_grad
from autograd.numbers import elementary
from autograd.numbers.kinds import STANDARD_FUNCTIONS, Kind, kind_of, register
from autograd.primitive import PRIMITIVES

numerators = st.integers(-50, 50)
fractions = st.fractions(min_value=-5, max_value=5, max_denominator=20)


def linear_network_error(weights, inputs=(2, 3), target=1):
    """Half the squared error of the linear 2-2-1 network."""
    w1, w2, w3, w4, w5, w6 = weights
    i1, i2 = inputs
    h1 = w1 * i1 + w2 * i2
    h2 = w3 * i1 + w4 * i2
    prediction = h1 * w5 + h2 * w6
    return (prediction - target) ** 2 / 2


# Fraction


@given(st.lists(fractions, min_size=6, max_size=6))
def test_a_linear_network_is_exact_over_fractions(weights):
    w1, w2, w3, w4, w5, w6 = weights
    error, slopes = value_and_grad(linear_network_error)(weights)
    h1, h2 = 2 * w1 + 3 * w2, 2 * w3 + 3 * w4
    delta = h1 * w5 + h2 * w6 - 1
    assert error == delta**2 / 2
    assert slopes == [delta * d for d in (2 * w5, 3 * w5, 2 * w6, 3 * w6, h1, h2)]
    assert {type(number) for number in (error, *slopes)} == {Fraction}


@pytest.mark.parametrize(
    ("compute", "data", "slope"),
    [
        (lambda x: x / 2, Fraction(1, 6), Fraction(1, 2)),
        (lambda x: 2 / x, 6, -18),
        (lambda x: x**2, Fraction(1, 9), Fraction(2, 3)),
        (lambda x: x**-2, 9, -54),
        (lambda x: x * 2 - 1, Fraction(-1, 3), 2),
        (lambda x: autograd.mean([x, x, 1]), Fraction(5, 9), Fraction(2, 3)),
        (lambda x: autograd.sum([x, 1], start=Fraction(1, 2)), Fraction(11, 6), 1),
        (lambda x: autograd.dot([x, 2], [3, x]), Fraction(5, 3), 5),
        (lambda x: autograd.maximum(x, Fraction(1, 3)), Fraction(1, 3), Fraction(1, 2)),
        (lambda x: autograd.minimum(x, Fraction(1, 3)), Fraction(1, 3), Fraction(1, 2)),
        (lambda x: autograd.maximum(x, 0), Fraction(1, 3), 1),
        (lambda x: abs(-x), Fraction(1, 3), 1),
        (lambda x: x.relu(), Fraction(1, 3), 1),
        (lambda x: (-x).leaky_relu(slope=Fraction(1, 7)), Fraction(-1, 21), Fraction(-1, 7)),
        (lambda x: (7 * x) % 2, Fraction(1, 3), 7),
        (lambda x: autograd.where(x > 0, x * x, 0), Fraction(1, 9), Fraction(2, 3)),
        (lambda x: autograd.select(1, [0, x]), Fraction(1, 3), 1),
    ],
)
def test_fractions_stay_exact(compute, data, slope):
    x = Value(Fraction(1, 3))
    y = compute(x)
    y.backward()
    assert (y.data, x.grad) == (data, slope)
    assert type(y.data) is Fraction, f"{y.data!r} is no Fraction"
    assert isinstance(x.grad, (int, Fraction)), f"{x.grad!r} is not exact"


def test_fractions_raise_as_they_always_do():
    with pytest.raises(ZeroDivisionError):
        1 / Value(Fraction(0))
    with pytest.raises(ZeroDivisionError):
        Value(Fraction(0)) ** -1


def test_functions_of_fractions_are_floats():
    assert Value(Fraction(1, 4)).exp().data == math.exp(0.25)
    assert Value(Fraction(1, 4)).sqrt().data == 0.5


# Integers beyond floats

# From the first that is rounded to no float, and far beyond.
LARGE = [2**1024 - 2**970, 2**1024 + 1, 10**400, 3 * 10**1000 + 7]
large = st.one_of(st.sampled_from(LARGE), st.integers(2**1024, 2**1026)).flatmap(
    lambda n: st.sampled_from([n, -n])
)
BEYOND = (OverflowError, r"\(.*\) or its derivative needs a float of an exact number too large")


def right_or_refused(primitive, numbers):
    """Holds a result and its partials against mpmath's; None where it is refused in words."""
    said = ""
    try:
        node = primitive(*map(Value, numbers))
    except OverflowError as error:
        said = str(error)
    if said:
        assert re.search(BEYOND[1], said), f"{primitive.name} says only: {said}"
        assert said.startswith(primitive.name), said
        return None
    # As many digits as the numbers have: a remainder needs them all.
    with mpmath.workdps(1100 if len(numbers) > 1 else 50):
        truth, slopes = primitive.evaluate([mpmath.mpf(n) for n in numbers])
        for found, right in zip((node.data, *node.partials), (truth, *slopes), strict=True):
            # mpmath continues functions beyond the reals, where floats are nan.
            if isinstance(truth, mpmath.mpc):
                assert math.isnan(found), f"{primitive.name}{numbers} is {found}"
            elif isinstance(found, float) and (math.isinf(found) or abs(found) < 2.0**-1022):
                # Too large for a float, or too small: so is the right one, and of the same sign.
                assert (abs(right) < 2.0**-1022) == (found - found == 0), f"{found}, not {right}"
                assert not found or (right > 0) == (found > 0), f"{found}, not {right}"
            else:
                # An exact result is the integer itself; a few roundings, of floats.
                error = abs(right - mpmath.mpf(found))
                assert error <= 8 * 2.0**-52 * abs(right), f"{primitive.name}: {found}, not {right}"
    return node


@pytest.mark.parametrize("name", [n for n in PRIMITIVES if PRIMITIVES[n].is_unary])
@settings(max_examples=20)
@given(n=large)
def test_functions_of_integers_beyond_floats_are_right_or_refused(name, n):
    if name == "erfc":
        # mpmath has none of numbers as large; it is 0 or 2 from 30 on.
        assert PRIMITIVES[name](Value(n)).data == (0 if n > 0 else 2)
    elif name != "constant_power":
        right_or_refused(PRIMITIVES[name], (n,))


@pytest.mark.parametrize(
    "name", ["add", "sub", "mul", "div", "floordiv", "mod", "maximum", "minimum", "hypot", "atan2"]
)
@given(
    n=large, other=st.one_of(large, st.sampled_from([3, -7, 0.5, -1e300, 1e-300])), data=st.data()
)
def test_operators_of_integers_beyond_floats_are_right_or_refused(name, n, other, data):
    numbers = (n, other) if data.draw(st.booleans()) else (other, n)
    node = right_or_refused(PRIMITIVES[name], numbers)
    if all(isinstance(x, int) for x in numbers) and name not in ("hypot", "atan2"):
        try:
            right = getattr(operator, {"div": "truediv"}.get(name, name), max)(*numbers)
        except OverflowError:
            right = None
        assert (node is None) == (right is None), f"Python has {right!r} for {name}{numbers}"


@given(large, large)
def test_a_quotient_of_integers_beyond_floats_is_pythons(x, y):
    smaller, larger = sorted((x, y), key=abs)
    assert (Value(smaller) / Value(larger)).data == smaller / larger
    assert (Value(smaller) / larger).data == smaller / larger
    assert (smaller / Value(larger)).data == smaller / larger


@given(large.map(abs))
def test_the_logarithm_of_an_integer_beyond_floats_is_pythons(n):
    x = Value(n)
    y = autograd.log(x)
    y.backward()
    assert (y.data, x.grad) == (math.log(n), 1 / n)


@given(large, st.sampled_from([0.5, -1e308, math.inf, -math.inf, math.nan]))
def test_integers_beyond_floats_are_compared_as_python_does(n, y):
    for compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
        assert compare(Value(n), y) == compare(n, y)
        assert compare(y, Value(n)) == compare(y, n)


@pytest.mark.parametrize(
    "compute",
    [
        lambda n: Value(n) + 0.5,
        lambda n: Value(n) * 1.0,
        lambda n: 1e-300 * Value(n),
        lambda n: Value(n) / 3,
        lambda n: Value(n) ** 0.5,
        lambda n: Value(n) ** -1,
        lambda n: 0.5 ** Value(n),
        lambda n: Value(0.5) ** n,
        lambda n: Value(n) % 0.5,
        lambda n: Value(n) * 1j,
        lambda n: Value(np.array([1.0])) * n,
        lambda n: autograd.dot([n, 1], [Value(0.5), 1]),
        lambda n: autograd.grad(lambda x: x * Value(n) + x * 0.5)(2),
        lambda n: Value(Fraction(n, 3)) * 0.5,
        lambda n: Value(Fraction(n, 3)).log(),
    ],
)
def test_what_would_make_an_integer_beyond_floats_one_is_refused(compute):
    with pytest.raises(BEYOND[0], match=BEYOND[1]):
        compute(10**400)


def test_backward_says_where_an_integer_is_too_large_for_the_float_beside_it():
    x = Value(10**400)
    y = autograd.log(x * x)
    with pytest.raises(OverflowError, match="exact number too large for a float beside a float"):
        y.backward()
    assert x.grad == 0


@pytest.mark.parametrize("compare", [operator.lt, operator.ge])
def test_lanes_are_not_compared_with_an_integer_beyond_floats(compare):
    with pytest.raises(OverflowError, match=r"compare with a float, which may be math\.inf"):
        compare(Value(np.array([1.0])), 10**400)


# Poles of exact numbers

POLES = [
    ("div", (1, 0)),
    ("div", (0, 0)),
    ("mod", (1, 0)),
    ("floordiv", (1, 0)),
    ("pow", (0, -1)),
    ("log", (0,)),
    ("log1p", (-1,)),
    ("sqrt", (0,)),
    ("asin", (1,)),
    ("asin", (-1,)),
    ("acos", (1,)),
    ("acosh", (1,)),
    ("atanh", (1,)),
    ("atan2", (0, 0)),
]


@pytest.mark.parametrize("kind", [Fraction, mpmath.mpf])
@pytest.mark.parametrize(("name", "numbers"), POLES)
def test_exact_numbers_say_at_which_pole_they_are(name, numbers, kind):
    numbers = list(map(kind, numbers))
    texts = ", ".join(str(int(number)) for number in numbers)
    said = rf"^{name}\({texts}\) or its derivative divides by zero.*{kind.__name__}.*float\(x\)"
    for compute in (
        lambda: PRIMITIVES[name](*map(Value, numbers)),
        lambda: PRIMITIVES[name](*numbers),
    ):
        with pytest.raises(ZeroDivisionError, match=said):
            compute()
    # And what it says to write is accepted.
    assert isinstance(PRIMITIVES[name](*[Value(float(x)) for x in numbers]).data, float)


@pytest.mark.parametrize(("name", "pole"), [("log", 0), ("log1p", -1), ("atanh", 1), ("atanh", -1)])
def test_a_fraction_beside_a_pole_is_not_taken_for_it(name, pole):
    beside = pole - Fraction(pole or -1, 10**400)
    with pytest.raises(FloatingPointError, match=rf"{name}\(.*the pole at {float(pole)}"):
        PRIMITIVES[name](Value(beside))


def test_a_rule_within_a_rule_says_the_pole_once():
    @autograd.primitive
    def twice_log(x):
        return 2 * autograd.log(x), (2 / x,)

    with pytest.raises(ZeroDivisionError, match=r"^log\(0\)"):
        twice_log(Value(Fraction(0)))


@pytest.mark.parametrize(
    "name", ["add", "sub", "mul", "div", "floordiv", "mod", "maximum", "minimum"]
)
@pytest.mark.parametrize(
    ("x", "y"), [(Fraction(7, 2), 2), (2, Fraction(7, 2)), (-2, Fraction(1, 4))]
)
def test_mpmath_numbers_meet_fractions(name, x, y):
    operands = [n if isinstance(n, Fraction) else mpmath.mpf(n) for n in (x, y)]
    found = PRIMITIVES[name](*map(Value, operands))
    right, partials = PRIMITIVES[name].evaluate([Fraction(x), Fraction(y)])
    for number, exact in zip((found.data, *found.partials), (right, *partials), strict=True):
        # A few roundings, of numbers near 1.
        assert abs(mpmath.mpmathify(number) - mpmath.mpmathify(exact)) < 2.0**-48
    assert PRIMITIVES[name](*operands) == found.data
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        assert compare(*map(Value, operands)) == compare(x, y)
        assert compare(Value(operands[0]), operands[1]) == compare(x, y)


# mpmath


def test_mpmath_keeps_forty_digits():
    with mpmath.workdps(40):
        x = Value(mpmath.mpf(1) / 3)
        y = (x.tanh() * autograd.exp(x) + x**3 / 7).log()
        y.backward()
        t, e = mpmath.tanh(x.data), mpmath.exp(x.data)
        inside = t * e + x.data**3 / 7
        slope = ((1 - t * t) * e + t * e + 3 * x.data**2 / 7) / inside
        # A dozen operations, each right to one unit of the fortieth digit.
        budget = 50 * mpmath.mpf(10) ** -40
        assert abs(y.data - mpmath.log(inside)) < budget
        assert abs(x.grad - slope) < budget


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "erf", "softplus", "silu", "log1p", "atan"])
def test_mpmath_constants_are_not_rounded_to_floats(name):
    function = getattr(autograd, name)
    with mpmath.workdps(40):
        x = mpmath.mpf(1) / 3
        slope = grad(function)(x)
        # mpmath raises its precision for the difference quotient, so this has 40 digits.
        assert abs(slope - mpmath.diff(function, x)) < mpmath.mpf(10) ** -37


def test_mpmath_keeps_fifty_digits_where_a_function_is_flat():
    with mpmath.workdps(50):
        for x in map(mpmath.mpf, (-60, 15, 100, 1000)):
            # Each within a few units of the fiftieth digit.
            for name, right in (
                ("tanh", mpmath.sech(x) ** 2),
                ("sigmoid", 1 / (2 + 2 * mpmath.cosh(x))),
            ):
                slope = grad(getattr(autograd, name))(x)
                assert abs(slope - right) < right * mpmath.mpf(10) ** -48, (
                    f"{name}′({x}) is {slope}"
                )


def test_mpmath_sums_of_exponentials_of_very_different_size():
    small, large = mpmath.mpf(-(10**60)), mpmath.mpf(1)
    for x, y in ((small, large), (large, small)):
        assert autograd.logaddexp(x, y) == 1
    slopes = grad(autograd.logaddexp, argnums=(0, 1))(small, large)
    assert slopes[0] < mpmath.mpf(10) ** -1000
    assert slopes[1] == 1


def test_mpmath_quotients_are_whole_where_their_remainders_say():
    """1 / 0.1 is rounded up to 10, though ten times the float 0.1 is more than 1."""
    x, y = mpmath.mpf(1), mpmath.mpf(0.1)
    assert autograd.floordiv(x, y) == 9
    assert abs(autograd.mod(x, y) - (x - 9 * y)) < mpmath.mpf(10) ** -14


@pytest.mark.parametrize(("name", "x"), [("asin", 2), ("acos", -2), ("acosh", -2), ("atanh", 2)])
def test_mpmath_slopes_on_cuts_are_those_of_its_own_value(name, x):
    with mpmath.workdps(40):
        function, x = getattr(mpmath, name), mpmath.mpf(x)
        step = mpmath.mpf(10) ** -20
        # Along the cut, where the function goes on.
        difference = (function(x + step) - function(x - step)) / (2 * step)
        assert abs(grad(getattr(autograd, name))(x) - difference) < mpmath.mpf(10) ** -18


# SymPy


def test_sympy_leaves_give_the_formulas_on_paper():
    w = sympy.symbols("w1:7")
    i1, i2, target = sympy.symbols("i1 i2 target")
    _, slopes = value_and_grad(lambda w: linear_network_error(w, (i1, i2), target))(w)
    h1, h2 = w[0] * i1 + w[1] * i2, w[2] * i1 + w[3] * i2
    delta = h1 * w[4] + h2 * w[5] - target
    derived = [delta * d for d in (w[4] * i1, w[4] * i2, w[5] * i1, w[5] * i2, h1, h2)]
    for position, (slope, formula) in enumerate(zip(slopes, derived, strict=True), 1):
        assert sympy.expand(slope - formula) == 0, f"w{position}: {slope}"


@pytest.mark.parametrize("number", [2, Fraction(1, 2)])
def test_symbols_meet_numbers(number):
    x = sympy.Symbol("x")
    for y in (Value(x) * number, number * Value(x), Value(number) * x, Value(number) * Value(x)):
        assert y.data == sympy.nsimplify(number) * x


def test_sympy_second_derivatives():
    x = sympy.Symbol("x")
    second = grad(grad(lambda x: x.sin() * x))(x)
    assert sympy.simplify(second - (2 * sympy.cos(x) - x * sympy.sin(x))) == 0


# Complex


def test_complex_numbers_give_complex_derivatives():
    z = 0.3 + 0.4j
    value, slope = value_and_grad(lambda z: z.exp() * z.sin() / z)(z)
    expected = cmath.exp(z) * cmath.sin(z) / z
    derived = expected * (1 + cmath.cos(z) / cmath.sin(z) - 1 / z)
    # Under ten operations of one rounding each (2.3e-16), at magnitudes near 1.
    assert abs(value - expected) < 1e-15 * 4
    assert abs(slope - derived) < 1e-15 * 4


def test_the_complex_step_finds_the_derivative():
    step = 1e-30
    value = autograd.tanh(0.7 + step * 1j)
    assert value.imag / step == pytest.approx(grad(autograd.tanh)(0.7), rel=1e-15)


OFF_AXIS = [0.3 + 0.4j, -1.5 + 0.2j, 2 - 0.5j, 1e-20 + 1e-22j, 0.3 + 40j, 40 + 0.3j, -3 - 1e-9j]
ON_CUTS = [complex(2, 0.0), complex(2, -0.0), complex(-2, 0.0), complex(-2, -0.0)]
ON_CUTS += [complex(0.0, 2), complex(-0.0, 2), complex(0.0, -2), complex(-0.0, -2)]
ANALYTIC = {
    "exp": mpmath.exp,
    "expm1": lambda z: mpmath.exp(z) - 1,
    "log1p": lambda z: mpmath.log(1 + z),
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "softplus": lambda z: mpmath.log(1 + mpmath.exp(z)),
    "silu": lambda z: z / (1 + mpmath.exp(-z)),
    **{
        name: getattr(mpmath, name)
        for name in (
            *("log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
            *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"),
        )
    },
}


def nearly(found, right, roundings):
    """Whether complex numbers differ by some roundings of their size; infinite ones by none."""
    found, right = complex(found), complex(right)
    if cmath.isinf(right) or cmath.isnan(right):
        return cmath.isinf(found) == cmath.isinf(right) and cmath.isnan(found) == cmath.isnan(right)
    return abs(found - right) <= roundings * 2.0**-52 * abs(right)


@pytest.mark.parametrize("name", ANALYTIC)
def test_complex_values_and_slopes_keep_their_digits(name):
    """To 12 roundings: Python's own functions are a few off, and rules make a handful more."""
    for z in OFF_AXIS:
        value, slope = value_and_grad(getattr(autograd, name))(z)
        # Imaginary parts that are 80 digits smaller than real ones, as tanh has them.
        with mpmath.workdps(120):
            right = ANALYTIC[name](mpmath.mpc(z))
            step = mpmath.mpf(10) ** -40
            ends = [ANALYTIC[name](mpmath.mpc(z) + h) for h in (step, -step)]
            difference = (ends[0] - ends[1]) / (2 * step)
        # The logarithm of 1 + exp(z) is one of many: they differ by 2 pi i.
        turns = (
            round((complex(right).imag - value.imag) / (2 * math.pi)) if name == "softplus" else 0
        )
        assert nearly(value, right - turns * 2j * math.pi, 12), (
            f"{name}({z}) is {value}, not {right}"
        )
        assert nearly(slope, difference, 12), f"{name}′({z}) is {slope}, not {complex(difference)}"


@pytest.mark.parametrize("name", ["asin", "acos", "atan", "asinh", "acosh", "atanh", "log", "sqrt"])
@pytest.mark.parametrize("z", ON_CUTS)
def test_complex_slopes_on_cuts_are_those_of_the_engines_own_value(name, z):
    """From the side that the sign of the zero says, the difference along the cut."""
    function = getattr(autograd, name)
    h = 1e-6
    along = h if z.imag == 0 else h * 1j
    # Not by adding complex numbers, which would lose the sign of the zero.
    ends = [
        complex(z.real + sign * along.real, z.imag)
        if z.imag == 0
        else complex(z.real, z.imag + sign * along.imag)
        for sign in (1, -1)
    ]
    difference = (function(ends[0]) - function(ends[1])) / (2 * along)
    # Central differences are off by h ** 2, and by roundings over h.
    assert abs(grad(function)(z) - difference) < 1e-8, f"{name}′({z}) and {difference}"


@pytest.mark.parametrize(
    ("compute", "right"),
    [
        (lambda: autograd.exp(800 + 1j), complex(math.inf, math.inf)),
        (lambda: autograd.exp(800 + 3j), complex(-math.inf, math.inf)),
        (lambda: autograd.cosh(-800 + 1j), complex(math.inf, -math.inf)),
        (lambda: autograd.sinh(-800 + 1j), complex(-math.inf, math.inf)),
        (lambda: autograd.cos(1 + 800j), complex(math.inf, -math.inf)),
        (lambda: autograd.sin(1 + 800j), complex(math.inf, math.inf)),
        (lambda: autograd.exp(710 + 1.5707963j), cmath.exp(700 + 1.5707963j) * math.exp(10)),
        (lambda: autograd.sigmoid(1000 + 0j), 1),
        (lambda: autograd.sigmoid(-1000 + 0j), 0),
        (lambda: autograd.softplus(1000 + 1j), 1000 + 1j),
        (lambda: autograd.logaddexp(1000 + 0j, 1000 + 1j), 1000 + cmath.log(1 + cmath.exp(1j))),
        (lambda: autograd.log1p(1e-20 + 0j), 1e-20),
        (lambda: autograd.log1p(1e-20j), 1e-20j),
        (lambda: autograd.expm1(-2000 + 0j), -1),
        (lambda: autograd.hypot(1e200 + 0j, 1e200 + 0j), math.sqrt(2) * 1e200),
        (lambda: autograd.hypot(3e-200 + 0j, 4e-200 + 0j), 5e-200),
        (lambda: autograd.log(0j), -math.inf),
        (lambda: autograd.atanh(1 + 0j), math.inf),
    ],
)
def test_complex_numbers_neither_overflow_nor_lose_digits(compute, right):
    found = compute()
    assert nearly(found, right, 8), f"{found}, not {right}"
    if cmath.isinf(right):
        # The exponential of 710 rounded, and of 700 and 10.
        assert found.real == pytest.approx(right.real, rel=16 * 2.0**-52)
        assert found.imag == right.imag


def test_complex_numbers_divide_by_zero_by_ieee():
    for compute in (lambda z: 1 / z, lambda z: z**-1, lambda z: z.log(), lambda z: (1 / z).exp()):
        z = Value(0j)
        y = compute(z)
        y.backward()
        assert not cmath.isfinite(y.data)
        assert not cmath.isfinite(z.grad)
    assert cmath.isinf((Value(1e200 + 1e200j) ** 2.5).data)


@pytest.mark.parametrize("lanes", [False, True], ids=["alone", "lanes"])
@pytest.mark.parametrize("z", [3 + 4j, -2 + 0j, 1e200 - 1e200j, 0j])
def test_the_size_of_a_complex_number_changes_by_its_slope(z, lanes):
    x = Value(np.array([z, z]) if lanes else z)
    size = abs(x)
    (size * 1.0).backward()
    found, slope = (np.ravel(number)[0] for number in (size.data, x.grad))
    assert found == pytest.approx(abs(z))
    assert slope == pytest.approx(z.conjugate() / abs(z) if z else 0)
    # |z| of z = x * (3 + 4j), by the chain rule: the real part is the derivative by a real x.
    assert grad(lambda x: abs(x * (3 + 4j)))(2.0).real == pytest.approx(5)
    with pytest.raises(TypeError, match="complex numbers have no order"):
        grad(grad(abs))(z)


SETTINGS = {
    "constant_power": {"exponent": 2.5},
    "where": {"condition": True},
    "select": {"index": 0},
    "polygamma": {"order": 1},
}


def columns_of(name, numbers):
    """For each operand the numbers, in another order."""
    primitive = PRIMITIVES[name]
    count = 2 if primitive.takes_any_number else len(primitive.operand_names)
    return [numbers[i:] + numbers[:i] for i in range(count)]


@pytest.mark.parametrize("name", PRIMITIVES)
def test_complex_lanes_are_as_complex_numbers(name):
    """Either right, or refused in the same words."""
    call = PRIMITIVES[name].bind(**SETTINGS.get(name, {}))
    columns = columns_of(name, [*OFF_AXIS, *ON_CUTS, 1000 + 0j, -1000 + 1j])
    try:
        alone = [call.evaluate(point) for point in zip(*columns, strict=True)]
    except (TypeError, AttributeError) as refusal:
        with pytest.raises(type(refusal)):
            call.evaluate([np.array(column) for column in columns])
        return
    with np.errstate(all="ignore"):
        result, partials = call.evaluate([np.array(column) for column in columns])
    for lane, (value, slopes) in enumerate(alone):
        for found, right in zip((result, *partials), (value, *slopes), strict=True):
            number = np.broadcast_to(found, len(columns[0]))[lane]
            # NumPy's complex functions are a few roundings from Python's; in a power those of an
            # exponent times a logarithm are of 200, and change it by as much.
            roundings = 1000 if "pow" in name or name == "exp2" else 32
            assert nearly(number, right, roundings), (
                f"{name}, lane {columns[0][lane]}: {number}, not {right}"
            )


# NumPy lanes


@pytest.mark.parametrize("name", PRIMITIVES)
def test_lanes_of_single_precision_stay_so(name):
    """In values, gradients and second derivatives."""
    shift = 1 if name == "acosh" else 0
    condition = {"where": np.array([True, False]), "select": np.array([0, 1])}.get(name)
    settings = {"where": "condition", "select": "index"}
    constants = SETTINGS.get(name, {}) if condition is None else {settings[name]: condition}
    call = PRIMITIVES[name].bind(**constants)
    inputs = [
        Value(np.array(column, dtype=np.float32) + np.float32(shift))
        for column in columns_of(name, [0.3, 0.7])
    ]
    output = call(*inputs)
    output.backward()
    found = [output.data, *[x.grad for x in inputs]]
    for slope in gradients(output, inputs, create_graph=True):
        if isinstance(slope, Value):
            found += [slope.data, *gradients(slope, inputs)]
    types = [x.dtype for x in found if hasattr(x, "dtype")]
    assert types
    assert set(types) == {np.dtype(np.float32)}, f"{name} makes {types}"


def test_the_larger_of_two_zeros_is_the_positive_one_in_every_lane():
    zeros = np.array([0.0, -0.0, 0.0, -0.0]), np.array([-0.0, 0.0, 0.0, -0.0])
    assert np.signbit(autograd.maximum(*zeros)).tolist() == [False, False, False, True]
    assert np.signbit(autograd.minimum(*zeros)).tolist() == [True, True, False, True]
    assert np.signbit(autograd.maximum(0.0, np.array([-0.0]))).tolist() == [False]
    assert np.signbit(autograd.sign(np.array([0.0, -0.0]))).tolist() == [False, True]


def test_a_square_root_as_a_power_is_that_of_c():
    lanes = Value(np.array([-math.inf, -0.0]))
    # NumPy warns of the slope at 0.
    with np.errstate(divide="ignore"):
        root = lanes**0.5
    assert root.data.tolist() == [math.inf, 0.0]
    assert not np.signbit(root.data).any()


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=5), st.floats(-3, 3))
def test_each_lane_is_a_computation_of_its_own(lanes, scale):
    def function(x, y):
        return (x * y).tanh() * x + autograd.maximum(x, y) - x.relu()

    data = np.array(lanes)
    value, slopes = value_and_grad(function, argnums=(0, 1))(data, scale)
    for i, lane in enumerate(lanes):
        alone, slopes_alone = value_and_grad(function, argnums=(0, 1))(lane, scale)
        # NumPy's tanh may differ from the math module's in the last bits; the factors are below 3.
        for found, expected in ((value, alone), *zip(slopes, slopes_alone, strict=True)):
            assert found[i] == pytest.approx(expected, rel=1e-14, abs=1e-14), f"lane {i}"


def test_a_scalar_leaf_meets_every_lane():
    weight, inputs = Value(2.0), np.array([1.0, 2.0, 3.0])
    output = weight * inputs + weight
    output.backward()
    assert output.data.tolist() == [4.0, 6.0, 8.0]
    assert weight.grad.tolist() == [2.0, 3.0, 4.0]
    output.backward()
    assert weight.grad.tolist() == [4.0, 6.0, 8.0]


def test_lanes_compare_lane_by_lane():
    lanes = Value(np.array([1.0, 2.0, 3.0]))
    assert (lanes > 2).tolist() == [False, False, True]
    assert autograd.where(lanes > 2, lanes, 0.0).data.tolist() == [0.0, 0.0, 3.0]


def test_lanes_of_integers_are_floats_and_do_not_overflow():
    x = Value(np.array([1, 2, 3], dtype=np.uint8))
    y = (x - 5) ** 50
    y.backward()
    assert y.data.tolist() == [4.0**50, 3.0**50, 2.0**50]
    assert x.grad.tolist() == [-50 * 4.0**49, -50 * 3.0**49, -50 * 2.0**49]


def test_the_data_of_an_array_cannot_be_changed_in_place():
    x = Value(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="read-only"):
        x.data -= 1
    with pytest.raises(ValueError, match="read-only"):
        x.data[0] = 5
    x.data = x.data - 1
    assert x.data.tolist() == [0.0, 1.0]


def test_the_callers_own_array_stays_its_own():
    array = np.array([1.0, 2.0])
    x = Value(array)
    y = x * x
    array[:] = 100
    y.backward()
    assert x.grad.tolist() == [2.0, 4.0]
    assert array.flags.writeable


def test_gradients_in_lanes_can_be_differentiated_again():
    x = Value(np.array([1.0, 2.0]))
    slope = gradients(x**3, x, create_graph=True)
    assert gradients(slope, x).tolist() == [6.0, 12.0]


# Kinds that meet


@pytest.mark.parametrize(
    ("x", "y", "kind"),
    [
        (2, 3, int),
        (2, 0.5, float),
        (2, Fraction(1, 2), Fraction),
        (Fraction(1, 2), 0.5, float),
        (Fraction(1, 2), np.float64(0.5), float),
        (2, 1j, complex),
        (Fraction(1, 2), 1j, complex),
        (0.5, mpmath.mpf(2), mpmath.mpf),
        (2, mpmath.mpf(2), mpmath.mpf),
        (Fraction(1, 2), mpmath.mpf(2), mpmath.mpf),
        (mpmath.mpf(2), mpmath.mpc(1j), mpmath.mpc),
        (2, np.array([1.0, 2.0]), np.ndarray),
        (0.5, np.array([1, 2]), np.ndarray),
    ],
)
def test_kinds_meet_in_the_wider_one(x, y, kind):
    for left, right in ((x, y), (y, x)):
        for output in (Value(left) * Value(right), Value(left) * right, left * Value(right)):
            assert isinstance(output.data, kind), f"{left!r} * {right!r} is {output.data!r}"
            # The partials of a product are its operands, crosswise.
            output.backward()
            assert np.all(output.parents[0].grad == right)
            assert np.all(output.parents[1].grad == left)


def test_ties_of_mixed_exact_numbers_stay_exact():
    assert [type(p) for p in autograd.maximum(Value(2), Fraction(2)).partials] == [
        Fraction,
        Fraction,
    ]


def test_relu_of_a_fraction_stays_exact():
    assert (Value(Fraction(-1, 2)).relu() / 2).data == Fraction(0)
    assert type((Value(Fraction(-1, 2)).relu() / 2).data) is Fraction


# A scalar of NumPy's is the Python number that it is, wherever it comes in

COARSE = [np.uint8(200), np.int8(-100), np.float16(0.1), np.float32(0.1), np.int64(2**62)]


@pytest.mark.parametrize("number", COARSE, ids=repr)
def test_a_scalar_of_numpy_is_its_number(number):
    """It would overflow without a word, or make all that it meets as coarse as it is."""
    exact = number.item()

    @autograd.primitive
    def constant(x):
        return number, (number,)

    x = autograd.Value(3)
    (x * 4).backward(number)
    assert x.grad == 4 * exact
    assert (2 * constant(autograd.Value(1.0))).data == 2 * exact
    assert autograd.grad(lambda x: 2 * constant(x))(1.0) == 2 * exact
    assert autograd.jvp(lambda x: x * 4, (2.0,), (number,)) == (8.0, 4 * exact)
    assert autograd.mean([number, number]) == exact
    assert autograd.leaky_relu(autograd.Value(-0.3), slope=number).data == -0.3 * exact


# NumPy's own words for it, where there are any.
@pytest.mark.filterwarnings("ignore:overflow encountered")
@pytest.mark.parametrize("number", [*COARSE, np.array(3), np.True_], ids=repr)
def test_an_assigned_scalar_of_numpy_is_no_number_of_a_value(number):
    p = autograd.Value(1.0)
    p.data = number
    for use in (lambda: p * 2, lambda: 4 * p, lambda: -p):
        with pytest.raises(TypeError, match="the data of a Value was set to"):
            use()
    p.data = np.float64(0.5)
    assert (p * 2).data == 1.0


def test_the_exponent_of_a_plain_number_keeps_its_kind():
    with mpmath.workdps(50):
        y = mpmath.mpf(3) / 7
        for base in (2, 2.0, Fraction(2)):
            right = mpmath.log(2) * mpmath.power(2, y)
            found = autograd.grad(lambda y, b=base: b**y)(y)
            assert abs(found - right) < mpmath.mpf(10) ** -48
    found = autograd.grad(lambda y: (-2) ** y)(1j)
    assert found == pytest.approx(cmath.log(-2) * (-2) ** 1j, rel=1e-15)


@pytest.mark.parametrize("shape", [(2, 1), (1,), (3,), (1, 2)])
def test_a_direction_has_the_shape_of_the_lanes(shape):
    """NumPy would spread one against the other, to a table of derivatives."""
    x = np.array([1.0, 2.0])
    with pytest.raises(ValueError, match="does not fit lanes of shape"):
        autograd.jvp(lambda x: x * x, (x,), (np.ones(shape),))
    with pytest.raises(ValueError, match="does not fit lanes of shape"):
        (autograd.Value(x) * 2).backward(np.ones(shape))


def test_elementary_has_the_standard_functions():
    """The table says with how many operands each is called."""
    for name, count in STANDARD_FUNCTIONS.items():
        function = getattr(elementary, name)
        assert function.__code__.co_argcount == count, f"{name} takes {count} number(s)"


class Celsius(float):
    """A type of numbers that joins late."""


class Melting(Celsius):
    """A type below it."""


def test_a_kind_is_that_of_the_nearest_registered_type_whenever_it_joins():
    assert type(kind_of(Melting(0.0))).__name__ == "Real"

    class Degrees(Kind):
        pass

    kind = Degrees()
    register(Celsius, kind)
    assert kind_of(Melting(0.0)) is kind, "what was looked up before is not forgotten"
    assert kind_of(1.0) is not kind


def test_an_array_of_more_than_numbers_is_refused_though_its_base_is_known():
    assert type(kind_of(np.zeros(2))).__name__ == "Array"
    with pytest.raises(TypeError, match="mask"):
        kind_of(np.ma.masked_array([1.0, 2.0], [True, False]))


@pytest.mark.parametrize("scalar", [np.timedelta64(1, "D"), np.datetime64("2026"), np.str_("x")])
def test_a_scalar_that_is_no_number_is_of_no_kind(scalar):
    with pytest.raises(TypeError, match="is not a kind of number"):
        kind_of(scalar)
