"""Exercises in backpropagation: begin with `start`, edit the files, and `check` them."""

import argparse
import contextlib
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

from examples.exercises.exercise import Exercise, exercises, find
from examples.exercises.folder import Folder
from examples.exercises.notebooks import write_notebooks
from examples.exercises.running import Outcome, check_file

PROGRAM = "python -m examples.exercises"
_DEFAULT = "exercises"
_WIDTH = 90
_SECONDS_BETWEEN_LOOKS = 0.2


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the command line and runs a command.

    Args:
        arguments: what follows the name of the program; by default the arguments of this process.

    Returns:
        The exit status: 0 if all is well.
    """
    given = _parser().parse_args(arguments)
    folder = Folder(Path(given.folder))
    try:
        if folder.path.is_file():
            raise ValueError(f"{folder.path} is a file, not a folder: name another")
        if given.command == "start":
            return start(folder)
        if given.command == "notebooks":
            return notebooks(folder.path, given.repository)
        if given.command in (None, "list"):
            return show(folder)
        if not folder.path.is_dir():
            raise ValueError(f"there is no folder {folder.path}: `{PROGRAM} start` makes it")
        if given.command == "watch":
            return watch(folder)
        if given.command == "check" and given.exercise is None:
            return check_all(folder)
        wanted = find(given.exercise) if given.exercise else _next(folder)
        return _ONE[given.command](folder, wanted)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description=__doc__)
    parser.set_defaults(folder=_DEFAULT)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    start_command = commands.add_parser("start", help="copy the exercises to a folder of your own")
    start_command.add_argument("folder", nargs="?", default=_DEFAULT, metavar="FOLDER")
    notebooks_command = commands.add_parser("notebooks", help="write them as Jupyter notebooks")
    notebooks_command.add_argument("folder", nargs="?", default="notebooks", metavar="FOLDER")
    notebooks_command.add_argument(
        "--repository", default="", help="where Colab gets the exercises from, for `git clone`"
    )
    for name, purpose in {
        "list": "show the exercises and your progress (the default)",
        "check": "check one exercise, or all",
        "watch": "check each file when it is saved",
        "hint": "show a hint, and one more each time",
        "solution": "show a solution, once yours has passed or you have seen all hints",
    }.items():
        command = commands.add_parser(name, help=purpose)
        if name in ("check", "hint", "solution"):
            command.add_argument("exercise", nargs="?", help="its number, name or file")
        command.add_argument("--folder", default=_DEFAULT, help="if it is not ./exercises")
    return parser


def _next(folder: Folder) -> Exercise:
    exercise = folder.next()
    if exercise is None:
        raise ValueError("all exercises have passed: name one")
    return exercise


def start(folder: Folder) -> int:
    """Copies the tasks to the folder."""
    print(f"{_count(folder.start())} in {folder.path}. Existing files are unchanged.")
    first = folder.next()
    if first:
        print(f"Edit {folder.file(first)}, then: {_command(folder, 'check', first)}")
    return 0


def notebooks(path: Path, repository: str) -> int:
    """Writes each exercise as a notebook."""
    written = write_notebooks(path, repository)
    print(f"{_count(written)} in {path}. Existing files are unchanged.")
    return 0


def show(folder: Folder) -> int:
    """Lists the exercises, with those that have passed and the hints that were used."""
    for exercise in exercises():
        notes = ["passed"] if folder.has_passed(exercise) else []
        hints = folder.hints(exercise)
        if hints:
            notes.append(f"{hints} of {len(exercise.hints)} hints")
        line = f"{exercise.number:2} {exercise.name:18} {exercise.title:50} {', '.join(notes)}"
        print(line.rstrip())
    passed = sum(map(folder.has_passed, exercises()))
    beginning = "" if folder.path.is_dir() else f" To begin: {PROGRAM} start"
    print(f"{passed} of {len(exercises())} passed.{beginning}")
    return 0


def check_all(folder: Folder) -> int:
    """Checks every exercise, and prints a line for each."""
    outcomes = [_outcome(folder, exercise) for exercise in exercises()]
    for exercise, outcome in zip(exercises(), outcomes, strict=True):
        told = "passed" if outcome else f"{outcome.status}: {outcome.message}"
        print(textwrap.shorten(f"{exercise.number:2} {exercise.name}: {told}", _WIDTH))
    print(f"{sum(map(bool, outcomes))} of {len(outcomes)} passed. `check NUMBER` says more.")
    return 0 if all(outcomes) else 1


def check_one(folder: Folder, exercise: Exercise) -> int:
    """Checks one exercise, and prints the whole message."""
    outcome = _outcome(folder, exercise)
    print(f"{exercise.number} {exercise.name}: {outcome.status}")
    if not outcome:
        print(_wrapped(outcome.message))
        return 1
    following = folder.next()
    if following:
        print(f"Next: {folder.file(following)}")
    return 0


def hint(folder: Folder, exercise: Exercise) -> int:
    """Shows one more hint, after those shown before."""
    shown = folder.ask(exercise)
    for number, text in enumerate(shown, 1):
        print(_wrapped(f"{exercise.name}, hint {number} of {len(exercise.hints)}: {text}"))
    if shown == exercise.hints and exercise.solution.exists():
        print(f"That is the last one. A solution: {_command(folder, 'solution', exercise)}")
    return 0


def solution(folder: Folder, exercise: Exercise) -> int:
    """Shows the solution to learners whose own passes, or who have seen all hints."""
    if folder.hints(exercise) < len(exercise.hints) and not _outcome(folder, exercise):
        print(f"{exercise.name} has not passed yet. A hint: {_command(folder, 'hint', exercise)}")
        return 1
    if not exercise.solution.exists():
        raise ValueError(f"{exercise.name} has no solution to show")
    print(exercise.solution.read_text(encoding="utf-8"), end="")
    return 0


_ONE = {"check": check_one, "hint": hint, "solution": solution}


def watch(folder: Folder) -> int:
    """Checks each file when it is saved, until it is interrupted."""
    seen = _times(folder)
    print(f"Watching {folder.path}: save a file to check it. Ctrl-C ends.", flush=True)
    try:
        while True:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
            now = _times(folder)
            for exercise, saved in now.items():
                if seen.get(exercise) != saved:
                    # An editor may empty a file before writing to it.
                    time.sleep(_SECONDS_BETWEEN_LOOKS)
                    print()
                    check_one(folder, exercise)
                    sys.stdout.flush()
            seen = now
    except KeyboardInterrupt:
        print()
        return 0


def _times(folder: Folder) -> dict[Exercise, int]:
    """When each file was last saved."""
    found = {}
    for exercise in exercises():
        # An editor may remove a file for a moment.
        with contextlib.suppress(FileNotFoundError):
            found[exercise] = folder.file(exercise).stat().st_mtime_ns
    return found


def _count(files: Sequence[Path]) -> str:
    return f"{len(files)} new file{'' if len(files) == 1 else 's'}"


def _outcome(folder: Folder, exercise: Exercise) -> Outcome:
    path = folder.file(exercise)
    if not path.exists():
        return Outcome("wrong", f"there is no file {path}: `{PROGRAM} start` copies it")
    outcome = check_file(exercise, path)
    folder.note(exercise, bool(outcome))
    return outcome


def _command(folder: Folder, name: str, exercise: Exercise) -> str:
    where = "" if folder.path == Path(_DEFAULT) else f" --folder {folder.path}"
    return f"{PROGRAM} {name} {exercise.number}{where}"


def _wrapped(message: str) -> str:
    """A message with its long lines wrapped. Code, which is indented, stays unchanged."""
    lines = message.splitlines()
    filled = [line if line[:1] == " " else textwrap.fill(line, _WIDTH) for line in lines]
    return "\n".join(filled)


if __name__ == "__main__":
    sys.exit(main())
