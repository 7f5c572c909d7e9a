"""What a formula is made of: numbers, names, derivatives, and operations on them, in steps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from autograd.graph import evaluated, interior_nodes, replay, sweep
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value, data_of

# The most bits of an exact number: 9 ** 9 ** 9 would take longer than anyone waits.
_LONGEST_NUMBER = 40_000
# If the numbers of the labels are longer themselves, results may be this many times as long.
_TIMES_LONGER = 100


class Literal(NamedTuple):
    """A number, and what one unit of its last digit is worth; 0 for an exact number."""

    number: Number
    unit: Fraction


class Label(NamedTuple):
    """The number of a node, or the learning rate."""

    label: str


class Slope(NamedTuple):
    """The derivative of a node with respect to another; of the error, if `of` is None.

    With `is_direct`, the paths through other named nodes are left out; with `is_total`, none are.
    Otherwise, in a sum over paths such as ∂h/∂w·∂E/∂h + ∂z/∂w·∂E/∂z, each path is in one term.
    """

    of: str | None
    by: str
    is_direct: bool = False
    is_total: bool = False


class Operation(NamedTuple):
    """A function of the last `operands` results."""

    name: str
    compute: Callable[..., Number]
    operands: int


Step = Literal | Label | Slope | Operation


def result_of(
    steps: Sequence[Step], given: Mapping[Step, Number], literals: Iterable[Number]
) -> Number:
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
    labels = sorted({step.label for step in steps if isinstance(step, Label)})
    literals = [step.number for step in steps if isinstance(step, Literal)]
    if not labels:
        return [Literal(Fraction(0), Fraction(0))]

    def compute(*numbers: Number) -> Number:
        values, slopes = numbers[: len(labels)], numbers[len(labels) :]
        leaves = [Value(data_of(number)) for number in values]
        result = result_of(steps, dict(zip(map(Label, labels), leaves, strict=True)), literals)
        order = interior_nodes(result)
        # Not over plain data: the numbers may be Values, whose graphs give their rounding.
        partials = replay(order, dict(zip(leaves, values, strict=True)), evaluated).partials
        reached = sweep(order, {result: 1}, partials.__getitem__)
        pairs = zip(leaves, slopes, strict=True)
        return sum(reached[leaf] * slope for leaf, slope in pairs if leaf in reached)

    slopes = [total_slope(label, by, error) for label in labels]
    return [*map(Label, labels), *slopes, Operation("d", compute, 2 * len(labels))]
