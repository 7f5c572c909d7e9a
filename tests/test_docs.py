"""The documents: every block in them is run, and so are the tables of idioms."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import autograd
import nn
from autograd import Value, explain, functions

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}

every_page = pytest.mark.parametrize("name", PAGES)


def text_of(name):
    return PAGES[name].read_text(encoding="utf-8")


@every_page
def test_every_block_of_python_is_an_example_that_doctest_runs(name):
    blocks = re.findall(r"^ *```python\n(.*?)^ *```", text_of(name), re.DOTALL | re.MULTILINE)
    for block in blocks:
        assert block.lstrip().startswith(">>>"), f"this block of {name} is never run:\n{block}"
        assert block.endswith("\n\n"), f"doctest takes the fence for output, in {name}:\n{block}"
        assert "+SKIP" not in block, f"this block of {name} is never run:\n{block}"


# What is read in the repository, as on GitHub, is linked there too.
READ_THERE = [*PAGES.values(), ROOT / "CONTRIBUTING.md", ROOT / "examples/exercises/README.md"]


@pytest.mark.parametrize("path", READ_THERE, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_to_a_heading_of_it(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, heading = address.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), f"{path.name} leads to {address}, which is not there"
        assert not heading or heading in headings(target), f"{address} is no heading of {name}"


def headings(page):
    """The headings of a page as links name them; a page may be another one, included."""
    text = page.read_text(encoding="utf-8")
    for included in re.findall(r"```{include} (\S+)", text):
        text += (page.parent / included).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_no_example_stands_twice():
    found = {}
    for name in PAGES:
        for block in re.findall(r"```python\n(.*?)```", text_of(name), re.DOTALL):
            if block.count("\n") > 5:
                assert block not in found, f"{name} repeats a block of {found[block]}:\n{block}"
                found[block] = name


# What else stands in blocks, and what runs it: .ci/run the commands, and tests below the rest.
OTHER_BLOCKS = {
    "README.md": {""},
    "course.md": {"console"},
    "derivations.md": {"text"},
    "start.md": {"console"},
}


@every_page
def test_there_is_no_other_block_that_nothing_runs(name):
    languages = set(re.findall(r"^ *```([\w{}-]*)[^\n]*\n.*?^ *```", text_of(name), re.M | re.S))
    directives = {language for language in languages if language.startswith("{")}
    surprising = languages - directives - {"python"} - OTHER_BLOCKS.get(name, set())
    assert not surprising, f"who runs the blocks in {surprising} of {name}?"


def test_the_explanation_is_what_explain_prints():
    w, x, t = Value(0.5, "w"), Value(2.0, "x"), Value(1.5, "t")
    y = (w * x).sigmoid()
    y.label = "y"
    error = (y - t) ** 2 / 2
    error.label = "E"
    page = text_of("derivations.md")
    shown = page.partition("`print(explanation)` gives\n\n```text\n")[2].partition("\n```")[0]
    assert shown == str(explain(error, learning_rate=0.1, of=w)), "the page is out of date"


def test_the_list_of_examples_is_what_the_command_prints():
    shown = text_of("start.md").partition("$ python -m examples --list\n")[2].partition("```")[0]
    command = [sys.executable, "-m", "examples", "--list"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shown == listed, "docs/start.md is out of date"


# Tables of idioms


class Idioms:
    """A page for those who come from a library: its table, and what its cells refer to."""

    def __init__(self, page, library, theirs, ours):
        self.page, self.library, self.theirs, self.ours = page, library, theirs, ours

    def rows(self):
        """The pairs of cells in its table; None for a cell that is not one piece of code."""
        rows = re.findall(r"^\| (.*?) \| (.*?) \|$", text_of(self.page), re.MULTILINE)
        codes = [[re.fullmatch(r"`([^`]*)`", cell) for cell in row] for row in rows[1:]]
        return [tuple(code and code[1] for code in row) for row in codes]


# The names that the cells of a column use.
HERE = """
import nn
from autograd import *
from autograd import compile
import numpy as np
x = Value(2.0)
y = x * x
y.backward()
model = nn.MLP(2, [2, 1])
parameters = model.parameters()
f = lambda p: p * p
product = lambda a, b: a * b
point, points = 3.0, np.array([1.0, 2.0])
scores, label = [0.5, 2.0], 1
optimizer = nn.AdamW(parameters, learning_rate=0.1)
"""
TORCH = """
import torch
x = torch.tensor(2.0, requires_grad=True)
y = x * x
model = torch.nn.Linear(2, 1)
parameters = list(model.parameters())
f = lambda p: p * p
point = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
scores, label = torch.tensor([0.5, 2.0]), torch.tensor(1)
optimizer = torch.optim.AdamW(parameters, lr=0.1)
"""
JAX = """
import jax, jax.numpy, jax.test_util
f = lambda p: p * p
product = lambda a, b: a * b
point, points = 3.0, jax.numpy.array([1.0, 2.0])
"""
MICROGRAD = """
from micrograd import nn
from micrograd.engine import Value
x = Value(2.0)
y = x * x
model = nn.MLP(2, [2, 1])
def draw_dot(y): pass  # of the notebook
"""

IDIOMS = [
    Idioms("from_micrograd.md", "micrograd", MICROGRAD, HERE),
    Idioms("from_pytorch.md", "torch", TORCH, HERE),
    Idioms("from_jax.md", "jax", JAX, HERE),
    # The name of HIPS autograd is ours too: it can't be imported beside it.
    Idioms("from_hips_autograd.md", None, None, HERE),
]
# A decorator alone is no program.
ROWS = [(idioms, *row) for idioms in IDIOMS for row in idioms.rows() if row[1] != "@primitive"]


def outcome(setup, code):
    """What a cell gives: the number of an expression, None of anything else."""
    names = {}
    exec(setup, names)
    try:
        program = compile(code, "cell", "eval")
    except SyntaxError:
        exec(code, names)
        return None
    return number(eval(program, names))


def number(result):
    """The float in a number of any library; None if it is anything else."""
    result = getattr(result, "data", result) if isinstance(result, Value) else result
    try:
        return float(result)
    except (TypeError, ValueError):
        return None


@pytest.mark.parametrize(("idioms", "code"), [(row[0], row[2]) for row in ROWS if row[2]])
def test_what_is_written_here_runs(idioms, code):
    outcome(idioms.ours, code)


# What a library says of its own code is not ours to mend.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("idioms", "theirs", "ours"), [row for row in ROWS if row[1] and row[2] and row[0].library]
)
def test_what_is_written_there_gives_the_same(idioms, theirs, ours):
    pytest.importorskip(idioms.library)
    there, here = outcome(idioms.theirs, theirs), outcome(idioms.ours, ours)
    if there is not None and here is not None:
        assert here == pytest.approx(there, rel=1e-6), "single precision has 7 digits"


# The API


@pytest.mark.parametrize(("package", "page"), [(autograd, "api.md"), (nn, "api_nn.md")])
def test_every_public_name_is_in_the_api(package, page):
    shown = set(re.findall(r"^\.\. auto\w+:: (\w+)", text_of(page), re.MULTILINE))
    home = package.__name__
    own = {name for name in package.__all__ if getattr(package, name).__module__.startswith(home)}
    missing = own - shown - set(functions.__all__)
    assert not missing, f"docs/{page} lacks {sorted(missing)}"
    unknown = {name for name in shown if not hasattr(package, name)}
    assert not unknown, f"docs/{page} has {sorted(unknown)}, which are no names of the package"
