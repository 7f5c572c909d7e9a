"""How large the gradient of each layer is."""

import math
from collections.abc import Sequence
from typing import Any

from autograd import Value
from nn.module import Module, joined, parts_of, paths_of

_PLAIN = frozenset([float])


class GradientNorms:
    """The length of the gradient of each layer of a module.

    A layer is a module in an attribute of the module, alone or in a list; parameters that
    the module holds by itself are a layer by the name of their attribute.

    Args:
        model: the module; anything else has no layers.
        parameters: those whose gradients will be given, in their order.
    """

    def __init__(self, model: Any, parameters: Sequence[Value]):
        position = {parameter: place for place, parameter in enumerate(parameters)}
        self.places: dict[str, list[int]] = {}
        for path, parameter in paths_of(model) if isinstance(model, Module) else ():
            if parameter in position:
                places = self.places.setdefault(_layer(model, path), [])
                places.append(position[parameter])
        self._indices = [_slice(places) for places in self.places.values()]

    def of(self, gradients: Any) -> list[float]:
        """The length for each layer.

        Args:
            gradients: a list of numbers, or an array of them.
        """
        if isinstance(gradients, list):
            return [_length([gradients[i] for i in places]) for places in self.places.values()]
        return [_length_of_array(gradients[index]) for index in self._indices]


def _layer(model: Module, path: tuple[Any, ...]) -> str:
    """The name of the layer of the parameter at this path: "layers.0" of "layers.0.b"."""
    held = dict(parts_of(model))[path[0]]
    is_list = not isinstance(held, (Module, Value))
    if is_list and all(isinstance(part, Module) for _, part in parts_of(held)):
        return joined(path[:2])
    return joined(path[:1])


def _slice(places: list[int]) -> Any:
    """An index of an array: a slice where it will do, which is quicker."""
    following = slice(places[0], places[0] + len(places))
    return following if list(range(following.start, following.stop)) == places else places


def _length_of_array(gradients: Any) -> float:
    length = math.sqrt(gradients.dot(gradients))
    # Else some squares, or all, were too small or too large for a float.
    return length if 1e-140 < length < math.inf else math.hypot(*gradients.tolist())


def _length(gradients: Sequence[Any]) -> float:
    if _PLAIN.issuperset(map(type, gradients)):
        return math.hypot(*gradients)
    # Arrays of lanes, and symbols, have no length that is one number.
    if any(getattr(gradient, "shape", ()) for gradient in gradients):
        return math.nan
    try:
        return math.hypot(*map(abs, gradients))
    except TypeError:
        return math.nan
    except OverflowError:
        return math.inf
