"""Programs printed as JavaScript: every operation, random graphs, and graphs recorded again."""

import math
import random
from itertools import product

import mpmath
import numpy as np
import pytest
from browser import run_javascript
from random_programs import CONDITIONS
from strategies import graphs
from witnesses import EPSILON, for_all, leaves_of, path_scale, same_number

from autograd import Value, exp, log, maximum, where
from autograd.graph import interior_nodes
from autograd.numbers.kinds import GAMMA_FUNCTIONS, SPECIAL_FUNCTIONS
from autograd.primitive import PRIMITIVES
from autograd.tape.graphs import record_graph
from autograd.tape.javascript import javascript, number
from autograd.tape.operations import COUNTS, evaluate
from autograd.tape.program import Program
from autograd.tape.recording import record_outputs
from autograd.tape.tape import PER_LANE, SHARED
from examples import t1, t2, t3

SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -0.75, 2.0, -3.0, 7.5, 30.0, 5e-324, 1e308, -1e308)
SPECIAL += (math.inf, -math.inf, math.nan)

# Both libraries are within an ulp or two of the true number, hyperbolic functions within
# three; erf and erfc within the 1e-15 that is asked of them.
ROUNDING = 8 * EPSILON


def computed(program, *calls):
    """The results of a program for each of the lists of arguments."""
    arguments = ", ".join(f"[{', '.join(map(number, numbers))}]" for numbers in calls)
    return run_javascript(javascript(program), f"[{arguments}].map((args) => compute(args, []))")


def program_of(operation, count):
    sources = [(SHARED, place) for place in range(count)]
    return Program([*sources, (operation, *range(count))], bytes(count + 1), (count,))


def assert_same(found, expected, budget, what):
    assert same_number(found, expected, budget), f"{what} is {found}, and should be {expected}"


def assert_same_sign(found, expected, what):
    assert math.copysign(1, found) == math.copysign(1, expected), f"{what} is {found}"


# Browsers have none of these.
LACKING = {*GAMMA_FUNCTIONS, *SPECIAL_FUNCTIONS}
IN_BROWSERS = [
    p for name, p in PRIMITIVES.items() if name not in {*LACKING, "digamma", "i0", "i1", "j0", "j1"}
]


@pytest.mark.parametrize("name", sorted(LACKING))
def test_functions_that_browsers_lack_are_refused(name):
    with pytest.raises(TypeError, match=f"a browser has no {name}"):
        javascript(program_of(name, COUNTS[name]))


@pytest.mark.parametrize("operation", sorted(set(COUNTS) - LACKING - {"logical_and", "logical_or"}))
def test_every_operation_at_special_numbers(operation):
    count = COUNTS[operation]
    conditions = (0.0, 1.0) if operation == "where" else SPECIAL
    calls = list(product(conditions, *[SPECIAL] * (count - 1)))
    for numbers, (found,) in zip(
        calls, computed(program_of(operation, count), *calls), strict=True
    ):
        expected = float(evaluate(operation, numbers))
        budget = ROUNDING * abs(expected) if math.isfinite(expected) else 0
        assert_same(found, expected, budget, f"{operation}{numbers}")
        if expected == 0:
            assert_same_sign(found, expected, f"{operation}{numbers}")


@pytest.mark.parametrize("operation", ["mod", "floordiv", "pow", "hypot", "atan2"])
def test_operations_that_python_has_otherwise_at_random_numbers(operation):
    rng = random.Random(operation)
    calls = [[rng.choice((1, 10, 1e6)) * rng.uniform(-1, 1) for _ in range(2)] for _ in range(500)]
    for numbers, (found,) in zip(calls, computed(program_of(operation, 2), *calls), strict=True):
        expected = evaluate(operation, numbers)
        assert_same(found, expected, ROUNDING * abs(expected), f"{operation}{numbers}")


@pytest.mark.parametrize("join", CONDITIONS.values(), ids=CONDITIONS)
def test_conditions_combine(join):
    def function(x, y):
        condition = join(x > y, (x >= 0) | (y != y))
        return maximum(x, y) * condition, where(condition, 1.0, 2.0), condition

    program, _ = record_outputs(function, [], (SHARED, SHARED))
    calls = list(product([2.0, 1.0, -1.0], [1.0, -2.0, 2.0]))
    assert computed(program, *calls) == [list(map(float, function(*call))) for call in calls]


@pytest.mark.parametrize("name", ["erf", "erfc"])
def test_error_functions_to_their_last_digits(name):
    rng = random.Random(name)
    numbers = [rng.uniform(-6, 26) for _ in range(1000)] + [rng.uniform(-2, 2) for _ in range(1000)]
    numbers += [rng.choice((1, -1)) * 10 ** rng.uniform(-300, 0) for _ in range(200)]
    found = computed(program_of(name, 1), *([x] for x in numbers))
    with mpmath.workdps(40):
        for x, (y,) in zip(numbers, found, strict=True):
            expected = getattr(mpmath, name)(x)
            assert abs(y - expected) <= 1e-15 * abs(expected), f"{name}({x}) is {y}"


def test_a_constant_behind_its_reader_is_known():
    program, _ = record_outputs(lambda x, y: x * y - 0.5 + y, [], (SHARED, SHARED))
    assert computed(program, (2.0, 3.0)) == [[8.5]]


def test_parameters_come_apart_from_arguments():
    w = Value(3.0)
    program, _ = record_outputs(lambda x: w * x, [w], (SHARED,))
    assert run_javascript(javascript(program), "compute([2], [5])") == [10.0]


def test_a_program_with_lanes_is_refused():
    program, _ = record_outputs(lambda x: x * x, [], (PER_LANE,))
    with pytest.raises(ValueError, match="lanes"):
        javascript(program)


# Graphs recorded again


def recorded(output):
    """The nodes of a graph, and by its program their data, gradients and partials."""
    program, nodes = record_graph(output)
    leaves = [float(node.data) for node in nodes if not node.parents]
    (results,) = computed(program, leaves)
    count = len(nodes)
    return nodes, results[:count], results[count : 2 * count], results[2 * count :]


def test_random_graphs_have_all_their_numbers():
    def check(program, inputs):
        output = program(*leaves_of(inputs))
        if not isinstance(output, Value) or not output.parents:
            return
        output.backward()
        scales = path_scale(output, interior_nodes(output))
        nodes, data, gradients, partials = recorded(output)
        largest = max(abs(node.data) for node in nodes)
        for node, number_found, gradient in zip(nodes, data, gradients, strict=True):
            # A program stretches each rounding by at most 100 in its results, and its
            # derivatives by 1 / 0.05 a step (see strategies.py).
            assert_same(number_found, node.data, 1e3 * ROUNDING * largest, f"{program}: {node!r}")
            budget = 1e5 * ROUNDING * max(scales.get(node, 0), 1)
            assert_same(gradient, node.grad, budget, f"{program}: gradient of {node!r}")
        assert len(partials) == sum(len(node.parents) for node in nodes)

    for_all(graphs(IN_BROWSERS), check, examples=40)


@pytest.mark.parametrize(
    "error",
    [
        t1.forward(t1.leaves())["error"],
        t2.forward(t2.leaves())["error"],
        t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"],
    ],
    ids=["t1", "t2", "t3"],
)
def test_networks_have_all_their_numbers(error):
    error.backward()
    nodes, data, gradients, partials = recorded(error)
    expected = [partial for node in nodes for partial in node.partials]
    for found, numbers in ((data, [n.data for n in nodes]), (gradients, [n.grad for n in nodes])):
        assert found == pytest.approx(numbers, rel=ROUNDING, abs=0)
    assert partials == pytest.approx(expected, rel=ROUNDING, abs=0)


def test_a_node_read_twice_has_both_its_edges():
    x = Value(3.0)
    _, data, gradients, partials = recorded(x * x)
    assert (data, gradients, partials) == ([3.0, 9.0], [6.0, 1.0], [3.0, 3.0])


def test_others_are_computed_and_not_differentiated():
    x = Value(2.0)
    output, other = x * x, log(x)
    program, nodes = record_graph(output, [other])
    (results,) = computed(program, [4.0])
    found = dict(zip(nodes, results, strict=False))
    assert found[other] == pytest.approx(math.log(4.0), rel=ROUNDING)
    assert results[len(nodes) + nodes.index(other)] == 0


def test_what_is_moved_takes_its_readers_along():
    x = Value(-0.0)
    y = x * 3
    output = y + exp(y) * x
    program, nodes = record_graph(output, moved=[y])
    # The leaves are x and 3.
    calls = "[compute([-0, 3], [-0]), compute([2, 3], [0.5])]"
    results = run_javascript(javascript(program), calls)
    unmoved, moved = (dict(zip(nodes, numbers, strict=False)) for numbers in results)
    assert unmoved[y] == 0
    assert_same_sign(unmoved[y], -0.0, "what is not moved")
    assert moved[y] == 6.5
    assert moved[output] == pytest.approx(6.5 + 2 * math.exp(6.5), rel=ROUNDING)


def test_recording_changes_nothing():
    x = Value(2.0, label="x")
    output = x * x
    output.backward()
    record_graph(output)
    assert (x.data, x.grad, output.data, output.grad) == (2.0, 4.0, 4.0, 1)


def test_a_graph_of_arrays_is_refused():
    with pytest.raises(TypeError, match="ndarray"):
        record_graph(Value(np.ones(2)) * 2.0)
