"""Runs a learner's work and its check, and says in plain words how it went."""

import ast
import inspect
import linecache
import textwrap
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from examples.exercises.checks import require, shown
from examples.exercises.exercise import Exercise, find
from examples.exercises.limit import OutOfTimeError, limited

_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
_BLANKS_NAMED = 4


@dataclass(frozen=True)
class Outcome:
    """The outcome of a check. It is true if the exercise is passed.

    Attributes:
        status: "passed", "unfinished" (nothing is wrong, but some blanks are left) or "wrong".
        message: what to tell the learner.
    """

    status: str
    message: str

    def __bool__(self) -> bool:
        return self.status == "passed"


def check(exercise: str | int, work: str | Path | dict[str, Any]) -> None:
    """Checks a learner's work, for use in tests.

    Args:
        exercise: the number or name of the exercise.
        work: the learner's file, or the names defined in a notebook: `globals()`.

    Raises:
        AssertionError: with the feedback, unless the exercise is passed.

    >>> check("product", {"value": {"y": 0.396}, "gradient": {"w": 1.76, "x": 0.45}})
    Traceback (most recent call last):
    AssertionError: gradient of x is not 0.45...
    """
    outcome = _outcome(exercise, work)
    if not outcome:
        raise AssertionError(outcome.message)


def feedback(exercise: str | int, work: str | Path | dict[str, Any]) -> str:
    """Checks a learner's work and returns the outcome as text, for use in notebooks.

    Args:
        exercise: the number or name of the exercise.
        work: as for `check`.

    Returns:
        The status and the message.

    >>> print(feedback("product", {"value": {"y": 0.396}, "gradient": {"w": 1.76, "x": ...}}))
    unfinished
    Nothing is wrong so far. Blanks are left: gradient['x'].
    """
    outcome = _outcome(exercise, work)
    return outcome.status if outcome else f"{outcome.status}\n{outcome.message}"


def _outcome(exercise: str | int, work: str | Path | dict[str, Any]) -> Outcome:
    found = find(exercise)
    return check_names(found, work) if isinstance(work, dict) else check_file(found, Path(work))


def check_file(exercise: Exercise, path: Path) -> Outcome:
    """Checks a learner's file. Whatever its code raises becomes part of the message."""
    source = path.read_bytes()
    try:
        code = compile(source, str(path), "exec")
    except SyntaxError as error:
        where = f"line {error.lineno}" if error.lineno else "the file"
        line = (error.text or "").strip()
        return Outcome("wrong", f"Python can't read {where}: {error.msg}\n    {line}".rstrip())
    except (ValueError, RecursionError, MemoryError) as error:
        return Outcome("wrong", f"Python can't read the file: {error or type(error).__name__}")
    names: dict[str, Any] = {"__name__": exercise.name, "__file__": str(path)}
    return check_names(exercise, names, lambda: exec(code, names))


def check_names(
    exercise: Exercise, names: dict[str, Any], define: Callable[[], None] = lambda: None
) -> Outcome:
    """Checks the names that a learner's code defined.

    Args:
        exercise: the exercise.
        names: the names.
        define: runs the code that defines them, if it has not run yet.
    """
    try:
        with limited(exercise.name):
            define()
            return _checked(exercise, names)
    except (Exception, SystemExit, KeyboardInterrupt, OutOfTimeError) as error:
        told = isinstance(error, AssertionError) and not _lines(error, names)
        return Outcome("wrong", str(error) if told else _told(error, names))


def _checked(exercise: Exercise, names: dict[str, Any]) -> Outcome:
    """The outcome for the names that a learner defined. Raises AssertionError if one is wrong."""
    asked = defined(exercise)
    for name in asked:
        require(name in names, f"{name} is gone: put it back as it was")
        _require_form(name, exercise.names[name], names[name])
    blanks = [place for name in asked for place in _blanks(name, names[name])]
    # A function that still has a blank would fail somewhere inside, so it counts as blank.
    unwritten = {name: ... for name in blanks if name in asked}
    exercise.names["check"](SimpleNamespace(**{**names, **unwritten}))
    if not blanks:
        return Outcome("passed", "passed")
    if blanks == [place for name in asked for place in _blanks(name, exercise.names[name])]:
        return Outcome("unfinished", "Nothing is filled in yet: the text says what to do.")
    more = len(blanks) - _BLANKS_NAMED
    left = ", ".join(blanks[:_BLANKS_NAMED]) + (f" and {more} more" if more > 0 else "")
    return Outcome("unfinished", f"Nothing is wrong so far. Blanks are left: {left}.")


def defined(exercise: Exercise) -> list[str]:
    """The names that the learner's part of an exercise defines, without imports."""
    tree = ast.parse(exercise.blank)
    found = [node.name for node in tree.body if isinstance(node, _DEFINITIONS)]
    for node in tree.body:
        if isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return found


def _blanks(place: str, answer: Any) -> Iterator[str]:
    """The places in an answer that are still blank."""
    if isinstance(answer, dict):
        for key, entry in answer.items():
            yield from _blanks(f"{place}[{key!r}]", entry)
    elif isinstance(answer, (list, tuple)):
        for index, entry in enumerate(answer):
            yield from _blanks(f"{place}[{index}]", entry)
    elif answer is ... or (callable(answer) and _is_unwritten(answer)):
        yield place


def _is_unwritten(function: Callable[..., Any]) -> bool:
    """Whether the source of a function has a blank `...`, other than that of `tuple[int, ...]`."""
    function = inspect.unwrap(function)
    if not inspect.isfunction(function):
        return False
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, SyntaxError):
        # It is not from a file or a cell, or only part of a line, like a lambda.
        return False
    inside = {part for n in ast.walk(tree) if isinstance(n, ast.Subscript) for part in ast.walk(n)}
    return any(
        isinstance(node, ast.Constant) and node.value is ... and node not in inside
        for node in ast.walk(tree)
    )


def _require_form(name: str, blank: Any, answer: Any) -> None:
    """Raises AssertionError for an answer that is not, like its blank, a dict, list or function."""
    to_do = "put it back as it was, and fill in each `...`"
    if isinstance(blank, dict):
        require(isinstance(answer, dict), f"{name} is {shown(answer)}, not a dict: {to_do}")
        for key, entry in blank.items():
            path = f"{name}[{key!r}]"
            require(key in answer, f"{path} is gone: put it back as it was")
            _require_form(path, entry, answer[key])
    elif isinstance(blank, (list, tuple)):
        fits = isinstance(answer, (list, tuple)) and len(answer) == len(blank)
        form = f"a {type(blank).__name__} of {len(blank)}"
        require(fits, f"{name} is {shown(answer)}, not {form}: {to_do}")
    elif callable(blank):
        to_do = f"put back the lines that define {name}"
        require(callable(answer) or answer is ..., f"{name} is {shown(answer)}: {to_do}")


def _told(error: BaseException, names: dict[str, Any]) -> str:
    """What went wrong in the learner's code, and on which line."""
    lines = _lines(error, names)
    where = " in line {}:\n    {}".format(*lines[-1][:2]) if lines else "."
    if isinstance(error, OutOfTimeError):
        return f"{error} It was{where}" if lines else str(error)
    if isinstance(error, KeyboardInterrupt):
        return f"Interrupted{where}\nA loop that does not end?" if lines else "Interrupted."
    if isinstance(error, RecursionError):
        return f"Functions call each other too deeply{where}\nA loop has no such limit."
    if not lines:
        return (
            f"The check can't use an answer. {type(error).__name__}: {error}. "
            "Is each of the kind that the file asks for?"
        )
    is_formula = isinstance(error, NameError) and lines[-1][2] == "<module>"
    quotes = " Formulas are text, in quotes." if is_formula else ""
    return f"Your code fails{where}\n{type(error).__name__}: {error}.{quotes}"


def _lines(error: BaseException, names: dict[str, Any]) -> list[tuple[int, str, str]]:
    """The lines of the learner's code that an error passed through: number, text, function."""
    found = []
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_globals is names:
            file = frame.f_code.co_filename
            linecache.checkcache(file)
            found.append((number, linecache.getline(file, number).strip(), frame.f_code.co_name))
    return found
