"""What is written into a picture of a network: names, values, gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograd import Value
from nn.pictures.neurons import Circle

# Of formulas and arrays; a rounded float is shorter.
_LONGEST = 16


@dataclass(frozen=True)
class Texts:
    """The lines of text of one picture.

    Args:
        digits: how many significant digits a rounded number has.
        gradients_in_circles: whether circles have gradients, and not weights alone.
    """

    digits: int
    gradients_in_circles: bool

    def number(self, number: Any) -> str:
        """A number in a few characters, rounded if it is a float."""
        try:
            return f"{number:.{self.digits}g}"
        except (TypeError, ValueError):
            text = " ".join(str(number).split())
            return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def in_circle(self, circle: Circle, has_value: bool, has_gradient: bool) -> list[str]:
        """The value that goes out, and its gradient."""
        lines = [self.number(circle.value.data)] if has_value else []
        if has_gradient and self.gradients_in_circles:
            lines.append(f"∂ {self.number(circle.value.grad)}")
        return lines

    def below_circle(self, circle: Circle, has_value: bool, has_gradient: bool) -> list[str]:
        """The activation of a neuron and the sum that it is applied to; the biases."""
        lines = []
        total = circle.total
        if total is not None and circle.activation:
            label = total.label if total.label and total.label != circle.name else ""
            if label and has_value:
                lines.append(f"{label} = {self.number(total.data)}")
            argument = label or (self.number(total.data) if has_value else "")
            lines.append(f"{circle.activation}({argument})" if argument else circle.activation)
            if has_gradient and self.gradients_in_circles:
                lines.append(f"∂{label or 'sum'} {self.number(total.grad)}")
        for bias in circle.biases:
            numbers = self.on_line(bias, has_gradient)
            lines.append(f"bias {', '.join(numbers)}")
        return lines

    def on_line(self, weight: Value, has_gradient: bool) -> list[str]:
        """A weight, and its gradient."""
        gradient = [f"∂ {self.number(weight.grad)}"] if has_gradient else []
        return [self.number(weight.data), *gradient]


def common_owner(circles: Sequence[Circle]) -> str:
    """What the names of all neurons of a column begin with: "layers.0.neurons"."""
    owners = {circle.name.rpartition(".")[0] for circle in circles}
    return owners.pop() if len(owners) == 1 else ""


def common_activation(circles: Sequence[Circle]) -> str:
    """The activation of all neurons of a column, "" where they differ."""
    activations = {circle.activation for circle in circles}
    return activations.pop() if len(activations) == 1 else ""
