"""Machine code for one program: like instructions run eight at a time, with the same bits."""

import random
from itertools import pairwise

import numpy as np
import pytest

from autograd import Value, compile, dot, maximum, relu, where
from autograd import sum as total

pytest.importorskip("autograd.compiling.native", exc_type=ImportError)


def rosenbrock(*x):
    return total(
        100 * (after - before * before) ** 2 + (1 - before) ** 2 for before, after in pairwise(x)
    )


def mirrored(*x):
    return total(a * b / (1 + a * a) for a, b in zip(x, reversed(x), strict=True))


def with_constants(*x):
    return total(i * a - (a - i) * a for i, a in enumerate(x))


def with_conditions(*x):
    return total(where(a < b, a * b, maximum(a, -b)) for a, b in pairwise(x))


def from_three_vectors(*x):
    squares = [a * a for a in x]
    return total(squares[i] * squares[(7 * i + 3) % len(x)] for i in range(len(x)))


def with_start(*x):
    squares = [a * a for a in x]
    return dot(x, x, x[0]) * dot(squares, x[1:] + x[:1], 2)


FUNCTIONS = [rosenbrock, mirrored, with_constants, with_conditions, from_three_vectors, with_start]
# None, one and several vectors, with and without numbers left over.
COUNTS = [7, 8, 9, 16, 30]


def one_at_a_time(monkeypatch):
    monkeypatch.setattr("autograd.compiling.straight_line.VECTOR.calls", lambda operation: True)
    are_vectors = "autograd.compiling.straight_line._Scalars._are_vectors"
    monkeypatch.setattr(are_vectors, lambda section, products: False)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_bits_are_those_of_one_at_a_time(function, count, monkeypatch):
    x = np.random.default_rng(count).normal(size=count).tolist()
    value, gradient = compile(function, backend="native").value_and_grad(*x)
    one_at_a_time(monkeypatch)
    expected = compile(function, backend="native").value_and_grad(*x)
    assert (value, gradient) == expected


def test_infinities_and_nan_stay_in_their_places(monkeypatch):
    x = [1.0, np.inf, 2.0, -np.inf, 0.0, -0.0, np.nan, 3.0] * 3
    found = compile(with_conditions, backend="native").value_and_grad(*x)
    one_at_a_time(monkeypatch)
    assert repr(found) == repr(compile(with_conditions, backend="native").value_and_grad(*x))


def test_derivatives_of_parameters_are_divided_together(monkeypatch):
    """After the lanes: totals that stand side by side, as the parameters do."""

    def gradient():
        random.seed(1)
        weights = [Value(random.gauss(0, 1)) for _ in range(21)]

        def loss(x, y):
            return relu(1 - y * total(w * x for w in weights)) + 0.1 * total(w * w for w in weights)

        x = np.linspace(-1, 1, 21)
        return compile(loss, parameters=weights, backend="native").value_and_grad(x, np.sign(x))

    together = gradient()
    one_at_a_time(monkeypatch)
    assert together == gradient()


def runs_as_straight_line(function, count: int) -> bool:
    fast = compile(function, backend="native")
    fast.value_and_grad(*[0.5] * count)
    # It may be found under several keys.
    [recorded] = {id(x): x for x in fast._programs.gradients.values()}.values()
    # The interpreter's code; its own machine code reads none.
    return recorded.native.kernel.code is None


def test_a_long_program_of_like_instructions_is_short(monkeypatch):
    assert runs_as_straight_line(rosenbrock, 300)
    one_at_a_time(monkeypatch)
    assert not runs_as_straight_line(rosenbrock, 300)
