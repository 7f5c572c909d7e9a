"""What a Value has a method for: each rule of one operand, as `x.tanh()` has the rule tanh.

`value.py` makes the methods of the rules. Editors and type checkers read them in `methods.pyi`,
which `python docs/reference.py --methods` prints.
"""


class Methods:
    """The base of Value, to which the methods' types belong."""

    __slots__ = ()
