"""A graph as equations: each the formula of a named Value, and its partial derivatives.

A label names its Value, and a module names its parameters. By these it is said what is asked for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from autograd.explaining.digits import has_result
from autograd.explaining.formulas import (
    Formula,
    Number,
    Operation,
    Symbol,
    Symbolic,
    is_foldable,
    is_number,
    replaced,
    symbolic,
    with_numbers,
)
from autograd.explaining.simplifying import cancelled, simplified
from autograd.graph import require_unchanged
from autograd.notation import is_given, lines_of, products_and_addends, trained_leaves
from autograd.numbers.text import printable
from autograd.value import Value

# Operations whose formula is written out. Any other is written as a function with its name.
_WRITTEN_OUT = frozenset(
    (
        *("add", "sub", "mul", "div", "pos", "neg", "pow", "constant_power"),
        *("floordiv", "mod", "sum", "dot", "select", "where"),
    )
)
# Operations that are not functions with a name of their own, and never stand for their Value.
_ARITHMETIC = frozenset(("sum", "mul", "neg", "div", "pow", "if"))

_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# A part of the path of a parameter, with its index if it is one of several: "layers.0", "b".
_PART = re.compile(r"([^\W\d]\w*)(?:\.(\d+))?(?:\.|$)")


class _Derivation(NamedTuple):
    """The result of running the rules of an equation over formulas.

    Attributes:
        formula: what the rules compute.
        slopes: the derivative in each input that has any influence, not yet simplified.
        function: what the last rule computes, if that is a function with a name.
    """

    formula: Formula
    slopes: dict[Value, Symbolic]
    function: Formula | None


@dataclass(frozen=True, eq=False)
class Equation:
    """A named Value that was computed, with the unnamed Values that only its formula needs.

    Its formulas come from its rules, which run over symbolic numbers when a formula is first
    asked for. This raises a RuntimeError if the data has changed since the graph was recorded.

    Attributes:
        value: the Value.
        nodes: the Values that its formula combines, parents first; the last is the Value itself.
        inputs: the named Values that its formula is made of, in order.
        names: the names of the inputs and of the Value.
    """

    value: Value
    nodes: tuple[Value, ...]
    inputs: tuple[Value, ...]
    names: Mapping[Value, str]
    _partials: dict[Value, Formula] = field(default_factory=dict, init=False)

    @property
    def name(self) -> str:
        """The name of the Value."""
        return self.names[self.value]

    @property
    def formula(self) -> Formula:
        """The formula of the Value, in the names of its inputs."""
        return self._derivation.formula

    def partial(self, x: Value) -> Formula | None:
        """The partial derivative in an input; None if it has no influence at this point.

        Where the equation's own function occurs in it, the Value's name is written instead:
        the derivative of a = sigmoid(x) is a * (1 - a), as people know it.
        """
        _, slopes, function = self._derivation
        if x in slopes and x not in self._partials:
            short = cancelled(simplified(slopes[x].formula))
            if self._hides_no_number(short, slopes[x].number):
                short = slopes[x].formula
            self._partials[x] = replaced(
                short, lambda part: Symbol(self.name) if part == function else None
            )
        return self._partials.get(x)

    def _hides_no_number(self, short: Formula, slope: Any) -> bool:
        """Whether a formula hides that there is no number here: x * x / x has no slope at 0."""
        if not is_foldable(slope) or slope - slope == 0:
            return False
        data: dict[Formula, Number] = {Symbol(self.names[x]): Number(x.data) for x in self.inputs}
        return has_result(with_numbers(short, data))

    @cached_property
    def _derivation(self) -> _Derivation:
        known = {x: Symbolic(Symbol(self.names[x]), x.data) for x in self.inputs}
        partials: dict[Value, tuple[Symbolic, ...]] = {}
        for node in self.nodes:
            operands = [known.get(x) or symbolic(x.data) for x in node.parents]
            result, partials[node] = _run(node, operands)
            require_unchanged(node, result.number, [x.number for x in partials[node]])
            known[node] = Symbolic(_formula(node, operands, result), node.data)
        last = result.formula
        has_name = isinstance(last, Operation) and last.name not in _ARITHMETIC
        function = simplified(last) if has_name else None
        return _Derivation(known[self.value].formula, self._chained(partials), function)

    def _chained(self, partials: Mapping[Value, tuple[Symbolic, ...]]) -> dict[Value, Any]:
        """The chain rule within the equation: from its Value back to its inputs."""
        reached = {*self.inputs, *partials}
        totals: dict[Value, Any] = {self.value: symbolic(1)}
        for node in reversed(self.nodes):
            for parent, partial in zip(node.parents, partials[node], strict=True):
                if parent in reached and node in totals and not is_number(partial.formula, 0):
                    through = partial if node is self.value else totals[node] * partial
                    totals[parent] = totals[parent] + through if parent in totals else through
        return {x: totals[x] for x in self.inputs if x in totals}


@dataclass(frozen=True, eq=False)
class Outline:
    """The equations of a graph, layer by layer from its leaves on, and the names.

    Attributes:
        equations: one for each named Value that was computed; the last is the error's.
        names: the name of each named Value, including leaves.
    """

    equations: tuple[Equation, ...]
    names: dict[Value, str]


def outline(
    error: Value, wanted: Sequence[Value], names: Mapping[Value, str] | None = None
) -> Outline:
    """The equations of the graph that computed an error; see `lines_of`."""
    found = lines_of(error, wanted, names)
    equations = (Equation(x.value, x.nodes, x.inputs, found.names) for x in found.lines)
    return Outline(tuple(equations), found.names)


def asked_for(of: Any, nodes: list[Value], error: Value, *, is_updated: bool) -> list[Value]:
    """The Values to differentiate in: those that are named, or by default leaves with a label.

    Args:
        of: Values or their labels, or a module, which stands for its parameters; or None.
        nodes: the nodes of the graph.
        error: the Value at its end.
        is_updated: whether they are updated; by default, only those that are trained are.

    Raises:
        TypeError: if `of` is none of these.
        ValueError: for what the error was not computed from, for the error itself, and if no leaf
            has a label.
    """
    if of is not None:
        return _named(of, nodes, error)
    leaves = [node for node in nodes if node.label and not node.parents]
    if not leaves:
        raise ValueError(
            "there is no leaf with a label: give the weights labels, as in "
            'Value(0.5, label="w1"), or give them as of=[...]'
        )
    if not is_updated:
        return leaves
    return trained_leaves(nodes) or [x for x in leaves if not is_given(x)] or leaves


def _named(of: Any, nodes: list[Value], error: Value) -> list[Value]:
    of = of.parameters() if hasattr(of, "parameters") else of
    items = [of] if isinstance(of, (Value, str)) else of
    if not isinstance(items, Iterable):
        raise TypeError(f"of is a Value or a label, or a list of them, not {of!r}")
    known = set(nodes)
    wanted: list[Value] = []
    for item in items:
        matching = [x for x in nodes if x.label == item] if isinstance(item, str) else [item]
        if not matching or not all(isinstance(node, Value) and node in known for node in matching):
            names = dict.fromkeys(node.label for node in nodes if node.label)
            labels = printable(", ".join(names))
            raise ValueError(
                f"the error was not computed from {item!r}; the labels are {labels or 'none'}"
            )
        wanted += matching
    if not wanted or error in set(wanted):
        raise ValueError("of is to name what the error was computed from, not the error itself")
    return list(dict.fromkeys(wanted))


def module_names(model: Any, nodes: Iterable[Value]) -> dict[Value, str]:
    """The names of a module's parameters, and of the inputs without a label that they multiply.

    Args:
        model: a module; anything else gives no names.
        nodes: the nodes of the graph.
    """
    if not hasattr(model, "named_parameters"):
        return {}
    parameters = model.named_parameters()
    short = short_names([path for path, _ in parameters])
    names = {value: name for (_, value), name in zip(parameters, short, strict=True)}
    inputs: dict[Value, str] = {}
    for node in nodes:
        for index, (weight, x) in enumerate(products_and_addends(node)[0]):
            if weight in names and not x.parents and x not in names:
                inputs[x] = f"x{str(index).translate(_BELOW)}"
    return names | inputs


def short_names(paths: Sequence[str]) -> list[str]:
    """Names for the paths of parameters: the layer is a superscript, other indices are subscripts.

    >>> short_names(["layers.0.neurons.1.w.0", "layers.0.neurons.1.b"])
    ['w⁰₁₀', 'b⁰₁']
    >>> short_names(["neurons.12.w.0", "neurons.12.b"]), short_names(["head.w", "tail.w"])
    (['w_12_0', 'b_12'], ['head.w', 'tail.w'])
    """
    parts = [_PART.findall(path) for path in paths]
    indices = [[index for _, index in found if index] for found in parts]
    is_long = any(len(index) > 1 for found in indices for index in found)
    names = []
    for path, found, numbers in zip(paths, parts, indices, strict=True):
        # The first index is the layer, if neurons are in layers.
        layers = 1 if sum(bool(index) for _, index in found[:-1]) > 1 else 0
        above = "".join(numbers[:layers]).translate(_ABOVE)
        below = numbers[layers:]
        written = "".join(f"_{i}" for i in below) if is_long else "".join(below).translate(_BELOW)
        names.append(f"{found[-1][0]}{above}{written}" if found else path)
    return names if len(set(names)) == len(names) else list(paths)


def _run(node: Value, operands: list[Symbolic]) -> tuple[Symbolic, tuple[Symbolic, ...]]:
    """The result and the partials of a node's rule, run over formulas."""
    assert node.rule is not None
    try:
        result, partials = node.rule.evaluate(operands)
        return symbolic(result), tuple(map(symbolic, partials))
    except (TypeError, ValueError, AttributeError):
        # A user's own rule takes plain numbers only: its numbers are known, and nothing more.
        return symbolic(node.data), _unknown_partials(node, operands)


def _unknown_partials(node: Value, operands: list[Symbolic]) -> tuple[Symbolic, ...]:
    assert node.rule is not None
    formulas = tuple(operand.formula for operand in operands)
    marks = range(1, len(operands) + 1) if len(operands) > 1 else [""]
    return tuple(
        Symbolic(Operation(f"{node.rule.name}′{mark}", formulas), partial)
        for mark, partial in zip(marks, node.partials, strict=True)
    )


def _formula(node: Value, operands: list[Symbolic], result: Symbolic) -> Formula:
    rule = node.rule
    assert rule is not None
    if rule.name in _WRITTEN_OUT:
        return result.formula
    constants = [Number(constant) for constant in rule.constants.values()]
    return Operation(rule.name, (*(operand.formula for operand in operands), *constants))
