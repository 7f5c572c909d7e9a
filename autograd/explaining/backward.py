"""The lines of the backward pass: each derivative as the sum of its paths to the error."""

from collections.abc import Callable
from typing import Any

from autograd.explaining.conditions import conditions_of
from autograd.explaining.derivation import Derivation
from autograd.explaining.expressions import (
    Derivative,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    factors_of,
    is_number,
    replaced,
)
from autograd.explaining.outline import Line
from autograd.explaining.simplifying import product_of, sum_of
from autograd.explaining.steps import Step
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
        derivation: gives what a line computes, and its partials.
        readers: for each Value to differentiate in, the lines whose formulas it is in.
    """

    def __init__(
        self,
        error: Value,
        names: dict[Value, str],
        derivation: Callable[[Line], Derivation],
        readers: dict[Value, list[Line]],
    ):
        self.error = error
        self.names = names
        self.derivation = derivation
        self.is_cut = {value for value, lines in readers.items() if len(lines) > _MOST_PATHS}
        self.readers = {
            value: [*lines[:_FIRST_PATHS], lines[-1]] if value in self.is_cut else lines
            for value, lines in readers.items()
        }
        read = (line.value for lines in self.readers.values() for line in lines)
        self.gradient_of = gradients_of(error, list(dict.fromkeys((*readers, *read))))
        self.factors: dict[Value, list[Expression]] = {error: []}

    def step(self, value: Value) -> Step:
        """The line of one derivative."""
        found = [(line, self.derivation(line).partial(value)) for line in self.readers[value]]
        paths = [(line, partial) for line, partial in found if partial is not None]
        slope = self._derivative(self.error, value)
        products = [self._factors(*path) for path in paths]
        self.factors[value] = products[0] if len(products) == 1 else [slope]
        formula = self._total(value, [product_of(factors) for factors in products])
        return Step(
            "backward",
            value,
            self.names[value],
            slope,
            self._chain(value, [line.value for line, _ in paths]),
            formula,
            self._numbers(value, paths),
            self.gradient_of[value],
            tuple(conditions_of(formula)),
        )

    def _derivative(self, of: Value, by: Value, direct: bool = False) -> Derivative:
        return Derivative(self.names[of], self.names[by], direct)

    def _factors(self, line: Line, partial: Expression) -> list[Expression]:
        """The derivative of a line's Value, written out if that is short, and the partial."""
        slope: Expression = self._derivative(self.error, line.value)
        written_out = self.factors.get(line.value, [slope])
        # What is 1, as the derivative of the error itself, is not written at all.
        is_short = sum(map(_length, [*written_out, partial])) <= _MOST_FACTORS or not written_out
        return [*(written_out if is_short else [slope]), *_parts(partial)]

    def _chain(self, value: Value, through: list[Value]) -> Any:
        # Two Values may hold the same number, and then are equal: which one it is decides.
        if all(reader is self.error for reader in through):
            return None
        return self._total(value, [self._link(reader, value) for reader in through])

    def _link(self, reader: Value, value: Value) -> Expression:
        if reader is self.error:
            return self._derivative(reader, value, direct=True)
        return Product((self._derivative(self.error, reader), self._derivative(reader, value)))

    def _numbers(self, value: Value, paths: list[tuple[Line, Expression]]) -> Any:
        numbers = self._total(value, [self._in_numbers(*path) for path in paths])
        if not is_number(Number(self.gradient_of[value]), 0):
            return numbers
        return replaced(numbers, lambda part: Number(0) if is_number(part, 0) else None)

    def _in_numbers(self, line: Line, partial: Expression) -> Any:
        # A factor that is 1 by its formula is left out here as well.
        is_one = self.factors.get(line.value) == []
        above = [] if is_one else [Number(self.gradient_of[line.value])]
        return product_of([*above, *map(self.derivation(line).with_numbers, _parts(partial))])

    def _total(self, value: Value, terms: list[Any]) -> Any:
        return sum_of([*terms[:-1], Symbol("…"), *terms[-1:]] if value in self.is_cut else terms)


def _parts(expression: Any) -> list[Any]:
    """The factors of an expression that are not 1."""
    return [factor for factor in factors_of(expression) if not is_number(factor, 1)]


def _length(expression: Any) -> int:
    """How many factors an expression has, seen through signs and fractions; a long sum is many."""
    match expression:
        case Negative(operand):
            return _length(operand)
        case Quotient(dividend, divisor):
            return _length(dividend) + _length(divisor)
        case Sum(terms) if len(terms) > 2:
            return _MOST_FACTORS
    return len(_parts(expression))
