"""Optimizers, which change the data of parameters by their gradients."""

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from autograd import Value
from nn.checks import as_python, not_negative

# The types of numbers that a step uses unchanged.
_PLAIN = frozenset([float, int])


def _betas(name: str, betas: Any) -> tuple[Any, ...]:
    if not isinstance(betas, Sequence) or len(betas) != 2:
        raise TypeError(f"betas is a pair of numbers, such as (0.9, 0.999), not {betas!r}")
    numbers = tuple(not_negative(f"each of {name}", beta) for beta in betas)
    for beta in numbers:
        if beta >= 1:
            raise ValueError(f"each of {name} is below 1, not {beta!r}")
    return numbers


def _epsilon(name: str, epsilon: Any) -> Any:
    epsilon = not_negative(name, epsilon)
    if float(epsilon) == 0:
        raise ValueError(
            f"{name} is above 0, since a gradient that stays 0 is divided by it: write 1e-8, or a "
            f"smaller number such as 1e-30, not {epsilon!r}"
        )
    return epsilon


class Optimizer(ABC):
    """The base of optimizers. A subclass defines `_change`.

    Args:
        parameters: the Values to change: leaves, each given once.
        learning_rate: the size of a step.
        weight_decay: adds weight_decay * p to the gradient of p.

    Attributes:
        steps: the number of steps that were taken.
    """

    # The options, which may be set at any time, with the check of each.
    options: ClassVar[Mapping[str, Callable[[str, Any], Any]]] = {
        "learning_rate": not_negative,
        "weight_decay": not_negative,
    }

    def __init__(self, parameters: Iterable[Value], learning_rate: float, weight_decay: float):
        if not isinstance(parameters, Iterable):
            raise TypeError(
                "an optimizer takes a list of Values, such as model.parameters(), "
                f"not {parameters!r}"
            )
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("there is nothing to optimize: the list of parameters is empty")
        for parameter in self.parameters:
            if not isinstance(parameter, Value):
                raise TypeError(f"a parameter is a Value, not {parameter!r}")
            if parameter.parents:
                raise ValueError(
                    f"a parameter is a leaf, and {parameter!r} was computed from others: "
                    "optimize those, or its detach()"
                )
        if len(set(self.parameters)) < len(self.parameters):
            raise ValueError(
                "a parameter is given twice, and would take two steps at once: give each once"
            )
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.steps = 0
        # What is remembered for each parameter: the second result of `_change`.
        self.state: list[tuple[Any, ...]] = [()] * len(self.parameters)

    def __setattr__(self, name: str, setting: Any) -> None:
        # A schedule sets options during the training.
        if name in self.options:
            setting = self.options[name](name, setting)
        super().__setattr__(name, setting)

    def in_floats(self) -> "Optimizer":
        """This optimizer, or if an option is a Fraction, say, a copy with floats for options."""
        settings = {name: getattr(self, name) for name in self.options}
        if all(map(_is_float, settings.values())):
            return self
        twin = copy.copy(self)
        vars(twin).update({name: _as_float(setting) for name, setting in settings.items()})
        return twin

    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for parameter in self.parameters:
            parameter.grad = 0

    def step(self) -> None:
        """Changes every parameter once, by its gradient; if that fails, none of them.

        Raises TypeError for a gradient that is no number, such as None.
        """
        steps, before = self.steps, self.state
        numbers = []
        try:
            self.begin_step()
            numbers = [parameter.data for parameter in self.parameters]
            gradients = [parameter.grad for parameter in self.parameters]
            data = numbers
            # One look at all types takes less time than a check of each number.
            types = [*map(type, numbers), *map(type, gradients)]
            if types.count(float) < len(types) and not _PLAIN.issuperset(types):
                data, gradients = [*map(as_python, numbers)], [*map(_gradient, gradients)]
            data, state = self.updated(data, gradients, before)
            for parameter, number in zip(self.parameters, data, strict=True):
                parameter.data = number
            self.state = state
        except BaseException:
            # Ctrl-C may come between any two instructions.
            self.steps, self.state = steps, before
            for parameter, number in zip(self.parameters, numbers, strict=False):
                parameter.data = number
            raise

    def begin_step(self) -> None:
        """Counts the step."""
        self.steps += 1

    def updated(
        self, data: Sequence[Any], gradients: Sequence[Any], state: Sequence[tuple[Any, ...]]
    ) -> tuple[list[Any], list[tuple[Any, ...]]]:
        """The data and the state of each parameter after a step; nothing is changed.

        An array may stand for many parameters, as one item of each list.
        """
        decay = self.weight_decay
        new_data, new_state = [], []
        for number, gradient, memory in zip(data, gradients, state, strict=True):
            if decay:
                gradient = gradient + decay * number
            change, memory = self._change(gradient, memory)
            # Not `-=`: an array would be changed in place, in the graph too.
            new_data.append(number - change)
            new_state.append(memory)
        return new_data, new_state

    @abstractmethod
    def _change(self, gradient: Any, state: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """What is subtracted from a parameter, and its state after the step."""


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
        TypeError: for parameters that are no Values, or options that are no numbers.
        ValueError: for no parameters, one that was computed or is given twice, or options
            below 0.

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> SGD([p], learning_rate=0.1).step()
    >>> p.data
    0.95
    """

    options: ClassVar = {**Optimizer.options, "momentum": not_negative}

    def __init__(
        self,
        parameters: Iterable[Value],
        learning_rate: float,
        momentum: float = 0,
        weight_decay: float = 0,
    ):
        super().__init__(parameters, learning_rate, weight_decay)
        self.momentum = momentum
        self.state = [(0,)] * len(self.parameters)

    def _change(self, gradient: Any, state: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        (velocity,) = state
        velocity = self.momentum * velocity + gradient if self.momentum else gradient
        return self.learning_rate * velocity, (velocity,)


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
        TypeError: for parameters that are no Values, options that are no numbers, or betas that
            are no pair.
        ValueError: as SGD does, and for a beta of at least 1 or an epsilon of 0.

    The first step is as large as the learning rate, whatever the gradient:

    >>> p = Value(1.0)
    >>> p.grad = 0.5
    >>> Adam([p], learning_rate=0.1).step()
    >>> round(p.data, 6)
    0.9
    """

    options: ClassVar = {**Optimizer.options, "betas": _betas, "epsilon": _epsilon}

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
        self.state = [(0, 0)] * len(self.parameters)

    def _change(self, gradient: Any, state: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        mean, square = state
        keep, keep_square = self.betas
        mean = keep * mean + (1 - keep) * gradient
        square = keep_square * square + (1 - keep_square) * gradient * gradient
        # Both began at 0, so at first they are too small by a known factor.
        full_mean = mean / (1 - keep**self.steps)
        full_square = square / (1 - keep_square**self.steps)
        return self.learning_rate * full_mean / (full_square**0.5 + self.epsilon), (mean, square)


# A setting is a number or a pair of numbers.
def _is_float(setting: Any) -> bool:
    return all(map(_is_float, setting)) if type(setting) is tuple else type(setting) in (float, int)


def _as_float(setting: Any) -> Any:
    return tuple(map(_as_float, setting)) if type(setting) is tuple else float(setting)


def _gradient(given: Any) -> Any:
    try:
        return Value(given).data
    except TypeError:
        raise TypeError(
            f"the grad of a parameter is {given!r:.100}, which is no number: set it to 0, as "
            "zero_grad() does before backward(), or leave the parameter out of the optimizer"
        ) from None
