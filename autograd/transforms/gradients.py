"""Derivatives of recorded Values by other Values, back through their graph.

For derivatives that can be differentiated again, the partials of each node are a graph too: they
come from running the node's rule over Values. That is not possible for a rule that computes with
plain numbers (by `math`, SciPy, C or a table). Such a rule is opaque: each of its partials becomes
a function of its own, which can be differentiated as far as it is made of functions of autograd.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograd import graph, modes
from autograd.graph import Node
from autograd.numbers.kinds import Number
from autograd.primitive import Primitive, checked, is_built_in
from autograd.rules import WithPartials
from autograd.slips import answers_slips
from autograd.value import Value, data_of


@answers_slips
def gradients(output: Value, inputs: Value | Sequence[Value], create_graph: bool = False) -> Any:
    """The derivatives of a Value with respect to others, leaves or not. No `grad` is changed.

    Args:
        output: the Value to differentiate.
        inputs: one Value, or a list of them.
        create_graph: whether the derivatives are Values with a graph of their own,
            which can be differentiated again, instead of plain numbers.

    Returns:
        One derivative for one input, or a list of them for a list; 0 for an input that the
        output does not depend on.

    Raises:
        TypeError: if the output or an input is not a Value.
        RuntimeError: with `create_graph`, if data was changed since the graph was recorded.

    >>> x = Value(2.0)
    >>> gradients(x**3, x)
    12.0
    >>> slope = gradients(x**3, x, create_graph=True)
    >>> gradients(slope, x)
    12.0
    """
    if isinstance(inputs, Value):
        return gradients(output, [inputs], create_graph)[0]
    _require_values(output, inputs)
    order = graph.interior_nodes(output)
    dependent = graph.reached_from(inputs, order)
    return pulled_back({output: 1}, inputs, order, dependent, create_graph)


def pulled_back(
    adjoints: Mapping[Value, Any],
    inputs: Sequence[Value],
    order: list[Value],
    dependent: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives by the inputs, given those by outputs.

    Args:
        adjoints: the derivatives by the outputs.
        inputs: the Values to differentiate by.
        order: the interior nodes, parents first.
        dependent: the nodes that depend on the inputs.
        create_graph: as for `gradients`.
    """
    partials = rebuilt if create_graph else graph.recorded
    collected = graph.sweep(order, adjoints, partials, within=dependent)
    return [collected.get(node, 0) for node in inputs]


def _require_values(output: Any, inputs: Any) -> None:
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(f"gradients() takes one Value, or a list of them, not {inputs!r}")
    for node in (output, *inputs):
        if not isinstance(node, Value):
            raise TypeError(f"gradients() differentiates one Value by others, not {node!r}")


# Partials as a graph

# How far to move the numbers that a rule takes out of Values, to see what depends on them.
_DISTANCE = 2.0**-10


def rebuilt(node: Node) -> tuple[Number, ...]:
    """The partials of a node as a graph, made by running its rule over Values.

    Raises:
        TypeError: for partials that are computed with plain numbers.
        RuntimeError: if data below the node was changed after it was recorded.
    """
    try:
        partials: tuple[Number, ...] = node.rule.evaluate(node.parents)[1]
    except Exception:
        if is_built_in(node.rule):
            raise
        partials = tuple(
            node.partials[i]
            if parent.parents is graph.CONSTANT
            else Partial(node.rule, i)(*node.parents)
            for i, parent in enumerate(node.parents)
        )
    graph.require_unchanged(node, node.data, [data_of(partial) for partial in partials])
    return partials


class Partial(Primitive):
    """The partial derivative of an opaque rule by one of its operands, as a function."""

    def __init__(self, whole: Primitive, index: int):
        super().__init__(checked(_rule_of(whole, index), self))
        self._origin = (whole, index)

    def __reduce__(self) -> Any:
        return Partial, self._origin


def _rule_of(whole: Primitive, index: int) -> Callable[..., WithPartials]:
    def rule(*operands: Number) -> WithPartials:
        are_values = any(isinstance(x, Value) for x in operands)
        partial, slopes = _differentiated(whole, index, operands, 0.0, are_values)
        for distance in (_DISTANCE, -_DISTANCE):
            try:
                moved = _differentiated(whole, index, operands, distance, are_values)
            except (ArithmeticError, ValueError):
                # The moved number is outside the domain of one of the rule's functions.
                continue
            pairs = zip((partial, *slopes), (moved[0], *moved[1]), strict=True)
            if all(_are_same(data_of(x), data_of(y)) for x, y in pairs):
                return partial, slopes
        error = TypeError(
            f"the derivative of {whole.name}() by operand {index + 1} is computed with plain "
            "numbers, and so it has no derivative itself: write autograd.exp(x) for math.exp(x)"
        )
        error.add_note(
            f"The rule {whole.name} is run over Values here, so that its derivative can be "
            "differentiated again: take its functions from autograd. For derivatives that are "
            "plain numbers, call grad() and its like within no_grad()"
        )
        raise error

    rule.__name__ = rule.__qualname__ = f"{whole.name}′{index + 1}"
    return rule


def _differentiated(
    whole: Primitive, index: int, operands: Sequence[Number], distance: float, are_values: bool
) -> WithPartials:
    """A partial and its derivatives, with floats taken out of Values moved by a distance."""
    inputs = [+x if isinstance(x, Value) else Value(x) for x in operands]
    with modes.undisturbed(), modes.floats_taken(distance):
        partial = whole.rule(*inputs)[1][index]
        if not isinstance(partial, Value):
            return partial, (0,) * len(inputs)
        order = graph.interior_nodes(partial)
        dependent = graph.reached_from(inputs, order)
        partials = rebuilt if are_values else graph.recorded
        adjoints = graph.sweep(order, {partial: 1}, partials, within=dependent)
    result = partial if are_values else partial.data
    return result, tuple(adjoints.get(x, 0) for x in inputs)


def _are_same(x: Number, y: Number) -> bool:
    return bool(x == y) or bool(x != x and y != y)
