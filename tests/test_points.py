"""What a point is, a number or a vector, in every transform: the function says so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import autograd
from autograd import (
    Value,
    compile,
    grad,
    gradcheck,
    graph,
    hessian,
    jacobian,
    jvp,
    no_grad,
    value_and_grad,
    vjp,
)
from autograd.vectors.points import arrays_as_vectors
from autograd.vectors.vector import Vector

X = np.array([1.0, 2.0, 4.0])
# Points in rows, none of which is like another.
ROWS = np.array([[1.0, 2.0], [3.0, 5.0], [7.0, 11.0]])

numbers = st.floats(-2, 2, width=32).map(lambda x: round(x, 3))
vectors = arrays(float, st.integers(1, 5), elements=numbers)


# A point is a number

ELEMENTWISE = {
    "a polynomial": lambda x: 3 * x**3 - x * x + 2,
    "NumPy's functions": lambda x: np.exp(x) * np.sin(x) + np.maximum(x, 0.5),
    "ours": lambda x: autograd.exp(x) * x.tanh() + autograd.where(x > 0, x, -x),
}
each = pytest.mark.parametrize("function", ELEMENTWISE.values(), ids=ELEMENTWISE)


def as_vector(function):
    """The same function, but its argument is taken apart."""
    return lambda x: function(x[:])


@each
@settings(max_examples=25)
@given(x=vectors)
def test_lanes_and_vectors_of_a_function_of_numbers_are_the_same(function, x):
    values, slopes = value_and_grad(function)(x)
    assert type(slopes) is np.ndarray
    assert (values.shape, slopes.shape) == (x.shape, x.shape)
    in_a_vector = jacobian(as_vector(function))(x)
    # The functions of vectors in NumPy's loops are off by some units in the last place.
    assert slopes == pytest.approx(np.diag(in_a_vector), rel=1e-13, abs=1e-13)
    assert np.array_equal(in_a_vector, np.diag(np.diag(in_a_vector)))
    assert slopes == pytest.approx([grad(function)(number) for number in x], rel=1e-13, abs=1e-13)
    bends = hessian(function)(x)
    expected = [hessian(function)(number) for number in x.tolist()]
    assert bends == pytest.approx(expected, rel=1e-12, abs=1e-12)


CONSTANT = {
    "a slope": lambda x: 3.0 * x,
    "the identity": lambda x: x,
    "no use": lambda x: 5.0,
    "a square": lambda x: x * x,
}


@pytest.mark.parametrize("function", CONSTANT.values(), ids=CONSTANT)
@pytest.mark.parametrize("transform", [grad, jacobian, hessian])
@pytest.mark.parametrize("dtype", [float, np.float32, int])
def test_derivatives_have_the_shape_of_the_array_and_its_floats(function, transform, dtype):
    x = np.array([[1, 2, 3], [4, 5, 6]], dtype=dtype)
    result = transform(function)(x)
    assert result.shape == x.shape
    assert result.dtype == (np.float32 if dtype is np.float32 else float)


@pytest.mark.parametrize("dtype", [float, np.float32, int])
def test_derivatives_by_vectors_have_floats_too(dtype):
    x = np.array([3, 4], dtype=dtype)
    wanted = np.float32 if dtype is np.float32 else float
    slopes = grad(lambda x: x[0] * x[1] ** 2)(x)
    assert (slopes.dtype, slopes.tolist()) == (wanted, [16, 24])
    bends = hessian(lambda x: x[0] * x[1] ** 2)(x)
    assert (bends.dtype, bends.tolist()) == (wanted, [[0, 8], [8, 6]])


def test_an_array_without_axes_is_a_number():
    assert value_and_grad(lambda x: x * x)(np.array(3.0)) == (9.0, 6.0)
    with pytest.raises(TypeError, match="not a single Value"):
        grad(lambda x: x[0])(np.array(3.0))


def test_empty_arrays():
    nothing = np.array([])
    assert grad(lambda x: x * x)(nothing).shape == (0,)
    assert grad(lambda x: autograd.dot(x, x) + 1.0)(nothing).shape == (0,)
    assert hessian(lambda x: x @ x)(nothing).shape == (0, 0)
    assert jacobian(lambda x: x[:0])(X).shape == (0, 3)
    assert jacobian(lambda x: np.array([1.0]) * len(x))(nothing).shape == (1, 0)


# A point is a vector

APART = {
    "an index": lambda x: x[0] * x[1] + x[-1],
    "a loop": lambda x: sum(number * i for i, number in enumerate(x)),
    "len": lambda x: autograd.sum(x[i] ** len(x) for i in range(len(x))),
    "unpacking": lambda x: (lambda a, b, c: a * b - c)(*x),
    "a slice": lambda x: ((x[1:] - x[:-1]) ** 2).sum(),
    "np.dot": lambda x: np.dot(x, X),
    "@": lambda x: x @ np.arange(9.0).reshape(3, 3) @ x,
    "a norm": np.linalg.norm,
    "shape": lambda x: x[x.shape[0] - 1] * x.size,
    "np.asarray": lambda x: np.sum(np.asarray(x) ** 2),
    "np.array": lambda x: np.array([x[1], x[0] * 2]) @ np.array([3.0, x[2]]),
    "our dot": lambda x: autograd.dot(x, [1.0, 2.0, 3.0]) * autograd.mean(x),
    "after numbers": lambda x: np.prod(np.exp(-x) + 1),
    "of data": lambda x: np.sum((x[0] * X + x[1]) ** 2),
    "a mask": lambda x: (x[x > 1.5] ** 2).sum(),
    "a method": lambda x: x.tanh().sum(),
    "an ellipsis": lambda x: x[..., 0] * x[1],
    "joined conditions": lambda x: np.sum(np.where((x > 0) & ~np.isnan(x) | (x < -1), x * x, -x)),
    "np.logical_not": lambda x: np.where(np.logical_not(x > 1.5), x * x, -x).sum(),
    "np.any": lambda x: np.where(np.any(x > 3), x.sum(), x[0]) ** 2,
    "conditions as floats": lambda x: np.sum((x > 1.5).astype(float) * x * x),
    "astype": lambda x: x.astype(float) @ x,
    "np.diag": lambda x: np.sum(np.exp(np.diag(x)) @ x),
    "np.vectorize": lambda x: np.sum(np.vectorize(lambda number: number * number)(x)) ** 2,
}
each_way = pytest.mark.parametrize("function", APART.values(), ids=APART)


@each_way
def test_a_function_that_takes_its_argument_apart_gets_a_vector(function):
    """Its derivatives are those by a list, and by the numbers one by one."""
    values = [Value(x) for x in X]
    with arrays_as_vectors():
        output = function(np.array(values).view(Vector))
    expected = autograd.gradients(output, values)
    value, slopes = value_and_grad(function)(X)
    assert type(slopes) is np.ndarray
    assert (value, slopes.tolist()) == (output.data, expected)
    direction = np.array([1.0, -2.0, 0.5])
    assert jvp(function, (X,), (direction,))[1] == pytest.approx(slopes @ direction, rel=1e-14)
    assert vjp(function, X)[1](1.0)[0].tolist() == expected
    assert hessian(function)(X) == pytest.approx(jacobian(grad(function))(X))
    assert gradcheck(function, X)


@pytest.mark.parametrize("name", sorted(APART.keys() - {"of data", "a mask"}))
def test_points_in_rows_are_each_a_point(name):
    function = APART[name]
    rows = np.array([X, X[::-1], X * 0.5])
    slopes = grad(function)(rows)
    assert slopes.shape == rows.shape
    for row, slope in zip(rows, slopes, strict=True):
        assert slope == pytest.approx(grad(function)(row), rel=1e-12)


def caught(x):
    try:
        return x[0] * len(x)
    except TypeError:
        return x


def asked(x):
    return x[0] ** 2 if hasattr(x, "shape") else x


@pytest.mark.parametrize(("function", "expected"), [(caught, [3.0, 0, 0]), (asked, [2.0, 0, 0])])
def test_a_function_that_catches_the_error_gets_a_vector_too(function, expected):
    assert grad(function)(X).tolist() == expected


def test_lists_stay_lists_and_arrays_may_be_anywhere():
    given = {"w": np.array([1.0, 2.0]), "rows": [np.array([3.0, 4.0]), [5.0]], "b": (6.0,)}

    def function(p, scale):
        first, [second] = p["rows"]
        assert type(p["rows"]) is list
        return (p["w"] @ first + second * p["b"][0]) * scale

    slopes, by_scale = grad(function, argnums=(0, 1))(given, 2.0)
    assert slopes["w"].tolist() == [6.0, 8.0]
    assert slopes["rows"][0].tolist() == [2.0, 4.0]
    assert (slopes["rows"][1], slopes["b"], by_scale) == ([12.0], (10.0,), 41.0)


def test_columns_and_tables_of_pandas_are_arrays_by_position():
    pandas = pytest.importorskip("pandas")
    column = pandas.Series(X, index=[2, 0, 1])
    assert grad(lambda x: x[0] * x[1])(column).tolist() == [2.0, 1.0, 0.0]
    assert grad(lambda x: x * x)(column).tolist() == [2.0, 4.0, 8.0]
    table = pandas.DataFrame(ROWS, columns=["a", "b"])
    assert grad(lambda x: x[0] * x[1])(table).tolist() == ROWS[:, ::-1].tolist()


TABLE_LOSSES = {
    "a mean": lambda w, table: ((w[0] * table["a"] + w[1] * table["b"] - table["y"]) ** 2).mean(),
    "on the left": lambda w, table: np.mean((table["a"] * w[0] + w[1] - table["y"]) ** 2),
    "a frame": lambda w, table: np.sum((table[["a", "b"]] * w).sum(axis=1) ** 2),
    "a product": lambda w, table: np.sum((table[["a", "b"]] @ w - table["y"]) ** 2),
}


@pytest.mark.parametrize("loss", TABLE_LOSSES.values(), ids=TABLE_LOSSES)
def test_a_loss_over_columns_that_the_function_uses(loss):
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": X, "b": X[::-1] ** 2, "y": [1.0, 0.0, 1.0]}, index=[2, 0, 1])
    w, step = np.array([0.5, -1.0]), 1e-5 * np.eye(2)
    # The difference of a quadratic function is off by rounding alone.
    expected = [(loss(w + d, table) - loss(w - d, table)) / 2e-5 for d in step]
    value, slopes = value_and_grad(lambda w: loss(w, table))(w)
    assert value == pytest.approx(loss(w, table), rel=1e-13)
    assert slopes == pytest.approx(expected, rel=1e-7)
    assert compile(lambda w: loss(w, table))(w) == pytest.approx(value, rel=1e-13)


def test_a_mean_of_a_column_that_holds_values_says_what_to_write():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame(ROWS)
    # Older versions of pandas ask each Value for a float, and get its words.
    with pytest.raises(TypeError, match=r"column.to_numpy\(\)|or x.data for the number"):
        grad(lambda w: (table @ w).mean())(X[:2])


def test_only_what_is_taken_apart_is_a_vector():
    # x is a vector, y has lanes.
    slopes = grad(lambda x, y: x[0] * y * y, argnums=(0, 1))(np.array([2.0, 3.0]), X)
    assert slopes[0].tolist() == [[1.0, 0.0], [4.0, 0.0], [16.0, 0.0]]
    assert slopes[1].tolist() == [4.0, 8.0, 16.0]
    # x is a vector, and so must be what meets it element by element.
    slopes = grad(lambda x, y: np.sum(x * 3) + np.prod(x * y), argnums=(0, 1))(X, X)
    assert slopes[0].tolist() == [3 + 64.0, 3 + 32.0, 3 + 16.0]
    assert slopes[1].tolist() == [64.0, 32.0, 16.0]


# A point is a matrix

MATRICES = {
    "x[i, j]": lambda x: x[2, 0] * x[0, 1] ** 2,
    "x[i][j]": lambda x: x[2][0] * x[0][1] ** 2,
    "loops": lambda x: sum(number for row in x for number in row) * x[2, 0],
    "axes": lambda x: np.prod(np.sum(x, axis=1)),
    "a column": lambda x: np.prod(x[:, 1]),
    "a product": lambda x: np.sum((x @ np.array([1.0, -1.0]) - X) ** 2),
    "a trace": lambda x: np.trace(x @ x.T),
    "shape[1]": lambda x: np.sum(x * x) * x.shape[1],
    "a product of an array": lambda x: np.sum(X.dot(x) ** 2),
    "reshape": lambda x: np.prod(x.reshape(2, 3) @ X),
    "einsum": lambda x: np.einsum("ij,ij->", x, x),
    "a norm of a matrix": lambda x: np.linalg.norm(x, "fro") ** 2,
    "a diagonal": lambda x: np.prod(x.diagonal()),
    "a method with an axis": lambda x: np.sum((x - x.mean(axis=1, keepdims=True)) ** 2 * x),
}


@pytest.mark.parametrize("function", MATRICES.values(), ids=MATRICES)
def test_rows_that_are_taken_apart_again_are_a_matrix(function):
    value, slopes = value_and_grad(function)(ROWS)
    assert np.shape(value) == ()
    for index in np.ndindex(*ROWS.shape):
        step = np.zeros_like(ROWS)
        step[index] = 1e-5
        difference = (function(ROWS + step) - function(ROWS - step)) / 2e-5
        # The difference is off by step**2 times a third derivative of less than 1000.
        assert slopes[index] == pytest.approx(difference, rel=1e-6, abs=1e-6)
    assert hessian(function)(ROWS).shape == (3, 2, 3, 2)
    assert gradcheck(function, ROWS)


def test_rows_that_are_no_matrix_either_raise_what_they_raised_as_points():
    for transform in (grad, autograd.compile):
        with pytest.raises(ValueError, match="cannot reshape array of size 2"):
            transform(lambda x: x.reshape(5))(ROWS)


def test_rows_beside_a_single_point_are_one_matrix():
    def decay(p):
        return np.sum(p["W"] ** 2) + np.sum(p["b"] ** 2)

    value, slopes = value_and_grad(decay)({"W": ROWS, "b": X})
    assert value == (ROWS**2).sum() + (X**2).sum()
    assert slopes["W"].tolist() == (2 * ROWS).tolist()
    assert slopes["b"].tolist() == (2 * X).tolist()


# What can not be one is refused


def filled_with_values(x):
    squares = np.zeros(len(x))
    for i, number in enumerate(x):
        squares[i] = number * number
    return squares.sum()


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: grad(lambda x: x[0])(2.0), "not a single Value"),
        (lambda: grad(lambda x: x[0][1])(X), "not a single Value"),
        (lambda: grad(lambda x: x[0])(Value(X)), r"lanes, of shape \(3,\), are numbers of their"),
        (lambda: grad(lambda x: x * np.sum(Value(X)))(1.0), r"lanes, of shape \(3,\)"),
        (lambda: grad(lambda x: x[:2] * 2)(X), "return a number, or use jacobian"),
        (lambda: jvp(sum, (X,), (np.ones(2),)), "does not fit an array of shape"),
        (lambda: jvp(sum, (X,), ([1.0, 1.0, 1.0],)), "a tangent for each primal"),
        (lambda: vjp(lambda x: x[:2], X)[1](np.ones(3)), "does not fit an array of shape"),
        (lambda: vjp(lambda x: [x[0]], X)[1](1.0), "a cotangent for each output"),
        (lambda: grad(lambda x: x * x, has_aux=True)(2.0), "returns a pair"),
        (lambda: grad(np.linalg.det)(np.eye(2)), r"numpy.linalg.det\(\) computes with floats"),
        (lambda: grad(lambda x: np.linalg.inv(np.diag(x))[0, 0])(X), r"numpy.linalg.inv\(\) comp"),
        (
            lambda: grad(lambda x: np.abs(np.fft.fft(x))[0])(X),
            r"numpy.fft.fft\(\) computes with fl",
        ),
        (
            lambda: grad(lambda x: np.quantile(x, 0.3))(X),
            # Older versions of NumPy come as far as a ufunc.
            r"numpy.quantile\(\) computes with floats|numpy.subtract\(\) takes no where=",
        ),
        (lambda: grad(filled_with_values)(X), r"numpy.zeros\(n, dtype=object\)"),
        (lambda: compile(filled_with_values)(X), r"numpy.zeros\(n, dtype=object\)"),
        (lambda: grad(lambda x: np.asarray(x, dtype=float) @ x)(X), r"dtype=object\)"),
        (lambda: grad(lambda x: x[x > 2].sum())(ROWS), "which numbers a mask chooses differs"),
        (lambda: compile(lambda x: x[x > 2].sum())(X), "which numbers a mask chooses differs"),
        (lambda: compile(lambda x, i: x[i])(X, np.array([0])), "let the function use it"),
        (lambda: compile(lambda x: np.sort(x)[0])(X), r"test_points.py, .*np.sort\(x\)"),
        (
            lambda: compile(lambda x: np.nansum(x))(X),
            r"numpy.nansum\(\) computes with floats alone",
        ),
    ],
)
def test_what_fits_nowhere_is_refused_in_words(mistake, words):
    with pytest.raises((TypeError, ValueError), match=words):
        mistake()


# Derivatives of derivatives, and Values from outside


# Some derivatives of these depend on no input, and yet there is one for each row.
OF_A_VECTOR = {
    "a line": lambda p: p[0] - 3 * p[1],
    "a sum": lambda p: p.sum(),
    "a line and a square": lambda p: p[0] ** 2 - p[1],
    "a product": lambda p: p[0] * p[1],
    "a constant": lambda p: 7.0 * len(p),
}
TWICE = {
    "hessian": lambda f, x: hessian(f)(x),
    "jacobian of hessian": lambda f, x: jacobian(hessian(f))(x),
    "grad of a sum of grad": lambda f, x: grad(lambda p: sum(grad(f)(p)))(x),
    "jvp of grad, its value": lambda f, x: jvp(grad(f), (x,), (x,))[0],
    "jvp of grad": lambda f, x: jvp(grad(f), (x,), (x,))[1],
    "vjp of grad": lambda f, x: vjp(grad(f), x)[1](np.ones_like(x))[0],
    "hessian of compiled": lambda f, x: hessian(compile(f, backend="python"))(x),
    "compiled hessian": lambda f, x: compile(hessian(f), backend="python")(x),
}


@pytest.mark.parametrize("transform", TWICE.values(), ids=TWICE)
@pytest.mark.parametrize("function", OF_A_VECTOR.values(), ids=OF_A_VECTOR)
def test_derivatives_of_derivatives_in_rows_are_those_of_each_row(function, transform):
    alone = np.array([transform(function, row) for row in ROWS])
    together = transform(function, ROWS)
    assert type(together) is np.ndarray
    np.testing.assert_array_equal(together, alone, strict=True)


def test_a_tangent_has_the_shape_of_its_result_also_where_nothing_depends_on_the_input():
    def function(x):
        return {"constant": np.ones(2), "line": grad(lambda p: p[0] - p[2])(x), "lanes": x * 0}

    values, tangents = jvp(function, (X,), (X,))
    assert {k: x.shape for k, x in tangents.items()} == {k: x.shape for k, x in values.items()}
    assert not any(tangent.any() for tangent in tangents.values())


CONSTANTS = {
    "an array": lambda x: np.array([1.0, 2.0]),
    "of integers": lambda x: np.array([1, 2]),
    "a table": lambda x: np.ones((2, 1)),
    "a column": lambda x: pytest.importorskip("pandas").Series([1.0, 2.0]),
    "a tensor": lambda x: pytest.importorskip("torch").ones(2),
    "nothing": lambda x: np.zeros(0),
    "by shape": lambda x: np.zeros(2 * len(x)),
}


@pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
@pytest.mark.parametrize("transform", [jacobian, hessian])
@pytest.mark.parametrize("function", CONSTANTS.values(), ids=CONSTANTS)
def test_an_array_that_depends_on_nothing_is_a_function_of_a_vector(function, transform, compiled):
    derivative = compile(transform(function)) if compiled else transform(function)
    result = derivative(X)
    own = X.shape if transform is jacobian else X.shape * 2
    assert np.array_equal(result, np.zeros((*function(X).shape, *own))), result


@pytest.mark.parametrize("function", list(CONSTANTS.values())[:-1], ids=list(CONSTANTS)[:-1])
def test_a_compiled_function_returns_an_array_of_constants_of_any_library(function):
    assert np.array_equal(compile(function)(1.0), np.asarray(function(1.0)))


def test_constants_beside_a_function_of_numbers_make_it_one_of_a_vector():
    squares, constants = jacobian(lambda x: [x * x, np.array([1.0, 2.0])])(X)
    assert squares.tolist() == np.diag(2 * X).tolist()
    assert constants.tolist() == np.zeros((2, 3)).tolist()


def test_arguments_of_different_length_are_vectors_where_they_do_not_meet():
    y = np.array([5.0, 6.0])
    (by_x, none), (nothing, by_y) = jacobian(lambda x, y: [2 * x, 3 * y], (0, 1))(X, y)
    assert (by_x.tolist(), none.shape, none.any()) == ((2 * np.eye(3)).tolist(), (3, 2), False)
    assert (by_y.tolist(), nothing.shape, nothing.any()) == (
        (3 * np.eye(2)).tolist(),
        (2, 3),
        False,
    )
    constant = jacobian(lambda x, y: np.array([1.0, 2.0]), (0, 1))(X, y)
    assert [part.tolist() for part in constant] == [np.zeros((2, 3)).tolist(), [[0, 0], [0, 0]]]
    slopes = grad(lambda x, y: x * x, (0, 1))(X, y)
    assert [slope.tolist() for slope in slopes] == [(2 * X).tolist(), np.zeros((3, 2)).tolist()]


BESIDE_NUMBERS = {
    "an item": lambda x: np.array([1.0, x])[1] * x,
    "a product": lambda x: np.dot(np.array([1.0, x]), np.array([3.0, x])),
    "a matrix": lambda x: (np.array([[1.0, x], [x, 2.0]]) @ np.array([1.0, x])).sum(),
    "in an inner transform": lambda x: grad(lambda y: np.array([1.0, y])[1] * y * y)(x),
}


@pytest.mark.parametrize("function", BESIDE_NUMBERS.values(), ids=BESIDE_NUMBERS)
def test_a_number_in_an_array_of_others_stays_one(function):
    """NumPy asks it for its length, as it asks a vector."""
    each = [(function(x), grad(function)(x)) for x in X.tolist()]
    values, slopes = map(list, zip(*each, strict=True))
    for transform in (value_and_grad, lambda f: compile(value_and_grad(f))):
        value, slope = transform(function)(X)
        assert (value.tolist(), slope.tolist()) == (values, slopes)
    assert compile(function)(X).tolist() == values


def test_items_of_an_array_are_those_of_each_row():
    rows = np.array([X, 2 * X])
    assert compile(lambda x: np.array([x[0], x[1]]).sum())(rows).tolist() == [3.0, 6.0]


def test_transforms_in_one_another():
    assert grad(lambda x: np.sum(grad(lambda y: np.sum(y**3))(x)))(X).tolist() == (6 * X).tolist()
    assert grad(grad(lambda x: x**3))(X).tolist() == (6 * X).tolist()
    inner = grad(lambda x: np.sum(grad(lambda y: np.sum(y * y * x))(X)))
    assert inner(X).tolist() == (2 * X).tolist()
    assert jacobian(grad(lambda x: np.prod(x)))(X).tolist() == [[0, 4, 2], [4, 0, 1], [2, 1, 0]]


def test_arrays_of_values_from_outside():
    w = Value(3.0)
    slopes = grad(lambda x: x[0] * x[1])(np.array([w, 2.0]))
    assert [getattr(x, "data", x) for x in slopes] == [2.0, 3.0]
    loss = np.sum(grad(lambda x: w * np.sum(x**2))(X))
    loss.backward()
    assert w.grad == 14.0


def test_within_no_grad_a_vector_is_one():
    def function(x):
        with no_grad():
            total = np.sum(x * x)
        return total * x[0]

    with no_grad():
        assert grad(function)(X).tolist() == [21.0, 0.0, 0.0]


# vjp and jvp, the Jacobian, and its transpose


@settings(max_examples=25)
@given(x=arrays(float, 3, elements=numbers), t=arrays(float, 3, elements=numbers))
def test_vjp_and_jvp_are_products_with_the_jacobian(x, t):
    def function(x):
        return np.array([x[0] * x[1], np.exp(x[2]), x[0], x[1] ** 2 - x[2]])

    rows = jacobian(function)(x)
    assert rows.shape == (4, 3)
    result, pull_back = vjp(function, x)
    expected = [float(y) for y in (x[0] * x[1], np.exp(x[2]), x[0], x[1] ** 2 - x[2])]
    assert result == pytest.approx(expected, rel=1e-15)
    weights = np.array([1.0, -2.0, 0.5, 3.0])
    assert pull_back(weights)[0] == pytest.approx(weights @ rows, rel=1e-13, abs=1e-13)
    assert pull_back(weights)[0].tolist() == pull_back(weights)[0].tolist()
    assert jvp(function, (x,), (t,))[1] == pytest.approx(rows @ t, rel=1e-13, abs=1e-13)


def test_vjp_of_structures_and_of_several_arguments():
    result, pull_back = vjp(lambda x, p: {"a": x * p["y"], "b": [x, x]}, 2.0, {"y": 5.0})
    assert result == {"a": 10.0, "b": [2.0, 2.0]}
    assert pull_back({"a": 1.0, "b": [10.0, 100.0]}) == (115.0, {"y": 2.0})
    assert vjp(lambda x: 7.0, 2.0)[1](1.0) == (0,)
    w = Value(3.0)
    vjp(lambda x: w * x * x, 2.0)[1](1.0)[0].backward()
    assert w.grad == 4.0


def test_vjp_adds_up_what_lanes_share():
    _, pull_back = vjp(lambda w, x: w * x + 1, 2.0, X)
    by_w, by_x = pull_back(np.array([1.0, 10.0, 100.0]))
    assert by_w == 1.0 + 20.0 + 400.0
    assert by_x.tolist() == [2.0, 20.0, 200.0]
    _, pull_back = vjp(lambda p: p[0] * X + p[1], np.array([1.0, 1.0]))
    assert pull_back(1.0)[0].tolist() == [7.0, 3.0]


def test_few_inputs_of_many_outputs_are_differentiated_forward(monkeypatch):
    """In time that grows with the number of outputs, and not with its square."""
    visited = []

    def counting(walk):
        def counted(order, *args, **options):
            visited.append(len(order))
            return walk(order, *args, **options)

        return counted

    monkeypatch.setattr(graph, "sweep", counting(graph.sweep))
    monkeypatch.setattr(graph, "push", counting(graph.push))

    def powers(x, count):
        outputs = [x]
        while len(outputs) < count:
            outputs.append(outputs[-1] * x)
        return outputs

    assert jacobian(powers)(1.0, 200) == [1, *range(2, 201)]
    assert sum(visited) <= 200
    visited.clear()
    assert jacobian(lambda x: [x[0] * x[1], x[1] * x[2], x[2], x[0]])([1.0, 2.0, 3.0])
    assert sum(visited) == 2, "four outputs that share nothing were not taken one by one"


KINKS = [autograd.relu, autograd.abs, autograd.sqrt, lambda x: autograd.maximum(x, 0.0)]


@pytest.mark.parametrize("function", [*KINKS, lambda x: autograd.where(x > 0, autograd.log(x), x)])
@pytest.mark.parametrize("number", [0.0, -0.0, 1.0, np.inf, np.nan])
def test_both_directions_give_the_same_numbers_at_kinks(function, number):
    def chain(x):
        y = function(x) * 3.0
        return [y, y * y, y + x, y - x]

    forward = jacobian(chain)(number)
    in_reverse = [grad(lambda x, i=i: chain(x)[i])(number) for i in range(4)]
    assert np.array_equal(forward, in_reverse, equal_nan=True)


def test_the_hessian_of_several_outputs():
    def function(x):
        return np.array([x[0] ** 2 * x[1], x[1] ** 3])

    expected = [[[4.0, 2.0], [2.0, 0.0]], [[0.0, 0.0], [0.0, 12.0]]]
    assert hessian(function)(np.array([1.0, 2.0])).tolist() == expected
    assert hessian(lambda x: list(function(x)))([1.0, 2.0]) == expected
    assert hessian(lambda x: {"a": x**3, "b": [x, 1.0]})(2.0) == {"a": 12.0, "b": [0, 0]}


def test_what_else_is_returned_is_passed_on():
    def function(x):
        return x @ x, {"twice": 2 * x, "first": x[0], "name": "squares"}

    def check(aux):
        assert aux["twice"].tolist() == [2.0, 4.0, 8.0]
        assert (aux["first"], aux["name"]) == (1.0, "squares")

    slopes, aux = grad(function, has_aux=True)(X)
    assert slopes.tolist() == [2.0, 4.0, 8.0]
    check(aux)
    (value, aux), slopes = value_and_grad(function, has_aux=True)(X)
    assert (value, slopes.tolist()) == (21.0, [2.0, 4.0, 8.0])
    check(aux)
    rows, aux = jacobian(function, has_aux=True)(X)
    assert rows.tolist() == [2.0, 4.0, 8.0]
    check(aux)
    bends, aux = hessian(function, has_aux=True)(X)
    assert bends.tolist() == np.diag([2.0, 2.0, 2.0]).tolist()
    check(aux)
    value, tangent, aux = jvp(function, (X,), (X,), has_aux=True)
    assert (value, tangent) == (21.0, 42.0)
    check(aux)
    value, pull_back, aux = vjp(function, X, has_aux=True)
    assert (value, pull_back(1.0)[0].tolist()) == (21.0, [2.0, 4.0, 8.0])
    check(aux)


def test_what_else_is_returned_is_a_value_where_it_depends_on_one_from_outside():
    w = Value(3.0)
    _, (product, square) = grad(lambda x: (x, (w * x, x * x)), has_aux=True)(2.0)
    product.backward()
    assert (w.grad, square) == (2.0, 4.0)
