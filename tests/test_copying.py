"""Copies, deep copies and pickles of graphs."""

import copy
import io
import os
import pickle
import subprocess
import sys
import textwrap
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_value import exact_gradient, points, programs, run

import autograd
from autograd import Value, graph, no_grad, primitive
from autograd.primitive import PRIMITIVES

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


def by_pickle(protocol):
    return lambda thing: pickle.loads(pickle.dumps(thing, protocol))


COPIES = {"deepcopy": copy.deepcopy} | {f"pickle {p}": by_pickle(p) for p in PROTOCOLS}
each_way = pytest.mark.parametrize("duplicate", COPIES.values(), ids=COPIES)


@primitive
def scaled_cube(x, *, scale=1):
    """scale * x ** 3, a rule that a user wrote at the top of a module"""
    return scale * x**3, (scale * 3 * x**2,)


def fields(node):
    return (node.data, node.grad, node.label, node.rule and node.rule.name, node.partials)


def assert_same_graph(twin, original):
    """The same nodes in the same order, connected in the same way, and none of them shared."""
    pairs = list(zip(graph.topological_order(twin), graph.topological_order(original), strict=True))
    twin_of = {old: new for new, old in pairs}
    for new, old in pairs:
        assert new is not old, f"the copy shares {old}"
        assert fields(new) == fields(old)
        expected = [twin_of[parent] for parent in old.parents]
        assert all(x is y for x, y in zip(new.parents, expected, strict=True)), f"parents of {new}"


@each_way
@given(program=programs(), point=points)
def test_a_copied_graph_is_the_same_and_independent(duplicate, program, point):
    inputs = [Value(x, label=f"x{i}") for i, x in enumerate(point)]
    output = run(program, inputs)[-1]
    output.backward()
    twin = duplicate(output)
    assert_same_graph(twin, output)
    before = [x.grad for x in inputs]
    twin.backward()
    assert [x.grad for x in inputs] == before, "backward on the copy reached the original"
    for leaf in graph.topological_order(twin):
        if leaf.label:
            slope = exact_gradient(program, point)[int(leaf.label[1])]
            assert leaf.grad == 2 * slope, f"{leaf.label} after backward on the copy"


@each_way
@given(program=programs(), point=points, order=st.permutations(range(4)))
def test_sharing_among_several_values_is_kept_in_any_order(duplicate, program, point, order):
    inputs = [Value(x) for x in point]
    output = run(program, inputs)[-1]
    values = [*inputs, output]
    twins = dict(zip(order, duplicate([values[i] for i in order]), strict=True))
    assert_same_graph(twins[3], output)
    twins[3].backward()
    expected = exact_gradient(program, point)
    assert [twins[i].grad for i in range(3)] == expected, "the copied leaves are not the graph's"


@each_way
@pytest.mark.parametrize("error_first", [True, False])
def test_an_error_and_its_weight_stay_connected(duplicate, error_first):
    weight = Value(3.0)
    error = (weight * 2 - 1) ** 2
    pair = (error, weight) if error_first else (weight, error)
    twins = duplicate(pair)
    twin_error, twin_weight = twins if error_first else reversed(twins)
    twin_error.backward()
    assert twin_weight.grad == 20.0
    assert weight.grad == 0


@each_way
def test_the_same_value_twice_stays_one(duplicate):
    x = Value(3.0)
    first, second, nested = duplicate((x, x, {"x": [x]}))
    assert first is second is nested["x"][0]
    assert first is not x


def lines_run(function, argument):
    """How many lines of this package a call runs: the same each time, unlike its time."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        count += event == "line"
        return trace if frame.f_globals.get("__name__", "").startswith("autograd.") else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(argument)
    finally:
        sys.settrace(before)
    return count


def states_of(count):
    """The states of one computation, oldest first."""
    states, weight = [Value(1.0)], Value(0.5)
    for _ in range(count):
        states.append(states[-1] * weight + 1.0)
    return states


ORDERS = {
    "oldest first": lambda states: states,
    "newest first": lambda states: states[::-1],
    "every other one first": lambda states: states[::2] + states[1::2],
    "in dicts": lambda states: [{"state": state, "twice": (state, state)} for state in states],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@each_way
def test_the_work_for_many_states_of_one_graph_grows_with_their_number(duplicate, order):
    few, many = (lines_run(duplicate, order(states_of(count))) for count in (100, 400))
    # Once and a half of linear; quadratic work would be 16 times as much.
    assert many < 1.5 * 4 * few, f"{few} lines for 100 states, {many} for 400"


@pytest.mark.parametrize("pickler", [pickle.Pickler, pickle._Pickler])
def test_many_states_are_pickled_at_any_depth(pickler):
    states = states_of(2 * sys.getrecursionlimit())
    for order in ORDERS.values():
        file = io.BytesIO()
        pickler(file).dump(order(states))
        file.seek(0)
        pickle.load(file)


def test_picklers_take_turns():
    """Each brings along what it has not pickled itself, however deep that is."""
    states = states_of(3 * sys.getrecursionlimit())
    files = [io.BytesIO() for _ in range(3)]
    picklers = [pickle.Pickler(file) for file in files]
    half = len(states) // 2
    rounds = (states[:100], states[-1], states[half], states[::-1])
    for things in rounds:
        for pickler in picklers:
            pickler.dump(things)
        assert pickle.loads(pickle.dumps(states[-1])).data == states[-1].data
    for file in files:
        file.seek(0)
        unpickler = pickle.Unpickler(file)
        first, last, middle, newest_first = [unpickler.load() for _ in rounds]
        assert newest_first[0] is last
        assert newest_first[-1] is first[0]
        assert newest_first[-1 - half] is middle
        assert_same_graph(last, states[-1])


def test_a_failed_pickler_that_is_kept_does_not_spoil_the_next():
    states = states_of(2 * sys.getrecursionlimit())
    pickler = pickle._Pickler(io.BytesIO())
    for thing in ([*states, lambda: None], [states[-1], lambda: None]):
        with pytest.raises((AttributeError, pickle.PicklingError)):
            pickler.dump(thing)
        for state in (states[-1], states[len(states) // 2]):
            assert pickle.loads(pickle.dumps(state)).data == state.data


@pytest.mark.parametrize("bad_first", [True, False])
def test_what_a_failed_pickler_has_announced_is_pickled_by_the_next(bad_first):
    @primitive
    def local_rule(x):
        return x, (1,)

    end = states_of(2 * sys.getrecursionlimit())[-1]
    bad = local_rule(Value(1.0))
    pickler = pickle._Pickler(io.BytesIO())
    with pytest.raises((AttributeError, pickle.PicklingError)):
        pickler.dump(bad * end if bad_first else end * bad)
    assert pickle.loads(pickle.dumps(end)).data == end.data


def test_nodes_that_come_along_are_pickled_as_nothing_but_themselves():
    states = states_of(1000)
    # Alone, each state brings along what is below it, in a list of its own: 10 bytes at least.
    alone, along = len(pickle.dumps(states)), len(pickle.dumps(states[-1]))
    assert along < alone - 10 * 1000


def test_a_pickler_that_forgets_pickles_anew():
    states = states_of(3 * sys.getrecursionlimit())
    file = io.BytesIO()
    pickler = pickle.Pickler(file)
    ends = []
    for _ in range(2):
        pickler.dump(states[-1])
        pickler.clear_memo()
        ends.append(file.tell())
    file.seek(ends[0])
    assert_same_graph(pickle.load(file), states[-1])


def test_a_shallow_copy_is_another_node_on_the_same_parents():
    x = Value(3.0, label="x")
    y = x * x
    y.grad = 5
    twin = copy.copy(y)
    assert twin is not y
    assert fields(twin) == fields(y)
    assert twin.parents[0] is x
    twin.backward()
    assert (x.grad, y.grad) == (6.0, 5)


@each_way
@pytest.mark.parametrize(
    "number",
    [2, 2.5, Fraction(1, 3), 1j, np.array([1.0, 2.0])],
    ids=["int", "float", "Fraction", "complex", "array"],
)
def test_every_kind_of_number_can_be_copied(duplicate, number):
    x = Value(number)
    output = x * x
    twin = duplicate(output)
    twin.backward()
    assert type(twin.parents[0].data) is type(number)
    assert np.all(twin.parents[0].grad == 2 * number)


@each_way
def test_a_copied_array_is_not_shared(duplicate):
    x = Value(np.array([1.0, 2.0]))
    assert not np.shares_memory(duplicate(x).data, x.data)


# Rules


@each_way
@pytest.mark.parametrize("name", PRIMITIVES)
def test_primitives_stay_themselves(duplicate, name):
    assert duplicate(PRIMITIVES[name]) is PRIMITIVES[name]


@each_way
def test_the_rule_of_a_copied_node_is_the_same_object(duplicate):
    assert duplicate(Value(2.0).tanh()).rule is PRIMITIVES["tanh"]
    assert duplicate(scaled_cube(Value(2.0))).rule is scaled_cube


@each_way
@pytest.mark.parametrize(
    "compute",
    [
        lambda x: x**3,
        lambda x: x.leaky_relu(slope=0.25),
        lambda x: autograd.select(1, [x, x]),
        lambda x: autograd.where(x > 0, x, 1),
        lambda x: scaled_cube(x, scale=5),
    ],
    ids=["power", "leaky_relu", "select", "where", "own"],
)
def test_constants_bound_by_a_call_are_copied(duplicate, compute):
    output = compute(Value(-2.0))
    twin = duplicate(output)
    assert (twin.rule.name, twin.rule.constants) == (output.rule.name, output.rule.constants)
    x = twin.parents[0]
    slope = autograd.gradients(twin, x, create_graph=True)
    assert getattr(slope, "data", slope) == autograd.gradients(output, output.parents[0])


def test_a_local_rule_is_refused_by_pickle_and_named():
    @primitive
    def local_rule(x):
        return x, (1,)

    with pytest.raises((pickle.PicklingError, AttributeError), match="local_rule"):
        pickle.dumps(local_rule(Value(2.0)))


def test_a_local_rule_can_be_copied_deeply():
    @primitive
    def local_rule(x):
        return 3 * x, (3,)

    twin = copy.deepcopy(local_rule(Value(2.0)))
    twin.backward()
    assert twin.parents[0].grad == 3


def test_a_failed_pickle_does_not_spoil_the_next():
    @primitive
    def local_rule(x):
        return x, (1,)

    square = Value(3.0) * 2
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(local_rule(square))
    assert_same_graph(pickle.loads(pickle.dumps(square)), square)


def test_a_pickle_is_loaded_under_no_grad_as_it_was():
    with no_grad():
        twin = pickle.loads(pickle.dumps(Value(3.0) * 2))
    assert twin.parents == ()
    recorded = Value(3.0) * 2
    with no_grad():
        twin = pickle.loads(pickle.dumps(recorded))
    assert_same_graph(twin, recorded)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_pickle_is_loaded_in_another_process(tmp_path, protocol):
    (tmp_path / "own_rules.py").write_text(
        textwrap.dedent(
            """
            from autograd import primitive

            @primitive
            def scaled(x, *, scale=1):
                return scale * x, (scale,)
            """
        )
    )
    write = f"""
        import pickle, own_rules
        from autograd import Value
        x = Value(2.0, label="x")
        y = own_rules.scaled(own_rules.scaled(x), scale=5) * x.tanh() + x**2
        open("pickled", "wb").write(pickle.dumps((y, x), {protocol}))
        y.backward()
        print(y.data, x.grad)
        """
    read = """
        import pickle
        y, x = pickle.loads(open("pickled", "rb").read())
        y.backward()
        print(y.data, x.grad)
        """
    there, here = (run_python(source, tmp_path) for source in (write, read))
    assert there == here


def run_python(source, directory):
    """What a new Python prints that runs the source in the directory."""
    package = Path(autograd.__file__).parents[1]
    path = os.pathsep.join([str(directory), str(package)])
    return subprocess.run(
        [sys.executable, "-W", "ignore::ResourceWarning", "-c", textwrap.dedent(source)],
        cwd=directory,
        env=os.environ | {"PYTHONPATH": path},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_a_pickle_leaves_nothing_behind_for_the_next():
    middle = Value(1.0)
    for _ in range(20_000):
        middle = middle + 1.0
    pickle.dumps((middle, middle * 2.0))
    assert pickle.loads(pickle.dumps(middle)).data == middle.data


def test_a_failed_pickle_leaves_nothing_behind_for_the_next():
    chain = Value(1.0)
    for _ in range(20_000):
        chain = chain + 1.0
    with pytest.raises((AttributeError, pickle.PicklingError)):
        pickle.dumps((chain * 2.0, lambda: None))
    assert pickle.loads(pickle.dumps(chain)).data == chain.data


def test_a_local_rule_with_constants_says_why_it_does_not_pickle():
    @primitive
    def scaled(x, *, by):
        return by * x, (by,)

    with pytest.raises(pickle.PicklingError, match="top level of a module"):
        pickle.dumps(scaled(Value(1.0), by=3.0))
