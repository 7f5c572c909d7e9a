"""check_derivation: claims of 0 and of other integers, factors too many."""

from fractions import Fraction

import pytest

from autograd import Value, check_derivation, detect_anomaly, no_grad, relu
from autograd.checking.derivation import textbook
from autograd.checking.derivation.layers import square_matrices
from autograd.graph import interior_nodes


def leaves():
    return Value(0.7, label="x"), Value(1.3, label="w")


# 0 is claimed


@pytest.mark.parametrize("claim", [0, "0", "0.00", 0.0, Fraction(0), "1 - 1"])
def test_a_claim_of_0_is_not_told_as_a_sign(claim):
    x, _ = leaves()
    found = check_derivation(x * x, {x: claim})[x]
    assert (found.verdict, found.kind) == ("wrong", "missing path"), found.message
    assert "0 says that x * x does not change with x, but it does." in found.message


def test_a_claim_of_0_names_what_the_gradient_goes_through():
    x, w = leaves()
    dead, alive = relu(-x), x * w
    dead.label, alive.label = "dead", "alive"
    found = check_derivation(dead + alive, {x: 0})[x]
    assert (found.kind, found.where) == ("missing path", "alive"), found.message
    assert found.mistake.startswith("0 says that dead + alive does not change with x")


def test_a_formula_that_is_0_everywhere_is_a_claim_of_0():
    x, w = leaves()
    found = check_derivation(x * w, {x: "w - w"})[x]
    assert found.kind == "missing path", found.message


@pytest.mark.parametrize("of", ["step", "update"])
def test_a_step_of_0_is_told_as_a_gradient_of_0(of):
    x, _ = leaves()
    found = check_derivation(x * x, {x: 0}, of=of, learning_rate=0.1)[x]
    assert found.kind == "missing path", found.message


def test_a_weight_without_its_step_is_the_old_one():
    x, _ = leaves()
    found = check_derivation(x * x, {x: "0.700"}, of="new value", learning_rate=0.1)[x]
    assert found.kind == "old value", found.message
    assert "the step is missing" in found.message


def test_a_claim_of_0_about_the_error_itself_is_no_mistake_that_is_known():
    x, w = leaves()
    error = x * w
    assert check_derivation(error, {error: 0})[error].kind is None


# Integers


@pytest.mark.parametrize("claim", ["1", 1, "2 - 1", "+1", Fraction(1)])
def test_an_integer_that_a_mistake_gives_exactly_is_no_guess(claim):
    x, w = leaves()
    found = check_derivation(x - w, {w: claim})[w]
    assert found.kind == "sign", found.message
    assert "so few digits" not in found.message
    assert found.message.startswith("gradient of w is -1, not ")


def test_an_integer_is_not_taken_for_a_rounded_number_where_it_fits_as_it_is():
    # The derivative of h alone is 5, and half the right number, 5.2, would round to that.
    x, w = Value(1.04, label="x"), Value(3.0, label="w")
    h = 5 * w
    h.label = "h"
    found = check_derivation(h * (x + x), {w: "5"})[w]
    assert (found.kind, found.alternatives) == ("missing derivative", ()), found.message
    assert "so few digits" not in found.message, found.message


@pytest.mark.parametrize("claim", ["-0.01", "-0.4", "5", "0.006"])
def test_one_digit_is_wrong_without_a_guess(claim):
    # The gradient is 0.0123; half of it rounds to 0.006, and minus it to -0.01.
    w, t = Value(0.50615, label="w"), Value(0.5, label="t")
    found = check_derivation((w - t) ** 2, {w: claim}, learning_rate=0.1)[w]
    assert (found.verdict, found.kind, found.alternatives) == ("wrong", None, ()), found.message
    assert found.message == f"gradient of w is 0.0123, not {claim}: more digits would tell why."


def test_a_mistake_that_gives_one_digit_exactly_is_named():
    w, x = Value(1.5, label="w"), Value(0.5, label="x")
    found = check_derivation(w * x, {w: "-0.5"})[w]
    assert found.kind == "sign", found.message


def test_a_mistake_that_explains_one_digit_is_a_guess():
    x, w = leaves()
    found = check_derivation(x * w, {x: "0.7"})[x]
    assert "With so few digits, this is a guess." in found.message


@pytest.mark.parametrize("claim", ["1", "0", "0.0", "20", "7.1"])
def test_the_right_number_is_not_rounded_to_as_few_digits(claim):
    x = Value(1.875, label="x")
    message = check_derivation(x * x, {x: claim})[x].message
    assert message.startswith(f"gradient of x is 3.75, not {claim}: "), message


# A factor too many


@pytest.mark.parametrize(
    ("program", "label", "claim", "words"),
    [
        (lambda x, w: (x * w).tanh(), "w", "w*x*(1 - tanh(w*x)**2)", "w as a factor"),
        (lambda x, w: x.exp() * w, "x", "x*exp(x)*w", "of exp(x) with respect to x has x as"),
        (lambda x, w: (x + w) * 3.0, "w", "3 * w", "has w as a factor too many"),
    ],
)
def test_a_factor_too_many_is_named(program, label, claim, words):
    found = check_derivation(program(*leaves()), {label: claim})[label]
    assert found.kind == "extra factor", found.message
    assert words in found.message, found.message


def test_the_value_itself_is_no_derivative():
    x, w = leaves()
    found = check_derivation(x + w, {"w": "w"})["w"]
    assert (found.kind, found.where) == ("value", "w"), found.message
    assert "this is w itself" in found.message


def test_a_factor_too_many_is_no_second_explanation():
    # As w is 2, twice the right number also has w as a factor too many.
    x, w = Value(0.7, label="x"), Value(2.0, label="w")
    found = check_derivation(x * w * 3.0, {x: 12.0})[x]
    assert (found.kind, found.alternatives) == ("factor", ()), found.message


# Leaves without a label


def test_leaves_without_a_label_are_named_by_their_position():
    first, second, x = Value(4.0), Value(4.0), Value(0.7, label="x")
    report = check_derivation(first * x + second, {first: "3.2", second: "2 * x", "x": "4.1"})
    names = [verdict.figure for verdict in report.verdicts]
    assert names == ["gradient of w1", "gradient of w2", "gradient of x"]
    assert report[first].message.startswith("gradient of w1 is 0.7, not 3.2: ")
    assert report[second].message.startswith("gradient of w2 is 1 here, ")
    assert report["w2"] is report[second]


def test_no_name_by_position_is_the_label_of_another():
    first, second = Value(4.0), Value(0.7, label="w1")
    report = check_derivation(first * second, {first: "3.2", second: "-4.1"})
    assert [verdict.label for verdict in report.verdicts] == ["w2", "w1"]


def test_a_mistake_about_a_leaf_without_a_label_names_it_by_position():
    weight, x = Value(4.0), Value(0.7, label="x")
    error = (weight * x).tanh()
    slope = 1 - error.data**2
    found = check_derivation(error, {weight: 0.7 * slope, x: slope})[x]
    assert (found.kind, found.where) == ("missing derivative", "w1 * x"), found.message
    assert "the factor w1 in w1 * x is missing" in found.message


def test_names_by_position_are_kept_from_report_to_report():
    first, second, x = Value(4.0), Value(4.0), Value(0.7, label="x")
    error = first * x + second * x
    values = check_derivation(error, {first: "3"}, of="value")
    report = check_derivation(error, {second: "0.7", first: "0.7"}, given=values)
    assert [verdict.label for verdict in report.verdicts] == ["w2", "w1"]
    assert values[first].label == "w1"


def test_a_claim_that_was_mended_is_not_blamed():
    w, x = Value(0.5, label="w"), Value(3.0, label="x")
    h = w * x
    h.label = "h"
    error = h * h * 0.7
    wrong = check_derivation(error, {h: "1.9"}, of="value")
    mended = check_derivation(error, {h: "1.51"}, of="value", given=wrong)
    assert not mended
    right = check_derivation(error, {h: "1.5"}, of="value", given=mended)
    assert right.wrong == set()


def test_the_rows_of_a_matrix_are_found_where_a_bias_is_added_to_a_named_sum():
    x1, x2, b = Value(1.0, "x1"), Value(2.0, "x2"), Value(0.5, "b")
    sums = []
    for row in (1, 2):
        weights = [Value(float(row + column), f"w{row}{column}") for column in (1, 2)]
        sums.append(weights[0] * x1 + weights[1] * x2)
        sums[-1].label = f"z{row}"
    error = (sums[0] + b).tanh() * (sums[1] + b)
    ((first, second),) = square_matrices(interior_nodes(error))
    assert [w.label for w in first + second] == ["w11", "w12", "w21", "w22"]


@pytest.mark.parametrize("mode", [no_grad, detect_anomaly])
def test_a_mistake_is_named_in_any_mode(mode):
    # What people misremember is worked out once, when it is first asked for.
    textbook.derivative.cache_clear()
    textbook.misremembered.cache_clear()
    x, w = leaves()
    error = (x * w).sigmoid()
    with mode():
        found = check_derivation(error, {"w": "x * (1 - sigmoid(x*w))"})["w"]
    assert found.kind == "wrong derivative", found.message
