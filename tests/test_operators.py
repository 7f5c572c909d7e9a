"""Operators on Values, and Values among plain numbers, NumPy, sets, sorting and formatting."""

import builtins
import math
import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import Value

floats = st.floats(-1e6, 1e6)


# Operators, on either side of a plain number

ARITHMETIC = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


@pytest.mark.parametrize("symbol", ARITHMETIC)
@given(floats, floats.filter(bool))
def test_operators_compute_what_python_computes(symbol, x, y):
    operate = ARITHMETIC[symbol]
    expected = operate(x, y)
    for result in (operate(Value(x), Value(y)), operate(Value(x), y), operate(x, Value(y))):
        assert result.data == expected
        assert len(result.parents) == 2


@given(st.floats(0.1, 10), st.floats(-5, 5))
def test_powers_compute_what_python_computes(x, y):
    for result in (Value(x) ** Value(y), Value(x) ** y, x ** Value(y)):
        assert result.data == x**y


@pytest.mark.parametrize(
    ("compute", "data", "slope"),
    [
        (lambda x: +x, -7.0, 1),
        (lambda x: -x, 7.0, -1),
        (abs, 7.0, -1),
        (lambda x: x + 2, -5.0, 1),
        (lambda x: 2 + x, -5.0, 1),
        (lambda x: x - 2, -9.0, 1),
        (lambda x: 2 - x, 9.0, -1),
        (lambda x: x * 2, -14.0, 2),
        (lambda x: 2 * x, -14.0, 2),
        (lambda x: x / 2, -3.5, 0.5),
        (lambda x: 14 / x, -2.0, -14 / 49),
        (lambda x: x // 2, -4.0, 0),
        (lambda x: 2 // x, -1.0, 0),
        (lambda x: x % 2, 1.0, 1),
        # 2 % x = 2 - x * floor(2 / x) = 2 - x * (-1)
        (lambda x: 2 % x, -5.0, 1),
        (lambda x: x**2, 49.0, -14),
        (lambda x: x**3, -343.0, 147),
        (lambda x: x**-1, -1 / 7, -1 / 49),
        (lambda x: x**0, 1.0, 0),
    ],
)
def test_operators_at_minus_seven(compute, data, slope):
    x = Value(-7.0)
    y = compute(x)
    y.backward()
    # Each figure is one or two roundings away from the exact one.
    assert y.data == pytest.approx(data, rel=4e-16, abs=0)
    assert x.grad == pytest.approx(slope, rel=4e-16, abs=0)


def test_augmented_assignment_makes_a_new_node():
    x = Value(2.0)
    y = x
    y += 1
    assert y is not x
    assert (x.data, y.parents[0]) == (2.0, x)


@pytest.mark.parametrize(
    "compute",
    [
        lambda x: x + 2,
        lambda x: 2 - x,
        lambda x: x * x,
        lambda x: x**3,
        lambda x: x // 2,
        lambda x: x % 2,
        lambda x: -x,
        abs,
        lambda x: autograd.maximum(x, 4),
        lambda x: autograd.sum([x, 3]),
        lambda x: autograd.dot([x], [3], start=1),
        lambda x: x.relu(),
        lambda x: x.floor(),
    ],
)
def test_integers_stay_integers(compute):
    x = Value(5)
    y = compute(x)
    y.backward()
    assert (type(y.data), type(x.grad)) == (int, int), f"{y.data!r}, {x.grad!r}"


def test_division_of_integers_is_true_division():
    assert (Value(3) / 2).data == 1.5


UNARY = (
    *("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "asinh", "atanh", "sigmoid", "relu", "leaky_relu", "elu"),
    *("softplus", "silu", "gelu", "erf", "sign", "floor", "abs", "acosh"),
)


@pytest.mark.parametrize("name", UNARY)
def test_each_unary_function_is_a_method_too(name):
    number = 1.5 if name == "acosh" else 0.5
    by_method, by_function = getattr(Value(number), name)(), getattr(autograd, name)(Value(number))
    assert by_method.data == by_function.data == getattr(autograd, name)(number)
    assert by_method.rule is by_function.rule
    assert by_method.partials == by_function.partials


def test_methods_take_the_constants_of_the_rule():
    assert Value(-2.0).leaky_relu(slope=0.25).data == -0.5
    assert Value(-2.0).leaky_relu(slope=0.25).partials == (0.25,)


@pytest.mark.parametrize("scalar", [np.float64(2), np.float32(2), np.int64(2), np.int8(2)])
@pytest.mark.parametrize("symbol", ARITHMETIC)
def test_numpy_scalars_on_either_side_are_plain_numbers(symbol, scalar):
    operate = ARITHMETIC[symbol]
    for x, result in (
        (Value(3.0), operate(Value(3.0), scalar)),
        (Value(3.0), operate(scalar, Value(3.0))),
    ):
        assert type(result) is Value, f"{scalar!r} {symbol} {x} made a {type(result).__name__}"
        assert type(result.data) is float
    assert operate(Value(3.0), scalar).data == operate(3.0, 2.0)
    assert operate(scalar, Value(3.0)).data == operate(2.0, 3.0)


@pytest.mark.parametrize("symbol", ARITHMETIC)
def test_arrays_on_either_side_make_one_value_of_lanes(symbol):
    operate, array = ARITHMETIC[symbol], np.array([1.0, 2.0, 4.0])
    for result, expected in (
        (operate(Value(3.0), array), operate(3.0, array)),
        (operate(array, Value(3.0)), operate(array, 3.0)),
    ):
        assert type(result) is Value
        np.testing.assert_array_equal(result.data, expected)


@pytest.mark.parametrize(
    ("given_data", "data"),
    [
        (True, 1),
        (np.int64(2), 2),
        (np.float64(2.5), 2.5),
        (np.float32(2.5), 2.5),
        (np.complex128(2j), 2j),
        (np.array(2.5), 2.5),
        (np.array(2), 2),
    ],
)
def test_wrapped_numbers_are_held_as_plain_ones(given_data, data):
    held = Value(given_data).data
    assert (type(held), held) == (type(data), data)


# What is no number, but many


class Column:
    """A column as pandas has it: it makes way for what has a higher priority, and only then."""

    __pandas_priority__ = 3000

    def __init__(self, numbers):
        self.numbers = numbers

    def _elementwise(self, other):
        if getattr(other, "__pandas_priority__", 0) > self.__pandas_priority__:
            return NotImplemented
        return Column([number * other for number in self.numbers])

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _elementwise
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _elementwise
    __mod__ = __rmod__ = __pow__ = __rpow__ = _elementwise


MANY = {
    "a list": [1.0, 2.0],
    "a list of Values": [Value(1.0), Value(2.0)],
    "a tuple": (1.0, 2.0),
    "a column": Column([1.0, 2.0]),
}


@pytest.mark.parametrize("many", MANY.values(), ids=MANY)
@pytest.mark.parametrize("symbol", [*ARITHMETIC, "**"])
def test_a_value_and_many_numbers_are_refused_in_words(many, symbol):
    operate = {**ARITHMETIC, "**": operator.pow}[symbol]
    for operands in ((Value(3.0), many), (many, Value(3.0))):
        with pytest.raises(TypeError, match=r"one by one: write \[w \* x for x in numbers\]"):
            operate(*operands)


@pytest.mark.parametrize("column", ["Series", "DataFrame", "Index", "array"])
def test_a_column_of_pandas_is_the_array_of_its_numbers(column):
    pandas = pytest.importorskip("pandas")
    numbers = {"a": [1.0, 2.0]} if column == "DataFrame" else [1.0, 2.0]
    column = getattr(pandas, column)(numbers)
    lanes = column.to_numpy()
    assert np.array_equal(Value(column).data, lanes)
    for operate in (*ARITHMETIC.values(), operator.pow):
        for operands, expected in (
            ((Value(3.0), column), (Value(3.0), lanes)),
            ((column, Value(3.0)), (lanes, Value(3.0))),
        ):
            result = operate(*operands)
            assert isinstance(result, Value)
            assert np.array_equal(result.data, operate(*expected).data)


@pytest.mark.parametrize("order", [lambda w, x: w * x, lambda w, x: x * w])
def test_a_column_of_values_is_an_array_of_them(order):
    """By position, whatever its index."""
    pandas = pytest.importorskip("pandas")
    column = pandas.Series([Value(1.0), Value(2.0)], index=[7, 5])
    products = order(Value(3.0), column)
    assert isinstance(products, np.ndarray)
    assert [x.data for x in products] == [3.0, 6.0]


@pytest.mark.parametrize(
    ("numbers", "dtype"), [(["a"], None), (["2020-01-01"], "datetime64[ns]"), ([None], object)]
)
def test_a_column_of_no_numbers_is_refused(numbers, dtype):
    pandas = pytest.importorskip("pandas")
    column = pandas.Series(numbers, dtype=dtype)
    with pytest.raises(TypeError):
        column * Value(2.0)
    with pytest.raises(TypeError, match="the lanes of a Value are numbers"):
        Value(column)


def test_what_the_words_say_is_right():
    w, numbers = Value(3.0), [1.0, 2.0]
    assert [(w * x).data for x in numbers] == (w * np.array(numbers)).data.tolist() == [3.0, 6.0]


@pytest.mark.parametrize("repeated", ["ab", b"ab", bytearray(b"ab"), MANY["a list"]])
def test_a_value_is_no_count(repeated):
    for mistake in (lambda: repeated * Value(2), lambda: Value(2) * repeated):
        with pytest.raises(TypeError, match=r"\[w \* x for x in "):
            mistake()


def test_a_type_of_many_numbers_may_know_values():
    class Vector(list):
        def __rmul__(self, factor):
            return Vector([factor * x for x in self])

    product = Value(3.0) * Vector([1.0, 2.0])
    assert [x.data for x in product] == [3.0, 6.0]


# Data that was assigned: what is no number is found by the next operation

NO_DATA = {
    "a Value": Value(1.5),
    "a step that lacks .data": Value(1.5) - 0.1 * Value(2.0),
    "a string": "1.5",
    "bytes": b"1",
    "a list": [1.0, 2.0],
    "a tuple": (1.0,),
    "None": None,
    "a dict": {},
    "conditions": np.array([True, False]),
    "lanes of whole numbers": np.array([2**62, 1]),
    "lanes of small whole numbers": np.array([100, 1], dtype=np.int8),
    "objects": np.array([None, 1.0]),
    "lanes of Values": np.array([Value(1.0), Value(2.0)]),
    "lanes of strings": np.array(["1.5"]),
    "dates": np.array(["2020"], dtype="datetime64"),
}

OPERATIONS = {
    "x * 2": lambda x: x * 2,
    "2 * x": lambda x: 2 * x,
    "2.5 * x": lambda x: 2.5 * x,
    "x + x": lambda x: x + x,
    "x - 1": lambda x: x - 1,
    "1 / x": lambda x: 1 / x,
    "-x": lambda x: -x,
    "abs(x)": abs,
    "x ** 2": lambda x: x**2,
    "x ** x": lambda x: x**x,
    "2 ** x": lambda x: 2**x,
    "x // 2": lambda x: x // 2,
    "x % 2": lambda x: x % 2,
    "exp": autograd.exp,
    "x.tanh()": lambda x: x.tanh(),
    "relu": autograd.relu,
    "maximum": lambda x: autograd.maximum(x, 0),
    "sum": lambda x: autograd.sum([x, 1.0, x]),
    "dot": lambda x: autograd.dot([x, x], [1, 2]),
    "select": lambda x: autograd.select(1, [1.0, x]),
    "where": lambda x: autograd.where(True, x, 1.0),
}


# What NumPy says of dates meanwhile.
@pytest.mark.filterwarnings("ignore:The 'generic' unit:DeprecationWarning")
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("data", NO_DATA.values(), ids=NO_DATA)
def test_assigned_data_that_is_no_number_is_refused_by_the_next_operation(operation, data):
    x = Value(1.0, label="x")
    x.data = data
    words = r"^the data of a Value \(x\) was set to .*neither a number"
    with pytest.raises(TypeError, match=words), np.errstate(all="ignore"):
        operation(x)


@pytest.mark.parametrize("operation", ["x + x", "-x", "abs(x)", "relu"])
def test_assigned_conditions_are_not_added_up_to_true(operation):
    x = Value(1.0, label="x")
    x.data = np.True_
    with pytest.raises(TypeError, match=r"^the data of a Value \(x\) was set to "):
        OPERATIONS[operation](x)


# Each with a number of the same worth that a Value may be made of.
DATA = {
    "an int": (3, 3),
    "a float": (2.5, 2.5),
    "True": (True, 1),
    "a NumPy float": (np.float64(2.5), 2.5),
    "lanes": (np.array([1.0, 2.5]), np.array([1.0, 2.5])),
    "lanes that can't be written to": (
        np.broadcast_to(np.array([2.5]), (2,)),
        np.array([2.5, 2.5]),
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize(("assigned", "same"), DATA.values(), ids=DATA)
def test_assigned_numbers_are_used_as_they_are(operation, assigned, same):
    x, twin = Value(1.0), Value(same)
    x.data = assigned
    found, expected = operation(x), operation(twin)
    np.testing.assert_array_equal(found.data, expected.data)
    found.backward()
    expected.backward()
    np.testing.assert_array_equal(x.grad, twin.grad)


def test_a_choice_between_whole_numbers_in_lanes_is_of_floats():
    chosen = autograd.where(np.array([True, False]), Value(3), 10**15)
    assert (chosen * chosen).data.tolist() == [9.0, 1e30]


# Among other objects


def test_membership_in_a_list_is_of_numbers_and_in_a_set_of_nodes():
    p, twin = Value(1.0), Value(1.0)
    assert p in [twin]
    assert p not in {twin}


def test_the_builtin_sum_adds_values():
    values = [Value(1.0), Value(2.0), Value(3.5)]
    total = builtins.sum(values)
    total.backward()
    assert total.data == 6.5
    assert [x.grad for x in values] == [1, 1, 1]


def test_max_min_and_sorted_return_the_values_themselves():
    low, high, middle = Value(1.0), Value(3.0), Value(2.0)
    assert max([low, high, middle]) is high
    assert min([high, low, middle]) is low
    ordered = sorted([high, low, middle])
    assert all(x is y for x, y in zip(ordered, [low, middle, high], strict=True))


@pytest.mark.parametrize(
    ("specification", "text"), [(".4f", "1.2346"), (".2e", "1.23e+00"), ("+08.2f", "+0001.23")]
)
def test_values_format_like_their_numbers(specification, text):
    assert format(Value(1.23456), specification) == text


def test_an_empty_format_is_the_repr():
    assert f"{Value(1.5, label='x')}" == "Value(data=1.5, grad=0, label='x')"


@pytest.mark.parametrize("name", ["eq", "ne", "lt", "le", "gt", "ge"])
@given(st.floats() | st.integers(), st.floats() | st.integers())
def test_comparisons_are_of_data_and_give_a_plain_bool(name, x, y):
    compare = getattr(operator, name)
    for result in (compare(Value(x), Value(y)), compare(Value(x), y), compare(x, Value(y))):
        assert result is compare(x, y)


@given(st.floats() | st.integers())
def test_truth_is_of_data(x):
    assert bool(Value(x)) is bool(x)


def test_a_value_equals_no_text_and_not_none():
    assert Value(1) != "1"
    assert Value(1) != None  # noqa: E711


def test_sets_and_dicts_go_by_identity():
    x, twin = Value(1.0), Value(1.0)
    assert x == twin
    assert len({x, twin, x}) == 2
    assert {x: "x", twin: "twin"}[twin] == "twin"
    assert twin not in {x}


def test_the_hash_does_not_follow_the_data():
    x = Value(1.0)
    before = hash(x)
    x.data, x.grad = 2.0, 5.0
    assert hash(x) == before


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        (lambda: autograd.log(Value(0.0)), -math.inf),
        (lambda: autograd.log(Value(-1.0)), math.nan),
        (lambda: autograd.exp(Value(710.0)), math.inf),
        (lambda: 1 / Value(0.0), math.inf),
        (lambda: 1 / Value(-0.0), -math.inf),
        (lambda: 1 / Value(0), math.inf),
        (lambda: Value(0.0) / 0, math.nan),
        (lambda: Value(1.0) // 0, math.inf),
        (lambda: Value(1.0) % 0, math.nan),
        (lambda: Value(-2.0) ** 0.5, math.nan),
        (lambda: Value(-2.0) ** Value(0.5), math.nan),
        (lambda: (-2.0) ** Value(0.5), math.nan),
        (lambda: Value(10.0) ** 400, math.inf),
        (lambda: Value(0.0) ** -1, math.inf),
        (lambda: Value(1e200) * 1e200, math.inf),
    ],
)
def test_floats_follow_ieee_754(compute, expected):
    data = compute().data
    assert type(data) is float
    assert data == expected or (math.isnan(data) and math.isnan(expected)), data


def test_a_value_is_a_condition_where_it_is_not_zero():
    yes, no = Value(1.0), Value(2.0)
    assert [autograd.where(Value(c), yes, no).data for c in (0.5, 0.0)] == [1.0, 2.0]


def test_a_power_of_no_number_is_pythons_error():
    with pytest.raises(TypeError, match="unsupported operand"):
        Value(2.0) ** "x"
    with pytest.raises(TypeError, match="unsupported operand"):
        "x" ** Value(2.0)


def test_second_derivative_of_floor_division_by_itself_is_zero():
    assert autograd.grad(autograd.grad(lambda x: x // 0.7 + x * x))(2.0) == 2.0


def test_a_subclass_is_an_operand_like_any_value():
    class Named(Value):
        pass

    x, y = Value(3.0), Named(2.0)
    (x * y + y * x).backward()
    assert (x.grad, y.grad) == (4.0, 6.0)
