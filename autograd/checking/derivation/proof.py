"""Whether a formula is right for all values: decided by SymPy, where it can."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograd.checking.derivation.claims import ClaimedFormula
from autograd.checking.derivation.reading.formulas import Formula
from autograd.checking.derivation.solution import LEARNING_RATE, Figure, Problem, Solution
from autograd.value import Value

# SymPy may take very long over larger ones; random points have been tried before.
_LARGEST_FORMULA = 300
_LARGEST_TO_SIMPLIFY = 50
_LARGEST_GRAPH = 300
_LARGEST_EXPONENT = 1000
# What is longer on the way is not looked at at all.
_LONGEST = 10_000
# Terms, if all parentheses are multiplied out.
_MOST_TERMS, _MOST_TERMS_TO_SIMPLIFY = 5000, 200
_DIGITS = 30

# What SymPy, or a claimed function that was written for floats, says about symbols.
_REFUSALS = (TypeError, ValueError, ArithmeticError, AttributeError, NotImplementedError)


def is_proved(problem: Problem, figure: Figure, claim: ClaimedFormula) -> bool:
    """Whether SymPy finds that a formula equals a figure for all values.

    Labelled nodes stand for themselves at first. Where that is not enough, what they
    were computed from is put in their place, the last ones first.

    Args:
        problem: a graph whose labels differ from one another.
        figure: what the formula is of; a new value only of a leaf.
        claim: a formula or function in labels.

    Returns:
        False also where SymPy is not installed, or could not tell.
    """
    try:
        import sympy
    except ImportError:
        return False
    nodes = list(problem.nodes)
    if len(nodes) > _LARGEST_GRAPH or not _is_short(nodes, figure.is_forward):
        return False
    if isinstance(claim, Formula) and claim.length > _LARGEST_FORMULA:
        return False
    symbols = _symbols(problem, sympy)
    is_value = figure.quantity == "value"
    named = {
        Figure("value", node): symbol
        for node, symbol in symbols.items()
        if node.parents and not (is_value and node is figure.node)
    }
    rate = sympy.Symbol(LEARNING_RATE, positive=True)
    try:
        leaves = {n: symbols.get(n) or sympy.Rational(str(n.data)) for n in nodes if not n.parents}
        solution = Solution(replace(problem, learning_rate=rate), leaves, named)
        claimed, right = solution.evaluate(claim, figure), solution.number(figure)
        difference = sympy.sympify(claimed - right)
        if _vanishes(difference, sympy):
            return True
        for node in reversed(problem.order):
            if symbols.get(node) in difference.free_symbols:
                difference = difference.xreplace({symbols[node]: solution.results[node]})
                if sympy.count_ops(difference) > _LONGEST:
                    return False
                if _vanishes(difference, sympy):
                    return True
    except _REFUSALS:
        pass
    return False


def _is_short(nodes: Sequence[Value], is_forward: bool) -> bool:
    """Whether a graph is short in formulas, in which what is used twice is written twice."""
    lengths: dict[Value, int] = {}
    for node in nodes:
        if node.rule is not None and node.rule.name in ("pow", "constant_power"):
            exponent: Any = node.rule.constants.get("exponent", node.parents[-1].data)
            if not abs(exponent) <= _LARGEST_EXPONENT:
                return False
        lengths[node] = 1 + sum(1 if parent.label else lengths[parent] for parent in node.parents)
    # The derivatives: a term for each path to the end.
    slopes = dict.fromkeys(nodes, 1)
    for node in () if is_forward else reversed(nodes):
        for parent in node.parents:
            slopes[parent] += slopes[node] + lengths[node]
    return max(*lengths.values(), *slopes.values()) <= _LONGEST


def _symbols(problem: Problem, sympy: Any) -> dict[Value, Any]:
    """A symbol for each labelled node; where several have one label, no two have one symbol."""
    symbols = {}
    for label, nodes in problem.labels.items():
        unique = sympy.Symbol if len(nodes) == 1 else sympy.Dummy
        symbols.update({node: unique(label, real=True) for node in nodes})
    return symbols


def _vanishes(difference: Any, sympy: Any) -> bool:
    """Whether it is 0. Numbers are tried first: it takes long to simplify what is not."""
    if sympy.count_ops(difference) > _LARGEST_FORMULA:
        return False
    powers = difference.atoms(sympy.Pow)
    if any(power.exp.is_number and not abs(power.exp) <= _LARGEST_EXPONENT for power in powers):
        return False
    draw = random.Random(0)
    numbers = {
        symbol: sympy.Rational(draw.randint(1, 99), 100)
        for symbol in sorted(difference.free_symbols, key=str)
    }
    at_random = sympy.N(difference.xreplace(numbers), _DIGITS)
    if not at_random.is_number or abs(at_random) > 10 ** (5 - _DIGITS):
        return False
    numerator = sympy.together(difference).as_numer_denom()[0]
    terms = _terms(numerator, sympy)
    if terms > _MOST_TERMS:
        return False
    if sympy.expand(numerator) == 0:
        return True
    is_small = sympy.count_ops(difference) <= _LARGEST_TO_SIMPLIFY
    is_small = is_small and terms <= _MOST_TERMS_TO_SIMPLIFY
    return is_small and bool(sympy.simplify(difference) == 0)


def _terms(expression: Any, sympy: Any) -> int:
    """How many terms it has at most when it is multiplied out; few where it has very many."""
    counts = [min(_terms(part, sympy), _MOST_TERMS + 1) for part in expression.args]
    if expression.is_Add:
        return sum(counts)
    if expression.is_Pow and expression.exp.is_Integer:
        base = counts[0]
        # As many as there are ways to share the exponent out.
        size = abs(int(expression.exp))
        return math.comb(base + size - 1, size) if base > 1 else 1
    # Of a function its operand is multiplied out too.
    return math.prod(counts)
