"""What formulas are made of: functions, constants, words for conditions, and labels as spelled.

A text consists of tokens, and a formula that was read of steps, each after its operands.
"""

import difflib
import functools
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from autograd.graph import evaluated, interior_nodes, replay, sweep
from autograd.numbers import elementary
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES, Primitive
from autograd.value import Value, data_of

# How formulas name the learning rate, unless a node has this label; and its other names.
LEARNING_RATE = "learning_rate"
RATES = ("learningrate", "eta", "lr", "alpha", "epsilon", "rate")
# What the error may be called in a derivative, where no node has this label.
_ERRORS = "E L C J loss Loss error Error cost Cost Etotal Ltotal total MSE mse"
ERRORS = frozenset(_ERRORS.split())
CONSTANTS = {"pi": math.pi, "e": math.e}
CONDITION_WORDS = ("if", "as", "when", "while", "where", "for", "since")
WORDS = {"and": "and", "or": "or", "else": "else", "otherwise": "else"}
WORDS |= dict.fromkeys(CONDITION_WORDS, "if")

# Each Greek letter with its name in LaTeX: σ is sigma, Δ is Delta.
_SMALL = {
    unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda"): letter
    for letter in "αβγδεζηθικλμνξοπρστυφχψω"
}
GREEK = _SMALL | {name.capitalize(): letter.upper() for name, letter in _SMALL.items()}

# A longer list of names would not help to choose.
_MANY = 8
_NEAREST = 4
# The most bits of an exact number: 9 ** 9 ** 9 would take longer than anyone waits.
_LONGEST_NUMBER = 40_000
# If the numbers of the labels are longer themselves, results may be this many times as long.
_TIMES_LONGER = 100
# The greatest length of a text, and of a part of it, in a message.
_LONGEST_SHOWN, _LONGEST_PART = 80, 24


class Function(NamedTuple):
    """A function of formulas.

    Attributes:
        name: its full name.
        compute: computes it from numbers of any kind.
        least, most: how many numbers it takes.
    """

    name: str
    compute: Callable[..., Number]
    least: int = 1
    most: float = 1


def power(base: Number, exponent: Number) -> Number:
    """A power; an exponent that is whole is made an integer, so that exact numbers stay exact."""
    whole = isinstance(exponent, Fraction) and exponent.denominator == 1
    return base ** (int(exponent) if whole else exponent)


def _mean(*terms: Number) -> Number:
    return PRIMITIVES["sum"](*terms) / len(terms)


def _composed() -> list[Function]:
    """Functions without a rule, composed of those that have one."""
    of = PRIMITIVES
    return [
        Function("pow", power, 2, 2),
        Function("mean", _mean, 1, math.inf),
        Function("maximum", lambda *xs: functools.reduce(of["maximum"], xs), 1, math.inf),
        Function("minimum", lambda *xs: functools.reduce(of["minimum"], xs), 1, math.inf),
        Function("log2", lambda x: of["log"](x) / of["log"](2)),
        Function("log10", lambda x: of["log"](x) / of["log"](10)),
        Function("heaviside", lambda x: holds(x > 0)),
        # Its operand is a condition, which is 1 or 0 already.
        Function("indicator", lambda x: x),
        Function("sech", lambda x: 1 / of["cosh"](x)),
        Function("sec", lambda x: 1 / of["cos"](x)),
        Function("csc", lambda x: 1 / of["sin"](x)),
        Function("cot", lambda x: 1 / of["tan"](x)),
        Function("coth", lambda x: 1 / of["tanh"](x)),
    ]


def _of_primitive(primitive: Primitive) -> Function:
    if primitive.takes_any_number:
        return Function(primitive.name, primitive, 1, math.inf)
    count, constants = len(primitive.operand_names), primitive.constant_names

    def compute(*numbers: Number) -> Number:
        given = dict(zip(constants, map(data_of, numbers[count:]), strict=False))
        return primitive(*numbers[:count], **given)

    # leaky_relu(x, 0.1) has the slope 0.1.
    return Function(primitive.name, compute, count, count + len(constants))


_ALIASES = {
    "sigmoid": "σ sigma sig sigm logistic",
    "log": "ln",
    "abs": "",
    "sign": "sgn signum",
    "maximum": "max",
    "minimum": "min",
    "mean": "avg average",
    "sum": "Σ ∑",
    "silu": "swish",
    "leaky_relu": "leakyrelu lrelu",
    "heaviside": "step H",
    "indicator": "I float int",
    "log10": "lg",
    "log2": "lb ld",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "asinh": "arsinh arcsinh",
    "acosh": "arcosh arccosh",
    "atanh": "artanh arctanh",
}
# These need something besides operands that can't be said in a formula.
_NO_FORMULA = ("constant_power", "select", "where")
# These name numbers in a derivation: i1 is an input, and beta a factor.
_NAMES_OF_NUMBERS = ("i0", "i1", "j0", "j1", "gamma", "beta")
_LEFT_OUT = (*_NO_FORMULA, *_NAMES_OF_NUMBERS)
_ALL = [_of_primitive(p) for name, p in PRIMITIVES.items() if name not in _LEFT_OUT]
NAMED = {function.name: function for function in [*_ALL, *_composed()]}
FUNCTIONS = NAMED | {
    alias: NAMED[name] for name, aliases in _ALIASES.items() for alias in aliases.split()
}


def derivative(function: Function) -> Function | None:
    """The derivative of a function of one number, by its rule; None if it has no rule."""
    primitive = PRIMITIVES.get(function.name)
    if primitive is None or primitive.takes_any_number or function.least != 1:
        return None
    names = primitive.constant_names

    def compute(x: Number, *constants: Number) -> Number:
        given = dict(zip(names, map(data_of, constants), strict=False))
        return primitive.bind(**given).evaluate((x,))[1][0]

    return Function(f"{function.name}'", compute, 1, function.most)


def holds(condition: bool) -> Number:
    """1 if a condition holds, else 0."""
    return elementary.where(condition, 1, 0)


# Labels

# Superscript digits and letters are exponents, and ½ is a number: they are not part of a word.
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = f"{RAISED_DIGITS}⁺⁻⁽⁾ⁿⁱᵃᵇᶜᵈᵉᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ"
VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
LETTER = rf"[^\W{RAISED}{VULGAR}∂]"
# Words, and labels such as w[0], layers.0.w and y'.
RUN, LONGER = rf"(?!\d){LETTER}+", rf"(?:\.{LETTER}+|\[{LETTER}+\])*['′’]*"
_WORD = re.compile(RUN + LONGER)
_NUMBER = re.compile(r"[\d.]+(e-?\d+)?", re.IGNORECASE)
_LETTERS = str.maketrans({**{letter: name for name, letter in GREEK.items()}, "′": "'", "’": "'"})


class Names:
    """The labels that a formula may use, in all their spellings.

    Args:
        labels: those of nodes, and the learning rate.
        error: what the error is called.
    """

    def __init__(self, labels: tuple[str, ...], error: str):
        self.labels = frozenset(label for label in labels if label)
        self.longest = max(map(len, self.labels), default=0)
        self.error = error
        # None if two labels differ in nothing but their spelling.
        self._by_spelling: dict[str, str | None] = {}
        for label in self.labels:
            key = _spelling(label)
            self._by_spelling[key] = None if key in self._by_spelling else label
        # A label that is a number can't be told from that number.
        odd = [x for x in self.labels if not _WORD.fullmatch(x) and not _NUMBER.fullmatch(x)]
        self.odd_forms = {form: label for label in odd for form in _odd_forms(label)}
        longest_first = sorted(self.odd_forms, key=len, reverse=True)
        self.odd = re.compile("|".join(map(_odd_pattern, longest_first))) if odd else None

    def label(self, word: str) -> str | None:
        """The label that a word spells."""
        if word in self.labels:
            return word
        return self._by_spelling.get(_spelling(word))

    def has(self, word: str) -> bool:
        """Whether a word names a node, so that there are derivatives of it."""
        return self.label(word) is not None or self.is_error(word)

    def is_error(self, word: str) -> bool:
        """Whether a word is not a label but a common name for the error."""
        return word == self.error or _spelling(word) in ERRORS

    def meaning(self, word: str, is_called: bool = False) -> tuple[str, object]:
        """What a word means by itself, or called: the kind of its token, and the value."""
        plain = _spelling(word)
        function = FUNCTIONS.get(word) or FUNCTIONS.get(plain) or FUNCTIONS.get(plain.lower())
        if is_called and word in self.labels and len(word) == 1 and word.isascii():
            # H(1 − H) is a product where H is a label.
            return "label", word
        if function and is_called and word in self.labels and word not in NAMED:
            raise ValueError(f"{word}(…) may be a product: write {word}·(…) or {function.name}(…)")
        if word in self.labels and not (function and is_called):
            return "label", word
        if function:
            return "function", function
        label = self.label(word)
        if label is not None:
            return "label", label
        # p_i is not π.
        if (letters := word.translate(_LETTERS)) in CONSTANTS:
            return "constant", letters
        if plain.lower() in RATES and LEARNING_RATE in self.labels:
            return "label", LEARNING_RATE
        if word in WORDS:
            return WORDS[word], None
        if word in ("gradient", "grad"):
            return "gradient", None
        if plain.startswith("delta") and (node := self.label(plain.removeprefix("delta"))):
            return "δ", node
        return "word", None


def _odd_forms(label: str) -> tuple[str, ...]:
    """The spellings of a label that is not a word: in parentheses if it looks like a formula."""
    if re.search(r"[\s+*/(),^-]", label):
        return f"({label})", f"({label.replace(' - ', ' − ')})"
    return (label,)


def _odd_pattern(form: str) -> str:
    return re.escape(form) + (rf"(?!{LETTER})" if re.search(r"\w$", form) else "")


@functools.lru_cache(maxsize=16)
def names_of(labels: tuple[str, ...], error: str) -> Names:
    """The names of a problem, kept because a problem has many claims."""
    return Names(labels, error)


@functools.lru_cache(maxsize=4096)
def _spelling(word: str) -> str:
    """What all spellings of a name have in common.

    >>> _spelling("y_1"), _spelling("y₁"), _spelling("λ"), _spelling("w_{1,2}")
    ('y1', 'y1', 'lambda', 'w12')
    """
    if word.isascii() and word.isalnum():
        return word
    plain = word if re.search(f"[{RAISED}]", word) else unicodedata.normalize("NFKC", word)
    return re.sub(r"[_{},\s]", "", plain.translate(_LETTERS)) or word


# Tokens and steps


class Token(NamedTuple):
    """A number, a name or a sign.

    Attributes:
        kind: "number", "label", "function", "constant", "δ", "word" for an unknown one, "end", or
            the sign in its plain form, such as "*" for "·".
        text: the token as it was written.
        value: the number and the unit of its last digit; the label; the function.
        is_apart: whether there is a space before it.
    """

    kind: str
    text: str
    value: object
    is_apart: bool


class Literal(NamedTuple):
    """A number, and what one unit of its last digit is worth; 0 for an exact number."""

    number: Number
    unit: Fraction


class Slope(NamedTuple):
    """The derivative of a node with respect to another; of the error, if `of` is None.

    With `is_direct`, the paths through other named nodes are left out; with `is_total`, none are.
    Otherwise, in a sum over paths such as ∂h/∂w·∂E/∂h + ∂z/∂w·∂E/∂z, each path is in one term.
    """

    of: str | None
    by: str
    is_direct: bool = False
    is_total: bool = False

    @property
    def is_gradient(self) -> bool:
        """Whether it is the derivative of the error along all paths."""
        return self.of is None and not self.is_direct


class Operation(NamedTuple):
    """A function of the last `operands` results."""

    name: str
    compute: Callable[..., Number]
    operands: int


# A label stands for the number of its node, or for the learning rate.
Step = Literal | str | Slope | Operation
# The numbers of labels, and derivatives.
Given = Mapping[str | Slope, Number]


def result_of(steps: Sequence[Step], given: Given, literals: Iterable[Number]) -> Number:
    """The result of the last step.

    Args:
        steps: the steps of a formula, each after its operands.
        given: the numbers of its labels and slopes.
        literals: the numbers that are written in it, in order.

    Raises:
        ValueError: for an exact number that is too long to compute.
    """
    longest = max((_bits(data_of(number)) for number in given.values()), default=0)
    limit = max(_LONGEST_NUMBER, _TIMES_LONGER * longest)
    results: list[Number] = []
    literal = iter(literals)
    for step in steps:
        if isinstance(step, Operation):
            operands = results[-step.operands :]
            del results[-step.operands :]
            results.append(_computed(step, operands, limit))
        else:
            results.append(next(literal) if isinstance(step, Literal) else given[step])
    return results[0]


def _computed(step: Operation, operands: Sequence[Number], limit: int) -> Number:
    """The result of a step, unless an exact number in it has more bits than the limit."""
    if step.name in ("^", "pow"):
        base, exponent = map(data_of, operands)
        is_exact = isinstance(exponent, int | Fraction) and not isinstance(base, float)
        if is_exact and _bits(base) * abs(Fraction(exponent)) > limit:
            shown = f"{number_text(base)}**{number_text(exponent)}"
            raise ValueError(f"the power {shown} in a formula is too large")
    result = step.compute(*operands)
    if _bits(data_of(result)) > limit:
        raise ValueError("a number in a formula has too many digits")
    return result


def _bits(number: Any) -> int:
    """How long an exact number is; 1 for a symbol."""
    if not isinstance(number, int | Fraction):
        return 1
    return max(abs(number.numerator), number.denominator).bit_length()


def total_slope(of: str, by: str, error: str) -> Slope:
    """The derivative of one label by another, along all paths."""
    return Slope(None, by) if of == error else Slope(of, by, is_total=True)


def slope_of_steps(steps: Sequence[Step], by: str, error: str) -> list[Step]:
    """The derivative of a formula by a label, as in d/dx(x² + h), by the chain rule.

    Args:
        steps: the steps of a formula that contains no derivatives.
        by: the label.
        error: what the error is called.
    """
    labels = sorted({step for step in steps if isinstance(step, str)})
    literals = [step.number for step in steps if isinstance(step, Literal)]
    if not labels:
        return [Literal(Fraction(0), Fraction(0))]

    def compute(*numbers: Number) -> Number:
        values, slopes = numbers[: len(labels)], numbers[len(labels) :]
        leaves = [Value(data_of(number)) for number in values]
        result = result_of(steps, dict(zip(labels, leaves, strict=True)), literals)
        order = interior_nodes(result)
        # Not over plain data: the numbers may be Values, whose graphs give their rounding.
        partials = replay(order, dict(zip(leaves, values, strict=True)), evaluated).partials
        reached = sweep(order, {result: 1}, partials.__getitem__)
        pairs = zip(leaves, slopes, strict=True)
        return sum(reached[leaf] * slope for leaf, slope in pairs if leaf in reached)

    slopes = [total_slope(label, by, error) for label in labels]
    return [*labels, *slopes, Operation("d", compute, 2 * len(labels))]


# In messages


def choice(name: str, known: Collection[str]) -> str:
    """A phrase with the names that may be meant by an unknown one.

    >>> choice("w5", ["b", "a"]), choice("w5", ["a", "b", "w55", "w15", "d", "e", "f", "g", "h"])
    ('there are a, b', 'the nearest are w55, w15, h, g')
    """
    if len(known) <= _MANY:
        return f"there are {', '.join(map(brief, sorted(known))) or 'none'}"
    nearest = difflib.get_close_matches(name[:_LONGEST_SHOWN], sorted(known), _NEAREST, 0.0)
    return f"the nearest are {', '.join(map(brief, nearest))}"


def shortened(text: str, length: int = _LONGEST_SHOWN) -> str:
    """A text, or the beginning of a long one.

    >>> shortened("w + " * 100)
    'w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + w + …'
    """
    return text if len(text) <= length else f"{text[:length]}…"


def brief(text: str) -> str:
    """A part of a text, shortened because the whole is shown beside it."""
    return shortened(text, _LONGEST_PART)
