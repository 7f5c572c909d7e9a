"""The lengths of the gradients of a module's layers, by which vanishing gradients are seen."""

import math
from collections.abc import Sequence
from typing import Any

from autograd import Value
from nn.module import Module, joined, parts_of, paths_of


class GradientNorms:
    """The length of the gradient of each layer of a module.

    A layer is a module in an attribute of the module, alone or in a list. Parameters that
    are attributes themselves are layers with the names of the attributes.

    Args:
        model: the module; anything else has no layers.
        parameters: the parameters whose gradients will be given, in this order.
    """

    def __init__(self, model: Any, parameters: Sequence[Value]):
        index_of = {parameter: index for index, parameter in enumerate(parameters)}
        # The indices of the parameters of each layer.
        self.layers: dict[str, list[int]] = {}
        # All parameters of a layer begin their paths alike.
        names: dict[tuple[Any, ...], str] = {}
        for path, parameter in paths_of(model) if isinstance(model, Module) else ():
            if parameter in index_of:
                name = names.get(path[:2])
                if name is None:
                    name = names[path[:2]] = _layer(model, path)
                self.layers.setdefault(name, []).append(index_of[parameter])
        self._slices = [_slice(indices) for indices in self.layers.values()]

    def of(self, gradients: Any) -> list[float]:
        """The length of the gradient of each layer.

        Args:
            gradients: a list of numbers, or an array of them.
        """
        if isinstance(gradients, list):
            return [_length([gradients[i] for i in indices]) for indices in self.layers.values()]
        return [_length_of_array(gradients[part]) for part in self._slices]


def _layer(model: Module, path: tuple[Any, ...]) -> str:
    """The name of the layer of the parameter at a path: "layers.0" for "layers.0.b"."""
    attribute = dict(parts_of(model))[path[0]]
    is_container = not isinstance(attribute, (Module, Value))
    if is_container and all(isinstance(part, Module) for _, part in parts_of(attribute)):
        return joined(path[:2])
    return joined(path[:1])


def _slice(indices: list[int]) -> Any:
    """An index that takes these out of an array: if possible a slice, which is faster."""
    following = slice(indices[0], indices[0] + len(indices))
    return following if list(range(following.start, following.stop)) == indices else indices


def _length_of_array(gradients: Any) -> float:
    length = math.sqrt(gradients.dot(gradients))
    # Otherwise some squares were too small or too large for a float.
    return length if 1e-140 < length < math.inf else math.hypot(*gradients.tolist())


def _length(gradients: Sequence[Any]) -> float:
    if {float}.issuperset(map(type, gradients)):
        return math.hypot(*gradients)
    # The length of arrays of lanes, or of symbols, is not one number.
    if any(getattr(gradient, "shape", ()) for gradient in gradients):
        return math.nan
    try:
        return math.hypot(*map(abs, gradients))
    except TypeError:
        return math.nan
    except OverflowError:
        return math.inf
