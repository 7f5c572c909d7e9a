"""What is said of a loss that is nan or infinite, or is stuck: why, and what to try."""

import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from autograd import Value, detect_anomaly, no_grad
from nn.checks import some
from nn.module import Module
from nn.randomness import random_numbers_from
from nn.training_steps import Steps

# The inputs and the targets, each with its name.
Samples = list[tuple[str, Sequence[Any]]]

# A training of at least so many epochs is stuck if its loss changed by no more than this,
# relatively, in the second half of them, and is not this small relative to the first loss.
_STANDSTILL, _FEW_EPOCHS, _SOLVED = 1e-4, 20, 1e-2


def is_finite(number: Any) -> bool:
    """Whether a number, or each number of an array, is neither nan nor infinite."""
    is_below = abs(number) < math.inf
    if is_below is True:
        return True
    try:
        return bool(is_below.all() if hasattr(is_below, "all") else is_below)
    except TypeError:
        # A symbol is neither finite nor infinite.
        return True


def warn_if_stuck(model: Any, losses: Sequence[Any]) -> None:
    """Warns of a training that is stuck because some neurons learn nothing.

    A neuron with relu whose sum is below 0 for all inputs has derivative 0 for all of them, so it
    stays as it is. Two such neurons are enough for a network never to learn XOR.

    Args:
        model: the model, whose parameters have the gradients of the last step, of all inputs.
        losses: the loss of each epoch.
    """
    if not isinstance(model, Module) or len(losses) < _FEW_EPOCHS:
        return
    first, middle, last = losses[0], losses[len(losses) // 2], losses[-1]
    if not all(isinstance(loss, float) for loss in (first, middle, last)):
        return
    if abs(middle - last) > _STANDSTILL * abs(last) or abs(last) <= _SOLVED * abs(first):
        return
    gradients: dict[str, list[Any]] = {}
    for path, parameter in model.named_parameters():
        # The neuron in "layers.0.neurons.1.w.0".
        neuron, found, _ = path.rpartition(".w.")
        if found:
            gradients.setdefault(neuron, []).append(parameter.grad)
    idle = [neuron for neuron, numbers in gradients.items() if not any(numbers)]
    if idle:
        warnings.warn(
            f"the loss stands still at {last:.4g}, and of {len(gradients)} neurons these learn "
            f"nothing more: {some(idle)}. The gradient of their weights is 0 for all inputs, as "
            "it is for relu where every sum is below 0. Begin with other weights, by "
            'rng=random.Random(1), or take more neurons, or activation="leaky_relu" or "tanh"',
            RuntimeWarning,
            stacklevel=4,
        )


def cause(steps: Steps, samples: Samples, indices: list[int]) -> str:
    """Why a loss is nan or infinite: a parameter, or a sample and an operation; and what to try.

    Args:
        steps: the steps of the training; Values are as the last whole step left them.
        samples: the inputs and the targets, each with its name.
        indices: which of them the loss was computed from.
    """
    return (
        cause_in_parameters(steps) or _in_sample(steps, samples, indices) or _in_sum(steps, indices)
    )


def cause_in_parameters(steps: Steps) -> str:
    """Says which parameter the last step made nan or infinite, and why; "" for none."""
    for parameter, (number, gradient) in zip(
        steps.optimizer.parameters, steps.last[0], strict=True
    ):
        if is_finite(number):
            continue
        found = f"the parameter {_names(steps)[parameter]} is {number}"
        if not steps.is_begun:
            return f"{found} before the first step"
        if gradient is not None and not is_finite(gradient):
            samples: Samples = [("inputs", steps.inputs), ("targets", steps.targets)]
            reason = _given(samples, range(len(steps.inputs))) or (
                "somewhere a derivative is infinite, as that of sqrt(x) or log(x) at 0. Call the "
                "model and the loss within autograd.detect_anomaly(), which names the operation"
            )
            return f"{found}, since its gradient was {gradient}: {reason}"
        return f"{found}, after a step with a gradient of {gradient}. Try {_smaller(steps)}"
    return ""


def _in_sample(steps: Steps, samples: Samples, indices: list[int]) -> str:
    """Says of which sample the loss is nan or infinite, and which operation makes it so."""
    (name, inputs), (_, targets) = samples
    for index in indices:
        if given := _given(samples, [index]):
            return given
        loss, operation = _loss_and_operation(steps, inputs[index], targets[index])
        if loss is None or not is_finite(loss):
            return (
                f"it is that of {name}[{index}], {_shown(inputs[index])}{operation}. "
                f"{_largest(steps)}Try {_smaller(steps) + ', ' if steps.is_begun else ''}"
                "smaller initial weights, or inputs scaled to about 1"
            )
    return ""


def _given(samples: Samples, indices: Iterable[int]) -> str:
    """Says which of the samples holds a number that is nan or infinite; "" for none."""
    for index in indices:
        for part, numbers in samples:
            if not all(map(is_finite, _numbers(numbers[index]))):
                given = f"{part}[{index}] is {_shown(numbers[index])}"
                return f"{given}: leave that sample out, or fill in a number"
    return ""


def _in_sum(steps: Steps, indices: list[int]) -> str:
    return (
        f"those of its {len(indices)} samples, one by one, are finite, but their sum is too large, "
        f"or it was the random numbers that the model was given. {_largest(steps)}Try "
        f"{_smaller(steps)}"
    )


def _loss_and_operation(steps: Steps, x: Any, target: Any) -> tuple[Any, str]:
    """The loss of a sample, and the first operation that makes a nan or an infinity."""
    try:
        with detect_anomaly(), random_numbers_from(None):
            steps.loss(steps.model(x), target)
        operation = ""
    except FloatingPointError as error:
        operation = f", where {error}"
    except Exception:
        operation = ""
    try:
        with no_grad(), random_numbers_from(None):
            return getattr(steps.loss(steps.model(x), target), "data", None), operation
    except Exception:
        return None, operation


def _smaller(steps: Steps) -> str:
    return f"a smaller learning rate than {steps.optimizer.learning_rate}"


def _largest(steps: Steps) -> str:
    """Says which parameter is the largest, if it is unusually large."""
    parameters = [p for p in steps.optimizer.parameters if isinstance(p.data, (int, float))]
    largest = max(parameters, key=lambda parameter: abs(parameter.data), default=None)
    if largest is None or abs(largest.data) < 1e4:
        return ""
    return f"The largest parameter, {_names(steps)[largest]}, is {largest.data:.4g}. "


def _names(steps: Steps) -> dict[Value, str]:
    """What each parameter is called: its path in the model, its label, or its index."""
    named: dict[Value, str] = {}
    if isinstance(steps.model, Module):
        named = {parameter: name for name, parameter in steps.model.named_parameters()}
    return {
        parameter: named.get(parameter) or parameter.label or f"parameters[{index}]"
        for index, parameter in enumerate(steps.optimizer.parameters)
    }


def _numbers(structure: Any) -> Iterator[Any]:
    """The real numbers in nested lists, dicts and arrays."""
    waiting = [structure]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += part.values()
        elif hasattr(part, "tolist"):
            waiting.append(part.tolist())
        elif isinstance(part, (list, tuple)):
            waiting += part
        elif isinstance(part, (int, float)):
            yield part


def _shown(numbers: Any) -> str:
    text = repr(numbers.tolist() if hasattr(numbers, "tolist") else numbers)
    return text if len(text) <= 60 else f"{text[:57]}..."
