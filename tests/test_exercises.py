"""The exercises: solutions pass, blanks and mistakes fail with a sentence that helps."""

import ast
import doctest
import importlib.util
import signal
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learning import is_plain, outcome_of, replaced

import examples.exercises.__main__ as commands
from autograd import Value
from examples.exercises import (
    check,
    checks,
    engines,
    exercise,
    folder,
    limit,
    notebooks,
    running,
)
from examples.exercises.exercise import CHECK_LINE, exercises, find
from examples.exercises.running import check_file

ALL = exercises()
BY_NAME = pytest.mark.parametrize("exercise", ALL, ids=[e.name for e in ALL])
ENGINES = [e for e in ALL if e.name.startswith("engine")]


# Every exercise


@pytest.mark.parametrize(
    "module", [checks, commands, engines, exercise, folder, notebooks, running]
)
def test_docstrings(module):
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(module, optionflags=options).failed == 0


def test_numbers_follow_one_another_and_names_differ():
    assert [e.number for e in ALL] == list(range(1, len(ALL) + 1))
    assert len({e.name for e in ALL}) == len(ALL)


@BY_NAME
def test_the_solution_passes(exercise):
    outcome = check_file(exercise, exercise.solution)
    assert outcome, outcome.message


@BY_NAME
def test_the_blank_fails_with_a_sentence(exercise, tmp_path):
    outcome = outcome_of(exercise, exercise.blank, tmp_path)
    assert not outcome
    assert is_plain(outcome.message), outcome.message
    expected = "wrong" if exercise in ENGINES else "unfinished"
    assert outcome.status == expected, outcome.message


@BY_NAME
def test_what_learners_get_is_the_task_alone(exercise):
    task, _, below = exercise.path.read_text(encoding="utf-8").partition(CHECK_LINE)
    assert below, f"{exercise.path.name} has no line {CHECK_LINE!r}"
    assert exercise.blank == task.rstrip() + "\n"
    assert "def check(" not in exercise.blank
    assert 2 <= len(exercise.hints) <= 4
    lines = ast.get_docstring(ast.parse(exercise.blank)).splitlines()
    assert lines[0] == exercise.title
    assert not lines[1], "a title, then an empty line"


@BY_NAME
def test_each_answer_is_checked_without_the_others(exercise, tmp_path):
    """With all others blank, an answer of the solution is right so far."""
    blank = ast.parse(exercise.blank)
    solved = {name_of(n): n for n in ast.parse(exercise.solution.read_text("utf-8")).body}
    for position, node in enumerate(blank.body):
        if exercise not in ENGINES and "..." in ast.unparse(node):
            body = [*blank.body[:position], solved[name_of(node)], *blank.body[position + 1 :]]
            helpers = [n for name, n in solved.items() if name and name not in map(name_of, body)]
            source = ast.unparse(ast.Module([*body, *helpers], []))
            outcome = outcome_of(exercise, source, tmp_path)
            assert outcome.status in ("unfinished", "passed"), outcome.message


@BY_NAME
def test_answers_may_stand_at_the_end_of_the_file(exercise, tmp_path):
    """Below the blanks, they count as well as in their place."""
    outcome = outcome_of(exercise, exercise.blank + exercise.solution.read_text("utf-8"), tmp_path)
    assert outcome, outcome.message


def name_of(node):
    """The name that a statement defines, None for another statement."""
    if isinstance(node, ast.Assign):
        return node.targets[0].id
    return getattr(node, "name", None)


@BY_NAME
def test_a_missing_answer_is_missed(exercise, tmp_path):
    """Deleting an answer, or an entry of it, is not a way to pass."""
    solution = ast.parse(exercise.solution.read_text("utf-8"))
    needed = {name_of(node) for node in ast.parse(exercise.blank).body} - {None}
    for node in solution.body:
        if name_of(node) in needed:
            rest = ast.Module([other for other in solution.body if other is not node], [])
            outcome = outcome_of(exercise, ast.unparse(rest), tmp_path)
            assert not outcome
            assert name_of(node) in outcome.message, outcome.message
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            key, value = node.value.keys.pop(), node.value.values.pop()
            outcome = outcome_of(exercise, ast.unparse(solution), tmp_path)
            node.value.keys.append(key)
            node.value.values.append(value)
            assert (
                outcome.message == f"{name_of(node)}[{key.value!r}] is gone: put it back as it was"
            )


# Figures, with one mistake of any kind


def figures():
    """Each figure that is claimed as a number: exercise, answer and entry."""
    names = [("product", "value"), ("product", "gradient"), ("kinks", "gradient")]
    names += [("linear_network", part) for part in ("value", "gradient", "new_weight")]
    names += [("linear_network", "second_pass"), ("two_outputs", "figure"), ("softmax", "value")]
    names += [(name, "gradient") for name in ("batches", "equal_weights", "vanishing")]
    solutions = {name: solution_of(name) for name, _ in names}
    return [
        (name, part, entry)
        for name, part in names
        for entry, number in solutions[name][part].items()
        if number
    ]


def solution_of(name):
    found = {}
    exec(find(name).solution.read_text(encoding="utf-8"), found)
    return found


@given(st.sampled_from(figures()), st.sampled_from([-1, 2, 0.5, 10, 0.1, 1.01]))
def test_a_figure_with_a_mistake_is_named_and_the_right_one_is_not_said(figure, factor):
    name, part, entry = figure
    work = solution_of(name)
    right = work[part][entry]
    work[part][entry] = factor * right
    with pytest.raises(AssertionError) as failure:
        check(name, work)
    message = str(failure.value)
    assert entry in message.partition(" is not ")[0], message
    assert is_plain(message)
    numbers = message.replace(f"{factor * right}", "").replace(",", " ").split()
    # A whole number may be one of words: "the 2 of a square".
    assert isinstance(right, int) or str(right) not in numbers, (
        f"the answer {right} is given away: {message}"
    )


@given(st.sampled_from(figures()), st.integers(4, 9))
def test_a_figure_may_be_rounded(figure, digits):
    name, part, entry = figure
    work = solution_of(name)
    if part == "new_weight":
        # What follows would be worked out from the rounded figure.
        work["second_pass"] = dict.fromkeys(work["second_pass"], ...)
    work[part][entry] = f"{work[part][entry]:.{digits}g}"
    assert message_on(name, work).startswith(("passed", "Nothing is wrong so far")), message_on(
        name, work
    )


def message_on(name, work):
    try:
        check(name, work)
    except AssertionError as failure:
        return str(failure)
    return "passed"


def test_a_figure_of_few_digits_is_no_answer():
    work = solution_of("linear_network")
    for coarse in ("-0.2", "−0.22", "-2.2e-1"):
        work["gradient"]["w1"] = coarse
        with pytest.raises(AssertionError, match=f"gradient of w1 is not exactly {coarse}: give 3"):
            check("linear_network", work)


def test_an_integer_is_no_rounded_figure():
    work = solution_of("linear_network")
    work["gradient"]["w1"] = "0"
    with pytest.raises(AssertionError, match=r"gradient of w1 is not (exactly )?0"):
        check("linear_network", work)


def test_a_figure_of_few_digits_that_is_exact_is_an_answer():
    error = Value(0.5, "w") * Value(3.0, "x")
    for exact in (0.5, "0.5", "1/2", "0.50"):
        checks.check_figures(error, {"x": exact})


# What a learner's file may do


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("gradient = ", ["can't read line 1", "gradient ="]),
        ("raise ValueError('no')", ["fails in line 1", "ValueError: no"]),
        ("assert 1 == 2", ["fails in line 1", "assert 1 == 2"]),
        ("import sys\nsys.exit('bye')", ["fails in line 2", "SystemExit: bye"]),
        ("def f():\n    f()\nf()", ["too deeply in line 2"]),
        ("raise KeyboardInterrupt", ["Interrupted in line 1", "does not end?"]),
        ("import no_such_module", ["fails in line 1", "No module named"]),
        ("value = 1\0", ["null bytes"]),
        ("", ["value is gone"]),
    ],
)
def test_errors_of_the_learners_code_are_told_with_their_line(source, words, tmp_path):
    outcome = outcome_of(find("product"), source, tmp_path)
    assert outcome.status == "wrong"
    assert all(word in outcome.message for word in words), outcome.message
    assert is_plain(outcome.message)


# They end by themselves, after a minute or so: a check without a limit fails, and does not hang.
LOOPS = ["for _ in range(10**9): pass", "any(map(lambda _: None, range(10**8)))"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows can't interrupt a loop")
@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_without_end_is_stopped(loop, tmp_path, monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 0.2)
    source = f"def smallest(x):\n    try:\n        {loop}\n    except Exception: pass\n"
    source = replaced(find("order").blank, {"def smallest(x):\n    return ...": source})
    outcome = outcome_of(find("order"), source, tmp_path)
    assert outcome.status == "wrong"
    assert "order was stopped after 0.2 seconds. Look at the loops" in outcome.message
    line = source[: source.index(loop)].count("\n") + 1
    assert f"It was in line {line}:\n    {loop}" in outcome.message
    work = {}
    exec(source, work)
    with pytest.raises(AssertionError, match="order was stopped"):
        check("order", work)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows can't interrupt a loop")
def test_nothing_is_left_of_the_limit_after_a_check(monkeypatch):
    def mine(*_):
        pass

    monkeypatch.setattr(limit, "SECONDS", 60)
    before = signal.signal(signal.SIGALRM, mine)
    try:
        assert check_file(find("product"), find("product").solution)
        assert signal.getsignal(signal.SIGALRM) is mine
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0), "the clock still runs"
    finally:
        signal.signal(signal.SIGALRM, before)


def test_in_another_thread_a_check_has_no_limit():
    outcomes = []
    product = find("product")
    thread = threading.Thread(target=lambda: outcomes.append(check_file(product, product.solution)))
    thread.start()
    thread.join()
    assert [outcome.status for outcome in outcomes] == ["passed"]


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "01_product.py"
    file.write_bytes(b"value = '\xff'\n")
    outcome = check_file(find("product"), file)
    assert "can't" in outcome.message, outcome.message


def test_the_dots_of_a_type_are_no_blank(tmp_path):
    source = find("product").solution.read_text("utf-8") + "numbers: tuple[int, ...] = ()\n"
    assert outcome_of(find("product"), source, tmp_path)


def test_without_sympy_the_missing_extra_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "sympy", None)
    assert check_file(find("chain_rule"), find("chain_rule").solution)
    assert ".[symbolic]" in capsys.readouterr().out


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match="no exercise 'nothing'"):
        check("nothing", {})


def test_a_notebook_with_blanks_is_unfinished():
    with pytest.raises(AssertionError, match=r"Blanks are left: gradient\['x'\]"):
        check("product", {"value": {"y": 0.396}, "gradient": {"w": 1.76, "x": ...}})
