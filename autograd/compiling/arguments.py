"""The arguments of a call: their structure, their numbers, and how many lanes there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from autograd.numbers.arrays import (
    in_floats,
    is_array_type,
    is_more_than_numbers,
    namespace_of,
)
from autograd.numbers.nested import dict_like, sequence_of
from autograd.numbers.python import REAL
from autograd.numbers.registry import kind_of
from autograd.tape.numbers import same_float
from autograd.tape.tape import PER_LANE, SHARED


def examined(args: tuple[Any, ...]) -> tuple[tuple[Any, ...], Sequence[Any], int | None, bool]:
    """The arguments of a call, taken apart.

    Returns:
        Their structure, which can be compared and hashed; their items in order: floats, arrays of
        shape (lanes,) and tables of shape (lanes, features); the number of lanes, None without
        an array; whether there are arrays of another library than NumPy.

    Raises:
        TypeError: for anything but real numbers and plain arrays of them.
        ValueError: for arrays with different numbers of lanes.
    """
    for argument in args:
        if type(argument) is not float:
            break
    else:
        return (SHARED,) * len(args), args, None, False
    items: list[Any] = []
    try:
        key = tuple([_key(argument, items) for argument in args])
    except RecursionError:
        raise TypeError(
            "an argument is nested too deeply for a compiled function, or holds itself"
        ) from None
    lanes = None
    is_foreign = False
    for item in items:
        if type(item) is not float:
            if not item.ndim:
                is_foreign = True
            elif lanes is None:
                lanes = len(item)
            elif len(item) != lanes:
                raise ValueError(
                    f"arrays are lanes side by side: one has {lanes}, another {len(item)}"
                )
            if library_of[type(item)] != "numpy":
                is_foreign = True
    return key, items, lanes, is_foreign


def columns(items: Sequence[Any]) -> list[Any]:
    """The items of a call, with the columns of a table one by one."""
    numbers: list[Any] = []
    for item in items:
        if type(item) is not float and item.ndim == 2:
            numbers += [item[:, column] for column in range(item.shape[1])]
        else:
            numbers.append(item)
    return numbers


def _key(argument: Any, numbers: list[Any]) -> Any:
    cls = type(argument)
    if cls is float or cls is int:
        numbers.append(argument if cls is float else same_float(argument))
        return SHARED
    library = library_of[cls]
    if library:
        return _key_of_array(argument, library, numbers)
    if isinstance(argument, (list, tuple)):
        return cls, tuple([_key(item, numbers) for item in argument])
    if isinstance(argument, dict):
        kind = cls if cls is dict else (cls, getattr(argument, "default_factory", None))
        return kind, tuple([(name, _key(item, numbers)) for name, item in argument.items()])
    numbers.append(_float(argument))
    return SHARED


def _float(number: Any) -> float:
    if hasattr(number, "partials"):
        raise TypeError(
            f"a compiled function takes plain numbers and arrays, not {number!r}: give its data, "
            "or make it one of the parameters"
        )
    try:
        is_real = kind_of(number) is REAL
    except TypeError:
        raise TypeError(
            "a compiled function takes numbers, arrays, and nested lists, tuples and dicts of "
            f"them, not {number!r}: close over what is none of these"
        ) from None
    if not is_real or isinstance(number, Fraction):
        raise TypeError(
            f"compiled programs compute with floats, not with {type(number).__name__}: {number!r}"
        )
    return same_float(number)


def _key_of_array(array: Any, library: str, numbers: list[Any]) -> Any:
    # Nearly all arrays are NumPy's, of doubles.
    if library != "numpy" or array.dtype.char != "d":
        array = real(array, library)
    if array.ndim == 1:
        numbers.append(array)
        return PER_LANE
    if array.ndim == 2 and array.shape[1]:
        numbers.append(array)
        return array.shape[1]
    if array.ndim:
        raise ValueError(
            f"an array is of shape (lanes,) or (lanes, features), not {tuple(array.shape)}"
        )
    # An array without dimensions is one number. NumPy's become floats, others may be traced.
    numbers.append(float(array) if library == "numpy" else array)
    return SHARED


def real(array: Any, library: str) -> Any:
    """An array of real numbers as one of floats.

    Raises TypeError for numbers that are not real, and for arrays that hold more than numbers: a
    mask or a unit would be lost.
    """
    if library == _MORE_THAN_NUMBERS:
        raise TypeError(
            f"compiled programs compute with plain arrays, not with {type(array).__name__}: give "
            "its numbers, as numpy.asarray(x) has them; of a masked array x.filled(number)"
        )
    kind = getattr(array.dtype, "kind", "")
    is_complex = kind == "c" or getattr(array.dtype, "is_complex", False)
    if is_complex or (library == "numpy" and kind not in "biuf"):
        raise TypeError(f"compiled programs compute with floats, not with {array.dtype}")
    if library == "numpy":
        return array.astype(float)
    return in_floats(array)


# What `library_of` says of subclasses of NumPy's arrays.
_MORE_THAN_NUMBERS = "more than numbers"


class _Library(dict[type, str]):
    """The library of each type of array, "" for types of anything else."""

    def __missing__(self, cls: type) -> str:
        names = [f"{base.__module__}.{base.__name__}" for base in cls.__mro__]
        library = cls.__module__.partition(".")[0] if is_array_type(cls) else ""
        # NumPy's scalars have the attributes of arrays, but each is one number.
        if "numpy.generic" in names:
            library = ""
        elif "numpy.ndarray" in names:
            library = _MORE_THAN_NUMBERS if is_more_than_numbers[cls] else "numpy"
        self[cls] = library
        return library


library_of = _Library()


_NO_NUMBER = (
    "a list, or an array of shape (lanes, features), comes to the function as a list of numbers: "
    "write x[0], dot(x, weights) or [2 * number for number in x]; for lanes give an array"
)


class Numbers(list[Any]):
    """What a function gets for a list or a table: a list of the features of a lane."""

    def _refuse(self, *_: Any) -> Any:
        raise TypeError(_NO_NUMBER)

    # 2 * a plain list would repeat it.
    __mul__ = __rmul__ = __imul__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = _refuse
    __pow__ = __rpow__ = __neg__ = __matmul__ = __rmatmul__ = _refuse

    def __add__(self, other: Any) -> Any:
        return super().__add__(other) if isinstance(other, list) else self._refuse()

    def __radd__(self, other: Any) -> Any:
        return [*other, *self] if isinstance(other, list) else self._refuse()

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no {name}: {_NO_NUMBER}")


def as_given(structure: Any) -> Any:
    """A structure with plain lists in place of Numbers, which a function may return."""
    if isinstance(structure, dict):
        return dict_like(structure, {name: as_given(part) for name, part in structure.items()})
    if isinstance(structure, (list, tuple)):
        cls = list if type(structure) is Numbers else type(structure)
        return sequence_of(cls, [as_given(part) for part in structure])
    return structure


def structure(key: Any) -> Any:
    """The structure that a key stands for; a table becomes a list of its columns.

    >>> structure((list, (PER_LANE, (tuple, (SHARED, 2)))))
    ['lane argument', ('shared argument', ['lane argument', 'lane argument'])]
    """
    if isinstance(key, str):
        return key
    if isinstance(key, int):
        return Numbers([PER_LANE for _ in range(key)])
    cls, parts = key
    if _is_dict(cls):
        return _dict(cls, {name: structure(part) for name, part in parts})
    items = [structure(part) for part in parts]
    return sequence_of(Numbers if cls is list else cls, items)


def _is_dict(cls: Any) -> bool:
    """Whether a key is that of a dict; for a subclass, `cls` is a pair with its default factory."""
    return cls is dict or isinstance(cls, tuple)


def _dict(cls: Any, items: dict[Any, Any]) -> dict[Any, Any]:
    if cls is dict:
        return items
    subclass, factory = cls
    arguments = (factory, items) if issubclass(subclass, defaultdict) else (items,)
    return subclass(*arguments)  # type: ignore[no-any-return]


def kinds_of(key: Any) -> list[Any]:
    """What each item of a call is: SHARED, PER_LANE, or the number of columns of a table."""
    if isinstance(key, (str, int)):
        return [key]
    cls, parts = key
    parts = [part for _, part in parts] if _is_dict(cls) else parts
    return [kind for part in parts for kind in kinds_of(part)]


def filled(key: Any, numbers: Iterator[Any]) -> Any:
    """The structure of an argument, filled with numbers; a table becomes one array again."""
    if isinstance(key, str):
        return next(numbers)
    if isinstance(key, int):
        return _table([next(numbers) for _ in range(key)])
    cls, parts = key
    if _is_dict(cls):
        return _dict(cls, {name: filled(part, numbers) for name, part in parts})
    return sequence_of(cls, [filled(part, numbers) for part in parts])


def _table(columns: list[Any]) -> Any:
    namespace = namespace_of(columns[0])
    return namespace.stack(columns, axis=1)
