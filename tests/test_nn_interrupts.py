"""Ctrl-C at any moment of a training: a step is whole, or it was not taken."""

import random
import signal

import pytest
from interrupts import HOUSE, NN, Interrupting

import nn
from autograd.compiling.programs import RECENT

POINTS, TARGETS = [[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]], [1.0, -0.5, 0.25]
EPOCHS = 3


class Own(nn.SGD):
    """A step of its own: compiled, it runs over the Values."""

    def step(self):
        self.learning_rate *= 0.9
        super().step()


OPTIMIZERS = {
    "momentum": lambda p: nn.SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
    "Adam": lambda p: nn.Adam(p, 0.05),
    "own": lambda p: Own(p, 0.05, momentum=0.5),
}


class Training:
    """A training of a layer, behind one that is not trained."""

    def __init__(self, name, compiled, batch_size=None):
        # The programs of trainings before are looked through: so many instructions more.
        RECENT.clear()
        self.model = nn.MLP(2, [2, 1], activation="tanh", rng=random.Random(4))
        for parameter in self.model.parameters():
            parameter.grad = 0.125
        self.optimizer = OPTIMIZERS[name](self.model.layers[1].parameters())
        self.options = {"compiled": compiled, "batch_size": batch_size, "progress": False}

    def fit(self, epochs=EPOCHS):
        return nn.fit(
            self.model,
            POINTS,
            TARGETS,
            loss=nn.mean_squared_error,
            optimizer=self.optimizer,
            epochs=epochs,
            **self.options,
        )

    def state(self):
        numbers = [(p.data, p.grad) for p in self.model.parameters()]
        optimizer = self.optimizer
        return numbers, optimizer.steps, list(optimizer.state), optimizer.learning_rate


def require_whole(training, interrupt, states, losses, steps_in_epoch, where):
    """The training is in one of the states, and the exception has as many epochs."""
    found = training.state()
    taken = found[1]
    assert found == states[taken], f"{where}: not as {taken} whole steps left it"
    history = getattr(interrupt, "history", None)
    if history is None:
        # Nothing had begun, or fit() was at its very last instruction.
        assert taken in (0, EPOCHS * steps_in_epoch), f"{where}: a history is lost"
        return
    assert history.losses == losses[: len(history.losses)]
    # The last epoch may be whole, and its loss not yet recorded.
    epochs = taken // steps_in_epoch
    assert len(history.losses) in (epochs, epochs - 1), f"{where}: {history} of {taken} steps"
    assert {len(lengths) for lengths in history.gradients.values()} == {len(history.losses)}


def by_hand(name, batch_size):
    """The states after each step of the plain loop that `fit` stands for, and the losses."""
    training = Training(name, False)
    states, losses = [training.state()], []
    size = batch_size or len(POINTS)
    for _ in range(EPOCHS):
        total = 0.0
        for start in range(0, len(POINTS), size):
            pairs = list(zip(POINTS, TARGETS, strict=True))[start : start + size]
            errors = [nn.mean_squared_error(training.model(x), t) for x, t in pairs]
            error = sum(errors[1:], errors[0]) / len(errors)
            training.optimizer.zero_grad()
            error.backward()
            training.optimizer.step()
            # Those that are not trained keep their gradients.
            for parameter in training.model.layers[0].parameters():
                parameter.grad = 0.125
            states.append(training.state())
            total += error.data * len(errors)
        losses.append(total / len(POINTS))
    return states, losses


def by_epochs(name, compiled):
    """The states after each epoch of one step, each from a training of its own."""
    states = []
    for epochs in range(EPOCHS + 1):
        training = Training(name, compiled)
        history = training.fit(epochs)
        states.append(training.state())
    return states, history.losses


def moments(name, compiled, batch_size, folder, count):
    """So many moments, spread over a whole run and its first instructions and last ones."""
    counting = Interrupting(folder, -1)
    assert counting.run(Training(name, compiled, batch_size).fit) is None
    total = counting.count
    edges = [*range(1, 60), *range(total - 120, total + 1)]
    return sorted({*edges, *(1 + total * k // count for k in range(count))})


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize(("batch_size", "folder"), [(None, NN), (1, HOUSE)], ids=["nn", "all"])
def test_an_interrupted_training_has_taken_whole_steps(name, batch_size, folder):
    states, losses = by_hand(name, batch_size)
    for at in moments(name, False, batch_size, folder, 200):
        training = Training(name, False, batch_size)
        interrupt = Interrupting(folder, at).run(training.fit)
        assert interrupt is not None, f"instruction {at} was not reached"
        steps = 1 if batch_size is None else len(POINTS)
        require_whole(training, interrupt, states, losses, steps, f"instruction {at}")


# A file of machine code that was just opened is closed by the collector, which says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("folder", [NN, HOUSE], ids=["nn", "all"])
def test_an_interrupted_compiled_training_has_taken_whole_steps(name, folder):
    """The recording of the program among it: parameters are no numbers of a tape afterwards."""
    states, losses = by_epochs(name, True)
    for at in moments(name, True, None, folder, 200):
        training = Training(name, True)
        interrupt = Interrupting(folder, at).run(training.fit)
        assert interrupt is not None, f"instruction {at} was not reached"
        require_whole(training, interrupt, states, losses, 1, f"instruction {at}")


def fit_until_signal(training, seconds):
    def begin(run):
        # After the first epoch: llvmlite, which compiles it, may free memory twice if interrupted.
        # Python drops an exception in a finalizer, of llvmlite's objects, say: one signal in a
        # thousand is lost there, so another comes after a time in which the first was long handled.
        if len(run.history.losses) == 1:
            signal.setitimer(signal.ITIMER_REAL, seconds, 20)

    training.options["callback"] = begin
    try:
        training.fit(epochs=10**9)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("compiled", [False, True])
def test_a_signal_interrupts_between_whole_steps(name, compiled):
    """Signals come when they come, so the training is endless, and compared with one as long."""
    if not hasattr(signal, "setitimer"):
        pytest.skip("this system has no timers")

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        # Once to the end, for an import that is interrupted is none of ours.
        Training(name, compiled).fit()
        for milliseconds in (1, 3, 7, 20, 60):
            training = Training(name, compiled)
            with pytest.raises(KeyboardInterrupt):
                fit_until_signal(training, milliseconds / 1000)
            whole = Training(name, compiled)
            history = whole.fit(epochs=training.optimizer.steps)
            assert training.state() == whole.state()
            assert len(history.losses) == training.optimizer.steps
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ["momentum", "Adam"])
def test_a_step_by_hand_is_whole_or_not_taken(name):
    training = Training(name, False)
    before = training.state()
    training.optimizer.step()
    after = training.state()
    counting = Interrupting(NN, -1)
    counting.run(Training(name, False).optimizer.step)
    found = []
    for at in range(1, counting.count + 1):
        training = Training(name, False)
        assert Interrupting(NN, at).run(training.optimizer.step) is not None
        assert training.state() in (before, after), f"instruction {at} left half a step"
        found.append(training.state() == after)
    assert found == sorted(found), "a step that was taken was not taken later"
    assert counting.count > 30, "hardly anything was interrupted"


def test_a_step_that_fails_is_not_taken():
    """Of three parameters the second has no gradient that could be used."""
    parameters = [nn.Neuron(1).b for _ in range(3)]
    optimizer = nn.Adam(parameters, 0.1)
    for parameter in parameters:
        parameter.grad = 1.0
    optimizer.step()
    before = [p.data for p in parameters], list(optimizer.state), optimizer.steps
    parameters[1].grad = "x"
    with pytest.raises(TypeError, match="the grad of a parameter is 'x', which is no number: set"):
        optimizer.step()
    assert ([p.data for p in parameters], optimizer.state, optimizer.steps) == before


@pytest.mark.parametrize("compiled", [False, True])
def test_a_training_that_fails_keeps_its_whole_steps(compiled):
    """An error is no other than Ctrl-C: the third step of a decay that raises is not taken."""

    class Ending(nn.SGD):
        def begin_step(self):
            super().begin_step()
            if self.steps == 3:
                raise RuntimeError("the end")

    training = Training("momentum", compiled)
    whole = Training("momentum", compiled)
    parameters = training.model.layers[1].parameters()
    training.optimizer = Ending(parameters, 0.05, momentum=0.9, weight_decay=0.01)
    with pytest.raises(RuntimeError, match="the end") as caught:
        training.fit(5)
    history = whole.fit(2)
    # Compiled, an optimizer of one's own steps over floats and the other over arrays: a product
    # and a sum may be rounded once or twice, so two steps part by a few 1e-16.
    found, expected = training.state(), whole.state()
    for pair, of_whole in zip(found[0], expected[0], strict=True):
        assert pair == pytest.approx(of_whole, rel=1e-14, abs=1e-15)
    assert found[1] == 2
    assert caught.value.history.losses == pytest.approx(history.losses, rel=1e-14)
