"""draw_network: circles for neurons, weights on the lines between them."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from autograd.drawing.network.labels import Labels
from autograd.drawing.network.neurons import read_units
from autograd.graph import NO_GRADIENT, topological_order
from autograd.sums import trained_leaves
from autograd.value import Value

# The graphviz package takes longer to import than all of autograd, so only pictures do it.
if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture

# Any: also what has `named_parameters()`, as a module.
Weights = Iterable[Value] | Any | None


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
        model: an `nn.Module`, or another function from inputs to Values; or the output of a
            network that was wired by hand, with labels on its inputs and neurons.
        inputs: what the model is called with. The circles then show what they computed.
        weights: the weights and biases, as a list of Values or as the module that holds
            them. By default the parameters of a model; for an output, the leaves whose
            labels are those of weights and biases, such as "w1" or "b_2".
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

    from autograd.drawing.network.picture import Shown, layout_of, network_picture

    labels = Labels(digits, gradients_in_circles=is_graph)
    shown = Shown(
        values_to=-1 if inputs is None and not is_graph else math.inf,
        gradients_from=0 if gradients else math.inf,
    )
    return network_picture(layout_of(units, labels, limit, gradients), names, labels, shown)


def whole_number(name: str, number: Any) -> int:
    """The number as an int. Raises ValueError where it is no whole number of at least 1."""
    try:
        whole = operator.index(number)
    except TypeError:
        whole = 0
    if whole < 1:
        raise ValueError(f"{name} is a whole number of at least 1, not {number!r}")
    return whole


def _computed(model: Any, inputs: Any) -> Any:
    """What the model makes of the inputs, by default of zeros."""
    if inputs is None and not hasattr(model, "nin"):
        raise ValueError(
            "the number of its inputs is not known: give an example of what it is called with, "
            "draw_network(model, inputs)"
        )
    return model([0.0] * model.nin if inputs is None else inputs)


def weight_names(outputs: Iterable[Value], weights: Weights) -> dict[Value, str]:
    """The weights and biases, and what each is called: by its label, or its path in a module."""
    if weights is None:
        weights = trained_leaves(topological_order(*outputs))
    elif hasattr(weights, "named_parameters"):
        return {weight: weight.label or path for path, weight in weights.named_parameters()}
    return {weight: weight.label or "" for weight in weights}


def require_gradients(outputs: Iterable[Value]) -> None:
    """Refuses outputs of which none has been reached by a `backward`."""
    if all(output.grad is NO_GRADIENT for output in outputs):
        raise ValueError(
            "there are no gradients to draw, for that of the output is 0, as before any backward: "
            "give the error of the network, after error.backward()"
        )


def outputs_in(outputs: Any) -> list[Value]:
    """The Values of a nested structure; what else it holds is left out."""
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
