"""The arguments of a call: their structure, their numbers, and how many lanes there are."""

import numbers
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from autograd.numbers.arrays import in_floats, is_array_type, is_more_than_numbers
from autograd.numbers.nested import container_of, leaves
from autograd.numbers.python import REAL
from autograd.numbers.registry import kind_of
from autograd.tape.numbers import same_float
from autograd.tape.recording import Static
from autograd.tape.tape import PER_LANE, SHARED


class Point(NamedTuple):
    """What stands in a key for an array that is one point: a vector, or a matrix."""

    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return prod(self.shape)


class ValuesGiven(Exception):
    """Raised for arguments that hold Values: the function itself is called with them."""


# In the place of a key, of a call whose arrays differ in length: not all of them can be lanes.
UNEQUAL = "unequal"


def examined(args: tuple[Any, ...]) -> tuple[tuple[Any, ...], Sequence[Any], int | None, bool]:
    """The arguments of a call, taken apart, with each array of one axis as lanes.

    Returns:
        Their structure, which can be compared and hashed; their items in order: floats, arrays of
        shape (lanes,) and tables of shape (lanes, features); the number of lanes, None without
        an array; whether there are arrays of another library than NumPy. For arrays with different
        numbers of lanes, UNEQUAL stands before the structure.

    Raises:
        TypeError: for anything but real numbers, plain arrays of them, and what can be hashed.
        ValuesGiven: if there are Values among them.
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
            elif len(item) != lanes and key[0] is not UNEQUAL:
                key = (UNEQUAL, *key)
            if library_of[type(item)] != "numpy":
                is_foreign = True
    return key, items, lanes, is_foreign


class Reading(NamedTuple):
    """What the items of a call are to the function.

    Attributes:
        key: the structure of the arguments, which can be compared and hashed.
        items: floats, and arrays of the shape of a point, (lanes,) or (lanes, features), in order.
        kinds: what each item is: SHARED, PER_LANE, the number of columns of a table, or a Point.
        indices: where each item is among those that `examined` returned.
    """

    key: tuple[Any, ...]
    items: list[Any]
    kinds: list[Any]
    indices: list[int]

    def lanes(self) -> int | None:
        """How many there are, None without an array of lanes. Raises ValueError if they differ."""
        lanes = None
        for kind, item in zip(self.kinds, self.items, strict=True):
            if kind == PER_LANE or isinstance(kind, int):
                if lanes is None:
                    lanes = len(item)
                elif len(item) != lanes:
                    raise ValueError(
                        f"arrays are lanes side by side: one has {lanes}, another {len(item)}"
                    )
        return lanes

    def numbers(self) -> list[tuple[Any, int]]:
        """For each number of the program what the item is that it is in, and the item's index."""
        return [
            (kind, index)
            for kind, index in zip(self.kinds, self.indices, strict=True)
            for _ in range(kind if isinstance(kind, int) else getattr(kind, "size", 1))
        ]


def read(
    key: tuple[Any, ...],
    items: Sequence[Any],
    given: Sequence[Any],
    otherwise: Collection[int],
) -> Reading:
    """A call in which some items are something else to the function than it seemed at first.

    Args:
        key, items: as `examined` returns them.
        given: the items as the user gave them.
        otherwise: the indices of arrays that are one point, and of integers that are constants.
    """
    counter = iter(range(len(items)))
    kinds: list[Any] = []
    indices: list[int] = []

    def kind_of_part(part: Any) -> Any:
        if isinstance(part, tuple):
            return part[0], tuple(map(kind_of_part, part[1]))
        if isinstance(part, Static):
            return part
        index = next(counter)
        if index in otherwise:
            if part != SHARED:
                part = Point(tuple(items[index].shape))
            elif is_integer(given[index]):
                return Static(given[index])
        kinds.append(part)
        indices.append(index)
        return part

    parts = key[1:] if key[:1] == (UNEQUAL,) else key
    read_key = tuple(map(kind_of_part, parts))
    return Reading(read_key, [items[index] for index in indices], kinds, indices)


def is_number(argument: Any) -> bool:
    """Whether an argument is an item of a call, and not a constant as a string is."""
    if library_of[type(argument)] or hasattr(argument, "to_numpy"):
        return True
    try:
        return kind_of(argument) is REAL
    except TypeError:
        return False


def is_integer(argument: Any) -> bool:
    """Whether an argument may be a count or a flag."""
    return isinstance(argument, numbers.Integral) or type(argument).__name__ in ("bool", "bool_")


def columns(kinds: Sequence[Any], items: Sequence[Any]) -> list[Any]:
    """The items of a call, with the columns of a table and the numbers of a point one by one."""
    numbers: list[Any] = []
    for kind, item in zip(kinds, items, strict=True):
        if isinstance(kind, int):
            numbers += [item[:, column] for column in range(kind)]
        elif isinstance(kind, Point):
            row = item.reshape(-1)
            is_plain = library_of[type(item)] == "numpy"
            numbers += row.tolist() if is_plain else [row[i] for i in range(kind.size)]
        else:
            numbers.append(item)
    return numbers


def columns_of_values(kinds: Sequence[Any], args: tuple[Any, ...]) -> list[Any]:
    """The numbers of a call in which some are Values, or arrays of them."""
    given = [x for x in leaves(list(args)) if hasattr(x, "partials") or is_number(x)]
    numbers: list[Any] = []
    for kind, item in zip(kinds, given, strict=True):
        is_array_of_values = container_of(item, elements=True) is not None
        numbers += item.reshape(-1).tolist() if is_array_of_values else columns([kind], [item])
    return numbers


def _key(argument: Any, items: list[Any]) -> Any:
    cls = type(argument)
    if cls is float or cls is int:
        items.append(argument if cls is float else same_float(argument))
        return SHARED
    # Without the detour over `container_of`, which nearly all need not take.
    if cls is list or cls is tuple:
        return cls, tuple([_key(item, items) for item in argument])
    if cls is dict:
        parts = tuple([_key(item, items) for item in argument.values()])
        return (cls, *argument), parts
    library = library_of[cls]
    if library:
        return _key_of_array(argument, library, items)
    container = container_of(argument, elements=True)
    if container is not None:
        return _outline(argument), tuple([_key(x, items) for x in container.items(argument)])
    if hasattr(argument, "to_numpy"):
        # A column or a frame of pandas, by position: its index says nothing here.
        return _key(argument.to_numpy(), items)
    return _key_of_another(argument, items)


def _outline(structure: Any) -> Any:
    """What tells structures apart besides their parts: their type, and the keys of a mapping."""
    cls = type(structure)
    if isinstance(structure, Mapping):
        return cls, tuple(structure), getattr(structure, "default_factory", None)
    return (cls,)


def _key_of_another(argument: Any, items: list[Any]) -> Any:
    """The key of a number that is no int or float, or of what is no number."""
    if hasattr(argument, "partials"):
        raise ValuesGiven
    try:
        is_real = kind_of(argument) is REAL
    except TypeError:
        return _static(argument)
    if not is_real or isinstance(argument, Fraction):
        raise TypeError(
            f"compiled programs compute with floats, not with {type(argument).__name__}: "
            f"{argument!r}"
        )
    items.append(same_float(argument))
    return SHARED


def _static(argument: Any) -> Static:
    """What is no number, as a constant of the program: there is another program for another."""
    takes = (
        "a compiled function takes numbers, arrays, and nested lists, tuples and dicts of them, "
        f"not {argument!r}: close over what is none of these"
    )
    try:
        hash(argument)
    except TypeError:
        raise TypeError(f"{takes}. What can be hashed is a constant of the program") from None
    if isinstance(argument, numbers.Number):
        raise TypeError(takes)
    if _holds_values(argument):
        raise TypeError(
            f"a {type(argument).__name__} holds Values, which would be constants of the program: "
            "close over it, and name them in compile(function, parameters=model.parameters())"
        )
    return Static(argument)


def _holds_values(thing: Any) -> bool:
    if isinstance(thing, (str, bytes, type)) or not hasattr(thing, "__dict__"):
        return False
    if callable(getattr(thing, "parameters", None)):
        return True
    return any(hasattr(x, "partials") for held in vars(thing).values() for x in leaves(held))


def _key_of_array(array: Any, library: str, items: list[Any]) -> Any:
    # Nearly all arrays are NumPy's, of doubles.
    if library != "numpy" or array.dtype.char != "d":
        if container_of(array, elements=True) is not None:
            return _key_of_objects(array, items)
        array = real(array, library)
    if array.ndim == 1:
        items.append(array)
        return PER_LANE
    if array.ndim == 2 and array.shape[1]:
        items.append(array)
        return array.shape[1]
    if array.ndim:
        raise ValueError(
            f"an array is of shape (lanes,) or (lanes, features), not {tuple(array.shape)}"
        )
    # An array without dimensions is one number. NumPy's become floats, others may be traced.
    items.append(float(array) if library == "numpy" else array)
    return SHARED


def _key_of_objects(array: Any, items: list[Any]) -> Any:
    try:
        parts = tuple([_key(item, items) for item in array.flat])
    except TypeError as error:
        raise TypeError(
            f"compiled programs compute with floats, not with {array.dtype}: {error}"
        ) from None
    return (type(array), array.shape), parts


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


def structure(argument: Any, key: Any) -> Any:
    """The structure of an argument, with what it is in the place of each number.

    Arrays that are no lanes become vectors, and lists become Numbers.

    >>> structure([1.0, (2.0, "tanh")], (list, (PER_LANE, (tuple, (SHARED, Static("tanh"))))))
    ['lane argument', ('shared argument', 'tanh')]
    """
    container = container_of(argument, elements=True)
    if container is not None:
        pairs = zip(container.items(argument), key[1], strict=True)
        parts = [structure(item, part) for item, part in pairs]
        return Numbers(parts) if type(argument) is list else container.like(argument, parts)
    if isinstance(key, int):
        return _vector([PER_LANE] * key, (key,))
    return _vector([SHARED] * key.size, key.shape) if isinstance(key, Point) else key


def _vector(kinds: list[str], shape: tuple[int, ...]) -> Any:
    """What a function gets for an array that it takes apart."""
    try:
        import numpy as np
    except ImportError:
        # There are only arrays of other libraries.
        return Numbers(kinds)
    from autograd.vector import Vector

    return np.array(kinds, dtype=object).reshape(shape).view(Vector)


_NO_NUMBER = (
    "a list comes to the function as a list of numbers: write x[0], dot(x, weights) or "
    "[2 * number for number in x]; for lanes give an array, and for a vector one, too"
)


class Numbers(list[Any]):
    """What a function gets for a list."""

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
