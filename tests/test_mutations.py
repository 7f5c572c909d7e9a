"""The checks are checked: each partial of each rule is made wrong, and must be caught."""

import pytest
from hypothesis import strategies as st
from strategies import Program, Step, calls, graphs
from witnesses import check_partials, for_all, sample

import autograd
from autograd.primitive import PRIMITIVES, SLOPES, Primitive

MUTATIONS = {
    "off by 1e-6 of itself": lambda partial: partial * (1 + 1e-6),
    "of the wrong sign": lambda partial: -partial,
    "doubled": lambda partial: 2 * partial,
    "dropped": lambda partial: 0 * partial,
    # The only one that changes the derivative of a step function.
    "shifted by 1e-6": lambda partial: partial + 1e-6,
}

# The slopes too, on which second derivatives stand.
RULES = PRIMITIVES | SLOPES

every_mutation = pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)


def is_caught_by_finite_differences(primitive, numbers, position) -> bool:
    """Whether the partial at that position is refused."""
    try:
        check_partials(primitive, numbers)
    except AssertionError:
        return True
    return False


def is_caught_by_gradcheck(primitive, numbers, position) -> bool:
    """Whether that input is called wrong, and the edge to it is named."""
    report = autograd.gradcheck(primitive, *numbers)
    wrong = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict == "wrong"]
    edge = report.guilty
    return wrong == [position] and edge.rule == primitive.name and edge.position == position


CHECKS = {
    "finite differences": is_caught_by_finite_differences,
    "gradcheck": is_caught_by_gradcheck,
}


def mutated(primitive, position, mutation) -> Primitive:
    """The primitive with one of its partials made wrong."""

    def wrong(*numbers):
        result, partials = primitive.rule(*numbers)
        changed = mutation(partials[position])
        return result, (*partials[:position], changed, *partials[position + 1 :])

    wrong.__name__ = f"wrong_{primitive.name}"
    return Primitive(wrong)


def is_changed(primitive, numbers, position, mutation) -> bool:
    """Whether the mutation is one here, by 1e-8 or more, and as much of a large partial."""
    partial = primitive.rule(*numbers)[1][position]
    return abs(mutation(partial) - partial) >= 1e-8 * max(1, abs(partial))


@pytest.mark.parametrize("name", RULES)
def test_right_rules_pass(name):
    for call, numbers in sample(calls(RULES[name]), 10):
        check_partials(call, numbers)
        autograd.gradcheck(call, *numbers).raise_if_failed()


@pytest.mark.parametrize("is_caught", CHECKS.values(), ids=CHECKS)
@every_mutation
@pytest.mark.parametrize("name", RULES)
def test_wrong_rules_are_caught(name, mutation, is_caught):
    cases = sample(calls(RULES[name]), 10)
    for position in range(len(cases[0][1])):
        changed = [case for case in cases if is_changed(*case, position, mutation)]
        for call, numbers in changed:
            assert is_caught(mutated(call, position, mutation), numbers, position), (
                f"{name}{numbers} {call.constants}: wrong in operand {position + 1}, not caught"
            )


@pytest.mark.parametrize("name", RULES)
def test_every_partial_is_mutated(name):
    """No partial escapes because the drawn operands happen to leave it unchanged."""
    cases = sample(calls(RULES[name]), 10)
    for position in range(len(cases[0][1])):
        for description, mutation in MUTATIONS.items():
            partials = [call.rule(*numbers)[1][position] for call, numbers in cases]
            changed = [case for case in cases if is_changed(*case, position, mutation)]
            assert changed or not any(partials), f"{name}, operand {position + 1}: {description}"


# Partials that are right elsewhere


def are_swapped(primitive) -> Primitive:
    def swapped(x, y):
        result, partials = primitive.rule(x, y)
        return result, partials[::-1]

    return Primitive(swapped)


@pytest.mark.parametrize("name", ["mul", "div", "sub", "pow", "atan2", "hypot", "logaddexp"])
def test_swapped_partials_are_caught_and_called_so(name):
    primitive = PRIMITIVES[name]
    for call, numbers in sample(calls(primitive), 10):
        first, second = call.rule(*numbers)[1]
        if abs(first - second) > 1e-3 * max(abs(first), abs(second)):
            report = autograd.gradcheck(are_swapped(call), *numbers)
            found = [verdict.edge and verdict.edge.mistake for verdict in report.verdicts]
            # Of a difference 1 and -1 are swapped: that may as well be the sign.
            expected = ["that of operand 2", "that of operand 1"]
            if abs(first + second) < 1e-6 * abs(first):
                expected = ["of the wrong sign"] * 2
            assert found == expected, f"{name}{numbers}\n{report}"


@pytest.mark.parametrize("name", ["exp", "sin", "mul", "tanh", "dot"])
def test_stale_partials_are_caught(name):
    """A rule that returns the partials of an earlier call."""
    primitive = PRIMITIVES[name]
    for call, numbers in sample(calls(primitive), 10):
        elsewhere = call.rule(*[number + 0.01 for number in numbers])[1]

        def stale(*operands, call=call, elsewhere=elsewhere):
            return call.rule(*operands)[0], elsewhere

        report = autograd.gradcheck(Primitive(stale), *numbers)
        assert not report, f"{name}{numbers} has partials of another point\n{report}"
        assert report.guilty.rule == "stale"


# One wrong edge in a graph


def with_wrong_step(program, index, position, mutation) -> Program:
    """The program with one partial of one of its primitives made wrong."""
    step = program.steps[index]
    wrong = Step(mutated(step.function, position, mutation), step.positions)
    return Program(program.count, (*program.steps[:index], wrong, *program.steps[index + 1 :]))


def is_visible(program, wrong, numbers) -> bool:
    """Whether the mistake changes a derivative by 1e-7 of it, and of 1, or more."""
    right = autograd.gradcheck(program, *numbers).verdicts
    changed = autograd.gradcheck(wrong, *numbers).verdicts
    pairs = [(a.analytic, b.analytic) for a, b in zip(right, changed, strict=True)]
    return any(abs(a - b) > 1e-7 * max(1, abs(a)) for a, b in pairs)


@every_mutation
def test_the_wrong_edge_of_a_graph_is_named(mutation):
    def check(case, choose):
        program, numbers = case
        steps = [i for i, s in enumerate(program.steps) if isinstance(s.function, Primitive)]
        if not steps:
            return
        index = choose.choice(steps)
        position = choose.randrange(len(program.steps[index].positions))
        wrong = with_wrong_step(program, index, position, mutation)
        if is_visible(program, wrong, numbers):
            report = autograd.gradcheck(wrong, *numbers)
            edge = report.guilty
            assert edge, f"{wrong} at {numbers}: no edge is named\n{report}"
            assert edge.rule.startswith("wrong_"), f"{wrong} at {numbers}: {edge}"
            assert edge.position == position, f"{wrong} at {numbers}: {edge}"

    for_all(st.tuples(graphs(), st.randoms(use_true_random=False)), check, examples=40)


# Every rule is right, and yet the derivative is wrong


def test_a_path_that_is_missing_is_told_from_a_wrong_rule():
    (verdict,) = autograd.gradcheck(lambda x: x * x.detach(), 3.0).verdicts
    assert verdict.verdict == "wrong"
    assert verdict.edge is None
    assert "every rule on the way is right" in verdict.remark


def test_data_changed_below_a_node_is_told_from_a_wrong_rule():
    weight = autograd.Value(2.0, label="w")
    made_before = weight * weight
    made_before.label = "square"
    weight.data = 5.0
    report = autograd.gradcheck(lambda: made_before.exp(), parameters=[weight])
    (verdict,) = report.verdicts
    assert verdict.verdict == "wrong"
    assert report.guilty is None
    assert verdict.remark == "the data below * (square) was changed after it was computed"
