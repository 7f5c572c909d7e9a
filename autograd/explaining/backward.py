"""The lines of the backward pass: each derivative as the sum of its paths to the error."""

from collections.abc import Mapping
from typing import Any

from autograd.explaining.equations import Equation
from autograd.explaining.explanation import Step
from autograd.explaining.formulas import (
    ELLIPSIS,
    Derivative,
    Formula,
    Number,
    Operation,
    conditions_of,
    is_number,
    operands_of,
    product_of,
    replaced,
    sum_of,
    with_numbers,
)
from autograd.transforms import gradients
from autograd.value import Value

# A derivative of at most so many factors is written out further on: (o - t) * w5 * i1.
_MOST_FACTORS = 3
# Of more paths only these are given.
_MOST_PATHS, _FIRST_PATHS = 8, 3


def gradients_of(error: Value, values: list[Value]) -> dict[Value, Any]:
    """The derivatives of an error in Values; a zero has no sign, whichever way it came about."""
    slopes = gradients(error, values)
    return {value: slope + 0 for value, slope in zip(values, slopes, strict=True)}


class Backward:
    """The derivatives of an error in Values, to be asked for from the error back.

    Args:
        error: the Value to differentiate.
        names: the name of each named Value.
        data: the number of each of them.
        readers: for each Value to differentiate in, the equations whose formulas it is in.
    """

    def __init__(
        self,
        error: Value,
        names: dict[Value, str],
        data: Mapping[Formula, Number],
        readers: dict[Value, list[Equation]],
    ):
        self.error = error
        self.names = names
        self.is_cut = {x for x, equations in readers.items() if len(equations) > _MOST_PATHS}
        self.readers = {
            x: [*equations[:_FIRST_PATHS], equations[-1]] if x in self.is_cut else equations
            for x, equations in readers.items()
        }
        read = (equation.value for equations in self.readers.values() for equation in equations)
        self.gradient_of = gradients_of(error, list(dict.fromkeys((*readers, *read))))
        self.known = dict(data)
        for value, gradient in self.gradient_of.items():
            self.known[self._derivative(error, value)] = Number(gradient)
        self.factors: dict[Value, list[Formula]] = {error: []}

    def step(self, value: Value) -> Step:
        """The line of one derivative."""
        partials = [(equation, equation.partial(value)) for equation in self.readers[value]]
        paths = [(equation, partial) for equation, partial in partials if partial is not None]
        through = [equation.value for equation, _ in paths]
        slope = self._derivative(self.error, value)
        products = [self._factors(*path) for path in paths]
        self.factors[value] = products[0] if len(products) == 1 else [slope]
        formula = self._sum(value, [product_of(factors) for factors in products])
        computed = self._sum(value, [self._product(*path) for path in paths])
        names = [] if is_number(formula, 0) else [self.names[reader] for reader in through]
        return Step(
            kind="backward",
            node=value,
            name=self.names[value],
            left=slope,
            chain=self._chain(value, through),
            formula=formula,
            computed=computed,
            numbers=self._numbers(value, computed),
            result=self.gradient_of[value],
            conditions=tuple(conditions_of(formula)),
            through=tuple(self._abridged(value, names, ELLIPSIS.name)),
        )

    def _derivative(self, of: Value, by: Value, direct: bool = False) -> Derivative:
        return Derivative(self.names[of], self.names[by], direct)

    def _factors(self, equation: Equation, partial: Formula) -> list[Formula]:
        """The derivative of an equation's Value, written out if that is short, and the partial."""
        slope: Formula = self._derivative(self.error, equation.value)
        written_out = self.factors.get(equation.value, [slope])
        # What is 1, as the derivative of the error itself, is not written at all.
        is_short = sum(map(_length, [*written_out, partial])) <= _MOST_FACTORS or not written_out
        return [*(written_out if is_short else [slope]), *_parts(partial)]

    def _chain(self, value: Value, through: list[Value]) -> Formula | None:
        # Two Values may hold the same number, and then are equal: which one it is decides.
        if all(reader is self.error for reader in through):
            return None
        return self._sum(value, [self._link(reader, value) for reader in through])

    def _link(self, reader: Value, value: Value) -> Formula:
        if reader is self.error:
            return self._derivative(reader, value, direct=True)
        slopes = (self._derivative(self.error, reader), self._derivative(reader, value))
        return Operation("mul", slopes)

    def _product(self, equation: Equation, partial: Formula) -> Formula:
        """The derivative of an equation's Value, as a number that is known, and the partial."""
        # A factor that is 1 by its formula is left out here as well.
        is_one = self.factors.get(equation.value) == []
        above = [] if is_one else [self._derivative(self.error, equation.value)]
        return product_of([*above, *_parts(partial)])

    def _numbers(self, value: Value, computed: Formula) -> Formula:
        numbers = with_numbers(computed, self.known)
        if not is_number(Number(self.gradient_of[value]), 0):
            return numbers
        return replaced(numbers, lambda part: Number(0) if is_number(part, 0) else None)

    def _sum(self, value: Value, terms: list[Formula]) -> Formula:
        return sum_of(self._abridged(value, terms, ELLIPSIS))

    def _abridged(self, value: Value, items: list[Any], dots: Any) -> list[Any]:
        """What there is for each path, with dots in the place of paths that are not given."""
        return [*items[:-1], dots, *items[-1:]] if value in self.is_cut else items


def _parts(formula: Formula) -> list[Formula]:
    """The factors of a formula that are not 1."""
    return [factor for factor in operands_of("mul", formula) if not is_number(factor, 1)]


def _length(formula: Formula) -> int:
    """How many factors a formula has, seen through signs and fractions; a long sum is many."""
    match formula:
        case Operation("neg", (operand,)):
            return _length(operand)
        case Operation("div", (dividend, divisor)):
            return _length(dividend) + _length(divisor)
        case Operation("sum", terms) if len(terms) > 2:
            return _MOST_FACTORS
    return len(_parts(formula))
