"""Vanishing gradients

Three sigmoid neurons in a chain, each with the weight 1 and no bias:

    a1 = sigmoid(x)     x = 0
    a2 = sigmoid(a1)
    a3 = sigmoid(a2)

1. gradient: the derivative of a3 with respect to a2, a1 and x, as numbers. What happens
   from layer to layer?
2. steepest: the largest derivative that each function has anywhere.
3. ten: how large can the derivative through ten such sigmoid neurons be at most? And how
   large must each weight at least be for it to reach 1?
4. exploding: ten relu neurons in a chain, each with the weight 3, and all of them active.
   What is the derivative of the last result with respect to the first input?
5. skip: a neuron may add its function to its input, a = x + sigmoid(x). What is the largest number
   that the derivative of a with respect to x always exceeds?
"""

gradient = {"a2": ..., "a1": ..., "x": ...}
steepest = {"sigmoid": ..., "tanh": ..., "relu": ...}
ten = {"at most": ..., "weight": ...}
exploding = ...
skip = ...

# %% The check
# ruff: noqa: E402
from autograd import Value, sigmoid
from examples.exercises.checks import check_figures, check_number, inside, label

HINTS = (
    "a1 = 0.5, a2 = 0.622459, a3 = 0.650777. The derivative of a sigmoid is y * (1 - y), with its "
    "own result y.",
    "y * (1 - y) is largest in the middle, at y = 1/2; 1 - y**2 is largest at y = 0.",
    "Ten layers are ten factors. With a weight w each factor is w * y * (1 - y).",
    "The derivative of x + sigmoid(x) is 1 + sigmoid(x) * (1 - sigmoid(x)), and the second term "
    "comes as near to 0 as you like.",
)


def check(work):
    check_figures(chain(), work.gradient)
    with inside("steepest"):
        check_steepest(work.steepest)
    with inside("ten"):
        check_ten(work.ten)
    check_number(
        "exploding",
        work.exploding,
        3**10,
        {
            30: "ten factors are multiplied, not added",
            3: "each of the ten layers gives the factor 3",
            1: "the relu has the derivative 1, and each weight is a factor too",
            3**9: "there are ten weights, not nine",
            3**11: "there are ten weights, not eleven",
            10**3: "ten factors of 3, not three factors of 10",
            0: "they are all active: the derivative of relu is 1 there",
        },
    )
    check_number(
        "skip",
        work.skip,
        1,
        {
            0: "larger than that, but there is more: x itself has a derivative",
            0.25: "the derivative of the sigmoid comes on top of that of x",
            1.25: "this is the largest one. And far to the left, where the sigmoid is flat?",
            1.5: "this is a at x = 1/2 or so. What is its derivative?",
            0.5: "x itself has the derivative 1",
            2: "the sigmoid adds its derivative, which is never 1",
        },
    )


def chain():
    x = Value(0.0, "x")
    a1 = sigmoid(x)
    a2 = sigmoid(a1)
    a3 = sigmoid(a2)
    label(a1=a1, a2=a2, a3=a3)
    return a3


def check_steepest(answers):
    check_number(
        "sigmoid",
        answers["sigmoid"],
        0.25,
        {
            1: "its results go up to 1, but what is y * (1 - y) at most?",
            0.5: "this is its result in the middle. Its derivative there is y * (1 - y)",
            0: "it is that flat only far away from 0",
            0.75: "y * (1 - y) at y = 1/2 is not 1 - y * y",
            0.2: "try y * (1 - y) with y = 1/2",
            4: "this is one over it",
        },
    )
    check_number(
        "tanh",
        answers["tanh"],
        1,
        {
            0.25: "that is so for the sigmoid. The derivative of tanh is 1 - y**2",
            0.5: "1 - y**2 is largest at y = 0",
            0: "this is its result at 0. Its derivative there is 1 - 0**2",
            2: "its results range over 2, but its derivative is 1 - y**2",
        },
    )
    check_number(
        "relu",
        answers["relu"],
        1,
        {
            0: "that is so on the left. And on the right?",
            0.5: "it has no step in between: the derivative is 0 or 1",
        },
    )


def check_ten(answers):
    check_number(
        "at most",
        answers["at most"],
        0.25**10,
        {
            0.25: "that is so for one layer. Ten layers are ten factors",
            2.5: "ten factors are multiplied, not added",
            0.025: "ten factors are multiplied: this divides by ten",
            0.25**9: "there are ten layers, not nine",
            0.25**11: "there are ten layers, not eleven",
            0.5**10: "0.5 is the result in the middle, and 0.25 the derivative there",
            0.25**3: "there are ten layers here",
            1: "each factor is at most 0.25",
            0: "it is small, but not 0",
        },
    )
    check_number(
        "weight",
        answers["weight"],
        4,
        {
            1: "each layer then keeps a quarter at most",
            0.25: "times 0.25 it must be 1",
            2: "2 * 0.25 is one half: that vanishes, too",
            4**10: "this is for all ten together. And for each?",
            10: "a smaller one will do: times 0.25 it must be 1",
            0.4: "times 0.25 it must be 1",
        },
    )
