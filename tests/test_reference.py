"""What is made from the rules and checked in is what the rules make today."""

import inspect
import runpy
from pathlib import Path

import pytest
import sympy

import autograd
from autograd import functions
from autograd.primitive import PRIMITIVES, Primitive

ROOT = Path(__file__).parent.parent
REFERENCE = runpy.run_path(str(ROOT / "docs" / "reference.py"))


@pytest.mark.skipif(
    tuple(map(int, sympy.__version__.split(".")[:2])) < (1, 13),
    reason="older versions of SymPy write LaTeX otherwise",
)
def test_the_page_of_functions_is_current():
    page = (ROOT / "docs" / "functions.md").read_text(encoding="utf-8")
    assert page == REFERENCE["page"](), "run `python docs/reference.py > docs/functions.md`"


@pytest.mark.parametrize(
    ("name", "path"),
    [("functions", "autograd/functions.pyi"), ("methods", "autograd/slips/methods.pyi")],
)
def test_the_stub_files_are_current(name, path):
    stub = (ROOT / path).read_text(encoding="utf-8")
    made = REFERENCE[f"{name}_stub"]()
    assert made == stub, f"run `python docs/reference.py --{name} > {path}`"


def test_every_rule_and_every_function_has_an_entry():
    entries = {*PRIMITIVES, *functions.__all__}
    assert REFERENCE["page"]().count("\n### ") == len(entries)


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("tanh", "(x)"),
        ("leaky_relu", "(x, *, slope=0.01)"),
        ("hypot", "(x, y)"),
        ("sum", "(items: Iterable[Any], start: Any = 0) -> Any"),
    ],
)
def test_help_shows_how_a_function_is_called(name, signature):
    function = getattr(autograd, name)
    shown = str(inspect.signature(function)).replace("collections.abc.", "").replace("typing.", "")
    assert shown == signature
    assert name + signature in repr(function) or not isinstance(function, Primitive)


def test_every_public_function_is_documented():
    for name in autograd.__all__:
        assert getattr(autograd, name).__doc__, f"autograd.{name} has no docstring"
