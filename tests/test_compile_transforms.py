"""What a compiled function may use: derivatives of its own, rules of users, a graph's gradients."""

import math
import pickle

import numpy as np
import pytest

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
    maximum,
    primitive,
    select,
    sin,
    where,
)
from autograd import sum as total
from autograd.numbers.elementary import where as choose
from autograd.numbers.nested import leaves


def cubic(x):
    return x**3 + 2 * x


def slope_by_graph(x):
    x = 1.0 * x
    return gradients(cubic(x), x, create_graph=True)


DERIVATIVES = {
    # At 2: the derivative of x ** 3 + 2 * x, and the derivative of that.
    "grad": (grad(cubic), 14.0, 12.0),
    "grad of grad": (grad(grad(cubic)), 12.0, 6.0),
    "jvp": (lambda x: jvp(cubic, (x,), (3.0,))[1], 42.0, 36.0),
    "gradients": (slope_by_graph, 14.0, 12.0),
    "a step of gradient descent": (lambda x: cubic(x - 0.1 * grad(cubic)(x)), None, None),
}


@pytest.mark.parametrize(("function", "value", "slope"), DERIVATIVES.values(), ids=DERIVATIVES)
def test_derivatives_inside(function, value, slope, backend):
    if value is None:
        value, slope = autograd.value_and_grad(function)(2.0)
    fast = compile(function, backend=backend)
    assert fast(2.0) == pytest.approx(value, rel=1e-14)
    assert fast.value_and_grad(2.0) == pytest.approx((value, slope), rel=1e-14)
    outputs = fast(np.array([2.0, 2.0]))
    assert outputs.tolist() == pytest.approx([value] * 2, rel=1e-14)


def test_matrices_of_derivatives_inside(backend):
    def function(xs):
        return xs[0] ** 2 * xs[1] + sin(xs[1])

    fast = compile(hessian(function), backend=backend)
    expected = [[6.0, 4.0], [4.0, -math.sin(3.0)]]
    for found, row in zip(fast([2.0, 3.0]), expected, strict=True):
        assert found == pytest.approx(row, rel=1e-15)
    rows = compile(jacobian(lambda xs: [xs[0] * xs[1], exp(xs[0])]), backend=backend)([2.0, 3.0])
    assert rows[0] == [3.0, 2.0]
    assert rows[1] == pytest.approx([math.exp(2.0), 0.0], rel=1e-15)


def test_the_gradient_of_a_penalty_on_the_gradient(backend):
    """By hand: with e = exp(w * x), the penalty (x * e) ** 2 has the derivative 2 * x**3 * e**2."""
    w = Value(0.5)

    def penalty(x):
        return gradients(exp(w * x), w, create_graph=True) ** 2

    value, (slope,) = compile(penalty, [w], backend=backend).value_and_grad(2.0)
    assert value == pytest.approx(4 * math.e**2, rel=1e-14)
    assert slope == pytest.approx(16 * math.e**2, rel=1e-14)


@primitive
def softsign(x):
    """x / (1 + |x|)"""
    size = 1 + abs(x)
    return x / size, (1 / (size * size),)


@primitive
def clip(x, *, limit=1.0):
    inside = (x > -limit) & (x < limit)
    return choose(inside, x, choose(x > 0, limit, -limit)), (choose(inside, 1, 0),)


@primitive
def branching(x):
    return (x, (1,)) if x > 0 else (-x, (-1,))


def test_rules_of_users(backend):
    fast = compile(lambda x: 3 * softsign(x) + clip(x, limit=2.0), reduce="sum", backend=backend)
    x = np.array([1.0, -3.0, 0.0, 7.0])
    assert fast(x).tolist() == [2.5, -4.25, 0.0, 4.625]
    assert fast.value_and_grad(x)[1].tolist() == [0.75 + 1, 0.1875, 3.0 + 1, 3 / 64]


def test_a_users_rule_that_branches(backend):
    fast = compile(branching, backend=backend)
    for x in (1.0, -2.0):
        assert fast.value_and_grad(x) == branching.evaluate([x])[:1] + branching.evaluate([x])[1]


def test_constants_of_other_types(backend):
    from fractions import Fraction

    fast = compile(
        lambda x: x * Fraction(1, 4) + np.float64(2.0) * x - np.int64(3), backend=backend
    )
    assert fast.value_and_grad(2.0) == (1.5, 2.25)


POWERS = {
    "2 ** x": (lambda x: 2**x, 8.0, 8.0 * math.log(2)),
    "x ** x": (lambda x: x**x, 27.0, 27.0 * (math.log(3) + 1)),
    "x ** 2.5": (lambda x: x**2.5, 3**2.5, 2.5 * 3**1.5),
    "x ** -2": (lambda x: x**-2, 1 / 9, -2 / 27),
    "x ** 7": (lambda x: x**7, 2187.0, 5103.0),
    "x ** 0": (lambda x: x**0, 1.0, 0.0),
}


@pytest.mark.parametrize(("function", "value", "slope"), POWERS.values(), ids=POWERS)
def test_powers(function, value, slope, backend):
    found = compile(function, backend=backend).value_and_grad(3.0)
    assert found == pytest.approx((value, slope), rel=1e-15)


def test_a_compiled_function_inside_another(backend):
    inner = compile(lambda x: x * x, backend=backend)
    outer = compile(lambda x: inner(x) + 1, backend=backend)
    assert outer(2.0) == 5.0
    assert outer.value_and_grad(np.array([2.0, 3.0]))[1].tolist() == [2.0, 3.0]
    # Inside it, what was compiled by itself is not run.
    assert "x0 * x0" in outer.source()


def test_a_compiled_function_inside_another_with_the_same_parameters(backend):
    w = Value(3.0)
    inner = compile(lambda x: w * x, [w], backend=backend)
    outer = compile(lambda x: inner(2.0) * x + inner(x), [w], backend=backend)
    for _ in range(2):
        # 2 w x + w x
        assert outer.value_and_grad(5.0) == (45.0, [15.0])
        assert inner.value_and_grad(2.0) == (6.0, [2.0])
        w.data = 3.0


def test_side_effects_happen_once(backend):
    seen = []

    def function(x):
        seen.append(x)
        return maximum(x, 0.0) + where(x > 1, 1.0, 2.0)

    fast = compile(function, backend=backend)
    assert [fast(x) for x in (3.0, -3.0, 0.5)] == [4.0, 2.0, 2.5]
    assert len(seen) == 1
    assert isinstance(seen[0], Value)


def test_a_long_sum(backend):
    """A thousand numbers as one argument, a thousand parameters: no limit of the recursion."""
    parameters = [Value(1.0 / (i + 1)) for i in range(1000)]
    fast = compile(
        lambda xs: total([p * x for p, x in zip(parameters, xs, strict=True)]) * parameters[0],
        parameters,
        backend=backend,
    )
    xs = [float(i + 1) for i in range(1000)]
    value, gradient = fast.value_and_grad(xs)
    assert value == pytest.approx(1000.0, rel=1e-12)
    assert gradient[0] == pytest.approx(1001.0, rel=1e-12)
    assert gradient[1:] == xs[1:]


LOST = {
    "a Value that it uses": lambda x, backend: compile(lambda y: x * y, backend=backend)(2.0),
    "what was computed of one": lambda x, backend: (
        compile(lambda y: y, backend=backend)(2.0) * x
        + compile(lambda y, z=x * x: z * y, backend=backend)(2.0)
    ),
    "one that it returns": lambda x, backend: compile(lambda: [x], backend=backend)()[0],
    "a parameter": lambda x, backend: compile(lambda y: x * y, [x], backend=backend)(2.0),
    "its gradient": lambda x, backend: compile(lambda y: x * y, backend=backend).value_and_grad(
        2.0
    )[1],
}


@pytest.mark.parametrize("function", LOST.values(), ids=LOST)
@pytest.mark.parametrize("number", [3.0, Value(3.0)], ids=["a number", "a Value"])
def test_a_derivative_would_be_lost_in_a_compiled_function(function, number, backend):
    # A parameter is no Value that was given, but what stands for it in the transform.
    refused = "differentiated: its derivative would be lost|a Value that no operation computed"
    with pytest.raises(TypeError, match=refused):
        grad(lambda x: function(x, backend))(number)
    with pytest.raises(TypeError, match=refused):
        jvp(lambda x: function(x, backend), (number,), (1.0,))


def test_a_compiled_function_beside_a_derivative(backend):
    """What depends on no variable is a constant; so is a variable when its transform is over."""
    w = Value(2.0)
    fast = compile(lambda y: w * y, backend=backend)
    assert grad(lambda x: x * fast(2.0))(3.0) == 4.0
    kept = []
    grad(lambda x: kept.append(x) or x * x)(3.0)
    assert compile(lambda y: kept[0] * y, backend=backend)(2.0) == 6.0


def test_a_condition_has_no_derivative(backend):
    for function in (grad(lambda x: x > 2), jacobian(lambda x: [x, x == 1])):
        with pytest.raises(TypeError, match="a condition has no derivative"):
            compile(function, backend=backend)(3.0)
    with pytest.raises(TypeError, match="returned a condition, which has no derivative"):
        compile(lambda x: x > 2, backend=backend).value_and_grad(3.0)
    assert compile(lambda x: x > 2, backend=backend)(3.0) == 1.0


def test_a_selection_is_differentiated_inside(backend):
    def function(x, index):
        return select(where(x > index, 0, 1), [x * x * x, x * x])

    slopes = compile(
        lambda x: [grad(function)(x, 1.0), grad(grad(function))(x, 1.0)], backend=backend
    )
    assert [slopes(2.0), slopes(0.5)] == [[12.0, 12.0], [1.0, 2.0]]
    found = slopes(np.array([2.0, 0.5]))
    assert [x.tolist() for x in found] == [[12.0, 1.0], [12.0, 2.0]]


ROWS = np.array([[0.5, -1.0], [1.5, 2.0], [-0.25, 0.75]])
OF_NUMBERS = {
    "grad": (grad(cubic), (ROWS,)),
    "value_and_grad": (autograd.value_and_grad(cubic), (ROWS,)),
    "grad of grad": (grad(grad(cubic)), (ROWS,)),
    "jacobian": (jacobian(lambda x: x * 3), (ROWS,)),
    "hessian": (hessian(cubic), (ROWS,)),
    "inside": (lambda x: 1 + sin(grad(cubic)(x)), (ROWS,)),
    "by two tables": (grad(lambda x, y: x * y, argnums=(0, 1)), (ROWS, ROWS + 1)),
    "a table and a number": (grad(lambda x, y: x * y), (ROWS, 3.0)),
    "tables in a dict": (grad(lambda d: d["x"] * d["y"]), ({"x": ROWS, "y": ROWS + 1},)),
    "integers": (grad(lambda x: x * x / 2), (np.array([[1, 2], [3, 4]]),)),
    "an exponent that is an integer": (grad(lambda x, n: x**n), (ROWS, 3)),
    "in another order in memory": (grad(cubic), (np.asfortranarray(ROWS)[::2],)),
    "points in rows": (grad(lambda x: x[0] * x[1]), (ROWS,)),
    "sums of rows": (autograd.value_and_grad(lambda x: (x * x).sum()), (ROWS,)),
}


@pytest.mark.parametrize(("function", "args"), OF_NUMBERS.values(), ids=OF_NUMBERS)
def test_the_elements_of_a_table_are_lanes_where_they_are_without_compile(function, args, backend):
    fast = compile(function, backend=backend)
    for _ in range(2):
        found, expected = leaves(fast(*args)), leaves(function(*args))
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert one.shape == other.shape
            # Products of at most four factors, in another order of operations.
            assert one == pytest.approx(other, rel=1e-14, abs=1e-14)


def test_a_table_after_other_arguments(backend):
    fast = compile(grad(cubic), backend=backend)
    numbers = [fast(x) for x in ROWS[0]]
    lanes = fast(ROWS[0])
    assert lanes.tolist() == pytest.approx(numbers, rel=1e-14)
    for table in (ROWS, ROWS[:2], ROWS):
        assert fast(table).shape == table.shape
        assert fast(table)[0].tolist() == pytest.approx(numbers, rel=1e-14)
    again = pickle.loads(pickle.dumps(compile(cubic, backend=backend)))
    assert again(ROWS).tolist() == cubic(ROWS).tolist()


def test_a_call_changes_nothing_for_the_gradient(backend):
    fast = compile(cubic, backend=backend)
    fast(ROWS)
    with pytest.raises(TypeError, match="differentiates a function that returns one number"):
        fast.value_and_grad(ROWS)
