"""Module: which parameters it finds, and their state."""

import functools
import json
import logging
import pickle
import random
from collections import ChainMap, OrderedDict, UserDict, UserList, deque
from collections.abc import Mapping, Sequence
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
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
    return {f"k{index}": part for index, part in enumerate(parts)}


def keyed_as(kind):
    return lambda parts: kind(keyed(parts))


def values_of(parts):
    return keyed(parts).values()


def array_of(parts):
    array = np.empty(len(parts), dtype=object)
    for index, part in enumerate(parts):
        array[index] = part
    return array


KEYED = [keyed, *map(keyed_as, [OrderedDict, UserDict, MappingProxyType])]

# None stands for a parameter, a pair for a container and what is in it.
plans = st.recursive(
    st.none(),
    lambda parts: st.tuples(
        st.sampled_from([list, tuple, deque, UserList, values_of, array_of, *KEYED]),
        st.lists(parts, max_size=3),
    ),
    max_leaves=8,
)


def built(plan, path, expected):
    """What a plan describes; appends the path of each parameter, and the parameter."""
    if plan is None:
        expected.append((path, Value(1.0)))
        return expected[-1][1]
    container, parts = plan
    key = "k" if container in KEYED else ""
    return container(
        [built(part, f"{path}.{key}{index}", expected) for index, part in enumerate(parts)]
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
    for index in np.ndindex(shape):
        model.w[index] = Value(1.0)
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


class Holder:
    def __init__(self, held):
        self.held = held

    def method(self):
        return self.held


class Slotted:
    __slots__ = ("__held", "empty")

    def __init__(self, held):
        self.__held = held


class OwnSequence(Sequence):
    def __init__(self, *items):
        self._items = items

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        return self._items[index]


class OwnMapping(Mapping):
    def __init__(self, held):
        self._items = {"held": held}

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, key):
        return self._items[key]


def list_with(held):
    listed = type("Listed", (list,), {})([1.0])
    listed.extra = held
    return listed


HIDING = {
    "a set": lambda held: {held},
    "a view of keys": lambda held: {held: 1.0}.keys(),
    "keys": lambda held: {"rates": {held: 0.1}},
    "keys of a UserDict": lambda held: UserDict({(held, 1): 0.1}),
    "an object": Holder,
    "an object in an object": lambda held: Holder([1.0, {"a": Holder(held)}]),
    "slots": Slotted,
    "a namespace": lambda held: SimpleNamespace(held=held),
    "a sequence of one's own": OwnSequence,
    "a mapping of one's own": OwnMapping,
    "a ChainMap": lambda held: ChainMap({"held": held}),
    "an attribute of a list": list_with,
    "a partial": lambda held: functools.partial(max, held),
    "a method": lambda held: Holder(held).method,
    "a compiled function": lambda held: autograd.compile(lambda: held * 2, parameters=[held]),
}


@pytest.mark.parametrize("hiding", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize("depth", [0, 2])
def test_parameters_that_are_not_searched_for_are_refused(hiding, depth):
    weight, model = Value(1.0), nn.Module()
    hidden = hiding(weight)
    for _ in range(depth):
        hidden = [hidden]
    model.part = hidden
    for method in (model.parameters, model.named_parameters, model.state_dict, model.zero_grad):
        with pytest.raises(TypeError, match=r"^part.*: make it .*, or begin its name with an und"):
            method()
    model.weight = weight
    assert model.parameters() == [weight], "what is found elsewhere may be held twice"
    del model.weight
    model._part = vars(model).pop("part")
    assert model.parameters() == [], "a name with an underscore is not searched"


@pytest.mark.parametrize("hiding", [Holder, Slotted, OwnSequence], ids=["object", "slots", "own"])
def test_modules_that_are_not_searched_for_are_refused(hiding):
    model = with_attributes(part=hiding(nn.Neuron(2)))
    with pytest.raises(TypeError, match=f"part is no nn.Module, and {hiding.__name__}.* holds"):
        model.parameters()


def test_attributes_of_a_class_are_refused_unless_they_are_covered():
    class Line(nn.Module):
        slope, _frozen, names = Value(2.0), Value(3.0), ["a", "b"]

    class Steep(Line):
        slope = 4.0

    for model in (Line(), with_attributes(lines=[Line()])):
        with pytest.raises(TypeError, match=r"^slope is set in the class Line.*self.slope in __in"):
            model.parameters()
    line = Line()
    line.slope = Value(1.0)
    assert line.parameters() == [line.slope]
    assert Steep().parameters() == []


def test_parameters_in_the_slots_of_a_module_are_found():
    class Line(nn.Module):
        __slots__ = ("_frozen", "empty", "slope")

    line = Line()
    line.offset, line.slope, line._frozen = Value(1.0), [Value(2.0)], Value(3.0)
    assert [name for name, _ in line.named_parameters()] == ["offset", "slope.0"]


def test_an_attribute_of_a_class_is_refused_for_each_module_that_does_not_cover_it():
    class Line(nn.Module):
        slope = Value(2.0)

    own = Line()
    own.slope = Value(3.0)
    for lines in ([Line()], [own, Line()], [Line(), own]):
        with pytest.raises(TypeError, match=r"^slope is set in the class Line"):
            with_attributes(lines=lines).parameters()
    assert with_attributes(lines=[own, own]).parameters() == [own.slope]


def test_modules_that_are_lists_have_elements_and_attributes():
    class Stack(nn.Module, list):
        pass

    stack = Stack([Value(1.0), Value(2.0)])
    stack.scale = Value(3.0)
    assert [name for name, _ in stack.named_parameters()] == ["scale", "0", "1"]


def test_parameters_in_fields_of_an_array_are_found():
    model = with_attributes(table=np.zeros(2, dtype=[("w", object), ("x", float)]))
    model.table["w"] = [Value(1.0), Value(2.0)]
    assert [name for name, _ in model.named_parameters()] == ["table.0.0", "table.1.0"]


def test_objects_without_parameters_of_their_own_are_left_alone():
    model = nn.MLP(2, [2, 1], rng=random.Random(0))
    expected = model.parameters()
    model.optimizer = nn.Adam(model.parameters())
    model.compiled = autograd.compile(lambda x: model([x, x]), model.parameters())
    model.compiled.value_and_grad(1.0)
    model.picture = autograd.draw(Value(2.0, label="a") * 3.0)
    model.parent, model.module, model.kind = Holder(model), np, nn.Neuron
    model.results = Holder([expected[0] * 2, {"rng": random.Random(0)}])
    model.logger, model.raised = logging.getLogger("a"), ValueError("words")
    model.numbers, model.words = np.ones(3), {"a": [1, "b", None]}
    slope = Value(0.1)
    model.function = lambda x: slope * x
    assert list(map(id, model.parameters())) == list(map(id, expected))


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


def test_what_is_loaded_are_numbers_of_pythons_own():
    neuron = nn.Neuron(1, rng=random.Random(0))
    neuron.load_state_dict(dict(zip(["w.0", "b"], np.array([0.5, 0.25]), strict=True)))
    assert [(type(p.data), p.data) for p in neuron.parameters()] == [(float, 0.5), (float, 0.25)]


def test_a_state_that_json_would_lose_is_refused():
    neuron = nn.Neuron(1, rng=random.Random(0))
    neuron.b.data = np.zeros(3)
    with pytest.raises(TypeError, match="b is array"):
        neuron.state_dict()


def test_models_pickle():
    model = nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(0))
    twin = pickle.loads(pickle.dumps(model))
    assert twin([0.1, 0.2]).data == model([0.1, 0.2]).data


# Names


def with_attributes(**attributes):
    model = nn.Module()
    vars(model).update(attributes)
    return model


COLLIDING = {
    "keys 1 and '1'": {"d": {1: Value(1.0), "1": Value(2.0)}},
    "keys 1.0 and '1.0'": {"d": {1.0: Value(1.0), "1.0": Value(2.0)}},
    "keys None and 'None'": {"d": {None: Value(1.0), "None": Value(2.0)}},
    "a key with a dot": {"d": {"a.b": Value(1.0), "a": {"b": Value(2.0)}}},
    "an index and a key": {"d": {"a.0": Value(1.0), "a": [Value(2.0)]}},
    "an attribute with a dot": {"a": {"b": Value(1.0)}, "a.b": Value(2.0)},
    "a module and an attribute": {"a": with_attributes(b=Value(1.0)), "a.b": Value(2.0)},
    "an empty key": {"a": {"": {"b": Value(1.0)}, ".b": Value(2.0)}},
}


@pytest.mark.parametrize("attributes", COLLIDING.values(), ids=COLLIDING)
def test_parameters_of_the_same_name_are_refused(attributes):
    model = with_attributes(**attributes)
    assert len(model.parameters()) == 2
    for method in (model.named_parameters, model.state_dict, lambda: model.load_state_dict({})):
        with pytest.raises(ValueError, match="two parameters of this Module have the name '"):
            method()
    assert sorted(p.data for p in model.parameters()) == [1.0, 2.0]


names_of_anything = st.one_of(st.text(max_size=3), st.integers(-2, 2), st.none(), st.booleans())


@given(st.recursive(st.none(), lambda parts: st.dictionaries(names_of_anything, parts, max_size=3)))
def test_a_state_has_every_parameter_or_is_refused(plan):
    def built(part):
        return Value(0.5) if part is None else {key: built(inner) for key, inner in part.items()}

    model = with_attributes(held=built(plan))
    try:
        state = model.state_dict()
    except ValueError:
        return
    assert len(state) == len(model.parameters())


@pytest.mark.parametrize("name", ["", ".", "a.b", "w ", "__"])
def test_attributes_of_any_name(name):
    model = with_attributes(**{name: Value(3.0)})
    expected = [] if name.startswith("_") else [name]
    assert [found for found, _ in model.named_parameters()] == expected
    if expected:
        history = nn.fit(
            Calling(model, name),
            [1.0],
            [1.0],
            loss=nn.half_squared_error,
            optimizer=nn.SGD(model.parameters(), 0.1),
            epochs=1,
        )
        assert history.gradients == {"model": [2.0]}


class Calling(nn.Module):
    def __init__(self, model, name):
        self.model, self.name = model, name

    def __call__(self, x):
        return vars(self.model)[self.name] * x


def test_layers_are_named_by_their_attributes_even_with_dots():
    class Dotted(nn.Module):
        def __call__(self, x):
            return vars(self)["a.b"][0](x) + vars(self)["c.d"] * 2

    model = Dotted()
    vars(model).update({"a.b": [nn.Neuron(1, activation=None)], "c.d": Value(1.0)})
    optimizer = nn.SGD(model.parameters(), 0.0)
    history = nn.fit(model, [1.0], [0.5], loss=lambda y, t: y - t, optimizer=optimizer, epochs=1)
    # By hand: 1 in the weight and in the bias, and 2 in the number.
    assert history.gradients == {"a.b.0": [2**0.5], "c.d": [2.0]}


# Containers without an end


def test_containers_that_hold_themselves_are_searched_once():
    held, keyed_part, parameters = [Value(1.0)], {"w": Value(2.0)}, [Value(3.0)]
    held.append(held)
    keyed_part["again"] = keyed_part
    keyed_part["held"] = (parameters, held, parameters)
    model = with_attributes(held=held, keyed=keyed_part)
    names = [name for name, _ in model.named_parameters()]
    assert names == ["held.0", "keyed.w", "keyed.held.0.0"]


def test_parameters_are_found_at_any_depth():
    held, model = [Value(1.0)], with_attributes(w=Value(2.0))
    for _ in range(5000):
        held, model = [held], with_attributes(inner=model)
    model.held = held
    assert [p.data for p in model.parameters()] == [2.0, 1.0]


def test_shared_containers_are_searched_in_the_time_of_one():
    held = [Value(1.0)]
    for _ in range(200):
        held = [held, held]
    assert len(with_attributes(held=held).parameters()) == 1


# Equal numbers


@given(st.lists(st.sampled_from([0.0, 1.0, float("nan")]), min_size=1, max_size=6), st.data())
def test_a_list_of_parameters_tells_equal_ones_apart(numbers, data):
    held = [Value(number) for number in numbers]
    parameters = with_attributes(held=held).parameters()
    chosen = data.draw(st.sets(st.sampled_from(range(len(held)))))
    frozen = with_attributes(held=[held[index] for index in chosen]).parameters()
    stranger = Value(numbers[0])
    other = [stranger]
    for some in (frozen, frozen[:], frozen.copy(), frozen + other, set(frozen)):
        rest = [parameter for parameter in parameters if parameter not in some]
        expected = [index for index in range(len(held)) if index not in chosen]
        assert [id(parameter) for parameter in rest] == [id(held[index]) for index in expected]
    for index, parameter in enumerate(held):
        assert parameters.index(parameter) == index
        assert parameters.count(parameter) == 1
        smaller = parameters.copy()
        smaller.remove(parameter)
        assert [id(p) for p in smaller] == [id(p) for p in held if p is not parameter]
    assert stranger not in parameters
    assert parameters.count(stranger) == 0
    for method in (parameters.index, parameters.remove):
        with pytest.raises(ValueError, match="is not in the list"):
            method(stranger)


def test_a_list_of_parameters_is_a_list():
    model = nn.MLP(2, [2, 1])
    parameters = model.parameters()
    assert isinstance(parameters, list)
    assert [p.data for p in pickle.loads(pickle.dumps(parameters))] == [p.data for p in parameters]
    other = [Value(1.0)]
    assert list(map(id, other + parameters)) == list(map(id, [*other, *parameters]))
    assert type(other + parameters) is type(parameters + other) is type(parameters)


# How modules print


class Cell(nn.Module):
    def __init__(self):
        self.gate = nn.Neuron(2)
        self.scale = Value(1.0)
        self._frozen = Value(2.0)


class Network(nn.Module):
    def __init__(self):
        self.cells = [Cell(), Cell(), nn.Neuron(3, activation=None)]
        self.out = nn.Layer(3, 2, activation="tanh")
        self.start = {"h": [Value(0.0)] * 2, "c": Value(0.0)}
        self.last = Cell()
        self.size, self.name, self.rates = 3, "net", [0.1, 0.2]
        self.itself = self


def test_a_module_prints_its_class_its_parts_and_the_number_of_its_parameters():
    assert repr(Cell()) == "<Cell of 4 parameters: gate=Neuron(2, activation='relu'), scale>"
    assert repr(Network()) == (
        "<Network of 26 parameters: "
        "cells=[2 x <Cell of 4 parameters>, Neuron(3, activation=None)], "
        "out=Layer of 2 x Neuron(3, activation='tanh'), start=2 parameters, "
        "last=<Cell of 4 parameters>>"
    )


def test_a_module_always_prints():
    class Empty(nn.Module):
        pass

    class Misplaced(nn.Module):
        def __init__(self):
            self.parameter_set = {Value(1.0)}

    class Own(nn.MLP):
        pass

    class Two(nn.Module, list):
        pass

    assert repr(Empty()) == "<Empty of 0 parameters>"
    assert repr(Misplaced()) == "<Misplaced>"
    assert repr(Own(1, [1])) == "Own of [Layer of 1 x Neuron(1, activation=None)]"
    assert repr(Two([Value(1.0), Cell()])) == ("<Two of 5 parameters: 0, 1=<Cell of 4 parameters>>")
    deep = Cell()
    for _ in range(3000):
        outer = Empty()
        outer.inner, deep = deep, outer
    assert repr(deep) == "<Empty of 4 parameters: inner=<Empty of 4 parameters>>"
    many = Empty()
    many.parts = [nn.Neuron(n + 1) for n in range(9)]
    assert repr(many).endswith("Neuron(5, activation='relu') and 4 more]>")
