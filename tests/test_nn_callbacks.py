"""fit: callbacks, validation, programs that are kept between calls, random numbers; predict."""

import copy
import dataclasses
import gc
import math
import pickle
import random
import weakref
from collections import UserDict

import numpy as np
import pytest

import autograd
import nn
from autograd import Value, select, where

MODES = pytest.mark.parametrize("compiled", [False, True], ids=["eager", "compiled"])
# A few hundred additions in another order, over at most ten epochs.
ROUNDING = 1e-13

POINTS = [[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5], [1.0, 1.0], [0.25, -0.5]]
TARGETS = [1.0, -0.5, 0.25, 0.75, 0.0]
HELD_OUT = ([[1.0, -1.0], [0.0, 2.0]], [0.5, -0.25])


def network(seed=1):
    return nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(seed))


def train(compiled, model=None, optimizer=None, **options):
    model = model or network()
    optimizer = optimizer or nn.SGD(model.parameters(), 0.05, momentum=0.5)
    options = {"loss": nn.half_squared_error, "epochs": 5} | options
    history = nn.fit(model, POINTS, TARGETS, optimizer=optimizer, compiled=compiled, **options)
    return model, optimizer, history


def numbers(model):
    return [p.data for p in model.parameters()]


# Callbacks


@MODES
def test_a_callback_sees_each_epoch(compiled):
    seen = []

    def callback(training):
        losses = training.history.losses
        seen.append((training.epoch, training.loss, training.validation_loss, list(losses)))
        assert training.model is model
        assert training.optimizer is optimizer
        assert optimizer.steps == training.epoch, "the optimizer is not as after the last step"

    model = network()
    optimizer = nn.Adam(model.parameters(), 0.05)
    _, _, history = train(compiled, model, optimizer, callback=callback, epochs=3)
    losses = history.losses
    assert seen == [(i + 1, losses[i], None, losses[: i + 1]) for i in range(3)]


@MODES
@pytest.mark.parametrize(
    ("answer", "epochs"),
    [(True, 1), (np.True_, 1), (False, 3), (None, 3), (1, 3), ("yes", 3), ([0], 3)],
    ids=repr,
)
def test_only_true_ends_a_training(answer, epochs, compiled):
    """A callback may return anything else by accident, as `file.write(...)` does."""
    _, optimizer, history = train(compiled, epochs=3, callback=lambda _: answer)
    assert len(history.losses) == optimizer.steps == epochs


@MODES
def test_a_callback_that_does_nothing_changes_nothing(compiled):
    plain, noted = (train(compiled, callback=c) for c in (None, lambda _: None))
    assert noted[2].losses == plain[2].losses
    assert numbers(noted[0]) == numbers(plain[0])


def test_print_is_a_log(capsys):
    train(False, epochs=2, callback=print, validation=HELD_OUT)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": loss ")[0] for line in lines] == ["epoch 1", "epoch 2"]
    assert all(", validation loss " in line for line in lines)


@MODES
def test_a_schedule_is_a_callback(compiled):
    def halve(training):
        training.optimizer.learning_rate /= 2

    model, optimizer, _ = train(compiled, epochs=3, callback=halve)
    by_hand = network()
    stepping = nn.SGD(by_hand.parameters(), 0.05, momentum=0.5)
    for _ in range(3):
        train(False, by_hand, stepping, epochs=1)
        stepping.learning_rate /= 2
    assert optimizer.learning_rate == 0.05 / 8
    assert numbers(model) == pytest.approx(numbers(by_hand), rel=ROUNDING)


@MODES
def test_a_callback_may_set_parameters_and_the_state_of_the_optimizer(compiled):
    """Starting again from the first weights in each epoch repeats the first epoch."""
    model = network()
    optimizer = nn.Adam(model.parameters(), 0.05)
    start, fresh = model.state_dict(), optimizer.state_dict()

    def again(training):
        training.model.load_state_dict(start)
        training.optimizer.load_state_dict(fresh)

    _, _, history = train(compiled, model, optimizer, callback=again, epochs=3)
    assert history.losses == [history.losses[0]] * 3
    assert model.state_dict() == start
    assert optimizer.steps == 0


@MODES
def test_what_a_callback_raises_leaves_whole_epochs(compiled):
    after_two = []

    def failing(training):
        if training.epoch == 2:
            after_two.extend(numbers(training.model))
            training.model.parameters()[0].data = 1e9
            raise ZeroDivisionError

    model = network()
    optimizer = nn.SGD(model.parameters(), 0.05)
    with pytest.raises(ZeroDivisionError) as caught:
        train(compiled, model, optimizer, callback=failing)
    assert len(caught.value.history.losses) == 2
    assert optimizer.steps == 2
    assert numbers(model) == after_two


@pytest.mark.parametrize("callback", ["log", [print], 3])
def test_a_callback_is_one_function(callback):
    with pytest.raises(TypeError, match=r"callback is one function, .* which may call others"):
        train(False, callback=callback)


# Validation


@MODES
def test_validation_losses_are_of_the_model_after_each_epoch(compiled):
    seen = []

    def by_hand(training):
        losses = [
            nn.half_squared_error(training.model(x), t).data for x, t in zip(*HELD_OUT, strict=True)
        ]
        seen.append(sum(losses) / len(losses))

    model, _, history = train(compiled, callback=by_hand, validation=HELD_OUT)
    assert history.validation_losses == pytest.approx(seen, rel=ROUNDING)
    assert len(seen) == 5
    plain, _, without = train(compiled)
    assert without.validation_losses == []
    assert (numbers(plain), without.losses) == (numbers(model), history.losses)


@MODES
@pytest.mark.parametrize("form", [list, np.array], ids=["list", "array"])
def test_validation_takes_the_forms_of_the_inputs(compiled, form):
    validation = tuple(map(form, HELD_OUT))
    expected = train(False, validation=HELD_OUT)[2].validation_losses
    found = train(compiled, validation=validation)[2].validation_losses
    assert found == pytest.approx(expected, rel=ROUNDING)


@pytest.mark.parametrize(
    ("validation", "error", "words"),
    [
        ((*HELD_OUT, 1), TypeError, "validation is a pair of inputs and targets"),
        (0.2, TypeError, "validation is a pair of inputs and targets"),
        (([], []), ValueError, "0 inputs and 0 targets"),
        ((HELD_OUT[0], [1.0]), ValueError, "2 inputs and 1 targets"),
        ((1.0, 2.0), TypeError, "validation inputs are a list or an array"),
    ],
)
def test_a_validation_of_another_form_is_refused(validation, error, words):
    with pytest.raises(error, match=words):
        train(False, validation=validation)


@MODES
def test_targets_of_the_validation_are_checked(compiled):
    model = network()
    with pytest.raises(ValueError, match=r"hinge\(\) is -1 or 1, not 0"):
        nn.fit(
            model,
            POINTS,
            [1, -1, 1, -1, 1],
            loss=nn.hinge,
            optimizer=nn.SGD(model.parameters(), 0.1),
            validation=(HELD_OUT[0], [0, 1]),
            compiled=compiled,
        )


def test_a_history_tells_both_losses():
    history = nn.History([1.0, 0.5], {}, [2.0, 0.75])
    assert repr(history) == "<History of 2 epochs: loss 1 to 0.5, validation loss 2 to 0.75>"


# Callbacks of a line or two, as the documents show them


@MODES
def test_clipping_is_an_optimizer_of_one_method(compiled):
    class Clipped(nn.SGD):
        def step(self):
            length = math.hypot(*[p.grad for p in self.parameters])
            for p in self.parameters:
                p.grad *= min(1, 0.01 / length)
            super().step()

    model = network()
    before = numbers(model)
    train(compiled, model, Clipped(model.parameters(), 1.0), epochs=1)
    assert math.dist(before, numbers(model)) == pytest.approx(0.01, rel=1e-9)


# Random numbers


class Noisy(nn.Module):
    """A weight, dropped by half of its samples, on an input with normal noise."""

    def __init__(self):
        self.w = Value(0.5)

    def __call__(self, x):
        drawn, noise = nn.random_numbers(2), nn.random_numbers(1, normal=True)
        if drawn is None:
            return self.w * x[0]
        return where(drawn[0] < 0.5, 0, self.w) * (x[0] + 0.1 * noise[0]) + 0.1 * drawn[1]


@pytest.mark.parametrize("batch_size", [None, 2])
@pytest.mark.parametrize("rng", [random.Random, np.random.default_rng], ids=["Python", "NumPy"])
def test_random_numbers_are_the_same_compiled_and_over_values(batch_size, rng):
    runs = [
        train(compiled, Noisy(), batch_size=batch_size, rng=rng(seed), validation=HELD_OUT)
        for compiled, seed in ((False, 3), (True, 3), (True, 4))
    ]
    eager, compiled, other = [run[2].losses for run in runs]
    assert compiled == pytest.approx(eager, rel=ROUNDING)
    assert other != pytest.approx(eager, rel=1e-3), "another seed gives the same numbers"
    off = [run[2].validation_losses for run in runs]
    assert off[1] == pytest.approx(off[0], rel=ROUNDING)


@MODES
def test_random_numbers_are_drawn_anew_at_each_step(compiled):
    model = Noisy()
    optimizer = nn.SGD(model.parameters(), 0.0)
    _, _, history = train(compiled, model, optimizer, validation=HELD_OUT, rng=random.Random(0))
    assert len(set(history.losses)) == 5
    # Without them, nothing changes.
    assert len(set(history.validation_losses)) == 1


@MODES
def test_dropout_is_off_in_predictions(compiled):
    def model(x):
        return nn.dropout([w * number for number in x], 0.5)

    w = Value(2.0)
    assert nn.predict(model, [[1.0, 2.0]], compiled=compiled).tolist() == [[2.0, 4.0]]


def test_a_list_of_random_numbers_is_taken_in_order():
    with nn.random_numbers_from([0.25, 0.5, 0.75]):
        assert nn.random_numbers(2) == [0.25, 0.5]
        assert nn.random_numbers(1) == [0.75]
        with pytest.raises(ValueError, match=r"asks for 4 random numbers .* given 3"):
            nn.random_numbers(1)
        with nn.random_numbers_from(None):
            assert nn.random_numbers(1) is None
    assert nn.random_numbers(1) is None
    with pytest.raises(TypeError, match="rng is a generator"), nn.random_numbers_from(3):
        pass


# A loss that is nan or infinite


def diverging(compiled, model=None, inputs=(1.0, 2.0), loss=nn.half_squared_error, **options):
    """The error and the optimizer of a training that goes wrong."""
    w = Value(0.5, "w")
    options = {"learning_rate": 0.1, "batch_size": None} | options
    optimizer = nn.SGD([w], options.pop("learning_rate"))
    model = model or (lambda w, x: w * x)
    with pytest.raises(FloatingPointError) as caught:
        nn.fit(
            lambda x: model(w, x),
            inputs,
            [0.0] * len(inputs),
            loss=loss,
            optimizer=optimizer,
            epochs=50,
            compiled=compiled,
            **options,
        )
    return caught.value, optimizer


# What goes wrong, and what the message says of it.
WRONG = {
    "an input": (
        {"inputs": (1.0, math.nan)},
        "the loss in epoch 1, batch 1, is nan: inputs[1] is nan: leave that sample out",
    ),
    "an operation": (
        {"model": lambda w, x: (w * x).log(), "inputs": (1.0, 0.0)},
        "it is that of inputs[1], 0.0, where log(0.0) is -inf. Try smaller initial weights",
    ),
    "a later batch": (
        {"model": lambda w, x: (w * x).exp(), "inputs": (0.0, 3000.0), "batch_size": 1},
        "the loss in epoch 1, batch 2, is inf: it is that of inputs[1], 3000.0, where exp(",
    ),
    "a gradient": (
        {"model": lambda w, x: (w * x).sqrt(), "inputs": (0.0, 1.0), "loss": lambda y, _: y},
        "the parameter w is nan, since its gradient was nan: somewhere a derivative is infinite",
    ),
    "an input with a gradient of nan": (
        {"model": lambda w, x: (w * x).tanh(), "inputs": (math.inf, 1.0), "batch_size": 1},
        "since its gradient was nan: inputs[0] is inf: leave that sample out",
    ),
    "a sum": (
        {"inputs": (1.0, 1.0, 1.0), "loss": lambda y, _: y * 1.7e308},
        "sum is too large, or it was the random numbers that the model was given. Try a smaller",
    ),
    "the learning rate": (
        {"learning_rate": 1e200},
        "The largest parameter, w, is -1.25e+200. Try a smaller learning rate than 1e+200",
    ),
    "an infinite learning rate": (
        {"learning_rate": math.inf},
        "the parameter w is -inf, after a step with a gradient of 1.25. Try a smaller learning",
    ),
}


@MODES
@pytest.mark.parametrize(("options", "words"), WRONG.values(), ids=WRONG)
@pytest.mark.filterwarnings("error")
def test_a_loss_that_is_no_number_says_where_it_comes_from(options, words, compiled):
    error, optimizer = diverging(compiled, **options)
    assert words in str(error)
    # The step was not taken, and the epochs before it are known.
    assert optimizer.steps <= 1 or options.get("batch_size") == 1
    assert all(map(math.isfinite, error.history.losses))


@MODES
def test_the_last_step_is_looked_at_too(compiled):
    w = Value(0.5, "w")
    with pytest.raises(
        FloatingPointError, match="after the last step, in epoch 1, the parameter w"
    ):
        nn.fit(
            lambda x: (w * x).sqrt(),
            [0.0],
            [0.0],
            loss=lambda y, _: y,
            optimizer=nn.SGD([w], 0.1),
            epochs=1,
            compiled=compiled,
        )


@MODES
def test_a_validation_loss_that_is_no_number_is_told(compiled):
    words = r"the validation loss after epoch 1 is inf: it is that of validation\[0\]\[1\], 1e"
    model = nn.Neuron(1, activation=None, rng=random.Random(0))
    with pytest.raises(FloatingPointError, match=words):
        nn.fit(
            model,
            [1.0],
            [1.0],
            loss=nn.half_squared_error,
            optimizer=nn.SGD(model.parameters(), 0.1),
            validation=([1.0, 1e200], [1.0, 1.0]),
            compiled=compiled,
        )


@pytest.mark.parametrize("compiled", [False, True])
def test_the_parameter_of_a_module_has_its_path(compiled):
    model = network()
    with pytest.raises(FloatingPointError, match=r"layers\.\d\.neurons\.\d\.(w\.\d|b)"):
        train(compiled, model, nn.SGD(model.parameters(), 1e300), epochs=50)


# Programs are kept between calls, and never used when something has changed

SCALE = 1.0


class Scaled(nn.Module):
    """A model that reads attributes, a list, a global, a class and a Value that is not trained."""

    power = 1

    def __init__(self):
        self.w, self._frozen = Value(0.5), Value(1.0)
        self.scale, self.shifts = 1.0, [0.0]
        self.activation = autograd.tanh

    def __call__(self, x):
        y = self.w * x[0] * self.scale * SCALE + self.shifts[0]
        return self.activation(y) ** self.power * self._frozen


def set_scale(model):
    model.scale = 2.0


def set_in_list(model):
    model.shifts[0] = 0.25


def set_global(_):
    globals()["SCALE"] = 3.0


def set_class(_):
    Scaled.power = 2


def set_frozen(model):
    model._frozen.data = 0.5


def set_activation(model):
    model.activation = autograd.sin


def replace_frozen(model):
    model._frozen = Value(-1.0)


def set_same(_):
    pass


CHANGES = [set_scale, set_in_list, set_global, set_class, set_frozen, set_activation]
CHANGES += [replace_frozen, set_same]


@pytest.fixture
def unchanged():
    yield
    globals()["SCALE"], Scaled.power = 1.0, 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("where_changed", ["between two calls", "by a callback"])
def test_what_a_model_reads_may_change(change, where_changed, unchanged):
    """Compiled as over Values: also back and forth, when an old program is there."""
    found = []
    for compiled in (False, True):
        globals()["SCALE"], Scaled.power = 1.0, 1
        model = Scaled()
        optimizer = nn.SGD([model.w], 0.05)
        losses = []

        def callback(training, model=model):
            if training.epoch == 2:
                change(model)

        if where_changed == "by a callback":
            _, _, history = train(
                compiled, model, optimizer, epochs=4, callback=callback, validation=HELD_OUT
            )
            losses += history.losses + history.validation_losses
        else:
            for _ in range(2):
                losses += train(compiled, model, optimizer, epochs=2)[2].losses
                change(model)
        found.append([*losses, model.w.data])
    assert found[1] == pytest.approx(found[0], rel=ROUNDING)


def test_another_loss_and_another_parameter_are_other_programs():
    found = []
    for compiled in (False, True):
        model = network()
        optimizer = nn.SGD(model.parameters(), 0.05)
        losses = []
        for loss in (nn.half_squared_error, nn.mean_squared_error, nn.half_squared_error):
            losses += train(compiled, model, optimizer, loss=loss, epochs=2)[2].losses
        # The optimizer does not hold this one: it is a constant.
        model.layers[1].neurons[0].b = Value(0.75)
        losses += train(compiled, model, optimizer, epochs=2)[2].losses
        found.append(losses)
    assert found[1] == pytest.approx(found[0], rel=ROUNDING)


def recordings(monkeypatch):
    """Counts the programs whose gradient is worked out."""
    from autograd.tape import recording

    count = [0]
    made = recording.ChainRule.__init__

    def counted(self, *args):
        count[0] += 1
        made(self, *args)

    monkeypatch.setattr(recording.ChainRule, "__init__", counted)
    return count


def test_twenty_calls_record_one_gradient(monkeypatch):
    count = recordings(monkeypatch)
    model = network()
    optimizer = nn.Adam(model.parameters(), 0.05)
    losses = [train(True, model, optimizer, epochs=1)[2].losses[0] for _ in range(20)]
    assert count[0] == 1
    whole = network()
    assert losses == train(True, whole, nn.Adam(whole.parameters(), 0.05), epochs=20)[2].losses


def test_twenty_callbacks_record_one_gradient(monkeypatch):
    count = recordings(monkeypatch)
    train(True, epochs=20, callback=lambda _: None, validation=HELD_OUT)
    assert count[0] == 1


def test_a_kept_program_holds_on_to_no_model():
    model = network()
    optimizer = nn.SGD(model.parameters(), 0.05)
    train(True, model, optimizer, epochs=1)
    alive = [weakref.ref(thing) for thing in (model, optimizer)]
    del model, optimizer
    gc.collect()
    assert [one() for one in alive] == [None, None]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_models_and_optimizers_are_copied_after_compiled_training(copied):
    model, optimizer, _ = train(True, epochs=2)
    twin, stepping = copied((model, optimizer))
    expected = train(True, model, optimizer, epochs=2)[2].losses
    assert train(True, twin, stepping, epochs=2)[2].losses == expected


# Predictions

OUTPUTS = {
    "one number": (lambda x: 2 * x[0], [2.0, 0.0, -1.0]),
    "a list of one": (lambda x: [2 * x[0]], [[2.0], [0.0], [-1.0]]),
    "two": (lambda x: [x[0], x[0] + x[1]], [[1.0, 3.0], [0.0, -1.0], [-0.5, 0.0]]),
    "a constant beside": (lambda x: (x[0], 7.0), [[1.0, 7.0], [0.0, 7.0], [-0.5, 7.0]]),
    "rows": (lambda x: [[x[0], 1.0], [x[1], 2.0]], [[[1, 1], [2, 2]], [[0, 1], [-1, 2]],
                                                     [[-0.5, 1], [0.5, 2]]]),
}  # fmt: skip
ROWS = [[1.0, 2.0], [0.0, -1.0], [-0.5, 0.5]]


@MODES
@pytest.mark.parametrize(("function", "expected"), OUTPUTS.values(), ids=OUTPUTS)
@pytest.mark.parametrize("form", [list, np.array], ids=["list", "array"])
def test_predictions_have_a_row_for_each_point(function, expected, form, compiled):
    one = Value(1.0)

    def model(x):
        return function([one * number for number in x])

    found = nn.predict(model, form(ROWS), compiled=compiled)
    assert isinstance(found, np.ndarray)
    assert found.tolist() == expected


@MODES
def test_predictions_of_a_dict_are_a_dict(compiled):
    found = nn.predict(lambda x: {"a": x[0], "b": [x[1], x[0]]}, ROWS, compiled=compiled)
    assert found["a"].tolist() == [1.0, 0.0, -0.5]
    assert found["b"].shape == (3, 2)


@MODES
def test_predictions_are_the_models(compiled):
    model = nn.MLP(2, [4, 3], activation="tanh", rng=random.Random(2))
    found = nn.predict(model, POINTS, compiled=compiled)
    expected = [[output.data for output in model(point)] for point in POINTS]
    assert found == pytest.approx(np.array(expected), rel=ROUNDING)
    assert found.shape == (5, 3)
    # Of the parameters as they are now.
    model.layers[1].neurons[0].b.data += 1.0
    moved = nn.predict(model, POINTS, compiled=compiled) - found
    assert moved[:, 0] == pytest.approx(1.0)
    assert nn.predict(model, [], compiled=compiled).shape[0] == 0


@MODES
def test_predictions_of_a_frame_are_by_position(compiled):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ROWS, index=[2, 0, 1], columns=["a", "b"])
    found = nn.predict(lambda x: x[0] + x[1], frame, compiled=compiled)
    assert found.tolist() == [3.0, -1.0, 0.0]


def test_samples_that_are_numbers_are_not_taken_for_one_vector():
    """To a program of its own, an array of one axis may be a vector."""
    w = [Value(0.5), Value(1.5)]

    def model(x):
        return w[0] * x[0] + w[1] * x[1]

    words = "a sample is a number here, and the model or the loss takes a list"
    with pytest.raises(ValueError, match=words):
        nn.predict(model, [1.0, 2.0], compiled=True)
    options = {"optimizer": nn.SGD(w, 0.1), "compiled": True}
    for inputs in ([1.0, 2.0], np.ones(2)):
        with pytest.raises((ValueError, TypeError, IndexError)):
            nn.fit(model, inputs, [1.0, 0.0], loss=nn.half_squared_error, **options)
    assert [p.data for p in w] == [0.5, 1.5]


@MODES
def test_a_model_may_compute_with_whole_rows(compiled):
    w = Value(0.5)
    found = nn.predict(lambda x: w * x, np.array(ROWS), compiled=compiled)
    assert found.tolist() == [[0.5, 1.0], [0.0, -0.5], [-0.25, 0.25]]


def test_predictions_of_a_model_with_a_branch():
    assert nn.predict(lambda x: x if x > 0 else 0.0, [1.0, -1.0]).tolist() == [1.0, 0.0]


@dataclasses.dataclass
class Outputs:
    first: object
    second: object


@MODES
@pytest.mark.parametrize(
    ("outputs", "error", "words"),
    [
        (lambda x: ([x[0], x[1]], x[0]), ValueError, "differ in shape"),
        (lambda x: [[x[0]], [x[0], x[1]]], ValueError, "differ in shape"),
        (lambda x: {"a": ([x[0]], x[1])}, ValueError, "differ in shape"),
        (lambda x: Outputs(x[0], x[1]), TypeError, "let it return a dict of them"),
        (lambda x: [Outputs(x[0], x[1])], TypeError, "let it return a dict of them"),
        (lambda x: UserDict(a=x[0]), TypeError, "let it return a dict of them"),
    ],
)
def test_outputs_that_make_no_array_are_refused(outputs, error, words, compiled):
    with pytest.raises(error, match=words):
        nn.predict(outputs, ROWS, compiled=compiled)


@MODES
def test_words_among_the_numbers_are_told_to_be_numbers(compiled):
    model = nn.MLP(2, [2], rng=random.Random(0))
    optimizer = nn.SGD(model.parameters(), 0.1)
    call = {"optimizer": optimizer, "loss": nn.softmax_cross_entropy, "compiled": compiled}
    with pytest.raises(TypeError, match=r"not 'x'.*pandas.get_dummies\(table\)"):
        nn.fit(model, [[1.0, "x"], [2.0, "y"]], [0, 1], **call)
    with pytest.raises(TypeError, match="not 'x'"):
        nn.fit(model, [[1.0, 2.0], [2.0, 3.0]], ["x", "y"], **call)
    with pytest.raises(TypeError, match="not 'x'"):
        nn.predict(model, [[1.0, "x"]], compiled=compiled)


@MODES
def test_the_parameters_of_an_optimizer_stay_during_a_training(compiled):
    model = nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(0))
    optimizer = nn.SGD(model.parameters(), 0.1)
    states = []

    def callback(training):
        states.append(model.state_dict())
        del training.optimizer.parameters[0]

    call = {"optimizer": optimizer, "compiled": compiled, "callback": callback}
    with pytest.raises(ValueError, match="fit again with an optimizer of those"):
        nn.fit(model, ROWS, [1.0, 0.0, 0.5], loss=nn.mean_squared_error, **call)
    assert [model.state_dict()] == states


# Items that are chosen by a target, as the weights of classes

LOOKED_UP = {
    "a dict": {0: 1.0, 1: 5.0},
    "a list": [1.0, 5.0],
    "an array": np.array([1.0, 5.0]),
}


@pytest.mark.parametrize("weights", LOOKED_UP.values(), ids=LOOKED_UP)
def test_weights_of_classes_are_looked_up_or_selected(weights):
    points, classes = ROWS, [0, 1, 1]

    def losses(compiled, weight_of):
        model = nn.MLP(2, [2], rng=random.Random(0))
        call = {"optimizer": nn.SGD(model.parameters(), 0.1), "compiled": compiled, "epochs": 2}

        def loss(y, target):
            return weight_of(target) * nn.softmax_cross_entropy(y, target)

        return nn.fit(model, points, classes, loss=loss, **call).losses

    expected = losses(False, lambda target: weights[target])
    for compiled in (False, True):
        found = losses(compiled, lambda target: select(target, [1.0, 5.0]))
        assert found == pytest.approx(expected, rel=10 * ROUNDING)
    with pytest.raises((TypeError, ValueError), match=r"write autograd.select\(index, items\)"):
        losses(True, lambda target: weights[target])


@pytest.mark.parametrize(
    ("model", "inputs", "words"),
    [
        ("MLP", [1.0], "model is a function of an input"),
        (abs, 1.0, "inputs are a list or an array"),
    ],
)
def test_wrong_calls_of_predict_are_refused(model, inputs, words):
    with pytest.raises(TypeError, match=words):
        nn.predict(model, inputs)
