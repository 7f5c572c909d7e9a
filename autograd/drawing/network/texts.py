"""What is written into a picture of a network: names, values, gradients."""

import numbers
from collections.abc import Sequence
from dataclasses import dataclass

from autograd.drawing.network.neurons import Unit
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value

# The length of formulas and arrays; rounded numbers are shorter.
_LONGEST = 16


@dataclass(frozen=True)
class Texts:
    """The lines of text of one picture.

    Args:
        digits: how many significant digits a rounded number has.
        gradients_in_circles: whether circles show gradients too, not only weights.
    """

    digits: int
    gradients_in_circles: bool

    def in_circle(self, unit: Unit, has_value: bool, has_gradient: bool) -> list[str]:
        """The value of a unit, and its gradient."""
        lines = [self._number(unit.value.data)] if has_value else []
        if has_gradient and self.gradients_in_circles:
            lines.append(f"∂ {self._number(unit.value.grad)}")
        return lines

    def below_circle(self, unit: Unit, has_value: bool, has_gradient: bool) -> list[str]:
        """The activation of a neuron with the sum that it is applied to, and the biases."""
        lines = []
        total = unit.total
        if total is not None and unit.activation:
            label = total.label if total.label and total.label != unit.name else ""
            if label and has_value:
                lines.append(f"{label} = {self._number(total.data)}")
            argument = label or (self._number(total.data) if has_value else "")
            lines.append(f"{unit.activation}({argument})" if argument else unit.activation)
            if has_gradient and self.gradients_in_circles:
                lines.append(f"∂{label or 'sum'} {self._number(total.grad)}")
        for bias in unit.biases:
            lines.append(f"bias {', '.join(self.on_line(bias, has_gradient))}")
        return lines

    def on_line(self, weight: Value, has_gradient: bool) -> list[str]:
        """A weight, and its gradient."""
        gradient = [f"∂ {self._number(weight.grad)}"] if has_gradient else []
        return [self._number(weight.data), *gradient]

    def _number(self, number: Number) -> str:
        text = number_text(number, self.digits)
        if isinstance(number, numbers.Number) or len(text) <= _LONGEST:
            return text
        return text[: _LONGEST - 1] + "…"


def common_owner(units: Sequence[Unit]) -> str:
    """What the names of all neurons of a column begin with, such as "layers.0.neurons"."""
    owners = {unit.name.rpartition(".")[0] for unit in units}
    return owners.pop() if len(owners) == 1 else ""


def common_activation(units: Sequence[Unit]) -> str:
    """The activation of all neurons of a column, "" if they differ."""
    activations = {unit.activation for unit in units}
    return activations.pop() if len(activations) == 1 else ""
