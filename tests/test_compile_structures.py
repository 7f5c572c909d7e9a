"""Arguments and outputs of any structure; what the gradient is of, and what it looks like."""

from collections import Counter, OrderedDict, defaultdict, namedtuple

import numpy as np
import pytest
from test_compile_checker import Expected, assert_close
from witnesses import extrapolated_difference, same_number

from autograd import Value, compile, dot, exp, maximum, sin, tanh
from autograd import sum as total
from autograd.numbers.nested import leaves, rebuild

Point = namedtuple("Point", "x y")

SMALL = 0.5
ROW = [0.25, -1.5, 2.0]


def all_of(*args):
    """Each number counts with another weight, wherever it stands."""
    numbers = leaves(list(args))
    return sin(dot(numbers, [0.5 + i for i in range(len(numbers))])) + numbers[0] * numbers[-1]


ARGUMENTS = {
    "a number": (0.5,),
    "two numbers": (0.5, -1.5),
    "a list": ([0.5, -1.5, 2.0],),
    "a tuple": ((0.5, -1.5),),
    "a namedtuple": (Point(0.5, -1.5),),
    "a dict": ({"w": 0.5, "b": -1.5},),
    "a list of lists": ([[0.5, -1.5], [2.0, 0.25]],),
    "everything": ({"w": [0.5, (-1.5, Point(2.0, 0.25))], "b": -0.75}, [], 1.25),
    "a list of one": ([0.5],),
    "an int": (3, -2),
    "a bool": (True, 0.5),
    "NumPy's numbers": (np.float64(0.5), np.float32(-1.5), np.int64(3), np.bool_(True)),
    "an array of one number": (np.array(0.5), -1.5),
}

every_structure = pytest.mark.parametrize("args", ARGUMENTS.values(), ids=ARGUMENTS)


def by_hand(numbers):
    """The value and the derivatives of `all_of`."""
    weights = [0.5 + i for i in range(len(numbers))]
    angle = sum(w * x for w, x in zip(weights, numbers, strict=True))
    value = np.sin(angle) + numbers[0] * numbers[-1]
    slopes = [w * np.cos(angle) for w in weights]
    slopes[0] += numbers[-1]
    slopes[-1] += numbers[0]
    return [Expected(x, 1e-14) for x in (value, *slopes)]


@every_structure
def test_numbers_in_any_structure(args, backend):
    fast = compile(all_of, backend=backend)
    numbers = [float(x) for x in leaves(list(args))]
    value, gradient = fast.value_and_grad(*args)
    assert_close([value, *leaves(gradient)], by_hand(numbers), f"all_of{args}")
    assert fast(*args) == value


@every_structure
def test_the_gradient_has_the_structure_of_the_arguments(args, backend):
    gradient = compile(all_of, backend=backend).value_and_grad(*args)[1]
    expected = args if len(args) > 1 else args[0]
    assert repr(rebuild(gradient, ["-"] * len(leaves(gradient)))) == repr(
        rebuild(expected, ["-"] * len(leaves(expected)))
    )


@every_structure
def test_lanes_in_the_place_of_any_number(args, backend):
    fast = compile(all_of, reduce="sum", backend=backend)
    numbers = [float(x) for x in leaves(list(args))]
    rows = [[x + 0.125 * lane for x in numbers] for lane in range(3)]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    given = rebuild(list(args), columns)
    outputs = fast(*given)
    gradient = leaves(fast.value_and_grad(*given)[1])
    for lane, row in enumerate(rows):
        found = [outputs[lane], *[column[lane] for column in gradient]]
        assert_close(found, by_hand(row), f"lane {lane}: {row}")


def table(kind, rows):
    return np.array(rows, dtype=kind)


TABLES = {
    "an array of (lanes, features)": table(float, [[1, 2, 3], [4, 5, -6]]),
    "integers": table(int, [[1, 2, 3], [4, 5, -6]]),
    "single precision": table(np.float32, [[1, 2, 3], [4, 5, -6]]),
    "column by column in memory": np.asfortranarray(table(float, [[1, 2, 3], [4, 5, -6]])),
    "every other row and column": np.arange(24.0).reshape(4, 6)[::2, ::-2],
    "read-only": np.broadcast_to(np.array([1.0, -2.0, 3.0]), (2, 3)),
    "bools": np.array([[True, False, True], [False, True, True]]),
}


@pytest.mark.parametrize("array", TABLES.values(), ids=TABLES)
def test_tables_of_lanes_and_features(array, backend):
    """The function sees a list of features: it indexes, iterates and counts them."""

    def function(features, shared):
        first, *rest = features
        return first * features[-1] + total(rest) * shared / len(features)

    fast = compile(function, reduce="sum", backend=backend)
    assert fast(array, 6.0).tolist() == [r[0] * r[2] + (r[1] + r[2]) * 2.0 for r in array * 1.0]
    value, (gradient, shared) = fast.value_and_grad(array, 6.0)
    assert value == sum(r[0] * r[2] + (r[1] + r[2]) * 2.0 for r in array * 1.0)
    assert gradient.tolist() == [[r[2], 2.0, r[0] + 2.0] for r in array * 1.0]
    assert shared == pytest.approx((array[:, 1:] * 1.0).sum() / 3, rel=1e-15)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int32, np.uint8, np.bool_])
def test_columns_of_any_type_and_stride(kind, backend):
    column = np.array([[200, 9], [0, 9], [1, 9]]).astype(kind)[:, 0]
    fast = compile(lambda x: x * x * x * 1e-3 + x, backend=backend)
    # In doubles, whatever was given: neither overflow nor single precision.
    expected = [float(x) * float(x) * float(x) * 1e-3 + float(x) for x in column]
    assert fast(column).tolist() == pytest.approx(expected, rel=1e-15)
    assert fast(column[::-2]).tolist() == pytest.approx(expected[::-2], rel=1e-15)
    assert fast(column).dtype == np.float64


def test_several_structures_with_one_function(backend):
    fast = compile(all_of, backend=backend)
    results = [fast(0.5, 1.5), fast([0.5, 1.5]), fast({"a": 0.5}, (1.5,)), fast(0.5, 1.5)]
    assert results == [results[0]] * 4
    lanes = fast(np.array([0.5, 0.5]), 1.5)
    assert lanes == pytest.approx([results[0]] * 2, rel=1e-15)
    assert fast(0.5, 1.5, 2.5) != results[0]
    # Dicts of other keys are other structures, of which the function may do something else.
    pick = compile(lambda d: d.get("a", 7) * 2, backend=backend)
    assert (pick({"a": 1.0}), pick({"b": 1.0}), pick({"b": 1.0, "a": 3.0})) == (2.0, 14, 6.0)


OUTPUTS = {
    "a list": lambda x, y: [x + y, x * y],
    "a tuple": lambda x, y: (x + y, x * y),
    "a namedtuple": lambda x, y: Point(x + y, x * y),
    "a dict": lambda x, y: {"sum": x + y, "product": [x * y]},
    "the argument itself": lambda x, y: (y, x),
    "the same twice": lambda x, y: [x * y] * 2,
    "a constant": lambda x, y: (x * y, 7, 0.5),
    "a shared one": lambda x, y: (x * y, y * y),
    "nothing": lambda x, y: [],
    "Values that depend on nothing": lambda x, y: (Value(2.0) * 3, x),
}


@pytest.mark.parametrize("function", OUTPUTS.values(), ids=OUTPUTS)
def test_outputs_of_any_structure(function, backend):
    fast = compile(function, backend=backend)

    def plain(output):
        return rebuild(output, [getattr(x, "data", x) for x in leaves(output)])

    assert fast(3.0, 5.0) == plain(function(3.0, 5.0))
    found = fast(np.array([3.0, -4.0]), 5.0)
    for lane, x in enumerate([3.0, -4.0]):
        assert all(number.shape == (2,) for number in leaves(found))
        picked = rebuild(found, [float(number[lane]) for number in leaves(found)])
        assert picked == plain(function(x, 5.0))


@pytest.mark.parametrize("reduce", ["mean", "sum"])
def test_constant_derivatives_have_the_shape_of_their_argument(reduce, backend):
    fast = compile(lambda x, y, z: 3 * x - y, reduce=reduce, backend=backend)
    value, gradient = fast.value_and_grad(np.full(4, 2.0), 1.0, np.zeros(4))
    count = 4 if reduce == "sum" else 1
    assert value == 5.0 * count
    assert [np.shape(x) for x in gradient] == [(4,), (), (4,)]
    assert gradient[0].tolist() == [3.0 * count / 4] * 4
    assert gradient[1] == -1.0 * count
    assert gradient[2].tolist() == [0.0] * 4


def smooth(x, shared, features):
    return tanh(x * shared + features[0]) * exp(features[1] * 0.25) + maximum(x, -9.0) * shared


@pytest.mark.parametrize("reduce", ["mean", "sum"])
def test_the_gradient_is_that_of_the_returned_value(reduce, backend):
    """Finite differences of the compiled value itself, in each lane and in what they share."""
    fast = compile(smooth, reduce=reduce, backend=backend)

    def value(*numbers):
        x, features = np.array(numbers[:3]), np.array(numbers[4:]).reshape(3, 2)
        return float(fast.value_and_grad(x, numbers[3], features)[0])

    numbers = (0.3, -0.7, 1.1, 0.6, 0.2, -0.4, 1.3, 0.9, -1.2, 0.1)
    x, features = np.array(numbers[:3]), np.array(numbers[4:]).reshape(3, 2)
    gradient = fast.value_and_grad(x, numbers[3], features)[1]
    found = [*gradient[0], gradient[1], *gradient[2].ravel()]
    for position, derivative in enumerate(found):
        expected, budget = extrapolated_difference(value, numbers, position)
        assert abs(derivative) > 1e-3, f"number {position} has hardly any influence"
        assert same_number(derivative, expected, budget), (
            f"number {position}: {derivative}, finite difference {expected} (below {budget})"
        )


def test_reduce_without_lanes(backend):
    for reduce in ("mean", "sum"):
        fast = compile(lambda x: x * x, reduce=reduce, backend=backend)
        assert fast.value_and_grad(3.0) == (9.0, 6.0), f"reduce={reduce!r}"


ARITHMETIC = {
    "x * 2": lambda x: x * 2,
    "2 * x": lambda x: 2 * x,
    "x * w": lambda x: x * Value(2.0),
    "x + 1": lambda x: x + 1,
    "1 + x": lambda x: 1 + x,
    "x - 1": lambda x: x - 1,
    "x / 2": lambda x: x / 2,
    "x ** 2": lambda x: x**2,
    "-x": lambda x: -x,
    "x @ w": lambda x: x @ [1.0, 2.0],
    "w @ x": lambda x: [1.0, 2.0] @ x,
}


@pytest.mark.parametrize("function", ARITHMETIC.values(), ids=ARITHMETIC)
def test_a_list_is_no_number(function, backend):
    """It would be repeated, silently."""
    with pytest.raises(
        TypeError, match=r"as a list of numbers: write x\[0\].*for lanes give an ar"
    ):
        compile(function, backend=backend)([1.0, 2.0])


@pytest.mark.parametrize("function", ARITHMETIC.values(), ids=ARITHMETIC)
def test_arithmetic_on_points_in_rows(function, backend):
    rows = np.array([[1.0, -2.0], [3.0, 0.5], [-1.5, 4.0]])
    found = compile(function, backend=backend)(rows)
    plain = [result.data if isinstance(result, Value) else result for result in map(function, rows)]
    assert found.tolist() == np.array(plain).tolist()


def test_a_list_that_is_returned_is_a_list(backend):
    fast = compile(lambda x: (x, {"again": x}), backend=backend)
    given = [1.0, 2.0]
    assert [type(part) for part in (fast(given)[0], fast(given)[1]["again"])] == [list, list]
    assert fast(given)[0] * 2 == [1.0, 2.0, 1.0, 2.0]


class Named(dict):
    """A dict of one's own."""


DICTS = {
    "OrderedDict": OrderedDict(w=2.0, b=3.0),
    "defaultdict": defaultdict(float, w=2.0, b=3.0),
    "defaultdict without": defaultdict(None, w=2.0, b=3.0),
    "Counter": Counter(w=2, b=3),
    "of one's own": Named(w=2.0, b=3.0),
}


@pytest.mark.parametrize("given", DICTS.values(), ids=DICTS)
def test_dicts_of_other_types(given, backend):
    seen = []
    fast = compile(lambda p, x: seen.append(type(p)) or p["w"] * x + p["b"], backend=backend)
    assert fast(given, 4.0) == 11.0
    assert seen == [type(given)]
    _, (gradient, _) = fast.value_and_grad(given, 4.0)
    assert type(gradient) is type(given)
    assert gradient == {"w": 4.0, "b": 1.0}
    assert getattr(gradient, "default_factory", 0) is getattr(given, "default_factory", 0)
    assert type(compile(lambda p: p, backend=backend)(given)) is type(given)
