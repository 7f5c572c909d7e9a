r"""Formulas and names in LaTeX, for amsmath, MathJax and KaTeX."""

import re
from typing import Any

from autograd.explaining.expressions import (
    Call,
    Case,
    Comparison,
    Derivative,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)
from autograd.explaining.names import name_latex, words
from autograd.explaining.text import exact_or_rounded
from autograd.explaining.tightness import ATOM, LOOSE, POWER, PRODUCT, SIGNED, product, total

_RELATIONS = {"≤": r"\leq", "≥": r"\geq", "<": "<", ">": ">", "=": "="}
_OPERATORS = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")
_FUNCTIONS = {"sigmoid": r"\sigma", **{name: rf"\{name}" for name in _OPERATORS}}


def latex(expression: Any, digits: int) -> str:
    r"""An expression in LaTeX.

    >>> print(latex(Quotient(Derivative("E", "w5"), Symbol("a_h1")), digits=4))
    \frac{\frac{\partial E}{\partial w_{5}}}{a_{h_{1}}}
    """
    return _latex(expression, digits)[0]


def _latex(expression: Any, digits: int) -> tuple[str, int]:
    """The LaTeX, and how tightly it holds together."""

    def within(part: Any, least: int) -> str:
        inner, tightness = _latex(part, digits)
        return inner if tightness >= least else rf"\left({inner}\right)"

    match expression:
        case Number(value):
            return _number(value, digits)
        case Symbol(name):
            return name_latex(name), ATOM
        case Derivative(of, by, direct):
            slope = rf"\frac{{\partial {name_latex(of)}}}{{\partial {name_latex(by)}}}"
            return (rf"\left.{slope}\right|_{{\text{{direct}}}}" if direct else slope), ATOM
        case Sum(terms):
            return total(terms, within, "-", r"\cdot"), LOOSE
        case Negative(operand):
            return f"-{within(operand, PRODUCT)}", SIGNED
        case Product(factors):
            written = product(factors, within, r"\cdot")
            return written, SIGNED if written[0] == "-" else PRODUCT
        case Quotient(dividend, divisor):
            return rf"\frac{{{within(dividend, LOOSE)}}}{{{within(divisor, LOOSE)}}}", POWER
        case Power(base, exponent):
            return f"{within(base, ATOM)}^{{{within(exponent, LOOSE)}}}", POWER
        case Comparison(left, relation, right):
            sides = within(left, LOOSE), _RELATIONS[relation], within(right, LOOSE)
            return " ".join(sides), LOOSE
        case Case(chosen, _):
            return _latex(chosen, digits)
        case Call("abs" | "absolute", (operand,)):
            return rf"\left|{within(operand, LOOSE)}\right|", ATOM
        case Call("sqrt", (operand,)):
            return rf"\sqrt{{{within(operand, LOOSE)}}}", ATOM
    operands = ", ".join(within(operand, LOOSE) for operand in expression.operands)
    return rf"{_function(expression.name)}\left({operands}\right)", ATOM


def _function(name: str) -> str:
    plain, _, operand = name.partition("′")
    mark = f"'_{{{operand}}}" if operand else "'" * (plain != name)
    return _FUNCTIONS.get(plain, rf"\operatorname{{{words(plain)}}}") + mark


def _number(value: Any, digits: int) -> tuple[str, int]:
    written = exact_or_rounded(value, digits)
    sign, size = ("-", written[1:]) if written.startswith("-") else ("", written)
    if found := re.fullmatch(r"(\d+)/(\d+)", size):
        return rf"{sign}\frac{{{found[1]}}}{{{found[2]}}}", SIGNED if sign else POWER
    if found := re.fullmatch(r"([\d.]+)e(-?\d+)", size):
        power = rf"{sign}{found[1]} \cdot 10^{{{found[2]}}}"
        return power, SIGNED if sign else PRODUCT
    if re.fullmatch(r"[\d.]+", size):
        return written, SIGNED if sign else ATOM
    return {"inf": r"\infty", "-inf": r"-\infty"}.get(written) or words(written), LOOSE
