"""An empty base class of Value, which gives its methods of rules, `x.tanh()`, their types.

`value.py` makes the methods of the rules. Editors and type checkers read them in `methods.pyi`,
which `python docs/reference.py --methods` prints.
"""


class Methods:
    """The base of Value, to which the methods' types belong."""

    __slots__ = ()
