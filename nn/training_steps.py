"""The steps of a training, over Values.

A step is taken wholly or not at all, wherever Ctrl-C interrupts it. The state after the last whole
step is kept in one attribute, which a single instruction replaces. `write` is called at the end of
a training and after any exception. It restores what an interrupted step had changed, and may itself
be interrupted and called again.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import Any

from autograd import Value, mean, no_grad
from nn.module import Module, joined, parts_of, search
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
    # Inputs and targets that are not trained on, and the source of the model's random numbers.
    validation: tuple[Sequence[Any], Sequence[Any]] | None
    rng: Any
    # Its workers hold the samples; None if this process does.
    executor: Any = None

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

        Raises ValueError if the optimizer was given other parameters.
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
            require_dependence(outputs, self.optimizer)
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


def _mean(losses: list[Any]) -> Value:
    """The mean of the losses. Raises TypeError for one that is not a real Value."""
    try:
        loss: Value = mean(losses)
        require_value(loss)
        return loss
    except TypeError:
        for loss in losses:
            require_value(loss)
        raise


def require_value(loss: Any) -> None:
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


def require_dependence(outputs: Iterable[Any], optimizer: Optimizer) -> None:
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


class GradientNorms:
    """The length of the gradient of each layer of a module.

    A layer is a module in an attribute of the module, alone or in a list. Parameters that
    are attributes themselves are layers with the names of the attributes.

    Args:
        model: the module; anything else has no layers.
        parameters: the parameters whose gradients will be given, in this order.
    """

    def __init__(self, model: Any, parameters: Sequence[Value]):
        index_of = {parameter: index for index, parameter in enumerate(parameters)}
        # The indices of the parameters of each layer.
        self.layers: dict[str, list[int]] = {}
        # All parameters of a layer begin their paths alike.
        names: dict[tuple[Any, ...], str] = {}
        for path, name, parameter in search(model) if isinstance(model, Module) else ():
            index = index_of.get(parameter)
            if index is None:
                continue
            beginning = path[:2] if len(path) > 1 else (*path, name)
            if beginning not in names:
                names[beginning] = _layer(model, beginning)
            self.layers.setdefault(names[beginning], []).append(index)
        self._slices = [_slice(indices) for indices in self.layers.values()]

    def of(self, gradients: Any) -> list[float]:
        """The length of the gradient of each layer.

        Args:
            gradients: a list of numbers, or an array of them.
        """
        if isinstance(gradients, list):
            return [_length([gradients[i] for i in indices]) for indices in self.layers.values()]
        return [_length_of_array(gradients[part]) for part in self._slices]


def _layer(model: Module, beginning: tuple[Any, ...]) -> str:
    """The name of the layer whose parameters' paths begin so: "layers.0" for ("layers", 0)."""
    attribute = dict(parts_of(model))[beginning[0]]
    is_container = not isinstance(attribute, (Module, Value))
    if is_container and all(isinstance(part, Module) for _, part in parts_of(attribute)):
        return joined(beginning)
    return joined(beginning[:1])


def _slice(indices: list[int]) -> Any:
    """An index that picks these from an array: if possible a slice, which is faster."""
    following = slice(indices[0], indices[0] + len(indices))
    return following if list(range(following.start, following.stop)) == indices else indices


def _length_of_array(gradients: Any) -> float:
    length = math.sqrt(gradients.dot(gradients))
    # Otherwise some squares would be too small or too large for a float.
    return length if 1e-140 < length < math.inf else math.hypot(*gradients.tolist())


def _length(gradients: Sequence[Any]) -> float:
    if {float}.issuperset(map(type, gradients)):
        return math.hypot(*gradients)
    # The length of arrays of lanes, or of symbols, is not one number.
    if any(getattr(gradient, "shape", ()) for gradient in gradients):
        return math.nan
    try:
        return math.hypot(*map(abs, gradients))
    except TypeError:
        return math.nan
    except OverflowError:
        return math.inf
