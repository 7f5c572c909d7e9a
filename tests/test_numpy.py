"""NumPy's functions and operators on Values and on arrays of them."""

import copy
import operator
import pickle
from collections.abc import Iterable

import numpy as np
import pytest

import autograd
from autograd import Value, gradients
from autograd.vectors.points import Noting, TakenApart
from autograd.vectors.vector import Vector

# NumPy's function, ours, and numbers in the domain of both.
FUNCTIONS = {
    "exp": (np.exp, autograd.exp, (0.5,)),
    "expm1": (np.expm1, autograd.expm1, (0.5,)),
    "log": (np.log, autograd.log, (0.5,)),
    "log1p": (np.log1p, autograd.log1p, (0.5,)),
    "sqrt": (np.sqrt, autograd.sqrt, (0.5,)),
    "sin": (np.sin, autograd.sin, (0.5,)),
    "cos": (np.cos, autograd.cos, (0.5,)),
    "tan": (np.tan, autograd.tan, (0.5,)),
    "arcsin": (np.arcsin, autograd.asin, (0.5,)),
    "arccos": (np.arccos, autograd.acos, (0.5,)),
    "arctan": (np.arctan, autograd.atan, (0.5,)),
    "sinh": (np.sinh, autograd.sinh, (0.5,)),
    "cosh": (np.cosh, autograd.cosh, (0.5,)),
    "tanh": (np.tanh, autograd.tanh, (0.5,)),
    "arcsinh": (np.arcsinh, autograd.asinh, (0.5,)),
    "arccosh": (np.arccosh, autograd.acosh, (1.5,)),
    "arctanh": (np.arctanh, autograd.atanh, (0.5,)),
    "abs": (np.abs, autograd.abs, (-0.5,)),
    "fabs": (np.fabs, autograd.abs, (-0.5,)),
    "negative": (np.negative, autograd.neg, (0.5,)),
    "positive": (np.positive, autograd.pos, (0.5,)),
    "square": (np.square, lambda x: x * x, (0.5,)),
    "reciprocal": (np.reciprocal, lambda x: 1 / x, (0.5,)),
    "radians": (np.radians, lambda x: x * (np.pi / 180), (90.0,)),
    "degrees": (np.degrees, lambda x: x * (180 / np.pi), (0.5,)),
    "add": (np.add, operator.add, (0.5, 2.0)),
    "subtract": (np.subtract, operator.sub, (0.5, 2.0)),
    "multiply": (np.multiply, operator.mul, (0.5, 2.0)),
    "divide": (np.divide, operator.truediv, (0.5, 2.0)),
    "floor_divide": (np.floor_divide, operator.floordiv, (2.5, 2.0)),
    "mod": (np.mod, operator.mod, (2.5, 2.0)),
    "power": (np.power, operator.pow, (0.5, 2.0)),
    "arctan2": (np.arctan2, autograd.atan2, (0.5, 2.0)),
    "hypot": (np.hypot, autograd.hypot, (0.5, 2.0)),
    "logaddexp": (np.logaddexp, autograd.logaddexp, (0.5, 2.0)),
    "maximum": (np.maximum, autograd.maximum, (0.5, 0.5)),
    "minimum": (np.minimum, autograd.minimum, (0.5, 0.5)),
    "where": (
        lambda x, y: np.where(x > 1, x, y),
        lambda x, y: autograd.where(x > 1, x, y),
        (0.5, 2.0),
    ),
    "clip": (
        lambda x: np.clip(x, 0.0, 1.0),
        lambda x: autograd.minimum(autograd.maximum(x, 0.0), 1.0),
        (1.0,),
    ),
}
each_function = pytest.mark.parametrize(
    ("of_numpy", "ours", "numbers"), FUNCTIONS.values(), ids=FUNCTIONS
)


def outcome(function, numbers):
    """The result and its derivatives."""
    values = [Value(x) for x in numbers]
    result = function(*values)
    return result.data, gradients(result, values)


@each_function
def test_a_function_of_numpy_is_ours(of_numpy, ours, numbers):
    assert outcome(of_numpy, numbers) == outcome(ours, numbers)


@each_function
def test_it_goes_element_by_element_through_vectors(of_numpy, ours, numbers):
    """With the same results at ties, too, where NumPy would take one of the two."""

    def of_vectors(*values):
        vectors = [np.array([Value(x.data), x]).view(Vector) for x in values]
        return of_numpy(*vectors)[1]

    assert outcome(of_vectors, numbers) == outcome(ours, numbers)


@each_function
def test_it_goes_over_lanes(of_numpy, ours, numbers):
    result, slopes = outcome(of_numpy, [np.full(2, x) for x in numbers])
    expected, right = outcome(ours, [np.full(2, x) for x in numbers])
    assert result.tolist() == expected.tolist()
    assert [np.broadcast_to(x, 2).tolist() for x in slopes] == [
        np.broadcast_to(x, 2).tolist() for x in right
    ]


# Those that NumPy itself can compute with any objects; at a tie it takes one of the two.
OF_OTHERS = {"logaddexp", "maximum", "minimum", "clip", "radians", "degrees"}
PLAIN = sorted(FUNCTIONS.keys() - OF_OTHERS)


@pytest.mark.parametrize("name", PLAIN)
def test_it_goes_through_plain_arrays_of_values(name):
    of_numpy, ours, numbers = FUNCTIONS[name]

    def of_arrays(*values):
        return of_numpy(*(np.array([x, x]) for x in values))[1]

    assert outcome(of_arrays, numbers) == outcome(ours, numbers)


OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
    "//": operator.floordiv,
    "%": operator.mod,
}


@pytest.mark.parametrize("symbol", OPERATORS)
@pytest.mark.parametrize(
    "make",
    [
        lambda numbers: np.array([Value(x) for x in numbers]),
        lambda numbers: np.array([Value(x) for x in numbers]).view(Vector),
        lambda numbers: np.array(numbers, dtype=object),
    ],
    ids=["Values", "a vector", "numbers as objects"],
)
def test_an_array_of_objects_meets_a_value_element_by_element(symbol, make):
    operate, numbers = OPERATORS[symbol], [2.5, 4.0]
    value = Value(1.5)
    assert [x.data for x in operate(make(numbers), value)] == [operate(x, 1.5) for x in numbers]
    assert [x.data for x in operate(value, make(numbers))] == [operate(1.5, x) for x in numbers]


@pytest.mark.parametrize("symbol", OPERATORS)
def test_an_array_of_floats_and_a_value_are_lanes(symbol):
    operate, array = OPERATORS[symbol], np.array([2.5, 4.0])
    for result, right in (
        (operate(array, Value(1.5)), operate(array, 1.5)),
        (operate(Value(1.5), array), operate(1.5, array)),
    ):
        assert isinstance(result, Value)
        # NumPy's vector instructions may round a power otherwise.
        assert result.data == pytest.approx(right, rel=1e-15)


SUMMARIES = {
    "sum": np.sum,
    "mean": np.mean,
    "prod": np.prod,
    "var": np.var,
    "std": np.std,
    "max": np.max,
    "min": np.min,
    "norm": np.linalg.norm,
    "dot": lambda x: np.dot(x, x),
    "@": lambda x: x @ x,
    "inner": lambda x: np.inner(x, x),
    "median": np.median,
    "average": lambda x: np.average(x, weights=[1.0, 2.0, 3.0]),
    "trapezoid": np.trapezoid,
    "last of cumsum": lambda x: np.cumsum(x)[-1],
    "last of diff": lambda x: np.diff(x)[-1],
    "a quadratic form": lambda x: x @ np.arange(9.0).reshape(3, 3) @ x,
    "an outer product": lambda x: np.outer(x, x).sum(),
    "a table": lambda x: (x[:, None] - x[None, :] ** 2).sum(axis=1).prod(),
    "kept axes": lambda x: np.sum(x - np.sum(x, keepdims=True)),
    "a polynomial": lambda x: np.polyval(x, 2.0),
    "einsum": lambda x: np.einsum("i,i", x, x),
    "concatenate": lambda x: np.concatenate([x, x[:1]])[3],
    "stack": lambda x: np.stack([x, x]).sum(),
    "filled in": lambda x: filled_in(np.zeros_like(x), x).sum(),
    "in place": lambda x: in_place(x * 1).sum(),
}


def filled_in(array, x):
    array[0] = x[1] ** 2
    array[1:] = x[:2]
    return array


def in_place(x):
    x += 1
    x *= 2
    x[0] -= 3
    return x


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=SUMMARIES)
@pytest.mark.parametrize("kind", [np.ndarray, Vector])
def test_a_summary_of_an_array_of_values(summary, kind):
    """Its derivatives are differences of NumPy's own, which are off by step**2 times f'''."""
    numbers = np.array([1.0, 2.5, 4.0])
    values = [Value(x) for x in numbers]
    result = summary(np.array(values).view(kind))
    assert result.data == pytest.approx(summary(numbers), rel=1e-14)
    for slope, unit in zip(gradients(result, values), np.eye(3), strict=True):
        step = 1e-5 * unit
        difference = (summary(numbers + step) - summary(numbers - step)) / 2e-5
        assert slope == pytest.approx(difference, rel=1e-7, abs=1e-7)


def test_conditions_on_vectors_are_arrays_of_bools():
    x = np.array([Value(1.0), Value(2.0), Value(np.nan)]).view(Vector)
    assert (x > 1).tolist() == [False, True, False]
    assert np.isnan(x).tolist() == [False, False, True]
    assert np.isfinite(x).tolist() == [True, True, False]
    assert [v.data for v in x[x > 1]] == [2.0]


REFUSED = {
    "out": (lambda v, x: np.exp(v, out=np.zeros(())), "can't write Values to an array of float64"),
    "*=": (lambda v, x: operator.imul(np.ones(2), v), "can't write Values to an array of float64"),
    "+= a vector": (lambda v, x: operator.iadd(np.ones(2), x), "can't write Values to an array"),
    "where": (lambda v, x: np.exp(x, where=[True, False]), "takes no where= with Values"),
    "reduce": (lambda v, x: np.add.reduce(v), "numpy.add.reduce() takes a list"),
    "outer": (lambda v, x: np.multiply.outer(v, v), "numpy.multiply.outer() takes a list"),
    "a method of another": (lambda v, x: np.maximum.accumulate(x), "write a loop over them"),
    "no rule": (lambda v, x: np.nextafter(v, 1.0), "numpy.nextafter() has no derivative here"),
    "no rule for vectors": (lambda v, x: np.fmod(x, 1.0), "numpy.fmod() has no derivative here"),
    "matmul": (lambda v, x: np.ones(2) @ v, "x @ y takes a list"),
    "a complex conjugate": (lambda v, x: np.conjugate(v * 1j), "no complex derivative"),
}


@pytest.mark.parametrize(("mistake", "words"), REFUSED.values(), ids=REFUSED)
def test_what_numpy_can_not_do_with_values_is_refused_in_words(mistake, words):
    with pytest.raises(TypeError) as raised:
        mistake(Value(1.0), np.array([Value(1.0), Value(2.0)]).view(Vector))
    assert words in str(raised.value)


def test_an_array_of_values_is_one():
    for values in ([Value(1.0), Value(2.0)], [Value(np.array([1.0, 2.0])), Value(3.0)]):
        array = np.array(values)
        assert array.shape == (2,)
        assert array[0] is values[0]
        assert np.asarray(values[0]).shape == ()


@pytest.mark.parametrize("data", [2.0, np.array([1.0, 2.0])])
def test_a_value_is_no_container(data):
    """Though it has an index and a length, to say what they mean."""
    v = Value(data)
    assert not isinstance(v, Iterable)
    assert bool(v == v) if type(data) is float else True
    for twin in (copy.copy(v), copy.deepcopy(v), pickle.loads(pickle.dumps(v))):
        assert np.array_equal(twin.data, data)
    assert not hasattr(v, "__array__")


APART = {
    "an index": lambda x: x[0],
    "a slice": lambda x: x[1:],
    "setting an item": lambda x: operator.setitem(x, 0, 1.0),
    "len": len,
    "iteration": list,
    "unpacking": lambda x: (lambda a, b: a)(*x),
    "in": lambda x: 5.0 in x,
    "Python's sum": sum,
    "Python's max": max,
    "autograd.sum": autograd.sum,
    "autograd.mean": autograd.mean,
    "autograd.dot": lambda x: autograd.dot(x, [1.0, 2.0]),
    ".sum()": lambda x: x.sum(),
    ".mean()": lambda x: x.mean(),
    ".shape": lambda x: x.shape,
    ".size": lambda x: x.size,
    ".T": lambda x: x.T,
    ".dot": lambda x: x.dot(x),
    ".reshape": lambda x: x.reshape(2, 1),
    ".clip": lambda x: x.clip(0, 1),
    "@": lambda x: x @ x,
    "@ on the left": lambda x: np.ones((2, 2)) @ x,
    "np.sum": np.sum,
    "np.mean": np.mean,
    "np.dot": lambda x: np.dot(x, x),
    "np.linalg.norm": np.linalg.norm,
    "np.concatenate": lambda x: np.concatenate([x, x]),
    "np.cumsum": np.cumsum,
    "np.add.reduce": np.add.reduce,
}


@pytest.mark.parametrize("take", APART.values(), ids=APART)
def test_lanes_that_are_taken_apart_say_so(take):
    x = Value(np.array([1.0, 2.0]))
    with Noting() as notes, pytest.raises(TakenApart, match=r"lanes, of shape \(2,\)") as raised:
        take(x * 3)
    assert raised.value.among([x, Value(1.0)]) == [x]
    assert raised.value in notes


# NumPy takes a single number for an array without axes.
OF_NUMBERS = {"np.sum", "np.mean", "np.dot", "np.linalg.norm", "np.cumsum"}


@pytest.mark.parametrize("name", sorted(APART.keys() - OF_NUMBERS))
def test_a_single_number_that_is_taken_apart_is_refused_in_words(name):
    with Noting() as notes, pytest.raises((TypeError, ValueError)):
        APART[name](Value(2.0))
    assert not notes
