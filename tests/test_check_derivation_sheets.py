"""check_derivation: whole sheets, on which each figure is worked out from rounded ones."""

import math
import random
from decimal import ROUND_DOWN, ROUND_HALF_UP

import pytest
from derivations.random_sheets import QUANTITIES, Person, random_network, random_recurrence

from autograd import Value, check_derivation, primitive

SIZES = [(2, 2, 1), (2, 2, 2), (3, 3, 2), (3, 4, 2)]


def reports(network, written, is_claimed=lambda quantity, label: True):
    """A report for each quantity, each going on from the one before."""
    error, report, found = network.graph(), None, {}
    for quantity in QUANTITIES:
        claims = {
            label: text for label, text in written[quantity].items() if is_claimed(quantity, label)
        }
        if claims:
            report = check_derivation(
                error, claims, of=quantity, learning_rate=network.rate, given=report
            )
            found[quantity] = report
    return found


def drawn(seed):
    """A network, and how someone works it out."""
    draw = random.Random(seed)
    sizes = draw.choice([*SIZES, "recurrent"])
    if sizes == "recurrent":
        return random_recurrence(draw, 3), habit_of(draw)
    losses = ["squares", "softmax", "fused softmax"] if sizes[-1] > 1 else ["squares"]
    activation = draw.choice(["sigmoid", "tanh", "relu"])
    network = random_network(draw, sizes, activation, draw.choice(losses), draw.randint(1, 4))
    return network, habit_of(draw)


def habit_of(draw):
    """How someone rounds, and goes on."""
    count = draw.choice([2, 3, 4, 5])
    return {
        "digits": draw.choice([None, count]),
        "decimals": count,
        "rounding": draw.choice([ROUND_HALF_UP, ROUND_HALF_UP, ROUND_DOWN]),
        "goes_on": draw.choice(["written", "exact", "mixed"]),
        "draw": draw,
    }


@pytest.mark.parametrize("seed", range(24))
def test_no_figure_of_an_honest_sheet_is_called_wrong(seed):
    network, habit = drawn(seed)
    for report in reports(network, network.work_out(Person(**habit))).values():
        assert report, f"{habit}\n{report}"


@pytest.mark.parametrize("seed", range(40, 52))
def test_not_every_figure_need_be_claimed(seed):
    network, habit = drawn(seed)
    chosen = random.Random(seed)
    written = network.work_out(Person(**habit))

    def is_claimed(quantity, label):
        # A second forward pass needs all new weights.
        is_weight = quantity == "new value" and label[0] in "wubv"
        return is_weight or chosen.random() < 0.6

    for report in reports(network, written, is_claimed).values():
        assert report, f"{habit}\n{report}"


@pytest.mark.parametrize("seed", range(60, 80))
def test_zeros_at_the_end_need_not_be_written(seed):
    # With a small step, many a new value is the old one to as many digits: 0.6 stands for 0.600.
    network, habit = drawn(seed)
    network.rate = 0.02
    written = network.work_out(Person(**habit, pads=False))
    for report in reports(network, written).values():
        assert report, f"{habit}\n{report}"


MISTAKES = [
    "sign",
    "twice",
    "slope",
    "point",
    "rate",
    "missing row",
    "operation",
    "term",
    "missing bias",
]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_a_rounded_sheet_is_called_wrong(mistake):
    found = 0
    for seed in range(400):
        network, habit = drawn(seed)
        draw = random.Random(seed)
        honest = network.work_out(Person(**habit))
        quantity = draw.choice(QUANTITIES)
        label = draw.choice(list(honest[quantity]))
        person = Person(**habit, mistake=((quantity, label), mistake))
        written = network.work_out(person)
        claim, right = written[quantity][label], honest[quantity][label]
        unit = 10.0 ** -len(right.partition(".")[2])
        # Far enough from it that no rounding on the way leads there.
        if abs(float(claim) - float(right)) < max(0.3 * abs(float(right)), 10 * unit):
            continue
        until = QUANTITIES[: QUANTITIES.index(quantity) + 1]
        sheets = {q: written[q] if q in until else {} for q in QUANTITIES}
        report = reports(network, sheets)[quantity][label]
        assert report.verdict == "wrong", f"{seed} {habit}\n{report.message}"
        found += 1
        if found == 2:
            return
    raise AssertionError(f"only {found} sheets have the mistake {mistake}")


# One figure after another: h = w x, y = h v, and half the squared error


def chain(target=0.5):
    w, x, v = (Value(n, label=label) for n, label in ((0.37, "w"), (1.9, "x"), (1.3, "v")))
    h = w * x
    h.label = "h"
    y = h * v
    y.label = "y"
    error = (y - Value(target, label="t")) ** 2 / 2
    error.label = "E"
    return error


def test_the_rounded_figure_that_matters_is_named():
    # h = 0.703, y = 0.9139; 0.70 * 1.3 = 0.91
    report = check_derivation(chain(), {"h": "0.70", "y": "0.9100"}, of="value")
    assert (report["y"].verdict, report["y"].kind) == ("rounded", None)
    assert report["y"].message == "right to 4 digits, with your h = 0.70; unrounded 0.9139"


def test_what_follows_from_a_wrong_figure_is_wrong():
    # 0.73 is no rounding of 0.703, and 0.949 follows from it.
    report = check_derivation(chain(), {"h": "0.73", "y": "0.949"}, of="value")
    assert (report["y"].verdict, report["y"].kind, report["y"].where) == ("wrong", "carried", "h")


def test_an_exact_figure_supports_nothing():
    # 0.703 is h exactly: nothing was rounded.
    report = check_derivation(chain(), {"h": "0.703", "y": "0.912"}, of="value")
    assert report["y"].verdict == "wrong", report["y"].message


def test_rounding_that_is_larger_than_the_figures_allow_is_wrong():
    # h is 0.703, or 0.70 on paper, and y is 0.9139 or 0.91.
    for claim, verdict in (("0.9130", "rounded"), ("0.9050", "wrong"), ("0.9200", "wrong")):
        report = check_derivation(chain(), {"h": "0.70", "y": claim}, of="value")
        assert report["y"].verdict == verdict, f"{claim}: {report['y'].message}"


def test_an_error_of_0_follows_from_a_rounded_output():
    # y = 0.9139, and E = 0.0000966.
    report = check_derivation(chain(target=0.91), {"y": "0.91", "E": "0.0000000"}, of="value")
    assert report, f"{report}"


@pytest.mark.parametrize("claim", ["0.915", "0.912", "0.91388", "0.913900002", "0.913900000002"])
def test_a_last_digit_that_is_off_is_rounding_before_all_else(claim):
    found = check_derivation(chain(), {"y": claim}, of="value")["y"]
    assert (found.verdict, found.kind, found.where) == ("wrong", "rounding", "y"), found.message
    assert "the last digit is off: carry more digits on the way" in found.message
    assert found.alternatives == ()


def test_a_new_value_may_look_like_the_old_one_where_all_figures_have_as_few_digits():
    # The gradient of w is 0.4139 * 1.3 * 1.9 = 1.0223, that of v 0.4139 * 0.703 = 0.29097.
    error = chain()
    values = check_derivation(error, {"h": "0.70", "y": "0.91", "E": "0.09"}, of="value")
    assert values, f"{values}"
    claims = {"w": "0.37", "v": "1.30"}
    alone = check_derivation(error, claims, of="new value", learning_rate=0.001)
    assert alone["w"].kind == "old value"
    on_sheet = check_derivation(error, claims, of="new value", learning_rate=0.001, given=values)
    assert on_sheet, f"{on_sheet}"
    # With more digits elsewhere it would show.
    finer = check_derivation(error, {"h": "0.7030", "y": "0.9139", "E": "0.0857"}, of="value")
    beside = check_derivation(error, claims, of="new value", learning_rate=0.001, given=finer)
    assert beside["w"].kind == "old value"


def test_an_integer_on_a_sheet_may_be_rounded():
    # The gradient of w is 0.4139 * 1.3 * 1.9 = 1.0223, which is 1.0 to two digits.
    error = chain()
    coarse = check_derivation(error, {"h": "0.70", "y": "0.91", "E": "0.086"}, of="value")
    assert check_derivation(error, {"w": "1"}, given=coarse)
    assert not check_derivation(error, {"w": "1"})
    fine = check_derivation(error, {"h": "0.703", "y": "0.914", "E": "0.0857"}, of="value")
    assert not check_derivation(error, {"w": "1"}, given=fine)


@pytest.mark.parametrize(("target", "verdict"), [(0.91, "rounded"), (0.5, "wrong")])
def test_a_0_on_a_sheet_may_be_rounded(target, verdict):
    error = chain(target)
    claims = {"h": "0.70", "y": "0.91", "E": "0"}
    found = check_derivation(error, claims | {"w": "0.37"}, of="value")["E"]
    assert found.verdict == verdict, found.message


@pytest.mark.parametrize(("rate", "kind"), [(0.00001, None), (0.05, "old value")])
def test_zeros_that_were_left_out_are_told_from_digits_that_are_missing(rate, kind):
    # The new v is 1.3 - 0.00001 * 0.29097 = 1.30 or 1.3 - 0.05 * 0.29097 = 1.29.
    error = chain()
    values = check_derivation(error, {"h": "0.703", "y": "0.914", "E": "0.0857"}, of="value")
    report = check_derivation(error, {"v": "1.3"}, of="new value", learning_rate=rate, given=values)
    found = report["v"]
    assert found.kind == kind, found.message


# Graphs in which derivatives with respect to figures can't be computed, or take long


def floats_alone(h):
    @primitive
    def twice(x):
        number = float(x) if not isinstance(x, Value) else math.fsum([x])
        return 2 * number, (2.0,)

    return twice(h)


def doubling(h):
    for _ in range(60):
        h = h + h.sin() * 0.1
    return h.log()


def improbable(h):
    return (h * 0 + 1e5) * 1.5 - (h + 1e-300).log() * 0


@pytest.mark.parametrize("program", [floats_alone, doubling, improbable])
def test_any_graph_has_sheets(program):
    w = Value(0.37, label="w")
    h = w * 1.9
    h.label = "h"
    y = program(h)
    y.label = "y"
    claims = {"h": "0.70", "y": f"{1.003 * y.data:.6g}", "w": "0.37"}
    report = check_derivation(y, claims, of="value")
    assert report["h"], f"{report}"
    gradients = check_derivation(y, {"h": "3.14", "w": "5.97"}, given=report)
    assert {verdict.verdict for verdict in gradients.verdicts} <= {"rounded", "wrong"}


def test_a_figure_follows_through_a_rule_for_floats_alone():
    h = Value(0.37, label="w") * 1.9
    h.label = "h"
    y = floats_alone(h)
    y.label = "y"
    assert check_derivation(y, {"h": "0.70", "y": "1.400"}, of="value")
    assert not check_derivation(y, {"h": "0.70", "y": "1.402"}, of="value")
