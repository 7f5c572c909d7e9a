"""Exercises as Jupyter notebooks, made from the same files."""

import ast
import json
from pathlib import Path
from typing import Any

from examples.exercises.exercise import Exercise, exercises

_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
_SETUP = """\
# Finds the exercises. Where there are none, as in Colab, it first makes a copy of the repository.
import subprocess
import sys
from pathlib import Path

REPOSITORY = {repository}

copy = Path.cwd() / "scalar-autograd"
places = [Path.cwd(), *Path.cwd().parents, copy]
found = [place for place in places if (place / "examples" / "exercises").is_dir()]
if not found:
    if not REPOSITORY:
        raise FileNotFoundError("The exercises are not here: put their address in REPOSITORY")
    subprocess.run(["git", "clone", "--depth", "1", REPOSITORY, str(copy)], check=True)
    found = [copy]
# Before all others: Colab has another package that is called autograd.
sys.path.insert(0, str(found[0]))
"""
_CHECK = """\
from examples.exercises import feedback

print(feedback("{name}", globals()))
"""


def write_notebooks(folder: Path, repository: str) -> list[Path]:
    """Writes the notebooks that are not there yet.

    Args:
        folder: where to write them.
        repository: an address for `git clone`, needed in Colab; "" for none.

    Returns:
        The files that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {exercise: folder / f"{exercise.path.stem}.ipynb" for exercise in exercises()}
    missing = {exercise: file for exercise, file in files.items() if not file.exists()}
    for exercise, file in missing.items():
        text = json.dumps(notebook(exercise, repository), indent=1, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")
    return list(missing.values())


def notebook(exercise: Exercise, repository: str = "") -> dict[str, Any]:
    """A notebook with the task, cells for the answers, a cell that checks them, and the hints.

    Args:
        exercise: the exercise.
        repository: as for `write_notebooks`.

    Returns:
        The notebook as data, for JSON.

    >>> [cell["id"] for cell in notebook(exercises()[0])["cells"]]
    ['task', 'setup', 'answer-1', 'check', 'hints']
    """
    title, _, task = str(exercise.names["__doc__"]).strip().partition("\n")
    answers = in_cells(exercise.blank)
    cells = {
        "task": markdown_cell(f"# {exercise.number}. {title}\n{_prose(task)}"),
        "setup": code_cell(_SETUP.format(repository=json.dumps(repository))),
        **{f"answer-{number}": code_cell(text) for number, text in enumerate(answers, 1)},
        "check": code_cell(_CHECK.format(name=exercise.name)),
        "hints": markdown_cell(_hints(exercise)),
    }
    return notebook_of([cell | {"id": name} for name, cell in cells.items()])


def notebook_of(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """A notebook of these cells, as data for JSON. Cells without an id are numbered."""
    return {
        "cells": [{"id": f"cell-{number}"} | cell for number, cell in enumerate(cells, 1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def in_cells(program: str) -> list[str]:
    """The code of a program after its docstring; each function and class has its own cell."""
    docstring, *body = ast.parse(program).body
    start, cells = docstring.end_lineno, []
    for node, following in zip(body, [*body[1:], None], strict=True):
        is_alone = any(isinstance(part, _DEFINITIONS) for part in (node, following))
        if is_alone or following is None:
            cells.append("\n".join(program.splitlines()[start : node.end_lineno]).strip("\n"))
            start = node.end_lineno
    return cells


def _prose(text: str) -> str:
    """Text as Markdown, escaped because `h1**2 + h2**2` would be bold. Indented lines are code."""
    return "\n".join(
        line if line.startswith("    ") else _escaped(line) for line in text.splitlines()
    )


def _escaped(line: str) -> str:
    parts = line.split("`")
    parts[::2] = [part.replace("*", r"\*") for part in parts[::2]]
    return "`".join(parts)


def _hints(exercise: Exercise) -> str:
    """The hints, and below them a solution, each revealed by a click."""
    folded = {f"Hint {number}": _prose(text) for number, text in enumerate(exercise.hints, 1)}
    if exercise.solution.exists():
        folded["A solution"] = f"```python\n{exercise.solution.read_text(encoding='utf-8')}```"
    return "\n\n".join(
        f"<details><summary>{name}</summary>\n\n{text}\n\n</details>"
        for name, text in folded.items()
    )


def markdown_cell(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def code_cell(text: str) -> dict[str, Any]:
    unrun: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": {}, "source": _lines(text)} | unrun


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").splitlines(keepends=True)
