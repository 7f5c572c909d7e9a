"""Layers and networks: the interface of micrograd, and what it lacks."""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value, gradcheck, gradients, tanh
from autograd.graph import interior_nodes

inputs = st.lists(st.floats(-3, 3), min_size=3, max_size=3)


@given(x=inputs, seed=st.integers(0, 2**32))
def test_mlp_is_that_of_micrograd(x, seed):
    micrograd_nn = pytest.importorskip("micrograd.nn", reason="micrograd is not installed")
    random.seed(seed)
    ours = nn.MLP(3, [4, 4, 1])
    random.seed(seed)
    theirs = micrograd_nn.MLP(3, [4, 4, 1])
    output, expected = ours(x), theirs(x)
    output.backward()
    expected.backward()
    # Sums are added in another order, so the last digits may differ.
    assert output.data == pytest.approx(expected.data, rel=1e-12, abs=1e-12)
    assert [p.grad for p in ours.parameters()] == pytest.approx(
        [p.grad for p in theirs.parameters()], rel=1e-12, abs=1e-12
    ), "the gradients differ, or the parameters are in another order"


def test_a_program_for_micrograd_runs():
    random.seed(1337)
    model = nn.MLP(2, [16, 16, 1])
    points, labels = nn.two_moons(20, rng=random.Random(0))
    rows = [list(map(Value, point)) for point in points]
    first = None
    for _ in range(20):
        scores = list(map(model, rows))
        losses = [(1 + -label * score).relu() for label, score in zip(labels, scores, strict=True)]
        loss = sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in model.parameters())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= 0.1 * p.grad
        first = first or loss.data
    assert loss.data < first / 2, f"the loss went from {first} to {loss.data}"
    assert len(model.parameters()) == 337
    assert model.layers[0].neurons[0].w[0] is model.parameters()[0]
    assert model.layers[0].neurons[0].b is model.parameters()[2]


def test_a_neuron_is_one_dot_node_and_its_activation():
    neuron = nn.Neuron(3, rng=random.Random(0))
    assert [node.op for node in interior_nodes(neuron([1.0, 2.0, 3.0]))] == ["dot", "relu"]


@given(x=inputs)
def test_a_neuron_equals_explicit_products_and_sums(x):
    neuron = nn.Neuron(3, activation="tanh", rng=random.Random(0))
    explicit = sum((w * number for w, number in zip(neuron.w, x, strict=True)), neuron.b).tanh()
    fused = neuron(x)
    assert fused.data == pytest.approx(explicit.data, rel=1e-12, abs=1e-15)
    wanted = gradients(explicit, neuron.parameters())
    assert gradients(fused, neuron.parameters()) == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu", None, tanh])
def test_gradients_of_a_network_by_its_parameters(activation):
    model = nn.MLP(2, [3, 2], activation=activation, rng=random.Random(1))

    def loss(*numbers):
        remaining = iter(numbers)
        for neuron in (neuron for layer in model.layers for neuron in layer.neurons):
            neuron.w = [next(remaining) for _ in neuron.w]
            neuron.b = next(remaining)
        return nn.half_squared_error(model([0.3, -0.7]), [1.0, -1.0])

    report = gradcheck(loss, *[p.data for p in model.parameters()])
    assert report, f"{report}"


def test_bias_can_be_left_out():
    model = nn.MLP(2, [2, 1], bias=False, rng=random.Random(0))
    assert [name for name, _ in model.named_parameters()] == [
        "layers.0.neurons.0.w.0",
        "layers.0.neurons.0.w.1",
        "layers.0.neurons.1.w.0",
        "layers.0.neurons.1.w.1",
        "layers.1.neurons.0.w.0",
        "layers.1.neurons.0.w.1",
    ]


def test_output_activation():
    model = nn.MLP(1, [2, 2], activation="tanh", output_activation="sigmoid", rng=random.Random(0))
    assert [output.op for output in model([0.5])] == ["sigmoid", "sigmoid"]
    assert nn.MLP(1, [1, 1], rng=random.Random(0))([0.5]).op == "dot", "the last layer is linear"


def test_seeded_initialisation_repeats_and_leaves_the_global_generator_alone():
    before = random.getstate()
    first, second = (nn.MLP(2, [3, 1], rng=random.Random(7)).state_dict() for _ in range(2))
    assert first == second
    assert random.getstate() == before


def test_a_network_of_lanes():
    model = nn.MLP(2, [4, 1], rng=random.Random(0))
    points = np.array([[0.1, 0.2], [-0.5, 1.0], [2.0, -1.0]])
    lanes = model([points[:, 0], points[:, 1]])
    one_by_one = [model(point).data for point in points]
    assert lanes.data == pytest.approx(np.array(one_by_one), rel=1e-12)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: nn.MLP(2, []), ValueError, "sizes of its layers as a list"),
        (lambda: nn.MLP(2, 3), ValueError, "such as .16, 16, 1., not 3"),
        (lambda: nn.MLP(2, [3, 0]), ValueError, "number of neurons is a whole number .*, not 0"),
        (lambda: nn.MLP(2.5, [3]), ValueError, "number of inputs is a whole number .*, not 2.5"),
        (lambda: nn.Neuron(0), ValueError, "number of inputs is a whole number of at least 1"),
        (lambda: nn.Neuron(2.0), ValueError, "not 2.0"),
        (lambda: nn.Neuron(2, "tanh"), TypeError, "write activation='tanh'"),
        (lambda: nn.Neuron(2, activation=5), TypeError, "a function or None, not 5"),
        (lambda: nn.MLP(2, [1], output_activation=["relu"]), TypeError, "not .'relu'.$"),
        (lambda: nn.Neuron(2, rng=0), TypeError, r"such as random.Random\(0\), not 0"),
        (lambda: nn.Neuron(2, rng=7), TypeError, "not 7"),
        (lambda: nn.Neuron(2, activation="rellu"), ValueError, "'rellu'"),
        (lambda: nn.Neuron(2, activation="dot"), ValueError, "'dot'"),
        (lambda: nn.Neuron(2, Value(1.0)), TypeError, "nonlin is True or False"),
        (lambda: nn.Neuron(2)([1.0]), ValueError, "takes 2 inputs, not 1: give a list"),
        (lambda: nn.MLP(2, [1])(1.0), ValueError, "takes 2 inputs, not 1: give a list"),
        (lambda: nn.MLP(2, [1])(np.float64(1)), ValueError, "takes 2 inputs, not 1"),
        (lambda: nn.MLP(2, [2, 1])([1.0, 2.0, 3.0]), ValueError, "takes 2 inputs, not 3"),
        (lambda: nn.Neuron(1)(["x"]), TypeError, r"not 'x': .* pandas.get_dummies\(table\)"),
    ],
)
def test_wrong_networks_and_inputs_are_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize("name", sorted({*dir(Value), *dir(autograd), "", "nonsense"}))
def test_an_activation_is_a_function_of_one_number(name):
    """Of all names that there are, those of such functions alone: not "__init__", not "grad"."""
    function = getattr(autograd, name, None)
    if isinstance(function, type(tanh)) and callable(getattr(Value, name, None)):
        output = nn.Neuron(1, activation=name)([0.25])
        assert isinstance(output, Value)
        assert output.op == function.symbol
    else:
        with pytest.raises(ValueError, match=f"no activation function '{name}'"):
            nn.Neuron(1, activation=name)


# Points in rows

ROWS = [[0.1, 0.2], [-0.5, 1.0], [2.0, -1.0]]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("sizes", [[2], [3, 2], [4, 3]])
def test_a_row_of_an_array_is_a_point(count, sizes):
    """As for compile and fit. Two points of two numbers could be read otherwise."""
    model = nn.MLP(2, sizes, activation="tanh", rng=random.Random(0))
    points = np.array(ROWS[:count])
    by_row = np.array([[output.data for output in model(row)] for row in ROWS[:count]])
    together = np.array([output.data for output in model(points)]).T
    # Sums of at most 4 products, added up in one order or another.
    assert together == pytest.approx(by_row, rel=1e-12)
    compiled = np.array(autograd.compile(model, backend="python")(points)).T
    assert compiled == pytest.approx(by_row, rel=1e-12)


def test_rows_are_points_for_neurons_and_layers_of_one_output():
    points = np.array(ROWS[:2])
    for model in (nn.Neuron(2), nn.Layer(2, 1), nn.MLP(2, [3, 1])):
        by_row = [model(row).data for row in ROWS[:2]]
        assert model(points).data.tolist() == pytest.approx(by_row, rel=1e-12)
    column = nn.MLP(1, [2, 1])
    by_row = [column(x).data for x in (0.5, -1.0, 2.0)]
    assert column(np.array([[0.5], [-1.0], [2.0]])).data.tolist() == pytest.approx(by_row)


@pytest.mark.parametrize(
    ("x", "error", "words"),
    [
        (np.array(ROWS).T, ValueError, "takes 2 inputs, not 3: .* a point in each row"),
        (
            np.ones((2, 2, 2)),
            ValueError,
            r"of shape \(points, features\).*, not of shape \(2, 2, 2\)",
        ),
        (ROWS[:2], TypeError, r"one number, not \[0.1, 0.2\]: .*numpy.array\(points\)"),
        ([(1.0, 2.0), (3.0, 4.0)], TypeError, r"one number, not \(1.0, 2.0\)"),
        ({0: 1.0, 1: 2.0}, TypeError, "a point is a list or an array of numbers, not {0: 1.0"),
        ({1.0, 2.0}, TypeError, "a point is a list or an array"),
        ("12", TypeError, "not '12'"),
        (b"12", TypeError, "not b'12'"),
    ],
    ids=["columns", "a block", "lists", "tuples", "a dict", "a set", "a string", "bytes"],
)
@pytest.mark.parametrize(
    "make", [lambda: nn.MLP(2, [2]), lambda: nn.Layer(2, 3), lambda: nn.Neuron(2)]
)
def test_what_is_no_point_is_refused(make, x, error, words):
    with pytest.raises(error, match=words):
        make()(x)


def test_repr_says_what_it_is():
    assert repr(nn.MLP(2, [3, 1])) == (
        "MLP of [Layer of 3 x Neuron(2, activation='relu'), "
        "Layer of 1 x Neuron(3, activation=None)]"
    )


def test_a_layer_of_one_neuron_feeds_the_next_layer():
    first, second = nn.Layer(2, 1, rng=random.Random(0)), nn.Layer(1, 3, rng=random.Random(1))
    assert len(second(first([1.0, 1.0]))) == 3


@pytest.mark.parametrize("number", [0.5, np.float64(0.5), Value(0.5)])
def test_a_single_number_is_a_list_of_one(number):
    model = nn.MLP(1, [3, 1], rng=random.Random(0))
    assert model(number).data == model([number]).data


@pytest.mark.parametrize("size", [np.int64(2), np.int32(2)])
def test_sizes_may_be_integers_of_numpy(size):
    assert repr(nn.MLP(size, [size])) == repr(nn.MLP(2, [2]))


def test_a_model_tells_the_number_of_its_inputs():
    models = nn.Neuron(3), nn.Layer(3, 2), nn.MLP(3, [2, 1])
    assert [model.nin for model in models] == [3, 3, 3]


def test_numpy_may_draw_the_weights():
    first, second = (nn.Neuron(2, rng=np.random.default_rng(3)).state_dict() for _ in range(2))
    assert first == second


def test_a_neuron_without_bias_has_no_constant_in_its_graph():
    neuron = nn.Neuron(2, bias=False, activation=None, rng=random.Random(0))
    assert len(neuron([1.0, 2.0]).parents) == 4


PICTURES = {
    "draw_network",
    "draw_passes",
    "plot_decision_boundary",
    "plot_gradients",
    "plot_learning_rates",
    "plot_losses",
}


def printed(program):
    """What a new interpreter prints."""
    house = Path(nn.__file__).parents[1]
    command = [sys.executable, "-c", program]
    finished = subprocess.run(command, cwd=house, capture_output=True, text=True, check=True)
    return finished.stdout.split()


def test_import_nn_leaves_the_pictures_until_they_are_asked_for():
    program = "import nn, sys; print(*[n for n in sys.modules if 'plots' in n or 'drawing' in n])"
    words = printed(program)
    assert words == [], f"import nn loads {words}"


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_is_imported_when_asked_for(name):
    assert printed(f"import nn; print(nn.{name}.__name__)") == [name]
    assert printed(f"from nn import {name}; print({name}.__name__)") == [name]


def test_public_names_of_nn():
    assert set(nn.__all__) >= PICTURES
    assert len(set(nn.__all__)) == len(nn.__all__), "a public name is listed twice"
    assert set(nn.__all__) == set(dir(nn))
    missing = [name for name in nn.__all__ if not hasattr(nn, name)]
    assert not missing, f"nn.__all__ lists {missing}"
    with pytest.raises(AttributeError, match="module 'nn' has no attribute 'Linear'"):
        nn.Linear  # noqa: B018
