"""The recorded program as a graph of Values: the same numbers, the same names, a picture."""

import numpy as np
import pytest
from strategies import graphs
from witnesses import for_all

from autograd import Value, compile, draw, tanh, where


def neuron():
    w1, w2, b = (Value(x, label) for x, label in [(-3.0, "w1"), (1.0, "w2"), (6.5, "b")])
    return compile(lambda x1, x2: tanh(w1 * x1 + w2 * x2 + b), [w1, w2, b])


def test_its_numbers_are_those_of_the_program():
    def check(function, numbers):
        fast = compile(function, backend="python")
        value, gradient = fast.value_and_grad(*numbers)
        gradient = gradient if isinstance(gradient, tuple) else (gradient,)
        [output] = fast.graph(*numbers)
        found = [x.data for x in fast.graph(*numbers, gradient=True)]
        assert repr(float(output.data)) == repr(fast(*numbers))
        np.testing.assert_allclose(found, [value, *gradient], rtol=1e-12, atol=1e-300)

    for_all(graphs(), check)


def test_its_names_are_those_of_the_source():
    fast = neuron()
    value, *gradient = fast.graph(2.0, 0.0, gradient=True)
    names = fast.source().rpartition("results: ")[2].split(", ")
    assert [x.label for x in (value, *gradient)] == names
    operands = {parent.label for parent in value.parents[0].parents if parent.label}
    assert operands == {"x0", "x1", "w1", "w2", "b"}


def test_a_sum_of_products_is_one_box():
    value = neuron().graph(2.0, 0.0)[0]
    assert (value.op, value.parents[0].op) == ("tanh", "dot")
    source = draw(neuron().graph(2.0, 0.0, gradient=True), partials=False).source
    assert source.count("dot") == 1
    for name in ("w1", "w2", "b", "x0", "x1", "tanh"):
        assert name in source


def test_a_condition_is_no_box():
    fast = compile(lambda x: where((x > 0) & (x < 5), 2 * x, x / 2))
    [small] = fast.graph(3.0)
    assert (small.data, small.op) == (6.0, "where")
    assert fast.graph(8.0)[0].data == 4.0


def test_one_point_is_one_lane():
    fast = compile(lambda x: x * x + 1, reduce="sum")
    assert [x.data for x in fast.graph(3.0, gradient=True)] == [10.0, 6.0]


def test_the_graph_can_be_differentiated():
    x = 3.0
    value, slope = compile(lambda x: x**3 + 2 * x).graph(x, gradient=True)
    slope.backward()
    [leaf] = {node for node in _leaves(slope) if node.label == "x0"}
    assert leaf.grad == 6 * x
    assert value.data == x**3 + 2 * x


def _leaves(node):
    return [node] if not node.parents else [x for parent in node.parents for x in _leaves(parent)]


def test_arrays_have_no_single_point():
    fast = compile(lambda x: x * x)
    with pytest.raises(TypeError, match="give it numbers, not arrays"):
        fast.graph(np.ones(3))
