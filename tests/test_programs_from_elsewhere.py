"""Programs written for other engines run after changing their imports.

They are in our own words: micrograd's demonstration and its lecture, HIPS autograd's examples over
NumPy, the well-known GPT of scalars. What can't be right here is answered in words
(`test_slips.py`).
"""

import copy
import math
import pickle
import random

import numpy as np
import pytest

import nn
from autograd import Value, grad, gradcheck, hessian, jacobian, value_and_grad
from benchmarks import gpt, plain_value

# micrograd: the engine


def chain(value):
    """A chain of all operations, each result used again."""
    a, b = value(-4.0), value(2.0)
    c, d = a + b, a * b + b**3
    c += c + 1
    c += 1 + c - a
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = (c - d) ** 2
    output = e / 2.0
    output += 10.0 / e
    return output, [a, b]


def test_a_chain_of_all_operations():
    output, (a, b) = chain(Value)
    output.backward()
    assert f"{output.data:.4f} {a.grad:.4f} {b.grad:.4f}" == "24.7041 138.8338 645.5773"


def neuron():
    """The neuron of the lecture, whose output is 1/sqrt(2)."""
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    bias = Value(6.8813735870195432, label="b")
    total = x1 * w1 + x2 * w2 + bias
    total.label = "n"
    return total.tanh(), [x1, w1, x2, w2]


def test_a_backward_pass_by_hand():
    """Each node's `_backward()`, in the order of `_prev`, as the lecture builds it."""
    output, leaves = neuron()
    order, visited = [], set()

    def build(node):
        if node not in visited:
            visited.add(node)
            for child in node._prev:
                build(child)
            order.append(node)

    build(output)
    output.grad = 1.0
    for node in reversed(order):
        node._backward()
    by_hand = [leaf.grad for leaf in leaves]
    assert by_hand == pytest.approx([-1.5, 1.0, 0.5, 0.0])

    other, others = neuron()
    other.backward()
    assert [leaf.grad for leaf in others] == by_hand


def test_one_step_of_the_chain_rule_adds_to_parents():
    x, y = Value(3.0), Value(5.0)
    product = x * y
    product.grad, x.grad = 2.0, 1.0
    product._backward()
    assert (x.grad, y.grad) == (11.0, 6.0)
    square = x * x
    square.grad, x.grad = 1.0, 0.0
    square._backward()
    assert x.grad == 6.0, "an operand that is met twice takes both shares"
    x._backward()
    assert x.grad == 6.0, "a leaf has no parents"


def test_a_graph_is_traced_and_drawn_by_the_names_of_micrograd():
    output, leaves = neuron()
    nodes, edges = set(), set()

    def build(node):
        if node not in nodes:
            nodes.add(node)
            for child in node._prev:
                edges.add((child, node))
                build(child)

    build(output)
    assert {node._op for node in nodes} == {"", "*", "+", "tanh"}
    assert all(leaf._prev == set() for leaf in leaves)
    assert len(nodes) == 10
    assert len(edges) == 9
    assert [f"{node.data:.4f}" for node in leaves] == ["2.0000", "-3.0000", "0.0000", "1.0000"]


def test_a_backward_pass_over_children_and_local_gradients():
    """As the GPT of scalars has it in its own class."""
    output, (a, b) = chain(Value)
    gradients = {output: 1.0}
    order, visited = [], set()

    def build(node):
        if node not in visited:
            visited.add(node)
            for child in node._children:
                build(child)
            order.append(node)

    build(output)
    for node in reversed(order):
        for child, local in zip(node._children, node._local_grads, strict=True):
            gradients[child] = gradients.get(child, 0) + local * gradients[node]
    output.backward()
    assert [gradients[a], gradients[b]] == pytest.approx([a.grad, b.grad])


# micrograd: networks


class Line:
    """A neuron as people write it for themselves, of another class than ours."""

    def __init__(self, count, draw):
        self.w = [Value(draw.uniform(-1, 1)) for _ in range(count)]
        self.b = Value(0)

    def __call__(self, x):
        return sum((wi * xi for wi, xi in zip(self.w, x, strict=True)), self.b).tanh()

    def parameters(self):
        return [*self.w, self.b]


def test_a_training_by_hand_lowers_the_loss():
    """The loop of the demonstration: a hinge loss with regularisation, over rows of an array."""
    random.seed(1337)
    draw = np.random.default_rng(0)
    points = draw.normal(size=(20, 2))
    labels = np.where(points[:, 0] > points[:, 1], 1, -1)
    model = nn.MLP(2, [4, 1])
    losses = []
    for step in range(20):
        inputs = [list(map(Value, row)) for row in points]
        scores = list(map(model, inputs))
        margins = [(1 + -yi * score).relu() for yi, score in zip(labels, scores, strict=True)]
        penalty = 1e-4 * sum(p * p for p in model.parameters())
        loss = sum(margins) * (1.0 / len(margins)) + penalty
        hits = [(y > 0) == (s.data > 0) for y, s in zip(labels, scores, strict=True)]
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= (0.5 - 0.4 * step / 20) * p.grad
        losses.append(loss.data)
    assert losses[-1] < 0.5 * losses[0]
    assert sum(hits) >= 16


def test_a_class_of_neurons_of_ones_own_trains():
    line = Line(3, random.Random(0))
    xs, ys = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0]], [1.0, -1.0, -1.0]
    losses = []
    for _ in range(30):
        loss = sum((line(x) - y) ** 2 for x, y in zip(xs, ys, strict=True))
        for p in line.parameters():
            p.zero_grad()
        loss.backward()
        for p in line.parameters():
            p.data += -0.1 * p.grad
        losses.append(loss.item())
    assert losses[-1] < 0.1 * losses[0]


# Attributes on parameters


class Parameter(Value):
    """A parameter that keeps the state of its optimizer."""

    def __init__(self, data, name=None):
        super().__init__(data, label=name)
        self.m = self.v = 0.0
        self.name = name


class Slotted(Value):
    __slots__ = ("m", "v")


def adam(parameter, step):
    parameter.m = 0.9 * parameter.m + 0.1 * parameter.grad
    parameter.v = 0.999 * parameter.v + 0.001 * parameter.grad**2
    mean, square = parameter.m / (1 - 0.9**step), parameter.v / (1 - 0.999**step)
    parameter.data -= 0.1 * mean / (square**0.5 + 1e-8)
    parameter.grad = 0


def test_a_subclass_keeps_the_state_of_an_optimizer():
    w, ours = Parameter(2.0, "w"), Value(2.0)
    optimizer = nn.Adam([ours], learning_rate=0.1)
    for step in range(1, 6):
        for p in (w, ours):
            ((p - 5) ** 2).backward()
        adam(w, step)
        optimizer.step()
        optimizer.zero_grad()
    assert w.data == pytest.approx(ours.data)
    assert (w.name, w.label) == ("w", "w")


@pytest.mark.parametrize("kind", [Parameter, Slotted])
def test_copies_and_pickles_keep_the_attributes_of_a_subclass(kind):
    p = kind(2.0)
    p.m, p.v = [1.0], 4.0
    output = p * p
    for twin in (copy.copy(p), copy.deepcopy(p), pickle.loads(pickle.dumps(p))):
        assert (type(twin), twin.data, twin.m, twin.v) == (kind, 2.0, [1.0], 4.0)
    assert copy.deepcopy(p).m is not p.m
    for graph in (copy.deepcopy(output), pickle.loads(pickle.dumps(output))):
        assert graph.parents[0].v == 4.0
        assert graph.parents[0] is graph.parents[1]


@pytest.mark.parametrize("function", [lambda p: p * p, lambda p: 2 - p, lambda p: p.tanh(), abs])
def test_the_results_of_a_subclass_are_plain_values(function):
    assert type(function(Parameter(2.0))) is Value


@pytest.mark.parametrize("name", ["__add__", "__rmul__", "relu", "backward", "data", "__eq__"])
def test_a_subclass_can_t_change_what_results_would_not_have(name):
    with pytest.raises(TypeError, match=rf"{name} would not be called on results"):
        type("Own", (Value,), {name: lambda *operands: None})


def test_a_subclass_has_what_a_program_adds():
    class Own(Value):
        count = 0

        def __repr__(self):
            return f"<{self.data}>"

        def bent(self):
            return self / (1 + abs(self))

    own = Own(1.0)
    assert (repr(own), own.bent().data, own.count) == ("<1.0>", 0.5, 0)
    assert Own.bent(own * 3).data == 0.75


# PyTorch's habits


@pytest.mark.parametrize("optimizer", [nn.SGD, nn.Adam])
def test_a_gradient_of_none_is_0(optimizer):
    p = Value(2.0)
    step = optimizer([p], learning_rate=0.1).step
    p.grad = None
    (p * p).backward()
    assert p.grad == 4.0
    p.grad = None
    step()
    assert p.data == 2.0


def test_what_every_value_does_anyway():
    x = Value(3.0)
    x.requires_grad = True
    y = x * x
    y.retain_grad()
    (2 * y).backward()
    assert (y.grad, x.requires_grad, x.is_leaf, y.is_leaf) == (2, True, True, False)
    assert y.item() == 9.0
    x.zero_grad()
    assert x.grad == 0
    with pytest.raises(TypeError, match="for a leaf p"):
        y.zero_grad()
    with pytest.raises(ValueError, match="this Value has lanes"):
        Value(np.array([1.0, 2.0])).item()


# HIPS autograd, with numpy for autograd.numpy


def tanh(x):
    y = np.exp(-2.0 * x)
    return (1.0 - y) / (1.0 + y)


def test_derivatives_of_a_function_of_numpy():
    assert grad(tanh)(1.0) == pytest.approx(1 - math.tanh(1) ** 2)
    xs = np.linspace(-2, 2, 5)
    slopes = 1 - np.tanh(xs) ** 2
    np.testing.assert_allclose(grad(tanh)(xs), slopes, rtol=1e-14)
    np.testing.assert_allclose(grad(grad(tanh))(xs), -2 * np.tanh(xs) * slopes, rtol=1e-14)


def sine(x):
    """By its series, with a loop that ends when the terms are small."""
    total = term = x
    i = 0
    while np.abs(term) > 1e-9:
        term = -term * x**2 / ((2 * i + 3) * (2 * i + 2))
        total = total + term
        i += 1
    return total


def test_a_loop_that_ends_by_a_number():
    assert grad(sine)(np.pi / 3) == pytest.approx(0.5, abs=1e-8)


INPUTS = np.array(
    [[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.4]]
)
TARGETS = np.array([True, True, False, True])


def logistic_loss(weights):
    predictions = 0.5 * (np.tanh(np.dot(INPUTS, weights) / 2.0) + 1)
    likelihoods = predictions * TARGETS + (1 - predictions) * (1 - TARGETS)
    return -np.sum(np.log(likelihoods))


def test_a_logistic_regression():
    weights = np.zeros(3)
    gradient = grad(logistic_loss)
    assert gradcheck(logistic_loss, weights)
    before = logistic_loss(weights)
    for _ in range(100):
        weights -= gradient(weights) * 0.01
    assert logistic_loss(weights) < 0.75 * before


def rosenbrock(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def test_a_minimum_by_scipy():
    optimize = pytest.importorskip("scipy.optimize")
    found = optimize.minimize(value_and_grad(rosenbrock), np.zeros(3), jac=True)
    np.testing.assert_allclose(found.x, np.ones(3), atol=1e-5)
    assert hessian(rosenbrock)(np.zeros(3)).shape == (3, 3)


def test_layers_as_pairs_of_arrays():
    draw = np.random.default_rng(0)
    layers = [(draw.normal(size=(3, 4)), draw.normal(size=4)), (draw.normal(size=4), 0.1)]

    def loss(layers):
        hidden = INPUTS
        for weights, bias in layers[:-1]:
            hidden = np.tanh(np.dot(hidden, weights) + bias)
        weights, bias = layers[-1]
        return np.mean((np.dot(hidden, weights) + bias - TARGETS) ** 2)

    (first, bias), (last, offset) = grad(loss)(layers)
    assert (first.shape, bias.shape, last.shape, np.shape(offset)) == ((3, 4), (4,), (4,), ())
    step = 1e-6
    above, below = ([layers[0], (layers[1][0], 0.1 + h)] for h in (step, -step))
    # A central difference is off by h² and by one unit of rounding over h.
    assert offset == pytest.approx((loss(above) - loss(below)) / (2 * step), abs=1e-8)


def test_a_jacobian_of_stacked_results():
    slopes = jacobian(lambda x: np.array([x[0] * x[1], np.sin(x[0])]))(np.array([1.0, 2.0]))
    np.testing.assert_allclose(slopes, [[2.0, 1.0], [math.cos(1), 0.0]])


# The GPT of scalars


def test_the_gpt_has_the_losses_of_its_own_class():
    """The same program with our Value for its own class, which divides by multiplying.

    So a quotient differs by an ulp, and the losses by some of the 1e-16 that each is rounded to.
    """
    ours, theirs = gpt.training(Value), gpt.training(plain_value.Value)
    for _ in range(2):
        (_, loss), (_, expected) = ours(), theirs()
        assert loss == pytest.approx(expected, rel=1e-12)


# pandas


def table():
    pandas = pytest.importorskip("pandas")
    columns = {"x": [1.0, 2.0, 3.0], "y": [2.0, 4.5, 5.5]}
    return pandas.DataFrame(columns, index=[30, 10, 20])


def test_a_line_through_columns():
    frame = table()
    w, b = Value(0.0), Value(0.0)
    for _ in range(1000):
        error = (w * frame["x"] + b - frame["y"]) ** 2
        w.grad = b.grad = 0
        error.backward()
        for p in (w, b):
            p.data -= 0.1 * np.mean(p.grad)
    slope, offset = np.polyfit(frame["x"], frame["y"], 1)
    assert (w.data, b.data) == pytest.approx((slope, offset), abs=1e-6)


def test_columns_are_arguments():
    frame = table()

    def loss(x):
        return np.sum((2 * x - frame["y"]) ** 2)

    expected = 4 * (2 * frame["x"] - frame["y"]).to_numpy()
    np.testing.assert_allclose(grad(loss)(frame["x"]), expected)
    np.testing.assert_allclose(grad(np.square)(frame["x"]), 2 * frame["x"].to_numpy())
