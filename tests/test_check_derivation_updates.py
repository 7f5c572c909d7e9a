"""check_derivation: new values that the claimed digits do not tell from the old ones."""

import pytest

from autograd import Value, check_derivation


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("0.5", "0.5 is the old value: more digits"),
        (0.5, "0.5 is the old value: more digits"),
        ("0.50", "0.50 is the old value: more digits"),
        ("0.500", "0.500 is the old value: more digits"),
        ("0.5000", "the step is missing"),
    ],
)
def test_an_update_that_was_not_made_does_not_pass(claim, words):
    # new w = 0.5 + 0.1 * 0.0042 = 0.50042
    w = Value(0.5, label="w")
    found = check_derivation(w * -0.0042, {w: claim}, of="new value", learning_rate=0.1)[w]
    assert (found.verdict, found.kind, found.where) == ("wrong", "old value", "w"), found.message
    assert words in found.message
    assert "0.50042" not in found.mistake


@pytest.mark.parametrize("claim", ["0.5004", "0.50042", "0.50041"])
def test_a_new_value_with_enough_digits_passes(claim):
    w = Value(0.5, label="w")
    report = check_derivation(w * -0.0042, {w: claim}, of="new value", learning_rate=0.1)
    assert report, f"{report}"


def test_a_new_value_that_is_the_old_one_passes():
    w = Value(0.5, label="w")
    report = check_derivation((w - 1).relu(), {w: "0.5"}, of="new value", learning_rate=0.1)
    assert report, f"{report}"
