"""Write your own backward pass

A node has `parents`, a tuple of nodes, and `partials`, its local derivatives with respect
to each of them. A leaf has none. Return the gradient of every node below the output, and
of the output itself: `{node: gradient}`. Twenty lines are enough:

1. Put the nodes in order, each after its parents.
2. Give the output the gradient 1 and all others 0.
3. Go through the order backwards; each node adds gradient times partial to each parent.

Graphs are deep: Python stops a function that calls itself for each parent long before the
end of 5,000 operations. Keep the nodes that wait in a list of your own. And ask whether a
node is in a set or a dict, not in a list: there `==` would compare their numbers.
"""


def backward(output):
    """The derivative of the output with respect to each node: {node: gradient}."""
    return ...


# %% The check
# ruff: noqa: E402
from math import isclose

from autograd import Value, gradients, sum, tanh
from autograd.graph import topological_order
from examples.exercises.checks import as_number, require
from examples.exercises.engines import reason_for

HINTS = (
    "A node is ready for the order when all of its parents are in it.",
    "Depth first with a list: take the last node that waits. If a parent of it is not in the "
    "order yet, let that parent wait too; else move the node itself to the order.",
    "Both edges of x * x count: go through parents and partials side by side, and add.",
)


def check(work):
    if work.backward is not ...:
        for text, output in graphs().items():
            check_gradients(text, output, work.backward(output))


def graphs():
    """Graphs that a backward pass may get wrong, each with how it was computed."""
    x, w, b = Value(2.0, "x"), Value(-0.5, "w"), Value(0.3, "b")
    h = w * x
    h.label = "h"
    a = 3 * x
    a.label = "a"
    chain = x
    for _ in range(5000):
        chain = chain * 0.999 + 0.001
    ladder = x
    for _ in range(40):
        ladder = ladder * 0.4 + ladder * 0.3
    return {
        "w * x + b": w * x + b,
        "x - w": x - w,
        "x * x": x * x,
        "a + 2 * a, with a = 3 * x": a + 2 * a,
        "2 * a + a, with a = 3 * x": 2 * a + a,
        "tanh(h) * h + h * x, with h = w * x": tanh(h) * h + h * x,
        "sum([x, h, x, h]), with h = w * x": sum([x, h, x, h]),
        "x alone": x,
        "5,000 times y = y * 0.999 + 0.001": chain,
        "40 times y = y * 0.4 + y * 0.3": ladder,
    }


def check_gradients(text, output, found):
    kind = type(found).__name__
    require(isinstance(found, dict), f"backward() must return {{node: gradient}}, not {kind}")
    # From the output on, so that the first one that is wrong shows where.
    below = list(topological_order(output))[::-1]
    for node, right in zip(below, gradients(output, below), strict=True):
        if not node.label and not node.parents:
            # A constant: nobody asks for its gradient.
            continue
        name = node.label or f"the result of {node.op}"
        require(node in found, f"In {text}: the gradient of {name} is missing")
        gradient = as_number(f"In {text}: the gradient of {name}", found[node])
        if not isclose(gradient, right, rel_tol=1e-9):
            reason = reason_for(gradient, node, output)
            require(False, f"In {text}: the gradient of {name} is {gradient:.6g}, wrong{reason}")
