"""Module: which parameters it finds, and their state."""

import json
import pickle
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value, gradcheck


class Recurrent(nn.Module):
    """Shared weights over time, a skip connection, parameters in every kind of container."""

    def __init__(self):
        self.cell = {"input": Value(0.5), "memory": (Value(-0.3), [Value(0.1)])}
        self.out = nn.Neuron(2, activation=None, rng=random.Random(0))
        self.again = self.out
        self.tied = self.cell["input"]
        self.steps = 0
        self._scratch = Value(9.0)

    def __call__(self, xs):
        state = Value(0.0)
        keep, (bias,) = self.cell["memory"]
        for x in xs:
            state = (self.cell["input"] * x + keep * state + bias).tanh()
            self.last = state
        return self.out([state, xs[0]])


def test_parameters_are_found_once_in_any_container():
    model = Recurrent()
    model([1.0, -1.0])
    assert [name for name, _ in model.named_parameters()] == [
        "cell.input",
        "cell.memory.0",
        "cell.memory.1.0",
        "out.w.0",
        "out.w.1",
        "out.b",
    ], "shared ones count once; results and names with an underscore are none"


def keyed(parts):
    return {f"k{place}": part for place, part in enumerate(parts)}


def array_of(parts):
    array = np.empty(len(parts), dtype=object)
    for place, part in enumerate(parts):
        array[place] = part
    return array


# None stands for a parameter, a pair for a container and what is in it.
plans = st.recursive(
    st.none(),
    lambda parts: st.tuples(
        st.sampled_from([list, tuple, keyed, array_of]), st.lists(parts, max_size=3)
    ),
    max_leaves=8,
)


def built(plan, path, expected):
    """What a plan describes; appends the path of each parameter, and the parameter."""
    if plan is None:
        expected.append((path, Value(1.0)))
        return expected[-1][1]
    container, parts = plan
    key = "k" if container is keyed else ""
    return container(
        [built(part, f"{path}.{key}{place}", expected) for place, part in enumerate(parts)]
    )


@given(plans)
def test_parameters_are_found_in_every_container_at_any_depth(plan):
    model, expected = nn.Module(), []
    model.held = built(plan, "held", expected)
    found = model.named_parameters()
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert all(p is q for (_, p), (_, q) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("shape", "names"),
    [((), ["w.0"]), ((2,), ["w.0", "w.1"]), ((2, 2), ["w.0.0", "w.0.1", "w.1.0", "w.1.1"])],
)
def test_parameters_are_found_in_arrays_of_any_shape(shape, names):
    model = nn.Module()
    model.w = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        model.w[place] = Value(1.0)
    model.data = np.ones(3)
    assert [name for name, _ in model.named_parameters()] == names


@pytest.mark.parametrize("kind", [set, frozenset])
@pytest.mark.parametrize(
    "elements",
    [
        lambda: [Value(1.0)],
        lambda: [nn.Neuron(1)],
        lambda: [(0, Value(1.0))],
        lambda: [frozenset([Value(1.0)])],
    ],
    ids=["values", "modules", "tuples", "sets"],
)
def test_parameters_in_a_set_are_refused(kind, elements):
    model = nn.Module()
    model.parts = [{"a": kind(elements())}]
    for method in (model.parameters, model.named_parameters, model.state_dict, model.zero_grad):
        with pytest.raises(TypeError, match=r"^parts.0.a(.\d)* is a set .*: make it a list"):
            method()


def test_sets_of_other_things_are_left_alone():
    model = nn.Module()
    model.trained = set()
    model.names, model.results = {"a", "b"}, {Value(1.0) * 2}
    model._frozen = {Value(5.0)}
    model.w = [Value(1.0), Value(2.0)]
    model.trained.add(model.w[1])
    assert model.parameters() == model.w, "those in the set are found in the list"


def test_shared_weights_add_up_over_time():
    model = Recurrent()
    weight = model.cell["input"]

    def output(number):
        return model_with(model, number)([1.0, 0.5, -2.0])

    model([1.0, 0.5, -2.0]).backward()
    report = gradcheck(output, weight.data)
    assert report, f"{report}"
    assert weight.grad == pytest.approx(report.verdicts[0].analytic, rel=1e-12)


def model_with(model, number):
    twin = Recurrent()
    twin.load_state_dict(model.state_dict())
    twin.cell["input"] = number
    return twin


def test_a_module_that_leads_back_to_itself():
    parent, child = nn.Module(), nn.Module()
    parent.child, child.parent, child.weight = child, parent, Value(1.0)
    assert [name for name, _ in parent.named_parameters()] == ["child.weight"]


def test_state_goes_through_json_and_back():
    model = nn.MLP(2, [3, 1], rng=random.Random(0))
    twin = nn.MLP(2, [3, 1], rng=random.Random(1))
    twin.load_state_dict(json.loads(json.dumps(model.state_dict())))
    assert twin([0.4, 0.6]).data == model([0.4, 0.6]).data


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda state: state.pop("b"), ValueError, "missing b"),
        (lambda state: state.update(c=1.0), ValueError, "unknown c"),
        (lambda state: state.update(b="1"), TypeError, "b must be a float"),
        (lambda state: state.update({"w.0": None}), TypeError, "w.0 must be a float"),
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(change, error, words):
    neuron = nn.Neuron(2, rng=random.Random(0))
    before = neuron.state_dict()
    state = dict.fromkeys(before, 7.0)
    change(state)
    with pytest.raises(error, match=words):
        neuron.load_state_dict(state)
    assert neuron.state_dict() == before


@pytest.mark.parametrize(
    ("state", "error", "words"),
    [
        (None, TypeError, "takes a dict.*, not None"),
        ([("w.0", 1.0)], TypeError, r"takes a dict.*, not \[\('w.0', 1.0\)\]"),
        ({0: 1.0}, ValueError, "missing w.0, b, unknown 0"),
        ({"w.0": [1.0], "b": 0.0}, TypeError, r"w.0 must be a float, not \[1.0\]"),
    ],
    ids=["None", "list", "wrong names", "wrong shape"],
)
def test_what_is_no_state_is_refused(state, error, words):
    neuron = nn.Neuron(1, rng=random.Random(0))
    before = neuron.state_dict()
    with pytest.raises(error, match=words):
        neuron.load_state_dict(state)
    assert neuron.state_dict() == before


def test_a_state_that_json_would_lose_is_refused():
    neuron = nn.Neuron(1, rng=random.Random(0))
    neuron.b.data = np.zeros(3)
    with pytest.raises(TypeError, match="b is array"):
        neuron.state_dict()


def test_models_pickle():
    model = nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(0))
    twin = pickle.loads(pickle.dumps(model))
    assert twin([0.1, 0.2]).data == model([0.1, 0.2]).data
