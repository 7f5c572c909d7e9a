"""Write your own rule

A rule returns the result of an operation and a tuple of its local derivatives, one for
each operand. `@primitive` turns it into a function that works like any other. Fill in the
derivatives.

Take functions from `autograd`, as here, not from `math`: they accept any kind of number.
"""

from autograd import exp, primitive, where


@primitive
def bell(x):
    """exp(-x * x)"""
    return exp(-x * x), (...,)


@primitive
def parallel(x, y):
    """x * y / (x + y), two resistors side by side"""
    return x * y / (x + y), (..., ...)


@primitive
def huber(x):
    """x * x / 2 between -1 and 1; beyond, |x| - 1/2, a straight line on either side"""
    size = where(x < 0, -x, x)
    return where(size < 1, x * x / 2, size - 0.5), (...,)


# %% The check
# ruff: noqa: E402
from autograd import Value
from examples.exercises.checks import as_number, check_figures, inside, require, shown

HINTS = (
    "bell: the result once more, times the derivative of -x * x.",
    "parallel: by the quotient rule, (y * (x + y) - x * y) / (x + y)**2. What is left of that?",
    "huber: write `where(size < 1, ..., where(x < 0, -1, 1))`: what is the derivative between "
    "-1 and 1?",
)

# What each is to compute, and points to compare the derivatives at.
FUNCTIONS = {
    "bell": (lambda x: exp(-x * x), [(0.7,), (-1.2,)]),
    "parallel": (lambda x, y: x * y / (x + y), [(2.1, 3.3), (1.5, 0.5)]),
    "huber": (
        lambda x: where(x > 1, x - 0.5, where(x < -1, -x - 0.5, x * x / 2)),
        [(0.6,), (-0.6,), (2.5,), (-2.5,)],
    ),
}
# A few operations on numbers of about 1 are off by 1e-15 together.
ROUNDING = 1e-12


def check(work):
    for name, (function, points) in FUNCTIONS.items():
        rule = getattr(work, name)
        for point in points if rule is not ... else ():
            check_rule(f"{name}({', '.join(map(str, point))})", rule, function, point)


def check_rule(call, rule, function, point):
    leaves = [Value(number, label) for number, label in zip(point, "xy", strict=False)]
    right = function(*leaves)
    try:
        found = rule(*leaves)
    except TypeError as refusal:
        # `primitive` says what a rule returns.
        require("must return" not in str(refusal), str(refusal))
        raise
    require(isinstance(found, Value), f"{call} is {shown(found)}: is `@primitive` above the rule?")
    require(
        abs(as_number(call, found.data) - right.data) <= ROUNDING,
        f"{call} is no longer {right.data:.6g}: leave the result as it was",
    )
    with inside(call):
        partials = zip(leaves, found.partials, strict=True)
        check_figures(right, {x.label: f"{partial:.10g}" for x, partial in partials})
