"""The commands of the exercises, as learners give them; and the README."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from examples.exercises import check, exercise
from examples.exercises.__main__ import PROGRAM, main
from examples.exercises.exercise import exercises, find
from examples.exercises.folder import PROGRESS

ROOT = Path(__file__).parent.parent
README = (exercise.HERE / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def learner(tmp_path, monkeypatch, capsys):
    """A folder that a learner has just started."""
    monkeypatch.chdir(tmp_path)
    assert main(["start"]) == 0
    capsys.readouterr()
    return tmp_path / "exercises"


def solve(learner, name):
    source = find(name).solution.read_text(encoding="utf-8")
    (learner / find(name).path.name).write_text(source, encoding="utf-8")


def from_the_shell(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "examples.exercises", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_start_copies_what_is_missing_and_overwrites_nothing(learner, capsys):
    (learner / "01_product.py").write_text("mine", encoding="utf-8")
    (learner / "02_numeric_derivative.py").unlink()
    assert main(["start"]) == 0
    assert capsys.readouterr().out.startswith("1 new file in exercises")
    assert (learner / "01_product.py").read_text(encoding="utf-8") == "mine"
    found = sorted(path.name for path in learner.glob("*.py"))
    assert found == [e.path.name for e in exercises()]


def test_check_passes_and_says_what_comes_next(learner, capsys):
    solve(learner, "product")
    assert main(["check", "1"]) == 0
    printed = capsys.readouterr().out
    assert "1 product: passed" in printed
    assert f"Next: {Path('exercises') / '02_numeric_derivative.py'}" in printed


@pytest.mark.parametrize("wanted", ["5", "branches", "05_branches.py", "exercises/05_branches.py"])
def test_an_exercise_is_found_by_number_name_or_file(learner, capsys, wanted):
    assert main(["check", wanted]) == 1
    assert "5 branches: unfinished" in capsys.readouterr().out


def test_check_without_a_number_checks_all(learner, capsys):
    for each in exercises():
        solve(learner, each.name)
    assert main(["check"]) == 0
    assert f"{len(exercises())} of {len(exercises())} passed" in capsys.readouterr().out
    (learner / "05_branches.py").write_text("gradient = 1 +", encoding="utf-8")
    assert main(["check"]) == 1
    assert "5 branches: wrong: Python can't read line 1" in capsys.readouterr().out


def test_progress_is_kept_and_taken_back(learner, capsys):
    solve(learner, "product")
    main(["check", "1"])
    main(["hint", "branches"])
    capsys.readouterr()
    main([])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("passed")
    assert lines[4].endswith("1 of 3 hints")
    assert lines[-1].startswith("1 of ")
    (learner / "01_product.py").write_text(find("product").blank, encoding="utf-8")
    main(["check", "1"])
    capsys.readouterr()
    main(["list"])
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 of ")


@pytest.mark.parametrize("kept", ["", "[]", "null", '{"passed": 1, "hints": []}'])
def test_an_unreadable_progress_begins_anew(learner, capsys, kept):
    (learner / PROGRESS).write_text(kept, encoding="utf-8")
    assert main(["list"]) == 0
    assert "0 of " in capsys.readouterr().out
    assert main(["hint", "1"]) == 0
    assert json.loads((learner / PROGRESS).read_text(encoding="utf-8"))["hints"] == {"product": 1}


def test_hints_come_one_at_a_time(learner, capsys):
    hints = find("product").hints
    for count in range(1, len(hints) + 2):
        assert main(["hint", "product"]) == 0
        printed = " ".join(capsys.readouterr().out.split())
        shown = [text for text in hints if text in printed]
        assert shown == list(hints[:count])
        offered = f"A solution: {PROGRAM} solution 1" in printed
        assert offered == (count >= len(hints)), printed


def test_the_solution_is_shown_when_ones_own_passes(learner, capsys):
    assert main(["solution", "product"]) == 1
    assert "has not passed yet" in capsys.readouterr().out
    solve(learner, "product")
    assert main(["solution", "product"]) == 0
    assert capsys.readouterr().out == find("product").solution.read_text(encoding="utf-8")


def test_the_solution_is_shown_after_the_last_hint(learner, capsys):
    for _ in find("product").hints:
        assert main(["solution", "product"]) == 1
        main(["hint", "product"])
    capsys.readouterr()
    assert main(["solution", "product"]) == 0
    assert capsys.readouterr().out == find("product").solution.read_text(encoding="utf-8")


@pytest.mark.parametrize("change", ["deleted", "edited", "none"])
def test_list_and_check_count_the_same(learner, capsys, change):
    for name in ("product", "branches"):
        solve(learner, name)
    main(["check"])
    if change == "deleted":
        (learner / "01_product.py").unlink()
    if change == "edited":
        (learner / "01_product.py").write_text("value = 1", encoding="utf-8")
    capsys.readouterr()
    counts = []
    for command in ("list", "check"):
        main([command])
        last = capsys.readouterr().out.splitlines()[-1]
        counts.append(last.partition(" passed")[0])
    assert counts == [f"{2 if change == 'none' else 1} of {len(exercises())}"] * 2


def test_another_folder(tmp_path, capsys):
    folder = tmp_path / "mine"
    main(["start", str(folder)])
    assert f"check 1 --folder {folder}" in capsys.readouterr().out
    assert main(["check", "1", "--folder", str(folder)]) == 1


def test_without_a_folder_the_way_to_begin_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([]) == 0
    assert "To begin: python -m examples.exercises start" in capsys.readouterr().out
    assert main(["check", "1"]) == 2
    assert "`python -m examples.exercises start` makes it" in capsys.readouterr().err
    assert not list(tmp_path.iterdir()), "nothing is made by looking"


def test_refusals(learner, capsys):
    assert main(["check", "99"]) == 2
    assert "there is no exercise '99'" in capsys.readouterr().err
    (learner / "01_product.py").unlink()
    assert main(["check", "1"]) == 1
    assert "there is no file" in capsys.readouterr().out


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path, capsys):
    (tmp_path / "mine").touch()
    assert main(["start", str(tmp_path / "mine")]) == 2
    assert "mine is a file, not a folder: name another" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused(learner, capsys):
    (learner / "01_product.py").unlink()
    (learner / "01_product.py").mkdir()
    assert main(["check", "1"]) == 2
    assert "01_product.py" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_watch_checks_a_file_when_it_is_saved(learner):
    command = [sys.executable, "-m", "examples.exercises", "watch"]
    # A shell lets what it runs in the background ignore SIGINT, which a new process inherits.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        watching = subprocess.Popen(
            command, cwd=learner.parent, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
        )
    finally:
        signal.signal(signal.SIGINT, before)
    # So that a watch that says nothing is a failure, and not a test without end.
    watchdog = threading.Timer(60, watching.kill)
    watchdog.start()
    try:
        assert watching.stdout.readline().startswith("Watching exercises")
        solve(learner, "branches")
        assert watching.stdout.readline() == "\n"
        assert watching.stdout.readline() == "5 branches: passed\n"
        watching.send_signal(signal.SIGINT)
        assert watching.wait() == 0
    finally:
        watchdog.cancel()
        watching.kill()
        watching.stdout.close()
        watching.wait()


# The README


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_commands_of_the_readme_print_what_it_shows(tmp_path):
    answer = blocks("python")[0]
    for number, block in enumerate(blocks("console")):
        if number == 1:
            file = tmp_path / "exercises" / "01_product.py"
            file.write_text(file.read_text(encoding="utf-8") + answer, encoding="utf-8")
        for command in block.split("$ ")[1:]:
            line, _, expected = command.partition("\n")
            ran = from_the_shell(tmp_path, *line.split()[3:])
            found = ran.stdout + ran.stderr
            is_same = OutputChecker().check_output(expected, found, ELLIPSIS)
            assert is_same, f"{line} printed\n{found}"


def test_the_exercise_of_the_readme(tmp_path, monkeypatch):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "27_quotient.py").write_text(blocks("python")[1], encoding="utf-8")
    monkeypatch.setattr(exercise, "HERE", tmp_path)
    check("quotient", {"gradient": {"v": "-3/16"}})
    with pytest.raises(AssertionError, match=r"gradient of v is not 0\.1875: the sign is wrong"):
        check("quotient", {"gradient": {"v": 0.1875}})
    with pytest.raises(AssertionError, match="Nothing is filled in yet"):
        check("quotient", {"gradient": {"v": ...}})


def test_the_test_of_the_readme(learner):
    names = {}
    exec(blocks("python")[2], names)
    with pytest.raises(AssertionError, match="Nothing is filled in"):
        names["test_homework"]()
    solve(learner, "product")
    names["test_homework"]()


def test_the_notebook_cell_of_the_readme():
    names = {"value": {"y": 0.396}, "gradient": {"w": 1.76, "x": 0.44}}
    with pytest.raises(AssertionError, match="gradient of x is not"):
        exec(blocks("python")[3], names)
    names["gradient"]["x"] = 0.225
    exec(blocks("python")[3], names)
