"""explain: backpropagation through a labelled graph, worked out line by line."""

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from autograd.explaining.explanation import AnyStep, Explanation, LeftOut, Step
from autograd.explaining.formulas import (
    ELLIPSIS,
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    conditions_of,
    is_foldable,
    is_number,
    leaves_of,
    negative,
    operands_of,
    product_of,
    replaced,
    size_of,
    sum_of,
    with_numbers,
)
from autograd.explaining.outline import (
    Equation,
    Outline,
    asked_for,
    module_names,
    outline,
)
from autograd.explaining.simplifying import (
    ONE,
    Terms,
    chained,
    is_much_shorter,
    is_quotient,
    multiplied_out,
    without_totals,
)
from autograd.graph import (
    evaluated,
    interior_nodes,
    reached_from,
    replay,
    sweep,
    topological_order,
)
from autograd.notation import is_target
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import kind_of
from autograd.numbers.text import number_text
from autograd.slips import answers_slips
from autograd.value import Value

# Any is for whatever has `parameters()`, such as a module.
Wanted = Value | str | Iterable[Value | str] | Any | None


@answers_slips
def explain(
    error: Value, learning_rate: Any = None, *, digits: int = 4, of: Wanted = None
) -> Explanation:
    """Works out backpropagation line by line, as one would by hand, with numbers put in.

    It shows the forward pass, the error, and by the chain rule the derivative of the error in
    each Value that leads to it, path by path. Labels name the Values. A Value without a label is
    put into the formula of the next one that has a label, so `h1 = w1 * i1 + w2 * i2` is one
    line. No data and no `grad` is changed.

    Args:
        error: the Value to differentiate, a loss for example.
        learning_rate: a finite number; with it, the update of the leaves, the forward pass
            after it and the new error are shown too.
        digits: how many significant digits numbers are rounded to; they get more where the result
            needs them. ≈ says that a number was rounded. Fractions are exact.
        of: what to differentiate in: a Value or a label, a list of them, or a module, which
            stands for its parameters, named w⁰₁₀ and b⁰₁ if they have no label. By
            default it is every leaf with a label. With a learning rate it is the weights and
            biases: leaves with labels such as "w1" and "b_2", and others that play the same part
            beside them, such as "v1", "u" and "c"; or, if no label begins with w or b, every
            leaf except inputs and targets.

    Returns:
        An object to print, with `.steps`, `.markdown()` and `.latex()`.

    Raises:
        TypeError: if error is not a Value, or the learning rate not a number.
        ValueError: if nothing leads from `of` to the error, if no leaf has a label, if the
            learning rate is infinite or nan, or if exact numbers have no result after the update.
        RuntimeError: if data was changed after it was computed.

    >>> w, x = Value(0.5, label="w"), Value(3.0, label="x")
    >>> h = w * x
    >>> h.label = "h"
    >>> print(explain((h - 1) ** 2, learning_rate=0.1, of=w))
    The learning rate η is 0.1.
    <BLANKLINE>
    Forward pass
      h = w · x = 0.5 · 3 = 1.5
    <BLANKLINE>
    Error
      E = (h − 1)² = (1.5 − 1)² = 0.25
    <BLANKLINE>
    Backward pass
      ∂E/∂h = 2 · (h − 1) = 2 · (1.5 − 1) = 1
      ∂E/∂w = ∂E/∂h · ∂h/∂w = 2 · (h − 1) · x = 2 · (1.5 − 1) · 3 = 3
    <BLANKLINE>
    Update
      w ← w − η · ∂E/∂w = 0.5 − 0.1 · 3 = 0.2
    <BLANKLINE>
    Forward pass after the update
      h = w · x = 0.2 · 3 = 0.6
    <BLANKLINE>
    Error after the update
      E = (h − 1)² = (0.6 − 1)² = 0.16
    <BLANKLINE>
    The error goes from 0.25 to 0.16.
    """
    if not isinstance(error, Value):
        raise TypeError(f"explain() takes the Value to differentiate, not {error!r}")
    if not error.parents:
        raise ValueError("there is nothing to explain: the error was computed from nothing")
    number_text(0, digits)
    if learning_rate is not None:
        _require_finite(learning_rate)
    nodes = list(topological_order(error))
    wanted = asked_for(of, nodes, error, is_updated=learning_rate is not None)
    plan = outline(error, wanted, module_names(of, nodes))
    passes = _Passes(error, wanted, plan)
    steps = [*passes.forward(), *passes.backward()]
    if learning_rate is not None:
        updates = passes.updates(learning_rate)
        steps += [*updates, *passes.forward("new ", passes.numbers_after(updates))]
    return Explanation(tuple(steps), digits, learning_rate, plan)


def _require_finite(learning_rate: Any) -> None:
    if isinstance(learning_rate, (Value, bool)):
        raise TypeError(f"learning_rate is a plain number, not {learning_rate!r}")
    kind_of(learning_rate)
    is_real = isinstance(learning_rate, numbers.Real)
    if is_real and not math.isfinite(to_float(learning_rate)):
        raise ValueError(f"learning_rate is a finite number, not {number_text(learning_rate)}")


# If there are more lines of one kind, only the first and the last are given.
_MOST_LINES = 100
# A derivative of at most this many factors is written out in later lines: (o - t) * w5 * i1.
_MOST_FACTORS, _LONGEST_SUM = 3, 6
# If there are more paths, only these are given.
_MOST_PATHS, _FIRST_PATHS = 8, 3


class _Passes:
    """The passes through one graph.

    Attributes:
        data: the number of each named Value.
        concerned: all that was computed from the wanted Values, which are among them.
        gradients: the derivative of the error in each of these.
        readers: for each Value, in the order of the forward pass, the equations whose formulas it
            is in.
    """

    def __init__(self, error: Value, wanted: list[Value], outline: Outline):
        self.error = error
        self.wanted = set(wanted)
        self.names = outline.names
        self.equations = outline.equations
        self.order = interior_nodes(error)
        self.data = self._known({})
        self.concerned = reached_from(wanted, self.order)
        adjoints = sweep(self.order, {error: 1}, within=self.concerned)
        # A zero has no sign, however it came about.
        self.gradients = {x: adjoints.get(x, 0) + 0 for x in self.concerned}
        self.readers: dict[Value, list[Equation]] = {}
        for equation in self.equations:
            for x in equation.inputs:
                self.readers.setdefault(x, []).append(equation)

    def forward(
        self, prefix: str = "", numbers: Mapping[Value, Any] = MappingProxyType({})
    ) -> list[AnyStep]:
        """Every equation between the wanted Values and the error.

        Args:
            prefix: what the kinds of the steps begin with.
            numbers: what Values hold instead of their data.
        """
        *equations, last = [x for x in self.equations if x.value in self.concerned]
        unconcerned = len(self.equations) - len(equations) - 1
        reason = "they do not depend on what was asked for."
        omitted = [LeftOut(f"{prefix}forward", unconcerned, reason)] if unconcerned else []
        known = self._known(numbers)

        def step(equation: Equation, kind: str) -> Step:
            value, name, formula = equation.value, equation.name, equation.formula
            in_numbers, result = with_numbers(formula, known), numbers.get(value, value.data)
            return Step(prefix + kind, value, name, Symbol(name), None, formula, in_numbers, result)

        lines = _shown(equations, f"{prefix}forward")
        given = [line if isinstance(line, LeftOut) else step(line, "forward") for line in lines]
        return [*omitted, *given, step(last, "error")]

    def _known(self, numbers: Mapping[Value, Any]) -> dict[Formula, Number]:
        """The number of each name."""
        return {Symbol(name): Number(numbers.get(x, x.data)) for x, name in self.names.items()}

    def backward(self) -> list[AnyStep]:
        """The derivatives, layer by layer from the error back."""
        order = _shown(self._backward_order(), "backward")
        backward = _Backward(self, [value for value in order if isinstance(value, Value)])
        return [value if isinstance(value, LeftOut) else backward.step(value) for value in order]

    def _backward_order(self) -> list[Value]:
        """The Values nearest to the error come first, and in each layer those without parents."""
        layer = {self.error: 0}
        for equation in reversed(self.equations):
            for x in equation.inputs:
                layer[x] = max(layer.get(x, 0), layer[equation.value] + 1)
        values = [x for x in self.readers if x in self.concerned]
        return sorted(values, key=lambda x: (layer[x], bool(x.parents)))

    def updates(self, rate: Any) -> list[Step]:
        """A step against the derivative for each wanted leaf, in the order of the forward pass."""
        leaves = [x for x in self.readers if x in self.wanted and not x.parents]
        return [self._update(leaf, self.gradients[leaf], rate) for leaf in leaves]

    def _update(self, leaf: Value, gradient: Any, rate: Any) -> Step:
        symbol, eta = Symbol(self.names[leaf]), Symbol("η")
        slope = Derivative(self.names[self.error], symbol.name)
        formula = sum_of([symbol, negative(product_of([eta, slope]))])
        known: dict[Formula, Number] = {eta: Number(rate), slope: Number(gradient)}
        known[symbol] = self.data[symbol]
        numbers = with_numbers(formula, known)
        try:
            result = leaf.data - rate * gradient
        except OverflowError:
            raise ValueError(
                f"the update of {symbol.name} is too large for floats: its gradient is "
                f"{number_text(gradient)}. Give the learning rate as a Fraction"
            ) from None
        return Step("update", leaf, symbol.name, symbol, None, formula, numbers, result)

    def numbers_after(self, updates: list[Step]) -> Mapping[Value, Any]:
        """The numbers of all Values computed from the updated leaves, every choice as recorded."""
        leaves = {step.node: step.result for step in updates}
        return replay(self.order, leaves, _after_the_update).numbers


class _Backward:
    """The derivatives of an error in Values, which must be asked for from the error back.

    Attributes:
        is_cut: the Values of which not all paths are given.
        readers: for each Value, the equations of the paths that are given.
        factors: the factors by which the derivative in a Value is written in later lines.
        terms: the same with all that is known of it, where that is not too much.
        given: the conditions of these terms, such as that the targets of a softmax add up to 1.
    """

    def __init__(self, passes: _Passes, values: list[Value]):
        self.error, self.names = passes.error, passes.names
        self.gradients = passes.gradients
        self.readers = {x: passes.readers[x] for x in values}
        self.is_cut = {x for x, equations in self.readers.items() if len(equations) > _MOST_PATHS}
        for x in self.is_cut:
            self.readers[x] = [*self.readers[x][:_FIRST_PATHS], self.readers[x][-1]]
        self.known = passes.data | {
            self._derivative(self.error, x): Number(slope)
            for x, slope in self.gradients.items()
            if x in self.names
        }
        self.factors: dict[Value, list[Formula]] = {self.error: []}
        self.terms: dict[Value, Terms] = {self.error: ONE}
        self.given: dict[Value, list[Operation]] = {self.error: []}
        self.targets = {
            Symbol(name): x.data
            for x, name in self.names.items()
            if is_target(x) and is_foldable(x.data)
        }
        formulas = {e.name: e.formula for equations in self.readers.values() for e in equations}
        self.quotients = {
            Symbol(name): formula
            for name, formula in formulas.items()
            if name != self.names[self.error] and is_quotient(formula)
        }

    def step(self, value: Value) -> Step:
        """The line of one derivative."""
        partials = [(equation, equation.partial(value)) for equation in self.readers[value]]
        paths = [(equation, partial) for equation, partial in partials if partial is not None]
        through = [equation.value for equation, _ in paths]
        slope = self._derivative(self.error, value)
        whole = self._written_out(value, paths)
        products = self._products(paths, whole)
        formula = self._sum(value, [product_of(factors) for factors in products])
        short = whole if whole is not None and _is_better(whole, formula) else formula
        self.factors[value] = _parts(short) if len(paths) == 1 or short is whole else [slope]
        names = [] if is_number(formula, 0) else [self.names[reader] for reader in through]
        return Step(
            kind="backward",
            node=value,
            name=self.names[value],
            left=slope,
            chain=self._chain(value, through),
            formula=short,
            numbers=self._numbers(value, short),
            result=self.gradients[value],
            product=formula if short is not formula else None,
            conditions=tuple(conditions_of(short)),
            through=tuple(self._abridged(value, names, ELLIPSIS.name)),
        )

    def _derivative(self, of: Value, by: Value, direct: bool = False) -> Derivative:
        return Derivative(self.names[of], self.names[by], direct)

    def _written_out(self, value: Value, paths: list[tuple[Equation, Formula]]) -> Formula | None:
        """The derivative in names alone, with everything cancelled; None if it is too long."""
        factors = [(self.terms.get(equation.value), partial) for equation, partial in paths]
        terms = None if value in self.is_cut else chained(factors, self.quotients)
        # A quotient that is 0 / 0 at this point can't be cancelled.
        if terms is None or not _is_finite(self.gradients[value]):
            return None
        self.terms[value], totals = without_totals(terms, self.targets)
        above = [given for equation, _ in paths for given in self.given[equation.value]]
        self.given[value] = list(dict.fromkeys((*above, *totals)))
        # With more terms than the product of the factors has names, it would not be shorter.
        known = [x for equation, _ in paths for x in self.factors.get(equation.value, ())]
        most = len(paths) + sum(map(size_of, (*known, *(partial for _, partial in paths))))
        whole = multiplied_out(self.terms[value], self.quotients, most)
        if whole is None:
            return None
        for condition in self.given[value]:
            whole = Operation("if", (whole, condition))
        return whole

    def _products(
        self, paths: list[tuple[Equation, Formula]], whole: Formula | None
    ) -> list[list[Formula]]:
        """The factors of each path: the derivative in an equation's Value, and the partial.

        The derivatives are written out if all of them stay short, or if one cancels out.
        """
        slopes: list[list[Formula]] = []
        written_out = []
        for equation, partial in paths:
            slope: list[Formula] = [self._derivative(self.error, equation.value)]
            known = self.factors.get(equation.value, slope)
            # A factor of 1, such as the derivative of the error in itself, is not written.
            slopes.append([*(slope if known else []), *_parts(partial)])
            written_out.append([*known, *_parts(partial)])
        most = _MOST_FACTORS if len(paths) == 1 else _MOST_FACTORS - 1
        if all(sum(map(_length, factors)) <= most for factors in written_out):
            return written_out
        is_known = len(paths) == 1 and paths[0][0].value in self.factors
        if is_known and whole is not None and _is_better(whole, product_of(written_out[0])):
            return written_out
        return slopes

    def _chain(self, value: Value, through: list[Value]) -> Formula | None:
        # By identity, because two Values that hold the same number are equal.
        if all(reader is self.error for reader in through):
            return None
        return self._sum(value, [self._link(reader, value) for reader in through])

    def _link(self, reader: Value, value: Value) -> Formula:
        if reader is self.error:
            return self._derivative(reader, value, direct=True)
        slopes = (self._derivative(self.error, reader), self._derivative(reader, value))
        return Operation("mul", slopes)

    def _numbers(self, value: Value, computed: Formula) -> Formula:
        numbers = with_numbers(computed, self.known)
        if not is_number(Number(self.gradients[value]), 0):
            return numbers
        return replaced(numbers, lambda part: Number(0) if is_number(part, 0) else None)

    def _sum(self, value: Value, terms: list[Formula]) -> Formula:
        return sum_of(self._abridged(value, terms, ELLIPSIS))

    def _abridged(self, value: Value, items: list[Any], dots: Any) -> list[Any]:
        """An item for each path, with dots in place of the paths that are not given."""
        return [*items[:-1], dots, *items[-1:]] if value in self.is_cut else items


def _is_finite(number: Any) -> bool:
    """Whether this is one real number, and neither infinite nor nan."""
    return is_foldable(number) and number - number == 0


def _is_better(whole: Formula, formula: Formula) -> bool:
    """Whether a derivative is better written out: much shorter then, or as short as y − t."""
    has_derivative = any(isinstance(leaf, Derivative) for leaf in leaves_of(formula))
    is_short = size_of(whole) <= 2 and has_derivative
    return is_short or is_much_shorter(whole, formula)


def _parts(formula: Formula) -> list[Formula]:
    """The factors of a formula that are not 1."""
    return [factor for factor in operands_of("mul", formula) if not is_number(factor, 1)]


def _length(formula: Formula) -> int:
    """How many factors a formula has, looking into signs and fractions; a long sum is too many."""
    match formula:
        case Operation("neg", (operand,)):
            return _length(operand)
        case Operation("div", (dividend, divisor)):
            return max(1, _length(dividend)) + _length(divisor)
        case Operation("sum", terms) if len(terms) > 2 or size_of(formula) > _LONGEST_SUM:
            return _MOST_FACTORS
    return len(_parts(formula))


def _after_the_update(node: Value, operands: Sequence[Any]) -> Any:
    try:
        return evaluated(node, operands)
    except ArithmeticError as error:
        raise ValueError(
            f"after the update {node.op!r} has no result ({error}): give another "
            "learning rate, or floats, which know infinities"
        ) from None


def _shown(lines: Sequence[Any], kind: str) -> list[Any]:
    """The lines of one kind; if there are very many, a LeftOut stands for those in the middle."""
    if len(lines) <= _MOST_LINES:
        return list(lines)
    half = _MOST_LINES // 2
    reason = "too many to read. Ask for one Value or one layer with of=..."
    return [*lines[:half], LeftOut(kind, len(lines) - 2 * half, reason), *lines[-half:]]
