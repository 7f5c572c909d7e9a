"""Formulas made short: 1/2 * 2 * (p - t) ** 1 is p - t. The order of terms and factors stays."""

from fractions import Fraction
from typing import Any

from autograd.explaining.expressions import (
    Call,
    Case,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    is_foldable,
    mapped,
    terms_of,
)

# A product is a number and powers, each a base and its exponent: a plain number or a formula.
_Powers = tuple[tuple[Any, Any], ...]


def simplified(expression: Any) -> Any:
    """An equal expression without factors of 1, terms of 0 and equal parts written twice.

    >>> from autograd.explaining.expressions import Symbol
    >>> simplified(Sum((Symbol("x"), Symbol("x"))))
    Product(factors=(Number(value=2), Symbol(name='x')))
    """
    match expression:
        case Sum(terms):
            return _sum(terms)
        case Product() | Negative() | Quotient() | Power():
            return _product(*_factors(expression))
        case Call("sigmoid", (operand,)):
            return _sigmoid(simplified(operand))
        case Case(chosen, condition):
            return Case(simplified(chosen), condition)
    return mapped(simplified, expression)


def _sigmoid(operand: Any) -> Any:
    """sigmoid(-x) is 1 - sigmoid(x), the form in which people know it."""
    if isinstance(operand, Negative):
        return Sum((Number(1), Negative(Call("sigmoid", (operand.operand,)))))
    return Call("sigmoid", (operand,))


def _sum(terms: tuple[Any, ...]) -> Any:
    coefficients: dict[_Powers, Any] = {}
    for term in terms:
        for part in terms_of(simplified(term)):
            coefficient, powers = _factors(part)
            coefficients[powers] = coefficients.get(powers, 0) + coefficient
    return sum_of([_product(times, powers) for powers, times in coefficients.items() if times != 0])


def _factors(expression: Any) -> tuple[Any, _Powers]:
    match expression:
        case Number(value) if is_foldable(value):
            return value, ()
        case Negative(operand):
            coefficient, powers = _factors(operand)
            return -coefficient, powers
        case Product(factors):
            coefficient, powers = 1, ()
            for factor in factors:
                own, inner = _factors(factor)
                coefficient, powers = coefficient * own, _merged(powers, inner)
            return coefficient, powers
        case Quotient(dividend, divisor):
            over, above = _factors(dividend)
            under, below = _factors(divisor)
            inverse = tuple((base, _negated(exponent)) for base, exponent in below)
            if under == 0:
                return over, _merged(above, ((Number(under), -1), *inverse))
            return _divided(over, under), _merged(above, inverse)
        case Power(base, exponent):
            return _power(simplified(base), simplified(exponent))
    short = simplified(expression)
    # A sum may have become a product: x + x is 2 * x.
    return (1, ((short, 1),)) if type(short) is type(expression) else _factors(short)


def _power(base: Any, exponent: Any) -> tuple[Any, _Powers]:
    if not (isinstance(exponent, Number) and is_foldable(exponent.value)):
        return 1, ((base, exponent),)
    if exponent.value == 1:
        return _factors(base)
    return 1, ((base, exponent.value),) if exponent.value != 0 else ()


def _merged(powers: _Powers, others: _Powers) -> _Powers:
    """Both in one; x * x is the power x ** 2, x / x nothing."""
    merged = list(powers)
    for base, exponent in others:
        for place, (known, times) in enumerate(merged):
            if known == base and is_foldable(times) and is_foldable(exponent):
                merged[place] = (base, times + exponent)
                break
        else:
            merged.append((base, exponent))
    return tuple((base, exponent) for base, exponent in merged if exponent != 0)


def _negated(exponent: Any) -> Any:
    return -exponent if is_foldable(exponent) else simplified(Negative(exponent))


def _divided(x: Any, y: Any) -> Any:
    """x / y, exact for integers, and 1 / 2 no float."""
    quotient = x / y if float in (type(x), type(y)) else Fraction(x) / Fraction(y)
    is_whole = isinstance(quotient, Fraction) and quotient.denominator == 1
    return quotient.numerator if is_whole else quotient


def _product(coefficient: Any, powers: _Powers) -> Any:
    if coefficient == 0:
        return Number(0)
    if coefficient < 0:
        return Negative(_product(-coefficient, powers))
    over, under = coefficient, 1
    if isinstance(coefficient, Fraction):
        over, under = coefficient.numerator, coefficient.denominator
    above: list[Any] = [Number(over)] if over != 1 else []
    below: list[Any] = [Number(under)] if under != 1 else []
    for base, exponent in powers:
        if not is_foldable(exponent):
            above.append(Power(base, exponent))
        else:
            side = below if exponent < 0 else above
            side.append(base if abs(exponent) == 1 else Power(base, Number(abs(exponent))))
    return Quotient(product_of(above), product_of(below)) if below else product_of(above)


def product_of(factors: list[Any]) -> Any:
    """The product as it stands: of one factor that factor, of none 1.

    >>> product_of([Number(3)])
    Number(value=3)
    """
    return Product(tuple(factors)) if len(factors) > 1 else (*factors, Number(1))[0]


def sum_of(terms: list[Any]) -> Any:
    """The sum as it stands: of one term that term, of none 0."""
    return Sum(tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]
