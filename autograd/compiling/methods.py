"""Compiled methods: what is kept for each object of a class whose method is compiled."""

import weakref
from collections.abc import Iterable
from types import MethodType
from typing import Any

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.parameters import listed
from autograd.numbers.nested import leaves
from autograd.value import Value

# The types of attributes that are constants of a program. None of them can change in place.
_CONSTANTS = (int, float, complex, bool, str, bytes, type(None))


class Methods:
    """The programs of a compiled method, for each object.

    They are kept here and not in the object, whose copies and pickles would hold them as well. They
    are dropped when the object is.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Kept] = {}

    def of(self, compiled: Any, instance: Any) -> Any:
        """The compiled function as a method of an object.

        Raises TypeError for an object that has no attributes of its own.
        """
        if not hasattr(instance, "__dict__"):
            raise TypeError(
                f"the parameters of a compiled method are attributes of its object, and those of a "
                f"{type(instance).__name__} are in __slots__: leave these out"
            )
        values = compiled.parameters or _values_of(instance)
        attributes = vars(instance).items()
        constants = [(name, x) for name, x in attributes if type(x) in _CONSTANTS]
        kept = self._kept.get(id(instance))
        if kept is None or not kept.is_of(values, constants):
            with EXCLUSIVE:
                if kept is None:
                    weakref.finalize(instance, self._kept.pop, id(instance), None)
                kept = self._kept[id(instance)] = _Kept(compiled, instance, values, constants)
        return kept.method(compiled, instance)


class _Kept:
    """The programs of a method of one object, and what they were recorded for."""

    def __init__(
        self, compiled: Any, instance: Any, values: list[Value], constants: list[tuple[str, Any]]
    ):
        self.constants = constants
        method = type(compiled)(
            MethodType(compiled.function, instance),
            listed(values),
            compiled.reduce,
            compiled.threads,
            compiled.backend,
        )
        self.values: list[Value] = method.parameters
        # Without the object, which would otherwise never be freed.
        self.attributes = dict(vars(method))
        del self.attributes["function"], self.attributes["__wrapped__"]

    def is_of(self, values: Iterable[Value], constants: list[tuple[str, Any]]) -> bool:
        """Whether an object still has the same Values, and the same constants."""
        return list(map(id, values)) == list(map(id, self.values)) and _typed(constants) == _typed(
            self.constants
        )

    def method(self, compiled: Any, instance: Any) -> Any:
        method = object.__new__(type(compiled))
        vars(method).update(self.attributes)
        method.function = method.__wrapped__ = MethodType(compiled.function, instance)
        return method


def _typed(constants: list[tuple[str, Any]]) -> list[tuple[str, type, Any]]:
    """With their types: a function may tell True from 1."""
    return [(name, type(x), x) for name, x in constants]


def _values_of(instance: Any) -> list[Value]:
    """The parameters of an object: those that it names, or the leaf Values in its attributes."""
    if callable(getattr(instance, "parameters", None)):
        return list(instance.parameters())
    found = [x for held in vars(instance).values() for x in leaves(held)]
    return list(dict.fromkeys(x for x in found if isinstance(x, Value) and not x.parents))
