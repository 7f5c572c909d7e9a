"""The folder in which a learner works: copies of the tasks, and a small file of progress."""

import hashlib
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
        """Copies the tasks that are not there yet, and returns the new files."""
        self.path.mkdir(parents=True, exist_ok=True)
        missing = [exercise for exercise in exercises() if not self.file(exercise).exists()]
        for exercise in missing:
            self.file(exercise).write_text(exercise.blank, encoding="utf-8")
        return [self.file(exercise) for exercise in missing]

    def file(self, exercise: Exercise) -> Path:
        """The learner's file for an exercise."""
        return self.path / exercise.path.name

    def has_passed(self, exercise: Exercise) -> bool:
        """Whether the learner's file has passed, and has not changed since."""
        passed = self._read("passed").get(exercise.name)
        return passed is not None and passed == self._digest(exercise)

    def hints(self, exercise: Exercise) -> int:
        """How many hints the learner has asked for."""
        count = self._read("hints").get(exercise.name)
        return count if isinstance(count, int) else 0

    def note(self, exercise: Exercise, passed: bool) -> None:
        """Saves the outcome of a check."""
        self._write("passed", exercise, self._digest(exercise) if passed else None)

    def ask(self, exercise: Exercise) -> tuple[str, ...]:
        """The hints so far, and one more."""
        count = min(self.hints(exercise) + 1, len(exercise.hints))
        self._write("hints", exercise, count)
        return exercise.hints[:count]

    def next(self) -> Exercise | None:
        """The first exercise that has not passed yet."""
        return next((e for e in exercises() if not self.has_passed(e)), None)

    def _digest(self, exercise: Exercise) -> str | None:
        """A hash, which shows whether the learner's file has changed; None if there is no file."""
        try:
            return hashlib.sha256(self.file(exercise).read_bytes()).hexdigest()
        except OSError:
            return None

    def _read(self, key: str) -> dict[str, Any]:
        """What is saved under a key, by exercise; empty if nothing readable is there."""
        try:
            found = json.loads((self.path / PROGRESS).read_text(encoding="utf-8"))[key]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, key: str, exercise: Exercise, kept: Any) -> None:
        everything = {"passed": self._read("passed"), "hints": self._read("hints")}
        everything[key][exercise.name] = kept
        (self.path / PROGRESS).write_text(json.dumps(everything, indent=1) + "\n", "utf-8")
