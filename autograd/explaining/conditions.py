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
    found: list[Comparison] = []
    for condition in _cases(expression):
        for place, known in enumerate(found):
            if (known.left, known.right) == (condition.right, condition.left):
                condition = _swapped(condition)
            if (known.left, known.right) == (condition.left, condition.right):
                found[place] = _both(known, condition)
                break
        else:
            found.append(condition)
    return found


def _cases(expression: Any) -> Iterator[Comparison]:
    if isinstance(expression, Case):
        sides = expression.condition.left, expression.condition.right
        # What holds between two plain numbers always does.
        if not all(isinstance(side, Number) for side in sides):
            yield expression.condition
    for operand in operands_of(expression):
        yield from _cases(operand)


def _swapped(condition: Comparison) -> Comparison:
    relation = condition.relation.translate(_SWAPPED)
    return Comparison(condition.right, relation, condition.left)


def _both(first: Comparison, second: Comparison) -> Comparison:
    """One condition in the place of two on the same sides."""
    allowed = "".join(c for c in _ALLOWED[first.relation] if c in _ALLOWED[second.relation])
    return Comparison(first.left, _RELATION.get(allowed, first.relation), first.right)
