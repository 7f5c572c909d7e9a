"""The page as a file: what it holds, what it leaves alone, what is refused."""

import html
import math
import re
import sys
import xml.etree.ElementTree as ET
from fractions import Fraction
from html.parser import HTMLParser

import numpy as np
import pytest
from pages import linear

import nn
from autograd import Value, dot, primitive, walkthrough
from autograd.graph import topological_order
from examples import t1, t2, t3


@pytest.fixture
def path(tmp_path):
    return tmp_path / "page.html"


# The file


def test_a_notebook_shows_the_page_and_no_other_file(path):
    page = walkthrough(linear()[1], path)
    shown = page._repr_html_()
    assert html.unescape(shown.split('"')[1]) == path.read_text(encoding="utf-8")
    assert page.parent._repr_html_() is None


def test_it_is_one_file_that_names_no_other(path):
    assert walkthrough(linear()[1], path) == path

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            links = {"src", "href", "action", "data"} & {name for name, _ in attributes}
            assert not links, f"<{tag}> refers to another file"

    content = path.read_text(encoding="utf-8")
    Reader().feed(content)
    assert set(re.findall(r"url\((.)", content)) <= {"#"}
    assert not re.search(r"https?:|@import|<!--", content)


def test_the_same_graph_is_the_same_file(path):
    texts = [walkthrough(linear()[1], path, 0.1).read_text(encoding="utf-8") for _ in range(2)]
    assert texts[0] == texts[1]


def test_the_graph_is_left_alone(path):
    leaf, error = linear()
    error.backward()
    before = [(node.data, node.grad, node.label) for node in topological_order(error)]
    walkthrough(error, path)
    assert [(node.data, node.grad, node.label) for node in topological_order(error)] == before
    assert len(leaf) == 9


@pytest.mark.parametrize(
    ("title", "shown"),
    [(None, "Backpropagation: error"), ("<b> & a", "&lt;b&gt; &amp; a"), ("", "")],
)
def test_the_title_of_the_page(title, shown, path):
    walkthrough(linear()[1], path, title=title)
    page = path.read_text(encoding="utf-8")
    assert f"<title>{shown}</title>" in page
    assert f"<h1>{shown}</h1>" in page


def test_it_needs_no_graphviz(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "graphviz", None)
    walkthrough(linear()[1], path)
    assert path.read_text(encoding="utf-8").count('class="value ') == 2 * 14


WEIGHTS = {t1: t1.WEIGHTS, t2: [x for x in t2.leaves() if x.startswith("w")], t3: t3.WEIGHTS}


@pytest.mark.parametrize("network", WEIGHTS, ids=["t1", "t2", "t3"])
def test_every_value_and_every_line_is_in_both_pictures(network, path):
    numbers = () if network is not t3 else (t3.INPUTS | t3.WEIGHTS,)
    nodes = network.forward(network.leaves(*numbers))
    error = list(nodes.values())[-1] if network is t3 else nodes["error"]
    walkthrough(error, path)
    pictures = re.findall(r'<svg class="picture.*?</svg>', path.read_text(encoding="utf-8"), re.S)
    assert len(pictures) == 2
    for picture in map(ET.fromstring, pictures):
        values = [group.get("data-value") for group in picture.iter("g")]
        segments = [line.get("data-segment") for line in picture.iter("path")]
        assert sorted(values, key=int) == [str(i) for i in range(len(values))]
        assert segments == [str(i) for i in range(len(segments))]
        weights = [node for node in topological_order(error) if node.label in WEIGHTS[network]]
        assert len(values) == len([n for n in topological_order(error) if n.label])
        assert len(picture.findall("g[@class='value weight']")) == len(weights)


# What is refused


def test_what_is_no_value_is_refused(path):
    with pytest.raises(TypeError, match=r"takes the Value to differentiate, not 0\.5"):
        walkthrough(0.5, path)


@pytest.mark.parametrize("data", [np.ones(2), 1j])
def test_what_is_no_real_number_is_refused(data, path):
    with pytest.raises(TypeError, match=f"real numbers, and this graph has {type(data).__name__}"):
        walkthrough(Value(data, label="w") * 2, path)


def test_a_large_graph_is_refused(path):
    weights = [Value(0.01 * i, label=f"w{i}") for i in range(101)]
    with pytest.raises(ValueError, match="102 named Values, too many to step through: at most 100"):
        walkthrough(dot(weights, [1.0] * 101), path)
    assert not path.exists()


def test_nothing_to_train_is_refused(path):
    x = Value(2.0, label="x")
    h = x * x
    h.label = "h"
    with pytest.raises(ValueError, match="no leaf"):
        walkthrough(h * 2, path, of=h)


@pytest.mark.parametrize(
    ("error", "options", "words"),
    [
        (Value(2.0, "w"), {}, "computed from nothing"),
        (Value(2.0) * 3, {}, "no leaf with a label: give the weights labels"),
        (Value(2.0, "w") * 3, {"of": "v"}, "not computed from 'v'; the labels are w"),
        (Value(2.0, "w") * 3, {"of": []}, "of is to name what the error was computed from"),
        (Value(2.0, "w") * 3, {"of": 3}, "of is a Value or a label, or a list of them, not 3"),
        (Value(2.0, "w") * 3, {"digits": 0}, "digits is a whole number"),
        (Value(2.0, "w") * 3, {"title": 3}, "title is the title of the page, a text, not 3"),
    ],
)
def test_what_is_refused_is_told_in_words_of_walkthrough(error, options, words, path):
    with pytest.raises((TypeError, ValueError), match=words) as caught:
        walkthrough(error, path, **options)
    assert "explain" not in str(caught.value).replace("nothing to explain", "")
    assert not path.exists()


def test_a_rule_of_plain_numbers_is_refused(path):
    with pytest.raises(TypeError, match="a browser has no sine"):
        walkthrough(sine(Value(0.5, label="w")) * 2, path)


@primitive
def sine(x):
    return math.sin(x), (math.cos(x),)


def test_fractions_are_taken_as_floats(path):
    walkthrough(Value(Fraction(1, 3), label="w") ** 2, path)
    assert f"const GIVEN = [{1 / 3!r}]" in path.read_text(encoding="utf-8")


# What is trained


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("w1", "x", "b"), {"w1", "b"}),
        (("W_1", "bias_2", "layers.0.neurons.1.w.0", "weight"), None),
        (("width", "best", "target", "bit", "w"), {"w"}),
        (("wx", "Wxh", "bh", "x"), {"wx", "Wxh", "bh"}),
        (("x", "y"), {"x", "y"}),
    ],
)
def test_weights_are_known_by_their_labels(labels, expected, path):
    leaves = [Value(0.5, label=label) for label in labels]
    walkthrough(dot(leaves, range(1, len(leaves) + 1)), path)
    found = re.findall(r'"name": "([^"]*)"[^}]*"trained": true', path.read_text(encoding="utf-8"))
    assert set(found) == (expected or set(labels))


def test_inputs_of_a_recurrent_network_are_no_weights(path):
    u, v, c, h = (Value(0.5, label=label) for label in ("u", "v", "c", "h0"))
    for step in (1, 2, 3):
        h = (u * Value(0.1 * step, label=f"x{step}") + v * h + c).tanh()
        h.label = f"h{step}"
    walkthrough((h - Value(0.5, label="t")) ** 2, path)
    content = path.read_text(encoding="utf-8")
    assert set(re.findall(r'"name": "([^"]*)"[^}]*"trained": true', content)) == {"u", "v", "c"}


def test_a_module_is_trained_by_its_parameters(path):
    model = nn.MLP(2, [3, 1], activation="tanh")
    error = (model([1.0, 2.0]) - 1) ** 2
    walkthrough(error, path, of=model)
    content = path.read_text(encoding="utf-8")
    assert content.count('"trained": true') == len(model.parameters())


@pytest.mark.parametrize(
    "rate", [math.nan, math.inf, -0.5, 0, "0.5", None, True, 10**400, [0.5]], ids=str
)
def test_a_learning_rate_is_a_positive_number(tmp_path, rate):
    _, error = linear()
    with pytest.raises(ValueError, match="learning_rate is a positive number"):
        walkthrough(error, tmp_path / "page.html", rate)
    assert not (tmp_path / "page.html").exists()


@pytest.mark.parametrize("digits", [0, -1, 81, 10**9, 4.0, True, "4", None])
def test_digits_are_as_many_as_the_page_can_write(tmp_path, digits):
    _, error = linear()
    with pytest.raises(ValueError, match="from 1 to 80 on a page"):
        walkthrough(error, tmp_path / "page.html", digits=digits)


def test_numbers_beyond_floats_are_refused(tmp_path):
    w = Value(10**400, label="w")
    with pytest.raises(ValueError, match="this graph has 1e400"):
        walkthrough(w * 2, tmp_path / "page.html")


def test_any_other_rate_is_written_as_a_float(tmp_path):
    _, error = linear()
    for rate in (Fraction(1, 4), 2, np.float32(0.25)):
        text = walkthrough(error, tmp_path / "page.html", rate).read_text(encoding="utf-8")
        assert f'"rate": {float(rate)}' in text
