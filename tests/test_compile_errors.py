"""What can't be compiled says so: what was given, what to write instead, and on which line."""

import cmath
import math
import threading
from contextlib import nullcontext, suppress
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import autograd
import nn
from autograd import Value, compile, exp, where

CONTROL_FLOW = {
    "if x > 0": lambda x: x if x > 0 else -x,
    "x == 0": lambda x: 1.0 if x == 0 else x,
    "if x": lambda x: x if x else 1.0,
    "not x": lambda x: x * (not x),
    "and": lambda x: x > 0 and x,
    "max": lambda x: max(x, 0.0),
    "sorted": lambda x: sorted([x, 2 * x])[0],
    "in": lambda x: x * (x in [1.0, 2.0]),
    "while": lambda x: next(iter(range(3)) if x > 3 else iter([x])),
    "float(x.data)": lambda x: x * float(x.data),
    "int(x.data)": lambda x: x * int(x.data),
    "round": lambda x: x * round(x.data),
    "math.floor": lambda x: x * math.floor(x.data),
    "math.exp": lambda x: x * math.exp(x.data),
    "range": lambda x: sum([x for _ in range(x.data)]),
    "items[x.data]": lambda x: x * [1.0, 2.0][x.data],
    "cmath": lambda x: x * cmath.exp(x.data),
    "iterating": lambda x: sum(x.data),
    "not a condition": lambda x: x * (not x > 0),
    "a chain": lambda x: x * (0 < x < 1),
    "bool": lambda x: x * bool(x > 0),
    "int of a condition": lambda x: x * int(x > 0),
    "float of a condition": lambda x: x * float(x > 0),
    "any": lambda x: x * any([x > 0, x < -1]),
    "items[condition]": lambda x: x * [1.0, 2.0][x > 0],
    "a key": lambda x: {True: x}.get(x > 0, 2 * x),
}

every_branch = pytest.mark.parametrize("function", CONTROL_FLOW.values(), ids=CONTROL_FLOW)


@every_branch
def test_control_flow_names_the_line_and_what_to_write(function, backend):
    line = function.__code__.co_firstlineno
    fast = compile(function, backend=backend)
    for call in (fast, fast.value_and_grad):
        with pytest.raises(TypeError) as raised:
            call(1.0)
        message = str(raised.value)
        assert f"line {line} of test_compile_errors.py" in message
        assert "where(condition, x, y)" in message
        assert "select(index, items)" in message


@every_branch
def test_control_flow_on_lanes(function):
    with pytest.raises(TypeError, match=r"line \d+ of test_compile_errors\.py"):
        compile(function)(np.ones(3))


def test_control_flow_in_a_helper_names_the_helpers_line():
    def helper(x):
        y = x * 2
        return y if y > 1 else x

    with pytest.raises(TypeError, match=rf"line {helper.__code__.co_firstlineno + 2} of .*`return"):
        compile(lambda x: helper(x))(1.0)


def test_control_flow_on_a_parameter():
    p = Value(2.0)
    with pytest.raises(TypeError, match="asks for a number that differs from run to run"):
        compile(lambda x: x if p > 1 else -x, [p])(1.0)
    assert p.data == 2.0


@pytest.mark.parametrize("function", [lambda x: x * float(x), lambda x: x * int(x)])
def test_a_value_does_not_turn_into_a_float(function):
    with pytest.raises(TypeError, match=r"x\.data for the number alone"):
        compile(function)(1.0)


def test_a_value_is_no_index():
    with pytest.raises(TypeError, match=r"select\(index, items\)"):
        compile(lambda x: [x, 2 * x][x])(1.0)


NO_CONDITIONS = {
    "& an integer": lambda x: where((x > 0) & 2, x, 1.0),
    "an integer |": lambda x: where(2 | (x > 0), x, 1.0),
    "& a float": lambda x: where((x > 0) & 1.0, x, 1.0),
    "^ a Value": lambda x: where((x > 0) ^ x, x, 1.0),
    "a Value &": lambda x: where(x & (x > 0), x, 1.0),
    "| its data": lambda x: where((x > 0) | x.data, x, 1.0),
    "& None": lambda x: where((x > 0) & None, x, 1.0),
    "& lanes": lambda x: where((x > 0) & np.array([True, False]), x, 1.0),
    "~ a number": lambda x: where(~x.data, x, 1.0),
    "~ a sum": lambda x: where(~((x > 0) + (x < 2)), x, 1.0),
}


@pytest.mark.parametrize("function", NO_CONDITIONS.values(), ids=NO_CONDITIONS)
def test_what_is_no_condition_is_not_joined_to_one(function, backend):
    with pytest.raises(TypeError, match=r"is not one: write x != 0 to ask whether a number"):
        compile(function, backend=backend)(1.0)


@pytest.mark.parametrize(
    "function", [lambda x: (x > 0) << 1, lambda x: 8 >> (x > 0), lambda x: divmod(x > 0, 2)]
)
def test_conditions_have_no_bits(function):
    with pytest.raises(TypeError, match=r"write x \* 2\.0 for x << 1"):
        compile(function)(1.0)


CLOSED_OVER = np.arange(3.0)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x * CLOSED_OVER,
        lambda x: CLOSED_OVER * x,
        lambda x: x + Value(CLOSED_OVER),
        lambda x: autograd.dot([x], [CLOSED_OVER]),
    ],
)
def test_an_array_closed_over(function, backend):
    fast = compile(function, backend=backend)
    for call in (fast, fast.value_and_grad):
        with pytest.raises(TypeError, match="an array is given as an argument, not closed over"):
            call(1.0)


NO_ARGUMENTS = {
    "complex": (1j, TypeError, r"compute with floats, not with complex: 1j"),
    "Fraction": (Fraction(1, 3), TypeError, r"compute with floats, not with Fraction"),
    "Decimal": (Decimal("0.5"), TypeError, r"of them, not Decimal\('0.5'\): close over"),
    "a model": (
        nn.MLP(1, [1]),
        TypeError,
        r"MLP holds Values.*name them in compile\(function, par",
    ),
    "a set": ({1.0}, TypeError, r"of them, not \{1.0\}: close over"),
    "complex lanes": (np.array([1j, 2j]), TypeError, r"complex"),
    "lanes of objects": (np.array([Fraction(1, 3)] * 2), TypeError, r"object"),
    "lanes of strings": (np.array(["a", "b"]), TypeError, r"[sS]tr|<U1"),
    "no features": (
        np.ones((3, 0)),
        ValueError,
        r"\(lanes,\) or \(lanes, features\), not \(3, 0\)",
    ),
    "three dimensions": (np.ones((2, 3, 4)), ValueError, r"\(lanes,\) or \(lanes, features\).*4"),
}


@pytest.mark.parametrize(("argument", "error", "message"), NO_ARGUMENTS.values(), ids=NO_ARGUMENTS)
def test_what_is_no_argument(argument, error, message, backend):
    fast = compile(lambda x, y: exp(y), backend=backend)
    for args in ((argument, 1.0), ([argument], 1.0), (1.0, argument)):
        for call in (fast, fast.value_and_grad):
            with pytest.raises(error, match=message):
                call(*args)


def test_unequal_lanes(backend):
    fast = compile(lambda x, y: x + y, backend=backend)
    for call in (fast, fast.value_and_grad):
        with pytest.raises(ValueError, match="one has 3, another 4"):
            call(np.ones(3), np.ones(4))
    fast = compile(lambda x, y: x[0] + y, backend=backend)
    with pytest.raises(ValueError, match="one has 3, another 2"):
        fast(np.ones((3, 2)), np.ones(2))


def test_too_few_or_too_many_arguments():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'y'"):
        compile(lambda x, y: x)(1.0)
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        compile(lambda x: x)(1.0, 2.0)


NO_NUMBERS = {
    "two numbers": (lambda x: (x, x), r"one number.*this one returned \(Value"),
    "a list of one": (lambda x: [x], r"one number.*this one returned \[Value"),
    "a dict": (lambda x: {"loss": x}, r"one number.*this one returned \{'loss'"),
    "None": (lambda x: None, r"one number.*this one returned None"),
    "a string": (lambda x: "x", r"one number.*this one returned 'x'"),
}


@pytest.mark.parametrize(("function", "message"), NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_value_and_grad_of_what_is_not_one_number(function, message, backend):
    with pytest.raises(TypeError, match=message):
        compile(function, backend=backend).value_and_grad(1.0)


def test_outputs_that_are_no_numbers(backend):
    with pytest.raises(TypeError, match="str is not a kind of number"):
        compile(lambda x: [x, "label"], backend=backend)(1.0)
    with pytest.raises(TypeError, match="compute with floats, not with complex"):
        compile(lambda x: x * 1j, backend=backend)(1.0)


OPTIONS = {
    "reduce": ({"reduce": "max"}, ValueError, r"""reduce is "mean" or "sum", not 'max'"""),
    "no threads": ({"threads": 0}, ValueError, r"threads is a positive integer, not 0"),
    "half a thread": ({"threads": 0.5}, ValueError, r"threads is a positive integer, not 0.5"),
    "backend": ({"backend": "gpu"}, ValueError, r"""backend is "native" or "python", not 'gpu'"""),
    "a model": ({"parameters": nn.MLP(1, [1])}, TypeError, r"write model\.parameters\(\)"),
    "a number": ({"parameters": [1.0]}, TypeError, r"that no operation computed, not 1.0"),
    "no leaf": ({"parameters": [Value(1.0) * 2]}, TypeError, r"no operation computed, not Value"),
    "an array": ({"parameters": [Value(np.ones(2))]}, TypeError, r"a parameter holds array"),
    "complex": ({"parameters": [Value(1j)]}, TypeError, r"a parameter holds 1j"),
    "Fraction": ({"parameters": [Value(Fraction(1, 2))]}, TypeError, r"a parameter holds Fract"),
    "twice": ({"parameters": [Value(1.0)] * 2}, ValueError, r"a parameter is given twice"),
    "one Value": ({"parameters": Value(1.0)}, TypeError, r"list of Values|not iterable"),
}


@pytest.mark.parametrize(("options", "error", "message"), OPTIONS.values(), ids=OPTIONS)
def test_wrong_options(options, error, message):
    with pytest.raises(error, match=message):
        compile(lambda x: x, **options)


def test_no_function():
    with pytest.raises(TypeError, match=r"compile\(\) takes a function, not 1.0"):
        compile(1.0)


@pytest.mark.parametrize("shape", [(3,), (1,), (0,), (2, 2), (2, 1), ()], ids=str)
def test_at_of_another_shape(shape, backend):
    p, q = Value(1.0), Value(2.0)
    fast = compile(lambda x: p * q * x, [p, q], backend=backend)
    with pytest.raises(ValueError, match="2 numbers in one row, not of shape"):
        fast.value_and_grad(1.0, at=np.ones(shape))
    with pytest.raises(ValueError, match="2 numbers in one row, not of shape"):
        fast.load(np.ones(shape))
    assert (p.data, q.data) == (1.0, 2.0)


def test_backward_without_parameters():
    with pytest.raises(TypeError, match=r"give compile\(function, parameters=\.\.\.\)"):
        compile(lambda x: x).backward(1.0)


def test_an_error_tells_how_the_arguments_came(backend):
    with pytest.raises(TypeError) as caught:
        compile(lambda x, y: x * y, backend=backend)(np.ones(3), [1.0, 2.0])
    assert caught.value.__notes__ == [
        "The function was run for the arguments (lanes, [number, number])"
    ]
    with pytest.raises(TypeError) as caught:
        compile(lambda *xs: xs + 1, backend=backend)(*[1.0] * 10_000)
    assert len(caught.value.__notes__[0]) < 300


@pytest.mark.parametrize("output", [None, "text"])
def test_an_error_tells_what_was_returned(output, backend):
    with pytest.raises(TypeError) as caught:
        compile(lambda x: [x, output], backend=backend)(1.0)
    assert f", {output!r}]" in caught.value.__notes__[0]
    assert "returns numbers, or nested lists" in caught.value.__notes__[0]


@pytest.mark.parametrize("data", [None, "1.0", np.ones(2)], ids=["None", "text", "an array"])
def test_a_parameter_that_no_longer_holds_a_float(data, backend):
    p, q = Value(1.0), Value(2.0)
    fast = compile(lambda x: p * q * x, [p, q], backend=backend)
    fast(1.0)
    q.data = data
    for call in (fast, fast.value_and_grad):
        with pytest.raises(TypeError, match=r"a parameter now holds .*, which is not a float"):
            call(1.0)


def test_at_without_parameters(backend):
    with pytest.raises(TypeError, match="at= gives the parameters, and this was compiled without"):
        compile(lambda x: x * x, backend=backend).value_and_grad(np.ones(3), at=np.zeros(0))


@pytest.mark.parametrize("at", [[1], np.array([1]), np.array([1], dtype=np.float32)], ids=repr)
def test_at_of_other_numbers(at, backend):
    w = Value(0.5)
    fast = compile(lambda x: w * x, [w], backend=backend)
    value, gradient = fast.value_and_grad(2.75, at=at)
    assert (value, gradient.tolist()) == (2.75, [2.75])


def test_nothing_to_differentiate_in(backend):
    with pytest.raises(TypeError, match="has nothing to differentiate in: give it arguments"):
        compile(lambda: Value(1.0), backend=backend).value_and_grad()


def test_numbers_kept_from_another_recording(backend):
    kept = []

    def function(x):
        kept.append(2 * x)
        return x + kept[0]

    fast = compile(function, backend=backend)
    fast(1.0)
    with pytest.raises(TypeError, match="a number of another program"):
        fast(np.ones(2))


# Nothing of a recording goes on living


def test_a_value_that_was_kept_is_no_number_afterwards(backend):
    kept = []

    def function(x):
        kept.append(2 * x)
        return kept[0] * x

    assert compile(function, backend=backend)(3.0) == 18.0
    for use in (lambda y: y + 1.0, lambda y: 2 * y, lambda y: exp(y), lambda y: y < 1.0):
        with pytest.raises(RuntimeError, match="can't be kept for later"):
            use(kept[0])


def adds_to_grad(p, x):
    (p * x).backward()
    return p.grad * x


def sets_data(p, x):
    p.data = 3.0
    return p * x


def takes_a_step(p, x):
    p.data = p.data - 0.1 * x.data
    return p * x


CHANGES = {"grad": adds_to_grad, "data": sets_data, "data by a step": takes_a_step}


@pytest.mark.parametrize(("what", "function"), CHANGES.items(), ids=CHANGES)
def test_a_program_changes_no_parameter(what, function, backend):
    p = Value(2.0)
    p.grad = 0.5
    fast = compile(lambda x: function(p, x), [p], backend=backend)
    for call in (fast, fast.value_and_grad):
        with pytest.raises(TypeError, match=f"the {what.split()[0]} of a parameter changed while"):
            call(1.5)
        assert p.grad == 0.5
        assert isinstance(p.data, float)


def test_a_parameter_is_its_own_again_after_an_error(backend):
    p = Value(2.0)

    def function(x):
        adds_to_grad(p, x)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile(function, [p], backend=backend)(1.5)
    assert (p.data, p.grad) == (2.0, 0)


def test_arithmetic_while_another_thread_records(backend):
    p = Value(2.0)
    found = []

    def compute():
        for use in (lambda: p * 2.0, lambda: exp(p), lambda: p.data + 1.0):
            with pytest.raises(RuntimeError, match="a parameter is being recorded by another"):
                use()
            found.append("refused")

    def function(x):
        thread = threading.Thread(target=compute)
        thread.start()
        thread.join()
        return p * x

    assert compile(function, [p], backend=backend)(3.0) == 6.0
    assert found == ["refused"] * 3
    assert (p * 2.0).data == 4.0


# Arrays are what they are


class Metres(np.ndarray):
    pass


ARRAYS = {
    "masked": (np.ma.array([1.0, 2.0], mask=[0, 1]), "MaskedArray: give its numbers, as numpy"),
    "of another type": (np.ones(2).view(Metres), "not with Metres"),
    "complex": (np.array([1j]), "not with complex128"),
    "of text": (np.array(["1"]), "not with <U1"),
    "of objects": (np.array([Fraction(1, 2)]), "not with object"),
    "of dates": (np.array(["2026-01-01"], dtype="M8[D]"), r"not with datetime64\[D\]"),
}


@pytest.mark.parametrize(("array", "message"), ARRAYS.values(), ids=ARRAYS)
def test_arrays_that_are_more_than_floats(array, message, backend):
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    for call in (fast, fast.value_and_grad, lambda x: fast.value_and_grad(1.0, at=x)):
        with pytest.raises(TypeError, match=message):
            call(array)


def test_complex_arrays_of_other_libraries(backend):
    torch = pytest.importorskip("torch")
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    for call in (fast, lambda x: fast.value_and_grad(1.0, at=x)):
        with pytest.raises(TypeError, match=r"not with torch\.complex64"):
            call(torch.tensor([1j]))


@pytest.mark.parametrize("at", [["1.5"], [1j], [None], [[1.0]], [Value(1.0)], 1.5, "1"], ids=repr)
def test_parameters_that_are_no_floats(at, backend):
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    with pytest.raises(TypeError, match="parameters are given as floats in one row, not with"):
        fast.value_and_grad(1.0, at=at)


@pytest.mark.parametrize("number", [1.5, 2, np.float64(1.5)], ids=repr)
def test_one_parameter_is_no_number_after_calls_with_its_data(number, backend):
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    for _ in range(3):
        assert fast.value_and_grad(3.0) == (6.0, [3.0])
        with pytest.raises(TypeError, match="floats in one row, not with"):
            fast.value_and_grad(3.0, at=number)


@pytest.mark.filterwarnings("ignore:Conversion of an array:DeprecationWarning")
def test_data_is_no_array_after_calls_with_one(backend):
    refused = pytest.raises(TypeError, match="a parameter now holds array")
    with suppress(TypeError):
        # Old versions of NumPy take an array of one number for a number, and so do parameters.
        float(np.array([4.0]))
        refused = nullcontext()
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    for _ in range(3):
        p.data = 2.0
        value, gradient = fast.value_and_grad(3.0, at=np.array([4.0]))
        assert (value, gradient.tolist()) == (12.0, [3.0])
        p.data = np.array([4.0])
        with refused:
            assert repr(fast.value_and_grad(3.0)) == "(12.0, [3.0])"


def test_a_list_within_itself(backend):
    xs = [1.0]
    xs.append(xs)
    with pytest.raises(TypeError, match="nested too deeply for a compiled function, or holds"):
        compile(lambda x: x[0], backend=backend)(xs)


def test_a_call_that_failed_leaves_nothing_behind(backend):
    p = Value(2.0)
    fast = compile(lambda x: p * x, [p], backend=backend)
    with pytest.raises(TypeError):
        fast("1")
    with pytest.raises(TypeError):
        fast(1.0, 2.0)
    assert fast(3.0) == 6.0
    assert fast.source().count("# outputs") == 1
