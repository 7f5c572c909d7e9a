"""Derivatives of derivatives: every order of the modes, and no perturbation confused."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_value import Dual, points, programs, run

import autograd
from autograd import Value, grad, hessian, jvp, value_and_grad

integers = st.integers(-9, 9)


@given(programs(), points)
def test_second_derivatives_agree_in_all_four_orders_of_the_modes(program, point):
    def function(*inputs):
        return run(program, inputs)[-1]

    forward = [[Fraction(i == j) for i in range(3)] for j in range(3)]

    def along(function, j):
        return lambda *inputs: jvp(function, inputs, forward[j])[1]

    def over(function, i):
        return grad(function, argnums=i)

    for i in range(3):
        for j in range(3):
            reverse_over_reverse = over(over(function, i), j)(*point)
            assert over(along(function, i), j)(*point) == reverse_over_reverse
            assert along(over(function, i), j)(*point) == reverse_over_reverse
            assert along(along(function, i), j)(*point) == reverse_over_reverse


@given(programs(), points)
def test_the_hessian_is_exact_on_fractions(program, point):
    def entry(i, j):
        # A dual number of dual numbers: along input i outside, along input j inside.
        inputs = [Dual(Dual(x, k == j), Dual(int(k == i), 0)) for k, x in enumerate(point)]
        return run(program, inputs)[-1].slope.slope

    expected = [[entry(i, j) for j in range(3)] for i in range(3)]
    assert hessian(lambda x: run(program, x)[-1])(point) == expected


def test_the_gradient_of_the_gradient_of_the_gradient():
    slopes = [lambda x: x**4]
    for _ in range(5):
        slopes.append(grad(slopes[-1]))
    assert [slope(Fraction(2)) for slope in slopes] == [16, 32, 48, 48, 24, 0]


def test_derivatives_of_every_order_of_the_exponential():
    function = autograd.exp
    for _ in range(4):
        function = grad(function)
        assert function(1.0) == math.e


# Perturbation confusion: an inner derivative must not see the outer variable as its own


def test_an_inner_derivative_holds_the_outer_variable_constant():
    # d/dx [x * d/dy (x + y)] = d/dx [x * 1] = 1; a confused engine says 2.
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1
    assert grad(lambda x: x * grad(lambda y: x + y)(x))(1.0) == 1
    along = (1.0,)
    assert jvp(lambda x: x * jvp(lambda y: x + y, along, along)[1], along, along) == (1, 1)
    assert jvp(lambda x: x * grad(lambda y: x + y)(1.0), along, along) == (1, 1)
    assert grad(lambda x: x * jvp(lambda y: x + y, along, along)[1])(1.0) == 1


@given(integers, integers)
def test_the_inner_point_may_be_the_outer_variable(x, scale):
    # d/dx [d/dy (s x y^2) at y = x] = d/dx [2 s x^2] = 4 s x.
    def inner(x):
        return lambda y: scale * x * y * y

    assert grad(lambda x: grad(inner(x))(x))(x) == 4 * scale * x
    assert grad(lambda x: jvp(inner(x), (x,), (1,))[1])(x) == 4 * scale * x
    assert jvp(lambda x: grad(inner(x))(x), (x,), (1,)) == (2 * scale * x * x, 4 * scale * x)
    assert jvp(lambda x: jvp(inner(x), (x,), (1,))[1], (x,), (1,))[1] == 4 * scale * x


def test_the_result_of_an_inner_transform_is_differentiated_too():
    # d/dx [x^2 * x] = 3 x^2, with x^2 from the inner transform.
    assert grad(lambda x: value_and_grad(lambda y: y * y)(x)[0] * x)(3) == 27
    assert grad(lambda x: jvp(lambda y: y * y, (x,), (1,))[0] * x)(3) == 27
    assert jvp(lambda x: value_and_grad(lambda y: y * y)(x)[0] * x, (3,), (1,)) == (27, 27)


def test_a_tangent_may_be_the_outer_variable():
    # d/dx [(d/dy (x y) at 1) * x] = d/dx x^2 = 2x.
    assert jvp(lambda x: jvp(lambda y: x * y, (1,), (x,))[1], (3,), (1,)) == (9, 6)
    assert grad(lambda x: jvp(lambda y: x * y, (1,), (x,))[1])(3) == 6


def test_a_derivative_that_is_returned_as_a_function_keeps_its_variables_apart():
    # Manzyuk et al., "Perturbation confusion in forward automatic differentiation of
    # higher-order functions": the derivative of the curried offset s(u)(f)(x) = f(x + u)
    # at u = 0 is the derivative of f itself, and applied twice it is the second one.
    def derivative_of_offset(f):
        return lambda x: jvp(lambda u: f(x + u), (0,), (1,))[1]

    once = derivative_of_offset(lambda x: x**3)
    twice = derivative_of_offset(once)
    assert (once(2), twice(2)) == (12, 12)


def test_values_from_outside_are_constants_that_keep_their_gradient():
    scale = Value(5)
    assert grad(lambda x: scale * x * x)(3) == 30
    assert scale.grad == 0


def test_a_derivative_at_a_value_can_be_differentiated_back_to_it():
    x = Value(3)
    slope = grad(lambda y: y * y * y)(x)
    slope.backward()
    assert (slope.data, x.grad) == (27, 18)


def test_a_rule_that_rounds_otherwise_over_values_is_not_taken_for_changed_data():
    @autograd.primitive
    def norm(*xs):
        # Since Python 3.12 its sum of floats is compensated, and that of Values is not.
        length = sum(x * x for x in xs) ** 0.5
        return length, tuple(x / length for x in xs)

    point = [0.1, 0.7, -0.3, 0.9, 0.2, -0.6]
    second = autograd.hessian(lambda xs: norm(*xs))(point)
    # By hand: (delta_ij - u_i u_j) / length, with u the unit vector.
    length = sum(x * x for x in point) ** 0.5
    for i, x in enumerate(point):
        for j, y in enumerate(point):
            expected = ((i == j) - x * y / length**2) / length
            assert second[i][j] == pytest.approx(expected, abs=1e-14)
