"""The folder in which a learner works: copies of the blanks, and a small file of progress."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from examples.exercises.exercise import Exercise, exercises

PROGRESS = ".progress.json"


@dataclass(frozen=True)
class Folder:
    """A learner's folder.

    Attributes:
        path: where it is.
    """

    path: Path

    def start(self) -> list[Path]:
        """Copies the blanks of those exercises that are not there yet; returns the copies."""
        self.path.mkdir(parents=True, exist_ok=True)
        missing = [exercise for exercise in exercises() if not self.file(exercise).exists()]
        for exercise in missing:
            self.file(exercise).write_text(exercise.blank, encoding="utf-8")
        return [self.file(exercise) for exercise in missing]

    def file(self, exercise: Exercise) -> Path:
        """The learner's file of an exercise."""
        return self.path / exercise.path.name

    def has_passed(self, exercise: Exercise) -> bool:
        """Whether the exercise passed when it was last checked."""
        return exercise.name in self._read("passed", [])

    def hints(self, exercise: Exercise) -> int:
        """How many hints the learner has asked for."""
        return int(self._read("hints", {}).get(exercise.name, 0))

    def note(self, exercise: Exercise, passed: bool) -> None:
        """Keeps what came of a check."""
        names = [name for name in self._read("passed", []) if name != exercise.name]
        self._write("passed", [*names, exercise.name] if passed else names)

    def ask(self, exercise: Exercise) -> tuple[str, ...]:
        """One hint more, with those before."""
        count = min(self.hints(exercise) + 1, len(exercise.hints))
        self._write("hints", {**self._read("hints", {}), exercise.name: count})
        return exercise.hints[:count]

    def next(self) -> Exercise | None:
        """The first exercise that has not passed yet."""
        return next((e for e in exercises() if not self.has_passed(e)), None)

    def _read(self, key: str, default: Any) -> Any:
        """What is kept under a key; the default where nothing is, or nothing readable."""
        try:
            found = json.loads((self.path / PROGRESS).read_text(encoding="utf-8"))[key]
        except (OSError, ValueError, KeyError, TypeError):
            return default
        return found if isinstance(found, type(default)) else default

    def _write(self, key: str, kept: Any) -> None:
        everything = {"passed": self._read("passed", []), "hints": self._read("hints", {})}
        text = json.dumps({**everything, key: kept}, indent=1)
        (self.path / PROGRESS).write_text(text + "\n", encoding="utf-8")
