"""Optimizers of one's own, those of PyTorch, and trainings that are saved and continued."""

import copy
import json
import math
import pickle
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value

# Optimizers of one's own


class Momentum(nn.Optimizer):
    state_names = ("velocity",)

    def update(self, parameter, gradient, state):
        (velocity,) = state
        velocity = 0.9 * velocity + gradient
        return parameter - self.learning_rate * velocity, (velocity,)


class InPlace(Momentum):
    """As one writes it for PyTorch: of arrays it changes the given ones."""

    def update(self, parameter, gradient, state):
        (velocity,) = state
        velocity *= 0.9
        velocity += gradient
        gradient *= 0
        parameter -= self.learning_rate * velocity
        return parameter, (velocity,)


class SignDescent(nn.Optimizer):
    def update(self, parameter, gradient, state):
        return parameter - self.learning_rate * autograd.sign(gradient), state


class Warming(Momentum):
    """A schedule, and attributes of its own."""

    def __init__(self, parameters, learning_rate, warm=4):
        self.warm = warm
        super().__init__(parameters, learning_rate)

    def update(self, parameter, gradient, state):
        share = min(1.0, self.steps / self.warm)
        new, state = super().update(parameter, gradient, state)
        return parameter + share * (new - parameter), state


class Halving(Momentum):
    def begin_step(self):
        super().begin_step()
        self.learning_rate *= 0.5


class Branching(nn.Optimizer):
    """Python's own branch refuses arrays."""

    def update(self, parameter, gradient, state):
        if gradient > 0:
            return parameter - self.learning_rate, state
        return parameter + self.learning_rate, state


class Normed(nn.Optimizer):
    """Of an array, it would be another number without a word."""

    def update(self, parameter, gradient, state):
        return parameter - self.learning_rate * gradient / (1 + np.linalg.norm(gradient)), state


class Clipped(nn.Optimizer):
    """Of an array, the norm would be that of all, and only if it is large."""

    def update(self, parameter, gradient, state):
        norm = np.linalg.norm(gradient)
        if norm > 20:
            gradient = gradient * 20 / norm
        return parameter - self.learning_rate * gradient, state


class Counting(nn.Optimizer):
    """Counts its calls, of which there is one for each parameter."""

    calls = 0

    def update(self, parameter, gradient, state):
        self.calls += 1
        return parameter - self.learning_rate * gradient / self.calls, state


class Remembering(nn.Optimizer):
    """Its memory is a list of its own, with a number for each call."""

    def __init__(self, parameters, learning_rate):
        super().__init__(parameters, learning_rate)
        self.memory = [0.0] * len(self.parameters)

    def update(self, parameter, gradient, state):
        velocity = 0.5 * self.memory.pop(0) + gradient
        self.memory.append(velocity)
        return parameter - self.learning_rate * velocity, state


class Noisy(nn.Optimizer):
    """Draws numbers, of which each parameter has its own."""

    def __init__(self, parameters, learning_rate):
        super().__init__(parameters, learning_rate)
        self.drawn = []

    def begin_step(self):
        super().begin_step()
        self._rng = random.Random(self.steps)

    def update(self, parameter, gradient, state):
        self.drawn.append(self._rng.gauss(0, 0.01))
        return parameter - self.learning_rate * (gradient + self.drawn[-1]), state


ARRAYS = [Momentum, InPlace, SignDescent, Warming, Halving]
OWN = [*ARRAYS, Branching, Normed, Clipped, Counting, Remembering, Noisy]
OURS = [
    lambda p: nn.SGD(p, 0.05, momentum=0.9, weight_decay=0.01),
    lambda p: nn.Adam(p, 0.05, weight_decay=0.01),
    lambda p: nn.AdamW(p, 0.05, weight_decay=0.1),
    lambda p: nn.RMSprop(p, 0.05, momentum=0.5, weight_decay=0.01),
]
IDS = ["SGD", "Adam", "AdamW", "RMSprop"]


def trained(make, compiled, epochs=6, start=None):
    """A model and its optimizer after a training, which may begin with states."""
    points, labels = nn.two_moons(12, rng=random.Random(1))
    model = nn.MLP(2, [4, 1], activation="tanh", rng=random.Random(2))
    optimizer = make(model.parameters())
    if start is not None:
        model.load_state_dict(start[0])
        optimizer.load_state_dict(start[1])
    history = nn.fit(
        model,
        points,
        labels,
        loss=nn.half_squared_error,
        optimizer=optimizer,
        epochs=epochs,
        compiled=compiled,
    )
    return model, optimizer, history


@pytest.mark.parametrize("own", OWN)
def test_an_optimizer_of_ones_own_trains_eager_and_compiled_alike(own):
    eager, compiled = (trained(lambda p: own(p, 0.05), compiled) for compiled in (False, True))
    # Six steps, each off by a few roundings; a gradient's sign differs only if it is nearly 0.
    close = {"rel": 1e-12, "abs": 1e-12}
    assert compiled[2].losses == pytest.approx(eager[2].losses, **close)
    assert [p.data for p in compiled[0].parameters()] == pytest.approx(
        [p.data for p in eager[0].parameters()], **close
    )
    assert len(compiled[1].state) == len(eager[1].state) == 17
    for state, expected in zip(compiled[1].state, eager[1].state, strict=True):
        assert state == pytest.approx(expected, **close)
    assert eager[2].gradients.keys() == compiled[2].gradients.keys()
    for layer, lengths in eager[2].gradients.items():
        assert compiled[2].gradients[layer] == pytest.approx(lengths, **close)


@pytest.mark.parametrize("own", OWN)
def test_an_update_of_ones_own_takes_arrays_if_it_can(own):
    calls = []

    class Noting(own):
        def update(self, parameter, gradient, state):
            calls.append(np.shape(parameter))
            return super().update(parameter, gradient, state)

    optimizer = Noting([Value(1.0)], 0.1)
    optimizer._rng = random.Random(0)
    before = pickle.dumps([optimizer.state_dict(), optimizer._rng])
    assert optimizer.takes_arrays() is (own in ARRAYS)
    after = pickle.dumps([optimizer.state_dict(), optimizer._rng])
    assert after == before, "a trial has changed the optimizer"
    assert optimizer.steps == 0
    calls.clear()
    trained(lambda p: Noting(p, 0.05), True, epochs=3)
    # The trial calls it with four numbers, as an array and one by one.
    calls = [shape for shape in calls if shape != (4,)]
    assert ((17,) in calls) is (own in ARRAYS)


def test_an_update_of_ones_own_is_its_formula():
    parameter, by_hand, velocity = Value(0.5), 0.5, 0.0
    optimizer = Momentum([parameter], 0.1)
    for gradient in (1.0, -0.25, 3, None):
        parameter.grad = gradient
        optimizer.step()
        velocity = 0.9 * velocity + (gradient or 0)
        by_hand = by_hand - 0.1 * velocity
        assert (parameter.data, optimizer.state) == (by_hand, [(velocity,)])


def test_an_update_of_ones_own_of_fractions_is_exact():
    parameter = Value(Fraction(1, 3))
    parameter.grad = Fraction(2, 3)
    SignDescent([parameter], Fraction(1, 4)).step()
    assert parameter.data == Fraction(1, 12)


def test_numbers_of_numpys_become_pythons():
    class Rooted(nn.Optimizer):
        state_names = ("root",)

        def update(self, parameter, gradient, state):
            return parameter - np.sqrt(abs(gradient)), (np.float32(0.5),)

    parameter = Value(1.0)
    parameter.grad = 0.25
    optimizer = Rooted([parameter], 0.1)
    optimizer.step()
    assert (parameter.data, type(parameter.data)) == (0.5, float)
    assert (optimizer.state, type(optimizer.state[0][0])) == ([(0.5,)], float)


WRONG = {
    "no state": (lambda p, g, s: p - g, r"the new parameter and a tuple .*\(velocity\), not 0.75"),
    "a flat tuple": (lambda p, g, s: (p - g, s[0]), r"a tuple of its new state \(velocity\)"),
    "another state": (lambda p, g, s: (p - g, (*s, 0)), r"a tuple of its new state \(velocity\)"),
    "nothing": (lambda p, g, s: None, "returns the new parameter .*, not None"),
    "a text": (lambda p, g, s: ("x", s), "the parameter after a step is a number, not 'x'"),
    "a list": (lambda p, g, s: ([p], s), r"the parameter after a step is a number, not \[1.0\]"),
    "a Value": (lambda p, g, s: (Value(p), s), "the parameter after a step is a number, not Value"),
    "a shape": (
        lambda p, g, s: (np.array([p, p]), s),
        r"the parameter after a step has the shape of the parameter, \(\), not \(2,\): compute",
    ),
    "a state's shape": (
        lambda p, g, s: (p, (np.array([p, p]),)),
        r"velocity after a step has the shape of the parameter, \(\), not \(2,\)",
    ),
    "complex": (
        lambda p, g, s: (p - (-g) ** 0.5, s),
        r"the parameter after a step is complex, .*: write autograd.sqrt\(x\) for x \*\* 0.5",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_an_update_may_not_return_is_said(wrong):
    function, words = WRONG[wrong]

    class Wrong(nn.Optimizer):
        state_names = ("velocity",)

        def update(self, parameter, gradient, state):
            return function(parameter, gradient, state)

    parameter = Value(1.0)
    parameter.grad = 0.25
    optimizer = Wrong([parameter], 0.1)
    with pytest.raises(TypeError, match=rf"^Wrong.update\(\).*{words}"):
        optimizer.step()
    assert (parameter.data, optimizer.steps, optimizer.state) == (1.0, 0, [(0,)])


def test_the_state_of_a_constant_is_that_of_each_parameter():
    """Of arrays, a number stands for all of them."""

    class Constant(Momentum):
        def update(self, parameter, gradient, state):
            return parameter - self.learning_rate * gradient, (2.0,)

    _, optimizer, _ = trained(lambda p: Constant(p, 0.1), True)
    assert optimizer.takes_arrays()
    assert optimizer.state == [(2.0,)] * 17


# PyTorch's


PAIRS = {
    "AdamW": (
        lambda p: nn.AdamW(p, 0.05, betas=(0.8, 0.95), epsilon=1e-6, weight_decay=0.3),
        {"lr": 0.05, "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.3},
    ),
    "AdamW of defaults": (nn.AdamW, {}),
    "RMSprop": (
        lambda p: nn.RMSprop(p, 0.05, alpha=0.9, epsilon=1e-6, momentum=0.5, weight_decay=0.3),
        {"lr": 0.05, "alpha": 0.9, "eps": 1e-6, "momentum": 0.5, "weight_decay": 0.3},
    ),
    "RMSprop of defaults": (nn.RMSprop, {}),
    "Adam of defaults": (nn.Adam, {}),
    "Adam": (lambda p: nn.Adam(p, 0.05, weight_decay=0.3), {"lr": 0.05, "weight_decay": 0.3}),
    "SGD": (
        lambda p: nn.SGD(p, 0.05, momentum=0.5, weight_decay=0.3),
        {"lr": 0.05, "momentum": 0.5, "weight_decay": 0.3},
    ),
}


@pytest.mark.parametrize("name", PAIRS)
@given(st.lists(st.floats(-4, 4), min_size=1, max_size=12))
def test_optimizers_are_those_of_pytorch(name, gradients):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    ours, options = PAIRS[name]
    parameter, tensor = Value(1.5), torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    optimizer, reference = (
        ours([parameter]),
        getattr(torch.optim, name.split()[0])([tensor], **options),
    )
    for gradient in gradients:
        parameter.grad, tensor.grad = gradient, torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        reference.step()
        # A step has some ten operations, of numbers up to 2 and steps up to 0.5.
        assert parameter.data == pytest.approx(tensor.item(), rel=0, abs=12 * 10 * 2.0**-52)


# Saved and continued


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("make", [*OURS, *(lambda p, o=own: o(p, 0.05) for own in OWN)])
def test_a_training_is_continued_to_the_bit(make, compiled):
    whole, optimizer, history = trained(make, compiled)
    model, stopped, first = trained(make, compiled, epochs=3)
    saved = json.loads(json.dumps([model.state_dict(), stopped.state_dict()]))
    continued, goes_on, second = trained(make, compiled, epochs=3, start=saved)
    assert first.losses + second.losses == history.losses
    assert continued.state_dict() == whole.state_dict()
    assert goes_on.state_dict() == optimizer.state_dict()


def test_a_state_holds_options_and_attributes_of_ones_own():
    optimizer = Warming([Value(1.0), Value(2.0)], 0.1)
    optimizer.learning_rate = 0.025
    optimizer._cache = object()
    optimizer.callback = print
    state = optimizer.state_dict()
    assert state == {
        "class": "Warming",
        "warm": 4,
        "learning_rate": 0.025,
        "steps": 0,
        "state": {"velocity": [0, 0]},
    }
    other = Warming([Value(0.0), Value(0.0)], 0.5, warm=1)
    other.load_state_dict(state)
    assert (other.warm, other.learning_rate) == (4, 0.025)
    adam = nn.Adam([Value(1.0)], betas=(0.5, 0.75))
    other = nn.Adam([Value(1.0)])
    other.load_state_dict(json.loads(json.dumps(adam.state_dict())))
    assert other.betas == (0.5, 0.75)


def adam_of_two():
    return nn.Adam([Value(1.0), Value(2.0)], 0.1)


MISFITS = {
    "no dict": (lambda s: [1], TypeError, r"a dict, such as state_dict\(\) returns, not \[1\]"),
    "missing": (lambda s: s.pop("betas"), ValueError, "missing betas, unknown none"),
    "unknown": (lambda s: s.update(momentum=1), ValueError, "missing none, unknown momentum"),
    "class": (lambda s: s.update({"class": "AdamW"}), ValueError, "the state of AdamW.*is Adam"),
    "option": (lambda s: s.update(epsilon=-1), ValueError, "epsilon is a plain number of at"),
    "betas": (lambda s: s.update(betas=[0.9]), TypeError, "betas is a pair of numbers"),
    "steps": (lambda s: s.update(steps=-1), ValueError, "steps is a whole number of at least 0"),
    "names": (lambda s: s["state"].pop("mean"), ValueError, "missing mean"),
    "count": (lambda s: s["state"]["mean"].append(0), ValueError, "each of the 2 parameters"),
    "text": (lambda s: s["state"].update(mean=["a", 1]), TypeError, "mean must be a float, not 'a"),
    "column": (lambda s: s["state"].update(mean=3), ValueError, "mean is a list with a number"),
}


@pytest.mark.parametrize("misfit", MISFITS)
def test_states_that_do_not_fit_are_refused(misfit):
    change, error, words = MISFITS[misfit]
    optimizer = adam_of_two()
    for parameter in optimizer.parameters:
        parameter.grad = 0.5
    optimizer.step()
    before = json.loads(json.dumps(optimizer.state_dict()))
    state = json.loads(json.dumps(optimizer.state_dict()))
    state |= {"learning_rate": 7.0}
    changed = change(state)
    with pytest.raises(error, match=words):
        optimizer.load_state_dict(changed if misfit == "no dict" else state)
    assert optimizer.state_dict() == before | {"betas": [0.9, 0.999]}


def test_what_json_would_lose_is_refused():
    optimizer = nn.SGD([Value(1.0)], Fraction(1, 2))
    with pytest.raises(TypeError, match=r"plain numbers, and learning_rate is Fraction\(1, 2\)"):
        optimizer.state_dict()
    optimizer = nn.SGD([Value(1.0)], 0.5)
    optimizer.rng = random.Random(0)
    with pytest.raises(TypeError, match=r"rng is .*: an attribute whose name begins with an under"):
        optimizer.state_dict()
    optimizer = nn.SGD([Value(1.0)], 0.5)
    optimizer.seen = {"a": [{0: 1.0}]}
    with pytest.raises(TypeError, match="would make text of the keys of seen"):
        optimizer.state_dict()


# Words


@pytest.mark.parametrize(
    ("make", "keyword", "words"),
    [
        *((make, "lr", "learning_rate") for make in (nn.SGD, nn.Adam, nn.RMSprop, Momentum)),
        *((make, "eps", "epsilon") for make in (nn.Adam, nn.AdamW, nn.RMSprop)),
        (nn.AdamW, "beta1", r"betas=\(beta1, beta2\)"),
        (nn.RMSprop, "rho", "alpha"),
    ],
)
def test_keywords_of_other_libraries_are_told_ours(make, keyword, words):
    with pytest.raises(
        TypeError, match=rf"{make.__name__}\(\) takes no '{keyword}': write {words}"
    ):
        make([Value(1.0)], **{keyword: 0.1})
    with pytest.raises(TypeError, match="takes no 'eps': leave it out"):
        nn.SGD([Value(1.0)], 0.1, eps=1e-8)


def test_attributes_of_other_libraries_are_told_ours():
    optimizer = nn.SGD([Value(1.0)], 0.1)
    with pytest.raises(AttributeError, match="SGD has no lr: write learning_rate"):
        optimizer.lr = 0.01
    words = "its options are attributes, which may be set: learning_rate, momentum, weight_decay"
    with pytest.raises(AttributeError, match=f"SGD has no lr: {words}"):
        optimizer.lr *= 0.5
    with pytest.raises(AttributeError, match=f"SGD has no param_groups: {words}"):
        optimizer.param_groups[0]["lr"] = 0.01
    assert not hasattr(optimizer, "lr")
    own = Momentum([Value(1.0)], 0.1)
    own.lr = own.rho = 3
    assert own.state_dict()["lr"] == 3


def test_a_text_is_no_list_of_names():
    with pytest.raises(TypeError, match=r"state_names is a tuple of names.*write \('mean',\)"):

        class Wrong(nn.Optimizer):
            state_names = "mean"

            def update(self, parameter, gradient, state):
                return parameter, state


@pytest.mark.parametrize("make", [*OURS, lambda p: Momentum(p, 0.1)])
def test_optimizers_are_copied_and_pickled(make):
    optimizer = make([Value(1.0), Value(2.0)])
    for again in (
        copy.copy(optimizer),
        copy.deepcopy(optimizer),
        pickle.loads(pickle.dumps(optimizer)),
    ):
        assert again.state_dict() == optimizer.state_dict()


def test_optimizers_print_their_options():
    parameters = nn.MLP(2, [3, 1]).parameters()
    assert repr(nn.SGD(parameters, 0.1)) == (
        "SGD(13 parameters, learning_rate=0.1, momentum=0, weight_decay=0)"
    )
    assert repr(Momentum(parameters, 0.1)) == "Momentum(13 parameters, learning_rate=0.1)"
    assert math.isfinite(nn.AdamW(parameters).epsilon)
