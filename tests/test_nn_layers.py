"""What layers begin with, their activations, and dropout."""

import math
import random
import statistics

import numpy as np
import pytest

import autograd
import nn
from autograd import Value

# Initialisations

NIN, NOUT = 30, 20
SPREADS = {
    "uniform": 1 / math.sqrt(3),
    **dict.fromkeys(
        ["xavier_uniform", "xavier_normal", "glorot_uniform", "glorot_normal"],
        math.sqrt(2 / (NIN + NOUT)),
    ),
    **dict.fromkeys(
        ["he_uniform", "he_normal", "kaiming_uniform", "kaiming_normal"], math.sqrt(2 / NIN)
    ),
}


@pytest.mark.parametrize("init", SPREADS)
@pytest.mark.parametrize("make_rng", [random.Random, np.random.default_rng])
def test_weights_have_the_deviation_of_their_initialisation(init, make_rng):
    layer = nn.Layer(NIN, NOUT, init=init, rng=make_rng(0))
    weights = [w.data for neuron in layer.neurons for w in neuron.w]
    assert {type(w) for w in weights} == {float}
    assert {neuron.b.data for neuron in layer.neurons} == {0.0}
    # The deviation of 600 numbers is within 4 of its own standard errors, as is their mean.
    error = 4 / math.sqrt(len(weights))
    assert statistics.pstdev(weights) == pytest.approx(SPREADS[init], rel=error)
    assert abs(statistics.mean(weights)) < SPREADS[init] * error
    if init.endswith("uniform"):
        assert max(map(abs, weights)) <= SPREADS[init] * math.sqrt(3)


def test_weights_without_a_name_are_those_of_micrograd():
    rng = random.Random(0)
    expected = [rng.uniform(-1, 1) for _ in range(6)]
    layer = nn.Layer(3, 2, rng=random.Random(0))
    assert [w.data for neuron in layer.neurons for w in neuron.w] == expected


def test_an_initialisation_of_ones_own_sees_the_sizes_of_its_layer():
    seen = []

    def init(nin, nout, rng):
        seen.append((nin, nout))
        return np.float64(rng.uniform(0, 1))

    model = nn.MLP(3, [2, 1], init=init, rng=random.Random(0))
    assert seen == [(3, 2)] * 6 + [(2, 1)] * 2
    assert all(type(p.data) is float for p in model.parameters())


@pytest.mark.parametrize(
    ("init", "error", "words"),
    [
        ("he", ValueError, "init is one of 'uniform', .*'he_normal'.* or a function .*, not 'he'"),
        (None, ValueError, "or a function of nin, nout and rng .*, not None"),
        (0.1, ValueError, "not 0.1"),
        (lambda nin, nout, rng: [0.0] * nin, TypeError, "init returns one weight, .*, not .0.0, "),
        (lambda nin, nout, rng: Value(1.0), TypeError, "init returns one weight, .*, not Value"),
        (lambda nin, nout, rng: None, TypeError, "init returns one weight, .*, not None"),
    ],
)
@pytest.mark.parametrize("make", [nn.Neuron, lambda n, **o: nn.MLP(n, [2, 1], **o)])
def test_wrong_initialisations_are_refused(make, init, error, words):
    with pytest.raises(error, match=words):
        make(2, init=init)


# Activations


def test_each_layer_may_have_an_activation_of_its_own():
    model = nn.MLP(2, [3, 2, 1], activation=["tanh", autograd.sin, None], rng=random.Random(0))
    activations = [[neuron.activation for neuron in layer.neurons] for layer in model.layers]
    assert activations == [["tanh"] * 3, [autograd.sin] * 2, [None]]
    x = np.array([0.5, -1.0])
    for layer, function in zip(model.layers, (math.tanh, math.sin, float), strict=True):
        rows = [[w.data for w in neuron.w] for neuron in layer.neurons]
        x = np.array([function(total) for total in np.array(rows) @ x])
    assert model([0.5, -1.0]).data == pytest.approx(x[0], rel=1e-12)


@pytest.mark.parametrize(
    "options",
    [
        {"activation": ["tanh"]},
        {"activation": ["tanh", None, None]},
        {"activation": []},
        {"activation": ["tanh", None], "output_activation": "tanh"},
    ],
)
def test_a_list_of_activations_has_one_for_each_layer(options):
    with pytest.raises(ValueError, match="has one for each of the 2 layers, that of the last"):
        nn.MLP(2, [3, 1], **options)


@pytest.mark.skipif(not hasattr(autograd, "softmax"), reason="there is no softmax")
@pytest.mark.parametrize("as_function", [False, True])
@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_a_softmax_is_of_all_outputs_of_a_layer(name, as_function):
    activation = getattr(autograd, name) if as_function else name
    model = nn.MLP(2, [4, 3], activation=["tanh", activation], rng=random.Random(0))
    plain = nn.MLP(2, [4, 3], activation=["tanh", None], rng=random.Random(0))
    for x in ([0.5, -1.0], np.array([[0.5, -1.0], [2.0, 3.0]])):
        exps = [np.exp(output.data) for output in plain(x)]
        expected = [e / sum(exps) for e in exps]
        for output, share in zip(model(x), expected, strict=True):
            right = share if name == "softmax" else np.log(share)
            assert output.data == pytest.approx(right, rel=1e-12)
    assert f"{model}".endswith(f"3 x Neuron(4, activation=None), {name}]")


# Dropout


def test_dropout_is_drawn_by_whoever_trains():
    xs = [Value(float(i)) for i in range(1, 401)]
    assert nn.dropout(xs, 0.25) == xs, "a plain call of a model drops nothing"
    with nn.random_numbers_from(random.Random(0)):
        first, second = nn.dropout(xs, 0.25), nn.dropout(xs, 0.25)
        assert nn.dropout(xs, 0) == xs
    for outputs in (first, second):
        dropped = [y.data == 0 for y in outputs]
        # 100 of 400 are expected, with a standard deviation of 9.
        assert 60 <= sum(dropped) <= 140
        for x, y, is_dropped in zip(xs, outputs, dropped, strict=True):
            assert y.data == (0 if is_dropped else x.data / 0.75)
    assert [y.data for y in first] != [y.data for y in second]
    autograd.sum(first).backward()
    assert [x.grad for x in xs] == [0 if y.data == 0 else 1 / 0.75 for y in first]


def test_dropout_takes_its_numbers_as_arguments_of_a_program():
    def dropped(x, y, drawn):
        with nn.random_numbers_from(drawn):
            return nn.dropout([x, y], 0.5)

    fast = autograd.compile(dropped)
    for drawn in ([0.25, 0.75], [0.75, 0.25], [0.5, 0.0]):
        assert fast(1.0, 2.0, drawn) == dropped(1.0, 2.0, drawn)


@pytest.mark.parametrize(
    ("rate", "error", "words"),
    [
        (1, ValueError, "rate is below 1, not 1"),
        (-0.1, ValueError, "rate is a plain number of at least 0, not -0.1"),
        ("x", TypeError, "rate is a plain number of at least 0, not 'x'"),
    ],
)
def test_wrong_rates_of_dropout_are_refused(rate, error, words):
    with pytest.raises(error, match=words):
        nn.dropout([1.0], rate)


# Points


TABLES = {
    "floats": {"a": [1.0, 0.0, 3.0], "b": [2.0, -1.0, 4.0]},
    "integers and floats": {"a": [1, 0, 3], "b": [2.0, -1.0, 4.0]},
    "truths and floats": {"a": [True, False, True], "b": [2.0, -1.0, 4.0]},
}


@pytest.mark.parametrize("columns", TABLES)
@pytest.mark.parametrize("outputs", [1, 2])
def test_tables_and_columns_of_pandas_are_points_by_position(columns, outputs):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    table = pandas.DataFrame(TABLES[columns], index=[2, 0, 1])
    nullable = table.convert_dtypes()
    model = nn.MLP(2, [3, outputs], activation="tanh", rng=random.Random(0))
    points = list(zip(*TABLES[columns].values(), strict=True))
    rows = np.array(points, dtype=float)

    def numbers(found):
        return np.array([output.data for output in (found if outputs > 1 else [found])])

    expected = numbers(model(rows))
    assert expected.shape == (outputs, 3)
    assert numbers(model(rows.astype(object))).tolist() == expected.tolist()
    assert numbers(model(table)).tolist() == expected.tolist()
    assert numbers(model(nullable)).tolist() == expected.tolist()
    for position, point in enumerate(points):
        alone = numbers(model(table.iloc[position]))
        assert alone == pytest.approx(numbers(model(point)), rel=1e-15)


def test_points_with_missing_numbers_or_values_are_refused():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    model = nn.MLP(2, [3, 1], rng=random.Random(0))
    for points in (
        pandas.DataFrame({"a": pandas.array([1, None], dtype="Int64"), "b": [1.0, 2.0]}),
        pandas.DataFrame({"a": ["x", "y"], "b": [1.0, 2.0]}),
        np.array([[Value(1.0), Value(2.0)], [Value(1.0), Value(3.0)]]),
    ):
        with pytest.raises(TypeError, match=r"points of plain numbers.*\[model\(point\) for"):
            model(points)


# Words


@pytest.mark.parametrize("make", [nn.Neuron, nn.Layer, nn.MLP])
@pytest.mark.parametrize(
    ("keyword", "words"),
    [("seed", r"rng=random.Random\(seed\)"), ("use_bias", "bias"), ("in_features", "nin")],
)
def test_keywords_of_other_libraries_are_told_ours(make, keyword, words):
    sizes = {nn.Neuron: (2,), nn.Layer: (2, 3), nn.MLP: (2, [3, 1])}[make]
    with pytest.raises(
        TypeError, match=rf"{make.__name__}\(\) takes no '{keyword}': write {words}"
    ):
        make(*sizes, **{keyword: 1})
