"""What a page is made of: the network with its lines, formulas, and conditions of formulas."""

import itertools
import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import linear

from autograd import Value, dot, maximum, no_grad, primitive, walkthrough, where
from autograd.explaining import Number, Operation, Step, explain, mathml, name_parts, text
from autograd.graph import topological_order
from autograd.numbers import elementary
from autograd.pages.content import sides_of
from autograd.pages.picture import laid_out, network_of, pictures
from examples import t1, t3, t4


def named(network, pairs):
    return {tuple(network.names[value] for value in pair) for pair in pairs}


# The network


def test_weights_stand_on_the_lines_to_what_they_multiply():
    leaf, error = linear()
    network = network_of(explain(error, 0.1, of=[leaf[name] for name in t1.WEIGHTS]))
    assert named(network, network.on_lines.items()) == {
        *{("w1", "i1"), ("w2", "i2"), ("w3", "i1"), ("w4", "i2"), ("w5", "h1"), ("w6", "h2")}
    }
    assert ("i1", "h1") not in named(network, network.segments)
    assert ("prediction", "prediction - target") in named(network, network.segments)


@pytest.mark.parametrize(
    ("formula", "on_lines"),
    [
        (lambda w, x, b: w * x + b, {("w", "x")}),
        (lambda w, x, b: (w * x + b).tanh(), {("w", "x")}),
        (lambda w, x, b: dot([w, b], [x, x]), {("w", "x"), ("b", "x")}),
        (lambda w, x, b: w * x + w + b, set()),
        (lambda w, x, b: w * w + x * x + b, set()),
        (lambda w, x, b: w * x * b, set()),
        (lambda w, x, b: maximum(w, x) - b, set()),
        # Of two weights neither stands on the line of the other.
        (lambda w, x, b: w * b + x, set()),
        (lambda w, x, b: b * w + x, set()),
    ],
)
def test_a_weight_stands_on_a_line_where_it_multiplies_one_value_and_no_more(formula, on_lines):
    w, x, b = (Value(number, label=name) for name, number in (("w", 0.5), ("x", 2.0), ("b", 1.0)))
    network = network_of(explain(formula(w, x, b) ** 2, 0.1, of=[w, b]))
    assert named(network, network.on_lines.items()) == on_lines
    reached = {network.names[value] for pair in network.segments for value in pair}
    assert reached == {"w", "x", "b", "E"}


def test_inputs_that_are_trained_too_stand_on_no_line_of_shared_weights():
    w, h = Value(0.5, label="w"), Value(0.0, label="h0")
    for step in (1, 2, 3):
        h = (w * Value(0.1 * step, label=f"x{step}") + h).tanh()
        h.label = f"h{step}"
    leaves = [node for node in topological_order(h) if not node.parents]
    network = network_of(explain(h**2, 0.1, of=leaves))
    assert network.on_lines == {}
    assert {("w", "h1"), ("x1", "h1"), ("h1", "h2")} <= named(network, network.segments)


def test_the_way_of_a_value_goes_through_the_weight_on_its_line():
    leaf, error = linear()
    network = network_of(explain(error, 0.1, of=[leaf[name] for name in t1.WEIGHTS]))
    value = {name: value for value, name in network.names.items()}

    def way(tail, head):
        return named(network, [network.segments[i] for i in network.way(value[tail], value[head])])

    assert way("i1", "h1") == {("i1", "w1"), ("w1", "h1")}
    assert way("w1", "h1") == {("w1", "h1")}
    assert way("prediction", "prediction - target") == {("prediction", "prediction - target")}
    assert way("h1", "h2") == set()


def test_there_are_lines_from_what_another_choice_would_read():
    w, x = Value(0.5, label="w"), Value(2.0, label="x")
    network = network_of(explain(where(w > x, w, x) ** 2, 0.1, of=w))
    assert named(network, network.segments) == {("w", "E"), ("x", "E")}


def test_what_has_no_influence_has_no_reader():
    w, x = Value(0.5, label="w"), Value(2.0, label="x")
    sum_of_both, stepped = explain(w + x, of=[w, x]), explain(w.floor() + x, of=[w, x])
    assert [step.through for step in sum_of_both.steps[1:]] == [("E",), ("E",)]
    assert {step.name: step.through for step in stepped.steps[1:]} == {"w": (), "x": ("E",)}


def layouts(error, of=None):
    """The layout of a network for each direction, with what stands in each of its columns."""
    network = network_of(explain(error, 0.1, of=of))
    for direction, length, across in (("LR", 0, 1), ("TB", 1, 0)):
        sizes = {value: (60 + 3 * len(name), 40) for value, name in network.names.items()}
        layout = laid_out(sizes, network.segments, direction)
        places = {value: (box.x, box.y) for value, box in layout.boxes.items()}
        columns: dict[float, list] = {}
        for value in sorted(places, key=lambda value: places[value][across]):
            columns.setdefault(round(places[value][length], 6), []).append(network.names[value])
        yield network, layout, [columns[place] for place in sorted(columns)]


@pytest.mark.parametrize("error", [lambda: linear()[1], lambda: t4.forward(t4.leaves())["E"]])
def test_neurons_stand_in_the_order_of_the_network(error):
    for network, _, columns in layouts(error()):
        order = list(network.names.values())
        for column in columns:
            computed = [name for name in column if not re.match("t|b|w", name)]
            assert computed == sorted(computed, key=order.index)
    assert ["w1", "w2", "b1", "w3", "w4"] in columns or ["w1", "w2", "w3", "w4"] in columns


def test_a_target_stands_beside_what_it_is_compared_with():
    for _, _, columns in layouts(t4.forward(t4.leaves())["E"]):
        assert ["out_o1", "t1", "out_o2", "t2"] in columns


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_boxes_are_apart_and_lines_meet_none_on_their_way(chance):
    for network, layout, _ in layouts(any_network(chance)):
        boxes = layout.boxes
        for one, other in itertools.combinations(boxes.values(), 2):
            apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.1
            apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.1
            assert apart_x or apart_y
        for (tail, head), path in layout.paths.items():
            corners = [tuple(map(float, place.split())) for place in path[1:].split("L")]
            for value, box in boxes.items():
                assert value in (tail, head) or not any(
                    abs(x - box.x) < box.width / 2 - 1 and abs(y - box.y) < box.height / 2 - 1
                    for start, end in itertools.pairwise(corners)
                    for x, y in points_between(start, end)
                ), f"the line from {network.names[tail]} crosses {network.names[value]}"


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_a_weight_stands_just_before_its_neuron(chance):
    for network, _, columns in layouts(any_network(chance)):
        column = {name: index for index, names in enumerate(columns) for name in names}
        for tail, head in network.segments:
            before, after = (column[network.names[value]] for value in (tail, head))
            assert before < after
            assert before == after - 1 or tail not in network.on_lines


def points_between(start, end):
    count = math.ceil(math.dist(start, end) / 4) or 1
    return [
        tuple(a + (b - a) * n / count for a, b in zip(start, end, strict=True))
        for n in range(count + 1)
    ]


def any_network(chance):
    """A network of labelled neurons, each on some of what is before it."""
    nodes = [Value(0.5, label=f"x{number}") for number in range(chance.randint(1, 3))]
    for number in range(chance.randint(1, 6)):
        sources = chance.sample(nodes, min(len(nodes), chance.randint(1, 3)))
        weights = [Value(0.1, label=f"w{number}{place}") for place, _ in enumerate(sources)]
        h = dot(weights, sources, Value(0.2, label=f"b{number}")).tanh()
        h.label = f"h{number}"
        nodes.append(h)
    return (nodes[-1] - Value(1.0, label="target")) ** 2


def test_the_picture_is_as_large_as_what_is_in_it():
    leaf, error = linear()
    network = network_of(explain(error, 0.1, of=[leaf[name] for name in t1.WEIGHTS]))
    for svg in pictures(network, 4, "a network"):
        left, top, width, height = map(float, re.search(r'viewBox="([^"]*)"', svg)[1].split())
        boxes = [
            list(map(float, found))
            for found in re.findall(r'<rect x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"', svg)
        ]
        assert len(boxes) == len(network.names)
        # The boxes touch the margin of 8 on all sides, but for digits that are rounded off.
        sides = [
            (min(x for x, *_ in boxes), left + 8),
            (min(y for _, y, *_ in boxes), top + 8),
            (max(x + w for x, _, w, _ in boxes), left + width - 8),
            (max(y + h for _, y, _, h in boxes), top + height - 8),
        ]
        for found, expected in sides:
            assert abs(found - expected) <= 2, f"{sides}"


# Formulas


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_label_makes_a_formula_that_can_be_parsed(first, second):
    w, x = Value(0.5, label=first), Value(2.0, label=second)
    error = (w * x).tanh() ** 2 / 3
    for step in explain(error, 0.1, of=[w, x]).steps:
        for part in (step.left, step.chain, step.formula, step.numbers):
            if part is not None:
                ET.fromstring(f"<math>{mathml(part, 4)}</math>")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("w5", ("w", "5")),
        ("w_i1j1", ("w", "i1j1")),
        ("w1_2", ("w", "1,2")),
        ("E_total", ("E", "total")),
        ("x'", ("x'", "")),
        ("prediction", ("prediction", "")),
        ("o - t", ("o − t", "")),
        ("_w", ("_w", "")),
        ("1", ("1", "")),
    ],
)
def test_names_have_subscripts(name, parts):
    assert name_parts(name) == parts


def networks():
    yield linear()[1], list(t1.WEIGHTS)
    yield t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"], list(t3.WEIGHTS)
    w, x = Value(-0.5, label="w"), Value(2.0, label="x")
    h = (w * x).relu()
    h.label = "h"
    yield maximum(h, w) * h.tanh() + w.exp() / x, ["w", "x"]


def test_numbers_in_names_are_those_that_explain_puts_in():
    for error, of in networks():
        for step in explain(error, 0.1, of=of).steps:
            if isinstance(step, Step) and not step.kind.startswith("new"):
                found = mathml(step.formula, 4, lambda _: "x")
                places = found.count("data-number") + len(re.findall("<mn>", found))
                assert places == count_numbers(step.numbers), text(step.numbers, 4)


def count_numbers(expression):
    match expression:
        case Number():
            return 1
        case Operation("if", (chosen, _)):
            return count_numbers(chosen)
        case Operation(_, operands):
            return sum(map(count_numbers, operands))
    return 0


def test_the_sides_of_conditions_are_computed():
    w, x = Value(-0.5, label="w"), Value(2.0, label="x")
    h = (w * x - 3).relu()
    h.label = "h"
    error = h**2
    explanation = explain(error, of=[w])
    names = explanation.outline.names
    sides = [side for step in explanation.steps for side in sides_of(step.conditions, names, error)]
    assert [(left.data, condition.name, right.data) for condition, left, right in sides] == [
        (-4.0, "≤", 0)
    ]


@primitive
def shrunk(x):
    """x, shortened by π towards 0."""
    far = abs(x) > elementary.pi(x)
    return where(far, x - elementary.pi(x), 0 * x), (where(far, 1, 0),)


@pytest.mark.parametrize("number", [4.0, -1.0])
def test_conditions_of_rules_of_ones_own_are_computed(number, tmp_path):
    w = Value(number, label="w")
    error = shrunk(w) ** 2
    found = [side for s in explain(error).steps for side in sides_of(s.conditions, {w: "w"}, error)]
    assert {(left.data, right.data) for _, left, right in found} == {(abs(number), math.pi)}
    walkthrough(error, tmp_path / "page.html")


def test_it_is_written_within_no_grad_too(tmp_path):
    path = tmp_path / "page.html"
    x = Value(-2.0, label="w")
    error = (x * 3).relu() ** 2 + x
    outside = walkthrough(error, path).read_text(encoding="utf-8")
    with no_grad():
        assert walkthrough(error, path).read_text(encoding="utf-8") == outside
