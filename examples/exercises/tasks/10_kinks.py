"""ReLU and kinks

relu(x) is x if x is positive, and 0 otherwise.

1. gradient: two neurons share the input x = 1.55, with w1 = 0.82, w2 = -0.3, target t = 2:

       h1 = relu(w1 * x)
       h2 = relu(w2 * x)
       d = h1 + h2 - t
       E = d ** 2 / 2

   Give the derivative of E with respect to d, w1, w2 and x, as numbers.
2. sides: at a kink there are two derivatives, one on the left and one on the right.
3. chosen: which one does this engine take there? Each function says so in its docstring:
   `python -c "import autograd; print(autograd.relu.__doc__)"`.
"""

gradient = {"d": ..., "w1": ..., "w2": ..., "x": ...}
sides = {
    "relu(x) at 0": (..., ...),
    "abs(x) at 0": (..., ...),
    "maximum(x, 2) at 2": (..., ...),
}
chosen = {
    "relu(x) at 0": ...,
    "abs(x) at 0": ...,
    "maximum(x, 2) at 2": ...,
}

# %% The check
# ruff: noqa: E402
from autograd import Value, gradcheck, maximum, relu
from autograd import grad as gradient_of
from examples.exercises.checks import as_number, check_figures, label, require, shown

HINTS = (
    "h2 is 0, and stays 0 if w2 changes a little: nothing flows back through it.",
    "Left of 2, maximum(x, 2) is the constant 2; right of it, it is x.",
    "Where x and y are equal, maximum gives half of the derivative to each.",
)

KINKS = {
    "relu(x) at 0": (relu, 0.0),
    "abs(x) at 0": (abs, 0.0),
    "maximum(x, 2) at 2": (lambda x: maximum(x, 2.0), 2.0),
}


def check(work):
    check_neurons(work.gradient)
    for name, (function, point) in KINKS.items():
        # The one-sided derivatives of these functions are whole numbers.
        sides = tuple(map(round, gradcheck(function, point).verdicts[0].sides))
        check_sides(name, work.sides[name], sides)
        check_chosen(name, work.chosen[name], gradient_of(function)(point), sides)


def check_neurons(claims):
    w1, w2, x, t = Value(0.82, "w1"), Value(-0.3, "w2"), Value(1.55, "x"), Value(2.0, "t")
    h1, h2 = relu(w1 * x), relu(w2 * x)
    d = h1 + h2 - t
    error = d**2 / 2
    label(h1=h1, h2=h2, d=d, E=error)
    check_figures(error, claims)


def check_sides(name, answer, right):
    if ... in answer:
        return
    told = shown(answer)
    require(tuple(answer) != right[::-1], f"{name}: the left side comes first, so not {told}")
    require(
        tuple(answer) == right,
        f"{name}: the derivatives are not {told}. Follow the graph of the function, a straight "
        "line on each side",
    )


def check_chosen(name, answer, right, sides):
    if answer is ...:
        return
    low, high = sides
    number = as_number(name, answer)
    told = shown(answer)
    require(low <= number <= high, f"{name}: {told} is not even between the one-sided derivatives")
    require(number == right, f"{name}: {told} would be allowed, but is not chosen here")
