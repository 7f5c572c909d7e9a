"""The formula of a line, and its partial derivatives: its rules, run over formulas."""

from dataclasses import dataclass
from typing import Any

from autograd.explaining.expressions import (
    Call,
    Expression,
    Number,
    Symbol,
    is_number,
    replaced,
)
from autograd.explaining.outline import Line
from autograd.explaining.simplifying import simplified
from autograd.explaining.written import Written, written
from autograd.graph import require_unchanged
from autograd.value import Value

# Operations that are written out. Any other is written as a function by its name.
_WRITTEN_OUT = frozenset(
    (
        *("add", "sub", "mul", "div", "pos", "neg", "pow", "constant_power"),
        *("floordiv", "mod", "sum", "dot", "select", "where"),
    )
)


@dataclass(frozen=True, eq=False)
class Derivation:
    """What a line computes, and its partial derivatives.

    Attributes:
        formula: what it computes, in the names of its inputs.
        slopes: the derivative in each input that has any influence, not yet made short.
        function: what the line's own operation computes.
        name: the name of the line.
        known: the number of each name that stands in the line.
    """

    formula: Expression
    slopes: dict[Value, Written]
    function: Any
    name: Symbol
    known: dict[str, Any]

    def partial(self, value: Value) -> Any:
        """The partial derivative in an input; None if it has no influence at this point.

        Where the function of the line stands in it, its name is written instead: the
        derivative of a = sigmoid(x) is a * (1 - a), as people know it.
        """
        if value not in self.slopes:
            return None
        short = simplified(self.slopes[value].expression)
        if not isinstance(self.function, Call):
            return short
        function = simplified(self.function)
        return replaced(short, lambda part: self.name if part == function else None)

    def with_numbers(self, expression: Any) -> Any:
        """The expression with numbers in the place of names."""
        return with_numbers(expression, self.known)


def derive(line: Line, names: dict[Value, str]) -> Derivation:
    """The formulas of a line.

    Raises:
        RuntimeError: where the data has changed since the graph was recorded.
    """
    written_by = {x: Written(Symbol(names[x]), x.data) for x in line.inputs}
    local: dict[Value, tuple[Written, ...]] = {}
    for node in line.nodes:
        operands = [written_by.get(x) or written(x.data) for x in node.parents]
        result, local[node] = _run(node, operands)
        require_unchanged(node, result.number, [partial.number for partial in local[node]])
        written_by[node] = Written(_formula(node, operands, result), node.data)
    return Derivation(
        written_by[line.value].expression,
        _chained(line, local),
        result.expression,
        Symbol(names[line.value]),
        {names[x]: x.data for x in (*line.inputs, line.value)},
    )


def _run(node: Value, operands: list[Written]) -> tuple[Written, tuple[Written, ...]]:
    """The rule of a node over formulas."""
    assert node.rule is not None
    try:
        result, partials = node.rule.evaluate(operands)
        return written(result), tuple(map(written, partials))
    except (TypeError, ValueError, AttributeError):
        # A rule of one's own that takes plain numbers only: its numbers are known, and no more.
        return written(node.data), _unknown_partials(node, operands)


def _unknown_partials(node: Value, operands: list[Written]) -> tuple[Written, ...]:
    assert node.rule is not None
    expressions = tuple(operand.expression for operand in operands)
    marks = range(1, len(operands) + 1) if len(operands) > 1 else [""]
    return tuple(
        Written(Call(f"{node.rule.name}′{mark}", expressions), partial)
        for mark, partial in zip(marks, node.partials, strict=True)
    )


def _formula(node: Value, operands: list[Written], result: Written) -> Expression:
    rule = node.rule
    assert rule is not None
    if rule.name in _WRITTEN_OUT:
        return result.expression  # type: ignore[no-any-return]
    constants = [Number(constant) for constant in rule.constants.values()]
    return Call(rule.name, (*(operand.expression for operand in operands), *constants))


def _chained(line: Line, local: dict[Value, tuple[Written, ...]]) -> dict[Value, Written]:
    """The chain rule within a line: from its Value back to its inputs."""
    reached = {*line.inputs, *local}
    totals = {line.value: written(1)}
    for node in reversed(line.nodes):
        for parent, partial in zip(node.parents, local[node], strict=True):
            if parent in reached and node in totals and not is_number(partial.expression, 0):
                through = totals[node] * partial
                totals[parent] = totals[parent] + through if parent in totals else through
    return {x: totals[x] for x in line.inputs if x in totals}


def with_numbers(expression: Any, known: dict[str, Any]) -> Any:
    """The expression with numbers in the place of names."""

    def number(part: Any) -> Number | None:
        is_known = isinstance(part, Symbol) and part.name in known
        return Number(known[part.name]) if is_known else None

    return replaced(expression, number)
