"""A base of Value: names that micrograd and PyTorch use for what is called otherwise here.

A name works if its meaning fits; for the others `slips.py` says what to write instead. `value.py`
adds the methods that are made from rules, such as `x.tanh()`. Editors and type checkers find all
of them in `methods.pyi`, which `python docs/reference.py --methods` prints.
"""

from typing import Any

from autograd.slips.names import ATTRIBUTES
from autograd.slips.slips import Elsewhere


def _refused(words: str) -> Any:
    def refused(self: Any, *others: Any) -> Any:
        raise TypeError(words)

    return refused


class Methods:
    """What a Value answers to, besides its own attributes."""

    __slots__ = ()

    # Operators that a Value does not have

    __and__ = __rand__ = __or__ = __ror__ = __invert__ = _refused(
        "&, | and ~ join conditions, and a Value is not one: write x != 0 to ask whether a number "
        "differs from 0, as in (x > 0) & (y != 0)"
    )
    __xor__ = __rxor__ = _refused("x ^ n is not a power: write x**n")

    def item(self: Any) -> Any:
        """The plain number, without its derivative: `data`."""
        if getattr(self.data, "shape", ()):
            raise ValueError("item() is of a single number, and this Value has lanes: write x.data")
        return self.data

    def retain_grad(self) -> None:
        """Does nothing: every Value that `backward` reaches keeps its `grad`."""

    def zero_grad(self: Any) -> None:
        """Sets the `grad` of a leaf to 0. Raises TypeError if it is not a leaf."""
        if self.parents:
            raise TypeError(
                "backward() adds to leaves, and clears what was computed from them: write "
                "p.grad = 0 for a leaf p, or model.zero_grad(), or optimizer.zero_grad()"
            )
        self.grad = 0

    @property
    def is_leaf(self: Any) -> bool:
        """Whether it was not computed from other Values."""
        return not self.parents

    @property
    def requires_grad(self) -> bool:
        """True: every Value has a derivative."""
        return True

    @requires_grad.setter
    def requires_grad(self, required: bool) -> None:
        if not required:
            raise AttributeError(
                "every Value has a derivative: x.detach() is one through which none goes on; leave "
                "out of an optimizer's parameters what is not to be trained"
            )

    def __dir__(self) -> list[str]:
        """The names that work, without those that are only answered by advice."""
        names = super().__dir__()
        return [name for name in names if name not in ATTRIBUTES or hasattr(self, name)]

    # micrograd's names

    @property
    def _prev(self: Any) -> set[Any]:
        return set(self.parents)

    @property
    def _op(self: Any) -> str:
        return self.op  # type: ignore[no-any-return]

    @property
    def _backward(self: Any) -> Any:
        """The step of the chain rule at this node, which adds to the `grad` of its parents."""
        return self._pass_on

    @_backward.setter
    def _backward(self, step: Any) -> None:
        raise AttributeError(
            "the step of backward() at a node follows from its operation's rule: make a new "
            "operation with @primitive, such as `def cube(x): return x**3, (3 * x**2,)`"
        )

    def _pass_on(self: Any) -> None:
        for parent, partial in zip(self.parents, self.partials, strict=True):
            parent.grad = parent.grad + partial * self.grad

    # microgpt's names

    @property
    def _children(self: Any) -> tuple[Any, ...]:
        return self.parents  # type: ignore[no-any-return]

    @property
    def _local_grads(self: Any) -> tuple[Any, ...]:
        return self.partials  # type: ignore[no-any-return]


for _name, _advice in ATTRIBUTES.items():
    setattr(Methods, _name, Elsewhere(_name, f": write {_advice}"))
