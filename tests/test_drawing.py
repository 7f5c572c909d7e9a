"""Pictures of graphs as DOT text: golden files, random graphs, each option, wrong input."""

import itertools
import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from drawn import (
    arrows,
    awkward_label,
    boxes,
    linear_network,
    network,
    reading_order,
    square,
    titles,
)
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import graphs

from autograd import Value, maximum
from autograd.drawing import draw
from autograd.graph import topological_order

GOLDEN = Path(__file__).parent / "golden"


def on_highlighted_path():
    error = linear_network()
    (w1,) = [node for node in topological_order(error) if node.label == "w1"]
    return draw(error, highlight=w1)


PICTURES = {
    "linear_network": lambda: draw(linear_network()),
    "linear_network_shades": lambda: draw(
        linear_network(), color_gradients=True, constants=False, partials=False
    ),
    "linear_network_path": on_highlighted_path,
    "square": lambda: draw(square()),
    "square_downwards": lambda: draw(square(), direction="TB", digits=2),
    "awkward_label": lambda: draw(awkward_label()),
    "two_outputs": lambda: draw([Value(2.0, label="x").exp(), Value(Fraction(1, 3)) + 1]),
    "mlp": lambda: draw(*network([2, 1])),
    "mlp_neurons": lambda: draw(*network([2, 1]), depth=2),
    "mlp_large": lambda: draw(*network([16, 16, 1], "relu")),
}


@pytest.mark.parametrize("name", PICTURES)
def test_dot_text_is_the_golden_one(name):
    expected = (GOLDEN / f"{name}.dot").read_text(encoding="utf-8")
    message = f"{name}.dot has changed; if it should, run `python tests/test_drawing.py`"
    assert PICTURES[name]().source == expected, message


@given(st.text(st.characters(exclude_categories=[]), min_size=1))
@example("\ud800")
def test_any_label_is_valid_dot_and_xml(label):
    source = draw(Value(1.0, label=label)).source
    source.encode()  # raises for a lone surrogate
    written = re.search(r'label="\{(.*)\}\|data', source)[1]
    text = re.sub(r"&(\w+|#\d+);|\\[\\n]", "", written)
    assert not re.search(r'["{}|<>\\&\x00-\x1f\x7f-\x9f]', text), written


@given(graphs())
def test_every_edge_of_a_random_graph_is_drawn(drawn_graph):
    program, inputs = drawn_graph
    output = program(*[Value(number, label=f"x{i}") for i, number in enumerate(inputs)])
    output.backward()
    nodes = list(topological_order(output))
    picture = draw(output, limit=10**4)
    assert len(boxes(picture)) == len(nodes)
    assert len(arrows(picture)) == sum(len(node.parents) for node in nodes)


# Options


@given(graphs())
def test_partials_can_be_left_out(drawn_graph):
    program, inputs = drawn_graph
    output = program(*map(Value, inputs))
    with_them, without = draw(output), draw(output, partials=False)
    assert "∂" not in without.source
    assert re.sub(r' \[label="\s*∂.*?"\]', "", with_them.source) == without.source


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda x: x - 1, "… - 1"),
        (lambda x: 0.5 * x, "0.5 * …"),
        (lambda x: x**2, "**2"),
        (lambda x: maximum(x, 0), "maximum(…, 0)"),
        (lambda x: x * x, "*"),
    ],
)
def test_a_hidden_constant_is_written_into_its_operation(make, text):
    x = Value(3.0, label="x")
    picture = draw(make(x), constants=False)
    (x_words, _, _), (words, _, _) = boxes(picture).values()
    assert (x_words[0], words[0]) == ("x", text)


def test_hidden_operands_of_a_long_sum_are_not_all_written():
    from autograd import sum

    total = sum([Value(1.0, label="x"), *map(Value, range(20))])
    assert "sum(…, 0, 1, 2, 3, 4, …)" in titles(draw(total, constants=False))


def test_a_constant_that_is_the_output_is_drawn():
    assert titles(draw(Value(3.0), constants=False)) == ["data 3"]


@given(graphs(), st.data())
def test_highlighted_are_the_paths_from_a_value_to_the_output(drawn_graph, data):
    program, inputs = drawn_graph
    output = program(*map(Value, inputs))
    nodes = reading_order(output)
    source = data.draw(st.sampled_from(nodes))
    picture = draw(output, highlight=source, limit=10**4)
    # The other way round: from each node up its parents, it meets the source or does not.
    expected = [source in set(topological_order(node)) for node in nodes]
    strong = ["#b0005a" in style.values() for _, _, style in boxes(picture).values()]
    assert strong == expected
    edges = [source in set(topological_order(p)) for node in nodes for p in node.parents]
    assert ["#b0005a" in style for _, _, style in arrows(picture)] == edges


def luminance(color):
    """The lightness of a colour as a greyscale print shows it, from 0 to 255."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def fills(gradients):
    values = [Value(1.0, label="x") for _ in gradients]
    for value, gradient in zip(values, gradients, strict=True):
        value.grad = gradient
    found = [
        style["fillcolor"] for _, _, style in boxes(draw(values, color_gradients=True)).values()
    ]
    return list(map(luminance, found))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=40))
def test_a_larger_gradient_is_never_lighter(gradients):
    ordered = sorted(zip(map(abs, gradients), fills(gradients), strict=True))
    shades = [shade for _, shade in ordered]
    assert shades == sorted(shades, reverse=True), ordered


def test_each_factor_has_a_shade_that_differs_in_greyscale():
    # Of 256 levels of grey, neighbours 10 apart can be told from each other.
    shades = fills([0, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1])
    assert all(light - dark > 10 for light, dark in itertools.pairwise(shades[1:]))
    assert shades[0] == 255 > shades[1]


def test_ink_can_be_read_on_the_darkest_shade():
    def relative(color):
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    from autograd.drawing import styles

    contrast = (relative(styles._SHADES[-1]) + 0.05) / (relative(styles.INK) + 0.05)
    assert contrast >= 4.5, "WCAG asks for 4.5 to 1"


@pytest.mark.parametrize("gradient", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite_is_as_dark_as_the_largest(gradient):
    infinite, largest, smaller = fills([gradient, 5.0, 0.5])
    assert infinite == largest < smaller


def test_without_gradients_the_legend_says_so():
    assert "call backward() first" in draw(Value(1.0), color_gradients=True).source


def test_other_kinds_of_gradients_have_shades():
    numpy = pytest.importorskip("numpy")
    sympy = pytest.importorskip("sympy")
    lanes, complex_number, formula, small = fills(
        [numpy.array([0.0, -5.0]), 3 + 4j, sympy.Symbol("z"), Fraction(1, 100)]
    )
    assert lanes == complex_number < small < formula == 255


def chain(length):
    x = Value(1.0)
    for _ in range(length):
        x = x.tanh()
    return x


@pytest.mark.parametrize(
    ("output", "direction"),
    [(square, "LR"), (lambda: chain(5), "LR"), (lambda: chain(6), "TB"), (linear_network, "TB")],
)
def test_a_long_way_goes_down_the_page(output, direction):
    assert f"rankdir={direction}" in draw(output()).source


def test_a_network_with_many_weights_goes_across_the_page():
    error, model = network([8, 8, 8, 1])
    assert "rankdir=LR" in draw(error, model, depth=2).source
    assert "rankdir=TB" in draw(error, model, depth=1).source


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
def test_a_direction_is_taken(direction):
    assert f"rankdir={direction}" in draw(square(), direction=direction).source


# Wrong input


@pytest.mark.parametrize("wrong", [3.0, None, "x", [Value(1.0), 2.0]], ids=repr)
def test_what_is_no_value_is_refused(wrong):
    words = r"a Value or a list of Values, not " + re.escape(repr(wrong))
    with pytest.raises(TypeError, match=r"draw\(\) takes " + words):
        draw(wrong)
    with pytest.raises(TypeError, match="highlight is " + words):
        draw(Value(1.0), highlight=wrong)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"direction": "up"}, "LR, RL, TB, BT, not 'up'"),
        ({"digits": 0}, "at least 1, not 0"),
        ({"depth": 1}, r"pass it too, as in draw\(output, model, depth=1\)"),
        ({"highlight": Value(2.0)}, r"Value\(data=2.0, grad=0\) is no part of this graph"),
    ],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        draw(Value(1.0), **options)


def test_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one Value"):
        draw([])


def test_a_million_nodes_are_refused():
    with pytest.raises(ValueError, match=r"1000001 boxes, .* at most 1000\."):
        draw(chain(10**6))


def test_the_limit_is_the_largest_graph_drawn():
    output = linear_network()
    count = len(list(topological_order(output)))
    draw(output, limit=count)
    with pytest.raises(ValueError, match=f"{count} boxes"):
        draw(output, limit=count - 1)


def test_too_many_edges_are_refused():
    from autograd import sum

    output = sum([Value(1.0)] * 4001)
    with pytest.raises(ValueError, match=r"4001 arrows, .* at most 2000\."):
        draw(output)
    draw(output, limit=2001)


if __name__ == "__main__":
    sys.path.insert(0, str(GOLDEN.parents[1]))
    for name, picture in PICTURES.items():
        (GOLDEN / f"{name}.dot").write_text(picture().source, encoding="utf-8")


@pytest.mark.parametrize("limit", ["1000", None, -1, float("nan"), [60]])
def test_a_limit_is_a_number_of_boxes(limit):
    with pytest.raises(ValueError, match="limit is a number of boxes"):
        draw(Value(1.0) * 2, limit=limit)


def test_a_gradient_beyond_floats_is_dark():
    x = Value(10**400, label="x")
    y = x * x
    y.backward()
    colours = re.findall(r"data 1e400.*fillcolor=\"(#\w+)\"", draw(y, color_gradients=True).source)
    assert colours == ["#ee8e4e"]


@pytest.mark.parametrize(("digits", "text"), [(2, "0.33"), (6, "0.333333")])
def test_all_numbers_have_the_digits_that_were_asked_for(digits, text):
    x = Value(1 / 3, label="x")
    y = x * x
    y.backward(0.5)
    source = draw(y, digits=digits).source
    assert f"data {text}\\l" in source
    assert f"grad {text}\\l" in source
    assert source.count(f'"∂ {text}"') == 2
