"""The loss of one sample as a compiled program, and the samples on which it runs, in columns."""

from collections.abc import Callable, Sequence
from typing import Any

import autograd
from autograd import Value
from nn.data import columns, numbers, require_points, rows
from nn.randomness import RandomNumbers, random_numbers_from
from nn.targets import require_targets, unknown_targets


class LossProgram:
    """The loss of one sample as a program that runs on many of them side by side.

    Args:
        loss_of: returns the loss for an input and its target.
        parameters: those of the program.
        inputs, targets: the samples.
        rng: draws the random numbers of a model in training; None for one that is only used.

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
        """Has model and loss recorded anew at the next run: what they read may have changed.

        Whatever they read besides parameters and arguments is a constant of the program.
        """
        self.random = RandomNumbers()
        # The arguments of the recording, and the targets that the loss could not check then.
        self._arguments: list[Any] = []
        self._unknown: list[Any] = []
        self.is_checked = False
        self._compile()

    def run(self, method: str, batch: list[int] | None = None, **options: Any) -> Any:
        """What a method of the program returns for the samples at these indices, or for all."""
        batch = self.all if batch is None else batch
        samples = self.columns if batch == self.all else rows(self.columns, batch)
        try:
            result = getattr(self.program, method)(*samples, *self._drawn(len(batch)), **options)
        except _AskedForNumbers:
            # How many there are is known now: they become an argument.
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
