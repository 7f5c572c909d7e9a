"""The tape: what it folds, shares, drops and gathers, and how long it gets."""

import gc
import math
import random
import re
import sys
from itertools import pairwise

import numpy as np
import pytest

import nn
from autograd import Value, compile, dot, exp, primitive, sigmoid, sin, sqrt, tanh
from autograd import sum as total
from autograd.compiling.lowering import with_shared_tanh
from autograd.compiling.native import LONGEST_STRAIGHT_LINE, NativeProgram
from autograd.numbers import elementary
from autograd.tape.program import Program, to_program
from autograd.tape.recording import record_gradient, record_outputs
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE, SHARED


def outputs(function, count=2, kind=SHARED) -> Program:
    return record_outputs(function, [], (kind,) * count)[0]


def gradient(function, count=2, kind=SHARED, parameters=()) -> Program:
    return record_gradient(function, list(parameters), (kind,) * count, "mean")


def operations(program: Program, *names: str) -> list[str]:
    """The operations that compute something, in order; only those with these names if any."""
    found = [x[0] for x in program.instructions if x[0] not in INPUTS]
    return [name for name in found if not names or name in names]


def products(program: Program) -> int:
    """How many products the program's sums consist of, but for those of constants."""
    constants = {i for i, x in enumerate(program.instructions) if x[0] == "constant"}
    return sum(
        not constants.issuperset(x[i : i + 2])
        for x in program.instructions
        if x[0] == "dot"
        for i in range(1, len(x), 2)
    )


# Constants


FOLDED = {
    "constants alone": (lambda x, y: x + (Value(2.0) * 3 + exp(Value(0.0))), ["add"], 7.0),
    "a power of a constant": (lambda x, y: x + Value(2.0) ** 10, ["add"], 1024.0),
    "an infinite one": (lambda x, y: x + Value(1.0) / 0.0, ["add"], math.inf),
    "a negative zero": (lambda x, y: x + Value(0.0) * -1.0, ["add"], -0.0),
}


@pytest.mark.parametrize(("function", "expected", "constant"), FOLDED.values(), ids=FOLDED)
def test_constants_are_folded(function, expected, constant):
    program = outputs(function)
    assert operations(program) == expected
    constants = [x[1] for x in program.instructions if x[0] == "constant"]
    assert [number.hex() for number in constants] == [constant.hex()]


SIMPLER = {
    "x * 1": (lambda x, y: x * 1, []),
    "1 * x": (lambda x, y: 1.0 * x, []),
    "x / 1": (lambda x, y: x / 1, []),
    "x ** 1": (lambda x, y: x**1, []),
    "x ** 0": (lambda x, y: x**0, []),
    "x ** 2": (lambda x, y: x**2, ["mul"]),
    "x ** 3": (lambda x, y: x**3, ["mul", "mul"]),
    "x ** -1": (lambda x, y: x**-1, ["div"]),
    "+x": (lambda x, y: +x, []),
}


@pytest.mark.parametrize(("function", "expected"), SIMPLER.values(), ids=SIMPLER)
def test_the_same_result_by_less(function, expected):
    assert operations(outputs(function)) == expected


KEPT = {
    # -0.0 + 0 is 0.0, nan * 0 is nan: these are not the same for every number.
    "x + 0.0": (lambda x, y: x + 0.0, "add"),
    "x * 0": (lambda x, y: x * 0, "mul"),
    "x - x": (lambda x, y: x - x, "sub"),
    "x / x": (lambda x, y: x / x, "div"),
}


@pytest.mark.parametrize(("function", "operation"), KEPT.values(), ids=KEPT)
def test_what_would_not_be_the_same_is_kept(function, operation):
    assert operations(outputs(function)) == [operation]


# Shared and dead code


def test_common_subexpressions_are_computed_once():
    program = outputs(lambda x, y: exp(x * y) + sin(y * x) * exp(x * y))
    assert operations(program, "exp", "sin") == ["exp", "sin"]
    assert operations(program).count("mul") == 1, "x * y and y * x are one product"


def test_what_the_backward_pass_needs_is_not_computed_again():
    program = gradient(lambda x, y: exp(x) * sqrt(y) * sigmoid(x - y))
    assert sorted(operations(program, "exp", "sqrt")) == ["exp", "exp", "sqrt"]


def test_a_program_is_the_same_without_numpy(monkeypatch):
    def recorded():
        return gradient(lambda x, y: x * tanh(y) + 2 * y - tanh(y) * x * x)

    program = recorded()
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert recorded() == program


def test_the_slope_of_tanh_is_one_instruction():
    """1 - tanh(y) ** 2 would cost none, and lose its digits."""
    program = gradient(lambda x, y: x * tanh(y))
    assert operations(program, "exp", "tanh", "tanh_slope") == ["tanh", "tanh_slope"]


def test_machine_code_takes_tanh_and_its_slope_of_one_exponential():
    program = gradient(lambda x, y: x * tanh(y) + tanh(x * y))
    found = operations(with_shared_tanh(program), "expm1_of_twice", "tanh", "tanh_slope")
    assert found == ["expm1_of_twice", "expm1_of_twice"]
    values = outputs(lambda x, y: x * tanh(y))
    assert operations(with_shared_tanh(values)) == ["tanh", "mul"], "there is no slope"


def tanh_and_slope(x, kind):
    """Both as machine code computes them, of a number or of a lane."""
    items, lanes = ([x], None) if kind == SHARED else ([np.array([x])], 1)
    native = NativeProgram(gradient(tanh, 1, kind), [kind])
    (value, slope), _ = native.run([], items, lanes)
    return float(value), float(slope) if kind == SHARED else slope.item()


by_both = pytest.mark.parametrize(
    ("kind", "longest"), [(SHARED, LONGEST_STRAIGHT_LINE), (SHARED, 0), (PER_LANE, 0)]
)


@by_both
@pytest.mark.parametrize("x", [0.0, 1e-300, 1e-9, 0.3, 1.0, 19.0, 300.0, 354.8, math.inf])
def test_tanh_of_one_exponential_is_right_everywhere(x, kind, longest, monkeypatch):
    """Beside the largest exponential, where nothing may be infinite or lose its digits."""
    monkeypatch.setattr("autograd.compiling.native.LONGEST_STRAIGHT_LINE", longest)
    both_signs = [tanh_and_slope(y, kind) for y in (x, -x)]
    for sign, (value, slope) in zip((1, -1), both_signs, strict=True):
        # Some four roundings, and what is lost of a number below the smallest normal one.
        right = sign * math.tanh(x), elementary.tanh_slope(x)
        for number, expected in zip((value, slope), right, strict=True):
            assert abs(number - expected) <= 8 * 2.0**-53 * abs(expected) + 2.0**-1022
        # The mean over the lanes is a sum that begins with 0.0.
        assert math.copysign(1.0, value) == sign or (kind == PER_LANE and value == 0)


@by_both
def test_tanh_of_nan_is_nan(kind, longest, monkeypatch):
    monkeypatch.setattr("autograd.compiling.native.LONGEST_STRAIGHT_LINE", longest)
    assert all(map(math.isnan, tanh_and_slope(math.nan, kind)))


def test_different_numbers_are_not_shared():
    program = outputs(lambda x, y: (x - y, y - x, x / y, y / x))
    assert operations(program) == ["sub", "sub", "div", "div"]
    zeros = outputs(lambda x, y: (x / 0.0, x / -0.0))
    assert len(operations(zeros)) == 2, "0.0 and -0.0 are two numbers"


def test_calls_with_more_operands_are_not_shared():
    @primitive
    def largest(*xs):
        return max(map(float, xs)), (0.0,) * len(xs)

    calls = outputs(lambda x, y: (largest(x), largest(y), largest(x, y), largest(x, x, y)))
    assert len(operations(calls)) == 4


def test_dead_code_is_dropped():
    def function(x, y):
        exp(x) * sin(y)
        return x * y

    assert operations(outputs(function)) == ["mul"]
    assert [x[0] for x in outputs(lambda x, y: y).instructions] == [SHARED]


def test_no_derivative_is_computed_that_nobody_asked_for():
    p = Value(2.0)
    program = gradient(lambda x, y: p * exp(x * y), parameters=[p])
    # exp(x * y) is the derivative itself: no more than the value needs.
    assert operations(program) == ["mul", "exp", "mul"]


# Sums of products


GATHERED = {
    "x * y + y * z + w": (lambda x, y, z, w: x * y + y * z + w, 3),
    "in a loop": (lambda *xs: sum((x * y for x, y in pairwise(xs)), 0.5), 3),
    "with differences": (lambda x, y, z, w: x * y - z + y * w, 3),
    "of dots": (lambda x, y, z, w: dot([x], [z]) + z * w + y, 3),
    "a long dot": (lambda x, y, z, w: dot([x, y, z, w, x], [z, w, w, x, y]), 5),
    "a sum of three": (lambda x, y, z, w: x + y + z, 3),
    "sum()": (lambda x, y, z, w: total([x * y, z * w, y]), 3),
}


@pytest.mark.parametrize(("function", "count"), GATHERED.values(), ids=GATHERED)
def test_sums_of_products_become_one_dot(function, count):
    program = outputs(function, count=4)
    assert operations(program) == ["dot"]
    assert products(program) == count


# How many products each dot has: of no more than four, which are added up in their order.
IN_BRACKETS = {
    "at the end": (lambda a, b, c, d, *_: (a * b + c) + (d * b + a), [2, 3]),
    "a long sum": (lambda *xs: sum((x * y for x, y in pairwise(xs)), 0.5), [3, 4]),
    "after a long dot": (lambda a, b, c, d, e, f: dot([a, b, c, d], [b, c, d, e]) + f + a, [5, 3]),
    "in a sum()": (lambda a, b, c, d, e, f: total([a - b, a * b, c - d, d * e, f]), [5]),
}


@pytest.mark.parametrize(("function", "expected"), IN_BRACKETS.values(), ids=IN_BRACKETS)
def test_sums_in_brackets_are_not_regrouped(function, expected):
    program = outputs(function, count=6)
    dots = [(len(x) - 1) // 2 for x in program.instructions if x[0] == "dot"]
    assert dots == expected


def test_a_product_that_is_read_elsewhere_is_computed_once():
    program = outputs(lambda x, y, z: (x * y + z * z + y, x * y), count=3)
    assert sorted(operations(program)) == ["dot", "mul"]
    product = program.results[1]
    assert product in program.instructions[program.results[0]][1:], "it is computed again"


def test_a_product_that_lanes_share_is_not_computed_in_each():
    p, q = Value(2.0), Value(3.0)
    program = record_outputs(lambda x: p * q + x * x + x, [p, q], (PER_LANE,))[0]
    stages = {x[0]: s for x, s in zip(program.instructions, program.stages, strict=True)}
    assert (stages.get("mul"), stages["dot"]) == (BEFORE, LANES)


def test_each_adjoint_is_one_dot():
    """A node read by many has one instruction for its adjoint: no chain of additions."""
    weights = [0.5 + i for i in range(6)]
    program = gradient(lambda x: dot([sin(w * x) for w in weights], weights), count=1)
    assert operations(program, "add", "sub") == []
    # The value, and the adjoint of x.
    assert operations(program, "dot") == ["dot", "dot"]
    assert products(program) == 2 * len(weights)


def test_each_neuron_is_one_dot_in_each_direction():
    random.seed(0)
    model = nn.MLP(3, [4, 2], activation="tanh")
    parameters = model.parameters()
    structure = ([SHARED] * 3,)
    program = record_gradient(lambda x: total(model(x)), parameters, structure, "mean")
    assert operations(program, "tanh") == ["tanh"] * 4
    # Four neurons of three inputs and a start; the output layer and its sum are one.
    assert len(operations(program, "dot")) <= 4 + 2 + 1 + 4


# Size


def chain(n):
    def function(x, y):
        for _ in range(n):
            x = sin(x * y) + x
        return x

    return function


def sums(n):
    return lambda x, y: total([sin(x * i) * y for i in range(2, n + 2)])


def shared_by_all(n):
    """One number that everything reads, and one that reads everything, again and again."""

    def function(x, y):
        found = x
        for i in range(n):
            found = dot([found, y, x], [x, found, y], start=0.5 + i)
        return found

    return function


@pytest.mark.parametrize("family", [chain, sums, shared_by_all])
@pytest.mark.parametrize("record", [outputs, gradient])
def test_the_size_is_linear(family, record):
    sizes = []
    for n in (20, 40, 80):
        program = record(family(n))
        sizes.append(len(program.instructions) + products(program))
    assert sizes[2] - sizes[1] == 2 * (sizes[1] - sizes[0]), f"{sizes} instructions and products"


@pytest.mark.parametrize("family", [chain, sums, shared_by_all])
def test_the_gradient_costs_a_small_multiple_of_the_value(family):
    value, both = outputs(family(50)), gradient(family(50))
    size = len(value.instructions) + products(value)
    # At most: the value, a partial for each operand, and a product for each partial.
    assert len(both.instructions) + products(both) <= 6 * size


def test_long_chains_are_recorded_without_recursion():
    program = gradient(chain(5_000))
    assert operations(program, "sin") == ["sin"] * 5_000


def test_a_graph_is_gone_when_its_program_is_put_together(monkeypatch):
    """Of a million nodes it would be half of the memory that recording takes."""

    def values():
        return sum(type(x) is Value for x in gc.get_objects())

    before, found = values(), []

    def counting(*arguments):
        found.append(values() - before)
        return to_program(*arguments)

    monkeypatch.setattr("autograd.tape.recording.to_program", counting)
    gradient(chain(500))
    # Those of the arguments, and a few that other tests hold or let go.
    assert found[0] < 100


# Stages


def test_what_the_lanes_share_is_computed_once():
    p = Value(2.0)
    program = record_gradient(lambda x: exp(p) * x, [p], (PER_LANE,), "mean")
    stage = {x[0]: s for x, s in zip(program.instructions, program.stages, strict=True)}
    assert stage["exp"] == BEFORE, "exp(p) is the same in every lane"
    assert stage["sum_over_lanes"] == AFTER
    # x is added up over the lanes: no lane multiplies it by exp(p) for the derivative.
    lanes = [
        x[0]
        for x, s in zip(program.instructions, program.stages, strict=True)
        if s == LANES and x[0] not in INPUTS
    ]
    assert lanes in ([], ["mul"])


# Text


def test_source_is_the_same_in_every_recording():
    def text():
        random.seed(0)
        model = nn.MLP(2, [3, 1], activation="tanh")
        fast = compile(lambda x: model(x), model.parameters())
        fast([1.0, 2.0])
        fast.value_and_grad([1.0, 2.0])
        return fast.source()

    assert text() == text()


def test_source_names_numbers_by_their_labels():
    w, b = Value(2.0, label="w"), Value(3.0, label="b")
    fast = compile(lambda x: w * x + b, [w, b])
    fast(1.0)
    assert re.fullmatch(
        r"# outputs of \(number,\)\nonce:\n    (v\d+) = (w \* x0|x0 \* w) \+ b\nresults: \1",
        fast.source(),
    ), fast.source()


def test_source_of_lanes_says_what_runs_in_each():
    w = Value(2.0, label="w")
    fast = compile(lambda x: exp(w) * x, [w])
    fast.value_and_grad(np.ones(3))
    text = fast.source()
    assert text.startswith("# value and gradient of (lanes,)")
    assert text.index("once:") < text.index("once, after the lanes:")
    assert "sum over lanes of" in text
