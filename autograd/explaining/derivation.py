"""The formula of a line, and its partial derivatives: its rules, run over formulas."""

from typing import Any

from autograd.explaining.expressions import Call, Expression, Number, Symbol, replaced
from autograd.explaining.outline import Line
from autograd.explaining.simplifying import simplified
from autograd.explaining.written import Written, written
from autograd.kinds import kind_of
from autograd.primitive import Primitive
from autograd.value import Value

# Operations that are written out. Any other is written as a function by its name.
_WRITTEN_OUT = frozenset(
    (
        *("add", "sub", "mul", "div", "pos", "neg", "pow", "constant_power"),
        *("floordiv", "mod", "sum", "dot", "select", "where"),
    )
)


class Derivation:
    """What a line computes, and its partial derivatives.

    Args:
        formula: what it computes, in the names of its inputs.
        slopes: the derivative in each input that has any influence, not yet made short.
        result: what the line's own operation computes, and the name of the line.
    """

    def __init__(
        self, formula: Expression, slopes: dict[Value, Written], result: tuple[Any, Symbol]
    ):
        self.formula = formula
        self._slopes = slopes
        self._result = result

    def partial(self, value: Value) -> Expression | None:
        """The partial derivative in an input; None if it has no influence at this point.

        Where the function of the line stands in it, its name is written instead: the
        derivative of a = sigmoid(x) is a * (1 - a), as people know it.
        """
        if value not in self._slopes:
            return None
        short = simplified(self._slopes[value].expression)
        result, name = self._result
        if not isinstance(result, Call):
            return short  # type: ignore[no-any-return]
        function = simplified(result)
        return replaced(short, lambda part: name if part == function else None)  # type: ignore[no-any-return]


def derive(line: Line, names: dict[Value, str]) -> Derivation:
    """The formulas of a line.

    Raises:
        ValueError: where the data has changed since the graph was recorded.
    """
    inputs = set(line.inputs)
    known: dict[Value, Written] = {}
    local: dict[Value, tuple[Any, ...]] = {}
    result: Any = None
    for node in line.nodes:
        operands = [_operand(parent, names, inputs, known) for parent in node.parents]
        result, partials = _run(node, operands)
        _require_unchanged(node, result, partials)
        known[node] = Written(_formula(node, operands, result), node.data)
        local[node] = partials
    name = Symbol(names[line.value])
    return Derivation(
        known[line.value].expression, _chained(line, inputs, local), (result.expression, name)
    )


def _operand(
    value: Value, names: dict[Value, str], inputs: set[Value], known: dict[Value, Written]
) -> Written:
    if value in inputs:
        return Written(Symbol(names[value]), value.data)
    return known[value] if value in known else written(value.data)


def _run(node: Value, operands: list[Written]) -> tuple[Written, tuple[Any, ...]]:
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
    marks = ["′"] if len(operands) == 1 else [f"′{place + 1}" for place in range(len(operands))]
    return tuple(
        Written(Call(node.rule.name + mark, expressions), partial)
        for mark, partial in zip(marks, node.partials, strict=True)
    )


def _require_unchanged(node: Value, result: Written, partials: tuple[Written, ...]) -> None:
    then = (node.data, *node.partials)
    now = (result.number, *(partial.number for partial in partials))
    if not all(kind_of(x, y).is_same(x, y) for x, y in zip(now, then, strict=True)):
        where = f" of {node.label}" if node.label else ""
        raise ValueError(
            f"the data changed since {node.op!r}{where} was computed: it was {node.data} and would "
            f"be {result.number}. Compute the error again, and explain it before you change data"
        )


def _formula(node: Value, operands: list[Written], result: Written) -> Expression:
    rule = node.rule
    assert isinstance(rule, Primitive)
    if rule.name in _WRITTEN_OUT:
        return result.expression  # type: ignore[no-any-return]
    constants = [Number(constant) for constant in rule.constants.values()]
    return Call(rule.name, (*(operand.expression for operand in operands), *constants))


def _chained(
    line: Line, inputs: set[Value], local: dict[Value, tuple[Any, ...]]
) -> dict[Value, Written]:
    """The chain rule within a line: from its Value back to its inputs."""
    totals: dict[Value, Any] = {line.value: written(1)}
    for node in reversed(line.nodes):
        for parent, partial in zip(node.parents, local[node], strict=True):
            reaches = parent in inputs or parent in local
            if reaches and node in totals and partial.expression != Number(0):
                through = totals[node] * partial
                totals[parent] = totals[parent] + through if parent in totals else through
    return {x: totals[x] for x in line.inputs if x in totals}


def with_numbers(expression: Any, known: dict[str, Any]) -> Any:
    """The expression with numbers in the place of names."""

    def number(part: Any) -> Number | None:
        is_known = isinstance(part, Symbol) and part.name in known
        return Number(known[part.name]) if is_known else None

    return replaced(expression, number)
