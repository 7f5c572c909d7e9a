"""fit(compiled=True): the same training as over Values, in arrays."""

import random

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
