"""predict: the outputs of a model for many points, as an array."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any

import autograd
from autograd import Value, no_grad
from autograd.slips import answers_slips
from nn.checks import require_numpy
from nn.data import columns, require_points, samples
from nn.module import Module
from nn.randomness import random_numbers_from


@answers_slips
def predict(model: Callable[[Any], Any], inputs: Sequence[Any], *, compiled: bool = False) -> Any:
    """The outputs of a model for each of many points, as a NumPy array.

    The model is called with each input, as by `fit`, but records no graph and gets no random
    numbers: dropout is off.

    Args:
        model: called with each input.
        inputs: a list of points, an array with a point in each row, or a column or a table of
            pandas, which are read by position.
        compiled: whether the model is recorded once, by `autograd.compile`, and run as a program
            on all inputs side by side.

    Returns:
        An array of shape (points,) for a model with one output, or (points, outputs) for one that
        returns a list. For a dict of outputs, a dict of such arrays.

    Raises:
        TypeError: for a model that is not a function, inputs that are not a list or an array, or
            outputs that are not numbers, or lists or dicts of them.
        ValueError: for outputs that differ in shape and are not in a dict.
        ImportError: without NumPy.

    >>> import random
    >>> from nn import MLP
    >>> model = MLP(2, [3, 2], rng=random.Random(0))
    >>> points = [[1.0, 2.0], [0.5, -1.0], [0.0, 0.0]]
    >>> predict(model, points).shape, predict(model, points).argmax(axis=1)
    ((3, 2), array([0, 1, 0]))
    """
    if not callable(model):
        raise TypeError(f"model is a function of an input, such as an nn.MLP, not {model!r:.200}")
    inputs = samples("inputs", inputs)
    require_numpy("predict(), which gives an array,")
    with no_grad(), random_numbers_from(None):
        if compiled and len(inputs):
            return _stacked(_in_program(model, columns(inputs)))
        return _gathered([_plain(model(x)) for x in inputs])


def _in_program(model: Callable[[Any], Any], points: Any) -> Any:
    """The outputs of a model for points in columns."""

    def recorded(x: Any) -> Any:
        require_points(x, points)
        return model(x)

    parameters: list[Value] = model.parameters() if isinstance(model, Module) else []
    return autograd.compile(recorded, parameters=parameters)(points)


def _plain(output: Any) -> Any:
    """An output with the numbers in place of Values."""
    if isinstance(output, Value):
        return output.data
    if isinstance(output, dict):
        return {key: _plain(part) for key, part in output.items()}
    shape: Any = getattr(output, "shape", ())
    if isinstance(output, (list, tuple)) or shape:
        return [_plain(part) for part in output]
    _require_no_structure(output)
    return output


def _gathered(outputs: list[Any]) -> Any:
    """The outputs of all points as one array, or as a dict of arrays."""
    import numpy as np

    if outputs and isinstance(outputs[0], dict):
        return {key: _gathered([output[key] for output in outputs]) for key in outputs[0]}
    try:
        return np.array(outputs)
    except ValueError:
        raise ValueError(_DIFFERENT) from None


def _stacked(outputs: Any) -> Any:
    """Arrays of lanes in nested lists as one array, with a row for each lane."""
    import numpy as np

    if isinstance(outputs, dict):
        return {key: _stacked(part) for key, part in outputs.items()}
    if isinstance(outputs, (list, tuple)):
        parts = [_stacked(part) for part in outputs]
        if len({getattr(part, "shape", None) for part in parts}) > 1:
            raise ValueError(_DIFFERENT)
        return np.stack(parts, axis=1)
    _require_no_structure(outputs)
    return outputs


_DIFFERENT = (
    "the outputs of the model differ in shape, and are no rows of one array: let it return a dict "
    "of them, and predict() gives an array for each"
)


def _require_no_structure(output: Any) -> None:
    """Raises TypeError for a dataclass and the like, which are not numbers."""
    if isinstance(output, Mapping) or is_dataclass(output):
        raise TypeError(
            "predict() takes a model whose outputs are numbers, in lists or dicts: let it return "
            f"a dict of them, not {output!r:.200}"
        )
