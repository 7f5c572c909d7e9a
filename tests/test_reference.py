"""What is made from the rules and checked in is what the rules make today."""

import inspect
import runpy
from pathlib import Path

import pytest

import autograd
from autograd.primitive import PRIMITIVES, Primitive

ROOT = Path(__file__).parent.parent
REFERENCE = runpy.run_path(str(ROOT / "docs" / "reference.py"))


def test_the_table_of_the_readme_is_current():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert REFERENCE["table"]() in readme, "put what `python docs/reference.py` prints there"


@pytest.mark.parametrize("name", ["functions", "methods"])
def test_the_stub_files_are_current(name):
    stub = (ROOT / "autograd" / f"{name}.pyi").read_text(encoding="utf-8")
    made = REFERENCE[f"{name}_stub"]()
    assert made == stub, f"run `python docs/reference.py --{name} > autograd/{name}.pyi`"


def test_every_rule_has_a_row():
    rows = REFERENCE["table"]().splitlines()[2:]
    assert len(rows) == len(PRIMITIVES) + len(REFERENCE["COMPOSED"])
    for name in REFERENCE["COMPOSED"]:
        assert any(row.startswith(f"| `{name}(") for row in rows), f"{name} has no row"


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
