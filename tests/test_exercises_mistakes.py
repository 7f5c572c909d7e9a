"""The exercises: the mistakes that learners make, and what they are told of them."""

import textwrap

import pytest
from learning import is_plain, outcome_of, replaced

from examples.exercises.exercise import find

# A step of gradient descent, up to the move.
STEP = "w.grad = 0; loss(w).backward()"
# By exercise: what is put in the place of what, and the words that the learner is to read.
MISTAKES = {
    "product": [
        ('"w": ...', '"w": 0.225', ["gradient of w is not 0.225"]),
        ('{"y": ...}', "0.44", ["value is 0.44, and not a dict", "put it back as it was"]),
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
        ('"tanh(x)": {"x": ...}', '"tanh(x)": {"x": "1 - tanh(z)**2"}', ["z is no label"]),
        (
            '"log(x)": {"x": ...}',
            '"log(x)": {"x": 1 / x}',
            ["in line 16", "name 'x' is not defined", "in quotes"],
        ),
    ],
    "chain_rule": [
        ('"d": ...', '"d": "d"', ["gradient of d", "half the right number"]),
        ('"w": ...', '"w": "x"', ["gradient of w", "the derivative of **2 in E is missing"]),
        ('"w": ...', '"w": "gradient(p) * w"', ["with respect to x, not to w"]),
        ('"t": ...', '"t": "gradient(d)"', ["the sign is wrong"]),
    ],
    "branches": [
        ('"a": ...', '"a": "gradient(p)*u + gradient(q)*v"', ["the path through y is missing"]),
        ('"a": ...', '"a": "gradient(p)*u + 1"', ["the path through q is missing"]),
        ('{"c": ...}', '{"c": "c"}', ["gradient of c", "half", "missing path"]),
    ],
    "order": [
        ("[..., ..., ...]", '["y", "a", "b"]', ["when a is visited, not all of its gradient"]),
        ("[..., ..., ...]", '["a", "b", "y"]', ["y comes first"]),
        ("[..., ..., ...]", '["y", "b"]', ["not a list of 3"]),
        ('right order": ...', 'right order": 18', ["half the right", "missing path"]),
        ('y, a, b": ...', 'y, a, b": 36', ["comes too late"]),
        ('y, a, b": ...', 'y, a, b": 6', ["does not get 6"]),
        ("return ...", "return x * x + x", ["gradients_as_met is right for it: 4"]),
        ("return ...", "a = 2 * x; return a + (3 * a + 1)", ["takes 4 operations"]),
        ("return ...", "return 7", ["is to compute from x"]),
    ],
    "clearing": [
        ('x after B": ...', 'x after B": 6', ["x after B is not 6", "leaves accumulate"]),
        ("    ...", "    loss(w).backward(); w.data -= learning_rate * w.grad", ["clear it"]),
        ("    ...", f"    {STEP}; w.data += learning_rate * w.grad", ["subtract"]),
        ("    ...", f"    {STEP}; w.data -= w.grad", ["the learning rate is missing"]),
        ("    ...", f"    {STEP}; w -= w.grad", ["w did not move"]),
        ("    ...", f"    {STEP}; w.data -= learning_rate * w.grad; break", ["only one step"]),
        ("    ...", f"    {STEP}; w.data -= 0.03", ["which is wrong"]),
    ],
    "sigmoid": [
        ("derivative_in_y = ...", 'derivative_in_y = "y"', ["gradient of x is not what"]),
        ("return ...", "return sigmoid(x)", ["(-1000) overflows"]),
        ("return ...", "return (1 + math.tanh(x / 2)) / 2", ["(-30)", "last digits are lost"]),
        ("return ...", "return 1", ["is 1, and not a float"]),
        ("return ...", "return 0.5", ["stable_sigmoid(1) is 0.5, which is wrong"]),
        ("return ...", "return math.exp(x", ["can't read line 21", "was never closed"]),
    ],
    "kinks": [
        ('"w2": ...', '"w2": -1.2', ["gradient of w2", "the derivative of relu in h2 is missing"]),
        ('relu(x) at 0": (..., ...)', 'relu(x) at 0": (1, 0)', ["the left side comes first"]),
        ('relu(x) at 0": (..., ...)', 'relu(x) at 0": (1, 1)', ["are not (1, 1)"]),
        ('abs(x) at 0": ...', 'abs(x) at 0": 1', ["would be allowed"]),
        ('abs(x) at 0": ...', 'abs(x) at 0": 2', ["not even between"]),
    ],
    "linear_network": [
        ('"w1": ...', '"w1": -1.6738', ["gradient of w1", "w5 in w5 * h1 is missing", "decimal"]),
        ('"w6": ...', '"w6": -0.1631955', ["gradient of w6", "half the right number"]),
        ('new_weight = {"w1": ...', 'new_weight = {"w1": 0.211631', ["new w1", "is added"]),
    ],
    "sigmoid_network": [
        (
            '"w_i1j1": ...',
            '"w_i1j1": "gradient(y_k) * w_j1k * y_i1"',
            ["the derivative of sigmoid in y_j1 is missing"],
        ),
        (
            '"x_j2": ...',
            '"x_j2": "gradient(y_k) * w_j1k * y_j2 * (1 - y_j2)"',
            ["right at these numbers only"],
        ),
    ],
    "two_outputs": [
        ('"a_h1": ...', '"a_h1": "gradient(o1) * w5"', ["the path through o2 is missing"]),
        ('"a_h1": ...', '"a_h1": "gradient(o1)*w5 + gradient(o2)*w6"', ["transposed"]),
        ('"a_o1": ...', '"a_o1": "t1 - a_o1"', ["the sign is wrong"]),
    ],
    "own_rule": [
        ("(..., ...)", "((x / (x + y))**2, (y / (x + y))**2)", ["that of operand 2"]),
        ("(..., ...)", "y * y", ["a tuple of 2 partial(s)"]),
        ("0.5), (...,)", "0.5), (where(size < 1, x, 1),)", ["huber(x=-2.5)", "wrong sign"]),
        ("exp(-x * x), (...,)", "0 * x, (0,)", ["leave the result as it was"]),
    ],
    "own_backward": [
        ("return ...", "output.backward()", ["return {node: gradient}, not NoneType"]),
    ],
    "engine_c": [
        (
            "lambda g: (g,)",
            "lambda g: (g * max(0.0, self.data),)",
            ["relu(w * x) at w = 2, x = 3", "6 times what it should be"],
        ),
        ("lambda g: (g,)", "lambda g: g", ["fails in line", "TypeError"]),
    ],
}
CASES = [(name, *case) for name, cases in MISTAKES.items() for case in cases]


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
GIVEN_ORDER = """
    order, waiting = {}, [output]
    while waiting:
        missing = [p for p in waiting[-1].parents if p not in order]
        waiting += missing
        if not missing:
            order[waiting.pop()] = None
    order = list(reversed(order))
    found = dict.fromkeys(order, 0.0)
    found[output] = 1.0
"""


@pytest.mark.parametrize(("words", "body"), BACKWARDS.items(), ids=list(BACKWARDS))
def test_a_mistake_in_the_own_backward_is_named(words, body, tmp_path):
    exercise = find("own_backward")
    lines = textwrap.indent(textwrap.dedent(body), "    ")
    source = f"def backward(output):{GIVEN_ORDER}{lines}\n    return found\n"
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
    [(STALE, "before all of it had arrived"), (RECURSIVE, "call each other too deep in line 7")],
    ids=["stale order", "recursion"],
)
def test_an_own_backward_in_a_wrong_order(source, words, tmp_path):
    outcome = outcome_of(find("own_backward"), source, tmp_path)
    assert outcome.status == "wrong"
    assert words in outcome.message, outcome.message
