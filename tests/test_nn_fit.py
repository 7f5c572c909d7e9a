"""fit: what it finds, what it records, what it refuses."""

import random
import sys

import numpy as np
import pytest

import autograd
import nn
from autograd import Value


def line(slope=0.0):
    weight = Value(slope)
    return weight, lambda x: weight * x


def fitted(**options):
    weight, model = line()
    options = {"loss": nn.half_squared_error, "epochs": 60} | options
    optimizer = nn.SGD([weight], learning_rate=0.1)
    history = nn.fit(model, [1.0, 2.0, -1.0], [3.0, 6.0, -3.0], optimizer=optimizer, **options)
    return weight.data, history


def test_fit_finds_the_slope():
    slope, history = fitted()
    # By hand: the mean curvature is 2, so each step leaves 1 - 0.1 * 2 of the error.
    assert 3 - slope == pytest.approx(3 * 0.8**60, rel=1e-6)
    # Before the first step every prediction is 0: (9 + 36 + 9) / 2 / 3.
    assert history.losses[0] == 9.0
    assert len(history.losses) == 60
    assert history.losses == sorted(history.losses, reverse=True)


def test_fit_ends_below_a_loss():
    _, history = fitted(until=1e-3)
    assert history.losses[-1] < 1e-3 <= history.losses[-2]


def test_a_loss_that_is_reached_is_not_below():
    _, history = fitted(until=9.0)
    # By hand: 9 at first, and a step leaves 0.8 of the error, 0.64 of the loss.
    assert history.losses == [9.0, pytest.approx(9 * 0.64)]


def test_batches_take_a_step_each_and_the_history_has_one_loss_an_epoch():
    slope, history = fitted(batch_size=2, epochs=1)
    # Two steps by hand: (1, 2) with mean gradient -7.5, then -1 at slope 0.75.
    assert slope == pytest.approx(0.75 - 0.1 * (-0.75 + 3.0) * -1)
    assert len(history.losses) == 1


def test_shuffling_repeats_with_its_seed():
    runs = [fitted(batch_size=1, epochs=3, rng=random.Random(s))[1].losses for s in (0, 0, 1)]
    assert runs[0] == runs[1] != runs[2]


def test_fit_works_without_tqdm(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert len(fitted()[1].losses) == 60


@pytest.mark.parametrize(
    ("inputs", "targets", "options", "words"),
    [
        ([], [], {}, "0 inputs and 0 targets"),
        ([1.0], [1.0, 2.0], {}, "1 inputs and 2 targets"),
        ([1.0], [1.0], {"batch_size": 0}, "batch_size is a whole number of at least 1, not 0"),
        ([1.0], [1.0], {"batch_size": 1.5}, "batch_size .*, not 1.5"),
        ([1.0], [1.0], {"epochs": -1}, "epochs is a whole number of at least 0, not -1"),
        ([1.0], [1.0], {"epochs": 2.5}, "epochs .*, not 2.5"),
        ([1.0], [1.0], {"epochs": "3"}, "epochs .*, not '3'"),
    ],
)
def test_fit_refuses_what_does_not_pair_or_count(inputs, targets, options, words):
    weight, model = line()
    optimizer = nn.SGD([weight], 0.1)
    with pytest.raises(ValueError, match=words):
        nn.fit(model, inputs, targets, loss=nn.hinge, optimizer=optimizer, **options)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"model": [1.0]}, r"model is a function of an input, .*, not \[1.0\]"),
        ({"loss": "mse"}, "such as nn.mean_squared_error, not 'mse'"),
        ({"loss": lambda y, target: 0.5}, "loss gives a Value, .*, not 0.5"),
        ({"loss": lambda y, target: None}, "loss gives a Value, .*, not None"),
        ({"loss": lambda y, target: [y]}, r"loss gives a Value, .*, not \[Value"),
        ({"optimizer": "sgd"}, "optimizer is one such as nn.SGD.*, not 'sgd'"),
        ({"optimizer": nn.SGD}, "optimizer is one such as nn.SGD.*, not <class"),
        ({"rng": 0}, r"such as random.Random\(0\), not 0"),
        ({"inputs": zip([1.0], strict=True)}, "inputs are a list or an array, not <zip"),
        ({"targets": 1.0}, "targets are a list or an array, not 1.0"),
    ],
    ids=lambda wrong: next(iter(wrong)) if isinstance(wrong, dict) else "",
)
@pytest.mark.parametrize("compiled", [False, True])
def test_wrong_calls_of_fit_are_refused(wrong, words, compiled):
    weight, model = line()
    call = {"model": model, "inputs": [1.0], "targets": [2.0], "loss": nn.half_squared_error}
    call |= {"optimizer": nn.SGD([weight], 0.1), "compiled": compiled} | wrong
    with pytest.raises(TypeError, match=words):
        nn.fit(**call)
    assert weight.data == 0.0


# Which parameters the optimizer holds


def two_layers():
    model = nn.MLP(1, [3, 1], activation="tanh", rng=random.Random(0))
    return model, [p.data for p in model.parameters()]


def fit_line(model, optimizer, **options):
    options = {"loss": nn.half_squared_error, "epochs": 3} | options
    return nn.fit(model, [1.0, -2.0], [2.0, -1.0], optimizer=optimizer, **options)


@pytest.mark.parametrize("wrap", [lambda model: model, lambda model: lambda x: model(x)])
@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("batch_size", [None, 1])
def test_an_optimizer_of_another_model_is_refused(wrap, compiled, batch_size):
    (model, before), (other, _) = two_layers(), two_layers()
    optimizer = nn.SGD(other.parameters(), 0.1, weight_decay=0.5)
    with pytest.raises(ValueError, match=r"none of the 10 parameters .* model.parameters\(\)"):
        fit_line(wrap(model), optimizer, compiled=compiled, batch_size=batch_size)
    assert [p.data for p in model.parameters()] == before
    assert [p.data for p in other.parameters()] == before, "another model has changed"
    assert optimizer.steps == 0


def test_training_without_a_graph_is_refused():
    model, before = two_layers()
    with autograd.no_grad(), pytest.raises(ValueError, match=r"outside of no_grad\(\)"):
        fit_line(model, nn.SGD(model.parameters(), 0.1))
    assert [p.data for p in model.parameters()] == before


def test_a_loss_of_the_numbers_alone_is_refused():
    model, before = two_layers()
    optimizer = nn.SGD(model.parameters(), 0.1)
    with pytest.raises(ValueError, match="from the prediction and not from its data"):
        fit_line(model, optimizer, loss=lambda y, target: Value((y.data - target) ** 2))
    assert [p.data for p in model.parameters()] == before
    assert optimizer.steps == 0


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("layer", [0, 1])
def test_an_optimizer_may_hold_a_part_of_the_parameters(layer, compiled):
    model, _ = two_layers()
    frozen = [p.data for p in model.layers[1 - layer].parameters()]
    trained = [p.data for p in model.layers[layer].parameters()]
    fit_line(model, nn.SGD(model.layers[layer].parameters(), 0.1), compiled=compiled)
    assert [p.data for p in model.layers[1 - layer].parameters()] == frozen
    assert [p.data for p in model.layers[layer].parameters()] != trained


@pytest.mark.parametrize("compiled", [False, True])
def test_an_optimizer_may_hold_more_than_the_parameters(compiled):
    (model, before), (other, _) = two_layers(), two_layers()
    fit_line(model, nn.SGD(other.parameters() + model.parameters(), 0.1), compiled=compiled)
    assert [p.data for p in other.parameters()] == before
    assert [p.data for p in model.parameters()] != before


@pytest.mark.parametrize("compiled", [False, True])
def test_the_loss_may_have_the_parameters(compiled):
    model, before = two_layers()
    scale = Value(0.5)
    fit_line(
        model,
        nn.SGD([scale], 0.1),
        loss=lambda y, target: (scale * y - target) ** 2,
        compiled=compiled,
    )
    assert scale.data != 0.5
    assert [p.data for p in model.parameters()] == before


@pytest.mark.parametrize(
    ("targets", "found"),
    # By hand: the second sample alone is wrong, and its step is 0.1 * -1 * 2.
    [([1, -1], 1.0 - 0.1 * 2), ([1, 1], 1.0)],
    ids=["the first is right", "all are right"],
)
def test_a_loss_may_be_constant_where_predictions_are_right(targets, found):
    weight, model = line(1.0)
    nn.fit(
        lambda x: {"score": model(x)},
        [1.0, 2.0],
        targets,
        loss=lambda y, target: max(Value(0.0), -target * y["score"]),
        optimizer=nn.SGD([weight], 0.1),
        batch_size=1,
        epochs=1,
    )
    assert weight.data == pytest.approx(found, rel=1e-15)


def test_a_history_is_short():
    history = nn.History([0.5, 0.25, 0.125])
    assert repr(history) == "<History of 3 epochs: loss 0.5 to 0.125>"
    assert repr(nn.History([])) == "<History of no epoch>"


def test_losses_may_be_lanes():
    numpy = pytest.importorskip("numpy")
    neuron = nn.Neuron(1, activation=None)
    history = nn.fit(
        neuron,
        [[numpy.ones(3)]],
        [numpy.zeros(3)],
        loss=lambda y, target: (y - target) ** 2,
        optimizer=nn.SGD(neuron.parameters(), learning_rate=0.1),
        epochs=1,
    )
    assert history.losses[0].shape == (3,)
    assert repr(history).startswith("<History of 1 epochs: loss [")


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("container", [list, np.array], ids=["list", "array"])
def test_columns_train_as_their_numbers_do(container, compiled):
    """Inputs of shape (n,) or (n, 1), targets likewise: the same training."""
    inputs, targets = [0.5, -1.0, 2.0], [1.0, 0.0, -1.0]
    column_of_inputs, column_of_targets = ([[x] for x in xs] for xs in (inputs, targets))
    losses = []
    for xs in (inputs, column_of_inputs):
        for ys in (targets, column_of_targets):
            model, _ = two_layers()
            optimizer = nn.SGD(model.parameters(), 0.1)
            call = {"loss": nn.mean_squared_error, "optimizer": optimizer, "epochs": 3}
            history = nn.fit(model, container(xs), container(ys), compiled=compiled, **call)
            losses.append(history.losses)
    assert losses == [losses[0]] * 4


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(
    ("inputs", "targets", "words"),
    [
        ([1.0, 2.0], [0.0, 1.0], "takes 2 inputs, not 1: give a list"),
        (np.ones(2), [0.0, 1.0], "takes 2 inputs, not 1: give a list"),
        (np.ones((2, 2)), [[0.0, 1.0]] * 2, "the target of one prediction is one number"),
        (np.ones((2, 2)), np.ones((2, 2)), "the target of one prediction is one number"),
    ],
    ids=["numbers for rows", "an array of numbers", "rows for numbers", "an array of rows"],
)
def test_samples_of_another_shape_are_refused(inputs, targets, words, compiled):
    model = nn.MLP(2, [1], rng=random.Random(0))
    call = {"loss": nn.mean_squared_error, "optimizer": nn.SGD(model.parameters(), 0.1)}
    with pytest.raises(ValueError, match=words):
        nn.fit(model, inputs, targets, compiled=compiled, **call)


# Labels are no positions


class Labelled:
    """A column or a table as pandas has them: indices are labels, and a table lists its names."""

    def __init__(self, rows, labels):
        self.rows = rows
        self.labels = labels

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, label):
        return self.rows[self.labels.index(label)]

    def __iter__(self):
        is_table = any(isinstance(row, list) for row in self.rows)
        return iter(range(len(self.rows[0])) if is_table else self.rows)

    def to_numpy(self):
        return np.array(self.rows)


def as_pandas(rows, labels):
    pandas = pytest.importorskip("pandas")
    kind = pandas.DataFrame if isinstance(rows[0], list) else pandas.Series
    return kind(rows, index=labels)


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("table", [Labelled, as_pandas])
@pytest.mark.parametrize("labels", [[2, 0, 1], [1, 2, 3], ["a", "b", "c"]])
@pytest.mark.parametrize("batch_size", [None, 1])
def test_samples_are_taken_by_position(compiled, table, labels, batch_size):
    rows, column = [[0.0, 1.0], [1.0, -1.0], [0.5, 2.0]], [1.0, -1.0, 0.5]
    found = []
    for inputs, targets in ((rows, column), (table(rows, labels), table(column, labels))):
        model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(0))
        call = {"loss": nn.mean_squared_error, "optimizer": nn.SGD(model.parameters(), 0.1)}
        call |= {"epochs": 3, "compiled": compiled, "batch_size": batch_size}
        found.append(nn.fit(model, inputs, targets, **call).losses)
    assert found[0] == found[1]


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int32", "float16", "float32"])
def test_numbers_of_narrow_arrays_are_computed_with_as_those_of_lists(compiled, dtype):
    # In eight bits 2 * 100 and 2 * 0 - 1 overflow, in sixteen of them 1 / 3 is 0.3333.
    rows, labels = [[100, 50], [0, 120], [7, 1]], [0, 1, 0]
    found = []
    for inputs, targets in ((rows, labels), (np.array(rows, dtype), np.array(labels, dtype))):
        network = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(0))
        call = {"loss": lambda y, t: (y - (2 * t - 1) / 3) ** 2, "compiled": compiled, "epochs": 3}

        def model(x, network=network):
            return network([2 * number / 255 - 1 for number in x])

        optimizer = nn.SGD(network.parameters(), 0.1)
        losses = nn.fit(model, inputs, targets, optimizer=optimizer, **call).losses
        found.append([*losses, *nn.predict(model, inputs, compiled=compiled)])
    assert found[0] == found[1]


@pytest.mark.parametrize("table", [Labelled, as_pandas])
def test_models_and_losses_take_tables_by_position(table):
    rows, column, labels = [[0.0, 1.0], [1.0, -1.0]], [1.0, -1.0], [1, 0]
    model = nn.MLP(2, [2], rng=random.Random(0))
    points = np.array(rows)
    outputs = [output.data.tolist() for output in model(points)]
    assert [output.data.tolist() for output in model(table(rows, labels))] == outputs
    values = [Value(0.25), Value(-0.5)]
    for loss in (nn.mean_squared_error, nn.half_squared_error, nn.hinge):
        expected = loss(values, column).data
        assert loss(values, table(column, labels)).data == expected
        assert loss(values, table([[x] for x in column], labels)).data == expected
        lanes = Value(np.array([0.25, -0.5]))
        together = loss(lanes, table(column, labels)).data.tolist()
        assert together == loss(lanes, np.array(column)).data.tolist()
    expected = nn.mean_squared_error(model(points), points).data.tolist()
    assert nn.mean_squared_error(model(points), table(rows, labels)).data.tolist() == expected
    expected = nn.softmax_cross_entropy(points, np.array([0, 1])).tolist()
    classes = table([0, 1], labels)
    assert nn.softmax_cross_entropy(table(rows, labels), classes).tolist() == expected


@pytest.mark.parametrize("samples", [{0: 1.0, 1: 2.0}, {1: 1.0, 0: 2.0}, "12", b"12"])
@pytest.mark.parametrize("role", ["inputs", "targets"])
def test_samples_without_positions_are_refused(samples, role):
    weight, model = line()
    call = {"inputs": [1.0, 2.0], "targets": [1.0, 2.0]} | {role: samples}
    with pytest.raises(TypeError, match=f"{role} are a list or an array, not"):
        nn.fit(model, **call, loss=nn.half_squared_error, optimizer=nn.SGD([weight], 0.1))


def test_a_complex_loss_is_refused():
    weight, model = line()
    call = {"loss": nn.mean_squared_error, "optimizer": nn.SGD([weight], 0.1)}
    with pytest.raises(TypeError, match="a loss is a real number, not"):
        nn.fit(model, [1.0], [1j], **call)
    assert (weight.data, weight.grad) == (0.0, 0)


def test_an_output_that_holds_itself_is_searched_once():
    weight, _ = line(0.5)

    def model(x):
        output = [weight * x]
        output.append(output)
        return output

    call = {"loss": lambda y, t: (y[0] - t) ** 2, "optimizer": nn.SGD([weight], 0.1)}
    assert nn.fit(model, [1.0], [1.0], epochs=1, **call).losses == [0.25]
    # And one of which nothing depends on the parameters.
    other, _ = line()
    call["optimizer"] = nn.SGD([other], 0.1)
    with pytest.raises(ValueError, match="depends on none"):
        nn.fit(model, [1.0], [1.0], **call)


# A training that is stuck

XOR = ([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0.0, 1.0, 1.0, 0.0])


def train_xor(seed, **options):
    model = nn.MLP(2, [4, 1], rng=random.Random(seed), **options)
    optimizer = nn.SGD(model.parameters(), learning_rate=0.1)
    loss = nn.mean_squared_error
    return nn.fit(model, *XOR, loss=loss, optimizer=optimizer, epochs=1000, compiled=True)


def test_neurons_that_learn_nothing_are_named_where_the_loss_stands_still():
    words = r"stands still at 0\.1667, and of 5 neurons .*: layers\.0\.neurons\.0, .*leaky_relu"
    with pytest.warns(RuntimeWarning, match=words):
        train_xor(7)


@pytest.mark.parametrize(("seed", "options"), [(3, {}), (7, {"activation": "tanh"})])
def test_a_training_that_gets_on_is_left_alone(seed, options):
    """Of the first network two neurons learn nothing, and the others are enough."""
    losses = train_xor(seed, **options).losses
    assert losses[-1] < 0.5 * losses[0]
