"""The steps of a training: over Values, or by a compiled program.

A step is taken wholly or not at all, wherever Ctrl-C interrupts it. The state after the last whole
step is kept in one attribute, so that a single instruction replaces it. `write` is called at the
end of a training and after any exception. It restores what an interrupted step had changed, and may
itself be interrupted and called again.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import Any

from autograd import Value, mean, no_grad
from nn.loss_program import LossProgram
from nn.optimizers import Optimizer
from nn.randomness import random_numbers_from


@dataclass
class Steps:
    """Each step records the graph of its batch anew."""

    model: Callable[[Any], Any]
    inputs: Sequence[Any]
    targets: Sequence[Any]
    loss: Callable[[Any, Any], Value]
    optimizer: Optimizer
    # Inputs and targets that are not trained on, and what draws the random numbers of the model.
    validation: tuple[Sequence[Any], Sequence[Any]] | None
    rng: Any

    def __post_init__(self) -> None:
        self.is_checked = False
        # Whether a step has been taken.
        self.is_begun = False
        # The gradients of Values that are not trained, before `backward` changed them.
        self.untrained: dict[Value, Any] = {}
        self.unseen = set(range(len(self.inputs)))
        self.parameters = list(self.optimizer.parameters)
        self.read()

    def read(self) -> None:
        """Takes the Values and the optimizer as they are now for the last whole step.

        Raises ValueError if the optimizer has got other parameters.
        """
        if list(map(id, self.optimizer.parameters)) != list(map(id, self.parameters)):
            raise ValueError(
                "the parameters of an optimizer stay the same during a training: end it, and fit "
                "again with an optimizer of those that are to be changed"
            )
        self.last = self.snapshot()

    def snapshot(self) -> tuple[list[tuple[Any, Any]], dict[str, Any], list[Any]]:
        """Everything that a step changes, as it is now: numbers, gradients and the optimizer."""
        optimizer = self.optimizer
        numbers = [(parameter.data, parameter.grad) for parameter in optimizer.parameters]
        return numbers, vars(optimizer).copy(), optimizer.state.copy()

    def write(self) -> None:
        """Restores the Values and the optimizer as the last whole step left them."""
        numbers, attributes, state = self.last
        for parameter, (data, gradient) in zip(self.parameters, numbers, strict=True):
            parameter.data = data
            parameter.grad = gradient
        for leaf, gradient in self.untrained.items():
            leaf.grad = gradient
        vars(self.optimizer).update(attributes, state=state)

    def mean_loss(self, batch: list[int]) -> Any:
        """The mean loss of the inputs at these indices; its gradients are kept for `step`."""
        with random_numbers_from(self.rng):
            loss = _mean([self.loss(self.model(self.inputs[i]), self.targets[i]) for i in batch])
        if not self.is_checked:
            # A loss may be constant for right predictions, as max(Value(0), -label * score) is 0.
            is_wrong = isinstance(loss.data, (int, float)) and loss.data != 0
            outputs = [loss] if is_wrong else chain([loss], map(self.model, self.inputs))
            _require_dependence(outputs, self.optimizer)
            self.is_checked = True
        # The search takes half the time of `backward`; in later epochs it would find the same.
        if not self.unseen.isdisjoint(batch):
            for leaf in _leaves(loss).difference(self.optimizer.parameters):
                self.untrained.setdefault(leaf, leaf.grad)
            self.unseen.difference_update(batch)
        self.optimizer.zero_grad()
        loss.backward()
        return loss.data

    def step(self) -> None:
        """Changes the parameters by the gradients of `mean_loss`."""
        self.optimizer.step()
        self.last = self.snapshot()
        self.is_begun = True

    def validation_loss(self) -> Any:
        """The mean loss of the samples that are not trained on."""
        assert self.validation
        pairs = zip(*self.validation, strict=True)
        with no_grad(), random_numbers_from(None):
            return _mean([self.loss(self.model(x), target) for x, target in pairs]).data

    def arithmetic(self) -> AbstractContextManager[Any]:
        """The context in which the steps are taken."""
        return nullcontext()

    def users_arithmetic(self) -> AbstractContextManager[Any]:
        """The context in which the user's functions are called."""
        return nullcontext()

    def gradients(self) -> Any:
        """The gradient of each parameter of the optimizer at the last step."""
        return [parameter.grad for parameter in self.optimizer.parameters]


class ProgramSteps(Steps):
    """Each step runs a compiled program over its batch, and then the optimizer over Values."""

    def __post_init__(self) -> None:
        parameters = self.optimizer.parameters
        samples = (self.inputs, self.targets)
        self.program = LossProgram(self.trained_loss, parameters, *samples, self.rng)
        if self.validation:
            self.validating = LossProgram(self.loss_of, parameters, *self.validation, None)
        super().__post_init__()

    def read(self) -> None:
        """Takes the Values and the optimizer as they are now for the last whole step."""
        super().read()
        self.program.renew()
        if self.validation:
            self.validating.renew()

    def loss_of(self, x: Any, target: Any) -> Value:
        """The loss of one sample, which is recorded."""
        with self.users_arithmetic():
            loss = self.loss(self.model(x), target)
        _require_value(loss)
        return loss

    def trained_loss(self, x: Any, target: Any) -> Value:
        """The loss of one sample, after a check that something is trained."""
        loss = self.loss_of(x, target)
        _require_dependence([loss], self.optimizer)
        return loss

    def mean_loss(self, batch: list[int]) -> Any:
        """The mean loss of the inputs at these indices; its gradients are kept for `step`."""
        self.optimizer.zero_grad()
        return self.program.run("backward", batch)

    def validation_loss(self) -> Any:
        """The mean loss of the samples that are not trained on."""
        self.write()
        return float(self.validating.run("__call__").mean())


class ArraySteps(ProgramSteps):
    """Parameters, gradients and the optimizer's state are arrays, written back at the end."""

    def read(self) -> None:
        """Takes the Values and the optimizer as they are now for the last whole step."""
        super().read()
        import numpy as np

        optimizer = self.optimizer
        data = self.program.program.vector()
        states = zip(*optimizer.state, strict=True)
        state = tuple(np.array(each, dtype=float) for each in states)
        # The last whole step's parameters, gradient and state, and the optimizer's attributes.
        self.arrays = (data, None, state, vars(optimizer).copy())
        # Asked once, since it takes a share of the time of a small step.
        self.is_in_floats = optimizer.in_floats() is optimizer

    def mean_loss(self, batch: list[int]) -> Any:
        """The mean loss of the inputs at these indices; its gradients are kept for `step`."""
        value, self.gradient = self.program.run("value_and_grad", batch, at=self.arrays[0])
        return value

    def step(self) -> None:
        """Changes the parameters by the gradients of `mean_loss`."""
        data, _, state, _ = self.arrays
        optimizer = self.optimizer
        optimizer.begin_step()
        stepping = optimizer if self.is_in_floats else optimizer.in_floats()
        data, state = stepping.updated(data, self.gradient, state)
        self.arrays = (data, self.gradient, state, vars(optimizer).copy())
        self.is_begun = True

    def arithmetic(self) -> AbstractContextManager[Any]:
        """A context without NumPy's warnings: arrays become infinite or nan as floats do."""
        import numpy as np

        self.outer = np.geterr()
        return np.errstate(all="ignore")

    def users_arithmetic(self) -> AbstractContextManager[Any]:
        """A context with the user's settings of NumPy's warnings, for what the user wrote."""
        import numpy as np

        return np.errstate(**self.outer)

    def gradients(self) -> Any:
        """The gradient of each parameter of the optimizer at the last step, as an array."""
        return self.arrays[1]

    def write(self) -> None:
        """Restores the Values and the optimizer as the last whole step left them."""
        data, gradient, state, attributes = self.arrays
        if gradient is not None:
            numbers = list(zip(data.tolist(), gradient.tolist(), strict=True))
            columns = [column.tolist() for column in state]
            states = list(zip(*columns, strict=True)) if columns else [()] * len(numbers)
            self.last = numbers, attributes, states
        super().write()


def steps_of(optimizer: Optimizer, compiled: bool) -> type[Steps]:
    """How a training takes its steps: on arrays, unless an optimizer steps in a way of its own."""
    if not compiled:
        return Steps
    for name in ("zero_grad", "step"):
        # What was written for single parameters, such as a clipping of their gradients.
        method = getattr(getattr(optimizer, name), "__func__", None)
        if getattr(method, "__module__", "") != Optimizer.__module__:
            return ProgramSteps
    return ArraySteps if optimizer.takes_arrays() else ProgramSteps


def _mean(losses: list[Any]) -> Value:
    """The mean of the losses. Raises TypeError for one that is no real Value."""
    try:
        loss: Value = mean(losses)
        _require_value(loss)
        return loss
    except TypeError:
        for loss in losses:
            _require_value(loss)
        raise


def _require_value(loss: Any) -> None:
    if not isinstance(loss, Value):
        advice = "write autograd.maximum(0, x) for max(0, x)"
        if loss is None:
            advice = "a function without `return` gives None"
        raise TypeError(
            f"loss gives a Value, computed from the prediction, not {loss!r:.200}: {advice}"
        )
    if isinstance(loss.data, complex):
        raise TypeError(
            f"a loss is a real number, not {loss.data}: complex numbers have no smallest"
        )


def _require_dependence(outputs: Iterable[Any], optimizer: Optimizer) -> None:
    parameters = set(optimizer.parameters)
    if not any(_depends(output, parameters) for output in outputs):
        raise ValueError(
            f"the loss depends on none of the {len(parameters)} parameters of the optimizer, so "
            "nothing would be trained: give the optimizer those of this model, "
            "model.parameters(), compute the loss from the prediction and not from its data, and "
            "call fit() outside of no_grad()"
        )


def _leaves(output: Value) -> set[Value]:
    """The leaves that an output was computed from."""
    seen, level = {output}, [output]
    while level:
        parents = set(chain.from_iterable([node.parents for node in level])) - seen
        seen |= parents
        level = [node for node in parents if node.parents]
    return {node for node in seen if not node.parents}


def _depends(output: Any, parameters: set[Value]) -> bool:
    """Whether a Value, or one in nested lists and dicts, was computed from a parameter."""
    waiting, seen = [output], set()
    while waiting:
        part = waiting.pop()
        # By id, since lists can't be hashed; the output keeps all of its parts alive.
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, (list, tuple)):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, Value):
            if part in parameters:
                return True
            waiting += part.parents
    return False
