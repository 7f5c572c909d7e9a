"""The mistakes in a gradient, and in what an update makes of it."""

from collections.abc import Iterator
from dataclasses import replace

from autograd.checking.derivation.mistake import Mistake, decimal_slips
from autograd.checking.derivation.mistakes import GradientMistakes
from autograd.checking.derivation.walk import QUANTITIES, Figure, Walk

_MADE_OF = {"step": " (learning rate times gradient)", "update": " (minus the step)"}


def update_mistakes(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is made of it.

    The likelier come first.

    Args:
        walk: the numbers in which the mistake was made.
        figure: of any quantity but a value.
    """
    quantity, node = figure.quantity, figure.node
    rate = walk.setting.learning_rate
    # The figure is start + scale * gradient.
    start = walk.values[node] if quantity == "new value" else 0
    scale = {"gradient": 1, "step": rate}.get(quantity) or -rate
    found = GradientMistakes(walk, node)
    if quantity == "new value":
        words = "this is the number from before the update: the step is missing"
        yield Mistake("old value", found.own_name, start, words)
    else:
        yield from found.nothing()
    sign = Mistake("sign", found.own_name, start - scale * found.gradient, "the sign is wrong")
    if quantity == "new value":
        yield replace(sign, words="the step is added, not subtracted")
    else:
        yield replace(sign, hint=found.minus())
    if quantity != "gradient":
        number = start + scale * found.gradient / rate
        yield Mistake("factor", "learning rate", number, "the learning rate is missing")
    yield from _other_quantities(walk, figure)
    for mistake in found.all():
        yield replace(mistake, number=start + scale * mistake.number)
    if start:
        yield from decimal_slips(walk.number(figure), walk.setting.title(figure))


def _other_quantities(walk: Walk, figure: Figure) -> Iterator[Mistake]:
    if walk.setting.learning_rate is None:
        return
    for quantity in QUANTITIES[1:]:
        if quantity != figure.quantity and (quantity != "new value" or not figure.node.parents):
            other = Figure(quantity, figure.node)
            words = f"this is the {quantity}{_MADE_OF.get(quantity, '')}, not the {figure.quantity}"
            yield Mistake("update", walk.setting.title(other), walk.number(other), words)
