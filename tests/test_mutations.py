"""The checks are checked: each partial of each rule is made wrong, and must be caught."""

import pytest
from witnesses import check_partials, sample

import autograd
from autograd.primitive import PRIMITIVES, Primitive
from autograd.testing import calls

MUTATIONS = {
    "off by 1e-6 of itself": lambda partial: partial * (1 + 1e-6),
    "of the wrong sign": lambda partial: -partial,
    "doubled": lambda partial: 2 * partial,
    "dropped": lambda partial: 0 * partial,
    # The only one that changes the derivative of a step function.
    "shifted by 1e-6": lambda partial: partial + 1e-6,
}


def passes_finite_differences(primitive, numbers) -> bool:
    try:
        check_partials(primitive, numbers)
    except AssertionError:
        return False
    return True


def passes_gradcheck(primitive, numbers) -> bool:
    return bool(autograd.gradcheck(primitive, *numbers))


CHECKS = {"finite differences": passes_finite_differences, "gradcheck": passes_gradcheck}

every_check = pytest.mark.parametrize("passes", CHECKS.values(), ids=CHECKS)


def mutated(primitive, position, mutation) -> Primitive:
    """The primitive with one of its partials made wrong."""

    def wrong(*numbers):
        result, partials = primitive.rule(*numbers)
        changed = mutation(partials[position])
        return result, (*partials[:position], changed, *partials[position + 1 :])

    wrong.__name__ = f"wrong_{primitive.name}"
    return Primitive(wrong)


def is_changed(primitive, numbers, position, mutation) -> bool:
    """Whether the mutation is one here, by at least the 1e-6 of a partial of moderate size."""
    partial = primitive.rule(*numbers)[1][position]
    return abs(mutation(partial) - partial) >= 1e-8


@every_check
@pytest.mark.parametrize("name", PRIMITIVES)
def test_right_rules_pass(name, passes):
    for call, numbers in sample(calls(PRIMITIVES[name]), 10):
        assert passes(call, numbers), f"{name}{numbers} {call.constants} is right, but was refused"


@every_check
@pytest.mark.parametrize("mutation", MUTATIONS.values(), ids=MUTATIONS)
@pytest.mark.parametrize("name", PRIMITIVES)
def test_wrong_rules_are_caught(name, mutation, passes):
    cases = sample(calls(PRIMITIVES[name]), 10)
    for position in range(len(cases[0][1])):
        changed = [case for case in cases if is_changed(*case, position, mutation)]
        for call, numbers in changed:
            assert not passes(mutated(call, position, mutation), numbers), (
                f"{name}{numbers} {call.constants}: wrong in operand {position + 1}, not caught"
            )


@pytest.mark.parametrize("name", PRIMITIVES)
def test_every_partial_is_mutated(name):
    """No partial escapes because the drawn operands happen to leave it unchanged."""
    cases = sample(calls(PRIMITIVES[name]), 10)
    for position in range(len(cases[0][1])):
        for description, mutation in MUTATIONS.items():
            partials = [call.rule(*numbers)[1][position] for call, numbers in cases]
            changed = [case for case in cases if is_changed(*case, position, mutation)]
            assert changed or not any(partials), f"{name}, operand {position + 1}: {description}"
