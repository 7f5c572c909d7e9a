"""Short names for the parameters of a module, and for its inputs: w⁰₁₀ and x₀."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from autograd.sums import products_and_addends
from autograd.value import Value

_ABOVE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# A part of a path, with its index if it is one of several: "layers.0", "w.0", "b".
_PART = re.compile(r"([^\W\d_]+)(?:\.(\d+))?(?:\.|$)")


def module_names(model: Any, nodes: Iterable[Value]) -> dict[Value, str]:
    """The names of a module's parameters, and of the inputs without a label that they multiply.

    Args:
        model: a module; of anything else there are no names.
        nodes: those of the graph.
    """
    if not hasattr(model, "named_parameters"):
        return {}
    parameters = model.named_parameters()
    short = short_names([path for path, _ in parameters])
    names = {value: name for (_, value), name in zip(parameters, short, strict=True)}
    inputs: dict[Value, str] = {}
    for node in nodes:
        for index, (weight, x) in enumerate(products_and_addends(node)[0]):
            if weight in names and not x.parents and x not in names:
                inputs[x] = f"x{str(index).translate(_BELOW)}"
    return names | inputs


def short_names(paths: Sequence[str]) -> list[str]:
    """Paths of parameters as names, the layer above and the other indices below.

    >>> short_names(["layers.0.neurons.1.w.0", "layers.0.neurons.1.b"])
    ['w⁰₁₀', 'b⁰₁']
    >>> short_names(["neurons.12.w.0", "neurons.12.b"]), short_names(["head.w", "tail.w"])
    (['w_12_0', 'b_12'], ['head.w', 'tail.w'])
    """
    parts = [_PART.findall(path) for path in paths]
    indices = [[index for _, index in found if index] for found in parts]
    is_long = any(len(index) > 1 for found in indices for index in found)
    names = []
    for path, found, numbers in zip(paths, parts, indices, strict=True):
        # The layer comes first, if neurons are in layers.
        layers = 1 if sum(bool(index) for _, index in found[:-1]) > 1 else 0
        above = "".join(numbers[:layers]).translate(_ABOVE)
        below = numbers[layers:]
        written = "".join(f"_{i}" for i in below) if is_long else "".join(below).translate(_BELOW)
        names.append(f"{found[-1][0]}{above}{written}" if found else path)
    return names if len(set(names)) == len(names) else list(paths)
