"""Sums of weights times inputs in a graph, and which leaves are trained if nobody names them.

`w1 * x1 + w2 * x2 + b`, `sum([w1 * x1, w2 * x2, b])` and `dot([w1, w2], [x1, x2], b)` are the
same sum: neurons and layers are read off it here, however it is written.
"""

import re
from collections.abc import Callable, Iterable

from autograd.primitive import PRIMITIVES
from autograd.value import Value

Product = tuple[Value, Value]
# The factors of a product, or a Value that is added as it is and None.
Term = tuple[Value, Value | None]

_LETTER = r"[^\W\d_]"
# A weight is called after the two that it joins, a bias after the one that it belongs to.
_WEIGHT = rf"w{_LETTER}{{0,2}}|weights?"
_BIAS = rf"b{_LETTER}?|bias(es)?"
_TRAINED = re.compile(rf"(.*\.)?({_WEIGHT}|{_BIAS})(?!{_LETTER})", re.IGNORECASE | re.DOTALL)


def trained_leaves(nodes: Iterable[Value]) -> list[Value]:
    """The leaves that are trained if nobody names them: those labelled as weights and biases.

    Such a label is "w", "weight", "b" or "bias", or a plural of them, alone or before anything
    but a letter: "w1", "W_j1k", "bias_2"; what ends in a dot may come before it, as in
    "layers.0.neurons.1.w.0". The letters of what it joins may follow, two after a w and one
    after a b: "wx", "Wxh", "bh". So "width", "best", "bit" and "beta" are no weights.

    The graph itself does not tell them: in `w * x + b` and `x * w + t` all leaves are alike,
    and `strength` in `error + strength * w * w` multiplies as a weight does. But a leaf
    without a label is a constant.

    >>> leaves = [Value(1.0, label) for label in ("w1", "x", "Wxh", "width", "bias", None)]
    >>> [leaf.label for leaf in trained_leaves(leaves)]
    ['w1', 'Wxh', 'bias']
    """
    return [x for x in nodes if x.label and not x.parents and _TRAINED.match(x.label)]


def terms(total: Value, is_part: Callable[[Value], bool]) -> list[Term]:
    """What a sum adds up: the two factors of each product, and (x, None) for any other x.

    Args:
        total: the sum, or a single product.
        is_part: whether an addend is part of the sum, so that its own terms stand for it.

    >>> w, x, b = Value(2.0, "w"), Value(3.0, "x"), Value(1.0, "b")
    >>> [(x.label, y and y.label) for x, y in terms(w * x + b, lambda x: not x.label)]
    [('b', None), ('w', 'x')]
    """
    collected: list[Term] = []
    waiting = [total]
    while waiting:
        products, addends = products_and_addends(waiting.pop())
        collected += products
        collected += [(addend, None) for addend in addends if not is_part(addend)]
        waiting += [addend for addend in reversed(addends) if is_part(addend)]
    return collected


def products_and_addends(node: Value) -> tuple[list[Product], tuple[Value, ...]]:
    """The products of two factors that a node adds up, and the Values that it adds as they are.

    There are none for a node that is neither a sum nor a product.
    """
    if is_made_by(node, "add", "sum"):
        return [], node.parents
    if not is_made_by(node, "mul", "dot"):
        return [], ()
    # The parents of a dot are all left factors, all right factors, and the start if there is one.
    count = len(node.parents) // 2
    pairs = zip(node.parents[:count], node.parents[count : 2 * count], strict=True)
    return list(pairs), node.parents[2 * count :]


def is_made_by(node: Value, *names: str) -> bool:
    """Whether a node is the result of one of these rules of autograd."""
    return any(node.rule is PRIMITIVES[name] for name in names)
