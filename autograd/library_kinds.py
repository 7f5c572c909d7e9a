"""The elementary functions of numbers from libraries: mpmath, SymPy, NumPy and other arrays.

None of them is imported before a number of theirs comes along.
"""

import importlib
import math
import sys
from typing import Any

from autograd.plain_kinds import Branchless, Function, Kind, Number


class Mpmath(Kind):
    """mpmath.mpf and mpc, at the working precision of their own context."""

    rank = 3

    def __init__(self, context: Any):
        self.context = context

    def one(self, x: Number) -> Number:
        return self.context.one

    def pi(self, x: Number) -> Number:
        return +self.context.pi

    def power(self, x: Number, y: Number) -> Number:
        return self.context.power(x, y)

    def floor_divide(self, x: Number, y: Number) -> Number:
        return self.context.floor(x / y)

    def __getattr__(self, name: str) -> Function:
        return getattr(self.context, name, None) or super().__getattr__(name)


class Sympy(Kind):
    """SymPy expressions: the formula itself, unbranched where it can be."""

    rank = 4

    def __init__(self) -> None:
        import sympy

        self.sympy = sympy

    def one(self, x: Number) -> Number:
        return self.sympy.Integer(1)

    def pi(self, x: Number) -> Number:
        return self.sympy.pi

    def where(self, condition: Any, x: Number, y: Number) -> Number:
        return self.sympy.Piecewise((x, condition), (y, True))

    def sign(self, x: Number) -> Number:
        return self.sympy.sign(x)

    def maximum(self, x: Number, y: Number) -> Number:
        return self.sympy.Max(x, y)

    def minimum(self, x: Number, y: Number) -> Number:
        return self.sympy.Min(x, y)

    def log1p(self, x: Number) -> Number:
        return self.sympy.log(1 + x)

    def expm1(self, x: Number) -> Number:
        return self.sympy.exp(x) - 1

    def erfc(self, x: Number) -> Number:
        return 1 - self.sympy.erf(x)

    def hypot(self, x: Number, y: Number) -> Number:
        return self.sympy.sqrt(x**2 + y**2)

    def logaddexp(self, x: Number, y: Number) -> Number:
        return self.sympy.log(self.exp(x) + self.exp(y))

    def __getattr__(self, name: str) -> Function:
        return getattr(self.sympy, name, None) or super().__getattr__(name)


def is_array_type(cls: type) -> bool:
    """Whether it is a type of arrays, PyTorch's tensors among them."""
    return hasattr(cls, "__array_namespace__") or cls.__module__ == "torch"


def namespace_of(array: Any) -> Any:
    """The module with the functions of an array's library."""
    if hasattr(array, "__array_namespace__"):
        return array.__array_namespace__()
    return sys.modules["torch"]


class Array(Branchless):
    """Arrays of NumPy, JAX, PyTorch and others: each element is a lane of its own."""

    rank = 5

    def one(self, x: Number) -> Number:
        # An array, for 1 / 0.0 of plain floats raises.
        return namespace_of(x).ones((), dtype=x.dtype)

    def pi(self, x: Number) -> Number:
        return math.pi

    # The array standard lacks these two.
    def erf(self, x: Number) -> Number:
        return _special("erf", x)

    def erfc(self, x: Number) -> Number:
        return _special("erfc", x)


def _special(name: str, x: Number) -> Number:
    namespace = namespace_of(x)
    if namespace.__name__ == "torch":
        return getattr(namespace, name)(x)
    if namespace.__name__.startswith("jax"):
        return getattr(importlib.import_module("jax.scipy.special"), name)(x)
    function = getattr(math, name)
    flat = [function(float(element)) for element in namespace.reshape(x, (-1,))]
    return namespace.reshape(namespace.asarray(flat), x.shape)


def _in_namespace(name: str) -> Function:
    """The function of that name in the namespace of the arrays it is given."""

    def function(self: Array, *numbers: Number) -> Number:
        array = next(n for n in numbers if hasattr(n, "shape") and hasattr(n, "dtype"))
        namespace = namespace_of(array)
        if namespace.__name__ == "torch" and name != "where":
            # It takes no plain numbers beside tensors.
            numbers = tuple(namespace.as_tensor(n, dtype=array.dtype) for n in numbers)
        return getattr(namespace, name)(*numbers)

    return function


for _name in (
    *("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"),
    *("atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "floor", "sign", "hypot"),
    *("maximum", "minimum", "where", "logaddexp"),
):
    setattr(Array, _name, _in_namespace(_name))
