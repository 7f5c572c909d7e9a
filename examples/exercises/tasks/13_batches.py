"""Batches and means

One weight w = 1.5 serves three examples. Their errors are averaged:

    p1 = w * x1     x1 = 1     t1 = 2.23
    p2 = w * x2     x2 = 3     t2 = 3.68
    p3 = w * x3     x3 = 4     t3 = 4.96
    E = ((p1 - t1) ** 2 + (p2 - t2) ** 2 + (p3 - t3) ** 2) / 3

1. gradient: the derivative of E with respect to each prediction and to w, as numbers.
2. alone: the derivative with respect to w of each example's own error, (p1 - t1) ** 2 and
   so on. Compare them with that of E.
3. instead: what would the derivative with respect to w be, with
   - the sum of the three errors instead of their mean,
   - each example twice in the batch: the mean of six errors,
   - the mean of two means: example 1 is one batch, examples 2 and 3 are another?
"""

gradient = {"p1": ..., "p2": ..., "p3": ..., "w": ...}
alone = {"example 1": ..., "example 2": ..., "example 3": ...}
instead = {"sum": ..., "each twice": ..., "mean of two means": ...}

# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import check_figures, check_number, inside, label

HINTS = (
    "p1 - t1 = -0.73. The square has the factor 2, and the mean the factor 1/3.",
    "w is used three times, so its derivative has three shares: the share of p1 has the factor x1.",
    "Example 2 alone: 2 * 0.82 * x2. The derivative of a mean is the mean of the derivatives.",
    "The first batch has the derivative of example 1, the second the mean of those of 2 and 3.",
)

# The input and the target of each.
EXAMPLES = {1: (1.0, 2.23), 2: (3.0, 3.68), 3: (4.0, 4.96)}


def check(work):
    check_figures(mean_error(), work.gradient)
    alone = {i: 2 * (1.5 * x - t) * x for i, (x, t) in EXAMPLES.items()}
    with inside("alone"):
        for i, right in alone.items():
            check_alone(i, work.alone[f"example {i}"], right)
    with inside("instead"):
        check_instead(work.instead, alone)


def mean_error():
    w = Value(1.5, "w")
    errors = []
    for i, (x, t) in EXAMPLES.items():
        p = w * Value(x, f"x{i}")
        p.label = f"p{i}"
        errors.append((p - Value(t, f"t{i}")) ** 2)
    error = (errors[0] + errors[1] + errors[2]) / 3
    label(E=error)
    return error


def check_alone(i, answer, right):
    x, _ = EXAMPLES[i]
    check_number(
        f"example {i}",
        answer,
        right,
        {
            right / 3: "its own error is not divided by 3",
            right / 2: "the 2 of the square is missing",
            right / 2 / 3: "the 2 of the square is missing, and its own error is not divided by 3",
            right
            / x: f"this is the derivative with respect to p{i}: it meets x{i} on the way to w",
            right / x / 3: f"this is that of p{i} in E: it meets x{i} on the way to w, and its own "
            "error is not divided by 3",
            (right / x / 2) ** 2: "this is the error itself",
        },
    )


def check_instead(answers, alone):
    total = sum(alone.values())
    mean = total / 3
    check_number(
        "sum",
        answers["sum"],
        total,
        {
            mean: "so it is with the mean. Nothing divides by 3 now",
            total / 9: "nothing divides by 3 now, and the sum is larger than the mean",
            total / 2: "the 2 of the square is missing",
        },
    )
    check_number(
        "each twice",
        answers["each twice"],
        mean,
        {
            2
            * mean: "there are twice as many errors, and they are divided by 6 and no longer by 3",
            mean / 2: "they are divided by 6, and there are six of them",
            total: "this is the sum of three. The mean of six divides by 6",
            2 * total: "this is the sum of six. The mean divides by 6",
        },
    )
    check_number(
        "mean of two means",
        answers["mean of two means"],
        (alone[1] + (alone[2] + alone[3]) / 2) / 2,
        {
            mean: "so it is with the mean of all three. Here example 1 counts as much as the two "
            "others together",
            total / 2: "examples 2 and 3 are averaged first",
            alone[1] + (alone[2] + alone[3]) / 2: "the two means are averaged too: divide by 2",
            (alone[1] + (alone[2] + alone[3]) / 2) / 3: "there are two means: divide by 2",
            (alone[2] + alone[3]) / 2: "this is the second batch alone",
        },
    )
