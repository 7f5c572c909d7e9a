"""SGD, Adam, AdamW and RMSprop."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from autograd import Value
from autograd.slips import answers_slips
from nn.checks import below_1, not_negative
from nn.optimizer import Optimizer

__all__ = ["SGD", "Adam", "AdamW", "Optimizer", "RMSprop"]


def _betas(name: str, betas: Any) -> tuple[Any, ...]:
    if not isinstance(betas, Sequence) or len(betas) != 2:
        raise TypeError(f"betas is a pair of numbers, such as (0.9, 0.999), not {betas!r}")
    return tuple(below_1(f"each of {name}", beta) for beta in betas)


def _epsilon(name: str, epsilon: Any) -> Any:
    epsilon = not_negative(name, epsilon)
    if float(epsilon) == 0:
        raise ValueError(
            f"{name} is above 0, since a gradient that stays 0 is divided by it: write 1e-8, or a "
            f"smaller number such as 1e-30, not {epsilon!r}"
        )
    return epsilon


class SGD(Optimizer):
    """Gradient descent: velocity <- momentum * velocity + grad, p <- p - learning_rate * velocity.

    As in PyTorch, a momentum or a weight decay of 0 leaves its term out: for an infinite
    parameter or velocity it would be nan.

    Args:
        parameters: the Values to change.
        learning_rate: the size of a step.
        momentum: the share of the last step's velocity that is kept; 0 for none.
        weight_decay: adds weight_decay * p to the gradient of p.

    Raises:
        TypeError, ValueError: as Optimizer does.

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> SGD([p], learning_rate=0.1).step()
    >>> p.data
    0.95
    """

    options: ClassVar = {
        **Optimizer.options,
        "momentum": not_negative,
        "weight_decay": not_negative,
    }
    state_names: ClassVar = ("velocity",)

    @answers_slips
    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float,
        momentum: float = 0,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate)
        self.momentum = momentum
        self.weight_decay = weight_decay

    def update(
        self, parameter: Any, gradient: Any, state: tuple[Any, ...]
    ) -> tuple[Any, tuple[Any, ...]]:
        (velocity,) = state
        if self.weight_decay:
            gradient = gradient + self.weight_decay * parameter
        velocity = self.momentum * velocity + gradient if self.momentum else gradient
        return parameter - self.learning_rate * velocity, (velocity,)


class Adam(Optimizer):
    """Adam: steps scaled by running means of the gradient and of its square.

    Algorithm 1 of Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015). At step t,
    with the gradient g of a parameter p:

        mean   <- beta_1 * mean + (1 - beta_1) * g
        square <- beta_2 * square + (1 - beta_2) * g^2
        p <- p - learning_rate * mean / (1 - beta_1^t) / (sqrt(square / (1 - beta_2^t)) + epsilon)

    Args:
        parameters: the Values to change.
        learning_rate: the size of a step.
        betas: the shares of the mean and of the mean square that are kept at a step, each at
            least 0 and below 1.
        epsilon: added to the denominator, above 0.
        weight_decay: adds weight_decay * p to the gradient of p.

    Raises:
        TypeError: as Optimizer does, and for betas that are not a pair.
        ValueError: as Optimizer does, and for a beta of at least 1 or an epsilon of 0.

    The first step is as large as the learning rate, whatever the gradient:

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> Adam([p], learning_rate=0.1).step()
    >>> round(p.data, 6)
    0.9
    """

    options: ClassVar = {
        **Optimizer.options,
        "betas": _betas,
        "epsilon": _epsilon,
        "weight_decay": not_negative,
    }
    state_names: ClassVar = ("mean", "square")

    @answers_slips
    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate)
        self.betas = betas
        self.epsilon = epsilon
        self.weight_decay = weight_decay

    def update(
        self, parameter: Any, gradient: Any, state: tuple[Any, ...]
    ) -> tuple[Any, tuple[Any, ...]]:
        mean, square = state
        if self.weight_decay:
            parameter, gradient = self._decayed(parameter, gradient)
        keep, keep_square = self.betas
        mean = keep * mean + (1 - keep) * gradient
        square = keep_square * square + (1 - keep_square) * gradient * gradient
        # Both started at 0, so at first they are too small, by a known factor.
        full_mean = mean / (1 - keep**self.steps)
        full_square = square / (1 - keep_square**self.steps)
        change = self.learning_rate * full_mean / (full_square**0.5 + self.epsilon)
        return parameter - change, (mean, square)

    def _decayed(self, parameter: Any, gradient: Any) -> tuple[Any, Any]:
        return parameter, gradient + self.weight_decay * parameter


class AdamW(Adam):
    """Adam with a weight decay that does not enter the means of the gradient.

    Algorithm 2 of Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019), as
    PyTorch has it: each step begins with p <- p - learning_rate * weight_decay * p, and is then
    that of Adam without a weight decay.

    Arguments and errors are those of Adam; the weight decay is 0.01 if none is given.

    >>> p = Value(1.0)
    >>> p.grad = 0.0
    >>> AdamW([p], learning_rate=0.1).step()
    >>> p.data
    0.999
    """

    @answers_slips
    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        epsilon: float = 1e-8,
        weight_decay: float = 0.01,
    ):
        super().__init__(parameters, learning_rate, betas, epsilon, weight_decay)

    def _decayed(self, parameter: Any, gradient: Any) -> tuple[Any, Any]:
        return parameter - self.learning_rate * self.weight_decay * parameter, gradient


class RMSprop(Optimizer):
    """RMSprop: steps scaled by a running mean of the gradient's square.

    Hinton's lecture 6e of "Neural Networks for Machine Learning" (2012), as PyTorch has it:

        square   <- alpha * square + (1 - alpha) * g^2
        velocity <- momentum * velocity + g / (sqrt(square) + epsilon)
        p <- p - learning_rate * velocity

    Args:
        parameters: the Values to change.
        learning_rate: the size of a step.
        alpha: the share of the mean square that is kept at a step, at least 0 and below 1.
        epsilon: added to the denominator, above 0.
        momentum: the share of the last step's velocity that is kept; 0 for none.
        weight_decay: adds weight_decay * p to the gradient of p.

    Raises:
        TypeError: as Optimizer does.
        ValueError: as Optimizer does, and for an alpha of at least 1 or an epsilon of 0.

    The first step is ten times as large as the learning rate, whatever the gradient:

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> RMSprop([p], learning_rate=0.01).step()
    >>> round(p.data, 6)
    0.9
    """

    options: ClassVar = {
        **Optimizer.options,
        "alpha": below_1,
        "epsilon": _epsilon,
        "momentum": not_negative,
        "weight_decay": not_negative,
    }
    state_names: ClassVar = ("square", "velocity")

    @answers_slips
    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float = 0.01,
        alpha: float = 0.99,
        epsilon: float = 1e-8,
        momentum: float = 0,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate)
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
        self.weight_decay = weight_decay

    def update(
        self, parameter: Any, gradient: Any, state: tuple[Any, ...]
    ) -> tuple[Any, tuple[Any, ...]]:
        square, velocity = state
        if self.weight_decay:
            gradient = gradient + self.weight_decay * parameter
        square = self.alpha * square + (1 - self.alpha) * gradient * gradient
        scaled = gradient / (square**0.5 + self.epsilon)
        velocity = self.momentum * velocity + scaled if self.momentum else scaled
        return parameter - self.learning_rate * velocity, (square, velocity)
