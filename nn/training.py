"""fit: the training loop."""

import io
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

from autograd import Value
from autograd.slips import answers_slips, whole_number
from nn.checks import as_python, generator, require_takes
from nn.compiled_steps import steps_of
from nn.data import samples
from nn.diverging import cause, cause_in_parameters, is_finite, warn_if_stuck
from nn.optimizers import Optimizer
from nn.training_steps import GradientNorms, Steps


@dataclass
class History:
    """The course of a training, as `fit` returns it.

    Attributes:
        losses: the mean loss of each epoch, where the loss of a batch is that before its step.
        gradients: for a Module, the length of the gradient of each layer, in the last batch of
            each epoch. A layer is a module that the model holds, such as "layers.0".
        validation_losses: the mean loss of the validation samples after each epoch.

    >>> History([2.0, 0.5])
    <History of 2 epochs: loss 2 to 0.5>
    """

    losses: list[float] = field(default_factory=list)
    gradients: dict[str, list[float]] = field(default_factory=dict)
    validation_losses: list[float] = field(default_factory=list)

    def __repr__(self) -> str:
        if not self.losses:
            return "<History of no epoch>"
        lines = {"loss": self.losses, "validation loss": self.validation_losses}
        courses = [f"{x} {_short(ys[0])} to {_short(ys[-1])}" for x, ys in lines.items() if ys]
        return f"<History of {len(self.losses)} epochs: {', '.join(courses)}>"


@dataclass(frozen=True)
class Training:
    """A training after one of its epochs, as `fit` shows it to its `callback`.

    Attributes:
        epoch: the number of epochs so far: 1 after the first.
        loss: the mean loss of this epoch, where the loss of a batch is that before its step.
        validation_loss: the mean loss of the validation samples; None if there are none.
        history: that of all epochs so far. It grows as the training goes on.
        model: the model that is trained. Its parameters may be read and set.
        optimizer: its options, such as the learning rate, and its state may be read and set.

    >>> print(Training(3, 0.25, None, History(), None, None))
    epoch 3: loss 0.25
    """

    epoch: int
    loss: Any
    validation_loss: Any
    history: History
    model: Any
    optimizer: Any

    def __str__(self) -> str:
        text = f"epoch {self.epoch}: loss {_short(self.loss)}"
        if self.validation_loss is None:
            return text
        return f"{text}, validation loss {_short(self.validation_loss)}"


@answers_slips
def fit(
    model: Callable[[Any], Any],
    inputs: Sequence[Any],
    targets: Sequence[Any],
    *,
    loss: Callable[[Any, Any], Value],
    optimizer: Optimizer,
    epochs: int = 100,
    batch_size: int | None = None,
    validation: tuple[Sequence[Any], Sequence[Any]] | None = None,
    callback: Callable[[Training], object] | None = None,
    until: float | None = None,
    rng: random.Random | None = None,
    progress: bool = True,
    compiled: bool = False,
    executor: Any = None,
) -> History:
    """Trains a model: each batch gives a mean loss, its gradients and a step of the optimizer.

    Args:
        model: called with each input.
        inputs: lists, arrays, or columns and tables of pandas, which are read by position.
        targets: one for each input, in any of the same forms.
        loss: called with a prediction and its target; returns one Value.
        optimizer: holds the parameters to change, all those of the model or some.
        epochs: the number of passes over all inputs.
        batch_size: the number of inputs in a step; by default all of them.
        validation: inputs and targets that are not trained on, whose loss after each epoch is
            recorded in the history.
        callback: called after each epoch with a `Training`, which has the epoch, the losses, the
            history, the model and the optimizer. It may change the last two (a schedule sets
            `training.optimizer.learning_rate`), and ends the training by returning True.
        until: ends the training after an epoch whose loss is below this.
        rng: shuffles the inputs in every epoch; without it they stay in order. It also draws
            the numbers that a model asks for by `random_numbers`, as dropout does.
        progress: whether a bar is shown, on a terminal or in a notebook, if tqdm is installed.
        compiled: whether model and loss are recorded once, by `autograd.compile`, and run as
            a program on all inputs of a batch side by side; best with the extra `native`. The
            history is the same up to rounding. Inputs are then numbers, or lists, tuples and
            dicts of them, all of the same structure, and so are targets. Each call, and each
            epoch after a callback, runs model and loss once to see whether they still do the same:
            if so the program is kept, otherwise there is a new one. Until then, random numbers
            that a model draws other than by `random_numbers` stay the same. An optimizer that
            overrides `step` or `zero_grad`, or whose `update` takes no arrays, steps from Value to
            Value, as without `compiled`; others step on arrays, which is faster.
        executor: of `concurrent.futures`, such as `ProcessPoolExecutor(4)`, or a Dask client. Each
            worker then holds a share of the samples, and gives the gradients of its part of each
            batch; the optimizer steps here. It takes `compiled=True`. The history is the same up
            to rounding, and for the same number of workers to the last bit.

    Returns:
        The history, with one loss for each epoch, and for a Module the length of the gradient
        of each layer.

        Gradients of Values that the optimizer does not hold are left as they were.

        A step is taken wholly or not at all. If the training is interrupted, by Ctrl-C or an
        error, the parameters, their gradients and the optimizer are as the last whole step left
        them, and the exception has the history of the whole epochs as its `history`.

    Raises:
        FloatingPointError: at the first loss that is nan or infinite, before its step. It says
            in which epoch and batch, of which sample, and which parameter or operation made
            it so.
        ValueError: for no inputs, or a different number of targets; for epochs or a batch size
            that are not whole numbers or too small; for a target that makes no sense for a loss
            of `nn`; for a loss that depends on no parameter of the optimizer; for an executor
            without `compiled`; with `compiled`, also for inputs that differ in structure.
        TypeError: for a model, a loss or a callback that is not a function, anything else in
            place of an optimizer, an rng that does not shuffle, or a validation that is not a
            pair; for a loss that returns a plain or a complex number; with `compiled`, also for
            inputs that are not real numbers.

        After a training on all inputs at once whose loss stands still because some neurons learn
        nothing, a RuntimeWarning names these.

    >>> from nn import SGD
    >>> slope = Value(0.0)
    >>> history = fit(lambda x: slope * x, [1.0, 2.0], [3.0, 6.0],
    ...               loss=lambda y, target: (y - target) ** 2,
    ...               optimizer=SGD([slope], learning_rate=0.1), epochs=50)
    >>> round(slope.data, 6), history.losses[0]
    (3.0, 22.5)

    With validation, a log, and an early end:

    >>> slope.data = 0.0
    >>> def callback(training):
    ...     print(training)
    ...     return training.validation_loss < 1e-2
    >>> history = fit(lambda x: slope * x, [1.0, 2.0], [3.0, 6.0], validation=([3.0], [9.0]),
    ...               loss=lambda y, target: (y - target) ** 2, callback=callback,
    ...               optimizer=SGD([slope], learning_rate=0.1), epochs=50)
    epoch 1: loss 22.5, validation loss 20.25
    epoch 2: loss 5.625, validation loss 5.062
    epoch 3: loss 1.406, validation loss 1.266
    epoch 4: loss 0.3516, validation loss 0.3164
    epoch 5: loss 0.08789, validation loss 0.0791
    epoch 6: loss 0.02197, validation loss 0.01978
    epoch 7: loss 0.005493, validation loss 0.004944
    """
    _require_options(model, loss, optimizer, callback, until)
    if executor is not None and not compiled:
        raise ValueError("the workers of an executor run a compiled program: give compiled=True")
    inputs, targets = _pairs(inputs, targets)
    if validation is not None:
        validation = _validation_pairs(validation)
    epochs = whole_number("epochs", epochs, 0)
    size = len(inputs) if batch_size is None else whole_number("batch_size", batch_size)
    shuffle = None if rng is None else generator(rng).shuffle
    norms = GradientNorms(model, optimizer.parameters)
    history = History(gradients={layer: [] for layer in norms.layers})
    bar = _bar(range(1, epochs + 1), progress)
    make_steps = steps_of(optimizer, compiled)
    steps = make_steps(
        model, inputs, targets, loss, optimizer, validation, generator(rng), executor
    )
    validation_loss = None
    try:
        with steps.arithmetic():
            for epoch in bar:
                batches = _batches(len(inputs), size, shuffle)
                mean_loss = _epoch(steps, batches, epoch) / len(inputs)
                if validation:
                    validation_loss = steps.validation_loss()
                    _require_finite_validation(steps, validation_loss, epoch)
                lengths = norms.of(steps.gradients()) if norms.layers else []
                _add(history, mean_loss, lengths, validation_loss)
                if hasattr(bar, "set_postfix"):
                    bar.set_postfix(loss=_short(mean_loss))
                if callback is not None:
                    now = Training(epoch, mean_loss, validation_loss, history, model, optimizer)
                    if _is_ended(steps, callback, now):
                        break
                if until is not None and mean_loss < until:
                    break
        steps.write()
        _require_finite_parameters(steps, len(history.losses))
        if size >= len(inputs):
            warn_if_stuck(model, history.losses)
        return history
    except BaseException as error:
        steps.write()
        _cut(history, validation is not None)
        error.history = history  # type: ignore[attr-defined]
        raise


def _epoch(steps: Steps, batches: Iterable[list[int]], epoch: int) -> Any:
    """Takes a step for each batch; returns the sum of the losses of all inputs."""
    total = 0.0
    for number, batch in enumerate(batches, 1):
        loss = steps.mean_loss(batch)
        if not is_finite(loss):
            steps.write()
            where = f"the loss in epoch {epoch}, batch {number}, is {loss}"
            samples = [("inputs", steps.inputs), ("targets", steps.targets)]
            raise FloatingPointError(f"{where}: {cause(steps, samples, batch)}")
        steps.step()
        total += loss * len(batch)
    return total


def _require_finite_validation(steps: Steps, loss: Any, epoch: int) -> None:
    if steps.validation and not is_finite(loss):
        steps.write()
        inputs, targets = steps.validation
        samples = [("validation[0]", inputs), ("validation[1]", targets)]
        reason = cause(steps, samples, list(range(len(inputs))))
        raise FloatingPointError(f"the validation loss after epoch {epoch} is {loss}: {reason}")


def _require_finite_parameters(steps: Steps, epochs: int) -> None:
    """Raises for what the very last step made nan or infinite: no loss was computed after it."""
    reason = cause_in_parameters(steps) if epochs else ""
    if reason:
        raise FloatingPointError(f"after the last step, in epoch {epochs}, {reason}")


def _is_ended(steps: Steps, callback: Callable[[Training], object], now: Training) -> bool:
    """Whether the callback ends the training, which goes on with whatever the callback changed."""
    steps.write()
    with steps.users_arithmetic():
        answer = callback(now)
    steps.read()
    return as_python(answer) is True


def _add(history: History, loss: Any, lengths: list[float], validation_loss: Any) -> None:
    history.losses.append(loss)
    for line, length in zip(history.gradients.values(), lengths, strict=True):
        line.append(length)
    if validation_loss is not None:
        history.validation_losses.append(validation_loss)


def _cut(history: History, has_validation: bool) -> None:
    """Takes out an epoch whose adding was interrupted."""
    lines = [history.losses, *history.gradients.values()]
    if has_validation:
        lines.append(history.validation_losses)
    count = min(map(len, lines))
    for line in lines:
        del line[count:]


def _short(loss: Any) -> str:
    # A loss may be a fraction, or lanes.
    return f"{loss:.4g}" if isinstance(loss, (int, float)) else str(loss)


def _require_options(model: Any, loss: Any, optimizer: Any, callback: Any, until: Any) -> None:
    if not callable(model):
        raise TypeError(f"model is a function of an input, such as an nn.MLP, not {model!r:.200}")
    if isinstance(model, type):
        raise TypeError(f"model is a class: make one first, {model.__name__}(...)")
    if not callable(loss):
        raise TypeError(
            "loss is a function of a prediction and its target, such as nn.mean_squared_error, "
            f"not {loss!r:.200}"
        )
    require_takes("loss is a function of a prediction and its target", loss, 2)
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            "optimizer is one such as nn.SGD(model.parameters(), learning_rate=0.1), "
            f"not {optimizer!r:.200}"
        )
    if callback is not None and not callable(callback):
        raise TypeError(
            "callback is one function, called with a Training after each epoch, which may call "
            f"others, not {callback!r:.200}"
        )
    if callback is not None:
        require_takes("callback is a function of a Training", callback, 1)
    if until is not None and not isinstance(until, Real):
        raise TypeError(f"until is a loss, a plain number, not {until!r}")


def _pairs(inputs: Any, targets: Any, of: str = "") -> tuple[Any, Any]:
    inputs, targets = samples(f"{of}inputs", inputs), samples(f"{of}targets", targets)
    if len(inputs) == 0 or len(inputs) != len(targets):
        raise ValueError(
            f"fit() needs {of}inputs and as many targets: {len(inputs)} inputs and "
            f"{len(targets)} targets were given"
        )
    return inputs, targets


def _validation_pairs(validation: Any) -> tuple[Any, Any]:
    if not isinstance(validation, (tuple, list)) or len(validation) != 2:
        raise TypeError(
            "validation is a pair of inputs and targets, (inputs, targets), not "
            f"{validation!r:.200}"
        )
    inputs, targets = validation
    return _pairs(inputs, targets, "validation ")


def _batches(
    count: int, size: int, shuffle: Callable[[list[int]], object] | None
) -> Iterator[list[int]]:
    order = list(range(count))
    if shuffle is not None:
        shuffle(order)
    for start in range(0, count, size):
        yield order[start : start + size]


def _bar(epochs: Iterable[int], progress: bool) -> Any:
    """The epochs, with a bar where one can be shown."""
    if not progress:
        return epochs
    try:
        from tqdm import tqdm
    except ImportError:
        return epochs
    if not type(sys.stdout).__module__.startswith("ipykernel."):
        # disable=None shows it on a terminal only.
        return tqdm(epochs, disable=None, unit="epoch")

    from IPython.display import display

    class NotebookBar(tqdm):  # type: ignore[misc]
        """A line of text, which is still there in an exported notebook, where a widget is gone."""

        @staticmethod
        def status_printer(file: object) -> Callable[[str], None]:
            shown = display({"text/plain": ""}, raw=True, display_id=True)
            return lambda line: shown.update({"text/plain": line}, raw=True)

    # The line ends that it writes besides are for terminals.
    return NotebookBar(epochs, unit="epoch", ncols=80, ascii=False, file=io.StringIO())
