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
    operands_of,
    with_operands,
)

# A product as a number and powers, each a base and its exponent: a plain number or a formula.
_Powers = list[tuple[Any, Any]]


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
    below = tuple(simplified(operand) for operand in operands_of(expression))
    return with_operands(expression, below)


def _sigmoid(operand: Any) -> Any:
    """sigmoid(-x) is 1 - sigmoid(x), the form in which people know it."""
    if isinstance(operand, Negative):
        return Sum((Number(1), Negative(Call("sigmoid", (operand.operand,)))))
    return Call("sigmoid", (operand,))


def _sum(terms: tuple[Any, ...]) -> Any:
    collected: list[tuple[Any, _Powers]] = []
    for term in terms:
        inner = simplified(term)
        for part in inner.terms if isinstance(inner, Sum) else (inner,):
            coefficient, powers = _factors(part)
            for place, (sofar, known) in enumerate(collected):
                if known == powers:
                    collected[place] = (sofar + coefficient, known)
                    break
            else:
                collected.append((coefficient, powers))
    kept = tuple(_product(*term) for term in collected if term[0] != 0)
    return Sum(kept) if len(kept) > 1 else (*kept, Number(0))[0]


def _factors(expression: Any) -> tuple[Any, _Powers]:
    match expression:
        case Number(value) if is_foldable(value):
            return value, []
        case Negative(operand):
            coefficient, powers = _factors(operand)
            return -coefficient, powers
        case Product(factors):
            coefficient, powers = 1, []
            for factor in factors:
                own, inner = _factors(factor)
                coefficient, powers = coefficient * own, _merged(powers, inner)
            return coefficient, powers
        case Quotient(dividend, divisor):
            over, above = _factors(dividend)
            under, below = _factors(divisor)
            inverse = [(base, _negated(exponent)) for base, exponent in below]
            if under == 0:
                return over, _merged(above, [(Number(under), -1), *inverse])
            return _divided(over, under), _merged(above, inverse)
        case Power(base, exponent):
            return _power(simplified(base), simplified(exponent))
    short = simplified(expression)
    # A sum may have become a product: x + x is 2 * x.
    return (1, [(short, 1)]) if type(short) is type(expression) else _factors(short)


def _power(base: Any, exponent: Any) -> tuple[Any, _Powers]:
    if not (isinstance(exponent, Number) and is_foldable(exponent.value)):
        return 1, [(base, exponent)]
    times = exponent.value
    if times == 1:
        return _factors(base)
    return (1, []) if times == 0 else (1, [(base, times)])


def _merged(powers: _Powers, others: _Powers) -> _Powers:
    """Both in one list; x * x is the power x ** 2, x / x nothing."""
    merged = list(powers)
    for base, exponent in others:
        for place, (known, times) in enumerate(merged):
            if known == base and is_foldable(times) and is_foldable(exponent):
                merged[place] = (base, times + exponent)
                break
        else:
            merged.append((base, exponent))
    return [(base, exponent) for base, exponent in merged if exponent != 0]


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
    above = [_as_power(base, times) for base, times in powers if not _is_below(times)]
    below = [_as_power(base, -times) for base, times in powers if _is_below(times)]
    over, under = coefficient, 1
    if isinstance(coefficient, Fraction):
        over, under = coefficient.numerator, coefficient.denominator
    dividend = _times(over, above)
    return Quotient(dividend, _times(under, below)) if below or under != 1 else dividend


def _is_below(exponent: Any) -> bool:
    return is_foldable(exponent) and exponent < 0


def _as_power(base: Any, exponent: Any) -> Any:
    if is_foldable(exponent):
        return base if exponent == 1 else Power(base, Number(exponent))
    return Power(base, exponent)


def _times(coefficient: Any, factors: list[Any]) -> Any:
    return product_of(factors if coefficient == 1 else [Number(coefficient), *factors])


def product_of(factors: list[Any]) -> Any:
    """The product as it stands: of one factor that factor, of none 1.

    >>> product_of([Number(3)])
    Number(value=3)
    """
    return Product(tuple(factors)) if len(factors) > 1 else (*factors, Number(1))[0]
