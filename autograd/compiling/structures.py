"""Structures with placeholders for a program's arguments, and forms to fill with its results."""

from typing import Any

from autograd.compiling.arguments import Point, library_of
from autograd.numbers.arrays import namespace_of
from autograd.numbers.nested import container_of, leaves
from autograd.tape.tape import PER_LANE, SHARED, Static


def structure(argument: Any, key: Any) -> Any:
    """The structure of an argument, with its kind in place of each number.

    Arrays that are not lanes become vectors, and lists become Numbers.

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
        # NumPy is not installed, so the arrays are those of another library.
        return Numbers(kinds)
    from autograd.vectors.vector import Vector

    return np.array(kinds, dtype=object).reshape(shape).view(Vector)


_NO_NUMBER = (
    "a list comes to the function as a list of numbers: write x[0], dot(x, weights) or "
    "[2 * number for number in x]; for lanes give an array, and for a vector one, too"
)


class Numbers(list[Any]):
    """What a function gets for a list while it is recorded."""

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


class Row:
    """In a form, a structure of numbers alone: they are put into it all at once."""

    def __init__(self, structure: Any, count: int):
        self.structure = structure
        self.count = count

    def filled(self, numbers: Any) -> Any:
        """The structure with the numbers of a list, or of an array of floats."""
        if type(numbers) is not list:
            numbers = numbers.tolist()
        if type(self.structure) is list:
            return numbers
        container = container_of(self.structure, elements=True)
        return container.like(self.structure, numbers)  # type: ignore[union-attr]


def form_of(structure: Any) -> Any:
    """A structure of placeholders as a form, which `filled` fills: None stands for a number.

    Numbers, which a function may return, become plain lists. Of arrays of placeholders only the
    shape is kept.
    """
    container = container_of(structure, elements=True)
    if container is None:
        return structure if isinstance(structure, Static) else None
    items = [form_of(item) for item in container.items(structure)]
    is_of_numbers = all(item is None for item in items)
    if library_of[type(structure)] and is_of_numbers:
        import numpy as np

        return np.zeros(structure.shape, dtype=bool)
    form = items if type(structure) is Numbers else container.like(structure, items)
    return Row(form, len(items)) if is_of_numbers else form


def has_arrays(form: Any) -> bool:
    """Whether there are arrays in a form."""
    return any(hasattr(part, "shape") for part in leaves(form))


def gathering_of(form: Any) -> Any:
    """How machine code gathers the numbers of a form, see `NativeProgram.run`.

    Returns ... for a form that `filled` is to fill.
    """
    if form is None:
        return None
    if type(form) is Row and type(form.structure) in (list, tuple):
        return type(form.structure)
    return getattr(form, "shape", ...)


def filled(form: Any, numbers: Any, lanes: int | None = None) -> Any:
    """A form filled with numbers, with arrays of floats in place of arrays.

    Args:
        form: as `form_of` makes it.
        numbers: one for each number of the form: a NumPy array of floats, or a list of floats and
            of arrays of shape (lanes,), which make arrays of shape (lanes, ...).
        lanes: the number of lanes, needed for an array without numbers.
    """
    if form is None and type(numbers) is list:
        return numbers[0]
    return form.filled(numbers) if type(form) is Row else _Filling(numbers, lanes).filled(form)


class _Filling:
    """Puts numbers into forms, in order."""

    def __init__(self, numbers: Any, lanes: int | None):
        self._numbers = numbers
        self._lanes = lanes
        self._first = 0

    def filled(self, form: Any) -> Any:
        if form is None:
            (number,) = self._taken(1)
            return number if type(self._numbers) is list else float(number)
        if type(form) is Row:
            return form.filled(self._taken(form.count))
        if isinstance(form, Static):
            return form.value
        container = container_of(form, elements=True)
        if container is None:
            return _array(self._taken(form.size), form.shape, self._lanes)
        return container.like(form, [self.filled(item) for item in container.items(form)])

    def _taken(self, count: int) -> Any:
        """The next numbers."""
        first = self._first
        self._first += count
        return self._numbers[first : self._first]


def _array(items: Any, shape: tuple[int, ...], lanes: int | None) -> Any:
    if type(items) is not list:
        return items.reshape(shape)
    first = next((item for item in items if library_of[type(item)]), None)
    if first is None:
        import numpy as np

        without_numbers = (lanes, *shape) if lanes is not None and not items else shape
        return np.array(items, dtype=float).reshape(without_numbers)
    if not first.shape:
        return in_one_array(items, first).reshape(shape)
    return namespace_of(first).stack(items, first.ndim).reshape((*first.shape, *shape))


def in_one_array(numbers: list[Any], like: Any) -> Any:
    """Numbers as one array of the library and the type of another."""
    namespace = namespace_of(like)
    dtype = float if library_of[type(like)] == "numpy" else like.dtype

    def as_array(number: Any) -> Any:
        is_array = library_of[type(number)]
        return number if is_array else namespace.asarray(number, dtype=dtype)

    return namespace.stack([as_array(number) for number in numbers])
