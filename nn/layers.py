"""Neuron, Layer and MLP, with the interface of micrograd.

They are called with a point: a list of numbers, or of arrays with a lane for each of many points.
A single number counts as a list of one. In an array of shape (points, features) each row is a
point, as for `fit` and `compile`, and each output has a lane for each point.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

import autograd
from autograd import Value, dot
from nn.checks import generator, whole_number
from nn.data import features
from nn.module import Module

Activation = str | Callable[[Value], Value] | None
Inputs = Iterable[Any] | Value | float


class Neuron(Module):
    """activation(w_1 * x_1 + ... + w_n * x_n + b), with the sum as one `dot` node.

    Args:
        nin: the number of inputs.
        nonlin: whether there is an activation, as in micrograd.
        activation: the name of a function of `autograd` ("relu", "tanh", "sigmoid"),
            a function from Value to Value, or None.
        bias: whether there is a b. It starts at 0.
        rng: draws the weights, uniformly from -1 to 1; by default the `random` module.

    Raises:
        ValueError: for a number of inputs below 1, or a name that is no such function's.
        TypeError: for an activation that is neither a name nor a function, or is given as
            nonlin, and for an rng that draws nothing, such as a seed.

    >>> neuron = Neuron(2, activation="tanh", rng=random.Random(0))
    >>> print(f"{neuron([1.0, 0.5]):.4f}")
    0.7383
    """

    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: Activation = "relu",
        bias: bool = True,
        rng: random.Random | None = None,
    ):
        if isinstance(nonlin, Value) or nonlin not in (True, False):
            raise TypeError(f"nonlin is True or False: write activation={nonlin!r}")
        uniform = generator(rng).uniform
        self.w = [Value(uniform(-1, 1)) for _ in range(whole_number("the number of inputs", nin))]
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
        return f"Neuron({len(self.w)}, activation={_name(self.activation)!r})"


class Layer(Module):
    """`nout` neurons on the same inputs. A call returns a list, or for one neuron its Value.

    Args:
        nin: the number of inputs.
        nout: the number of neurons.
        **options: the options of Neuron.

    Raises:
        ValueError, TypeError: as Neuron does; ValueError also for less than one neuron.

    >>> layer = Layer(2, 3, activation=None, rng=random.Random(0))
    >>> len(layer([1.0, 0.5])), layer
    (3, Layer of 3 x Neuron(2, activation=None))
    """

    def __init__(self, nin: int, nout: int, **options: Any):
        count = whole_number("the number of neurons", nout)
        self.neurons = [Neuron(nin, **options) for _ in range(count)]

    @property
    def nin(self) -> int:
        """The number of inputs."""
        return self.neurons[0].nin

    def __call__(self, x: Inputs) -> Any:
        # So that an input is one node, not one for each neuron.
        xs = features(x)
        try:
            xs = [number if isinstance(number, Value) else Value(number) for number in xs]
        except TypeError:
            _require_numbers(xs)
            raise
        outputs = [neuron(xs) for neuron in self.neurons]
        return outputs[0] if len(outputs) == 1 else outputs

    def __repr__(self) -> str:
        return f"Layer of {len(self.neurons)} x {self.neurons[0]}"


class MLP(Module):
    """A multi-layer perceptron: a sequence of layers, each on the outputs of the one before.

    Args:
        nin: the number of inputs.
        nouts: the number of neurons of each layer, for at least one layer.
        activation: the activation of all layers but the last, as for Neuron.
        output_activation: the activation of the last layer.
        bias: whether neurons have a bias.
        rng: draws the weights, as for Neuron: neuron by neuron, as micrograd does.

    Raises:
        ValueError, TypeError: as Layer does; ValueError also for no layer.

    >>> model = MLP(2, [16, 16, 1], rng=random.Random(0))
    >>> model([1.0, 2.0]).data
    1.671507710280141
    >>> import numpy
    >>> model(numpy.array([[1.0, 2.0], [0.0, 0.0], [1.0, 2.0]])).data
    array([1.67150771, 0.        , 1.67150771])
    """

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        activation: Activation = "relu",
        output_activation: Activation = None,
        bias: bool = True,
        rng: random.Random | None = None,
    ):
        if not isinstance(nouts, Sequence) or not nouts:
            raise ValueError(
                f"MLP() takes the sizes of its layers as a list, such as [16, 16, 1], not {nouts!r}"
            )
        sizes = [nin, *nouts]
        activations = [activation] * (len(nouts) - 1) + [output_activation]
        self.layers = [
            Layer(inputs, outputs, activation=chosen, bias=bias, rng=rng)
            for inputs, outputs, chosen in zip(sizes, nouts, activations, strict=False)
        ]

    @property
    def nin(self) -> int:
        """The number of inputs."""
        return self.layers[0].nin

    def __call__(self, x: Inputs) -> Any:
        outputs: Any = x
        for layer in self.layers:
            outputs = layer(outputs)
        return outputs

    def __repr__(self) -> str:
        return f"MLP of [{', '.join(map(str, self.layers))}]"


def _take_apart(xs: Sequence[Any]) -> None:
    """Lets `compile` and `grad` know that what came as lanes is to be one point."""
    if len(xs) == 1 and isinstance(xs[0], Value):
        with suppress(TypeError):
            len(xs[0])


def _require_numbers(xs: Sequence[Any]) -> None:
    for x in xs:
        if isinstance(x, (list, tuple)):
            raise TypeError(
                f"an input is one number, not {x!r:.200}: give many points as the rows of an "
                "array, numpy.array(points), or one by one, [model(point) for point in points]"
            ) from None


def _function(activation: Activation) -> Callable[[Value], Value] | None:
    if activation is None or callable(activation):
        return activation
    if not isinstance(activation, str):
        raise TypeError(
            f"an activation is a name such as 'relu', a function or None, not {activation!r}"
        )
    # Both have other attributes of the same name too, such as "grad" and "__init__".
    function = getattr(Value, activation, None)
    if function is None or not isinstance(getattr(autograd, activation, None), type(autograd.relu)):
        raise ValueError(
            f"autograd has no activation function {activation!r}: give one such as 'relu', "
            "'tanh' or 'sigmoid', a function of your own, or None"
        )
    return function  # type: ignore[no-any-return]


def _name(activation: Activation) -> str | None:
    return getattr(activation, "__name__", repr(activation)) if callable(activation) else activation
