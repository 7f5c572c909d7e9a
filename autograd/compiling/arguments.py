"""The arguments of a call: their structure, their numbers, and how many lanes there are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from autograd.kinds import REAL, kind_of
from autograd.library_kinds import namespace_of
from autograd.tape.recording import PER_LANE, SHARED

_FLOAT = {float}


def examined(args: tuple[Any, ...]) -> tuple[tuple[Any, ...], Sequence[Any], int | None]:
    """The arguments of a call, taken apart.

    Returns:
        Their structure, to be compared and hashed; floats and arrays of lanes, in order,
        the columns of a table one by one; how many lanes there are, None without an array.

    Raises:
        TypeError: for what is no number a program can be run with.
        ValueError: for arrays that do not have as many lanes as the first.
    """
    if set(map(type, args)) == _FLOAT:
        return (SHARED,) * len(args), args, None
    numbers: list[Any] = []
    key = tuple([_key(argument, numbers) for argument in args])
    lanes = None
    for number in numbers:
        if type(number) is not float:
            if lanes is None:
                lanes = len(number)
            elif len(number) != lanes:
                raise ValueError(
                    f"arrays are lanes side by side: one has {lanes}, another {len(number)}"
                )
    return key, numbers, lanes


def _key(argument: Any, numbers: list[Any]) -> Any:
    cls = type(argument)
    if cls is float:
        numbers.append(argument)
        return SHARED
    if library_of[cls] and argument.ndim:
        return _key_of_array(argument, numbers)
    if isinstance(argument, (list, tuple)):
        return cls, tuple([_key(item, numbers) for item in argument])
    if isinstance(argument, dict):
        return cls, tuple([(name, _key(item, numbers)) for name, item in argument.items()])
    numbers.append(_float(argument))
    return SHARED


def _float(number: Any) -> float:
    if hasattr(number, "partials"):
        raise TypeError(
            f"a compiled function takes plain numbers and arrays, not {number!r}: give its data, "
            "or make it one of the parameters"
        )
    try:
        is_real = library_of[type(number)] or kind_of(number) is REAL
    except TypeError as error:
        raise TypeError(f"an argument of a compiled function: {error}") from None
    if not is_real or isinstance(number, Fraction):
        raise TypeError(
            f"compiled programs compute with floats, not with {type(number).__name__}: {number!r}"
        )
    return float(number)


def _key_of_array(array: Any, numbers: list[Any]) -> Any:
    if library_of[type(array)] == "numpy" and array.dtype.char != "d":
        if array.dtype.kind not in "biuf":
            raise TypeError(f"compiled programs compute with floats, not with {array.dtype}")
        array = array.astype(float)
    if array.ndim == 1:
        numbers.append(array)
        return PER_LANE
    if array.ndim == 2:
        count = array.shape[1]
        numbers += [array[:, which] for which in range(count)]
        return count
    raise ValueError(
        f"an array is of shape (lanes,) or (lanes, features), not {tuple(array.shape)}"
    )


class _Library(dict[type, str]):
    """The library of each type of array, "" for what is none."""

    def __missing__(self, cls: type) -> str:
        is_array = hasattr(cls, "__array_namespace__") or cls.__module__ == "torch"
        self[cls] = library = cls.__module__.partition(".")[0] if is_array else ""
        return library


library_of = _Library()


def structure(key: Any) -> Any:
    """The structure behind a key: a list of the columns for a table.

    >>> structure((list, (PER_LANE, (tuple, (SHARED, 2)))))
    ['lane argument', ('shared argument', ['lane argument', 'lane argument'])]
    """
    if isinstance(key, str):
        return key
    if isinstance(key, int):
        return [PER_LANE] * key
    cls, parts = key
    if cls is dict:
        return {name: structure(part) for name, part in parts}
    items = [structure(part) for part in parts]
    return cls(*items) if hasattr(cls, "_fields") else cls(items)


def filled(key: Any, numbers: Iterator[Any]) -> Any:
    """The structure of an argument with these numbers in it, the columns of a table as one."""
    if isinstance(key, str):
        return next(numbers)
    if isinstance(key, int):
        return _table([next(numbers) for _ in range(key)])
    cls, parts = key
    if cls is dict:
        return {name: filled(part, numbers) for name, part in parts}
    items = [filled(part, numbers) for part in parts]
    return cls(*items) if hasattr(cls, "_fields") else cls(items)


def _table(columns: list[Any]) -> Any:
    namespace = namespace_of(columns[0])
    return namespace.stack(columns, axis=1)
