"""An exercise: one file, with the learner's part on top and the check below a line."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

# Learners get only what is above this line.
CHECK_LINE = "# %% The check"


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    Attributes:
        path: its file, whose name starts with the number of the exercise.
    """

    path: Path

    @property
    def number(self) -> int:
        """Its place among the exercises.

        >>> Exercise(Path("07_sigmoid.py")).number
        7
        """
        return int(self.path.name.partition("_")[0])

    @property
    def name(self) -> str:
        """Its name.

        >>> Exercise(Path("07_sigmoid.py")).name
        'sigmoid'
        """
        return self.path.stem.partition("_")[2]

    @property
    def blank(self) -> str:
        """What a learner gets: the task, and blanks to fill in."""
        return self.path.read_text(encoding="utf-8").partition(CHECK_LINE)[0].rstrip() + "\n"

    @property
    def title(self) -> str:
        """The first line of the task."""
        return str(self.names["__doc__"]).partition("\n")[0]

    @property
    def hints(self) -> tuple[str, ...]:
        """Hints, the vaguest first."""
        return tuple(self.names["HINTS"])

    @functools.cached_property
    def names(self) -> dict[str, Any]:
        """What the file defines: the blanks, HINTS and check(work)."""
        found: dict[str, Any] = {"__name__": self.name}
        exec(compile(self.path.read_bytes(), str(self.path), "exec"), found)
        return found

    @property
    def solution(self) -> Path:
        """The file of its solution, which need not exist."""
        return HERE / "solutions" / self.path.name


def exercises() -> list[Exercise]:
    """All exercises, in the order of their numbers."""
    return [Exercise(path) for path in sorted((HERE / "tasks").glob("[0-9]*_*.py"))]


def find(wanted: str | int) -> Exercise:
    """The exercise with this number, name or file name.

    Raises:
        ValueError: if there is no such exercise.

    >>> find(1).name, find("product").number, find("01_product.py").number
    ('product', 1, 1)
    """
    text = re.sub(r"\.py$", "", Path(str(wanted)).name)
    for exercise in exercises():
        if text in (exercise.name, exercise.path.stem, str(exercise.number)):
            return exercise
    raise ValueError(f"there is no exercise {wanted!r}: `list` shows them")
