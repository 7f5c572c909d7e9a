"""Which Values get a line of their own when a graph is written out, and their names.

`explain` writes these lines, and `check_derivation` reads them: v1 is the same Value for both.
"""

from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from autograd.graph import interior_nodes
from autograd.sums import is_made_by, is_zero, products_and_addends
from autograd.value import Value

# A formula with more than ten operands is given in parts, named v1, v2 and so on, of more than two.
_MOST_OPERANDS, _FEWEST_OPERANDS = 10, 2
# Operations that return one of their operands as it is.
_CHOICES = ("select", "where", "pos")
# Names with another meaning in formulas: the learning rate, a constant, what is left out.
_RESERVED = ("η", "π", "…")


@dataclass(frozen=True, eq=False)
class Line:
    """A named Value that was computed, and what its formula combines.

    Attributes:
        value: the Value.
        nodes: the Value and the unnamed ones that its formula needs, parents first.
        inputs: the named Values that the formula is made of, in order.
    """

    value: Value
    nodes: tuple[Value, ...]
    inputs: tuple[Value, ...]


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a graph, layer by layer from its leaves on; the last is the error's.

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
        names: names for Values that have no label, where some are known.

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
        # What is used twice is worked out once. In a choice, there is nothing to work out.
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
    """The sums of a module's neurons, except those that go straight into a function."""
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
    """A name for each Value, no two alike: if two share the label h, the second is h[2].

    Even the first Value gets a [2] if its label means something else in formulas.
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
