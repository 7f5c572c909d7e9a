"""The exercises as notebooks: their cells run, blank and solved, and say what a file says."""

import contextlib
import io
import json
import linecache
import subprocess
import sys
from pathlib import Path

import pytest
from learning import outcome_of

from examples.exercises.__main__ import main
from examples.exercises.exercise import exercises, find
from examples.exercises.notebooks import notebook

ALL = exercises()
BY_NAME = pytest.mark.parametrize("exercise", ALL, ids=[e.name for e in ALL])
ROOT = Path(__file__).parent.parent


def code(made):
    """The code cells of a notebook, by their ids."""
    return {
        cell["id"]: "".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"
    }


def run(cells):
    """What cells print, run in order as IPython does: each is a file that linecache knows."""
    names = {"__name__": "__main__"}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for name, source in cells.items():
            file = f"/ipykernel/{name}.py"
            lines = source.splitlines(keepends=True)
            linecache.cache[file] = (len(source), None, lines, file)
            exec(compile(source, file, "exec"), names)
    return printed.getvalue().strip()


@BY_NAME
def test_a_notebook_with_the_solution_put_in_passes(exercise, monkeypatch):
    monkeypatch.chdir(ROOT)
    cells = code(notebook(exercise))
    check = cells.pop("check")
    solution = exercise.solution.read_text("utf-8")
    assert run({**cells, "solution": solution, "check": check}).endswith("passed")


@BY_NAME
def test_a_blank_notebook_says_what_a_blank_file_says(exercise, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    outcome = outcome_of(exercise, exercise.blank, tmp_path)
    assert run(code(notebook(exercise))).endswith(f"{outcome.status}\n{outcome.message}")


@BY_NAME
def test_a_notebook_holds_what_the_file_holds(exercise):
    made = notebook(exercise)
    cells = code(made)
    answers = [text for name, text in cells.items() if name.startswith("answer")]
    blank = exercise.blank.split('"""', 2)[2]
    assert "".join("".join(answers).split()) == "".join(blank.split())
    shown = "".join("".join(cell["source"]) for cell in made["cells"])
    assert exercise.title in shown
    for number, hint in enumerate(exercise.hints, 1):
        assert f"<summary>Hint {number}</summary>" in shown
        assert hint[:10].replace("*", r"\*") in shown
    assert exercise.solution.read_text("utf-8").strip() in shown


def test_a_failure_in_a_cell_is_told_with_its_line(monkeypatch):
    monkeypatch.chdir(ROOT)
    cells = code(notebook(find("order")))
    cells["answer-2"] = "def smallest(x):\n    return missing"
    told = run(cells)
    assert "fails in line 2:\n    return missing" in told, told


def test_the_setup_brings_the_project_where_it_is_not(tmp_path):
    """As in Colab: nothing is there but a repository to clone."""
    origin = tmp_path / "origin"
    package = origin / "examples" / "exercises"
    package.mkdir(parents=True)
    (origin / "examples" / "__init__.py").touch()
    (package / "__init__.py").write_text("feedback = lambda name, names: f'{name} is here'")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        who = ["-c", "user.name=me", "-c", "user.email=me@here"]
        subprocess.run(["git", *who, *command], cwd=origin, check=True)
    elsewhere = tmp_path / "content"
    elsewhere.mkdir()
    cells = code(notebook(find("product"), str(origin)))
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(cells.values())],
        cwd=elsewhere,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.strip() == "product is here", ran.stderr


def test_the_command_writes_what_is_missing_and_overwrites_nothing(tmp_path, capsys):
    assert main(["notebooks", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith(f"{len(ALL)} new files in ")
    first, second = sorted(tmp_path.glob("*.ipynb"))[:2]
    first.write_text("mine", encoding="utf-8")
    second.unlink()
    assert main(["notebooks", str(tmp_path), "--repository", 'https://a/"b"']) == 0
    assert capsys.readouterr().out.startswith("1 new file in ")
    assert first.read_text(encoding="utf-8") == "mine"
    made = json.loads(second.read_text(encoding="utf-8"))
    assert r'REPOSITORY = "https://a/\"b\""' in code(made)["setup"]
    assert made == notebook(find(2), 'https://a/"b"')
