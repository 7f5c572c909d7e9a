"""A function that is recorded after another in its place: the program of a fresh recording."""

from itertools import product

import pytest

from autograd import Value, dot, exp, maximum, sum, tanh, where
from autograd.tape.recording import LastRun, record_gradient, record_outputs
from autograd.tape.tape import PER_LANE, SHARED

w, v = Value(0.5, "w"), Value(-1.5)
KINDS = (PER_LANE, SHARED)
FUNCTIONS = {
    "product": lambda x, y: w * x + v * y,
    "product of others": lambda x, y: v * x + w * y,
    "product with more": lambda x, y: w * x + v * y + 1,
    "constant": lambda x, y: w * x + v * y + 2,
    "dot": lambda x, y: dot([w, v], [x, y]),
    "dot with a start": lambda x, y: dot([w, v], [x, y], 1.0),
    "two dots": lambda x, y: dot([w, v], [x, y]) * dot([v, w], [x, y]),
    "the same dot twice": lambda x, y: dot([w, v], [x, y]) + dot([w, v], [x, y]).tanh(),
    "tanh": lambda x, y: tanh(w * x + v * y),
    "exp": lambda x, y: exp(w * x + v * y),
    "detached": lambda x, y: (w * x + v * y) * (w * x).detach(),
    "not detached": lambda x, y: (w * x + v * y) * (w * x),
    "condition": lambda x, y: where(w * x > v, y, w * x),
    "another condition": lambda x, y: where(w * x < v, y, w * x),
    "maximum": lambda x, y: maximum(w * x, v) - y,
    "sum": lambda x, y: sum([w * x, v, y]),
    "power": lambda x, y: (w * x - y) ** 2,
    "folded": lambda x, y: (w * x - y) ** 1 * 1 + 0 * v,
    "constant alone": lambda x, y: 3.0 * w**0,
}


def recorded(function, last_runs=None):
    """The programs of the outputs and of the gradient."""
    outputs, gradient = last_runs or (None, None)
    program, _ = record_outputs(function, [w, v], KINDS, last=outputs)
    return program, record_gradient(function, [w, v], KINDS, "mean", last=gradient)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_does_the_same_has_the_same_program(name):
    last_runs = (LastRun(), LastRun())
    first = recorded(FUNCTIONS[name], last_runs)
    again = recorded(FUNCTIONS[name], last_runs)
    assert all(x is y for x, y in zip(first, again, strict=True)), "it is recorded once more"


@pytest.mark.parametrize(("before", "after"), list(product(FUNCTIONS, FUNCTIONS)))
def test_after_another_function_a_program_is_as_if_it_were_the_first(before, after):
    last_runs = (LastRun(), LastRun())
    recorded(FUNCTIONS[before], last_runs)
    assert recorded(FUNCTIONS[after], last_runs) == recorded(FUNCTIONS[after])
    # And once more, after this one.
    assert recorded(FUNCTIONS[before], last_runs) == recorded(FUNCTIONS[before])


def test_labels_belong_to_a_program():
    x = Value(1.0, "x")
    last = LastRun()
    record_gradient(lambda: x * x, [x], (), "mean", last=last)
    x.label = "y"
    program = record_gradient(lambda: x * x, [x], (), "mean", last=last)
    assert list(program.labels.values()) == ["y"]


def test_an_error_leaves_the_last_run():
    last = LastRun()
    first = record_gradient(FUNCTIONS["tanh"], [w, v], KINDS, "mean", last=last)

    def failing(x, y):
        exp(w * x)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_gradient(failing, [w, v], KINDS, "mean", last=last)
    assert record_gradient(FUNCTIONS["tanh"], [w, v], KINDS, "mean", last=last) is first
