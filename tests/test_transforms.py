"""grad, value_and_grad, jvp, jacobian, hessian and gradients, alone and in one another."""

import math
from collections import namedtuple

import pytest
from hypothesis import given
from test_value import exact_gradient, points, programs, run, small_fractions

import autograd
from autograd import Value, grad, gradients, hessian, jacobian, jvp, no_grad, value_and_grad

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
    with pytest.raises(RuntimeError, match=r"'\*' \(square\).*was 2\.0 and would be .*5\.0"):
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
