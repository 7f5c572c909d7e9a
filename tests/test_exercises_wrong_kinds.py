"""The exercises: answers of a wrong kind are refused in words, with their place."""

import copy
import functools
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learning import is_plain, outcome_of, replaced

from examples.exercises import check
from examples.exercises.exercise import exercises, find
from examples.exercises.running import defined

# Of no use to any exercise, whatever it asks for.
JUNK = [None, float("nan"), float("inf"), 1j, "", "hello", "1 +", [], {}, {1}, object(), print]
# Python would work for hours on the first, and writes out none of the others.
JUNK += ["1e999999999", 10**5000, "9" * 5000, "(" * 5000, "__import__('os').abort()"]


def places(name, answer):
    """Where a learner can put an answer: a name, or an entry of it."""
    yield (name,)
    if isinstance(answer, dict):
        for key, entry in answer.items():
            yield from ((name, *place) for place in places(key, entry))


def junk_in_each_place():
    return [
        (exercise, place, number)
        for exercise in exercises()
        for name in defined(exercise)
        for place in places(name, exercise.names[name])
        for number, answer in enumerate(JUNK)
        if answer is not print or not callable(exercise.names[name])
        # It is looked at when all new weights are there.
        if name != "second_pass"
    ]


@given(st.sampled_from(junk_in_each_place()))
def test_an_answer_of_a_wrong_kind_is_refused_with_its_place(case):
    exercise, place, number = case
    work = blank_of(exercise)
    *path, last = place
    part = functools.reduce(operator.getitem, path, work)
    part[last] = JUNK[number]
    with pytest.raises(AssertionError) as failure:
        check(exercise.name, work)
    message = str(failure.value)
    assert last in message, message
    assert is_plain(message)


def blank_of(exercise):
    """What the blank defines."""
    return {name: copy.deepcopy(exercise.names[name]) for name in defined(exercise)}


WRONG_KIND = {
    "order": ("[..., ..., ...]", "[None, None, 1]", ["arranged: not [None, None, 1]"]),
    "clearing": ("    ...", "    w.data = None", ["After 3 steps, w.data must be a number"]),
    "own_backward": ("return ...", "return {output: None}", ["the gradient of the result of +"]),
    "engine_a": ("        return result", "        pass", ["a * b gives None", "return a Number"]),
    "engine_b": ("self.grad = 0.0", "self.grad = 0j", ["A gradient of a + b must be a number"]),
}


@pytest.mark.parametrize("name", WRONG_KIND)
def test_a_function_that_gives_a_wrong_kind_is_told_what_it_gave(name, tmp_path):
    before, after, words = WRONG_KIND[name]
    exercise = find(name)
    source = exercise.blank.replace(before, after)
    assert source != exercise.blank, f"the exercise no longer has {before!r}"
    outcome = outcome_of(exercise, source, tmp_path)
    assert outcome.status == "wrong"
    assert all(word in outcome.message for word in words), outcome.message


def test_a_rule_without_its_decorator_is_told(tmp_path):
    solution = find("own_rule").solution.read_text(encoding="utf-8")
    outcome = outcome_of(find("own_rule"), replaced(solution, {"@primitive": ""}), tmp_path)
    assert "is `@primitive` above the rule?" in outcome.message


def test_a_name_that_is_missing_in_a_function_is_no_formula(tmp_path):
    source = find("sigmoid").blank.replace("import math", "")
    source = source.replace("return ...", "return math.exp(x)")
    message = outcome_of(find("sigmoid"), source, tmp_path).message
    assert "name 'math' is not defined" in message
    assert "Formulas" not in message, message
