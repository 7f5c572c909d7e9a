"""Attributes of arrays, for a Value that is treated as one: `x[0]`, `len(x)`, `x.sum()`."""

import functools
from collections.abc import Callable
from typing import Any

from autograd.numbers.arrays import NUMPY_NAMES
from autograd.primitive import PRIMITIVES, Primitive
from autograd.vectors import points


class ArrayAttributes:
    """A base of Value. Each attribute raises, and notes that the function expects a vector."""

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        raise points.taken_apart(self, f"x[{index!r:.40}]")

    def __setitem__(self, index: Any, item: Any) -> None:
        raise points.taken_apart(self, f"x[{index!r:.40}] = y")

    def __len__(self) -> int:
        raise points.taken_apart(self, "len(x)", is_length=True)

    def __matmul__(self, other: Any) -> Any:
        raise points.taken_apart(self, "x @ y")

    __rmatmul__ = __matmul__

    @property
    def __array_struct__(self) -> Any:
        # NumPy asks for it before it asks for a length.
        points.probe(self)
        raise AttributeError("a Value is not an array")

    @property
    def _mask(self) -> Any:
        # The only attribute that a masked array reads before it compares itself with a Value.
        raise TypeError(
            "a Value meets numbers alone, and functions would not keep a mask: give "
            "array.compressed(), or array.filled(number)"
        )


def _attribute_of_arrays(name: str) -> property:
    """An attribute that takes a Value apart. (A `__getattr__` would slow down all others.)

    To take apart is to treat one number as an array of numbers.
    """

    def attribute(self: Any) -> Any:
        raise points.taken_apart(self, f"x.{name}")

    return property(attribute)


for _name in (
    *("shape", "ndim", "size", "T", "flat", "sum", "mean", "prod", "max", "min", "std", "var"),
    *("dot", "cumsum", "cumprod", "argmax", "argmin", "argsort", "sort", "take", "repeat"),
    *("trace", "diagonal", "reshape", "ravel", "flatten", "transpose", "swapaxes", "squeeze"),
    *("copy", "astype", "tolist", "clip", "round", "any", "all"),
):
    setattr(ArrayAttributes, _name, _attribute_of_arrays(_name))


class _MethodOfTwo:
    """A method that NumPy looks up on each object in an array, as in `x.hypot(y)`."""

    def __init__(self, primitive: Primitive):
        self.primitive = primitive

    def __get__(self, value: Any, cls: type) -> Callable[..., Any]:
        if value is None:
            raise AttributeError(
                f"a method of Values that are objects of an array: {self.primitive}"
            )
        return functools.partial(self.primitive, value)


for _name, _rule in NUMPY_NAMES.items():
    if not PRIMITIVES[_rule].is_unary:
        setattr(ArrayAttributes, _name, _MethodOfTwo(PRIMITIVES[_rule]))
