"""The arguments of a call: their order, structure and numbers, and how many lanes there are."""

import inspect
import numbers
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from autograd.graph import is_node
from autograd.numbers.arrays import in_floats, is_array_type, is_more_than_numbers
from autograd.numbers.kinds import caches_by_type, kind_of
from autograd.numbers.nested import container_of, leaves
from autograd.numbers.python import REAL
from autograd.tape.numbers import same_float
from autograd.tape.tape import PER_LANE, SHARED, Static

# For a function written in C that has no signature.
_OF_ANYTHING = inspect.Signature(
    [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("keywords", inspect.Parameter.VAR_KEYWORD),
    ]
)


class ValuesGiven(Exception):  # noqa: N818
    """Raised for arguments that contain Values: the function itself is to be called with them."""


class Point(NamedTuple):
    """In a key, an array that is one point: a vector or a matrix."""

    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return prod(self.shape)


# Comes first in the key of a call whose arrays differ in length: not all of them can be lanes.
UNEQUAL = "unequal"


def examined(
    args: tuple[Any, ...],
) -> tuple[tuple[Any, ...], list[Any], dict[int, Any], int | None, bool]:
    """Takes the arguments of a call apart, with each array of one axis as lanes.

    Returns:
        The structure, which can be compared and hashed; the items in order: floats, arrays of
        shape (lanes,) and tables of shape (lanes, features); what was given for those items that
        were not floats, by their index; the number of lanes, None without arrays; and whether
        there are arrays of another library than NumPy. If arrays differ in their number of lanes,
        UNEQUAL comes before the structure.

    Raises:
        TypeError: for anything but real numbers, plain arrays of them, and constants that can be
            hashed.
        ValuesGiven: if there are Values among them.
    """
    items: list[Any] = []
    others: dict[int, Any] = {}
    if not args:
        return (), items, others, None, False
    try:
        key = tuple([_key(argument, items, others) for argument in args])
    except RecursionError:
        raise TypeError(
            "an argument is nested too deeply for a compiled function, or holds itself"
        ) from None
    lanes = None
    is_foreign = False
    for item in others.values():
        if type(item) not in _PLAIN:
            if not item.ndim:
                is_foreign = True
            elif lanes is None:
                lanes = len(item)
            elif len(item) != lanes and key[0] is not UNEQUAL:
                key = (UNEQUAL, *key)
            if library_of[type(item)] != "numpy":
                is_foreign = True
    return key, items, others, lanes, is_foreign


_FLOAT = {float}
# The types of real numbers that were met so far, except for fractions.
_PLAIN: dict[type, bool] = {float: True, int: True}
caches_by_type.append(_PLAIN)


def _keys(parts: Sequence[Any], items: list[Any], others: dict[int, Any]) -> tuple[Any, ...]:
    """The keys of the parts of a structure. Numbers alone are taken all at once."""
    types = set(map(type, parts))
    if types == _FLOAT:
        items += parts
    elif types <= _PLAIN.keys():
        others.update(enumerate(parts, len(items)))
        items += map(same_float, parts)
    else:
        return tuple([_key(part, items, others) for part in parts])
    return (SHARED,) * len(parts)


def _key(argument: Any, items: list[Any], others: dict[int, Any]) -> Any:
    cls = type(argument)
    if cls is float:
        items.append(argument)
        return SHARED
    if cls in _PLAIN:
        return _key_of_number(argument, items, others)
    # The usual containers, without the detour through `container_of`.
    if cls is list or cls is tuple:
        return cls, _keys(argument, items, others)
    if cls is dict:
        return (cls, *argument), _keys(list(argument.values()), items, others)
    library = library_of[cls]
    if library:
        return _key_of_array(argument, library, items, others)
    container = container_of(argument, elements=True)
    if container is not None:
        return _outline(argument), _keys(container.items(argument), items, others)
    if hasattr(argument, "to_numpy"):
        # A column or a frame of pandas, by position: its index means nothing here.
        return _key(argument.to_numpy(), items, others)
    return _key_of_another(argument, items, others)


def _outline(structure: Any) -> Any:
    """What distinguishes structures besides their parts: their type, and the keys of a mapping."""
    cls = type(structure)
    if isinstance(structure, Mapping):
        return cls, tuple(structure), getattr(structure, "default_factory", None)
    return (cls,)


def _key_of_number(number: Any, items: list[Any], others: dict[int, Any]) -> str:
    others[len(items)] = number
    items.append(same_float(number))
    return SHARED


def _key_of_another(argument: Any, items: list[Any], others: dict[int, Any]) -> Any:
    """The key of a number of a type that was not yet met, or of something else."""
    if is_node(argument):
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
    _PLAIN[type(argument)] = True
    return _key_of_number(argument, items, others)


def _static(argument: Any) -> Static:
    """What is not a number, as a constant: each such constant gets a program of its own."""
    takes = (
        "a compiled function takes numbers, arrays, and nested lists, tuples and dicts of them, "
        f"not {argument!r}: close over anything else"
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
    return any(is_node(x) for held in vars(thing).values() for x in leaves(held))


def _key_of_array(array: Any, library: str, items: list[Any], others: dict[int, Any]) -> Any:
    # Nearly all arrays are NumPy arrays of doubles.
    if library != "numpy" or array.dtype.char != "d":
        if container_of(array, elements=True) is not None:
            return _key_of_objects(array, items, others)
        array = real(array, library)
    key: Any = SHARED
    if array.ndim == 1:
        key = PER_LANE
    elif array.ndim == 2 and array.shape[1]:
        key = array.shape[1]
    elif array.ndim:
        raise ValueError(
            f"an array is of shape (lanes,) or (lanes, features), not {tuple(array.shape)}"
        )
    elif library == "numpy":
        # An array without axes is one number. NumPy's become floats; others may be traced.
        items.append(float(array))
        return key
    others[len(items)] = array
    items.append(array)
    return key


def _key_of_objects(array: Any, items: list[Any], others: dict[int, Any]) -> Any:
    try:
        parts = _keys(array.ravel().tolist(), items, others)
    except TypeError as error:
        raise TypeError(
            f"compiled programs compute with floats, not with {array.dtype}: {error}"
        ) from None
    return (type(array), array.shape), parts


def real(array: Any, library: str) -> Any:
    """An array of real numbers as an array of floats.

    Raises TypeError for numbers that are not real, and for arrays that hold more than numbers,
    such as a mask or a unit, which would be lost.
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


def is_real(number: Any) -> bool:
    """Whether it is a real number of Python or a real scalar of NumPy."""
    try:
        return kind_of(number) is REAL
    except TypeError:
        return False


# What `library_of` gives for NumPy arrays with a mask, a unit or the like.
_MORE_THAN_NUMBERS = "more than numbers"


class _Library(dict[type, str]):
    """The library of each array type; "" for any other type."""

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


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """The signature of a function. Some functions written in C have none: then one of anything."""
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return _OF_ANYTHING


def in_order(
    signature: inspect.Signature,
    orders: dict[Any, Any],
    args: tuple[Any, ...],
    keywords: dict[str, Any],
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The arguments in the order of the signature, and the names of the last of them.

    Arguments are given by position where possible. Defaults are left to the function.

    Args:
        signature: that of the function.
        orders: what was found for earlier calls.
        args, keywords: the arguments of the call.

    Raises TypeError for arguments that do not fit the signature.

    >>> in_order(inspect.signature(lambda x, y=1, *, z=2: x), {}, (), {"z": 5, "x": 3})
    ((3, 5), ('z',))
    """
    if not keywords:
        return args, ()
    call = (len(args), *keywords)
    if call not in orders:
        by_name = {name: len(args) + i for i, name in enumerate(keywords)}
        bound = signature.bind(*range(len(args)), **by_name)
        orders[call] = (*bound.args, *bound.kwargs.values()), tuple(bound.kwargs)
    order, names = orders[call]
    given = (*args, *keywords.values())
    return tuple([given[place] for place in order]), names


def with_keywords(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """A function that takes these keywords as its last positional arguments."""
    if not names:
        return function

    def of_positions(*args: Any) -> Any:
        count = len(args) - len(names)
        return function(*args[:count], **dict(zip(names, args[count:], strict=True)))

    return of_positions


def bare(signature: inspect.Signature) -> inspect.Signature:
    """A signature without annotations, and with plain defaults only, so that it can be pickled."""
    plain = (int, float, str, bool, type(None))

    def without(parameter: inspect.Parameter) -> inspect.Parameter:
        default = parameter.default
        is_kept = default is parameter.empty or type(default) in plain
        return parameter.replace(annotation=parameter.empty, default=default if is_kept else ...)

    return inspect.Signature(list(map(without, signature.parameters.values())))
