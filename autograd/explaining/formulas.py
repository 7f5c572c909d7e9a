"""Formulas as trees, in the order in which they were written, and what makes them short."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, eq=False)
class Number:
    """A plain number of any kind."""

    value: Any

    # Arrays have no single answer to `==`.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return False
        if is_foldable(self.value) and is_foldable(other.value):
            return bool(self.value == other.value)
        return self.value is other.value

    def __hash__(self) -> int:
        return hash(self.value) if is_foldable(self.value) else id(self.value)


@dataclass(frozen=True)
class Symbol:
    """A Value, by its name."""

    name: str


@dataclass(frozen=True)
class Derivative:
    """∂of/∂by; `direct` leaves out the ways that lead through other named Values."""

    of: str
    by: str
    direct: bool = False


@dataclass(frozen=True)
class Operation:
    """An operation on formulas, by the name of its rule.

    "sum" and "mul" have any number of operands, and what is subtracted is a "neg" within a
    "sum". A comparison is named by its sign, such as "<". An "if" is a formula together with
    the comparison because of which it holds.

    >>> Operation("sum", (Symbol("x"), Operation("neg", (Number(1),))))  # x − 1
    Operation(name='sum', operands=(Symbol(name='x'), Operation(name='neg', ...)))
    """

    name: str
    operands: tuple["Formula", ...]


Formula = Number | Symbol | Derivative | Operation

# In a sum, for terms that are not given.
ELLIPSIS = Symbol("…")


def is_foldable(number: Any) -> bool:
    """Whether a number may be worked out within a formula: real, and one number."""
    return type(number) in (int, float, Fraction)


def is_number(formula: Formula, value: int) -> bool:
    """Whether a formula is this plain number."""
    return formula == Number(value)


def operands_of(name: str, formula: Formula) -> tuple[Formula, ...]:
    """The terms of a "sum", the factors of a "mul"; of any other formula, itself alone."""
    is_such = isinstance(formula, Operation) and formula.name == name
    return formula.operands if is_such else (formula,)  # type: ignore[union-attr]


def negative(formula: Formula) -> Operation:
    """Minus the formula."""
    return Operation("neg", (formula,))


def product_of(factors: list[Formula]) -> Formula:
    """The product as it stands: of one factor that factor, of none 1.

    >>> product_of([Number(3)])
    Number(value=3)
    """
    return Operation("mul", tuple(factors)) if len(factors) > 1 else (*factors, Number(1))[0]


def sum_of(terms: list[Formula]) -> Formula:
    """The sum as it stands: of one term that term, of none 0."""
    return Operation("sum", tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]


def mapped(function: Callable[[Formula], Formula], formula: Formula) -> Formula:
    """The formula with `function` applied to each of its operands."""
    if not isinstance(formula, Operation):
        return formula
    return Operation(formula.name, tuple(map(function, formula.operands)))


def replaced(formula: Formula, replacement: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with each part replaced for which `replacement` gives another, not None.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> replaced(Operation("mul", (x, y)), lambda part: Number(3) if part == x else None)
    Operation(name='mul', operands=(Number(value=3), Symbol(name='y')))
    """
    other = replacement(formula)
    return other if other is not None else mapped(lambda x: replaced(x, replacement), formula)


def with_numbers(formula: Formula, known: Mapping[Formula, Number]) -> Formula:
    """The formula with numbers in the place of the symbols and derivatives that are known."""
    # An operation is not looked up: to hash it takes as long as all that is below it.
    return replaced(formula, lambda x: None if isinstance(x, Operation) else known.get(x))


# Formulas made short: 1/2 * 2 * (p - t) ** 1 is p - t. The order of terms and factors stays.

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
    """sigmoid(-x) is 1 - sigmoid(x), the form in which people know it."""
    match operand:
        case Operation("neg", operands):
            return Operation("sum", (Number(1), negative(Operation("sigmoid", operands))))
    return Operation("sigmoid", (operand,))


def _sum(terms: tuple[Formula, ...]) -> Formula:
    coefficients: dict[_Powers, Any] = {}
    for term in terms:
        for part in operands_of("sum", simplified(term)):
            coefficient, powers = _factors(part)
            coefficients[powers] = coefficients.get(powers, 0) + coefficient
    return sum_of([_product(times, powers) for powers, times in coefficients.items() if times != 0])


def _factors(formula: Formula) -> tuple[Any, _Powers]:
    match formula:
        case Number(value) if is_foldable(value):
            return value, ()
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
        # A sum may have become a product: x + x is 2 * x.
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
    """Both in one; x * x is the power x ** 2, x / x nothing."""
    merged = list(powers)
    for base, exponent in others:
        for index, (known, times) in enumerate(merged):
            if known == base and is_foldable(times) and is_foldable(exponent):
                merged[index] = (base, times + exponent)
                break
        else:
            merged.append((base, exponent))
    return tuple((base, exponent) for base, exponent in merged if exponent != 0)


def _negated(exponent: Any) -> Any:
    return -exponent if is_foldable(exponent) else simplified(negative(exponent))


def _divided(x: Any, y: Any) -> Any:
    """x / y, exact for integers, and 1 / 2 no float."""
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


# Products of sums multiplied out, where that makes them shorter.

# Of more nothing short would be left.
_MOST_TERMS, _LARGEST_SIZE = 16, 48


def cancelled(formula: Formula) -> Formula:
    """The formula multiplied out, if that leaves two thirds of it or less; else itself.

    So (−t / y + (1 − t) / (1 − y)) · y · (1 − y) is y − t.

    >>> y, t = Symbol("y"), Symbol("t")
    >>> cancelled(Operation("sum", (y, Operation("mul", (t, Number(1))), negative(y))))
    Symbol(name='t')
    """
    if size_of(formula) > _LARGEST_SIZE:
        return formula
    terms = _multiplied_out(_multiplied_out([_factors(formula)], fractions=True))
    if not terms:
        return formula
    short = _collected(terms)
    return short if 3 * size_of(short) <= 2 * size_of(formula) else formula


_Term = tuple[Any, _Powers]


def _multiplied_out(terms: list[_Term], fractions: bool = False) -> list[_Term]:
    """The terms with each factor that is a sum multiplied out.

    Args:
        terms: coefficients, each with its powers.
        fractions: whether only sums with a fraction in them are.
    """
    done: list[_Term] = []
    waiting = terms[::-1]
    while waiting and len(done) + len(waiting) <= _MOST_TERMS:
        coefficient, powers = waiting.pop()
        for index, (base, exponent) in enumerate(powers):
            parts = list(map(_factors, operands_of("sum", base)))
            has_fraction = any(is_foldable(e) and e < 0 for _, inner in parts for _, e in inner)
            if exponent == 1 and len(parts) > 1 and (has_fraction or not fractions):
                others = (*powers[:index], *powers[index + 1 :])
                waiting += [(coefficient * c, _merged(p, others)) for c, p in reversed(parts)]
                break
        else:
            done.append((coefficient, powers))
    return done if not waiting else []


def _collected(terms: list[_Term]) -> Formula:
    """The sum of terms, those alike in one; y − t is not written as −t + y."""
    total: dict[frozenset[tuple[Formula, Any]], _Term] = {}
    for coefficient, powers in terms:
        known, _ = total.get(frozenset(powers), (0, powers))
        total[frozenset(powers)] = (known + coefficient, powers)
    left = [term for term in total.values() if term[0] != 0]
    if left and left[0][0] < 0:
        left.sort(key=lambda term: term[0] < 0)
    sizes = {abs(coefficient) for coefficient, _ in left}
    common = sizes.pop() if len(sizes) == 1 and len(left) > 1 else 1
    whole = sum_of([_product(_divided(times, common), powers) for times, powers in left])
    return _product(common, ((whole, 1),))


def size_of(formula: Formula) -> int:
    """How many names and numbers a formula is made of."""
    return sum(map(size_of, formula.operands)) if isinstance(formula, Operation) else 1


# Each relation, as those of "less", "equal" and "more" that it allows.
_ALLOWED = {"<": "<", "≤": "<=", "=": "=", "≥": "=>", ">": ">"}
_RELATION = {allowed: relation for relation, allowed in _ALLOWED.items()}
_SWAPPED = str.maketrans("<>≤≥", "><≥≤")


def conditions_of(formula: Formula) -> list[Operation]:
    """The conditions under which a formula holds, one for each pair of sides, in order.

    >>> x, y = Symbol("x"), Symbol("y")
    >>> inner = Operation("if", (Number(1), Operation("≤", (y, x))))
    >>> conditions_of(Operation("if", (inner, Operation("≤", (x, y)))))
    [Operation(name='=', operands=(Symbol(name='x'), Symbol(name='y')))]
    """
    relations: dict[tuple[Formula, Formula], str] = {}
    for condition in _conditions(formula):
        relation, (left, right) = condition.name, condition.operands
        if (right, left) in relations:
            left, relation, right = right, relation.translate(_SWAPPED), left
        known = relations.get((left, right), relation)
        both = "".join(sign for sign in _ALLOWED[known] if sign in _ALLOWED[relation])
        relations[left, right] = _RELATION.get(both, known)
    return [Operation(relation, sides) for sides, relation in relations.items()]


def _conditions(formula: Formula) -> Iterator[Operation]:
    if not isinstance(formula, Operation):
        return
    match formula:
        case Operation("if", (_, Operation(_, sides) as condition)):
            # What holds between two plain numbers always does.
            if not all(isinstance(side, Number) for side in sides):
                yield condition
    for operand in formula.operands:
        yield from _conditions(operand)
