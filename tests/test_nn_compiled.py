"""fit(compiled=True): the same training as over Values, in arrays."""

import math
import random
from collections import Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import numpy as np
import pytest

import autograd
import nn
from autograd import Value

# Each step adds up some hundred products in another order: about 1e-15 relative. A step changes
# the parameters by a fraction of the gradient, so over E epochs of B batches the histories part
# by about E * B * 1e-14 where the training is stable, as it is here.
ROUNDING = 1e-14

OPTIMIZERS = {
    "SGD": lambda p: nn.SGD(p, learning_rate=0.05),
    "momentum": lambda p: nn.SGD(p, learning_rate=0.05, momentum=0.9, weight_decay=1e-3),
    "Adam": lambda p: nn.Adam(p, learning_rate=0.01, weight_decay=1e-3),
}


def train(make_optimizer, compiled, **options):
    points, labels = nn.two_moons(30, rng=random.Random(1))
    model = nn.MLP(2, [5, 1], activation="tanh", rng=random.Random(2))
    optimizer = make_optimizer(model.parameters())
    history = nn.fit(
        model,
        points,
        labels,
        loss=nn.half_squared_error,
        optimizer=optimizer,
        compiled=compiled,
        **options,
    )
    return model, optimizer, history


def numbers(model):
    return [p.data for p in model.parameters()]


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 8, 30])
def test_the_history_is_that_of_the_eager_loop(name, batch_size):
    both = [
        train(OPTIMIZERS[name], compiled, epochs=20, batch_size=batch_size, rng=random.Random(3))
        for compiled in (False, True)
    ]
    (eager, eager_optimizer, expected), (compiled, optimizer, found) = both
    tolerance = 20 * 4 * ROUNDING
    assert found.losses == pytest.approx(expected.losses, rel=tolerance, abs=tolerance)
    assert numbers(compiled) == pytest.approx(numbers(eager), rel=tolerance, abs=tolerance)
    gradients = [[p.grad for p in model.parameters()] for model in (eager, compiled)]
    assert gradients[1] == pytest.approx(gradients[0], rel=tolerance, abs=tolerance)
    assert optimizer.steps == eager_optimizer.steps
    for state, expected_state in zip(optimizer.state, eager_optimizer.state, strict=True):
        assert state == pytest.approx(expected_state, rel=tolerance, abs=tolerance)


def test_training_goes_on_where_it_ended():
    make = OPTIMIZERS["Adam"]
    whole, _, history = train(make, True, epochs=10)
    points, labels = nn.two_moons(30, rng=random.Random(1))
    model = nn.MLP(2, [5, 1], activation="tanh", rng=random.Random(2))
    optimizer = make(model.parameters())
    losses = []
    for compiled in (True, False):
        part = nn.fit(
            model,
            points,
            labels,
            loss=nn.half_squared_error,
            optimizer=optimizer,
            epochs=5,
            compiled=compiled,
        )
        losses += part.losses
    assert losses == pytest.approx(history.losses, rel=10 * ROUNDING)
    assert numbers(model) == pytest.approx(numbers(whole), rel=10 * ROUNDING)


def test_an_interruption_loses_nothing(monkeypatch):
    """Ctrl-C in the middle: the parameters and the optimizer are as the last step left them."""
    _, optimizer, _ = train(OPTIMIZERS["momentum"], True, epochs=3)
    steps = 0
    begin_step = nn.SGD.begin_step

    def interrupted(self):
        nonlocal steps
        steps += 1
        if steps == 4:
            raise KeyboardInterrupt
        begin_step(self)

    monkeypatch.setattr(nn.SGD, "begin_step", interrupted)
    points, labels = nn.two_moons(30, rng=random.Random(1))
    model = nn.MLP(2, [5, 1], activation="tanh", rng=random.Random(2))
    stopped = OPTIMIZERS["momentum"](model.parameters())
    with pytest.raises(KeyboardInterrupt):
        nn.fit(model, points, labels, loss=nn.half_squared_error, optimizer=stopped, compiled=True)
    three_steps = [p.data for p in optimizer.parameters]
    assert [p.data for p in stopped.parameters] == three_steps
    assert stopped.state == optimizer.state
    assert stopped.steps == 3


def test_samples_may_be_any_structure():
    def model(sample):
        return w["a"] * sample["x"][0] + w["b"] * sample["x"][1] + sample["offset"]

    samples = [{"x": (1.0, 2.0), "offset": 0.5}, {"x": (-1.0, 0.5), "offset": 0.25}]
    losses = []
    for compiled in (False, True):
        w = {"a": Value(0.1), "b": Value(-0.2)}
        optimizer = nn.SGD(w.values(), learning_rate=0.1)
        history = nn.fit(
            model,
            samples,
            [1.0, -1.0],
            loss=nn.mean_squared_error,
            optimizer=optimizer,
            epochs=5,
            compiled=compiled,
        )
        losses.append(history.losses)
    assert losses[1] == pytest.approx(losses[0], rel=5 * ROUNDING)


def test_classes_are_selected_at_run_time():
    draw = random.Random(5)
    points = [[draw.gauss(0, 1), draw.gauss(0, 1)] for _ in range(12)]
    classes = [int(x > 0) + int(y > 0) for x, y in points]
    losses = []
    for compiled in (False, True):
        model = nn.MLP(2, [4, 3], rng=random.Random(6))
        history = nn.fit(
            model,
            points,
            classes,
            loss=nn.softmax_cross_entropy,
            optimizer=nn.SGD(model.parameters(), learning_rate=0.1),
            epochs=10,
            compiled=compiled,
        )
        losses.append(history.losses)
    assert losses[1] == pytest.approx(losses[0], rel=10 * ROUNDING)
    assert losses[0][-1] < losses[0][0], "nothing was learned, so nothing was compared"


def test_samples_that_differ_in_length_are_refused():
    w = Value(1.0)
    with pytest.raises(ValueError, match="of one length"):
        nn.fit(
            lambda x: autograd.sum([w * xi for xi in x]),
            [[1.0], [1.0, 2.0]],
            [0.0, 0.0],
            loss=nn.half_squared_error,
            optimizer=nn.SGD([w], learning_rate=0.1),
            compiled=True,
        )


def test_a_branch_of_the_model_is_refused():
    w = Value(1.0)
    with pytest.raises(TypeError, match=r"test_nn_compiled\.py.*where"):
        nn.fit(
            lambda x: w * x if x > 0 else w,
            [1.0, -1.0],
            [0.0, 0.0],
            loss=nn.half_squared_error,
            optimizer=nn.SGD([w], learning_rate=0.1),
            compiled=True,
        )
    assert w.data == 1.0, "recording left its own number in the parameter"


# Steps of one's own


class Clipped(nn.SGD):
    """Gradients of at most 0.1, one by one."""

    def step(self):
        for parameter in self.parameters:
            parameter.grad = max(-0.1, min(0.1, parameter.grad))
        super().step()


class Decaying(nn.Adam):
    def begin_step(self):
        super().begin_step()
        self.learning_rate *= 0.5


class Noted(nn.SGD):
    """Counts the steps, and clears all gradients to the same number."""

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.25


def patched(parameters):
    """An optimizer whose step is put on the object, as schedules do it."""
    optimizer = nn.SGD(parameters, 0.05)
    step = optimizer.step

    def half_a_step():
        for parameter in parameters:
            parameter.grad = parameter.grad / 2
        step()

    optimizer.step = half_a_step
    return optimizer


@pytest.mark.parametrize(
    "make",
    [
        lambda p: Clipped(p, 0.05, momentum=0.9),
        lambda p: Decaying(p, 0.05),
        lambda p: Noted(p, 0.05),
        patched,
    ],
    ids=["step", "begin_step", "zero_grad", "on the object"],
)
@pytest.mark.parametrize("batch_size", [None, 8])
def test_an_optimizer_of_ones_own_steps_as_it_does_over_values(make, batch_size):
    (eager, expected_optimizer, expected), (compiled, optimizer, found) = (
        train(make, compiled, epochs=5, batch_size=batch_size) for compiled in (False, True)
    )
    plain, _, _ = train(lambda p: nn.SGD(p, 0.05), True, epochs=5, batch_size=batch_size)
    assert numbers(eager) != pytest.approx(numbers(plain), rel=1e-3), "it makes no difference"
    tolerance = 5 * 4 * ROUNDING
    assert numbers(compiled) == pytest.approx(numbers(eager), rel=tolerance, abs=tolerance)
    assert found.losses == pytest.approx(expected.losses, rel=tolerance, abs=tolerance)
    for layer, lengths in expected.gradients.items():
        assert found.gradients[layer] == pytest.approx(lengths, rel=tolerance, abs=tolerance)
    assert optimizer.steps == expected_optimizer.steps
    assert optimizer.learning_rate == expected_optimizer.learning_rate


# Samples

Pair = namedtuple("Pair", "x y")


@dataclass
class Sample:
    x: float
    y: float


def fit_both(model, inputs, targets, **options):
    """The histories of eager and of compiled training."""
    histories = []
    for compiled in (False, True):
        w = Value(0.5)
        call = {"loss": nn.mean_squared_error, "epochs": 2, "compiled": compiled} | options
        histories.append(
            nn.fit(lambda x, w=w: model(w, x), inputs, targets, optimizer=nn.SGD([w], 0.1), **call)
        )
    return [history.losses for history in histories]


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        (lambda w, p: w * p.x + p.y, [Pair(1.0, 2.0), Pair(-1.0, 0.5)]),
        (lambda w, p: w * p["a"].x, [{"a": Pair(1.0, 2.0)}, {"a": Pair(-1.0, 0.5)}]),
        (lambda w, p: w * p["a"], [OrderedDict(a=1.0), OrderedDict(a=-1.0)]),
        (lambda w, p: w * p["a"], [defaultdict(float, a=1.0), {"a": -1.0}]),
        (lambda w, p: w * p["a"], [Counter("aab"), Counter("bbaa")]),
        (lambda w, p: w * p[0] + p[1], [(1.0, True), (2.0, False)]),
        (lambda w, p: w * p[0] + p[1], [[1, 2], (3, 4)]),
        (lambda w, p: w * p, [10**30, 1.0]),
        (lambda w, p: w * p[0], np.array([[1.0, 2.0], [3.0, 4.0]], dtype=object)),
        (lambda w, p: w * p, [np.float32(0.5), np.int8(-3)]),
    ],
    ids=["named", "nested", "ordered", "default", "counter", "bools", "mixed", "large", "objects",
         "NumPy"],
)  # fmt: skip
@pytest.mark.parametrize("batch_size", [None, 1])
def test_samples_of_any_structure_train_as_over_values(model, inputs, batch_size):
    eager, compiled = fit_both(model, inputs, [1.0, -1.0], batch_size=batch_size)
    assert compiled == pytest.approx(eager, rel=10 * ROUNDING)


def test_targets_may_have_names():
    targets = [Pair(1.0, 2.0), Pair(0.5, -1.0)]
    eager, compiled = fit_both(
        lambda w, x: w * x, [1.0, 2.0], targets, loss=lambda y, t: (y - t.x) ** 2 + t.y
    )
    assert compiled == pytest.approx(eager, rel=10 * ROUNDING)


endless = [1.0]
endless.append(endless)


@pytest.mark.parametrize(
    ("samples", "error", "words"),
    [
        ([1.0, None], TypeError, "not None"),
        ([1.0, "2"], TypeError, "not '2'"),
        (["1", "2"], TypeError, "not '1'"),
        (np.array(["1", "2"]), TypeError, "not '1'"),
        ([1.0, 2j], TypeError, "not 2j"),
        (np.array([1.0, 2j]), TypeError, "not "),
        ([Fraction(1, 2), 1.0], TypeError, r"not Fraction\(1, 2\)"),
        ([Value(1.0), 2.0], TypeError, "not Value"),
        ([Sample(1.0, 2.0)] * 2, TypeError, "not Sample"),
        ([UserDict(a=1.0)] * 2, TypeError, "real numbers"),
        (np.array(["2020", "2021"], dtype="M8[Y]"), TypeError, "real numbers"),
        (np.array([(1.0,), (2.0,)], dtype=[("a", float)]), TypeError, "real numbers"),
        ([[1.0], [None]], TypeError, "not None"),
        ([{"a": 1.0}, {"a": None}], TypeError, "not None"),
        ([{"a": 1.0}, {"b": 1.0}], ValueError, "dicts of the same keys"),
        ([{"a": 1.0}, {"a": 1.0, "b": 2.0}], ValueError, "dicts of the same keys"),
        ([{"a": 1.0}, 1.0], ValueError, "dicts of the same keys"),
        ([defaultdict(float, a=1.0), defaultdict(float)], ValueError, "dicts of the same keys"),
        ([[1.0], [1.0, 2.0]], ValueError, "of one length"),
        ([[1.0], 1.0], ValueError, "of one length"),
        ([1.0, [1.0]], ValueError, "of one length"),
        ([np.ones(2), np.ones(3)], ValueError, "of one length"),
        ([endless, endless], ValueError, "hold itself"),
    ],
)
@pytest.mark.parametrize("role", ["inputs", "targets"])
def test_samples_of_no_numbers_are_refused(samples, error, words, role):
    w = Value(0.5)
    call = {"inputs": [1.0, 2.0], "targets": [1.0, 2.0]} | {role: samples}
    with pytest.raises(error, match=words):
        nn.fit(
            lambda x: w * x,
            **call,
            loss=lambda y, t: (y - t) ** 2,
            optimizer=nn.SGD([w], 0.1),
            compiled=True,
        )
    assert (w.data, w.grad) == (0.5, 0)


# Targets that a loss can't mean

WRONG = [
    (nn.hinge, [1, 0]),
    (nn.hinge, [1, math.nan]),
    (nn.binary_cross_entropy_with_logits, [0.5, -1]),
    (nn.binary_cross_entropy_with_logits, [0.5, math.nan]),
    (nn.mean_squared_error, [1.0, math.nan]),
    (nn.half_squared_error, [1.0, math.nan]),
    (nn.softmax_cross_entropy, [0, 3]),
    (nn.softmax_cross_entropy, [0, -1]),
    (nn.softmax_cross_entropy, [0, 1.5]),
]
WRAPPED = {
    "as it is": lambda loss, w: loss,
    "beside a penalty": lambda loss, w: lambda y, t: loss(y, t) + 0.01 * w * w,
    "in a list": lambda loss, w: lambda y, t: loss(y, [t]),
    "of a computed target": lambda loss, w: lambda y, t: loss(y, 0 + 1 * t),
    "twice": lambda loss, w: lambda y, t: nn.half_squared_error(w, 1.0) + loss(y, t),
}


@pytest.mark.parametrize(("loss", "targets"), WRONG)
@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("own", [False, True], ids=["", "own optimizer"])
def test_wrong_targets_are_refused_compiled_as_over_values(loss, targets, wrapped, own):
    messages = []
    for compiled in (False, True):
        w = Value(0.5)
        optimizer = (Clipped if own else nn.SGD)([w], 0.1)
        is_softmax = loss is nn.softmax_cross_entropy
        with pytest.raises(ValueError, match=r"target|label") as caught:
            nn.fit(
                (lambda x, w=w: [w * x, w, -w]) if is_softmax else (lambda x, w=w: w * x),
                [1.0, 2.0],
                targets,
                loss=wrapped(loss, w),
                optimizer=optimizer,
                batch_size=1 if own else None,
                compiled=compiled,
            )
        messages.append(str(caught.value).replace(".0:", ":"))
        if compiled:
            assert (w.data, w.grad, optimizer.steps) == (0.5, 0, 0)
    assert messages[0] == messages[1]


def test_targets_that_are_made_right_are_taken():
    """Of classes 0 and 1, which hinge() takes for none, the loss makes -1 and 1."""
    eager, compiled = fit_both(
        lambda w, x: w * x, [1.0, 2.0], [0, 1], loss=lambda y, t: nn.hinge(y, 2 * t - 1)
    )
    assert compiled == pytest.approx(eager, rel=10 * ROUNDING)


def test_targets_may_be_computed_with_parameters():
    eager, compiled = fit_both(
        lambda w, x: [w * x, w * (x + 1)],
        [1.0, 2.0],
        [0.5, 1.0],
        loss=lambda y, t: nn.mean_squared_error(y[0], t + 0.9 * y[1].detach()),
    )
    assert eager[0] == pytest.approx(compiled[0], rel=10 * ROUNDING)


@pytest.mark.parametrize("norm", [np.linalg.norm, lambda x: abs(float(x)), lambda x: max(x, -x)])
def test_an_update_of_ones_own_is_of_one_parameter_after_another(norm):
    """Of an array of all parameters a norm would be another number, or fail."""

    class Normalized(nn.SGD):
        def update(self, parameter, gradient, state):
            return parameter - self.learning_rate * gradient / (norm(gradient) + 1.0), state

    found = []
    for compiled in (False, True):
        model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(1))
        history = nn.fit(
            model,
            [[0.5, -1.0], [2.0, 0.25]],
            [1.0, -0.5],
            loss=nn.mean_squared_error,
            optimizer=Normalized(model.parameters(), 0.1),
            epochs=3,
            compiled=compiled,
        )
        found.append([*history.losses, *[p.data for p in model.parameters()]])
    assert found[1] == pytest.approx(found[0], rel=1e-13)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_mask_of_samples_is_refused(compiled):
    slope = Value(0.5)
    options = {"loss": nn.mean_squared_error, "optimizer": nn.SGD([slope], 0.1), "epochs": 1}
    masked = np.ma.array([1.0, 2.0], mask=[0, 1])
    for inputs, targets in ((masked, [1.0, 2.0]), ([1.0, 2.0], masked)):
        with pytest.raises(TypeError, match="are all trained on, whatever their mask"):
            nn.fit(lambda x: slope * x, inputs, targets, compiled=compiled, **options)


# Options

EXACT = {
    "a learning rate": lambda p: nn.SGD(p, Fraction(1, 8)),
    "all of SGD": lambda p: nn.SGD(p, Fraction(1, 8), Fraction(1, 2), Fraction(1, 16)),
    "all of Adam": lambda p: nn.Adam(p, Fraction(1, 8), (Fraction(7, 8), Fraction(15, 16)),
                                     Fraction(1, 64), Fraction(1, 16)),
    "NumPy's": lambda p: nn.Adam(p, np.float32(0.125), (np.float16(0.5), np.float32(0.75)),
                                 np.float16(0.125), np.float64(0.25)),
    "integers": lambda p: nn.SGD(p, 1, 0, 0),
    "mpmath's": lambda p: nn.SGD(p, mpmath.mpf("0.125")),
}  # fmt: skip


@pytest.mark.parametrize("make", EXACT.values(), ids=EXACT)
@pytest.mark.parametrize("batch_size", [None, 1])
def test_options_of_any_kind_of_number_train_compiled_as_over_values(make, batch_size):
    found = []
    for compiled in (False, True):
        slope, offset = Value(0.5), Value(0.0)
        optimizer = make([slope, offset])
        history = nn.fit(
            lambda x, slope=slope, offset=offset: slope * x + offset,
            [0.5, -0.25],
            [0.25, 1.0],
            loss=nn.half_squared_error,
            optimizer=optimizer,
            epochs=5,
            batch_size=batch_size,
            compiled=compiled,
        )
        found.append([float(n) for n in (*history.losses, slope.data, offset.data, slope.grad)])
        assert vars(optimizer)["learning_rate"] == make([slope]).learning_rate
    assert found[1] == pytest.approx(found[0], rel=10 * ROUNDING, abs=10 * ROUNDING)


# Values that are not trained


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("batch_size", [None, 1, 2])
@pytest.mark.parametrize("gradient", [0, 0.125, None, np.float32(0.5)], ids=repr)
@pytest.mark.parametrize("is_stopped", [False, True], ids=["", "stopped"])
def test_those_that_are_not_trained_keep_their_gradients(
    compiled, batch_size, gradient, is_stopped
):
    """In the model, in what the model and the loss refer to, and in what comes later."""
    model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(1))
    scale, offsets = Value(0.5), [Value(0.0), Value(1.0), Value(2.0)]
    trained = model.layers[1].parameters()
    others = [*model.layers[0].parameters(), scale, *offsets]
    for parameter in model.parameters() + others:
        parameter.grad = gradient

    class Stopping(nn.SGD):
        def begin_step(self):
            super().begin_step()
            if is_stopped and self.steps == 4:
                raise KeyboardInterrupt

    def fit():
        nn.fit(
            model,
            [[0.5, -1.0], [2.0, 0.25], [-1.0, 0.5]],
            [0, 1, 2],
            loss=lambda y, i: (y * scale - autograd.select(i, offsets)) ** 2,
            optimizer=Stopping(trained, 0.1),
            epochs=4,
            batch_size=batch_size,
            compiled=compiled,
        )

    before = [p.data for p in trained]
    if is_stopped:
        with pytest.raises(KeyboardInterrupt):
            fit()
    else:
        fit()
    assert all(p.grad is gradient for p in others)
    assert [p.data for p in trained] != before
    assert all(type(p.grad) is float for p in trained)


# Numbers that leave the floats


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(
    "make",
    [
        lambda p: nn.SGD(p, 1e10, momentum=0.9),
        lambda p: nn.SGD(p, 1e308, weight_decay=1e300),
        lambda p: nn.Adam(p, 1e308),
        lambda p: nn.Adam(p, math.inf, epsilon=5e-324, weight_decay=1e308),
        lambda p: nn.SGD(p, math.inf),
    ],
    ids=["SGD", "decay", "Adam", "Adam's decay", "inf"],
)
@pytest.mark.filterwarnings("error")
def test_a_training_that_diverges_ends_at_once_without_a_warning_of_numpys(make, compiled):
    for batch_size in (None, 1):
        model = nn.MLP(2, [2, 1], rng=random.Random(1))
        with pytest.raises(FloatingPointError, match=r"(loss|step).* in epoch") as caught:
            nn.fit(
                model,
                [[0.5, -1.0], [2.0, 0.25]],
                [1.0, -0.5],
                loss=nn.half_squared_error,
                optimizer=make(model.parameters()),
                epochs=100,
                batch_size=batch_size,
                compiled=compiled,
            )
        losses = caught.value.history.losses
        assert len(losses) < 20
        assert all(map(math.isfinite, losses))


def test_of_the_model_and_the_loss_numpy_warns_as_it_is_told_to():
    slope = Value(1.0)
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        nn.fit(
            lambda x: slope * x + 1 / float(1 + np.float64(1.0) / np.float64(0.0)),
            [1.0],
            [0.0],
            loss=nn.half_squared_error,
            optimizer=nn.SGD([slope], 0.1),
            epochs=1,
            compiled=True,
        )
    assert np.geterr()["divide"] == "warn"


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e-100, 1.0, 1e160, 1e300])
@pytest.mark.filterwarnings("error")
def test_lengths_of_gradients_are_right_where_their_squares_are_no_floats(size, compiled):
    model = nn.Module()
    model.layers = deque([nn.Neuron(1, activation=None), nn.Neuron(1, activation=None)])
    weights = [[neuron.w[0], neuron.b] for neuron in model.layers]

    class Line(nn.Module):
        def __init__(self):
            self.layers = model.layers

        def __call__(self, x):
            (a, b), (c, d) = weights
            return 3 * size * a * x + 4 * size * b + 6 * size * c + 8 * size * d

    line = Line()
    history = nn.fit(
        line,
        [1.0],
        [0.0],
        loss=lambda y, _: y,
        optimizer=nn.SGD(line.parameters(), 0.0),
        epochs=1,
        compiled=compiled,
    )
    # By hand: the lengths of (3, 4) and (6, 8), rounded a few times.
    expected = {"layers.0": [5 * size], "layers.1": [10 * size]}
    for layer, lengths in expected.items():
        assert history.gradients[layer] == pytest.approx(lengths, rel=1e-15)
