"""Formulas made short: 1/2 * 2 * (p - t) ** 1 is p - t. Terms and factors stay in order.

Some products of sums are shorter multiplied out: (-t / y + (1 - t) / (1 - y)) * y * (1 - y) is
y - t. For this, they become sums of terms, each of which is a number and powers.
"""

import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from autograd.explaining.formulas import (
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    conditions_of,
    is_foldable,
    mapped,
    negative,
    operands_of,
    product_of,
    size_of,
    sum_of,
)

# A product is a number and powers, each a base and its exponent: a plain number or a formula.
_Powers = tuple[tuple[Formula, Any], ...]


def simplified(formula: Formula) -> Formula:
    """An equal formula without factors of 1, terms of 0 and equal parts written twice.

    >>> simplified(Operation("sum", (Symbol("x"), Symbol("x"))))
    Operation(name='mul', operands=(Number(value=2), Symbol(name='x')))
    """
    match formula:
        case Operation("sum", terms):
            return _sum(terms)
        case Operation("mul" | "neg" | "div" | "pow"):
            return _product(*_factors(formula))
        case Operation("sigmoid", (operand,)):
            return _sigmoid(simplified(operand))
        case Operation("if", (chosen, condition)):
            return Operation("if", (simplified(chosen), condition))
    return mapped(simplified, formula)


def _sigmoid(operand: Formula) -> Formula:
    """A sigmoid; sigmoid(-x) is written 1 - sigmoid(x), as people know it."""
    match operand:
        case Operation("neg", operands):
            return Operation("sum", (Number(1), negative(Operation("sigmoid", operands))))
    return Operation("sigmoid", (operand,))


def _sum(terms: tuple[Formula, ...]) -> Formula:
    parts = [part for term in terms for part in operands_of("sum", simplified(term))]
    return sum_of([_product(*term) for term in _collected(map(_factors, parts))])


def _factors(formula: Formula) -> tuple[Any, _Powers]:
    match formula:
        case Number(value) if is_foldable(value):
            return value, ()
        case Number() | Symbol() | Derivative():
            return 1, ((formula, 1),)
        case Operation("neg", (operand,)):
            coefficient, powers = _factors(operand)
            return -coefficient, powers
        case Operation("mul", factors):
            coefficient, powers = 1, ()
            for factor in factors:
                own, inner = _factors(factor)
                coefficient, powers = coefficient * own, _merged(powers, inner)
            return coefficient, powers
        case Operation("div", (dividend, divisor)):
            over, above = _factors(dividend)
            under, below = _factors(divisor)
            inverse = tuple((base, _negated(exponent)) for base, exponent in below)
            if under == 0:
                return over, _merged(above, ((Number(under), -1), *inverse))
            return _divided(over, under), _merged(above, inverse)
        case Operation("pow", (base, exponent)):
            return _power(simplified(base), simplified(exponent))
    match short := simplified(formula):
        # A sum may have become a product, as x + x becomes 2 * x.
        case Operation("mul" | "neg" | "div" | "pow"):
            return _factors(short)
        case Number(value) if is_foldable(value):
            return value, ()
    return 1, ((short, 1),)


def _power(base: Formula, exponent: Formula) -> tuple[Any, _Powers]:
    if not (isinstance(exponent, Number) and is_foldable(exponent.value)):
        return 1, ((base, exponent),)
    if exponent.value == 1:
        return _factors(base)
    return 1, ((base, exponent.value),) if exponent.value != 0 else ()


def _merged(powers: _Powers, others: _Powers) -> _Powers:
    """The powers of both in one: x * x is x ** 2, and x / x leaves nothing."""
    merged = list(powers)
    index_of = {base: i for i, (base, exponent) in enumerate(powers) if is_foldable(exponent)}
    for base, exponent in others:
        index = index_of.setdefault(base, len(merged)) if is_foldable(exponent) else len(merged)
        if index < len(merged):
            merged[index] = (base, merged[index][1] + exponent)
        else:
            merged.append((base, exponent))
    return tuple((base, exponent) for base, exponent in merged if exponent != 0)


def _negated(exponent: Any) -> Any:
    return -exponent if is_foldable(exponent) else simplified(negative(exponent))


def _divided(x: Any, y: Any) -> Any:
    """x / y, which is exact for integers: 1 / 2 is not a float."""
    if type(y) is int and y == 1:
        return x
    quotient = x / y if float in (type(x), type(y)) else Fraction(x) / Fraction(y)
    is_whole = isinstance(quotient, Fraction) and quotient.denominator == 1
    return quotient.numerator if is_whole else quotient


def _product(coefficient: Any, powers: _Powers) -> Formula:
    if coefficient == 0:
        return Number(0)
    if coefficient < 0:
        return negative(_product(-coefficient, powers))
    over, under = coefficient, 1
    if isinstance(coefficient, Fraction):
        over, under = coefficient.numerator, coefficient.denominator
    above: list[Formula] = [Number(over)] if over != 1 else []
    below: list[Formula] = [Number(under)] if under != 1 else []
    for base, exponent in powers:
        if not is_foldable(exponent):
            above.append(Operation("pow", (base, exponent)))
        else:
            side = below if exponent < 0 else above
            size = abs(exponent)
            side.append(base if size == 1 else Operation("pow", (base, Number(size))))
    dividend = product_of(above)
    return Operation("div", (dividend, product_of(below))) if below else dividend


# Products of sums, multiplied out

# A sum, of which each term is a number and powers.
Terms = tuple[tuple[Any, _Powers], ...]
ONE: Terms = ((1, ()),)
# From more terms, or a larger formula, nothing short would come.
_MOST_TERMS, _LARGEST_SIZE = 16, 48
# In formulas as small as this, simplifying has found all there is.
_NOTHING_TO_CANCEL = 2
# The rounding error of a sum of a few floats.
_ROUNDING = 1e-12


def cancelled(formula: Formula) -> Formula:
    """The formula multiplied out, if that leaves two thirds of it or less; else the formula itself.

    >>> y, t = Symbol("y"), Symbol("t")
    >>> cancelled(Operation("sum", (y, Operation("mul", (t, Number(1))), negative(y))))
    Symbol(name='t')
    """
    if size_of(formula) <= _NOTHING_TO_CANCEL:
        return formula
    terms = chained([(ONE, formula)], {})
    short = multiplied_out(terms, {}, size_of(formula)) if terms else None
    return short if short is not None and is_much_shorter(short, formula) else formula


def is_much_shorter(short: Formula, formula: Formula) -> bool:
    """Whether a formula has at most two thirds of the size of another."""
    return 3 * size_of(short) <= 2 * size_of(formula)


def chained(
    paths: Iterable[tuple[Terms | None, Formula]], quotients: Mapping[Symbol, Formula]
) -> Terms | None:
    """The chain rule written out: the sum of products, with everything cancelled that can be.

    Args:
        paths: for each path, the derivative from further up, as terms, and the partial derivative.
        quotients: names and the quotients that they stand for.

    Returns:
        The terms; None if there are too many, or if a derivative from further up is not known.
    """
    found: list[tuple[Any, _Powers]] = []
    for above, partial in paths:
        if above is None or size_of(partial) > _LARGEST_SIZE or conditions_of(partial):
            return None
        coefficient, powers = _factors(partial)
        opened = _opened(powers, quotients)
        products = [(c * coefficient, _merged(p, opened)) for c, p in above]
        found += _expanded(products, quotients, fractions=True)
        if not 0 < len(found) <= _MOST_TERMS:
            return None
    return _collected(found)


def multiplied_out(terms: Terms, quotients: Mapping[Symbol, Formula], most: int) -> Formula | None:
    """The sum of some terms, in which each quotient has its name again.

    Args:
        terms: the terms, whose factors may be sums.
        quotients: names and the quotients that they stand for.
        most: from more terms than this no sum is made, but None is returned.
    """
    left = _collected(_expanded(list(terms), quotients))
    if len(left) > most:
        return None
    # y - t is not written as -t + y.
    ordered = sorted(left, key=lambda x: x[0] < 0) if left and left[0][0] < 0 else left
    sizes = {abs(coefficient) for coefficient, _ in ordered}
    common = sizes.pop() if len(sizes) == 1 and len(ordered) > 1 else 1
    parts = [_product(_divided(c, common), _named(p, quotients)) for c, p in ordered]
    return _product(common, ((sum_of(parts), 1),))


def without_totals(terms: Terms, targets: Mapping[Symbol, Any]) -> tuple[Terms, list[Operation]]:
    """The terms with 1 in place of sums of targets that are 1, and the conditions that they are.

    For example, t1 / S + t2 / S becomes 1 / S if t1 + t2 is 1.
    """
    groups: dict[tuple[Any, frozenset[tuple[Formula, Any]]], dict[Symbol, Any]] = {}
    for coefficient, powers in terms:
        for base, exponent in powers:
            if isinstance(base, Symbol) and base in targets and exponent == 1:
                rest = frozenset(powers) - {(base, 1)}
                groups.setdefault((coefficient, rest), {})[base] = targets[base]
    for (coefficient, rest), found in groups.items():
        if len(found) > 1 and abs(sum(found.values()) - 1) < _ROUNDING:
            gone = {(coefficient, rest | {(target, 1)}) for target in found}
            first = next(p for c, p in terms if (c, frozenset(p)) in gone)
            whole = (coefficient, tuple(power for power in first if power in rest))
            left = [whole, *(x for x in terms if (x[0], frozenset(x[1])) not in gone)]
            return _collected(left), [Operation("=", (sum_of(list(found)), Number(1)))]
    return terms, []


def is_quotient(formula: Formula) -> bool:
    """Whether a formula is a quotient, and not just of plain numbers, as exp(z) / S is."""
    if not isinstance(formula, Operation) or formula.name != "div":
        return False
    coefficient, powers = _factors(formula)
    return coefficient == 1 and len(powers) > 1 and all(is_foldable(e) for _, e in powers)


def _expanded(
    terms: list[tuple[Any, _Powers]], quotients: Mapping[Symbol, Formula], fractions: bool = False
) -> list[tuple[Any, _Powers]]:
    """The terms with sums among their factors multiplied out: all, or only those with fractions."""
    done: list[tuple[Any, _Powers]] = []
    waiting = terms[::-1]

    @functools.cache
    def parts_of(base: Formula) -> Terms:
        """The terms of a sum; none for anything else, and none if they are to be left alone."""
        addends = operands_of("sum", base)
        if len(addends) == 1:
            return ()
        parts = tuple((c, _opened(p, quotients)) for c, p in map(_factors, addends))
        has_fraction = any(is_foldable(e) and e < 0 for _, inner in parts for _, e in inner)
        return parts if has_fraction or not fractions else ()

    while waiting and len(done) + len(waiting) <= _MOST_TERMS:
        coefficient, powers = waiting.pop()
        for index, (base, exponent) in enumerate(powers):
            if exponent == 1 and (parts := parts_of(base)):
                others = (*powers[:index], *powers[index + 1 :])
                waiting += [(coefficient * c, _merged(p, others)) for c, p in reversed(parts)]
                break
        else:
            done.append((coefficient, powers))
    return [*done, *waiting]


def _collected(terms: Iterable[tuple[Any, _Powers]]) -> Terms:
    """The terms, with like terms collected."""
    total: dict[frozenset[tuple[Formula, Any]], tuple[Any, _Powers]] = {}
    for coefficient, powers in terms:
        known, _ = total.get(frozenset(powers), (0, powers))
        total[frozenset(powers)] = (known + coefficient, powers)
    return tuple(term for term in total.values() if term[0] != 0)


def _opened(powers: _Powers, quotients: Mapping[Symbol, Formula]) -> _Powers:
    """The powers with quotients in place of their names."""
    if not quotients:
        return powers
    opened: _Powers = ()
    for base, exponent in powers:
        inner: _Powers = ((base, exponent),)
        if isinstance(base, Symbol) and base in quotients and is_foldable(exponent):
            _, quotient = _factors(quotients[base])
            inner = tuple((part, times * exponent) for part, times in quotient)
        opened = _merged(opened, inner)
    return opened


def _named(powers: _Powers, quotients: Mapping[Symbol, Formula]) -> _Powers:
    """The powers with names in place of quotients."""
    for name, quotient in quotients.items():
        _, inner = _factors(quotient)
        for sign in (1, -1):
            wanted = {base: sign * exponent for base, exponent in inner}
            known = {base: exponent for base, exponent in powers if is_foldable(exponent)}
            if all(0 < e <= known.get(b, 0) or known.get(b, 0) <= e < 0 for b, e in wanted.items()):
                rest = _merged(
                    powers, tuple((base, -exponent) for base, exponent in wanted.items())
                )
                powers = _merged(((name, sign),), rest)
    return powers
