"""Why topological order, solved: a node is visited after all nodes that use it."""

order = ["y", "b", "a"]
# In the order y, a, b: a has 6 from y when it passes 6 * 3 on; the 3 * 2 from b comes too late.
gradient_of_x = {"in the right order": 36, "in the order y, a, b": 18}


def smallest(x):
    a = 2 * x
    return a + 3 * a


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
