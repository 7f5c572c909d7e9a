"""Formulas made short: 1/2 * 2 * (p - t) ** 1 is p - t. Terms and factors stay in order.

Some products of sums are shorter multiplied out: (-t / y + (1 - t) / (1 - y)) * y * (1 - y) is
y - t. For this, they become sums of terms, each of which is a number and powers.
"""

import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from autograd.explaining.formulas import (
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

_PRODUCTS = ("mul", "neg", "div", "pow")


class Term(NamedTuple):
    """A product: a number and powers, each a base and its exponent, a plain number or a formula."""

    coefficient: Any
    powers: tuple[tuple[Formula, Any], ...]


# The terms of a sum.
Terms = tuple[Term, ...]
# Names, and the quotients that they stand for.
Quotients = Mapping[Symbol, Formula]


def simplified(formula: Formula) -> Formula:
    """An equal formula without factors of 1, terms of 0 and equal parts written twice.

    >>> simplified(Operation("sum", (Symbol("x"), Symbol("x"))))
    Operation(name='mul', operands=(Number(value=2), Symbol(name='x')))
    """
    match formula:
        case Operation("sum", terms):
            parts = [part for term in terms for part in operands_of("sum", simplified(term))]
            return sum_of([_product(term) for term in _collected(map(_term, parts))])
        case Operation(name) if name in _PRODUCTS:
            return _product(_term(formula))
        case Operation("sigmoid", (operand,)):
            inner = simplified(operand)
            # sigmoid(-x) is written 1 - sigmoid(x), as people know it.
            if isinstance(inner, Operation) and inner.name == "neg":
                return Operation("sum", (Number(1), negative(Operation("sigmoid", inner.operands))))
            return Operation("sigmoid", (inner,))
        case Operation("if", (chosen, condition)):
            return Operation("if", (simplified(chosen), condition))
    return mapped(simplified, formula)


def _term(formula: Formula) -> Term:
    """A formula as a product."""
    if not isinstance(formula, Operation):
        if isinstance(formula, Number) and is_foldable(formula.value):
            return Term(formula.value, ())
        return Term(1, ((formula, 1),))
    match formula:
        case Operation("neg", (operand,)):
            coefficient, powers = _term(operand)
            return Term(-coefficient, powers)
        case Operation("mul", factors):
            return functools.reduce(_times, map(_term, factors))
        case Operation("div", (dividend, divisor)):
            return _over(_term(dividend), _term(divisor))
        case Operation("pow", (base, exponent)):
            return _power(simplified(base), simplified(exponent))
    short = simplified(formula)
    # A sum may have become a product, as x + x becomes 2 * x.
    is_product = not isinstance(short, Operation) or short.name in _PRODUCTS
    return _term(short) if is_product else Term(1, ((short, 1),))


def _times(x: Term, y: Term) -> Term:
    """Their product: x * x is x ** 2, and x / x leaves nothing."""
    coefficient = x.coefficient * y.coefficient
    if not (x.powers and y.powers):
        return Term(coefficient, x.powers or y.powers)
    powers = list(x.powers)
    index_of = {base: i for i, (base, exponent) in enumerate(powers) if is_foldable(exponent)}
    for base, exponent in y.powers:
        index = index_of.setdefault(base, len(powers)) if is_foldable(exponent) else len(powers)
        if index < len(powers):
            powers[index] = (base, powers[index][1] + exponent)
        else:
            powers.append((base, exponent))
    left = tuple((base, exponent) for base, exponent in powers if exponent != 0)
    return Term(coefficient, left)


def _over(x: Term, y: Term) -> Term:
    inverse = tuple((base, _negated(exponent)) for base, exponent in y.powers)
    if y.coefficient == 0:
        return _times(x, Term(1, ((Number(y.coefficient), -1), *inverse)))
    return _times(Term(_divided(x.coefficient, y.coefficient), x.powers), Term(1, inverse))


def _power(base: Formula, exponent: Formula) -> Term:
    if not (isinstance(exponent, Number) and is_foldable(exponent.value)):
        return Term(1, ((base, exponent),))
    if exponent.value == 1:
        return _term(base)
    return Term(1, ((base, exponent.value),) if exponent.value != 0 else ())


def _negated(exponent: Any) -> Any:
    return -exponent if is_foldable(exponent) else simplified(negative(exponent))


def _divided(x: Any, y: Any) -> Any:
    """x / y, which is exact for integers: 1 / 2 is not a float."""
    if type(y) is int and y == 1:
        return x
    quotient = x / y if float in (type(x), type(y)) else Fraction(x) / Fraction(y)
    is_whole = isinstance(quotient, Fraction) and quotient.denominator == 1
    return quotient.numerator if is_whole else quotient


def _product(term: Term) -> Formula:
    """A term as a formula."""
    coefficient, powers = term
    if coefficient == 0:
        return Number(0)
    if coefficient < 0:
        return negative(_product(Term(-coefficient, powers)))
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

ONE: Terms = (Term(1, ()),)
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
    size = size_of(formula)
    if size <= _NOTHING_TO_CANCEL:
        return formula
    terms = chained([(ONE, formula)], {})
    short = multiplied_out(terms, {}, size) if terms else None
    return short if short is not None and is_much_shorter(short, formula) else formula


def is_much_shorter(short: Formula, formula: Formula) -> bool:
    """Whether a formula has at most two thirds of the size of another."""
    return 3 * size_of(short) <= 2 * size_of(formula)


def chained(paths: Iterable[tuple[Terms | None, Formula]], quotients: Quotients) -> Terms | None:
    """The chain rule written out: the sum of products, with everything cancelled that can be.

    Args:
        paths: for each path, the derivative from further up, as terms, and the partial derivative.
        quotients: names and the quotients that they stand for.

    Returns:
        The terms; None if there are too many, or if a derivative from further up is not known.
    """
    found: list[Term] = []
    for above, partial in paths:
        if above is None or size_of(partial) > _LARGEST_SIZE or conditions_of(partial):
            return None
        opened = _opened(_term(partial), quotients)
        found += _expanded([_times(term, opened) for term in above], quotients, fractions=True)
        if not 0 < len(found) <= _MOST_TERMS:
            return None
    return _collected(found)


def multiplied_out(terms: Terms, quotients: Quotients, most: int) -> Formula | None:
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
    if left and left[0].coefficient < 0:
        left = tuple(sorted(left, key=lambda term: term.coefficient < 0))
    sizes = {abs(term.coefficient) for term in left}
    common = sizes.pop() if len(sizes) == 1 and len(left) > 1 else 1
    parts = [_named(Term(_divided(c, common), powers), quotients) for c, powers in left]
    return _product(Term(common, ((sum_of(list(map(_product, parts))), 1),)))


def without_totals(terms: Terms, targets: Mapping[Symbol, Any]) -> tuple[Terms, list[Operation]]:
    """The terms with 1 in place of sums of targets that are 1, and the conditions that they are.

    For example, t1 / S + t2 / S becomes 1 / S if t1 + t2 is 1.
    """
    groups: dict[Any, tuple[Term, dict[Symbol, Term]]] = {}
    for term in terms:
        for power in term.powers:
            target, exponent = power
            if isinstance(target, Symbol) and target in targets and exponent == 1:
                rest = Term(term.coefficient, tuple(x for x in term.powers if x is not power))
                key = (rest.coefficient, frozenset(rest.powers))
                groups.setdefault(key, (rest, {}))[1][target] = term
    for rest, members in groups.values():
        if len(members) > 1 and abs(sum(targets[x] for x in members) - 1) < _ROUNDING:
            left = [rest, *(term for term in terms if term not in members.values())]
            return _collected(left), [Operation("=", (sum_of(list(members)), Number(1)))]
    return terms, []


def is_quotient(formula: Formula) -> bool:
    """Whether a formula is a quotient, and not just of plain numbers, as exp(z) / S is."""
    if not isinstance(formula, Operation) or formula.name != "div":
        return False
    coefficient, powers = _term(formula)
    return coefficient == 1 and len(powers) > 1 and all(is_foldable(e) for _, e in powers)


def _expanded(terms: list[Term], quotients: Quotients, fractions: bool = False) -> list[Term]:
    """The terms with sums among their factors multiplied out: all, or only those with fractions."""
    done: list[Term] = []
    waiting = terms[::-1]

    @functools.cache
    def addends_of(base: Formula) -> Terms:
        """The terms of a sum that is to be multiplied out; none for anything else."""
        addends = operands_of("sum", base)
        if len(addends) == 1:
            return ()
        parts = tuple(_opened(_term(addend), quotients) for addend in addends)
        exponents = [exponent for part in parts for _, exponent in part.powers]
        has_fraction = any(is_foldable(exponent) and exponent < 0 for exponent in exponents)
        return parts if has_fraction or not fractions else ()

    while waiting and len(done) + len(waiting) <= _MOST_TERMS:
        term = waiting.pop()
        for power in term.powers:
            base, exponent = power
            if exponent == 1 and (addends := addends_of(base)):
                rest = Term(term.coefficient, tuple(x for x in term.powers if x is not power))
                waiting += [_times(addend, rest) for addend in reversed(addends)]
                break
        else:
            done.append(term)
    return [*done, *waiting]


def _collected(terms: Iterable[Term]) -> Terms:
    """The terms, with like terms collected."""
    total: dict[frozenset[tuple[Formula, Any]], Term] = {}
    for coefficient, powers in terms:
        known = total.get(key := frozenset(powers), Term(0, powers)).coefficient
        total[key] = Term(known + coefficient, powers)
    return tuple(term for term in total.values() if term.coefficient != 0)


def _opened(term: Term, quotients: Quotients) -> Term:
    """The term with quotients in place of their names."""
    if quotients.keys().isdisjoint(base for base, _ in term.powers):
        return term
    opened = Term(term.coefficient, ())
    for base, exponent in term.powers:
        inner = Term(1, ((base, exponent),))
        if isinstance(base, Symbol) and base in quotients and is_foldable(exponent):
            inner = _raised(_term(quotients[base]), exponent)
        opened = _times(opened, inner)
    return opened


def _raised(quotient: Term, exponent: Any) -> Term:
    return Term(1, tuple((base, times * exponent) for base, times in quotient.powers))


def _named(term: Term, quotients: Quotients) -> Term:
    """The term with names in place of quotients."""
    for name, formula in quotients.items():
        quotient = _term(formula)
        for sign in (1, -1):
            known = dict(power for power in term.powers if is_foldable(power[1]))
            wanted = _raised(quotient, sign).powers
            if all(0 < e <= known.get(b, 0) or known.get(b, 0) <= e < 0 for b, e in wanted):
                term = _times(Term(1, ((name, sign),)), _times(term, _raised(quotient, -sign)))
    return term
