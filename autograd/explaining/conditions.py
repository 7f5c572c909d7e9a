"""The conditions under which a formula holds, in as few words as will do."""

from collections.abc import Iterator
from typing import Any

from autograd.explaining.expressions import Case, Comparison, Number, operands_of

# Each relation, as those of "less", "equal" and "more" that it allows.
_ALLOWED = {"<": "<", "≤": "<=", "=": "=", "≥": "=>", ">": ">"}
_RELATION = {allowed: relation for relation, allowed in _ALLOWED.items()}
_SWAPPED = str.maketrans("<>≤≥", "><≥≤")


def conditions_of(expression: Any) -> list[Comparison]:
    """The conditions under which an expression holds, one for each pair of sides, in order.

    >>> from autograd.explaining.expressions import Symbol
    >>> x, y = Symbol("x"), Symbol("y")
    >>> tie = Case(Case(Number(1), Comparison(x, "≤", y)), Comparison(y, "≤", x))
    >>> [condition.relation for condition in conditions_of(tie)]
    ['=']
    """
    found: dict[tuple[Any, Any], str] = {}
    for condition in _cases(expression):
        left, relation, right = condition.left, condition.relation, condition.right
        if (right, left) in found:
            left, relation, right = right, relation.translate(_SWAPPED), left
        known = found.get((left, right), relation)
        both = "".join(sign for sign in _ALLOWED[known] if sign in _ALLOWED[relation])
        found[left, right] = _RELATION.get(both, known)
    return [Comparison(left, relation, right) for (left, right), relation in found.items()]


def _cases(expression: Any) -> Iterator[Comparison]:
    if isinstance(expression, Case):
        sides = expression.condition.left, expression.condition.right
        # What holds between two plain numbers always does.
        if not all(isinstance(side, Number) for side in sides):
            yield expression.condition
    for operand in operands_of(expression):
        yield from _cases(operand)
