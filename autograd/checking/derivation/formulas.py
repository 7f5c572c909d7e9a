"""Formulas as people write them, read without running any code of theirs."""

import ast
import keyword
import math
import operator
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from autograd.checking.derivation.faults import choice, shortened, syntax_fault
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES
from autograd.value import data_of

_TYPOGRAPHY = str.maketrans({"−": "-", "·": "*", "×": "*", "÷": "/", "^": "**"})
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("⁻" + _SUPERSCRIPTS, "-0123456789")
_ALIASES = {"Abs": "abs", "Max": "maximum", "max": "maximum", "Min": "minimum", "min": "minimum"}
_ALIASES |= {"ln": "log", "σ": "sigmoid"}
# What they need besides operands can't be said in a formula.
_FUNCTIONS = sorted(PRIMITIVES.keys() - {"constant_power", "select", "where"})
_CONSTANTS = {"pi": math.pi}
# The derivative of the error with respect to a node, as a factor in a formula.
GRADIENT = "gradient"

# 9 ** 9 ** 9 would take longer than anyone waits. In characters, and in bits of exact numbers.
_LONGEST_TEXT = 100_000
_LONGEST_NUMBER = 40_000
# Where the numbers of the labels are longer, so may those be that are made of them.
_TIMES_LONGER = 100

_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
# A label that is a number can't be told from one.
_NUMBER = re.compile(r"[\d_]+(\.[\d_]*)?(e-?\d+)?", re.IGNORECASE)
# What comes before a parenthesis where a factor was meant.
_FACTORS = (ast.BinOp, ast.Constant, ast.Call)


class Formula:
    """A formula in names; called, it is evaluated in any kind of number.

    Args:
        text: with + - * / ** or ^, parentheses, numbers, the labels, `gradient(label)`,
            and the functions of autograd by name; or as `explain` prints it: x², ∂E/∂x.
        labels: the names that it may use.
        error: what the error is called, of which it may name the derivatives.

    Attributes:
        text: as it was written.
        names: the labels whose numbers it uses.
        gradients: the labels whose gradients it uses.

    Raises:
        ValueError: for anything else in the text.

    >>> formula = Formula("(o - t) * h1", ["o", "t", "h1"])
    >>> formula({"o": 3, "t": 1, "h1": 5}.__getitem__)
    10
    """

    def __init__(self, text: str, labels: Iterable[str], error: str = "E"):
        self.text = text
        if len(text) > _LONGEST_TEXT:
            raise ValueError(
                f"a formula has at most {_LONGEST_TEXT:,} characters, and this has {len(text):,}"
            )
        spelled, self._labels = _as_python(text, labels, error)
        tree = _parsed(text, spelled)
        self._steps = _postfix(tree)
        for step in self._steps:
            self._check(step)
        names = [step for step in self._steps if isinstance(step, ast.Name)]
        self.names = {self._labels[name.id] for name in names if name.id in self._labels}
        calls = [step for step in self._steps if isinstance(step, ast.Call)]
        arguments = [call.args[0] for call in calls if _function_name(call) == GRADIENT]
        self.gradients = {self._labels[a.id] for a in arguments if isinstance(a, ast.Name)}

    @property
    def length(self) -> int:
        """How many labels, numbers and operations it has."""
        return len(self._steps)

    @property
    def is_constant(self) -> bool:
        """Whether it is made of numbers alone."""
        return not self.names and not self.gradients

    def __call__(
        self, number: Callable[[str], Number], gradient: Callable[[str], Number] | None = None
    ) -> Number:
        """The formula in numbers: those that `number` and `gradient` give for each label."""
        stack: list[Any] = []
        limit = _LONGEST_NUMBER
        for step in self._steps:
            if isinstance(step, ast.Constant):
                stack.append(_exact(step.value))
            elif isinstance(step, ast.Name) and step.id in self._labels:
                stack.append(number(self._labels[step.id]))
                limit = max(limit, _TIMES_LONGER * _bits(data_of(stack[-1])))
            elif isinstance(step, ast.Name):
                stack.append(_CONSTANTS[step.id])
            elif isinstance(step, ast.Call) and _function_name(step) == GRADIENT:
                assert gradient is not None
                assert isinstance(step.args[0], ast.Name)
                stack.append(gradient(self._labels[step.args[0].id]))
                limit = max(limit, _TIMES_LONGER * _bits(data_of(stack[-1])))
            else:
                count = len(_operands(step))
                stack[len(stack) - count :] = [_apply(step, stack[len(stack) - count :], limit)]
        return stack[0]

    def _check(self, step: ast.AST) -> None:
        fault = self._fault(step)
        if fault:
            raise ValueError(f"in the formula {shortened(self.text)!r}, {fault}")

    def _fault(self, step: ast.AST) -> str | None:
        if isinstance(step, ast.Name):
            if step.id in self._labels or step.id in _CONSTANTS:
                return None
            return f"{shortened(step.id)} is no label: {choice(step.id, self._labels.values())}"
        if isinstance(step, ast.Constant):
            return _constant_fault(step.value)
        if isinstance(step, ast.Call):
            return self._call_fault(step)
        if isinstance(step, ast.BinOp | ast.UnaryOp):
            kind = type(step.op)
            known = kind in _OPERATORS or kind is ast.Pow
            return None if known else f"{kind.__name__} is no operator of formulas"
        return f"{self._written(step)} is neither a number, a label, a function nor an operator"

    def _call_fault(self, call: ast.Call) -> str | None:
        name = _function_name(call)
        if isinstance(call.func, _FACTORS) or (name in self._labels and name not in _FUNCTIONS):
            return f"a * is missing before ({', '.join(map(self._written, call.args))})"
        if name == GRADIENT:
            node = call.args[0] if len(call.args) == 1 else None
            known = isinstance(node, ast.Name) and node.id in self._labels
            return None if known else f"{GRADIENT}() takes one label"
        if name not in _FUNCTIONS or call.keywords:
            shown = self._written(call)
            return f"{shown} calls no function of formulas: {choice(name, _FUNCTIONS)}"
        expected = len(PRIMITIVES[name].operand_names)
        if PRIMITIVES[name].takes_any_number:
            return None if call.args else f"{name}() takes at least one number"
        if len(call.args) == expected:
            return None
        return f"{name}() takes {expected} number(s), not {len(call.args)}"

    def _written(self, step: ast.AST) -> str:
        """A part of it, with the labels as they are."""
        try:
            text = ast.unparse(step)
        except RecursionError:
            return "a long part of it"
        return shortened(re.sub(r"\w+", lambda m: self._labels.get(m[0], m[0]), text))


def _parsed(text: str, spelled: str) -> ast.expr:
    """A formula as Python reads it; to Python # starts a comment, and ends what it reads."""
    is_deep = False
    try:
        # Python warns of "2if x", in words of its own.
        with warnings.catch_warnings(action="ignore"):
            if "#" not in spelled:
                return ast.parse(spelled, mode="eval").body
    except (MemoryError, RecursionError):
        is_deep = True
    except (SyntaxError, ValueError) as error:
        is_deep = "too many nested" in str(error)
    fault = syntax_fault(spelled) or (
        "or one too deep to read" if is_deep else "a sign or a number is out of place"
    )
    raise ValueError(
        f"{shortened(text)!r} is no formula, {fault}: write it as in '(o - t) * h1'"
    ) from None


def _constant_fault(number: Any) -> str | None:
    if type(number) not in (int, float):
        return f"{shortened(repr(number))} is no number"
    is_long = number == math.inf or (type(number) is int and number.bit_length() > _LONGEST_NUMBER)
    return "a number is too large" if is_long else None


def _as_python(text: str, labels: Iterable[str], error: str) -> tuple[str, dict[str, str]]:
    """The text as Python would have it, and the label of each identifier."""
    # Before labels are spelled: that of the error may be no identifier.
    plain = re.sub(rf"∂{re.escape(error)}/∂([^\W{_SUPERSCRIPTS}]+)", rf"{GRADIENT}(\1)", text)
    spelled, found = _as_identifiers(plain.translate(_TYPOGRAPHY), labels)
    # After labels are spelled: they may have superscripts of their own.
    raised = re.sub(rf"⁻?[{_SUPERSCRIPTS}]+", lambda m: f"**{m[0].translate(_RAISED)}", spelled)
    # On one line, with plain blanks: what was copied from elsewhere may have others.
    return " ".join(raised.split()), found


def _as_identifiers(text: str, labels: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The text with each label as Python can read it, and the label of each identifier."""
    found = {}
    labels = sorted(labels, key=len, reverse=True)
    # What no label and no word of the text begins with.
    start = "_label_"
    while start in text or any(start in label for label in labels):
        start = f"_{start}"
    for position, label in enumerate(labels):
        plain = label.isidentifier() and not keyword.iskeyword(label)
        if plain and unicodedata.normalize("NFKC", label) == label:
            found[label] = label
        elif label and not re.search(r"[\s+*/(),-]", label) and not _NUMBER.fullmatch(label):
            found[f"{start}{position}"] = label
            text = re.sub(
                rf"(?<!\w){re.escape(label)}(?![^\W{_SUPERSCRIPTS}])", f"{start}{position}", text
            )
    return text, found


def _postfix(tree: ast.expr) -> Sequence[ast.expr]:
    """The parts of a formula, each after its operands: no recursion, so length is no limit."""
    steps, waiting = [], [tree]
    while waiting:
        step = waiting.pop()
        steps.append(step)
        waiting += _operands(step)
    return steps[::-1]


def _operands(step: ast.expr) -> list[ast.expr]:
    if isinstance(step, ast.BinOp):
        return [step.left, step.right]
    if isinstance(step, ast.UnaryOp):
        return [step.operand]
    if isinstance(step, ast.Call) and _function_name(step) != GRADIENT:
        return step.args
    return []


def _function_name(call: ast.Call) -> str:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return _ALIASES.get(name, name)


def _apply(step: ast.expr, operands: Sequence[Number], limit: int) -> Number:
    if isinstance(step, ast.Call):
        return PRIMITIVES[_function_name(step)](*operands)
    assert isinstance(step, ast.BinOp | ast.UnaryOp)
    if isinstance(step.op, ast.Pow):
        base, exponent = operands
        return _power(base, exponent, limit)
    result = _OPERATORS[type(step.op)](*operands)
    if _bits(data_of(result)) > limit:
        raise ValueError("a number in a formula has too many digits")
    return result


def _bits(number: Any) -> int:
    """How long an exact number is; 1 for a symbol."""
    if not isinstance(number, int | Fraction):
        return 1
    return max(abs(number.numerator), number.denominator).bit_length()


def _power(base: Number, exponent: Number, limit: int) -> Number:
    number: Any = data_of(base)
    times: Any = data_of(exponent)
    is_exact = isinstance(times, int | Fraction) and not isinstance(number, float)
    if is_exact and _bits(number) * abs(Fraction(times)) > limit:
        shown = number_text(number), number_text(times)
        raise ValueError(f"the power {'**'.join(shown)} in a formula is too large")
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    return base ** (int(exponent) if whole else exponent)


def _exact(number: Any) -> Fraction:
    """A number of a formula as it was written: 0.1 is one tenth."""
    return Fraction(repr(number) if isinstance(number, float) else number)
