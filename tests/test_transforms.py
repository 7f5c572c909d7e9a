"""grad, value_and_grad, jvp, jacobian, hessian and gradients, alone and in one another."""

import cmath
import math
from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import NamedTuple

import numpy as np
import pytest
import sympy
from hypothesis import given
from test_value import exact_gradient, points, programs, run, small_fractions

import autograd
from autograd import Value, grad, gradients, hessian, jacobian, jvp, no_grad, value_and_grad
from autograd.numbers.nested import leaves, transform

Pair = namedtuple("Pair", ["weight", "bias"])


def last(program):
    """The program as a function of its inputs."""
    return lambda *inputs: run(program, inputs)[-1]


# All modes give one derivative, exactly


@given(programs(), points)
def test_reverse_modes_are_exact_on_fractions(program, point):
    expected = exact_gradient(program, point)
    inputs = [Value(x) for x in point]
    output = run(program, inputs)[-1]
    value, slopes = value_and_grad(last(program), argnums=(0, 1, 2))(*point)
    assert (value, list(slopes)) == (output.data, expected)
    assert gradients(output, inputs) == expected
    rebuilt = gradients(output, inputs, create_graph=True)
    assert [x.data if isinstance(x, Value) else x for x in rebuilt] == expected


@given(programs(), points, points)
def test_forward_mode_is_the_gradient_along_the_tangents(program, point, tangents):
    value, slope = jvp(last(program), point, tangents)
    pairs = zip(exact_gradient(program, point), tangents, strict=True)
    assert (value, slope) == (run(program, point)[-1], sum(d * t for d, t in pairs))


# Arguments


@pytest.mark.parametrize(
    ("argnums", "expected"),
    [
        (0, 6),
        (1, 3),
        (2, 1),
        (-1, 1),
        (-3, 6),
        ((0, 1), (6, 3)),
        ([0, 1], (6, 3)),
        ((1, 0), (3, 6)),
        ((-1, 0), (1, 6)),
        ((0,), (6,)),
        ((), ()),
    ],
)
def test_argnums_choose_the_arguments(argnums, expected):
    def function(x, y, z):
        return x * y + x * 4 + z

    assert grad(function, argnums)(3, 2, 7) == expected


@pytest.mark.parametrize("transform", [grad, value_and_grad, jacobian, hessian])
@pytest.mark.parametrize("argnums", [2, -3, (0, 2)])
def test_argnums_out_of_range_are_refused(transform, argnums):
    with pytest.raises(TypeError, match=r"argnums is .*called with 2 positional"):
        transform(lambda x, y: x * y, argnums)(3, 2)


def test_keyword_arguments_are_passed_on_and_not_differentiated():
    def function(x, *, power):
        return x**power

    assert grad(function)(3, power=2) == 6
    assert value_and_grad(function)(3, power=2) == (9, 6)
    assert jacobian(function)(3, power=2) == 6
    assert hessian(function)(3, power=2) == 2


def test_the_gradient_has_the_structure_of_the_argument():
    parameters = {"layers": [(2, 3), [5]], "pair": Pair(weight=7, bias=11), "none": []}

    def function(p):
        (a, b), (c,) = p["layers"]
        return a * b * c + p["pair"].weight * p["pair"].weight + 4 * p["pair"].bias

    slopes = grad(function)(parameters)
    assert slopes == {"layers": [(15, 10), [6]], "pair": Pair(14, 4), "none": []}
    assert type(slopes["layers"][0]) is tuple
    assert type(slopes["pair"]) is Pair
    assert parameters["layers"] == [(2, 3), [5]], "the argument itself was changed"


class Named(NamedTuple):
    weight: float
    bias: float

    # One that takes its items otherwise, as a subclass may.
    def __call__(self):
        return self.weight + self.bias


class Padded(Pair):
    def __new__(cls, both):
        return super().__new__(cls, both, both)


class Row(list):
    pass


class Settings(dict):
    def __init__(self, name, **items):
        super().__init__(**items)
        self.name = name


STRUCTURES = {
    "OrderedDict": OrderedDict(w=3, b=5),
    "defaultdict": defaultdict(list, w=3, b=5),
    "Counter": Counter(w=3, b=5),
    "a dict of one's own": Settings("first", w=3, b=5),
    "named tuple": Pair(3, 5),
    "typing.NamedTuple": Named(3, 5),
    "a named tuple with a constructor of its own": Padded(3),
    "a list of one's own": Row([3, 5]),
    "all in one another": [OrderedDict(p=Pair(3, defaultdict(int, w=(5,))))],
}


def assert_same_types(found, expected):
    assert type(found) is type(expected)
    if isinstance(expected, dict):
        assert list(found) == list(expected)
        assert vars(found) == vars(expected) if hasattr(expected, "__dict__") else True
        assert getattr(found, "default_factory", None) is getattr(expected, "default_factory", None)
        for key in expected:
            assert_same_types(found[key], expected[key])
    elif isinstance(expected, (list, tuple)):
        for one, other in zip(found, expected, strict=True):
            assert_same_types(one, other)


@pytest.mark.parametrize("structure", STRUCTURES.values(), ids=STRUCTURES)
def test_structures_keep_their_types(structure):
    def square(p):
        """Of each number, in the structure in which they came."""
        assert_same_types(transform(lambda x: x.data, p), structure)
        return transform(lambda x: x * x, p)

    doubled = transform(lambda x: 2 * x, structure)
    ones = transform(lambda x: 1, structure)
    before = leaves(structure)
    gradient = grad(lambda p: autograd.sum(leaves(square(p))))(structure)
    values, tangents = jvp(square, (structure,), (ones,))
    rows = jacobian(square)(structure)
    for found in (gradient, tangents):
        assert_same_types(found, structure)
        assert leaves(found) == leaves(doubled)
    assert_same_types(values, structure)
    assert leaves(rows) == [2 * x if i == j else 0 for i, x in enumerate(before) for j in (0, 1)]
    assert leaves(structure) == before, "the argument itself was changed"


def within_itself(kind):
    """A list or a dict that holds itself, as such or by way of another."""
    row = [1.0]
    row.append({"a list": row, "a tuple": (row,), "a dict": row}[kind])
    if kind == "a dict":
        row[1] = {"row": row}
    return row


@pytest.mark.parametrize("kind", ["a list", "a tuple", "a dict"])
def test_a_structure_within_itself_is_refused_in_words(kind):
    row = within_itself(kind)
    for mistake in (
        lambda: grad(lambda x: x[0])(row),
        lambda: value_and_grad(lambda x: x[0])(row),
        lambda: jacobian(lambda x: x)(row),
        lambda: hessian(lambda x: x[0])(row),
        lambda: jvp(lambda x: x, (row,), (row,)),
        lambda: jacobian(lambda x: row)(1.0),
        lambda: jvp(lambda x: row, (1.0,), (1.0,)),
        lambda: jvp(lambda x: x, (1.0,), (row,)),
    ):
        with pytest.raises(ValueError, match="holds itself"):
            mistake()


def test_a_structure_may_hold_another_twice():
    pair = [2.0, 3.0]
    assert grad(lambda p: p[0][0] * p[1][1])([pair, pair]) == [[3.0, 0], [0, 2.0]]


# What is no structure of numbers: to be told from one that is.
NO_NUMBERS = {
    "a string": "3",
    "bytes": b"3",
    "None": None,
    "True": True,
    "NumPy's True": np.True_,
    "an array of conditions": np.array([True, False]),
    "an array of strings": np.array(["3"]),
    "an array of objects": np.array([None, 1.0]),
    "a set": {1.0},
    "a generator": (x for x in [1.0]),
    "a range": range(3),
    "a map": map(abs, [1.0]),
    "keys": {1.0: 2.0}.keys(),
    "a function": abs,
    "a type": float,
    "a type of structure": list,
}


@pytest.mark.parametrize("given", NO_NUMBERS.values(), ids=NO_NUMBERS)
@pytest.mark.parametrize("place", [lambda x: x, lambda x: {"w": [1.0, x]}], ids=["bare", "within"])
def test_what_is_no_number_is_refused_as_an_argument(given, place):
    words = r"differentiates by numbers, or nested lists, tuples and dicts of them, not by "
    for name, derivative in TRANSFORMS.items():
        with pytest.raises(TypeError, match=rf"^{name}\(\) {words}"):
            derivative(lambda x: 1.0, place(given))
    # What is not differentiated may be anything.
    assert grad(lambda x, other: x * x)(3.0, given) == 6.0


@pytest.mark.parametrize("given", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_number_is_refused_as_a_result(given):
    for name, derivative in TRANSFORMS.items():
        with pytest.raises(TypeError, match=rf"^{name}\(\) differentiates a function that returns"):
            derivative(lambda x: given, 2.0)
    for name in ("jacobian", "jvp"):
        with pytest.raises(TypeError, match=rf"^{name}\(\) differentiates a function that returns"):
            TRANSFORMS[name](lambda x: {"y": x, "other": (x, given)}, 2.0)


TRANSFORMS = {
    "grad": lambda f, x: grad(f)(x),
    "value_and_grad": lambda f, x: value_and_grad(f)(x),
    "jvp": lambda f, x: jvp(f, (x,), (1.0 if type(x) is float else x,)),
    "jacobian": lambda f, x: jacobian(f)(x),
    "hessian": lambda f, x: hessian(f)(x),
}

CONDITIONS = {
    "above": lambda x: x > 2,
    "equal": lambda x: x == 3,
    "both": lambda x: (x > 2) and (x < 3),
    "not": lambda x: not x,
    "of data": lambda x: x.data > 2,
    "a Value of lanes compared": lambda x: x * np.array([1.0, 2.0]) > 2,
    "SymPy's": lambda x: sympy.Symbol("s") > 2,
}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_has_no_derivative(condition):
    for derivative in TRANSFORMS.values():
        with pytest.raises(TypeError, match=r"a condition has no derivative; choose by it, with"):
            derivative(condition, 2.0)


# Complex results: the limit of (f(z + h) - f(z)) / h, whichever way h goes to 0

COMPLEX_FUNCTIONS = {
    "a multiple": (lambda z: (2 + 1j) * z, lambda z: 2 + 1j),
    "a square": (lambda z: z * z, lambda z: 2 * z),
    "an exponential": (lambda z: autograd.exp(1j * z), lambda z: 1j * cmath.exp(1j * z)),
    "a quotient": (lambda z: 1 / (z + 1j), lambda z: -1 / (z + 1j) ** 2),
}


@pytest.mark.parametrize(("function", "slope"), COMPLEX_FUNCTIONS.values(), ids=COMPLEX_FUNCTIONS)
@pytest.mark.parametrize("point", [2.0, 0.5 - 1.5j])
def test_the_derivative_of_a_complex_result_is_the_complex_derivative(function, slope, point):
    expected = pytest.approx(slope(point), rel=1e-15)
    assert grad(function)(point) == expected
    assert value_and_grad(function)(point) == (pytest.approx(function(point)), expected)
    assert jacobian(lambda z: [function(z)])(point) == [expected]
    for direction in (1, 1j):
        tangent = jvp(function, (point,), (direction,))[1]
        assert tangent == pytest.approx(direction * slope(point), rel=1e-15)
        # The difference is off by h * f'' / 2, here below 1e-7, and by rounding, 1e-16 / h.
        step = 1e-8 * direction
        difference = (function(point + step) - function(point)) / step
        assert difference == pytest.approx(slope(point), abs=1e-6)


def test_jvp_takes_and_returns_structures():
    def function(p, scale):
        return {"product": p["x"] * p["y"] * scale, "constant": (7,)}

    result, slope = jvp(function, ({"x": 2, "y": 3}, 5), ({"x": 1, "y": 10}, 100))
    assert result == {"product": 30, "constant": (7,)}
    assert slope == {"product": 1 * 15 + 10 * 10 + 100 * 6, "constant": (0,)}


def test_the_jacobian_is_indexed_by_output_then_input():
    rows = jacobian(lambda x: [x[0] * x[1], x[0] + x[2] * x[2]])([2, 3, 5])
    assert rows == [[3, 2, 0], [1, 0, 10]]


def test_the_jacobian_nests_the_structures():
    def function(p, q):
        return {"square": p["a"] * p["a"], "both": (p["a"] * q,)}

    assert jacobian(function)({"a": 3}, 5) == {"square": {"a": 6}, "both": ({"a": 5},)}
    assert jacobian(function, argnums=(0, 1))({"a": 3}, 5) == {
        "square": ({"a": 6}, 0),
        "both": (({"a": 5}, 3),),
    }


def test_the_hessian_over_several_arguments():
    assert hessian(lambda x, y: x * x * y, argnums=(0, 1))(2, 3) == ((6, 4), (4, 0))


# Functions that do little


@pytest.mark.parametrize("function", [lambda x: 5, lambda x: Value(5), lambda x: x.detach() * 2])
def test_a_function_that_ignores_its_input_has_derivative_zero(function):
    assert grad(function)(3) == 0
    assert grad(grad(function))(3) == 0
    assert jacobian(function)(3) == 0
    assert hessian(function)(3) == 0
    assert jvp(function, (3,), (1,))[1] == 0
    assert grad(lambda p: 5)([3, {"a": 2}]) == [0, {"a": 0}]


def test_the_identity():
    assert value_and_grad(lambda x: x)(3) == (3, 1)
    assert jvp(lambda x: x, (3,), (2,)) == (3, 2)
    assert jacobian(lambda x: x)([3, 4]) == [[1, 0], [0, 1]]


def test_results_are_plain_numbers():
    value, slope = value_and_grad(lambda x: x * x)(3.0)
    assert (type(value), type(slope)) == (float, float)
    value, tangent = jvp(lambda x: x * x, (3.0,), (1.0,))
    assert (type(value), type(tangent)) == (float, float)
    assert type(hessian(lambda x: x * x * x)(3.0)) is float


@pytest.mark.parametrize(
    "derivative",
    [
        lambda f: grad(f)(3),
        lambda f: jvp(f, (3,), (1,))[1],
        lambda f: jacobian(f)(3),
        lambda f: value_and_grad(f)(3)[1],
    ],
)
def test_transforms_differentiate_inside_no_grad(derivative):
    with no_grad():
        assert derivative(lambda x: x * x) == 6
        assert (Value(3) * 2).parents == (), "no_grad did not come back after the transform"


def test_no_grad_inside_the_function_makes_constants():
    def function(x):
        with no_grad():
            constant = x * x
        return constant * x

    assert grad(function)(3) == 9


def test_a_failing_function_leaves_no_transform_open():
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: 1 // 0)(3)
    assert type(grad(lambda x: x * x)(3)) is int, "grad still believes to be inside another"


# gradients on a graph


def test_gradients_of_interior_nodes():
    x = Value(3)
    square = x * x
    output = square * x
    assert gradients(output, [x, square, output]) == [27, 3, 1]


def test_gradients_touch_no_grad_field():
    x = Value(3, label="x")
    square = x * x
    x.grad, square.grad = 10, 20
    gradients(square * x, [x, square], create_graph=True)
    assert (x.grad, square.grad) == (10, 20)


def test_gradients_of_one_input_and_of_a_list():
    x, y = Value(3), Value(4)
    assert gradients(x * y, x) == 4
    assert gradients(x * y, [x]) == [4]
    assert gradients(x * y, (x, y, x)) == [4, 3, 4]
    assert gradients(x * x, y) == 0
    assert gradients(x * y, []) == []


@given(small_fractions)
def test_create_graph_makes_derivatives_that_can_be_differentiated(number):
    x = Value(number)
    first = gradients(x * x * x * x, x, create_graph=True)
    second = gradients(first, x, create_graph=True)
    third = gradients(second, x)
    assert (first.data, second.data, third) == (4 * number**3, 12 * number**2, 24 * number)


@pytest.mark.parametrize("compute", [lambda p: p * p, lambda p: p.exp(), lambda p: 1 / p])
def test_create_graph_refuses_a_graph_whose_data_was_changed(compute):
    p = Value(2.0, label="p")
    output = compute(p)
    before = gradients(output, p)
    p.data = 5.0
    assert gradients(output, p) == before
    with pytest.raises(RuntimeError, match=r"changed.*Compute the output again"):
        gradients(output, p, create_graph=True)


def test_the_refusal_of_changed_data_names_the_operation_and_its_label():
    p = Value(2.0)
    square = p * p
    square.label = "square"
    p.data = 5.0
    with pytest.raises(RuntimeError, match=r"'\*' \(square\).*was 2 and would be 5"):
        gradients(square, p, create_graph=True)


def test_where_at_zero_is_nan_in_every_mode():
    def function(x):
        return autograd.where(x > 0, autograd.log(x), 0)

    x = Value(0.0)
    output = function(x)
    output.backward()
    derivatives = {
        "backward": x.grad,
        "gradients": gradients(output, x),
        "create_graph": gradients(output, x, create_graph=True).data,
        "grad": grad(function)(0.0),
        "jvp": jvp(function, (0.0,), (1.0,))[1],
        "jacobian": jacobian(function)(0.0),
    }
    finite = {mode: slope for mode, slope in derivatives.items() if not math.isnan(slope)}
    assert not finite, f"a derivative that is nan elsewhere: {finite}"


def test_the_double_where_is_finite():
    def function(x):
        safe = autograd.where(x > 0, x, 1)
        return autograd.where(x > 0, autograd.log(safe), 0)

    assert (grad(function)(0.0), grad(function)(2.0)) == (0, 0.5)


def test_tangents_are_paired_by_key():
    _, tangent = jvp(lambda p: p["a"], ({"a": 1.0, "b": 2.0},), ({"b": 1.0, "a": 0.0},))
    assert tangent == 0.0


def test_a_value_among_the_keywords_keeps_its_graph():
    s = Value(2.0)
    slope = grad(lambda y, s: s * y * y)(3.0, s=s)
    assert gradients(slope, s) == 6.0


@pytest.mark.parametrize("transform", [grad, value_and_grad, jacobian, hessian])
def test_the_result_of_a_function_is_no_function(transform):
    with pytest.raises(TypeError, match=rf"{transform.__name__}\(\) takes a function, and not its"):
        transform(Value(3.0) ** 2)


def test_a_direction_is_of_a_function():
    with pytest.raises(TypeError, match=r"jvp\(\) takes a function"):
        jvp(Value(3.0), (1.0,), (1.0,))
