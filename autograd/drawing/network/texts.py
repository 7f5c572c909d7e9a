"""What is written into a picture of a network, and how much room it takes."""

import numbers
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograd.drawing.network.neurons import Unit
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value

FONT_SIZE, LINE_HEIGHT = 10.0, 11.5
# The greatest length of formulas and arrays (rounded numbers are shorter), and of names.
_LONGEST, _LONGEST_NAME = 16, 28


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
        return text if isinstance(number, numbers.Number) else _shortened(text, _LONGEST)


def name_above(unit: Unit, owner: str, is_abbreviated: bool) -> str:
    """The name of a unit, without what the names of its column have in common."""
    name = unit.name.removeprefix(f"{owner}.")
    if name.isdigit() and name != unit.name:
        return "" if is_abbreviated else f"neuron {name}"
    return _shortened("".join(c if c.isprintable() else " " for c in name), _LONGEST_NAME)


def column_header(units: Iterable[Unit], owner: str, is_abbreviated: bool) -> list[str]:
    """What the names in a column have in common; and the activation, if nothing else tells it."""
    neurons = [unit for unit in units if unit.total is not None]
    activations = {unit.activation for unit in neurons} if is_abbreviated else set()
    lines = [owner.removesuffix(".neurons"), *(activations if len(activations) == 1 else ())]
    return [line for line in lines if line]


def common_owner(units: Iterable[Unit]) -> str:
    """What the names of all neurons of a column begin with, such as "layers.0.neurons", or ""."""
    owners = {unit.name.rpartition(".")[0] for unit in units if unit.total is not None}
    return owners.pop() if len(owners) == 1 else ""


def size(lines: Sequence[str]) -> tuple[float, float]:
    """The width and the height of lines of text.

    Browsers take another font where there is no Arial: the width is that in DejaVu Sans or
    Verdana, the widest of those that are common.

    >>> size(["0.15", "∂ -0.002"])
    (44.6, 23.0)
    """
    width = max((sum(map(_width, line)) for line in lines), default=0.0)
    return round(FONT_SIZE * width, 1), LINE_HEIGHT * len(lines)


def _width(character: str) -> float:
    """The width of a character for a font size of 1."""
    if character in "mwMW%@=+<>~×…" or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in " .,:;'|()[]-fijlrt":
        return 0.42
    return 0.8 if character.isupper() else 0.64


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
