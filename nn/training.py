"""fit: the training loop."""

import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograd import Value
from nn.checks import generator, whole_number
from nn.data import by_position
from nn.module import Module, joined, parts_of, paths_of
from nn.optimizers import Optimizer
from nn.training_steps import steps_of


@dataclass
class History:
    """The course of a training, as `fit` returns it.

    Attributes:
        losses: the mean loss of each epoch, where the loss of a batch is that before its step.
        gradients: for a Module, the length of the gradient of each layer, in the last batch of
            each epoch. A layer is a module that the model holds, such as "layers.0".

    >>> History([2.0, 0.5])
    <History of 2 epochs: loss 2 to 0.5>
    """

    losses: list[float] = field(default_factory=list)
    gradients: dict[str, list[float]] = field(default_factory=dict)

    def __repr__(self) -> str:
        if not self.losses:
            return "<History of no epoch>"
        first, last = _short(self.losses[0]), _short(self.losses[-1])
        return f"<History of {len(self.losses)} epochs: loss {first} to {last}>"


def fit(
    model: Callable[[Any], Any],
    inputs: Sequence[Any],
    targets: Sequence[Any],
    *,
    loss: Callable[[Any, Any], Value],
    optimizer: Optimizer,
    epochs: int = 100,
    batch_size: int | None = None,
    until: float | None = None,
    rng: random.Random | None = None,
    progress: bool = True,
    compiled: bool = False,
) -> History:
    """Trains a model: each batch gives a mean loss, its gradients and a step of the optimizer.

    Args:
        model: called with each input.
        inputs: lists, arrays, or columns and tables of pandas, which are read by position.
        targets: a target for each input, in the same forms.
        loss: called with a prediction and its target; returns one Value.
        optimizer: holds the parameters to change, all those of the model or some.
        epochs: the number of passes over all inputs.
        batch_size: the number of inputs in a step; by default all of them.
        until: ends the training after an epoch whose loss is below this.
        rng: shuffles the inputs in every epoch; without it they stay in order.
        progress: whether a bar is shown, on a terminal and if tqdm is installed.
        compiled: whether model and loss are recorded once, by `autograd.compile`, and run as
            a program on all inputs of a batch side by side; best with the extra `native`. The
            history is the same up to rounding. Inputs are then numbers, or lists, tuples and
            dicts of them, all of the same structure, and so are targets. An optimizer that
            overrides `step`, `begin_step` or `zero_grad` steps from Value to Value, as without
            `compiled`; others step on arrays, which is faster.

    Returns:
        The history, with one loss for each epoch, and for a Module the length of the gradient
        of each layer.

        Gradients of Values that the optimizer does not hold are left as they were.

        A step is taken wholly or not at all. If the training is interrupted, by Ctrl-C or an
        error, the parameters, their gradients and the optimizer are as the last whole step left
        them, and the exception has the history of the whole epochs as its `history`.

    Raises:
        ValueError: for no inputs, or another number of targets; for epochs or a batch size
            that are no whole numbers or too small; for a target that makes no sense for a
            loss of `nn`; for a loss that depends on no parameter of the optimizer; with
            `compiled` also for inputs that differ in structure.
        TypeError: for a model or a loss that is no function, an optimizer that is none, or an
            rng that does not shuffle; for a loss that returns a plain or a complex number; with
            `compiled` also for inputs that are no real numbers.

    >>> from nn import SGD
    >>> slope = Value(0.0)
    >>> history = fit(lambda x: slope * x, [1.0, 2.0], [3.0, 6.0],
    ...               loss=lambda y, target: (y - target) ** 2,
    ...               optimizer=SGD([slope], learning_rate=0.1), epochs=50)
    >>> round(slope.data, 6), history.losses[0]
    (3.0, 22.5)
    """
    _require_functions(model, loss, optimizer)
    inputs, targets = _samples("inputs", inputs), _samples("targets", targets)
    _require_pairs(inputs, targets)
    epochs = whole_number("epochs", epochs, 0)
    size = len(inputs) if batch_size is None else whole_number("batch_size", batch_size)
    shuffle = None if rng is None else generator(rng).shuffle
    norms = _GradientNorms(model, optimizer.parameters)
    bar = _bar(range(epochs), progress)
    steps = steps_of(optimizer, compiled)(model, inputs, targets, loss, optimizer)
    # The loss and the lengths of the gradients of each whole epoch.
    seen: list[tuple[Any, list[float]]] = []
    try:
        with steps.arithmetic():
            for _ in bar:
                total = 0.0
                for batch in _batches(len(inputs), size, shuffle):
                    total += steps.step(batch) * len(batch)
                mean_loss = total / len(inputs)
                seen.append((mean_loss, norms.of(steps.gradients()) if norms.layers else []))
                if hasattr(bar, "set_postfix"):
                    bar.set_postfix(loss=_short(mean_loss))
                if until is not None and mean_loss < until:
                    break
        steps.write()
        return _history(norms, seen)
    except BaseException as error:
        steps.write()
        error.history = _history(norms, seen)  # type: ignore[attr-defined]
        raise


class _GradientNorms:
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
        for path, parameter in paths_of(model) if isinstance(model, Module) else ():
            if parameter in index_of:
                indices = self.layers.setdefault(_layer(model, path), [])
                indices.append(index_of[parameter])
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


def _history(norms: _GradientNorms, seen: list[tuple[Any, list[float]]]) -> History:
    losses = [loss for loss, _ in seen]
    layers = enumerate(norms.layers)
    return History(losses, {layer: [lengths[i] for _, lengths in seen] for i, layer in layers})


def _short(loss: Any) -> str:
    # A loss may be a fraction, or lanes.
    return f"{loss:.4g}" if isinstance(loss, (int, float)) else str(loss)


def _require_functions(model: Any, loss: Any, optimizer: Any) -> None:
    if not callable(model):
        raise TypeError(f"model is a function of an input, such as an nn.MLP, not {model!r}")
    if not callable(loss):
        raise TypeError(
            "loss is a function of a prediction and its target, such as nn.mean_squared_error, "
            f"not {loss!r}"
        )
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            "optimizer is one such as nn.SGD(model.parameters(), learning_rate=0.1), "
            f"not {optimizer!r}"
        )


def _samples(name: str, samples: Any) -> Any:
    if hasattr(samples, "mask"):
        raise TypeError(f"{name} are all trained on, whatever their mask: leave out masked ones")
    is_sequence = hasattr(samples, "__len__") and hasattr(samples, "__getitem__")
    if not is_sequence or isinstance(samples, (Mapping, str, bytes)):
        raise TypeError(f"{name} are a list or an array, not {samples!r:.200}")
    return by_position(samples)


def _require_pairs(inputs: Any, targets: Any) -> None:
    if len(inputs) == 0 or len(inputs) != len(targets):
        raise ValueError(
            f"fit() needs inputs and as many targets: {len(inputs)} inputs and "
            f"{len(targets)} targets were given"
        )


def _batches(
    count: int, size: int, shuffle: Callable[[list[int]], object] | None
) -> Iterator[list[int]]:
    order = list(range(count))
    if shuffle is not None:
        shuffle(order)
    for start in range(0, count, size):
        yield order[start : start + size]


def _bar(epochs: Iterable[int], progress: bool) -> Any:
    if progress:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            return epochs
        # disable=None shows it on a terminal only.
        return tqdm(epochs, disable=None, unit="epoch")
    return epochs
