"""How much rounding there is in a recorded result and in its derivatives, read off the graph."""

import math
from collections.abc import Sequence

from autograd.graph import interior_nodes, sweep
from autograd.transforms import gradients
from autograd.value import Value


def noise_of_result(output: Value) -> float:
    """By how much a result is rounded: every node by a unit in its last place.

    Its adjoint says how much of that reaches the result. The errors are independent of
    each other, so their squares add up.
    """
    order = interior_nodes(output)
    adjoints = gradients(output, order)
    terms = [math.ulp(float(n.data)) * float(a) for n, a in zip(order, adjoints, strict=True)]
    return math.hypot(*filter(math.isfinite, terms))


def sizes_of_paths(output: Value, variables: Sequence[Value]) -> list[float]:
    """How large the derivative in each variable would be if nothing of it cancelled.

    It is a sum over paths of products of partials; this is the sum of their sizes. What is
    left of it, however little, is no more exact than that.
    """

    def of_partials(node: Value) -> list[float]:
        return [abs(float(partial)) for partial in node.partials]

    sizes = sweep(interior_nodes(output), {output: 1.0}, of_partials)
    found = [sizes.get(variable, 0.0) for variable in variables]
    return [size if math.isfinite(size) else 0.0 for size in found]
