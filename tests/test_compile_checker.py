"""Compiled against eager: how far they may differ, and that a wrong program differs more."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from witnesses import EPSILON, lanes, leaves_of

from autograd import Value, compile, dot, exp, gradients, sin, tanh, where
from autograd.compiling.backend import replay
from autograd.compiling.native import NativeProgram
from autograd.graph import interior_nodes
from autograd.tape.operations import COMPARISONS
from autograd.tape.program import Program, operands, source
from autograd.tape.recording import record_gradient
from autograd.tape.tape import SHARED, Instruction, Instructions

# What one operation of the eager engine and its compiled form may differ by: NumPy's
# vectorised functions are up to 4 ulps from C's, a rule is a handful of operations, and a
# product is rounded or, fused with a sum, is not.
ULPS = 8 * EPSILON

# What may be added up in another order: `sum` and `dot`; and what comes back to a number from
# several sides, which in the graph of a derivative is a chain of `add`.
_SUMS = ("sum", "dot")
_SUMS_OF_DERIVATIVES = (*_SUMS, "add", "sub")


class Expected(NamedTuple):
    """A number by the eager engine, and by how much a compiled one may differ."""

    number: float
    budget: float


def eager(function: Callable[..., Any], numbers: Sequence[float]) -> list[Expected]:
    """The value and the derivatives of a function by the eager engine, with their budgets.

    The derivatives are computed as a graph too, so that one analysis serves for both.
    """
    inputs = leaves_of(numbers)
    return derived(function(*inputs), inputs)


def derived(output: Any, inputs: Sequence[Value]) -> list[Expected]:
    """A number and its derivatives in the inputs, with their budgets."""
    if not isinstance(output, Value):
        return [Expected(float(output), 0.0)] + [Expected(0.0, 0.0)] * len(inputs)
    slopes = gradients(output, inputs, create_graph=True)
    return [with_budget(output), *[with_budget(x, _SUMS_OF_DERIVATIVES) for x in slopes]]


def with_budget(output: Any, in_any_order: Sequence[str] = _SUMS) -> Expected:
    """Running error analysis: an operation passes the errors of its operands on, and adds its own.

    The own error of a sum that may be added up in another order is relative to the absolute
    values of its terms, however much of them cancels.
    """
    if not isinstance(output, Value):
        return Expected(float(output), 0.0)
    errors: dict[Value, float] = {}
    for node in interior_nodes(output):
        edges = list(zip(node.parents, node.partials, strict=True))
        assert node.rule is not None
        terms = sum(abs(partial * parent.data) for parent, partial in edges)
        own = terms if node.rule.name in in_any_order else abs(node.data)
        passed_on = sum(abs(partial) * errors.get(parent, 0.0) for parent, partial in edges)
        errors[node] = ULPS * own + passed_on
    return Expected(float(output.data), errors.get(output, 0.0))


def assert_close(found: Sequence[Any], expected: Sequence[Expected], what: Any) -> None:
    """Raises AssertionError unless the value and all derivatives are within their budgets."""
    names = ["value", *(f"derivative {i}" for i in range(len(expected) - 1))]
    for name, number, right in zip(names, found, expected, strict=True):
        assert math.isfinite(right.budget), f"{what}: no budget for the {name}, {right}"
        assert abs(number - right.number) <= right.budget, (
            f"{what}: the {name} is {number!r} compiled and {right.number!r} eagerly, "
            f"{abs(number - right.number) / (EPSILON * abs(right.number) or 1):.3g} ulps apart"
        )


def summed(rows: Sequence[Sequence[Expected]], mean: bool = True) -> list[Expected]:
    """The mean or sum over lanes of what each gives, with a budget for adding up in any order."""
    count = len(rows) if mean else 1
    roundings = (len(rows) + 2) * EPSILON
    return [
        Expected(
            math.fsum(x.number for x in column) / count,
            math.fsum(x.budget + roundings * abs(x.number) for x in column) / count,
        )
        for column in zip(*rows, strict=True)
    ]


def assert_compiled(
    function: Callable[..., Any], rows: Sequence[Sequence[float]], backend: str
) -> None:
    """Raises AssertionError where compiled and eager differ: on floats, on lanes, in parameters."""
    expected = [eager(function, row) for row in rows]
    fast = compile(function, backend=backend)
    for row, right in zip(rows, expected, strict=True):
        value, gradient = fast.value_and_grad(*row)
        gradient = gradient if len(row) > 1 else (gradient,)
        assert_close([value, *gradient], right, f"{function} at {row}")

    columns = lanes(rows)
    outputs = fast(*columns)
    value, gradient = fast.value_and_grad(*columns)
    gradient = gradient if len(columns) > 1 else (gradient,)
    mean = summed(expected)
    assert_close([value], mean[:1], f"{function} in lanes {rows}, their mean")
    for lane, right in enumerate(expected):
        found = [outputs[lane], *[column[lane] * len(rows) for column in gradient]]
        # Divided by the count and multiplied by it again: two roundings more.
        right = [Expected(x, budget + 2 * EPSILON * abs(x)) for x, budget in right]
        assert_close(found, right, f"{function}, lane {lane} of {rows}")

    assert_compiled_in_parameters(function, rows[0], expected[0], backend)


def assert_compiled_in_parameters(
    function: Callable[..., Any], row: Sequence[float], expected: list[Expected], backend: str
) -> None:
    """The same with all but one argument as parameters, which the lanes share."""
    parameters = leaves_of(row[1:])
    fast = compile(lambda x: function(x, *parameters), parameters, backend=backend)
    if parameters:
        value, gradient = fast.value_and_grad(*lanes([row[:1]] * 3))
        right = summed([expected] * 3)
        del right[1]
        assert_close([value, *gradient], right, f"{function} at {row} as parameters")


# The checker is checked: programs with one operand exchanged, or one product dropped.


def neuron_with_sums(x, y, a, b, c):
    """Sums and products written out, as in micrograd."""
    h = tanh(x * a + y * b + c)
    return (h * a - y) ** 2 + h * x


def neuron_with_dots(x, y, a, b, c):
    h = [tanh(dot((x, y), weights, start=c)) for weights in ((a, b), (b, c))]
    return dot(h, (a, c), start=sin(b)) - exp(h[1]) / x


def with_choices(x, y, a, b, c):
    return where(x > y, x * a, y * b) * c + (x * b).relu() * a - (y * c).leaky_relu() / b


FUNCTIONS = [neuron_with_sums, neuron_with_dots, with_choices]
# Two points, so that each branch of each choice is taken at one of them.
POINTS = [(0.7, -1.3, 0.45, 1.9, -0.6), (-0.8, 1.1, 0.35, 0.9, -1.7)]

every_function = pytest.mark.parametrize("function", FUNCTIONS)


def recorded(function) -> Program:
    return record_gradient(function, [], (SHARED,) * len(POINTS[0]), "mean")


def mutants(program: Program):
    """The program with each operand exchanged for another number, and each product dropped."""
    everything = replace(program, results=tuple(range(len(program.instructions))))
    numbers = replay(everything, [], POINTS[0], None)
    for position, instruction in enumerate(program.instructions):
        operation, *xs = instruction
        changed = []
        if _asks_for_nan(program, instruction):
            continue
        if operation in COMPARISONS:
            # Compared with another number the answer may be the same.
            yield replace_at(program, position, (operation, *reversed(xs)))
            continue
        for which in range(len(operands(instruction))):
            # The last number before that can be told from it. No condition and nothing chosen
            # by one: they may be the same wherever they are used.
            other = next(
                i
                for i in reversed(range(position))
                if numbers[i] != numbers[xs[which]]
                and program.instructions[i][0] not in (*COMPARISONS, "where")
            )
            changed.append([*xs[:which], other, *xs[which + 1 :]])
        if operation == "dot":
            changed += [[*xs[:k], *xs[k + 2 :]] for k in range(0, len(xs), 2)]
        for new in changed:
            yield replace_at(program, position, (operation, *new))


def _asks_for_nan(program: Program, instruction: Instruction) -> bool:
    """Whether it compares a number with itself, or chooses by that: at the points none is nan."""
    operation, *xs = instruction
    if operation == "where":
        return _asks_for_nan(program, program.instructions[xs[0]])
    return operation in COMPARISONS and xs[0] == xs[1]


def replace_at(program: Program, position: int, instruction: Instruction) -> Program:
    given = program.instructions
    instructions = Instructions(inputs=given.inputs)
    for i, old in enumerate(given):
        operation, *xs = instruction if i == position else old
        instructions.append(operation, [] if i in given.inputs else xs)
    return replace(program, instructions=instructions)


def is_refused(found: Sequence[float], expected: Sequence[Expected]) -> bool:
    try:
        assert_close(found, expected, "a mutant")
    except AssertionError:
        return True
    return False


@every_function
def test_budgets_are_tight(function):
    for point in POINTS:
        for number, budget in eager(function, point):
            assert 0 <= budget <= 1e-12, f"{number} may differ by {budget}"


@every_function
def test_derivatives_do_not_vanish(function):
    for name, column in enumerate(zip(*[eager(function, point) for point in POINTS], strict=True)):
        assert max(abs(x.number) for x in column) > 0.1, f"result {name} of {function.__name__}"


@every_function
def test_right_programs_pass(function):
    program = recorded(function)
    for point in POINTS:
        expected = eager(function, point)
        assert_close(replay(program, [], point, None), expected, "replayed")
        native, _ = NativeProgram(program, program.arguments).run([], point, None)
        assert_close(native, expected, "machine code")


@every_function
def test_wrong_programs_are_refused(function):
    program, expected = recorded(function), [eager(function, point) for point in POINTS]
    count = 0
    for mutant in mutants(program):
        found = [replay(mutant, [], point, None) for point in POINTS]
        refused = map(is_refused, found, expected)
        count += 1
        assert any(refused), f"{function.__name__}: not noticed:\n{source(mutant)}"
    assert count >= len(program.instructions), "hardly anything was made wrong"


@every_function
def test_wrong_numbers_are_refused(function):
    expected = eager(function, POINTS[0])
    for position, (number, _) in enumerate(expected):
        found = [x.number for x in expected]
        found[position] = number + 1e-11
        assert is_refused(found, expected), f"result {position} may be wrong by 1e-11"
