"""draw_network: a picture with circles for neurons, and weights on the lines between them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from autograd.drawing.network.neurons import read_units
from autograd.drawing.network.placement import Placement
from autograd.drawing.network.texts import Texts
from autograd.graph import NO_GRADIENT, topological_order
from autograd.notation import trained_leaves
from autograd.numbers.nested import transform
from autograd.slips import answers_slips, whole_number
from autograd.value import Value

# The graphviz package takes longer to import than all of autograd, so only pictures do it.
if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture

# Any: also an object with `named_parameters()`, such as a module.
Weights = Iterable[Value] | Any | None


@answers_slips
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

    Lines are blue for weights above 0 and orange for weights below, and the wider and darker the
    larger the weight is. The numbers are written on them where there is room. Below a neuron are
    its activation, with the sum that it is applied to, and its bias.

    Args:
        model: an `nn.Module`, or another function from inputs to Values; or the output of a
            network that was wired by hand, with labels on its inputs and neurons.
        inputs: what the model is called with. The circles then show the values computed.
        weights: the weights and biases, as a list of Values or as the module that holds
            them. By default the parameters of a model; for an output, the leaves that are
            labelled as weights and biases, such as "w1" or "b_2".
        gradients: whether the gradients of weights are written in, and colour the lines, as
            the last `backward` left them (0 before the first). For an output, the gradients of
            circles are written in too.
        digits: how many significant digits of each number are shown.
        limit: how many neurons of a layer are shown; larger layers are abbreviated.

    Returns:
        A graphviz.Digraph: it shows itself in a notebook, and has `.source` and
        `.render("network", format="svg")`.

    Raises:
        TypeError: if model is neither a function nor a Value, or inputs are given with a Value.
        ValueError: if no weights are found, if no inputs are given for a model whose number of
            inputs is not known, if digits or limit is less than 1, or if gradients of an
            output are asked for before `backward`.

    >>> import random
    >>> from nn import MLP
    >>> picture = draw_network(MLP(2, [3, 1], rng=random.Random(0)), [1.0, -2.0])
    >>> picture.source.count("class=weight")
    9
    """
    digits, limit = whole_number("digits", digits), whole_number("limit", limit)
    is_graph = isinstance(model, Value) or not callable(model)
    if is_graph and inputs is not None:
        raise TypeError("inputs are what a model is called with: an output has been computed")
    outputs = outputs_in(model if is_graph else _computed(model, inputs))
    if not outputs:
        raise TypeError(f"draw_network() takes a model or the Values of an output, not {model!r}")
    if weights is None and not is_graph and hasattr(model, "named_parameters"):
        weights = model
    names = weight_names(outputs, weights)
    units = read_units(outputs, names)
    if gradients and is_graph:
        require_gradients(outputs)

    from autograd.drawing.network.picture import Shown, network_picture

    texts = Texts(digits, gradients_in_circles=is_graph)
    shown = Shown(
        values_to=-1 if inputs is None and not is_graph else math.inf,
        gradients_from=0 if gradients else math.inf,
    )
    return network_picture(Placement(units, texts, limit, gradients), names, texts, shown)


def _computed(model: Any, inputs: Any) -> Any:
    """What the model computes from the inputs, by default from zeros."""
    if inputs is None and not hasattr(model, "nin"):
        raise ValueError(
            "the number of its inputs is not known: give an example of what it is called with, "
            "draw_network(model, inputs)"
        )
    inputs = [0.0] * model.nin if inputs is None else inputs
    # An input that several neurons read, such as behind a skip connection, is one circle if it is
    # a Value. An array is lanes of one input, or a row of inputs.
    attempts = [inputs]
    if not isinstance(inputs, Value) and getattr(inputs, "ndim", 0) == 1:
        import numpy

        attempts.append(numpy.array(inputs.tolist(), dtype=object))
    for attempt in attempts:
        with suppress(AttributeError, LookupError, TypeError, ValueError):
            return model(transform(_as_value, attempt, elements=True))
    # Whole numbers may be positions in a list, or the keys of a dict.
    return model(transform(lambda x: Value(x) if type(x) is float else x, inputs))


def _as_value(number: Any) -> Any:
    return number if isinstance(number, (Value, str)) else Value(number)


def weight_names(outputs: Iterable[Value], weights: Weights) -> dict[Value, str]:
    """The weights and biases with the name of each: its label, or its path in a module."""
    if weights is None:
        weights = trained_leaves(topological_order(*outputs))
    elif hasattr(weights, "named_parameters"):
        return {weight: weight.label or path for path, weight in weights.named_parameters()}
    elif not isinstance(weights, Iterable) or not all(isinstance(w, Value) for w in weights):
        raise TypeError(
            f"weights are a list of Values, or a module that holds them, not {weights!r}"
        )
    return {weight: weight.label or "" for weight in weights}


def require_gradients(outputs: Iterable[Value]) -> None:
    """Raises ValueError if no `backward` has reached any of the outputs."""
    if all(output.grad is NO_GRADIENT for output in outputs):
        raise ValueError(
            "there are no gradients to draw, for that of the output is 0, as before any backward: "
            "give the error of the network, after error.backward()"
        )


def outputs_in(outputs: Any) -> list[Value]:
    """The Values in a nested structure, without anything else in it."""
    values: list[Value] = []
    waiting: list[Any] = [outputs]
    seen: list[Any] = []
    while waiting:
        part = waiting.pop()
        if isinstance(part, Value):
            values.append(part)
        elif isinstance(part, Iterable) and not isinstance(part, str):
            # A list may hold itself.
            if any(part is other for other in seen):
                continue
            seen.append(part)
            parts = list(part.values() if isinstance(part, dict) else part)
            waiting += reversed(parts)
    return values
