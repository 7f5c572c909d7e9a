"""check_derivation judges the corpus of claims in `derivations/` as well as it should.

All right and wrong claims are judged, every fifth honest sheet, and what explain prints about every
sixth graph; `python -m benchmarks.derivations` judges everything, and tells what fails.
"""

import functools

import pytest
from derivations.explanations import printed
from derivations.graphs import PROGRAMS
from derivations.judging import explained, faultless, right_claims, wrong_claims
from derivations.sheets import sheets

# The least share, and of what is a fault the largest.
AT_LEAST = {"right accepted": 0.98, "wrong named rightly": 0.95, "explain accepted": 1.0}
AT_MOST = {
    "right called wrong": 0.0,
    "sheets with a figure called wrong": 0.0,
    "wrong called right": 0.0,
    "wrong named wrongly": 0.01,
}


def share(judged, holds):
    """The share of those for which it holds, and the others or these, to look at."""
    return sum(map(holds, judged)) / len(judged)


@functools.cache
def figures():
    """Each figure, and the claims that speak against it."""
    right, wrong = right_claims(), wrong_claims()
    on_sheets = list(faultless(list(sheets(every=5))))
    lines = explained(printed(list(PROGRAMS)[::6]))
    return {
        "right accepted": (
            share(right, lambda one: one.is_accepted),
            [one for one in right if not one.is_accepted],
        ),
        "right called wrong": (
            share(right, lambda one: one.verdict == "wrong"),
            [one for one in right if one.verdict == "wrong"],
        ),
        "sheets with a figure called wrong": (
            share(on_sheets, lambda sheet: any(one.verdict == "wrong" for one in sheet)),
            [one for sheet in on_sheets for one in sheet if one.verdict == "wrong"],
        ),
        "wrong called right": (
            share(wrong, lambda one: one.is_accepted),
            [one for one in wrong if one.is_accepted],
        ),
        "wrong named rightly": (
            share(wrong, lambda one: one.is_named),
            [one for one in wrong if not one.is_named],
        ),
        "wrong named wrongly": (
            share(wrong, lambda one: one.is_misnamed),
            [one for one in wrong if one.is_misnamed],
        ),
        "explain accepted": (
            share(lines, lambda one: one.is_accepted),
            [one for one in lines if not one.is_accepted],
        ),
    }


@pytest.mark.parametrize("name", [*AT_LEAST, *AT_MOST])
def test_the_corpus_is_judged_well(name):
    reached, against = figures()[name]
    least, most = AT_LEAST.get(name, 0.0), AT_MOST.get(name, 1.0)
    examples = "\n".join(map(str, against[:40]))
    assert least <= reached <= most, f"{name}: {reached:.3f}\n{examples}"
