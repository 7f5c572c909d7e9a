"""Depth is no limit: a million nodes in a chain, where recursion ends at a thousand.

Each test would raise RecursionError, or end the process, were anything recursive.
The chain of a million is built once; second derivatives and older pickle protocols
are tried on 200,000 nodes, to spare minutes.
"""

import copy
import io
import pickle
import sys

import pytest

from autograd import Value, grad, gradients, jvp, no_grad
from autograd.graph import interior_nodes, topological_order

MILLION = 1_000_000
LONG = 200_000


def chain(x, count):
    """The sum x + x + ... + x of `count` additions: its derivative is count + 1."""
    total = x
    for _ in range(count):
        total = total + x
    return total


@pytest.fixture(scope="module")
def deep():
    """A leaf and the end of a chain of a million nodes on it."""
    x = Value(1)
    return x, chain(x, MILLION)


def test_the_chains_are_deeper_than_the_recursion_limit():
    assert sys.getrecursionlimit() * 10 < LONG


def test_a_million_nodes_are_differentiated_backward(deep):
    x, output = deep
    x.grad = 0
    output.backward()
    assert (output.data, x.grad) == (MILLION + 1, MILLION + 1)


def test_a_million_nodes_are_differentiated_by_gradients(deep):
    x, output = deep
    assert gradients(output, x) == MILLION + 1


def test_a_million_nodes_are_put_in_order(deep):
    x, output = deep
    assert len(interior_nodes(output)) == MILLION
    first, *_, last = topological_order(output)
    assert first is x
    assert last is output


def test_a_million_nodes_are_freed():
    output = chain(Value(1), MILLION)
    del output


def test_the_end_of_a_long_chain_has_a_short_repr(deep):
    assert repr(deep[1]).startswith(f"Value(data={MILLION + 1}, grad=")


def test_a_chain_of_squares_of_its_own_is_walked_once_per_node():
    # Each node is both parents of the next: a wide graph would be 2**count paths.
    x = Value(1)
    y = x
    for _ in range(LONG):
        y = y * y
    assert len(interior_nodes(y)) == LONG


def test_a_million_nodes_are_differentiated_forward():
    count = MILLION + 1
    assert jvp(lambda x: chain(x, MILLION), (1,), (2,)) == (count, 2 * count)


def test_grad_of_a_long_chain():
    assert grad(lambda x: chain(x, LONG))(1) == LONG + 1


def test_second_derivatives_of_a_long_chain():
    # The derivative of x * x is rebuilt as a graph as long as the chain below it.
    x = Value(3)
    output = chain(x, LONG)
    slope = gradients(output * output, x, create_graph=True)
    assert slope.data == 2 * 3 * (LONG + 1) ** 2
    assert gradients(slope, x) == 2 * (LONG + 1) ** 2


def test_no_grad_on_a_long_chain_keeps_nothing():
    with no_grad():
        output = chain(Value(1), LONG)
    assert (output.data, output.parents) == (LONG + 1, ())


def assert_copied(twin_output, twin_x, output, x, count):
    assert twin_output is not output
    assert len(interior_nodes(twin_output)) == count
    before = x.grad
    twin_x.grad = 0
    twin_output.backward()
    assert (twin_x.grad, x.grad) == (count + 1, before)


def test_a_million_nodes_are_copied_deeply(deep):
    x, output = deep
    twin_output, twin_x = copy.deepcopy((output, x))
    assert_copied(twin_output, twin_x, output, x, MILLION)


def test_a_million_nodes_are_pickled(deep):
    x, output = deep
    twin_output, twin_x = pickle.loads(pickle.dumps((output, x)))
    assert_copied(twin_output, twin_x, output, x, MILLION)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_pickles_a_long_chain(protocol):
    x = Value(1)
    output = chain(x, LONG)
    twin_output, twin_x = pickle.loads(pickle.dumps((output, x), protocol))
    assert_copied(twin_output, twin_x, output, x, LONG)


def test_a_long_chain_is_pickled_by_the_pickler_in_python():
    # It has no limit of its own on the nesting of C calls, so it counts Python's frames.
    x = Value(1)
    output = chain(x, 20 * sys.getrecursionlimit())
    file = io.BytesIO()
    pickle._Pickler(file).dump((output, x))
    file.seek(0)
    twin_output, twin_x = pickle.load(file)
    twin_output.backward()
    assert twin_x.grad == 20 * sys.getrecursionlimit() + 1
