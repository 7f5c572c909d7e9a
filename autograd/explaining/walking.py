"""The steps of a walk-through: forward pass, error, backward pass, update, forward again."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograd.explaining.backward import Backward, gradients_of
from autograd.explaining.derivation import derive, with_numbers
from autograd.explaining.expressions import Derivative, Negative, Number, Product, Sum, Symbol
from autograd.explaining.outline import Line, outline
from autograd.explaining.steps import AnyStep, LeftOut, Step, shown
from autograd.graph import evaluated, interior_nodes, reached_from, replay
from autograd.numbers.text import number_text
from autograd.value import Value


def steps_of(
    error: Value, wanted: list[Value], names: Mapping[Value, str], rate: Any
) -> tuple[AnyStep, ...]:
    """The steps of a walk-through.

    Args:
        error: the Value to differentiate.
        wanted: the Values in which to differentiate.
        names: those of wanted Values that have no label, as far as they are known.
        rate: the learning rate, or None for no update.
    """
    walk = _Walk(error, wanted, names)
    forward = walk.forward()
    steps = [*forward, *walk.backward()]
    if rate is not None:
        updates = walk.updates(rate)
        steps += [*updates, *walk.forward_again(forward, updates)]
    return tuple(steps)


class _Walk:
    """One graph, its outline, and what its lines compute."""

    def __init__(self, error: Value, wanted: list[Value], names: Mapping[Value, str]):
        plan = outline(error, wanted, names)
        self.error = error
        self.wanted = set(wanted)
        self.names = plan.names
        self.lines = plan.lines
        self.concerned = reached_from(wanted, interior_nodes(error))
        self.derivation = functools.cache(lambda line: derive(line, plan.names))
        # The lines whose formulas a Value is in, the Values as they are met in the forward pass.
        self.readers: dict[Value, list[Line]] = {}
        for line in self.lines:
            for x in line.inputs:
                self.readers.setdefault(x, []).append(line)

    def forward(self) -> list[AnyStep]:
        """Every line between the wanted Values and the error."""
        *lines, last = [line for line in self.lines if line.value in self.concerned]
        unconcerned = len(self.lines) - len(lines) - 1
        reason = "they do not depend on what was asked for."
        omitted = [LeftOut("forward", unconcerned, reason)] if unconcerned else []
        given = [
            line if isinstance(line, LeftOut) else self._computation(line, "forward")
            for line in shown(lines, "forward")
        ]
        return [*omitted, *given, self._computation(last, "error")]

    def _computation(self, line: Line, kind: str) -> Step:
        derivation = self.derivation(line)
        formula, symbol = derivation.formula, derivation.name
        numbers = derivation.with_numbers(formula)
        return Step(kind, line.value, symbol.name, symbol, None, formula, numbers, line.value.data)

    def backward(self) -> list[AnyStep]:
        """The derivatives, layer by layer from the error back."""
        order = shown(self._backward_order(), "backward")
        asked = {value: self.readers[value] for value in order if isinstance(value, Value)}
        backward = Backward(self.error, self.names, self.derivation, asked)
        return [value if isinstance(value, LeftOut) else backward.step(value) for value in order]

    def _backward_order(self) -> list[Value]:
        """Those nearest to the error first, and of one layer those without parents."""
        layer = {self.error: 0}
        for line in reversed(self.lines):
            for x in line.inputs:
                layer[x] = max(layer.get(x, 0), layer[line.value] + 1)
        values = [x for x in self.readers if x in self.concerned]
        return sorted(values, key=lambda x: (layer[x], bool(x.parents)))

    def updates(self, rate: Any) -> list[Step]:
        """A step against the derivative, for each wanted leaf as the forward pass meets it."""
        leaves = [x for x in self.readers if x in self.wanted and not x.parents]
        slopes = gradients_of(self.error, leaves)
        return [self._update(leaf, slopes[leaf], rate) for leaf in leaves]

    def _update(self, leaf: Value, gradient: Any, rate: Any) -> Step:
        symbol = Symbol(self.names[leaf])
        slope = Derivative(self.names[self.error], symbol.name)
        formula = Sum((symbol, Negative(Product((Symbol("η"), slope)))))
        change = Product((Number(rate), Number(gradient)))
        numbers = Sum((Number(leaf.data), Negative(change)))
        try:
            result = leaf.data - rate * gradient
        except OverflowError:
            raise ValueError(
                f"the update of {symbol.name} is too large for floats: its gradient is "
                f"{number_text(gradient)}. Give the learning rate as a Fraction"
            ) from None
        return Step("update", leaf, symbol.name, symbol, None, formula, numbers, result)

    def forward_again(self, forward: list[AnyStep], updates: list[Step]) -> list[AnyStep]:
        """The lines of the forward pass from the updated leaves, every choice as recorded."""
        leaves = {step.node: step.result for step in updates}
        data = replay(interior_nodes(self.error), leaves, _after_the_update).numbers
        inputs = {line.value: line.inputs for line in self.lines}
        again: list[AnyStep] = []
        for step in forward:
            if isinstance(step, Step):
                known = {self.names[x]: data.get(x, x.data) for x in inputs[step.node]}
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
