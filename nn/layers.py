"""Neuron, Layer and MLP, with the interface of micrograd; dropout.

They are called with a point: a list of numbers, or of arrays with a lane for each of many points.
A single number counts as a list of one. In an array of shape (points, features) each row is a
point, as for `fit` and `compile`, and each output has a lane for each point.
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from numbers import Number
from typing import Any

import autograd
from autograd import Value, dot, where
from autograd.slips import answers_slips, whole_number
from nn.checks import as_python, below_1, generator
from nn.data import AS_NUMBERS, features
from nn.module import Module
from nn.randomness import random_numbers

Activation = str | Callable[[Value], Value] | None
Initialisation = str | Callable[[int, int, Any], float]
Inputs = Iterable[Any] | Value | float

# Activations that see all outputs of a layer.
_OF_ALL_OUTPUTS = ("softmax", "log_softmax")


def _within(size: float) -> tuple[str, float, float]:
    return "uniform", -size, size


def _of_deviation(deviation: float) -> tuple[str, float, float]:
    return "gauss", 0.0, deviation


# For the numbers of inputs and of neurons in a layer: the method of rng that draws a weight, and
# its arguments. Glorot and Bengio, "Understanding the difficulty of training deep feedforward
# neural networks" (2010), and He et al., "Delving Deep into Rectifiers" (2015), for relu: the
# variance is 2 / (nin + nout), and 2 / nin. PyTorch and Keras call them by these names.
_INITIALISATIONS: dict[str, Callable[[int, int], tuple[str, float, float]]] = {
    "uniform": lambda nin, nout: _within(1),
    "xavier_uniform": lambda nin, nout: _within(math.sqrt(6 / (nin + nout))),
    "xavier_normal": lambda nin, nout: _of_deviation(math.sqrt(2 / (nin + nout))),
    "he_uniform": lambda nin, nout: _within(math.sqrt(6 / nin)),
    "he_normal": lambda nin, nout: _of_deviation(math.sqrt(2 / nin)),
}
for _ours, _theirs in (("xavier", "glorot"), ("he", "kaiming")):
    for _kind in ("uniform", "normal"):
        _INITIALISATIONS[f"{_theirs}_{_kind}"] = _INITIALISATIONS[f"{_ours}_{_kind}"]


class Neuron(Module):
    """activation(w_1 * x_1 + ... + w_n * x_n + b), with the sum as one `dot` node.

    Args:
        nin: the number of inputs.
        nonlin: whether there is an activation, as in micrograd.
        activation: the name of a function of `autograd` ("relu", "tanh", "sigmoid"),
            a function from Value to Value, or None.
        bias: whether there is a b. It starts at 0.
        nout: the number of neurons in its layer, on which some initialisations depend.
        init: how the weights are drawn: "uniform" from -1 to 1, as in micrograd, "xavier_uniform",
            "xavier_normal", "he_uniform" or "he_normal" (also called glorot and kaiming), or a
            function of the numbers of inputs and of neurons in the layer and of rng, which
            returns one weight.
        rng: what draws the weights; by default the `random` module.

    Raises:
        ValueError: for a number of inputs below 1, or a name that no such function has.
        TypeError: for an activation that is neither a name nor a function, or is given as
            nonlin, for an init that returns no number, and for an rng that draws nothing, such
            as a seed.

    >>> neuron = Neuron(2, activation="tanh", rng=random.Random(0))
    >>> print(f"{neuron([1.0, 0.5]):.4f}")
    0.7383
    """

    @answers_slips
    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: Activation = "relu",
        bias: bool = True,
        nout: int = 1,
        init: Initialisation = "uniform",
        rng: random.Random | None = None,
    ):
        if isinstance(nonlin, Value) or nonlin not in (True, False):
            raise TypeError(f"nonlin is True or False: write activation={nonlin!r}")
        count = whole_number("the number of inputs", nin)
        self.w = _weights(init, count, nout, generator(rng))
        self.b = Value(0.0) if bias else None
        self.activation = activation if nonlin else None
        self._activate = _function(self.activation)

    @property
    def nin(self) -> int:
        """The number of inputs."""
        return len(self.w)

    def __call__(self, x: Inputs) -> Value:
        xs = features(x)
        if len(xs) != len(self.w):
            _take_apart(xs)
            raise ValueError(
                f"{self} takes {len(self.w)} inputs, not {len(xs)}: give a list of as many "
                "numbers, or an array with a point in each row"
            )
        try:
            total: Value = dot(self.w, xs, 0 if self.b is None else self.b)
        except TypeError:
            _require_numbers(xs)
            raise
        return total if self._activate is None else self._activate(total)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self.w)}, activation={_name(self.activation)!r})"


class Layer(Module):
    """`nout` neurons on the same inputs. A call returns a list, or for one neuron its Value.

    Args:
        nin: the number of inputs.
        nout: the number of neurons.
        activation: that of each neuron, or "softmax" or "log_softmax", which take all outputs.
        nonlin, bias, init, rng: as for Neuron.

    Raises:
        ValueError, TypeError: as Neuron does; ValueError also for less than one neuron.

    >>> layer = Layer(2, 3, activation=None, rng=random.Random(0))
    >>> len(layer([1.0, 0.5])), layer
    (3, Layer of 3 x Neuron(2, activation=None))
    """

    @answers_slips
    def __init__(
        self,
        nin: int,
        nout: int,
        *,
        activation: Activation = "relu",
        nonlin: bool = True,
        bias: bool = True,
        init: Initialisation = "uniform",
        rng: random.Random | None = None,
    ):
        count = whole_number("the number of neurons", nout)
        self._activate: Any = None
        if _name(activation) in _OF_ALL_OUTPUTS and nonlin:
            own = callable(activation)
            self._activate = activation if own else getattr(autograd, str(activation))
            activation = None
        self.neurons = [
            Neuron(nin, nonlin, activation=activation, bias=bias, init=init, rng=rng, nout=count)
            for _ in range(count)
        ]

    @property
    def nin(self) -> int:
        """The number of inputs."""
        return self.neurons[0].nin

    def __call__(self, x: Inputs) -> Any:
        # Converted once, so that an input is one node and not one for each neuron.
        xs = features(x)
        try:
            xs = [number if isinstance(number, Value) else Value(number) for number in xs]
        except TypeError:
            _require_numbers(xs)
            raise
        outputs: list[Any] = [neuron(xs) for neuron in self.neurons]
        if self._activate is not None:
            outputs = self._activate(outputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def __repr__(self) -> str:
        activation = "" if self._activate is None else f", {_name(self._activate)}"
        return f"{type(self).__name__} of {len(self.neurons)} x {self.neurons[0]}{activation}"


class MLP(Module):
    """A multi-layer perceptron: a sequence of layers, each applied to the outputs of the last.

    Args:
        nin: the number of inputs.
        nouts: the number of neurons of each layer, for at least one layer.
        activation: the activation of all layers but the last, as for Layer, or a list with that
            of each layer.
        output_activation: the activation of the last layer.
        bias: whether neurons have a bias.
        init: how the weights are drawn, as for Neuron.
        rng: what draws the weights, as for Neuron: neuron by neuron, as micrograd does.

    Raises:
        ValueError, TypeError: as Layer does; ValueError also for no layer, and for a list of
            activations of another length than nouts.

    >>> model = MLP(2, [16, 16, 1], rng=random.Random(0))
    >>> model([1.0, 2.0]).data
    1.671507710280141
    >>> import numpy
    >>> model(numpy.array([[1.0, 2.0], [0.0, 0.0], [1.0, 2.0]])).data
    array([1.67150771, 0.        , 1.67150771])
    """

    @answers_slips
    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        activation: Activation | Sequence[Activation] = "relu",
        output_activation: Activation = None,
        bias: bool = True,
        rng: random.Random | None = None,
        *,
        init: Initialisation = "uniform",
    ):
        if not isinstance(nouts, Sequence) or not nouts:
            raise ValueError(
                "MLP() takes the sizes of its layers as a list, such as [16, 16, 1], "
                f"not {nouts!r:.200}"
            )
        sizes = [nin, *nouts]
        if isinstance(activation, (list, tuple)):
            activations = list(activation)
            if len(activations) != len(nouts) or output_activation is not None:
                raise ValueError(
                    f"a list of activations has one for each of the {len(nouts)} layers, that of "
                    f"the last included, and no output_activation stands beside it: not "
                    f"{activation!r}"
                )
        else:
            activations = [activation] * (len(nouts) - 1) + [output_activation]
        self.layers = [
            Layer(inputs, outputs, activation=chosen, bias=bias, init=init, rng=rng)
            for inputs, outputs, chosen in zip(sizes, nouts, activations, strict=False)
        ]

    @property
    def nin(self) -> int:
        """The number of inputs."""
        return self.layers[0].nin

    @answers_slips
    def __call__(self, x: Inputs) -> Any:
        outputs: Any = x
        for layer in self.layers:
            outputs = layer(outputs)
        return outputs

    def __repr__(self) -> str:
        return f"{type(self).__name__} of [{', '.join(map(str, self.layers))}]"


@answers_slips
def dropout(xs: Inputs, rate: float = 0.5) -> list[Any]:
    """In a training, 0 for some of the numbers, and x / (1 - rate) for each of the others.

    Which ones are 0 is drawn anew for each sample at each step, by `random_numbers`. In a plain
    call of the model, as in `predict`, the numbers are returned unchanged.

    Args:
        xs: the outputs of a layer.
        rate: the probability that a number becomes 0, at least 0 and below 1.

    Raises:
        ValueError: for a rate below 0, or of 1 and above.
        TypeError: for a rate that is not a plain number.

    Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).

    >>> class Net(Module):
    ...     def __init__(self, rng):
    ...         self.hidden = Layer(2, 8, activation="tanh", rng=rng)
    ...         self.out = Layer(8, 1, activation=None, rng=rng)
    ...     def __call__(self, x):
    ...         return self.out(dropout(self.hidden(x), rate=0.25))
    >>> dropout([1.0, 2.0, 3.0])
    [1.0, 2.0, 3.0]
    >>> from nn import random_numbers_from
    >>> with random_numbers_from(random.Random(1)):
    ...     dropout([1.0, 2.0, 3.0])
    [0.0, 4.0, 6.0]
    """
    numbers, rate = list(features(xs)), below_1("rate", rate)
    drawn = random_numbers(len(numbers)) if rate else None
    if drawn is None:
        return numbers
    return [where(u < rate, 0.0, x / (1 - rate)) for x, u in zip(numbers, drawn, strict=True)]


def _take_apart(xs: Sequence[Any]) -> None:
    """Lets `compile` and `grad` know that what came as lanes is one point."""
    if len(xs) == 1 and isinstance(xs[0], Value):
        with suppress(TypeError):
            len(xs[0])


def _require_numbers(xs: Sequence[Any]) -> None:
    for x in xs:
        if isinstance(x, str):
            raise TypeError(f"an input is one number, not {x!r:.200}: {AS_NUMBERS}") from None
        if isinstance(x, (list, tuple)):
            raise TypeError(
                f"an input is one number, not {x!r:.200}: give many points as the rows of an "
                "array, numpy.array(points), or one by one, [model(point) for point in points]"
            ) from None


def _weights(init: Any, nin: int, nout: int, rng: Any) -> list[Value]:
    """A weight for each input of a neuron."""
    if isinstance(init, str) and init in _INITIALISATIONS:
        method, first, second = _INITIALISATIONS[init](nin, nout)
        # NumPy's generators call it by another name.
        draw = getattr(rng, method, None) or rng.normal
        return [Value(draw(first, second)) for _ in range(nin)]
    if not callable(init):
        names = ", ".join(map(repr, _INITIALISATIONS))
        raise ValueError(
            f"init is one of {names}, or a function of nin, nout and rng that returns a weight, "
            f"not {init!r}"
        )
    weights = [as_python(init(nin, nout, rng)) for _ in range(nin)]
    for weight in weights:
        if isinstance(weight, Value) or not isinstance(weight, Number):
            raise TypeError(f"init returns one weight, a plain number, not {weight!r:.200}")
    return list(map(Value, weights))


def _function(activation: Activation) -> Any:
    if activation is None or callable(activation):
        return activation
    if not isinstance(activation, str):
        raise TypeError(
            f"an activation is a name such as 'relu', a function or None, not {activation!r}"
        )
    # Both also have attributes that are no activations, such as "grad" and "__init__".
    function = getattr(Value, activation, None)
    if function is None or not isinstance(getattr(autograd, activation, None), type(autograd.relu)):
        raise ValueError(
            f"autograd has no activation function {activation!r}: give one such as 'relu', "
            "'tanh' or 'sigmoid', a function of your own, or None"
        )
    return function


def _name(activation: Activation) -> str | None:
    return getattr(activation, "__name__", repr(activation)) if callable(activation) else activation
