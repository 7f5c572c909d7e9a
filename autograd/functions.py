"""The public functions, one for each rule, and the methods of Value.

What is made here is written down for editors and type checkers in `functions.pyi`;
`python -m autograd.reference --stub` prints that file.
"""

from autograd import adapted
from autograd.numbers.domains import is_unary
from autograd.numbers.registry import register
from autograd.primitive import PRIMITIVES
from autograd.value import Value, method_of
from autograd.value_kind import ValueKind

register(Value, ValueKind())

_ADAPTED = ["dot", "mean", "select", "sum", "where"]

globals().update(PRIMITIVES, **{name: getattr(adapted, name) for name in _ADAPTED})

# The rule of `x ** 2` is reached by the operator alone.
__all__ = sorted({*PRIMITIVES, *_ADAPTED} - {"constant_power"})

for _name in __all__:
    if _name in PRIMITIVES and is_unary(PRIMITIVES[_name].rule):
        setattr(Value, _name, method_of(PRIMITIVES[_name]))
