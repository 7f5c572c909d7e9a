"""Softmax and cross-entropy

Three logits become probabilities. Class 2 is the right one:

    p1 = exp(z1) / total        z1 = 2
    p2 = exp(z2) / total        z2 = 1
    p3 = exp(z3) / total        z3 = 0.1
    total = exp(z1) + exp(z2) + exp(z3)
    E = -log(p2)

1. value: the probabilities, as numbers. Do they add up to 1?
2. gradient: the derivative of E with respect to each logit, as a formula in p1, p2, p3.
   Each is surprisingly short.
3. shifted: if 100 is added to every logit, what is p1 then?
4. softmax: exp(1000) overflows. Write a softmax that takes any list of floats and returns
   a list of probabilities: use what you found in 3.
"""

import math

value = {"p1": ..., "p2": ..., "p3": ...}
gradient = {"z1": ..., "z2": ..., "z3": ...}
shifted = ...


def softmax(zs):
    return ...


# %% The check
# ruff: noqa: E402
from autograd import Value, exp, log
from examples.exercises.checks import (
    as_number,
    check_figures,
    check_formulas,
    check_number,
    label,
    require,
)

HINTS = (
    "exp(2) = 7.389, exp(1) = 2.718, exp(0.1) = 1.105. A probability is a part of their sum.",
    "-log(p2) = log(total) - z2. What is the derivative of log(total) with respect to z1, and "
    "with respect to z2?",
    "The derivative of log(total) with respect to z1 is exp(z1) / total, which is p1. That of -z2 "
    "with respect to z2 is -1.",
    "exp(z + 100) is exp(z) * exp(100), above and below the line. So subtract the largest logit "
    "from each: then no operand of exp is above 0.",
)

LOGITS = (2.0, 1.0, 0.1)
OF_LOGITS = "this is a part of the sum of the logits. Take exp of each first"
PARTS = {f"p{i}": {Value(z / sum(LOGITS)): OF_LOGITS} for i, z in enumerate(LOGITS, 1)}


def check(work):
    error = cross_entropy()
    check_figures(error, work.value, PARTS, of="value")
    check_formulas(error, work.gradient)
    weights = [math.exp(z) for z in LOGITS]
    right = weights[0] / sum(weights)
    check_number(
        "shifted",
        work.shifted,
        right,
        {
            1: "z2 and z3 grow by 100 too",
            100 + right: "100 is added to the logits, not to the probabilities",
            right * math.exp(100): "total has the factor exp(100) too",
            right / math.exp(100): "exp(z1) has the factor exp(100) too",
            1 / 3: "the differences of the logits stay as they are, and so do the probabilities",
            102 / 303.1: "a probability is a part of the sum of exp(z), not of the logits",
            0: "exp(z1) has the factor exp(100), as total has",
        },
    )
    if work.softmax is not ...:
        for zs in (list(LOGITS), [1000.0, 1001.0], [-1000.0, -1001.0], [0.0], [710.0] * 4):
            check_softmax(work.softmax, zs)


def cross_entropy():
    z1, z2, z3 = (Value(z, f"z{i}") for i, z in enumerate(LOGITS, 1))
    e1, e2, e3 = exp(z1), exp(z2), exp(z3)
    total = e1 + e2 + e3
    p1, p2, p3 = e1 / total, e2 / total, e3 / total
    # With targets 0, 1, 0, so that the graph contains p1 and p3 as well.
    error = -(0 * log(p1) + 1 * log(p2) + 0 * log(p3))
    label(total=total, p1=p1, p2=p2, p3=p3, E=error)
    return error


def check_softmax(softmax, zs):
    call = f"softmax({zs})"
    try:
        found = softmax(list(zs))
    except OverflowError:
        require(False, f"{call} overflows: subtract the largest logit from each first")
    except ZeroDivisionError:
        require(False, f"{call} divides by 0: every exp is 0. Subtract the largest logit first")
    require(
        isinstance(found, (list, tuple)) and len(found) == len(zs),
        f"{call} must be a list of {len(zs)} probabilities, not {found!r:.60}",
    )
    numbers = [as_number(f"A probability of {call}", p) for p in found]
    total = math.fsum(numbers)
    weights = [math.exp(z - max(zs)) for z in zs]
    right = [weight / sum(weights) for weight in weights]
    is_right = all(map(math.isclose, numbers, right))
    if not is_right and not math.isclose(total, 1):
        require(False, f"{call} adds up to {total:.6g}, not to 1: divide by the sum of all exp")
    logs = [z / sum(zs) for z in zs] if sum(zs) else []
    if not is_right and all(map(math.isclose, numbers, logs)):
        require(False, f"{call}: these are parts of the sum of the logits. Take exp of each first")
    require(is_right, f"{call} is {numbers}, which is wrong")
