"""Optimizers: they change the data of parameters by their gradients."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from autograd import Value, sqrt


class Optimizer(ABC):
    """What optimizers share: the parameters, and clearing their gradients."""

    def __init__(self, parameters: Iterable[Value], learning_rate: float, weight_decay: float):
        if hasattr(parameters, "parameters"):
            raise TypeError("an optimizer takes a list of Values: write model.parameters()")
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("there is nothing to optimize: the list of parameters is empty")
        for parameter in self.parameters:
            if not isinstance(parameter, Value):
                raise TypeError(f"a parameter is a Value, not {parameter!r}")
        if learning_rate < 0 or weight_decay < 0:
            raise ValueError("the learning rate and the weight decay are 0 or more")
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay

    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for parameter in self.parameters:
            parameter.grad = 0

    def step(self) -> None:
        """Changes every parameter once, by its gradient."""
        for position, parameter in enumerate(self.parameters):
            gradient = parameter.grad + self.weight_decay * parameter.data
            # Not `-=`: an array would be changed in place, in the graph too.
            parameter.data = parameter.data - self._change(position, gradient)

    @abstractmethod
    def _change(self, position: int, gradient: Any) -> Any:
        """How much is taken off the parameter at this position."""


class SGD(Optimizer):
    """Gradient descent: p <- p - learning_rate * velocity, velocity <- momentum * velocity + grad.

    Args:
        parameters: the Values to change.
        learning_rate: the size of a step.
        momentum: the share of the last step's velocity that is kept, 0 for none.
        weight_decay: adds weight_decay * p to the gradient of p.

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> SGD([p], learning_rate=0.1).step()
    >>> p.data
    0.95
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float,
        momentum: float = 0,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate, weight_decay)
        self.momentum = momentum
        self._velocities: list[Any] = [0] * len(self.parameters)

    def _change(self, position: int, gradient: Any) -> Any:
        velocity = self.momentum * self._velocities[position] + gradient
        self._velocities[position] = velocity
        return self.learning_rate * velocity


class Adam(Optimizer):
    """Adam (Kingma and Ba, 2015): steps scaled by running means of the gradient and its square.

    Args:
        parameters: the Values to change.
        learning_rate: the size of a step.
        betas: how much of the mean and of the mean square is kept at a step.
        epsilon: added to the denominator.
        weight_decay: adds weight_decay * p to the gradient of p.
    """

    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate, weight_decay)
        self.betas = betas
        self.epsilon = epsilon
        self._steps = 0
        self._means: list[Any] = [0] * len(self.parameters)
        self._squares: list[Any] = [0] * len(self.parameters)

    def step(self) -> None:
        """Changes every parameter once, by its gradient."""
        self._steps += 1
        super().step()

    def _change(self, position: int, gradient: Any) -> Any:
        keep, keep_square = self.betas
        mean = keep * self._means[position] + (1 - keep) * gradient
        square = keep_square * self._squares[position] + (1 - keep_square) * gradient * gradient
        self._means[position], self._squares[position] = mean, square
        # Both began at 0, so early means are too small by a known factor.
        mean = mean / (1 - keep**self._steps)
        square = square / (1 - keep_square**self._steps)
        return self.learning_rate * mean / (sqrt(square) + self.epsilon)
