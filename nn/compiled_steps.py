"""The steps of a compiled training: the loss of one sample as a program that runs over a batch."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import autograd
from autograd import Value
from nn.data import columns, numbers, require_points, rows
from nn.optimizers import Optimizer
from nn.randomness import RandomNumbers, random_numbers_from
from nn.targets import require_targets, unknown_targets
from nn.training_steps import Steps, require_dependence, require_value


class ProgramSteps(Steps):
    """Each step runs a compiled program over its batch, and then the optimizer over Values."""

    def __post_init__(self) -> None:
        parameters = self.optimizer.parameters
        samples = (self.inputs, self.targets)
        self.program = self._program(self.trained_loss, parameters, *samples, self.rng)
        if self.validation:
            self.validating = self._program(self.loss_of, parameters, *self.validation, None)
        super().__post_init__()

    def read(self) -> None:
        """Takes the Values and the optimizer as they are now for the last whole step."""
        super().read()
        self.program.renew()
        if self.validation:
            self.validating.renew()

    def _program(self, *args: Any) -> "LossProgram":
        if self.executor is None:
            return LossProgram(*args)
        from nn.shards import ShardedProgram

        return ShardedProgram(self.executor, *args)

    def loss_of(self, x: Any, target: Any) -> Value:
        """The loss of one sample, which is recorded."""
        with self.users_arithmetic():
            loss = self.loss(self.model(x), target)
        require_value(loss)
        return loss

    def trained_loss(self, x: Any, target: Any) -> Value:
        """The loss of one sample, after a check that something is trained."""
        loss = self.loss_of(x, target)
        require_dependence([loss], self.optimizer)
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


class LossProgram:
    """The loss of one sample as a program that runs on many of them side by side.

    Args:
        loss_of: gives the loss of an input and its target.
        parameters: those of the program.
        inputs, targets: the samples.
        rng: draws the random numbers of a model that is trained; None for one that is not.

    Raises:
        ValueError: for samples that differ in structure.
        TypeError: for samples that hold anything but real numbers.
        ImportError: without NumPy.
    """

    def __init__(
        self,
        loss_of: Callable[[Any, Any], Value],
        parameters: list[Value],
        inputs: Sequence[Any],
        targets: Sequence[Any],
        rng: Any,
    ):
        self.loss_of = loss_of
        self.parameters = parameters
        self.first = (inputs[0], targets[0])
        self.columns = (columns(inputs), columns(targets))
        self.all = list(range(len(inputs)))
        self.rng = rng

    def renew(self) -> None:
        """Has model and loss recorded at the next run: what they read may have changed.

        Besides parameters and arguments, whatever they read is a constant of the program.
        """
        self.random = RandomNumbers()
        # The arguments of the recording, and the targets among them that the loss could not check.
        self._arguments: list[Any] = []
        self._unknown: list[Any] = []
        self.is_checked = False
        self._compile()

    def run(self, method: str, batch: list[int] | None = None, **options: Any) -> Any:
        """What a method of the program gives for the samples at these indices, or for all."""
        batch = self.all if batch is None else batch
        samples = self.columns if batch == self.all else rows(self.columns, batch)
        try:
            result = getattr(self.program, method)(*samples, *self._drawn(len(batch)), **options)
        except _AskedForNumbers:
            # They are known now, and become an argument.
            self._compile()
            result = getattr(self.program, method)(*samples, *self._drawn(len(batch)), **options)
        if not self.is_checked:
            known = zip(self._arguments, numbers(list(self.columns)), strict=True)
            require_targets(self._unknown, dict(known))
            self.is_checked = True
            self._arguments, self._unknown = [], []
        return result

    def _compile(self) -> None:
        self.program = autograd.compile(self._recorded, parameters=self.parameters)

    def _recorded(self, x: Any, target: Any, *drawn: Any) -> Value:
        try:
            require_points((x, target), self.columns)
        except ValueError as error:
            # The model or the loss itself may say what it takes.
            self.loss_of(*self.first)
            raise error from None
        self._arguments = numbers([x, target])
        source = None if self.rng is None else drawn[0] if drawn else self.random
        with unknown_targets() as self._unknown, random_numbers_from(source):
            loss = self.loss_of(x, target)
        if not drawn and self.random.are_normal:
            raise _AskedForNumbers
        return loss

    def _drawn(self, count: int) -> list[Any]:
        """The random numbers for so many samples: a table with a row for each, if there are any."""
        if not self.random.are_normal:
            return []
        import numpy as np

        return [np.array([self.random.drawn(self.rng) for _ in range(count)])]


class _AskedForNumbers(Exception):  # noqa: N818
    """The model asked for random numbers while it was recorded."""
