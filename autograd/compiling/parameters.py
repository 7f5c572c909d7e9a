"""The parameters of a compiled function: Values, or all their numbers in one array.

Those of a method are in the attributes of its object; the other attributes are constants.
"""

from array import array
from collections.abc import Iterable
from typing import Any

from autograd.compiling.arguments import ValuesGiven, is_real, library_of, real
from autograd.compiling.exclusive import EXCLUSIVE
from autograd.numbers.nested import leaves
from autograd.tape.numbers import TapeNumber, nearest_float, same_float
from autograd.value import Value

# The types of attributes that are constants of a method. None of these can change in place.
_CONSTANTS = (int, float, complex, bool, str, bytes, type(None))


def listed(parameters: Iterable[Value]) -> list[Value]:
    """The parameters as a list.

    Raises:
        TypeError: for anything but leaf Values that hold an int or a float.
        ValueError: for a parameter that is given twice.
    """
    # It may be a model, or `model.parameters` without the call.
    if callable(parameters) or isinstance(parameters, Value):
        raise TypeError(
            "compile() takes parameters in a list of Values: write model.parameters(), or [w]"
        )
    values = list(parameters)
    for parameter in values:
        if not isinstance(parameter, Value) or parameter.parents:
            raise TypeError(f"a parameter is a Value that no operation computed, not {parameter!r}")
        # Another compiled function may be being recorded now.
        if type(parameter.data) is TapeNumber:
            continue
        if not isinstance(parameter.data, (int, float)):
            raise TypeError(
                f"compiled programs compute with floats; a parameter holds {parameter.data!r}"
            )
        same_float(parameter.data)
    if len(set(values)) < len(values):
        raise ValueError("a parameter is given twice")
    return values


def values_of(instance: Any) -> list[Value]:
    """The parameters of an object: `parameters()` if it has that, or leaf Values in attributes."""
    if callable(getattr(instance, "parameters", None)):
        return list(instance.parameters())
    found = [x for held in vars(instance).values() for x in leaves(held)]
    return list(dict.fromkeys(x for x in found if isinstance(x, Value) and not x.parents))


def constants_of(instance: Any) -> list[tuple[str, type, Any]]:
    """The constants of an object, with their types: a function may tell True from 1."""
    attributes = vars(instance).items()
    return [(name, type(x), x) for name, x in attributes if type(x) in _CONSTANTS]


def numbers_of(parameters: list[Value]) -> "array[float]":
    """The data of parameters, as floats.

    Raises:
        TypeError: if data was set to something other than a real number meanwhile.
        ValuesGiven: while this thread records a program with these parameters.
    """
    try:
        return array("d", [parameter.data for parameter in parameters])
    except (TypeError, OverflowError):
        # While another thread records, parameters hold tape numbers. Wait for it.
        with EXCLUSIVE:
            data = [parameter.data for parameter in parameters]
    if any(type(number) is TapeNumber for number in data):
        raise ValuesGiven
    try:
        return array("d", data)
    except OverflowError:
        return array("d", map(nearest_float, data))
    except TypeError:
        wrong = next(number for number in data if not isinstance(number, (int, float)))
        raise TypeError(f"a parameter now holds {wrong!r}, which is not a float") from None


def set_all(attribute: str, parameters: list[Value], numbers: list[Any], before: list[Any]) -> None:
    """Sets an attribute of all parameters; of none if it is interrupted."""
    try:
        for parameter, number in zip(parameters, numbers, strict=True):
            setattr(parameter, attribute, number)
    except BaseException:
        for parameter, number in zip(parameters, before, strict=True):
            setattr(parameter, attribute, number)
        raise


def require_count(shape: tuple[int, ...], parameters: list[Value]) -> None:
    """Raises ValueError unless an array of this shape has one number for each parameter."""
    if shape != (len(parameters),):
        raise ValueError(
            f"parameters are given as {len(parameters)} numbers in one row, not of shape {shape}"
        )


def floats(numbers: Any) -> Any:
    """Numbers as one array of floats.

    Raises TypeError for numbers that are not real.
    """
    library = library_of[type(numbers)]
    return real(numbers, library) if library else numpy().array(in_a_row(numbers), dtype=float)


def in_a_row(numbers: Any) -> list[Any]:
    """The numbers of a list, or of an array of any library, as a list.

    Raises TypeError for numbers that are not real.
    """
    library = library_of[type(numbers)]
    if library:
        return real(numbers, library).tolist()  # type: ignore[no-any-return]
    is_row = hasattr(numbers, "__iter__")
    row = list(numbers) if is_row else [numbers]
    if not is_row or set(map(type, row)) - {float}:
        wrong = [x for x in row if library_of[type(x)] or not (is_row and is_real(x))]
        if wrong:
            raise TypeError(f"parameters are given as floats in one row, not with {wrong[0]!r}")
    return list(map(same_float, row))


def numpy() -> Any:
    """The module `numpy`. Raises ImportError that says how to install it."""
    try:
        import numpy as np
    except ImportError:
        raise ImportError(
            "parameters as one array need NumPy: pip install 'scalar-autograd[native]'"
        ) from None
    return np
