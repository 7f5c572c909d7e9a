"""Vectors, which are NumPy arrays of Values; and NumPy's functions, for vectors and for Values.

`numpy.exp(value)` and `numpy.maximum(vector, 0)` call the functions of autograd, element by
element. This file needs NumPy, so others import it only when they meet an array.
"""

import functools
import math
import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograd import modes
from autograd.graph import is_node
from autograd.numbers.arrays import NUMPY_NAMES, boxed, elementwise, is_of_objects
from autograd.numbers.kinds import kind_of, register
from autograd.primitive import PRIMITIVES, clipped
from autograd.vectors.points import (
    TakenApart,
    are_arrays_vectors,
    lanes_of,
    require_fit,
    taken_apart,
)


class Vector(np.ndarray[Any, Any]):
    """What a function gets for an array that it treats as a vector: an array of Values.

    It is a NumPy array, and has the functions of autograd as methods: `x.tanh()`.
    """

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return apply_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        if function in _FUNCTIONS:
            return _FUNCTIONS[function](*args, **options)
        try:
            return as_vector(super().__array_function__(function, types, args, options))
        except TakenApart:
            raise
        except (np.exceptions.AxisError, np.linalg.LinAlgError):
            _take_apart_again(self, f"numpy.{function.__name__}() of a matrix")
            raise
        except (TypeError, AttributeError) as error:
            if _is_in_words(error):
                raise
            raise TypeError(
                f"{function.__module__}.{function.__name__}() computes with floats alone: write it "
                f"out in operations of Values ({error.__cause__ or error})"
            ) from error

    def __getitem__(self, index: Any) -> Any:
        _require_known(index)
        try:
            item = super().__getitem__(index)
        except IndexError:
            _take_apart_again(self, f"x[{index!r:.40}]")
            raise
        # `x[..., 0]` is an array without axes to NumPy.
        return item if not isinstance(item, Vector) or item.shape else item.item()

    def __setitem__(self, index: Any, item: Any) -> None:
        _require_known(index)
        super().__setitem__(index, item)

    def __iter__(self) -> Iterator[Any]:
        # NumPy's own iterator asks for one item too many, and ends at the error.
        return iter([self[i] for i in range(len(self))])

    def dot(self, other: Any, out: None = None) -> Any:  # type: ignore[override]
        """The product of vectors, or of matrices."""
        return product(self, other)

    def astype(self, dtype: Any, *others: Any, **options: Any) -> Any:
        """Numbers unchanged, as they are floats already; a condition as the number 1 or 0."""
        if np.dtype(dtype).kind != "f":
            return super().astype(dtype, *others, **options)
        return elementwise(lambda x: x * 1.0, (self,))

    def __getattr__(self, name: str) -> Any:
        if name not in PRIMITIVES or not PRIMITIVES[name].is_unary:
            raise AttributeError(f"a vector of Values has no attribute {name!r}")
        return functools.partial(PRIMITIVES[name], self)


register(Vector, kind_of(np.zeros(1)))


def _is_in_words(error: Exception) -> bool:
    """Whether it was raised by this package, which says what to write, and not by NumPy."""
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    if traceback is None or traceback.tb_frame.f_code.co_name == "__array_function__":
        return False
    return str(traceback.tb_frame.f_globals.get("__name__")).startswith("autograd.")


def _require_known(index: Any) -> None:
    """Raises TypeError for a mask, which differs from run to run, or from lane to lane."""
    if is_of_objects(index):
        raise TypeError(
            "which numbers a mask chooses differs from run to run, or from lane to lane: write "
            "autograd.where(mask, x, 0.0) for x[mask]. An array of indices can't be an argument: "
            "let the function use it, as in lambda x: f(x, indices)"
        )


def _take_apart_again(vector: Vector, how: str) -> None:
    """Raises `TakenApart` for a vector whose elements have lanes: each point is a matrix then."""
    for element in vector.ravel().tolist():
        if is_node(element) and lanes_of(element):
            raise taken_apart(element, how)


# NumPy's functions


def apply_ufunc(ufunc: Any, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """A NumPy function on Values, and on arrays of them, element by element."""
    quick = _REFLECTED.get(ufunc)
    if quick and type(inputs[0]) is np.ndarray and not options and method == "__call__":
        # The usual `array * value`.
        array, value = inputs
        if array.dtype.kind == "f" and is_node(value) and not are_arrays_vectors():
            return getattr(value, quick)(array)
    out = options.pop("out", (None,))[0]
    if method == "__call__" and ufunc is np.matmul:
        result = product(*inputs)
    elif method == "__call__":
        # These options only choose how numbers are stored.
        for name in ("casting", "subok", "order", "dtype"):
            options.pop(name, None)
        _require_none(ufunc, options)
        result = _called(ufunc, inputs)
    else:
        for x in inputs:
            if is_node(x):
                raise taken_apart(x, f"numpy.{ufunc.__name__}.{method}()")
        result = _reduced(ufunc, method, inputs, options)
    if out is None:
        return result
    if not is_of_objects(out):
        raise TypeError(
            f"numpy.{ufunc.__name__}() can't write Values to an array of {out.dtype}: write "
            "x = x * y for x *= y, or make the array by numpy.zeros(n, dtype=object)"
        )
    out[...] = result
    return out


def apply_to_numbers(ufunc: Any, method: str, inputs: tuple[Any, ...]) -> Any:
    """A NumPy function on numbers of a program that are not Values, such as conditions."""
    if ufunc in _LOGIC and method == "__call__":
        return _called(ufunc, inputs)
    if len(inputs) == 2 and ufunc in _REFLECTED:
        return getattr(inputs[1], _REFLECTED[ufunc])(inputs[0])
    raise TypeError(f"numpy.{ufunc.__name__}() takes numbers, and no conditions")


def _require_none(ufunc: Any, options: dict[str, Any]) -> None:
    for name in options:
        raise TypeError(
            f"numpy.{ufunc.__name__}() takes no {name}= with Values: write "
            "autograd.where(condition, x, y) for a choice"
        )


def _called(ufunc: Any, inputs: tuple[Any, ...]) -> Any:
    """A NumPy function on one Value, or on each element of arrays of Values."""
    function = _function_of(ufunc)
    inputs = tuple(np.asarray(x) if isinstance(x, (list, tuple)) else x for x in inputs)
    plain = [x for x in inputs if not is_node(x)]
    are_vectors = are_arrays_vectors() and any(getattr(x, "shape", ()) for x in plain)
    if not are_vectors and not any(map(is_of_objects, plain)):
        return function(*inputs)
    require_fit(inputs)
    if ufunc in _OPERATORS:
        # NumPy's own loop is quicker.
        return as_vector(ufunc(*(boxed(x).view(np.ndarray) for x in inputs)))
    return as_vector(elementwise(function, inputs))


def as_vector(result: Any) -> Any:
    """An array of objects as a vector; anything else unchanged."""
    return result.view(Vector) if is_of_objects(result) and result.shape else result


def _reduced(ufunc: Any, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """A method of a ufunc, such as `numpy.add.reduce`, which sums an array."""
    (array, *others) = (x.view(np.ndarray) if isinstance(x, np.ndarray) else x for x in inputs)
    defaults = {"initial": np._NoValue, "where": True, "dtype": None}
    if ufunc in _LOGIC:
        options.pop("dtype", None)
    options = {k: x for k, x in options.items() if k not in defaults or x is not defaults[k]}
    if method != "reduce" or others or defaults.keys() & options.keys():
        if ufunc not in _OPERATORS:
            raise TypeError(
                f"numpy.{ufunc.__name__}.{method}() is not made of Values: write a loop over them"
            )
        return as_vector(getattr(ufunc, method)(array, *others, **options))
    axis, keepdims = options.get("axis", 0), options.get("keepdims", False)
    axes = tuple(range(array.ndim)) if axis is None else axis
    try:
        axes = np.lib.array_utils.normalize_axis_tuple(axes, array.ndim)
    except np.exceptions.AxisError:
        _take_apart_again(array.view(Vector), f"numpy.{ufunc.__name__}.reduce(x, axis={axis})")
        raise
    kept = tuple(n for i, n in enumerate(array.shape) if i not in axes)
    last = np.moveaxis(array, axes, range(-len(axes), 0)) if axes else array[..., None]
    rows = last.reshape((*kept, -1))
    result = np.empty(kept, dtype=object)
    for index in np.ndindex(*kept):
        result[index] = _folded(ufunc, rows[index].tolist())
    if keepdims:
        return as_vector(np.expand_dims(result, axes))
    return as_vector(result) if kept else result[()]


def _folded(ufunc: Any, items: list[Any]) -> Any:
    if not items:
        return ufunc.reduce(items)
    if ufunc is np.add:
        return PRIMITIVES["sum"](*items)
    if ufunc in _LOGIC:
        items = list(map(_condition, items))
    return functools.reduce(_function_of(ufunc), items)


def product(x: Any, y: Any) -> Any:
    """x @ y: one `dot` for each row and column."""
    for factor in (x, y):
        if is_node(factor):
            raise taken_apart(factor, "x @ y")
    x, y = (np.asarray(factor).view(np.ndarray) for factor in (x, y))
    if not (0 < x.ndim <= 2 and 0 < y.ndim <= 2):
        return as_vector(np.matmul(x.astype(object), y.astype(object)))
    rows, columns = np.atleast_2d(x), (y if y.ndim == 2 else y[:, None]).T
    if rows.shape[1] != columns.shape[1]:
        _take_apart_again(x.view(Vector), "x @ y")
        _take_apart_again(y.view(Vector), "x @ y")
        raise ValueError(f"x @ y has factors of shapes {x.shape} and {y.shape}, which do not fit")
    columns = [column.tolist() for column in columns]
    products = [_dot(row, column) for row in map(list, rows.tolist()) for column in columns]
    result = np.fromiter(products, object, len(products)).reshape(len(rows), len(columns))
    result = result[0] if x.ndim == 1 else result
    result = result[..., 0] if y.ndim == 1 else result
    return as_vector(result) if result.shape else result[()]


def _dot(xs: list[Any], ys: list[Any]) -> Any:
    return PRIMITIVES["dot"](*xs, *ys) if xs else 0.0


def _where(condition: Any, *branches: Any) -> Any:
    if len(branches) != 2:
        raise TypeError("numpy.where() of Values takes a condition, x and y")
    if is_node(condition):
        condition = _condition(condition)
    operands = (condition, *branches)
    if not any(map(is_of_objects, operands)) and not are_arrays_vectors():
        return PRIMITIVES["where"](*branches, condition=condition)
    require_fit(operands)
    return as_vector(elementwise(_chosen, operands))


def _chosen(condition: Any, x: Any, y: Any) -> Any:
    return PRIMITIVES["where"](x, y, condition=_condition(condition))


def apply_function(function: Any, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """A NumPy function that takes arrays, called with Values.

    A Value with lanes is taken apart; a single number counts as an array without axes.
    """
    if function in (np.where, np.clip):
        return _FUNCTIONS[function](*args, **options)
    name = f"numpy.{function.__name__}()"
    boxed = [_boxed(x, name) for x in args]
    result = function(*boxed, **{key: _boxed(x, name) for key, x in options.items()})
    return result[()] if is_of_objects(result) and not result.shape else result


def _boxed(argument: Any, name: str) -> Any:
    if isinstance(argument, (list, tuple)):
        return type(argument)([_boxed(x, name) for x in argument])
    if not is_node(argument):
        return argument
    if lanes_of(argument):
        raise taken_apart(argument, name)
    return boxed(argument).view(Vector)


_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: _where,
    np.clip: clipped,
    np.dot: product,
}

# Python's operators, by the names of their methods: `__add__` and `__radd__`.
_OPERATORS = {
    np.add: "add",
    np.subtract: "sub",
    np.multiply: "mul",
    np.true_divide: "truediv",
    np.floor_divide: "floordiv",
    np.remainder: "mod",
    np.power: "pow",
}

# Functions that join conditions, which are bools, arrays of bools, or numbers of a program.
_LOGIC: dict[Any, Callable[..., Any]] = {
    np.logical_and: operator.and_,
    np.logical_or: operator.or_,
    np.logical_xor: operator.xor,
    np.logical_not: lambda x: not x if isinstance(x, bool) else ~x,
}
_LOGIC |= {
    np.bitwise_and: _LOGIC[np.logical_and],
    np.bitwise_or: _LOGIC[np.logical_or],
    np.bitwise_xor: _LOGIC[np.logical_xor],
    np.invert: _LOGIC[np.logical_not],
}


def _condition(x: Any) -> Any:
    """Whether a number differs from 0; a condition unchanged."""
    if is_node(x):
        return x != 0
    return x if getattr(x, "shape", ()) or hasattr(x, "tape") else bool(x)


# A comparison, and its equivalent for the operands in the other order.
_COMPARISONS = {
    np.less: ("lt", "gt"),
    np.less_equal: ("le", "ge"),
    np.greater: ("gt", "lt"),
    np.greater_equal: ("ge", "le"),
    np.equal: ("eq", "eq"),
    np.not_equal: ("ne", "ne"),
}

# The methods of the right operand, such as `value` in `array * value` and `array < value`.
_REFLECTED = {ufunc: f"__r{name}__" for ufunc, name in _OPERATORS.items()}
_REFLECTED |= {ufunc: f"__{name}__" for ufunc, (_, name) in _COMPARISONS.items()}

# Functions that are only an operator or two.
_COMPOSED: dict[str, Callable[..., Any]] = {
    "square": lambda x: x * x,
    "reciprocal": lambda x: 1 / x,
    "float_power": lambda x, y: _by_operator("pow", "rpow")(x, y),
    "radians": lambda x: x * (math.pi / 180),
    "deg2rad": lambda x: x * (math.pi / 180),
    "degrees": lambda x: x * (180 / math.pi),
    "rad2deg": lambda x: x * (180 / math.pi),
    "isnan": lambda x: x != x,
    "isfinite": lambda x: x - x == 0,
    "isinf": lambda x: (x == x) & (x - x != 0),
    "conjugate": lambda x: x.conjugate(),
    # `numpy.var` asks for it; a complex number raises.
    "real": lambda x: x.conjugate(),
    "clip": clipped,
}


def _by_operator(name: str, reflected: str) -> Callable[[Any, Any], Any]:
    """A function of two operands that calls the method of the one that is a Value."""

    def operation(x: Any, y: Any) -> Any:
        if not is_node(x) and is_node(y):
            x, y, method = y, x, reflected
        else:
            method = name
        result = getattr(type(x), f"__{method}__")(x, y)
        if result is NotImplemented:
            raise TypeError(f"a Value meets numbers, and no {type(y).__name__}: {y!r:.100}")
        return result

    return operation


def _function_of(ufunc: Any) -> Callable[..., Any]:
    """The function of autograd for a NumPy function.

    Raises TypeError if there is none.
    """
    if ufunc in _OPERATORS:
        return _by_operator(_OPERATORS[ufunc], f"r{_OPERATORS[ufunc]}")
    if ufunc in _COMPARISONS:
        return _by_operator(*_COMPARISONS[ufunc])
    if ufunc in _LOGIC:
        return lambda *numbers: _LOGIC[ufunc](*map(_condition, numbers))
    if all(set(types) <= set("O->") for types in ufunc.types):
        # A Python function, made into a ufunc by `numpy.frompyfunc` or `numpy.vectorize`.
        return lambda *numbers: ufunc(*map(boxed, numbers))
    name = NUMPY_NAMES.get(ufunc.__name__, ufunc.__name__)
    if name in PRIMITIVES:
        return PRIMITIVES[name]
    if name in _COMPOSED:
        return _COMPOSED[name]
    if modes.taken_float(0.0) is not None:
        return lambda *numbers: ufunc(*map(float, numbers))
    raise TypeError(
        f"numpy.{ufunc.__name__}() has no derivative here: compose it of the functions of "
        "autograd, or make its rule a function by autograd.primitive"
    )
