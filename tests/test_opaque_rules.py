"""Rules that call math, SciPy, C or a table, in every mode, to the order their partials allow."""

import ctypes
import ctypes.util
import math
import pickle
import sys

import mpmath
import numpy as np
import pytest
from scipy import special
from witnesses import EPSILON

from autograd import Value, compile, digamma, grad, hessian, jvp, lgamma, no_grad, primitive, where
from autograd.numbers.special import of_library as library

LIBM = ctypes.CDLL(ctypes.util.find_library("m"))
LIBM.lgamma.restype = ctypes.c_double
LIBM.lgamma.argtypes = [ctypes.c_double]


@primitive
def by_math(x):
    return math.lgamma(x), (digamma(x),)


@primitive
def by_scipy(x):
    return special.gammaln(x), (digamma(x),)


@primitive
def by_c(x):
    return LIBM.lgamma(x), (digamma(x),)


@primitive
def by_branch(x):
    return (math.lgamma(x) if x > 0 else math.inf), (digamma(x),)


OPAQUE = {x.name: x for x in (by_math, by_scipy, by_c, by_branch)}
every_rule = pytest.mark.parametrize("rule", OPAQUE.values(), ids=OPAQUE)
every_backend = pytest.mark.parametrize("backend", [None, "native", "python"])


def close(number):
    return pytest.approx(number, rel=16 * EPSILON)


def third(function):
    return grad(grad(grad(function)))


@every_rule
def test_all_orders_are_those_of_the_partial(rule):
    for transform in (grad, hessian, third):
        assert transform(rule)(2.5) == close(transform(lgamma)(2.5))
    assert jvp(rule, (2.5,), (1.0,)) == (close(lgamma(2.5)), close(digamma(2.5)))
    w = Value(0.5)
    slope = grad(lambda x: rule(w * x))(5.0)
    slope.backward()
    assert w.grad == close(grad(lambda w: grad(lambda x: lgamma(w * x))(5.0))(0.5))


@every_rule
@every_backend
def test_compiled_they_are_called_back(rule, backend):
    def function(of):
        return lambda x: (of(x), grad(of)(x * x), hessian(of)(x), third(of)(x))

    fast = compile(function(rule), backend=backend)
    for x in (2.5, 0.75, 3.0):
        assert fast(x) == close(function(lgamma)(x))
    assert compile(rule, backend=backend).value_and_grad(2.5) == (
        close(lgamma(2.5)),
        close(digamma(2.5)),
    )


@every_rule
@every_backend
def test_in_lanes_they_are_called_for_each(rule, backend):
    xs = np.array([2.5, 0.75, 3.0])
    right = [lgamma(x) for x in xs.tolist()]
    v = Value(xs)
    y = rule(v)
    y.backward()
    assert y.data.tolist() == close(right)
    assert v.grad.tolist() == close([digamma(x) for x in xs.tolist()])
    fast = compile(lambda x: (rule(x), hessian(rule)(x)), backend=backend)
    values, seconds = fast(xs)
    assert values.tolist() == close(right)
    assert seconds.tolist() == close([hessian(lgamma)(x) for x in xs.tolist()])


# Without SciPy


def test_a_missing_library_is_named(monkeypatch):
    for module in ("scipy", "scipy.special"):
        monkeypatch.setitem(sys.modules, module, None)
    library.cache_clear()
    with pytest.raises(ImportError, match=r"SciPy.*pip install scipy"):
        digamma(2.5)
    with pytest.raises(ImportError, match=r"SciPy.*pip install scipy"):
        compile(grad(lgamma))(2.5)
    assert digamma(mpmath.mpf(1)) == pytest.approx(-0.5772156649015329)
    library.cache_clear()


# What is not known at the next order


@primitive
def sine(x):
    return math.sin(x), (math.cos(x),)


@primitive
def partly(x, y):
    # The partial by x is known at all orders, that by y at the first alone.
    return x * x * math.sin(y), (2 * x * math.sin(y), x * x * math.cos(y))


@pytest.mark.parametrize("x", [0.0, 0.5, 30.0])
def test_an_order_that_is_not_known_is_refused(x):
    assert grad(sine)(x) == math.cos(x)
    said = r"the derivative of sine\(\) by operand 1 is computed with plain numbers.*autograd\.exp"
    for second in (grad(grad(sine)), hessian(sine), compile(grad(grad(sine)))):
        with pytest.raises(TypeError, match=said):
            second(x)


def test_what_cancels_or_is_0_by_chance_is_refused_too():
    with pytest.raises(TypeError, match="plain numbers"):
        grad(grad(partly, argnums=1), argnums=1)(2.0, 0.5)
    with pytest.raises(TypeError, match="plain numbers"):
        # Where the sine is 0, so is its product, but not the derivative of that.
        grad(grad(partly))(2.0, 0.0)
    with no_grad():
        assert grad(sine)(0.5) == math.cos(0.5)


@primitive
def table(x):
    return (0.0, 1.0, 4.0, 9.0)[int(x)], ((1, 3, 5, 7)[int(x)] + 0 * x,)


@primitive
def table_by_floor(x):
    return (0.0, 1.0, 4.0, 9.0)[math.floor(x)], ((1, 3, 5, 7)[math.floor(x)] + 0 * x,)


@pytest.mark.parametrize("table", [table, table_by_floor])
def test_a_table_is_looked_up_anew_at_each_run(table):
    fast = compile(grad(table))
    assert [table(x) for x in (0.5, 1.5, 2.5)] == [0, 1, 4]
    assert [fast(x) for x in (0.5, 1.5, 2.5)] == [1, 3, 5]
    assert [hessian(table)(x) for x in (0.5, 1.5)] == [0, 0]
    both = compile(lambda x: hessian(lambda x: table(x) * table(x))(x))
    assert [both(x) for x in (0.5, 1.5, 2.5)] == [2, 18, 50]


# In programs


def test_a_program_runs_a_rule_once_for_its_value_and_its_partials():
    calls = []

    @primitive
    def counted(x, y):
        calls.append(1)
        return float(x) * float(y), (y, x)

    fast = compile(lambda x, y: counted(x, y) + x)
    fast.value_and_grad(2.0, 3.0)
    calls.clear()
    assert fast.value_and_grad(2.0, 5.0) == (12.0, (6.0, 2.0))
    assert len(calls) == 1
    # -0.0 and 0.0 are equal, and not the same.
    assert math.copysign(1, fast.value_and_grad(-0.0, 5.0)[1][1]) == -1
    assert math.copysign(1, fast.value_and_grad(0.0, 5.0)[1][1]) == 1


def test_errors_of_a_rule_come_through_a_program():
    @primitive
    def fails(x):
        if x > 1:
            raise KeyError("too much")
        return float(x), (1,)

    fast = compile(fails)
    assert fast(0.5) == 0.5
    with pytest.raises(KeyError, match="too much") as caught:
        fast(2.0)
    # A traceback tells of no error but the user's.
    assert caught.value.__context__ is None


def test_programs_with_rules_are_printed_drawn_and_pickled():
    fast = compile(by_math)
    fast.value_and_grad(2.5)
    assert "by_math(x0)" in fast.source()
    assert "by_math′1(x0)" in fast.source()
    assert fast.graph(2.5)[0].data == close(lgamma(2.5))
    loaded = pickle.loads(pickle.dumps(fast))
    assert loaded.value_and_grad(2.5) == fast.value_and_grad(2.5)


def test_a_compiled_function_says_that_it_runs_in_python():
    fast = compile(by_math)
    fast(2.5)
    assert "Python, whose functions it calls" in repr(fast)


def test_an_integer_is_a_number_like_others():
    fast = compile(by_math)
    assert fast.value_and_grad(3) == (close(lgamma(3)), close(digamma(3)))
    assert fast.value_and_grad(4)[1] == close(digamma(4))


def test_a_compiled_rule_is_differentiated():
    assert grad(grad(compile(by_math)))(2.5) == close(hessian(lgamma)(2.5))
    assert compile(grad(compile(by_math)))(2.5) == close(digamma(2.5))


def test_other_parameters_and_choices_go_on():
    w = Value(0.5)
    fast = compile(lambda x: where(x > 1, by_math(w * x), x), parameters=[w])
    assert fast.value_and_grad(5.0) == (close(lgamma(2.5)), [close(5 * digamma(2.5))])


def test_constants_of_a_rule_are_kept():
    @primitive
    def scaled(x, *, factor):
        return factor * math.lgamma(x), (factor * digamma(x),)

    fast = compile(lambda x: grad(lambda x: scaled(x, factor=2.0) + scaled(x, factor=3.0))(x))
    assert fast(2.5) == close(5 * digamma(2.5))
    assert hessian(lambda x: scaled(x, factor=2.0))(2.5) == close(2 * hessian(lgamma)(2.5))
