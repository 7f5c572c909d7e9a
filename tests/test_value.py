"""Value as its user meets it: the node, and backward."""

import builtins
import dis
import gc
import operator
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import Value, graph

INPUTS = 3
small_fractions = st.fractions(min_value=-3, max_value=3, max_denominator=7)
points = st.lists(small_fractions, min_size=INPUTS, max_size=INPUTS)

# A program is a list of steps (operation, i, j): each appends operation(numbers[i], numbers[j])
# to a list that begins with the inputs. So it holds shared subexpressions, squares and diamonds.
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


@st.composite
def programs(draw):
    steps = []
    for count in range(INPUTS, INPUTS + draw(st.integers(1, 8))):
        earlier = st.integers(0, count - 1)
        steps.append((draw(st.sampled_from("+-*")), draw(earlier), draw(earlier)))
    return steps


def run(program, inputs):
    numbers = list(inputs)
    for symbol, i, j in program:
        numbers.append(OPERATIONS[symbol](numbers[i], numbers[j]))
    return numbers


class Dual:
    """A number with its derivative along one input: the independent witness, exact on fractions."""

    def __init__(self, number, slope):
        self.number, self.slope = number, slope

    def __add__(self, other):
        return Dual(self.number + other.number, self.slope + other.slope)

    def __sub__(self, other):
        return Dual(self.number - other.number, self.slope - other.slope)

    def __mul__(self, other):
        product_rule = self.slope * other.number + self.number * other.slope
        return Dual(self.number * other.number, product_rule)


def exact_gradient(program, point):
    """The derivative of the program's last number with respect to each input."""
    return [
        run(program, [Dual(x, int(i == position)) for i, x in enumerate(point)])[-1].slope
        for position in range(INPUTS)
    ]


# backward


@given(programs(), points)
def test_backward_is_exact_on_fractions(program, point):
    inputs = [Value(x) for x in point]
    run(program, inputs)[-1].backward()
    assert [x.grad for x in inputs] == exact_gradient(program, point)


@given(programs(), points)
def test_backward_twice_doubles_the_leaves_exactly_and_nothing_else(program, point):
    inputs = [Value(x) for x in point]
    numbers = run(program, inputs)
    numbers[-1].backward()
    once = [(x.data, x.grad, x.partials) for x in numbers]
    numbers[-1].backward()
    for position, (x, (data, grad, partials)) in enumerate(zip(numbers, once, strict=True)):
        expected = 2 * grad if position < INPUTS else grad
        assert x.grad == expected, f"node {position}: {grad} became {x.grad}"
        assert (x.data, x.partials) == (data, partials), f"node {position} changed"


@given(programs(), points, small_fractions)
def test_the_gradient_argument_scales_every_derivative(program, point, scale):
    inputs = [Value(x) for x in point]
    run(program, inputs)[-1].backward(gradient=scale)
    assert [x.grad for x in inputs] == [scale * d for d in exact_gradient(program, point)]


@given(programs(), points, points)
def test_data_changed_after_the_forward_pass_does_not_reach_the_gradient(program, point, later):
    inputs = [Value(x) for x in point]
    numbers = run(program, inputs)
    for x, data in zip(inputs, later, strict=True):
        x.data = data
    numbers[-1].backward()
    assert [x.grad for x in inputs] == exact_gradient(program, point)


@given(programs(), points)
def test_gradients_of_two_outputs_accumulate_in_the_leaves(program, point):
    inputs = [Value(x) for x in point]
    numbers = run(program, inputs)
    numbers[-1].backward()
    (inputs[0] * inputs[1]).backward()
    first = exact_gradient(program, point)
    assert inputs[0].grad == first[0] + point[1]
    assert inputs[1].grad == first[1] + point[0]
    assert inputs[2].grad == first[2]


def test_interior_gradients_can_be_read():
    a, b = Value(2.0), Value(3.0)
    product = a * b
    output = product * product
    output.backward()
    assert (output.grad, product.grad, a.grad, b.grad) == (1, 12.0, 36.0, 24.0)


def test_interior_gradients_belong_to_the_last_call_alone():
    x = Value(3.0)
    shared = x * x
    (shared * 5).backward()
    (shared * 7).backward()
    assert shared.grad == 7
    assert x.grad == 5 * 6 + 7 * 6


def test_both_edges_of_a_square_count():
    x = Value(3.0)
    y = x * x
    assert y.parents == (x, x)
    assert y.partials == (3.0, 3.0)
    y.backward()
    assert x.grad == 6.0


def test_a_diamond_is_passed_once_per_path():
    # y = (2x) * (x + 1), so y' = 4x + 2.
    x = Value(3.0)
    ((2 * x) * (x + 1)).backward()
    assert x.grad == 14.0


def test_a_ladder_of_shared_sums_is_walked_once_per_node():
    # 2**200 paths: whoever walks paths instead of nodes never returns.
    x = Value(1)
    y = x
    for _ in range(200):
        y = y + y
    y.backward()
    assert x.grad == 2**200


def test_backward_on_a_leaf_accumulates_in_it():
    x = Value(3.0)
    x.backward()
    x.backward(gradient=0.5)
    assert x.grad == 1.5


def test_gradients_of_a_leaf_restart_where_the_user_sets_them_to_zero():
    x = Value(3.0)
    (x * x).backward()
    x.grad = 0
    (x * x).backward()
    assert x.grad == 6.0


@given(programs(), points)
def test_the_order_of_a_graph_depends_on_the_graph_alone(program, point):
    # Both are alive at once, so the second lies at other addresses.
    first, second = (run(program, [Value(x) for x in point]) for _ in range(2))

    def positions(numbers):
        position_of = {node: position for position, node in enumerate(numbers)}
        return [position_of[node] for node in graph.topological_order(numbers[-1])]

    assert positions(first) == positions(second)


@given(programs(), points)
def test_each_node_stands_after_its_parents(program, point):
    seen = set()
    for node in graph.topological_order(run(program, [Value(x) for x in point])[-1]):
        assert set(node.parents) <= seen, f"{node} stands before a parent"
        assert node not in seen, f"{node} stands twice"
        seen.add(node)


# A backward that does not come to its end


class Interruption(BaseException):
    """What ends a program that does not expect it, as Ctrl-C does."""


def interrupted(function, count):
    """Runs a function until so many instructions of Python's are executed in this package.

    Returns the name of the instruction at which it was interrupted, None where it came to its end.
    """
    executed, stopped_at = 0, None

    def trace(frame, event, _):
        nonlocal executed, stopped_at
        if not frame.f_globals["__name__"].startswith("autograd."):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            executed += 1
            if executed > count:
                sys.settrace(None)
                stopped_at = dis.opname[frame.f_code.co_code[frame.f_lasti]]
                raise Interruption
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    except Interruption:
        pass
    finally:
        sys.settrace(before)
    return stopped_at


def test_an_interrupted_backward_leaves_the_gradients_of_leaves_as_they_were():
    np = pytest.importorskip("numpy")
    fresh, used = Value(2.0), Value(3.0)
    lanes = Value(np.array([1.0, 2.0]))
    square = fresh * used + fresh * fresh
    output = square * square.tanh() + lanes * used
    (used * lanes).backward()
    leaves = (fresh, used, lanes)

    def gradients():
        return [np.copy(leaf.grad).tolist() for leaf in leaves]

    before, count = gradients(), 0
    while stopped_at := interrupted(output.backward, count):
        if gradients() != before:
            # All is done, and nothing but to return is left.
            assert stopped_at in ("LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"), (
                f"after {count} instructions, at {stopped_at}, the gradients {before} were "
                f"{gradients()}"
            )
            break
        count += 1
    assert count > 500
    output.backward()
    after = gradients()
    assert all(x != y for x, y in zip(before, after, strict=True))


def test_a_backward_after_an_interrupted_one_finds_every_node():
    x = Value(0.5)
    square = x * x
    output = square * square.tanh() + square * x
    output.backward()
    expected, count = x.grad, 0
    x.grad = 0
    while interrupted(output.backward, count):
        x.grad = 0
        output.backward()
        assert x.grad == expected, f"after one that was interrupted at instruction {count}"
        x.grad = 0
        count += 1
    assert count > 300


def test_an_interrupted_backward_on_a_leaf_leaves_its_gradient_as_it_was():
    leaf, count = Value(2.0), 0
    leaf.backward(0.5)
    while interrupted(leaf.backward, count) and leaf.grad == 0.5:
        count += 1
    assert (leaf.grad, count > 50) == (1.5, True)


@autograd.primitive
def with_a_slope_too_large_for_a_float(x):
    return x, (Fraction(10) ** 400,)


@autograd.primitive
def with_a_slope_of_other_lanes(x):
    import numpy as np

    return x, (np.ones(5),)


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (with_a_slope_too_large_for_a_float, OverflowError),
        (with_a_slope_of_other_lanes, ValueError),
    ],
)
def test_a_backward_that_raises_leaves_the_gradients_of_leaves_as_they_were(rule, error):
    np = pytest.importorskip("numpy")
    first, second, third = Value(np.ones(3)), Value(2.0), Value(3.0)
    (first * second).backward()
    before = [np.copy(first.grad).tolist(), np.copy(second.grad).tolist(), third.grad]
    output = rule(first * 1.5 + third) * 0.5 + second * third
    with pytest.raises(error):
        output.backward()
    after = [np.copy(first.grad).tolist(), np.copy(second.grad).tolist(), third.grad]
    assert after == before
    (second * third).backward()
    assert third.grad == 2.0


# The node


def test_a_leaf_has_nothing_behind_it():
    x = Value(2.0, label="x")
    assert (x.data, x.grad, x.label, x.op, x.parents, x.partials) == (2.0, 0, "x", "", (), ())
    assert x.rule is None


def test_detach_cuts_the_graph():
    x = Value(3.0)
    (x * (x * x).detach()).backward()
    assert x.grad == 9.0


@pytest.mark.parametrize(
    ("compute", "symbol"),
    [
        (lambda x: x + 1, "+"),
        (lambda x: x - 1, "-"),
        (lambda x: x * 2, "*"),
        (lambda x: x / 2, "/"),
        (lambda x: x // 2, "//"),
        (lambda x: x % 2, "%"),
        (lambda x: x**2, "**2"),
        (lambda x: x**x, "**"),
        (lambda x: -x, "-"),
        (lambda x: x.tanh(), "tanh"),
        (lambda x: autograd.maximum(x, 1), "maximum"),
    ],
)
def test_op_names_the_operation(compute, symbol):
    assert compute(Value(3.0)).op == symbol


def test_repr_shows_data_gradient_and_label():
    assert repr(Value(2.0)) == "Value(data=2.0, grad=0)"
    assert repr(Value(2.0, label="x")) == "Value(data=2.0, grad=0, label='x')"


def test_a_micrograd_program_gives_micrograd_results():
    # The example of micrograd's README, with the three figures that it publishes.
    a = Value(-4.0)
    b = Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert (f"{g:.4f}", f"{a.grad:.4f}", f"{b.grad:.4f}") == ("24.7041", "138.8338", "645.5773")


def test_values_form_no_reference_cycles():
    def alive():
        return builtins.sum(type(item) is Value for item in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = alive()
        x = Value(0.5)
        y = (x * x + autograd.sum([x, x.tanh()])).exp()
        y.backward()
        autograd.gradients(y, x, create_graph=True)
        autograd.hessian(lambda p: p[0] * p[0] * p[1])([2.0, 3.0])
        del x, y
        left = alive() - before
    finally:
        gc.enable()
    assert left == 0, f"reference counting alone left {left} Values"
