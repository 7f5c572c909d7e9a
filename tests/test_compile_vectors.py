"""What a point is in a compiled function: lanes if it computes with an array, else a vector."""

import gc
import inspect
import weakref

import numpy as np
import pytest
from scipy import integrate, optimize

import autograd
import nn
from autograd import Value, compile, exp, grad, hessian, jacobian, maximum, sin, value_and_grad

POINT = np.array([0.5, -1.25, 2.0])
ROWS = np.array([[0.5, -1.25, 2.0], [1.0, 0.25, -0.75]])

# Each takes its argument apart, in another way.
VECTORS = {
    "index": lambda x: x[0] * x[1] + x[-1],
    "slice": lambda x: ((x[1:] - x[:-1] ** 2) ** 2).sum(),
    "loop": lambda x: sum(a * a for a in x),
    "comprehension": lambda x: autograd.sum([a * i for i, a in enumerate(x)]),
    "star": lambda x: (lambda a, b, c: a * b - c)(*x),
    "len": lambda x: x[len(x) - 1] * len(x),
    "zip": lambda x: sum(a * b for a, b in zip(x, [1.0, 2.0, 3.0], strict=True)),
    "dot": lambda x: autograd.dot(x, x),
    "sum": lambda x: autograd.sum(x) * 2,
    "mean": lambda x: autograd.mean(x) ** 2,
    ".sum()": lambda x: (x * x).sum(),
    ".mean()": lambda x: (x**3).mean(),
    ".shape": lambda x: x.sum() * x.shape[-1],
    ".dot()": lambda x: x.dot(x),
    "@": lambda x: x @ x,
    "@ a list": lambda x: x @ [1.0, 2.0, 3.0],
    "np.sum": lambda x: np.sum(np.sin(x)),
    "np.dot": lambda x: np.dot(x, np.array([1.0, 2.0, 3.0])),
    "np.linalg.norm": lambda x: np.linalg.norm(x),
    "np.prod": lambda x: np.prod(x),
    "np.var": lambda x: np.var(x),
    "np.asarray": lambda x: np.asarray(x)[0] * x[1],
    "np.diff": lambda x: np.sum(np.diff(x) ** 2),
    "np.concatenate": lambda x: np.concatenate([x[:1], x[2:]]).sum(),
    "np.where": lambda x: np.where(x > 0, x, 2 * x).sum(),
    "joined conditions": lambda x: np.where((x > 0) & ~(x > 1.5) | (x < -1), x * x, -x).sum(),
    "np.logical_and": lambda x: np.where(np.logical_and(x > 0, x < 1.5), x * x, -x).sum(),
    "np.logical_not": lambda x: np.where(np.logical_not(x > 0), x * x, -x).sum(),
    "np.isnan": lambda x: np.where(~np.isnan(x), x * x, 0.0).sum(),
    "np.any": lambda x: np.where(np.any(x > 0), x.sum(), x[0]),
    ".all()": lambda x: np.where((x > 0).all(), x.sum(), x[0] * 3),
    "a sum of conditions": lambda x: np.sum(x > 0) * x[0],
    "conditions as floats": lambda x: np.sum((x > 0).astype(float) * x),
    "astype": lambda x: x.astype(float) @ x,
    "np.diag": lambda x: np.sum(np.exp(np.diag(x)) @ x),
    "np.vectorize": lambda x: np.sum(np.vectorize(lambda number: number * number)(x)) ** 2,
    "a matrix that it uses": lambda x: (np.arange(9.0).reshape(3, 3) @ x) @ x,
    "an array that it uses": lambda x: ((x - POINT[::-1]) ** 2).sum(),
}

every_vector = pytest.mark.parametrize("function", VECTORS.values(), ids=VECTORS)


@every_vector
def test_an_array_of_one_axis_is_one_point(function, backend):
    fast = compile(function, backend=backend)
    expected, slopes = value_and_grad(function)(POINT)
    for _ in range(2):
        assert fast(POINT) == pytest.approx(expected, rel=1e-13)
        value, gradient = fast.value_and_grad(POINT)
        assert type(value) is float
        assert value == pytest.approx(expected, rel=1e-13)
        assert isinstance(gradient, np.ndarray)
        assert gradient.dtype == float
        assert gradient == pytest.approx(slopes, rel=1e-13)


@every_vector
def test_rows_are_points(function, backend):
    fast = compile(function, backend=backend)
    expected = [value_and_grad(function)(row) for row in ROWS]
    assert fast(ROWS) == pytest.approx([value for value, _ in expected], rel=1e-13)
    value, gradient = fast.value_and_grad(ROWS)
    assert value == pytest.approx(np.mean([value for value, _ in expected]), rel=1e-13)
    assert gradient == pytest.approx(np.array([slopes for _, slopes in expected]) / 2, rel=1e-13)


NUMBERS = {
    "arithmetic": lambda x: x * x - 2 / (x + 9),
    "functions": lambda x: exp(sin(x)) + maximum(x, 0),
    "NumPy's functions": lambda x: np.exp(np.sin(x)) + np.maximum(x, 0),
    "a branch in lanes": lambda x: autograd.where(x > 0, x, 2 * x),
    "a list of results": lambda x: [x, x * x],
}


@pytest.mark.parametrize("function", NUMBERS.values(), ids=NUMBERS)
def test_what_computes_only_runs_over_lanes(function, backend):
    fast = compile(function, backend=backend)
    expected = [function(Value(x)) for x in POINT]
    plain = np.array([[y.data for y in np.ravel(row)] for row in expected]).T.squeeze()
    assert np.array(fast(POINT)) == pytest.approx(plain, rel=1e-13)
    assert "number" not in fast.source().splitlines()[0]


def test_a_vector_beside_lanes_and_numbers(backend):
    """Only what is taken apart is a vector; lanes and numbers stay what they are."""
    fast = compile(lambda p, x, y: p[0] * x + p[1] - y, backend=backend)
    x = np.array([1.0, 2.0, 3.0, 4.0])
    assert fast(np.array([2.0, 1.0]), x, 0.5).tolist() == (2 * x + 0.5).tolist()
    value, (by_p, by_x, by_y) = fast.value_and_grad(np.array([2.0, 1.0]), x, 0.5)
    assert (value, by_p.tolist(), by_x.tolist(), by_y) == (5.5, [2.5, 1.0], [0.5] * 4, -1.0)
    # As many lanes as there are numbers in the vector: still lanes.
    assert fast(np.array([2.0, 1.0]), x[:2], 0.5).tolist() == [2.5, 4.5]
    assert fast.source().splitlines()[0] == "# outputs of ([number, number], lanes, number)"


def test_all_that_is_added_up_is_vectors(backend):
    fast = compile(lambda p, x, y: ((p[0] * x + p[1] - y) ** 2).sum(), backend=backend)
    x = np.array([1.0, 2.0, 3.0])
    value, (by_p, by_x, by_y) = fast.value_and_grad(np.array([2.0, 1.0]), x, 3 * x)
    # The errors are 0, -1 and -2.
    assert (value, by_p.tolist()) == (5.0, [-16.0, -6.0])
    assert (by_x.tolist(), by_y.tolist()) == ([0.0, -4.0, -8.0], [0.0, 2.0, 4.0])


def test_unequal_lengths(backend):
    fast = compile(lambda p, x: p[0] * x, backend=backend)
    assert fast(np.array([2.0, 1.0]), np.array([1.0, 2.0, 3.0])).tolist() == [2.0, 4.0, 6.0]
    fast = compile(lambda x, y: x * y, backend=backend)
    for _ in range(2):
        with pytest.raises(ValueError, match="one has 3, another 4"):
            fast(np.ones(3), np.ones(4))
    fast = compile(lambda p, x, y: p[0] * x * y, backend=backend)
    with pytest.raises(ValueError, match="one has 3, another 4"):
        fast(np.ones(2), np.ones(3), np.ones(4))


def test_vectors_in_structures(backend):
    fast = compile(lambda p: (p["w"] @ p["w"]) * p["b"], backend=backend)
    value, slopes = fast.value_and_grad({"w": np.array([1.0, 2.0]), "b": 3.0})
    assert (value, slopes["w"].tolist(), slopes["b"]) == (15.0, [6.0, 12.0], 5.0)
    assert fast({"w": np.ones((4, 2)), "b": np.arange(4.0)}).tolist() == [0.0, 2.0, 4.0, 6.0]


def test_other_lengths_are_other_programs(backend):
    fast = compile(lambda x: (x * x).sum() / len(x), backend=backend)
    assert [fast(np.arange(n) * 1.0) for n in (2, 4, 2)] == [0.5, 3.5, 0.5]
    # A list stays a list, and a number beside it one for all.
    assert compile(lambda x: x[0] * x[1], backend=backend)([2.0, 3.0]) == 6.0


MATRICES = {
    "two indices": lambda a: a[0, 1] * a[1, 0],
    "an index of an index": lambda a: a[0][1] * a[1][0] + a[1][2],
    "rows added up": lambda a: (a.sum(axis=1) ** 2).sum(),
    "a product": lambda a: (a @ a.T)[0, 1],
    "a loop of loops": lambda a: sum(x * x for row in a for x in row),
}


@pytest.mark.parametrize("function", MATRICES.values(), ids=MATRICES)
def test_what_is_taken_apart_twice_is_a_matrix(function, backend):
    fast = compile(function, backend=backend)
    expected = grad(function)(ROWS)
    value, gradient = fast.value_and_grad(ROWS)
    assert value == fast(ROWS) == pytest.approx(float(function(ROWS)), rel=1e-13)
    assert gradient == pytest.approx(expected, rel=1e-13)
    assert gradient.shape == ROWS.shape


def softmax_loss(w, x, targets):
    scores = x @ w
    logarithms = scores - np.log(np.sum(np.exp(scores), axis=1, keepdims=True))
    return -np.mean(np.sum(targets * logarithms, axis=1))


@pytest.mark.parametrize("features", [2, 3])
@pytest.mark.parametrize(
    "loss", [softmax_loss, lambda w, x, targets: np.mean((x @ w - targets) ** 2)]
)
def test_weights_and_data_of_a_loss_are_matrices(loss, features, backend):
    """Whether as many weights as features are square, and of other length than the data."""
    w = np.arange(6.0).reshape(3, 2)[:features, :] / 4
    w = w if features == 2 else np.concatenate([w, w[:, :1] ** 2], axis=1)
    x = np.linspace(-1, 1, 5 * features).reshape(5, features) ** 3
    targets = np.eye(len(w[0]))[[0, 1, 1, 0, 1]]
    fast = compile(loss, backend=backend)
    assert fast(w, x, targets) == pytest.approx(loss(w, x, targets), rel=1e-12)
    _, (slopes, *_) = fast.value_and_grad(w, x, targets)
    for index in np.ndindex(*w.shape):
        step = np.zeros_like(w)
        step[index] = 1e-5
        difference = (loss(w + step, x, targets) - loss(w - step, x, targets)) / 2e-5
        assert slopes[index] == pytest.approx(difference, rel=1e-6, abs=1e-8)
    assert grad(loss)(w, x, targets) == pytest.approx(slopes, rel=1e-12, abs=1e-14)
    value = autograd.jvp(loss, (w, x, targets), (w, x, targets))[0]
    assert value == pytest.approx(loss(w, x, targets), rel=1e-12)


def test_an_array_of_bools_is_a_condition(backend):
    x, mask = np.array([2.0, 3.0, -1.0]), np.array([True, False, True])
    fast = compile(lambda x, mask: np.where(mask, x, 0.0).sum(), backend=backend)
    assert fast(x, mask) == 1.0
    assert fast(x, ~mask) == 3.0
    fast = compile(lambda x, y: np.where(y > 0, x * x, 0.0).sum(), backend=backend)
    assert fast(x, x) == 13.0


def test_a_column_of_numbers_meets_a_matrix_row_by_row(backend):
    masses, speeds = np.array([1.0, 2.0, 4.0]), np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]])

    def energy(masses, speeds):
        return np.sum(masses[:, None] * speeds**2) / 2

    fast = compile(energy, backend=backend)
    assert fast(masses, speeds) == pytest.approx(energy(masses, speeds), rel=1e-14)
    by_masses, by_speeds = fast.value_and_grad(masses, speeds)[1]
    assert by_masses == pytest.approx((speeds**2).sum(axis=1) / 2, rel=1e-14)
    assert by_speeds == pytest.approx(masses[:, None] * speeds, rel=1e-14)
    assert grad(energy, argnums=1)(masses, speeds) == pytest.approx(by_speeds, rel=1e-14)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_vector_beside_rows_of_its_length(count, backend):
    """Whether there are as many rows or not."""
    w, x = np.array([2.0, 3.0, -1.0]), np.arange(3.0 * count).reshape(count, 3)
    fast = compile(lambda w, x: (w * x).sum() + (x[0] * x).sum(), backend=backend)
    assert fast(w, x).tolist() == ((w * x).sum(axis=1) + (x[:, :1] * x).sum(axis=1)).tolist()


def test_rows_beside_a_vector(backend):
    """Points and one vector for all of them; refused where it may as well be one matrix."""
    w = np.array([1.0, -2.0, 0.5])
    fast = compile(lambda w, x: (w @ x) ** 2, backend=backend)
    assert fast(w, ROWS) == pytest.approx((ROWS @ w) ** 2, rel=1e-13)
    value, (by_w, by_x) = fast.value_and_grad(w, ROWS)
    assert value == pytest.approx(((ROWS @ w) ** 2).mean(), rel=1e-13)
    assert by_w == pytest.approx(ROWS.T @ (ROWS @ w), rel=1e-13)
    assert by_x == pytest.approx(np.outer(ROWS @ w, w), rel=1e-13)
    fast = compile(lambda a, b: (a * a).sum() + (b * b).sum(), backend=backend)
    with pytest.raises(TypeError, match=r"may as well be one\s+matrix.*x\.sum\(axis=\(0, 1\)\)"):
        fast.value_and_grad(ROWS, w)
    fast = compile(lambda a, b: (a * a).sum(axis=(0, 1)) + (b * b).sum(), backend=backend)
    value, (by_a, by_b) = fast.value_and_grad(ROWS, w)
    assert value == pytest.approx((ROWS**2).sum() + (w**2).sum(), rel=1e-13)
    assert (by_a.tolist(), by_b.tolist()) == ((2 * ROWS).tolist(), (2 * w).tolist())


RESULTS = {
    "a vector": lambda x: x[::-1] * 2,
    "a computed vector": lambda x: np.array([x[0] * x[1], -x[0]]),
    "a matrix": lambda x: np.outer(x, x),
    "a vector in a dict": lambda x: {"y": x * x[0], "total": x.sum()},
    "vectors in a list": lambda x: [x + 1, (x * x[0])[:1]],
    "constants": lambda x: (x.sum(), np.arange(3.0), np.zeros((2, 2))),
    "an empty one": lambda x: (x[:0], x[0]),
}


@pytest.mark.parametrize("function", RESULTS.values(), ids=RESULTS)
def test_results_are_arrays_where_the_function_returns_arrays(function, backend):
    fast = compile(function, backend=backend)

    def assert_same(found, expected, lane=()):
        parts = autograd.numbers.nested.leaves
        assert len(parts(found)) == len(parts(expected))
        for a, b in zip(parts(found), parts(expected), strict=True):
            a = np.asarray(a)[lane]
            assert (a.shape, a.dtype) == (np.shape(b), float)
            np.testing.assert_allclose(a, b, rtol=1e-13)

    assert_same(fast(POINT), function(POINT))
    found = fast(ROWS)
    for lane, row in enumerate(ROWS):
        assert_same(found, function(row), lane)


def test_results_are_the_callers_own(backend):
    fast = compile(lambda x: x[::-1], backend=backend)
    x = POINT.copy()
    fast(x)[:] = 7.0
    assert x.tolist() == POINT.tolist()
    assert fast(x).tolist() == POINT[::-1].tolist()


def test_an_array_that_the_function_uses(backend):
    """If it is added up; else nobody can tell what is to be lanes."""
    w = Value(2.0)
    xs = np.arange(3.0)
    fast = compile(lambda: ((w * xs - 1) ** 2).sum(), [w], backend=backend)
    assert fast.value_and_grad() == (11.0, [14.0])
    fast = compile(lambda a: np.dot(a * xs, xs), backend=backend)
    assert fast.value_and_grad(2.0) == (10.0, 5.0)
    for function in (lambda a: a * xs, lambda a: [a * xs, (a * xs).sum()]):
        with pytest.raises(TypeError, match="given as an argument, not closed over"):
            compile(function, backend=backend)(2.0)
    # Lanes that meet it are a vector, too.
    for function in (lambda x: ((x - xs) ** 2).sum(), lambda x: x - xs):
        assert np.array_equal(compile(function, backend=backend)(3 * xs), function(3 * xs))
    with pytest.raises(TypeError, match="given as an argument, not closed over"):
        compile(lambda x: (x[0] * xs).sum(), backend=backend)(np.ones((2, 3)))


def test_it_is_recorded_once(backend):
    runs = []
    fast = compile(lambda x: runs.append(x) or (x * x).sum(), backend=backend)
    for x in (POINT, 2 * POINT, POINT.astype(np.float32), [*POINT]):
        if isinstance(x, np.ndarray):
            fast(x)
    # Over lanes until `.sum()`, then over the vector.
    assert len(runs) == 2
    assert fast.source().count("# outputs") == 1


def test_it_goes_along_in_a_pickle(backend):
    import pickle

    fast = compile(lambda x: (x * x).sum(), backend=backend)
    fast.value_and_grad(POINT)
    fast(POINT)
    found = pickle.loads(pickle.dumps(fast))
    assert found(POINT) == fast(POINT)
    assert found.value_and_grad(POINT)[1].tolist() == (2 * POINT).tolist()
    assert grad(found)(POINT).tolist() == (2 * POINT).tolist()
    assert found.graph(POINT)[0].data == fast(POINT)


# SciPy


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def residuals(x):
    return np.array([10 * (x[1] - x[0] ** 2), 1 - x[0]])


def read_only(x):
    array = np.array(x, dtype=float)
    array.flags.writeable = False
    return array


STARTS = {
    "floats": np.array([-1.2, 1.0]),
    "integers": np.array([-1, 1]),
    "single precision": np.array([-1.2, 1.0], dtype=np.float32),
    "read-only": read_only([-1.2, 1.0]),
    "a list": [-1.2, 1.0],
    "every other": np.array([-1.2, 0.0, 1.0, 0.0])[::2],
}


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_scipy_minimizes(start, backend):
    fast = compile(rosenbrock, backend=backend)
    found = optimize.minimize(fast.value_and_grad, start, jac=True, tol=1e-10)
    assert found.x == pytest.approx([1.0, 1.0], abs=1e-4)
    again = optimize.minimize(fast, start, jac=compile(grad(rosenbrock), backend=backend))
    assert again.x == pytest.approx([1.0, 1.0], abs=1e-3)


def test_scipy_minimizes_with_second_derivatives(backend):
    second = compile(hessian(rosenbrock), backend=backend)
    start = np.array([-1.2, 1.0])
    assert second(start).shape == (2, 2)
    for method in ("trust-exact", "Newton-CG"):
        found = optimize.minimize(
            compile(value_and_grad(rosenbrock), backend=backend),
            start,
            jac=True,
            hess=second,
            method=method,
        )
        assert found.x == pytest.approx([1.0, 1.0], abs=1e-4)


def test_scipy_minimizes_with_data(backend):
    x = np.linspace(0.0, 1.0, 20)

    def loss(p, x, y):
        return ((p[0] * x + p[1] - y) ** 2).sum()

    fast = compile(value_and_grad(loss), backend=backend)
    found = optimize.minimize(fast, np.zeros(2), args=(x, 3 * x - 1), jac=True)
    assert found.x == pytest.approx([3.0, -1.0], abs=1e-5)


def test_scipy_solves_equations(backend):
    fast = compile(residuals, backend=backend)
    slopes = compile(jacobian(residuals), backend=backend)
    start = np.array([-1.2, 1.0])
    assert fast(start).shape == (2,)
    assert slopes(start).shape == (2, 2)
    for found in (
        optimize.root(fast, start, jac=slopes),
        optimize.least_squares(fast, start, jac=slopes),
        optimize.least_squares(compile(lambda x: list(residuals(x)), backend=backend), start),
    ):
        assert found.x == pytest.approx([1.0, 1.0], abs=1e-6)
    fast = compile(lambda x: x**3 - 2, backend=backend)
    found = optimize.root_scalar(fast.value_and_grad, x0=1.0, fprime=True)
    assert found.root == pytest.approx(2 ** (1 / 3), rel=1e-12)


def test_scipy_fits_curves(backend):
    @compile(backend=backend)
    def curve(x, a, b):
        return a * exp(-b * x)

    x = np.linspace(0.0, 4.0, 30)
    found, _ = optimize.curve_fit(curve, x, 2.5 * np.exp(-1.3 * x))
    assert found == pytest.approx([2.5, 1.3], rel=1e-5)


def test_scipy_integrates(backend):
    def pendulum(t, y, damping):
        return np.array([y[1], -np.sin(y[0]) - damping * y[1]])

    def plain(t, y, damping):
        return [y[1], -np.sin(y[0]) - damping * y[1]]

    start = np.array([1.0, 0.0])
    right = integrate.solve_ivp(plain, (0.0, 2.0), start, args=(0.1,), rtol=1e-8).y[:, -1]
    for function in (pendulum, lambda t, y, damping: [y[1], -sin(y[0]) - damping * y[1]]):
        fast = compile(function, backend=backend)
        found = integrate.solve_ivp(fast, (0.0, 2.0), start, args=(0.1,), rtol=1e-8)
        assert found.y[:, -1] == pytest.approx(right, abs=1e-9)


def test_scipy_integrates_a_function(backend):
    fast = compile(lambda x: exp(-x * x), backend=backend)
    assert integrate.quad(fast, 0.0, 1.0)[0] == pytest.approx(0.746824132812427, rel=1e-10)
    x = np.linspace(0.0, 1.0, 101)
    assert integrate.simpson(fast(x), x=x) == pytest.approx(0.746824132812427, rel=1e-8)


# pandas


def test_columns_and_frames_by_position(backend):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1.0, 2.0, 3.0], "b": [4, 5, 6]}, index=[7, 2, 9])
    fast = compile(lambda x, y: x * y, backend=backend)
    assert fast(frame["a"], frame["b"]).tolist() == [4.0, 10.0, 18.0]
    rows = compile(lambda row: row[0] * row[1], backend=backend)
    assert rows(frame).tolist() == [4.0, 10.0, 18.0]
    assert rows.value_and_grad(frame)[1].shape == (3, 2)
    assert compile(lambda x: (x * x).sum(), backend=backend)(frame["a"]) == 14.0


def test_signatures_are_counted():
    """`curve_fit` counts the parameters by the signature."""
    assert len(inspect.signature(compile(lambda x, a, b, c: x)).parameters) == 4


# nn


def test_a_model_takes_points(backend):
    model = nn.MLP(3, [2, 1], activation="tanh")
    fast = compile(model, model.parameters(), backend=backend)
    expected = [model(list(row)).data for row in ROWS]
    assert fast(ROWS) == pytest.approx(expected, rel=1e-13)
    assert [fast(row) for row in ROWS] == pytest.approx(expected, rel=1e-13)
    # To a single neuron of one input each number is a point.
    neuron = nn.Neuron(1)
    assert compile(neuron, neuron.parameters(), backend=backend)(POINT).shape == (3,)


CALLS = {
    "an array": lambda fast, x: fast(x),
    "a gradient": lambda fast, x: fast.value_and_grad(x),
    "an array by keyword": lambda fast, x: fast(x=x),
    "points in rows": lambda fast, x: fast(x.reshape(1, -1)),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_argument_is_freed_after_the_call(call, backend):
    """Without the collector, which is called seldom: there may be many calls, and large arrays."""
    fast = compile(lambda x: autograd.dot(x, x), backend=backend)
    for _ in range(2):
        call(fast, np.ones(8))
    gc.disable()
    try:
        x = np.ones(8)
        alive = weakref.ref(x)
        call(fast, x)
        del x
        assert alive() is None
    finally:
        gc.enable()
