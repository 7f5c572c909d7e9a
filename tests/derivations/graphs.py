"""The graphs that claims are about, as functions of one argument.

`name(label, number)` gives a leaf or a result its label. The same lines can so build a graph of
Values, or compute with mpmath's numbers, with any of the named numbers moved.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from autograd import (
    Value,
    exp,
    leaky_relu,
    log,
    maximum,
    relu,
    sigmoid,
    sin,
    softplus,
    sqrt,
    tanh,
)

Name = Callable[[str, Any], Any]


class Graph(NamedTuple):
    """A graph of Values."""

    error: Value
    nodes: dict[str, Value]
    rate: float


PROGRAMS: dict[str, Callable[[Name], Any]] = {}
RATES: dict[str, float] = {}


def graph(rate: float = 0.1) -> Callable[[Callable[[Name], Any]], Callable[[Name], Any]]:
    """Registers a function as a graph, with the learning rate of its update."""

    def known(program: Callable[[Name], Any]) -> Callable[[Name], Any]:
        PROGRAMS[program.__name__] = program
        RATES[program.__name__] = rate
        return program

    return known


@functools.cache
def built(program: str) -> Graph:
    """A graph of Values: the same at each call."""
    nodes: dict[str, Value] = {}

    def name(label: str, number: Any) -> Value:
        node = number if isinstance(number, Value) else Value(number)
        node.label = label
        return nodes.setdefault(label, node)

    return Graph(PROGRAMS[program](name), nodes, RATES[program])


def leaves(name: Name, **numbers: float) -> list[Any]:
    """Several leaves, in the order in which they are written."""
    return [name(label, number) for label, number in numbers.items()]


# Single neurons


@graph()
def linear_neuron(name: Name) -> Any:
    w, x, b, t = leaves(name, w=0.7, x=1.3, b=0.4, t=2.1)
    y = name("y", w * x + b)
    return name("E", (y - t) ** 2)


@graph(0.5)
def sigmoid_neuron(name: Name) -> Any:
    w, x, b, t = leaves(name, w=0.65, x=1.7, b=-0.4, t=0.9)
    z = name("z", w * x + b)
    y = name("y", sigmoid(z))
    return name("E", (y - t) ** 2 / 2)


@graph(0.2)
def tanh_neuron(name: Name) -> Any:
    w, x, b, t = leaves(name, w=-0.6, x=1.4, b=0.25, t=0.35)
    s = name("s", w * x + b)
    y = name("y", tanh(s))
    return name("E", (y - t) ** 2)


@graph(0.1)
def relu_neuron(name: Name) -> Any:
    w1, w2, x1, x2, b, t = leaves(name, w1=0.9, w2=-0.35, x1=1.2, x2=0.8, b=0.15, t=2.3)
    z = name("z", w1 * x1 + w2 * x2 + b)
    a = name("a", relu(z))
    return name("L", (a - t) ** 2 / 2)


@graph(0.1)
def relu_off(name: Name) -> Any:
    """Two units, of which the second is off."""
    x, w1, w2, v1, v2, t = leaves(name, x=1.1, w1=0.8, w2=-0.7, v1=0.65, v2=1.45, t=1.9)
    z1 = name("z1", w1 * x)
    z2 = name("z2", w2 * x)
    h1 = name("h1", relu(z1))
    h2 = name("h2", relu(z2))
    y = name("y", v1 * h1 + v2 * h2)
    return name("E", (y - t) ** 2)


@graph(0.3)
def softplus_neuron(name: Name) -> Any:
    w, x, b, t = leaves(name, w=0.45, x=-1.6, b=0.3, t=1.15)
    z = name("z", w * x + b)
    y = name("y", softplus(z))
    return name("E", (t - y) ** 2 / 2)


@graph(0.1)
def leaky_neuron(name: Name) -> Any:
    w, x, t = leaves(name, w=-0.85, x=1.3, t=0.4)
    z = name("z", w * x)
    a = name("a", leaky_relu(z, slope=0.1))
    return name("E", (a - t) ** 2 / 2)


@graph(0.05)
def poisson_neuron(name: Name) -> Any:
    w, x, b, k = leaves(name, w=0.55, x=1.9, b=-0.2, k=3.0)
    z = name("z", w * x + b)
    m = name("m", exp(z))
    return name("L", m - k * z)


@graph(0.4)
def two_inputs(name: Name) -> Any:
    x1, x2, w1, w2, b, t = leaves(name, x1=0.6, x2=1.5, w1=0.35, w2=-0.75, b=0.2, t=0.8)
    z = name("z", w1 * x1 + w2 * x2 + b)
    o = name("o", sigmoid(z))
    return name("E", (t - o) ** 2)


# The tutorials


@graph(0.05)
def t1(name: Name) -> Any:
    i1, i2, actual = leaves(name, i1=2.0, i2=3.0, actual=1.0)
    w1, w2, w3, w4 = leaves(name, w1=0.22, w2=0.15, w3=0.03, w4=0.11)
    w5, w6 = leaves(name, w5=0.1, w6=0.19)
    h1 = name("h1", w1 * i1 + w3 * i2)
    h2 = name("h2", w2 * i1 + w4 * i2)
    prediction = name("prediction", h1 * w5 + h2 * w6)
    return name("E", 0.5 * (prediction - actual) ** 2)


@graph(0.01)
def t2(name: Name) -> Any:
    """Every weight is one half, as published."""
    y1, y2, t = leaves(name, y1=1.0, y2=1.0, t=0.5)
    w1, w2, w3, w4 = leaves(name, w1=0.5, w2=0.5, w3=0.5, w4=0.5)
    v1, v2 = leaves(name, v1=0.5, v2=0.5)
    x1 = name("x1", w1 * y1 + w3 * y2)
    x2 = name("x2", w2 * y1 + w4 * y2)
    a1 = name("a1", sigmoid(x1))
    a2 = name("a2", sigmoid(x2))
    yk = name("yk", v1 * a1 + v2 * a2)
    return name("E", (yk - t) ** 2 / 2)


@graph(0.25)
def xor(name: Name) -> Any:
    """The 2-2-1 network of the second tutorial with biases, at the association [1, 0]."""
    x1, x2, t = leaves(name, x1=1.0, x2=0.0, t=1.0)
    w11, w21, b1 = leaves(name, w11=0.62, w21=0.42, b1=-0.23)
    w12, w22, b2 = leaves(name, w12=-0.55, w22=0.17, b2=0.31)
    v1, v2, c = leaves(name, v1=0.81, v2=0.35, c=-0.14)
    h1 = name("h1", w11 * x1 + w21 * x2 + b1)
    h2 = name("h2", w12 * x1 + w22 * x2 + b2)
    a1 = name("a1", sigmoid(h1))
    a2 = name("a2", sigmoid(h2))
    y = name("y", v1 * a1 + v2 * a2 + c)
    return name("E", (y - t) ** 2 / 2)


def _two_outputs(name: Name, targets: tuple[float, float], biases: tuple[float, ...]) -> Any:
    """The 2-2-2 network that the third and the fourth tutorial share."""
    i1, i2 = leaves(name, i1=0.05, i2=0.1)
    w1, w2, w3, w4 = leaves(name, w1=0.15, w2=0.2, w3=0.25, w4=0.3)
    w5, w6, w7, w8 = leaves(name, w5=0.4, w6=0.45, w7=0.5, w8=0.55)
    t1, t2 = leaves(name, t1=targets[0], t2=targets[1])
    b1, b2 = leaves(name, b1=biases[0], b2=biases[1]) if biases else (0, 0)
    net_h1 = name("net_h1", w1 * i1 + w2 * i2 + b1)
    net_h2 = name("net_h2", w3 * i1 + w4 * i2 + b1)
    h1 = name("out_h1", sigmoid(net_h1))
    h2 = name("out_h2", sigmoid(net_h2))
    net_o1 = name("net_o1", w5 * h1 + w6 * h2 + b2)
    net_o2 = name("net_o2", w7 * h1 + w8 * h2 + b2)
    o1 = name("out_o1", sigmoid(net_o1))
    o2 = name("out_o2", sigmoid(net_o2))
    e1 = name("E_o1", (t1 - o1) ** 2 / 2)
    e2 = name("E_o2", (t2 - o2) ** 2 / 2)
    return name("E_total", e1 + e2)


@graph(0.5)
def t3(name: Name) -> Any:
    return _two_outputs(name, (0.5, 0.5), ())


@graph(0.5)
def t4(name: Name) -> Any:
    return _two_outputs(name, (0.01, 0.99), (0.35, 0.6))


# Networks


@graph(0.15)
def net_221(name: Name) -> Any:
    """tanh, and a linear output."""
    x1, x2, t = leaves(name, x1=0.9, x2=-1.3, t=0.7)
    w11, w12, w21, w22 = leaves(name, w11=0.33, w12=-0.52, w21=0.71, w22=0.24)
    v1, v2 = leaves(name, v1=0.63, v2=-0.48)
    s1 = name("s1", w11 * x1 + w12 * x2)
    s2 = name("s2", w21 * x1 + w22 * x2)
    h1 = name("h1", tanh(s1))
    h2 = name("h2", tanh(s2))
    y = name("y", v1 * h1 + v2 * h2)
    return name("E", (y - t) ** 2 / 2)


def _dense(name: Name, inputs: list[Any], rows: list[list[float]], letters: str) -> list[Any]:
    """A layer: weights w11 and so on (the first digit is the output), sums, and biases."""
    w, b, z = letters
    sums = []
    for k, (*weights, bias) in enumerate(rows, 1):
        named = [name(f"{w}{k}{i}", weight) for i, weight in enumerate(weights, 1)]
        total = name(f"{b}{k}", bias)
        for weight, number in zip(named, inputs, strict=True):
            total = total + weight * number
        sums.append(name(f"{z}{k}", total))
    return sums


def _applied(name: Name, f: Callable[[Any], Any], letter: str, sums: list[Any]) -> list[Any]:
    return [name(f"{letter}{k}", f(number)) for k, number in enumerate(sums, 1)]


def _half_squares(name: Name, outputs: list[Any], targets: list[float]) -> Any:
    named = [name(f"t{k}", target) for k, target in enumerate(targets, 1)]
    pairs = enumerate(zip(outputs, named, strict=True), 1)
    errors = [name(f"E{k}", (y - t) ** 2 / 2) for k, (y, t) in pairs]
    return name("E", sum(errors[1:], errors[0]))


@graph(0.4)
def net_232(name: Name) -> Any:
    x = [name("x1", 0.85), name("x2", -0.45)]
    hidden = [[0.31, -0.62, 0.14], [-0.27, 0.53, -0.36], [0.74, 0.19, 0.08]]
    z = _dense(name, x, hidden, "wbz")
    h = _applied(name, sigmoid, "h", z)
    s = _dense(name, h, [[0.58, -0.41, 0.93, 0.22], [-0.66, 0.37, 0.16, -0.29]], "vcs")
    y = _applied(name, sigmoid, "y", s)
    return _half_squares(name, y, [0.75, 0.15])


@graph(0.1)
def net_342(name: Name) -> Any:
    x = [name(f"x{i}", number) for i, number in enumerate((0.52, -1.07, 0.33), 1)]
    hidden = [
        [0.23, -0.44, 0.61, 0.12],
        [-0.35, 0.27, 0.48, -0.21],
        [0.56, 0.13, -0.39, 0.17],
        [-0.18, 0.64, 0.29, 0.06],
    ]
    z = _dense(name, x, hidden, "wbz")
    h = _applied(name, tanh, "h", z)
    rows = [[0.47, -0.58, 0.26, 0.83, 0.11], [-0.32, 0.69, 0.15, -0.54, 0.37]]
    y = _dense(name, h, rows, "vcy")
    return _half_squares(name, y, [0.45, -0.65])


@graph(0.1)
def net_321(name: Name) -> Any:
    """ReLU, both units on."""
    x = [name(f"x{i}", number) for i, number in enumerate((1.1, 0.7, -0.4), 1)]
    z = _dense(name, x, [[0.36, 0.52, -0.23, 0.09], [0.63, -0.28, -0.47, 0.16]], "wbz")
    h1, h2 = _applied(name, relu, "h", z)
    v1, v2, c, t = leaves(name, v1=0.77, v2=-0.46, c=0.21, t=1.35)
    y = name("y", v1 * h1 + v2 * h2 + c)
    return name("E", (y - t) ** 2 / 2)


@graph(0.2)
def three_layers(name: Name) -> Any:
    """A chain of three sigmoid neurons."""
    x, w1, w2, w3, t = leaves(name, x=1.2, w1=0.7, w2=-1.1, w3=1.6, t=0.3)
    a1 = name("a1", sigmoid(name("z1", w1 * x)))
    a2 = name("a2", sigmoid(name("z2", w2 * a1)))
    a3 = name("a3", sigmoid(name("z3", w3 * a2)))
    return name("C", (a3 - t) ** 2 / 2)


@graph(0.1)
def residual(name: Name) -> Any:
    x, w1, w2, t = leaves(name, x=0.75, w1=1.15, w2=0.6, t=1.8)
    u = name("u", w1 * x)
    h = name("h", tanh(u))
    y = name("y", x + w2 * h)
    return name("E", (y - t) ** 2)


@graph(0.2)
def gate(name: Name) -> Any:
    """A gate mixes two candidates."""
    x, w, p, q, t = leaves(name, x=0.95, w=-0.7, p=1.25, q=0.3, t=1.05)
    z = name("z", w * x)
    g = name("g", sigmoid(z))
    m = name("m", g * p + (1 - g) * q)
    return name("L", (m - t) ** 2)


# Cross-entropy


@graph(0.3)
def binary_cross_entropy(name: Name) -> Any:
    x1, x2, w1, w2, b, y = leaves(name, x1=1.4, x2=-0.6, w1=0.55, w2=0.85, b=-0.15, y=1.0)
    z = name("z", w1 * x1 + w2 * x2 + b)
    p = name("p", sigmoid(z))
    return name("L", -(y * log(p) + (1 - y) * log(1 - p)))


@graph(0.3)
def bce_soft(name: Name) -> Any:
    """A target between 0 and 1."""
    x, w, b, t = leaves(name, x=0.8, w=1.35, b=-0.65, t=0.3)
    z = name("z", w * x + b)
    a = name("a", sigmoid(z))
    return name("L", -t * log(a) - (1 - t) * log(1 - a))


@graph(0.3)
def with_logits(name: Name) -> Any:
    x, w, b, t = leaves(name, x=1.25, w=-0.45, b=0.35, t=1.0)
    z = name("z", w * x + b)
    return name("L", softplus(z) - t * z)


def _softmax(name: Name, logits: list[Any]) -> list[Any]:
    powers = [exp(z) for z in logits]
    total = name("S", sum(powers[1:], powers[0]))
    return [name(f"p{k}", power / total) for k, power in enumerate(powers, 1)]


def _cross_entropy(name: Name, p: list[Any], targets: tuple[float, ...]) -> Any:
    t = [name(f"t{k}", target) for k, target in enumerate(targets, 1)]
    terms = [target * log(number) for target, number in zip(t, p, strict=True)]
    return name("L", -sum(terms[1:], terms[0]))


@graph(0.2)
def softmax_one_hot(name: Name) -> Any:
    z = leaves(name, z1=1.2, z2=-0.4, z3=0.7)
    return _cross_entropy(name, _softmax(name, z), (0.0, 1.0, 0.0))


@graph(0.2)
def softmax_soft(name: Name) -> Any:
    z = leaves(name, z1=0.3, z2=1.1, z3=-0.8)
    return _cross_entropy(name, _softmax(name, z), (0.2, 0.5, 0.3))


@graph(0.1)
def softmax_layer(name: Name) -> Any:
    x1, x2 = leaves(name, x1=0.9, x2=1.6)
    w11, w12, w21, w22 = leaves(name, w11=0.4, w12=-0.3, w21=0.15, w22=0.55)
    z1 = name("z1", w11 * x1 + w12 * x2)
    z2 = name("z2", w21 * x1 + w22 * x2)
    return _cross_entropy(name, _softmax(name, [z1, z2]), (1.0, 0.0))


@graph(0.1)
def log_softmax(name: Name) -> Any:
    """The probabilities are inside the loss, without a label."""
    z1, z2, z3 = leaves(name, z1=0.6, z2=-0.9, z3=1.4)
    return name("L", log(exp(z1) + exp(z2) + exp(z3)) - z2)


# Other losses


@graph(0.1)
def hinge(name: Name) -> Any:
    w1, w2, x1, x2, b, y = leaves(name, w1=0.35, w2=-0.6, x1=1.3, x2=0.45, b=0.1, y=-1.0)
    s = name("s", w1 * x1 + w2 * x2 + b)
    return name("L", maximum(0, 1 - y * s))


@graph(0.1)
def absolute_error(name: Name) -> Any:
    w, x, b, t = leaves(name, w=0.6, x=1.9, b=-0.3, t=1.7)
    y = name("y", w * x + b)
    return name("L", abs(y - t))


@graph(0.1)
def ridge(name: Name) -> Any:
    w, x, t = leaves(name, w=1.3, x=0.8, t=1.9)
    penalty = name("λ", 0.25)
    y = name("y", w * x)
    return name("J", (y - t) ** 2 / 2 + penalty / 2 * w**2)


@graph(0.1)
def lasso(name: Name) -> Any:
    w1, w2, x1, x2, t, lam = leaves(name, w1=0.9, w2=-0.4, x1=1.1, x2=1.7, t=0.75, lam=0.15)
    y = name("y", w1 * x1 + w2 * x2)
    return name("J", (y - t) ** 2 / 2 + lam * (abs(w1) + abs(w2)))


# Batches


@graph(0.05)
def mean_square(name: Name) -> Any:
    w, b = leaves(name, w=0.7, b=0.2)
    x1, x2, x3 = leaves(name, x1=1.1, x2=-0.6, x3=1.8)
    t1, t2, t3 = leaves(name, t1=1.5, t2=0.4, t3=2.2)
    y1 = name("y1", w * x1 + b)
    y2 = name("y2", w * x2 + b)
    y3 = name("y3", w * x3 + b)
    return name("MSE", ((y1 - t1) ** 2 + (y2 - t2) ** 2 + (y3 - t3) ** 2) / 3)


@graph(0.1)
def half_mean(name: Name) -> Any:
    """J = 1/(2m) times the sum of squares, with the parameters θ0 and θ1."""
    a, c = name("θ0", 0.45), name("θ1", -0.35)
    x1, x2, y1, y2 = leaves(name, x1=1.4, x2=2.3, y1=0.9, y2=-0.5)
    h1 = name("h1", a + c * x1)
    h2 = name("h2", a + c * x2)
    return name("J", ((h1 - y1) ** 2 + (h2 - y2) ** 2) / 4)


@graph(0.5)
def logistic_batch(name: Name) -> Any:
    w, b = leaves(name, w=0.85, b=-0.3)
    x1, x2, x3 = leaves(name, x1=0.7, x2=-1.2, x3=1.6)
    y1, y2, y3 = leaves(name, y1=1.0, y2=0.0, y3=0.0)
    p1 = name("p1", sigmoid(w * x1 + b))
    p2 = name("p2", sigmoid(w * x2 + b))
    p3 = name("p3", sigmoid(w * x3 + b))
    losses = [-(y * log(p) + (1 - y) * log(1 - p)) for y, p in ((y1, p1), (y2, p2), (y3, p3))]
    return name("J", (losses[0] + losses[1] + losses[2]) / 3)


@graph(0.1)
def polynomial(name: Name) -> Any:
    c0, c1, c2 = leaves(name, c0=0.3, c1=-0.8, c2=0.55)
    x1, x2, y1, y2 = leaves(name, x1=1.5, x2=-0.7, y1=0.65, y2=1.2)
    f1 = name("f1", c0 + c1 * x1 + c2 * x1**2)
    f2 = name("f2", c0 + c1 * x2 + c2 * x2**2)
    return name("S", (f1 - y1) ** 2 + (f2 - y2) ** 2)


# Shared weights, and time


@graph(0.1)
def shared(name: Name) -> Any:
    w, x, t = leaves(name, w=0.8, x=1.7, t=2.4)
    h = name("h", w * x)
    y = name("y", w * h)
    return name("E", (y - t) ** 2 / 2)


@graph(0.1)
def recurrent(name: Name) -> Any:
    x1, x2, x3, h0, t = leaves(name, x1=0.5, x2=-0.9, x3=1.1, h0=0.2, t=0.6)
    w, u = leaves(name, w=0.75, u=0.65)
    s1 = name("s1", w * x1 + u * h0)
    h1 = name("h1", tanh(s1))
    s2 = name("s2", w * x2 + u * h1)
    h2 = name("h2", tanh(s2))
    s3 = name("s3", w * x3 + u * h2)
    h3 = name("h3", tanh(s3))
    return name("E", (h3 - t) ** 2 / 2)


@graph(0.1)
def recurrent_each(name: Name) -> Any:
    """An error at each of three steps."""
    x1, x2, x3 = leaves(name, x1=0.8, x2=0.35, x3=-0.55)
    w, u, v = leaves(name, w=0.6, u=-0.45, v=1.3)
    t1, t2, t3 = leaves(name, t1=0.7, t2=-0.2, t3=0.15)
    h1 = name("h1", tanh(w * x1))
    h2 = name("h2", tanh(w * x2 + u * h1))
    h3 = name("h3", tanh(w * x3 + u * h2))
    o1 = name("o1", v * h1)
    o2 = name("o2", v * h2)
    o3 = name("o3", v * h3)
    return name("E", ((o1 - t1) ** 2 + (o2 - t2) ** 2 + (o3 - t3) ** 2) / 2)


@graph(0.1)
def linear_recurrent(name: Name) -> Any:
    u, w, x1, x2, x3, t = leaves(name, u=0.9, w=0.5, x1=1.3, x2=0.4, x3=-0.7, t=1.0)
    h1 = name("h1", w * x1)
    h2 = name("h2", u * h1 + w * x2)
    h3 = name("h3", u * h2 + w * x3)
    return name("E", (h3 - t) ** 2 / 2)


# School calculus


@graph()
def product_rule(name: Name) -> Any:
    x = name("x", 1.3)
    u = name("u", x**2)
    v = name("v", sin(x))
    return name("y", u * v)


@graph()
def quotient_rule(name: Name) -> Any:
    x = name("x", 0.8)
    u = name("u", 3 * x + 1)
    v = name("v", x**2 + 2)
    return name("y", u / v)


@graph()
def chain_rule(name: Name) -> Any:
    x = name("x", 0.6)
    u = name("u", 3 * x**2 + 1)
    return name("y", u**4)


@graph()
def power_rule(name: Name) -> Any:
    x = name("x", 1.7)
    return name("f", 5 * x**3 - 2 * x**2 + 7 * x - 4)


@graph()
def exponential(name: Name) -> Any:
    x = name("x", 0.7)
    u = name("u", -(x**2))
    return name("y", x * exp(u))


@graph()
def logarithm(name: Name) -> Any:
    x = name("x", 1.4)
    u = name("u", x**2 + 1)
    return name("y", log(u))


@graph()
def root(name: Name) -> Any:
    x = name("x", 1.9)
    u = name("u", 1 + x**2)
    return name("y", sqrt(u))


@graph()
def largest(name: Name) -> Any:
    a, b, c = leaves(name, a=1.6, b=0.9, c=1.1)
    p = name("p", a * b)
    return name("m", maximum(p, c) + abs(a - 2 * b) * c)


@graph()
def gates(name: Name) -> Any:
    """f = (x + y)z, the first example of CS231n."""
    x, y, z = leaves(name, x=-2.0, y=5.0, z=-4.0)
    q = name("q", x + y)
    return name("f", q * z)


@graph()
def cs231n_neuron(name: Name) -> Any:
    w0, x0, w1, x1, w2 = leaves(name, w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0)
    s = name("s", w0 * x0 + w1 * x1 + w2)
    return name("f", sigmoid(s))


@graph()
def forks(name: Name) -> Any:
    """x and y reach the result along several paths."""
    x, y = leaves(name, x=1.4, y=-0.6)
    a = name("a", x * y)
    b = name("b", a + x**2)
    return name("f", a * b + y)


# Others


@graph(0.1)
def attention(name: Name) -> Any:
    q, k1, k2, v1, v2, t = leaves(name, q=1.2, k1=0.7, k2=-0.5, v1=0.9, v2=2.1, t=1.6)
    s1 = name("s1", q * k1)
    s2 = name("s2", q * k2)
    a1 = name("a1", exp(s1) / (exp(s1) + exp(s2)))
    a2 = name("a2", exp(s2) / (exp(s1) + exp(s2)))
    o = name("o", a1 * v1 + a2 * v2)
    return name("E", (o - t) ** 2 / 2)


@graph(0.1)
def unlabelled(name: Name) -> Any:
    """Only the leaves and the error have labels."""
    x, w, v, b, t = leaves(name, x=1.3, w=0.45, v=-0.95, b=0.2, t=0.55)
    return name("E", (v * sigmoid(w * x + b) - t) ** 2)


@graph(0.1)
def subscripts(name: Name) -> Any:
    """Labels as in papers."""
    x = [name("x₁", 0.7), name("x₂", -1.1)]
    w, b, t = name("w_{11}", 0.9), name("β", 0.3), name("t", 0.5)
    u = name("w_{12}", 0.4)
    z = name("z₁", w * x[0] + u * x[1] + b)
    y = name("ŷ", sigmoid(z))
    return name("E", (y - t) ** 2 / 2)


@graph(0.1)
def greek(name: Name) -> Any:
    """Nodes that are named delta and theta."""
    alpha, beta, x, t = name("α", 1.4), name("β", 0.35), name("x", 0.9), name("t", 1.1)
    phi = name("φ", alpha * x)
    mu = name("μ", tanh(phi))
    y = name("y", beta * mu)
    return name("ℓ", (y - t) ** 2)
