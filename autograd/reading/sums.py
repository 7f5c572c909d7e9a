"""Sums of weights times inputs in a graph, and which leaves are trained if nobody names them.

`w1 * x1 + w2 * x2 + b`, `sum([w1 * x1, w2 * x2, b])` and `dot([w1, w2], [x1, x2], b)` are the
same sum. Here it is taken apart, however it is written, to find neurons and layers.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from autograd.graph import reached_from
from autograd.primitive import PRIMITIVES
from autograd.value import Value

Product = tuple[Value, Value]
# The two factors of a product, or (x, None) for a Value x that is added as it is.
Term = tuple[Value, Value | None]

_LETTER = r"[^\W\d_]"
# After the w of a weight stand the letters of what it joins; after the b of a bias, one letter.
_WEIGHT = rf"w{_LETTER}{{0,2}}|weights?"
_BIAS = rf"b{_LETTER}?|bias(es)?"
_TRAINED = re.compile(rf"(.*\.)?({_WEIGHT}|{_BIAS})(?!{_LETTER})", re.IGNORECASE | re.DOTALL)


# Short names that a weight may have too, such as v1, u and c beside w1.
_SHORT = re.compile(rf"{_LETTER}(?!{_LETTER})")
# The usual names of targets, and of inputs and initial states.
_TARGET = rf"(t|y|targets?|expected|actual|labels?|truth)(?!{_LETTER})"
_GIVEN = re.compile(rf"(x|i|h|inputs?|in)(?!{_LETTER})|{_TARGET}", re.IGNORECASE)


def trained_leaves(nodes: Iterable[Value]) -> list[Value]:
    """The leaves that are trained if nobody names them: those labelled as weights and biases.

    Such a label is "w", "weight", "b", "bias" or a plural of these, either alone or followed by
    anything but a letter: "w1", "W_j1k", "bias_2". A path that ends in a dot may come before it,
    as in "layers.0.neurons.1.w.0". The letters of what it joins may follow, up to two after a w
    and one after a b: "wx", "Wxh", "bh". So "width", "best", "bit" and "beta" are not weights.

    Leaves with another letter are added if they play the part of a weight or a bias, such as
    v1, u and c in `v1 * h1 + u * h2 + c`, where h1 and h2 are computed from inputs.

    The graph itself does not tell which leaves are trained: in `w * x + b` and `x * w + t` all
    leaves are alike, and `strength` in `error + strength * w * w` multiplies as a weight does.
    But a leaf without a label is a constant.

    Args:
        nodes: the nodes of the graph, parents first.

    Returns:
        The leaves, in the order of the nodes.

    >>> leaves = [Value(1.0, label) for label in ("w1", "x", "Wxh", "width", "bias", None)]
    >>> [leaf.label for leaf in trained_leaves(leaves)]
    ['w1', 'Wxh', 'bias']
    """
    nodes = list(nodes)
    leaves = [x for x in nodes if x.label and not x.parents]
    labelled = {x for x in leaves if _TRAINED.match(x.label or "")}
    by_role = _weights_by_role(nodes, labelled) if labelled else set()
    return [x for x in leaves if x in labelled or x in by_role]


def is_given(leaf: Value) -> bool:
    """Whether a leaf is an input, an initial state or a target, judging by its label.

    >>> is_given(Value(0.5, "x1")), is_given(Value(0.5, "target")), is_given(Value(0.5, "u"))
    (True, True, False)
    """
    return bool(_GIVEN.match(leaf.label or ""))


def is_target(leaf: Value) -> bool:
    """Whether a leaf is a target, judging by its label."""
    return not leaf.parents and bool(re.match(_TARGET, leaf.label or "", re.IGNORECASE))


def _weights_by_role(nodes: list[Value], weights: set[Value]) -> set[Value]:
    """Leaves with a short name that multiply, or are added to, what depends on the inputs."""
    pairs = {node: products_and_addends(node) for node in nodes}
    # Whatever a weight multiplies is an input, whatever its name.
    data = {x for products, _ in pairs.values() for x, y in products if y in weights}
    data |= {y for products, _ in pairs.values() for x, y in products if x in weights}
    data = {x for x in data | {x for x in nodes if is_given(x)} if x not in weights}
    depends = reached_from(data, nodes)

    def may_be(x: Value) -> bool:
        return not x.parents and x not in data and bool(_SHORT.match(x.label or ""))

    found: set[Value] = set()
    for products, addends in pairs.values():
        for pair in products:
            # In t * log(y), the factor t is a target.
            for x, y in (pair, pair[::-1]):
                if may_be(x) and y in depends and not is_made_by(y, "log"):
                    found.add(x)
        if any(x in depends for x in (*addends, *(x for pair in products for x in pair))):
            found |= {x for x in addends if may_be(x)}
    return found


def terms(total: Value, is_part: Callable[[Value], bool]) -> list[Term]:
    """The terms of a sum: the two factors of each product, and (x, None) for any other x.

    Args:
        total: the sum, or a single product.
        is_part: whether an addend is a partial sum, in whose place its own terms are listed.

    Returns:
        The terms.

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
    """The products of two factors that a node adds up, and the other Values that it adds.

    Both are empty for a node that is neither a sum nor a product.
    """
    if is_made_by(node, "add", "sum"):
        return [], node.parents
    if not is_made_by(node, "mul", "dot"):
        return [], ()
    # The parents of a dot are all left factors, all right factors, and the start, if any.
    count = len(node.parents) // 2
    pairs = zip(node.parents[:count], node.parents[count : 2 * count], strict=True)
    return list(pairs), node.parents[2 * count :]


def is_made_by(node: Value, *names: str) -> bool:
    """Whether a node is the result of one of these rules of autograd."""
    return rule_of(node) in names


def rule_of(node: Value) -> str:
    """The name of the rule of autograd that made a node; "" for a leaf and for a user's own rule.

    A power is made by "pow", whether its exponent is a Value or a constant.

    >>> x = Value(3.0)
    >>> rule_of(x**2), rule_of(x.leaky_relu(slope=0.1)), rule_of(x)
    ('pow', 'leaky_relu', '')
    """
    rule = node.rule
    own = PRIMITIVES.get(rule.name) if rule is not None else None
    # A rule with constants is a copy of the one in the table.
    if rule is None or own is None or own.__wrapped__ is not rule.__wrapped__:
        return ""
    return "pow" if rule.name == "constant_power" else rule.name


def is_zero(number: Any) -> bool:
    """Whether a number is 0, so that a sum can be written without it."""
    return type(number) in (int, float) and number == 0
