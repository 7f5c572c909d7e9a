"""Derivatives of derivatives: every order of the modes, and no perturbation confused."""

import math
import threading
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_value import Dual, points, programs, run

import autograd
from autograd import (
    Value,
    compile,
    exp,
    grad,
    gradients,
    hessian,
    jacobian,
    jvp,
    no_grad,
    value_and_grad,
)

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


def test_a_transform_touches_no_grad_of_values_from_outside():
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


# Values from outside: what is computed at plain numbers stays connected to them


def exact_derivative(program, point, along):
    """The derivative of the program's last number along these inputs, one after the other."""

    def lifted(number, position, along):
        if not along:
            return number
        slope = Fraction(position == along[0])
        return Dual(lifted(number, position, along[1:]), lifted(slope, None, along[1:]))

    found = run(program, [lifted(x, i, along) for i, x in enumerate(point)])[-1]
    for _ in along:
        found = found.slope
    return found


# A number that each transform gives at x, and how often it is differentiated by x.
TRANSFORMS = {
    "grad": (lambda f, x: grad(f)(x), 1),
    "value_and_grad, the value": (lambda f, x: value_and_grad(f)(x)[0], 0),
    "value_and_grad, the gradient": (lambda f, x: value_and_grad(f)(x)[1], 1),
    "jvp, the value": (lambda f, x: jvp(f, (x,), (1,))[0], 0),
    "jvp, the tangent": (lambda f, x: jvp(f, (x,), (1,))[1], 1),
    "jacobian": (lambda f, x: jacobian(lambda p: {"u": [f(p[0])]})((x,))["u"][0][0], 1),
    "hessian": (lambda f, x: hessian(f)(x), 2),
    "grad of grad": (lambda f, x: grad(grad(f))(x), 2),
    "jvp of grad": (lambda f, x: jvp(grad(f), (x,), (1,))[1], 2),
    "grad of grad at a plain number": (lambda f, x: grad(lambda y: y * grad(f)(x))(1), 1),
}


def in_another_thread(compute):
    results = []
    thread = threading.Thread(target=lambda: results.append(compute()))
    thread.start()
    thread.join()
    return results[0]


def by_a_leaf(compute, number):
    w = Value(number)
    return gradients(autograd.add(compute(w), Value(0)), w)


def by_the_leaf_of_an_interior_node(compute, number):
    w = Value(number - 1)
    return gradients(autograd.add(compute(w + 1), Value(0)), w)


# How the number that is computed from w is differentiated by w, at a plain number.
OUTSIDE = {
    "a leaf": by_a_leaf,
    "an interior node": by_the_leaf_of_an_interior_node,
    "the variable of grad": lambda compute, w: grad(compute)(w),
    "the variable of jvp": lambda compute, w: jvp(compute, (w,), (1,))[1],
    "the variable of jacobian": lambda compute, w: jacobian(lambda w: [compute(w)])(w)[0],
    "the variable of a transform in another thread": lambda compute, w: grad(
        lambda w: in_another_thread(lambda: compute(w))
    )(w),
}


@pytest.mark.parametrize("outside", OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize(("transform", "order"), TRANSFORMS.values(), ids=TRANSFORMS)
@settings(max_examples=10)
@given(program=programs(), point=points)
def test_what_depends_on_a_value_from_outside_is_differentiated_by_it(
    transform, order, outside, program, point
):
    x, w, constant = point

    def compute(w):
        return transform(lambda x: run(program, [x, w, constant])[-1], x)

    assert outside(compute, w) == exact_derivative(program, point, [0] * order + [1])


def test_a_loss_on_derivatives_at_plain_numbers_reaches_the_weights(backend):
    """u(x) = b * exp(w * x) with u'(0) = 1 and u(0) = 2: by hand, with d = b * w - 1 and
    o = b - 2, the gradient of d**2 + o**2 is (2 * d * b, 2 * d * w + 2 * o).
    """
    w, b = Value(0.5), Value(3.0)

    def loss():
        value, slope = value_and_grad(lambda x: b * exp(w * x))(0.0)
        return (slope - 1) ** 2 + (value - 2) ** 2

    expected = (1.25, [2 * 0.5 * 3.0, 2 * 0.5 * 0.5 + 2 * 1.0])
    eager = loss()
    eager.backward()
    assert (eager.data, [w.grad, b.grad]) == expected
    assert compile(loss, [w, b], backend=backend).value_and_grad() == expected


def test_a_derivative_at_a_plain_number_reaches_the_argument_of_a_recorded_function(backend):
    # d/dy (a * y**3) at 2 is 12 a.
    fast = compile(lambda a: grad(lambda y: a * y**3)(2.0), backend=backend)
    assert fast.value_and_grad(5.0) == (60.0, 12.0)


def test_a_model_is_fitted_to_a_slope():
    """Gradient descent on (u'(0) - 1)**2, of u = w * x: w goes to 1."""
    w = Value(3.0)
    for _ in range(50):
        loss = (grad(lambda x: w * x)(0.0) - 1) ** 2
        w.grad = 0
        loss.backward()
        w.data -= 0.25 * w.grad
    # Each step halves the distance.
    assert w.data == 1 + 2 * 0.5**50


W = Value(3.0)

# What is computed, and which of its numbers depend on W.
RESULTS = {
    "nothing": (lambda: grad(lambda x: x * x)(2.0), False),
    "the slope": (lambda: grad(lambda x: W * x)(2.0), True),
    "the value alone": (lambda: value_and_grad(lambda x: W + x * x)(2.0), (True, False)),
    "both": (lambda: value_and_grad(lambda x: W * x * x)(2.0), (True, True)),
    "the argument": (lambda: grad(lambda x: x * x)(W), True),
    "a keyword": (lambda: grad(lambda x, w: w * x)(2.0, w=W), True),
    "an argument that does not matter": (lambda: grad(lambda x: 3 * x)(W), False),
    "an argument that is held constant": (lambda: grad(lambda x, w: x * x)(2.0, W), False),
    "the tangent": (lambda: jvp(lambda x: x * x, (2.0,), (W,)), (False, True)),
    "some of a structure": (
        lambda: grad(lambda p: W * p["a"] + 2 * p["b"])({"a": 1.0, "b": 1.0}),
        {"a": True, "b": False},
    ),
    "some of a matrix": (
        lambda: hessian(lambda x: W * x[0] ** 2 + x[1] ** 2)([1.0, 2.0]),
        [[True, False], [False, False]],
    ),
    "some of the outputs": (
        lambda: jacobian(lambda x: [x * x, W * x * x, 2.0])(2.0),
        [False, True, False],
    ),
    "a variable that is no longer one": (
        lambda: grad(lambda x: x * grad(lambda y: x * y * y)(1.0))(2.0),
        False,
    ),
    "a weight that is returned": (lambda: value_and_grad(lambda x: W)(2.0), (True, False)),
    "a condition on it": (lambda: grad(lambda x: x * x if W > 0 else x)(2.0), False),
    "its data": (lambda: grad(lambda x: W.data * x)(2.0), False),
}


def depends(result):
    if isinstance(result, dict):
        return {key: depends(item) for key, item in result.items()}
    if isinstance(result, (list, tuple)):
        return type(result)(map(depends, result))
    return isinstance(result, Value)


@pytest.mark.parametrize(("compute", "expected"), RESULTS.values(), ids=RESULTS)
def test_a_number_is_a_value_where_it_depends_on_one_from_outside(compute, expected):
    assert depends(compute()) == expected
    with no_grad():
        assert "True" not in str(depends(compute())), "no_grad left a Value"


@pytest.mark.parametrize("outer", [grad, hessian])
def test_a_derivative_within_no_grad_is_a_constant_of_the_outer_one(outer):
    def function(x):
        with no_grad():
            slope = grad(lambda y: x * y)(1.0)
        return slope * x * x

    assert outer(function)(3.0) == {grad: 18.0, hessian: 6.0}[outer]


def test_a_slope_that_is_a_weight_is_another_node():
    w = Value(3.0)
    slope = grad(lambda x: w * x)(2.0)
    w.data = 5.0
    assert slope.data == 3.0
    assert gradients(slope, w) == 1


def test_copies_of_a_constant_are_constants():
    import copy
    import pickle

    product = Value(3.0) * 2.0
    for twin in (copy.deepcopy(product), pickle.loads(pickle.dumps(product))):
        two = twin.parents[1]
        assert type(grad(lambda x, two=two: x * two)(1.0)) is float


def test_a_rule_for_plain_numbers_alone_is_told_what_to_do():
    @autograd.primitive
    def growth(x):
        return math.exp(x), (math.exp(x),)

    def slope():
        return grad(lambda x: W * growth(x))(0.0)

    with pytest.raises(TypeError, match=r"write autograd\.exp\(x\)") as raised:
        slope()
    assert "rule growth is run over Values" in raised.value.__notes__[0]
    with no_grad():
        assert slope() == 3.0
