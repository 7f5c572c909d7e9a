"""Equal weights

Two hidden neurons that begin with the same weights:

    h1 = tanh(u1 * x)       x = 1.2
    h2 = tanh(u2 * x)       u1 = u2 = v1 = v2 = 0.5
    y = v1 * h1 + v2 * h2   t = 1
    E = (y - t) ** 2 / 2

1. gradient: the derivative of E with respect to each weight, as numbers. Compare them.
2. after: after 1,000 steps of gradient descent, what is u1 - u2? If all 100 neurons of a
   layer begin like that, how many different neurons does it have, however long it learns?
3. zero: if all four weights begin at 0, what are the derivatives? And after 1,000 steps?
4. start: change only one of the four starting weights, so that u1 and u2 have different
   derivatives and the two neurons can become different.
"""

gradient = {"u1": ..., "u2": ..., "v1": ..., "v2": ...}
after = {"u1 - u2": ..., "different neurons": ...}
zero = {"derivative of u1": ..., "derivative of v1": ..., "u1 after 1,000 steps": ...}
start = {"u1": ..., "u2": ..., "v1": ..., "v2": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value, gradients, tanh
from examples.exercises.checks import (
    as_number,
    check_figures,
    check_number,
    inside,
    label,
    require,
    shown,
)

HINTS = (
    "h1 = h2 = tanh(0.6) = 0.53705, and y - t = 0.53705 - 1. tanh has the derivative 1 - h1 ** 2.",
    "What begins equal and gets equal derivatives is equal after the step, too: so the next "
    "derivatives are equal again.",
    "The derivative of u1 has v1 as a factor, that of v1 has h1 = tanh(u1 * x). What are they "
    "when all weights are 0?",
    "The derivative of u1 is (y - t) * v1 * (1 - h1 ** 2) * x, that of u2 has v2 and h2.",
)

# Why it is 0.
ZERO = {
    "derivative of u1": "it goes through v1, which is 0",
    "derivative of v1": "it is (y - t) * h1, and h1 = tanh(0)",
    "u1 after 1,000 steps": "how far does a step go if the derivative is 0?",
}
WEIGHTS = ("u1", "u2", "v1", "v2")


def check(work):
    check_figures(error_from(dict.fromkeys(WEIGHTS, 0.5))[0], work.gradient)
    with inside("after"):
        check_number(
            "u1 - u2",
            work.after["u1 - u2"],
            0,
            {1000: "compare the derivatives of u1 and u2: which of them moves farther in a step?"},
        )
        check_number(
            "different neurons",
            work.after["different neurons"],
            1,
            {
                100: "they begin equal, and equal derivatives keep them equal",
                0: "they learn, but all of them learn the same",
                2: "all 100 begin equal, not in two groups",
                50: "all 100 begin equal, not in pairs",
            },
        )
    with inside("zero"):
        for name, reason in ZERO.items():
            answer = work.zero[name]
            require(
                answer is ... or as_number(name, answer) == 0,
                f"{name} is not {shown(answer)}: {reason}",
            )
    if ... not in work.start.values():
        check_start({name: as_number(name, work.start[name]) for name in WEIGHTS})


def error_from(weights):
    leaf = {name: Value(number, name) for name, number in weights.items()}
    x, t = Value(1.2, "x"), Value(1.0, "t")
    h1, h2 = tanh(leaf["u1"] * x), tanh(leaf["u2"] * x)
    y = leaf["v1"] * h1 + leaf["v2"] * h2
    error = (y - t) ** 2 / 2
    label(h1=h1, h2=h2, y=y, E=error)
    return error, leaf


def check_start(weights):
    changed = [name for name, number in weights.items() if number != 0.5]
    require(changed, "start: all four are still 0.5")
    require(
        len(changed) == 1,
        f"start: {', '.join(changed)} are changed, and one is enough: leave the others at 0.5",
    )
    error, leaf = error_from(weights)
    first, second = gradients(error, [leaf["u1"], leaf["u2"]])
    require(
        first != second,
        f"start: with {changed[0]} = {weights[changed[0]]:g} both derivatives are {first:.4g}",
    )
