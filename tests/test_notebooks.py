"""A real notebook: it is run, exported to HTML, and opened in a browser without a network."""

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("nbconvert")
pytest.importorskip("ipykernel")

import nbclient
import nbconvert
import nbformat
from browser import open_chromium

from examples.exercises.exercise import find
from examples.exercises.notebooks import notebook as exercise_notebook

ROOT = Path(__file__).parents[1]

CELLS = {
    "setup": """\
import random, sys
# As on a machine without ipywidgets.
sys.modules["ipywidgets"] = None
from autograd import Value, check_derivation, draw, draw_passes, explain, gradcheck, walkthrough
import nn
w, x, b, t = Value(0.5, "w1"), Value(2.0, "x<y"), Value(0.1, "b"), Value(1.0, "t")
y = (w * x - b).sigmoid()
y.label = "y"
error = (y - t) ** 2 / 2
error.label = "E"
error.backward()
""",
    "explain": "explain(error, 0.1)",
    "draw": "draw(error)",
    "passes": "draw_passes(error)",
    "walkthrough": "walkthrough(error, 'page.html')",
    "parent": "walkthrough(error, 'page.html').parent",
    "gradcheck": "gradcheck(lambda a: a.relu(), 0.0)",
    "derivation": "check_derivation(error, {w: -1})",
    "fit": """\
model = nn.MLP(2, [2, 1], rng=random.Random(0))
xs, ys = nn.two_moons(10, rng=random.Random(0))
optimizer = nn.SGD(model.parameters(), 0.1)
history = nn.fit(model, xs, ys, epochs=3, loss=nn.hinge, optimizer=optimizer)
""",
    "history": "history",
    "plot": "nn.plot_losses(history);",
}


def run(made, folder):
    client = nbclient.NotebookClient(
        made, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=os.environ | {"PYTHONPATH": str(ROOT)})
    return made


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """The notebook as it was run."""
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    return run(nbformat.v4.new_notebook(cells=cells), tmp_path_factory.mktemp("notebook"))


@pytest.fixture(scope="module")
def outputs(notebook):
    """What each cell shows, by its name."""
    return {cell["id"]: cell["outputs"] for cell in notebook["cells"]}


@pytest.fixture(scope="module")
def driver(notebook, tmp_path_factory):
    """The exported notebook, open in a browser that finds no other machine."""
    page = tmp_path_factory.mktemp("export") / "notebook.html"
    html, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    page.write_text(html, encoding="utf-8")
    driver = open_chromium("--host-resolver-rules=MAP * ~NOTFOUND")
    driver.get(page.as_uri())
    yield driver
    driver.quit()


def test_nothing_is_red(outputs):
    shown = [one for cell in outputs.values() for one in cell]
    red = [one for one in shown if one.get("name") == "stderr" or one.output_type == "error"]
    assert not red


@pytest.mark.parametrize("name", ["explain", "passes", "walkthrough", "gradcheck", "derivation"])
def test_what_is_looked_at_is_shown_as_a_page_shows_it(outputs, name):
    [shown] = outputs[name]
    assert "text/html" in shown.data, f"{name} is shown as {shown.data}"


def test_a_path_made_of_that_of_a_page_is_no_page(outputs):
    [shown] = outputs["parent"]
    assert list(shown.data) == ["text/plain"]


def test_the_bar_ends_full_and_is_text(outputs):
    [shown] = outputs["fit"]
    assert list(shown.data) == ["text/plain"], "a widget is gone when the notebook is exported"
    assert shown.data["text/plain"].startswith("100%|█"), shown.data["text/plain"]
    assert "loss=" in shown.data["text/plain"]


def test_formulas_are_set_without_a_network(driver):
    text = driver.execute_script("return document.body.innerText")
    assert "$$" not in text
    assert r"\frac" not in text
    widths = driver.execute_script(
        "return [...document.querySelectorAll('math')].map((x) => x.getBoundingClientRect().width)"
    )
    assert len(widths) > 20
    assert min(widths) > 0


def test_the_formulas_say_what_is_printed(driver):
    rows = driver.execute_script(
        """
        const [error] = [...document.querySelectorAll("h4")].filter(
          (heading) => heading.textContent === "Error");
        return error.nextElementSibling.textContent.replace(/\\s+/g, "");
        """
    )
    assert rows == "E=(y−t)22≈(0.7109495−1)22≈0.04178"


def test_every_step_of_the_passes_is_a_picture(driver):
    figures = driver.execute_script(
        """
        return [...document.querySelectorAll("figure")].map((figure) => [
          figure.querySelector("figcaption").textContent,
          figure.querySelector("svg").getBoundingClientRect().width > 100]);
        """
    )
    count = len(figures)
    assert count > 4
    assert figures == [[f"{number} of {count}", True] for number in range(1, count + 1)]


def test_the_walkthrough_runs_in_its_cell(driver):
    driver.switch_to.frame(driver.find_element("css selector", "iframe"))
    try:
        before = driver.find_element("id", "title").text
        driver.find_element("xpath", "//button[text()='Next']").click()
        after = driver.find_element("id", "title").text
    finally:
        driver.switch_to.default_content()
    assert before == "What is given" != after


def test_a_notebook_of_the_exercises_runs(tmp_path):
    made = nbformat.reads(json.dumps(exercise_notebook(find("order"))), as_version=4)
    nbformat.validate(made)
    run(made, ROOT)
    check = next(cell for cell in made.cells if cell["id"] == "check")
    assert "Nothing is filled in yet" in check["outputs"][0]["text"]
