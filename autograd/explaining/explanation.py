"""explain: backpropagation through a labelled graph, worked out line by line."""

import math
import numbers
from collections.abc import Iterable
from typing import Any

from autograd.explaining.layout import Walkthrough
from autograd.explaining.mathematics import document as latex_document
from autograd.explaining.mathematics import fragment
from autograd.explaining.mathematics import markdown as markdown_of
from autograd.explaining.outline import names_given_by
from autograd.explaining.plain import plain
from autograd.explaining.walking import steps_of
from autograd.graph import topological_order
from autograd.numbers.ieee import to_float
from autograd.numbers.registry import kind_of
from autograd.numbers.text import number_text, printable
from autograd.sums import trained_leaves
from autograd.value import Value

# Any: also what has `parameters()`, as a module.
Wanted = Value | str | Iterable[Value | str] | Any | None


class Explanation(Walkthrough):
    """A walk-through: printed it is text, and a notebook shows its formulas.

    Attributes:
        steps: what is computed, in order; LeftOut stands where steps are not given.
        digits: how many significant digits numbers are given.
        learning_rate: that of the update, or None.
    """

    def __str__(self) -> str:
        return plain(self)

    def markdown(self) -> str:
        """Markdown with formulas in LaTeX, as notebooks and GitHub show them."""
        return markdown_of(self)

    _repr_markdown_ = markdown

    def latex(self, document: bool = False) -> str:
        """LaTeX that takes amsmath: to be put into a document, or a document of its own."""
        return latex_document(self) if document else fragment(self)

    def __repr__(self) -> str:
        return f"<explanation of {len(self.steps)} steps: print() shows it>"


def explain(
    error: Value, learning_rate: Any = None, *, digits: int = 4, of: Wanted = None
) -> Explanation:
    """Works backpropagation out line by line, as one would by hand, with numbers put in.

    The forward pass, the error, and by the chain rule its derivative in each Value that
    leads to it, path by path. Labels name the Values. What has no label is put into the
    formula of the next Value that has one, so `h1 = w1 * i1 + w2 * i2` is one line. No
    data and no `grad` is changed.

    Args:
        error: the Value to differentiate, a loss for example.
        learning_rate: a finite number, for the update of the leaves, the forward pass after
            it and the new error.
        digits: how many significant digits numbers have. Fractions are exact.
        of: in what to differentiate: a Value or a label, a list of them, or a module with
            its parameters, which it names where they have no label. By default it is
            every leaf with a label; with a learning rate only those whose labels are those
            of weights and biases, such as "w1" or "b_2", if there are any.

    Returns:
        An object to print, with `.steps`, `.markdown()` and `.latex()`.

    Raises:
        TypeError: if error is no Value, or the learning rate no number.
        ValueError: where nothing leads from `of` to the error, where no leaf has a label,
            for a learning rate that is infinite or nan, or where exact numbers have no result
            after the update.
        RuntimeError: where data was changed since it was computed.

    >>> w, x = Value(0.5, label="w"), Value(3.0, label="x")
    >>> h = w * x
    >>> h.label = "h"
    >>> print(explain((h - 1) ** 2, learning_rate=0.1, of=w))
    Numbers are given to 4 significant digits. The learning rate η is 0.1.
    <BLANKLINE>
    Forward pass
      h = w · x = 0.5 · 3 = 1.5
    <BLANKLINE>
    Error
      E = (h − 1)² = (1.5 − 1)² = 0.25
    <BLANKLINE>
    Backward pass
      ∂E/∂h = 2 · (h − 1) = 2 · (1.5 − 1) = 1
      ∂E/∂w = ∂E/∂h · ∂h/∂w = 2 · (h − 1) · x = 1 · 3 = 3
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
        raise ValueError("explain() has nothing to explain: the error was computed from nothing")
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
        wanted = trained_leaves(leaves) or leaves
    steps = steps_of(error, wanted, names_given_by(of), learning_rate)
    return Explanation(steps, digits, learning_rate)


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
            "explain() finds no leaf with a label: give the weights labels, as in "
            'Value(0.5, label="w1"), or give them as of=[...]'
        )
    return leaves


def _wanted(of: Any, nodes: list[Value], error: Value) -> list[Value]:
    of = of.parameters() if hasattr(of, "parameters") else of
    asked = [of] if isinstance(of, (Value, str)) else of
    if not isinstance(asked, Iterable):
        raise TypeError(f"of is a Value or a label, or a list of them, not {of!r}")
    known = set(nodes)
    found: list[Value] = []
    for one in asked:
        matching = [node for node in nodes if node.label == one] if isinstance(one, str) else [one]
        if not matching or not all(isinstance(node, Value) and node in known for node in matching):
            names = dict.fromkeys(node.label for node in nodes if node.label)
            labels = printable(", ".join(names))
            raise ValueError(
                f"the error was not computed from {one!r}; the labels are {labels or 'none'}"
            )
        found += matching
    if not found or error in set(found):
        raise ValueError("of is to name what the error was computed from, not the error itself")
    return list(dict.fromkeys(found))
