"""A rate too large

This is gradient descent on E = 2 * (w - 3) ** 2 from w = 4. The best w is 3, so at first
the distance from it is 1. Each step is w = w - rate * derivative.

1. distance: what is w - 3 after one step, with each of these rates?
2. factor: every step multiplies the distance by the same factor. Give it as a formula in
   the rate, r.
3. largest: at which rate does w jump back and forth forever? At any larger one it moves
   farther away with each step.
4. steps: a second weight, v, lies in a flat valley: E = 2 * (w - 3) ** 2 + 0.02 * v ** 2.
   With the rate 0.25, which is best for w, how many steps halve the distance of v from 0?
"""

distance = {"0.1": ..., "0.25": ..., "0.4": ..., "0.6": ...}
factor = ...
largest = ...
steps = ...

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_figures, check_number, label

HINTS = (
    "The derivative is 4 * (w - 3), which is 4 at w = 4. A step with the rate 0.1 goes to 3.6.",
    "The distance d becomes d - r * 4 * d. What is it multiplied by?",
    "A distance that changes its sign, but not its size, has the factor -1.",
    "The derivative for v is 0.04 * v, so each step multiplies v by 1 - 0.25 * 0.04 = 0.99. After "
    "how many steps is that one half?",
)


def check(work):
    for rate in ("0.1", "0.25", "0.4", "0.6"):
        check_distance(float(rate), work.distance[rate])
    check_factor(work.factor)
    check_number(
        "largest",
        work.largest,
        0.5,
        {
            0.25: "with this rate one step is enough",
            1: "with it the distance is -3 after one step: farther away",
            2: "1 - 4 * r must be -1 there, not 1 - r",
            0.6: "with it the distance is -1.4 after one step: farther away",
            0.4: "with it the distance is -0.6 after one step: still nearer",
            0: "with it w does not move at all",
        },
    )
    check_number(
        "steps",
        work.steps,
        69,
        {
            50: "each step takes 1 percent of the distance that is left, not of the first distance",
            34: "the derivative of 0.02 * v ** 2 has the 2 of the square",
            35: "the derivative of 0.02 * v ** 2 has the 2 of the square",
            138: "the derivative of 0.02 * v ** 2 is 0.04 * v: the 2 of the square is missing",
            1: "that is so for w. The factor for v is 1 - 0.25 * 0.04",
            17: "the rate 0.25 belongs to the factor: 1 - 0.25 * 0.04",
            68: "0.99 ** 68 is still more than one half",
        },
        0.003,
    )


def check_distance(rate, answer):
    check_number(
        f"distance with the rate {rate:g}",
        answer,
        1 - 4 * rate,
        {
            4 * rate - 1: "it has a sign, since w may be on the other side of 3",
            4 - 4 * rate: "this is w. How far is it from 3?",
            4 * rate: "this is how far w moves. How far is it from 3 then?",
            -4 * rate: "this is how far w moves. How far is it from 3 then?",
            1 + 4 * rate: "w moves against the derivative: subtract",
            1 - 2 * rate: "the derivative of 2 * (w - 3) ** 2 is 4 * (w - 3): the 2 of the square",
            1 - rate: "the derivative is missing: it is 4 * (w - 3)",
            1 - 16 * rate: "the derivative is 4 * (w - 3), with w - 3 = 1",
        },
        1e-6,
    )


def check_factor(answer):
    factor = 1 - 4 * Value(0.1, "r")
    label(factor=factor)
    check_figures(factor, {"factor": answer}, of="value")
