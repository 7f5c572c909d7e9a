"""The notebooks of the course, made from the documentation, the tutorials and the exercises."""

import ast
import doctest
import json
import re
from pathlib import Path
from typing import Any

from examples.exercises.exercise import exercises
from examples.exercises.notebooks import code_cell, in_cells, markdown_cell, notebook_of
from examples.exercises.notebooks import notebook as exercise_notebook

ROOT = Path(__file__).parents[2]
PAGES = ("start", "networks", "training", "pictures", "checking", "derivations")
TUTORIALS = ("t1", "t2", "t3", "t4")

# A block that needs what a browser does not have stays text; a comment before it says so.
_BLOCK = re.compile(
    r"(?P<extra><!-- needs .*? -->\n+)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
# A picture that is saved in the documentation is displayed in a notebook.
_SAVED = re.compile(r"\.(?:render|save)\(\"pictures/.*\)$")
_IMAGE = re.compile(r"^!\[.*\]\(.*\)\n", re.MULTILINE)

_RUN = """\
from IPython.display import SVG, display

pictures = Path("pictures")
pictures.mkdir(exist_ok=True)
for picture in main(pictures):
    if picture.suffix == ".svg":
        display(SVG(picture))
"""


def write_notebooks(folder: Path) -> list[Path]:
    """Writes all notebooks of the course.

    Args:
        folder: where to write them; it is made if it does not exist.

    Returns:
        The files: pages and tutorials in the folder itself, exercises in its folder `exercises`.
    """
    made = {f"{name}.ipynb": page_notebook(_text(ROOT / "docs" / f"{name}.md")) for name in PAGES}
    for name in TUTORIALS:
        made[f"{name}.ipynb"] = tutorial_notebook(_text(ROOT / "examples" / f"{name}.py"))
    for exercise in exercises():
        made[f"exercises/{exercise.path.stem}.ipynb"] = _without_setup(exercise_notebook(exercise))
    files = []
    for name, notebook in made.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
        files.append(file)
    return files


def page_notebook(page: str) -> dict[str, Any]:
    """A page of the documentation: its text, and a cell for each example that shows something.

    >>> page = '''# Sums
    ...
    ... ```python
    ... >>> x = 1
    ... >>> x + 1
    ... 2
    ...
    ... ```
    ... '''
    >>> [cell["cell_type"] for cell in page_notebook(page)["cells"]]
    ['markdown', 'code']
    """
    cells, start = [], 0
    for block in _BLOCK.finditer(page):
        if block["language"] != "python" or block["extra"]:
            continue
        cells += _prose(page[start : block.start()])
        cells += _code_cells(block["text"])
        start = block.end()
    return notebook_of([*cells, *_prose(page[start:])])


def tutorial_notebook(program: str) -> dict[str, Any]:
    """A program whose `main` saves pictures: its docstring, its parts, and a cell that runs it."""
    title, _, text = (ast.get_docstring(ast.parse(program)) or "").partition("\n")
    body, _, _ = program.partition('\n\nif __name__ == "__main__":')
    parts = [code_cell(part) for part in in_cells(body)]
    return notebook_of([markdown_cell(f"# {title}\n{text}"), *parts, code_cell(_RUN)])


def _without_setup(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook without the cell that finds the exercises: here they are installed."""
    return notebook | {"cells": [cell for cell in notebook["cells"] if cell["id"] != "setup"]}


def _code_cells(block: str) -> list[dict[str, Any]]:
    """The code of examples, in cells that end where something is shown."""
    cells, code = [], ""
    for example in doctest.DocTestParser().get_examples(block):
        code += _SAVED.sub("", example.source.rstrip("\n")).replace('"pictures/', '"') + "\n"
        if example.want:
            # Jupyter goes on after an error that a cell is meant to show.
            tags = ["raises-exception"] if example.exc_msg else []
            cells.append(code_cell(code) | {"metadata": {"tags": tags}})
            code = ""
    return [*cells, code_cell(code)] if code else cells


def _prose(text: str) -> list[dict[str, Any]]:
    # Links lead to pages that are not among the notebooks: only their words are kept.
    text = re.sub(r"\[([^\]]+)\]\([\w./#-]+\)", r"\1", _IMAGE.sub("", text)).strip("\n")
    return [markdown_cell(text)] if text else []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
