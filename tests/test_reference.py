"""What is made from the rules and checked in is what the rules make today."""

from pathlib import Path

import autograd
from autograd import reference
from autograd.primitive import PRIMITIVES

ROOT = Path(__file__).parent.parent


def test_the_table_of_the_readme_is_current():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert reference.table() in readme, "put what `python -m autograd.reference` prints there"


def test_the_stub_file_is_current():
    stub = (Path(autograd.__file__).parent / "functions.pyi").read_text(encoding="utf-8")
    assert reference.stub() == stub, "run `python -m autograd.reference --stub` into that file"


def test_every_rule_has_a_row():
    assert len(reference.table().splitlines()) == 2 + len(PRIMITIVES)


def test_every_public_function_is_documented():
    for name in autograd.__all__:
        assert getattr(autograd, name).__doc__, f"autograd.{name} has no docstring"
