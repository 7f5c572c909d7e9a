"""How much rounding there is in a recorded result and in its derivatives, read off the graph."""

import math
from collections.abc import Sequence

from autograd.checking.differences import EPSILON
from autograd.derivatives import gradients
from autograd.graph import interior_nodes
from autograd.value import Value

# A derivative by the rules is right to a few hundred units in the last place.
_UNITS = 450


def noise_of_result(output: Value) -> float:
    """By how much a result is rounded: every node by a unit, and its adjoint says how far it goes.

    Rounding errors are independent of each other, so their squares add up.
    """
    order = interior_nodes(output)
    adjoints = gradients(output, order)
    terms = [float(n.data) * float(a) for n, a in zip(order, adjoints, strict=True)]
    return EPSILON * math.hypot(*filter(math.isfinite, terms))


def rounding_of_derivatives(output: Value, variables: Sequence[Value]) -> list[float]:
    """By how much the derivative in each variable is rounded.

    It is a sum over paths of products of partials, each of them right to so many units.
    However much of the sum cancels, that much error stays.
    """
    sizes = {output: 1.0}
    for node in reversed(interior_nodes(output)):
        size = sizes.get(node, 0.0)
        for parent, partial in zip(node.parents, node.partials, strict=True):
            sizes[parent] = sizes.get(parent, 0.0) + abs(float(partial)) * size
    found = [sizes.get(variable, 0.0) for variable in variables]
    return [_UNITS * EPSILON * size if math.isfinite(size) else 0.0 for size in found]
