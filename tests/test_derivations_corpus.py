"""The corpus of claims is right about what is right and what is wrong.

Its witness knows no rule: differences over mpmath's numbers. What a formula means is written a
second time, in Python, by hand.
"""

import re
from collections import Counter

import pytest
from derivations.explanations import printed
from derivations.graphs import PROGRAMS, built
from derivations.reading import meant, rounding
from derivations.right_formulas import FORMULAS
from derivations.right_numbers import NUMBERS, digits
from derivations.sheets import ROUNDINGS, SHEETS, worked_out
from derivations.translation import translated
from derivations.witness import at_its_numbers, elsewhere
from derivations.wrong import WRONG

from autograd.checking.derivation.mistakes import KINDS

SEEDS = range(3)
# Kinds that a report is to say beyond those that it says.
EXPECTED_KINDS = {
    "wrong derivative", "counted twice", "extra path", "combined wrongly", "wrong term", "digits",
    "copied number", "other function", "value", "finite difference",
}  # fmt: skip


def is_close(first, second):
    # Numbers such as 2/3 are floats in what is written by hand.
    return abs(first - second) <= 1e-14 * max(abs(first), abs(second), 1e-3)


def is_number(text):
    return re.fullmatch(r"-?[\d.]+", text) is not None


def test_the_corpus_is_as_large_as_it_says():
    right, wrong = len(FORMULAS) + len(NUMBERS), len(WRONG)
    coincidences = sum(claim.is_coincidence for claim in WRONG)
    found = {"graphs": len(PROGRAMS), "right": right, "wrong": wrong, "by chance": coincidences}
    least = {"graphs": 40, "right": 320, "wrong": 380, "by chance": 25}
    assert all(found[name] >= count for name, count in least.items()), found


def test_no_claim_is_there_twice():
    claims = [*FORMULAS, *NUMBERS, *(claim for claim in WRONG if not claim.earlier)]
    counts = Counter((c.program, c.quantity, c.label, repr(c.text), c.trained) for c in claims)
    twice = [claim for claim, count in counts.items() if count > 1]
    assert not twice, "\n".join(map(str, twice))


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_graph_agrees_with_the_witness(program):
    graph, witness = built(program), at_its_numbers(program)
    graph.error.backward()
    for label, node in graph.nodes.items():
        assert node.data == pytest.approx(float(witness.values[label]), rel=1e-12), label
        gradient = float(witness.gradients[label])
        assert node.grad == pytest.approx(gradient, rel=1e-11, abs=1e-13), label


def test_right_formulas_are_right():
    for claim in FORMULAS:
        points = [at_its_numbers(claim.program)]
        if not claim.is_local:
            points += [elsewhere(claim.program, seed) for seed in SEEDS]
        for witness in points:
            right = witness.figure(claim.quantity, claim.label, claim.trained)
            assert is_close(witness.evaluated(claim.meaning), right), claim


def test_every_text_means_what_its_python_says():
    for claim in (*FORMULAS, *WRONG):
        if not claim.meaning or is_number(claim.text):
            continue
        for witness in (at_its_numbers(claim.program), elsewhere(claim.program, 0)):
            numbers = witness.after_update(claim.trained) if claim.trained else None
            expression = translated(claim.text, witness.values, witness.error)
            read = witness.evaluated(expression, numbers)
            assert is_close(read, witness.evaluated(claim.meaning)), (claim, expression)


def test_right_numbers_are_right_to_their_digits():
    for claim in NUMBERS:
        right = at_its_numbers(claim.program).figure(claim.quantity, claim.label, claim.trained)
        margin = rounding(claim.text) + 1e-15 * abs(float(right))
        assert abs(meant(claim.text) - right) <= margin, (claim, right)


def test_wrong_numbers_are_wrong_by_more_than_their_rounding():
    for claim in (claim for claim in WRONG if is_number(claim.text)):
        witness = at_its_numbers(claim.program)
        right = witness.figure(claim.quantity, claim.label, claim.trained)
        assert abs(meant(claim.text) - right) > 1.01 * rounding(claim.text), (claim, right)
        if claim.meaning:
            apart = abs(meant(claim.text) - witness.evaluated(claim.meaning))
            assert apart <= rounding(claim.text), claim


def test_wrong_formulas_are_wrong_here_and_elsewhere():
    for claim in WRONG:
        if is_number(claim.text) or claim.is_coincidence:
            continue
        for witness in (at_its_numbers(claim.program), elsewhere(claim.program, 0)):
            right = witness.figure(claim.quantity, claim.label, claim.trained)
            assert not is_close(witness.evaluated(claim.meaning), right), claim


def test_coincidences_are_right_here_and_wrong_elsewhere():
    for claim in (claim for claim in WRONG if claim.is_coincidence):
        here, there = at_its_numbers(claim.program), elsewhere(claim.program, 0)
        assert is_close(here.evaluated(claim.meaning), here.figure(claim.quantity, claim.label))
        right = there.figure(claim.quantity, claim.label)
        assert not is_close(there.evaluated(claim.meaning), right), claim


def test_every_kind_is_known():
    named = {kind for claim in WRONG for kind in claim.kinds}
    unknown = named - EXPECTED_KINDS - set(KINDS)
    assert not unknown, unknown
    missing = EXPECTED_KINDS - {claim.kinds[0] for claim in WRONG}
    assert not missing, f"no claim is expected to be named {missing}"


def test_a_number_that_a_simpler_mistake_gives_is_allowed_its_name():
    # Of -f, 2f and f/2 the name is plain, however else the number came about.
    simple = {"sign": -1, "factor": 2, "half": 0.5}
    for claim in WRONG:
        # What follows from an earlier figure, and is explained by it, is carried.
        if not is_number(claim.text) or claim.earlier:
            continue
        right = at_its_numbers(claim.program).figure(claim.quantity, claim.label, claim.trained)
        for name, factor in simple.items():
            if abs(meant(claim.text) - factor * right) <= rounding(claim.text) / 2 and right:
                assert {"factor" if name == "half" else name} & set(claim.kinds), (claim, name)


@pytest.mark.parametrize("in_one_go", [False, True])
@pytest.mark.parametrize("program", SHEETS)
def test_sheets_of_many_digits_agree_with_the_witness(program, in_one_go):
    trained, witness = SHEETS[program].split(), at_its_numbers(program)
    for quantity, figures in worked_out(program, trained, lambda x: digits(x, 14), in_one_go):
        for label, text in figures.items():
            right = float(witness.figure(quantity, label, trained))
            # 14 digits, and a few lost where sums cancel.
            assert float(text) == pytest.approx(right, rel=1e-9, abs=1e-13), (quantity, label)


def test_sheets_are_of_every_size_and_rounding():
    assert {"t4", "net_221", "net_232", "net_342", "recurrent", "mean_square"} <= set(SHEETS)
    assert len(ROUNDINGS) == 8


def test_every_line_that_explain_prints_is_a_claim():
    parts = printed(["t4"])
    texts = {part.text for part in parts if part.form.startswith("text")}
    assert {"w1 · i1 + w2 · i2 + b1", "0.5933"} <= texts
    assert {part.form.partition(",")[0] for part in parts} == {"text", "LaTeX"}
