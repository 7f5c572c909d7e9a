"""An empty base class of Value, for the types of the methods that are made of rules: `x.tanh()`.

`value.py` makes these methods. Editors and type checkers read them in `methods.pyi`, which
`python docs/reference.py --methods` prints.
"""


class Methods:
    """The base of Value whose stub declares the methods."""

    __slots__ = ()
