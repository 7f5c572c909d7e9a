"""The steps of an explanation: forward pass, error, backward pass, update, forward again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograd.explaining.backward import Backward, gradients_of
from autograd.explaining.equations import Equation
from autograd.explaining.explanation import AnyStep, LeftOut, Step
from autograd.explaining.formulas import (
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    with_numbers,
)
from autograd.explaining.outline import Outline
from autograd.graph import evaluated, interior_nodes, reached_from, replay
from autograd.numbers.text import number_text
from autograd.value import Value

# Of more lines of one kind only the first and the last are given.
_MOST_LINES = 100


def steps_of(error: Value, wanted: list[Value], outline: Outline, rate: Any) -> tuple[AnyStep, ...]:
    """The steps of an explanation.

    Args:
        error: the Value to differentiate.
        wanted: the Values in which to differentiate.
        outline: of the graph that computed the error.
        rate: the learning rate, or None for no update.
    """
    passes = _Passes(error, wanted, outline)
    forward = passes.forward()
    steps = [*forward, *passes.backward()]
    if rate is not None:
        updates = passes.updates(rate)
        steps += [*updates, *passes.forward_again(forward, updates)]
    return tuple(steps)


class _Passes:
    """The passes through one graph."""

    def __init__(self, error: Value, wanted: list[Value], outline: Outline):
        self.error = error
        self.wanted = set(wanted)
        self.names = outline.names
        self.equations = outline.equations
        self.data: dict[Formula, Number] = {
            Symbol(name): Number(x.data) for x, name in outline.names.items()
        }
        self.concerned = reached_from(wanted, interior_nodes(error))
        # The equations whose formulas a Value is in, the Values as the forward pass meets them.
        self.readers: dict[Value, list[Equation]] = {}
        for equation in self.equations:
            for x in equation.inputs:
                self.readers.setdefault(x, []).append(equation)

    def forward(self) -> list[AnyStep]:
        """Every equation between the wanted Values and the error."""
        *equations, last = [x for x in self.equations if x.value in self.concerned]
        unconcerned = len(self.equations) - len(equations) - 1
        reason = "they do not depend on what was asked for."
        omitted = [LeftOut("forward", unconcerned, reason)] if unconcerned else []
        given = [
            line if isinstance(line, LeftOut) else self._computation(line, "forward")
            for line in _shown(equations, "forward")
        ]
        return [*omitted, *given, self._computation(last, "error")]

    def _computation(self, equation: Equation, kind: str) -> Step:
        name, formula, value = equation.name, equation.formula, equation.value
        numbers = with_numbers(formula, self.data)
        return Step(kind, value, name, Symbol(name), None, formula, formula, numbers, value.data)

    def backward(self) -> list[AnyStep]:
        """The derivatives, layer by layer from the error back."""
        order = _shown(self._backward_order(), "backward")
        asked = {value: self.readers[value] for value in order if isinstance(value, Value)}
        backward = Backward(self.error, self.names, self.data, asked)
        return [value if isinstance(value, LeftOut) else backward.step(value) for value in order]

    def _backward_order(self) -> list[Value]:
        """Those nearest to the error first, and of one layer those without parents."""
        layer = {self.error: 0}
        for equation in reversed(self.equations):
            for x in equation.inputs:
                layer[x] = max(layer.get(x, 0), layer[equation.value] + 1)
        values = [x for x in self.readers if x in self.concerned]
        return sorted(values, key=lambda x: (layer[x], bool(x.parents)))

    def updates(self, rate: Any) -> list[Step]:
        """A step against the derivative, for each wanted leaf as the forward pass meets it."""
        leaves = [x for x in self.readers if x in self.wanted and not x.parents]
        slopes = gradients_of(self.error, leaves)
        return [self._update(leaf, slopes[leaf], rate) for leaf in leaves]

    def _update(self, leaf: Value, gradient: Any, rate: Any) -> Step:
        symbol, eta = Symbol(self.names[leaf]), Symbol("η")
        slope = Derivative(self.names[self.error], symbol.name)
        change = Operation("mul", (eta, slope))
        formula = Operation("sum", (symbol, Operation("neg", (change,))))
        known: dict[Formula, Number] = {eta: Number(rate), slope: Number(gradient)}
        known[symbol] = self.data[symbol]
        numbers = with_numbers(formula, known)
        try:
            result = leaf.data - rate * gradient
        except OverflowError:
            raise ValueError(
                f"the update of {symbol.name} is too large for floats: its gradient is "
                f"{number_text(gradient)}. Give the learning rate as a Fraction"
            ) from None
        return Step("update", leaf, symbol.name, symbol, None, formula, formula, numbers, result)

    def forward_again(self, forward: list[AnyStep], updates: list[Step]) -> list[AnyStep]:
        """The lines of the forward pass from the updated leaves, every choice as recorded."""
        leaves = {step.node: step.result for step in updates}
        data = replay(interior_nodes(self.error), leaves, _after_the_update).numbers
        known: dict[Formula, Number] = {
            Symbol(name): Number(data.get(x, x.data)) for x, name in self.names.items()
        }
        again: list[AnyStep] = []
        for step in forward:
            if isinstance(step, Step):
                numbers = with_numbers(step.formula, known)
                step = replace(step, numbers=numbers, result=data[step.node])
            again.append(replace(step, kind=f"new {step.kind}"))
        return again


def _after_the_update(node: Value, operands: Sequence[Any]) -> Any:
    try:
        return evaluated(node, operands)
    except ArithmeticError as error:
        raise ValueError(
            f"after the update {node.op!r} has no result ({error}): give another "
            "learning rate, or floats, which know infinities"
        ) from None


def _shown(lines: Sequence[Any], kind: str) -> list[Any]:
    """The lines of one kind; of very many the first and the last, and how many are not given."""
    if len(lines) <= _MOST_LINES:
        return list(lines)
    half = _MOST_LINES // 2
    reason = "too many to read. Ask for one Value or one layer with of=..."
    return [*lines[:half], LeftOut(kind, len(lines) - 2 * half, reason), *lines[-half:]]
