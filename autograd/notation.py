"""A graph as people write it down: sums of products, weights, and lines with names.

`w1 * x1 + w2 * x2 + b`, `sum([w1 * x1, w2 * x2, b])` and `dot([w1, w2], [x1, x2], b)` are the
same sum. Here it is taken apart, however it is written, to find neurons and layers. Which leaves
are trained is judged by their labels and by their role in sums.

A line is a Value with a name, and the formula that computes it. `explain` writes lines, and
`check_derivation` reads them: v1 is the same Value to both.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from autograd.graph import interior_nodes, reached_from
from autograd.primitive import PRIMITIVES
from autograd.value import Value

Product = tuple[Value, Value]
# The two factors of a product, or (x, None) for a Value x that is added as it is.
Term = tuple[Value, Value | None]

_LETTER = r"[^\W\d_]"
# A weight is w and the letters of what it connects; a bias is b and at most one letter.
_WEIGHT = rf"w{_LETTER}{{0,2}}|weights?"
_BIAS = rf"b{_LETTER}?|bias(es)?"
_TRAINED = re.compile(rf"(.*\.)?({_WEIGHT}|{_BIAS})(?!{_LETTER})", re.IGNORECASE | re.DOTALL)


# Short names that a weight may have too, such as v1, u and c beside w1.
_SHORT = re.compile(rf"{_LETTER}(?!{_LETTER})")
# The usual names of targets, and of inputs and initial states.
_TARGET = rf"(t|y|targets?|expected|actual|labels?|truth)(?!{_LETTER})"
_GIVEN = re.compile(rf"(x|i|h|inputs?|in)(?!{_LETTER})|{_TARGET}", re.IGNORECASE)


def trained_leaves(nodes: Iterable[Value]) -> list[Value]:
    """The leaves that are taken to be trained, unless the user names others: weights and biases.

    Their labels are "w", "weight", "weights", "b", "bias" or "biases", alone or followed by
    anything but a letter: "w1", "W_j1k", "bias_2". A path that ends in a dot may precede it, as
    in "layers.0.neurons.1.w.0". The letters of what it connects may follow, up to two after a w
    and one after a b: "wx", "Wxh", "bh". So "width", "best", "bit" and "beta" are not weights.

    Leaves with another single letter count too if they act as a weight or a bias, such as
    v1, u and c in `v1 * h1 + u * h2 + c`, where h1 and h2 are computed from inputs.

    The graph alone does not tell which leaves are trained: in `w * x + b` and `x * w + t` all
    leaves look alike, and `strength` in `error + strength * w * w` multiplies as a weight does.
    A leaf without a label is a constant.

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
    # What a weight multiplies is an input, whatever its name.
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
        is_part: whether an addend is a partial sum, to be replaced by its own terms.

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


# Lines and their names

# A formula with more than ten operands is split into parts of more than two: v1, v2 and so on.
_MOST_OPERANDS, _FEWEST_OPERANDS = 10, 2
# Operations that return one of their operands unchanged.
_CHOICES = ("select", "where", "pos")
# Names that mean something else in formulas: the learning rate, the constant, what is left out.
_RESERVED = ("η", "π", "…")


@dataclass(frozen=True, eq=False)
class Line:
    """A named Value that was computed, and what its formula is made of.

    Attributes:
        value: the Value.
        nodes: the Value and the unnamed ones within its formula, parents first.
        inputs: the named Values in the formula, in order.
    """

    value: Value
    nodes: tuple[Value, ...]
    inputs: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a graph, layer by layer from its leaves; the last is that of the error.

    Attributes:
        lines: one for each named Value that was computed.
        names: the name of each named Value, including leaves.
    """

    lines: tuple[Line, ...]
    names: dict[Value, str]


def lines_of(
    error: Value, wanted: Sequence[Value] = (), names: Mapping[Value, str] | None = None
) -> Lines:
    """The lines of the graph that computed an error.

    Args:
        error: the Value at the end; it is named E if it has no label.
        wanted: Values that get a name even if they have no label.
        names: names that are known for Values without a label.

    Returns:
        The lines, with the names of all Values that have one.

    >>> z = Value(2.0, label="z")
    >>> e = z.exp()
    >>> {name: value.data for value, name in lines_of(e / (e + 1)).names.items() if value is e}
    {'v1': 7.38905609893065}
    """
    interior = interior_nodes(error)
    heads = _heads(error, interior, set(wanted), set(names or ()))
    gathered = _gathered(interior, heads)
    named = heads | set(wanted) | set(names or ())
    inputs = {head: tuple(_inputs(head, set(gathered[head]), named)) for head in gathered}
    order = _in_layers(error, inputs)
    values = dict.fromkeys(x for head in order for x in (*inputs[head], head))
    lines = tuple(Line(x, tuple(gathered[x]), inputs[x]) for x in order)
    return Lines(lines, _names(error, values, names or {}))


def _heads(
    error: Value, interior: list[Value], wanted: set[Value], parameters: set[Value]
) -> set[Value]:
    """The computed Values that get a line of their own."""
    heads = {error} | {n for n in interior if n.label or n in wanted}
    heads |= _outputs(interior, parameters) if parameters else set()
    head_of: dict[Value, Value] = {}
    uses = Counter(parent for node in interior for parent in node.parents)
    for node in reversed(interior):
        # What is used twice is computed once, on a line of its own; a choice computes nothing.
        if node in heads or (uses[node] > 1 and not is_made_by(node, *_CHOICES)):
            heads.add(node)
            head_of[node] = node
        for parent in node.parents:
            if head_of.setdefault(parent, head_of[node]) is not head_of[node] and parent.parents:
                heads.add(parent)
    lengths: dict[Value, int] = {}
    for node in interior:
        inner = [p for p in node.parents if p.parents and p not in heads]
        if _length(node, lengths, heads) > _MOST_OPERANDS:
            heads.update(p for p in inner if lengths[p] > _FEWEST_OPERANDS)
        lengths[node] = _length(node, lengths, heads)
    return heads


def _outputs(interior: list[Value], parameters: set[Value]) -> set[Value]:
    """The sums of a module's neurons, except those that feed an activation function."""
    functions = [n for n in interior if n.rule and n.op == n.rule.name and n.rule.is_unary]
    applied = {n.parents[0] for n in functions}
    return {
        n
        for n in interior
        if len(products_and_addends(n)[0]) > 1
        and not parameters.isdisjoint(n.parents)
        and n not in applied
    }


def _length(node: Value, lengths: dict[Value, int], heads: set[Value]) -> int:
    """How many operands the formula of a node has; each function of one operand adds one."""
    operands = sum(
        1 if p in heads or p.label else lengths.get(p, 0 if is_zero(p.data) else 1)
        for p in node.parents
    )
    return operands + (len(node.parents) == 1)


def _gathered(interior: list[Value], heads: set[Value]) -> dict[Value, list[Value]]:
    """For each head, the nodes that its formula combines, parents first."""
    gathered: dict[Value, list[Value]] = {head: [] for head in interior if head in heads}
    head_of: dict[Value, Value] = {}
    for node in reversed(interior):
        head = node if node in heads else head_of[node]
        gathered[head].append(node)
        for parent in node.parents:
            head_of[parent] = head
    return {head: nodes[::-1] for head, nodes in gathered.items()}


def _inputs(head: Value, gathered: set[Value], named: set[Value]) -> dict[Value, None]:
    """The named Values of a formula, in the order of their appearance."""
    inputs: dict[Value, None] = {}
    waiting = list(reversed(head.parents))
    while waiting:
        value = waiting.pop()
        if value in gathered:
            waiting.extend(reversed(value.parents))
        elif value.label or value in named:
            inputs[value] = None
    return inputs


def _in_layers(error: Value, inputs: Mapping[Value, Sequence[Value]]) -> list[Value]:
    """The heads, layer by layer: the inputs of each come before it."""
    layer: dict[Value, int] = {}
    for head, its_inputs in inputs.items():
        layer[head] = 1 + max((layer.get(x, 0) for x in its_inputs), default=0)
    met = _as_met(error, inputs)
    return sorted(inputs, key=lambda head: (layer[head], met[head]))


def _as_met(error: Value, inputs: Mapping[Value, Sequence[Value]]) -> dict[Value, int]:
    """The order in which Values are met from the error back, with operands from left to right."""
    met = {error: 0}
    waiting = deque(met)
    while waiting:
        for x in inputs.get(waiting.popleft(), ()):
            if x not in met:
                met[x] = len(met)
                waiting.append(x)
    return met


def _names(error: Value, values: Iterable[Value], known: Mapping[Value, str]) -> dict[Value, str]:
    """A different name for each Value: if two share the label h, the second is h[2].

    The first, too, gets a [2] if its label means something else in formulas.
    """
    names: dict[Value, str] = {}
    taken: Counter[str] = Counter(_RESERVED)
    for value in values:
        if label := value.label or known.get(value):
            names[value] = _untaken(label, taken)
    if error not in names:
        names[error] = _untaken("E", taken)
    # For Values without a label: weights that were asked for, and intermediate results.
    weights, results = _numbered("w", taken), _numbered("v", taken)
    for value in values:
        if value not in names:
            names[value] = next(results if value.parents else weights)
    return names


def _untaken(label: str, taken: Counter[str]) -> str:
    name = label
    while name in taken:
        taken[label] += 1
        name = f"{label}[{taken[label]}]"
    taken[name] = 1
    return name


def _numbered(letter: str, taken: Container[str]) -> Iterator[str]:
    return (name for i in count(1) if (name := f"{letter}{i}") not in taken)
