"""Runs a learner's file and its check, and says what came of it in plain words."""

import ast
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from examples.exercises.checks import require, shown
from examples.exercises.exercise import Exercise, find
from examples.exercises.limit import OutOfTimeError, limited

_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Outcome:
    """What came of a check. True where the exercise is passed.

    Attributes:
        status: "passed", "unfinished" (nothing is wrong, but blanks are left) or "wrong".
        message: what to tell the learner.
    """

    status: str
    message: str

    def __bool__(self) -> bool:
        return self.status == "passed"


def check(exercise: str | int, work: str | Path | Mapping[str, Any]) -> None:
    """Checks a learner's work, for tests and notebooks.

    Args:
        exercise: its number or name.
        work: the learner's file, or the names that a notebook defines, `globals()`.

    Raises:
        AssertionError: with the feedback, unless the exercise is passed.

    >>> check("product", {"value": {"y": 0.396}, "gradient": {"w": 1.76, "x": 0.45}})
    Traceback (most recent call last):
    AssertionError: gradient of x is not 0.45...
    """
    found = find(exercise)
    if not isinstance(work, Mapping):
        outcome = check_file(found, Path(work))
    else:
        try:
            with limited(found.name):
                outcome = _checked(found, dict(work))
        except OutOfTimeError as error:
            raise AssertionError(str(error)) from None
    if not outcome:
        raise AssertionError(outcome.message)


def check_file(exercise: Exercise, path: Path) -> Outcome:
    """Checks a learner's file. Whatever its code raises becomes part of the message."""
    source = path.read_bytes()
    try:
        tree = ast.parse(source)
        names: dict[str, Any] = {"__name__": exercise.name, "__file__": str(path)}
        with limited(exercise.name):
            exec(compile(source, str(path), "exec"), names)
            return _checked(exercise, names, tree)
    except SyntaxError as error:
        # The file may import another one, or run code by itself.
        if error.filename not in (None, "<unknown>", str(path)):
            return Outcome("wrong", _told(error, path))
        where = f"line {error.lineno}" if error.lineno else "the file"
        line = (error.text or "").strip()
        return Outcome("wrong", f"Python can't read {where}: {error.msg}\n    {line}".rstrip())
    except (Exception, SystemExit, KeyboardInterrupt, OutOfTimeError) as error:
        told = isinstance(error, AssertionError) and not _frames(error, path)
        return Outcome("wrong", str(error) if told else _told(error, path))


def _checked(exercise: Exercise, names: dict[str, Any], tree: ast.Module | None = None) -> Outcome:
    """What the names that a learner defined are worth; AssertionError for what is wrong."""
    blank = ast.parse(exercise.blank)
    work = {**names, **dict.fromkeys(_unwritten(tree) if tree else (), ...)}
    for name in _defined(blank):
        require(name in work, f"{name} is gone: put it back as it was")
        _require_form(name, exercise.names[name], work[name])
    exercise.names["check"](SimpleNamespace(**work))
    left = _blanks(tree) if tree else [name for name in _defined(blank) if _is_blank(work[name])]
    if not left:
        return Outcome("passed", "passed")
    if len(left) == len(_blanks(blank)):
        return Outcome("unfinished", "Nothing is filled in yet: the file says what to do.")
    where = "lines" if tree else "names"
    lines = ", ".join(map(str, dict.fromkeys(left)))
    told = f"Nothing is wrong so far. Blanks are left in {where} {lines}."
    return Outcome("unfinished", told)


def _blanks(tree: ast.AST) -> list[int]:
    """The lines of the blanks, each written `...`; that of `tuple[int, ...]` is none."""
    inside = {part for n in ast.walk(tree) if isinstance(n, ast.Subscript) for part in ast.walk(n)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value is ...]
    return sorted(node.lineno for node in found if node not in inside)


def _unwritten(tree: ast.Module) -> list[str]:
    """The functions and classes that have blanks in them."""
    return [n.name for n in tree.body if isinstance(n, _DEFINITIONS) and _blanks(n)]


def _defined(tree: ast.Module) -> list[str]:
    """The names that a file defines itself, imports left out."""
    found = [node.name for node in tree.body if isinstance(node, _DEFINITIONS)]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return found


def _require_form(name: str, blank: Any, answer: Any) -> None:
    """Refuses an answer that has lost the form of its blank: a dict, a list, a function."""
    to_do = "put it back as it was, and fill in each `...`"
    if isinstance(blank, dict):
        require(isinstance(answer, dict), f"{name} is {shown(answer)}, and not a dict: {to_do}")
        for key, entry in blank.items():
            path = f"{name}[{key!r}]"
            require(key in answer, f"{path} is gone: put it back as it was")
            _require_form(path, entry, answer[key])
    elif isinstance(blank, (list, tuple)):
        fits = isinstance(answer, (list, tuple)) and len(answer) == len(blank)
        form = f"a {type(blank).__name__} of {len(blank)}"
        require(fits, f"{name} is {shown(answer)}, and not {form}: {to_do}")
    elif callable(blank) and answer is not ...:
        to_do = f"put back the lines that define {name}"
        require(callable(answer), f"{name} is {shown(answer)}: {to_do}")


def _is_blank(answer: Any) -> bool:
    """Whether an answer, or a part of it, is still `...`."""
    if isinstance(answer, dict):
        return any(map(_is_blank, answer.values()))
    if isinstance(answer, (list, tuple)):
        return any(map(_is_blank, answer))
    return answer is ...


def _told(error: BaseException, path: Path) -> str:
    """What went wrong in the learner's code, and in which line."""
    frames = _frames(error, path)
    where = f" in line {frames[-1].lineno}:\n    {frames[-1].line}" if frames else "."
    if isinstance(error, OutOfTimeError):
        return f"{error} It was{where}" if frames else str(error)
    if isinstance(error, KeyboardInterrupt):
        return f"Interrupted{where}\nA loop that does not end?" if frames else "Interrupted."
    if isinstance(error, RecursionError):
        return f"Functions call each other too deep{where}\nA loop has no such limit."
    if not frames:
        return (
            f"The check can't use an answer. {type(error).__name__}: {error}. "
            "Is each of the kind that the file asks for?"
        )
    is_formula = isinstance(error, NameError) and frames[-1].name == "<module>"
    quotes = " Formulas are text, in quotes." if is_formula else ""
    return f"Your code fails{where}\n{type(error).__name__}: {error}.{quotes}"


def _frames(error: BaseException, path: Path) -> list[traceback.FrameSummary]:
    """Where in the learner's file an error passed."""
    return [f for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
