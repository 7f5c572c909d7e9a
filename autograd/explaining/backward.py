"""The lines of the backward pass: each derivative as the sum of its paths to the error."""

from collections.abc import Callable
from typing import Any

from autograd.derivatives import gradients
from autograd.explaining.conditions import conditions_of
from autograd.explaining.derivation import Derivation, with_numbers
from autograd.explaining.expressions import (
    Derivative,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Sum,
    Symbol,
    is_number,
)
from autograd.explaining.outline import Line
from autograd.explaining.simplifying import product_of
from autograd.explaining.steps import Step
from autograd.value import Value

# A derivative of at most so many factors is written out further on: (o - t) * w5 * i1.
_MOST_FACTORS = 3
# Of more paths only these are given.
_MOST_PATHS, _FIRST_PATHS = 8, 3

_Path = tuple[Line, Expression]


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
        self.readers = {value: _few(lines) for value, lines in readers.items()}
        self.is_cut = {value for value, lines in readers.items() if len(lines) > _MOST_PATHS}
        lines = {line: None for few in self.readers.values() for line in few}
        self.derivation = derivation
        values = list(dict.fromkeys([*readers, *(line.value for line in lines)]))
        self.gradient_of = dict(zip(values, gradients(error, values), strict=True))
        self.factors: dict[Value, list[Expression]] = {error: []}

    def step(self, value: Value) -> Step:
        """The line of one derivative."""
        name = self.names[value]
        slope = Derivative(self.names[self.error], name)
        paths = self._paths(value)
        products = [self._factors(*path) for path in paths]
        self.factors[value] = products[0] if len(products) == 1 else [slope]
        formula = self._total(value, [product_of(factors) for factors in products])
        return Step(
            "backward",
            value,
            name,
            slope,
            self._chain(value, [line.value for line, _ in paths]),
            formula,
            self._total(value, [self._in_numbers(*path) for path in paths]),
            self.gradient_of[value],
            tuple(conditions_of(formula)),
        )

    def _paths(self, value: Value) -> list[_Path]:
        """The lines through which a Value has influence, each with its partial."""
        found = [(line, self.derivation(line).partial(value)) for line in self.readers[value]]
        return [(line, partial) for line, partial in found if partial is not None]

    def _factors(self, line: Line, partial: Expression) -> list[Expression]:
        """The derivative of a line's Value, written out if that is short, and the partial."""
        slope = Derivative(self.names[self.error], self.names[line.value])
        written_out = self.factors.get(line.value, [slope])
        # What is 1, as the derivative of the error itself, is not written at all.
        is_short = sum(map(_length, [*written_out, partial])) <= _MOST_FACTORS or not written_out
        return [*(written_out if is_short else [slope]), *_parts(partial)]

    def _chain(self, value: Value, through: list[Value]) -> Expression | None:
        if not through or through == [self.error]:
            return None
        return self._total(value, [self._link(reader, self.names[value]) for reader in through])

    def _link(self, reader: Value, name: str) -> Expression:
        error = self.names[self.error]
        if reader is self.error:
            return Derivative(error, name, direct=True)
        return Product(
            (Derivative(error, self.names[reader]), Derivative(self.names[reader], name))
        )

    def _in_numbers(self, line: Line, partial: Expression) -> Any:
        known = {self.names[x]: x.data for x in (*line.inputs, line.value)}
        own = [with_numbers(factor, known) for factor in _parts(partial)]
        # A factor that is 1 by its formula is left out here as well.
        is_one = self.factors.get(line.value) == []
        return product_of(([] if is_one else [Number(self.gradient_of[line.value])]) + own)

    def _total(self, value: Value, terms: list[Any]) -> Expression:
        if value in self.is_cut:
            terms = [*terms[:-1], Symbol("…"), *terms[-1:]]
        return Sum(tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]


def _few(lines: list[Line]) -> list[Line]:
    return lines if len(lines) <= _MOST_PATHS else [*lines[:_FIRST_PATHS], lines[-1]]


def _parts(expression: Any) -> list[Any]:
    """The factors of an expression that are not 1."""
    if isinstance(expression, Product):
        return list(expression.factors)
    return [] if is_number(expression, 1) else [expression]


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
