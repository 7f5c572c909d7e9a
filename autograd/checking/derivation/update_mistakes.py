"""The mistakes in a gradient, and in what an update makes of it."""

from collections.abc import Iterator
from dataclasses import replace

from autograd.checking.derivation.mistake import Mistake, decimal_slips
from autograd.checking.derivation.mistakes import GradientMistakes
from autograd.checking.derivation.walk import QUANTITIES, Figure, Walk
from autograd.kinds import Number

_UPDATES = {"step": " (learning rate times gradient)", "update": " (minus the step)"}


def update_mistakes(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is made of it.

    The likelier come first.

    Args:
        walk: the numbers in which the mistake was made.
        figure: of any quantity but a value.
    """
    quantity, node = figure
    # The figure is start + scale * gradient.
    start: Number = walk.values[node] if quantity == "new value" else 0
    rate = walk.learning_rate
    scale = {"gradient": 1, "step": rate}.get(quantity) or -rate
    found = GradientMistakes(walk, node)
    wrong_sign = Mistake("sign", found.name, -found.gradient, "the sign is wrong", found.minus())
    if quantity == "new value":
        wrong_sign = replace(wrong_sign, words="the step is added, not subtracted", hint="")
    yield _of_gradient(wrong_sign, start, scale)
    if quantity != "gradient":
        words = "the learning rate is missing"
        missing = Mistake("factor", "learning rate", found.gradient / rate, words)
        yield _of_gradient(missing, start, scale)
    yield from _other_quantities(walk, figure)
    for mistake in found.all():
        yield _of_gradient(mistake, start, scale)
    if start:
        yield from decimal_slips(walk.number(figure), str(figure))


def _of_gradient(mistake: Mistake, start: Number, scale: Number) -> Mistake:
    return replace(mistake, number=start + scale * mistake.number)


def _other_quantities(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    if walk.learning_rate is None:
        return
    for quantity in QUANTITIES[1:]:
        if quantity != figure.quantity and (quantity != "new value" or not figure.node.parents):
            other = Figure(quantity, figure.node)
            words = f"this is the {quantity}{_UPDATES.get(quantity, '')}, not the {figure.quantity}"
            yield Mistake("update", str(other), walk.number(other), words)
