"""What people know by heart: functions and their derivatives, and how they misremember these.

The right formulas are as in textbooks. The wrong ones are made from them by changing one thing:
an operand is left out or taken twice, or a minus becomes a plus.
"""

import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from autograd.graph import interior_nodes, replay, topological_order
from autograd.modes import undisturbed
from autograd.notation import rule_of
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES, Primitive
from autograd.value import Value

# The derivative of a rule with respect to the operand at an index, as a function of the operands
# and the result.
DERIVATIVES: dict[tuple[str, int], Callable[..., Value]] = {
    ("sigmoid", 0): lambda x, y: y * (1 - y),
    ("tanh", 0): lambda x, y: 1 - y**2,
    ("exp", 0): lambda x, y: +y,
    ("log", 0): lambda x, y: 1 / x,
    ("sqrt", 0): lambda x, y: 1 / (2 * y),
    ("sin", 0): lambda x, y: x.cos(),
    ("cos", 0): lambda x, y: -x.sin(),
    ("tan", 0): lambda x, y: 1 + y**2,
    ("atan", 0): lambda x, y: 1 / (1 + x**2),
    ("softplus", 0): lambda x, y: x.sigmoid(),
    ("silu", 0): lambda x, y: x.sigmoid() + x * x.sigmoid() * (1 - x.sigmoid()),
    ("gelu", 0): lambda x, y: (
        (1 + (x / math.sqrt(2)).erf()) / 2 + x * (-(x**2) / 2).exp() / math.sqrt(2 * math.pi)
    ),
    ("abs", 0): lambda x, y: x.sign(),
    ("pow", 0): lambda x, n, y: n * x ** (n - 1),
    ("div", 0): lambda u, v, q: 1 / v,
    ("div", 1): lambda u, v, q: -u / v**2,
}
# What no single change gives: the exponent for the coefficient, x / y for -x / y ** 2.
MISREMEMBERED: dict[tuple[str, int], tuple[Callable[..., Value], ...]] = {
    ("pow", 0): (lambda x, n, y: (n - 1) * x**n, lambda x, n, y: (n - 1) * x ** (n - 1)),
    ("div", 1): (lambda u, v, q: u / v,),
}
# The functions that can be written in terms of others.
FUNCTIONS: dict[str, Callable[[Value], Value]] = {
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "tanh": lambda x: (x.exp() - (-x).exp()) / (x.exp() + (-x).exp()),
    "softplus": lambda x: (1 + x.exp()).log(),
}
# Functions that are products: nobody mistakes their derivatives for those of others.
COMPOSED = ("silu", "gelu")
DEGREE = math.pi / 180
ANGLES = ("sin", "cos", "tan")
# ImportError: some functions are SciPy's.
_REFUSALS = (ArithmeticError, ImportError, TypeError, ValueError)
_PRECEDENCE = {"add": 1, "sub": 1, "neg": 1, "mul": 2, "div": 2, "pow": 3, "constant_power": 3}
# Two formulas are taken to be the same if they agree at these numbers.
_SAMPLES = (0.37, 0.61, 1.9)
_SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Form:
    """A formula in some operands, as a graph."""

    root: Value
    operands: tuple[Value, ...]

    @functools.cached_property
    def order(self) -> list[Value]:
        """The nodes of the graph, parents first."""
        return interior_nodes(self.root)

    def __call__(self, *numbers: Number) -> Number:
        """Its number at these operands; nan if it has none."""
        given = dict(zip(self.operands, numbers, strict=True))
        try:
            return replay(self.order, given).numbers.get(self.root, self.root.data)
        except _REFUSALS:
            return math.nan

    def depends_on(self, index: int) -> bool:
        """Whether the operand at an index occurs in it."""
        operand = self.operands[index]
        return any(node is operand for node in topological_order(self.root))

    def written(self, *names: str) -> str:
        """The formula in these names.

        >>> derivative("sigmoid", 0).written("z", "y")
        'y * (1 - y)'
        >>> derivative("pow", 0).written("x", "2", "y")
        '2 * x'
        """
        return _text(self, names)


@functools.cache
def derivative(rule: str, index: int) -> Form | None:
    """The derivative of a rule with respect to an operand; None if nobody knows it by heart."""
    made = DERIVATIVES.get((rule, index))
    return _form(made, made.__code__.co_argcount) if made else None


@functools.cache
def misremembered(rule: str, index: int) -> tuple[Form, ...]:
    """That derivative with one thing changed, in each likely way."""
    form = derivative(rule, index)
    if form is None:
        return ()
    others = MISREMEMBERED.get((rule, index), ())
    made = (_form(other, len(form.operands)) for other in others)
    return _distinct(form, chain(_distorted(form), made))


@functools.cache
def function(rule: str) -> Form | None:
    """A function in terms of others; None if it can't be written so."""
    made = FUNCTIONS.get(rule)
    return _form(made, 1) if made else None


class Reading(NamedTuple):
    """A function that is computed in place of another.

    Attributes:
        written: gives how it is written, from the name of its operand.
        function: computes it.
    """

    written: Callable[..., str]
    function: Callable[..., Number]


@functools.cache
def misreadings(rule: str) -> tuple[Reading, ...]:
    """A function with one thing changed, such as 1 / 1 + exp(-x), or in other units.

    >>> [reading.written("z") for reading in misreadings("log")]
    ['log10(z)']
    """
    form = function(rule)
    distorted = _distinct(form, _distorted(form)) if form else ()
    readings = [Reading(other.written, other.__call__) for other in distorted]
    if rule == "log":
        readings.append(Reading("log10({})".format, lambda x: safely("log", x)[0] / math.log(10)))
    if rule in ANGLES:
        in_degrees = Reading(f"{rule}({{}} degrees)".format, lambda x: safely(rule, x * DEGREE)[0])
        readings.append(in_degrees)
    return tuple(readings)


@functools.cache
def other_functions(rule: str) -> tuple[Reading, ...]:
    """All other functions of one number, such as tanh in place of sigmoid."""
    return tuple(
        Reading(f"{other}({{}})".format, functools.partial(_result, other))
        for other in unary_rules()
        if rule in unary_rules() and other != rule
    )


def _result(rule: str, x: Number) -> Number:
    return safely(rule, x)[0]


@functools.cache
def unary_rules() -> tuple[str, ...]:
    """The functions of one number, by name."""
    names = [name for name, p in PRIMITIVES.items() if len(p.operand_names) == 1]
    # Powers are written in their own way, and so are signs.
    return tuple(
        name
        for name in names
        if not PRIMITIVES[name].takes_any_number and name not in ("constant_power", "neg", "pos")
    )


def safely(rule: str, *operands: Number) -> tuple[Number, tuple[Number, ...]]:
    """The result and the partials of a rule; nan if it has none."""
    try:
        return PRIMITIVES[rule].evaluate(operands)
    except _REFUSALS:
        return math.nan, (math.nan,) * len(operands)


def operands_of(node: Value) -> tuple[Value | Number, ...]:
    """The operands of a node, including an exponent that is a constant."""
    if rule_of(node) == "pow" and len(node.parents) == 1:
        return (*node.parents, _primitive(node).constants["exponent"])
    return node.parents


def _primitive(node: Value) -> Primitive:
    assert node.rule is not None, f"{node} is a leaf"
    return node.rule


def _form(made: Callable[..., Value], count: int) -> Form:
    operands = tuple(Value(sample) for sample in _SAMPLES[:count])
    # The formulas are cached, so the mode in which they are first needed must not matter.
    with undisturbed():
        return Form(made(*operands), operands)


def _distinct(right: Form, others: Iterator[Form]) -> tuple[Form, ...]:
    """The formulas that equal neither the right one nor an earlier one."""
    seen = [right(*_SAMPLES[: len(right.operands)])]
    kept = []
    with undisturbed():
        made = list(others)
    for other in made:
        number = other(*_SAMPLES[: len(right.operands)])
        # The opposite of a formula is a wrong sign, and a constant is not a formula.
        is_new = all(abs(abs(number) - abs(known)) > _SAME for known in seen)
        if is_new and not set(other.operands).isdisjoint(topological_order(other.root)):
            seen.append(number)
            kept.append(other)
    return tuple(kept)


def _distorted(form: Form) -> Iterator[Form]:
    """A formula with one thing changed."""
    leaves = {x: x for node in form.order for x in node.parents if not x.parents}

    def computed(node: Value, operands: Sequence[Value]) -> tuple[Value, tuple[()]]:
        return _primitive(node)(*operands), ()

    def with_nodes(moved: Mapping[Value, Value]) -> Form:
        numbers = replay(form.order, {**leaves, **moved}, computed).numbers
        return Form(numbers[form.root], form.operands)

    # The outermost operation comes first, since changing it gives the simplest formulas.
    for node in reversed(form.order):
        for other in _changed(node):
            yield with_nodes({node: other})
    if len(form.operands) == 2:
        # The input in place of the output, and the other way round.
        x, y = form.operands
        yield with_nodes({x: y, y: x})


def _changed(node: Value) -> Iterator[Value]:
    """A node with one thing changed."""
    rule, operands = rule_of(node), node.parents
    yield from operands
    if len(operands) == 1 and rule in unary_rules():
        yield _primitive(node)(-operands[0])
        if rule == "sigmoid":
            yield operands[0].tanh()
    if len(operands) < 2:
        return
    a, b = operands
    if rule == "mul":
        yield from (a * a, b * b)
    elif rule == "add":
        yield a - b
    elif rule == "sub":
        yield a + b
        if rule_of(b) == "pow" and len(b.parents) == 1:
            yield (a - b.parents[0]) ** _primitive(b).constants["exponent"]
    elif rule == "div":
        yield from (b / a, 1 / b)
        if rule_of(b) in ("add", "sub"):
            # On one line, a denominator needs parentheses, which people leave out.
            yield _primitive(b)(a / b.parents[0], b.parents[1])


# The same formula is asked for at each step with the same names, and at each point.
@functools.lru_cache(maxsize=10_000)
def _text(form: Form, names: tuple[str, ...]) -> str:
    return _written(form.root, dict(zip(form.operands, names, strict=True)))[0]


def _written(node: Value, names: Mapping[Value, str]) -> tuple[str, int]:
    """A formula as text, and how tightly its outermost operation binds."""
    if node in names:
        text = names[node]
        return text, 1 if " " in text and text[-1] != ")" else 4
    if not node.parents:
        return number_text(node.data), 4
    rule = _primitive(node).name
    binding = _PRECEDENCE.get(rule, 4)

    def operand(index: int, least: int) -> str:
        text, own = _written(node.parents[index], names)
        return text if own >= least else f"({text})"

    if rule in ("pos", "neg"):
        return ("-" if rule == "neg" else "") + operand(0, 2), binding
    if rule == "constant_power":
        return f"{operand(0, 4)}**{number_text(_primitive(node).constants['exponent'])}", binding
    if rule == "pow":
        exponent = operand(1, 4)
        return (operand(0, 4), 4) if exponent == "1" else (f"{operand(0, 4)}**{exponent}", binding)
    if rule == "sub" and operand(0, 1).isdecimal() and operand(1, 1).isdecimal():
        return str(int(operand(0, 1)) - int(operand(1, 1))), 4
    if len(node.parents) == 2 and binding < 4:
        return f"{operand(0, binding)} {node.op} {operand(1, binding + 1)}", binding
    return f"{rule}({operand(0, 0)})", 4
