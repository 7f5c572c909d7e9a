r"""Formulas in text, LaTeX and MathML: a table of operations for each, and one walk."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, NamedTuple

from autograd.explaining.digits import number_shown
from autograd.explaining.formulas import (
    ELLIPSIS,
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    operands_of,
)
from autograd.explaining.name_printing import name_latex, name_mathml, name_text, words

# How tightly a formula holds together: where a tighter one is needed, it is put in parentheses.
LOOSE, SIGNED, PRODUCT, POWER, ATOM = range(5)


class Form(NamedTuple):
    """How an operation is written.

    Attributes:
        template: the text, with braces for the operands.
        precedence: how tightly the whole holds together.
        operands: how tightly each operand must hold together to need no parentheses.
    """

    template: str
    precedence: int
    operands: tuple[int, ...]


def _comparisons(template: str, signs: Mapping[str, str]) -> dict[str, Form]:
    """The form of each comparison, by its sign as it is written in the notation."""
    return {
        relation: Form(template.format(sign), LOOSE, (LOOSE, LOOSE))
        for relation, sign in signs.items()
    }


# The form of each operation in each notation. Sums and products are written by the walk, and an
# operation without a form is written as a function of its operands.
_TEXT = {
    "neg": Form("−{}", SIGNED, (PRODUCT,)),
    "div": Form("{} / {}", PRODUCT, (SIGNED, POWER)),
    "pow": Form("{}^{}", POWER, (ATOM, ATOM)),
    "abs": Form("|{}|", ATOM, (LOOSE,)),
    **_comparisons("{{}} {} {{}}", {sign: sign for sign in "<≤=≥>"}),
}
_LATEX = {
    "neg": Form("-{}", SIGNED, (PRODUCT,)),
    "div": Form(r"\frac{{{}}}{{{}}}", POWER, (LOOSE, LOOSE)),
    "pow": Form("{}^{{{}}}", POWER, (ATOM, LOOSE)),
    "abs": Form(r"\left|{}\right|", ATOM, (LOOSE,)),
    "sqrt": Form(r"\sqrt{{{}}}", ATOM, (LOOSE,)),
    **_comparisons("{{}} {} {{}}", {"<": "<", "≤": r"\leq", "=": "=", "≥": r"\geq", ">": ">"}),
}
_MATHML = {
    "neg": Form("<mo>−</mo>{}", SIGNED, (PRODUCT,)),
    "div": Form("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>", POWER, (LOOSE, LOOSE)),
    "pow": Form("<msup><mrow>{}</mrow><mrow>{}</mrow></msup>", POWER, (ATOM, LOOSE)),
    "abs": Form("<mrow><mo>|</mo>{}<mo>|</mo></mrow>", ATOM, (LOOSE,)),
    "sqrt": Form("<msqrt>{}</msqrt>", ATOM, (LOOSE,)),
    **_comparisons("{{}}<mo>{}</mo>{{}}", {sign: escape(sign) for sign in "<≤=≥>"}),
}

# Functions that have a letter or a command of their own; ′ marks a derivative.
_FUNCTIONS = {"sigmoid": "σ", "sigmoid′": "σ′"}
_LATEX_COMMANDS = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh")
_LATEX_FUNCTIONS = {"sigmoid": r"\sigma", **{name: rf"\{name}" for name in _LATEX_COMMANDS}}

# Longer sums are abridged to the first terms and the last.
_MOST_TERMS, _FIRST_TERMS = 8, 3

# Where the page finds the number of a name or a derivative; None if the name itself is written.
Place = Callable[[Symbol | Derivative], str | None]


def _nowhere(_: Symbol | Derivative) -> None:
    """No number is filled in."""


def text(formula: Formula, digits: int) -> str:
    """A formula on one line.

    Args:
        formula: the formula to write.
        digits: how many significant digits numbers have.

    >>> o_minus_t = Operation("sum", (Symbol("o"), Operation("neg", (Symbol("t"),))))
    >>> text(Operation("mul", (Number(2.0), o_minus_t)), digits=4)
    '2 · (o − t)'
    """
    return _Text(digits).within(formula, LOOSE)


def latex(formula: Formula, digits: int) -> str:
    r"""A formula in LaTeX, for amsmath, MathJax and KaTeX.

    >>> print(latex(Operation("div", (Derivative("E", "w5"), Symbol("a_h1"))), digits=4))
    \frac{\frac{\partial E}{\partial w_{5}}}{a_{h_{1}}}
    """
    return _LaTeX(digits).within(formula, LOOSE)


def latex_terms(formula: Formula, digits: int) -> list[str]:
    r"""The terms of a sum, which together are its LaTeX; of anything else, its LaTeX.

    >>> latex_terms(Operation("sum", (Symbol("x"), Symbol("y"))), digits=4)
    ['x', ' + y']
    """
    return _LaTeX(digits).terms(formula)


def mathml(formula: Formula, digits: int, place: Place = _nowhere) -> str:
    """A formula as the content of a `math` element.

    Args:
        formula: the formula to write.
        digits: how many significant digits plain numbers have.
        place: gives, for a name, the place of the number that the page fills in instead.

    >>> mathml(Operation("mul", (Symbol("w5"), Number(2.0))), digits=4)
    '<msub><mi>w</mi><mn>5</mn></msub> <mo>·</mo> <mn>2</mn>'
    """
    return _MathML(digits, place).within(formula, LOOSE)


def mathml_terms(formula: Formula, digits: int) -> list[str]:
    """The terms of a sum, each as the content of a `math` element; as `latex_terms` does.

    >>> mathml_terms(Operation("sum", (Symbol("x"), Symbol("y"))), digits=4)
    ['<mi>x</mi>', '<mo>+</mo><mi>y</mi>']
    """
    return _MathML(digits).terms(formula)


class _Printer(ABC):
    """The walk, and what differs from one notation to the next.

    Attributes:
        forms: the form of each operation.
        plus, minus, dot, comma: what stands between operands.
        sign: what a negative number begins with; None if numbers are not known yet.
        slope, direct: the templates of ∂E/∂w, and of the mark of a direct derivative.
        name: writes the name of a Value.
    """

    forms: Mapping[str, Form]
    plus: str
    minus: str
    dot: str
    comma: str
    sign: str | None
    slope: str
    direct: str
    name: Callable[[str], str]

    def __init__(self, digits: int):
        self.digits = digits

    def within(self, part: Formula, least: int) -> str:
        """A formula, in parentheses if it holds together less tightly than `least`."""
        inner, precedence = self.write(part)
        return inner if precedence >= least else self.parenthesized(inner)

    def write(self, formula: Formula) -> tuple[str, int]:
        """A formula as it is written, and how tightly it holds together."""
        match formula:
            case Number(value):
                return self.number(value)
            case Symbol(name):
                return self.name(name), ATOM
            case Derivative():
                return self.derivative(formula), ATOM
            case Operation("if", (chosen, _)):
                return self.write(chosen)
            case Operation("sum"):
                return "".join(self.terms(formula)), LOOSE
            case Operation("mul", factors):
                return self.signed(self.product(factors), PRODUCT)
        return self.operation(formula)

    def operation(self, formula: Operation) -> tuple[str, int]:
        """An operation other than a sum or a product, by its form or as a function."""
        form = self.forms.get(formula.name)
        # A user's own rule may have the same name but more operands.
        if form is None or len(form.operands) != len(formula.operands):
            operands = self.comma.join(self.within(x, LOOSE) for x in formula.operands)
            return self.function(formula.name) + self.parenthesized(operands), ATOM
        written = form.template.format(*map(self.within, formula.operands, form.operands))
        return self.signed(written, form.precedence)

    def signed(self, written: str, precedence: int) -> tuple[str, int]:
        """A product that begins with a sign holds together less tightly, as in 2 + (−3 · x)."""
        has_sign = self.sign is not None and written.startswith(self.sign)
        return written, SIGNED if has_sign and precedence == PRODUCT else precedence

    def product(self, factors: tuple[Formula, ...], first: int = SIGNED) -> str:
        """The factors with dots between them; only the first may have a sign."""
        least = (first, *(POWER for _ in factors[1:]))
        return self.dot.join(map(self.within, factors, least))

    def terms(self, formula: Formula) -> list[str]:
        """The terms of a sum; each but the first begins with the sign before it."""
        terms = operands_of("sum", formula)
        if len(terms) == 1:
            return [self.within(formula, LOOSE)]
        if len(terms) > _MOST_TERMS:
            terms = (*terms[:_FIRST_TERMS], ELLIPSIS, terms[-1])
        written = [self.within(terms[0], SIGNED)]
        for term in terms[1:]:
            sign, operand = self.plus, term
            match term:
                case Operation("neg", (operand,)):
                    sign = self.minus
            match operand:
                case Operation("mul", factors):
                    written.append(sign + self.product(factors, first=POWER))
                case _:
                    written.append(sign + self.within(operand, PRODUCT))
        return written

    def derivative(self, derivative: Derivative) -> str:
        slope = self.slope.format(self.name(derivative.of), self.name(derivative.by))
        return self.direct.format(slope) if derivative.direct else slope

    @abstractmethod
    def number(self, value: Any) -> tuple[str, int]:
        """A plain number, and how tightly it holds together."""

    @abstractmethod
    def function(self, name: str) -> str:
        """The name of a function; ′ marks a derivative of which only the number is known."""

    @abstractmethod
    def parenthesized(self, inner: str) -> str:
        """Puts what is written in parentheses."""


class _Text(_Printer):
    forms = _TEXT
    plus, minus, dot, comma, sign = " + ", " − ", " · ", ", ", "−"
    slope, direct = "∂{}/∂{}", "{}|direct"
    name = staticmethod(name_text)

    # Lanes have brackets of their own.
    _ATOM = re.compile(r"[\w.]+['′]*(\[\w+\])*|…|\[[^\[\]]*\]")
    _POWER = re.compile(r"[\d.]+e−?\d+")
    _NEGATIVE = re.compile(r"−[\d.]+(e−?\d+)?")
    _SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

    def operation(self, formula: Operation) -> tuple[str, int]:
        match formula:
            # x² and x⁻¹, but x^y and x^(y + 1).
            case Operation("pow", (base, exponent)):
                raised = self.within(exponent, ATOM).strip("()").replace("−", "-")
                if re.fullmatch(r"-?[0-9]+", raised):
                    return self.within(base, ATOM) + raised.translate(self._SUPERSCRIPTS), POWER
            # 1/2, but x / 2.
            case Operation("div", (Number(x), Number(y))) if type(x) is type(y) is int:
                whole, precedence = super().operation(formula)
                return whole.replace(" ", ""), precedence
        return super().operation(formula)

    def number(self, value: Any) -> tuple[str, int]:
        written = number_shown(value, self.digits).replace("-", "−")
        if self._ATOM.fullmatch(written):
            return written, ATOM
        if self._POWER.fullmatch(written):
            return written, POWER
        return written, SIGNED if self._NEGATIVE.fullmatch(written) else LOOSE

    def function(self, name: str) -> str:
        return _FUNCTIONS.get(name, name)

    def parenthesized(self, inner: str) -> str:
        return f"({inner})"


class _LaTeX(_Printer):
    forms = _LATEX
    plus, minus, dot, comma, sign = " + ", " - ", r" \cdot ", ", ", "-"
    slope, direct = r"\frac{{\partial {}}}{{\partial {}}}", r"\left.{}\right|_{{\text{{direct}}}}"
    name = staticmethod(name_latex)

    def number(self, value: Any) -> tuple[str, int]:
        written = number_shown(value, self.digits)
        sign, size = ("-", written[1:]) if written.startswith("-") else ("", written)
        if found := re.fullmatch(r"(\d+)/(\d+)", size):
            return rf"{sign}\frac{{{found[1]}}}{{{found[2]}}}", SIGNED if sign else POWER
        if found := re.fullmatch(r"([\d.]+)e(-?\d+)", size):
            power = rf"{sign}{found[1]} \cdot 10^{{{found[2]}}}"
            return power, SIGNED if sign else PRODUCT
        if re.fullmatch(r"[\d.]+", size):
            return written, SIGNED if sign else ATOM
        return {"inf": r"\infty", "-inf": r"-\infty"}.get(written) or words(written), LOOSE

    def function(self, name: str) -> str:
        plain, _, operand = name.partition("′")
        mark = f"'_{{{operand}}}" if operand else "'" * (plain != name)
        return _LATEX_FUNCTIONS.get(plain, rf"\operatorname{{{words(plain)}}}") + mark

    def parenthesized(self, inner: str) -> str:
        return rf"\left({inner}\right)"


class _MathML(_Printer):
    forms = _MATHML
    plus, minus, dot, comma = "<mo>+</mo>", "<mo>−</mo>", " <mo>·</mo> ", "<mo>,</mo>"
    # A number that the page fills in may or may not have a sign.
    sign = None
    slope = "<mfrac><mrow><mo>∂</mo>{}</mrow><mrow><mo>∂</mo>{}</mrow></mfrac>"
    direct = "<msub>{}<mtext>direct</mtext></msub>"
    name = staticmethod(name_mathml)

    def __init__(self, digits: int, place: Place = _nowhere):
        super().__init__(digits)
        self.place = place

    def within(self, part: Formula, least: int) -> str:
        if isinstance(part, (Symbol, Derivative)) and (place := self.place(part)):
            # Nor is it known here whether it needs parentheses.
            return f'<mrow data-number="{place}" data-least="{least}"></mrow>'
        return super().within(part, least)

    def operation(self, formula: Operation) -> tuple[str, int]:
        match formula:
            case Operation("neg", (Operation("mul", factors),)):
                return f"<mo>−</mo>{self.product(factors, first=POWER)}", SIGNED
        return super().operation(formula)

    def number(self, value: Any) -> tuple[str, int]:
        written = number_shown(value, self.digits)
        size = written.removeprefix("-")
        # After a parenthesis it would have the spaces of a difference.
        sign = '<mo form="prefix">−</mo>' if size != written else ""
        is_atom = re.fullmatch(r"[\w.]+", size) is not None
        element = f"{sign}<mn>{escape(size.replace('-', '−'))}</mn>"
        return element, (SIGNED if sign else ATOM) if is_atom else LOOSE

    def function(self, name: str) -> str:
        return f"<mi>{escape(_FUNCTIONS.get(name, name))}</mi>"

    def parenthesized(self, inner: str) -> str:
        # They grow only around fractions: around a single line, tall ones look loose.
        grows = "" if "<mfrac" in inner else ' stretchy="false"'
        return f"<mrow><mo{grows}>(</mo>{inner}<mo{grows}>)</mo></mrow>"
