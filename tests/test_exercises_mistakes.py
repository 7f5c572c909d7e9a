"""The exercises: the mistakes that learners make, and what they are told of them."""

import re
import textwrap

import pytest
from exercise_mistakes import ENGINE_MISTAKES, MISTAKES, ORDERED
from learning import is_plain, outcome_of, replaced

from examples.exercises.exercise import exercises, find
from examples.exercises.running import defined

ALL = exercises()
# So many of the usual mistakes must be named by their cause.
NAMED = 0.9
UNKNOWN = "no mistake that is known"

# What is no usual mistake, by exercise: what is put in the place of what, and the words that the
# learner is to read.
CHANGES = {
    "product": [
        ('{"y": ...}', "0.44", ["value is 0.44, not a dict", "put it back as it was"]),
    ],
    "local_derivatives": [
        (
            '"x - y": {"x": ..., "y": ...}',
            '"x - y": {"x": 1, "y": 1}',
            ["In x - y", "gradient of y is not 1: the sign is wrong", "Right: x"],
        ),
        (
            '"x / y": {"x": ..., "y": ...}',
            '"x / y": {"x": "1/y", "y": "x/y^2"}',
            ["In x / y", "the sign is wrong"],
        ),
        (
            '"x * y": {"x": ..., "y": ...}',
            '"x * y": {"x": 1.3, "y": "x"}',
            ["In x * y", "write a formula in names", "not 1.3"],
        ),
        ('"tanh(x)": {"x": ...}', '"tanh(x)": {"x": "1 - tanh(z)**2"}', ["z is not a label"]),
        (
            '"log(x)": {"x": ...}',
            '"log(x)": {"x": 1 / x}',
            ["in line 16", "name 'x' is not defined", "in quotes"],
        ),
    ],
    "order": [
        ("[..., ..., ...]", '["y", "b"]', ["not a list of 3"]),
    ],
    "clearing": [
        ("    ...", "    w.grad = 0; loss(w).backward(); w -= w.grad", ["w did not move"]),
        ("    ...", "    w.data -= 0.03", ["w.data is not 0.91"]),
    ],
    "sigmoid": [
        ("return ...", "return 1", ["is 1, and not a float"]),
        ("return ...", "return 0.5", ["stable_sigmoid(1) is 0.5, which is wrong"]),
        ("return ...", "return math.exp(x", ["can't read line 22", "was never closed"]),
    ],
    "kinks": [
        ('relu(x) at 0": (..., ...)', 'relu(x) at 0": (1, 1)', ["are not (1, 1)"]),
    ],
    "engine_c": [
        ("lambda g: (g,)", "lambda g: g", ["fails in line", "TypeError"]),
    ],
}
CASES = [(name, *case) for name, cases in CHANGES.items() for case in cases]


@pytest.mark.parametrize("exercise", ALL, ids=[e.name for e in ALL])
def test_the_usual_mistakes_are_named_by_their_cause(exercise, tmp_path):
    cases = [(added, f"{exercise.blank}\n{added}\n", c) for added, c in mistakes_in(exercise)]
    for before, after, cause in ENGINE_MISTAKES.get(exercise.name, []):
        source = replaced(exercise.blank, {before: after})
        cases.append((f"{after} in the place of {before}", source, cause))
    assert len(cases) >= 6, "of each exercise, six usual mistakes are written down"
    missed = []
    for mistake, source, cause in cases:
        outcome = outcome_of(exercise, source, tmp_path)
        assert outcome.status == "wrong", f"{mistake} passes"
        assert is_plain(outcome.message)
        told = " ".join(outcome.message.split())
        for answer in answers_of(exercise):
            said = without_the_claim(outcome.message)
            assert answer not in said, f"{answer!r} is given away: {told}"
        if UNKNOWN in told or not re.search(cause, told):
            missed.append(f"{mistake}\n    is to name {cause!r}: {told}")
    most = (1 - NAMED) * len(cases)
    assert len(missed) <= most, f"{len(missed)} of {len(cases)}:\n" + "\n".join(missed)


def without_the_claim(message):
    """A message without what was asked, and what the learner wrote."""
    return re.sub("is not what .* gives|^In .*:$", "", message, flags=re.MULTILINE)


def answers_of(exercise):
    """The formulas of the solution that are more than a name, a number or its sign."""
    names = {}
    exec(exercise.solution.read_text("utf-8"), names)
    found = [entry for name in defined(exercise) for entry in leaves_of(names[name])]
    return [text for text in found if isinstance(text, str) and len(text) > 2]


def leaves_of(answer):
    """The entries of an answer, and of those in them."""
    if not isinstance(answer, dict):
        return [answer]
    return [leaf for entry in answer.values() for leaf in leaves_of(entry)]


def mistakes_in(exercise):
    return MISTAKES.get(exercise.name, [])


@pytest.mark.parametrize(("name", "before", "after", "words"), CASES)
def test_a_mistake_is_named(name, before, after, words, tmp_path):
    exercise = find(name)
    outcome = outcome_of(exercise, replaced(exercise.blank, {before: after}), tmp_path)
    assert outcome.status == "wrong"
    missing = [word for word in words if word not in outcome.message]
    assert not missing, f"{missing} is not in: {outcome.message}"
    assert is_plain(outcome.message)


BACKWARDS = {
    "one of its 2 shares": """
        for node in order:
            for parent, partial in zip(node.parents, node.partials):
                found[parent] = partial * found[node]
    """,
    "two edges to the same parent are two shares": """
        for node in order:
            for parent, partial in dict(zip(node.parents, node.partials)).items():
                found[parent] += partial * found[node]
    """,
    "Is a node in your order twice?": """
        for node in order:
            for parent, partial in zip(node.parents, node.partials):
                found[parent] += 2 * partial * found[node]
    """,
    "that of the output itself is 1": """
        found[output] = 0.0
    """,
    "is missing": """
        return {output: 1.0}
    """,
}


@pytest.mark.parametrize(("words", "body"), BACKWARDS.items(), ids=list(BACKWARDS))
def test_a_mistake_in_the_own_backward_is_named(words, body, tmp_path):
    exercise = find("own_backward")
    lines = textwrap.indent(textwrap.dedent(body), "    ")
    source = f"def backward(output):{ORDERED}{lines}\n    return found\n"
    outcome = outcome_of(exercise, source, tmp_path)
    assert outcome.status == "wrong"
    assert words in outcome.message, outcome.message


STALE = """
def backward(output):
    found, waiting = {output: 1.0}, [output]
    for node in waiting:
        for parent, partial in zip(node.parents, node.partials):
            if parent not in found:
                waiting.append(parent)
            found[parent] = found.get(parent, 0.0) + partial * found[node]
    return found
"""
RECURSIVE = """
def backward(output):
    order = {}
    def visit(node):
        for parent in node.parents:
            if parent not in order:
                visit(parent)
        order[node] = None
    visit(output)
    found = {**dict.fromkeys(order, 0.0), output: 1.0}
    for node in reversed(order):
        for parent, partial in zip(node.parents, node.partials):
            found[parent] += partial * found[node]
    return found
"""


@pytest.mark.parametrize(
    ("source", "words"),
    [(STALE, "before all of it had arrived"), (RECURSIVE, "call each other too deeply in line 7")],
    ids=["stale order", "recursion"],
)
def test_an_own_backward_in_a_wrong_order(source, words, tmp_path):
    outcome = outcome_of(find("own_backward"), source, tmp_path)
    assert outcome.status == "wrong"
    assert words in outcome.message, outcome.message
