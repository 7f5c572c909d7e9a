"""Arrays of NumPy, JAX, PyTorch and others as a kind of number: each element is a lane.

None of these libraries is imported until one of its arrays is met.
"""

import cmath
import functools
import importlib
import math
import sys
from collections.abc import Sequence
from typing import Any

from autograd.numbers import special
from autograd.numbers.families import Branchless, Unordered
from autograd.numbers.kinds import (
    GAMMA_FUNCTIONS,
    SPECIAL_FUNCTIONS,
    STANDARD_FUNCTIONS,
    Function,
    Kind,
    Number,
    Rank,
    as_python,
    register_library,
)


def is_array_type(cls: type) -> bool:
    """Whether it is an array type; PyTorch's tensors are."""
    return hasattr(cls, "__array_namespace__") or cls.__module__ == "torch"


class _MoreThanNumbers(dict[type, bool]):
    """Whether a type is a NumPy array with more than numbers, such as a mask or a unit."""

    def __missing__(self, cls: type) -> bool:
        names = [f"{base.__module__}.{base.__name__}" for base in cls.__mro__]
        is_plain = "numpy.ndarray" not in names or names[0] in ("numpy.ndarray", "numpy.memmap")
        self[cls] = not is_plain
        return not is_plain


is_more_than_numbers = _MoreThanNumbers()


def require_numbers_alone(cls: type) -> None:
    """Raises TypeError for a type of array with more than numbers: the rest would be lost."""
    if is_more_than_numbers[cls]:
        raise TypeError(
            f"a {cls.__name__} is more than its numbers, and functions would not keep a mask, a "
            "unit or the like: give numpy.asarray(array), or of a masked array "
            "array.compressed() or array.filled(number)"
        )


def require_numbers(array: Any) -> None:
    """Raises TypeError for arrays that hold more than numbers, or something else, such as dates."""
    require_numbers_alone(type(array))
    dtype = getattr(array, "dtype", None)
    if getattr(array, "shape", ()) and (
        getattr(dtype, "kind", "") in _NO_NUMBERS or getattr(dtype, "names", None)
    ):
        raise TypeError(f"autograd computes with arrays of numbers, not of {dtype}")


def in_floats(array: Any) -> Any:
    """An array of integers or bools as one of floats; anything else unchanged.

    Integers of fixed size would overflow silently, and True + True would be True.
    """
    dtype = getattr(array, "dtype", None)
    kind = getattr(dtype, "kind", "f")
    is_complex = getattr(dtype, "is_complex", False)
    is_float = getattr(dtype, "is_floating_point", kind not in "biu") or is_complex
    return array if dtype is None or is_float else array * 1.0


# What NumPy and SciPy call functions of autograd, where the names differ.
NUMPY_NAMES = {
    "absolute": "abs",
    "fabs": "abs",
    "negative": "neg",
    "positive": "pos",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctan2": "atan2",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "hypot": "hypot",
    "rint": "round",
    "expit": "sigmoid",
    "log_expit": "log_sigmoid",
    "gammaln": "lgamma",
    "psi": "digamma",
}

# Objects, strings, dates and times.
_NO_NUMBERS = frozenset("OSUTMm")


def is_of_objects(array: Any) -> bool:
    """Whether it is a NumPy array of objects, such as Values, without a mask."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(array, numpy.ndarray):
        return False
    return array.dtype.kind == "O" and not hasattr(array, "mask")


def boxed(number: Any) -> Any:
    """A number as an array of objects without axes; an array as an array of objects."""
    numpy = sys.modules["numpy"]
    if hasattr(number, "dtype"):
        return numpy.asarray(number, dtype=object)
    # Not `asarray`, which would ask a Value for its length.
    box = numpy.empty((), dtype=object)
    box[()] = number
    return box


def elementwise(function: Function, operands: Sequence[Any]) -> Any:
    """A function of numbers, applied to arrays of objects element by element, broadcast as usual.

    Returns:
        An array of objects, or of bools if all results are bools; a single result for operands
        without axes.
    """
    numpy = sys.modules["numpy"]
    pairs = numpy.broadcast(*map(boxed, operands))
    results = [function(*numbers) for numbers in pairs]
    if not pairs.shape:
        return results[0]
    are_bools = results and all(isinstance(x, bool) for x in results)
    array = numpy.fromiter(results, bool if are_bools else object, len(results))
    array = array.reshape(pairs.shape)
    subclasses = [type(x) for x in operands if is_of_objects(x) and type(x) is not type(array)]
    return array.view(subclasses[0]) if subclasses and not are_bools else array


def by_element(primitive: Any, operands: Sequence[Any]) -> Any:
    """A primitive on arrays of objects; its constants may be arrays too, such as a condition."""
    names = [name for name, x in primitive.constants.items() if getattr(x, "shape", ())]
    count = len(operands)

    def function(*numbers: Any) -> Any:
        return primitive(*numbers[:count], **dict(zip(names, numbers[count:], strict=True)))

    return elementwise(function, (*operands, *(primitive.constants[name] for name in names)))


def namespace_of(array: Any) -> Any:
    """The module with the functions of an array's library."""
    if hasattr(array, "__array_namespace__"):
        return array.__array_namespace__()
    return sys.modules["torch"]


class Array(Branchless):
    """Arrays of NumPy, JAX, PyTorch and others: each element is a lane of its own."""

    rank = Rank.ARRAY

    def apply(self, primitive: Any, operands: tuple[Number, ...]) -> Number:
        if any(map(is_of_objects, operands)):
            return by_element(primitive, operands)
        for operand in operands:
            require_numbers(operand)
        result: Number = primitive.evaluate([in_floats(as_python(x)) for x in operands])[0]
        return result

    def call_back(
        self, primitive: Any, operands: Sequence[Number], error: Exception
    ) -> tuple[Number, tuple[Number, ...]]:
        """Lane by lane, over floats."""
        array = next(x for x in operands if getattr(x, "shape", ()))
        namespace = namespace_of(array)
        columns = [
            namespace.broadcast_to(namespace.asarray(x), array.shape).reshape(-1) for x in operands
        ]
        rows = [primitive.evaluate([float(x) for x in row]) for row in zip(*columns, strict=True)]
        result, *partials = (
            namespace.asarray(column, dtype=array.dtype).reshape(array.shape)
            for column in zip(*[(result, *partials) for result, partials in rows], strict=True)
        )
        return result, tuple(partials)

    def normalized_index(self, index: Number, count: int) -> Number:
        require_numbers(index)
        return super().normalized_index(index, count)

    def one(self, x: Number) -> Number:
        # An array, since 1 / 0.0 of plain floats would raise.
        return namespace_of(x).ones((), dtype=x.dtype)

    def zero(self, x: Number) -> Number:
        return namespace_of(x).zeros((), dtype=x.dtype)

    def pow(self, x: Number, y: Number) -> Number:
        # NumPy computes x ** 0.5 as a square root, which differs at -inf and at -0.0.
        return x ** namespace_of(x).full_like(x, y) if type(y) is float and y == 0.5 else x**y

    # 0.0 counts as larger than -0.0, while libraries treat them as equal.
    def maximum(self, x: Number, y: Number) -> Number:
        array, other = (x, y) if hasattr(x, "dtype") else (y, x)
        tie = self.where(self.signbit(array), other, array)
        return self.where(x == y, tie, self.larger(x, y))

    def minimum(self, x: Number, y: Number) -> Number:
        array, other = (x, y) if hasattr(x, "dtype") else (y, x)
        tie = self.where(self.signbit(array), array, other)
        return self.where(x == y, tie, self.smaller(x, y))

    def sign(self, x: Number) -> Number:
        return self.where(x == 0, x, namespace_of(x).sign(x))

    def cbrt(self, x: Number) -> Number:
        namespace = namespace_of(x)
        if hasattr(namespace, "cbrt"):
            return namespace.cbrt(x)
        return self.sign(x) * abs(x) ** (1 / 3)


def _in_library(name: str) -> Function:
    """The special function of that name, from the library of the arrays it is given."""

    def function(self: Array, *numbers: Number) -> Number:
        array = next(n for n in numbers if hasattr(n, "shape") and hasattr(n, "dtype"))
        library = namespace_of(array).__name__.partition(".")[0]
        return special.of_arrays(name, library, *numbers)

    return function


class ComplexArray(Unordered):
    """Arrays of complex numbers: the formulas of one complex number, in every lane."""

    rank = Rank.ARRAY

    one = Array.one

    def abs_slope(self, x: Number) -> Number:
        size = abs(x)
        return x.conj() / self.where(size == 0, 1, size)

    def of_parts(self, real: Number, imaginary: Number) -> Number:
        namespace = namespace_of(real)
        if namespace.__name__ == "torch":
            return namespace.complex(real, imaginary)
        if namespace.__name__.startswith("jax"):
            return importlib.import_module("jax.lax").complex(real, imaginary)
        number = namespace.asarray(real + 0j)
        # real + 1j * imaginary would be nan where imaginary is infinite, and lose the sign of -0.0.
        number.imag = imaginary
        return number

    def log1p(self, x: Number) -> Number:
        real, imaginary = x.real, x.imag
        is_small = abs(real) + abs(imaginary) < 0.5
        size = self.where(is_small, real * (2 + real) + imaginary * imaginary, 0)
        near = self.of_parts(_REAL_LANES.log1p(size) / 2, _REAL_LANES.atan2(imaginary, 1 + real))
        return self.where(is_small, near, self.log(self.of_parts(1 + real, imaginary)))

    def expm1(self, x: Number) -> Number:
        # NumPy's expm1 is nan where the result is infinite.
        return self.where(abs(x.real) > 1, self.exp(x) - 1, namespace_of(x).expm1(x))

    def hypot(self, x: Number, y: Number) -> Number:
        parts = [abs(part) for z in (x, y) for part in (z.real, z.imag)]
        # Arrays first: two plain numbers belong to no library.
        parts.sort(key=lambda part: not hasattr(part, "shape"))
        scale = functools.reduce(_REAL_LANES.larger, parts)
        scale = self.where((scale > 0) & (scale < math.inf), scale, 1)
        return scale * self.sqrt((x / scale) * (x / scale) + (y / scale) * (y / scale))


def _in_namespace(name: str) -> Function:
    """The function of that name, from the namespace of the arrays it is given."""

    def function(self: Kind, *numbers: Number) -> Number:
        array = next((n for n in numbers if hasattr(n, "shape") and hasattr(n, "dtype")), None)
        if array is None:
            raise TypeError(f"{name} of lanes was given no array: {numbers!r}")
        namespace = namespace_of(array)
        if namespace.__name__ == "torch" and name != "where":
            # PyTorch takes no plain numbers next to tensors.
            numbers = tuple(namespace.as_tensor(n, dtype=array.dtype) for n in numbers)
        return getattr(namespace, name)(*numbers)

    return function


def _is_complex(x: Number) -> bool:
    dtype = getattr(x, "dtype", None)
    return bool(getattr(dtype, "is_complex", getattr(dtype, "kind", "") == "c"))


def _by_type_of_lanes(name: str, of_reals: Function) -> Function:
    """The function for real lanes, or for complex lanes if some are complex."""

    def function(self: Array, *numbers: Number) -> Number:
        if any(map(_is_complex, numbers)):
            return getattr(_COMPLEX_LANES, name)(*numbers)
        return of_reals(self, *numbers)

    return function


# The array standard lacks these.
_SPECIAL = (*GAMMA_FUNCTIONS, *SPECIAL_FUNCTIONS, "erf", "erfc")
for _name in _SPECIAL:
    setattr(Array, _name, _in_library(_name))
for _name in (*STANDARD_FUNCTIONS, "where", "floor", "signbit"):
    if _name not in vars(Array):
        setattr(Array, _name, _in_namespace(_name))
    # Other functions are composed from these, or mean nothing for complex numbers.
    if hasattr(cmath, _name) or _name == "where":
        setattr(ComplexArray, _name, _in_namespace(_name))
for _name, _function in (("larger", "maximum"), ("smaller", "minimum")):
    setattr(Array, _name, _in_namespace(_function))

_REAL_LANES = Array()
_COMPLEX_LANES = ComplexArray()
for _name in (
    *("zero", "pow", "sign", "floor", "maximum", "minimum", "expm1", "log1p", "log2", "cbrt"),
    *("atan2", "hypot", "logit", "offset", *_SPECIAL),
    *("sigmoid", "softplus", "logaddexp", "tanh_slope", "tan_slope"),
    *("sigmoid_slope", "asin_slope", "acosh_slope", "asinh_slope", "atan_slope", "atanh_slope"),
    *("gaussian", "logaddexp_slope", "elu_slope", "abs_slope", "sinc", "sinc_slope", "share"),
):
    setattr(Array, _name, _by_type_of_lanes(_name, getattr(Array, _name)))


@register_library
def _kind_of_array(cls: type) -> Kind | None:
    """The kind of arrays. Raises TypeError for those that hold more than numbers."""
    require_numbers_alone(cls)
    # NumPy's scalars have an array namespace too.
    is_scalar = "numpy.generic" in [f"{base.__module__}.{base.__name__}" for base in cls.__mro__]
    return _REAL_LANES if any(map(is_array_type, cls.__mro__)) and not is_scalar else None
