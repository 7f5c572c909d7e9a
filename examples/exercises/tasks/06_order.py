"""Why topological order

A backward pass visits one node after another. A node that is visited passes its gradient
on: to each parent it adds its gradient times the local derivative. With x = 1:

    a = 3 * x = 3
    b = 2 * a = 6
    y = a * b = 18

1. order: in which order must y, a and b be visited?
2. gradient_of_x: what does x get in this order, and what in the order y, a, b?
3. smallest: `gradients_as_met`, below, is a backward pass that visits nodes as it meets
   them, and gets y wrong. Write the smallest function of x that it gets wrong and whose
   last operation is a sum. Three operations are enough.
"""

order = [..., ..., ...]
gradient_of_x = {"in the right order": ..., "in the order y, a, b": ...}


def smallest(x):
    return ...


def gradients_as_met(output):
    """The gradients of all nodes below an output, by a pass that visits nodes as it meets them."""
    gradients = {output: 1.0}
    waiting = [output]
    for node in waiting:
        for parent, partial in zip(node.parents, node.partials, strict=True):
            if parent not in gradients:
                gradients[parent] = 0.0
                waiting.append(parent)
            gradients[parent] += partial * gradients[node]
    return gradients


# %% The check
# ruff: noqa: E402
from autograd import Value, gradients
from examples.exercises.checks import check_figures, check_number, inside, label, require, shown

HINTS = (
    "When a is visited before b, the share that comes through b is still missing.",
    "In the order y, a, b: y gives a 6 and b 3; a passes 6 * 3 on to x; and then?",
    "For `smallest`: a value that the result uses directly, and once more by a detour. It "
    "must itself be computed from x, and be met before the detour.",
)

RIGHT = "in the right order"
WRONG = "in the order y, a, b"


def check(work):
    check_order(work.order)
    check_gradients(work.gradient_of_x)
    if work.smallest is not ...:
        check_smallest(work.smallest(Value(1.5, "x")))


def check_order(order):
    if ... in order:
        return
    told = shown(order)
    arranged = all(name in order for name in "yab")
    require(arranged, f'order is "y", "a" and "b", arranged: not {told}')
    require(order[0] == "y", f"{told}: y comes first: the pass starts from its gradient")
    require(
        list(order) == ["y", "b", "a"],
        f"{told}: when a is visited, not all of its gradient has arrived: b adds to it later",
    )


def check_gradients(answers):
    x = Value(1.0, "x")
    a = 3 * x
    b = 2 * a
    y = a * b
    label(a=a, b=b, y=y)
    with inside(f"gradient_of_x, {RIGHT}"):
        check_figures(y, {"x": answers[RIGHT]})
    check_number(
        f"gradient_of_x, {WRONG}",
        answers[WRONG],
        # y gives a the gradient 6, and a passes it on before b adds its share.
        b.data * 3,
        {
            gradients(y, x): "what b gives to a comes too late to be passed on",
            6: "this is what a has by then. It passes on 3 times that",
            9: "y gives a the other factor, which is b = 6, and not a",
            12: "visit y, then a, and pass on what a has by then",
        },
    )


def check_smallest(y):
    require(isinstance(y, Value) and y.parents, f"smallest(x) is {shown(y)}: compute it from x")
    require(y.op == "+", f"the last operation of smallest(x) must be a sum, not {y.op}")
    found = gradients_as_met(y)
    operations = [node for node in found if node.parents]
    leaves = [node for node in found if not node.parents and node.label == "x"]
    require(leaves, "smallest(x) does not use x")
    x = leaves[0]
    require(
        found[x] != gradients(y, x),
        f"gradients_as_met is right for it: {found[x]:g}. No node was visited before all of its "
        "gradient had arrived",
    )
    require(len(operations) <= 3, f"it takes {len(operations)} operations, and 3 are enough")
