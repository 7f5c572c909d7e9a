"""Modules in pictures: names, frames, boxes that stand for a neuron, a layer, a model."""

import json
import random
import re

import pytest
from drawn import arrows, boxes, network, titles
from hypothesis import given
from strategies import graphs

import nn
from autograd import Value
from autograd.drawing import draw
from autograd.graph import topological_order
from examples import gpt


def frames(picture):
    """The frames of a DOT text, each with the titles of the boxes right within it."""
    found, stack = {}, []
    for line in picture.source.splitlines():
        opened = re.match(r'\s*subgraph "?cluster_(.*?)"? {', line)
        box = re.match(r'\s*\w+ \[label="\{*([^|}\\]*)', line)
        if opened:
            stack.append(opened[1])
            found[opened[1]] = []
        elif line.strip() == "}" and stack:
            stack.pop()
        elif box and stack:
            found[stack[-1]].append(box[1])
    return found


def test_parameters_stand_under_their_names_in_the_frames_of_their_modules():
    error, model = network([2, 1])
    picture = draw(error, model)
    assert frames(picture) == {
        "layers.0": [],
        "layers.0.neurons.0": ["w.0", "w.1", "b", "dot", "sigmoid"],
        "layers.0.neurons.1": ["w.0", "w.1", "b", "dot", "sigmoid"],
        "layers.1": [],
        "layers.1.neurons.0": ["w.0", "w.1", "b", "dot"],
    }
    by_role = [role for _, role, _ in boxes(picture).values()]
    assert by_role.count("leaf") == len(model.parameters()) + 2


def test_a_label_goes_before_the_name():
    neuron = nn.Neuron(2, rng=random.Random(0))
    neuron.b.label = "bias"
    assert titles(draw(neuron([1.0, 2.0]), neuron))[:5] == [
        "w.0",
        "w.1",
        "data 1",
        "data 2",
        "bias",
    ]


def test_what_also_takes_something_else_is_outside_the_module():
    neuron = nn.Neuron(1, activation="tanh", rng=random.Random(0))
    model = Wrapped(neuron)
    error = (neuron([2.0]) - 1.0) ** 2
    assert frames(draw(error, model)) == {"neuron": ["w.0", "b", "dot", "tanh"]}


def test_a_value_that_is_read_twice_ends_the_module():
    neuron = nn.Neuron(1, activation=None, rng=random.Random(0))
    logit = neuron([2.0])
    error = logit.softplus() - logit
    assert frames(draw(error, Wrapped(neuron))) == {"neuron": ["w.0", "b", "dot"]}


class Wrapped(nn.Module):
    def __init__(self, neuron):
        self.neuron = neuron


def test_a_neuron_by_hand_is_a_module_as_well():
    class ByHand(nn.Module):
        def __init__(self):
            self.w1, self.w2, self.b = Value(0.5), Value(-1.0), Value(0.1)

        def __call__(self, x):
            return (self.w1 * x + self.w2 * x + self.b).sigmoid()

    model = Wrapped(ByHand())
    picture = draw(model.neuron(Value(2.0, label="x")), model, depth=1)
    assert titles(picture) == ["neuron", "x"]
    (words, _, _), _ = boxes(picture).values()
    assert words == ["neuron", "w1, w2, b", "*, +, sigmoid", "data 0.2891", "grad 0"]


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (0, ["x1", "x2", "model"]),
        (1, ["x1", "x2", "layers.0", "layers.1"]),
        (2, ["x1", "x2", "neurons.0", "neurons.1", "neurons.0"]),
    ],
)
def test_depth_says_which_modules_are_boxes(depth, expected):
    error, model = network([2, 1])
    found = titles(draw(error, model, depth=depth))
    rest = ["data 0.25", "-", "error"]
    assert sorted(found) == sorted(expected + rest)


def test_a_folded_module_says_what_is_in_it():
    error, model = network([16, 1], "relu")
    picture = draw(error, model, depth=1)
    modules = [words for words, role, _ in boxes(picture).values() if role == "module"]
    first, last = sorted(modules)
    hidden = [node for node in topological_order(error) if node.op == "relu"]
    inside = [*model.layers[0].parameters(), *hidden, *[node.parents[0] for node in hidden]]
    assert first[:4] == ["layers.0", "neurons ×16", "48 parameters", "dot, relu"]
    assert first[4] == f"largest grad {max(abs(node.grad) for node in inside):.4g}"
    assert last[:4] == ["layers.1", "neurons ×1", "17 parameters", "dot"]
    assert [word.split()[0] for word in last[4:]] == ["data", "grad"]


def test_edges_between_folded_modules_are_one_arrow_with_their_number():
    error, model = network([16, 16, 1])
    found = arrows(draw(error, model, depth=1))
    counts = {(tail, head): re.search(r"×(\d+)", style) for tail, head, style in found}
    assert {ends: int(count[1]) for ends, count in counts.items() if count} == {
        ("x1", "layers.0"): 16,
        ("x2", "layers.0"): 16,
        ("layers.0", "layers.1"): 256,
        ("layers.1", "layers.2"): 16,
    }


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_folding_loses_no_edge(depth):
    error, model = network([4, 3, 1])
    picture = draw(error, model, depth=depth)
    drawn = sum(int((re.search(r"×(\d+)", style) or [0, 1])[1]) for *_, style in arrows(picture))
    inside = [name for name in boxes(picture) if name.startswith("module")]
    nodes = list(topological_order(error))
    total = sum(len(node.parents) for node in nodes)
    assert (drawn == total) == (not inside)
    # Within a neuron of n inputs are n + 1 edges of parameters, and that of the activation.
    # Of the whole model only its two inputs' edges remain, one to each neuron, and the error's.
    within = {0: total - 2 * 4 - 3, 1: 4 * 4 + 3 * 6 + 4, 2: 4 * 4 + 3 * 6 + 4, 3: 0}
    assert drawn == total - within[depth]


def test_a_large_graph_folds_by_itself_and_says_so():
    error, model = network([16, 16, 1])
    picture = draw(error, model)
    count = len(list(topological_order(error)))
    assert {"layers.0", "layers.1", "layers.2"} < set(titles(picture))
    assert f"{count} Values, folded to depth=1; depth=3 shows them all" in picture.source


def test_a_small_graph_does_not_fold_by_itself():
    error, model = network([2, 1])
    assert "folded" not in draw(error, model).source


def test_a_graph_that_cannot_fold_far_enough_is_refused():
    _, model = network([2, 1])
    outputs = [(model([float(i), 1.0]) - 1) ** 2 for i in range(400)]
    with pytest.raises(ValueError, match=r"^the picture has 2001 boxes"):
        draw(outputs, model)
    draw(outputs, model, limit=2001)


def test_shades_and_paths_of_a_folded_module_are_those_of_its_values():
    error, model = network([2, 1])
    weight = model.layers[0].neurons[1].w[0]
    picture = draw(error, model, depth=2, highlight=weight, color_gradients=True)
    found = boxes(picture)
    strong = [words[0] for words, _, style in found.values() if style.get("color") == "#b0005a"]
    assert sorted(strong) == ["-", "error", "neurons.0", "neurons.1"]
    assert all("fillcolor" in style for _, _, style in found.values())


def test_a_hand_wired_model_names_its_parameters():
    class Line(nn.Module):
        def __init__(self):
            self.slope, self.offset = Value(2.0), Value(1.0)

    line = Line()
    y = line.slope * Value(3.0, label="x") + line.offset
    assert titles(draw(y, line)) == ["slope", "x", "*", "offset", "+"]
    assert titles(draw(y, line, depth=0)) == ["model", "x"]


@pytest.mark.parametrize("model", [3, "MLP", [Value(1.0)]], ids=repr)
def test_what_is_no_model_is_refused(model):
    with pytest.raises(TypeError, match="an object with named_parameters"):
        draw(Value(1.0), model)


def test_another_model_is_refused():
    error, _ = network([2, 1])
    with pytest.raises(ValueError, match=r"no parameter of Neuron\(2, .*another model"):
        draw(error, nn.Neuron(2))


@pytest.mark.parametrize("depth", [-1, 1.5, "all"])
def test_a_wrong_depth_is_refused(depth):
    with pytest.raises(ValueError, match=r"whole number of at least 0, not "):
        draw(*network([2, 1]), depth=depth)


# Values that are alike


def loss_over_samples(count, sizes=(4, 1)):
    model = nn.MLP(2, list(sizes), rng=random.Random(1))
    loss = Value(0.0)
    for number in range(count):
        loss += (model([number / count, 0.5]) - 1.0) ** 2
    loss.backward()
    return loss, model


def counts(picture):
    """How many Values each box stands for, by what else is in its head."""
    found = {}
    for words, role, _ in boxes(picture).values():
        if role != "module":
            head = [word for word in words if not word.startswith(("data", "grad"))]
            number = next((int(word[1:]) for word in head if word.startswith("×")), 1)
            title = " ".join(word for word in head if not word.startswith("×"))
            found[title] = found.get(title, 0) + number
    return found


@pytest.mark.parametrize("with_model", [True, False])
def test_the_passes_of_many_samples_are_one_pass(with_model):
    loss, model = loss_over_samples(100)
    picture = draw(loss, model, limit=10**4) if with_model else draw(loss, limit=10**4)
    found = counts(picture)
    ops = [node.op for node in topological_order(loss)]
    assert len(boxes(picture)) <= 60
    for op in ("dot", "relu", "-", "**2"):
        assert found.pop(op) == ops.count(op)
    assert found["+"] == 100
    assert "Values; those that are alike are one box; fold=False shows them all" in picture.source


def test_of_alike_values_the_least_and_the_greatest_number_are_shown():
    xs = [Value(float(number), label=f"x{number}") for number in range(100)]
    total = xs[0] * 2
    for x in xs[1:]:
        total = total + x * 2
    total.backward()
    (words,) = [words for words, *_ in boxes(draw(total)).values() if words[0] == "x…"]
    assert words == ["x…", "×99", "data 0 … 98", "grad 2"]


def test_what_has_no_order_is_drawn_as_one_box_too():
    xs = [Value(complex(number, 1)) for number in range(100)]
    total = xs[0].exp()
    for x in xs[1:]:
        total = total + x.exp()
    assert "data …" in draw(total).source


@pytest.mark.parametrize(("factor", "title"), [(lambda _: 2, "… * 2"), (float, "*")])
def test_hidden_operands_are_written_where_they_are_the_same(factor, title):
    total = Value(0.0, label="start")
    for number in range(100):
        total = total + Value(1.0, label="x") * factor(number)
    picture = draw(total, constants=False)
    found = [words[0] for words, _, _ in boxes(picture).values() if len(words) == 4]
    assert title in found


@given(graphs())
def test_every_value_of_many_samples_is_in_one_box(drawn_graph):
    program, inputs = drawn_graph
    loss = Value(0.0, label="start")
    for _ in range(70):
        loss = loss + program(*map(Value, inputs))
    picture = draw(loss, limit=10**5)
    assert len(boxes(picture)) <= 60
    assert sum(counts(picture).values()) == len(list(topological_order(loss)))


def test_a_long_chain_is_its_ends_and_the_links_between():
    x = Value(1.0, label="x")
    for _ in range(450):
        x = x.tanh()
    picture = draw(x)
    assert len(boxes(picture)) < 10
    assert counts(picture) == {"x": 1, "tanh": 450}


def test_a_loop_is_drawn_as_a_loop():
    w, state = Value(0.5, label="w"), Value(0.1, label="h0")
    for step in range(1, 41):
        state = (w * state).tanh()
        state.label = f"h{step}"
    picture = draw(state)
    ends = {(tail, head) for tail, head, _ in arrows(picture)}
    assert {("*", "h…"), ("h…", "*")} <= ends
    assert counts(picture)["*"] == 40


def test_a_transformer_of_thousands_of_values_is_the_diagram_of_one():
    model = gpt.GPT(random.Random(0))
    loss = model.loss(gpt.tokens_of("emma"))
    picture = draw(loss, model)
    matrices = ["tokens", "positions", "query", "key", "value", "join", "expand", "contract"]
    assert set(titles(picture)) >= {*matrices, "output", "select", "exp", "relu", "log1p"}
    ends = [(tail, head) for tail, head, _ in arrows(picture)]
    assert [head for tail, head in ends if tail in matrices] == ["select", "+", *["dot"] * 6]
    assert sum(counts(picture).values()) == len(list(topological_order(loss))) > 6000


def test_unfolded_is_every_value():
    loss, model = loss_over_samples(10)
    picture = draw(loss, model, fold=False)
    assert len(boxes(picture)) == len(list(topological_order(loss)))
    assert "×" not in picture.source


def test_outputs_are_never_drawn_as_one_box():
    outputs = [Value(float(number)).exp() for number in range(40)]
    roles = [role for _, role, _ in boxes(draw(outputs)).values()]
    assert roles.count("output") == 40


# Order


def places(picture):
    """The middle of each box and frame, as (across, down), by its name in DOT."""
    found = {}
    for thing in json.loads(picture.pipe("json"))["objects"]:
        corners = [float(number) for number in thing.get("bb", thing.get("pos")).split(",")]
        x, y = (corners[0] + corners[-2]) / 2, (corners[1] + corners[-1]) / 2
        found[thing["name"]] = (x, -y)
    return found


def rows(picture):
    """What is side by side in a frame or outside, in the order in which it is written."""
    found, stack = {}, ["the picture"]
    for line in picture.source.splitlines():
        frame = re.match(r'\s*subgraph "?(cluster_.*?)"? {', line)
        box = re.match(r"\s*(\w+) \[label=.* class=(leaf|module)", line)
        if frame:
            if len(stack) > 1:
                found.setdefault(("frame", stack[-1]), []).append(frame[1])
            stack.append(frame[1])
        elif line.strip() == "}":
            stack.pop()
        elif box:
            found.setdefault((box[2], stack[-1]), []).append(box[1])
    return found


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("sizes", [[4, 1], [3, 2], [5, 4, 1]], ids=str)
def test_a_network_is_drawn_in_its_order(engine, depth, direction, sizes):
    model = nn.MLP(2, sizes, rng=random.Random(1))
    picture = draw(
        model([Value(1.0, label="x1"), Value(0.5, label="x2")]),
        model,
        depth=depth,
        direction=direction,
    )
    place, side = places(picture), 1 if direction == "LR" else 0
    found = rows(picture)
    assert len(found) >= 2
    for (kind, around), names in found.items():
        order = sorted(names, key=lambda name: place[name][side])
        assert order == names, f"each {kind} in {around} has another place"


class Recurrent(nn.Module):
    """A layer that reads what it computed in the step before."""

    def __init__(self, size):
        self.cell = nn.Layer(1 + size, size, activation="tanh", rng=random.Random(1))
        self.out = nn.Neuron(size, rng=random.Random(2))
        self.start = [0.0] * size

    def __call__(self, xs):
        state = self.start
        for x in xs:
            state = self.cell([x, *state])
        return self.out(state)


class Repeated(nn.Module):
    """Layers of which the first reads what the last computed in the step before."""

    def __init__(self):
        self.layers = [nn.Layer(2, 2, rng=random.Random(number)) for number in range(3)]

    def __call__(self, xs):
        state = xs[:2]
        for _ in xs:
            for layer in self.layers:
                state = layer(state)
        return sum(state)


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
@pytest.mark.parametrize(
    ("model", "depth", "part"),
    [(Recurrent(2), 2, "neurons"), (Recurrent(4), 2, "neurons"), (Repeated(), 1, "layers")],
    ids=["two neurons", "four neurons", "layers"],
)
def test_modules_in_a_loop_are_drawn_in_their_order(engine, model, depth, part, direction):
    picture = draw(model([1.0, 0.5, 0.25]), model, depth=depth, direction=direction)
    place, side = places(picture), 0 if direction in ("LR", "RL") else 1
    found = re.findall(rf'^\s*(\w+) \[label="{{?({part}\.\d)\|', picture.source, re.MULTILINE)
    order = sorted(found, key=lambda box: place[box[0]][side], reverse=direction in ("RL", "BT"))
    names = [name for _, name in order]
    assert len(names) > 1
    assert names == sorted(names)
