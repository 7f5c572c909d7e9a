"""Formulas as people write them, read without running any code of theirs.

A text is spelled as Python has it, parsed by Python, and compared part by part with what a
formula may be made of. Evaluated are these parts, each from the numbers of its operands.
"""

import ast
import difflib
import keyword
import math
import operator
import re
import unicodedata
import warnings
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

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
_GRADIENT = "gradient"

# 9 ** 9 ** 9 would take longer than anyone waits. In characters, and in bits of exact numbers.
_LONGEST_TEXT = 100_000
_LONGEST_NUMBER = 40_000
# Where the numbers of the labels are longer, so may those be that are made of them.
_TIMES_LONGER = 100

# A label that is a number can't be told from one.
_NUMBER = re.compile(r"[\d_]+(\.[\d_]*)?(e-?\d+)?", re.IGNORECASE)
# What comes before a parenthesis where a factor was meant.
_FACTORS = (ast.BinOp, ast.Constant, ast.Call)
_SIGNS = "+-*/().,_"
# Two factors side by side: ")(" or ")x", "x y", "2x".
_SIDE_BY_SIDE = re.compile(r"\)\s*[\w(]|\b\w+\s+\w+|(?<![\w.])\d[\d.]*[^\W\d]\w*")
# More names than these are no help to choose from.
_MANY = 8
_NEAREST = 4
# Of a text that is no formula, in the message.
_LONGEST_SHOWN = 80
_NO_GRADIENTS: Mapping[str, Number] = MappingProxyType({})


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
        length: how many labels, numbers and operations it has.

    Raises:
        ValueError: for anything else in the text.

    >>> formula = Formula("(o - t) * h1", ["o", "t", "h1"])
    >>> formula({"o": 3, "t": 1, "h1": 5})
    10
    """

    def __init__(self, text: str, labels: Iterable[str], error: str = "E"):
        self.text = text
        if len(text) > _LONGEST_TEXT:
            raise ValueError(
                f"a formula has at most {_LONGEST_TEXT:,} characters, and this has {len(text):,}"
            )
        spelled, self._labels = _as_python(text, labels, error)
        self._whole = _parsed(text, spelled)
        # The parts that are given, and those that are computed from their operands.
        self._constants: dict[ast.expr, Number] = {}
        self._label_of: dict[ast.expr, str] = {}
        self._gradient_of: dict[ast.expr, str] = {}
        self._operations: list[tuple[ast.expr, Operation, Sequence[ast.expr]]] = []
        parts = _operands_first(self._whole)
        for part in parts:
            try:
                self._add(part)
            except ValueError as fault:
                raise ValueError(f"in the formula {shortened(text)!r}, {fault}") from None
        self.length = len(parts)
        self.names = tuple(sorted(set(self._label_of.values())))
        self.gradients = tuple(sorted(set(self._gradient_of.values())))

    @property
    def is_constant(self) -> bool:
        """Whether it is made of numbers alone."""
        return not self.names and not self.gradients

    def __call__(
        self, numbers: Mapping[str, Number], gradients: Mapping[str, Number] = _NO_GRADIENTS
    ) -> Number:
        """The formula in numbers: those of the labels, and those of their gradients."""
        given = {part: numbers[label] for part, label in self._label_of.items()}
        given |= {part: gradients[label] for part, label in self._gradient_of.items()}
        longest = max((_bits(data_of(number)) for number in given.values()), default=0)
        limit = max(_LONGEST_NUMBER, _TIMES_LONGER * longest)
        results = {**self._constants, **given}
        for part, operation, operands in self._operations:
            results[part] = _computed(operation, [results[x] for x in operands], limit)
        return results[self._whole]

    def _add(self, part: ast.expr) -> None:
        """Notes how the number of a part is found, or says why it can't be part of a formula."""
        if isinstance(part, ast.Name) and part.id in self._labels:
            self._label_of[part] = self._labels[part.id]
        elif isinstance(part, ast.Name) and part.id in _CONSTANTS:
            self._constants[part] = _CONSTANTS[part.id]
        elif isinstance(part, ast.Name):
            known = choice(part.id, self._labels.values())
            raise ValueError(f"{shortened(part.id)} is no label: {known}")
        elif isinstance(part, ast.Constant):
            self._constants[part] = _exact(part.value)
        elif isinstance(part, ast.Call):
            self._add_call(part)
        elif not isinstance(part, ast.BinOp | ast.UnaryOp):
            shown = self._written(part)
            raise ValueError(f"{shown} is neither a number, a label, a function nor an operator")
        elif type(part.op) not in _OPERATORS:
            raise ValueError(f"{type(part.op).__name__} is no operator of formulas")
        else:
            self._operations.append((part, _OPERATORS[type(part.op)], _operands(part)))

    def _add_call(self, call: ast.Call) -> None:
        name, count = _function_name(call), len(call.args)
        if isinstance(call.func, _FACTORS) or (name in self._labels and name not in _FUNCTIONS):
            factor = ", ".join(map(self._written, call.args))
            raise ValueError(f"a * is missing before ({factor})")
        if name == _GRADIENT:
            node = call.args[0] if count == 1 else None
            if not isinstance(node, ast.Name) or node.id not in self._labels:
                raise ValueError(f"{_GRADIENT}() takes one label")
            self._gradient_of[call] = self._labels[node.id]
            return
        if name not in _FUNCTIONS or call.keywords:
            shown = self._written(call)
            known = choice(name, _FUNCTIONS)
            raise ValueError(f"{shown} calls no function of formulas: {known}")
        function = PRIMITIVES[name]
        expected = len(function.operand_names)
        if function.takes_any_number and not count:
            raise ValueError(f"{name}() takes at least one number")
        if not function.takes_any_number and count != expected:
            raise ValueError(f"{name}() takes {expected} number(s), not {count}")
        self._operations.append((call, _power if name == "pow" else function, call.args))

    def _written(self, part: ast.expr) -> str:
        """A part of it, with the labels as they are."""
        try:
            text = ast.unparse(part)
        except RecursionError:
            return "a long part of it"
        return shortened(re.sub(r"\w+", lambda m: self._labels.get(m[0], m[0]), text))


# Spelled as Python has it


def _as_python(text: str, labels: Iterable[str], error: str) -> tuple[str, dict[str, str]]:
    """The text as Python would have it, and the label of each identifier."""
    # Before labels are spelled: that of the error may be no identifier.
    plain = re.sub(rf"∂{re.escape(error)}/∂([^\W{_SUPERSCRIPTS}]+)", rf"{_GRADIENT}(\1)", text)
    spelled, label_of = _as_identifiers(plain.translate(_TYPOGRAPHY), labels)
    # After labels are spelled: they may have superscripts of their own.
    raised = re.sub(rf"⁻?[{_SUPERSCRIPTS}]+", lambda m: f"**{m[0].translate(_RAISED)}", spelled)
    # On one line, with plain blanks: what was copied from elsewhere may have others.
    return " ".join(raised.split()), label_of


def _as_identifiers(text: str, labels: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The text with each label as Python can read it, and the label of each identifier."""
    label_of = {}
    labels = sorted(labels, key=len, reverse=True)
    # What no label and no word of the text begins with.
    start = "_label_"
    while start in text or any(start in label for label in labels):
        start = f"_{start}"
    for index, label in enumerate(labels):
        plain = label.isidentifier() and not keyword.iskeyword(label)
        if plain and unicodedata.normalize("NFKC", label) == label:
            label_of[label] = label
        elif label and not re.search(r"[\s+*/(),-]", label) and not _NUMBER.fullmatch(label):
            label_of[f"{start}{index}"] = label
            text = re.sub(
                rf"(?<!\w){re.escape(label)}(?![^\W{_SUPERSCRIPTS}])", f"{start}{index}", text
            )
    return text, label_of


# Parsed


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
    fault = _syntax_fault(spelled) or (
        "or one too deep to read" if is_deep else "a sign or a number is out of place"
    )
    raise ValueError(
        f"{shortened(text)!r} is no formula, {fault}: write it as in '(o - t) * h1'"
    ) from None


def _operands_first(whole: ast.expr) -> list[ast.expr]:
    """The parts of a formula, each after its operands: no recursion, so length is no limit."""
    parts, waiting = [], [whole]
    while waiting:
        part = waiting.pop()
        parts.append(part)
        waiting += _operands(part)
    return parts[::-1]


def _operands(part: ast.expr) -> list[ast.expr]:
    if isinstance(part, ast.BinOp):
        return [part.left, part.right]
    if isinstance(part, ast.UnaryOp):
        return [part.operand]
    if isinstance(part, ast.Call) and _function_name(part) != _GRADIENT:
        return part.args
    return []


def _function_name(call: ast.Call) -> str:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return _ALIASES.get(name, name)


# What is wrong with a text that is no formula, in words


def _syntax_fault(text: str) -> str:
    """What keeps a text from being a formula; "" where it can't be told.

    >>> _syntax_fault("(y - t"), _syntax_fault("2x"), _syntax_fault("h *")
    ('a ( is never closed', 'a * is missing in 2x', '')
    """
    if not text.strip():
        return "there is nothing in it"
    foreign = next((c for c in text if not (c.isalnum() or c.isspace() or c in _SIGNS)), "")
    if foreign == "∂":
        return "of derivatives, only those of the error are read, as ∂E/∂h"
    if foreign:
        return f"{foreign} has no meaning in a formula"
    factors = _SIDE_BY_SIDE.search(text)
    missing = f"a * is missing in {shortened(factors[0])}" if factors else ""
    return _parenthesis_fault(text) or missing


def _parenthesis_fault(text: str) -> str:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return "a ) closes nothing"
    return "a ( is never closed" if depth else ""


def choice(name: str, known: Collection[str]) -> str:
    """The names that an unknown one may have meant.

    >>> choice("w5", ["b", "a"]), choice("w5", ["a", "b", "w55", "w15", "d", "e", "f", "g", "h"])
    ('there are a, b', 'the nearest are w55, w15, h, g')
    """
    if len(known) <= _MANY:
        return f"there are {', '.join(map(shortened, sorted(known))) or 'none'}"
    nearest = difflib.get_close_matches(name[:_LONGEST_SHOWN], sorted(known), _NEAREST, 0.0)
    return f"the nearest are {', '.join(map(shortened, nearest))}"


def shortened(text: str) -> str:
    """A text; of a long one, its beginning.

    >>> shortened("w + " * 100)
    'w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + …'
    """
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


# Evaluated


def _power(base: Number, exponent: Number) -> Number:
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    return base ** (int(exponent) if whole else exponent)


Operation = Callable[..., Number]
_OPERATORS: dict[type, Operation] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def _exact(number: Any) -> Fraction:
    """A number of a formula as it was written: 0.1 is one tenth."""
    if type(number) not in (int, float):
        raise ValueError(f"{shortened(repr(number))} is no number")
    if number == math.inf or (type(number) is int and number.bit_length() > _LONGEST_NUMBER):
        raise ValueError("a number is too large")
    return Fraction(repr(number) if isinstance(number, float) else number)


def _computed(operation: Operation, operands: Sequence[Number], limit: int) -> Number:
    """The result of an operation, unless an exact number in it has more bits than the limit."""
    if operation is _power:
        base, exponent = map(data_of, operands)
        is_exact = isinstance(exponent, int | Fraction) and not isinstance(base, float)
        if is_exact and _bits(base) * abs(Fraction(exponent)) > limit:
            shown = f"{number_text(base)}**{number_text(exponent)}"
            raise ValueError(f"the power {shown} in a formula is too large")
    result = operation(*operands)
    if _bits(data_of(result)) > limit:
        raise ValueError("a number in a formula has too many digits")
    return result


def _bits(number: Any) -> int:
    """How long an exact number is; 1 for a symbol."""
    if not isinstance(number, int | Fraction):
        return 1
    return max(abs(number.numerator), number.denominator).bit_length()
