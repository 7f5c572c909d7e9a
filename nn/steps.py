"""The steps of a training: over Values, or over arrays by a compiled program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import autograd
from autograd import Value, mean
from nn.optimizers import Optimizer


@dataclass
class Steps:
    """Each step records the graph of its batch anew."""

    model: Callable[[Any], Any]
    inputs: Sequence[Any]
    targets: Sequence[Any]
    loss: Callable[[Any, Any], Value]
    optimizer: Optimizer
    is_checked: bool = field(default=False, init=False)

    def step(self, batch: list[int]) -> Any:
        """Changes the parameters by the inputs at these positions; returns their mean loss."""
        error = mean([self.loss(self.model(self.inputs[i]), self.targets[i]) for i in batch])
        _require_value(error)
        if not self.is_checked:
            # A loss may be constant while predictions are right: max(Value(0), -label * score).
            _require_dependence(chain([error], map(self.model, self.inputs)), self.optimizer)
            self.is_checked = True
        self.optimizer.zero_grad()
        error.backward()
        self.optimizer.step()
        return error.data

    def gradients(self) -> Any:
        """The gradient of each parameter of the optimizer, at the last step."""
        return [parameter.grad for parameter in self.optimizer.parameters]

    def __enter__(self) -> "Steps":
        return self

    def __exit__(self, *_: object) -> None:
        return None


@dataclass
class CompiledSteps(Steps):
    """Parameters, gradients and the optimizer's state are arrays, written back at the end."""

    def __post_init__(self) -> None:
        model, loss, optimizer = self.model, self.loss, self.optimizer

        def error(x: Any, target: Any) -> Value:
            result = loss(model(x), target)
            _require_value(result)
            _require_dependence([result], optimizer)
            return result

        self.program = autograd.compile(error, parameters=optimizer.parameters)
        self.data = self.program.vector()
        self.gradient: Any = None
        self.state: tuple[Any, ...] = tuple(map(_column, zip(*optimizer.state, strict=True)))
        self.columns = (_columns(self.inputs), _columns(self.targets))

    def step(self, batch: list[int]) -> Any:
        """Changes the parameters by the inputs at these positions; returns their mean loss."""
        columns = (
            self.columns if batch == list(range(len(self.inputs))) else _rows(self.columns, batch)
        )
        value, gradient = self.program.value_and_grad(*columns, at=self.data)
        self.optimizer.begin_step()
        # All at once, so that an interruption finds either the step before or this one.
        self.gradient, (self.data, self.state) = (
            gradient,
            self.optimizer.updated(self.data, gradient, self.state),
        )
        return value

    def gradients(self) -> Any:
        """The gradient of each parameter of the optimizer at the last step, as an array."""
        return self.gradient

    def __exit__(self, *_: object) -> None:
        if self.gradient is None:
            return
        self.program.load(self.data)
        parameters = self.optimizer.parameters
        for parameter, gradient in zip(parameters, self.gradient.tolist(), strict=True):
            parameter.grad = gradient
        columns = [column.tolist() for column in self.state]
        self.optimizer.state = (
            list(zip(*columns, strict=True)) if columns else [()] * len(parameters)
        )


def _require_value(error: Any) -> None:
    if not isinstance(error, Value):
        raise TypeError(
            f"loss gives a Value, computed from the prediction, not {error!r}: "
            "write autograd.maximum(0, x) for max(0, x)"
        )


def _require_dependence(outputs: Iterable[Any], optimizer: Optimizer) -> None:
    parameters = set(optimizer.parameters)
    if not any(_depends(output, parameters) for output in outputs):
        raise ValueError(
            f"the loss depends on none of the {len(parameters)} parameters of the optimizer, so "
            "nothing would be trained: give the optimizer those of this model, "
            "model.parameters(), and call fit() outside of no_grad()"
        )


def _depends(output: Any, parameters: set[Value]) -> bool:
    """Whether a Value, or one in lists and dicts, was computed from any of the parameters."""
    waiting, seen = [output], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, (list, tuple)):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, Value) and part not in seen:
            if part in parameters:
                return True
            seen.add(part)
            waiting += part.parents
    return False


def _columns(samples: Sequence[Any]) -> Any:
    """The structure of one sample, with an array of all samples in the place of each number."""
    first = samples[0]
    if isinstance(first, dict):
        return {key: _columns([sample[key] for sample in samples]) for key in first}
    if isinstance(first, (list, tuple)):
        if {len(sample) for sample in samples} != {len(first)}:
            raise ValueError("compiled training takes inputs of one length, all alike")
        return [_columns([sample[place] for sample in samples]) for place in range(len(first))]
    return _column(samples)


def _column(numbers: Sequence[Any]) -> Any:
    import numpy as np

    return np.array(numbers, dtype=float)


def _rows(columns: Any, batch: list[int]) -> Any:
    if isinstance(columns, dict):
        return {key: _rows(column, batch) for key, column in columns.items()}
    if isinstance(columns, (list, tuple)):
        return type(columns)([_rows(column, batch) for column in columns])
    return columns[batch]
