"""SciPy's solvers with derivatives by autograd, of functions as SciPy's users write them."""

import itertools

import numpy as np
import pytest
from scipy import integrate, optimize, special

import autograd
from autograd import grad, hessian, jacobian, jvp, value_and_grad

START = np.array([1.3, 0.7, 0.8, 1.9, 1.2])


def by_slices(x):
    return ((x[1:] - x[:-1] ** 2) ** 2 * 100).sum() + ((1 - x[:-1]) ** 2).sum()


def by_numpy(x):
    return np.sum(100.0 * np.square(x[1:] - x[:-1] ** 2) + np.square(1 - x[:-1]))


def by_pythons_sum(x):
    return sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def by_a_loop(x):
    total = 0.0
    for i in range(len(x) - 1):
        total += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2
    return total


def by_pairs(x):
    return autograd.sum(100 * (b - a**2) ** 2 + (1 - a) ** 2 for a, b in itertools.pairwise(x))


def by_unpacking(x):
    a, *others = x
    total = 0
    for b in others:
        total, a = total + 100 * (b - a * a) ** 2 + (1 - a) ** 2, b
    return total


# Rosenbrock's function, whose gradient and Hessian SciPy has too.
ROSENBROCK = {
    f.__name__: f for f in (by_slices, by_numpy, by_pythons_sum, by_a_loop, by_pairs, by_unpacking)
} | {"SciPy's own": optimize.rosen}
every_way = pytest.mark.parametrize("function", ROSENBROCK.values(), ids=ROSENBROCK)


def close(expected, error=1e-12):
    """Within some roundings of the largest number: sums are added up in another order."""
    return pytest.approx(expected, rel=error, abs=error * np.max(np.abs(expected)))


@every_way
def test_derivatives_of_a_function_of_a_vector(function):
    value, slopes = value_and_grad(function)(START)
    assert value == close(optimize.rosen(START))
    assert type(slopes) is np.ndarray
    assert slopes == close(optimize.rosen_der(START))
    assert hessian(function)(START) == close(optimize.rosen_hess(START))
    direction = np.arange(5.0)
    product = jvp(grad(function), (START,), (direction,))[1]
    assert product == close(optimize.rosen_hess_prod(START, direction))


@every_way
def test_minimize(function):
    result = optimize.minimize(value_and_grad(function), START, jac=True, method="BFGS")
    assert result.x == pytest.approx(np.ones(5), abs=1e-5)


METHODS = {
    "L-BFGS-B": {},
    "CG": {},
    "SLSQP": {},
    "Newton-CG": {"hess": hessian(by_slices)},
    "trust-exact": {"hess": hessian(by_slices)},
    "trust-ncg": {"hessp": lambda x, p: jvp(grad(by_slices), (x,), (p,))[1]},
}


@pytest.mark.parametrize("method", METHODS)
def test_methods_of_minimize(method):
    options = METHODS[method]
    result = optimize.minimize(by_slices, START, jac=grad(by_slices), method=method, **options)
    assert result.x == pytest.approx(np.ones(5), abs=1e-2)


# Data that a function uses is an array, too.
TIMES = np.linspace(0.0, 4.0, 9)
RIGHT = np.array([2.5, 1.3, 0.5])
DATA = 2.5 * np.exp(-1.3 * TIMES) + 0.5


def decay(p):
    return p[0] * np.exp(-p[1] * TIMES) + p[2]


def slopes_of_decay(p):
    """By hand."""
    falling = np.exp(-p[1] * TIMES)
    return np.stack([falling, -p[0] * TIMES * falling, np.ones(9)], axis=1)


RESIDUALS = {
    "an array": lambda p: decay(p) - DATA,
    "a list": lambda p: [p[0] * autograd.exp(-p[1] * t) + p[2] - y for t, y in zip(TIMES, DATA)],  # noqa: B905
    "an array of Values": lambda p: (
        np.array([p[0] * np.exp(-p[1] * t) + p[2] for t in TIMES]) - DATA
    ),
}


@pytest.mark.parametrize("function", RESIDUALS.values(), ids=RESIDUALS)
def test_least_squares(function):
    point = np.array([1.0, 1.0, 0.0])
    assert np.shape(jacobian(function)(point)) == (9, 3)
    assert np.asarray(jacobian(function)(point)) == close(slopes_of_decay(point))
    result = optimize.least_squares(function, point, jac=jacobian(function))
    assert result.x == pytest.approx(RIGHT, rel=1e-6)


LOSSES = {
    "np.sum": lambda p: np.sum((decay(p) - DATA) ** 2),
    ".sum()": lambda p: ((decay(p) - DATA) ** 2).sum(),
    "np.mean": lambda p: 9 * np.mean((decay(p) - DATA) ** 2),
    "sum()": lambda p: sum((decay(p) - DATA) ** 2),
    "autograd.sum": lambda p: autograd.sum((decay(p) - DATA) ** 2),
    "np.dot": lambda p: np.dot(decay(p) - DATA, decay(p) - DATA),
    "@": lambda p: (decay(p) - DATA) @ (decay(p) - DATA),
    "np.linalg.norm": lambda p: np.linalg.norm(decay(p) - DATA) ** 2,
    "a loop": lambda p: sum((decay(p)[i] - DATA[i]) ** 2 for i in range(9)),
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_loss_over_data_is_one_number(loss):
    point = np.array([1.0, 1.0, 0.0])
    residuals = np.exp(-TIMES) - DATA
    value, slopes = value_and_grad(loss)(point)
    assert value == close(residuals @ residuals)
    assert slopes == close(2 * residuals @ slopes_of_decay(point))


def test_curve_fit():
    def model(t, a, b, c):
        return a * np.exp(-b * t) + c

    def slopes(t, *p):
        return jacobian(lambda p: model(t, *p))(np.array(p))

    def columns(t, *p):
        return np.stack(jacobian(model, argnums=(1, 2, 3))(t, *p), axis=-1)

    for jac in (slopes, columns):
        fitted, _ = optimize.curve_fit(model, TIMES, DATA, p0=[1.0, 1.0, 0.0], jac=jac)
        assert fitted == pytest.approx(RIGHT, rel=1e-6)


def as_a_list(x):
    return [x[0] * np.cos(x[1]) - 4, x[1] * x[0] - x[1] - 5]


def as_an_array(x):
    return np.array(as_a_list(x))


@pytest.mark.parametrize("function", [as_a_list, as_an_array])
def test_roots_of_systems(function):
    # The root that SciPy's documentation gives.
    expected = pytest.approx([6.50409711, 0.90841421], abs=1e-8)
    start = np.array([1.0, 1.0])
    assert optimize.root(function, start, jac=jacobian(function)).x == expected
    assert optimize.fsolve(function, start, fprime=jacobian(function)) == expected
    assert (
        optimize.root(lambda x: (function(x), jacobian(function)(x)), start, jac=True).x == expected
    )


def cubic(x):
    return x**3 - 2 * x - 5


def test_roots_of_functions_of_one_number():
    root = 2.0945514815423265  # Wallis's own example, found by bisection.
    by_newton = optimize.newton(cubic, 2.0, fprime=grad(cubic), fprime2=grad(grad(cubic)))
    assert by_newton == pytest.approx(root)
    both = optimize.newton(cubic, np.array([2.0, 3.0]), fprime=grad(cubic))
    assert both == pytest.approx([root, root])
    assert optimize.root_scalar(value_and_grad(cubic), x0=2.0, fprime=True).root == pytest.approx(
        root
    )
    # Where the slope 3 x**2 - 2 is 0.
    assert optimize.brentq(grad(cubic), 0.0, 3.0) == pytest.approx((2 / 3) ** 0.5)
    flattest = optimize.minimize_scalar(
        lambda x: grad(cubic)(x) ** 2, bounds=(0, 3), method="bounded"
    )
    assert flattest.x == pytest.approx((2 / 3) ** 0.5, abs=1e-4)


def test_integrals_of_derivatives():
    assert integrate.quad(grad(np.sin), 0.0, 1.0)[0] == pytest.approx(np.sin(1.0))
    assert integrate.quad_vec(grad(np.sin), 0.0, 1.0)[0] == pytest.approx(np.sin(1.0))
    points = np.linspace(0.0, 1.0, 1001)
    # Simpson's rule is off by h**4 / 180 at most.
    assert integrate.simpson(grad(np.sin)(points), x=points) == pytest.approx(
        np.sin(1.0), abs=1e-12
    )


@pytest.mark.parametrize("function", [lambda y: [y[1], -y[0]], lambda y: np.array([y[1], -y[0]])])
@pytest.mark.parametrize("method", ["Radau", "BDF"])
def test_stiff_systems_with_a_jacobian(function, method):
    def right_side(t, y):
        return function(y)

    result = integrate.solve_ivp(
        *(right_side, (0.0, 1.0), [1.0, 0.0], method),
        jac=jacobian(right_side, argnums=1),
        rtol=1e-8,
        atol=1e-8,
    )
    assert result.y[:, -1] == pytest.approx([np.cos(1.0), -np.sin(1.0)], abs=1e-6)


def test_special_functions_of_scipy_that_are_ours():
    x = autograd.Value(0.5)
    assert special.expit(x).op == "sigmoid"
    assert special.erf(x).op == "erf"
    assert grad(lambda x: special.expit(x).sum())(np.array([0.0, 0.0])).tolist() == [0.25, 0.25]
