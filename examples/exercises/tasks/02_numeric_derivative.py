"""A derivative by small steps

How many times as fast as x does f(x) grow? Move x by a small h, and see:

    forward difference    (f(x + h) - f(x)) / h
    central difference    (f(x + h) - f(x - h)) / (2 * h)

1. figure: both for f(x) = x ** 3 at x = 2 with h = 0.1. The derivative is 12.
2. smaller: with h = 0.01 both come closer to 12. By roughly what factor does the error of
   each shrink?
3. slope: write the central difference for any function. With it you can check every
   derivative that you work out from now on.
4. too_small: what does slope return for x ** 3 at x = 2 with h = 1e-20? Try it.
"""

figure = {"forward": ..., "central": ...}
smaller = {"forward": ..., "central": ...}


def slope(f, x, h):
    return ...


too_small = ...

# %% The check
# ruff: noqa: E402
import math

from examples.exercises.checks import as_number, check_number, inside, require

HINTS = (
    "f(2.1) = 9.261 and f(1.9) = 6.859. How far apart are they, and how far apart are their x?",
    "With h = 0.1 the errors are 0.61 and 0.01. Work out both differences for h = 0.01 too: what "
    "is left of each error?",
    "`2 + 1e-20 == 2` is True: a float has about 16 digits.",
)


def cube(x):
    return x**3


def check(work):
    with inside("figure"):
        check_number("forward", work.figure["forward"], 12.61, SLIPS | {12.01: CENTRAL}, 1e-4)
        check_number("central", work.figure["central"], 12.01, SLIPS | {12.61: FORWARD}, 1e-4)
    with inside("smaller"):
        check_number(
            "forward",
            work.smaller["forward"],
            10,
            {100: "its error is 0.61 and then 0.0601", 1: TIMES, 0.1: TIMES, 2: HALVES},
            0.05,
        )
        check_number(
            "central",
            work.smaller["central"],
            100,
            {
                10: "its error is 0.01 and then 0.0001. It goes with h * h",
                20: "h * h is 100 times smaller if h is 10 times smaller",
                0.01: TIMES,
                1: TIMES,
                2: HALVES,
            },
            0.05,
        )
    if work.slope is not ...:
        check_slope(work.slope)
    check_number(
        "too_small",
        work.too_small,
        0,
        {
            12: "that would be right with endlessly many digits. Run your slope: is 2 + 1e-20 "
            "another float than 2?",
            1: "run your slope: what is the difference of two equal numbers, divided by h?",
        },
    )


FORWARD = "this is the forward difference: begin at x - h, and divide by 2 * h"
CENTRAL = "this is the central difference: begin at x, and divide by h"
TIMES = "by what factor does the error shrink? 10 is for a tenth"
HALVES = "h is 10 times as small, not half as large"
SLIPS = {
    12: "this is the derivative itself. Put the numbers in: the difference is near it",
    11.41: "this goes back, from f(x - h) to f(x)",
    1.261: "this is f(x + h) - f(x), not divided by h yet",
    2.402: "this is f(x + h) - f(x - h), not divided by 2 * h yet",
    24.02: "f(x + h) and f(x - h) are 2 * h apart: divide by that",
    6.305: "f(x + h) and f(x) are h apart: divide by that, and not by 2 * h",
}


def check_slope(slope):
    for name, f, x, h in (("x ** 3", cube, 2.0, 0.1), ("exp(x)", math.exp, -0.7, 0.01)):
        ahead, here, behind = f(x + h), f(x), f(x - h)
        call = f"slope of {name} at {x:g} with h = {h:g}"
        found = slope(f, x, h)
        require(found is not None, "slope gives None: end it with `return` and the quotient")
        check_number(
            call,
            as_number(call, found),
            (ahead - behind) / (2 * h),
            {
                (ahead - here) / h: FORWARD,
                (here - behind) / h: "this goes from x - h to x: end at x + h",
                (ahead - behind) / h: "f(x + h) and f(x - h) are 2 * h apart: divide by that",
                (ahead - behind) / 2 * h: "this divides by 2 and multiplies by h: put 2 * h in "
                "parentheses",
                ahead - behind / (2 * h): "the difference comes first: put it in parentheses",
                ahead - behind / 2 * h: "put the difference in parentheses, and 2 * h too",
                ahead - behind: "the difference is not divided by 2 * h yet",
                (behind - ahead) / (2 * h): "the sign is wrong: subtract what is behind",
                h: "call f: the difference is one of f(x + h) and f(x - h)",
                1.0: "call f: the difference is one of f(x + h) and f(x - h)",
            },
            1e-9,
        )
