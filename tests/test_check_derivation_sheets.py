"""check_derivation: whole sheets, on which each figure is worked out from rounded ones."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP

import pytest
from derivation_sheets import QUANTITIES, Person, random_network, random_recurrence

from autograd import check_derivation

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
