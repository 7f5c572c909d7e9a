"""draw_network and draw_passes: circles for neurons, weights on the lines between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from autograd import Value
from nn.layers import MLP, Layer, Neuron
from nn.module import Module
from nn.pictures.drawing import Shown, layout_of, network_picture
from nn.pictures.neurons import Circle, read_circles, weights_by_label
from nn.pictures.texts import Texts
from nn.requirements import whole_number

# The graphviz package takes longer to import than all of nn.
if TYPE_CHECKING:
    from autograd import Picture

Weights = Module | Iterable[Value] | None


def draw_network(
    model: Callable[..., Any] | Value | Iterable[Value],
    inputs: Any = None,
    *,
    weights: Weights = None,
    gradients: bool = False,
    digits: int = 3,
    limit: int = 6,
) -> Picture:
    """A network as a picture: circles for neurons in columns, weights on the lines.

    The lines are blue where the weight is above 0 and orange where it is below, the wider
    and darker the larger it is. Where there is room, the numbers stand on them. Under a
    neuron stand its activation, with the sum that it is applied to, and its bias.

    Args:
        model: a Module, or another function from inputs to Values; or the output of a
            network that was wired by hand, with labels on its inputs and neurons.
        inputs: what the model is called with. The circles then show what they computed.
        weights: the weights and biases, as a list of Values or as the module that holds
            them. By default the parameters of a model; for an output, the leaves whose
            labels begin as "w1" or "b1" do.
        gradients: whether the gradients of weights are written in, and colour the lines,
            as the last `backward` left them, 0 before the first. For an output, circles show
            theirs too.
        digits: how many significant digits of each number are shown.
        limit: how many neurons of a layer are shown; a larger one is abbreviated.

    Returns:
        A graphviz.Digraph: it shows itself in a notebook, and has `.source` and
        `.render("network", format="svg")`.

    Raises:
        TypeError: if model is no function and no Value, or a Value is given inputs.
        ValueError: if no weights are found, a model of no known size is given no inputs,
            digits or limit is less than 1, or gradients of an output are asked for before
            a `backward`.

    >>> import random
    >>> from nn import MLP
    >>> picture = draw_network(MLP(2, [3, 1], rng=random.Random(0)), [1.0, -2.0])
    >>> picture.source.count("class=weight")
    9
    """
    digits, limit = whole_number("digits", digits), whole_number("limit", limit)
    is_graph = isinstance(model, Value) or not callable(model)
    shown = Shown(
        values_to=-1 if inputs is None and not is_graph else math.inf,
        gradients_from=0 if gradients else math.inf,
    )
    texts = Texts(digits, gradients_in_circles=is_graph)
    circles, names = _read(model, inputs, weights)
    if gradients and is_graph:
        _require_gradients(_values(model))
    layout = layout_of(circles, texts, limit, gradients)
    return network_picture(layout, names, texts, shown)


def draw_passes(
    output: Value | Iterable[Value],
    *,
    weights: Weights = None,
    digits: int = 3,
    limit: int = 6,
) -> list[Picture]:
    """The forward pass and the backward pass, a picture for each column of each.

    Args:
        output: the error of a network, after `error.backward()`.
        weights, digits, limit: as for `draw_network`.

    Returns:
        The pictures. In those of the forward pass the numbers are written in, column by
        column, and in those of the backward pass the gradients, from the last column on.

    Raises:
        TypeError: for what is no Value.
        ValueError: if no weights are found, digits or limit is less than 1, or `backward` was
            not called.

    >>> x, w1, w2 = Value(1.0, "x"), Value(0.5, "w1"), Value(2.0, "w2")
    >>> h = (w1 * x).tanh()
    >>> error = (w2 * h - 1) ** 2
    >>> h.label, error.label = "h", "error"
    >>> error.backward()
    >>> len(draw_passes(error))
    8
    """
    digits, limit = whole_number("digits", digits), whole_number("limit", limit)
    if callable(output):
        raise TypeError(
            f"draw_passes() takes the error of a network, a Value, not {output!r:.200}: compute "
            "it, call its backward(), and draw it"
        )
    circles, names = _read(output, None, weights)
    _require_gradients(_values(output))
    texts = Texts(digits, gradients_in_circles=True)
    layout = layout_of(circles, texts, limit, gradients=True)
    columns = range(len(layout.columns))
    forward = [Shown(column, now=column) for column in columns]
    backward = [Shown(math.inf, column, now=column) for column in reversed(columns)]
    return [network_picture(layout, names, texts, shown) for shown in forward + backward]


def _read(model: Any, inputs: Any, weights: Weights) -> tuple[list[Circle], dict[Value, str]]:
    if isinstance(model, Value) or not callable(model):
        if inputs is not None:
            raise TypeError("inputs are what a model is called with: an output has been computed")
        outputs = _values(model)
    else:
        outputs = _values(model(_zeros(model) if inputs is None else inputs))
        weights = model if weights is None and isinstance(model, Module) else weights
    if not outputs:
        raise TypeError(f"draw_network() takes a model or the Values of an output, not {model!r}")
    names = weights_by_label(outputs) if weights is None else _named(weights)
    return read_circles(outputs, names), names


def _named(weights: Module | Iterable[Value]) -> dict[Value, str]:
    if isinstance(weights, Module):
        return {weight: weight.label or path for path, weight in weights.named_parameters()}
    return {weight: weight.label or "" for weight in weights}


def _zeros(model: Any) -> list[float]:
    first = model.layers[0] if isinstance(model, MLP) else model
    first = first.neurons[0] if isinstance(first, Layer) else first
    if not isinstance(first, Neuron):
        raise ValueError(
            "the number of its inputs is not known: give an example of what it is called with, "
            "draw_network(model, inputs)"
        )
    return [0.0] * len(first.w)


def _require_gradients(values: Iterable[Value]) -> None:
    # Until `backward` comes by, a gradient is the integer 0.
    if all(type(value.grad) is int and value.grad == 0 for value in values):
        raise ValueError(
            "there are no gradients to draw, for that of the output is 0, as before any backward: "
            "give the error of the network, after error.backward()"
        )


def _values(outputs: Any) -> list[Value]:
    found: list[Value] = []
    waiting: list[Any] = [outputs]
    seen: list[Any] = []
    while waiting:
        part = waiting.pop()
        if isinstance(part, Value):
            found.append(part)
        elif isinstance(part, Iterable) and not isinstance(part, str):
            # A list may hold itself.
            if any(part is other for other in seen):
                continue
            seen.append(part)
            parts = list(part.values() if isinstance(part, dict) else part)
            waiting += reversed(parts)
    return found
