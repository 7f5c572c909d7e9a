"""The steps of a compiled training: on arrays, or on Values for optimizers that need these."""

from contextlib import AbstractContextManager
from typing import Any

from autograd import Value
from nn.checks import require_numpy
from nn.loss_program import LossProgram
from nn.optimizers import Optimizer
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

    def _program(self, *args: Any) -> LossProgram:
        if self.executor is None:
            return LossProgram(*args)
        # What it imports takes time, and few trainings have workers.
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
        # The parameters, gradient, state and optimizer's attributes of the last whole step.
        self.arrays = (data, None, state, vars(optimizer).copy())
        # Asked only once, because it takes a noticeable part of the time of a small step.
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
    """How a training takes its steps: on arrays, unless the optimizer overrides how it steps."""
    if not compiled:
        return Steps
    require_numpy("compiled training")
    for name in ("zero_grad", "step"):
        # An override was written for single parameters: it may clip their gradients, for example.
        method = getattr(getattr(optimizer, name), "__func__", None)
        if getattr(method, "__module__", "") != Optimizer.__module__:
            return ProgramSteps
    return ArraySteps if optimizer.takes_arrays() else ProgramSteps
