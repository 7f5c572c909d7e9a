"""fit: the training loop."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograd import Value
from nn.gradient_norms import GradientNorms
from nn.optimizers import Optimizer
from nn.requirements import generator, whole_number
from nn.steps import CompiledSteps, Steps


@dataclass
class History:
    """What `fit` saw.

    Attributes:
        losses: the mean loss of each epoch, each batch before its step.
        gradients: of a Module, the length of the gradient of each of its layers, in the last
            batch of each epoch. A layer is a module that the model holds, such as "layers.0".
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
    """Trains a model: for each batch, the mean loss, its gradients, a step of the optimizer.

    Args:
        model: called with each input.
        inputs, targets: as many of each, in lists or arrays.
        loss: called with a prediction and its target; gives one Value.
        optimizer: holds the parameters that are changed, all those of the model or some.
        epochs: how often the model sees all inputs.
        batch_size: how many inputs a step takes; all of them by default.
        until: ends the training after an epoch whose loss was below this.
        rng: shuffles the inputs in every epoch; they stay in order without it.
        progress: whether a bar is shown, on a terminal where tqdm is installed.
        compiled: whether model and loss are recorded once, by `autograd.compile`, and run as
            a program, all inputs of a batch side by side; best with the extra `native`. The
            history is the same, to rounding. Inputs are then numbers, or lists, tuples and
            dicts of them, all of the same structure, and so are targets.

    Returns:
        The history, with one loss for each epoch, and for a Module the length of the gradient
        of each layer. If the training is interrupted, the parameters are as the last step
        left them.

    Raises:
        ValueError: for no inputs, not as many targets, epochs or a batch size that are no
            whole numbers or too small, and for a loss that depends on no parameter of the
            optimizer; with `compiled` also for inputs that differ in structure.
        TypeError: for a model or a loss that is no function, or another optimizer or rng than
            these; for a loss that gives a plain number.

    >>> from nn import SGD
    >>> slope = Value(0.0)
    >>> history = fit(lambda x: slope * x, [1.0, 2.0], [3.0, 6.0],
    ...               loss=lambda y, target: (y - target) ** 2,
    ...               optimizer=SGD([slope], learning_rate=0.1), epochs=50)
    >>> round(slope.data, 6), history.losses[0]
    (3.0, 22.5)
    """
    _require_functions(model, loss, optimizer)
    _require_pairs(inputs, targets)
    epochs = whole_number("epochs", epochs, 0)
    size = len(inputs) if batch_size is None else whole_number("batch_size", batch_size)
    shuffle = None if rng is None else generator(rng).shuffle
    norms = GradientNorms(model, optimizer.parameters)
    history = History(gradients={layer: [] for layer in norms.places})
    bar = _bar(range(epochs), progress)
    steps = (CompiledSteps if compiled else Steps)(model, inputs, targets, loss, optimizer)
    with steps:
        for _ in bar:
            total = 0.0
            for batch in _batches(len(inputs), size, shuffle):
                total += steps.step(batch) * len(batch)
            history.losses.append(total / len(inputs))
            lengths = norms.of(steps.gradients())
            for recorded, length in zip(history.gradients.values(), lengths, strict=True):
                recorded.append(length)
            if hasattr(bar, "set_postfix"):
                bar.set_postfix(loss=_short(history.losses[-1]))
            if until is not None and history.losses[-1] < until:
                break
    return history


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


def _require_pairs(inputs: Any, targets: Any) -> None:
    for name, samples in (("inputs", inputs), ("targets", targets)):
        if not hasattr(samples, "__len__") or not hasattr(samples, "__getitem__"):
            raise TypeError(f"{name} are a list or an array, not {samples!r}")
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
        # None: on a terminal only.
        return tqdm(epochs, disable=None, unit="epoch")
    return epochs
