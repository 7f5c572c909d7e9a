"""Wrong input raises at once, with what was given and what is accepted."""

import math
import pickle
import re
from collections import Counter, UserDict

import numpy as np
import pytest

import autograd
from autograd import Value, grad, jacobian, jvp, primitive, value_and_grad

NOT_A_NUMBER = "give an int, a float, a Fraction, a complex, an mpmath or SymPy number, an array"


@primitive
def without_partials(x):
    return x


@primitive
def partial_not_in_a_tuple(x):
    return x, 1


@primitive
def partials_in_a_list(x):
    return x, [1]


@primitive
def too_many_partials(x):
    return x, (1, 1)


@primitive
def partial_of_text(x):
    return x, ("one",)


# Each row: what the user writes, the kind of error, and the words that help him on.
MISTAKES = {
    "Value of text": (lambda: Value("a"), TypeError, ["str", NOT_A_NUMBER]),
    "Value of None": (lambda: Value(None), TypeError, ["NoneType", NOT_A_NUMBER]),
    "Value of bytes": (lambda: Value(b"1"), TypeError, ["bytes", NOT_A_NUMBER]),
    "Value of a dict": (lambda: Value({"x": 1}), TypeError, ["dict", NOT_A_NUMBER]),
    "Value of a type": (lambda: Value(float), TypeError, [NOT_A_NUMBER]),
    "Value of a Value": (lambda: Value(Value(1)), TypeError, ["Value(Value(...))", "value.data"]),
    "Value of a list": (lambda: Value([1, 2]), TypeError, ["[Value(x) for x in numbers]"]),
    "Value of a tuple": (lambda: Value((1, 2)), TypeError, ["[Value(x) for x in numbers]"]),
    "Value of an array of text": (lambda: Value(np.array(["a"])), TypeError, ["lanes", "<U1"]),
    "Value of an array of objects": (
        lambda: Value(np.array([None])),
        TypeError,
        ["lanes", "object"],
    ),
    "a label that is no text": (lambda: Value(1, label=3), TypeError, ["label", "string", "3"]),
    "math.exp": (lambda: math.exp(Value(1)), TypeError, ["autograd.exp(x)", "x.data"]),
    "float()": (lambda: float(Value(1)), TypeError, ["autograd.exp(x)", "x.data"]),
    "int()": (lambda: int(Value(1)), TypeError, ["autograd.exp(x)", "x.data"]),
    "complex()": (lambda: complex(Value(1)), TypeError, ["autograd.exp(x)", "x.data"]),
    "round to digits": (lambda: round(Value(1.5), 1), TypeError, ["round(x.data, 1)"]),
    "an array of floats": (
        lambda: np.array([Value(1.0)], dtype=float),
        ValueError,
        ["autograd.exp(x)", "x.data"],
    ),
    "numpy.spacing": (lambda: np.spacing(Value(1.0)), TypeError, ["spacing", "primitive"]),
    "iteration": (lambda: list(Value(1)), TypeError, ["not a single Value"]),
    "index": (lambda: [1, 2][Value(1)], TypeError, ["Value"]),
    "plus text": (lambda: Value(1) + "a", TypeError, ["'Value' and 'str'"]),
    "None times": (lambda: None * Value(1), TypeError, ["'NoneType' and 'Value'"]),
    "plus a dict": (lambda: Value(1) + {}, TypeError, ["'Value' and 'dict'"]),
    "to a power of text": (lambda: Value(1) ** "a", TypeError, ["'Value' and 'str'"]),
    "order with text": (lambda: Value(1) < "a", TypeError, ["'int' and 'str'"]),
    "truth of several lanes": (lambda: bool(Value(np.array([1, 2]))), ValueError, ["ambiguous"]),
    "backward of a plain number": (lambda: (2.0).backward(), AttributeError, ["backward"]),
    "a field that does not exist": (
        lambda: setattr(Value(1), "gard", 0),
        AttributeError,
        ["gard"],
    ),
    "sum of nothing": (lambda: autograd.sum([]), TypeError, ["sum() of nothing", "at least one"]),
    "mean of nothing": (lambda: autograd.mean([]), TypeError, ["mean() of nothing"]),
    "sum of one Value": (lambda: autograd.sum(Value(1)), TypeError, ["sum()", "a list"]),
    "mean of one Value": (lambda: autograd.mean(Value(1)), TypeError, ["mean()", "a list"]),
    "sum of text": (lambda: autograd.sum([Value(1), "a"]), TypeError, ["str", NOT_A_NUMBER]),
    **{
        f"{name} of {type(wrong).__name__} {place}": (
            lambda call=call, wrong=wrong: call(wrong),
            TypeError,
            [f"{name}() takes a list of numbers or Values, not {wrong!r}", advice],
        )
        for name, place, call in [
            ("sum", "", autograd.sum),
            ("mean", "", autograd.mean),
            ("dot", "first", lambda wrong: autograd.dot(wrong, [1.0])),
            ("dot", "second", lambda wrong: autograd.dot([Value(1.0)], wrong)),
            ("select", "", lambda wrong: autograd.select(0, wrong)),
        ]
        for wrong, advice in [
            ({1: Value(2.0)}, "its keys: write numbers.values()"),
            (UserDict({1: 2.0}), "its keys: write numbers.values()"),
            (Counter([1]), "its keys: write numbers.values()"),
            ({2.0}, "no order: write a list"),
            (frozenset([2.0]), "no order: write a list"),
            ({1: 2.0}.keys(), "no order: write a list"),
            ("1", ""),
            (b"1", ""),
            (bytearray(b"1"), ""),
            (1, ""),
            (None, ""),
        ]
    },
    "dot of unequal lengths": (
        lambda: autograd.dot([Value(1)], [1, 2, 3]),
        ValueError,
        ["dot()", "same length", "1 and 3"],
    ),
    "select beyond the end": (
        lambda: autograd.select(2, [Value(1)]),
        IndexError,
        ["1 item", "at 2"],
    ),
    "select by a float": (
        lambda: autograd.select(0.5, [Value(1)]),
        TypeError,
        ["select()", "integer", "0.5"],
    ),
    "a function of nothing": (lambda: autograd.exp(), TypeError, ["exp()", "given nothing"]),
    "a function of text": (lambda: autograd.exp("a"), TypeError, ["str", NOT_A_NUMBER]),
    "too many operands": (lambda: autograd.exp(Value(1), 2), TypeError, ["exp()", "2 were given"]),
    "too few operands": (lambda: autograd.maximum(Value(1)), TypeError, ["maximum()", "'y'"]),
    "an unknown constant": (
        lambda: autograd.leaky_relu(Value(1), slop=2),
        TypeError,
        ["leaky_relu()", "'slop'"],
    ),
    "an unknown constant of a method": (
        lambda: Value(1).leaky_relu(slop=2),
        TypeError,
        ["leaky_relu()", "'slop'"],
    ),
    "grad of a list": (
        lambda: grad(lambda x: [x, x])(1.0),
        TypeError,
        ["one number", "[Value(data=1.0", "jacobian()"],
    ),
    "grad of None": (lambda: grad(lambda x: None)(1.0), TypeError, ["one number", "None"]),
    "value_and_grad of a dict": (
        lambda: value_and_grad(lambda x: {"y": x})(1.0),
        TypeError,
        ["one number", "'y'", "jacobian()"],
    ),
    "grad at text": (lambda: grad(lambda x: x)("a"), TypeError, ["str", NOT_A_NUMBER]),
    "grad without arguments": (lambda: grad(lambda x: x)(), TypeError, ["argnums is 0", "0 pos"]),
    "jacobian of text": (lambda: jacobian(lambda x: "a")(1.0), TypeError, ["str", NOT_A_NUMBER]),
    "jvp with too many tangents": (
        lambda: jvp(lambda x: x, (1.0,), (1.0, 2.0)),
        ValueError,
        ["jvp()", "same structure"],
    ),
    "jvp with other keys": (
        lambda: jvp(lambda p: p["a"], ({"a": 1.0},), ({"b": 1.0},)),
        ValueError,
        ["jvp()", "'a'", "'b'"],
    ),
    "an argument twice": (lambda: grad(lambda x, y: x, (0, -2))(1.0, 2.0), ValueError, ["twice"]),
    "argnums of text": (lambda: grad(lambda x: x, "a")(1.0), TypeError, ["position", "'a'"]),
    "gradients of a number": (
        lambda: autograd.gradients(3.0, Value(1)),
        TypeError,
        ["gradients()", "3.0"],
    ),
    "gradients by a number": (
        lambda: autograd.gradients(Value(1), [3.0]),
        TypeError,
        ["gradients()", "3.0"],
    ),
    "gradients by a dict": (
        lambda: autograd.gradients(Value(1), {"a": Value(1)}),
        TypeError,
        ["a list"],
    ),
    "backward from text": (lambda: Value(1).backward("a"), TypeError, ["str", NOT_A_NUMBER]),
    "backward from a Value": (
        lambda: Value(1).backward(Value(1)),
        TypeError,
        ["backward()", "value.data"],
    ),
    "a Value as a constant": (
        lambda: Value(-1.0).leaky_relu(slope=Value(0.2)),
        TypeError,
        ["slope", "leaky_relu()", "constant"],
    ),
    "a number as a rule": (lambda: autograd.primitive(3), TypeError, ["primitive()", "3"]),
    "a NumPy string": (lambda: Value(np.str_("a")), TypeError, ["str_", NOT_A_NUMBER]),
    "a NumPy date": (lambda: Value(np.datetime64("2020")), TypeError, [NOT_A_NUMBER]),
    "grad of a function of math": (lambda: grad(math.exp)(1.0), TypeError, ["autograd.exp(x)"]),
    "a rule without partials": (
        lambda: without_partials(Value(2)),
        TypeError,
        ["without_partials", "a tuple of 1 partial", "it returned 2"],
    ),
    "a rule with a bare partial": (
        lambda: partial_not_in_a_tuple(Value(2)),
        TypeError,
        ["partial_not_in_a_tuple", "its partials were 1"],
    ),
    "a rule with a list of partials": (
        lambda: partials_in_a_list(2),
        TypeError,
        ["partials_in_a_list", "its partials were [1]"],
    ),
    "a rule with too many partials": (
        lambda: too_many_partials(Value(2)),
        TypeError,
        ["too_many_partials", "1 partial", "it returned 2"],
    ),
    "a rule with a partial of text": (
        lambda: partial_of_text(Value(2)),
        TypeError,
        ["partial_of_text", "str is not a kind of number"],
    ),
    "a pickle of a rule without a name": (
        lambda: pickle.dumps(primitive(lambda x: (x, (1,)))(Value(1))),
        (pickle.PicklingError, AttributeError),
        ["<lambda>"],
    ),
}


@pytest.mark.parametrize(("make", "error", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_raises_with_words_that_help(make, error, words):
    with pytest.raises(error) as raised:
        make()
    # NumPy names an error of ours as the cause of its own.
    messages = f"{raised.value} {raised.value.__cause__}"
    message = re.sub(r"\s+", " ", messages)
    missing = [word for word in words if word not in message]
    assert not missing, f"the message lacks {missing}: {message}"


def test_a_refused_operation_leaves_the_value_as_it_was():
    x = Value(2.0, label="x")
    for mistake in (lambda: x + "a", lambda: float(x), lambda: autograd.maximum(x)):
        with pytest.raises(TypeError):
            mistake()
    assert (x.data, x.grad, x.label, x.parents) == (2.0, 0, "x", ())


def test_a_rule_that_makes_a_complex_partial_of_floats_gives_nan():
    @autograd.primitive
    def square(x):
        return x * x, (x**0.5,)

    x = Value(-2.0)
    square(x).backward()
    assert math.isnan(x.grad)


def test_the_names_of_columns_are_no_numbers():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(TypeError, match=r"the names of its columns: write table.to_numpy\(\)"):
        autograd.sum(pandas.DataFrame({1: [2.0], 3: [4.0]}))
    assert autograd.sum(pandas.Series([2.0, 4.0], index=[5, 6])) == 6.0
