"""draw_passes: a picture of a network for each step of its forward and its backward pass."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from autograd.drawing.network.draw_network import (
    Weights,
    outputs_in,
    require_gradients,
    weight_names,
)
from autograd.drawing.network.neurons import read_units
from autograd.drawing.network.placement import Placement
from autograd.drawing.network.texts import Texts
from autograd.slips import answers_slips, whole_number
from autograd.value import Value

# The graphviz package takes longer to import than all of autograd, so only pictures do it.
if TYPE_CHECKING:
    from autograd.drawing.rendering import Picture


class Passes(list["Picture"]):
    """The pictures of the passes; a notebook shows them one below the other."""

    def save(self, filename: str | os.PathLike[str]) -> list[str]:
        """Saves each picture in a file of its own, numbered from 1.

        Args:
            filename: "passes.png" gives passes-1.png and so on, in any format that a Picture has.

        Returns:
            The paths of the files.

        Raises:
            ValueError: for a suffix that is not a format.
        """
        path, digits = Path(filename), len(str(len(self)))
        return [
            picture.save(path.with_stem(f"{path.stem}-{number:0{digits}}"))
            for number, picture in enumerate(self, 1)
        ]

    def _repr_html_(self) -> str:
        pictures = [picture._repr_svg_() for picture in self]
        return "\n".join(
            f"<figure><figcaption>{number} of {len(self)}</figcaption>\n"
            # What comes before it is for files of their own.
            f"{picture[picture.index('<svg') :]}</figure>"
            for number, picture in enumerate(pictures, 1)
        )


@answers_slips
def draw_passes(
    output: Value | Iterable[Value],
    *,
    weights: Weights = None,
    digits: int = 3,
    limit: int = 6,
) -> Passes:
    """The forward pass and the backward pass, a picture for each column of each.

    Args:
        output: the error of a network, after `error.backward()`.
        weights, digits, limit: as for `draw_network`.

    Returns:
        A list of pictures, each a graphviz.Digraph. A notebook shows all of them, and
        `.save("passes.png")` saves them as passes-1.png and so on. In the forward pass the
        numbers are written in column by column, and in the backward pass the gradients, from
        the last column on.

    Raises:
        TypeError: if output neither is nor holds a Value.
        ValueError: if no weights are found, if digits or limit is less than 1, or if `backward`
            was not called.

    >>> x, w1, w2 = Value(1.0, "x"), Value(0.5, "w1"), Value(2.0, "w2")
    >>> h = (w1 * x).tanh()
    >>> error = (w2 * h - 1) ** 2
    >>> h.label, error.label = "h", "error"
    >>> error.backward()
    >>> len(draw_passes(error))
    8
    """
    digits, limit = whole_number("digits", digits), whole_number("limit", limit)
    if callable(output):
        raise TypeError(
            f"draw_passes() takes the error of a network, a Value, not {output!r:.200}: compute "
            "it, call its backward(), and draw it"
        )
    outputs = outputs_in(output)
    if not outputs:
        raise TypeError(f"draw_passes() takes the error of a network, a Value, not {output!r:.200}")
    names = weight_names(outputs, weights)
    units = read_units(outputs, names)
    require_gradients(outputs)

    from autograd.drawing.network.picture import Shown, network_picture

    texts = Texts(digits, gradients_in_circles=True)
    placement = Placement(units, texts, limit, gradients=True)
    columns = range(len(placement.columns))
    forward = [Shown(column, now=column) for column in columns]
    backward = [Shown(math.inf, column, now=column) for column in reversed(columns)]
    return Passes(network_picture(placement, names, texts, s) for s in forward + backward)
