"""explain: backpropagation through a labelled graph, worked out line by line."""

import math
import numbers
from collections.abc import Iterable
from typing import Any

from autograd.explaining.explanation import Explanation
from autograd.explaining.outline import module_names, outline
from autograd.explaining.steps import steps_of
from autograd.graph import topological_order
from autograd.notation import is_given, trained_leaves
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import kind_of
from autograd.numbers.text import number_text, printable
from autograd.slips import answers_slips
from autograd.value import Value

# Any is for whatever has `parameters()`, such as a module.
Wanted = Value | str | Iterable[Value | str] | Any | None


@answers_slips
def explain(
    error: Value, learning_rate: Any = None, *, digits: int = 4, of: Wanted = None
) -> Explanation:
    """Works out backpropagation line by line, as one would by hand, with numbers put in.

    It shows the forward pass, the error, and by the chain rule the derivative of the error in
    each Value that leads to it, path by path. Labels name the Values. A Value without a label is
    put into the formula of the next one that has a label, so `h1 = w1 * i1 + w2 * i2` is one
    line. No data and no `grad` is changed.

    Args:
        error: the Value to differentiate, a loss for example.
        learning_rate: a finite number; with it, the update of the leaves, the forward pass
            after it and the new error are shown too.
        digits: how many significant digits numbers are rounded to; they get more where the result
            needs them. ≈ says that a number was rounded. Fractions are exact.
        of: what to differentiate in: a Value or a label, a list of them, or a module, which
            stands for its parameters, named w⁰₁₀ and b⁰₁ if they have no label. By
            default it is every leaf with a label. With a learning rate it is the weights and
            biases: leaves with labels such as "w1" and "b_2", and others that play the same part
            beside them, such as "v1", "u" and "c"; or, if no label begins with w or b, every
            leaf except inputs and targets.

    Returns:
        An object to print, with `.steps`, `.markdown()` and `.latex()`.

    Raises:
        TypeError: if error is not a Value, or the learning rate not a number.
        ValueError: if nothing leads from `of` to the error, if no leaf has a label, if the
            learning rate is infinite or nan, or if exact numbers have no result after the update.
        RuntimeError: if data was changed after it was computed.

    >>> w, x = Value(0.5, label="w"), Value(3.0, label="x")
    >>> h = w * x
    >>> h.label = "h"
    >>> print(explain((h - 1) ** 2, learning_rate=0.1, of=w))
    The learning rate η is 0.1.
    <BLANKLINE>
    Forward pass
      h = w · x = 0.5 · 3 = 1.5
    <BLANKLINE>
    Error
      E = (h − 1)² = (1.5 − 1)² = 0.25
    <BLANKLINE>
    Backward pass
      ∂E/∂h = 2 · (h − 1) = 2 · (1.5 − 1) = 1
      ∂E/∂w = ∂E/∂h · ∂h/∂w = 2 · (h − 1) · x = 2 · (1.5 − 1) · 3 = 3
    <BLANKLINE>
    Update
      w ← w − η · ∂E/∂w = 0.5 − 0.1 · 3 = 0.2
    <BLANKLINE>
    Forward pass after the update
      h = w · x = 0.2 · 3 = 0.6
    <BLANKLINE>
    Error after the update
      E = (h − 1)² = (0.6 − 1)² = 0.16
    <BLANKLINE>
    The error goes from 0.25 to 0.16.
    """
    if not isinstance(error, Value):
        raise TypeError(f"explain() takes the Value to differentiate, not {error!r}")
    if not error.parents:
        raise ValueError("there is nothing to explain: the error was computed from nothing")
    number_text(0, digits)
    if learning_rate is not None:
        _require_finite(learning_rate)
    nodes = list(topological_order(error))
    if of is not None:
        wanted = _wanted(of, nodes, error)
    elif learning_rate is None:
        wanted = _labelled_leaves(nodes)
    else:
        leaves = _labelled_leaves(nodes)
        wanted = trained_leaves(nodes) or [x for x in leaves if not is_given(x)] or leaves
    plan = outline(error, wanted, module_names(of, nodes))
    steps = steps_of(error, wanted, plan, learning_rate)
    return Explanation(steps, digits, learning_rate, plan)


def _require_finite(learning_rate: Any) -> None:
    if isinstance(learning_rate, (Value, bool)):
        raise TypeError(f"learning_rate is a plain number, not {learning_rate!r}")
    kind_of(learning_rate)
    is_real = isinstance(learning_rate, numbers.Real)
    if is_real and not math.isfinite(to_float(learning_rate)):
        raise ValueError(f"learning_rate is a finite number, not {number_text(learning_rate)}")


def _labelled_leaves(nodes: list[Value]) -> list[Value]:
    leaves = [node for node in nodes if node.label and not node.parents]
    if not leaves:
        raise ValueError(
            "there is no leaf with a label: give the weights labels, as in "
            'Value(0.5, label="w1"), or give them as of=[...]'
        )
    return leaves


def _wanted(of: Any, nodes: list[Value], error: Value) -> list[Value]:
    of = of.parameters() if hasattr(of, "parameters") else of
    items = [of] if isinstance(of, (Value, str)) else of
    if not isinstance(items, Iterable):
        raise TypeError(f"of is a Value or a label, or a list of them, not {of!r}")
    known = set(nodes)
    wanted: list[Value] = []
    for item in items:
        matching = [x for x in nodes if x.label == item] if isinstance(item, str) else [item]
        if not matching or not all(isinstance(node, Value) and node in known for node in matching):
            names = dict.fromkeys(node.label for node in nodes if node.label)
            labels = printable(", ".join(names))
            raise ValueError(
                f"the error was not computed from {item!r}; the labels are {labels or 'none'}"
            )
        wanted += matching
    if not wanted or error in set(wanted):
        raise ValueError("of is to name what the error was computed from, not the error itself")
    return list(dict.fromkeys(wanted))
